"""A proposal of any agreement, read for migration: nothing but its form is asked."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import (
    Column,
    Layer,
    empty_table,
    layer_names,
    opened,
    read_layer,
    table_columns,
)
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.read import UNREADABLE, read_header
from novex_plugin.core.proposal.schema import ADDED_LATER

TO_JUDGE = "nog_te_beoordelen"
CHANGES = "gemigreerd"
STYLES = "layer_styles"
_MOST_COLUMNS = 1_900
"""SQLite makes tables of at most 2,000 columns."""

_GEOMETRY = re.compile(r"(MULTI)?(POINT|LINESTRING|POLYGON)|GEOMETRY(COLLECTION)?")
_TYPES = ("TEXT", "INTEGER", "REAL", "BOOLEAN", "DATETIME", "DATE", "BLOB")
_LIKE = {
    "INT": "INTEGER",
    "MEDIUMINT": "INTEGER",
    "SMALLINT": "INTEGER",
    "TINYINT": "INTEGER",
    "DOUBLE": "REAL",
    "FLOAT": "REAL",
}


@dataclass(frozen=True)
class Given:
    """A proposal as it was given: the rows of the schema's tables with all their columns, and what else lies there.

    `extra` are the user's own columns by table, `foreign` the user's own tables; `left_out` is told and not copied.
    """

    path: Path
    header: Mapping[str, Any]
    tables: Mapping[str, FeatureTable]
    extra: Mapping[str, tuple[Column, ...]]
    foreign: tuple[tuple[Layer, FeatureTable], ...]
    left_out: tuple[str, ...]

    @property
    def agreement(self) -> tuple[str, str]:
        """The id and release of the agreement that the proposal names."""
        return str(self.header["afspraken"]), str(self.header["afspraken_versie"])


def read_given(path: Path, layers: tuple[Layer, ...]) -> Given:
    """Read a proposal whose tables have the form of `layers`, whatever codes stand in them.

    Raises InputError for a file that is no proposal, another version of the schema, missing tables and fields, and
    geometry that cannot be read.
    """
    present = layer_names(path)
    header = read_header(path, present)
    known = {layer.name: layer for layer in layers}
    tables = {name: _table(path, layer, name in present) for name, layer in known.items()}
    extra = {name: _own_columns(path, known[name], tables[name]) for name in known if name in present}
    others = {name: kind for name, kind in present.items() if name not in known}
    foreign, left_out = _foreign(path, others, known)
    return Given(path, header, tables, extra, foreign, left_out)


def _table(path: Path, layer: Layer, present: bool) -> FeatureTable:
    if not present:
        if layer.geometry_type is None:
            raise InputError("deze tabel ontbreekt.", UNREADABLE, path, layer.name)
        return empty_table(layer)
    rows = read_layer(path, layer.name)
    if layer.geometry_type and rows.epsg != layer.epsg:
        raise InputError(f"staat niet in EPSG:{layer.epsg}.", "Zet de laag om.", path, layer.name)
    columns = dict(rows.columns)
    columns.setdefault("fid", np.arange(1, len(rows) + 1))
    _refuse_clashing(path, layer, rows)
    for column in layer.columns:
        if column.name not in columns and column.name in ADDED_LATER.get(layer.name, ()):
            number = column.type == "REAL"
            columns[column.name] = np.full(len(rows), np.nan) if number else np.full(len(rows), None, dtype=object)
        if column.name not in columns:
            raise InputError("dit veld ontbreekt.", UNREADABLE, path, layer.name, field=column.name)
    return FeatureTable(layer.name, rows.geometry, columns, rows.epsg)


def _refuse_clashing(path: Path, layer: Layer, rows: FeatureTable) -> None:
    """Raise InputError for what a new table cannot take: rows without a number, fields whose names are taken or that
    are too many."""
    fids = rows.columns.get("fid", np.empty(0, dtype=np.int64))
    numbered = np.fromiter((isinstance(each, int) for each in fids.tolist()), dtype=bool, count=len(fids))
    if not numbered.all():
        row = int(np.flatnonzero(~numbered)[0]) + 1
        raise InputError("is geen nummer.", "Geef elke rij een eigen geheel getal.", path, layer.name, row, "fid")
    known = {"fid", *(column.name for column in layer.columns)}
    taken = {*known, *(("geom",) if layer.geometry_type else ())}
    for name in rows.columns:
        if name not in known and name.lower() in taken:
            remedy = "Geef dit eigen veld een andere naam."
            raise InputError("heet als een veld van het schema.", remedy, path, layer.name, field=name)
    if len(rows.columns) > _MOST_COLUMNS:
        raise InputError("heeft te veel velden.", "Haal eigen velden weg.", path, layer.name)


def _own_columns(path: Path, layer: Layer, rows: FeatureTable) -> tuple[Column, ...]:
    """The columns that somebody added to a table of the schema."""
    with opened(path) as connection:
        types = table_columns(connection, layer.name)
    known = {column.name for column in layer.columns} | {"fid"}
    return tuple(Column(name, _type(types[name])) for name in rows.columns if name not in known and name in types)


def _type(declared: str) -> str:
    """A declared type as one that is known: the words of a file from outside never reach an SQL statement."""
    word = declared.split("(")[0].strip()
    word = _LIKE.get(word, word)
    return word if word in _TYPES else "BLOB"


def _foreign(
    path: Path, kinds: Mapping[str, str], known: Collection[str]
) -> tuple[tuple[tuple[Layer, FeatureTable], ...], tuple[str, ...]]:
    """The user's own tables, ready to be written again, and what cannot be. To SQLite, A and a are one name."""
    tables, left_out = [], []
    taken = {*known, TO_JUDGE, CHANGES}
    for name, kind in kinds.items():
        unfit = _unfit(path, name, kind)
        if unfit is None and name.lower() in taken and name not in (TO_JUDGE, CHANGES):
            unfit = "deze naam is al in gebruik; geef de tabel een andere naam"
        if unfit is not None:
            left_out.append(f"tabel {name[:80]}: {unfit}.")
            continue
        taken.add(name.lower())
        rows = read_layer(path, name)
        if kind == "features" and rows.epsg not in (28992, 4326):
            left_out.append(f"tabel {name[:80]}: staat niet in EPSG:28992; zet de laag om en voeg haar zelf toe.")
            continue
        tables.append((_layout(path, name, rows), rows))
    return tuple(tables), tuple(left_out)


