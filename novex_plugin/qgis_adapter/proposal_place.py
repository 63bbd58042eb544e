"""Where the open proposal lies: in a GeoPackage, or in a schema of a PostGIS database that people share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import QgsDataSourceUri, QgsProject, QgsVectorLayer

from novex_plugin.core.progress import Silent
from novex_plugin.core.proposal.schema import FEATURE_TABLES

if TYPE_CHECKING:
    from novex_plugin.core.agreement import Agreement
    from novex_plugin.core.progress import Progress
    from novex_plugin.core.proposal.database import Database
    from novex_plugin.core.proposal.read import Proposal


@dataclass(frozen=True)
class InFile:
    """A proposal in a GeoPackage."""

    path: Path

    @property
    def label(self) -> str:
        """How messages name it."""
        return self.path.name

    @property
    def folder(self) -> Path:
        """Where what goes with it is written, unless the user says otherwise."""
        return self.path.parent

    @property
    def reference(self) -> str:
        """How algorithms take it as PROPOSAL."""
        return str(self.path)

    def source(self, table: str) -> tuple[str, str]:
        """The source of a table as a layer, and the provider that reads it."""
        return f"{self.path}|layername={table}", "ogr"

    def read(self, agreement: Agreement | None = None) -> Proposal:
        """The proposal as it is saved. For workers. Raises InputError."""
        from novex_plugin.core.proposal.read import read_proposal

        return read_proposal(self.path, agreement)

    def at_hand(self, agreement: Agreement | None, progress: Progress) -> AbstractContextManager[Path]:
        """A GeoPackage of it, to read. For workers. Raises InputError."""
        return nullcontext(self.path)

    def to_add(self, agreement: Agreement, progress: Progress) -> AbstractContextManager[Path]:
        """A GeoPackage of it; rows that are added there are in the proposal when the block ends well. For workers."""
        return nullcontext(self.path)


@dataclass(frozen=True)
class InDatabase:
    """A proposal in a database; `reference` is how algorithms take it, `address` how the user's own layers reach it."""

    database: Database
    reference: str
    address: str = field(repr=False)

    @property
    def label(self) -> str:
        return self.database.label

    @property
    def folder(self) -> Path:
        return Path(QgsProject.instance().absolutePath() or Path.home())

    def source(self, table: str) -> tuple[str, str]:
        # As the user's layers have it: what the database knows may hold a password, and a project is passed on.
        address = QgsDataSourceUri(self.address)
        shape = "geom" if table in FEATURE_TABLES.values() else ""
        address.setDataSource(self.database.schema, table, shape, "", "fid")
        return str(address.uri(False)), "postgres"

    def read(self, agreement: Agreement | None = None) -> Proposal:
        from novex_plugin.core.proposal.read import read_proposal

        with self.at_hand(agreement, Silent()) as path:
            read = read_proposal(path, agreement)
        return replace(read, path=Path(self.label))

    @contextmanager
    def at_hand(self, agreement: Agreement | None, progress: Progress) -> Iterator[Path]:
        from novex_plugin.core.proposal.database_at_hand import at_hand

        with at_hand(self.database, progress, agreement) as copy:
            yield copy.path

    @contextmanager
    def to_add(self, agreement: Agreement, progress: Progress) -> Iterator[Path]:
        from novex_plugin.core.proposal.database_at_hand import at_hand
        from novex_plugin.core.proposal.database_fill import add_to_database
        from novex_plugin.core.proposal.database_roles import refuse_not_editable

        refuse_not_editable(self.database)
        with at_hand(self.database, progress, agreement) as copy:
            yield copy.path
            add_to_database(copy.path, self.database, agreement, copy.highest)


Place = InFile | InDatabase


def place_named(connection: str, schema: str) -> InDatabase:
    """The proposal in a schema behind a connection of QGIS's. Raises InputError for a connection that is not there."""
    from novex_plugin.qgis_adapter.database import address_of, database_named, reference_of

    reference = reference_of(connection, schema)
    return InDatabase(database_named(reference), reference, address_of(connection))


def place_of(header: QgsVectorLayer) -> Place:
    """Where the proposal lies of which this is the table `voorstel`. Raises InputError for a database that the plugin
    cannot reach by itself."""
    if header.providerType() != "postgres":
        return InFile(Path(header.dataProvider().dataSourceUri().split("|")[0]))
    from novex_plugin.qgis_adapter.database import database_behind

    database, reference = database_behind(header)
    return InDatabase(database, reference, header.source())
