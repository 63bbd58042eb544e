"""GeoPackage 1.3 in and out, through SQLite itself.

Written here rather than through GDAL because a delivery must be the same bytes for the same content, on any GDAL, with
the checks and code lists of the agreement in it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geometry_blob import decode, encode
from novex_plugin.core.features.sql import literal, quoted, statement
from novex_plugin.core.features.table import RD_NEW, FeatureTable
from novex_plugin.core.resources import RESOURCES

APPLICATION_ID = 0x47504B47
GEOPACKAGE_VERSION = 10300
STABLE_MOMENT = "1970-01-01T00:00:00.000Z"
"""Stands in `last_change` of files that must be the same bytes every time."""


@dataclass(frozen=True)
class Column:
    """A column: its GeoPackage type (TEXT, REAL, INTEGER, BOOLEAN, DATETIME) and its constraints.

    `allowed` becomes a CHECK and a GeoPackage enum constraint; `title` is what forms and readers show.
    """

    name: str
    type: str = "TEXT"
    required: bool = False
    unique: bool = False
    allowed: tuple[str, ...] = ()
    default: str | int | float | None = None
    title: str = ""


@dataclass(frozen=True)
class Layer:
    """A table of a GeoPackage; `geometry_type` None makes an attribute table."""

    name: str
    geometry_type: str | None
    columns: tuple[Column, ...]
    title: str = ""
    description: str = ""
    epsg: int = RD_NEW


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open an existing GeoPackage for reading only. Raises InputError when it is none.

    Its own tables must be tables: a view in their place, or a virtual table that reads one, could run without end.
    """
    if not path.is_file():
        raise InputError("bestaat niet.", "Controleer het pad.", file=path)
    with closing(sqlite3.connect(_reading(path), uri=True)) as connection:
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            find = "SELECT lower(name), sql LIKE 'CREATE TABLE%' FROM sqlite_master WHERE type IN ('table', 'view')"
            plain = dict(connection.execute(find))
            others = [name for name, has_rows in plain.items() if not has_rows]
            if not plain.get("gpkg_contents") or any(str(name).startswith("gpkg_") for name in others):
                raise InputError("is geen GeoPackage.", "Geef een .gpkg-bestand.", file=path)
            yield connection
        except sqlite3.DatabaseError as error:
            raise InputError(
                f"is niet als GeoPackage te lezen ({error}).", "Maak het bestand opnieuw.", file=path
            ) from error


def _reading(path: Path) -> str:
    """The address for reading. Beside a file in WAL mode SQLite wants to write, which a read-only folder refuses."""
    address = f"{path.resolve().as_uri()}?mode=ro"
    settled = not path.with_name(f"{path.name}-wal").exists()
    return f"{address}&immutable=1" if settled and not os.access(path.resolve().parent, os.W_OK) else address


@contextmanager
def transaction(path: Path) -> Iterator[sqlite3.Connection]:
    """Open an existing GeoPackage for writing; all that is done in the block happens, or nothing of it.

    Raises InputError when the file cannot be written to (read-only, full disk, held by another program).
    """
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)) as connection:
        try:
            # Said here, because sqlite3's own implicit transaction leaves statements such as DROP TRIGGER outside it.
            connection.execute("BEGIN IMMEDIATE")
            with connection:
                yield connection
        except sqlite3.OperationalError as error:
            full = "full" in str(error)
            remedy = "Sluit andere programma's die het bestand gebruiken, of maak het schrijfbaar."
            raise InputError(
                f"kan niet worden beschreven ({error}).", "Maak ruimte op de schijf." if full else remedy, path
            ) from error


def layer_names(path: Path) -> dict[str, str]:
    """Table name to data type (`features`, `attributes`, `tiles`) as in gpkg_contents, sorted by name."""
    with opened(path) as connection:
        return dict(connection.execute("SELECT table_name, data_type FROM gpkg_contents ORDER BY table_name"))


