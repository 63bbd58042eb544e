"""Layers as one GeoJSON file (RFC 7946, WGS 84)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from novex_plugin.core.delivery.wgs84 import to_wgs84
from novex_plugin.core.features.table import FeatureTable


def write_geojson(target: Path, tables: Sequence[FeatureTable]) -> None:
    """Write the tables (EPSG:28992) as one collection, a feature on a line; `tabel` says which table it came from.

    The caller writes beside.
    """
    lines = ",\n".join(line for table in tables for line in _features(table))
    target.write_text(f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n', encoding="utf-8")


def _features(table: FeatureTable) -> Iterator[str]:
    geometry = shapely.to_geojson(shapely.orient_polygons(to_wgs84(table.geometry), exterior_cw=False))
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
