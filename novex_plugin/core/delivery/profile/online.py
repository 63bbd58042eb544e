"""What the profile asserts of each address where a dataset is to be had."""

from __future__ import annotations

from novex_plugin.core.delivery.profile.code_lists import DESCRIPTIONS, MEDIA_TYPES, NAMED_PROTOCOLS, PROTOCOLS
from novex_plugin.core.delivery.profile.node import Node
from novex_plugin.core.delivery.profile.online_inspire import TRANSFERS
from novex_plugin.core.delivery.profile.section import Section, on_path

_RESOURCE = "gmd:CI_OnlineResource"


def _anchors(record: Node, place: str) -> list[Node]:
    """The Anchors of one kind at all addresses of a record, wherever these stand."""
    return record.all(f".//{_RESOURCE}/{place}/gmx:Anchor")


ACCESS = Section("Online_toegang_tot_de_bron", on_path(f"{TRANSFERS}/gmd:MD_DigitalTransferOptions/gmd:onLine"))
PROTOCOL = Section(
    "Codelijst_protocol",
    lambda record: [each for each in _anchors(record, "gmd:protocol") if each.own_text in PROTOCOLS],
)
MEDIA = Section(
    "Codelijst_media_types",
    lambda record: [each for each in _anchors(record, "gmd:protocol") if each.own_text.lower() in MEDIA_TYPES],
)
DESCRIPTION = Section("Codelijst_INSPIRE_OnLineDescriptionCode", lambda record: _anchors(record, "gmd:description"))
SECTIONS = (ACCESS, PROTOCOL, MEDIA, DESCRIPTION)


def _address(online: Node) -> str:
    return online.text(f"{_RESOURCE}/gmd:linkage/gmd:URL")


def _protocol(online: Node) -> str:
    return online.text(f"{_RESOURCE}/gmd:protocol/*")


def _is_media_type(online: Node) -> bool:
    return _protocol(online).lower() in MEDIA_TYPES


def _is_protocol(online: Node) -> bool:
    return _protocol(online) in PROTOCOLS


@ACCESS.asserts(
    "Protocol_ISO_nr_398_verplicht_bij_URL_ISO_nr_397",
    "gmd:protocol bij een adres komt niet uit de codelijst protocol of media types",
    "kies er een waarde uit",
)
def _protocol_with_address(online: Node) -> bool:
    return not _address(online) or _is_protocol(online) or _is_media_type(online)


@ACCESS.asserts(
    "URL_ISO_nr_397_en_Protocol_ISO_nr_398",
    "gmd:linkage is leeg terwijl er wel een gmd:protocol staat",
    "vul het adres in, of haal het protocol weg",
)
def _address_with_protocol(online: Node) -> bool:
    return bool(_address(online)) or not (_is_protocol(online) or _is_media_type(online))


@ACCESS.asserts(
    "Naam_ISO_nr_400",
    "gmd:name bij een WMS, WFS, WCS of INSPIRE Atom is leeg",
    "vul de naam van de laag of feed in",
)
def _name(online: Node) -> bool:
    return _protocol(online) not in NAMED_PROTOCOLS or bool(online.text(f"{_RESOURCE}/gmd:name/gco:CharacterString"))


@ACCESS.asserts(
    "Bij_een_URL_endPoint_moet_een_waarde_uit_de_codelijst_mediatype_opgegeven_zijn",
    "gmd:protocol bij een endPoint is geen media type",
    "kies een waarde uit de codelijst media types, of maak er een accessPoint van",
)
def _end_point(online: Node) -> bool:
    return online.label(f"{_RESOURCE}/gmd:description") != "endPoint" or _is_media_type(online)


@ACCESS.asserts(
    "Bij_een_URL_accessPoint_moet_een_waarde_uit_de_codelijst_protocol_opgegeven_zijn",
    "gmd:protocol bij een accessPoint staat niet in de codelijst protocol",
    "kies er een waarde uit, of maak er een endPoint van",
)
def _access_point(online: Node) -> bool:
    return online.label(f"{_RESOURCE}/gmd:description") != "accessPoint" or _is_protocol(online)


@PROTOCOL.asserts(
    "Codelijst_protocol:_geldige_combinatie_van_URI_en_waarde",
    "gmd:protocol heeft een adres dat niet bij zijn waarde hoort",
    "neem beide uit dezelfde rij van de codelijst protocol",
)
def _protocol_address(anchor: Node) -> bool:
    return anchor.attribute("xlink:href") in PROTOCOLS[anchor.own_text]


@MEDIA.asserts(
    "Codelijst_media_types:_geldige_combinatie_van_URI_en_waarde",
    "gmd:protocol heeft een adres dat niet bij zijn media type hoort",
    "neem beide uit dezelfde rij van de codelijst media types",
)
def _media_address(anchor: Node) -> bool:
    return anchor.attribute("xlink:href").lower() in MEDIA_TYPES[anchor.own_text.lower()]


@DESCRIPTION.asserts(
    "Codelijst_INSPIRE_OnLineDescriptionCode:_geldige_combinatie_van_URI_en_waarde",
    "gmd:description van een adres is geen accessPoint of endPoint met het adres dat daarbij hoort",
    "neem beide uit dezelfde rij van de codelijst OnLineDescriptionCode",
)
def _description_address(anchor: Node) -> bool:
    return DESCRIPTIONS.get(anchor.own_text.lower()) == anchor.attribute("xlink:href").lower()
