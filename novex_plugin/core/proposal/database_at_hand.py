"""A proposal of a database brought to hand as a file, for as long as something reads it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.progress import Progress
from novex_plugin.core.proposal.database import Database
from novex_plugin.core.proposal.database_read import from_database


@dataclass(frozen=True)
class AtHand:
    """A GeoPackage of the proposal, the agreement that it follows and the highest fid of each table in the database."""

    path: Path
    agreement: Agreement
    highest: Mapping[str, int]


@contextmanager
def at_hand(database: Database, progress: Progress, agreement: Agreement | None = None) -> Iterator[AtHand]:
    """The proposal as it is at one moment, in a temporary folder; messages about that name the database instead.

    Raises InputError as `from_database` does.
    """
    with tempfile.TemporaryDirectory(prefix="novex-") as folder, _named(Path(folder), database):
        path = Path(folder) / f"{database.schema}.gpkg"
        used, highest = from_database(database, path, datetime.now(UTC), progress, agreement)
        yield AtHand(path, used, highest)


@contextmanager
def _named(folder: Path, database: Database) -> Iterator[None]:
    """Within the block an error about a file of the folder becomes one about the database."""
    try:
        yield
    except InputError as error:
        if error.file is not None and Path(error.file).is_relative_to(folder):
            error.file = database.label
        raise
