"""Layers as one GeoJSON file: in WGS 84 (RFC 7946), and in the national grid for programs that ask for it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from novex_plugin.core.delivery.wgs84 import to_wgs84
from novex_plugin.core.features.overlay import Geometries
from novex_plugin.core.features.table import RD_NEW, FeatureTable

_RD_CRS = f'"crs": {{"type": "name", "properties": {{"name": "urn:ogc:def:crs:EPSG::{RD_NEW}"}}}}, '
"""As GeoJSON of 2008 names a CRS; RFC 7946 allows it where both sides agreed on it."""


def write_geojson(target: Path, tables: Sequence[FeatureTable]) -> None:
    """Write the tables (EPSG:28992) as one collection in WGS 84, a feature on a line; `tabel` says which table it
    came from. Exterior rings run counter-clockwise. The caller writes beside.
    """
    _write(target, tables, [to_wgs84(table.geometry) for table in tables], "")


def write_geojson_rd(target: Path, tables: Sequence[FeatureTable]) -> None:
    """The same with the coordinates as they are, in EPSG:28992 (metres), and a member `crs` that says so."""
    _write(target, tables, [table.geometry for table in tables], _RD_CRS)


def _write(target: Path, tables: Sequence[FeatureTable], geometries: Sequence[Geometries], crs: str) -> None:
    lines = ",\n".join(
        line for table, shapes in zip(tables, geometries, strict=True) for line in _features(table, shapes)
    )
    bounds = shapely.total_bounds(np.concatenate([np.empty(0, dtype=object), *geometries]))
    bbox = f'"bbox": {json.dumps(bounds.tolist())}, ' if np.isfinite(bounds).all() else ""
    head = f'{{"type": "FeatureCollection", {crs}{bbox}"features": ['
    target.write_text(f"{head}\n{lines}\n]}}\n", encoding="utf-8")


def _features(table: FeatureTable, shapes: Geometries) -> Iterator[str]:
    geometry = shapely.to_geojson(shapely.orient_polygons(shapes, exterior_cw=False))
    names = [name for name in table.columns if name != "fid"]
    columns = [_values(table.columns[name]) for name in names]
    for shape, *values in zip(geometry.tolist(), *columns, strict=True):
        properties = {"tabel": table.name, **dict(zip(names, values, strict=True))}
        identifier = json.dumps(properties.get("id"), ensure_ascii=False)
        described = json.dumps(properties, ensure_ascii=False, allow_nan=False)
        yield f'{{"type": "Feature", "id": {identifier}, "geometry": {shape or "null"}, "properties": {described}}}'


def _values(column: Any) -> list[Any]:
    """Plain values; whole numbers that travelled as floats because some were absent become whole again."""
    if column.dtype.kind != "f":
        plain: list[Any] = column.tolist()
        return plain
    absent = np.isnan(column)
    if (column[~absent] == np.round(column[~absent])).all():
        return [None if void else int(value) for value, void in zip(column.tolist(), absent, strict=True)]
    return [None if void else value for value, void in zip(column.tolist(), absent, strict=True)]
