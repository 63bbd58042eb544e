"""Ground that two deliveries both draw on: who draws what, where, and how much of it."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.check.claims import SLIVER_M2, SLIVER_SHARE
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import Column, Layer
from novex_plugin.core.features.overlay import Indexed, Overlaps, overlaps
from novex_plugin.core.features.self_overlay import PAIRS_MAXIMUM
from novex_plugin.core.features.table import FeatureTable, multi
from novex_plugin.core.merge.joined import DELIVERY, texts
from novex_plugin.core.progress import Progress, stop_if_cancelled

OVERLAP_TABLE = "overlap_vlak"

_ASKING = 200
"""Areas that ask at once, so that deliveries that lie on each other are noticed before their pairs fill the memory."""

_SPACE = uuid.UUID("0b1d4a4e-6a0f-5c55-9d3e-6a9f5f1b7c21")
_SIDES = ("a", "b")
_TOLD = {"levering": DELIVERY, "kenmerk": "kenmerk", "legenda": "legenda", "rol": "rol", "naam": "naam"}


def overlap_layer() -> Layer:
    """The table of overlaps: `a` is the side of the province with the lower code."""
    titles = {"levering": "Levering", "kenmerk": "Kenmerk", "legenda": "Legenda-eenheid", "rol": "Rol", "naam": "Naam"}
    sides = [Column(f"{name}_{side}", title=f"{titles[name]} {side}") for side in _SIDES for name in _TOLD]
    columns = (
        Column("id", required=True, unique=True, title="Kenmerk van de overlap"),
        *sides,
        Column("zelfde_eenheid", "BOOLEAN", title="Dezelfde legenda-eenheid"),
        Column("oppervlakte_ha", "REAL", title="Oppervlakte (ha)"),
    )
    return Layer(OVERLAP_TABLE, "MULTIPOLYGON", columns, title="Overlap tussen leveringen")


def shared_ground(areas: FeatureTable, progress: Progress) -> FeatureTable:
    """Every pair of areas of two deliveries that overlap by more than a border that was drawn twice.

    `areas` are polygons ordered by delivery. Raises InputError when so many overlap that the deliveries cannot be
    meant so.
    """
    found = _pairs(areas, progress)
    size, whole = shapely.area(found.geometry), shapely.area(areas.geometry)
    least = np.minimum(whole[found.first], whole[found.second])
    real = np.flatnonzero((size > SLIVER_M2) & (size > SLIVER_SHARE * least))
    columns: dict[str, NDArray[Any]] = {}
    for side, rows in zip(_SIDES, (found.first[real], found.second[real]), strict=True):
        columns |= {f"{name}_{side}": areas.columns[column][rows] for name, column in _TOLD.items()}
    named = ("levering_a", "kenmerk_a", "levering_b", "kenmerk_b")
    ids = [str(uuid.uuid5(_SPACE, "\n".join(each))) for each in zip(*(columns[name] for name in named), strict=True)]
    geometry = multi(shapely.orient_polygons(shapely.normalize(found.geometry[real]), exterior_cw=False))
    columns = {
        "id": texts(ids),
        **columns,
        "zelfde_eenheid": (columns["legenda_a"] == columns["legenda_b"]).astype(np.int64),
        "oppervlakte_ha": np.round(size[real] / 10_000, 4),
    }
    return FeatureTable(OVERLAP_TABLE, geometry, columns)


def _pairs(areas: FeatureTable, progress: Progress) -> Overlaps:
    """All pairs of rows of different deliveries that share ground, `first` of the lower province."""
    delivery = areas.columns[DELIVERY].astype(str)
    starts = np.flatnonzero(np.r_[True, delivery[1:] != delivery[:-1]]).tolist() if len(areas) else []
    nobody = np.empty(0, dtype=np.int64)
    several = [Overlaps(nobody, nobody, np.empty(0, dtype=object))]
    total = 0
    for start, end in itertools.pairwise(starts):
        stop_if_cancelled(progress)
        own, later = Indexed(areas.geometry[start:end]), Indexed(areas.geometry[end:])
        total = _counted(own, later, total)
        found = overlaps(own, later)
        several.append(Overlaps(found.first + start, found.second + end, found.geometry))
    names = ("first", "second", "geometry")
    return Overlaps(*(np.concatenate([getattr(each, name) for each in several]) for name in names))


def _counted(own: Indexed, later: Indexed, total: int) -> int:
    """How many pairs there are, with those before. Raises InputError for more than can be drawn."""
    for start in range(0, len(own), _ASKING):
        total += later.tree.query(own.geometry[start : start + _ASKING], predicate="intersects").shape[1]
        if total > PAIRS_MAXIMUM:
            raise InputError(
                f"meer dan {PAIRS_MAXIMUM} paren vlakken van verschillende leveringen liggen op elkaar.",
                "Ga na welke levering op de grond van een andere provincie ligt, en laat die weg.",
                table="voorstel_vlak",
            )
    return total
