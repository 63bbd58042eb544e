"""Level of water or ground."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

import numpy as np
import shapely

from novex_plugin.core.dutch import quantity
from novex_plugin.core.features.overlay import shared, uncovered
from novex_plugin.core.rules.kinds.parts import as_findings, counting, everyone
from novex_plugin.core.rules.model import NIET_TOETSBAAR
from novex_plugin.core.rules.question import Answer, Kind, Question, joined

_ROUNDING_CM = 0.001
"""Levels are held against a limit to a hundredth of a millimetre: a raster does not hold 0.29 m more exactly."""


class Level(Kind):
    """Only where a level (cm) is high and low enough: the part of a subject where it is not is a finding.

    The object is a raster, or polygons with a value. A subject without any level under it cannot be judged.
    """

    NAME = "level"
    LABEL = "peil binnen grenzen"
    UNITS: ClassVar[dict[str, str]] = {"minimum_cm": "cm", "maximum_cm": "cm"}
    LEVELS = True

    def lacking(self, names: Collection[str], slots: Sequence[str]) -> tuple[str, ...] | None:
        """A lowest or a highest level."""
        return None if set(names) & {"minimum_cm", "maximum_cm"} else ("minimum_cm", "maximum_cm")

    def measure(self, question: Question) -> Answer:
        """Measure the part where the level is too low or too high."""
        if question.levels is None:
            raise ValueError(f"{question.rule.id} needs levels")
        least, most = (question.parameters.get(name) for name in ("minimum_cm", "maximum_cm"))
        shapes = question.subjects.shapes
        rows, parts = shared(shapes, question.levels.outside(*_beyond_rounding(least, most)))
        counts = counting(shapes, rows, parts, question.tolerance)
        limits = [f"ten minste {quantity(least, 'cm')}"] if least is not None else []
        limits += [f"ten hoogste {quantity(most, 'cm')}"] if most is not None else []
        message = f"{{gemeten}} ligt waar het peil niet past; gevraagd is {' en '.join(limits)}."
        without = uncovered(shapes, question.levels.known())
        bare = np.flatnonzero(~shapely.is_missing(without))
        bare = bare[counting(shapes, bare, without[bare], question.tolerance)]
        unknown = as_findings(bare, without[bare], "Van {gemeten} is geen peil bekend.", NIET_TOETSBAAR)
        return Answer(joined(as_findings(rows[counts], parts[counts], message), unknown), everyone(question))


def _beyond_rounding(least: float | None, most: float | None) -> tuple[float | None, float | None]:
    low = None if least is None else float(least) - _ROUNDING_CM
    return low, None if most is None else float(most) + _ROUNDING_CM
