"""What a share (%) weighs: the indicator that it is a share of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.check.contributions import Contributions
from novex_plugin.core.features.overlay import Rows


def weigh(
    counted: Contributions, kept: NDArray[np.float64], agreement: Agreement
) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """The weight of each contribution to a share: what its feature contributes to the whole in the same year.

    `kept` is the part of each contribution that counts. Nan for contributions that add up by themselves and for shares
    without anything to weigh them by, which the notes name. Two shares of one feature and year halve the weight.
    """
    weight = np.full(len(counted), np.nan)
    notes: list[str] = []
    moment = _moments(counted)
    for indicator in agreement.indicators:
        if indicator.adds != "share":
            continue
        shares, wholes = (np.flatnonzero(counted.indicator == name) for name in (indicator.id, indicator.of))
        amounts = np.bincount(moment[wholes], counted.value[wholes] * kept[wholes], minlength=len(counted))
        times = np.bincount(moment[shares], minlength=len(counted))
        weight[shares] = amounts[moment[shares]] / times[moment[shares]]
        unweighed = shares[~(weight[shares] > 0)]
        weight[unweighed] = np.nan
        told = f"{indicator.of} van dit object en jaar ontbreekt, waarmee {indicator.id} weegt; telt niet mee"
        notes += [f"tabel bijdrage, rij {row}, veld indicator: {told}" for row in counted.row[unweighed].tolist()]
    return weight, tuple(notes)


def _moments(counted: Contributions) -> Rows:
    """A number that contributions of the same feature and year have in common."""
    years = np.unique(np.nan_to_num(counted.year, nan=-1.0), return_inverse=True)[1]
    moments: Rows = np.unique(counted.owner * (len(counted) + 1) + years, return_inverse=True)[1]
    return moments
