"""WCS 2.0: a coverage in tiles on its own grid, each checked on its size.

Source: OGC 09-110r4 (WCS 2.0.1), OGC 09-147r3 (KVP), OGC 12-100r1 (GeoTIFF).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor
from pathlib import Path

from novex_plugin.core.basisset.crs import epsg_of
from novex_plugin.core.basisset.elements import Element
from novex_plugin.core.basisset.pull.address import with_query, without_requests
from novex_plugin.core.basisset.pull.area import Area
from novex_plugin.core.basisset.pull.failure import PullFailure
from novex_plugin.core.basisset.pull.job import Job, Outcome
from novex_plugin.core.basisset.pull.markup import local, parsed
from novex_plugin.core.basisset.pull.raster import cut_raster
from novex_plugin.core.basisset.snapshot import SnapshotLayer
from novex_plugin.core.features.gdal_guard import guarded_gdal, opened_with_gdal
from novex_plugin.core.progress import stop_if_cancelled

TILE_CELLS = 2_000
_MAXIMUM_TILES = 2_500
_EASTWARD = ("x", "e", "east", "easting", "long", "lon", "longitude")
_TIFF = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")


@dataclass(frozen=True)
class Grid:
    """A coverage's grid: axis labels as the server wants them, x first; bounds and cell sizes in the CRS's units."""

    labels: tuple[str, str]
    bounds: tuple[float, float, float, float]
    size: tuple[float, float]
    epsg: int


@dataclass(frozen=True)
class Tile:
    """A piece of the grid: columns and rows, and its bounds."""

    columns: int
    rows: int
    bounds: tuple[float, float, float, float]


def pull_wcs(job: Job) -> Outcome:
    """Pull a coverage as a GeoTIFF. Raises PullFailure, NetworkError or Cancelled."""
    base = without_requests(job.route.address)
    name = _coverage(job, base)
    asked = {"service": "WCS", "version": "2.0.1", "request": "DescribeCoverage", "coverageid": name}
    grid = grid_of(job.asker.document(with_query(base, asked), "coverage.xml"))
    tiles = list(tiles_of(grid, job.area))
    if len(tiles) > _MAXIMUM_TILES:
        raise PullFailure(f"het raster vraagt in dit gebied {len(tiles)} tegels; neem een kleiner gebied.")
    request = with_query(base, {**asked, "request": "GetCoverage", "format": "image/tiff"})
    paths = []
    for number, tile in enumerate(tiles):
        stop_if_cancelled(job.progress)
        path = job.work / f"tile-{number}.tif"
        if not path.exists():
            _fetch(job, request, grid, tile, path)
        paths.append(path)
        job.advanced(0.9 * (number + 1) / len(tiles))
    target = job.stem.with_suffix(".tif")
    cut = cut_raster(paths, job.area, target, grid.epsg)
    layer = SnapshotLayer(job.stem.name, None, cut.stored)
    expected = sum(tile.columns * tile.rows for tile in tiles)
    return Outcome(target, (layer,), request, name, expected, cut.received, cut.stored, grid.epsg)


def _coverage(job: Job, base: str) -> str:
    """The coverage's identifier, with the server's own prefix (some write `workspace__name`)."""
    asked = {"service": "WCS", "version": "2.0.1", "request": "GetCapabilities"}
    root = job.asker.document(with_query(base, asked), "capabilities.xml")
    if not root.attrib.get("version", "2").startswith("2"):
        raise PullFailure("de WCS spreekt geen versie 2.0.")
    offered = [(each.text or "").strip() for each in root.iter() if local(each.tag) == "CoverageId"]
    wanted = next((layer for layer in job.route.layers if layer), None)
    if wanted is None and len(offered) == 1:
        return offered[0]
    if wanted is not None:
        bare = wanted.replace(":", "__").casefold()
        fits = [each for each in offered if each == wanted or each.casefold().rpartition("__")[2] == bare]
        fits += [each for each in offered if each.casefold() == bare]
        if fits:
            return fits[0]
    raise PullFailure(
        f"de WCS heeft geen laag {wanted or '(het register noemt er geen)'}; wel {', '.join(offered[:20])}."
    )


def grid_of(root: Element) -> Grid:
    """The grid of a described coverage. Raises PullFailure for what is no upright grid of two axes."""
    envelope = next((each for each in root.iter() if local(each.tag) == "Envelope"), None)
    vectors = [_numbers(each.text) for each in root.iter() if local(each.tag) == "offsetVector"]
    if envelope is None or len(vectors) != 2:
        raise PullFailure("de WCS beschrijft geen raster met twee assen.")
    labels = envelope.attrib.get("axisLabels", "").split()
    low, high = (
        next((_numbers(each.text) for each in envelope if local(each.tag) == name), [])
        for name in ("lowerCorner", "upperCorner")
    )
    epsg = epsg_of(envelope.attrib.get("srsName", ""))
    if epsg is None or len(labels) != 2 or len(low) != 2 or len(high) != 2:
        raise PullFailure("de WCS beschrijft geen raster met twee assen in een bekend coördinatenstelsel.")
    x = 0 if labels[0].lower() in _EASTWARD or labels[1].lower() not in _EASTWARD else 1
    sizes = [max(abs(vector[axis]) for vector in vectors if len(vector) == 2) for axis in (0, 1)]
    skewed = any(min(abs(value) for value in vector) > 1e-9 for vector in vectors)
    if skewed or min(sizes) <= 0:
        raise PullFailure("de WCS beschrijft een gedraaid raster; dat kunnen wij niet ophalen.")
    y = 1 - x
    return Grid((labels[x], labels[y]), (low[x], low[y], high[x], high[y]), (sizes[x], sizes[y]), epsg)


def _numbers(text: str | None) -> list[float]:
    try:
        return [float(value) for value in (text or "").split()]
    except ValueError:
        return []


def tiles_of(grid: Grid, area: Area) -> Iterator[Tile]:
    """The tiles that cover the area, on the grid's own cells. Raises PullFailure when the coverage lies elsewhere."""
    wanted, (width, height) = area.bounds_in(grid.epsg), grid.size
    left, bottom, right, top = grid.bounds
    first = max(0, floor((wanted[0] - left) / width + 1e-6)), max(0, floor((wanted[1] - bottom) / height + 1e-6))
    last = (
        min(round((right - left) / width), ceil((wanted[2] - left) / width - 1e-6)),
        min(round((top - bottom) / height), ceil((wanted[3] - bottom) / height - 1e-6)),
    )
    if first[0] >= last[0] or first[1] >= last[1]:
        raise PullFailure("het raster ligt buiten het gebied.")
    for row in range(first[1], last[1], TILE_CELLS):
        rows = min(TILE_CELLS, last[1] - row)
        for column in range(first[0], last[0], TILE_CELLS):
            columns = min(TILE_CELLS, last[0] - column)
            x, y = left + column * width, bottom + row * height
            yield Tile(columns, rows, (x, y, x + columns * width, y + rows * height))


