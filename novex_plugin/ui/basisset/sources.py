"""What QGIS needs to show a service on the map: the layers that the service really has, asked in the background."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from qgis.core import QgsDataSourceUri

from novex_plugin.core.basisset.network import Fetch, NetworkError, with_retries
from novex_plugin.core.basisset.pull.address import without_requests
from novex_plugin.core.basisset.pull.asking import Asker
from novex_plugin.core.basisset.pull.failure import PullFailure
from novex_plugin.core.basisset.pull.image import write_image
from novex_plugin.core.basisset.pull.job import Route
from novex_plugin.core.basisset.register import Dataset
from novex_plugin.core.errors import InputError
from novex_plugin.core.progress import Progress
from novex_plugin.qgis_adapter.area import RD

WORDS = {
    "wms": "WMS",
    "wmts": "WMTS",
    "wfs": "WFS",
    "ogcapi-features": "OGC API",
    "wcs": "WCS",
    "arcgis-feature": "ArcGIS",
    "arcgis-map": "ArcGIS",
}
"""The services that QGIS can show, in the order in which they are offered: an image is drawn fastest."""

_IMAGES = ("wms", "wmts", "arcgis-feature", "arcgis-map")


@dataclass(frozen=True)
class Shown:
    """Layers to make: as a definition of QGIS (`definition`, XML), or as provider, address and name of each."""

    definition: str = ""
    sources: tuple[tuple[str, str, str], ...] = ()


def ways(dataset: Dataset | None) -> list[Route]:
    """The services of a dataset that can be shown, one for each type and address."""
    found: dict[tuple[str, str], Route] = {}
    usable = [each for each in (dataset.services if dataset else ()) if each.type in WORDS and each.address]
    for service in sorted(usable, key=lambda each: list(WORDS).index(each.type)):
        if service.purpose != "information" and service.address is not None:
            key = (service.type, service.address)
            before = found[key].services if key in found else ()
            found[key] = Route(service.type, service.address, (*before, service))
    return list(found.values())


def shown(title: str, route: Route, fetch: Fetch, progress: Progress) -> Shown:
    """Ask the service what it has of the dataset. Raises InputError when it does not answer, or has nothing of it."""
    with tempfile.TemporaryDirectory(prefix="novex-dienst-") as folder:
        asker = Asker(with_retries(fetch, tries=2, first_wait_s=0.5), progress, Path(folder))
        try:
            if route.type in _IMAGES:
                return Shown(write_image(route, title, Path(folder) / "beeld", asker).file.read_text(encoding="utf-8"))
            return Shown(sources=_SOURCES[route.type](title, route, asker))
        except (PullFailure, NetworkError) as failure:
            remedy = "Kies een andere dienst, of probeer het later opnieuw."
            raise InputError(f"{title} ({WORDS[route.type]}) is niet te tonen: {failure}", remedy) from failure


Sources = tuple[tuple[str, str, str], ...]


def _wfs(title: str, route: Route, asker: Asker) -> Sources:
    from novex_plugin.core.basisset.pull.wfs import chosen_types, read_capabilities

    capabilities = read_capabilities(route.address, asker)
    types = chosen_types(capabilities, route.layers)
    found = []
    for each in types:
        epsg = 28992 if 28992 in each.epsg or not each.epsg else each.epsg[0]
        asked = {
            "url": without_requests(route.address),
            "typename": each.name,
            "version": capabilities.version,
            "srsname": f"EPSG:{epsg}",
            "restrictToRequestBBOX": "1",
            "pagingEnabled": "default",
        }
        found.append(("WFS", _uri(asked).uri(False), _named(title, each.title or each.name, len(types))))
    return tuple(found)


def _api(title: str, route: Route, asker: Asker) -> Sources:
    from novex_plugin.core.basisset.pull.ogcapi import chosen_collections, read_collections

    collections = chosen_collections(read_collections(route.address, asker), route.layers)
    base = route.address.split("?")[0].rstrip("/").removesuffix("/collections")
    found = []
    for each in collections:
        asked = {"url": base, "typename": each.id, "restrictToRequestBBOX": "1", "pageSize": "1000"}
        found.append(("OAPIF", _uri(asked).uri(False), _named(title, each.title, len(collections))))
    return tuple(found)


def _wcs(title: str, route: Route, asker: Asker) -> Sources:
    layer = next((each for each in route.layers if each), None)
    if layer is None:
        raise PullFailure("het register noemt geen laag van deze WCS.")
    asked = {"service": "WCS", "request": "GetCapabilities", "version": "1.0.0"}
    from novex_plugin.core.basisset.pull.address import with_query

    asker.document(with_query(without_requests(route.address), asked), "capabilities.xml")
    uri = _uri({"url": without_requests(route.address), "identifier": layer, "crs": RD})
    return (("wcs", bytes(uri.encodedUri()).decode(), title),)


_SOURCES = {"wfs": _wfs, "ogcapi-features": _api, "wcs": _wcs}


def _uri(asked: dict[str, str]) -> QgsDataSourceUri:
    uri = QgsDataSourceUri()
    for name, value in asked.items():
        uri.setParam(name, value)
    return uri


def _named(title: str, layer: str, count: int) -> str:
    return title if count == 1 else f"{title}: {layer}"
