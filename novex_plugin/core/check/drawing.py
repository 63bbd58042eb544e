"""What is drawn in one variant, as the arrays that rules are put to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.overlay import Geometries, Indexed
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.problems import Mask, Problem, absent
from novex_plugin.core.proposal.read import Proposal, read_proposal
from novex_plugin.core.proposal.schema import FEATURE_TABLES, proposal_layers
from novex_plugin.core.rules.model import SubjectFilter
from novex_plugin.core.rules.question import Subjects

DIMENSIONS = {"voorstel_vlak": 2, "voorstel_lijn": 1, "voorstel_punt": 0}
COLUMNS = ("legenda", "rol", "meervoudig", "trede", "trede_reden")


@dataclass(frozen=True)
class Drawing:
    """All features of a variant, ordered by table and id. `faults` tells what is wrong with a geometry, or None;
    `unfilled` which values a legend unit asks for and does not have."""

    id: str
    variant: str
    province: str
    ijkmoment: int
    tables: NDArray[np.object_]
    ids: NDArray[np.object_]
    geometry: Geometries
    columns: Mapping[str, NDArray[Any]]
    faults: NDArray[np.object_]
    contributions: FeatureTable
    statements: FeatureTable
    explanations: FeatureTable
    digest: str
    unfilled: tuple[str, ...]

    @property
    def sound(self) -> Mask:
        """Which features have a geometry that can be measured."""
        return absent(self.faults)

    def speaks_of(self, subject: SubjectFilter) -> Mask:
        """Which features a rule speaks about: by their legend unit or another unit on the same ground."""
        legend = np.isin(self.columns["legenda"].astype(str), list(subject.units))
        others = self.columns["meervoudig"].astype(str)
        combinations = [
            text for text in np.unique(others).tolist() if {part.strip() for part in text.split(",")} & subject.units
        ]
        roles = np.isin(self.columns["rol"].astype(str), list(subject.roles))
        found: Mask = (legend | np.isin(others, combinations)) & roles
        return found

    def subjects(self, chosen: Mask) -> Subjects:
        """The chosen features as the subjects of a rule."""
        columns = {name: values[chosen] for name, values in self.columns.items()}
        return Subjects(self.ids[chosen], Indexed(self.geometry[chosen]), columns)


def read_drawing(path: Path, variant: str) -> Drawing:
    """Read one variant of a proposal.

    Raises InputError for a file that is no proposal of this version, an absent variant, and the first value that
    departs from the agreement, naming table, row and field. A geometry that cannot be measured stops nothing: it is one
    of the `faults`.
    """
    proposal = read_proposal(path)
    features = proposal.variant(variant)
    unfilled = refuse_problems(proposal, features)
    ordered = [_sorted(features[table]) for table in FEATURE_TABLES.values()]
    ids = np.concatenate([rows.columns["id"] for rows in ordered])
    geometry = np.concatenate([rows.geometry for rows in ordered])
    tables = np.concatenate([np.full(len(rows), rows.name, dtype=object) for rows in ordered])
    others = {
        "contributions": _sorted(_belonging(proposal.tables["bijdrage"], ids, whole=False)),
        "statements": _sorted(proposal.tables["verklaring"].take(_equal(proposal.tables["verklaring"], variant))),
        "explanations": _sorted(_belonging(proposal.tables["motivering"], ids, whole=True)),
    }
    return Drawing(
        id=proposal.id,
        variant=variant,
        province=proposal.province,
        ijkmoment=moment_number(proposal.header["ijkmoment"]) or 1,
        tables=tables,
        ids=ids,
        geometry=geometry,
        columns={name: np.concatenate([rows.columns[name] for rows in ordered]) for name in COLUMNS},
        faults=_faults(tables, geometry),
        digest=_digest(proposal, [*ordered, *others.values()]),
        unfilled=unfilled,
        **others,
    )


def moment_number(text: Any) -> int | None:
    """The number in the label of an ijkmoment (`2`, `ijkmoment 2`), None when there is none."""
    digits = "".join(sign for sign in str(text or "") if sign.isdigit())
    return int(digits[:4]) if digits else None


def refuse_problems(proposal: Proposal, features: Mapping[str, FeatureTable]) -> tuple[str, ...]:
    """Refuse values outside the agreement; other variants and geometries do not count here.

    A value that is merely not filled in yet stops nothing: such problems are given back.
    """
    own = {name: set(rows.columns["fid"].tolist()) for name, rows in features.items()}
    here = [
        problem
        for problem in proposal.problems
        if problem.field != "geom" and (problem.table not in own or problem.row in own[problem.table])
    ]
    wrong = [problem for problem in here if not _unfilled(proposal, problem)]
    if wrong:
        first = wrong[0]
        more = f" (en nog {len(wrong) - 1} afwijkingen)" if len(wrong) > 1 else ""
        raise InputError(
            f"{first.message}{more}.", "Verbeter de waarde.", proposal.path, first.table, first.row, first.field
        )
    return tuple(str(problem) for problem in here)


def _unfilled(proposal: Proposal, problem: Problem) -> bool:
    """Whether a value is absent that the table itself can do without: only its legend unit asks for it."""
    columns = next(layer.columns for layer in proposal_layers(proposal.agreement) if layer.name == problem.table)
    if problem.field in {column.name for column in columns if column.required}:
        return False
    rows = proposal.tables[problem.table]
    return bool(absent(rows.columns[problem.field][rows.columns["fid"] == problem.row]).all())


def _sorted(rows: FeatureTable) -> FeatureTable:
    return rows.take(np.argsort(rows.columns["id"].astype(str), kind="stable"))


def _belonging(rows: FeatureTable, ids: NDArray[np.object_], whole: bool) -> FeatureTable:
    named = rows.columns["kenmerk"].astype(str)
    return rows.take(np.isin(named, ids.astype(str)) | (whole & np.isin(named, ("None", ""))))


def _equal(rows: FeatureTable, variant: str) -> Mask:
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
