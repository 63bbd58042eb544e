"""What the profile asserts of the limits to use and access: their places are fixed, the first and the second block."""

from __future__ import annotations

from novex_plugin.core.delivery.profile.code_lists import LICENCES, SHARED_LICENCE
from novex_plugin.core.delivery.profile.inspire import SOURCE
from novex_plugin.core.delivery.profile.node import Node
from novex_plugin.core.delivery.profile.section import Section, whole_record

SECTION = Section("Algemene_metadata_regels", whole_record)
asserts = SECTION.asserts

_USE = f"{SOURCE}/gmd:resourceConstraints[1]/gmd:MD_Constraints/gmd:useLimitation[1]/gco:CharacterString"
_LEGAL = f"{SOURCE}/gmd:resourceConstraints[2]/gmd:MD_LegalConstraints"
_OTHER = f"{_LEGAL}/gmd:otherConstraints"


def _told(record: Node, number: int) -> str:
    """The text of the first or second gmd:otherConstraints; of an Anchor only when it refers to something."""
    place = f"{_OTHER}[{number}]"
    return record.text(f"{place}/gco:CharacterString") or (record.address(place) and record.text(f"{place}/gmx:Anchor"))


def _refers(record: Node, number: int) -> bool:
    """Whether the first or second gmd:otherConstraints is an Anchor with an address."""
    return bool(record.address(f"{_OTHER}[{number}]"))


def _restricted(record: Node) -> bool:
    return "otherRestrictions" in record.codes(f"{_LEGAL}/gmd:accessConstraints")


def _is_licence(description: str, *addresses: str) -> bool:
    """Whether a description and one of the addresses belong to the same licence of the code list."""
    if description == SHARED_LICENCE:
        return any(address.startswith("http") for address in addresses)
    return any(
        (known in description if known.endswith(" ") else known == description)
        and any(f"://creativecommons.org/{place}" in address for address in addresses)
        for known, place in LICENCES
    )


@asserts(
    "Gebruiksbeperkingen_ISO_nr_68",
    "gmd:useLimitation in het eerste gmd:resourceConstraints is leeg",
    "schrijf daar waarvoor de dataset niet bedoeld is",
)
def _use(record: Node) -> bool:
    return bool(record.text(_USE))


@asserts(
    "Overige_beperkingen_1_Anchor_URI_aanwezig",
    "de Anchor in het eerste gmd:otherConstraints heeft geen adres",
    "vul xlink:href in",
)
def _first_address(record: Node) -> bool:
    return not record.has(f"{_OTHER}[1]/gmx:Anchor") or _refers(record, 1)


@asserts(
    "Overige_beperkingen_2_Anchor_URI_aanwezig",
    "de Anchor in het tweede gmd:otherConstraints heeft geen adres",
    "vul xlink:href in",
)
def _second_address(record: Node) -> bool:
    return not record.has(f"{_OTHER}[2]/gmx:Anchor") or _refers(record, 2)


@asserts(
    "Juridische_toegangsrestricties_ISO_nr_70_en_Overige_beperkingen_ISO_nr_72",
    "gmd:accessConstraints 'otherRestrictions' of gmd:otherConstraints ontbreekt in het tweede gmd:resourceConstraints",
    "vul daar beide in",
)
def _access_and_other(record: Node) -> bool:
    return _restricted(record) and bool(_told(record, 1) or _told(record, 2))


@asserts(
    "Juridische_toegangsrestricties_ISO_nr_70",
    "gmd:accessConstraints in het tweede gmd:resourceConstraints is niet 'otherRestrictions'",
    "kies die code en noem de licentie bij gmd:otherConstraints",
)
def _access(record: Node) -> bool:
    return _restricted(record)


@asserts(
    "Juridische_toegangsrestricties_verplicht_met_'otherRestrictions'_aanwezig",
    "gmd:accessConstraints 'otherRestrictions' ontbreekt, die het GI-beraad afsprak",
    "vul hem in het tweede gmd:resourceConstraints in",
)
def _access_agreed(record: Node) -> bool:
    return _restricted(record)


@asserts(
    "Overige_beperkingen_ISO_nr_72",
    "gmd:otherConstraints noemt niet zowel een omschrijving als een adres van de licentie",
    "gebruik één Anchor met beide, of twee elementen",
)
def _other_twice(record: Node) -> bool:
    return not _restricted(record) or bool(_told(record, 1) and _told(record, 2)) or _refers(record, 1)


@asserts(
    "Overige_beperkingen_en_codelijst_Datalicenties",
    "gmd:otherConstraints noemt geen licentie uit de codelijst Datalicenties",
    "zet de omschrijving uit die lijst bij het adres van dezelfde licentie",
)
def _licence(record: Node) -> bool:
    first, second = _told(record, 1), _told(record, 2)
    return (
        not _restricted(record)
        or _is_licence(first, record.address(f"{_OTHER}[1]"), second)
        or _is_licence(second, record.address(f"{_OTHER}[2]"), first)
    )
