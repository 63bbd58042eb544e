"""Put one rule to a drawing: whether it can be asked, what it finds, and what its outcome is."""

from __future__ import annotations

import dataclasses
import logging
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.check.drawing import Drawing
from novex_plugin.core.check.explanations import explained_findings
from novex_plugin.core.check.objects import Objects
from novex_plugin.core.errors import InputError
from novex_plugin.core.rules.bindings import Bindings
from novex_plugin.core.rules.kinds import KINDS
from novex_plugin.core.rules.model import (
    GEMOTIVEERD,
    NIET_TOETSBAAR,
    NIET_VAN_TOEPASSING,
    OUTCOMES,
    OVERTREEDT,
    VOLDOET,
    Catalogue,
    Parameter,
    Rule,
)
from novex_plugin.core.rules.question import Answer, Found, Question, nothing
from novex_plugin.core.rules.vocabulary import PARAMETERS
from novex_plugin.core.unforeseen import UNFORESEEN

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RuleOutcome:
    """The outcome of a rule. `found` holds its findings, whose rows point into the drawing; `features` the number of
    features it speaks about, and `feature_outcomes` how those fared."""

    rule: Rule
    outcome: str
    message: str
    found: Found
    features: int = 0
    feature_outcomes: dict[str, int] = dataclasses.field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))
    missing: tuple[str, ...] = ()
    dataset: str | None = None
    digest: str | None = None


@dataclass(frozen=True)
class Evaluation:
    """All that rules are put to."""

    drawing: Drawing
    objects: Objects
    bindings: Bindings

    def outcome(self, rule: Rule, catalogue: Catalogue) -> RuleOutcome:
        """Evaluate a rule. A crash is this rule's outcome, so that the others go on."""
        try:
            return self._outcome(rule, catalogue)
        except (*UNFORESEEN, InputError) as error:
            _log.exception("rule %s", rule.id)
            missing = f"de toetsing liep vast ({type(error).__name__}: {error})"
            return self._untestable(rule, self.drawing.speaks_of(rule.subject), (missing,))

    def _outcome(self, rule: Rule, catalogue: Catalogue) -> RuleOutcome:
        drawing = self.drawing
        if not rule.holds_in(drawing.province):
            return RuleOutcome(rule, NIET_VAN_TOEPASSING, f"Geldt niet in {drawing.province}.", nothing())
        if drawing.ijkmoment < rule.from_ijkmoment:
            return RuleOutcome(rule, NIET_VAN_TOEPASSING, f"Geldt vanaf ijkmoment {rule.from_ijkmoment}.", nothing())
        chosen = drawing.speaks_of(rule.subject)
        kind = KINDS[rule.kind]
        if not chosen.any() and (not kind.WITHOUT_SUBJECTS or "part" in rule.parameters):
            return RuleOutcome(rule, NIET_VAN_TOEPASSING, "Er is niets getekend waarover deze regel gaat.", nothing())
        missing = self._missing(rule)
        if missing:
            return self._untestable(rule, chosen, missing)
        measurable = chosen & drawing.sound if rule.slots or kind.SHAPES else chosen
        question = Question(
            rule=rule,
            parameters=self._parameters(rule),
            subjects=drawing.subjects(measurable),
            objects=self.objects.of_rule(rule, kind.WITHOUT_SUBJECTS),
            contributions=drawing.contributions,
            statements=drawing.statements,
            tolerance=catalogue.tolerance,
        )
        return self._judged(rule, chosen, np.flatnonzero(measurable), kind.measure(question))

    def _parameters(self, rule: Rule) -> dict[str, Any]:
        given = {name: parameter.value for name, parameter in rule.parameters.items()}
        return {name: self.bindings.parameters.get((rule.id, name), value) for name, value in given.items()}

    def _missing(self, rule: Rule) -> tuple[str, ...]:
        """What is lacking to put the question: values of parameters and datasets."""
        values = self._parameters(rule)
        unset = tuple(_unset(name, rule.parameters[name]) for name, value in values.items() if value is None)
        return unset + tuple(text for slot in rule.slots if (text := self.objects.missing(slot)) is not None)

    def _untestable(self, rule: Rule, chosen: NDArray[np.bool_], missing: tuple[str, ...]) -> RuleOutcome:
        features = int(chosen.sum())
        counts = dict.fromkeys(OUTCOMES, 0) | {NIET_TOETSBAAR: features}
        message = f"Niet toetsbaar: {'; '.join(missing)}."
        return self._sourced(RuleOutcome(rule, NIET_TOETSBAAR, message, nothing(), features, counts, missing))

    def _judged(self, rule: Rule, chosen: NDArray[np.bool_], rows: NDArray[Any], answer: Answer) -> RuleOutcome:
        drawing = self.drawing
        located = np.full(len(answer.found.rows), -1, dtype=np.int64)
        on_feature = answer.found.rows >= 0
        located[on_feature] = rows[answer.found.rows[on_feature]]
        found = dataclasses.replace(answer.found, rows=located)
        kenmerk = np.full(len(located), None, dtype=object)
        kenmerk[on_feature] = drawing.ids[located[on_feature]]
        found = explained_findings(found, kenmerk, rule, drawing)
        state = np.full(len(drawing.ids), NIET_TOETSBAAR, dtype=object)
        state[rows] = np.where(answer.applies, VOLDOET, NIET_VAN_TOEPASSING)
        state[located[on_feature]] = found.outcome[on_feature]
        fates = state[chosen]
        counts = {outcome: int((fates == outcome).sum()) for outcome in OUTCOMES}
        unsound = int(chosen.sum()) - len(rows)
        missing = answer.missing
        if unsound:
            missing += (f"geometrie niet te meten bij {unsound} van {len(fates)} objecten",)
        incomplete = int((found.outcome == NIET_TOETSBAAR).sum())
        if incomplete:
            missing += (f"een gegeven ontbreekt bij {incomplete} van {len(fates)} objecten: zie de bevindingen",)
        outcome = _worst(found, missing, counts, answer)
        message = _told(outcome, counts, found, missing)
        return self._sourced(RuleOutcome(rule, outcome, message, found, len(fates), counts, missing))

    def _sourced(self, result: RuleOutcome) -> RuleOutcome:
        """Name the datasets that the rule was put to, with their versions."""
        sources = self.objects.used(result.rule.slots)
        if not sources:
            return result
        digests = "; ".join(str(source.digest) for source in sources if source.digest)
        return dataclasses.replace(
            result, dataset="; ".join(source.dataset for source in sources), digest=digests or None
        )


