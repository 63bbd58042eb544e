"""Put one rule to a drawing: whether it can be asked, what it finds, and what its outcome is."""

from __future__ import annotations

import dataclasses
import logging
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.check.drawing import Drawing
from novex_plugin.core.check.exemptions import exempt_features, exempted_findings
from novex_plugin.core.check.explanations import explained_findings
from novex_plugin.core.check.objects import Objects
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.overlay import Indexed, Rows
from novex_plugin.core.proposal.problems import Mask
from novex_plugin.core.rules.bindings import Bindings
from novex_plugin.core.rules.kinds import KINDS
from novex_plugin.core.rules.kinds.parts import overlapping
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
from novex_plugin.core.rules.question import Answer, Found, Question, Subjects, nothing
from novex_plugin.core.rules.vocabulary import PARAMETERS
from novex_plugin.core.unforeseen import UNFORESEEN

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class RuleOutcome:
    """The outcome of a rule. `found` holds its findings, whose rows point into the drawing; `features` the number of
    features it speaks about, `feature_outcomes` how those fared, and `exceptions_used` how often each exception that
    the data tell took a finding away. `fates` is the outcome of each feature of the drawing, None where the rule does
    not speak about it; only an evaluation that keeps them has them."""

    rule: Rule
    outcome: str
    message: str
    found: Found
    features: int = 0
    feature_outcomes: dict[str, int] = dataclasses.field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))
    missing: tuple[str, ...] = ()
    dataset: str | None = None
    digest: str | None = None
    exceptions_used: dict[str, int] = dataclasses.field(default_factory=dict)
    fates: NDArray[np.object_] | None = None


