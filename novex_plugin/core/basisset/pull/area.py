"""The area of a pull: what to ask of servers, and what to cut by afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.table import RD_NEW

_RD_LIMITS = shapely.box(-100_000, 200_000, 400_000, 900_000)
"""Well around the land and sea where EPSG:28992 is used, in metres."""


@dataclass(frozen=True)
class Area:
    """A polygon or multipolygon in EPSG:28992, by its WKT in millimetres."""

    wkt: str

    @cached_property
    def geometry(self) -> Any:
        """The shapely geometry, prepared."""
        geometry = shapely.from_wkt(self.wkt)
        shapely.prepare(geometry)
        return geometry

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """xmin, ymin, xmax, ymax in metres."""
        xmin, ymin, xmax, ymax = self.geometry.bounds
        return xmin, ymin, xmax, ymax

    @cached_property
    def is_rectangle(self) -> bool:
        """Whether the area is its own bounds."""
        return bool(shapely.equals(self.geometry, shapely.box(*self.bounds)))

    def bounds_in(self, epsg: int) -> tuple[float, float, float, float]:
        """The bounds in another CRS, x (or longitude) first, wide enough for the curved edges."""
        if epsg == RD_NEW:
            return self.bounds
        from osgeo import osr  # not needed at QGIS's start

        systems = [osr.SpatialReference(), osr.SpatialReference()]
        for system, code in zip(systems, (RD_NEW, epsg), strict=True):
            system.ImportFromEPSG(code)
            system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        ring = shapely.segmentize(shapely.box(*self.bounds), max(self.bounds[2] - self.bounds[0], 1.0) / 20)
        points = osr.CoordinateTransformation(*systems).TransformPoints(shapely.get_coordinates(ring).tolist())
        found = np.array(points)[:, :2]
        margin = 0.002 * (found.max(axis=0) - found.min(axis=0))
        low, high = found.min(axis=0) - margin, found.max(axis=0) + margin
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def area_of(geometries: NDArray[np.object_]) -> Area:
    """The union of polygons in EPSG:28992. Raises InputError when there is nothing, or it lies elsewhere."""
    polygons = geometries[shapely.get_dimensions(geometries) == 2]
    united = shapely.union_all(shapely.make_valid(polygons)) if len(polygons) else None
    if united is None or united.is_empty or united.area <= 0:
        raise InputError("het gebied heeft geen oppervlakte.", "Geef een laag met vlakken of een omhullende.")
    if not _RD_LIMITS.contains(united):
        problem = f"het gebied ligt buiten het bereik van EPSG:28992 ({', '.join(f'{v:g}' for v in united.bounds)})."
        raise InputError(problem, "Geef het gebied in meters in het Rijksdriehoeksstelsel.")
    snapped = shapely.normalize(shapely.set_precision(united, 0.001))
    return Area(shapely.to_wkt(snapped, rounding_precision=3))
