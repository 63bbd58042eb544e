"""What is drawn in one variant, as the arrays that rules are put to."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.check.departures import as_numbers, departures, doubtful_years, wrong_units
from novex_plugin.core.features.overlay import Geometries, Indexed
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.problems import Mask, absent
from novex_plugin.core.proposal.read import Proposal, read_proposal
from novex_plugin.core.proposal.schema import FEATURE_TABLES
from novex_plugin.core.rules.model import Range, SubjectFilter
from novex_plugin.core.rules.question import DRAWN_FIELDS, Subjects, significant

Features = Mapping[str, FeatureTable]
"""Rows of each feature table, by its name."""

DIMENSIONS = {"voorstel_vlak": 2, "voorstel_lijn": 1, "voorstel_punt": 0}
NUMBERS = ("start_jaar", "eind_jaar", "horizon", "trede")


@dataclass(frozen=True)
class Drawing:
    """All features of a variant, ordered by table and id, with the columns that rules may read. `faults` tells what is
    wrong with a geometry, or None; `departures` which values depart from the agreement, so that no rule reads them as
    they were meant; `unfilled` which values a legend unit asks for and does not have."""

    id: str
    variant: str
    province: str
    ijkmoment: int
    tables: NDArray[np.object_]
    fids: NDArray[np.int64]
    ids: NDArray[np.object_]
    geometry: Geometries
    columns: Mapping[str, NDArray[Any]]
    faults: NDArray[np.object_]
    contributions: FeatureTable
    statements: FeatureTable
    explanations: FeatureTable
    digest: str
    departures: tuple[str, ...]
    unfilled: tuple[str, ...]
    _texts: dict[str, tuple[NDArray[np.str_], NDArray[np.int64]]] = field(default_factory=dict, compare=False)

    @cached_property
    def sound(self) -> Mask:
        """Which features have a geometry that can be measured."""
        return absent(self.faults)

    def speaks_of(self, subject: SubjectFilter) -> Mask:
        """Which features a rule speaks about: by their legend unit or another unit on the same ground."""
        codes = self._coded("meervoudig")[0].tolist()
        combinations = [text for text in codes if {part.strip() for part in text.split(",")} & subject.units]
        found = self.has("legenda", subject.units) | self.has("meervoudig", combinations)
        found &= self.has("rol", subject.roles)
        if subject.statuses:
            found &= self.has("status", subject.statuses)
        if subject.precisions:
            found &= self.has("precisie", subject.precisions)
        if subject.size_ha is not None:
            hectares = significant(shapely.area(self.geometry) / 1e4)
            found &= _within(hectares, hectares, subject.size_ha)
            found &= shapely.get_dimensions(self.geometry) == 2
        if subject.years is not None:
            first, last = self.columns["start_jaar"], self.columns["eind_jaar"]
            last = np.where(np.isnan(last), np.fmax(first, self.columns["horizon"]), last)
            found &= _within(first, last, subject.years)
        return found

    def has(self, column: str, values: Collection[str]) -> Mask:
        """Which features have one of these values in a column."""
        codes, place = self._coded(column)
        found: Mask = np.array([code in values for code in codes.tolist()], dtype=bool)[place]
        return found

    def _coded(self, column: str) -> tuple[NDArray[np.str_], NDArray[np.int64]]:
        """The distinct texts of a column and the place of each feature among them: hundreds of rules ask for them."""
        if column not in self._texts:
            self._texts[column] = np.unique(self.columns[column].astype(str), return_inverse=True)
        return self._texts[column]

    @cached_property
    def staying(self) -> Subjects:
        """All that is drawn, can be measured and does not lapse."""
        return self.subjects(self.sound & ~self.has("rol", ("vervalt",)))

    def subjects(self, chosen: Mask) -> Subjects:
        """The chosen features as the subjects of a rule."""
        columns = {name: values[chosen] for name, values in self.columns.items()}
        return Subjects(self.ids[chosen], Indexed(self.geometry[chosen]), columns)


def read_drawing(path: Path, variant: str) -> Drawing:
    """Read one variant of a proposal.

    Raises InputError for a file that is no proposal of this version, and an absent variant. Nothing else stops: a value
    that departs from the agreement is one of the `departures` (a contribution with one does not count), a geometry that
    cannot be measured one of the `faults`.
    """
    return drawing_of(read_proposal(path), variant)


def drawing_of(proposal: Proposal, variant: str) -> Drawing:
    """As `read_drawing`, of a proposal in memory."""
    features = proposal.variant(variant)
    found = departures(proposal, features)
    contributions = in_order(_belonging(proposal.tables["bijdrage"], every_id(features), whole=False))
    units = wrong_units(contributions, units_of_indicators(proposal))
    unusable = np.concatenate([found.rows("bijdrage"), np.array([each.row for each in units], dtype=np.int64)])
    years = [problem for rows in features.values() for problem in doubtful_years(rows)]
    ordered = [in_order(features[table]) for table in FEATURE_TABLES.values()]
    ids = np.concatenate([rows.columns["id"] for rows in ordered])
    rows = Rows(
        features=ordered,
        contributions=contributions.take(~np.isin(contributions.columns["fid"], unusable)),
        statements=in_order(proposal.tables["verklaring"].take(of_variant(proposal.tables["verklaring"], variant))),
        explanations=in_order(_not_of_others(proposal, ids)),
    )
    return assembled(
        Drawing,
        proposal,
        variant,
        rows,
        digest=_digest(proposal, [*ordered, rows.contributions, rows.statements, rows.explanations]),
        departures=tuple(str(each) for each in (*found.wrong, *units, *years)),
        unfilled=tuple(str(each) for each in found.unfilled),
    )


@dataclass(frozen=True)
class Rows:
    """The rows of a drawing: the feature tables, and what is said about features."""

    features: list[FeatureTable]
    contributions: FeatureTable
    statements: FeatureTable
    explanations: FeatureTable


Some = TypeVar("Some", bound=Drawing)


def assembled(
    made: type[Some],
    proposal: Proposal,
    variant: str,
    rows: Rows,
    digest: str = "",
    departures: tuple[str, ...] = (),
    unfilled: tuple[str, ...] = (),
) -> Some:
    """A drawing of these rows, the features in the order of their tables."""
    features = rows.features
    geometry = np.concatenate([each.geometry for each in features])
    tables = np.concatenate([np.full(len(each), each.name, dtype=object) for each in features])
    return made(
        id=proposal.id,
        variant=variant,
        province=proposal.province,
        ijkmoment=ijkmoment_of(proposal),
        tables=tables,
        fids=np.concatenate([each.columns["fid"] for each in features]).astype(np.int64),
        ids=np.concatenate([each.columns["id"] for each in features]),
        geometry=geometry,
        columns={name: _column(features, name) for name in DRAWN_FIELDS},
        faults=_faults(tables, geometry),
        digest=digest,
        departures=departures,
        unfilled=unfilled,
        contributions=rows.contributions,
        statements=rows.statements,
        explanations=rows.explanations,
    )


def units_of_indicators(proposal: Proposal) -> dict[str, str]:
    """The unit of each indicator of the agreement."""
    return {each.id: each.unit for each in proposal.agreement.indicators}


def ijkmoment_of(proposal: Proposal) -> int:
    """The number of the ijkmoment that a proposal is for; the first where it says none."""
    return moment_number(proposal.header["ijkmoment"]) or 1


def moment_number(text: Any) -> int | None:
    """The number in the label of an ijkmoment (`2`, `ijkmoment 2`), None when there is none."""
    digits = "".join(sign for sign in str(text or "") if sign.isdigit())
    return int(digits[:4]) if digits else None


def every_id(features: Features) -> NDArray[np.object_]:
    """The ids of all features of these tables."""
    return np.concatenate([rows.columns["id"] for rows in features.values()])


def _column(ordered: list[FeatureTable], name: str) -> NDArray[Any]:
    values = np.concatenate([rows.columns[name] for rows in ordered])
    return as_numbers(values) if name in NUMBERS else values


def _within(first: NDArray[np.float64], last: NDArray[np.float64], wanted: Range) -> Mask:
    """Whether something from `first` to `last` touches a range; nan is not known and counts."""
    least = -np.inf if wanted.least is None else wanted.least
    most = np.inf if wanted.most is None else wanted.most
    touches: Mask = ~(last < least) & ~(first > most)
    return touches


def in_order(rows: FeatureTable) -> FeatureTable:
    """The rows by id: whatever the order in the file, a drawing is the same."""
    return rows.take(np.argsort(rows.columns["id"].astype(str), kind="stable"))


def _belonging(rows: FeatureTable, ids: NDArray[np.object_], whole: bool) -> FeatureTable:
    named = rows.columns["kenmerk"].astype(str)
    return rows.take(np.isin(named, ids.astype(str)) | (whole & np.isin(named, ("None", ""))))


def _not_of_others(proposal: Proposal, ids: NDArray[np.object_]) -> FeatureTable:
    """The explanations but those of other variants' features; one of a feature that does not exist is to be told of."""
    rows, features = proposal.tables["motivering"], {name: proposal.tables[name] for name in FEATURE_TABLES.values()}
    others = np.setdiff1d(every_id(features).astype(str), ids.astype(str))
    return rows.take(~np.isin(rows.columns["kenmerk"].astype(str), others))


