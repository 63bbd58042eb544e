"""A share of all subjects together: areas, lengths and numbers each among themselves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.features.overlay import Geometries, Indexed, Rows, sizes
from novex_plugin.core.rules.kinds.share import ROUNDING
from novex_plugin.core.rules.question import Found, findings, nothing, whole

_MEASURES = ("het aantal punten", "de lengte van de lijnen", "de oppervlakte van de vlakken")


def size_within(subjects: Indexed, rows: Rows, parts: Geometries) -> NDArray[np.float64]:
    """The size (m², m or number) of the part of each subject; a line through a polygon takes nothing of its area."""
    met = np.zeros(len(subjects))
    met[rows] = np.where(Indexed(parts).dimensions == subjects.dimensions[rows], sizes(parts), 0.0)
    return met


def shortage(subjects: Indexed, met: NDArray[np.float64], least: float, message: str) -> Found:
    """One finding where the subjects meet a rule for less than a share `least` (%), with the lowest share; `met` is the
    size of each that does. Metres and square metres are not laid together, and without subjects nothing is short."""
    dimensions = np.clip(subjects.dimensions, 0, 2)
    total = np.bincount(dimensions, sizes(subjects.geometry), minlength=3)
    share = np.divide(100.0 * np.bincount(dimensions, met, minlength=3), total, out=np.full(3, np.inf), where=total > 0)
    lowest = int(np.argmin(share))
    if not share[lowest] < least - ROUNDING:
        return nothing()
    several = np.count_nonzero(total) > 1
    text = f"{message} Zo gemeten is {_MEASURES[lowest]}." if several else message
    return findings(whole(), text, measured=float(share[lowest]), limit=least, unit="%")
