"""The two roles of a proposal in a database: who may edit it and who may read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import Layer
from novex_plugin.core.proposal.database import Database, connected, driver
from novex_plugin.core.proposal.database_schema import APPENDED_ONLY


def grant_roles(cursor: Any, database: Database, layers: Sequence[Layer]) -> tuple[str, ...]:
    """Make the roles `<schema>_bewerken` and `<schema>_lezen` where absent, and grant them what they need.

    Gives the statements that an administrator still has to run, because the user may not make roles.
    """
    sql = driver().sql
    names = {"edit": f"{database.schema}_bewerken", "read": f"{database.schema}_lezen"}
    cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", (list(names.values()),))
    present = {row[0] for row in cursor.fetchall()}
    cursor.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
    (may,) = cursor.fetchone()
    statements: list[Any] = []
    for key, name in names.items():
        if name not in present:
            statements.append(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(name)))
        granted = list(_grants(database.schema, layers, key == "edit"))
        marks = {"schema": sql.Identifier(database.schema), "role": sql.Identifier(name)}
        statements += [sql.SQL(template).format(**marks, **_table(table)) for template, table in granted]
    if present != set(names.values()) and not may:
        return tuple(f"{statement.as_string(cursor)};" for statement in statements)
    for statement in statements:
        cursor.execute(statement)
    return ()


def _table(name: str) -> dict[str, Any]:
    return {"table": driver().sql.Identifier(name)} if name else {}


def _grants(schema: str, layers: Sequence[Layer], editing: bool) -> Iterator[tuple[str, str]]:
    """Statements with `{schema}`, `{role}` and the table that they are about."""
    yield "GRANT USAGE ON SCHEMA {schema} TO {role}", ""
    yield "GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role}", ""
    for layer in layers if editing else ():
        rights = "INSERT" if layer.name in APPENDED_ONLY else "INSERT, UPDATE, DELETE"
        rights = "UPDATE" if layer.name == "voorstel" else rights
        yield f"GRANT {rights} ON {{schema}}.{{table}} TO {{role}}", layer.name


def share_styles(cursor: Any, database: Database) -> None:
    """Let both roles read the styles that QGIS keeps in the database, where the user owns that table."""
    sql = driver().sql
    cursor.execute(
        "SELECT n.nspname, r.rolname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, pg_roles r"
        " WHERE c.relname = 'layer_styles' AND c.relkind = 'r' AND pg_has_role(c.relowner, 'USAGE')"
        " AND r.rolname = ANY(%s)",
        ([f"{database.schema}_bewerken", f"{database.schema}_lezen"],),
    )
    for schema, role in cursor.fetchall():
        grant = sql.SQL("GRANT SELECT ON {}.layer_styles TO {}")
        cursor.execute(grant.format(sql.Identifier(schema), sql.Identifier(role)))


def refuse_not_editable(database: Database) -> None:
    """Raise InputError for a database that takes no changes, or not from this user."""
    sql = driver().sql
    with connected(database, writing=True) as cursor:
        cursor.execute("SELECT current_setting('transaction_read_only') = 'on'")
        if cursor.fetchone() == (True,):
            remedy = "Werk in een database waarin u mag schrijven, of haal het voorstel op met novex:fromdatabase."
            raise InputError("is alleen-lezen.", remedy, database.label)
        target = sql.SQL("{}.logboek").format(sql.Identifier(database.schema)).as_string(cursor)
        cursor.execute("SELECT has_table_privilege(%s, 'INSERT')", (target,))
        if cursor.fetchone() == (False,):
            remedy = f"Vraag de beheerder om de rol {database.schema}_bewerken."
            raise InputError("u mag dit voorstel lezen en niet bewerken.", remedy, database.label)
