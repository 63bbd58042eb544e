"""Required statement."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.rules.kinds.parts import everyone, overlapping
from novex_plugin.core.rules.question import Answer, Kind, Question, findings

NO = ("", "nee", "none", "nan", "onbekend", "n.n.b.", "0", "false")
"""Values that leave a statement unmade."""


class RequireAttribute(Kind):
    """A statement that must be there, in the table verklaring: for the feature itself or for the whole variant.

    With a dataset only features that lie on it (by more than a sliver) have to make the statement.
    """

    NAME = "require-attribute"
    LABEL = "verplichte verklaring"
    UNITS: ClassVar[dict[str, str]] = {"statement": "verklaring"}
    REQUIRED = ("statement",)
    OBJECTS = "mogelijk"

    def measure(self, question: Question) -> Answer:
        """Look up the statement of every subject."""
        statement = str(question.parameters["statement"])
        applies = everyone(question)
        if question.objects is not None:
            rows, _ = overlapping(question.subjects.shapes, question.objects, question.tolerance)
            applies = np.isin(np.arange(len(question.subjects)), rows)
        made = _made(question, statement)
        lacking = np.flatnonzero(applies & ~made)
        message = f"De verklaring {statement} ontbreekt: leg haar vast in de tabel verklaring."
        return Answer(findings(lacking, message), applies)


def _made(question: Question, statement: str) -> NDArray[np.bool_]:
    """Which subjects have the statement, of their own or through the whole variant."""
    rows = question.statements
    values = np.char.lower(np.char.strip(rows.columns["waarde"].astype(str)))
    valid = (rows.columns["verklaring"].astype(str) == statement) & ~np.isin(values, NO)
    named = rows.columns["kenmerk"][valid]
    if np.isin(named.astype(str), ("None", "")).any():
        return np.ones(len(question.subjects), dtype=bool)
    made: NDArray[np.bool_] = np.isin(question.subjects.ids.astype(str), named.astype(str))
    return made
