"""Prohibited within a distance."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import shapely

from novex_plugin.core.features.overlay import Indexed, nearest_within
from novex_plugin.core.rules.kinds.parts import BUFFER_SEGMENTS, everyone, overlapping
from novex_plugin.core.rules.question import Answer, Kind, Question, findings, significant


class ProhibitWithinDistance(Kind):
    """May not lie nearer to the object than a distance (m): measured is the least distance, drawn the part within."""

    NAME = "prohibit-within-distance"
    LABEL = "mag niet binnen een afstand"
    UNITS: ClassVar[dict[str, str]] = {"distance_m": "m"}
    REQUIRED = ("distance_m",)

    def measure(self, question: Question) -> Answer:
        """Measure the least distance of every subject within reach."""
        distance = float(question.parameters["distance_m"])
        shapes, objects = question.subjects.shapes, question.required_objects
        rows, apart, near = nearest_within(shapes, objects, distance)
        zones = Indexed(objects.buffered(near, distance, BUFFER_SEGMENTS))
        within, parts = overlapping(shapes, zones, question.tolerance)
        least = np.full(len(question.subjects), distance)
        least[rows] = apart
        nearer = significant(least[within]) < distance
        within, parts = within[nearer], parts[nearer]
        message = "Ligt op {gemeten}; de afstand moet ten minste {grens} zijn."
        found = findings(within, message, shapely.normalize(parts), least[within], distance, "m")
        return Answer(found, everyone(question))
