"""Threshold of size."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
import shapely

from novex_plugin.core.features.overlay import Indexed, sizes, uncovered
from novex_plugin.core.rules.kinds.parts import as_findings, counting
from novex_plugin.core.rules.question import Answer, Kind, Question, significant


class SizeThreshold(Kind):
    """Larger than a size (ha) only inside the object: the part of a large subject outside it is a finding, in ha.

    The rule does not speak about subjects of that size or smaller.
    """

    NAME = "size-threshold"
    LABEL = "boven een oppervlakte alleen binnen"
    UNITS: ClassVar[dict[str, str]] = {"threshold_ha": "ha"}
    REQUIRED = ("threshold_ha",)

    def measure(self, question: Question) -> Answer:
        """Measure what of the large subjects lies outside."""
        least = float(question.parameters["threshold_ha"]) * 1e4
        shapes = question.subjects.shapes
        large = (shapes.dimensions == 2) & (significant(sizes(shapes.geometry)) > least)
        chosen = np.flatnonzero(large)
        subjects = Indexed(shapes.geometry[chosen])
        outside = uncovered(subjects, question.required_objects)
        rows = np.flatnonzero(~shapely.is_missing(outside))
        rows = rows[counting(subjects, rows, outside[rows], question.tolerance)]
        message = "{gemeten} van dit grote terrein ligt buiten de aangewezen plekken."
        return Answer(as_findings(chosen[rows], outside[rows], message), large)
