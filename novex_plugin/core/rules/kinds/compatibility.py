"""Compatibility of uses with an area."""

from __future__ import annotations

from typing import ClassVar

from novex_plugin.core.rules.kinds.parts import as_findings, everyone, overlapping
from novex_plugin.core.rules.question import Answer, Kind, Question


class Compatibility(Kind):
    """Uses that do not go with the object: `incompatible` lists their legend units; their overlap is a finding. Uses
    on the same ground (`meervoudig`) count as well."""

    NAME = "compatibility"
    LABEL = "verenigbaarheid van functie en gebied"
    UNITS: ClassVar[dict[str, str]] = {"incompatible": "legenda"}
    REQUIRED = ("incompatible",)
    COLUMNS = ("legenda", "meervoudig")

    def measure(self, question: Question) -> Answer:
        """Measure the overlap of the uses that do not go together with it."""
        rows, parts = overlapping(question.subjects.shapes, question.required_objects, question.tolerance)
        wrong = question.subjects.has_unit(question.parameters["incompatible"])[rows]
        message = "{gemeten} ligt waar deze functie niet past bij het gebied."
        return Answer(as_findings(rows[wrong], parts[wrong], message), everyone(question))
