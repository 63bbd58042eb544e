"""The features that were added, changed and removed, as layers to look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.delivery.changes import Changes
from novex_plugin.core.delivery.changes_rows import Beside
from novex_plugin.core.features.geopackage import Column, Layer, append, create
from novex_plugin.core.features.table import FeatureTable, multi
from novex_plugin.core.files import json_bytes, written_beside

_KINDS = {
    2: ("wijziging_vlak", "MULTIPOLYGON"),
    1: ("wijziging_lijn", "MULTILINESTRING"),
    0: ("wijziging_punt", "POINT"),
}
_COLUMNS = (
    Column("id", title="Kenmerk"),
    Column("wijziging", allowed=("toegevoegd", "gewijzigd", "vervallen"), title="Wijziging"),
    Column("stand", allowed=("nu", "was"), title="Hoe het nu is, of hoe het was"),
    Column("legenda", title="Legenda-eenheid"),
    Column("naam", title="Naam"),
    Column("velden", title="Velden die verschillen"),
    Column("verplaatst_m", "REAL", title="Grootste verplaatsing (m)"),
    Column("groter_ha", "REAL", title="Groter geworden (ha)"),
    Column("verschil_ha", "REAL", title="Grond die maar van één van beide is (ha)"),
    Column("langer_km", "REAL", title="Langer geworden (km)"),
)


def write_changes(found: Changes, output: Path, layers: Path | None) -> None:
    """Write the outcome as JSON and, where asked, the features as a GeoPackage: both or neither.

    A changed feature stands there as it is now and, when its geometry changed, as it was.
    """
    with written_beside(output) as unfinished:
        unfinished.write_bytes(json_bytes(found.content))
        if layers is not None:
            with written_beside(layers) as geopackage:
                _write(found, geopackage)


def _write(found: Changes, target: Path) -> None:
    parts = list(_parts(found))
    layers = [Layer(name, kind, _COLUMNS, title=name.replace("_", " ").capitalize()) for name, kind in _KINDS.values()]
    create(target, layers)
    for dimension, (name, _) in _KINDS.items():
        for part in parts:
            own = part.take(shapely.get_dimensions(part.geometry) == dimension)
            if len(own):
                append(target, name, FeatureTable(name, multi(own.geometry), own.columns))


def _parts(found: Changes) -> Iterator[FeatureTable]:
    laid, shifted, changed = found.laid, found.moved, found.changed
    yield _rows(laid.new, laid.added, "toegevoegd", "nu")
    yield _rows(laid.old, laid.removed, "vervallen", "was")
    fields = np.empty(len(changed), dtype=object)
    fields[:] = [_fields(laid, pair, bool(shifted.rows[pair])) for pair in changed.tolist()]
    measured = {
        "velden": fields,
        "verplaatst_m": np.round(shifted.distance_m[changed], 3),
        "groter_ha": np.round(shifted.area_ha[changed], 4),
        "verschil_ha": np.round(shifted.differing_ha[changed], 4),
        "langer_km": np.round(shifted.length_km[changed], 4),
    }
    now = _rows(laid.new, laid.new_rows[changed], "gewijzigd", "nu", **measured)
    yield now
    yield _rows(laid.old, laid.old_rows[changed], "gewijzigd", "was", **measured).take(shifted.rows[changed])


def _rows(rows: FeatureTable, chosen: NDArray[np.intp], change: str, state: str, **more: NDArray[Any]) -> FeatureTable:
    count = len(chosen)
    columns: dict[str, NDArray[Any]] = {
        name: rows.columns.get(name, np.full(len(rows), None, dtype=object))[chosen]
        for name in ("id", "legenda", "naam")
    }
    columns |= {"wijziging": np.full(count, change, dtype=object), "stand": np.full(count, state, dtype=object)}
    return FeatureTable("wijziging", shapely.force_2d(rows.geometry[chosen]), {**columns, **more})


def _fields(laid: Beside, pair: int, moved: bool) -> str | None:
    names = [*(each.field for each in laid.fields.get(pair, [])), *(["geom"] if moved else [])]
    return ", ".join(names) or None
