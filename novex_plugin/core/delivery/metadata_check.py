"""Whether a metadata record has what the Dutch profile 2.1.0 makes mandatory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from novex_plugin.core.delivery.metadata import PROFILE, STANDARD

MAXIMUM_BYTES = 8 * 1024 * 1024

_PREFIXES = {
    "gmd": "http://www.isotc211.org/2005/gmd",
    "gco": "http://www.isotc211.org/2005/gco",
    "gmx": "http://www.isotc211.org/2005/gmx",
}
_SOURCE = "gmd:identificationInfo/gmd:MD_DataIdentification/"
_CITATION = f"{_SOURCE}gmd:citation/gmd:CI_Citation/"
_LEGAL = f"{_SOURCE}gmd:resourceConstraints/gmd:MD_LegalConstraints/"
_BOX = f"{_SOURCE}gmd:extent/gmd:EX_Extent/gmd:geographicElement/gmd:EX_GeographicBoundingBox/"
_QUALITY = "gmd:dataQualityInfo/gmd:DQ_DataQuality/"
_PARTY = "gmd:CI_ResponsibleParty/"
_MAIL = f"{_PARTY}gmd:contactInfo/gmd:CI_Contact/gmd:address/gmd:CI_Address/gmd:electronicMailAddress"

MANDATORY = {
    "Metadata unieke identifier": "gmd:fileIdentifier",
    "Taal van de metadata": "gmd:language",
    "Hiërarchieniveau": "gmd:hierarchyLevel",
    "Verantwoordelijke organisatie metadata": f"gmd:contact/{_PARTY}gmd:organisationName",
    "Verantwoordelijke organisatie metadata: e-mail": f"gmd:contact/{_MAIL}",
    "Verantwoordelijke organisatie metadata: rol": f"gmd:contact/{_PARTY}gmd:role",
    "Metadatadatum": "gmd:dateStamp",
    "Naam metadatastandaard": "gmd:metadataStandardName",
    "Versie metadatastandaard": "gmd:metadataStandardVersion",
    "Ruimtelijk referentiesysteem": "gmd:referenceSystemInfo/gmd:MD_ReferenceSystem/gmd:referenceSystemIdentifier"
    "/gmd:RS_Identifier/gmd:code",
    "Titel van de bron": f"{_CITATION}gmd:title",
    "Datum van de bron": f"{_CITATION}gmd:date/gmd:CI_Date/gmd:date",
    "Datumtype van de bron": f"{_CITATION}gmd:date/gmd:CI_Date/gmd:dateType",
    "Unieke identifier van de bron": f"{_CITATION}gmd:identifier/gmd:MD_Identifier/gmd:code",
    "Samenvatting": f"{_SOURCE}gmd:abstract",
    "Status": f"{_SOURCE}gmd:status",
    "Verantwoordelijke organisatie bron": f"{_SOURCE}gmd:pointOfContact/{_PARTY}gmd:organisationName",
    "Verantwoordelijke organisatie bron: e-mail": f"{_SOURCE}gmd:pointOfContact/{_MAIL}",
    "Verantwoordelijke organisatie bron: rol": f"{_SOURCE}gmd:pointOfContact/{_PARTY}gmd:role",
    "Trefwoord": f"{_SOURCE}gmd:descriptiveKeywords/gmd:MD_Keywords/gmd:keyword",
    "Gebruiksbeperkingen": f"{_SOURCE}gmd:resourceConstraints/gmd:MD_Constraints/gmd:useLimitation",
    "Juridische toegangsrestricties": f"{_LEGAL}gmd:accessConstraints",
    "Overige beperkingen": f"{_LEGAL}gmd:otherConstraints",
    "Toepassingsschaal": f"{_SOURCE}gmd:spatialResolution/gmd:MD_Resolution/gmd:equivalentScale"
    "/gmd:MD_RepresentativeFraction/gmd:denominator",
    "Taal van de bron": f"{_SOURCE}gmd:language",
    "Onderwerp": f"{_SOURCE}gmd:topicCategory",
    "Omgrenzende rechthoek: west": f"{_BOX}gmd:westBoundLongitude",
    "Omgrenzende rechthoek: oost": f"{_BOX}gmd:eastBoundLongitude",
    "Omgrenzende rechthoek: zuid": f"{_BOX}gmd:southBoundLatitude",
    "Omgrenzende rechthoek: noord": f"{_BOX}gmd:northBoundLatitude",
    "Niveau kwaliteitsbeschrijving": f"{_QUALITY}gmd:scope/gmd:DQ_Scope/gmd:level",
    "Algemene beschrijving herkomst": f"{_QUALITY}gmd:lineage/gmd:LI_Lineage/gmd:statement",
}
"""The profile's name of each mandatory element, with its place below gmd:MD_Metadata."""


def metadata_problems(path: Path) -> list[str]:
    """Say in Dutch what the record lacks; an empty list when it is complete."""
    from defusedxml.common import DefusedXmlException  # not needed at QGIS's start
    from defusedxml.ElementTree import ParseError, fromstring

    if path.stat().st_size > MAXIMUM_BYTES:
        return ["is groter dan 8 MiB"]
    try:
        root = fromstring(path.read_bytes())
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        return [f"is geen leesbare XML ({error})"]
    if root.tag != f"{{{_PREFIXES['gmd']}}}MD_Metadata":
        return ["is geen metadatarecord (gmd:MD_Metadata)"]
    problems = [f"'{name}' ontbreekt" for name, place in MANDATORY.items() if not _filled(root, place)]
    for name, expected in (("metadataStandardName", STANDARD), ("metadataStandardVersion", PROFILE)):
        found = root.findtext(f"gmd:{name}/gco:CharacterString", "", _PREFIXES).strip()
        if found and found != expected:
            problems.append(f"gmd:{name} is '{found[:80]}', niet '{expected}'")
    return problems


def _filled(root: Any, place: str) -> bool:
    return any(_says(found) for found in root.findall(place, _PREFIXES))


def _says(node: Any) -> bool:
    """An element says something through its text or through the value of a code list below it."""
    return bool("".join(node.itertext()).strip()) or any(part.get("codeListValue") for part in node.iter())
