"""What the profile asserts of addresses for INSPIRE: the services must be found from the dataset."""

from __future__ import annotations

from novex_plugin.core.delivery.profile.code_lists import ACCESS_POINT, COUPLED_SERVICES
from novex_plugin.core.delivery.profile.inspire import follows_inspire
from novex_plugin.core.delivery.profile.node import Node
from novex_plugin.core.delivery.profile.section import Section, on_path

TRANSFERS = "gmd:distributionInfo/gmd:MD_Distribution/gmd:transferOptions"
_RESOURCES = "gmd:MD_DigitalTransferOptions/gmd:onLine/gmd:CI_OnlineResource"


def _with_resources(record: Node) -> list[Node]:
    """The groups of addresses of an INSPIRE dataset, in so far as they hold any."""
    groups = record.all(TRANSFERS) if follows_inspire(record) else []
    return [group for group in groups if group.has(_RESOURCES)]


ADDRESSES = Section("INSPIRE_Online_toegang_tot_de_bron", _with_resources)
COUPLING = Section("Waarschuwingen_-_INSPIRE_dataservice_koppeling", on_path(TRANSFERS))


@ADDRESSES.asserts(
    "URL_ISO_nr_397",
    "gmd:linkage van een INSPIRE-dataset noemt geen enkel adres",
    "noem de adressen van de diensten om te bekijken en te downloaden",
)
def _any_address(group: Node) -> bool:
    return any(linkage.own_text for linkage in group.all(f"{_RESOURCES}/gmd:linkage/*"))


@COUPLING.asserts(
    "Omschrijving_verplicht_voor_een_URL",
    "gmd:description ontbreekt bij een adres",
    "vul accessPoint of endPoint in",
)
def _described(transfer: Node) -> bool:
    return all(each.has("gmd:description") for each in transfer.all(_RESOURCES))


@COUPLING.asserts(
    "Anchor_verplicht_voor_omschrijving",
    "gmd:description van een adres is tekst",
    "schrijf hem als gmx:Anchor uit de codelijst OnLineDescriptionCode",
)
def _description_linked(transfer: Node) -> bool:
    return not transfer.has(f"{_RESOURCES}/gmd:description/gco:CharacterString")


@COUPLING.asserts(
    "Protocol_verplicht_voor_een_URL", "gmd:protocol ontbreekt bij een adres", "vul een waarde uit de codelijst in"
)
def _with_protocol(transfer: Node) -> bool:
    return all(each.has("gmd:protocol") for each in transfer.all(_RESOURCES))


@COUPLING.asserts(
    "Protocol_moet_altijd_een_Anchor_zijn",
    "gmd:protocol van een adres is tekst of leeg",
    "schrijf hem als gmx:Anchor met het adres uit de codelijst",
)
def _protocol_linked(transfer: Node) -> bool:
    return all(each.has("gmx:Anchor") for each in transfer.all(f"{_RESOURCES}/gmd:protocol"))


@COUPLING.asserts(
    "Minimaal_applicationProfile_View_Download",
    "gmd:applicationProfile noemt niet ten minste een dienst om te bekijken en een om te downloaden",
    "zet die bij hun toegangspunten (accessPoint) als gmx:Anchor uit de codelijst SpatialDataServiceType",
)
def _both_services(transfer: Node) -> bool:
    points = [each for each in transfer.all(_RESOURCES) if ACCESS_POINT in each.address("gmd:description")]
    profiles = [profile for point in points for profile in point.all("gmd:applicationProfile/gmx:Anchor")]
    return sum(profile.attribute("xlink:href") in COUPLED_SERVICES for profile in profiles) > 1
