"""Coverage by supply within reach."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.features.overlay import Indexed, candidate_pairs, shared, uncovered
from novex_plugin.core.rules.kinds.parts import BUFFER_SEGMENTS, as_findings, counting, everyone
from novex_plugin.core.rules.kinds.together import shortage, size_within
from novex_plugin.core.rules.question import Answer, Kind, Question

_SURELY = 0.9999
"""A buffer lies at most 0.0075% of its distance inside the true one."""


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
        shapes = question.subjects.shapes
        drawn = question.drawn_as("supply")
        supply = [drawn] if question.objects is None else [question.objects, drawn]
        if "share_pct" in question.parameters:
            return self._share(question, _reach(supply, shapes, distance))
        doubtful = np.flatnonzero(~_surely_within(shapes, supply, distance))
        asked = Indexed(shapes.geometry[doubtful])
        outside = uncovered(asked, _reach(supply, asked, distance))
        rows = np.flatnonzero(~shapely.is_missing(outside))
        rows = rows[counting(asked, rows, outside[rows], question.tolerance)]
        message = "{gemeten} ligt buiten bereik van deze voorziening."
        return Answer(as_findings(doubtful[rows], outside[rows], message), everyone(question))

    def _share(self, question: Question, reach: Indexed) -> Answer:
        least = float(question.parameters["share_pct"])
        shapes = question.subjects.shapes
        message = "{gemeten} ligt binnen bereik; gevraagd is ten minste {grens}."
        short = shortage(shapes, size_within(shapes, *shared(shapes, reach)), least, message)
        return Answer(short, everyone(question), whole=len(question.subjects) > 0)


def _reach(supply: Sequence[Indexed], subjects: Indexed, distance: float) -> Indexed:
    """What lies within a distance (m) of supply, for as far as that can reach the subjects."""
    near = [np.unique(candidate_pairs(subjects, each, distance)[1]) for each in supply]
    buffers = [each.buffered(rows, distance, BUFFER_SEGMENTS) for each, rows in zip(supply, near, strict=True)]
    return Indexed(np.concatenate(buffers))


def _surely_within(subjects: Indexed, supply: Sequence[Indexed], distance: float) -> NDArray[np.bool_]:
    """Which subjects lie as a whole within a distance (m) of one point of supply: no buffer is needed to see that."""
    within = np.zeros(len(subjects), dtype=bool)
    middle = shapely.centroid(subjects.geometry)
    for each in supply:
        rows, near = each.tree.query_nearest(middle, all_matches=False)
        point = shapely.get_point(shapely.shortest_line(each.geometry[near], middle[rows]), 0)
        within[rows] |= shapely.hausdorff_distance(point, subjects.geometry[rows]) <= _SURELY * distance
    return within
