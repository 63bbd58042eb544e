"""A proposal's place in a PostgreSQL database: reaching it, and saying in Dutch what went wrong there.

psycopg2 comes with QGIS's own Python (its DB manager needs it). Names are quoted by it and values travel as
parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from novex_plugin.core.errors import InputError

DATABASE_VERSION = "1.0"
"""Version of the tables as they lie in a database; in the table `novex_schema`."""

_PATIENCE = {"connect_timeout": "4", "keepalives_idle": "30", "application_name": "NOVEX Puzzel"}
_SESSION = (
    "SET search_path = pg_catalog; SET TimeZone = 'UTC'; SET lock_timeout = '5s'; SET statement_timeout = '15min'"
)
_SCHEMA_NAME = re.compile(r"(?!pg_)[a-z][a-z0-9_]{0,49}")


@dataclass(frozen=True)
class Database:
    """Where a proposal lies: libpq's keywords and values (they may hold a password: never shown), the name by which
    users know the database, and the schema."""

    parameters: Mapping[str, str] = field(repr=False)
    name: str
    schema: str

    def __post_init__(self) -> None:
        if not _SCHEMA_NAME.fullmatch(self.schema) or self.schema in {"public", "information_schema"}:
            raise InputError(
                f"{self.schema[:80]!r} kan geen naam van het schema zijn.",
                "Gebruik ten hoogste 50 kleine letters, cijfers en onderstrepingen, niet public.",
                file=f"database {self.name}",
                field="SCHEMA",
            )

    @property
    def label(self) -> str:
        """How messages name it."""
        return f"database {self.name}, schema {self.schema}"


def driver() -> Any:
    """psycopg2, with `sql`, `errors` and `extras` loaded. Raises InputError where it is not installed."""
    try:
        import psycopg2  # type: ignore[import-untyped]
        import psycopg2.errors  # type: ignore[import-untyped]
        import psycopg2.extras  # type: ignore[import-untyped]
        import psycopg2.sql  # type: ignore[import-untyped]
    except ImportError as error:
        remedy = "Installeer het (Debian en Ubuntu: python3-psycopg2), of werk met een GeoPackage."
        raise InputError("het Python-pakket psycopg2 ontbreekt.", remedy) from error
    return psycopg2


@contextmanager
def connected(database: Database, writing: bool = False) -> Iterator[Any]:
    """A cursor in one transaction: read-only on one moment's state (repeatable read), or for writing.

    All that is done in the block happens, or nothing of it. Raises InputError for whatever the server refuses.
    """
    psycopg2 = driver()
    connection = _reached(database.parameters, database.name)
    try:
        if not writing:
            connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
        with connection, connection.cursor() as cursor:
            cursor.execute(_SESSION)
            yield cursor
    except psycopg2.Error as error:
        raise refusal(error, database) from error
    finally:
        connection.close()


def proposals_on(parameters: Mapping[str, str], name: str) -> tuple[str, ...]:
    """The schemas of a database that hold a proposal which the user may read; `name` is how users know the database.

    Raises InputError when it does not answer.
    """
    psycopg2 = driver()
    connection = _reached(parameters, name)
    try:
        connection.set_session(readonly=True)
        with connection, connection.cursor() as cursor:
            cursor.execute(_SESSION)
            cursor.execute(
                "SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                " WHERE c.relname = 'novex_schema' AND has_schema_privilege(n.oid, 'USAGE')"
                " AND has_table_privilege(c.oid, 'SELECT') ORDER BY 1"
            )
            return tuple(str(schema) for (schema,) in cursor.fetchall())
    except psycopg2.Error as error:
        said = f"geeft geen antwoord ({_first_line(str(error))})."
        raise InputError(said, "Probeer het opnieuw.", file=f"database {name}") from error
    finally:
        connection.close()


def _reached(parameters: Mapping[str, str], name: str) -> Any:
    """A connection. Raises InputError when there is none."""
    psycopg2 = driver()
    try:
        return psycopg2.connect(**_PATIENCE | dict(parameters))
    except psycopg2.Error as error:
        raise InputError(
            f"is niet bereikbaar ({_first_line(str(error))}).",
            "Controleer de verbinding en de aanmelding (pg_service.conf, PGPASSFILE of de aanmelding van QGIS).",
            file=f"database {name}",
        ) from None  # what psycopg2 was given holds the password


def refusal(error: Any, database: Database) -> InputError:
    """What the server refused, said so that the user can mend it."""
    errors = driver().errors
    said = _first_line(error.diag.message_primary or str(error))
    told: tuple[tuple[tuple[Any, ...], str, str], ...] = (
        (
            (errors.ReadOnlySqlTransaction,),
            "is alleen-lezen.",
            "Werk in een database waarin u mag schrijven, of vraag de beheerder.",
        ),
        (
            (errors.InsufficientPrivilege,),
            f"u hebt hier onvoldoende rechten ({said}).",
            f"Vraag de beheerder om de rol {database.schema}_bewerken of {database.schema}_lezen.",
        ),
        (
            (errors.UndefinedTable, errors.UndefinedColumn, errors.InvalidSchemaName),
            f"is geen voorstel van deze plugin ({said}).",
            "Controleer SCHEMA, of maak het met novex:newproposal of novex:todatabase.",
        ),
        (
            (errors.QueryCanceled, errors.LockNotAvailable, errors.DeadlockDetected),
            f"is bezet ({said}).",
            "Probeer het opnieuw als anderen hun wijzigingen hebben opgeslagen.",
        ),
        (
            (errors.IntegrityError, errors.DataError),
            f"een rij voldoet niet aan het schema ({said}).",
            "Verbeter de waarde.",
        ),
    )
    for kinds, problem, remedy in told:
        if isinstance(error, kinds):
            return InputError(problem, remedy, database.label, error.diag.table_name, field=error.diag.column_name)
    remedy = "Er is niets half geschreven. Controleer de verbinding en probeer het opnieuw."
    return InputError(f"de database weigert ({said}).", remedy, database.label)


def _first_line(text: str) -> str:
    return text.strip().split("\n")[0][:300]