def of_variant(rows: FeatureTable, variant: str) -> Mask:
    """Which rows are of a variant."""
    equal: Mask = rows.columns["variant"].astype(str) == variant
    return equal


def _faults(tables: NDArray[np.object_], geometry: Geometries) -> NDArray[np.object_]:
    faults = np.full(len(geometry), None, dtype=object)
    wanted = np.array([DIMENSIONS[table] for table in tables.tolist()], dtype=np.int64)
    invalid = ~shapely.is_valid(geometry) & ~shapely.is_missing(geometry)
    faults[invalid] = "de geometrie is ongeldig: " + shapely.is_valid_reason(geometry[invalid])
    faults[shapely.get_dimensions(geometry) != wanted] = "de geometrie past niet bij de tabel"
    faults[shapely.is_missing(geometry) | shapely.is_empty(geometry)] = "de geometrie is leeg"
    return faults


def _digest(proposal: Proposal, tables: list[FeatureTable]) -> str:
    """Digest of all that a check reads, whatever the order of rows and whatever else the file holds."""
    digest = hashlib.sha256()
    header = [proposal.id, proposal.province, proposal.header["ijkmoment"], proposal.agreement.digest]
    digest.update(ascii(header).encode())
    for rows in tables:
        names = sorted(set(rows.columns) - {"fid"})
        digest.update(ascii([rows.name, names, [rows.columns[name].tolist() for name in names]]).encode())
        wkbs = shapely.to_wkb(rows.geometry, byte_order=1)
        digest.update(b"".join(wkb or b"" for wkb in wkbs.tolist()))
    return f"sha256:{digest.hexdigest()}"
