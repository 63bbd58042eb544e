"""Rows of two tables laid side by side by their id: what was added, what was removed, and which fields differ."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.check.sound_geometry import sound
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.problems import Mask, absent

SLACK_M = 0.001
"""Coordinates nearer than this are the same: another version of GEOS or GDAL may write them so."""

_SLACK = 1e-9


@dataclass(frozen=True)
class Field:
    """One value that differs; None where there is none."""

    field: str
    old: str | float | None
    new: str | float | None


@dataclass(frozen=True)
class Beside:
    """Two tables by id: `both` holds, for the rows that are in both, their places in each (sorted by id)."""

    old: FeatureTable
    new: FeatureTable
    added: NDArray[np.intp]
    removed: NDArray[np.intp]
    old_rows: NDArray[np.intp]
    new_rows: NDArray[np.intp]
    fields: Mapping[int, list[Field]]
    """For a number of a pair the fields that differ."""


def beside(old: FeatureTable, new: FeatureTable, leave: Collection[str] = ()) -> Beside:
    """Lay two tables side by side; `id`, `fid` and the columns of `leave` are not compared."""
    before, after = (rows.columns["id"].astype(str) for rows in (old, new))
    _, old_rows, new_rows = np.intersect1d(before, after, return_indices=True)
    added, removed = (_only(one, other) for one, other in ((after, before), (before, after)))
    one, other = old.take(old_rows), new.take(new_rows)
    fields: dict[int, list[Field]] = {}
    for name in sorted({*old.columns, *new.columns} - {"id", "fid", *leave}):
        values = [_column(rows, name) for rows in (one, other)]
        for row in np.flatnonzero(_unlike(*values)).tolist():
            fields.setdefault(row, []).append(Field(name, plain(values[0][row]), plain(values[1][row])))
    return Beside(old, new, added, removed, old_rows, new_rows, fields)


def _only(one: NDArray[Any], other: NDArray[Any]) -> NDArray[np.intp]:
    """The rows of one table alone, sorted by id."""
    rows = np.flatnonzero(~np.isin(one, other))
    return rows[np.argsort(one[rows], kind="stable")]


def _column(rows: FeatureTable, name: str) -> NDArray[Any]:
    return rows.columns[name] if name in rows.columns else np.full(len(rows), None, dtype=object)


def _unlike(old: NDArray[Any], new: NDArray[Any]) -> Mask:
    """Rows in which two columns differ; absent, empty and no such column are the same."""
    if old.dtype.kind in "if" and new.dtype.kind in "if":
        return ~np.isclose(old.astype(float), new.astype(float), rtol=_SLACK, atol=_SLACK, equal_nan=True)
    both_absent = absent(old) & absent(new)
    different = np.asarray(old.astype(object) != new.astype(object), dtype=bool)
    return different & ~both_absent


def plain(value: Any) -> str | float | None:
    """A value as JSON has it; bytes in hexadecimal."""
    if value is None or (isinstance(value, float) and not np.isfinite(value)):
        return None
    if isinstance(value, bytes):
        return f"bytes {value.hex()[:80]}"
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, int | float):
        return int(value) if float(value).is_integer() else round(float(value), 9)
    return str(value)


@dataclass(frozen=True)
class Moved:
    """How the geometries of pairs differ: metres, hectares and kilometres, nan where it cannot be told."""

    rows: Mask
    distance_m: NDArray[np.float64]
    area_ha: NDArray[np.float64]
    differing_ha: NDArray[np.float64]
    length_km: NDArray[np.float64]


def moved(laid: Beside) -> Moved:
    """What geometry does to each pair; only those that differ are measured, the invalid ones mended first."""
    old, new = laid.old.geometry[laid.old_rows], laid.new.geometry[laid.new_rows]
    same = shapely.equals_exact(shapely.normalize(old), shapely.normalize(new), SLACK_M)
    same |= shapely.is_missing(old) & shapely.is_missing(new)
    rows = ~same
    before, after = sound(old[rows]), sound(new[rows])
    distance, area, differing, length = (np.full(len(rows), np.nan) for _ in range(4))
    distance[rows] = shapely.hausdorff_distance(before, after)
    area[rows] = (shapely.area(after) - shapely.area(before)) / 10_000
    differing[rows] = shapely.area(shapely.symmetric_difference(before, after)) / 10_000
    length[rows] = (lengths(after) - lengths(before)) / 1_000
    return Moved(rows, distance, area, differing, length)


def lengths(geometry: NDArray[np.object_]) -> NDArray[np.float64]:
    """Metres of lines; 0 for other geometry, whose outline is no length."""
    return np.where(shapely.get_dimensions(geometry) == 1, shapely.length(geometry), 0.0)
