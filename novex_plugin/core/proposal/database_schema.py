"""The tables of a proposal in PostGIS, made from the same agreement as those in a GeoPackage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import Column, Layer
from novex_plugin.core.proposal.database import DATABASE_VERSION, Database, driver
from novex_plugin.core.proposal.schema import proposal_layers
from novex_plugin.core.resources import RESOURCES

TYPES = {
    "TEXT": "text",
    "INTEGER": "bigint",
    "REAL": "double precision",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "DATETIME": "timestamptz(3)",
}
"""What the types of a GeoPackage are in PostgreSQL."""

_GEOMETRY = {"MULTIPOLYGON": "MultiPolygon", "MULTILINESTRING": "MultiLineString", "POINT": "Point"}
FIRST = ("voorstel", "variant")
"""The tables that others refer to."""

APPENDED_ONLY = ("logboek",)


def is_uuid(layer: Layer, column: Column) -> bool:
    """Whether a column is the permanent id of a row; that of a variant is a code."""
    return column.name == "id" and layer.name != "variant"


def ordered(layers: Sequence[Layer]) -> list[Layer]:
    """The tables in the order in which they can be filled."""
    return sorted(layers, key=lambda layer: layer.name not in FIRST)


def prepare(cursor: Any, database: Database) -> str:
    """See that a new proposal can be made here; gives the schema in which PostGIS lies.

    Raises InputError when PostGIS is absent, the schema holds something, or the user may not make it.
    """
    geometry = postgis_schema(cursor, database)
    cursor.execute("SELECT oid FROM pg_namespace WHERE nspname = %s", (database.schema,))
    if (found := cursor.fetchone()) is not None:
        cursor.execute(
            "SELECT (SELECT count(*) FROM pg_class WHERE relnamespace = %s),"
            " (SELECT count(*) FROM pg_proc WHERE pronamespace = %s)",
            (found[0], found[0]),
        )
        if cursor.fetchone() != (0, 0):
            remedy = "Kies een andere naam voor SCHEMA; dit schema blijft zoals het is."
            raise InputError("bestaat al en is niet leeg.", remedy, database.label)
        return geometry
    cursor.execute("SELECT has_database_privilege(current_database(), 'CREATE'), current_database(), current_user")
    may, name, user = cursor.fetchone()
    if not may:
        sql = driver().sql
        ask = sql.SQL("CREATE SCHEMA {} AUTHORIZATION {}").format(*map(sql.Identifier, (database.schema, user)))
        remedy = f"Vraag de beheerder in de database {name} om: {ask.as_string(cursor)};"
        raise InputError("u mag in deze database geen schema maken.", remedy, database.label)
    _run(cursor, "CREATE SCHEMA {}", database.schema)
    return geometry


def postgis_schema(cursor: Any, database: Database) -> str:
    """The schema in which PostGIS lies. Raises InputError when it is not installed."""
    cursor.execute(
        "SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE extname = 'postgis'"
    )
    found = cursor.fetchone()
    if found is None:
        remedy = "Vraag de beheerder in deze database om: CREATE EXTENSION postgis;"
        raise InputError("PostGIS ontbreekt.", remedy, f"database {database.name}")
    return str(found[0])


def create_tables(cursor: Any, database: Database, agreement: Agreement, geometry: str) -> None:
    """Make the code tables and the empty tables of a proposal, with constraints, indexes and comments."""
    layers = proposal_layers(agreement)
    columns = "(versie text PRIMARY KEY, gemaakt timestamptz NOT NULL DEFAULT now())"
    _run(cursor, "CREATE TABLE {}.novex_schema " + columns, database.schema)
    cursor.execute(_sql("INSERT INTO {}.novex_schema (versie) VALUES (%s)", database.schema), (DATABASE_VERSION,))
    whole_numbers = {column.name for layer in layers for column in layer.columns if column.type == "INTEGER"}
    lists = dict(_code_lists(agreement))
    for name, codes in lists.items():
        kind = "bigint" if name in whole_numbers else "text"
        _create_code_table(cursor, database.schema, name, kind, codes)
    for layer in ordered(layers):
        _create_table(cursor, database.schema, layer, lists, geometry)
        _comment(cursor, database.schema, layer)
    for layer in layers:
        if layer.geometry_type:
            _run(cursor, "CREATE INDEX ON {}.{} USING gist (geom)", database.schema, layer.name)
    _run(cursor, "CREATE UNIQUE INDEX voorstel_is_een_rij ON {}.voorstel ((true))", database.schema)


def _code_lists(agreement: Agreement) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Every list of codes with its labels, under the name of the column that uses it."""
    for name, codes in agreement.code_lists.items():
        yield name, [(code.code, code.label.nl, code.label.en) for code in codes]
    yield "legenda", [(unit.code, unit.label.nl, unit.label.en) for unit in agreement.legend]
    yield "indicator", [(each.id, each.label.nl, each.label.en) for each in agreement.indicators]


def _create_code_table(cursor: Any, schema: str, name: str, kind: str, codes: list[tuple[str, str, str]]) -> None:
    table = f"codelijst_{name}"
    columns = f"(code {kind} PRIMARY KEY, nl text NOT NULL, en text NOT NULL, volgorde integer NOT NULL)"
    _run(cursor, "CREATE TABLE {}.{} " + columns, schema, table)
    rows = [(*code, number) for number, code in enumerate(codes, start=1)]
    insert = _sql("INSERT INTO {}.{} VALUES %s", schema, table)
    driver().extras.execute_values(cursor, insert, rows, f"(%s::{kind}, %s, %s, %s)")
    cursor.execute(_sql("COMMENT ON TABLE {}.{} IS %s", schema, table), (f"Codelijst {name} van de afspraken",))


