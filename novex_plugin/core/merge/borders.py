"""The borders between provinces, from their territories."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.check.places import PROVINCE, known_places, read_areas
from novex_plugin.core.check.sound_geometry import sound
from novex_plugin.core.features.overlay import Geometries, dissolved, of_dimension
from novex_plugin.core.features.table import FeatureTable

NEAR_M = 10.0
"""How far (m) two drawings of one border may lie apart."""


@dataclass(frozen=True)
class Borders:
    """Straight pieces of border: the province they are of, the one at the other side, and the line."""

    province: NDArray[np.object_]
    neighbour: NDArray[np.object_]
    line: Geometries

    def between(self) -> set[tuple[str, str]]:
        """The pairs of provinces that have a border in common, in both directions."""
        return set(zip(self.province.tolist(), self.neighbour.tolist(), strict=True))


def borders(areas: FeatureTable, agreement: Agreement) -> Borders:
    """The borders between the provinces among `areas` (polygons in EPSG:28992 with their codes or names).

    A border is told by two territories that come within `NEAR_M` of each other, so those that were generalised apart
    will do. Raises InputError for a layer that names no place.
    """
    places = known_places(agreement, ())
    read = read_areas(areas, places)
    code = np.array([places[number].code for number in read.place.tolist()], dtype=object)
    kind = np.array([places[number].kind for number in read.place.tolist()], dtype=object)
    chosen = np.flatnonzero(kind == PROVINCE)
    number = np.unique(code[chosen].astype(str), return_inverse=True)[1]
    _, territory = dissolved(number, sound(read.table.geometry[chosen]))
    codes = np.unique(code[chosen].astype(str)).astype(object)
    line, owner = _straight(territory)
    one, other = shapely.STRtree(line).query(line, predicate="dwithin", distance=NEAR_M)
    apart = owner[one] != owner[other]
    one, other = one[apart], other[apart]
    near = shapely.intersection(line[one], shapely.buffer(line[other], NEAR_M))
    several = len(codes)
    key, pieces = dissolved(one * several + owner[other], of_dimension(near, np.ones_like(one)))
    real = ~shapely.is_missing(pieces)
    key, pieces = key[real], pieces[real]
    return Borders(codes[owner[key // several]], codes[key % several], pieces)


def _straight(territory: Geometries) -> tuple[Geometries, NDArray[np.int64]]:
    """The edges of each territory as lines of two points, with the number of the territory."""
    polygons, whole = shapely.get_parts(territory, return_index=True)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    follows = np.flatnonzero(ring[1:] == ring[:-1])
    ends = np.stack([points[follows], points[follows + 1]], axis=1)
    return shapely.linestrings(ends), whole[polygon[ring[follows]]]
