"""A grid of numbers over the practice province: noise, distances, and the outlines of what lies above a level."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from osgeo import gdal, ogr, osr

gdal.UseExceptions()
ogr.UseExceptions()

Array = NDArray[np.float64]
Geometries = NDArray[np.object_]


@dataclass(frozen=True)
class Grid:
    """Cells of `cell` metres from (`x0`, `y0`), EPSG:28992; row 0 is the southernmost."""

    x0: float
    y0: float
    width: int
    height: int
    cell: float

    @property
    def x(self) -> Array:
        """The x of every cell's centre, in metres."""
        return np.broadcast_to(self.x0 + (np.arange(self.width) + 0.5) * self.cell, (self.height, self.width))

    @property
    def y(self) -> Array:
        """The y of every cell's centre, in metres."""
        return np.broadcast_to(
            (self.y0 + (np.arange(self.height) + 0.5) * self.cell)[:, None], (self.height, self.width)
        )

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north, in metres."""
        return self.x0, self.y0, self.x0 + self.width * self.cell, self.y0 + self.height * self.cell

    def noise(self, seed: int, wavelength: float, roughness: float = 2.4) -> Array:
        """Natural-looking values around 0 with deviation 1; `wavelength` (m) is the size of the largest forms."""
        white = np.random.default_rng(seed).standard_normal((self.height, self.width))
        fx = np.fft.rfftfreq(self.width, self.cell)
        fy = np.fft.fftfreq(self.height, self.cell)
        frequency = np.hypot(fx[None, :], fy[:, None])
        strength = (wavelength**-2.0 + frequency**2) ** (-roughness / 2)
        strength[0, 0] = 0
        values = np.fft.irfft2(np.fft.rfft2(white) * strength, s=white.shape)
        return values / values.std()

    def sample(self, values: Array, x: Array, y: Array) -> Array:
        """The values at places, interpolated between cell centres."""
        column = np.clip((x - self.x0) / self.cell - 0.5, 0, self.width - 1.001)
        row = np.clip((y - self.y0) / self.cell - 0.5, 0, self.height - 1.001)
        i, j = row.astype(int), column.astype(int)
        v, u = row - i, column - j
        low = values[i, j] * (1 - u) + values[i, j + 1] * u
        high = values[i + 1, j] * (1 - u) + values[i + 1, j + 1] * u
        return low * (1 - v) + high * v

    def finer(self, factor: int) -> Grid:
        """The same area in cells `factor` times as small."""
        return Grid(self.x0, self.y0, self.width * factor, self.height * factor, self.cell / factor)

    def distance(self, *geometries: shapely.Geometry) -> Array:
        """Distance (m, to half a cell) from every cell to the nearest of these lines or outlines."""
        burnt = self._burnt(geometries, all_touched=True)
        away = gdal.GetDriverByName("MEM").Create("", self.width, self.height, 1, gdal.GDT_Float32)
        gdal.ComputeProximity(burnt.GetRasterBand(1), away.GetRasterBand(1), ["DISTUNITS=PIXEL"])
        return away.ReadAsArray().astype(np.float64) * self.cell

    def inside(self, area: shapely.Geometry) -> NDArray[np.bool_]:
        """Which cells have their centre in the area."""
        return self._burnt([area], all_touched=False).ReadAsArray().astype(bool)

    def _burnt(self, geometries: Iterable[shapely.Geometry], *, all_touched: bool) -> gdal.Dataset:
        raster = gdal.GetDriverByName("MEM").Create("", self.width, self.height, 1, gdal.GDT_Byte)
        raster.SetGeoTransform((self.x0, self.cell, 0, self.y0, 0, self.cell))
        raster.SetProjection(_national_grid().ExportToWkt())
        source = ogr.GetDriverByName("Memory").CreateDataSource("")
        layer = source.CreateLayer("burnt", _national_grid(), ogr.wkbUnknown)
        for geometry in geometries:
            feature = ogr.Feature(layer.GetLayerDefn())
            feature.SetGeometry(ogr.CreateGeometryFromWkb(shapely.to_wkb(geometry)))
            layer.CreateFeature(feature)
        options = ["ALL_TOUCHED=TRUE"] if all_touched else []
        gdal.RasterizeLayer(raster, [1], layer, burn_values=[1], options=options)
        return raster

    def above(self, values: Array, level: float, smallest: float = 0.0) -> Geometries:
        """The outlines (polygons) of where values exceed the level, those above `smallest` m2, largest first."""
        return largest_first(_areas(self._rings(values, level, smallest)), smallest)

    def bands(self, values: Array, levels: list[float], smallest: float = 0.0) -> list[Geometries]:
        """Polygons between each two levels, and above the last."""
        nothing = np.empty(0, dtype=object)
        rings = [*(self._rings(values, level, smallest) for level in levels), nothing]
        return [largest_first(_areas(np.concatenate(pair)), smallest) for pair in pairwise(rings)]

    def _rings(self, values: Array, level: float, smallest: float) -> Geometries:
        """The closed contours at a level around more than `smallest` m2; the grid's edge closes the outer ones."""
        padded = np.pad(np.asarray(values, dtype=np.float64), 1, constant_values=-1e6)
        raster = gdal.GetDriverByName("MEM").Create("", self.width + 2, self.height + 2, 1, gdal.GDT_Float64)
        raster.SetGeoTransform((self.x0 - self.cell, self.cell, 0, self.y0 - self.cell, 0, self.cell))
        raster.GetRasterBand(1).WriteArray(padded)
        source = ogr.GetDriverByName("Memory").CreateDataSource("")
        layer = source.CreateLayer("contours", None, ogr.wkbLineString)
        gdal.ContourGenerateEx(raster.GetRasterBand(1), layer, options=[f"FIXED_LEVELS={level!r}"])
        lines = shapely.from_wkb([bytes(feature.GetGeometryRef().ExportToWkb()) for feature in layer])
        lines = lines[shapely.is_closed(lines)]
        points, line = shapely.get_coordinates(lines, return_index=True)
        rings = shapely.linearrings(points, indices=line)
        return rings[shapely.area(shapely.polygons(rings)) > smallest]


