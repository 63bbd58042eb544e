"""How a variant stands: the outcome of the last whole test, kept up to date by live tests of what changes."""

from __future__ import annotations

from dataclasses import dataclass

from novex_plugin.core.check.evaluate import RuleOutcome
from novex_plugin.core.features.table import FeatureTable


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
