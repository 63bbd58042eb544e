"""Statement that no geometry can judge."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.rules.kinds.answers import NO, NOT_APPLICABLE, YES, Given, given_answers
from novex_plugin.core.rules.kinds.parts import everyone, overlapping
from novex_plugin.core.rules.model import LEAST_REASON, OPEN, Rule
from novex_plugin.core.rules.question import (
    Answer,
    Kind,
    Question,
    findings,
    joined,
    nothing,
    unanswered,
    whole,
)

OF_PROPOSAL = "voorstel"


class Statement(Kind):
    """A question to be answered in the table verklaring: of every feature, or of the proposal as a whole (`scope`).

    No answer leaves the rule untested; `nee` breaks it; `nvt`, with an explanation of 20 characters or more, says that
    it does not apply; `ja` meets it, and any other answer only where the question is an open one. With a dataset only
    features that lie on it are asked.
    """

    NAME = "statement"
    LABEL = "verklaring"
    UNITS: ClassVar[dict[str, str]] = {"statement": "verklaring", "scope": "bereik"}
    REQUIRED = ("statement", "scope")
    OBJECTS = "mogelijk"

    def asks_without_subjects(self, rule: Rule) -> bool:
        """A statement about the proposal is asked whatever is drawn."""
        return rule.parameters["scope"].value == OF_PROPOSAL

    def judged_alone(self, rule: Rule) -> bool:
        """A statement about the proposal is about no feature."""
        return not self.asks_without_subjects(rule)

    def measure(self, question: Question) -> Answer:
        """Read the answers."""
        statement = str(question.parameters["statement"])
        asked = f"de verklaring {statement} is niet gegeven"
        if question.rule.question is not None:
            asked += f": {question.rule.question.nl}"
        given = given_answers(question.statements, statement, question.subjects.ids)
        if question.parameters["scope"] == OF_PROPOSAL:
            return self._of_proposal(question, given, asked)
        applies = everyone(question)
        if question.objects is not None:
            rows, _ = overlapping(question.subjects.shapes, question.objects, question.tolerance)
            applies = np.isin(np.arange(len(question.subjects)), rows)
        value = given.value
        if not (value != "").any():
            return Answer(unanswered(applies, asked), applies, untested=applies)
        waived = (value == NOT_APPLICABLE) & given.reasoned
        open_ = applies & ((value == "") | ((value == NOT_APPLICABLE) & ~given.reasoned))
        strange = applies & ~_understood(question.rule, value)
        refused = np.flatnonzero(applies & np.isin(value, NO))
        found = joined(
            findings(refused, f"De verklaring {statement} is met nee beantwoord."),
            unanswered(open_, asked),
            unanswered(strange, _strange(statement)),
        )
        return Answer(found, applies & ~waived, untested=open_ | strange)

    def _of_proposal(self, question: Question, given: Given, asked: str) -> Answer:
        statement, value = question.parameters["statement"], given.of_proposal
        if value == "":
            return Answer(nothing(), everyone(question), missing=(asked,))
        if value == NOT_APPLICABLE:
            if not given.proposal_reasoned:
                missing = f"de verklaring {statement} is nvt zonder toelichting van ten minste {LEAST_REASON} tekens"
                return Answer(nothing(), everyone(question), missing=(missing,))
            return Answer(nothing(), ~everyone(question))
        if not _understood(question.rule, np.array([value]))[0]:
            return Answer(nothing(), everyone(question), missing=(_strange(statement),))
        refused = findings(whole(), f"De verklaring {statement} is met nee beantwoord.")
        return Answer(refused if value in NO else nothing(), everyone(question), whole=True)


def _understood(rule: Rule, value: NDArray[np.str_]) -> NDArray[np.bool_]:
    """Which answers fit the question; none at all and a waiver always do."""
    if rule.question is not None and rule.question.answer == OPEN:
        return np.ones(len(value), dtype=bool)
    return np.isin(value, ["", NOT_APPLICABLE, *YES, *NO])


def _strange(statement: object) -> str:
    return f"het antwoord op de verklaring {statement} is geen ja, nee of nvt"
