"""Levels (of water, of ground) over an area: a raster, or polygons with a value; where they are too low or high."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.extent import Bounds
from novex_plugin.core.features.gdal_guard import guarded_gdal, opened_with_gdal
from novex_plugin.core.features.overlay import Geometries, Indexed, Rows
from novex_plugin.core.features.table import RD_NEW

CENTIMETRES = {"mm": 0.1, "cm": 1.0, "m": 100.0}
"""What one of a unit is in centimetres."""

MAXIMUM_CELLS = 100_000_000

BLOCK = 32
"""Cells on a side of the blocks in which a raster is looked at."""


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
        self._outside: dict[tuple[float | None, float | None], Indexed] = {}

    def outside(self, least: float | None, most: float | None) -> Indexed:
        limits = (least, most)
        if limits not in self._outside:
            self._outside[limits] = Indexed(self._geometry[_beyond(self._level, least, most)])
        return self._outside[limits]

    def known(self) -> Indexed:
        return self._known

    @cached_property
    def _known(self) -> Indexed:
        return Indexed(self._geometry[np.isfinite(self._level)])


@dataclass(frozen=True)
class Grid:
    """Cells of equal size in EPSG:28992: the corner of the first (m), and the width and height (downwards, m) of each;
    `column` and `row` are the place in the grid of the first cell that is held."""

    left: float
    top: float
    width: float
    height: float
    column: int = 0
    row: int = 0


class RasterLevels(Levels):
    """Cells with a level in centimetres, nan where there is none.

    The areas are told by block of `BLOCK` by `BLOCK` cells of the grid, so that they are the same whatever part of the
    raster is held: a whole block as one square, otherwise a rectangle for each run of neighbours in a row.
    """

    def __init__(self, level: NDArray[np.float64], grid: Grid) -> None:
        self._level = level
        self._grid = grid

    def within(self, bounds: Bounds | None) -> RasterLevels:
        """The blocks that meet the bounds (m); all without bounds."""
        grid, (rows, columns) = self._grid, self._level.shape
        left, top, wide, high = _window(grid, (grid.column + columns, grid.row + rows), bounds)
        first, start = max(top - grid.row, 0), max(left - grid.column, 0)
        part = self._level[first : top + high - grid.row, start : left + wide - grid.column]
        return RasterLevels(part, replace(grid, column=grid.column + start, row=grid.row + first))

    def outside(self, least: float | None, most: float | None) -> Indexed:
        return Indexed(self._rectangles(_beyond(self._level, least, most)))

    def known(self) -> Indexed:
        return Indexed(self._rectangles(np.isfinite(self._level)))

    def _rectangles(self, cells: NDArray[np.bool_]) -> Geometries:
        high, wide = cells.shape
        blocks = -(-high // BLOCK), -(-wide // BLOCK)
        padding = ((0, blocks[0] * BLOCK - high), (0, blocks[1] * BLOCK - wide))
        blocked = np.pad(cells, padding, constant_values=True).reshape(blocks[0], BLOCK, blocks[1], BLOCK)
        whole = blocked.all(axis=(1, 3))
        rest = cells & ~np.repeat(np.repeat(whole, BLOCK, axis=0), BLOCK, axis=1)[:high, :wide]
        row, column = np.nonzero(whole)
        squares = self._boxes(
            row * BLOCK, np.minimum((row + 1) * BLOCK, high), column * BLOCK, np.minimum((column + 1) * BLOCK, wide)
        )
        return np.concatenate([squares, self._runs(rest)])

    def _runs(self, cells: NDArray[np.bool_]) -> Geometries:
        """The cells as rectangles, one for each run of neighbours in a row of a block."""
        ends = np.zeros(cells.shape[1], dtype=bool)
        ends[BLOCK - 1 :: BLOCK] = True
        before = np.pad(cells[:, :-1] & ~ends[:-1], ((0, 0), (1, 0)))
        after = np.pad(cells[:, 1:], ((0, 0), (0, 1))) & ~ends
        row, start = np.nonzero(cells & ~before)
        _, last = np.nonzero(cells & ~after)
        return self._boxes(row, row + 1, start, last + 1)

    def _boxes(self, top: Rows, bottom: Rows, left: Rows, right: Rows) -> Geometries:
        """Rectangles from and up to rows and columns of the cells that are held."""
        grid = self._grid
        boxes: Geometries = shapely.box(
            grid.left + (grid.column + left) * grid.width,
            grid.top - (grid.row + bottom) * grid.height,
            grid.left + (grid.column + right) * grid.width,
            grid.top - (grid.row + top) * grid.height,
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
            grid = _grid(raster, path)
            column, row, columns, rows = _window(grid, (raster.RasterXSize, raster.RasterYSize), bounds)
            if columns * rows > MAXIMUM_CELLS:
                problem = f"het raster heeft hier {columns * rows:.3g} cellen."
                raise InputError(problem, "Geef een grover raster.", path)
            band = raster.GetRasterBand(1)
            values = band.ReadAsArray(column, row, columns, rows) if columns and rows else np.empty((0, 0))
            nodata = band.GetNoDataValue()
    if raster is None or complaints.failures:
        raise InputError(f"is als raster niet te lezen ({complaints.first}).", "Geef een GeoTIFF.", path)
    level = values.astype(np.float64)
    level[~np.isfinite(level) | (level == (np.nan if nodata is None else nodata))] = np.nan
    return RasterLevels(level * CENTIMETRES[unit], replace(grid, column=column, row=row))


def raster_cells(path: Path) -> int:
    """The number of cells of a GeoTIFF; 0 for what is none."""
    cells = 0
    with guarded_gdal():
        raster = opened_with_gdal(str(path), ("GTiff",), raster=True)
        if raster is not None:
            cells = raster.RasterXSize * raster.RasterYSize
    return cells


def _grid(raster: Any, path: Path) -> Grid:
    """The grid of a raster. Raises InputError for another CRS, and for one that does not have the north above."""
    left, width, turn, top, shear, height = raster.GetGeoTransform()
    reference = raster.GetSpatialRef()
    code = reference.GetAuthorityCode(None) if reference is not None else None
    if code != str(RD_NEW):
        raise InputError(f"staat in EPSG:{code}, niet in EPSG:{RD_NEW}.", "Zet het raster om.", path)
    if turn or shear or not height < 0 or not width > 0:
        raise InputError("het raster ligt niet met het noorden boven.", "Zet het raster recht.", path)
    return Grid(left, top, width, -height)


def _window(grid: Grid, size: tuple[int, int], bounds: Bounds | None) -> tuple[int, int, int, int]:
    """First column and row, and the number of columns and rows, of the blocks that meet the bounds (m) in a grid of so
    many columns and rows."""
    first, last = np.array([0, 0]), np.array(size)
    if bounds is not None:
        low = np.floor([(bounds[0] - grid.left) / grid.width, (grid.top - bounds[3]) / grid.height])
        high = np.ceil([(bounds[2] - grid.left) / grid.width, (grid.top - bounds[1]) / grid.height])
        low, high = np.floor(low / BLOCK) * BLOCK, np.ceil(high / BLOCK) * BLOCK
        first, last = np.clip(low, first, last), np.clip(high, first, last)
    columns, rows = (int(each) for each in np.maximum(last - first, 0))
    return int(first[0]), int(first[1]), columns, rows
