"""Test what is being drawn, feature by feature, against all rules and data: at once, while one draws.

The findings of a feature are those that a check of the whole variant gives for it. Rules that judge the variant as a
whole (a balance, a reserve, a share of everything together, a statement about the proposal) wait for that check.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Lock

import numpy as np
import shapely

from novex_plugin.core.basisset.snapshot import read_snapshot
from novex_plugin.core.check.beside import Stance, drawn_beside, stances, touched
from novex_plugin.core.check.combinations import combinations
from novex_plugin.core.check.drawing import Drawing, ijkmoment_of
from novex_plugin.core.check.drawing_part import chosen, part_of, shapes_of
from novex_plugin.core.check.evaluate import Evaluation, RuleOutcome
from novex_plugin.core.check.findings import finding_rows
from novex_plugin.core.check.live_objects import LiveObjects
from novex_plugin.core.check.live_rules import LiveRules, live_rules
from novex_plugin.core.check.surroundings import Surroundings
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.moment import as_written
from novex_plugin.core.progress import Progress, stop_if_cancelled
from novex_plugin.core.proposal.problems import absent
from novex_plugin.core.proposal.read import Proposal
from novex_plugin.core.rules.bindings import check_parameters, read_bindings
from novex_plugin.core.rules.catalogue import read_catalogues
from novex_plugin.core.rules.combinations import read_combinations
from novex_plugin.core.rules.model import GEMOTIVEERD, NIET_TOETSBAAR, NIET_VAN_TOEPASSING, OVERTREEDT, VOLDOET
from novex_plugin.core.unforeseen import UNFORESEEN

_log = logging.getLogger(__name__)

GRAVEST = (OVERTREEDT, NIET_TOETSBAAR, GEMOTIVEERD, VOLDOET, NIET_VAN_TOEPASSING)
"""Outcomes from the gravest on: a feature counts under its gravest, as a rule does in a check."""


@dataclass(frozen=True)
class LiveResult:
    """How a few features fare.

    `features`: the ids that were tested; an id that is asked for and no longer drawn is not among them.
    `findings`: the rows that a check has for these features, with the same columns, ids and order. What a check tells
    of the variant as a whole (`kenmerk` None) is not among them.
    `outcomes`: the gravest outcome of each feature (`GRAVEST`); `tallies`: how many rules came to each outcome for it.
    `rules`: the outcomes of the rules that spoke about these features, counted over these only.
    `waiting`: ids of the rules that hold here and judge the variant as a whole: only a full check tests them.
    `touched`: ids of other features whose findings may have changed with these, because a rule lays them beside what is
    drawn: those near a feature as it is now, and as it was when it was seen last. They were not tested.
    `combinations`: the pairs on the same ground in which one of these features is the first or the second (columns of
    core/check/combinations.py); None where they could not be told.
    """

    moment: str
    seconds: float
    variant: str
    features: tuple[str, ...]
    findings: FeatureTable
    outcomes: Mapping[str, str]
    tallies: Mapping[str, Mapping[str, int]]
    rules: tuple[RuleOutcome, ...]
    waiting: tuple[str, ...]
    touched: tuple[str, ...]
    combinations: FeatureTable | None


class LiveTest:
    """Rules, bindings and data in memory, to be put to a few features at a time.

    Made once for a snapshot, bindings and rule files (None: as for a check); make another when one of these changes.
    `clock` tells the moment of a test, and with it which rules hold. Each method may be called from any thread; calls
    wait for each other. Raises InputError as a check does.
    """

    def __init__(
        self,
        snapshot: Path | None,
        bindings: Path | None,
        catalogues: Sequence[Path] | None,
        clock: Callable[[], datetime],
    ) -> None:
        self._catalogues = read_catalogues(catalogues)
        self._bindings = read_bindings(bindings)
        check_parameters(self._bindings, self._catalogues)
        self._objects = LiveObjects(self._bindings, read_snapshot(snapshot) if snapshot else None)
        self._rules: dict[tuple[str, int, date], LiveRules] = {}
        self._surroundings = Surroundings()
        self._matrix = read_combinations()
        self._clock = clock
        self._lock = Lock()
        self._first: Proposal | None = None
        self._seen: dict[tuple[str, str], Stance] = {}

    def warm(self, proposal: Proposal, progress: Progress) -> None:
        """Read and index all data that rules may ask in this proposal, so that no test has to wait for them. What is
        drawn in the first proposal that comes is what later edits are held against, to tell whom they touch.

        Raises Cancelled; what was read by then stays. Data that cannot be read are left to the rules that need them.
        """
        with self._lock:
            self._first = self._first or proposal
            rules = self._rules_of(proposal, self._clock().date())
        for number, (rule, _) in enumerate(rules.alone):
            stop_if_cancelled(progress)
            progress.info(rule.id)
            with self._lock:
                self._objects.read_for(rule)
            progress.fraction((number + 1) / len(rules.alone))

    def test(self, proposal: Proposal, variant: str, ids: Sequence[str], progress: Progress) -> LiveResult:
        """Put to these features of a variant every rule that can be judged feature by feature.

        `proposal` is what is drawn now (`edited`). A rule that crashes is `niet_toetsbaar`, as in a check. Raises
        InputError for an unknown variant and Cancelled, between rules.
        """
        begin = time.perf_counter()
        with self._lock:
            moment = self._clock()
            self._first = self._first or proposal
            drawing = part_of(proposal, variant, chosen(proposal, variant, ids))
            rules = self._rules_of(proposal, moment.date())
            outcomes = self._outcomes(proposal, drawing, rules, moment, progress)
            others = self._touched(proposal, drawing, ids, rules)
            together = self._combinations(proposal, drawing)
        findings = finding_rows([each for each in outcomes if (each.found.rows >= 0).any()], drawing)
        tallies = _tallies(drawing, outcomes)
        return LiveResult(
            moment=as_written(moment),
            seconds=time.perf_counter() - begin,
            variant=variant,
            features=tuple(tallies),
            findings=findings.take(~absent(findings.columns["kenmerk"])),
            outcomes={name: _gravest(tally) for name, tally in tallies.items()},
            tallies=tallies,
            rules=tuple(outcomes),
            waiting=rules.together,
            touched=others,
            combinations=together,
        )

    def _rules_of(self, proposal: Proposal, today: date) -> LiveRules:
        key = (proposal.province, ijkmoment_of(proposal), today)
        if key not in self._rules:
            self._rules[key] = live_rules(self._catalogues, self._bindings, *key)
        return self._rules[key]

    def _outcomes(
        self, proposal: Proposal, drawing: Drawing, rules: LiveRules, moment: datetime, progress: Progress
    ) -> list[RuleOutcome]:
        sound = drawing.geometry[drawing.sound]
        self._objects.around = tuple(shapely.total_bounds(sound).tolist()) if len(sound) else None
        put = rules.about(drawing)
        asked = {rule.id for rule, _ in put}
        beside = [each for each in rules.beside if each.rule in asked]
        drawn = drawn_beside(beside, proposal, drawing, self._surroundings)
        evaluation = Evaluation(drawing, self._objects, self._bindings, moment.date(), True, drawn)
        outcomes = []
        for number, (rule, catalogue) in enumerate(put):
            stop_if_cancelled(progress)
            outcome = evaluation.outcome(rule, catalogue)
            progress.fraction((number + 1) / len(put))
            if outcome.features:
                outcomes.append(outcome)
        return outcomes

    def _touched(self, proposal: Proposal, drawing: Drawing, ids: Sequence[str], rules: LiveRules) -> tuple[str, ...]:
        """The others that the features touch where they are, or touched where they were seen last."""
        variant, now = drawing.variant, stances(drawing)
        unseen = [name for name in ids if (variant, name) not in self._seen]
        before: dict[str, Stance] = {}
        if unseen and self._first is not None and variant in self._first.variants:
            before = stances(shapes_of(self._first, variant, chosen(self._first, variant, unseen)))
        nothing: Stance = frozenset()
        changes = nothing
        for name in ids:
            stance = now.get(name, nothing)
            changes |= stance ^ self._seen.get((variant, name), before.get(name, nothing))
            self._seen[variant, name] = stance
        near = touched(rules.beside, proposal, variant, changes, self._surroundings)
        return tuple(sorted(near - set(ids)))

    def _combinations(self, proposal: Proposal, drawing: Drawing) -> FeatureTable | None:
        """The pairs of these features with what shares their ground."""
        around = self._surroundings.near(proposal, drawing.variant, drawing.geometry)
        try:
            found = combinations(around, self._matrix)
        except UNFORESEEN:
            _log.exception("combinations")
            return None
        pairs, ids = found.pairs, drawing.ids.astype(str)
        mine = np.isin(pairs.columns["eerste"].astype(str), ids) | np.isin(pairs.columns["tweede"].astype(str), ids)
        return None if found.missing else pairs.take(mine)


def _tallies(drawing: Drawing, outcomes: Sequence[RuleOutcome]) -> dict[str, dict[str, int]]:
    """By feature how many rules came to each outcome; what cannot be measured is at least that."""
    fates = [each.fates for each in outcomes if each.fates is not None]
    unsound = np.full(len(drawing.ids), None, dtype=object)
    unsound[~drawing.sound] = NIET_TOETSBAAR
    fates.append(unsound)
    tallies: dict[str, dict[str, int]] = {}
    for name, said in zip(drawing.ids.astype(str).tolist(), np.stack(fates, axis=1).tolist(), strict=True):
        tally = tallies.setdefault(name, dict.fromkeys(GRAVEST, 0))
        for outcome in said:
            if outcome is not None:
                tally[outcome] += 1
    return tallies


def _gravest(tally: Mapping[str, int]) -> str:
    return next((outcome for outcome in GRAVEST if tally[outcome]), NIET_VAN_TOEPASSING)
