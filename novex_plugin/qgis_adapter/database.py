"""Which database a user means: a connection of QGIS's, a service, or an address, without a password in it."""

from __future__ import annotations

import re
import shlex

from qgis.core import QgsDataSourceUri, QgsProviderConnectionException, QgsProviderRegistry, QgsVectorLayer

from novex_plugin.core.errors import InputError
from novex_plugin.core.proposal.database import Database, driver

PREFIX = "postgres:"
_ADDRESS = frozenset(
    {"host", "port", "dbname", "user", "service", "sslmode", "sslrootcert", "sslcert", "sslkey"},
)
_OWN = frozenset({"connection", "authcfg", "schema"})
_SECRET = frozenset({"password", "sslpassword"})
_SECRETIVE = re.compile(r"://|(passw|pwd)\w*\s*=|:[^\s/@]+@", re.IGNORECASE)
"""An address with a password in it as other programs write it, or a password inside another value."""

_HOW = "Geef connection=NAAM (een verbinding van QGIS), service=NAAM, of host=… dbname=… user=…, en schema=NAAM."


def database_named(text: str, schema: str = "") -> Database:
    """The database that a text names: `postgres:connection=NAAM schema=NAAM`, with or without the prefix; a text
    without `=` is the name of a connection. `schema` is used where the text names none.

    Raises InputError for words that are not known, a password, and a connection that QGIS does not have.
    """
    told = _keywords(text.removeprefix(PREFIX).strip())
    named, login = told.pop("connection", ""), told.pop("authcfg", "")
    schema = told.pop("schema", "") or schema
    if not schema:
        raise InputError("het schema ontbreekt.", _HOW, file=_name(named, told), field="SCHEMA")
    if not named and not {"service", "host", "dbname"} & set(told):
        raise InputError("de database ontbreekt.", _HOW, field="DATABASE")
    if named:
        told = parameters_of(named) | told
    elif login:
        told |= _of_login(login)
    return Database(told, _name(named, told), schema)


def reference_to(text: str, schema: str) -> str:
    """How a proposal in that schema is given as PROPOSAL; `text` as users give it."""
    return _written(_keywords(text.removeprefix(PREFIX).strip()) | {"schema": schema})


def reference_of(connection: str, schema: str) -> str:
    """How a proposal behind a connection of QGIS's is given as PROPOSAL."""
    return _written({"connection": connection, "schema": schema})


def database_behind(layer: QgsVectorLayer) -> tuple[Database, str]:
    """The database of which a layer is a table, and how its proposal is given as PROPOSAL (without a password).

    Raises InputError for a schema that cannot hold a proposal.
    """
    address = QgsDataSourceUri(layer.source())
    told = _expanded(address)
    shown = {key: value for key, value in told.items() if key not in _SECRET}
    if login := address.authConfigId():
        shown = {key: value for key, value in shown.items() if key != "user"} | {"authcfg": login}
    shown["schema"] = address.schema()
    return Database(told, _name("", told), address.schema()), _written(shown)


def _written(told: dict[str, str]) -> str:
    """Keywords and values as a reference to a proposal."""
    return PREFIX + " ".join(f"{key}={shlex.quote(value)}" for key, value in told.items())


def connection_names() -> list[str]:
    """The connections to PostgreSQL that QGIS keeps, by name."""
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    return sorted(metadata.connections(False)) if metadata is not None else []


def parameters_of(name: str) -> dict[str, str]:
    """What QGIS keeps of a connection, its login filled in. Raises InputError for one that it does not have."""
    return _expanded(QgsDataSourceUri(address_of(name)))


def address_of(name: str) -> str:
    """A connection as the source of layers has it. Raises InputError for one that QGIS does not have."""
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    known = metadata.connections(False) if metadata is not None else {}
    if name not in known:
        listed = ", ".join(sorted(known)) or "geen"
        remedy = f"Kies uit: {listed}; of maak de verbinding in QGIS."
        raise InputError(f"de verbinding {name[:80]!r} bestaat niet.", remedy, field="DATABASE")
    try:
        return str(metadata.createConnection(name).uri())
    except QgsProviderConnectionException as error:
        raise InputError("is in QGIS niet te lezen.", "Maak de verbinding opnieuw.", f"verbinding {name}") from error


def _keywords(text: str) -> dict[str, str]:
    # Said before anything of the text is repeated in a message.
    if _SECRETIVE.search(text):
        raise _no_secret()
    if not text.isprintable():
        raise InputError("een teken kan hier niet staan.", _HOW, field="DATABASE")
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise InputError("een aanhalingsteken wordt niet gesloten.", _HOW, field="DATABASE") from error
    if not any("=" in word for word in words):
        return {"connection": text} if text else {}
    told: dict[str, str] = {}
    for word in words:
        key, _, value = word.partition("=")
        if key in _SECRET:
            raise _no_secret()
        if key not in _ADDRESS | _OWN or not value or key in told:
            known = ", ".join(sorted(_ADDRESS | _OWN))
            raise InputError(f"{key[:40]!r} kan hier niet staan.", f"Kies uit: {known}.", field="DATABASE")
        told[key] = value
    return told


def _no_secret() -> InputError:
    remedy = "Zet het in PGPASSFILE (~/.pgpass), in pg_service.conf of in de aanmelding van QGIS."
    return InputError("een wachtwoord of adres met :// hoort hier niet.", remedy, field="DATABASE")


def _name(connection: str, told: dict[str, str]) -> str:
    """How users know the database; nothing secret."""
    return connection or told.get("service") or told.get("dbname") or told.get("host", "")


def _of_login(identifier: str) -> dict[str, str]:
    address = QgsDataSourceUri()
    address.setAuthConfigId(identifier)
    return _expanded(address)


def _expanded(address: QgsDataSourceUri) -> dict[str, str]:
    """Libpq's keywords, with the user and password that QGIS's own store holds."""
    told = driver().extensions.parse_dsn(address.connectionInfo(True))
    return {key: value for key, value in told.items() if value and key in _ADDRESS | _SECRET}
