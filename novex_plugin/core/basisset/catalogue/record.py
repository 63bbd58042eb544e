"""From an ISO 19139 record (Dutch profile 1.2 to 2.1.0) to a dataset of the register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from novex_plugin.core.basisset import crs
from novex_plugin.core.basisset.catalogue.kinds import Kinds
from novex_plugin.core.basisset.catalogue.services import OnlineResource, access, normalise
from novex_plugin.core.basisset.elements import Element, first
from novex_plugin.core.basisset.register import Dataset, Dates, Licence, Service

GMD = "{http://www.isotc211.org/2005/gmd}"
GCO = "{http://www.isotc211.org/2005/gco}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_TEXTS = frozenset({f"{GCO}CharacterString", "{http://www.isotc211.org/2005/gmx}Anchor", f"{GMD}URL"})

PROFILES = ("1.2", "1.3", "1.3.1", "2.0", "2.0.0", "2.1", "2.1.0")
"""Versions of the Dutch profile that are read; others are read too, with a warning."""

_OWNERS = ("owner", "custodian", "pointOfContact", "resourceProvider", "originator", "publisher", "distributor")
_NOTHING = frozenset({"", "-", "none", "null", "onbekend", "n.v.t."})
_MAXIMUM_TEXT = 20_000
_METRES = {"m": 1.0, "meter": 1.0, "meters": 1.0, "metre": 1.0, "metres": 1.0, "cm": 0.01, "km": 1000.0}
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_NO_LICENCE = ("inspire.ec.europa.eu/metadata-codelist",)
"""What these addresses state is about access, not under which licence."""


class Unusable(Exception):
    """A record that cannot be kept; the message (Dutch) says why."""


def identifier(record: Element) -> str | None:
    """The record's fileIdentifier."""
    return _text(record.find(f"{GMD}fileIdentifier"))


def title_of(record: Element) -> str | None:
    """The title of what the record describes."""
    return _text(record.find(f"{GMD}identificationInfo/*/{GMD}citation/{GMD}CI_Citation/{GMD}title"))


def record_date(record: Element) -> str | None:
    """The date of the record itself, as written."""
    return _date(record.find(f"{GMD}dateStamp"))


def keywords(record: Element) -> tuple[str, ...]:
    """All keywords of the identification, in the order of the record."""
    found = (_text(element) for element in record.findall(f".//{GMD}descriptiveKeywords//{GMD}keyword"))
    return tuple(word for word in found if word)


def is_dataset(record: Element) -> bool:
    """Whether the record describes a dataset or series rather than a service; one that does not say so is one."""
    code = record.find(f"{GMD}hierarchyLevel/{GMD}MD_ScopeCode")
    return code is None or code.get("codeListValue", "dataset") in {"dataset", "series", ""}


def read_record(record: Element, kinds: Kinds) -> Dataset:
    """Read a record. Raises Unusable when it has no identifier."""
    name = identifier(record)
    if name is None:
        raise Unusable("zonder fileIdentifier")
    data = first(record, f"{GMD}identificationInfo/*")
    citation = first(data, f"{GMD}citation/{GMD}CI_Citation")
    title = _text(citation.find(f"{GMD}title"))
    epsg, crs_written, crs_warnings = _crs(record)
    scale, scale_warnings = _scale(data)
    resolution, resolution_warnings = _resolution(data)
    services, service_warnings = _services(record)
    profile, profile_warnings = _profile(record)
    is_grid, grid_warnings = _is_grid(data, resolution, scale, services)
    missing = [] if title else ["geen titel"]
    warnings = (crs_warnings, scale_warnings, resolution_warnings, service_warnings, profile_warnings, grid_warnings)
    return Dataset(
        id=name,
        dataset_id=_text(citation.find(f"{GMD}identifier/*/{GMD}code")),
        title=title or name,
        abstract=_text(data.find(f"{GMD}abstract")) or "",
        owner=_owner(record, data),
        kind=kinds.of(name, title or ""),
        epsg=epsg,
        crs_as_written=crs_written,
        licence=_licence(data),
        dates=_dates(record, citation),
        scale=scale,
        resolution_m=resolution,
        profile=profile,
        access=access(services, is_grid),
        services=services,
        warnings=(*missing, *(warning for part in warnings for warning in part)),
    )


def _text(element: Element | None) -> str | None:
    """The text of a CharacterString, Anchor or URL in `element`, white space folded; None when there is none."""
    if element is None:
        return None
    for child in element:
        if child.tag in _TEXTS:
            folded = " ".join((child.text or "").split())[:_MAXIMUM_TEXT]
            return None if folded.lower() in _NOTHING else folded
    return None


def _href(element: Element | None) -> str | None:
    """What the Anchor in `element` points to."""
    if element is None:
        return None
    target = next((child.get(_HREF, "").strip() for child in element if child.get(_HREF)), "")
    return None if target.lower() in _NOTHING else target


def _owner(record: Element, data: Element) -> str | None:
    """The organisation that owns the dataset: by role in the order of _OWNERS, else the record's own contact."""
    parties = [*data.findall(f"{GMD}pointOfContact/*"), *record.findall(f"{GMD}contact/*")]
    own = len(data.findall(f"{GMD}pointOfContact/*"))
    ranked = []
    for position, party in enumerate(parties):
        name = _text(party.find(f"{GMD}organisationName"))
        role = first(party, f"{GMD}role/{GMD}CI_RoleCode").get("codeListValue", "")
        rank = _OWNERS.index(role) if role in _OWNERS else len(_OWNERS)
        if name:
            ranked.append((position >= own, rank, position, name))
    return min(ranked)[-1] if ranked else None


