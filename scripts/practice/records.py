"""Metadata records (ISO 19139, Dutch profile 2.1.0) of the practice basisset, with the addresses of its servers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from scripts.practice.datasets import OFFERS, Offer

_LISTS = "http://standards.iso.org/iso/19139/resources/gmxCodelists.xml"
_BOX = ("5.28", "5.90", "51.80", "52.08")

_RECORD = """\
<?xml version="1.0" encoding="UTF-8"?>
<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco"
    xmlns:gmx="http://www.isotc211.org/2005/gmx" xmlns:xlink="http://www.w3.org/1999/xlink">
  <gmd:fileIdentifier><gco:CharacterString>{id}</gco:CharacterString></gmd:fileIdentifier>
  <gmd:language>
    <gmd:LanguageCode codeList="http://www.loc.gov/standards/iso639-2/" codeListValue="dut"/>
  </gmd:language>
  <gmd:hierarchyLevel>{scope}</gmd:hierarchyLevel>
  <gmd:contact>{party}</gmd:contact>
  <gmd:dateStamp><gco:Date>{stamp}</gco:Date></gmd:dateStamp>
  <gmd:metadataStandardName><gco:CharacterString>ISO 19115</gco:CharacterString></gmd:metadataStandardName>
  <gmd:metadataStandardVersion>
    <gco:CharacterString>Nederlands metadata profiel op ISO 19115 voor geografie 2.1.0</gco:CharacterString>
  </gmd:metadataStandardVersion>
  <gmd:referenceSystemInfo><gmd:MD_ReferenceSystem><gmd:referenceSystemIdentifier><gmd:RS_Identifier>
    <gmd:code>
      <gmx:Anchor xlink:href="http://www.opengis.net/def/crs/EPSG/0/28992">Amersfoort / RD New</gmx:Anchor>
    </gmd:code>
  </gmd:RS_Identifier></gmd:referenceSystemIdentifier></gmd:MD_ReferenceSystem></gmd:referenceSystemInfo>
  <gmd:identificationInfo><gmd:MD_DataIdentification>
    <gmd:citation><gmd:CI_Citation>
      <gmd:title><gco:CharacterString>{title}</gco:CharacterString></gmd:title>
      <gmd:date><gmd:CI_Date>
        <gmd:date><gco:Date>{date}</gco:Date></gmd:date>
        <gmd:dateType>
          <gmd:CI_DateTypeCode codeList="{lists}#CI_DateTypeCode" codeListValue="publication"/>
        </gmd:dateType>
      </gmd:CI_Date></gmd:date>
      <gmd:identifier><gmd:MD_Identifier>
        <gmd:code><gco:CharacterString>oefenland-{slug}</gco:CharacterString></gmd:code>
      </gmd:MD_Identifier></gmd:identifier>
    </gmd:CI_Citation></gmd:citation>
    <gmd:abstract><gco:CharacterString>{abstract}</gco:CharacterString></gmd:abstract>
    <gmd:status>
      <gmd:MD_ProgressCode codeList="{lists}#MD_ProgressCode" codeListValue="completed"/>
    </gmd:status>
    <gmd:pointOfContact>{party}</gmd:pointOfContact>
    <gmd:descriptiveKeywords><gmd:MD_Keywords>
      <gmd:keyword><gco:CharacterString>{keyword}</gco:CharacterString></gmd:keyword>
      <gmd:keyword><gco:CharacterString>Oefenland</gco:CharacterString></gmd:keyword>
    </gmd:MD_Keywords></gmd:descriptiveKeywords>
    <gmd:resourceConstraints><gmd:MD_Constraints>
      <gmd:useLimitation>
        <gco:CharacterString>Oefengegevens: niets hierin bestaat.</gco:CharacterString>
      </gmd:useLimitation>
    </gmd:MD_Constraints></gmd:resourceConstraints>
    <gmd:resourceConstraints><gmd:MD_LegalConstraints>
      <gmd:accessConstraints>
        <gmd:MD_RestrictionCode codeList="{lists}#MD_RestrictionCode" codeListValue="otherRestrictions"/>
      </gmd:accessConstraints>
      <gmd:otherConstraints>{licence}</gmd:otherConstraints>
    </gmd:MD_LegalConstraints></gmd:resourceConstraints>
    <gmd:spatialRepresentationType>
      <gmd:MD_SpatialRepresentationTypeCode codeList="{lists}#MD_SpatialRepresentationTypeCode"
          codeListValue="{form}"/>
    </gmd:spatialRepresentationType>
    <gmd:spatialResolution><gmd:MD_Resolution>{resolution}</gmd:MD_Resolution></gmd:spatialResolution>
    <gmd:language>
      <gmd:LanguageCode codeList="http://www.loc.gov/standards/iso639-2/" codeListValue="dut"/>
    </gmd:language>
    <gmd:topicCategory><gmd:MD_TopicCategoryCode>{topic}</gmd:MD_TopicCategoryCode></gmd:topicCategory>
    <gmd:extent><gmd:EX_Extent><gmd:geographicElement><gmd:EX_GeographicBoundingBox>
      <gmd:westBoundLongitude><gco:Decimal>{west}</gco:Decimal></gmd:westBoundLongitude>
      <gmd:eastBoundLongitude><gco:Decimal>{east}</gco:Decimal></gmd:eastBoundLongitude>
      <gmd:southBoundLatitude><gco:Decimal>{south}</gco:Decimal></gmd:southBoundLatitude>
      <gmd:northBoundLatitude><gco:Decimal>{north}</gco:Decimal></gmd:northBoundLatitude>
    </gmd:EX_GeographicBoundingBox></gmd:geographicElement></gmd:EX_Extent></gmd:extent>
  </gmd:MD_DataIdentification></gmd:identificationInfo>
{distribution}  <gmd:dataQualityInfo><gmd:DQ_DataQuality>
    <gmd:scope><gmd:DQ_Scope><gmd:level>{scope}</gmd:level></gmd:DQ_Scope></gmd:scope>
    <gmd:lineage><gmd:LI_Lineage>
      <gmd:statement>
        <gco:CharacterString>Gemaakt door een script, om mee te oefenen.</gco:CharacterString>
      </gmd:statement>
    </gmd:LI_Lineage></gmd:lineage>
  </gmd:DQ_DataQuality></gmd:dataQualityInfo>
