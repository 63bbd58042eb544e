"""Features that are drawn for an area or a length and contribute to nothing."""

from __future__ import annotations

import math

import numpy as np

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.check.contributions import Contributions, sizes_by_adding
from novex_plugin.core.dutch import quantity
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.problems import Mask

_NAMED = 5


def undeclared(features: FeatureTable, chosen: Mask, counted: Contributions, agreement: Agreement) -> tuple[str, ...]:
    """A note for each legend unit with indicators of area or length of which features have no contribution at all.

    Their size is told and not counted: indicators ask for net areas, or for what becomes of a part of the ground, and
    the whole of a drawn area need not be that.
    """
    measured = sizes_by_adding(features)
    silent = chosen & ~np.isin(features.columns["rol"].astype(str), ["vervalt", "bestaand"])
    silent[counted.owner] = False
    notes = []
    for unit in agreement.legend:
        possible = [name for name in unit.indicators if agreement.indicator[name].adds in measured]
        rows = np.flatnonzero(silent & (features.columns["legenda"] == unit.code))
        if not possible or not len(rows):
            continue
        first = agreement.indicator[possible[0]]
        size = quantity(math.fsum(measured[first.adds][rows].tolist()), first.unit)
        names = sorted(str(each) for each in features.columns["id"][rows].tolist())
        more = f" en nog {len(names) - _NAMED}" if len(names) > _NAMED else ""
        told = f"objecten zonder bijdrage, die nergens voor meetellen: {len(names)}, getekend als samen {size}"
        notes.append(
            f"{unit.code}: {told}; mogelijk zijn {', '.join(unit.indicators)} ({', '.join(names[:_NAMED])}{more})"
        )
    return tuple(notes)
