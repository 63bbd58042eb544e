"""Parts of features as findings: what several kinds measure the same way."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.features.overlay import Geometries, Indexed, Rows, shared, sizes
from novex_plugin.core.rules.model import OVERTREEDT, Tolerance
from novex_plugin.core.rules.question import SCALE, Found, Question, findings, nothing, units_of

BUFFER_SEGMENTS = 64
"""A quarter circle of a buffer: its edge lies at most 0.0075% of the distance inside the true circle."""


def overlapping(subjects: Indexed, objects: Indexed, tolerance: Tolerance) -> tuple[Rows, Geometries]:
    """Subjects with the union of what they share with the objects, slivers left out."""
    rows, parts = shared(subjects, objects)
    counts = counting(subjects, rows, parts, tolerance)
    return rows[counts], parts[counts]


def counting(subjects: Indexed, rows: Rows, parts: Geometries, tolerance: Tolerance) -> NDArray[np.bool_]:
    """Which parts are too large to be a sliver along a shared border; points always count."""
    if not len(parts):
        return np.zeros(0, dtype=bool)
    dimension = shapely.get_dimensions(parts)
    least = np.array([0.0, tolerance.length_m, tolerance.area_m2])[np.maximum(dimension, 0)]
    same = dimension == subjects.dimensions[rows]
    least = np.where(same, np.maximum(least, tolerance.share * sizes(subjects.geometry[rows])), least)
    counted: NDArray[np.bool_] = (sizes(parts) > least) | (dimension == 0)
    return counted


def as_findings(rows: Rows, parts: Geometries, message: str, outcome: str = OVERTREEDT) -> Found:
    """Parts that should not be: measured in ha, m or number, against a limit of none."""
    if not len(parts):
        return nothing()
    units = units_of(parts)
    measured = sizes(parts) * np.array([SCALE[unit] for unit in units.tolist()], dtype=np.float64)
    return findings(rows, message, shapely.normalize(parts), measured, 0.0, units, outcome)


def overlap_findings(question: Question, message: str) -> Found:
    """The parts of the subjects that lie on the objects."""
    rows, parts = overlapping(question.subjects.shapes, question.required_objects, question.tolerance)
    return as_findings(rows, parts, message)


def everyone(question: Question) -> NDArray[np.bool_]:
    """The rule speaks about all its subjects."""
    return np.ones(len(question.subjects), dtype=bool)


def union_of(geometry: Geometries) -> Geometries:
    """One geometry as an array: the union of all, None when there is nothing."""
    if not len(geometry):
        return np.array([None], dtype=object)
    return np.array([shapely.union_all(geometry)], dtype=object)
