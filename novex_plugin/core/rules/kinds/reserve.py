"""Reserve room."""

from __future__ import annotations

from typing import ClassVar

from novex_plugin.core.features.overlay import sizes
from novex_plugin.core.rules.kinds.parts import everyone, overlapping, union_of
from novex_plugin.core.rules.question import Answer, Kind, Question, findings, nothing, whole


class Reserve(Kind):
    """Keep at least an area (ha) for it: the subjects together, inside the object where the rule names a dataset."""

    NAME = "reserve"
    LABEL = "ruimte vrijhouden"
    UNITS: ClassVar[dict[str, str]] = {"area_ha": "ha"}
    REQUIRED = ("area_ha",)
    OBJECTS = "mogelijk"
    SHAPES = True
    WITHOUT_SUBJECTS = True

    def measure(self, question: Question) -> Answer:
        """Measure the area together, overlaps counted once."""
        least = float(question.parameters["area_ha"])
        parts = question.subjects.shapes.geometry
        if question.objects is not None:
            _, parts = overlapping(question.subjects.shapes, question.objects, question.tolerance)
        drawn = float(sizes(union_of(parts[sizes(parts) > 0])).sum()) / 1e4 if len(parts) else 0.0
        message = "Er is {gemeten} voor gereserveerd; gevraagd is ten minste {grens}."
        found = findings(whole(), message, measured=drawn, limit=least, unit="ha")
        return Answer(found if drawn < least else nothing(), everyone(question), whole=True)
