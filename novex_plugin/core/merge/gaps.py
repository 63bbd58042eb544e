"""What stops exactly at a border: an area along it, and nothing of its kind at the other side."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.features.geopackage import Column, Layer
from novex_plugin.core.features.overlay import Geometries, Indexed, Rows, dissolved, of_dimension
from novex_plugin.core.features.table import FeatureTable, multi
from novex_plugin.core.merge.borders import NEAR_M, Borders
from novex_plugin.core.merge.joined import DELIVERY, texts
from novex_plugin.core.proposal.problems import absent

GAP_TABLE = "gat_lijn"
LEAST_M = 100.0
"""How long (m) an area has to run along a border before its end there is told."""

_SPACE = uuid.UUID("5b9c8f2a-50a6-5d0e-8f4e-0a44c2b1d7aa")


def gap_layer() -> Layer:
    """The table of gaps: the stretch of border along which an area has no counterpart."""
    titles = {
        "levering": "Levering",
        "kenmerk": "Kenmerk",
        "legenda": "Legenda-eenheid",
        "naam": "Naam",
        "buurprovincie": "Provincie aan de andere kant",
    }
    columns = (
        Column("id", required=True, unique=True, title="Kenmerk van het gat"),
        *(Column(name, title=title) for name, title in titles.items()),
        Column("lengte_m", "REAL", title="Lengte langs de grens (m)"),
    )
    return Layer(GAP_TABLE, "MULTILINESTRING", columns, title="Wat bij de grens ophoudt")


@dataclass(frozen=True)
class _Stretches:
    """Stretches of border along areas: rows of the areas, the province at the other side, and the lines."""

    row: Rows
    neighbour: NDArray[np.object_]
    line: Geometries

    def take(self, chosen: NDArray[Any]) -> _Stretches:
        return _Stretches(self.row[chosen], self.neighbour[chosen], self.line[chosen])


def gaps(areas: FeatureTable, border: Borders, delivered: Collection[str], least_m: float = LEAST_M) -> FeatureTable:
    """The areas that run along a border for more than `least_m` without an area of the same legend unit, of another
    delivery, within `NEAR_M` of the border there.

    Only borders between provinces that delivered are judged. `areas` are polygons with the column `levering`. What an
    area has in `meervoudig` counts as its legend unit at the other side too.
    """
    there = sorted(delivered)
    here = np.isin(border.neighbour.astype(str), there) & np.isin(border.province.astype(str), there)
    along = _along(areas, Borders(border.province[here], border.neighbour[here], border.line[here]))
    along = along.take(shapely.length(along.line) > least_m)
    covered = _covered(along, areas)
    alone = of_dimension(shapely.difference(along.line, covered), np.ones(len(along.row), dtype=np.int64))
    length = np.nan_to_num(shapely.length(alone))
    open_ended = np.flatnonzero(length > least_m)
    return _table(along.take(open_ended), alone[open_ended], length[open_ended], areas)


def _along(areas: FeatureTable, border: Borders) -> _Stretches:
    """The stretches of border that the edge of an area of its own province runs along."""
    piece, row = shapely.STRtree(areas.geometry).query(border.line, predicate="dwithin", distance=NEAR_M)
    own = areas.columns[DELIVERY][row] == border.province[piece]
    piece, row = piece[own], row[own]
    codes, neighbour = np.unique(border.neighbour.astype(str), return_inverse=True)
    strip = shapely.buffer(border.line, NEAR_M)
    edge = shapely.intersection(shapely.boundary(areas.geometry[row]), strip[piece])
    stretch = shapely.intersection(border.line[piece], shapely.buffer(edge, NEAR_M))
    several = max(len(codes), 1)
    key, lines = dissolved(row * several + neighbour[piece], of_dimension(stretch, np.ones_like(row)))
    real = ~shapely.is_missing(lines)
    key, lines = key[real], lines[real]
    return _Stretches(key // several, codes.astype(object)[key % several], lines)


def _covered(along: _Stretches, areas: FeatureTable) -> Geometries:
    """For each stretch the ground within `NEAR_M` of the areas of the same unit that others deliver there."""
    stretch, other = Indexed(areas.geometry).tree.query(along.line, predicate="dwithin", distance=NEAR_M)
    of, unit = areas.columns[DELIVERY], areas.columns["legenda"]
    foreign = of[along.row[stretch]] != of[other]
    stretch, other = stretch[foreign], other[foreign]
    wanted = unit[along.row[stretch]]
    alike = wanted == unit[other]
    combined = areas.columns["meervoudig"][other]
    several = np.flatnonzero(~alike & ~absent(combined))
    alike[several] = [
        code in {part.strip() for part in str(text).split(",")}
        for code, text in zip(wanted[several].tolist(), combined[several].tolist(), strict=True)
    ]
    stretch, other = stretch[alike], other[alike]
    rows, ground = dissolved(stretch, shapely.buffer(areas.geometry[other], NEAR_M))
    result = np.full(len(along.row), shapely.Polygon(), dtype=object)
    result[rows] = ground
    return result


def _table(found: _Stretches, line: Geometries, length: NDArray[np.float64], areas: FeatureTable) -> FeatureTable:
    columns = {name: areas.columns[name][found.row] for name in (DELIVERY, "kenmerk", "legenda", "naam")}
    named = zip(columns[DELIVERY].tolist(), columns["kenmerk"].tolist(), found.neighbour.tolist(), strict=True)
    columns = {
        "id": texts([str(uuid.uuid5(_SPACE, "\n".join(each))) for each in named]),
        **columns,
        "buurprovincie": found.neighbour,
        "lengte_m": np.round(length, 1),
    }
    return FeatureTable(GAP_TABLE, multi(shapely.normalize(shapely.line_merge(line))), columns)
