"""The contributions of a variant that count, and why the others do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.features.overlay import Rows
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.problems import Mask, absent, repeated
from novex_plugin.core.proposal.read import Proposal
from novex_plugin.core.proposal.schema import FEATURE_TABLES

_TABLE = "bijdrage"
_EARLIEST = 2000
"""No figure of the programmes starts before it: an earlier year is a slip."""
_MOST = 1e15
"""No contribution is larger: sums stay exact to a part of a unit."""
_ROOM = 1.01
"""How much more than its geometry a feature may contribute in area or length: figures are rounded."""


@dataclass(frozen=True)
class Contributions:
    """Contributions as arrays of one length, with what their features say.

    `row` is the fid in the table bijdrage, `owner` the row of the feature in the table of all features, `year` nan
    where nothing tells it, `beyond` whether it lies outside every horizon. `notes` names every contribution that is
    left out or doubtful, with table, row and field.
    """

    id: NDArray[np.object_]
    row: Rows
    feature: NDArray[np.object_]
    owner: Rows
    indicator: NDArray[np.object_]
    value: NDArray[np.float64]
    year: NDArray[np.float64]
    beyond: Mask
    precision: NDArray[np.object_]
    status: NDArray[np.object_]
    notes: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.value)

    def within(self, from_year: int | None, year: int | None) -> Mask:
        """Those that count in a period, both years included; without a last year all from the first one on.

        A contribution without a year counts in every period, one outside every horizon only where no last year is set.
        """
        early = self.year < (-np.inf if from_year is None else from_year)
        late = self.beyond | (self.year > (np.inf if year is None else year))
        counted: Mask = ~early & (~late | (year is None))
        return counted


def all_features(proposal: Proposal) -> FeatureTable:
    """The features of all variants and tables after each other, with the columns that they have in common.

    The column `tabel` names the table that each comes from.
    """
    tables = [proposal.tables[table] for table in FEATURE_TABLES.values()]
    columns = {name: np.concatenate([rows.columns[name] for rows in tables]) for name in tables[0].columns}
    columns["tabel"] = np.concatenate([np.full(len(rows), rows.name, dtype=object) for rows in tables])
    return FeatureTable("voorstel", np.concatenate([rows.geometry for rows in tables]), columns)


def contributions(proposal: Proposal, variant: str, features: FeatureTable) -> Contributions:
    """The contributions of the variant's features that count.

    Those of features that lapse are left out, and so are those with an unknown feature or indicator, or a value or
    unit that the indicator does not have. Raises InputError when there is no such variant.
    """
    proposal.variant(variant)
    rows = proposal.tables[_TABLE]
    notes = RowNotes(rows)
    owner = _owners(rows.columns["kenmerk"], features.columns["id"])
    counts = ~notes.tell(owner < 0, "kenmerk", "er is geen object met kenmerk {}; de bijdrage telt niet mee")
    owner = np.maximum(owner, 0)
    if len(features):
        counts &= features.columns["variant"][owner] == variant
        counts = _without_lapsed(counts, features.columns["rol"][owner], notes)
    counts = _with_known_values(counts, proposal.agreement, rows, notes)
    _tell_doubts(counts, proposal.agreement, rows, features, owner, notes)
    kept = np.flatnonzero(counts)
    return _gathered(rows.take(kept), features, owner[kept], proposal.agreement, notes)


class RowNotes:
    """Gathers what is to be told about rows of one table, in the order of the telling."""

    def __init__(self, rows: FeatureTable) -> None:
        self._rows = rows
        self.lines: list[str] = []

    def tell(self, wrong: Mask, field: str, message: str) -> Mask:
        """Note the rows of the mask; `{}` stands for the value. Gives the mask back."""
        fids, values = self._rows.columns["fid"][wrong], self._rows.columns[field][wrong]
        for fid, value in zip(fids.tolist(), values.tolist(), strict=True):
            said = message.format(repr(value)[:80])
            self.lines.append(f"tabel {self._rows.name}, rij {int(fid)}, veld {field}: {said}")
        return wrong


def _owners(named: NDArray[Any], ids: NDArray[Any]) -> Rows:
    """The feature that each contribution names, as its place in `ids`; -1 where there is none."""
    if not len(ids):
        return np.full(len(named), -1, dtype=np.int64)
    texts = ids.astype(str)
    order = np.argsort(texts, kind="stable")
    found = np.minimum(np.searchsorted(texts[order], named.astype(str)), len(ids) - 1)
    owner = order[found]
    result: Rows = np.where((texts[owner] == named.astype(str)) & ~absent(named), owner, -1)
    return result


def _without_lapsed(counts: Mask, roles: NDArray[Any], notes: RowNotes) -> Mask:
    lapsed: Mask = counts & (roles == "vervalt")
    if lapsed.any():
        notes.lines.append(f"{int(lapsed.sum())} bijdragen van objecten met rol vervalt tellen niet mee")
    return counts & ~lapsed


def _with_known_values(counts: Mask, agreement: Agreement, rows: FeatureTable, notes: RowNotes) -> Mask:
    known = agreement.indicator
    indicators, units = rows.columns["indicator"], rows.columns["eenheid"]
    strange = ~np.isin(indicators.astype(str), list(known))
    counts = counts & ~notes.tell(counts & strange, "indicator", "{} is geen indicator van de afspraken; telt niet mee")
    counts = counts & ~notes.tell(counts & absent(units), "eenheid", "de eenheid ontbreekt; telt niet mee")
    values = numbers(rows.columns["waarde"])
    counts = counts & ~notes.tell(counts & ~np.isfinite(values), "waarde", "{} is geen getal; telt niet mee")
    counts = counts & ~notes.tell(counts & (np.abs(values) > _MOST), "waarde", "{} is te groot; telt niet mee")
    for name in sorted(known):
        own, indicator = counts & (indicators == name), known[name]
        wrong = own & (units != indicator.unit)
        message = f"{{}} is niet de eenheid van {name} ({indicator.unit}); telt niet mee"
        counts = counts & ~notes.tell(wrong, "eenheid", message)
        least = -np.inf if indicator.minimum is None else indicator.minimum
        most = np.inf if indicator.maximum is None else indicator.maximum
        outside = own & ~wrong & ((values < least) | (values > most))
        counts = counts & ~notes.tell(outside, "waarde", f"{{}} kan niet voor {name}; telt niet mee")
    return counts


def numbers(values: NDArray[Any]) -> NDArray[np.float64]:
    """A number column as floats; what is no number (SQLite lets text stand there) becomes nan."""
    if values.dtype.kind in "if":
        return values.astype(np.float64)
    return np.array([value if isinstance(value, int | float) else np.nan for value in values], dtype=np.float64)


def _tell_doubts(
    counts: Mask,
    agreement: Agreement,
    rows: FeatureTable,
    features: FeatureTable,
    owner: Rows,
    notes: RowNotes,
) -> None:
    """Note what counts and may not be meant so."""
    if not counts.any():
        return
    indicators, values = rows.columns["indicator"], numbers(rows.columns["waarde"])
    years = rows.columns["jaar"].astype(str)
    key = np.char.add(np.char.add(rows.columns["kenmerk"].astype(str), indicators.astype(str)), years)
    double = np.zeros(len(rows), dtype=bool)
    double[counts] = repeated(key[counts])
    notes.tell(double, "indicator", "{} staat er voor dit object en jaar al; beide tellen mee")
    existing = counts & (features.columns["rol"][owner] == "bestaand")
    notes.tell(existing, "kenmerk", "het object {} heeft rol bestaand; de bijdrage telt mee")
    units = features.columns["legenda"][owner]
    for unit in agreement.legend:
        strange = counts & (units == unit.code) & ~np.isin(indicators.astype(str), unit.indicators)
        notes.tell(strange, "indicator", f"{{}} hoort niet bij de legenda-eenheid {unit.code}; telt mee")
    measured = sizes_by_adding(features)
    for indicator in agreement.indicators:
        if indicator.adds in measured:
            larger = counts & (indicators == indicator.id) & (values > _ROOM * measured[indicator.adds][owner])
            notes.tell(larger, "waarde", f"{{}} {indicator.unit} is meer dan het getekende object groot is; telt mee")


def sizes_by_adding(features: FeatureTable) -> Mapping[str, NDArray[np.float64]]:
    """What each feature measures for indicators that add up as `area` (ha) and as `length` (km)."""
    return {"area": shapely.area(features.geometry) / 10_000, "length": shapely.length(features.geometry) / 1_000}


def _gathered(
    rows: FeatureTable, features: FeatureTable, owner: Rows, agreement: Agreement, notes: RowNotes
) -> Contributions:
    owners, said, fids = features.take(owner), rows.columns["status"], rows.columns["fid"].astype(np.int64)
    year = _years(rows, owners, notes)
    latest = max(map(int, agreement.codes("horizon")), default=np.inf)
    beyond: Mask = (year < _EARLIEST) | (year > latest)
    for fid, each in zip(fids[beyond].tolist(), year[beyond].tolist(), strict=True):
        told = f"{each:.0f} valt buiten de horizon ({_EARLIEST} tot en met {latest}); telt alleen waar geen jaar geldt"
        notes.lines.append(f"tabel {_TABLE}, rij {fid}, veld jaar: {told}")
    ids = rows.columns["id"].copy()
    unnamed = absent(ids)
    ids[unnamed] = [f"rij {fid}" for fid in fids[unnamed].tolist()]
    return Contributions(
        id=ids,
        row=fids,
        feature=rows.columns["kenmerk"],
        owner=owner,
        indicator=rows.columns["indicator"],
        value=numbers(rows.columns["waarde"]),
        year=year,
        beyond=beyond,
        precision=owners.columns["precisie"],
        status=np.where(absent(said), owners.columns["status"], said),
        notes=tuple(notes.lines),
    )


def _years(rows: FeatureTable, owners: FeatureTable, notes: RowNotes) -> NDArray[np.float64]:
    """The year of each contribution: its own, else the last year of its feature, else the feature's horizon."""
    year = numbers(rows.columns["jaar"])
    strange = np.isnan(year) & ~absent(rows.columns["jaar"])
    kept = RowNotes(rows)
    kept.tell(strange, "jaar", "{} is geen jaar; dat van het object geldt")
    notes.lines += kept.lines
    for field in ("eind_jaar", "horizon"):
        year = np.where(np.isnan(year), numbers(owners.columns[field]), year)
    for fid in rows.columns["fid"][np.isnan(year)].tolist():
        notes.lines.append(f"tabel {_TABLE}, rij {int(fid)}, veld jaar: geen jaar, eindjaar of horizon; telt mee")
    return year
