"""The ledger of a balance: what every contribution adds in every place, and the totals of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.check.contributions import Contributions
from novex_plugin.core.check.sharing import Shares
from novex_plugin.core.features.overlay import Rows

Number = int | float

_DECIMALS = 9


@dataclass(frozen=True)
class Part:
    """What one contribution of a feature adds to a total; `share` (0 to 1) of the feature lies in the place.

    `value` is the share's amount in the unit of the indicator. Of an indicator that is a share itself `value` is the
    percentage, and `weight` what it weighs here.
    """

    feature: str
    contribution: str
    value: Number
    share: Number
    weight: Number | None


@dataclass(frozen=True)
class Total:
    """All that is drawn for an indicator in a place, up to and including `year` (None: all years).

    `drawn` is the sum of the values of the parts; of a share the mean of them, weighed, and None where nothing weighs.
    """

    indicator: str
    definition: str
    unit: str
    adds: str
    place: str
    place_code: str
    place_kind: str
    year: int | None
    drawn: Number | None
    by_status: Mapping[str, Number | None]
    by_precision: Mapping[str, Number | None]
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Ledger:
    """Entries as arrays of one length: the contribution, the place, the share of the feature there, and the amount.

    The amount stands in the unit of the indicator; of a share (%) it is the weight.
    """

    counted: Contributions
    shares: Shares
    agreement: Agreement
    contribution: Rows
    place: Rows
    share: NDArray[np.float64]
    amount: NDArray[np.float64]

    @cached_property
    def _slices(self) -> tuple[Rows, Rows]:
        """The entries by place, indicator, feature and contribution, and the sorted key of the first two."""
        texts = (self.counted.id.astype(str), self.counted.feature.astype(str))
        order = np.lexsort((*(each[self.contribution] for each in texts), self._key()))
        return order, self._key()[order]

    def _key(self) -> Rows:
        return self.place * len(self.agreement.indicators) + self._indicators[self.contribution]

    @cached_property
    def _indicators(self) -> Rows:
        numbers = {indicator.id: number for number, indicator in enumerate(self.agreement.indicators)}
        return np.array([numbers[name] for name in self.counted.indicator.tolist()], dtype=np.int64)

    def entries(self, indicator: str, place: str, from_year: int | None = None, year: int | None = None) -> Rows:
        """The entries of an indicator in a place and a period, ordered by feature and contribution."""
        names = [each.id for each in self.agreement.indicators]
        at = next(number for number, each in enumerate(self.shares.places) if each.code == place)
        order, keys = self._slices
        start, end = np.searchsorted(keys, at * len(names) + names.index(indicator) + np.array([0, 1]))
        rows = order[start:end]
        chosen: Rows = rows[self.counted.within(from_year, year)[self.contribution[rows]]]
        return chosen

    def drawn(self, entries: Rows, indicator: str) -> Number | None:
        """The total of entries of one indicator: a sum, or of a share the weighed mean."""
        amount = self.amount[entries]
        if self.agreement.indicator[indicator].adds != "share":
            return as_number(math.fsum(amount.tolist()))
        whole = math.fsum(amount.tolist())
        value = self.counted.value[self.contribution[entries]]
        return as_number(math.fsum((amount * value).tolist()) / whole) if whole > 0 else None

    def features(self, entries: Rows) -> tuple[str, ...]:
        """The ids of the features that entries come from."""
        return tuple(sorted({str(each) for each in self.counted.feature[self.contribution[entries]].tolist()}))

    def split(self, entries: Rows, values: NDArray[np.object_], codes: Sequence[str]) -> dict[str, Rows]:
        """Entries by what their contributions say, for each code."""
        said = values[self.contribution[entries]]
        return {code: entries[said == code] for code in codes}

    def totals(self, own: Sequence[str]) -> tuple[Total, ...]:
        """The total of every indicator for each of its years and for all years together, in every place.

        Places are those of `own`, which are there also when nothing is drawn in them, and those with a contribution.
        """
        used = {self.shares.places[number].code for number in np.unique(self.place).tolist()}
        places = [place.code for place in self.shares.places if place.code in used.union(own)]
        return tuple(
            self._total(indicator.id, place, year)
            for place in places
            for indicator in self.agreement.indicators
            for year in (*indicator.years, None)
        )

    def _total(self, name: str, place_code: str, year: int | None) -> Total:
        indicator = self.agreement.indicator[name]
        place = next(each for each in self.shares.places if each.code == place_code)
        entries = self.entries(name, place_code, None, year)
        status = self.split(entries, self.counted.status, self.agreement.codes("status"))
        precision = self.split(entries, self.counted.precision, self.agreement.codes("precisie"))
        return Total(
            indicator=name,
            definition=indicator.definition.nl,
            unit=indicator.unit,
            adds=indicator.adds,
            place=place.name,
            place_code=place.code,
            place_kind=place.kind,
            year=year,
            drawn=self.drawn(entries, name),
            by_status={code: self.drawn(rows, name) for code, rows in status.items()},
            by_precision={code: self.drawn(rows, name) for code, rows in precision.items()},
            parts=self._parts(entries, indicator.adds == "share"),
        )

    def _parts(self, entries: Rows, weighed: bool) -> tuple[Part, ...]:
        of = self.contribution[entries]
        amount = self.amount[entries].tolist()
        columns = (
            self.counted.feature[of].astype(str).tolist(),
            self.counted.id[of].astype(str).tolist(),
            self.counted.value[of].tolist() if weighed else amount,
            self.share[entries].tolist(),
            amount,
        )
        return tuple(
            Part(feature, contribution, as_number(value), as_number(share), as_number(weight) if weighed else None)
            for feature, contribution, value, share, weight in zip(*columns, strict=True)
        )


def ledger(
    counted: Contributions,
    kept: NDArray[np.float64],
    weight: NDArray[np.float64],
    shares: Shares,
    agreement: Agreement,
) -> Ledger:
    """Enter every contribution in each place that its feature lies in.

    `kept` is the part of each contribution that counts; `weight` that of shares (%), nan for what adds up by itself. A
    share without a weight, and what is claimed by others altogether, is not entered.
    """
    adds = np.array([agreement.indicator[name].adds == "share" for name in counted.indicator.tolist()], dtype=bool)
    enters = np.where(adds, np.isfinite(weight), kept > 0)
    amount = np.where(adds, weight, counted.value * kept)
    parts = shares.parts
    order = np.argsort(parts.feature, kind="stable")
    rows = np.flatnonzero(enters)
    start, end = (np.searchsorted(parts.feature[order], counted.owner[rows], side) for side in ("left", "right"))
    contribution = np.repeat(rows, end - start)
    within = np.arange(len(contribution)) - np.repeat(np.cumsum(end - start) - (end - start), end - start)
    part = order[np.repeat(start, end - start) + within]
    share = parts.share[part]
    return Ledger(counted, shares, agreement, contribution, parts.place[part], share, amount[contribution] * share)


def as_number(value: float) -> Number:
    """A figure as it is written down: whole where it is whole, otherwise to nine decimals."""
    rounded = round(float(value), _DECIMALS)
    return int(rounded) if rounded.is_integer() else rounded
