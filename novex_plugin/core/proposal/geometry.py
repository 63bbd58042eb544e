"""Geometry of any layer made fit for a proposal, and what cannot be."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.features.table import multi
from novex_plugin.core.proposal.problems import Mask
from novex_plugin.core.proposal.reasons import Reasons

VALID_AREA = (-7_000.0, 289_000.0, 300_000.0, 629_000.0)
"""West, south, east, north in EPSG:28992: the area that the national grid is defined for."""

_FAMILIES = np.array(["punt", "lijn", "", "vlak", "", "lijn", "vlak", ""], dtype=object)
"""Geometry type of the agreement for each type id of shapely; empty where there is none."""


def fitted(geometry: NDArray[np.object_], reasons: Reasons) -> tuple[NDArray[np.object_], NDArray[np.object_], int]:
    """Geometry as a proposal has it, each row's geometry type (`vlak`, `lijn`, `punt` or empty), and how many mended.

    Two dimensions, multi-part polygons and lines, single points. Invalid geometry is mended where that leaves a
    geometry of the same kind. What does not fit gets a reason.
    """
    flat = shapely.force_2d(geometry)
    kinds = shapely.get_type_id(flat)
    single = (kinds == 4) & (shapely.get_num_geometries(flat) == 1)
    flat[single] = shapely.get_geometry(flat[single], 0)
    empty = shapely.is_missing(flat) | shapely.is_empty(flat)
    types = _types(flat)
    reasons.add(empty, "de geometrie ontbreekt, is leeg of is niet om te zetten naar EPSG:28992")
    reasons.add((kinds == 4) & ~single & ~empty, "meer dan één punt in één object")
    reasons.add((types == "") & (kinds != 4) & ~empty, "de geometrie is geen vlak, lijn of punt")
    outside = ~empty & ~_inside(flat)
    reasons.add(outside, "ligt buiten Nederland")
    mended = _mend(flat, types, ~empty & ~outside & (types != ""), reasons)
    return multi(flat), types, mended


def _types(geometry: NDArray[np.object_]) -> NDArray[np.object_]:
    kinds = shapely.get_type_id(geometry)
    types: NDArray[np.object_] = np.where(kinds < 0, "", _FAMILIES[np.maximum(kinds, 0)])
    return types


def _inside(geometry: NDArray[np.object_]) -> Mask:
    bounds = shapely.bounds(geometry)
    west, south, east, north = VALID_AREA
    return np.asarray(
        (bounds[:, 0] >= west) & (bounds[:, 1] >= south) & (bounds[:, 2] <= east) & (bounds[:, 3] <= north), dtype=bool
    )


def _mend(geometry: NDArray[np.object_], types: NDArray[np.object_], rows: Mask, reasons: Reasons) -> int:
    """Mend invalid geometries in place; those that become something else stay and get a reason."""
    invalid = rows & ~shapely.is_valid(geometry)
    why = np.full(len(geometry), "", dtype=object)
    why[invalid] = shapely.is_valid_reason(geometry[invalid])
    better = geometry.copy()
    better[invalid] = shapely.make_valid(geometry[invalid])
    same = invalid & (_types(better) == types) & ~shapely.is_empty(better)
    geometry[same] = better[same]
    reasons.add(invalid & ~same, "de geometrie is ongeldig en niet te herstellen ({})", why)
    return int(same.sum())