def _worst(found: Found, missing: tuple[str, ...], counts: dict[str, int], answer: Answer) -> str:
    """A rule counts under its gravest outcome; what could not be measured is never counted as well."""
    if (found.outcome == OVERTREEDT).any():
        return OVERTREEDT
    if missing:
        return NIET_TOETSBAAR
    if (found.outcome == GEMOTIVEERD).any():
        return GEMOTIVEERD
    measured = answer.whole or counts[VOLDOET] > 0
    return VOLDOET if measured else NIET_VAN_TOEPASSING


def _told(outcome: str, counts: dict[str, int], found: Found, missing: tuple[str, ...]) -> str:
    tested = sum(counts.values()) - counts[NIET_TOETSBAAR] - counts[NIET_VAN_TOEPASSING]
    broken = int((found.outcome == OVERTREEDT).sum())
    explained = int((found.outcome == GEMOTIVEERD).sum())
    lacking = f" Niet getoetst: {'; '.join(missing)}." if missing else ""
    texts = {
        OVERTREEDT: f"Bevindingen zonder motivering: {broken}; getoetste objecten: {tested}.",
        GEMOTIVEERD: f"Bevindingen met motivering: {explained}; getoetste objecten: {tested}.",
        VOLDOET: f"Geen bevindingen; getoetste objecten: {tested}.",
        NIET_VAN_TOEPASSING: "Geen van de getekende objecten valt onder deze regel.",
        NIET_TOETSBAAR: "Niet toetsbaar.",
    }
    return texts[outcome] + lacking


def _unset(name: str, parameter: Parameter) -> str:
    label = PARAMETERS.get(name, name)
    return f"geen waarde voor {label} ({name}, {parameter.unit}): {parameter.source}"
