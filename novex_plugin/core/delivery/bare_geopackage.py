"""GeoPackages of data as they go along in a delivery: the layers that are used and nothing else.

QGIS draws a layer with the style that it finds in its GeoPackage, and such a style can hold code; triggers and views
run when somebody opens or edits. Layers of the user's own that nobody asked for are not handed over either.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import opened, table_columns
from novex_plugin.core.features.sql import statement

_DESCRIBING = (
    "gpkg_contents",
    "gpkg_data_column_constraints",
    "gpkg_data_columns",
    "gpkg_extensions",
    "gpkg_geometry_columns",
    "gpkg_ogr_contents",
    "gpkg_spatial_ref_sys",
    "sqlite_sequence",
    "sqlite_stat1",
)
"""The tables that describe layers; all that stands in them is read as data."""

_BODY = re.compile(r"\bBEGIN\b(.*)\bEND\b", re.IGNORECASE | re.DOTALL)
_STEP = r'(INSERT\s+OR\s+REPLACE\s+INTO|DELETE\s+FROM|UPDATE(\s+OR\s+REPLACE)?)\s+"?({names})"?\s[^;]*'


def copy_layers(source: Path, target: Path, tables: Collection[str]) -> None:
    """Copy these layers of a GeoPackage into a new one, with their rows, index and description as they are.

    Raises InputError when the source is none, lacks one of them, or holds what SQLite cannot take out.
    """
    with opened(source) as connection:
        for table in sorted(tables):
            if not table_columns(connection, table):
                raise InputError("deze tabel ontbreekt.", "Herstel de koppeling.", source, table)
        # Whoever opened the file may have left it in another journal mode, with changes beside it: this takes all in.
        connection.execute("VACUUM INTO ?", (str(target),))
    try:
        with closing(sqlite3.connect(target, isolation_level=None)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            _take_out(connection, tables)
            connection.execute("VACUUM")
    except sqlite3.Error as error:
        remedy = "Sla de gebruikte laag op in een GeoPackage waar verder niets in staat."
        raise InputError(f"bevat wat niet mee kan in een levering ({error}).", remedy, source) from error


def _take_out(connection: sqlite3.Connection, tables: Collection[str]) -> None:
    connection.execute("BEGIN")
    for kind, name in list(_beside(connection, tables)):
        if kind == "view":
            connection.execute(statement("DROP VIEW {name}", name=name))
        elif kind == "trigger":
            connection.execute(statement("DROP TRIGGER IF EXISTS {name}", name=name))
        else:
            # What belongs to an index goes with it.
            connection.execute(statement("DROP TABLE IF EXISTS {name}", name=name))
    present = {name for _, name, _, _ in _objects(connection)}
    for description in sorted(present & set(_DESCRIBING)):
        if "table_name" in table_columns(connection, description):
            delete = "DELETE FROM {name} WHERE table_name IS NOT NULL AND table_name NOT IN ({tables?})"
            connection.execute(statement(delete, name=description, tables=tables), tuple(tables))
    if {"gpkg_data_columns", "gpkg_data_column_constraints"} <= present:
        connection.execute(
            "DELETE FROM gpkg_data_column_constraints WHERE constraint_name NOT IN"
            " (SELECT constraint_name FROM gpkg_data_columns WHERE constraint_name IS NOT NULL)"
        )
    connection.execute("COMMIT")


def surplus(path: Path) -> list[str]:
    """Say in Dutch what a GeoPackage holds beside its layers and what describes them; empty when that is nothing.

    Raises InputError when it is no GeoPackage.
    """
    with opened(path) as connection:
        listed = {str(row[0]) for row in connection.execute("SELECT table_name FROM gpkg_contents")}
        found = _beside(connection, listed - {"layer_styles"})
        return sorted(f"{_KINDS.get(kind, kind)} {name}" for kind, name in found)


_KINDS = {"table": "tabel", "view": "view", "trigger": "trigger"}


def _objects(connection: sqlite3.Connection) -> list[tuple[str, str, str, str]]:
    """Kind, name, table and SQL of everything but indexes; virtual tables before those that they keep their rows in."""
    select = (
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master WHERE type <> 'index' ORDER BY type, name"
    )
    rows: list[tuple[str, str, str, str]] = connection.execute(select).fetchall()
    return sorted(rows, key=lambda row: not row[3].upper().startswith("CREATE VIRTUAL"))


def _beside(connection: sqlite3.Connection, tables: Collection[str]) -> Iterator[tuple[str, str]]:
    """Kind and name of what does not belong to these tables, their spatial indexes or what describes them."""
    geometries = connection.execute("SELECT table_name, column_name FROM gpkg_geometry_columns").fetchall()
    indexes = {table: f"rtree_{table}_{column}" for table, column in geometries if table in tables}
    parts = {f"{index}{part}" for index in indexes.values() for part in ("", "_node", "_parent", "_rowid")}
    for kind, name, table, sql in _objects(connection):
        if kind == "trigger":
            known = table in tables and _keeps_index(sql, indexes.get(table))
        else:
            known = kind == "table" and (name in tables or name in parts or name in _DESCRIBING)
        if not known:
            yield kind, name


def _keeps_index(sql: str, index: str | None) -> bool:
    """Whether a trigger does no more than keep a spatial index and the number of features."""
    names = "|".join(re.escape(name) for name in (index, "gpkg_ogr_contents") if name is not None)
    body = _BODY.search(sql)
    steps = [step.strip() for step in body.group(1).split(";")] if body else []
    step = re.compile(_STEP.replace("{names}", names), re.IGNORECASE)
    return any(steps) and all(step.fullmatch(each) for each in steps if each)
