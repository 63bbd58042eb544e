"""Legend and forms laid in a GeoPackage, so that QGIS opens its tables with them, wherever it goes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.features.geopackage import Column
from novex_plugin.core.proposal.schema import FEATURE_TABLES, proposal_layers
from novex_plugin.qgis_adapter.forms import ANYWHERE, Start, set_contribution_form
from novex_plugin.qgis_adapter.legend import empty_layer, exported_qml, qml_of

# The table as QGIS itself makes it: under this name it looks for the style of a table that it opens.
_TABLE = """CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
    f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
    update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')))"""
_CONTENT = (
    "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)"
    " VALUES ('layer_styles', 'attributes', 'layer_styles', 'Legenda en formulieren voor QGIS', ?)"
)
_ROW = (
    "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML,"
    " styleSLD, useAsDefault, description, owner, update_time) VALUES ('', '', ?, ?, ?, ?, '', 1, ?, '', ?)"
)


def store_styles(path: Path, agreement: Agreement, moment: str, start: Start = ANYWHERE) -> None:
    """Lay legend and forms in a proposal that has none yet; `moment` is a time as a GeoPackage stores it."""
    store_qml(path, _styles(agreement, start), f"Afspraken {agreement.id} {agreement.version}", moment)


def store_qml(path: Path, styles: Iterable[tuple[str, str, bytes]], description: str, moment: str) -> None:
    """Lay styles (table, geometry column or nothing, QML) in a GeoPackage that has none yet."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(_TABLE)
        connection.execute(_CONTENT, (moment,))
        connection.execute("INSERT INTO gpkg_ogr_contents VALUES ('layer_styles', 0)")
        for table, geometry, qml in styles:
            connection.execute(_ROW, (table, geometry, table, qml.decode(), description, moment))
        connection.execute(
            "UPDATE gpkg_ogr_contents SET feature_count = (SELECT count(*) FROM layer_styles)"
            " WHERE table_name = 'layer_styles'"
        )


def _styles(agreement: Agreement, start: Start) -> Iterator[tuple[str, str, bytes]]:
    """Table, geometry column and QML of every table that has a style."""
    for geometry_type, table in FEATURE_TABLES.items():
        yield table, "geom", qml_of(agreement, geometry_type, start, named=True)
    columns = next(layer.columns for layer in proposal_layers(agreement) if layer.name == "bijdrage")
    contributions = empty_layer("bijdrage", "None", (Column("fid", "INTEGER"), *columns))
    set_contribution_form(contributions, agreement)
    yield "bijdrage", "", exported_qml(contributions, named=True)
