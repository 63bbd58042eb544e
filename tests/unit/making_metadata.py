"""One metadata record that keeps to the whole profile, with every optional part in it."""

from __future__ import annotations

from defusedxml.ElementTree import fromstring

from novex_plugin.core.basisset.elements import Element

_ISO = 'codeList="http://standards.iso.org/iso/19139/resources/gmxCodelists.xml#x"'
_CODELIST = "http://inspire.ec.europa.eu/metadata-codelist"


def _said(value: str) -> str:
    return f"<gco:CharacterString>{value}</gco:CharacterString>"


def _dated(value: str) -> str:
    return (
        f"<gmd:date><gmd:CI_Date><gmd:date><gco:Date>{value}</gco:Date></gmd:date><gmd:dateType>"
        f'<gmd:CI_DateTypeCode {_ISO} codeListValue="publication"/></gmd:dateType></gmd:CI_Date></gmd:date>'
    )


def _party(name: str, role: str) -> str:
    return (
        f"<gmd:CI_ResponsibleParty><gmd:organisationName>{_said(name)}</gmd:organisationName><gmd:contactInfo>"
        "<gmd:CI_Contact><gmd:address><gmd:CI_Address>"
        f"<gmd:electronicMailAddress>{_said(f'{role}@oefenland.example')}</gmd:electronicMailAddress>"
        "</gmd:CI_Address></gmd:address></gmd:CI_Contact></gmd:contactInfo>"
        f'<gmd:role><gmd:CI_RoleCode {_ISO} codeListValue="{role}"/></gmd:role></gmd:CI_ResponsibleParty>'
    )


def _online(protocol: str, short: str, service: str) -> str:
    return (
        f"<gmd:onLine><gmd:CI_OnlineResource><gmd:linkage><gmd:URL>https://oefenland.example/{short}</gmd:URL>"
        "</gmd:linkage><gmd:protocol>"
        f'<gmx:Anchor xlink:href="http://www.opengis.net/def/serviceType/ogc/{short}">{protocol}</gmx:Anchor>'
        "</gmd:protocol><gmd:applicationProfile>"
        f'<gmx:Anchor xlink:href="{_CODELIST}/SpatialDataServiceType/{service}">{service}</gmx:Anchor>'
        f"</gmd:applicationProfile><gmd:name>{_said(f'laag-{short}')}</gmd:name><gmd:description>"
        f'<gmx:Anchor xlink:href="{_CODELIST}/OnLineDescriptionCode/accessPoint">accessPoint</gmx:Anchor>'
        "</gmd:description></gmd:CI_OnlineResource></gmd:onLine>"
    )


DOWNLOAD = (
    "<gmd:onLine><gmd:CI_OnlineResource><gmd:linkage><gmd:URL>https://oefenland.example/bodem.gpkg</gmd:URL>"
    '</gmd:linkage><gmd:protocol><gmx:Anchor xlink:href="https://www.iana.org/assignments/media-types/application/'
    'geopackage+sqlite3">gpkg</gmx:Anchor></gmd:protocol><gmd:description>'
    f'<gmx:Anchor xlink:href="{_CODELIST}/OnLineDescriptionCode/endPoint">endPoint</gmx:Anchor>'
    "</gmd:description></gmd:CI_OnlineResource></gmd:onLine>"
)
SCALE = (
    "<gmd:MD_Resolution><gmd:equivalentScale><gmd:MD_RepresentativeFraction><gmd:denominator><gco:Integer>25000"
    "</gco:Integer></gmd:denominator></gmd:MD_RepresentativeFraction></gmd:equivalentScale></gmd:MD_Resolution>"
)
DISTANCE = (
    '<gmd:MD_Resolution><gmd:distance><gco:Distance uom="meters">5</gco:Distance></gmd:distance></gmd:MD_Resolution>'
)
LEVEL = f'<gmd:level><gmd:MD_ScopeCode {_ISO} codeListValue="dataset"/></gmd:level>'
LICENCE = (
    '<gmd:otherConstraints><gmx:Anchor xlink:href="https://creativecommons.org/licenses/by/4.0/deed.nl">'
    "Naamsvermelding verplicht, Oefenland</gmx:Anchor></gmd:otherConstraints>"
)
SYSTEM = '<gmx:Anchor xlink:href="http://www.opengis.net/def/crs/EPSG/0/28992">Amersfoort / RD New</gmx:Anchor>'
REGULATION = "VERORDENING (EU) Nr. 1089/2010 VAN DE COMMISSIE van 23 november 2010 (slot weggelaten)"
RESULT_DATE = _dated("2010-12-08")
WFS = _online("OGC:WFS", "wfs", "download")
PERIOD = "<gml:beginPosition>2020-01-01</gml:beginPosition><gml:endPosition>2030-01-01</gml:endPosition>"
THESAURUS_DATE = _dated("2008-06-01")

