"""Coverage by supply within reach."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

import numpy as np
import shapely

from novex_plugin.core.features.overlay import Indexed, shared, uncovered
from novex_plugin.core.rules.kinds.parts import BUFFER_SEGMENTS, as_findings, counting, everyone
from novex_plugin.core.rules.kinds.together import shortage, size_within
from novex_plugin.core.rules.question import Answer, Kind, Question


class Coverage(Kind):
    """Every part of the subjects lies within a distance (m) of supply: the dataset, and what is drawn as `supply`.

    The part out of reach is a finding, in ha, m or number. With `share_pct` at least that share of all subjects
    together has to lie within reach; the finding is then about the whole variant.
    """

    NAME = "coverage"
    LABEL = "overal binnen bereik"
    UNITS: ClassVar[dict[str, str]] = {"distance_m": "m", "share_pct": "%", "supply": "legenda"}
    REQUIRED = ("distance_m",)
    OBJECTS = "mogelijk"
    SHAPES = True
    DRAWN = ("supply",)

    def lacking(self, names: Collection[str], slots: Sequence[str]) -> tuple[str, ...] | None:
        """A distance, and a dataset or drawn functions that supply."""
        if "distance_m" not in names:
            return self.REQUIRED
        return None if slots or "supply" in names else ("supply",)

    def measure(self, question: Question) -> Answer:
        """Measure what lies out of reach."""
        distance = float(question.parameters["distance_m"])
        supply = question.drawn_as("supply").geometry
        if question.objects is not None:
            supply = np.concatenate([question.objects.geometry, supply])
        shapes = question.subjects.shapes
        near = np.unique(shapes.tree.query(supply, predicate="dwithin", distance=distance)[0])
        reach = Indexed(shapely.buffer(supply[near], distance, quad_segs=BUFFER_SEGMENTS))
        if "share_pct" in question.parameters:
            return self._share(question, reach)
        outside = uncovered(shapes, reach)
        rows = np.flatnonzero(~shapely.is_missing(outside))
        rows = rows[counting(shapes, rows, outside[rows], question.tolerance)]
        message = "{gemeten} ligt buiten bereik van deze voorziening."
        return Answer(as_findings(rows, outside[rows], message), everyone(question))

    def _share(self, question: Question, reach: Indexed) -> Answer:
        least = float(question.parameters["share_pct"])
        shapes = question.subjects.shapes
        message = "{gemeten} ligt binnen bereik; gevraagd is ten minste {grens}."
        short = shortage(shapes, size_within(shapes, *shared(shapes, reach)), least, message)
        return Answer(short, everyone(question), whole=len(question.subjects) > 0)