def _unfit(path: Path, name: str, kind: str) -> str | None:
    """What keeps a table of the user's own from coming along, None when nothing does."""
    if name == STYLES:
        return "hoort bij de oude legenda; die van de nieuwe afspraken komt ervoor in de plaats"
    if kind not in ("features", "attributes") or not _is_own_table(path, name):
        return "is geen tabel met rijen"
    with opened(path) as connection:
        fields = len(table_columns(connection, name))
    return "heeft te veel velden" if fields > _MOST_COLUMNS else None


def _is_own_table(path: Path, name: str) -> bool:
    """Whether it holds rows of its own: a view could run without end, and the rest describes other tables."""
    with opened(path) as connection:
        return bool(table_columns(connection, name)) and not name.lower().startswith(("gpkg_", "rtree_", "sqlite_"))


def _layout(path: Path, name: str, rows: FeatureTable) -> Layer:
    with opened(path) as connection:
        types = table_columns(connection, name)
        found = connection.execute(
            "SELECT geometry_type_name FROM gpkg_geometry_columns WHERE table_name = ?", (name,)
        ).fetchone()
    reserved = ("fid", "geom") if found else ("fid",)
    columns = tuple(Column(each, _type(types[each])) for each in rows.columns if each.lower() not in reserved)
    if found is None:
        return Layer(name, None, columns)
    written = str(found[0]).upper()
    return Layer(name, written if _GEOMETRY.fullmatch(written) else "GEOMETRY", columns, epsg=rows.epsg or 28992)
