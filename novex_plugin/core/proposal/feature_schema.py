"""The agreement as JSON Schema: what the features of a proposal look like as GeoJSON, for all who make or read them."""

from __future__ import annotations

from typing import Any

from novex_plugin.core.agreement import Agreement, LegendUnit
from novex_plugin.core.features.geopackage import Column
from novex_plugin.core.proposal.schema import FEATURE_TABLES, GEOMETRY_TYPES, feature_columns

_GEOMETRIES = {"MULTIPOLYGON": "MultiPolygon", "MULTILINESTRING": "MultiLineString", "POINT": "Point"}
_DEPTHS = {"POINT": 0, "MULTILINESTRING": 2, "MULTIPOLYGON": 3}
"""How deep the positions of a geometry lie in lists."""

_TYPES = {"INTEGER": "integer", "REAL": "number", "BOOLEAN": "boolean"}


def feature_schema(agreement: Agreement) -> dict[str, Any]:
    """JSON Schema (2020-12) of the GeoJSON FeatureCollection of a proposal that follows the agreement: all fields of
    each feature table (named in the property `tabel`), code lists, and what each legend unit asks."""
    tables = {table: _table(agreement, kind, table) for kind, table in FEATURE_TABLES.items()}
    chosen = [
        {
            "if": {"properties": {"properties": {"properties": {"tabel": {"const": table}}, "required": ["tabel"]}}},
            "then": {"$ref": f"#/$defs/{table}"},
        }
        for table in tables
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"novex-features-{agreement.id}-{agreement.version}",
        "title": agreement.title.nl,
        "description": agreement.statement.nl,
        "type": "object",
        "required": ["type", "features"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "features": {"type": "array", "items": {"$ref": "#/$defs/feature"}},
        },
        "$defs": {
            "feature": {
                "type": "object",
                "required": ["type", "id", "geometry", "properties"],
                "properties": {
                    "type": {"const": "Feature"},
                    "id": {"type": "string", "minLength": 1},
                    "geometry": {"type": "object", "required": ["type", "coordinates"]},
                    "properties": {
                        "type": "object",
                        "required": ["tabel"],
                        "properties": {"tabel": {"enum": list(tables)}},
                    },
                },
                "allOf": chosen,
            },
            **tables,
            "position": {"type": "array", "minItems": 2, "maxItems": 3, "items": {"type": "number"}},
        },
    }


def _table(agreement: Agreement, kind: str, table: str) -> dict[str, Any]:
    """A feature of one table: its geometry, its fields and what its legend unit asks."""
    columns = feature_columns(agreement, kind)
    fields = {column.name: _field(column, agreement) for column in columns}
    base = {column.name for column in columns if column.required}
    asked = [_unit(unit, base, agreement) for unit in agreement.drawn_as(kind)]
    geometry = GEOMETRY_TYPES[table]
    properties: dict[str, Any] = {
        "type": "object",
        "required": ["tabel", *fields],
        "additionalProperties": False,
        "properties": {"tabel": {"const": table}, **fields},
    }
    if any(asked):
        properties["allOf"] = [each for each in asked if each]
    shape = {"type": {"const": _GEOMETRIES[geometry]}, "coordinates": _coordinates(_DEPTHS[geometry])}
    return {"properties": {"geometry": {"properties": shape}, "properties": properties}}


def _coordinates(depth: int) -> dict[str, Any]:
    if depth == 0:
        return {"$ref": "#/$defs/position"}
    return {"type": "array", "minItems": 1, "items": _coordinates(depth - 1)}


def _field(column: Column, agreement: Agreement) -> dict[str, Any]:
    kind = _TYPES.get(column.type, "string")
    content: dict[str, Any] = {"title": column.title, "type": kind if column.required else [kind, "null"]}
    if column.allowed or column.name == "legenda":  # an agreement may have no unit for a kind of geometry
        codes = [int(code) if kind == "integer" else code for code in column.allowed]
        content["enum"] = codes if column.required else [*codes, None]
    elif column.required and kind == "string":
        content["minLength"] = 1
    if column.name == "meervoudig":
        code = f" *({'|'.join(agreement.units)}) *"
        content["pattern"] = f"^{code}(,{code})*$"
    if column.type == "DATETIME":
        content["pattern"] = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{3})?Z$"
    return content


def _unit(unit: LegendUnit, base: set[str], agreement: Agreement) -> dict[str, Any] | None:
    """What a legend unit asks more than its table does; None where it asks nothing more."""
    asked: dict[str, Any] = {name: {"not": {"enum": [None, ""]}} for name in unit.required if name not in base}
    if unit.roles != agreement.codes("rol"):
        asked["rol"] = {"enum": list(unit.roles)}
    if not asked:
        return None
    return {
        "if": {"properties": {"legenda": {"const": unit.code}}, "required": ["legenda"]},
        "then": {"properties": asked},
    }
