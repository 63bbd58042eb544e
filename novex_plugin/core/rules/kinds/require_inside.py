"""Required inside."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import shapely

from novex_plugin.core.features.overlay import shared, uncovered
from novex_plugin.core.rules.kinds.parts import as_findings, counting, everyone
from novex_plugin.core.rules.kinds.together import shortage, size_within
from novex_plugin.core.rules.question import Answer, Found, Kind, Question


class RequireInside(Kind):
    """Must lie inside the object: every part outside is a finding, in ha, m or number.

    With `share_pct` the rule asks only that at least that share of all subjects together (by area, length or number)
    lies inside; the finding is then about the whole variant.
    """

    NAME = "require-inside"
    LABEL = "moet binnen"
    UNITS: ClassVar[dict[str, str]] = {"share_pct": "%"}

    def measure(self, question: Question) -> Answer:
        """Measure what lies outside."""
        if "share_pct" in question.parameters:
            return Answer(self._share(question), everyone(question), whole=len(question.subjects) > 0)
        shapes = question.subjects.shapes
        outside = uncovered(shapes, question.required_objects)
        rows = np.flatnonzero(~shapely.is_missing(outside))
        rows = rows[counting(shapes, rows, outside[rows], question.tolerance)]
        message = "{gemeten} ligt buiten het gebied waarbinnen dit hoort."
        return Answer(as_findings(rows, outside[rows], message), everyone(question))

    def _share(self, question: Question) -> Found:
        shapes, least = question.subjects.shapes, float(question.parameters["share_pct"])
        rows, covered = shared(shapes, question.required_objects)
        message = "{gemeten} ligt binnen het aangewezen gebied; gevraagd is ten minste {grens}."
        return shortage(shapes, size_within(shapes, rows, covered), least, message)
