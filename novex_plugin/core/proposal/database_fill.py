"""A proposal out of a GeoPackage into PostGIS: a whole one into a new schema, or the rows that were added to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geometry_blob import wkb_in
from novex_plugin.core.features.geopackage import Column, Layer, layer_names, opened, table_columns
from novex_plugin.core.features.sql import statement
from novex_plugin.core.progress import Progress, stop_if_cancelled
from novex_plugin.core.proposal.database import Database, connected, driver, refusal
from novex_plugin.core.proposal.database_roles import grant_roles
from novex_plugin.core.proposal.database_schema import (
    create_guards,
    create_tables,
    is_uuid,
    ordered,
    postgis_schema,
    prepare,
)
from novex_plugin.core.proposal.read import read_proposal
from novex_plugin.core.proposal.schema import proposal_layers

_ROWS = 2_000


@dataclass(frozen=True)
class Stored:
    """What was laid in the database: rows; statements that an administrator still has to run; tables and fields of the
    file that are not in the schema and stayed behind."""

    rows: int
    for_administrator: tuple[str, ...]
    left_out: tuple[str, ...]


def to_database(proposal: Path, database: Database, progress: Progress, agreement: Agreement | None = None) -> Stored:
    """Lay a proposal in a new schema of a database, in one transaction; every row keeps its fid and its id.

    Raises InputError, with the database as it was, for a proposal that cannot be used, a row that does not keep to the
    agreement, and a database in which it cannot be made.
    """
    used = read_proposal(proposal, agreement).agreement
    layers = proposal_layers(used)
    rows = 0
    with opened(proposal) as source, connected(database, writing=True) as cursor:
        geometry = prepare(cursor, database)
        create_tables(cursor, database, used, geometry)
        for number, layer in enumerate(ordered(layers)):
            stop_if_cancelled(progress)
            progress.fraction(number / len(layers))
            rows += _fill(cursor, _Filling(source, proposal, database, layer, geometry))
            _continue_numbers(cursor, database, layer)
        create_guards(cursor, database, layers)
        asked = grant_roles(cursor, database, layers)
    return Stored(rows, asked, tuple(_left_out(proposal, layers)))


def add_to_database(proposal: Path, database: Database, agreement: Agreement, known: Mapping[str, int]) -> int:
    """Add the rows of a GeoPackage whose fid is higher than the `known` one of their table, in one transaction.

    Gives how many. Raises InputError, with the database as it was.
    """
    rows = 0
    with opened(proposal) as source, connected(database, writing=True) as cursor:
        geometry = postgis_schema(cursor, database)
        for layer in ordered(proposal_layers(agreement)):
            rows += _fill(cursor, _Filling(source, proposal, database, layer, geometry, known.get(layer.name, 0)))
    return rows


@dataclass(frozen=True)
class _Filling:
    """One table on its way; with `after` only rows with a higher fid go, and the database numbers them anew."""

    source: sqlite3.Connection
    path: Path
    database: Database
    layer: Layer
    geometry: str
    after: int | None = None

    def columns(self) -> list[Column]:
        """The columns that the file has."""
        present = table_columns(self.source, self.layer.name)
        return [column for column in self.layer.columns if column.name in present]


def _fill(cursor: Any, filling: _Filling) -> int:
    """Bring the rows over; gives how many."""
    present = table_columns(filling.source, filling.layer.name)
    if not present:
        return 0  # a delivery leaves out feature tables without rows
    if "fid" not in present:
        raise InputError(
            "dit veld ontbreekt.", "Maak het bestand opnieuw.", filling.path, filling.layer.name, None, "fid"
        )
    _refuse_unfit(filling)
    insert, template = _insert(filling)
    done = 0
    for rows in _rows(filling):
        cursor.execute("SAVEPOINT rijen")
        try:
            driver().extras.execute_values(cursor, insert, rows, template, page_size=_ROWS)
        except (driver().Error, ValueError) as error:
            raise _refused(cursor, filling, rows, error) from error
        cursor.execute("RELEASE SAVEPOINT rijen")
        done += len(rows)
    return done


def _insert(filling: _Filling) -> tuple[Any, str]:
    """The statement, and what stands in it for a row: the fid first, then the geometry and the columns."""
    sql = driver().sql
    columns = filling.columns()
    names, values = (["fid"], ["%s"]) if filling.after is None else ([], [])
    if filling.layer.geometry_type:
        names.append("geom")
        values.append(
            sql.SQL("{}.ST_GeomFromWKB(%s, {})").format(
                sql.Identifier(filling.geometry), sql.Literal(filling.layer.epsg)
            )
        )
    names += [column.name for column in columns]
    casts = {"BOOLEAN": "%s::int::boolean"}
    values += ["%s::uuid" if is_uuid(filling.layer, column) else casts.get(column.type, "%s") for column in columns]
    parts = [value if isinstance(value, sql.Composed) else sql.SQL(value) for value in values]
    target = (sql.Identifier(filling.database.schema), sql.Identifier(filling.layer.name))
    listed = sql.SQL(", ").join(map(sql.Identifier, names))
    return sql.SQL("INSERT INTO {}.{} ({}) VALUES %s").format(*target, listed), sql.SQL("({})").format(
        sql.SQL(", ").join(parts)
    )


def _rows(filling: _Filling) -> Iterator[list[tuple[Any, ...]]]:
    """The rows in pieces, as the statement takes them."""
    layer = filling.layer
    names = [column.name for column in filling.columns()]
    select = "SELECT {names} FROM {table} WHERE fid > ? ORDER BY fid"
    taken = ["fid", *([_geometry_column(filling)] if layer.geometry_type else []), *names]
    found = filling.source.execute(
        statement(select, names=taken, table=layer.name), (-(2**63) if filling.after is None else filling.after,)
    )
    first = 0 if filling.after is None else 1
    while rows := found.fetchmany(_ROWS):
        if layer.geometry_type:
            rows = [(row[0], wkb_in(row[1]), *row[2:]) for row in rows]
        yield [row[first:] for row in rows]


def _geometry_column(filling: _Filling) -> str:
    find = "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?"
    (name,) = filling.source.execute(find, (filling.layer.name,)).fetchone()
    return str(name)


_FITS = {
    "TEXT": "typeof({column}) = 'text'",
    "INTEGER": "typeof({column}) = 'integer'",
    "BOOLEAN": "typeof({column}) = 'integer' AND {column} IN (0, 1)",
    "REAL": "typeof({column}) = 'real'",
    "DATE": "typeof({column}) = 'text' AND date({column}) IS {column}",
    "DATETIME": "typeof({column}) = 'text' AND {column} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'"
    " AND strftime('%Y-%m-%dT%H:%M:%fZ', {column}) IS NOT NULL",
    "id": "typeof({column}) = 'text' AND {column} GLOB '" + "-".join("[0-9a-f]" * n for n in (8, 4, 4, 4, 12)) + "'",
}
"""What a value must be, so that the database neither rounds nor rewrites it."""

_FIND_UNFIT = "SELECT fid FROM {table} WHERE {column} IS NOT NULL AND NOT ({fits}) ORDER BY fid LIMIT 1"
_WANTED = {
    "TEXT": "tekst",
    "INTEGER": "een geheel getal",
    "BOOLEAN": "0 of 1",
    "REAL": "een getal",
    "DATE": "een datum als 2026-11-20",
    "DATETIME": "een tijd als 2026-11-20T08:00:00.000Z",
    "id": "een UUID in kleine letters",
}


def _refuse_unfit(filling: _Filling) -> None:
    """Raise InputError for the first value that SQLite lets stand and PostgreSQL does not."""
    layer = filling.layer
    for column in filling.columns():
        kind = "id" if is_uuid(layer, column) else column.type
        find = _FIND_UNFIT.replace("{fits}", _FITS[kind])
        found = filling.source.execute(statement(find, table=layer.name, column=column.name)).fetchone()
        if found:
            raise InputError(
                f"is niet {_WANTED[kind]}.", "Verbeter de waarde.", filling.path, layer.name, found[0], column.name
            )


def _refused(cursor: Any, filling: _Filling, rows: Sequence[tuple[Any, ...]], error: Exception) -> InputError:
    """The row of a piece that the database refuses, found by halving the piece."""
    psycopg2 = driver()
    insert, template = _insert(filling)
    while len(rows) > 1 and isinstance(error, psycopg2.IntegrityError | psycopg2.DataError | psycopg2.InternalError):
        cursor.execute("ROLLBACK TO SAVEPOINT rijen")
        half = rows[: len(rows) // 2]
        try:
            psycopg2.extras.execute_values(cursor, insert, half, template)
        except psycopg2.Error as first:
            rows, error = half, first
        else:
            rows = rows[len(half) :]
    if not isinstance(error, psycopg2.Error):
        return InputError(
            "een tekst bevat een teken dat PostgreSQL niet kent.",
            "Verbeter de waarde.",
            filling.path,
            filling.layer.name,
        )
    told = refusal(error, filling.database)
    constraint = error.diag.constraint_name
    problem = f"de waarde voldoet niet aan {constraint}." if constraint else told.problem
    row = rows[0][0] if filling.after is None and len(rows) == 1 else None
    if isinstance(error, psycopg2.IntegrityError | psycopg2.DataError | psycopg2.InternalError):
        return InputError(problem, "Verbeter de waarde.", filling.path, filling.layer.name, row, told.field)
    return told


def _continue_numbers(cursor: Any, database: Database, layer: Layer) -> None:
    """Let new rows count on from the highest fid."""
    sql = driver().sql
    target = sql.SQL("{}.{}").format(sql.Identifier(database.schema), sql.Identifier(layer.name))
    number = "SELECT setval(pg_get_serial_sequence(%s, 'fid'), greatest(max(fid), 1), count(*) > 0) FROM {}"
    cursor.execute(sql.SQL(number).format(target), (target.as_string(cursor),))


def _left_out(proposal: Path, layers: Sequence[Layer]) -> Iterator[str]:
    """Tables and fields of the file that the schema does not know."""
    known = {layer.name: {"fid", *(column.name for column in layer.columns)} for layer in layers}
    with opened(proposal) as source:
        geometric = dict(source.execute("SELECT table_name, column_name FROM gpkg_geometry_columns"))
        for table in layer_names(proposal):
            if table not in known:
                yield f"tabel {table}"
                continue
            for field in table_columns(source, table):
                if field not in known[table] and field != geometric.get(table):
                    yield f"tabel {table}, veld {field}"
