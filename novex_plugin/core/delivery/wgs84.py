"""From the Dutch national grid to WGS 84, in the same way on every computer."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

DECIMALS = 7
"""Decimals of a degree that are written: about a centimetre."""

# Written out rather than left to PROJ's choice, which depends on the grids that a computer happens to have: the
# parameters of NSGI's seven-parameter transformation (RDNAPTRANS2018 without its grid), good to 0.3 m.
_PIPELINE = (
    "+proj=pipeline"
    " +step +inv +proj=sterea +lat_0=52.1561605555556 +lon_0=5.38763888888889 +k=0.9999079"
    " +x_0=155000 +y_0=463000 +ellps=bessel"
    " +step +proj=push +v_3"
    " +step +proj=cart +ellps=bessel"
    " +step +proj=helmert +x=565.7381 +y=50.4018 +z=465.2904 +rx=-0.395026 +ry=0.330772 +rz=-1.876074 +s=4.07244"
    " +convention=position_vector"
    " +step +inv +proj=cart +ellps=WGS84"
    " +step +proj=pop +v_3"
    " +step +proj=unitconvert +xy_in=rad +xy_out=deg"
    " +step +proj=axisswap +order=2,1"
)


@lru_cache(maxsize=1)
def _transformation() -> Any:
    from osgeo import osr  # not needed at QGIS's start

    systems = []
    for epsg in (28992, 4326):
        system = osr.SpatialReference()
        system.ImportFromEPSG(epsg)
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
        systems.append(system)
    options = osr.CoordinateTransformationOptions()
    options.SetOperation(_PIPELINE)
    return osr.CoordinateTransformation(*systems, options)


def _degrees(points: NDArray[np.float64]) -> NDArray[np.float64]:
    moved = np.array(_transformation().TransformPoints(points[:, :2].tolist()), dtype=np.float64)
    return np.round(moved[:, :2], DECIMALS)


def to_wgs84(geometry: NDArray[np.object_]) -> NDArray[np.object_]:
    """Geometries from EPSG:28992 (metres) to longitude and latitude in degrees, rounded; None stays None."""
    moved: NDArray[np.object_] = shapely.transform(geometry, _degrees)
    return moved


def bounds_in_degrees(bounds: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """West, south, east, north in degrees that enclose these bounds in EPSG:28992 (metres)."""
    # The sides of a box in RD are bent in degrees: points along them find the outermost.
    along = np.linspace(0.0, 1.0, 21)
    x, y = bounds[0] + along * (bounds[2] - bounds[0]), bounds[1] + along * (bounds[3] - bounds[1])
    west_side, east_side = (np.column_stack([np.full_like(y, side), y]) for side in (bounds[0], bounds[2]))
    south_side, north_side = (np.column_stack([x, np.full_like(x, side)]) for side in (bounds[1], bounds[3]))
    degrees = _degrees(np.concatenate([west_side, east_side, south_side, north_side]))
    west, south = degrees.min(axis=0).tolist()
    east, north = degrees.max(axis=0).tolist()
    return west, south, east, north
