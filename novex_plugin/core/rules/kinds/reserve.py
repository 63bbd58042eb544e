"""Reserve room."""

from __future__ import annotations

from typing import ClassVar

import shapely

from novex_plugin.core.features.overlay import Indexed, sizes
from novex_plugin.core.rules.kinds.parts import BUFFER_SEGMENTS, everyone, overlapping, union_of
from novex_plugin.core.rules.model import Rule
from novex_plugin.core.rules.question import Answer, Kind, Question, findings, nothing, whole


class Reserve(Kind):
    """Keep at least an area (ha) for it: the subjects together, inside the object where the rule names a dataset, or
    within a distance (m) of it."""

    NAME = "reserve"
    LABEL = "ruimte vrijhouden"
    UNITS: ClassVar[dict[str, str]] = {"area_ha": "ha", "distance_m": "m"}
    REQUIRED = ("area_ha",)
    OBJECTS = "mogelijk"
    SHAPES = True
    WITHOUT_SUBJECTS = True

    def judged_alone(self, rule: Rule) -> bool:
        """It adds up the room of all subjects."""
        return False

    def measure(self, question: Question) -> Answer:
        """Measure the area together, overlaps counted once."""
        least = float(question.parameters["area_ha"])
        parts, room = question.subjects.shapes.geometry, question.objects
        if room is not None:
            distance = float(question.parameters.get("distance_m", 0.0))
            if distance:
                room = Indexed(shapely.buffer(room.geometry, distance, quad_segs=BUFFER_SEGMENTS))
            _, parts = overlapping(question.subjects.shapes, room, question.tolerance)
        parts = parts[shapely.get_dimensions(parts) == 2]
        drawn = float(sizes(union_of(parts)).sum()) / 1e4
        enough = drawn >= least - question.tolerance.area_m2 / 1e4
        message = "Er is {gemeten} voor gereserveerd; gevraagd is ten minste {grens}."
        found = findings(whole(), message, measured=drawn, limit=least, unit="ha")
        return Answer(nothing() if enough else found, everyone(question), whole=True)