@dataclass(frozen=True)
class Evaluation:
    """All that rules are put to; `today` decides which rules hold. `keeps_fates`: outcomes tell of each feature how it
    fared, for which many rules and many features take much room. `drawn` is what is drawn and stays where the drawing
    is only a part of it."""

    drawing: Drawing
    objects: Objects
    bindings: Bindings
    today: date
    keeps_fates: bool = False
    drawn: Subjects | None = None

    def outcome(self, rule: Rule, catalogue: Catalogue) -> RuleOutcome:
        """Evaluate a rule. A crash is this rule's outcome, so that the others go on."""
        try:
            return self._outcome(rule, catalogue)
        except (*UNFORESEEN, InputError) as error:
            _log.exception("rule %s", rule.id)
            missing = f"de toetsing liep vast ({type(error).__name__}: {error})"
            return self._untestable(rule, self.drawing.speaks_of(rule.subject), (missing,))

    def _outcome(self, rule: Rule, catalogue: Catalogue) -> RuleOutcome:
        silent = does_not_hold(rule, self.drawing.province, self.drawing.ijkmoment, self.today)
        if silent is not None:
            return RuleOutcome(rule, NIET_VAN_TOEPASSING, silent, nothing())
        drawing, kind = self.drawing, KINDS[rule.kind]
        chosen = drawing.speaks_of(rule.subject)
        if rule.novex_areas:
            chosen &= drawing.has("novex_gebied", rule.novex_areas)
        always = kind.asks_without_subjects(rule)
        if not chosen.any() and not always:
            return RuleOutcome(rule, NIET_VAN_TOEPASSING, _nothing_drawn(rule), nothing())
        missing = self._missing(rule)
        if missing:
            return self._untestable(rule, chosen, missing)
        if rule.area_slots:
            chosen = self._lying_on(rule.area_slots, chosen, catalogue)
            if not chosen.any() and not always:
                text = "Geen van de getekende objecten ligt in het gebied waarvoor deze regel geldt."
                return self._sourced(RuleOutcome(rule, NIET_VAN_TOEPASSING, text, nothing()))
        measurable = chosen & drawing.sound if rule.slots or kind.SHAPES else chosen
        answer = kind.measure(self._question(rule, catalogue, measurable))
        exempt: dict[str, Mask] = {}
        if (concerned := _without_finding(answer, measurable)).any():
            exempt = exempt_features(rule, drawing, self.objects, concerned, catalogue.tolerance)
        if exempt:
            measurable = measurable & ~np.logical_or.reduce(list(exempt.values()))
            answer = kind.measure(self._question(rule, catalogue, measurable))
        return self._judged(rule, catalogue, chosen, np.flatnonzero(measurable), answer, exempt)

    def _lying_on(self, slots: tuple[str, ...], chosen: Mask, catalogue: Catalogue) -> Mask:
        """Which of the chosen features lie on the slots; those that cannot be measured stay, to be told apart later."""
        sound = np.flatnonzero(chosen & self.drawing.sound)
        shapes = Indexed(self.drawing.geometry[sound])
        rows, _ = overlapping(shapes, self.objects.of_slots(slots), catalogue.tolerance)
        lying = chosen & ~self.drawing.sound
        lying[sound[rows]] = True
        return lying

    def _question(self, rule: Rule, catalogue: Catalogue, measurable: Mask) -> Question:
        drawing, kind = self.drawing, KINDS[rule.kind]
        everything = kind.EVERYWHERE or kind.asks_without_subjects(rule)
        return Question(
            rule=rule,
            parameters=self.bindings.parameters_of(rule),
            subjects=drawing.subjects(measurable),
            drawn=drawing.staying if self.drawn is None else self.drawn,
            objects=None if kind.LEVELS else self.objects.of_rule(rule, everything),
            levels=self.objects.levels(rule.slots[0]) if kind.LEVELS else None,
            contributions=drawing.contributions,
            statements=drawing.statements,
            tolerance=catalogue.tolerance,
        )

    def _missing(self, rule: Rule) -> tuple[str, ...]:
        """What is lacking to put the question: values of parameters and datasets."""
        values = self.bindings.parameters_of(rule)
        unset = tuple(_unset(name, rule.parameters[name]) for name, value in values.items() if value is None)
        objects = [
            self.objects.missing_level(slot) if KINDS[rule.kind].LEVELS else self.objects.missing(slot)
            for slot in rule.slots
        ]
        areas = [self.objects.missing(slot) for slot in rule.area_slots if slot not in rule.slots]
        return unset + tuple(text for text in (*objects, *areas) if text is not None)

    def _untestable(self, rule: Rule, chosen: Mask, missing: tuple[str, ...]) -> RuleOutcome:
        features = int(chosen.sum())
        counts = dict.fromkeys(OUTCOMES, 0) | {NIET_TOETSBAAR: features}
        message = f"Niet toetsbaar: {_sentence(missing)}"
        fates = self._fates(chosen, NIET_TOETSBAAR)
        return self._sourced(
            RuleOutcome(rule, NIET_TOETSBAAR, message, nothing(), features, counts, missing, fates=fates)
        )

    def _fates(self, chosen: Mask, outcome: Any) -> NDArray[np.object_] | None:
        if not self.keeps_fates:
            return None
        fates = np.full(len(chosen), None, dtype=object)
        fates[chosen] = outcome[chosen] if isinstance(outcome, np.ndarray) else outcome
        return fates

    def _judged(
        self, rule: Rule, catalogue: Catalogue, chosen: Mask, rows: Rows, answer: Answer, exempt: dict[str, Mask]
    ) -> RuleOutcome:
        drawing = self.drawing
        located = np.full(len(answer.found.rows), -1, dtype=np.int64)
        on_feature = answer.found.rows >= 0
        located[on_feature] = rows[answer.found.rows[on_feature]]
        found = dataclasses.replace(answer.found, rows=located)
        exempted: dict[str, int] = {}
        if len(located):
            found, exempted = exempted_findings(found, rule, drawing, self.objects, catalogue.tolerance)
            kenmerk = np.full(len(located), None, dtype=object)
            kenmerk[on_feature] = drawing.ids[located[on_feature]]
            found = explained_findings(found, kenmerk, rule, drawing)
        state = np.full(len(drawing.ids), NIET_TOETSBAAR, dtype=object)
        for features in exempt.values():
            state[features] = NIET_VAN_TOEPASSING
        state[rows] = np.where(answer.applies, VOLDOET, NIET_VAN_TOEPASSING)
        if answer.untested is not None:
            state[rows[answer.untested]] = NIET_TOETSBAAR
        state[located[on_feature]] = found.outcome[on_feature]
        fates = state[chosen].tolist()
        counts = {outcome: fates.count(outcome) for outcome in OUTCOMES}
        missing = (*answer.missing, *_lacking(found, int(chosen.sum()), int((chosen & ~drawing.sound).sum()), rows))
        outcome = _worst(found, missing, counts, answer)
        message = _told(outcome, counts, found, missing)
        used = {name: int(features.sum()) for name, features in exempt.items()} | exempted
        kept = self._fates(chosen, state)
        return self._sourced(
            RuleOutcome(rule, outcome, message, found, len(fates), counts, missing, exceptions_used=used, fates=kept)
        )

    def _sourced(self, result: RuleOutcome) -> RuleOutcome:
        """Name the datasets that the rule was put to, with their versions."""
        sources = self.objects.used(result.rule.all_slots)
        if not sources:
            return result
        digests = "; ".join(str(source.digest) for source in sources if source.digest)
        return dataclasses.replace(
            result, dataset="; ".join(source.dataset for source in sources), digest=digests or None
        )


