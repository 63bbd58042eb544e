"""Required within a distance."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from novex_plugin.core.features.overlay import Rows, nearest, sizes
from novex_plugin.core.rules.kinds.parts import everyone
from novex_plugin.core.rules.kinds.together import shortage
from novex_plugin.core.rules.question import Answer, Kind, Question, findings, significant


class RequireWithinDistance(Kind):
    """Must lie within a distance (m) of the object: a subject whose nearest object is farther is a finding.

    With `share_pct` the rule asks only that at least that share of all subjects together (by area, length or number)
    lies within the distance; the finding is then about the whole variant.
    """

    NAME = "require-within-distance"
    LABEL = "moet binnen een afstand"
    UNITS: ClassVar[dict[str, str]] = {"distance_m": "m", "share_pct": "%"}
    REQUIRED = ("distance_m",)
    EVERYWHERE = True

    def measure(self, question: Question) -> Answer:
        """Measure the distance from every subject to its nearest object."""
        most = float(question.parameters["distance_m"])
        shapes = question.subjects.shapes
        apart = nearest(shapes, question.required_objects)
        far = np.flatnonzero(~(significant(apart) <= most))
        if "share_pct" in question.parameters:
            return self._share(question, far)
        message = "Ligt op {gemeten}; de afstand mag ten hoogste {grens} zijn."
        measured = np.where(np.isinf(apart[far]), np.nan, apart[far])
        lost = "Er is geen zulk object in de gegevens; de afstand mag ten hoogste {grens} zijn."
        text = lost if not len(question.required_objects) else message
        return Answer(findings(far, text, shapes.geometry[far], measured, most, "m"), everyone(question))

    def _share(self, question: Question, far: Rows) -> Answer:
        least = float(question.parameters["share_pct"])
        near = sizes(question.subjects.shapes.geometry)
        near[far] = 0.0
        message = "{gemeten} ligt binnen de afstand; gevraagd is ten minste {grens}."
        short = shortage(question.subjects.shapes, near, least, message)
        return Answer(short, everyone(question), whole=len(question.subjects) > 0)
