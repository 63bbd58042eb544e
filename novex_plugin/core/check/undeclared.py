"""Features that are drawn for an area or length and do not say how much they contribute to it."""

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
    """A note for each indicator of area or length that features of its legend units have no contribution to.

    Their size is told and not counted: indicators ask for net areas, or for what a feature becomes, and the whole of a
    drawn area need not be that.
    """
    measured = sizes_by_adding(features)
    new = chosen & ~np.isin(features.columns["rol"].astype(str), ["vervalt", "bestaand"])
    notes = []
    for indicator in agreement.indicators:
        if indicator.adds not in measured:
            continue
        units = [unit.code for unit in agreement.legend if indicator.id in unit.indicators]
        said = np.zeros(len(features), dtype=bool)
        said[counted.owner[counted.indicator == indicator.id]] = True
        silent = np.flatnonzero(new & np.isin(features.columns["legenda"].astype(str), units) & ~said)
        size = quantity(math.fsum(measured[indicator.adds][silent].tolist()), indicator.unit)
        names = sorted(str(each) for each in features.columns["id"][silent].tolist())
        more = f" en nog {len(names) - _NAMED}" if len(names) > _NAMED else ""
        if names:
            notes.append(
                f"objecten zonder bijdrage aan {indicator.id}, die daarvoor niet meetellen: {len(names)}, getekend als "
                f"samen {size} ({', '.join(names[:_NAMED])}{more})"
            )
    return tuple(notes)
