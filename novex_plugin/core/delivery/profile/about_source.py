"""What the profile asserts of the dataset described: title, dates, organisation, keywords, topic and bounds."""

from __future__ import annotations

from novex_plugin.core.delivery.profile.about_record import MAIL
from novex_plugin.core.delivery.profile.code_lists import DATE_TYPES, LANGUAGES, PROGRESS, ROLES, TOPICS
from novex_plugin.core.delivery.profile.inspire import SOURCE, follows_inspire, names_inspire_themes
from novex_plugin.core.delivery.profile.node import Node, is_date
from novex_plugin.core.delivery.profile.section import Section, whole_record

SECTION = Section("Algemene_metadata_regels", whole_record)
asserts = SECTION.asserts

_CITATION = f"{SOURCE}/gmd:citation/gmd:CI_Citation"
_CODE = f"{_CITATION}/gmd:identifier/gmd:MD_Identifier/gmd:code"
_PARTY = f"{SOURCE}/gmd:pointOfContact[1]/gmd:CI_ResponsibleParty"
_BOX = f"{SOURCE}/gmd:extent/gmd:EX_Extent/gmd:geographicElement[1]/gmd:EX_GeographicBoundingBox"


def _bound(record: Node, side: str) -> float:
    return record.number(f"{_BOX}/gmd:{side}/gco:Decimal")


@asserts("Dataset_titel_ISO_nr_360", "gmd:title van de bron is leeg", "geef de dataset een titel")
def _title(record: Node) -> bool:
    return bool(record.text(f"{_CITATION}/gmd:title/gco:CharacterString"))


@asserts(
    "Datum_van_de_bronISO_nr_394_en_Datumtype_ISO_nr395",
    "gmd:date van de bron heeft geen datum met type creation, publication of revision",
    "vul er een in, als 2026-11-20",
)
def _source_date(record: Node) -> bool:
    return any(map(is_date, record.dates(f"{_CITATION}/gmd:date", DATE_TYPES)))


@asserts("Samenvatting_ISO_nr_25", "gmd:abstract is leeg", "vat samen wat de dataset bevat")
def _abstract(record: Node) -> bool:
    return bool(record.text(f"{SOURCE}/gmd:abstract/gco:CharacterString"))


@asserts("Status_ISO_nr_28", "gmd:status staat niet in MD_ProgressCode", "kies een status uit die lijst")
def _status(record: Node) -> bool:
    return bool(record.codes(f"{SOURCE}/gmd:status") & PROGRESS)


@asserts(
    "Verantwoordelijke_organisatie_bron_ISO_nr_376",
    "gmd:organisationName in gmd:pointOfContact is leeg",
    "vul de organisatie in die voor de dataset staat",
)
def _party_name(record: Node) -> bool:
    name = f"{_PARTY}/gmd:organisationName"
    return bool(record.text(f"{name}/gco:CharacterString") or record.address(name))


@asserts(
    "Rol_verantwoordelijke_organisatie_bron_ISO_nr_379",
    "gmd:role in gmd:pointOfContact staat niet in CI_RoleCode",
    "kies een rol uit die lijst, bijvoorbeeld owner",
)
def _party_role(record: Node) -> bool:
    return bool(record.codes(f"{_PARTY}/gmd:role") & ROLES)


@asserts(
    "E-mail_verantwoordelijke_organisatie_bron_ISO_nr_386",
    "gmd:electronicMailAddress in gmd:pointOfContact is leeg",
    "vul een adres van de organisatie in",
)
def _party_mail(record: Node) -> bool:
    return bool(record.text(f"{_PARTY}/{MAIL}"))


@asserts("Trefwoorden_ISO_nr_53", "gmd:keyword is leeg", "vul ten minste één trefwoord in, in de eerste groep")
def _keyword(record: Node) -> bool:
    return bool(record.label(f"{SOURCE}/gmd:descriptiveKeywords[1]/gmd:MD_Keywords/gmd:keyword[1]"))


@asserts(
    "Specificatie_ISO_nr_360",
    "gmd:specification noemt de INSPIRE-verordening niet, terwijl trefwoorden uit de INSPIRE-thema's komen",
    "noem de verordening, of laat de thesaurus weg als de dataset niet onder INSPIRE valt",
)
def _inspire_specification(record: Node) -> bool:
    return not names_inspire_themes(record) or follows_inspire(record)


@asserts(
    "Unieke_Identifier_van_de_bron_ISO_nr_207",
    "gmd:code in gmd:MD_Identifier van de bron is leeg",
    "geef de dataset een eigen nummer",
)
def _source_identifier(record: Node) -> bool:
    return bool(record.label(_CODE))


@asserts(
    "Unieke_Identifier_van_de_bron_ISO_nr_207_URI",
    "gmd:code in gmd:MD_Identifier verwijst naar iets dat niet met http begint",
    "geef de Anchor een http-adres, of schrijf het nummer als tekst",
)
def _source_identifier_address(record: Node) -> bool:
    address = record.address(_CODE)
    return not address or address.startswith("http")


@asserts("Taal_van_de_bron_ISO_nr_39", "gmd:language van de bron is geen 'dut' of 'eng'", "kies een van die codes")
def _source_language(record: Node) -> bool:
    return bool(record.codes(f"{SOURCE}/gmd:language") & LANGUAGES)


@asserts(
    "OnderwerpISO_nr_41",
    "gmd:topicCategory staat niet in MD_TopicCategoryCode",
    "kies een onderwerp uit die lijst, bijvoorbeeld planningCadastre",
)
def _topic(record: Node) -> bool:
    return any(topic.own_text in TOPICS for topic in record.all(f"{SOURCE}/gmd:topicCategory/*"))


@asserts(
    "Minimum_x-coordinaat_ISO_nr_344",
    "gmd:westBoundLongitude is geen getal van -180 tot en met 180",
    "vul de westgrens in graden in",
)
def _west(record: Node) -> bool:
    return -180 <= _bound(record, "westBoundLongitude") <= 180


@asserts(
    "Maximum_x-coordinaat_ISO_nr_345",
    "gmd:eastBoundLongitude is geen getal van -180 tot en met 180",
    "vul de oostgrens in graden in",
)
def _east(record: Node) -> bool:
    return -180 <= _bound(record, "eastBoundLongitude") <= 180


@asserts(
    "Minimum_y-coordinaat_ISO_nr_346",
    "gmd:southBoundLatitude ontbreekt, ligt onder -90 of boven de noordgrens",
    "vul de zuidgrens in graden in",
)
def _south(record: Node) -> bool:
    south, north = _bound(record, "southBoundLatitude"), _bound(record, "northBoundLatitude")
    return (-90 < south < north) or south in (-90, north)


@asserts(
    "Maximum_y-coordinaat_ISO_nr_347",
    "gmd:northBoundLatitude ontbreekt, ligt boven 90 of onder de zuidgrens",
    "vul de noordgrens in graden in",
)
def _north(record: Node) -> bool:
    south, north = _bound(record, "southBoundLatitude"), _bound(record, "northBoundLatitude")
    return (south < north < 90) or north in (90, south)