</gmd:MD_Metadata>
"""

_PARTY = """<gmd:CI_ResponsibleParty>
      <gmd:organisationName><gco:CharacterString>{owner}</gco:CharacterString></gmd:organisationName>
      <gmd:contactInfo><gmd:CI_Contact><gmd:address><gmd:CI_Address>
        <gmd:electronicMailAddress>
          <gco:CharacterString>geo@oefenland.example</gco:CharacterString>
        </gmd:electronicMailAddress>
      </gmd:CI_Address></gmd:address></gmd:CI_Contact></gmd:contactInfo>
      <gmd:role><gmd:CI_RoleCode codeList="{lists}#CI_RoleCode" codeListValue="pointOfContact"/></gmd:role>
    </gmd:CI_ResponsibleParty>"""

_ONLINE = """    <gmd:onLine><gmd:CI_OnlineResource>
      <gmd:linkage><gmd:URL>{address}</gmd:URL></gmd:linkage>
      <gmd:protocol><gco:CharacterString>{protocol}</gco:CharacterString></gmd:protocol>
      <gmd:name><gco:CharacterString>{name}</gco:CharacterString></gmd:name>
      <gmd:description><gmx:Anchor
        xlink:href="http://inspire.ec.europa.eu/metadata-codelist/OnLineDescriptionCode/{role}">{role}</gmx:Anchor>
      </gmd:description>
    </gmd:CI_OnlineResource></gmd:onLine>
