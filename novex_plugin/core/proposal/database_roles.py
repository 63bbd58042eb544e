"""The two roles of a proposal in a database: who may edit it and who may read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from novex_plugin.core.features.geopackage import Layer
from novex_plugin.core.proposal.database import Database, driver
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
