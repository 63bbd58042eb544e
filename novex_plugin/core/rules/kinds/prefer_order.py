"""Order of preference."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.rules.kinds.answers import given_answers
from novex_plugin.core.rules.kinds.parts import everyone
from novex_plugin.core.rules.model import LEAST_REASON
from novex_plugin.core.rules.question import Answer, Kind, Question, explained, findings, joined, unanswered


class PreferOrder(Kind):
    """A ladder: the first step needs nothing, a lower step its reason (20 characters or more).

    The step stands in the table verklaring under the id of the rule, with its reason in toelichting; a rule that names
    the field `trede` also reads that field, with its reason in trede_reden.
    """

    NAME = "prefer-order"
    LABEL = "voorkeursvolgorde"
    UNITS: ClassVar[dict[str, str]] = {"order": "volgorde", "field": "veld"}
    REQUIRED = ("order",)
    OBJECTS = "geen"

    def measure(self, question: Question) -> Answer:
        """Read the step of every subject."""
        order = question.parameters["order"]
        step, said = _steps(question)
        known = np.isin(step, np.arange(1, len(order) + 1))
        ladder = ", ".join(f"{number} {name}" for number, name in enumerate(order, start=1))
        lower = known & (step > 1)
        bare, told = np.flatnonzero(lower & ~said), np.flatnonzero(lower & said)
        where = "trede_reden" if "field" in question.parameters else "de toelichting van de verklaring"
        message = f"Een lagere trede van de voorkeursvolgorde zonder reden: vul {where} in (ten minste 20 tekens)."
        place = "in het veld trede" if "field" in question.parameters else f"in de verklaring {question.rule.id}"
        found = joined(
            findings(bare, message, measured=step[bare], limit=1.0, unit="trede"),
            explained(told, "Een lagere trede van de voorkeursvolgorde, met reden."),
            unanswered(~known, f"geen trede {place} ({ladder})"),
        )
        return Answer(found, everyone(question), untested=~known)


def _steps(question: Question) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The step of each subject, nan where none is given, and whether a reason goes with it."""
    columns = question.subjects.columns
    lowest_first = tuple(str(number) for number in range(len(question.parameters["order"]), 1, -1))
    given = given_answers(question.statements, question.rule.id, question.subjects.ids, lowest_first)
    step = np.array([float(text) if text.isdecimal() else np.nan for text in given.value.tolist()], dtype=np.float64)
    said = given.reasoned
    if "field" not in question.parameters:
        return step, said
    written = columns["trede"].astype(np.float64)
    reasons = columns["trede_reden"]
    long = np.array([len(str(reason or "").strip()) >= LEAST_REASON for reason in reasons.tolist()], dtype=bool)
    return np.where(np.isnan(step), written, step), np.where(np.isnan(step), long, said)