def table_columns(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    """Column name to declared type, in the order of the table, the primary key included; empty when it is no table with
    rows of its own."""
    # SQLite itself writes these words; a virtual table, which might read an endless view, has others.
    is_table = (
        "SELECT count(*) FROM sqlite_master"
        " WHERE type = 'table' AND sql LIKE 'CREATE TABLE%' AND lower(name) = lower(?)"
    )
    if connection.execute(is_table, (table,)).fetchone() == (0,):
        return {}
    return {row[1]: row[2].upper() for row in connection.execute(statement("PRAGMA table_info({table})", table=table))}


def read_layer(path: Path, table: str, order_by: str | None = None) -> FeatureTable:
    """Read a whole table into arrays; the primary key comes along under its own name.

    Rows are ordered by primary key, or by `order_by`. Raises InputError when the table is absent.
    """
    with opened(path) as connection:
        return _read(connection, path, table, order_by)


def _read(connection: sqlite3.Connection, path: Path, table: str, order_by: str | None) -> FeatureTable:
    types = table_columns(connection, table)
    if not types:
        present = ", ".join(row[0] for row in connection.execute("SELECT table_name FROM gpkg_contents ORDER BY 1"))
        raise InputError(f"deze tabel ontbreekt; het bestand heeft {present}.", "Kies een van deze.", path, table)
    described = connection.execute(
        "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?", (table,)
    ).fetchone()
    geometry_column = described[0] if described else None
    epsg = _epsg(connection, described[1]) if described else None
    if order_by is not None and order_by not in types:
        raise InputError("dit veld ontbreekt.", "Gebruik een bestand van deze versie.", path, table, field=order_by)
    select = "SELECT {names} FROM {table} ORDER BY {order}"
    cursor = connection.execute(statement(select, names=types, table=table, order=order_by or "rowid"))
    return _as_table(table, types, geometry_column, epsg, cursor.fetchall(), path)


def _epsg(connection: sqlite3.Connection, srs: int) -> int | None:
    found = connection.execute(
        "SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE srs_id = ?", (srs,)
    ).fetchone()
    known = found and str(found[0]).upper() == "EPSG" and isinstance(found[1], int)
    return int(found[1]) if known else None


def _as_table(
    table: str,
    types: Mapping[str, str],
    geometry_column: str | None,
    epsg: int | None,
    rows: list[tuple[Any, ...]],
    path: Path,
) -> FeatureTable:
    values = list(zip(*rows, strict=True)) if rows else [()] * len(types)
    geometry = np.full(len(rows), None, dtype=object)
    columns: dict[str, NDArray[Any]] = {}
    for (name, kind), column in zip(types.items(), values, strict=True):
        if name == geometry_column:
            geometry = decode(column, path, table)
        else:
            columns[name] = _as_array(column, kind)
    return FeatureTable(table, geometry, columns, epsg)


def empty_table(layer: Layer) -> FeatureTable:
    """A table of this layout without rows."""
    types = {"fid": "INTEGER", **{column.name: column.type for column in layer.columns}}
    columns = {name: _as_array((), kind) for name, kind in types.items()}
    return FeatureTable(layer.name, np.empty(0, dtype=object), columns, layer.epsg if layer.geometry_type else None)


def _as_array(values: Sequence[Any], kind: str) -> NDArray[Any]:
    if kind.startswith(("INT", "MEDIUMINT", "SMALLINT", "TINYINT", "BOOL")) and None not in values:
        try:
            return np.array(values, dtype=np.int64)
        except (ValueError, TypeError, OverflowError):
            pass  # SQLite lets text stand in a number column: the caller judges it
    if kind.startswith(("REAL", "DOUBLE", "FLOAT", "INT", "MEDIUMINT", "SMALLINT", "TINYINT", "BOOL")):
        try:
            return np.array(values, dtype=np.float64)
        except (ValueError, TypeError):
            pass
    result = np.empty(len(values), dtype=object)
    result[:] = values
    return result


def create(path: Path, layers: Sequence[Layer], moment: str = STABLE_MOMENT) -> None:
    """Make a new GeoPackage with these empty tables, spatial indexes and constraints. The caller writes beside."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
        connection.execute(f"PRAGMA user_version = {GEOPACKAGE_VERSION:d}")
        connection.executescript((RESOURCES / "templates" / "geopackage.sql").read_text(encoding="utf-8"))
        for layer in layers:
            _create_table(connection, layer, moment)
        connection.commit()


def _create_table(connection: sqlite3.Connection, layer: Layer, moment: str) -> None:
    parts = ["fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"]
    if layer.geometry_type:
        parts.append(f"geom {layer.geometry_type}")
    parts += [_column_sql(column) for column in layer.columns]
    connection.execute(statement("CREATE TABLE {name} ", name=layer.name) + f"({', '.join(parts)})")
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            layer.name,
            "features" if layer.geometry_type else "attributes",
            layer.title or layer.name,
            layer.description,
            moment,
            layer.epsg if layer.geometry_type else None,
        ),
    )
    connection.execute("INSERT INTO gpkg_ogr_contents VALUES (?, 0)", (layer.name,))
    _describe_columns(connection, layer)
    if layer.geometry_type:
        connection.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)",
            (layer.name, layer.geometry_type, layer.epsg),
        )
        _create_index(connection, layer.name)
    _create_count_triggers(connection, layer.name)


def _column_sql(column: Column) -> str:
    sql = f"{quoted(column.name)} {column.type}"
    if column.required:
        sql += " NOT NULL"
    if column.unique:
        sql += " UNIQUE"
    if column.default is not None:
        sql += f" DEFAULT {literal(column.default)}"
    if column.allowed:
        sql += f" CHECK ({quoted(column.name)} IN ({', '.join(literal(value) for value in column.allowed)}))"
    return sql


def _describe_columns(connection: sqlite3.Connection, layer: Layer) -> None:
    for column in layer.columns:
        constraint = f"{layer.name}_{column.name}" if column.allowed else None
        if not column.title and constraint is None:
            continue
        connection.execute(
            "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, constraint_name)"
            " VALUES (?, ?, ?, ?, ?)",
            (layer.name, column.name, column.name, column.title or column.name, constraint),
        )
        connection.executemany(
            "INSERT INTO gpkg_data_column_constraints (constraint_name, constraint_type, value) VALUES (?, 'enum', ?)",
            [(constraint, value) for value in column.allowed],
        )


_INDEX_TRIGGERS = {
    "insert": """AFTER INSERT ON {table} WHEN NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)
        BEGIN INSERT OR REPLACE INTO {index} VALUES
        (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END""",
    "update1": """AFTER UPDATE OF geom ON {table}
        WHEN OLD.fid = NEW.fid AND NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)
        BEGIN INSERT OR REPLACE INTO {index} VALUES
        (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END""",
    "update2": """AFTER UPDATE OF geom ON {table}
        WHEN OLD.fid = NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
        BEGIN DELETE FROM {index} WHERE id = OLD.fid; END""",
    "update3": """AFTER UPDATE ON {table}
        WHEN OLD.fid != NEW.fid AND NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)
        BEGIN DELETE FROM {index} WHERE id = OLD.fid; INSERT OR REPLACE INTO {index} VALUES
        (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END""",
    "update4": """AFTER UPDATE ON {table}
        WHEN OLD.fid != NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
        BEGIN DELETE FROM {index} WHERE id IN (OLD.fid, NEW.fid); END""",
    "delete": """AFTER DELETE ON {table} WHEN OLD.geom NOT NULL
        BEGIN DELETE FROM {index} WHERE id = OLD.fid; END""",
}
"""The names and conditions that GeoPackage 1.3 (annex F.3) prescribes for a spatial index."""


def _create_index(connection: sqlite3.Connection, table: str) -> None:
    index = f"rtree_{table}_geom"
    connection.execute(statement("CREATE VIRTUAL TABLE {index} USING rtree(id, minx, maxx, miny, maxy)", index=index))
    connection.execute(
        "INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index',"
        " 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
        (table,),
    )
    for event, body in _INDEX_TRIGGERS.items():
        create_trigger = "CREATE TRIGGER {trigger} " + body
        connection.execute(statement(create_trigger, trigger=f"{index}_{event}", table=table, index=index))


_COUNT_TRIGGERS = {
    "insert": "CREATE TRIGGER {trigger} AFTER INSERT ON {table} BEGIN UPDATE gpkg_ogr_contents"
    " SET feature_count = feature_count + 1 WHERE lower(table_name) = lower(",
    "delete": "CREATE TRIGGER {trigger} AFTER DELETE ON {table} BEGIN UPDATE gpkg_ogr_contents"
    " SET feature_count = feature_count - 1 WHERE lower(table_name) = lower(",
}
"""The names and form by which GDAL recognises that counts are kept; the table's name as a constant ends them."""


def _create_count_triggers(connection: sqlite3.Connection, table: str) -> None:
    for event, body in _COUNT_TRIGGERS.items():
        trigger = f"trigger_{event}_feature_count_{table}"
        connection.execute(statement(body, trigger=trigger, table=table) + f"{literal(table)}); END")


def append(path: Path, table: str, features: FeatureTable) -> None:
    """Add rows to a table made by `create`; columns are matched by name, `fid` is given anew.

    Extent, spatial index and feature count are kept. Raises InputError naming the column whose constraint a row breaks.
    """
    with transaction(path) as connection:
        insert_rows(connection, path, table, features)


def insert_rows(connection: sqlite3.Connection, path: Path, table: str, features: FeatureTable) -> None:
    """As `append`, inside a transaction of the caller's: for rows of several tables that belong together."""
    names = [name for name in features.columns if name != "fid"]
    geometric = connection.execute("SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = ?", (table,)).fetchone()
    highest = statement("SELECT coalesce(max(fid), 0) FROM {table}", table=table)
    (last,) = connection.execute(highest).fetchone()
    fids = range(last + 1, last + 1 + len(features))
    values: list[Iterable[Any]] = [fids]
    if geometric:
        values.append(encode(features.geometry, geometric[0]))
    values += [_plain(features.columns[name]) for name in names]
    targets = ["fid", *(["geom"] if geometric else []), *names]
    suspended = suspend_triggers(connection, table)
    insert = statement("INSERT INTO {table} ({targets}) VALUES ({targets?})", table=table, targets=targets)
    try:
        connection.executemany(insert, zip(*values, strict=True))
    except sqlite3.IntegrityError as error:
        raise InputError(
            f"een rij voldoet niet aan het schema: {error}.", "Verbeter de waarde.", path, table
        ) from error
    if geometric:
        _index_rows(connection, table, fids, features.geometry)
    connection.execute(
        "UPDATE gpkg_ogr_contents SET feature_count = feature_count + ? WHERE table_name = ?",
        (len(features), table),
    )
    for trigger in suspended:
        connection.execute(trigger)


def _plain(values: NDArray[Any]) -> list[Any]:
    if values.dtype.kind == "f":
        return [None if absent else value for value, absent in zip(values.tolist(), np.isnan(values), strict=True)]
    plain: list[Any] = values.tolist()
    return plain


def suspend_triggers(connection: sqlite3.Connection, table: str) -> list[str]:
    """Drop the table's triggers and give the statements that bring them back: they call functions of GDAL's."""
    found = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? ORDER BY rowid", (table,)
    ).fetchall()
    for name, _ in found:
        connection.execute(statement("DROP TRIGGER {name}", name=name))
    return [sql for _, sql in found]


def _index_rows(connection: sqlite3.Connection, table: str, fids: range, geometry: NDArray[np.object_]) -> None:
    bounds = shapely.bounds(geometry)
    filled = ~np.isnan(bounds[:, 0])
    boxes = bounds[filled][:, [0, 2, 1, 3]].tolist()
    numbers = np.fromiter(fids, dtype=np.int64, count=len(fids))[filled].tolist()
    connection.executemany(
        statement("INSERT INTO {index} VALUES (?, ?, ?, ?, ?)", index=f"rtree_{table}_geom"),
        [(number, *box) for number, box in zip(numbers, boxes, strict=True)],
    )
    if filled.any():
        extent = [*bounds[filled][:, :2].min(axis=0).tolist(), *bounds[filled][:, 2:].max(axis=0).tolist()]
        connection.execute(
            "UPDATE gpkg_contents SET min_x = min(coalesce(min_x, ?1), ?1), min_y = min(coalesce(min_y, ?2), ?2),"
            " max_x = max(coalesce(max_x, ?3), ?3), max_y = max(coalesce(max_y, ?4), ?4) WHERE table_name = ?5",
            (*extent, table),
        )
