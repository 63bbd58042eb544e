"""A proposal out of PostGIS into a GeoPackage of the same schema, as it was at one moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.agreement import Agreement, agreement_names, agreement_path, read_agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geometry_blob import encode
from novex_plugin.core.features.geopackage import Layer, create, suspend_triggers, transaction
from novex_plugin.core.features.sql import statement
from novex_plugin.core.files import written_beside
from novex_plugin.core.moment import as_stored
from novex_plugin.core.progress import Progress, stop_if_cancelled
from novex_plugin.core.proposal.database import DATABASE_VERSION, Database, connected, driver
from novex_plugin.core.proposal.database_schema import is_uuid, postgis_schema
from novex_plugin.core.proposal.schema import SCHEMA_VERSION, proposal_layers

_ROWS = 5_000
_READ = {
    "DATETIME": """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')""",
    "DATE": "to_char({}, 'YYYY-MM-DD')",
    "BOOLEAN": "{}::int",
}
"""How values are written that SQLite has no type for."""


def from_database(
    database: Database, target: Path, moment: datetime, progress: Progress, agreement: Agreement | None = None
) -> tuple[Agreement, Mapping[str, int]]:
    """Write the proposal of a database to a GeoPackage, read in one transaction; every row keeps its fid and its id.

    Gives the agreement that it follows and the highest fid of each table. Raises InputError, with nothing written, for
    a schema that holds no proposal of this version, and a database that is away or may not be read.
    """
    highest: dict[str, int] = {}
    with connected(database) as cursor:
        used = _agreement(cursor, database, agreement)
        geometry = postgis_schema(cursor, database)
        layers = proposal_layers(used)
        with written_beside(target) as unfinished:
            create(unfinished, layers, as_stored(moment))
            with transaction(unfinished) as file:
                for number, layer in enumerate(layers):
                    stop_if_cancelled(progress)
                    progress.fraction(number / len(layers))
                    highest[layer.name] = _copy(cursor, file, database, layer, geometry)
    return used, highest


def _agreement(cursor: Any, database: Database, given: Agreement | None) -> Agreement:
    """The agreement that the proposal names. Raises InputError for another version of anything."""
    sql = driver().sql
    schema = sql.Identifier(database.schema)
    cursor.execute(sql.SQL("SELECT max(versie) FROM {}.novex_schema").format(schema))
    (version,) = cursor.fetchone()
    if version != DATABASE_VERSION:
        said = f"heeft tabellen van versie {str(version)[:20]}; deze plugin leest versie {DATABASE_VERSION}."
        remedy = "Gebruik de versie van de plugin waarmee het voorstel in de database is gezet."
        raise InputError(said, remedy, database.label, "novex_schema", field="versie")
    cursor.execute(sql.SQL("SELECT schema_versie, afspraken, afspraken_versie FROM {}.voorstel").format(schema))
    rows = cursor.fetchall()
    if len(rows) != 1:
        remedy = "Geef een voorstel dat novex:newproposal of novex:todatabase maakte."
        raise InputError(f"heeft {len(rows)} rijen in plaats van één.", remedy, database.label, "voorstel")
    (schema_version, name, version), *_ = rows
    if schema_version != SCHEMA_VERSION:
        said = f"het voorstel heeft schemaversie {str(schema_version)[:20]}; deze plugin leest versie {SCHEMA_VERSION}."
        remedy = "Gebruik de versie van de plugin waarmee het voorstel is gemaakt."
        raise InputError(said, remedy, database.label, "voorstel", 1, "schema_versie")
    wanted = f"{name}-{version}"
    # The name comes from outside: it must choose among our own files, never become a path.
    if given is None and wanted not in agreement_names():
        said = f"volgt de afspraken {wanted[:80]}, die niet bij deze plugin horen (wel {', '.join(agreement_names())})."
        raise InputError(said, "Geef het bestand met die afspraken.", database.label, "voorstel", 1, "afspraken")
    used = given or read_agreement(agreement_path(wanted))
    if (used.id, used.version) != (name, version):
        said = f"volgt de afspraken {wanted[:80]}, niet {used.id}-{used.version}."
        raise InputError(said, "Geef die afspraken.", database.label)
    return used


