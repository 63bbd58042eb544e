"""Mend geometries and cut them by an area, each keeping its dimension."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

_COLLECTION = 7


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
        broken = result[invalid]
        result[invalid] = of_dimension(shapely.make_valid(broken), shapely.get_dimensions(broken))
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


def of_dimension(geometry: NDArray[np.object_], dimensions: NDArray[Any]) -> NDArray[np.object_]:
    """Keep of each geometry the parts of the given dimension (0, 1, 2), None when there are none."""
    result = geometry.copy()
    result[shapely.get_dimensions(geometry) != dimensions] = None
    result[shapely.is_empty(geometry)] = None
    mixed = np.flatnonzero((shapely.get_type_id(geometry) == _COLLECTION) & ~shapely.is_empty(geometry))
    if len(mixed):
        parts, rows = shapely.get_parts(geometry[mixed], return_index=True)
        kept = shapely.get_dimensions(parts) == dimensions[mixed][rows]
        result[mixed] = None
        result[mixed[np.unique(rows[kept])]] = _joined(parts[kept], rows[kept])
    return result


def _joined(parts: NDArray[np.object_], rows: NDArray[Any]) -> NDArray[np.object_]:
    """One multi-part geometry for each distinct row, of its parts (of one dimension, themselves perhaps multi-part)."""
    single, back = shapely.get_parts(parts, return_index=True)
    rows = rows[back]
    distinct, indices = np.unique(rows, return_inverse=True)
    joined = np.full(len(distinct), None, dtype=object)
    dimension = shapely.get_dimensions(single)
    for value, create in enumerate((shapely.multipoints, shapely.multilinestrings, shapely.multipolygons)):
        chosen = dimension == value
        if chosen.any():
            present, numbers = np.unique(indices[chosen], return_inverse=True)
            joined[present] = create(single[chosen], indices=numbers)
    return joined
