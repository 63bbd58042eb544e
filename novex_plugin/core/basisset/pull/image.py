"""Layer definitions (QLR) of datasets that are given as image, or by ArcGIS: QGIS loads them from the address."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import quote

from novex_plugin.core.basisset.elements import Element
from novex_plugin.core.basisset.network import NetworkError
from novex_plugin.core.basisset.pull.address import with_query, without_requests
from novex_plugin.core.basisset.pull.asking import Asker
from novex_plugin.core.basisset.pull.failure import PullFailure
from novex_plugin.core.basisset.pull.job import Route
from novex_plugin.core.basisset.pull.markup import child_text, local
from novex_plugin.core.basisset.pull.wmts import Tiles, tiles_of
from novex_plugin.core.features.table import RD_NEW
from novex_plugin.core.files import written_beside

TYPES = ("wms", "wmts", "arcgis-feature", "arcgis-map")
"""The types that give an image (or a live layer), best first."""

_MANY = 20
_ASKED = {
    "wms": {"service": "WMS", "request": "GetCapabilities", "version": "1.3.0"},
    "wmts": {"service": "WMTS", "request": "GetCapabilities", "version": "1.0.0"},
}

Capabilities = Callable[[], Element]
"""Gives what a service says that it has, asked once. Raises PullFailure and NetworkError."""


@dataclass(frozen=True)
class Image:
    """A layer definition on disk, the route it uses and the layers that it shows."""

    file: Path
    route: Route
    layer: str | None


@dataclass(frozen=True)
class _Source:
    """A QGIS data source: provider, kind of map layer, and URI."""

    provider: str
    kind: str
    uri: str
    epsg: int = RD_NEW


@dataclass(frozen=True)
class _Offered:
    name: str
    title: str
    holds_others: bool


def write_image(route: Route, title: str, stem: Path, asker: Asker) -> Image:
    """Write the definition of a dataset's layers. Raises PullFailure when no layer can be named."""
    asked = cache(lambda: _capabilities(route, asker))
    layers = _layers(route, title, asked, asker)
    sources = [_source(route, layer, asked) for layer in layers]
    target = stem.with_suffix(".qlr")
    with written_beside(target) as unfinished:
        unfinished.write_text(_definition(title, layers, sources), encoding="utf-8")
    return Image(target, route, ",".join(layers) or None)


def _capabilities(route: Route, asker: Asker) -> Element:
    """What a WMS or WMTS says that it has."""
    return asker.document(with_query(without_requests(route.address), _ASKED[route.type]), "image-capabilities.xml")


def _layers(route: Route, title: str, asked: Capabilities, asker: Asker) -> list[str]:
    """The layer names: the record's, checked against what the service offers where it answers."""
    named = [layer for layer in route.layers if layer]
    if route.type.startswith("arcgis"):
        return named or [""]
    try:
        offered = _offered(route, asked())
    except (PullFailure, NetworkError) as failure:
        if not named:
            raise PullFailure(f"de laag is niet te bepalen: {failure}") from failure
        asker.progress.warning(f"  {route.address} is niet gecontroleerd: {failure}")
        return named
    found = [name for name in named if any(name == each.name for each in offered)]
    wanted = {title.casefold(), *(name.casefold() for name in named)}
    found = found or [each.name for each in offered if each.title.casefold() in wanted]
    leaves = [each.name for each in offered if not each.holds_others]
    if not found and (not named or len(leaves) == 1):
        found = leaves[:_MANY]
    if not found:
        raise PullFailure(f"de dienst heeft geen laag {', '.join(named)}; wel {', '.join(leaves[:_MANY])}.")
    return found


def _offered(route: Route, root: Element) -> list[_Offered]:
    """The named layers that the service offers."""
    tag = "Name" if route.type == "wms" else "Identifier"
    layers = [each for each in root.iter() if local(each.tag) == "Layer"]
    found = [_Offered(child_text(each, tag), child_text(each, "Title"), _holds_others(each)) for each in layers]
    return [each for each in found if each.name]


