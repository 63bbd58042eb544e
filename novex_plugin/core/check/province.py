"""Features that do not lie in the province of their proposal: named, and judged like the others."""

from __future__ import annotations

import numpy as np
import shapely

from novex_plugin.core.check.drawing import Drawing
from novex_plugin.core.check.objects import Objects
from novex_plugin.core.dutch import quantity
from novex_plugin.core.features.overlay import Indexed, sizes, uncovered

TERRITORY = "provinciegebied"
"""The slot that the territory of the own province is bound to."""

_SLIVER = 0.001
"""Share of a feature that may lie outside: borders are generalised."""


def outside_province(drawing: Drawing, objects: Objects) -> tuple[str, ...]:
    """The features that lie outside the territory, with table, row and how much of them; none when it is not bound."""
    if objects.missing(TERRITORY) is not None:
        return ()
    chosen = np.flatnonzero(drawing.sound)
    shapes = Indexed(drawing.geometry[chosen])
    outside = uncovered(shapes, objects.of_slots((TERRITORY,)))
    whole = sizes(shapes.geometry)
    share = np.divide(sizes(outside), whole, out=np.zeros(len(chosen)), where=whole > 0)
    return tuple(
        f"tabel {drawing.tables[chosen[row]]}, rij {drawing.fids[chosen[row]]}, veld geom: ligt voor "
        f"{quantity(100.0 * share[row], '%')} buiten {drawing.province}; teken het object binnen de provincie"
        for row in np.flatnonzero(~shapely.is_missing(outside) & (share > _SLIVER)).tolist()
    )