def _fetch(job: Job, request: str, grid: Grid, tile: Tile, path: Path) -> None:
    spans = zip(grid.labels, (tile.bounds[0::2], tile.bounds[1::2]), strict=True)
    subsets = "".join(f"&subset={label}({_exact(low)},{_exact(high)})" for label, (low, high) in spans)
    arriving = path.with_suffix(".arriving")
    job.asker.get(request + subsets, arriving)
    with arriving.open("rb") as stream:
        start = stream.read(4)
    if start not in _TIFF:
        parsed(arriving)  # an exception report says why
        raise PullFailure("de WCS gaf geen GeoTIFF.")
    size = _size(arriving)
    if size != (tile.columns, tile.rows):
        raise PullFailure(
            f"de WCS gaf een tegel van {size[0]} bij {size[1]} cellen in plaats van {tile.columns} bij {tile.rows}:"
            " het raster is dus niet compleet of niet in zijn eigen cellen."
        )
    arriving.replace(path)


def _exact(value: float) -> str:
    return f"{value:.9f}".rstrip("0").rstrip(".")


def _size(path: Path) -> Sequence[int]:
    size = (0, 0)
    with guarded_gdal():
        raster = opened_with_gdal(str(path), ("GTiff",), raster=True)
        if raster is not None:
            size = (raster.RasterXSize, raster.RasterYSize)
        raster = None
    return size
