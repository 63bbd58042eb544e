"""Which entries are shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.rules.model import GEMOTIVEERD, OVERTREEDT
from novex_plugin.ui.check.entries import SHOWN, Entries

Extent = tuple[float, float, float, float]


@dataclass(frozen=True)
class Sieve:
    """What lets entries through: outcomes, and not these degrees of hardness and programmes. `text` all its words;
    `extent` (EPSG:28992, m) only what lies in it; `stale` only explanations that do not count; `rules` only these."""

    outcomes: frozenset[str] = frozenset({OVERTREEDT, GEMOTIVEERD})
    without_hardness: frozenset[str] = frozenset()
    without_programmes: frozenset[str] = frozenset()
    text: str = ""
    extent: Extent | None = None
    stale: bool = False
    rules: frozenset[str] | None = None

    def passed(self, entries: Entries) -> NDArray[np.int64]:
        """The rows that are let through, ascending."""
        let = np.array([name in self.outcomes for name in SHOWN] + [False])
        passed = let[entries.outcome]
        if self.without_hardness:
            passed &= ~np.isin(entries.hardness, list(self.without_hardness))
        if self.without_programmes:
            hidden = np.array([key in self.without_programmes for key in entries.programmes.keys], dtype=bool)
            passed &= ~hidden[entries.programmes.codes]
        if self.rules is not None:
            wanted = np.array([key in self.rules for key in entries.by_rule.keys], dtype=bool)
            passed &= wanted[entries.rule]
        if self.stale:
            passed &= entries.stale
        if self.extent is not None:
            passed &= _touching(entries.bounds, self.extent)
        for word in self.text.casefold().split():
            passed &= entries.naming(word)
        rows: NDArray[np.int64] = np.flatnonzero(passed)
        return rows


def _touching(bounds: NDArray[np.float64], extent: Extent) -> NDArray[np.bool_]:
    west, south, east, north = extent
    # Nothing compares with nan, so that what has no place lies in no extent.
    touching: NDArray[np.bool_] = (
        (bounds[:, 0] <= east) & (bounds[:, 2] >= west) & (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
    )
    return touching
