"""All that is known of one variant: its rules, balance and combinations, and what is drawn of each legend unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from novex_plugin.core.check.balance import Balance
from novex_plugin.core.check.drawing import Drawing
from novex_plugin.core.check.run import CheckResult
from novex_plugin.core.features.self_overlay import ground_of
from novex_plugin.core.proposal.problems import Mask
from novex_plugin.core.rules.model import NIET_TOETSBAAR

PROPOSED = ("nieuw", "zoekgebied", "reservering", "transformatie")
"""Roles of what a proposal asks room for; `bestaand` is there already and `vervalt` goes."""


@dataclass(frozen=True)
class Value:
    """A measured value, None where it cannot be told; `note` says why, or what has to be known to read it."""

    value: float | None
    unit: str
    note: str | None = None


@dataclass(frozen=True)
class VariantFacts:
    """One variant as it was tested; `combined` is the content that the findings hold under `combinations`, `units` the
    names of the legend units."""

    variant: str
    name: str
    description: str | None
    province: str
    drawing: Drawing
    checked: CheckResult
    balance: Balance
    combined: Mapping[str, Any]
    units: Mapping[str, str]

    def drawn(self, unit: str, value: str, roles: tuple[str, ...] = PROPOSED) -> Value:
        """What is drawn of a legend unit: ground in ha counted once, lines in m, or a number of points."""
        columns = self.drawing.columns
        mine = (columns["legenda"].astype(str) == unit) & np.isin(columns["rol"].astype(str), roles)
        dimension = {"aantal": 0, "m": 1, "ha": 2}[value]
        geometry = self.drawing.geometry[mine & self.drawing.sound]
        geometry = geometry[shapely.get_dimensions(geometry) == dimension]
        ground = float(ground_of(np.zeros(len(geometry), dtype=np.int64), 1, geometry)[0])
        return Value(ground / 1e4 if value == "ha" else ground, value, self._unsound(mine))

    def _unsound(self, mine: Mask) -> str | None:
        lost = int((mine & ~self.drawing.sound).sum())
        return f"{lost} objecten zijn niet te meten en tellen niet mee" if lost else None

    def findings(self, outcome: str, rules: frozenset[str]) -> int:
        """The number of findings of these rules with an outcome."""
        columns = self.checked.findings.columns
        mine = np.isin(columns["regel"].astype(str), list(rules)) & (columns["uitkomst"].astype(str) == outcome)
        return int(mine.sum())

    def untestable(self, rules: frozenset[str]) -> int:
        """The number of these rules that could not be tested."""
        return sum(each.outcome == NIET_TOETSBAAR for each in self.checked.outcomes if each.rule.id in rules)
