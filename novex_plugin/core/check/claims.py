"""Two features that claim the same contribution on the same ground: it counts once, and is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.check.contributions import Contributions
from novex_plugin.core.check.ledger import Number, as_number
from novex_plugin.core.check.sound_geometry import sound
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.overlay import Geometries, Indexed, Rows, dissolved
from novex_plugin.core.features.self_overlay import PAIRS_MAXIMUM, TooManyPairsError, self_overlaps
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.problems import Mask
from novex_plugin.core.proposal.schema import FEATURE_TABLES

SLIVER_M2 = 1.0
SLIVER_SHARE = 1e-6
"""Shared ground that is not larger than both is a border that was drawn twice, as in the rules."""


@dataclass(frozen=True)
class Claim:
    """A contribution that another feature makes already on the same ground.

    `features` are those that keep their claim, then the one whose `contribution` is reduced; `year` None: none is
    told. `area_ha` is the shared ground (0 for lines and points), and `counted` and `left_out` together are the value
    of the contribution.
    """

    indicator: str
    unit: str
    year: int | None
    features: tuple[str, ...]
    contribution: str
    area_ha: float
    counted: Number
    left_out: Number


@dataclass(frozen=True)
class Claims:
    """`kept`: which part of each contribution counts, 0 to 1."""

    kept: NDArray[np.float64]
    doubled: tuple[Claim, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Pairs:
    """Contributions to the same indicator by two features on the same ground; `shared` is that ground or None."""

    keeper: Rows
    reduced: Rows
    shared: Geometries

    def take(self, rows: NDArray[Any]) -> _Pairs:
        return _Pairs(self.keeper[rows], self.reduced[rows], self.shared[rows])


def settle_claims(counted: Contributions, features: FeatureTable, agreement: Agreement) -> Claims:
    """Count what several features claim on the same ground once, for each indicator and year.

    The claim of the feature with the higher status keeps it, then that with the higher precision, then the lower id;
    the value of the other goes down by the share of its area that is claimed already. Lines and points claim the same
    only where they are the same. Shares (%) follow the contribution that weighs them.
    """
    adds = {name: indicator.adds for name, indicator in agreement.indicator.items()}
    summed = np.array([adds[name] != "share" for name in counted.indicator.tolist()], dtype=bool)
    claiming = np.flatnonzero(summed & (counted.value > 0))
    geometry = sound(features.geometry)
    rank = _ranks(counted, agreement)
    areas = claiming[shapely.get_dimensions(geometry[counted.owner[claiming]]) == 2]
    on_ground = _on_shared_ground(areas, counted, geometry, rank)
    same_year = _same(counted.year[on_ground.keeper], counted.year[on_ground.reduced])
    doubles = on_ground.take(same_year)
    alike = _alike(np.setdiff1d(claiming, areas), counted, geometry, rank)
    kept = np.ones(len(counted))
    rows, taken = dissolved(doubles.reduced, doubles.shared)
    shared = np.zeros(len(counted))
    shared[rows] = shapely.area(taken)
    whole = shapely.area(geometry[counted.owner[rows]])
    kept[rows] = np.clip(1 - shared[rows] / whole, 0, 1)
    kept[alike.reduced] = 0.0
    pairs = _Pairs(*(np.concatenate(each) for each in zip(_arrays(doubles), _arrays(alike), strict=True)))
    return Claims(
        kept, _told(pairs, shared, kept, counted, rank, agreement), _years_apart(on_ground.take(~same_year), counted)
    )


def _ranks(counted: Contributions, agreement: Agreement) -> Rows:
    """The place of each contribution in the order in which claims are honoured."""
    status = _places(counted.status, agreement.codes("status"))
    precision = _places(counted.precision, agreement.codes("precisie"))
    order = np.lexsort((counted.id.astype(str), counted.feature.astype(str), -precision, -status))
    rank = np.empty(len(counted), dtype=np.int64)
    rank[order] = np.arange(len(counted))
    return rank


def _places(values: NDArray[Any], codes: Sequence[str]) -> Rows:
    known = {code: number for number, code in enumerate(codes)}
    return np.array([known.get(value, -1) for value in values.tolist()], dtype=np.int64)


def _same(left: NDArray[np.float64], right: NDArray[np.float64]) -> Mask:
    same: Mask = (left == right) | (np.isnan(left) & np.isnan(right))
    return same


def _on_shared_ground(claiming: Rows, counted: Contributions, geometry: Geometries, rank: Rows) -> _Pairs:
    """Contributions of areas that overlap by more than a sliver, to the same indicator."""
    drawn, owner = np.unique(counted.owner[claiming], return_inverse=True)
    try:
        found = self_overlaps(Indexed(geometry[drawn]))
    except TooManyPairsError as error:
        raise InputError(
            f"meer dan {PAIRS_MAXIMUM} paren objecten liggen op elkaar: te veel om dubbele bijdragen te vinden.",
            "Haal dubbele objecten weg.",
            table=FEATURE_TABLES["vlak"],
        ) from error
    size, whole = shapely.area(found.geometry), shapely.area(geometry[drawn])
    least = np.minimum(whole[found.first], whole[found.second])
    real = np.flatnonzero((size > SLIVER_M2) & (size > SLIVER_SHARE * least))
    one, other, pair = _joined(found.first[real], found.second[real], owner, counted.indicator[claiming])
    one, other = claiming[one], claiming[other]
    swap = rank[one] > rank[other]
    return _Pairs(np.where(swap, other, one), np.where(swap, one, other), found.geometry[real][pair])


def _joined(first: Rows, second: Rows, owner: Rows, kind: NDArray[Any]) -> tuple[Rows, Rows, Rows]:
    """For each pair of owners the pairs of their rows of the same kind: row, row, and number of the pair of owners."""
    kinds = np.unique(kind.astype(str), return_inverse=True)[1]
    several = int(kinds.max(initial=0)) + 1
    key = owner * several + kinds
    by_key, by_owner = np.argsort(key, kind="stable"), np.argsort(owner, kind="stable")
    one, pair = _expanded(owner[by_owner], first, by_owner)
    other, place = _expanded(key[by_key], second[pair] * several + kinds[one], by_key)
    return one[place], other, pair[place]


def _expanded(keys: Rows, wanted: Rows, rows: Rows) -> tuple[Rows, Rows]:
    """All rows whose key (sorted) is wanted, with the number of the wanting one."""
    start, end = np.searchsorted(keys, wanted, "left"), np.searchsorted(keys, wanted, "right")
    count = end - start
    asking = np.repeat(np.arange(len(wanted)), count)
    within = np.arange(len(asking)) - np.repeat(np.cumsum(count) - count, count)
    return rows[np.repeat(start, count) + within], asking


def _alike(claiming: Rows, counted: Contributions, geometry: Geometries, rank: Rows) -> _Pairs:
    """Contributions of lines and points that are the same, to the same indicator in the same year."""
    chosen = claiming[~shapely.is_empty(geometry[counted.owner[claiming]])]
    chosen = chosen[~shapely.is_missing(geometry[counted.owner[chosen]])]
    drawn = shapely.to_wkb(shapely.normalize(geometry[counted.owner[chosen]]), include_srid=False)
    labels = (drawn, counted.indicator[chosen].astype(str), np.nan_to_num(counted.year[chosen], nan=-1.0))
    group = np.zeros(len(chosen), dtype=np.int64)
    for each in labels:
        codes = np.unique(each, return_inverse=True)[1]
        group = np.unique(group * (int(codes.max(initial=0)) + 1) + codes, return_inverse=True)[1]
    order = np.lexsort((rank[chosen], group))
    _, first = np.unique(group[order], return_index=True)
    keeper = chosen[order][first][group[order]]
    others = counted.owner[keeper] != counted.owner[chosen[order]]
    reduced = chosen[order][others]
    return _Pairs(keeper[others], reduced, np.full(len(reduced), None, dtype=object))


def _arrays(pairs: _Pairs) -> tuple[Rows, Rows, Geometries]:
    return pairs.keeper, pairs.reduced, pairs.shared


def _told(
    pairs: _Pairs,
    shared: NDArray[np.float64],
    kept: NDArray[np.float64],
    counted: Contributions,
    rank: Rows,
    agreement: Agreement,
) -> tuple[Claim, ...]:
    """A row for each contribution that is reduced, ordered by indicator, year and rank."""
    order = np.lexsort((rank[pairs.keeper], pairs.reduced))
    rows, start = np.unique(pairs.reduced[order], return_index=True)
    keepers = np.split(pairs.keeper[order], start[1:])[: len(rows)]  # of nothing it makes one piece
    claims = {
        int(row): Claim(
            indicator=str(counted.indicator[row]),
            unit=agreement.indicator[str(counted.indicator[row])].unit,
            year=int(counted.year[row]) if np.isfinite(counted.year[row]) else None,
            features=(*dict.fromkeys(map(str, counted.feature[keeping].tolist())), str(counted.feature[row])),
            contribution=str(counted.id[row]),
            area_ha=round(float(shared[row]) / 10_000, 4),
            counted=as_number(counted.value[row] * kept[row]),
            left_out=as_number(counted.value[row] * (1 - kept[row])),
        )
        for row, keeping in zip(rows.tolist(), keepers, strict=True)
    }
    told = np.lexsort((rank[rows], np.nan_to_num(counted.year[rows]), counted.indicator[rows].astype(str)))
    return tuple(claims[row] for row in rows[told].tolist())


def _years_apart(pairs: _Pairs, counted: Contributions) -> tuple[str, ...]:
    """That the same ground is claimed for different years: a phasing, or a slip."""
    if not len(pairs.keeper):
        return ()
    names = sorted(
        f"{counted.indicator[one]}: {' en '.join(sorted((str(counted.feature[one]), str(counted.feature[other]))))}"
        for one, other in zip(pairs.keeper.tolist(), pairs.reduced.tolist(), strict=True)
    )
    told = f"{len(names)} keer tellen twee objecten op dezelfde grond mee voor dezelfde indicator, in verschillende"
    return (f"{told} jaren; de eerste: {names[0]}",)