"""

OLDEST_RECORD = "2025-01-15"
"""No record was touched before this day."""


@dataclass(frozen=True)
class Online:
    """An address as a record gives it."""

    address: str
    protocol: str
    name: str

    @property
    def role(self) -> str:
        """Whether it is a service or a file, in the words of the Dutch profile."""
        return "downloadPoint" if self.protocol == "download" else "accessPoint"


def addresses(offer: Offer, ows: str, files: str) -> list[Online]:
    """Where a dataset can be had: `ows` is the map server's address, `files` the folder with feeds and downloads.

    The spellings differ, as they do in the real catalogue.
    """
    question = f"{ows}?"
    if offer.way == "wfs":
        long_form = f"{ows}?service=WFS&request=GetCapabilities&version=2.0.0"
        wfs = long_form if len(offer.slug) % 2 else question
        name = f"ms:{offer.slug}" if len(offer.slug) % 3 == 0 else offer.slug
        return [Online(wfs, "OGC:WFS", name), Online(question, "OGC:WMS", offer.slug)]
    return {
        "wcs": [Online(question, "OGC:WCS", offer.slug), Online(question, "OGC:WMS", offer.slug)],
        "wms": [Online(f"{ows}?request=GetCapabilities&service=WMS", "OGC:WMS", offer.slug)],
        "atom": [Online(f"{files}/atom/{offer.slug}/index.xml", "INSPIRE Atom", offer.title)],
        "zip": [Online(f"{files}/{offer.slug}.zip", "download", offer.title)],
    }.get(offer.way, [])


def record(offer: Offer, online: Sequence[Online]) -> str:
    """One record."""
    raster = offer.way in ("wcs", "wms")
    url, text = offer.licence
    licence = f"<gmx:Anchor xlink:href={quoteattr(url)}>{escape(text)}</gmx:Anchor>"
    west, east, south, north = _BOX
    return _RECORD.format(
        id=offer.id,
        slug=offer.slug,
        title=escape(offer.title),
        abstract=escape(offer.abstract),
        date=offer.date,
        stamp=max(offer.date, OLDEST_RECORD),
        keyword=escape(offer.keyword),
        topic=offer.topic,
        party=_PARTY.format(owner=escape(offer.owner), lists=_LISTS),
        scope=f'<gmd:MD_ScopeCode codeList="{_LISTS}#MD_ScopeCode" codeListValue="dataset"/>',
        lists=_LISTS,
        licence=licence if url else f"<gco:CharacterString>{escape(text)}</gco:CharacterString>",
        form="grid" if raster else "vector",
        resolution=_resolution(offer),
        distribution=_distribution(online),
        west=west,
        east=east,
        south=south,
        north=north,
    )


def _resolution(offer: Offer) -> str:
    if offer.way == "wcs":
        return '<gmd:distance><gco:Distance uom="meter">25</gco:Distance></gmd:distance>'
    scale = f"<gmd:denominator><gco:Integer>{offer.scale}</gco:Integer></gmd:denominator>"
    fraction = f"<gmd:MD_RepresentativeFraction>{scale}</gmd:MD_RepresentativeFraction>"
    return f"<gmd:equivalentScale>{fraction}</gmd:equivalentScale>"


def _distribution(online: Sequence[Online]) -> str:
    if not online:
        return ""
    written = "".join(
        _ONLINE.format(address=escape(each.address), protocol=each.protocol, name=escape(each.name), role=each.role)
        for each in online
    )
    return (
        "  <gmd:distributionInfo><gmd:MD_Distribution><gmd:transferOptions><gmd:MD_DigitalTransferOptions>\n"
        f"{written}  </gmd:MD_DigitalTransferOptions></gmd:transferOptions></gmd:MD_Distribution>"
        "</gmd:distributionInfo>\n"
    )


def write_records(folder: Path, ows: str, files: str) -> list[Path]:
    """A file for each dataset of the basisset, and one of a dataset that is no part of it."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    outsider = Offer(
        "wandelroutes", "Wandelroutes Oefenland", "Geen deel van de basisset.", "Provincie Oefenland", "2024-04-04"
    )
    for offer in (*OFFERS, outsider):
        text = record(offer, addresses(offer, ows, files))
        if offer is outsider:
            text = text.replace(f"<gco:CharacterString>{offer.keyword}<", "<gco:CharacterString>recreatie<")
        path = folder / f"{offer.id}.xml"
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written
