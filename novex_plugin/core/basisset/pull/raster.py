"""Rasters cut to the area, in EPSG:28992, as one GeoTIFF.

A raster that lies in EPSG:28992 keeps its cells as they are; any other is laid in it by the nearest cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from pathlib import Path
from typing import Any

import shapely

from novex_plugin.core.basisset.crs import epsg_of_reference
from novex_plugin.core.basisset.pull.area import Area
from novex_plugin.core.basisset.pull.failure import PullFailure
from novex_plugin.core.features.gdal_guard import guarded_gdal, opened_with_gdal
from novex_plugin.core.features.table import RD_NEW
from novex_plugin.core.files import written_beside

MAXIMUM_CELLS = 4_000_000_000
_NODATA = {"Byte": 255, "UInt16": 65535, "Int16": -32768, "UInt32": 4294967295, "Int32": -2147483648}


@dataclass(frozen=True)
class CutRaster:
    """What was cut: cells of the sources, cells kept, and the EPSG number of the sources' CRS."""

    received: int
    stored: int
    epsg: int | None


def cut_raster(sources: Sequence[Path], area: Area, target: Path, epsg: int | None = None) -> CutRaster:
    """Join the GeoTIFFs and cut them by the area. `epsg` holds where they name no CRS.

    Cells outside the area become nodata. Raises PullFailure when a file is no GeoTIFF, or none lies in the area.
    """
    result: CutRaster | None = None
    with written_beside(target) as unfinished:
        outline = unfinished.with_name("area.geojson")
        outline.write_text(_feature(area), encoding="utf-8")
        with guarded_gdal() as complaints:
            opened = [opened_with_gdal(str(each), ("GTiff",), raster=True) for each in sources]
            if all(each is not None for each in opened):
                result = _warp(opened, area, unfinished, outline, epsg)
            opened.clear()
        outline.unlink()
        if result is None or complaints.failures or not unfinished.exists():
            raise PullFailure(f"het raster is niet te lezen of te snijden ({complaints.first}).")
    return result


def _feature(area: Area) -> str:
    crs = f'"crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::{RD_NEW}"}}}}'
    geometry = shapely.to_geojson(area.geometry)
    feature = f'{{"type":"Feature","properties":{{}},"geometry":{geometry}}}'
    return f'{{"type":"FeatureCollection",{crs},"features":[{feature}]}}'


def _warp(opened: list[Any], area: Area, target: Path, outline: Path, epsg: int | None) -> CutRaster:
    from osgeo import gdal

    first = opened[0]
    systems = {epsg_of_reference(each.GetSpatialRef()) or epsg for each in opened}
    system = systems.pop()
    if systems:
        raise PullFailure("de rasters staan in verschillende coördinatenstelsels.")
    if system is None:
        raise PullFailure("het raster noemt geen coördinatenstelsel (of een dat wij niet kennen).")
    bounds, size = _window(opened, area, system)
    band = first.GetRasterBand(1)
    nodata = band.GetNoDataValue()
    if nodata is None:
        nodata = _NODATA.get(gdal.GetDataTypeName(band.DataType), -9999.0)
    options: dict[str, Any] = {}
    if not area.is_rectangle:
        options = {"cutlineDSName": str(outline), "cropToCutline": False}
    warped = gdal.Warp(
        str(target),
        opened,
        format="GTiff",
        srcSRS=f"EPSG:{system}",
        dstSRS=f"EPSG:{RD_NEW}",
        outputBounds=bounds,
        xRes=size[0],
        yRes=size[1],
        dstNodata=nodata,
        resampleAlg="near",
        multithread=False,
        warpMemoryLimit=64,
        creationOptions=["COMPRESS=DEFLATE", "PREDICTOR=1", "TILED=YES", "BIGTIFF=IF_SAFER"],
        **options,
    )
    stored = warped.RasterXSize * warped.RasterYSize if warped is not None else 0
    received = sum(each.RasterXSize * each.RasterYSize for each in opened)
    return CutRaster(received, stored, system)


def _window(opened: list[Any], area: Area, system: int) -> tuple[tuple[float, ...], tuple[float, float]]:
    """The bounds to write, on the sources' own grid where that is the national grid, and the size of a cell in m."""
    from osgeo import gdal

    if system == RD_NEW:
        transform = opened[0].GetGeoTransform()
        boxes = [_box(each) for each in opened]
    else:
        suggested = [gdal.AutoCreateWarpedVRT(each, f"EPSG:{system}", _wkt()) for each in opened]
        suggested = [each for each in suggested if each is not None]
        if not suggested:
            raise PullFailure("het raster is niet in EPSG:28992 te leggen.")
        transform = suggested[0].GetGeoTransform()
        boxes = [_box(each) for each in suggested]
    width, height = abs(transform[1]), abs(transform[5])
    low = [max(min(box[axis] for box in boxes), area.bounds[axis]) for axis in (0, 1)]
    high = [min(max(box[axis] for box in boxes), area.bounds[axis]) for axis in (2, 3)]
    if low[0] >= high[0] or low[1] >= high[1]:
        raise PullFailure("het raster ligt buiten het gebied.")
    bounds = _snapped((*low, *high), transform[0], transform[3], width, height)
    cells = (bounds[2] - bounds[0]) / width * (bounds[3] - bounds[1]) / height
    if cells > MAXIMUM_CELLS:
        raise PullFailure(f"het raster heeft in dit gebied {cells:.3g} cellen; neem een kleiner gebied.")
    return bounds, (width, height)


def _wkt() -> str:
    from osgeo import osr

    reference = osr.SpatialReference()
    reference.ImportFromEPSG(RD_NEW)
    wkt: str = reference.ExportToWkt()
    return wkt


def _box(raster: Any) -> tuple[float, float, float, float]:
    left, width, _, top, _, height = raster.GetGeoTransform()
    right, bottom = left + width * raster.RasterXSize, top + height * raster.RasterYSize
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)


def _snapped(
    bounds: tuple[float, ...], left: float, top: float, width: float, height: float
) -> tuple[float, float, float, float]:
    """The bounds widened to whole cells of the grid (a hair's breadth over a line is not over it)."""
    hair = 1e-6
    return (
        left + floor((bounds[0] - left) / width + hair) * width,
        top - ceil((top - bounds[1]) / height - hair) * height,
        left + ceil((bounds[2] - left) / width - hair) * width,
        top - floor((top - bounds[3]) / height + hair) * height,
    )
