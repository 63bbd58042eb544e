"""From what a record writes about an address to a service that can be used, or kept with a warning."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from novex_plugin.core.basisset.catalogue.written_address import Address, parse_address
from novex_plugin.core.basisset.register import Access, Purpose, Service, ServiceType


@dataclass(frozen=True)
class OnlineResource:
    """An address as the record has it, texts trimmed, None where absent; `*_href` from an Anchor."""

    url: str | None = None
    protocol: str | None = None
    protocol_href: str | None = None
    name: str | None = None
    description: str | None = None
    function: str | None = None


_PURPOSES: dict[ServiceType, Purpose] = {
    "wfs": "data",
    "ogcapi-features": "data",
    "atom": "data",
    "download": "data",
    "wcs": "data",
    "arcgis-feature": "data",
    "wms": "image",
    "wmts": "image",
    "arcgis-map": "image",
    "website": "information",
    "unknown": "information",
}

_SPELLINGS: tuple[tuple[str, ServiceType], ...] = (
    (r"(?:ogc\W*)?(?:inspire\W*)?wmts\b.*", "wmts"),
    (r"(?:ogc\W*)?(?:inspire\W*)?wms\b.*", "wms"),
    (r"(?:ogc\W*)?(?:inspire\W*)?wfs\b.*", "wfs"),
    (r"(?:ogc\W*)?(?:inspire\W*)?wcs\b.*", "wcs"),
    (r"(?:ogc\W*)*(?:oa|api|oapi)\W*(?:f|features?)\b.*", "ogcapi-features"),
    (r"(?:inspire\W*)?atom\b.*|(?:gis\W*)?georss.*", "atom"),
    (r"(?:arcgis|esri)\W*(?:rest\W*)?map\W*(?:service|server|layer)?", "arcgis-map"),
    (r"(?:arcgis|esri)\W*(?:rest\W*)?feature\W*(?:service|server|layer)?", "arcgis-feature"),
    (r"www:link.*|website|web\W?page|landing\W?page|url|html?|information", "website"),
    (r"(?:www:)?download.*|file|dataset|(?:ogc\W*)?(?:gml|kml|kmz|geopackage|gpkg|geotiff)\b.*", "download"),
    (
        r"(?:geo)?json|csv|zip(?:\W.*)?|gpkg|(?:zip\W*)?(?:esri\W*)?shape(?:file)?s?(?:\W*zip)?|(?:geo)?tiff?",
        "download",
    ),
)
_PROTOCOLS = tuple((re.compile(pattern), kind) for pattern, kind in _SPELLINGS)

_HREFS: tuple[tuple[str, ServiceType], ...] = (
    ("servicetype/ogc/wmts", "wmts"),
    ("servicetype/ogc/wms", "wms"),
    ("servicetype/ogc/wfs", "wfs"),
    ("servicetype/ogc/wcs", "wcs"),
    ("ogcapi-features", "ogcapi-features"),
    ("rfc4287", "atom"),
)
"""What the Anchors of the Dutch profile point to."""

_OGC_WORDS: dict[str, ServiceType] = {"wmts": "wmts", "wms": "wms", "wfs": "wfs", "wcs": "wcs"}


def normalise(resource: OnlineResource) -> tuple[Service, tuple[str, ...]]:
    """Give the service and the warnings (Dutch) about what could not be understood; nothing is dropped."""
    address = parse_address(resource.url) if resource.url else None
    kind, warnings = _type(resource, address)
    if address is None:
        why = f"het adres '{resource.url[:200]}' is geen http- of https-adres" if resource.url else "zonder adres"
        return _service(resource, "unknown" if kind != "website" else kind, None, None), (*warnings, why)
    base, layer, more = _CLEANERS.get(kind, _plain)(resource, address)
    service = _service(resource, kind, base, layer)
    return service, (*warnings, *more)


def access(services: tuple[Service, ...], is_grid: bool) -> Access:
    """What a dataset's services give at best; `is_grid`: its files hold a raster rather than vectors."""
    data = {service.type for service in services if service.purpose == "data" and service.address}
    if data & {"wfs", "ogcapi-features", "arcgis-feature"}:
        return "vector"
    if "wcs" in data:
        return "raster"
    if data & {"atom", "download"}:
        return "raster" if is_grid else "vector"
    return "image" if any(service.purpose == "image" and service.address for service in services) else "none"


def _service(resource: OnlineResource, kind: ServiceType, base: str | None, layer: str | None) -> Service:
    purpose = _PURPOSES[kind]
    if kind == "download" and (resource.function == "information" or not _is_file(resource)):
        purpose = "information"
    return Service(kind, base, layer, purpose, resource.name, resource.protocol, resource.url)


