"""Put the rules to one variant of a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import shapely

from novex_plugin.core.basisset.snapshot import read_snapshot
from novex_plugin.core.check.combinations import Combinations, combinations
from novex_plugin.core.check.drawing import Drawing, drawing_of
from novex_plugin.core.check.evaluate import Evaluation, RuleOutcome
from novex_plugin.core.check.findings import finding_table
from novex_plugin.core.check.objects import Objects
from novex_plugin.core.check.province import outside_province
from novex_plugin.core.check.write import write_findings
from novex_plugin.core.features.extent import Bounds
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.moment import as_written
from novex_plugin.core.progress import Progress, stop_if_cancelled
from novex_plugin.core.proposal.read import Proposal, read_proposal
from novex_plugin.core.rules.bindings import Bindings, check_parameters, read_bindings
from novex_plugin.core.rules.catalogue import read_catalogues
from novex_plugin.core.rules.combinations import read_combinations
from novex_plugin.core.rules.model import OUTCOMES, Catalogue

__all__ = ["CheckResult", "check", "check_proposal", "write_findings"]


@dataclass(frozen=True)
class CheckResult:
    """Outcomes of all rules, in the order of the catalogues, their findings with geometry, and the values of the
    proposal that depart from the agreement."""

    moment: str
    catalogues: tuple[Catalogue, ...]
    proposal: str
    variant: str
    proposal_digest: str
    outcomes: tuple[RuleOutcome, ...]
    findings: FeatureTable
    departures: tuple[str, ...] = ()
    combinations: Combinations | None = None

    @property
    def counts(self) -> dict[str, int]:
        """The number of rules of each outcome."""
        return {name: sum(outcome.outcome == name for outcome in self.outcomes) for name in OUTCOMES}

    @property
    def rule_texts(self) -> dict[str, str]:
        """The Dutch text of each rule by its id."""
        return {outcome.rule.id: outcome.rule.nl for outcome in self.outcomes}


def check(
    proposal: Path,
    variant: str,
    snapshot: Path | None,
    bindings: Path | None,
    catalogues: Sequence[Path] | None,
    moment: datetime,
    progress: Progress,
) -> CheckResult:
    """Evaluate every rule of the catalogues (default: those of the plugin) on one variant (EPSG:28992).

    Raises InputError for input that cannot be used and Cancelled; a rule that cannot be evaluated is `niet_toetsbaar`
    and says what is missing.
    """
    return check_proposal(read_proposal(proposal), variant, snapshot, bindings, catalogues, moment, progress)


def check_proposal(
    proposal: Proposal,
    variant: str,
    snapshot: Path | None,
    bindings: Path | None,
    catalogues: Sequence[Path] | None,
    moment: datetime,
    progress: Progress,
) -> CheckResult:
    """As `check`, of a proposal in memory: as `read_proposal` or `edited` gives it."""
    drawing = drawing_of(proposal, variant)
    for problem in (*drawing.departures, *drawing.unfilled):
        progress.warning(problem)
    rules = read_catalogues(catalogues)
    bound = read_bindings(bindings)
    check_parameters(bound, rules)
    tested = {rule.id for catalogue in rules for rule in catalogue.rules}
    for unused, name in sorted(key for key in bound.parameters if key[0] not in tested):
        progress.warning(f"{bound.file.name}: de regel {unused} wordt niet getoetst; {name} telt niet mee")
    objects = Objects(bound, read_snapshot(snapshot) if snapshot else None, _extent(drawing, rules, bound))
    objects.check_bindings()
    for slot, fault in objects.faults.items():
        progress.warning(f"koppeling {slot}: {fault}")
    strays = outside_province(drawing, objects)
    for stray in strays:
        progress.warning(stray)
    evaluation = Evaluation(drawing, objects, bound, moment.date())
    every = [(rule, catalogue) for catalogue in rules for rule in catalogue.rules]
    outcomes = []
    for number, (rule, catalogue) in enumerate(every):
        stop_if_cancelled(progress)
        outcome = evaluation.outcome(rule, catalogue)
        progress.info(f"{rule.id}: {outcome.outcome}")
        progress.fraction((number + 1) / len(every))
        outcomes.append(outcome)
    return CheckResult(
        moment=as_written(moment),
        catalogues=rules,
        proposal=drawing.id,
        variant=variant,
        proposal_digest=drawing.digest,
        outcomes=tuple(outcomes),
        findings=finding_table(outcomes, drawing),
        departures=(*drawing.departures, *strays),
        combinations=combinations(drawing, read_combinations()),
    )


def _extent(drawing: Drawing, catalogues: Sequence[Catalogue], bindings: Bindings) -> Bounds | None:
    """Bounds (m) of what is drawn and can be measured, widened by the largest distance that any rule looks over."""
    if not drawing.sound.any():
        return None
    bounds = shapely.total_bounds(drawing.geometry[drawing.sound])
    reach = 0.0
    for catalogue in catalogues:
        for rule in catalogue.rules:
            value = bindings.parameters_of(rule).get("distance_m")
            reach = max(reach, float(value)) if isinstance(value, int | float) else reach
    west, south, east, north = bounds.tolist()
    return west - reach, south - reach, east + reach, north + reach
