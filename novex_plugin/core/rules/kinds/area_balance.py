"""Balance of an area."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import shapely

from novex_plugin.core.features.overlay import Indexed, sizes, uncovered
from novex_plugin.core.rules.kinds.parts import everyone, overlapping, union_of
from novex_plugin.core.rules.model import Rule
from novex_plugin.core.rules.question import Answer, Kind, Question, findings, nothing, whole


class AreaBalance(Kind):
    """Lose at most an area (ha) of the object: what the subjects take of it, overlaps counted once, less what is drawn
    as `compensation` outside the object."""

    NAME = "area-balance"
    LABEL = "geen netto verlies"
    UNITS: ClassVar[dict[str, str]] = {"loss_ha": "ha", "compensation": "legenda"}
    REQUIRED = ("loss_ha",)
    DRAWN = ("compensation",)

    def judged_alone(self, rule: Rule) -> bool:
        """It adds up what all subjects take."""
        return False

    def measure(self, question: Question) -> Answer:
        """Measure what is taken and what is given back."""
        most, objects = float(question.parameters["loss_ha"]), question.required_objects
        _, parts = overlapping(question.subjects.shapes, objects, question.tolerance)
        taken = union_of(parts[shapely.get_dimensions(parts) == 2])
        gained = _gained(question, objects)
        lost = (float(sizes(taken).sum()) - gained) / 1e4
        message = "Er gaat {gemeten} verloren; toegestaan is ten hoogste {grens}."
        if gained:
            message = "Er gaat, na aftrek van wat ervoor terugkomt, {gemeten} verloren; toegestaan is {grens}."
        found = findings(whole(), message, taken, lost, most, "ha")
        return Answer(
            found if lost > most + question.tolerance.area_m2 / 1e4 else nothing(), everyone(question), whole=True
        )


def _gained(question: Question, objects: Indexed) -> float:
    """Area (m²) drawn as compensation that is not the object already."""
    added = question.drawn_as("compensation").geometry
    added = added[shapely.get_dimensions(added) == 2]
    if not len(added):
        return 0.0
    new = uncovered(Indexed(added), objects)
    kept = new[~shapely.is_missing(new)]
    return float(np.sum(sizes(union_of(kept))))
