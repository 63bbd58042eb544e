"""A proposal as it is on the screen: what its file holds with the edits laid over it that are not saved yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, overload

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import Layer
from novex_plugin.core.features.table import FeatureTable, multi
from novex_plugin.core.proposal.problems import Problem, absent, problems_of, refuse_bytes
from novex_plugin.core.proposal.read import Proposal, checked_header, proposal_of
from novex_plugin.core.proposal.schema import FEATURE_TABLES, proposal_layers

_WHOLE_NUMBERS = ("INTEGER", "BOOLEAN")

_ABOUT_FEATURES = dict.fromkeys(FEATURE_TABLES.values(), "id") | dict.fromkeys(
    ("bijdrage", "verklaring", "motivering"), "kenmerk"
)
_ABOUT_ALL = ("voorstel", "variant")


def _nothing() -> NDArray[np.int64]:
    return np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class TableEdits:
    """What was done to one table since it was saved: `deleted` fids, and whole rows that were `changed` or `added`.

    Both have a column `fid`; that of an added row is temporary and occurs in the table only once (QGIS counts down
    from -1). Columns that changed rows leave out keep their saved values, those of added rows have none; columns that
    the table does not have are left aside. Absent is None, in columns of numbers nan as well. Geometries are shapely's
    (EPSG:28992); single parts become multiparts and heights are dropped, as saving does.
    """

    deleted: NDArray[np.int64] = field(default_factory=_nothing)
    changed: FeatureTable | None = None
    added: FeatureTable | None = None


class LateProblems(Sequence[Problem]):
    """The problems of tables, looked for when somebody asks: while one draws, hardly anybody does."""

    def __init__(self, tables: Mapping[str, FeatureTable], agreement: Agreement) -> None:
        self._tables = tables
        self._agreement = agreement

    @cached_property
    def _found(self) -> tuple[Problem, ...]:
        return tuple(problems_of(self._tables, self._agreement))

    @overload
    def __getitem__(self, place: int) -> Problem: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Problem]: ...

    def __getitem__(self, place: int | slice) -> Problem | Sequence[Problem]:
        return self._found[place]

    def __len__(self) -> int:
        return len(self._found)


def edited(proposal: Proposal, edits: Mapping[str, TableEdits]) -> Proposal:
    """The proposal with the edits of each table laid over its rows; the given one stays as it is.

    Changed rows keep their place, added ones come last. The agreement stays that of the given proposal, and tables
    without edits are shared with it. `problems` are those of the edited rows, found when they are first asked for.
    Raises KeyError for a table that a proposal does not have and InputError for a changed row that the table does not
    have (the file was saved meanwhile), for bytes where text should stand, and for a header that is no longer one row.
    """
    layers = {layer.name: layer for layer in proposal_layers(proposal.agreement)}
    tables = dict(proposal.tables)
    for name, each in edits.items():
        tables[name] = _edited_table(layers[name], tables[name], each, proposal)
    header = checked_header(tables["voorstel"], proposal.path)
    problems = LateProblems(tables, proposal.agreement) if edits else proposal.problems
    return proposal_of(proposal.path, header, proposal.agreement, tables, problems)


def concerned(proposal: Proposal, edits: Mapping[str, TableEdits]) -> tuple[str, ...] | None:
    """The ids of the features whose judgement the edits of `proposal` may change, sorted; None: that of any feature.

    Those are the features that were edited (by the id that they had and the one that they have), and those that edited
    contributions, answers and explanations are about. An answer for the whole variant, the list of variants and the
    header are about all features.
    """
    found: set[str] = set()
    for name, each in edits.items():
        if name in _ABOUT_ALL:
            return None
        for values in _named_by(proposal.tables[name], each, _ABOUT_FEATURES.get(name)):
            if name == "verklaring" and absent(values).any():
                return None
            found |= {str(value) for value in values[~absent(values)].tolist()}
    return tuple(sorted(found))


def _named_by(saved: FeatureTable, each: TableEdits, column: str | None) -> list[NDArray[np.object_]]:
    """What edited rows say in a column, before and after."""
    if column is None:
        return []
    before = saved.columns[column][np.isin(saved.columns["fid"], np.concatenate([each.deleted, _fids(each.changed)]))]
    after = [rows.columns[column] for rows in (each.changed, each.added) if rows is not None and column in rows.columns]
    return [values.astype(object) for values in (before, *after)]


def _fids(rows: FeatureTable | None) -> NDArray[np.int64]:
    return _nothing() if rows is None else rows.columns["fid"].astype(np.int64)


def _edited_table(layer: Layer, saved: FeatureTable, edits: TableEdits, proposal: Proposal) -> FeatureTable:
    for rows in (edits.changed, edits.added):
        if rows is not None:
            refuse_bytes(rows)
    result = saved
    if edits.changed is not None and len(edits.changed):
        result = _with_changes(layer, result, edits.changed, proposal)
    if edits.deleted.size:
        result = result.take(~np.isin(result.columns["fid"], edits.deleted))
    if edits.added is not None and len(edits.added):
        result = _with_additions(layer, result, edits.added)
    whole = {column.name for column in layer.columns if column.type in _WHOLE_NUMBERS}
    columns = {name: _settled(values) if name in whole else values for name, values in result.columns.items()}
    return FeatureTable(saved.name, result.geometry, columns, saved.epsg)


def _with_changes(layer: Layer, saved: FeatureTable, changed: FeatureTable, proposal: Proposal) -> FeatureTable:
    fids = _fids(changed)
    order = np.argsort(saved.columns["fid"], kind="stable")
    place = np.searchsorted(saved.columns["fid"], fids, sorter=order)
    place = order[np.minimum(place, max(len(order) - 1, 0))] if len(order) else np.zeros(len(fids), dtype=np.int64)
    known = saved.columns["fid"][place] == fids if len(order) else np.zeros(len(fids), dtype=bool)
    if not known.all():
        raise InputError(
            "deze rij staat niet (meer) in het voorstel.",
            "Lees het voorstel opnieuw.",
            proposal.path,
            saved.name,
            int(fids[~known][0]),
        )
    columns = dict(saved.columns)
    for name in set(columns) & set(changed.columns) - {"fid"}:
        columns[name] = _replaced(columns[name], place, changed.columns[name])
    geometry = saved.geometry
    if layer.geometry_type:
        geometry = geometry.copy()
        geometry[place] = _as_saved(changed.geometry)
    return FeatureTable(saved.name, geometry, columns, saved.epsg)


def _with_additions(layer: Layer, saved: FeatureTable, added: FeatureTable) -> FeatureTable:
    count, total = len(added), len(saved)
    columns = {"fid": np.concatenate([saved.columns["fid"], _fids(added)])}
    for name, values in saved.columns.items():
        if name == "fid":
            continue
        new = added.columns.get(name, np.full(count, None, dtype=object))
        longer = np.concatenate([values, np.full(count, np.nan if values.dtype.kind in "if" else None)])
        columns[name] = _replaced(longer, np.arange(total, total + count), new)
    new_shapes = _as_saved(added.geometry) if layer.geometry_type else np.full(count, None, dtype=object)
    return FeatureTable(saved.name, np.concatenate([saved.geometry, new_shapes]), columns, saved.epsg)


def _replaced(values: NDArray[Any], place: NDArray[np.int64], new: NDArray[Any]) -> NDArray[Any]:
    """A copy with other values in some places; numbers stay numbers until a text stands among them, as in reading."""
    if values.dtype.kind in "if":
        numbers = [np.nan if value is None else value for value in new.tolist()]
        if all(isinstance(value, int | float) for value in numbers):
            result = values.astype(np.float64)
            result[place] = numbers
            return result
        values = np.array([None if np.isnan(value) else value for value in values.tolist()], dtype=object)
    result = values.astype(object)
    result[place] = new.astype(object)
    return result


def _settled(values: NDArray[Any]) -> NDArray[Any]:
    """Whole numbers where no row lacks one, as a file that is read gives them."""
    if values.dtype.kind != "f" or not np.isfinite(values).all() or (values != np.trunc(values)).any():
        return values
    return values.astype(np.int64)


def _as_saved(geometry: NDArray[np.object_]) -> NDArray[np.object_]:
    return multi(shapely.force_2d(geometry))
