"""Mend geometries and cut them by an area, each keeping its dimension."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.features.overlay import mended, of_dimension


@dataclass(frozen=True)
class Mended:
    """Geometries after repair, None where nothing was left; how many were repaired."""

    geometry: NDArray[np.object_]
    repaired: int


def mend(geometry: NDArray[np.object_]) -> Mended:
    """Make invalid geometries valid, keeping the parts of their own dimension; empty ones become None."""
    result = geometry.copy()
    result[shapely.is_empty(result)] = None
    invalid = np.flatnonzero(~shapely.is_valid(result) & ~shapely.is_missing(result))
    if len(invalid):
        result[invalid] = mended(result[invalid])
    return Mended(result, len(invalid))


def cut(geometry: NDArray[np.object_], area: Any, rectangle: bool = False) -> NDArray[np.object_]:
    """The part of each valid geometry inside `area` (prepared, same CRS), of its own dimension; None when outside.

    Geometries wholly inside stay as they are, to the bit. `rectangle` says that the area is its own bounds.
    """
    result = geometry.copy()
    within = _inside_bounds(geometry, area.bounds) if rectangle else shapely.covers(area, geometry)
    crossing = np.flatnonzero(~within & ~shapely.is_missing(geometry))
    if len(crossing):
        with np.errstate(invalid="ignore"):  # GEOS leaves a flag behind; its result is whole
            parts = shapely.intersection(geometry[crossing], area)
        result[crossing] = of_dimension(parts, shapely.get_dimensions(geometry[crossing]))
    return result


def _inside_bounds(geometry: NDArray[np.object_], bounds: tuple[float, ...]) -> NDArray[np.bool_]:
    boxes = shapely.bounds(geometry)
    inside: NDArray[np.bool_] = (boxes[:, :2] >= bounds[:2]).all(axis=1) & (boxes[:, 2:] <= bounds[2:]).all(axis=1)
    return inside