def _create_table(
    cursor: Any, schema: str, layer: Layer, lists: dict[str, list[tuple[str, str, str]]], geometry: str
) -> None:
    sql = driver().sql
    parts = [sql.SQL("fid bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY")]
    if layer.geometry_type:
        parts += _geometry_parts(layer, geometry)
    for column in layer.columns:
        parts += _column_parts(schema, layer, column, lists)
    parts.append(sql.SQL("rij_versie bigint NOT NULL DEFAULT 1"))
    body = sql.SQL(", ").join(parts)
    cursor.execute(sql.SQL("CREATE TABLE {}.{} ({})").format(*map(sql.Identifier, (schema, layer.name)), body))


def _geometry_parts(layer: Layer, geometry: str) -> list[Any]:
    kind = _GEOMETRY[str(layer.geometry_type)]
    named = {"g": geometry}
    return [
        _sql(f"geom {{g}}.geometry({kind}, {layer.epsg:d}) NOT NULL", **named),
        _sql("CONSTRAINT {} CHECK (NOT {g}.ST_IsEmpty(geom))", f"{layer.name}_geometrie_is_niet_leeg", **named),
        _sql("CONSTRAINT {} CHECK ({g}.ST_IsValid(geom))", f"{layer.name}_geometrie_is_geldig", **named),
    ]


def _column_parts(
    schema: str, layer: Layer, column: Column, lists: dict[str, list[tuple[str, str, str]]]
) -> Iterator[Any]:
    """The column and its constraints."""
    sql = driver().sql
    name = column.name
    kind = "uuid" if is_uuid(layer, column) else TYPES[column.type]
    definition = _sql("{} " + kind, name)
    if column.required:
        definition += sql.SQL(" NOT NULL")
    if column.unique:
        definition += sql.SQL(" UNIQUE")
    if is_uuid(layer, column):
        definition += sql.SQL(" DEFAULT gen_random_uuid()")
    elif column.default is not None:
        definition += sql.SQL(" DEFAULT ") + sql.Literal(column.default)
    yield definition
    if column.required and kind == "text":
        yield _sql("CONSTRAINT {} CHECK ({} <> '')", f"{layer.name}_{name}_is_ingevuld", name)
    if column.allowed and name in lists:
        known = (f"{layer.name}_{name}_staat_in_de_codelijst", name, schema, f"codelijst_{name}")
        yield _sql("CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {}.{} (code)", *known)
    if column.allowed and set(column.allowed) != {code for code, *_ in lists.get(name, [])}:
        codes = sql.SQL(", ").join(map(sql.Literal, column.allowed))
        yield _sql("CONSTRAINT {} CHECK ({} IN (", f"{layer.name}_{name}_hoort_hier", name) + codes + sql.SQL("))")
    if layer.geometry_type and name == "variant":
        exists = (f"{layer.name}_variant_bestaat", name, schema)
        # No cascade: its updates touch no row where nothing is drawn, which is what a conflict looks like.
        yield _sql("CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {}.variant (id)", *exists)


def _comment(cursor: Any, schema: str, layer: Layer) -> None:
    cursor.execute(_sql("COMMENT ON TABLE {}.{} IS %s", schema, layer.name), (layer.description or layer.title,))
    for column in layer.columns:
        if column.title:
            cursor.execute(_sql("COMMENT ON COLUMN {}.{}.{} IS %s", schema, layer.name, column.name), (column.title,))
    told = "Telt de wijzigingen van deze rij; door de database bijgehouden"
    cursor.execute(_sql("COMMENT ON COLUMN {}.{}.rij_versie IS %s", schema, layer.name), (told,))


def create_guards(cursor: Any, database: Database, layers: Sequence[Layer]) -> None:
    """Make what watches over edits: conflicts refused, old rows kept, the time of change set.

    To be called once the rows are in, so that they stay as they were.
    """
    source = (RESOURCES / "templates" / "postgis_guards.sql").read_text(encoding="utf-8")
    cursor.execute(_sql(source, schema=database.schema))
    for layer in layers:
        for guard in _guards(layer):
            cursor.execute(_sql(guard, schema=database.schema, table=layer.name))


def _guards(layer: Layer) -> Iterator[str]:
    row = "FOR EACH ROW EXECUTE FUNCTION {schema}"
    yield f"CREATE TRIGGER bewaak_versie BEFORE INSERT OR UPDATE ON {{schema}}.{{table}} {row}.bewaak_versie()"
    yield (
        "CREATE TRIGGER weiger_verdwenen AFTER UPDATE ON {schema}.{table} REFERENCING OLD TABLE AS oud"
        " FOR EACH STATEMENT EXECUTE FUNCTION {schema}.weiger_verdwenen()"
    )
    yield f"CREATE TRIGGER bewaar_oud AFTER UPDATE OR DELETE ON {{schema}}.{{table}} {row}.bewaar_oud()"
    if layer.geometry_type:
        yield f"CREATE TRIGGER zet_gewijzigd BEFORE INSERT OR UPDATE ON {{schema}}.{{table}} {row}.zet_gewijzigd()"


def _sql(template: str, *names: str, **marks: str) -> Any:
    """SQL with every name quoted by the driver."""
    sql = driver().sql
    marked = {mark: sql.Identifier(name) for mark, name in marks.items()}
    return sql.SQL(template).format(*map(sql.Identifier, names), **marked)


def _run(cursor: Any, template: str, *names: str) -> None:
    cursor.execute(_sql(template, *names))
