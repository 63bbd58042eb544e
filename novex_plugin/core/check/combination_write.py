"""The combinations of a variant as layers of a GeoPackage and as the content of a JSON file."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.check.combinations import COLUMNS, Combinations
from novex_plugin.core.features.geopackage import Layer
from novex_plugin.core.features.overlay import Geometries
from novex_plugin.core.features.self_overlay import ground_of
from novex_plugin.core.features.table import FeatureTable, multi
from novex_plugin.core.rules.combinations import JUDGEMENTS
from novex_plugin.core.rules.question import SCALE

_TABLES = {
    2: ("combinatie_vlak", "MULTIPOLYGON", "Combinaties van functies, vlakken"),
    1: ("combinatie_lijn", "MULTILINESTRING", "Combinaties van functies, lijnen"),
    0: ("combinatie_punt", "MULTIPOINT", "Combinaties van functies, punten"),
}
_MEASURES = {"ha": 2, "m": 1, "aantal": 0}
"""Unit of each measure, with the dimension of what is measured in it."""


def combination_layers(result: Combinations) -> list[tuple[Layer, FeatureTable]]:
    """The three layers of a GeoPackage with their rows: polygons, lines and points (EPSG:28992)."""
    dimension = shapely.get_dimensions(result.pairs.geometry)
    layers = []
    for number, (name, kind, title) in _TABLES.items():
        rows = result.pairs.take(dimension == number)
        geometry = _points(rows.geometry) if number == 0 else multi(rows.geometry)
        layers.append((Layer(name, kind, COLUMNS, title), FeatureTable(name, geometry, rows.columns)))
    return layers


def _points(geometry: Geometries) -> Geometries:
    result = np.full(len(geometry), None, dtype=object)
    parts, owner = shapely.get_parts(geometry, return_index=True)
    if len(parts):
        result[:] = shapely.multipoints(parts, indices=owner)
    return result


def combination_content(result: Combinations) -> dict[str, Any]:
    """The combinations as they stand in the JSON file of the findings.

    `totals` per judgement and `kinds` per pair of legend units measure ground once, however many pairs lie on it;
    `pairs` are the rows of the layers without geometry.
    """
    pairs = result.pairs
    matrix = result.matrix
    return {
        "matrix": {"id": matrix.id, "version": matrix.release, "digest": matrix.digest},
        "left_out": {"lapsed": result.lapsed, "unsound": result.unsound},
        "missing": result.missing,
        "totals": _totals(pairs),
        "kinds": _kinds(result),
        "pairs": _rows(pairs),
    }


def measured_ground(rows: NDArray[np.int64], groups: int, geometry: Geometries) -> dict[str, list[float]]:
    """How much ground each group of geometries takes, counted once: `ha`, `m` and `aantal`, a value per group."""
    dimension = shapely.get_dimensions(geometry)
    found: dict[str, list[float]] = {}
    for unit, number in _MEASURES.items():
        mine = dimension == number
        found[unit] = (ground_of(rows[mine], groups, geometry[mine]) * SCALE[unit]).tolist()
    return found


def _totals(pairs: FeatureTable) -> list[dict[str, Any]]:
    judgement = pairs.columns["oordeel"].astype(str)
    rows = np.array([JUDGEMENTS.index(each) for each in judgement.tolist()], dtype=np.int64)
    ground = measured_ground(rows, len(JUDGEMENTS), pairs.geometry)
    declared = pairs.columns["opgegeven"].astype(str) != "geen"
    return [
        {
            "judgement": name,
            "pairs": int((rows == number).sum()),
            "declared": int((declared & (rows == number)).sum()),
            **{unit: values[number] for unit, values in ground.items()},
        }
        for number, name in enumerate(JUDGEMENTS)
    ]


def _kinds(result: Combinations) -> list[dict[str, Any]]:
    """Every pair of legend units that occurs, the gravest judgement first."""
    columns = result.pairs.columns
    both = np.sort(np.stack([columns[name].astype(str) for name in ("eerste_legenda", "tweede_legenda")]), axis=0)
    units, first, rows, counts = np.unique(both, axis=1, return_index=True, return_inverse=True, return_counts=True)
    rows = rows.reshape(-1).astype(np.int64)
    ground = measured_ground(rows, len(first), result.pairs.geometry)
    declared = np.bincount(rows, weights=columns["opgegeven"].astype(str) != "geen", minlength=len(first))
    kinds = [
        {
            "first": str(units[0, number]),
            "second": str(units[1, number]),
            "judgement": columns["oordeel"][row],
            "combination": columns["combinatie"][row],
            "condition": columns["voorwaarde"][row],
            "reason": columns["reden"][row],
            "source": columns["bron"][row],
            "pairs": int(counts[number]),
            "declared": int(declared[number]),
            **{unit: values[number] for unit, values in ground.items()},
        }
        for number, row in enumerate(first.tolist())
    ]
    return sorted(kinds, key=lambda kind: (JUDGEMENTS.index(str(kind["judgement"])), kind["first"], kind["second"]))


def _rows(pairs: FeatureTable) -> list[dict[str, Any]]:
    names = [column.name for column in COLUMNS]
    return [
        dict(zip(names, values, strict=True))
        for values in zip(*(pairs.columns[name].tolist() for name in names), strict=True)
    ]