def _holds_others(layer: Element) -> bool:
    return any(local(each.tag) == "Layer" for each in layer)


def _source(route: Route, layer: str, asked: Capabilities) -> _Source:
    # Values stand between apostrophes: one in an address would end it, and what follows would be read as a setting.
    address, name = route.address.replace("'", "%27"), _value(layer)
    if route.type == "wms":
        url = _value(without_requests(address))
        uri = f"crs=EPSG:28992&dpiMode=7&format=image/png&layers={name}&styles=&url={url}"
        return _Source("wms", "raster", uri)
    if route.type == "wmts":
        tiles = _tiles(layer, asked)
        url = _value(with_query(without_requests(address), _ASKED["wmts"]))
        style, matrix = _value(tiles.style), _value(tiles.matrix_set)
        uri = (
            f"crs=EPSG:{tiles.epsg}&dpiMode=7&format={tiles.format}&layers={name}&styles={style}"
            f"&tileMatrixSet={matrix}&url={url}"
        )
        return _Source("wms", "raster", uri, tiles.epsg)
    number = f"/{layer}" if layer.isdigit() and not address.rstrip("/").endswith(f"/{layer}") else ""
    if route.type == "arcgis-feature":
        return _Source("arcgisfeatureserver", "vector", f"crs='EPSG:28992' url='{address.rstrip('/')}{number}'")
    return _Source(
        "arcgismapserver", "raster", f"crs='EPSG:28992' format='PNG32' layer='{name}' url='{address.rstrip('/')}'"
    )


def _value(text: str) -> str:
    """A value of a source of QGIS, which takes signs such as a colon as they are, and does not read them when they are
    written as a number."""
    return quote(text, safe=":/?@!$()*+,;[]")


def _tiles(layer: str, asked: Capabilities) -> Tiles:
    """How to ask for tiles; the usual way where the service does not answer."""
    try:
        root = asked()
    except (PullFailure, NetworkError):
        return Tiles()
    return tiles_of(root, layer)


def _definition(title: str, layers: Sequence[str], sources: Sequence[_Source]) -> str:
    tree, maps = [], []
    for layer, source in zip(layers, sources, strict=True):
        name = escape(title if len(layers) == 1 else f"{title}: {layer}")
        mark = hashlib.sha256(source.uri.encode()).hexdigest()[:16]
        identifier, uri = f"novex_{mark}", escape(source.uri)
        tree.append(
            f'    <layer-tree-layer id="{identifier}" name="{name}" providerKey="{source.provider}" source="{uri}"'
            ' checked="Qt::Checked" expanded="0"/>'
        )
        maps.append(
            f'    <maplayer type="{source.kind}">\n      <id>{identifier}</id>\n      <datasource>{uri}</datasource>\n'
            f"      <layername>{name}</layername>\n{_system(source.epsg)}"
            f"      <provider>{source.provider}</provider>\n    </maplayer>"
        )
    return (
        "<!DOCTYPE qgis-layer-definition>\n<qlr>\n"
        '  <layer-tree-group name="" checked="Qt::Checked" expanded="1">\n'
        + "\n".join(tree)
        + "\n  </layer-tree-group>\n"
        "  <maplayers>\n" + "\n".join(maps) + "\n  </maplayers>\n</qlr>\n"
    )


def _system(epsg: int) -> str:
    """Coordinates written in full: of a number alone QGIS makes a system that it cannot transform from.

    Raises PullFailure for a number that GDAL does not know.
    """
    from osgeo import osr  # not needed at QGIS's start

    reference = osr.SpatialReference()
    try:
        unknown = reference.ImportFromEPSG(epsg) != 0
    except RuntimeError:
        unknown = True
    if unknown:
        raise PullFailure(f"het coördinatenstelsel EPSG:{epsg} is niet bekend.")
    written = escape(reference.ExportToWkt(["FORMAT=WKT2_2019"]))
    return f"      <srs><spatialrefsys><wkt>{written}</wkt><authid>EPSG:{epsg}</authid></spatialrefsys></srs>\n"