RECORD = f"""<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco"
 xmlns:gmx="http://www.isotc211.org/2005/gmx" xmlns:gml="http://www.opengis.net/gml"
 xmlns:xlink="http://www.w3.org/1999/xlink">
<gmd:fileIdentifier>{_said("record-1")}</gmd:fileIdentifier>
<gmd:language><gmd:LanguageCode {_ISO} codeListValue="dut"/></gmd:language>
<gmd:hierarchyLevel><gmd:MD_ScopeCode {_ISO} codeListValue="dataset"/></gmd:hierarchyLevel>
<gmd:contact>{_party("Oefenland beheer", "pointOfContact")}</gmd:contact>
<gmd:dateStamp><gco:Date>2026-11-20</gco:Date></gmd:dateStamp>
<gmd:metadataStandardName>{_said("ISO 19115")}</gmd:metadataStandardName>
<gmd:metadataStandardVersion>
{_said("Nederlands metadata profiel op ISO 19115 voor geografie 2.1.0")}</gmd:metadataStandardVersion>
<gmd:referenceSystemInfo><gmd:MD_ReferenceSystem><gmd:referenceSystemIdentifier><gmd:RS_Identifier><gmd:code>{SYSTEM}
</gmd:code></gmd:RS_Identifier></gmd:referenceSystemIdentifier></gmd:MD_ReferenceSystem></gmd:referenceSystemInfo>
<gmd:identificationInfo><gmd:MD_DataIdentification>
<gmd:citation><gmd:CI_Citation><gmd:title>{_said("Bodemkaart")}</gmd:title>{_dated("2026-10-01")}
<gmd:identifier><gmd:MD_Identifier><gmd:code>
<gmx:Anchor xlink:href="https://oefenland.example/id/7">bron-7</gmx:Anchor>
</gmd:code></gmd:MD_Identifier></gmd:identifier></gmd:CI_Citation></gmd:citation>
<gmd:abstract>{_said("Soorten bodem.")}</gmd:abstract>
<gmd:status><gmd:MD_ProgressCode {_ISO} codeListValue="completed"/></gmd:status>
<gmd:pointOfContact>{_party("Oefenland bron", "owner")}</gmd:pointOfContact>
<gmd:descriptiveKeywords><gmd:MD_Keywords><gmd:keyword>{_said("Bodem")}</gmd:keyword><gmd:thesaurusName>
<gmd:CI_Citation><gmd:title>{_said("GEMET - INSPIRE themes, version 1.0")}</gmd:title>
{THESAURUS_DATE}</gmd:CI_Citation></gmd:thesaurusName>
</gmd:MD_Keywords></gmd:descriptiveKeywords>
<gmd:resourceConstraints><gmd:MD_Constraints>
<gmd:useLimitation>{_said("Niet voor navigatie")}</gmd:useLimitation>
</gmd:MD_Constraints></gmd:resourceConstraints>
<gmd:resourceConstraints><gmd:MD_LegalConstraints><gmd:accessConstraints>
<gmd:MD_RestrictionCode {_ISO} codeListValue="otherRestrictions"/></gmd:accessConstraints>
{LICENCE}</gmd:MD_LegalConstraints></gmd:resourceConstraints>
<gmd:spatialResolution>{SCALE}</gmd:spatialResolution>
<gmd:language><gmd:LanguageCode {_ISO} codeListValue="eng"/></gmd:language>
<gmd:topicCategory><gmd:MD_TopicCategoryCode>geoscientificInformation</gmd:MD_TopicCategoryCode></gmd:topicCategory>
<gmd:extent><gmd:EX_Extent><gmd:geographicElement><gmd:EX_GeographicBoundingBox>
<gmd:westBoundLongitude><gco:Decimal>6.1</gco:Decimal></gmd:westBoundLongitude>
<gmd:eastBoundLongitude><gco:Decimal>7.1</gco:Decimal></gmd:eastBoundLongitude>
<gmd:southBoundLatitude><gco:Decimal>52.6</gco:Decimal></gmd:southBoundLatitude>
<gmd:northBoundLatitude><gco:Decimal>53.2</gco:Decimal></gmd:northBoundLatitude>
</gmd:EX_GeographicBoundingBox></gmd:geographicElement><gmd:temporalElement><gmd:EX_TemporalExtent><gmd:extent>
<gml:TimePeriod>{PERIOD}</gml:TimePeriod></gmd:extent></gmd:EX_TemporalExtent></gmd:temporalElement></gmd:EX_Extent></gmd:extent>
</gmd:MD_DataIdentification></gmd:identificationInfo>
<gmd:distributionInfo><gmd:MD_Distribution><gmd:transferOptions><gmd:MD_DigitalTransferOptions>
{_online("OGC:WMS", "wms", "view")}{WFS}{DOWNLOAD}
</gmd:MD_DigitalTransferOptions></gmd:transferOptions></gmd:MD_Distribution></gmd:distributionInfo>
<gmd:dataQualityInfo><gmd:DQ_DataQuality><gmd:scope><gmd:DQ_Scope>{LEVEL}</gmd:DQ_Scope></gmd:scope>
<gmd:report><gmd:DQ_DomainConsistency><gmd:result><gmd:DQ_ConformanceResult><gmd:specification><gmd:CI_Citation>
<gmd:title>{_said(REGULATION)}</gmd:title>{RESULT_DATE}</gmd:CI_Citation></gmd:specification>
<gmd:explanation>{_said("Getoetst.")}</gmd:explanation><gmd:pass><gco:Boolean>true</gco:Boolean></gmd:pass>
</gmd:DQ_ConformanceResult></gmd:result></gmd:DQ_DomainConsistency></gmd:report>
<gmd:lineage><gmd:LI_Lineage>
<gmd:statement>{_said("Ingewonnen in het veld.")}</gmd:statement></gmd:LI_Lineage></gmd:lineage>
</gmd:DQ_DataQuality></gmd:dataQualityInfo>
</gmd:MD_Metadata>"""


def changed(*changes: tuple[str, str]) -> str:
    """The record with texts replaced, each of which stands in it exactly once."""
    text = RECORD
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} staat er {text.count(old)} keer"
        text = text.replace(old, new)
    return text


def parsed(text: str) -> Element:
    root: Element = fromstring(text)
    return root
