"""Metadata of a layer or of a whole delivery as ISO 19139 XML in the Dutch profile on ISO 19115, version 2.1.0.

Source: Geonovum, Nederlands metadata profiel op ISO 19115 voor geografie 2.1.0 (2020-06-30).
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from novex_plugin.core.delivery.markup import Element, element, xml_document
from novex_plugin.core.delivery.metadata_lineage import Lineage, Step
from novex_plugin.core.errors import InputError

STANDARD = "ISO 19115"
PROFILE = "Nederlands metadata profiel op ISO 19115 voor geografie 2.1.0"

_NAMESPACES = (
    ("xmlns:gmd", "http://www.isotc211.org/2005/gmd"),
    ("xmlns:gco", "http://www.isotc211.org/2005/gco"),
    ("xmlns:gmx", "http://www.isotc211.org/2005/gmx"),
    ("xmlns:xlink", "http://www.w3.org/1999/xlink"),
    ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    (
        "xsi:schemaLocation",
        (
            "http://www.isotc211.org/2005/gmd http://schemas.opengis.net/iso/19139/20060504/gmd/gmd.xsd"
            " http://www.isotc211.org/2005/gmx http://schemas.opengis.net/iso/19139/20060504/gmx/gmx.xsd"
        ),
    ),
)
_CODE_LISTS = "http://standards.iso.org/iso/19139/resources/gmxCodelists.xml#"
_LANGUAGES = "http://www.loc.gov/standards/iso639-2/"
_RD_NEW = "http://www.opengis.net/def/crs/EPSG/0/28992"
_SCOPES = "http://inspire.ec.europa.eu/metadata-codelist/SpatialScope"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/application"


@dataclass(frozen=True)
class Contact:
    """The organisation that answers for a layer; no person's name. `role` is a CI_RoleCode."""

    organisation: str
    email: str
    role: str = "pointOfContact"


@dataclass(frozen=True)
class Specification:
    """What the layer was modelled after: the agreement, with its date and whether the layer keeps to it."""

    title: str
    date: str
    explanation: str
    passes: bool = True


@dataclass(frozen=True)
class Format:
    """A media type of the profile's code list, by its address and value, and the version of the format."""

    address: str
    value: str
    version: str


GEOPACKAGE = Format(f"{_MEDIA_TYPES}/geopackage+sqlite3", "gpkg", "1.3")
BAG = Format(f"{_MEDIA_TYPES}/zip", "zip", "BagIt 1.0")


@dataclass(frozen=True)
class Record:
    """What the metadata of a layer or a delivery say.

    `bounds` is west, south, east, north in degrees (WGS 84); dates are `YYYY-MM-DD`; `status` is an MD_ProgressCode;
    `scale` the denominator of the scale for which the layer is meant; `parent` the file_id of the metadata of the
    whole that it is part of.
    """

    file_id: str
    dataset_id: str
    title: str
    abstract: str
    created: str
    revised: str
    status: str
    contact: Contact
    keywords: tuple[str, ...]
    use_limitation: str
    licence_address: str
    licence_text: str
    scale: int
    bounds: tuple[float, float, float, float]
    lineage: Lineage
    specification: Specification
    topics: tuple[str, ...] = ("planningCadastre",)
    formats: tuple[Format, ...] = (GEOPACKAGE,)
    parent: str | None = None


def metadata_xml(record: Record) -> bytes:
    """The record as ISO 19139 XML, the same bytes for the same record.

    Raises InputError naming the element that the profile requires and the record leaves empty.
    """
    _require(record)
    return xml_document(
        Element(
            "gmd:MD_Metadata",
            _NAMESPACES,
            (
                _text("gmd:fileIdentifier", record.file_id),
                _language(),
                _code("gmd:characterSet", "MD_CharacterSetCode", "utf8"),
                *([] if record.parent is None else [_text("gmd:parentIdentifier", record.parent)]),
                _code("gmd:hierarchyLevel", "MD_ScopeCode", "dataset"),
                element("gmd:contact", _party(record.contact)),
                element("gmd:dateStamp", element("gco:Date", record.revised)),
                _text("gmd:metadataStandardName", STANDARD),
                _text("gmd:metadataStandardVersion", PROFILE),
                _reference_system(),
                element("gmd:identificationInfo", _identification(record)),
                element("gmd:distributionInfo", _distribution(record)),
                element("gmd:dataQualityInfo", _quality(record)),
            ),
        )
    )


