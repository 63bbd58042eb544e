"""Staged rows become the snapshot's GeoPackage: types settled, indexed, and renamed into place when it is whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from novex_plugin.core.basisset.pull.failure import PullFailure
from novex_plugin.core.basisset.pull.staging import LayerState
from novex_plugin.core.basisset.snapshot import SnapshotLayer
from novex_plugin.core.errors import InputError
from novex_plugin.core.features import geopackage
from novex_plugin.core.features.geopackage import Column, Layer
from novex_plugin.core.features.sql import quoted, statement
from novex_plugin.core.files import written_beside

_TAKEN = ("fid", "geom", "rowid", "oid", "_rowid_")
_CASTS = {"TEXT": "TEXT", "INTEGER": "INTEGER", "REAL": "REAL"}


def write_geopackage(staging: Path, states: Sequence[LayerState], target: Path) -> list[SnapshotLayer]:
    """Write the GeoPackage of these layers; rows keep the order in which they came."""
    layers = [_layer(state) for state in states]
    try:
        with written_beside(target) as unfinished:
            geopackage.create(unfinished, layers)
            with closing(sqlite3.connect(unfinished, isolation_level=None)) as connection:
                connection.execute("PRAGMA synchronous = OFF")
                connection.execute("ATTACH ? AS staging", (str(staging),))
                connection.execute("BEGIN")
                for number, (state, layer) in enumerate(zip(states, layers, strict=True)):
                    if state.stored:
                        _copy(connection, number, state, layer)
                connection.execute("COMMIT")
                connection.execute("DETACH staging")
    except sqlite3.OperationalError as error:
        raise PullFailure(f"het bestand is niet weg te schrijven ({error}).", keep=True) from error
    except InputError as error:
        raise PullFailure(f"het bestand {error.problem}", keep=True) from error
    pairs = zip(layers, states, strict=True)
    return [SnapshotLayer(layer.name, layer.geometry_type, state.stored) for layer, state in pairs]


def _layer(state: LayerState) -> Layer:
    kinds = state.geometry_types
    geometry = None if not kinds and state.stored else (kinds[0] if len(kinds) == 1 else "GEOMETRY")
    names = final_names(list(state.columns))
    columns = tuple(Column(name, kind or "TEXT") for name, kind in zip(names, state.columns.values(), strict=True))
    return Layer(state.name, geometry, columns)


def final_names(names: Sequence[str]) -> list[str]:
    """Column names as the snapshot has them: the source's own, unless they clash with each other or with ours."""
    final: list[str] = []
    taken = set(_TAKEN)
    for name in names:
        wanted = f"bron_{name}" if name.lower() in _TAKEN else name
        candidate, count = wanted, 1
        while candidate.lower() in taken:
            count += 1
            candidate = f"{wanted}_{count}"
        taken.add(candidate.lower())
        final.append(candidate)
    return final


def _copy(connection: sqlite3.Connection, number: int, state: LayerState, layer: Layer) -> None:
    source = f"rows_{number}"
    suspended = geopackage.suspend_triggers(connection, layer.name)
    names = [column.name for column in layer.columns]
    values = [_value(f"c{place}", column.type) for place, column in enumerate(layer.columns)]
    shaped = layer.geometry_type is not None
    targets = ["fid", *(["geom"] if shaped else []), *names]
    selected = ", ".join(["fid", *(["geom"] if shaped else []), *values])
    insert = statement("INSERT INTO main.{table} ({targets}) SELECT ", table=layer.name, targets=targets)
    order = statement(" FROM staging.{source} ORDER BY fid", source=source)
    connection.execute(insert + selected + order)
    if shaped:
        index = f"rtree_{layer.name}_geom"
        fill = "INSERT INTO main.{index} SELECT fid, minx, maxx, miny, maxy FROM staging.{source}"
        connection.execute(statement(fill, index=index, source=source))
        extent = statement("SELECT min(minx), min(miny), max(maxx), max(maxy) FROM staging.{source}", source=source)
        box = connection.execute(extent).fetchone()
        connection.execute(
            "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?",
            (*box, layer.name),
        )
    connection.execute(
        "UPDATE gpkg_ogr_contents SET feature_count = ? WHERE table_name = ?", (state.stored, layer.name)
    )
    for trigger in suspended:
        connection.execute(trigger)


def _value(column: str, kind: str) -> str:
    return f"CAST({quoted(column)} AS {_CASTS[kind]})" if kind in _CASTS else quoted(column)