def _is_file(resource: OnlineResource) -> bool:
    address = parse_address(resource.url) if resource.url else None
    return address is not None and address.names_file


def _type(resource: OnlineResource, address: Address | None) -> tuple[ServiceType, tuple[str, ...]]:
    """The type by protocol text, else by the protocol's Anchor, else by the address."""
    said = _said_type(resource)
    guessed = _guessed_type(address) if address else None
    if said is None:
        written = f"het protocol '{resource.protocol}' is onbekend" if resource.protocol else "het protocol ontbreekt"
        if guessed is None:
            return "unknown", (written,)
        return guessed, (f"{written}; uit het adres afgeleid: {guessed}",)
    asked = _OGC_WORDS.get(address.parameters.get("service", "").lower()) if address else None
    if asked and said in _OGC_WORDS and asked != said:
        return asked, (f"het protocol zegt {said}, het adres vraagt {asked}; het adres geldt",)
    if said == "download" and guessed in {"arcgis-map", "arcgis-feature", "atom"}:
        return guessed, (f"het protocol zegt '{resource.protocol}', het adres is van een dienst {guessed}",)
    return said, ()


def _said_type(resource: OnlineResource) -> ServiceType | None:
    href = (resource.protocol_href or "").lower()
    for part, kind in _HREFS:
        if part in href:
            return kind
    spelled = re.sub(r"[\s_]+", " ", (resource.protocol or "").strip().lower())
    return next((kind for pattern, kind in _PROTOCOLS if pattern.fullmatch(spelled)), None)


def _guessed_type(address: Address) -> ServiceType | None:
    service = _OGC_WORDS.get(address.parameters.get("service", "").lower())
    if service is not None and not address.names_file:
        return service
    segments = address.segments
    for segment, kind in (("featureserver", "arcgis-feature"), ("mapserver", "arcgis-map")):
        if segment in segments and "rest" in segments:
            return "arcgis-feature" if kind == "arcgis-feature" else "arcgis-map"
    if "collections" in segments:
        return "ogcapi-features"
    if segments and (segments[-1].endswith(".atom") or segments[-2:] == ("atom", "index.xml")):
        return "atom"
    if address.names_file:
        return "download"
    return next((_OGC_WORDS[segment] for segment in reversed(segments) if segment in _OGC_WORDS), None)


Cleaned = tuple[str, str | None, tuple[str, ...]]


def _ogc(resource: OnlineResource, address: Address) -> Cleaned:
    """Base without the request; the layer is the name, unless the name is rather a title."""
    if address.layer is not None:
        return address.base, address.layer, ()
    name = resource.name
    if name is None or name == "-":
        return address.base, None, ("geen laagnaam",)
    if re.search(r"\s", name):
        return address.base, None, (f"'{name}' lijkt de titel van de dienst, niet de naam van een laag",)
    return address.base, name, ()


def _features(resource: OnlineResource, address: Address) -> Cleaned:
    """OGC API: the landing page, and the collection behind /collections/."""
    collections, rest = address.until("collections")
    if collections is address:
        return _ogc(resource, address)
    landing = Address(address.scheme, address.host, collections.path.rsplit("/", 1)[0] or "/", address.query)
    if rest:
        return landing.base, rest[0], ()
    return _ogc(resource, landing)


def _arcgis(resource: OnlineResource, address: Address) -> Cleaned:
    """The service's address, and the number of the layer behind it."""
    for segment in ("featureserver", "mapserver"):
        server, rest = address.until(segment)
        if server is not address:
            return server.base, rest[0] if rest and rest[0].isdigit() else None, ()
    return address.base, None, ("het adres noemt geen MapServer of FeatureServer",)


def _download(resource: OnlineResource, address: Address) -> Cleaned:
    """A download needs its whole query; one that names no file is rather a page."""
    page = "het downloadadres noemt geen bestand en is waarschijnlijk een webpagina"
    return address.whole, address.layer, () if address.names_file else (page,)


def _plain(resource: OnlineResource, address: Address) -> Cleaned:
    return address.whole, None, ()


_CLEANERS: dict[ServiceType, Callable[[OnlineResource, Address], Cleaned]] = {
    "wfs": _ogc,
    "wms": _ogc,
    "wmts": _ogc,
    "wcs": _ogc,
    "ogcapi-features": _features,
    "arcgis-map": _arcgis,
    "arcgis-feature": _arcgis,
    "download": _download,
}
