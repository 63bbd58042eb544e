"""Levels (of water, of ground) over an area: a raster, or polygons with a value; where they are too low or high."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.extent import Bounds
from novex_plugin.core.features.gdal_guard import guarded_gdal, opened_with_gdal
from novex_plugin.core.features.overlay import Geometries, Indexed
from novex_plugin.core.features.table import RD_NEW

CENTIMETRES = {"mm": 0.1, "cm": 1.0, "m": 100.0}
"""What one of a unit is in centimetres."""

MAXIMUM_CELLS = 100_000_000


class Levels:
    """Where a level lies below or above a limit, in centimetres."""

    def outside(self, least: float | None, most: float | None) -> Indexed:
        """The areas with a level below `least` or above `most`."""
        raise NotImplementedError

    def known(self) -> Indexed:
        """The areas with a level at all."""
        raise NotImplementedError


class PolygonLevels(Levels):
    """Polygons that each have one level, in centimetres; nan where it is not known."""

    def __init__(self, geometry: Geometries, level: NDArray[np.float64]) -> None:
        self._geometry = geometry
        self._level = level

    def outside(self, least: float | None, most: float | None) -> Indexed:
        return Indexed(self._geometry[_beyond(self._level, least, most)])

    def known(self) -> Indexed:
        return Indexed(self._geometry[np.isfinite(self._level)])


class RasterLevels(Levels):
    """Cells of equal size in EPSG:28992 with a level in centimetres, nan where there is none.

    `left` and `top` are the corner of the first cell, `width` and `height` (downwards) the size of a cell, in metres.
    """

    def __init__(self, level: NDArray[np.float64], left: float, top: float, width: float, height: float) -> None:
        self._level = level
        self._corner = (left, top)
        self._cell = (width, height)

    def outside(self, least: float | None, most: float | None) -> Indexed:
        return Indexed(self._runs(_beyond(self._level, least, most)))

    def known(self) -> Indexed:
        return Indexed(self._runs(np.isfinite(self._level)))

    def _runs(self, cells: NDArray[np.bool_]) -> Geometries:
        """The cells as rectangles, one for each run of neighbours in a row."""
        edges = np.diff(np.pad(cells, ((0, 0), (1, 1))).astype(np.int8), axis=1)
        row, start = np.nonzero(edges == 1)
        _, end = np.nonzero(edges == -1)
        (left, top), (width, height) = self._corner, self._cell
        boxes: Geometries = shapely.box(
            left + start * width, top - (row + 1) * height, left + end * width, top - row * height
        )
        return boxes


def _beyond(level: NDArray[np.float64], least: float | None, most: float | None) -> NDArray[np.bool_]:
    low = -np.inf if least is None else least
    high = np.inf if most is None else most
    with np.errstate(invalid="ignore"):
        beyond: NDArray[np.bool_] = (level < low) | (level > high)
    return beyond


def read_raster_levels(path: Path, bounds: Bounds | None, unit: str) -> RasterLevels:
    """Read the first band of a GeoTIFF in EPSG:28992 within `bounds` (m); `unit` is that of its values.

    Raises InputError for a file that is no GeoTIFF, lies in another or a turned grid, or has too many cells.
    """
    raster = None
    with guarded_gdal() as complaints:  # a failure ends the block and is told below
        raster = opened_with_gdal(str(path), ("GTiff",), raster=True)
        if raster is not None:
            left, width, turn, top, shear, height = raster.GetGeoTransform()
            _refuse_other_grid(raster, path, (turn, shear, height))
            window = _window(raster, bounds, path)
            column, row, columns, rows = window
            band = raster.GetRasterBand(1)
            values = band.ReadAsArray(*window) if columns and rows else np.empty((0, 0))
            nodata = band.GetNoDataValue()
    if raster is None or complaints.failures:
        raise InputError(f"is als raster niet te lezen ({complaints.first}).", "Geef een GeoTIFF.", path)
    level = values.astype(np.float64)
    level[~np.isfinite(level) | (level == (np.nan if nodata is None else nodata))] = np.nan
    return RasterLevels(level * CENTIMETRES[unit], left + column * width, top + row * height, width, -height)


def _refuse_other_grid(raster: Any, path: Path, turned: tuple[float, float, float]) -> None:
    reference = raster.GetSpatialRef()
    code = reference.GetAuthorityCode(None) if reference is not None else None
    if code != str(RD_NEW):
        raise InputError(f"staat in EPSG:{code}, niet in EPSG:{RD_NEW}.", "Zet het raster om.", path)
    if turned[0] or turned[1] or not turned[2] < 0 or not raster.GetGeoTransform()[1] > 0:
        raise InputError("het raster ligt niet met het noorden boven.", "Zet het raster recht.", path)


def _window(raster: Any, bounds: Bounds | None, path: Path) -> tuple[int, int, int, int]:
    """First column and row, and the number of columns and rows, that meet the bounds."""
    left, width, _, top, _, height = raster.GetGeoTransform()
    first, last = np.array([0, 0]), np.array([raster.RasterXSize, raster.RasterYSize])
    if bounds is not None:
        low = np.floor([(bounds[0] - left) / width, (bounds[3] - top) / height])
        high = np.ceil([(bounds[2] - left) / width, (bounds[1] - top) / height])
        first, last = np.clip(low, first, last), np.clip(high, first, last)
    columns, rows = (int(each) for each in np.maximum(last - first, 0))
    if columns * rows > MAXIMUM_CELLS:
        raise InputError(f"het raster heeft hier {columns * rows:.3g} cellen.", "Geef een grover raster.", path)
    return int(first[0]), int(first[1]), columns, rows
