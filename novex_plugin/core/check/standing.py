"""How a variant stands: the outcome of the last whole test, kept up to date by live tests of what changes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.check.evaluate import RuleOutcome
from novex_plugin.core.check.live import LiveResult
from novex_plugin.core.check.run import CheckResult
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.rules.model import GEMOTIVEERD, NIET_TOETSBAAR, NIET_VAN_TOEPASSING, OVERTREEDT, VOLDOET


@dataclass(frozen=True)
class Standing:
    """Outcomes of all rules in the order of the catalogues, and findings with the columns of
    `core.check.findings.COLUMNS` and their geometry (EPSG:28992; None where a finding has no place).

    `waiting` are rules that judge the variant as a whole, whose outcome is older than the last edit; `moment` is that
    of the last whole test.
    """

    outcomes: tuple[RuleOutcome, ...]
    findings: FeatureTable
    moment: str
    variant: str
    waiting: frozenset[str] = frozenset()

    def of_feature(self, feature: str) -> NDArray[np.intp]:
        """The rows of the findings of a feature."""
        return np.flatnonzero(self.findings.columns["kenmerk"] == feature)

    def after(self, live: LiveResult, gone: frozenset[str]) -> Standing:
        """As it stands after a live test; `gone` are features that are drawn no longer.

        The findings of the features that were tested take the place of those they had, and the outcomes of rules
        follow them. What is told of the variant as a whole stays until the next whole test.
        """
        again = {*live.features, *gone}
        about = self.findings.columns["kenmerk"].astype(str)
        changed = np.isin(about, list(again))
        findings = _joined(self.findings.take(~changed), live.findings)
        concerned = {*self.findings.columns["regel"][changed].tolist(), *(each.rule.id for each in live.rules)}
        told = {each.rule.id: each.outcome for each in live.rules}
        standing = _by_rule(findings)
        outcomes = tuple(
            _followed(each, standing.get(each.rule.id, Counter()), told.get(each.rule.id, NIET_VAN_TOEPASSING))
            if each.rule.id in concerned
            else each
            for each in self.outcomes
        )
        return replace(self, outcomes=outcomes, findings=findings, waiting=self.waiting | frozenset(live.waiting))


def _by_rule(findings: FeatureTable) -> dict[str, Counter[str]]:
    """How many findings of each outcome each rule has."""
    pairs = np.stack([findings.columns["regel"].astype(str), findings.columns["uitkomst"].astype(str)], axis=1)
    counted: dict[str, Counter[str]] = {}
    distinct, counts = np.unique(pairs, axis=0, return_counts=True) if len(pairs) else (pairs, np.empty(0, dtype=int))
    for (rule, outcome), count in zip(distinct.tolist(), counts.tolist(), strict=True):
        counted.setdefault(rule, Counter())[outcome] = count
    return counted


def _followed(each: RuleOutcome, found: Counter[str], told: str) -> RuleOutcome:
    """The outcome of a rule after a live test: the gravest of its findings; without any what it said of the rest."""
    if found[OVERTREEDT]:
        outcome = OVERTREEDT
    elif each.missing or found[NIET_TOETSBAAR]:
        outcome = NIET_TOETSBAAR
    elif found[GEMOTIVEERD]:
        outcome = GEMOTIVEERD
    elif each.outcome in (OVERTREEDT, GEMOTIVEERD):
        outcome = VOLDOET
    else:
        outcome = told if each.outcome == NIET_VAN_TOEPASSING else each.outcome
    if outcome == each.outcome and not found:
        return each
    count = sum(found.values())
    message = f"{count} bevindingen na het tekenen." if count != 1 else "1 bevinding na het tekenen."
    return replace(each, outcome=outcome, message=message)


def standing_of(result: CheckResult) -> Standing:
    """How a variant stands after a whole test."""
    return Standing(result.outcomes, result.findings, result.moment, result.variant)


def _joined(first: FeatureTable, second: FeatureTable) -> FeatureTable:
    columns: dict[str, NDArray[Any]] = {
        name: np.concatenate([values, second.columns[name]]) for name, values in first.columns.items()
    }
    return FeatureTable(first.name, np.concatenate([first.geometry, second.geometry]), columns, first.epsg)
