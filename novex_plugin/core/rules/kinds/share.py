"""Shares: of an indicator in another, and of a drawn area in an object."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.features.overlay import Geometries, shared, sizes
from novex_plugin.core.rules.question import Question

_BETWEEN = "\n"
"""Stands between a feature and a year in one key; it occurs in neither. (NumPy drops a null at the end of a text.)"""

ROUNDING = 0.005
"""Shares (%) are compared to a hundredth: two thirds is 66.67."""

UNITS = {"share_pct": "%", "part": "indicator", "whole": "indicator"}


def lacking(names: Collection[str], slots: Sequence[str]) -> tuple[str, ...] | None:
    """What a rule about a share still has to name."""
    if "share_pct" not in names:
        return ("share_pct",)
    if {"part", "whole"} <= set(names) or (slots and not {"part", "whole"} & set(names)):
        return None
    return ("part", "whole")


@dataclass(frozen=True)
class ObjectShares:
    """For each object (a polder, a park): how much of it the subjects take, in %."""

    geometry: Geometries
    share: NDArray[np.float64]


def of_objects(question: Question) -> ObjectShares:
    """Share of each object's area that the subjects cover together, overlaps counted once."""
    objects = question.required_objects
    rows, covered = shared(objects, question.subjects.shapes)
    taken = np.zeros(len(objects))
    # A line takes nothing of an area: metres and square metres are not laid together.
    taken[rows] = np.where(shapely.get_dimensions(covered) == objects.dimensions[rows], sizes(covered), 0.0)
    total = sizes(objects.geometry)
    share = np.divide(100.0 * taken, total, out=np.zeros(len(objects)), where=total > 0)
    return ObjectShares(shapely.normalize(objects.geometry), share)


def of_indicators(question: Question) -> tuple[float | None, str]:
    """Share (%) of the indicator `part` in the indicator `whole` over all subjects, or why it is not known.

    A part that is itself written in % is weighed by the whole of its own feature and year; a feature whose part is not
    written cannot be weighed, so the share is then not known.
    """
    part, total = str(question.parameters["part"]), str(question.parameters["whole"])
    rows = question.contributions
    own = np.isin(rows.columns["kenmerk"].astype(str), question.subjects.ids.astype(str))
    name = rows.columns["indicator"].astype(str)
    key = np.char.add(np.char.add(rows.columns["kenmerk"].astype(str), _BETWEEN), rows.columns["jaar"].astype(str))
    value = rows.columns["waarde"].astype(np.float64)
    is_part, is_whole = own & (name == part), own & (name == total)
    summed = value[is_whole].sum()
    if not is_whole.any() or summed <= 0:
        return None, f"geen bijdragen aan de indicator {total}"
    keys, place = np.unique(key[is_whole], return_inverse=True)
    weight = np.bincount(place, value[is_whole])
    without = keys[(weight > 0) & ~np.isin(keys, key[is_part])]
    if len(without):
        features = sorted({each.split(_BETWEEN)[0] for each in without.tolist()})
        return None, f"geen bijdrage aan de indicator {part} bij {_named(features)}"
    known = np.isin(key, keys) & is_part
    weights = weight[np.searchsorted(keys, key[known])]
    share_given = rows.columns["eenheid"][known] == "%"
    amount = np.where(share_given, value[known] * weights / 100.0, value[known])
    return float(100.0 * amount.sum() / summed), ""


def _named(features: list[str]) -> str:
    shown = ", ".join(features[:3])
    return shown if len(features) <= 3 else f"{shown} en {len(features) - 3} andere"
