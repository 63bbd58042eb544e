"""Which features of one layer overlap each other: every pair once, with what the two share."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.features.overlay import (
    Geometries,
    Indexed,
    Overlaps,
    Rows,
    crossings,
    dissolved,
    lies_inside,
    sizes,
)

PAIRS_MAXIMUM = 250_000
"""Pairs that are still worth drawing and fit in memory: more is a drawing that lies on itself many times over."""

_ASKING = 200
"""Features that ask at once, so that a layer of copies is noticed before its pairs fill the memory."""


class TooManyPairsError(Exception):
    """More features overlap each other than `PAIRS_MAXIMUM`."""


def self_overlaps(layer: Indexed, most: int = PAIRS_MAXIMUM) -> Overlaps:
    """The true overlap of every pair of features, `first` the lower row, as `overlaps` gives it for two layers.

    Features of all dimensions may stand together. Those that only touch do not overlap: a shared border, a line along
    the edge of a polygon, lines that meet end to end. Raises TooManyPairsError.
    """
    firsts, seconds = _pairs(layer, most)
    every = np.arange(len(firsts))
    geometry = np.full(len(firsts), None, dtype=object)
    inside_second = lies_inside(layer, firsts, layer, seconds, every)
    geometry[inside_second] = layer.geometry[firsts[inside_second]]
    rest = np.setdiff1d(every, inside_second, assume_unique=True)
    inside_first = lies_inside(layer, seconds, layer, firsts, rest)
    geometry[inside_first] = layer.geometry[seconds[inside_first]]
    rest = np.setdiff1d(rest, inside_first, assume_unique=True)
    geometry[rest] = _not_touching(layer, firsts[rest], seconds[rest])
    present = ~shapely.is_missing(geometry)
    return Overlaps(firsts[present], seconds[present], geometry[present])


def _pairs(layer: Indexed, most: int) -> tuple[Rows, Rows]:
    found: list[Rows] = []
    total = 0
    for start in range(0, len(layer), _ASKING):
        firsts, seconds = layer.tree.query(layer.geometry[start : start + _ASKING], predicate="intersects")
        firsts = firsts + start
        once = firsts < seconds
        found.append(np.stack([firsts[once], seconds[once]]))
        total += int(once.sum())
        if total > most:
            raise TooManyPairsError
    pairs = np.concatenate(found, axis=1) if found else np.empty((2, 0), dtype=np.int64)
    firsts, seconds = pairs[:, np.lexsort((pairs[1], pairs[0]))]
    return firsts, seconds


def _not_touching(layer: Indexed, firsts: Rows, seconds: Rows) -> Geometries:
    parts = crossings(layer, firsts, layer, seconds)
    thin = np.flatnonzero(~shapely.is_missing(parts) & (shapely.get_dimensions(parts) < 2))
    parts[thin[shapely.touches(layer.geometry[firsts[thin]], layer.geometry[seconds[thin]])]] = None
    return parts


def ground_of(rows: Rows, groups: int, geometry: Geometries) -> NDArray[np.float64]:
    """How much each group of geometries (all of one dimension) takes, ground that several share counted once: m², m or
    number. Only what lies together is dissolved, for the union of a whole province is slow."""
    tree = shapely.STRtree(geometry)
    near, other = tree.query(geometry, predicate="intersects")
    same = (rows[near] == rows[other]) & (near < other)
    cluster = _clusters(len(geometry), near[same], other[same])
    clusters, united = dissolved(cluster, geometry)
    found = np.zeros(groups)
    np.add.at(found, rows[clusters], sizes(united))
    return found


def _clusters(count: int, first: Rows, second: Rows) -> Rows:
    """For each row the lowest row that it is joined to, over any number of links."""
    lowest = np.arange(count)
    while len(first):
        least = np.minimum(lowest[first], lowest[second])
        before = lowest.copy()
        for ends in (first, second, before[first], before[second]):
            np.minimum.at(lowest, ends, least)
        lowest = lowest[lowest]
        if (lowest == before).all():
            break
    return lowest
