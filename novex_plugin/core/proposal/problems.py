"""Values of a proposal that depart from the agreement, with their table, row and field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import Column, Layer
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.schema import FEATURE_TABLES, GEOMETRY_TYPES, feature_columns, proposal_layers

Mask = NDArray[np.bool_]

_TYPE_IDS = {"POINT": 0, "MULTILINESTRING": 5, "MULTIPOLYGON": 6}


@dataclass(frozen=True)
class Problem:
    """A value that departs from the agreement; `row` is the fid. `str()` gives the message for users."""

    table: str
    row: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"tabel {self.table}, rij {self.row}, veld {self.field}: {self.message}"


def absent(values: NDArray[Any]) -> Mask:
    """Where a column has no value: None, nan or an empty text."""
    if values.dtype.kind == "f":
        empty: Mask = np.isnan(values)
        return empty
    if values.dtype.kind != "O":
        return np.zeros(len(values), dtype=bool)
    return np.fromiter((value is None or value == "" for value in values), dtype=bool, count=len(values))


def outside(values: NDArray[Any], allowed: tuple[str, ...]) -> Mask:
    """Where a column has a value that its code list does not have; absent values are not outside."""
    if values.dtype.kind in "if":
        wrong = ~np.isin(values, [float(code) for code in allowed])
    else:
        wrong = ~np.isin(values.astype(str), allowed)
    return wrong & ~absent(values)


def repeated(values: NDArray[Any]) -> Mask:
    """Where a value stands that an earlier row has already."""
    _, first = np.unique(values.astype(str), return_index=True)
    later = np.ones(len(values), dtype=bool)
    later[first] = False
    return later & ~absent(values)


def problems_of(tables: Mapping[str, FeatureTable], agreement: Agreement) -> Iterator[Problem]:
    """All problems, table by table and field by field. Raises InputError for bytes where text should stand."""
    for rows in tables.values():
        refuse_bytes(rows)
    for layer in proposal_layers(agreement):
        rows = tables[layer.name]
        for column in layer.columns:
            yield from column_problems(layer, column, rows)
    variants = tables["variant"].columns["id"]
    for geometry_type, table in FEATURE_TABLES.items():
        rows = tables[table]
        strange = ~np.isin(rows.columns["variant"].astype(str), variants.astype(str))
        yield from _told(rows, strange, "variant", "de variant {} staat niet in de tabel variant")
        yield from _geometry_problems(rows)
        yield from _unit_problems(rows, agreement, geometry_type)
    yield from _reference_problems(tables)


def refuse_bytes(rows: FeatureTable) -> None:
    """Raise InputError where bytes stand: no comparison holds for them, and no form of QGIS shows them."""
    for name, values in rows.columns.items():
        if values.dtype.kind == "O":
            binary = np.fromiter((isinstance(value, bytes) for value in values.tolist()), dtype=bool, count=len(values))
            if binary.any():
                row = int(rows.columns["fid"][np.flatnonzero(binary)[0]])
                raise InputError("heeft bytes in plaats van tekst.", "Verbeter de waarde.", None, rows.name, row, name)


def _told(rows: FeatureTable, wrong: Mask, field: str, message: str) -> Iterator[Problem]:
    """A problem for each row of the mask; `{}` in the message stands for the value."""
    fids = rows.columns["fid"][wrong].tolist()
    values = rows.columns[field][wrong].tolist() if field in rows.columns else [None] * len(fids)
    for fid, value in zip(fids, values, strict=True):
        yield Problem(rows.name, int(fid), field, message.format(repr(value)[:80]))


def column_problems(layer: Layer, column: Column, rows: FeatureTable) -> Iterator[Problem]:
    """What departs in one column of a table of this layout."""
    values = rows.columns[column.name]
    if column.required:
        yield from _told(rows, absent(values), column.name, "een waarde ontbreekt")
    if column.unique:
        yield from _told(rows, repeated(values), column.name, "{} komt al eerder voor")
    if column.allowed:
        yield from _told(rows, outside(values, column.allowed), column.name, "{} staat niet in de codelijst")
    elif column.type in {"INTEGER", "REAL", "BOOLEAN"} and values.dtype.kind == "O":
        numbers = np.array([value is None or isinstance(value, int | float) for value in values], dtype=bool)
        yield from _told(rows, ~numbers, column.name, "{} is geen getal")


def _geometry_problems(rows: FeatureTable) -> Iterator[Problem]:
    kinds = shapely.get_type_id(rows.geometry)
    empty = shapely.is_missing(rows.geometry) | shapely.is_empty(rows.geometry)
    wanted = GEOMETRY_TYPES[rows.name]
    yield from _told(rows, empty, "geom", "de geometrie is leeg")
    yield from _told(rows, ~empty & (kinds != _TYPE_IDS[wanted]), "geom", f"de geometrie is geen {wanted}")
    invalid = ~empty & ~shapely.is_valid(rows.geometry)
    yield from _told(rows, invalid, "geom", "de geometrie is ongeldig (snijdt zichzelf)")


def _unit_problems(rows: FeatureTable, agreement: Agreement, geometry_type: str) -> Iterator[Problem]:
    """What a legend unit asks more than the table does, and other units on the same ground that do not exist."""
    everywhere = {column.name for column in feature_columns(agreement, geometry_type) if column.required}
    for unit in agreement.drawn_as(geometry_type):
        own = rows.columns["legenda"] == unit.code
        for field in unit.required:
            if field not in everywhere:
                message = f"een waarde ontbreekt; {unit.code} vraagt die"
                yield from _told(rows, own & absent(rows.columns[field]), field, message)
        others = tuple(role for role in agreement.codes("rol") if role not in unit.roles)
        choice = ", ".join(unit.roles).replace("{", "{{").replace("}", "}}")
        message = f"{{}} kan niet voor {unit.code}; kies uit {choice}"
        yield from _told(rows, own & np.isin(rows.columns["rol"].astype(str), others), "rol", message)
    if not agreement.drawn_as(geometry_type):  # the column's code list is empty then, and would allow anything
        everything = np.ones(len(rows), dtype=bool)
        yield from _told(rows, everything, "legenda", "{} kan hier niet: geen legenda-eenheid is een " + geometry_type)
    combinations = rows.columns["meervoudig"].astype(str)
    for combination in np.unique(combinations[~absent(rows.columns["meervoudig"])]).tolist():
        unknown = [code for code in combination.split(",") if code.strip() not in agreement.units]
        if unknown:
            yield from _told(rows, combinations == combination, "meervoudig", f"{unknown[0]!r} is geen legenda-eenheid")


def _reference_problems(tables: Mapping[str, FeatureTable]) -> Iterator[Problem]:
    features = np.concatenate([tables[table].columns["id"].astype(str) for table in FEATURE_TABLES.values()])
    for table in ("bijdrage", "verklaring", "motivering"):
        rows = tables[table]
        named = rows.columns["kenmerk"]
        strange = ~np.isin(named.astype(str), features) & ~absent(named)
        yield from _told(rows, strange, "kenmerk", "er is geen object met kenmerk {}")
