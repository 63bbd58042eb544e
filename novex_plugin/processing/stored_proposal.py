"""A proposal that lies in a database, brought to hand as a file for as long as an algorithm runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingContext

from novex_plugin.core.errors import InputError
from novex_plugin.core.progress import Progress

if TYPE_CHECKING:
    from novex_plugin.core.agreement import Agreement
    from novex_plugin.core.proposal.database import Database
    from novex_plugin.processing.algorithm import Algorithm

PROPOSAL = "PROPOSAL"
_PREFIX = "postgres:"
_ADDING = frozenset({"importlayer", "explain"})
"""Algorithms that add rows to the proposal and change nothing else of it."""


def is_stored(parameters: dict[str, Any]) -> bool:
    """Whether the proposal lies in a database."""
    given = parameters.get(PROPOSAL)
    return isinstance(given, str) and given.startswith(_PREFIX)


def as_checked(parameters: dict[str, Any]) -> dict[str, Any]:
    """The parameters as QGIS may judge them: a database passes for a file of the right kind."""
    return {**parameters, PROPOSAL: "database.gpkg"} if is_stored(parameters) else parameters


@contextmanager
def proposal_at_hand(
    algorithm: Algorithm, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress
) -> Iterator[dict[str, Any]]:
    """Give the parameters with a proposal of a database replaced by a GeoPackage of it, read at one moment.

    What `importlayer` and `explain` add to it goes to the database when the block ends well, in one transaction;
    when that fails, outputs that were not there before are removed. Messages name the database instead of the file.
    """
    if not is_stored(parameters):
        yield parameters
        return
    from novex_plugin.core.files import file_digest
    from novex_plugin.core.proposal.database_at_hand import at_hand
    from novex_plugin.core.proposal.database_roles import refuse_not_editable
    from novex_plugin.qgis_adapter.database import database_named

    database = database_named(parameters[PROPOSAL])
    adding = algorithm.ID in _ADDING
    agreement = _agreement(algorithm, parameters, context)
    if adding:
        refuse_not_editable(database)
    with at_hand(database, progress, agreement) as copy:
        progress.info(f"Voorstel gelezen uit {database.label}.")
        before, new = file_digest(copy.path), _absent_outputs(algorithm, parameters, context)
        yield {**parameters, PROPOSAL: str(copy.path)}
        if file_digest(copy.path) == before:
            return
        try:
            _give_back(copy.path, database, copy.agreement, copy.highest if adding else None)
        except InputError:
            for output in new:
                output.unlink(missing_ok=True)
            raise


def _agreement(algorithm: Algorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> Agreement | None:
    """The agreement that the user gives, where the algorithm reads by one; migration gives the one to go to."""
    if algorithm.ID not in _ADDING or algorithm.parameterDefinition("AGREEMENT") is None:
        return None
    return algorithm.agreement(parameters, context)


def _absent_outputs(
    algorithm: Algorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> tuple[Path, ...]:
    """The files that the run will write and that are not there yet."""
    named = (each.name() for each in algorithm.parameterDefinitions() if each.isDestination())
    outputs = (algorithm.output_path(parameters, name, context) for name in named if parameters.get(name))
    return tuple(output for output in outputs if not output.exists())


def _give_back(path: Path, database: Database, agreement: Agreement, highest: Any) -> None:
    from novex_plugin.core.proposal.database_fill import add_to_database

    if highest is None:
        remedy = "Haal het voorstel met novex:fromdatabase naar een GeoPackage en werk daarin."
        raise InputError("dit algoritme kan een voorstel in een database niet wijzigen.", remedy, database.label)
    add_to_database(path, database, agreement, highest)