def _require(record: Record) -> None:
    values = {field.name: getattr(record, field.name) for field in fields(record) if field.name != "parent"}
    values["lineage"] = record.lineage.statement
    values |= {f"contact.{field.name}": getattr(record.contact, field.name) for field in fields(record.contact)}
    for name, value in values.items():
        if value is None or value == "" or value == ():
            raise InputError(
                "ontbreekt, maar is verplicht in het Nederlandse metadataprofiel.",
                "Vul het in bij de gegevens van het voorstel.",
                table=record.title or None,
                field=name,
            )
    for name in ("created", "revised"):
        _check_date(record.title, name, values[name])


def _check_date(title: str, name: str, value: str) -> None:
    try:
        date.fromisoformat(value)
    except ValueError as error:
        raise InputError(
            f"'{value[:40]}' is geen datum.", "Schrijf hem als 2026-11-20.", table=title, field=name
        ) from error


def _text(name: str, value: str) -> Element:
    return element(name, element("gco:CharacterString", value))


def _anchor(name: str, address: str, label: str) -> Element:
    return element(name, element("gmx:Anchor", label, xlink__href=address))


def _code(name: str, code_list: str, value: str) -> Element:
    return element(name, Element(f"gmd:{code_list}", (("codeList", _CODE_LISTS + code_list), ("codeListValue", value))))


def _language() -> Element:
    attributes = (("codeList", _LANGUAGES), ("codeListValue", "dut"))
    return element("gmd:language", Element("gmd:LanguageCode", attributes, ("Nederlands",)))


def _date(value: str, kind: str) -> Element:
    return element(
        "gmd:date",
        element(
            "gmd:CI_Date",
            element("gmd:date", element("gco:Date", value)),
            _code("gmd:dateType", "CI_DateTypeCode", kind),
        ),
    )


def _party(contact: Contact) -> Element:
    address = element("gmd:CI_Address", _text("gmd:electronicMailAddress", contact.email))
    return element(
        "gmd:CI_ResponsibleParty",
        _text("gmd:organisationName", contact.organisation),
        element("gmd:contactInfo", element("gmd:CI_Contact", element("gmd:address", address))),
        _code("gmd:role", "CI_RoleCode", contact.role),
    )


def _reference_system() -> Element:
    identifier = element("gmd:RS_Identifier", _anchor("gmd:code", _RD_NEW, "Amersfoort / RD New"))
    return element(
        "gmd:referenceSystemInfo",
        element("gmd:MD_ReferenceSystem", element("gmd:referenceSystemIdentifier", identifier)),
    )


def _identification(record: Record) -> Element:
    citation = element(
        "gmd:CI_Citation",
        _text("gmd:title", record.title),
        _date(record.created, "creation"),
        _date(record.revised, "revision"),
        element("gmd:identifier", element("gmd:MD_Identifier", _text("gmd:code", record.dataset_id))),
    )
    return element(
        "gmd:MD_DataIdentification",
        element("gmd:citation", citation),
        _text("gmd:abstract", record.abstract),
        _code("gmd:status", "MD_ProgressCode", record.status),
        element("gmd:pointOfContact", _party(record.contact)),
        *_keywords(record),
        *_constraints(record),
        _code("gmd:spatialRepresentationType", "MD_SpatialRepresentationTypeCode", "vector"),
        _scale(record.scale),
        _language(),
        _code("gmd:characterSet", "MD_CharacterSetCode", "utf8"),
        *(element("gmd:topicCategory", element("gmd:MD_TopicCategoryCode", topic)) for topic in record.topics),
        _extent(record.bounds),
    )


