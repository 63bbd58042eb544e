"""Read only those features of a GeoPackage layer that can matter: within bounds, by its spatial index."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geometry_blob import decode
from novex_plugin.core.features.geopackage import opened, table_columns
from novex_plugin.core.features.sql import statement
from novex_plugin.core.features.table import FeatureTable

Bounds = tuple[float, float, float, float]


def read_extent(path: Path, table: str, bounds: Bounds | None, columns: Sequence[str] = ()) -> FeatureTable:
    """Read the geometry and the named columns of the features whose box meets `bounds` (m, in the layer's own CRS).

    Without bounds all features. A layer without a spatial index is read whole and then cut. Raises InputError when the
    table or a column is absent, or the table has no geometry.
    """
    with opened(path) as connection:
        column, epsg = _geometry_column(connection, path, table)
        present = table_columns(connection, table)
        for name in columns:
            if name not in present:
                has = ", ".join(present)
                raise InputError("dit veld ontbreekt.", f"Kies uit: {has}.", path, table, field=name)
        rows = _rows(connection, table, column, columns, bounds)
    values = list(zip(*rows, strict=True)) if rows else [()] * (1 + len(columns))
    geometry = decode(values[0], path, table)
    read = {name: _objects(column) for name, column in zip(columns, values[1:], strict=True)}
    found = FeatureTable(table, geometry, read, epsg)
    return found if bounds is None else found.take(_meets(geometry, bounds))


def _geometry_column(connection: sqlite3.Connection, path: Path, table: str) -> tuple[str, int | None]:
    found = connection.execute(
        "SELECT g.column_name, s.organization, s.organization_coordsys_id FROM gpkg_geometry_columns g"
        " JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id WHERE g.table_name = ?",
        (table,),
    ).fetchone()
    if found is None:
        layers = connection.execute("SELECT table_name FROM gpkg_geometry_columns ORDER BY 1").fetchall()
        names = ", ".join(row[0] for row in layers) or "geen kaartlagen"
        raise InputError("deze laag ontbreekt.", f"Het bestand heeft: {names}.", path, table)
    return found[0], int(found[2]) if str(found[1]).upper() == "EPSG" else None


def _rows(
    connection: sqlite3.Connection, table: str, column: str, columns: Sequence[str], bounds: Bounds | None
) -> list[tuple[Any, ...]]:
    index = f"rtree_{table}_{column}"
    indexed = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (index,)).fetchone()
    select = "SELECT {names} FROM {table}"
    names = [column, *columns]
    if bounds is None or indexed is None:
        return connection.execute(statement(f"{select} ORDER BY rowid", names=names, table=table)).fetchall()
    within = " WHERE rowid IN (SELECT id FROM {index} WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?)"
    chosen = statement(f"{select}{within} ORDER BY rowid", names=names, table=table, index=index)
    return connection.execute(chosen, (bounds[0], bounds[2], bounds[1], bounds[3])).fetchall()


def _objects(values: Sequence[Any]) -> NDArray[np.object_]:
    result = np.empty(len(values), dtype=object)
    result[:] = values
    return result


def _meets(geometry: NDArray[np.object_], bounds: Bounds) -> NDArray[np.bool_]:
    boxes = shapely.bounds(geometry)
    with np.errstate(invalid="ignore"):
        meets: NDArray[np.bool_] = (boxes[:, :2] <= bounds[2:]).all(axis=1) & (boxes[:, 2:] >= bounds[:2]).all(axis=1)
    return meets
