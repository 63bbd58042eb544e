"""What a mapping would make of a layer, before anything is written: ten rows, and how many fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.files import check_schema
from novex_plugin.core.proposal.import_layer import Judged, judge
from novex_plugin.core.proposal.mapping import mapping_of
from novex_plugin.core.proposal.read import Proposal
from novex_plugin.core.proposal.schema import FEATURE_TABLES

MOST_ROWS = 5_000
"""Rows of a layer that are tried: enough to know it by, few enough to follow every change of the mapping."""

SHOWN_ROWS = 10


@dataclass(frozen=True)
class Holder:
    """The proposal that rows are tried for, which need not be there yet: province (code), variants (codes), and the
    one that rows belong to that name none."""

    province: str
    variants: tuple[str, ...]
    agreement: Agreement
    variant: str

    def proposal(self) -> Proposal:
        """It as `judge` wants it; without tables."""
        return Proposal(Path(), "", "", self.province, self.agreement, self.variants, {}, ())


@dataclass(frozen=True)
class TrialRow:
    """A row of the layer: `number` counts from 1, `values` are those that it gets by field, `reason` why it is refused
    (empty when it fits)."""

    number: int
    values: Mapping[str, str]
    reason: str


@dataclass(frozen=True)
class Trial:
    """How the rows of a layer fare. `tried` of them were looked at; `reasons` are the most frequent ones with their
    numbers; `rows` are shown, those that are refused first."""

    tried: int
    fits: int
    mended: int
    rows: tuple[TrialRow, ...]
    reasons: tuple[tuple[str, int], ...]
    judged: Judged

    def tables(self) -> dict[str, FeatureTable]:
        """The rows that fit, by the table that they go to, with `legenda` and `rol`."""
        good = self.judged.reasons.good
        columns = {name: self.judged.columns[name] for name in ("legenda", "rol")}
        return {
            table: FeatureTable(table, self.judged.geometry, columns).take(good & (self.judged.types == kind))
            for kind, table in FEATURE_TABLES.items()
        }


def tried(table: FeatureTable, content: Mapping[str, Any], holder: Holder, name: str) -> Trial:
    """Try a mapping on rows of a layer (EPSG:28992). Raises InputError for a mapping that cannot be used."""
    check_schema(dict(content), "mapping", name)
    mapping = mapping_of(content, holder.agreement, Path(name))
    judged = judge(table, mapping, holder.proposal())
    good, texts = judged.reasons.good, judged.reasons.texts
    order = np.argsort(good, kind="stable")[:SHOWN_ROWS]
    counts = Counter(part for text in texts[~good].tolist() for part in text.split("; "))
    return Trial(
        tried=len(table),
        fits=int(good.sum()),
        mended=judged.mended,
        rows=tuple(_row(judged, int(place), texts) for place in order),
        reasons=tuple(counts.most_common(5)),
        judged=judged,
    )


def _row(judged: Judged, place: int, texts: NDArray[np.object_]) -> TrialRow:
    values = {name: "" if column[place] is None else str(column[place]) for name, column in judged.columns.items()}
    return TrialRow(place + 1, values, str(texts[place]))