def _crs(record: Element) -> tuple[int | None, str | None, tuple[str, ...]]:
    systems = []
    for code in record.findall(f"{GMD}referenceSystemInfo/*/{GMD}referenceSystemIdentifier/*/{GMD}code"):
        spellings = tuple(spelling[:200] for spelling in (_text(code), _href(code)) if spelling)
        if spellings:
            systems.append(spellings)
    epsg, warnings = crs.horizontal(systems)
    return epsg, "; ".join(spellings[0] for spellings in systems) or None, warnings


def _licence(data: Element) -> Licence:
    """The licence's address (Creative Commons before others) and the words that stand with it."""
    constraints = f"{GMD}resourceConstraints/{GMD}MD_LegalConstraints/{GMD}otherConstraints"
    links: list[tuple[bool, int, str, str | None]] = []
    words: list[str] = []
    for position, element in enumerate(data.findall(constraints)):
        text, href = _text(element), _href(element)
        inside = _ADDRESS.search(text) if text else None
        link = href or (inside.group() if inside else None)
        if link and any(part in link for part in _NO_LICENCE):
            continue
        said = None if text is None or (inside and inside.group() == text) else text
        if link:
            links.append(("creativecommons.org" not in link.lower(), position, link, said))
        elif said:
            words.append(said)
    url, beside = min(links)[2:] if links else (None, None)
    return Licence(url, beside or (words[0] if words else None))


def _dates(record: Element, citation: Element) -> Dates:
    """Dates as written; of several of one type, the latest."""
    found: dict[str, str] = {}
    for element in citation.findall(f"{GMD}date/{GMD}CI_Date"):
        written = _date(element.find(f"{GMD}date"))
        kind = first(element, f"{GMD}dateType/{GMD}CI_DateTypeCode").get("codeListValue", "")
        if written:
            found[kind] = max(written, found.get(kind, ""))
    return Dates(record_date(record), found.get("creation"), found.get("publication"), found.get("revision"))


def _date(element: Element | None) -> str | None:
    child = next(iter(element), None) if element is not None else None
    written = (child.text or "").strip() if child is not None else ""
    return written[:40] or None


def _scale(data: Element) -> tuple[int | None, tuple[str, ...]]:
    """The largest scale (smallest denominator) that is given."""
    path = f"{GMD}spatialResolution/*/{GMD}equivalentScale/*/{GMD}denominator/*"
    written = [(element.text or "").strip() for element in data.findall(path)]
    usable = [int(text) for text in written if text.isascii() and text.isdigit() and 0 < len(text) < 12 and int(text)]
    warnings = tuple(f"schaal '{text[:40]}' is geen getal" for text in written if text and not _whole(text))
    return (min(usable) if usable else None), warnings


def _whole(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _resolution(data: Element) -> tuple[float | None, tuple[str, ...]]:
    """The finest resolution in metres."""
    usable: list[float] = []
    warnings: list[str] = []
    for element in data.findall(f"{GMD}spatialResolution/*/{GMD}distance/*"):
        written, unit = (element.text or "").strip(), element.get("uom", "m").strip().lower().rpartition("#")[2]
        if not written:
            continue
        if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", written) and unit in _METRES and float(written) > 0:
            usable.append(float(written) * _METRES[unit])
        else:
            warnings.append(f"resolutie '{written[:40]} {unit[:40]}' is niet in meters te lezen")
    return (min(usable) if usable else None), tuple(warnings)


def _profile(record: Element) -> tuple[str | None, tuple[str, ...]]:
    written = _text(record.find(f"{GMD}metadataStandardVersion")) or ""
    found = re.search(r"(\d+(?:\.\d+)+)\s*$", written)
    version = found.group(1) if found else None
    if version in PROFILES:
        return version, ()
    return version, (f"onbekende versie van het metadataprofiel: '{written[:200]}'",)


def _is_grid(
    data: Element, resolution: float | None, scale: int | None, services: tuple[Service, ...]
) -> tuple[bool, tuple[str, ...]]:
    """Whether files hold a grid: as the record says, else by a resolution in metres instead of a scale."""
    path = f"{GMD}spatialRepresentationType/{GMD}MD_SpatialRepresentationTypeCode"
    said = {element.get("codeListValue", "") for element in data.findall(path)} - {""}
    if said:
        return "grid" in said and "vector" not in said, ()
    if resolution is None or scale is not None or not any(service.type == "download" for service in services):
        return False, ()
    return True, (f"vector of raster staat er niet bij; door de resolutie van {resolution:g} m als raster gelezen",)


def _services(record: Element) -> tuple[tuple[Service, ...], tuple[str, ...]]:
    services: list[Service] = []
    warnings: list[str] = []
    for number, resource in enumerate(_resources(record), 1):
        service, said = normalise(resource)
        services.append(service)
        what = f"dienst {number} ({resource.name or resource.protocol or resource.url or 'leeg'})"[:200]
        warnings.extend(f"{what}: {warning}" for warning in said)
    if not services:
        warnings.append("geen enkel adres")
    return tuple(services), tuple(warnings)


def _resources(record: Element) -> Iterator[OnlineResource]:
    for online in _online(record):
        protocol, description = online.find(f"{GMD}protocol"), online.find(f"{GMD}description")
        function = first(online, f"{GMD}function/{GMD}CI_OnLineFunctionCode").get("codeListValue", "").strip()
        yield OnlineResource(
            url=_text(online.find(f"{GMD}linkage")),
            protocol=_text(protocol),
            protocol_href=_href(protocol),
            name=_text(online.find(f"{GMD}name")),
            description=_text(description),
            function=function or None,
        )


def _online(record: Element) -> Iterable[Element]:
    return record.findall(f"{GMD}distributionInfo//{GMD}transferOptions//{GMD}onLine/{GMD}CI_OnlineResource")
