"""Leave out the feature tables without rows: receivers' validators refuse them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from novex_plugin.core.features.sql import statement

_DESCRIBED_IN = ("gpkg_geometry_columns", "gpkg_data_columns", "gpkg_extensions", "gpkg_ogr_contents", "gpkg_contents")


def drop_empty_layers(path: Path) -> None:
    """Drop each empty feature table of a GeoPackage of ours, with all that describes it. The caller writes beside."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        tables = [row[0] for row in connection.execute("SELECT table_name FROM gpkg_geometry_columns ORDER BY 1")]
        empty = [table for table in tables if not _rows(connection, table)]
        for table in empty:
            connection.execute(
                "DELETE FROM gpkg_data_column_constraints WHERE constraint_name IN"
                " (SELECT constraint_name FROM gpkg_data_columns WHERE table_name = ?)",
                (table,),
            )
            for description in _DESCRIBED_IN:
                delete = statement("DELETE FROM {description} WHERE table_name = ?", description=description)
                connection.execute(delete, (table,))
            connection.execute(statement("DROP TABLE {index}", index=f"rtree_{table}_geom"))
            connection.execute(statement("DROP TABLE {table}", table=table))
        if empty:
            connection.execute("VACUUM")


def _rows(connection: sqlite3.Connection, table: str) -> bool:
    found = connection.execute(statement("SELECT EXISTS (SELECT 1 FROM {table})", table=table)).fetchone()
    return bool(found[0])