def _keywords(record: Record) -> tuple[Element, Element]:
    """The agreement's own words, and how far the dataset reaches in the words of INSPIRE."""
    own = element("gmd:MD_Keywords", *(_text("gmd:keyword", word) for word in record.keywords))
    thesaurus = element(
        "gmd:CI_Citation",
        _anchor("gmd:title", _SCOPES, "Ruimtelijke dekking"),
        _date("2019-05-22", "publication"),
    )
    scope = element(
        "gmd:MD_Keywords",
        _anchor("gmd:keyword", f"{_SCOPES}/regional", "Regionaal"),
        element("gmd:thesaurusName", thesaurus),
    )
    return element("gmd:descriptiveKeywords", own), element("gmd:descriptiveKeywords", scope)


def _constraints(record: Record) -> tuple[Element, Element]:
    use = element("gmd:MD_Constraints", _text("gmd:useLimitation", record.use_limitation))
    legal = element(
        "gmd:MD_LegalConstraints",
        _code("gmd:accessConstraints", "MD_RestrictionCode", "otherRestrictions"),
        _anchor("gmd:otherConstraints", record.licence_address, record.licence_text),
    )
    return element("gmd:resourceConstraints", use), element("gmd:resourceConstraints", legal)


def _scale(denominator: int) -> Element:
    number = element("gmd:denominator", element("gco:Integer", str(denominator)))
    fraction = element("gmd:equivalentScale", element("gmd:MD_RepresentativeFraction", number))
    return element("gmd:spatialResolution", element("gmd:MD_Resolution", fraction))


def _extent(bounds: tuple[float, float, float, float]) -> Element:
    west, south, east, north = (element("gco:Decimal", f"{value:.5f}") for value in bounds)
    box = element(
        "gmd:EX_GeographicBoundingBox",
        element("gmd:westBoundLongitude", west),
        element("gmd:eastBoundLongitude", east),
        element("gmd:southBoundLatitude", south),
        element("gmd:northBoundLatitude", north),
    )
    return element("gmd:extent", element("gmd:EX_Extent", element("gmd:geographicElement", box)))


def _distribution(record: Record) -> Element:
    forms = (
        element(
            "gmd:MD_Format",
            _anchor("gmd:name", form.address, form.value),
            _text("gmd:version", form.version),
            _text("gmd:specification", record.specification.title),
        )
        for form in record.formats
    )
    return element("gmd:MD_Distribution", *(element("gmd:distributionFormat", form) for form in forms))


def _quality(record: Record) -> Element:
    agreed = record.specification
    citation = element("gmd:CI_Citation", _text("gmd:title", agreed.title), _date(agreed.date, "publication"))
    conformance = element(
        "gmd:DQ_ConformanceResult",
        element("gmd:specification", citation),
        _text("gmd:explanation", agreed.explanation),
        element("gmd:pass", element("gco:Boolean", "true" if agreed.passes else "false")),
    )
    return element(
        "gmd:DQ_DataQuality",
        element("gmd:scope", element("gmd:DQ_Scope", _code("gmd:level", "MD_ScopeCode", "dataset"))),
        element("gmd:report", element("gmd:DQ_DomainConsistency", element("gmd:result", conformance))),
        element("gmd:lineage", _lineage(record.lineage)),
    )


def _lineage(lineage: Lineage) -> Element:
    sources = (element("gmd:LI_Source", _text("gmd:description", source)) for source in lineage.sources)
    return element(
        "gmd:LI_Lineage",
        _text("gmd:statement", lineage.statement),
        *(element("gmd:processStep", _step(step)) for step in lineage.steps),
        *(element("gmd:source", source) for source in sources),
    )


def _step(step: Step) -> Element:
    moment = () if step.moment is None else (element("gmd:dateTime", element("gco:DateTime", step.moment)),)
    return element("gmd:LI_ProcessStep", _text("gmd:description", step.description), *moment)