def _copy(cursor: Any, file: sqlite3.Connection, database: Database, layer: Layer, geometry: str) -> int:
    """Bring one table over, piece by piece; gives its highest fid."""
    triggers = suspend_triggers(file, layer.name)
    names = [*(["geom"] if layer.geometry_type else []), *(column.name for column in layer.columns)]
    insert = statement("INSERT INTO {table} ({names}) VALUES ({names?})", table=layer.name, names=["fid", *names])
    highest, count, extent = 0, 0, np.full(4, np.nan)
    # On the server, so that memory stays bounded whatever the table holds.
    with cursor.connection.cursor(name="rijen") as reading:
        reading.itersize = _ROWS
        reading.execute(_select(database, layer, geometry))
        while rows := reading.fetchmany(_ROWS):
            if layer.geometry_type:
                shapes = _shapes(database, layer, rows)
                rows = [(row[0], blob, *row[2:]) for row, blob in zip(rows, encode(shapes, layer.epsg), strict=True)]
                extent = _index(file, layer.name, [row[0] for row in rows], shapes, extent)
            try:
                file.executemany(insert, rows)
            except (sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError) as error:
                raise _unfit(file, database, layer, rows, error) from error
            highest, count = rows[-1][0], count + len(rows)
    file.execute("UPDATE gpkg_ogr_contents SET feature_count = ? WHERE table_name = ?", (count, layer.name))
    if not np.isnan(extent[0]):
        box = "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?"
        file.execute(box, (*extent.tolist(), layer.name))
    for trigger in triggers:
        file.execute(trigger)
    return highest


def _shapes(database: Database, layer: Layer, rows: list[tuple[Any, ...]]) -> NDArray[np.object_]:
    """The geometries of a piece. Raises InputError for what GEOS cannot read, such as arcs."""
    try:
        shapes: NDArray[np.object_] = shapely.from_wkb([bytes(row[1]) if row[1] is not None else None for row in rows])
    except shapely.errors.ShapelyError as error:
        problem = f"een geometrie is niet te lezen ({error})."
        remedy = "Zet bogen om in rechte stukken, of verwijder de rij."
        raise InputError(
            problem, remedy, database.label, layer.name, f"{rows[0][0]} tot {rows[-1][0]}", "geom"
        ) from error
    return shapes


def _unfit(
    file: sqlite3.Connection,
    database: Database,
    layer: Layer,
    rows: list[tuple[Any, ...]],
    error: sqlite3.Error,
) -> InputError:
    """The first row that the agreement does not allow, though the database does: its tables were altered."""
    (last,) = file.execute(statement("SELECT coalesce(max(fid), 0) FROM {table}", table=layer.name)).fetchone()
    row = next((row[0] for row in rows if row[0] > last), None)
    problem = f"een waarde voldoet niet aan de afspraken ({str(error)[:120]})."
    return InputError(problem, "Verbeter de waarde in de database.", database.label, layer.name, row)


def _select(database: Database, layer: Layer, geometry: str) -> Any:
    sql = driver().sql
    parts = [sql.SQL("fid")]
    if layer.geometry_type:
        parts.append(sql.SQL("{}.ST_AsBinary(geom, 'NDR')").format(sql.Identifier(geometry)))
    for column in layer.columns:
        form = "{}::text" if is_uuid(layer, column) else _READ.get(column.type, "{}")
        parts.append(sql.SQL(form).format(sql.Identifier(column.name)))
    target = (sql.Identifier(database.schema), sql.Identifier(layer.name))
    return sql.SQL("SELECT {} FROM {}.{} ORDER BY fid").format(sql.SQL(", ").join(parts), *target)


def _index(
    file: sqlite3.Connection, table: str, fids: list[int], shapes: NDArray[np.object_], extent: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Fill the spatial index; gives the extent so far (xmin, ymin, xmax, ymax)."""
    bounds = shapely.bounds(shapes)
    insert = statement("INSERT INTO {index} VALUES (?, ?, ?, ?, ?)", index=f"rtree_{table}_geom")
    filled = ~np.isnan(bounds[:, 0])
    boxes = bounds[filled][:, [0, 2, 1, 3]].tolist()
    numbers = np.array(fids)[filled].tolist()
    file.executemany(insert, [(number, *box) for number, box in zip(numbers, boxes, strict=True)])
    every = np.vstack([bounds[filled], extent])
    if np.isnan(every).all():
        return extent
    return np.concatenate([np.nanmin(every[:, :2], axis=0), np.nanmax(every[:, 2:], axis=0)])