def _areas(rings: Geometries) -> Geometries:
    """What lies inside an odd number of rings, as polygons."""
    shape = shapely.make_valid(shapely.build_area(shapely.geometrycollections(rings)))
    parts = shapely.get_parts(shape)
    return parts[shapely.get_type_id(parts) == 3]


def _national_grid() -> osr.SpatialReference:
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(28992)
    return reference


def largest_first(polygons: Geometries, smallest: float = 0.0) -> Geometries:
    """Polygons above a size (m2), the largest first."""
    areas = shapely.area(polygons)
    order = np.argsort(-areas, kind="stable")
    return polygons[order][areas[order] > smallest]


def polygon_parts(shapes: Geometries) -> tuple[Geometries, NDArray[np.intp]]:
    """The polygons in these shapes, and the row of the shape that each comes from."""
    parts, rows = shapely.get_parts(shapes, return_index=True)
    nested = shapely.get_type_id(parts) > 3
    if nested.any():
        more, again = shapely.get_parts(parts[nested], return_index=True)
        rows = np.concatenate([rows[~nested], rows[nested][again]])
        parts = np.concatenate([parts[~nested], more])
    polygons = (shapely.get_type_id(parts) == 3) & ~shapely.is_empty(parts)
    return parts[polygons], rows[polygons]


def smooth(points: Array, deviation: float) -> Array:
    """Points of a line smoothed along it; `deviation` in points; the ends hold still."""
    reach = int(deviation * 3)
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / deviation) ** 2)
    weights /= weights.sum()
    begin = 2 * points[:1] - points[reach:0:-1]
    end = 2 * points[-1:] - points[-2 : -reach - 2 : -1]
    padded = np.concatenate([begin, points, end])
    return np.stack([np.convolve(padded[:, axis], weights, "valid") for axis in range(points.shape[1])], axis=1)


def rounded(shapes: Geometries, step: float = 0.01) -> Geometries:
    """The shapes on a grid of `step` metres, valid."""
    return shapely.set_precision(shapes, step)
