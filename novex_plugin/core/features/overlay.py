"""Which features overlap, and where: whole arrays at once, exact geometry, no more intersections than needed.

Only pairs whose boundaries cross are intersected: a feature that lies wholly inside another takes its own geometry.
GEOS lets go of the interpreter lock, so the intersections run in a few threads; the result does not depend on them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

Geometries = NDArray[np.object_]
Rows = NDArray[np.int64]

_PIECE = 4_000
_THREADS = min(4, os.cpu_count() or 1)
_COLLECTION = 7
_AROUND = np.array([-1.0, -1.0, 1.0, 1.0])
"""A box (m) that lies around the bounds of a line, and not on them."""
_BUFFERS = 20_000
"""Buffers of a layer that are kept: some 100 MB."""


class Indexed:
    """Geometries with their spatial index, made once at the first question and shared by all rules that ask."""

    def __init__(self, geometry: Geometries) -> None:
        self.geometry = geometry

    def __len__(self) -> int:
        return len(self.geometry)

    @cached_property
    def tree(self) -> shapely.STRtree:
        """The index; empty and absent geometries are never found in it."""
        return shapely.STRtree(self.geometry)

    @cached_property
    def bounds(self) -> NDArray[np.float64]:
        """Bounds (xmin, ymin, xmax, ymax) in metres, nan where there is no geometry."""
        found: NDArray[np.float64] = shapely.bounds(self.geometry)
        return found

    @cached_property
    def dimensions(self) -> NDArray[np.int64]:
        """0 for points, 1 for lines, 2 for polygons, -1 for none."""
        found: NDArray[np.int64] = shapely.get_dimensions(self.geometry)
        return found

    def buffered(self, rows: Rows, distance: float, segments: int) -> Geometries:
        """The buffers of some rows: all within `distance` (m), with so many segments to a quarter circle."""
        buffers: Geometries = shapely.buffer(self.geometry[rows], distance, quad_segs=segments)
        return buffers

    def met_by(self, few: Indexed) -> tuple[Rows, Rows]:
        """The rows of a smaller layer that intersect one of these, and which: each asking geometry is prepared once."""
        fews, rows = self.tree.query(few.geometry, predicate="intersects")
        return fews, rows

    def shared_with(self, other: Indexed) -> tuple[Rows, Geometries]:
        """As `shared`."""
        return _shared(self, other)


class Lasting(Indexed):
    """Geometries near which many features are drawn, one after another: what is looked at once is prepared for the
    next, and buffers are made once."""

    def __init__(self, geometry: Geometries) -> None:
        super().__init__(geometry)
        self._buffers: dict[tuple[float, int], dict[int, Any]] = {}

    def met_by(self, few: Indexed) -> tuple[Rows, Rows]:
        """As for all; the few rows are those that ask."""
        fews, rows = self.tree.query(few.geometry)
        shapely.prepare(self.geometry[rows])
        meets = shapely.intersects(self.geometry[rows], few.geometry[fews])
        return fews[meets], rows[meets]

    def buffered(self, rows: Rows, distance: float, segments: int) -> Geometries:
        """As for all; at most `_BUFFERS` of each distance are kept."""
        kept = self._buffers.setdefault((distance, segments), {})
        if len(kept) > _BUFFERS:
            kept.clear()
        new = np.array([row for row in rows.tolist() if row not in kept], dtype=np.int64)
        kept.update(zip(new.tolist(), super().buffered(new, distance, segments).tolist(), strict=True))
        buffers = np.empty(len(rows), dtype=object)
        buffers[:] = [kept[row] for row in rows.tolist()]
        return buffers


class Asking(Indexed):
    """A few geometries to which many rules put the same question: what they share with a layer is computed once."""

    def __init__(self, geometry: Geometries) -> None:
        super().__init__(geometry)
        self._shared: dict[int, tuple[Indexed, tuple[Rows, Geometries]]] = {}

    def shared_with(self, other: Indexed) -> tuple[Rows, Geometries]:
        """As `shared`; the other layer is kept too, so that its id stays its own."""
        if id(other) not in self._shared:
            self._shared[id(other)] = (other, _shared(self, other))
        return self._shared[id(other)][1]


@dataclass(frozen=True)
class Overlaps:
    """Pairs of rows of two layers with what they share, ordered by first, then second row."""

    first: Rows
    second: Rows
    geometry: Geometries

    def __len__(self) -> int:
        return len(self.geometry)


def candidate_pairs(first: Indexed, second: Indexed, distance: float | None = None) -> tuple[Rows, Rows]:
    """Rows that intersect, or lie within `distance` (m) of each other, ordered by first, then second row.

    The smaller layer asks and the larger is indexed: each asking geometry is prepared only once.
    """
    large, small = (first, second) if len(first) > len(second) else (second, first)
    if distance is None:
        smalls, larges = large.met_by(small)
    else:
        smalls, larges = large.tree.query(small.geometry, predicate="dwithin", distance=distance)
    firsts, seconds = (larges, smalls) if large is first else (smalls, larges)
    order = np.lexsort((seconds, firsts))
    return firsts[order], seconds[order]


def overlaps(first: Indexed, second: Indexed) -> Overlaps:
    """The true overlap of every pair whose overlap has the dimension of the lesser of the two.

    Polygons that only share a border, and points on a border, do not overlap; two lines overlap where they run together
    or cross. Geometries should be valid; a pair that GEOS cannot intersect is mended first.
    """
    firsts, seconds = candidate_pairs(first, second)
    inside_second = lies_inside(first, firsts, second, seconds, np.arange(len(firsts)))
    return _overlaps_of(first, firsts, second, seconds, inside_second)


def _overlaps_of(first: Indexed, firsts: Rows, second: Indexed, seconds: Rows, inside_second: Rows) -> Overlaps:
    """The overlaps of these pairs, of which it is known in which the first lies inside the second."""
    geometry = np.full(len(firsts), None, dtype=object)
    if not len(firsts):
        return Overlaps(firsts, seconds, geometry)
    geometry[inside_second] = first.geometry[firsts[inside_second]]
    open_ = np.ones(len(firsts), dtype=bool)
    open_[inside_second] = False
    inside_first = lies_inside(second, seconds, first, firsts, np.flatnonzero(open_))
    geometry[inside_first] = second.geometry[seconds[inside_first]]
    open_[inside_first] = False
    rest = np.flatnonzero(open_)
    geometry[rest] = crossings(first, firsts[rest], second, seconds[rest])
    present = ~shapely.is_missing(geometry)
    return Overlaps(firsts[present], seconds[present], geometry[present])


def lies_inside(inner: Indexed, inners: Rows, outer: Indexed, outers: Rows, pairs: Rows) -> Rows:
    """Those of the pairs where the inner geometry lies in the interior of the outer polygon."""
    small, large = inner.bounds[inners[pairs]], outer.bounds[outers[pairs]]
    within = (small[:, :2] >= large[:, :2]).all(axis=1) & (small[:, 2:] <= large[:, 2:]).all(axis=1)
    pairs = pairs[within & (outer.dimensions[outers[pairs]] == 2)]
    if not len(pairs):
        return pairs
    often = np.flatnonzero(np.bincount(outers[pairs], minlength=1) > 1)
    shapely.prepare(outer.geometry[often])
    contained = shapely.contains_properly(outer.geometry[outers[pairs]], inner.geometry[inners[pairs]])
    found: Rows = pairs[contained]
    return found


def crossings(first: Indexed, firsts: Rows, second: Indexed, seconds: Rows) -> Geometries:
    """What each pair shares, in the lesser of their two dimensions; None where that is nothing."""
    left, right = first.geometry[firsts], second.geometry[seconds]
    if not len(left):
        return left
    parts = in_threads(_intersection, left, right)
    wanted = np.minimum(first.dimensions[firsts], second.dimensions[seconds])
    both_lines = (first.dimensions[firsts] == 1) & (second.dimensions[seconds] == 1)
    wanted = np.where(both_lines, shapely.get_dimensions(parts), wanted)
    # A point on the border of a polygon intersects it without lying in it.
    on_border = (wanted == 0) & ~both_lines
    border = np.flatnonzero(on_border)
    if len(border):
        touching = border[shapely.touches(left[border], right[border])]
        parts[touching] = None
        seams = touching[first.dimensions[firsts[touching]] == 0]
        seams = seams[_on_seams(left[seams], right[seams])]
        parts[seams] = left[seams]
    return of_dimension(parts, wanted)


def _on_seams(points: Geometries, areas: Geometries) -> NDArray[np.bool_]:
    """Which points, each on the border of its area, have those areas on all sides: they lie in them together."""
    _, place = np.unique(shapely.to_wkb(points), return_inverse=True)
    rows, united = dissolved(place.astype(np.int64), areas)
    inside: NDArray[np.bool_] = shapely.contains_properly(united[np.searchsorted(rows, place)], points)
    return inside


def in_threads(compute: Callable[..., Geometries], *arrays: Geometries) -> Geometries:
    """Compute on pieces of the arrays, in a few threads; the answers come back in order."""
    length = len(arrays[0])
    if length <= _PIECE:
        return compute(*arrays)
    starts = range(0, length, _PIECE)
    with ThreadPoolExecutor(_THREADS) as pool:
        pieces = pool.map(lambda start: compute(*(array[start : start + _PIECE] for array in arrays)), starts)
        return np.concatenate(list(pieces))


def _intersection(left: Geometries, right: Geometries) -> Geometries:
    return _mended(shapely.intersection, left, right)


def _difference(left: Geometries, right: Geometries) -> Geometries:
    return _mended(shapely.difference, left, right)


def mended(geometry: Geometries) -> Geometries:
    """Valid geometries of the dimension that they had; None where nothing of that is left."""
    return of_dimension(shapely.make_valid(geometry), shapely.get_dimensions(geometry))


def _mended(compute: Callable[..., Any], left: Geometries, right: Geometries) -> Geometries:
    """Compute; when GEOS refuses a geometry of this piece, mend the invalid ones and compute again."""
    with np.errstate(invalid="ignore"):  # GEOS sets the processor's flag in passing, with a correct result
        try:
            result: Geometries = compute(left, right)
        except shapely.errors.GEOSException:
            result = compute(mended(left), mended(right))
    return result


def of_dimension(geometry: Geometries, dimension: NDArray[np.int64]) -> Geometries:
    """Keep of each geometry what has the wanted dimension; None where nothing has."""
    result = geometry.copy()
    dropped = shapely.is_empty(result) | (shapely.get_dimensions(result) < dimension)
    mixed = np.flatnonzero((shapely.get_type_id(result) == _COLLECTION) & ~dropped)
    result[dropped] = None
    if len(mixed):
        parts, owner = shapely.get_parts(result[mixed], return_index=True)
        keep = shapely.get_dimensions(parts) == dimension[mixed][owner]
        rows, joined = dissolved(mixed[owner[keep]], parts[keep])
        result[mixed] = None
        result[rows] = joined
    return result


def dissolved(rows: Rows, geometry: Geometries) -> tuple[Rows, Geometries]:
    """The distinct rows, ascending, each with the union of its geometries."""
    if len(rows) < 2:
        return rows.copy(), geometry.copy()
    order = np.argsort(rows, kind="stable")
    distinct, start, count = np.unique(rows[order], return_index=True, return_counts=True)
    result = geometry[order][start].copy() if len(rows) else np.empty(0, dtype=object)
    several = np.flatnonzero(count > 1)
    if len(several):
        group = np.repeat(np.arange(len(distinct)), count)
        member = count[group] > 1
        place = np.searchsorted(several, group[member])
        collections = shapely.geometrycollections(geometry[order][member], indices=place)
        result[several] = in_threads(_union, collections)
    return distinct, result


def _union(collections: Geometries) -> Geometries:
    united: Geometries = shapely.union_all(collections[:, None], axis=1)
    return united


def shared(first: Indexed, second: Indexed) -> tuple[Rows, Geometries]:
    """First rows that overlap, ascending, each with the union of what it shares with all of the second.

    A line is cut by its polygons together: pieces cut one by one end a rounding apart, so that a union no longer sees
    that they run over each other.
    """
    return first.shared_with(second)


def _wholly_inside(first: Indexed, second: Indexed) -> tuple[Rows, Overlaps]:
    """The first rows that lie inside one of the second, ascending, and the overlaps of the others: to the whole of a
    geometry nothing is added by what it shares with others."""
    firsts, seconds = candidate_pairs(first, second)
    inside = lies_inside(first, firsts, second, seconds, np.arange(len(firsts)))
    whole = np.zeros(len(first), dtype=bool)
    whole[firsts[inside]] = True
    rest = ~whole[firsts]
    return np.flatnonzero(whole), _overlaps_of(first, firsts[rest], second, seconds[rest], np.empty(0, dtype=np.int64))


def _shared(first: Indexed, second: Indexed) -> tuple[Rows, Geometries]:
    whole, found = _wholly_inside(first, second)
    rows, parts = _dissolved_overlaps(first, second, found)
    if not len(whole):
        return rows, parts
    order = np.argsort(np.concatenate([whole, rows]), kind="stable")
    return np.concatenate([whole, rows])[order], np.concatenate([first.geometry[whole], parts])[order]


def _dissolved_overlaps(first: Indexed, second: Indexed, found: Overlaps) -> tuple[Rows, Geometries]:
    if not len(found):
        return found.first, found.geometry
    rows, parts = dissolved(found.first, found.geometry)
    lines, cover = _cover_of_lines(first, second, found)
    if len(lines):
        place = np.searchsorted(rows, lines)
        parts[place] = of_dimension(in_threads(_intersection, first.geometry[lines], cover), np.ones_like(lines))
    present = ~shapely.is_missing(parts)
    return rows[present], parts[present]


def _cover_of_lines(first: Indexed, second: Indexed, found: Overlaps) -> tuple[Rows, Geometries]:
    """The first rows that are lines over two polygons or more, and the union of those polygons around them."""
    on_area = (first.dimensions[found.first] == 1) & (second.dimensions[found.second] == 2)
    if not on_area.any():
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=object)
    times = np.bincount(found.first[on_area], minlength=len(first))
    several = on_area & (times[found.first] > 1)
    lines, areas = found.first[several], second.geometry[found.second[several]]
    around = shapely.box(*(first.bounds[lines] + _AROUND).T)
    near = of_dimension(in_threads(_intersection, areas, around), np.full(len(areas), 2))
    return dissolved(lines, near)  # of areas of a whole province only what lies around the line


def uncovered(first: Indexed, second: Indexed) -> Geometries:
    """Of each first geometry what lies outside all of the second; None where nothing does."""
    whole, found = _wholly_inside(first, second)
    result = first.geometry.copy()
    result[whole] = None
    if len(found):
        over_area = (first.dimensions[found.first] == 1) & (second.dimensions[found.second] == 2)
        cover = np.where(over_area, second.geometry[found.second], found.geometry)
        rows, covered = dissolved(found.first, cover)
        result[rows] = in_threads(_difference, first.geometry[rows], covered)
    return of_dimension(result, first.dimensions)


def nearest_within(first: Indexed, second: Indexed, distance: float) -> tuple[Rows, NDArray[np.float64], Rows]:
    """First rows within `distance` (m) of a second one, their least distance (m), and the second rows concerned."""
    firsts, seconds = candidate_pairs(first, second, distance)
    apart = shapely.distance(first.geometry[firsts], second.geometry[seconds])
    rows, start = np.unique(firsts, return_index=True)
    least = np.minimum.reduceat(apart, start) if len(rows) else np.empty(0)
    return rows, least, np.unique(seconds)


def nearest(first: Indexed, second: Indexed) -> NDArray[np.float64]:
    """The distance (m) from each first geometry to the nearest second one; inf where there is none."""
    result = np.full(len(first), np.inf)
    if len(second):
        (rows, _), apart = second.tree.query_nearest(first.geometry, return_distance=True, all_matches=False)
        result[rows] = apart
    return result


def sizes(geometry: Geometries) -> NDArray[np.float64]:
    """Area (m²) of polygons, length (m) of lines, number of points; 0 for none."""
    if not len(geometry):
        return np.empty(0)
    dimension = shapely.get_dimensions(geometry)
    counted: NDArray[np.float64]
    if (dimension == 2).all():
        counted = shapely.area(geometry)
    else:
        measured = np.where(dimension == 2, shapely.area(geometry), shapely.length(geometry))
        counted = np.where(dimension == 0, shapely.get_num_coordinates(geometry), measured)
        counted[dimension < 0] = 0.0
    return counted if np.isfinite(counted).all() else np.asarray(np.nan_to_num(counted))
