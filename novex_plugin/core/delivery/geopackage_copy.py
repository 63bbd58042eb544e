"""The proposal as it is handed over: one variant, in the agreed schema, the same bytes for the same content."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.delivery.long_codes import refuse_long_codes
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import Column, Layer, append, create, layer_names, read_layer
from novex_plugin.core.features.table import FeatureTable, attribute_table, multi
from novex_plugin.core.proposal.problems import absent

_PLACES = re.compile(
    r'(?P<web>\b(?:https?|ftp)://[^\s"\']+)'
    r'|(?<![\w:/\\])(?:file://)?(?:[A-Za-z]:|~)?[/\\]+(?:[^/\\"\'|?*<>:\n]+[/\\]+)+'
)
"""A web address, or the folders of a path on somebody's computer: those name persons, and mean nothing elsewhere."""

_WITH_PATHS = {"logboek": ("parameters",), "dataset": ("plaats",)}


@dataclass
class Copied:
    """What the copy holds: rows per table, and what of the source does not belong to the schema and was left out."""

    rows: dict[str, int] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def copy_variant(
    source: Path,
    target: Path,
    layers: Sequence[Layer],
    variant: str,
    keep_empty: bool = False,
    sound: bool = True,
    more: FeatureTable | None = None,
) -> Copied:
    """Copy one variant of a proposal into a new GeoPackage with these tables. The caller writes beside.

    Rows are sorted by `id`, exterior rings run counter-clockwise, folders of local paths are taken off, and feature
    tables without rows are left out unless `keep_empty`. `more` are rows to add to the attribute table of that name,
    in the place of those with the same `id`. Raises InputError when the variant has no feature at all, or (with
    `sound`) a feature without a valid geometry.
    """
    present = layer_names(source)
    known = {layer.name: layer for layer in layers}
    copied = Copied(left_out=[f"tabel {name}" for name in present if name not in known])
    tables = {name: read_layer(source, name) for name in known if name in present}
    _require(source, tables, known)
    if more is not None and len(more):
        tables[more.name] = _joined(tables.get(more.name), more)
    features = {name: _of_variant(source, tables[name], variant, sound) for name in tables if known[name].geometry_type}
    kept = np.concatenate([table.column("id") for table in features.values()] or [np.empty(0, dtype=object)])
    if len(kept) == 0:
        raise InputError(
            f"variant '{variant}' heeft geen enkel onderdeel.", "Kies een variant die getekend is.", source
        )
    written = [layer for layer in layers if keep_empty or _has_rows(layer, tables, features)]
    create(target, written)
    for layer in written:
        table = features.get(layer.name)
        if table is None and layer.name in tables:
            table = _of_kept(tables[layer.name], variant, kept)
        if table is None:
            continue
        copied.left_out += [f"veld {layer.name}.{name}" for name in _foreign(table, layer)]
        append(target, layer.name, _in_order(_in_schema(source, table, layer)))
        copied.rows[layer.name] = len(table)
    return copied


def _require(source: Path, tables: Mapping[str, FeatureTable], known: Mapping[str, Layer]) -> None:
    """Refuse tables without the fields that rows are chosen and sorted by, or with codes that none can be."""
    for name, table in tables.items():
        refuse_long_codes(source, table)
        needed = ("id", "variant") if known[name].geometry_type else ("id",)
        for field_name in needed:
            if field_name not in table.columns:
                raise InputError(
                    "dit veld ontbreekt.", "Geef een voorstel van deze versie.", source, name, None, field_name
                )


def _joined(table: FeatureTable | None, more: FeatureTable) -> FeatureTable:
    """The rows of an attribute table with those of `more`, which replace the ones of the same id."""
    if table is None:
        return more
    kept = table.take(~np.isin(table.column("id").astype(str), more.column("id").astype(str)))
    nothing = np.full(len(more), None, dtype=object)
    columns = {
        name: np.concatenate([values.astype(object), more.columns.get(name, nothing)])
        for name, values in kept.columns.items()
    }
    return attribute_table(table.name, columns)


def _has_rows(layer: Layer, tables: Mapping[str, FeatureTable], features: Mapping[str, FeatureTable]) -> bool:
    return layer.name in tables and (not layer.geometry_type or len(features[layer.name]) > 0)


def _of_variant(source: Path, table: FeatureTable, variant: str, sound: bool) -> FeatureTable:
    chosen = table.take(table.column("variant") == variant)
    invalid = ~shapely.is_valid(chosen.geometry) | shapely.is_empty(chosen.geometry)
    invalid |= shapely.is_missing(chosen.geometry)
    if sound and invalid.any():
        row = str(chosen.column("id")[np.flatnonzero(invalid)[0]])
        reason = shapely.is_valid_reason(chosen.geometry[np.flatnonzero(invalid)[0]]) or "er is geen geometrie"
        raise InputError(
            f"{int(invalid.sum())} onderdelen hebben geen geldige geometrie; het eerste: {reason}.",
            "Herstel ze met 'Geometrie repareren' of verwijder ze.",
            source,
            table.name,
            row,
            "geom",
        )
    oriented = shapely.orient_polygons(shapely.force_2d(multi(chosen.geometry)), exterior_cw=False)
    return FeatureTable(chosen.name, oriented, chosen.columns, chosen.epsg)


def _of_kept(table: FeatureTable, variant: str, kept: NDArray[np.object_]) -> FeatureTable:
    """Rows about the variant, about its features, or about the proposal as a whole."""
    chosen = np.ones(len(table), dtype=bool)
    if table.name == "variant":
        chosen &= table.column("id") == variant
    elif "variant" in table.columns:
        chosen &= absent(table.column("variant")) | (table.column("variant") == variant)
    if "kenmerk" in table.columns:
        about = table.column("kenmerk")
        chosen &= absent(about) | np.isin(about.astype(str), kept.astype(str))
    return table.take(chosen)


def _foreign(table: FeatureTable, layer: Layer) -> list[str]:
    known = {column.name for column in layer.columns} | {"fid"}
    return [name for name in table.columns if name not in known]


def _in_schema(source: Path, table: FeatureTable, layer: Layer) -> FeatureTable:
    """The columns of the layer in its order; one that the source lacks is empty where the schema allows it."""
    columns = {column.name: _column(source, table, layer, column) for column in layer.columns}
    for name in _WITH_PATHS.get(layer.name, ()):
        columns[name] = without_folders(columns[name])
    if layer.geometry_type:
        return FeatureTable(layer.name, table.geometry, columns, layer.epsg)
    return attribute_table(layer.name, columns)


def _column(source: Path, table: FeatureTable, layer: Layer, column: Column) -> NDArray[np.object_]:
    if column.name in table.columns:
        return table.columns[column.name]
    if column.required and len(table):
        raise InputError(
            "dit verplichte veld ontbreekt.",
            "Werk het voorstel bij naar deze versie.",
            source,
            layer.name,
            None,
            column.name,
        )
    return np.full(len(table), None, dtype=object)


def without_folders(values: NDArray[np.object_]) -> NDArray[np.object_]:
    """A column in which each path on somebody's computer is cut down to its file name."""
    result = np.empty(len(values), dtype=object)
    result[:] = [without_folder(value) for value in values.tolist()]
    return result


def without_folder(value: Any) -> Any:
    """Text in which each path on somebody's computer is cut down to its file name; web addresses stay whole."""
    return _PLACES.sub(lambda found: found["web"] or "", value) if isinstance(value, str) else value


def _in_order(table: FeatureTable) -> FeatureTable:
    if "id" not in table.columns:
        return table
    return table.take(np.argsort(table.column("id").astype(str), kind="stable"))