def does_not_hold(rule: Rule, province: str, ijkmoment: int, today: date) -> str | None:
    """Why a rule does not speak about a proposal at all, None when it does."""
    if not rule.holds_in(province):
        return f"Geldt niet in {province}."
    if ijkmoment < rule.from_ijkmoment:
        return f"Geldt vanaf ijkmoment {rule.from_ijkmoment}."
    if rule.from_date is not None and today < rule.from_date:
        return f"Geldt vanaf {rule.from_date.isoformat()}."
    if rule.until_date is not None and today > rule.until_date:
        return f"Gold tot en met {rule.until_date.isoformat()}."
    return None


def _without_finding(answer: Answer, asked: Mask) -> Mask:
    """Which of the features asked have no finding of their own that an exception can take away: all of them in an
    answer about the whole variant, and those that lack what the rule reads of them."""
    if answer.whole or answer.missing:
        return asked
    concerned = np.zeros_like(asked)
    if answer.untested is not None:
        concerned[np.flatnonzero(asked)[answer.untested]] = True
    return concerned


def _nothing_drawn(rule: Rule) -> str:
    if rule.novex_areas:
        areas = ", ".join(sorted(rule.novex_areas))
        return f"Er is niets getekend waarover deze regel gaat met {areas} in het veld novex_gebied."
    return "Er is niets getekend waarover deze regel gaat."


def _lacking(found: Found, asked: int, unsound: int, rows: Rows) -> tuple[str, ...]:
    """What kept features from being tested, in words."""
    texts = []
    if unsound and len(rows) < asked:
        texts.append(f"geometrie niet te meten bij {unsound} van {asked} objecten")
    open_ = found.outcome == NIET_TOETSBAAR
    if not open_.any():
        return tuple(texts)
    texts += [str(text).rstrip(".") for text in found.message[open_ & (found.rows < 0)].tolist()]
    incomplete = len(np.unique(found.rows[open_ & (found.rows >= 0)]))
    if incomplete:
        texts.append(f"een gegeven ontbreekt bij {incomplete} van {asked} objecten: zie de bevindingen")
    return tuple(texts)


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
    lacking = f" Niet getoetst: {_sentence(missing)}" if missing else ""
    texts = {
        OVERTREEDT: f"Bevindingen zonder motivering: {broken}; getoetste objecten: {tested}.",
        GEMOTIVEERD: f"Bevindingen met motivering: {explained}; getoetste objecten: {tested}.",
        VOLDOET: f"Geen bevindingen; getoetste objecten: {tested}.",
        NIET_VAN_TOEPASSING: "Geen van de getekende objecten valt onder deze regel.",
        NIET_TOETSBAAR: "",
    }
    return (texts[outcome] + lacking).strip()


def _sentence(parts: tuple[str, ...]) -> str:
    """The parts as one sentence, with one mark at its end."""
    text = "; ".join(parts)
    return text if text.endswith(("?", ".")) else f"{text}."


def _unset(name: str, parameter: Parameter) -> str:
    label = PARAMETERS.get(name, name)
    return f"geen waarde voor {label} ({name}, {parameter.unit}): {parameter.source}"
