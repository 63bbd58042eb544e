"""Rows as they arrive, in one SQLite file that survives a killed program: each page goes in whole, or not at all.

Rows wait here without declared types, because a column's type is known only when all pages are in (a code that looks
like a number on the first page may be text on the last). With them stand the identifiers received so far, so that a
repeated one is seen without keeping them in memory, and the place where the next page is.
"""

from __future__ import annotations

import dataclasses
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from novex_plugin.core.features.sql import quoted, statement

STAGING_VERSION = 1


@dataclass
class LayerState:
    """How far one layer is. `columns` maps names to the type seen so far (None: only absent values)."""

    name: str
    matched: int | None = None
    received: int = 0
    distinct: int = 0
    stored: int = 0
    repaired: int = 0
    empty: int = 0
    outside: int = 0
    pages: int = 0
    epsg: int | None = None
    columns: dict[str, str | None] = field(default_factory=dict)
    geometry_types: list[str] = field(default_factory=list)
    following: dict[str, str | int] | None = None
    finished: bool = False


@dataclass(frozen=True)
class Batch:
    """Rows to add: blobs of GeoPackage geometry, their boxes, and columns by name with the type that each has here."""

    blobs: Sequence[bytes | None]
    boxes: Sequence[Sequence[float | None]]
    columns: Mapping[str, tuple[str | None, Sequence[Any]]]


class Staging:
    """The file; one thread at a time may use it."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        # A killed program loses nothing by this; a power failure may, and then the pull starts again.
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute("PRAGMA journal_mode = DELETE")
        self._connection.execute(f"PRAGMA user_version = {STAGING_VERSION:d}")
        self._connection.execute("CREATE TABLE IF NOT EXISTS state (number INTEGER PRIMARY KEY, content TEXT)")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def layers(self) -> list[LayerState]:
        """The layers known so far, in order."""
        rows = self._connection.execute("SELECT content FROM state ORDER BY number").fetchall()
        return [LayerState(**json.loads(row[0])) for row in rows]

    def begin(self) -> None:
        """Start a page."""
        self._connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """The page is whole."""
        self._connection.execute("COMMIT")

    def rollback(self) -> None:
        """The page does not count."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def save(self, number: int, state: LayerState) -> None:
        """Keep the state of a layer."""
        content = json.dumps(dataclasses.asdict(state))
        self._connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (number, content))

    def add_identifiers(self, number: int, identifiers: Sequence[str]) -> int:
        """Add identifiers; gives how many of them are new."""
        table = f"ids_{number}"
        create = "CREATE TABLE IF NOT EXISTS {table} (id TEXT PRIMARY KEY) WITHOUT ROWID"
        self._connection.execute(statement(create, table=table))
        insert = statement("INSERT OR IGNORE INTO {table} VALUES (?)", table=table)
        return self._connection.executemany(insert, zip(identifiers, strict=True)).rowcount if identifiers else 0

    def add_rows(self, number: int, state: LayerState, batch: Batch) -> None:
        """Add rows in their order; new columns are made as they come, and their types kept in `state`."""
        table = f"rows_{number}"
        create = (
            "CREATE TABLE IF NOT EXISTS {table}"
            " (fid INTEGER PRIMARY KEY, geom BLOB, minx REAL, maxx REAL, miny REAL, maxy REAL)"
        )
        self._connection.execute(statement(create, table=table))
        for name, (kind, _) in batch.columns.items():
            if name not in state.columns:
                column = staged(list(state.columns), name)
                self._connection.execute(statement("ALTER TABLE {table} ADD COLUMN ", table=table) + quoted(column))
            state.columns[name] = wider(state.columns.get(name), kind)
        names = list(state.columns)
        targets = ["geom", "minx", "maxx", "miny", "maxy", *(staged(names, name) for name in batch.columns)]
        insert = statement("INSERT INTO {table} ({targets}) VALUES ", table=table, targets=targets)
        marks = f"({', '.join('?' * len(targets))})"
        boxes = zip(*batch.boxes, strict=True) if batch.boxes else [()] * 4
        values = [values for _, values in batch.columns.values()]
        self._connection.executemany(insert + marks, zip(batch.blobs, *boxes, *values, strict=True))
        state.stored += len(batch.blobs)


def staged(names: Sequence[str], name: str) -> str:
    """The staging column of a source column: by its place, so that no source name can clash."""
    return f"c{names.index(name)}" if name in names else f"c{len(names)}"


def wider(one: str | None, other: str | None) -> str | None:
    """The type that holds values of both."""
    if one is None or other is None or one == other:
        return one or other
    if {one, other} <= {"INTEGER", "REAL", "BOOLEAN"}:
        return "REAL" if "REAL" in {one, other} else "INTEGER"
    return "DATETIME" if {one, other} == {"DATE", "DATETIME"} else "TEXT"
