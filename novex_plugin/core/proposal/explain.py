"""Record explanations in a proposal: all at once, and nothing else of the file changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import insert_rows, table_columns, transaction
from novex_plugin.core.features.sql import statement
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.schema import ADDED_LATER, proposal_layers

TABLE = "motivering"


def refuse_read_only(proposal: Path) -> None:
    """Raise InputError for a file marked read-only, whoever asks: an administrator could write to it all the same."""
    if not proposal.stat().st_mode & 0o222:
        raise InputError("is alleen-lezen.", "Maak het bestand schrijfbaar, of werk in een kopie.", proposal)


def record(proposal: Path, agreement: Agreement, tables: Sequence[FeatureTable], written: str) -> None:
    """Add rows to attribute tables of a proposal in one transaction; `written` becomes their time of change.

    A proposal made before the table `motivering` had all its columns gets those that it lacks. Raises InputError, with
    the file as it was, when it cannot be written to.
    """
    with transaction(proposal) as connection:
        _add_columns(connection, agreement)
        for rows in tables:
            insert_rows(connection, proposal, rows.name, rows)
            connection.execute("UPDATE gpkg_contents SET last_change = ? WHERE table_name = ?", (written, rows.name))


def _add_columns(connection: sqlite3.Connection, agreement: Agreement) -> None:
    present = table_columns(connection, TABLE)
    described = bool(table_columns(connection, "gpkg_data_columns"))
    layer = next(layer for layer in proposal_layers(agreement) if layer.name == TABLE)
    for column in layer.columns:
        if column.name in ADDED_LATER[TABLE] and column.name not in present:
            add = statement("ALTER TABLE {table} ADD COLUMN {column} ", table=TABLE, column=column.name)
            connection.execute(add + column.type)
            if described:
                connection.execute(
                    "INSERT OR IGNORE INTO gpkg_data_columns (table_name, column_name, name, title)"
                    " VALUES (?, ?, ?, ?)",
                    (TABLE, column.name, column.name, column.title),
                )
