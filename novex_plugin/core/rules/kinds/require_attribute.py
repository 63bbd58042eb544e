"""Required attribute."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.rules.kinds.parts import everyone, overlapping
from novex_plugin.core.rules.question import Answer, Kind, Question, findings


class RequireAttribute(Kind):
    """A field that must be filled in (with one of `allowed`, where the rule lists them), or an indicator to which the
    feature must contribute.

    With a dataset only features that lie on it (by more than a sliver) are asked.
    """

    NAME = "require-attribute"
    LABEL = "verplicht kenmerk"
    UNITS: ClassVar[dict[str, str]] = {"field": "veld", "indicator": "indicator", "allowed": "waarden"}
    OBJECTS = "mogelijk"

    def lacking(self, names: Collection[str], slots: Sequence[str]) -> tuple[str, ...] | None:
        """A field or an indicator."""
        return None if set(names) & {"field", "indicator"} else ("field", "indicator")

    def measure(self, question: Question) -> Answer:
        """Read the field, or the contributions."""
        applies = everyone(question)
        if question.objects is not None:
            rows, _ = overlapping(question.subjects.shapes, question.objects, question.tolerance)
            applies = np.isin(np.arange(len(question.subjects)), rows)
        if "field" in question.parameters:
            present, message = _filled(question)
        else:
            present, message = _contributes(question)
        return Answer(findings(np.flatnonzero(applies & ~present), message), applies)


def _filled(question: Question) -> tuple[NDArray[np.bool_], str]:
    field, allowed = str(question.parameters["field"]), question.parameters.get("allowed")
    values = question.subjects.columns[field]
    texts = np.char.strip(np.array([_text(value) for value in values.tolist()], dtype=np.str_))
    if not allowed:
        return ~np.isin(texts, ("", "nan")), f"Vul het veld {field} in."
    return np.isin(texts, list(allowed)), f"Het veld {field} moet een van deze waarden hebben: {', '.join(allowed)}."


def _text(value: str | float | None) -> str:
    """A value as rules write it: a year without decimals."""
    return f"{value:g}" if isinstance(value, float) else str(value or "")


def _contributes(question: Question) -> tuple[NDArray[np.bool_], str]:
    indicator, rows = str(question.parameters["indicator"]), question.contributions
    owners = rows.columns["kenmerk"][rows.columns["indicator"].astype(str) == indicator]
    present: NDArray[np.bool_] = np.isin(question.subjects.ids.astype(str), owners.astype(str))
    return present, f"Leg in de tabel bijdrage vast hoeveel dit object bijdraagt aan {indicator}."
