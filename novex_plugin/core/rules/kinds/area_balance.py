"""Balance of an area."""

from __future__ import annotations

from typing import ClassVar

from novex_plugin.core.features.overlay import sizes
from novex_plugin.core.rules.kinds.parts import everyone, overlapping, union_of
from novex_plugin.core.rules.question import Answer, Kind, Question, findings, nothing, whole


class AreaBalance(Kind):
    """Lose at most an area (ha) of the object: what the subjects take of it, overlaps counted once."""

    NAME = "area-balance"
    LABEL = "geen netto verlies"
    UNITS: ClassVar[dict[str, str]] = {"loss_ha": "ha"}
    REQUIRED = ("loss_ha",)

    def measure(self, question: Question) -> Answer:
        """Measure what is taken."""
        most = float(question.parameters["loss_ha"])
        _, parts = overlapping(question.subjects.shapes, question.required_objects, question.tolerance)
        taken = union_of(parts)
        lost = float(sizes(taken).sum()) / 1e4
        message = "Er gaat {gemeten} verloren; toegestaan is ten hoogste {grens}."
        found = findings(whole(), message, taken, lost, most, "ha")
        return Answer(found if lost > most else nothing(), everyone(question), whole=True)
