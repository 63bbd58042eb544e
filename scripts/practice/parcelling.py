"""How the land of the practice province is divided: blocks between country roads, and fields within the blocks.

Everything is laid out straight and then bent by one smooth displacement, so that neighbours keep fitting together.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from scripts.practice.grid import Array, Geometries, Grid, polygon_parts
from scripts.practice.landscape import SEED, Landscape

_LATTICE = (1_150.0, 820.0)
_LATTICE_ANGLE = 0.11


@dataclass(frozen=True)
class Division:
    """Fields with the block that each lies in, and the edges between blocks (roads and ditches)."""

    blocks: Geometries
    edges: Geometries
    fields: Geometries
    field_block: NDArray[np.intp]


class Bend:
    """The displacement (m) of every place: large slow curves and small quick ones, almost none in the polder."""

    def __init__(self, grid: Grid, stiff: NDArray[np.bool_]) -> None:
        soft = np.where(stiff, 0.12, 1.0)
        self._grid = grid
        self._shift = [
            soft * (70 * grid.noise(SEED + 70 + axis, 2_600, 3.2) + 7 * grid.noise(SEED + 72 + axis, 500, 3.2))
            for axis in (0, 1)
        ]

    def __call__(self, points: Array) -> Array:
        """The points where they come to lie."""
        shifts = [self._grid.sample(shift, points[:, 0], points[:, 1]) for shift in self._shift]
        return points + np.stack(shifts, axis=1)


def _seeds(land: Landscape, built_up: shapely.Geometry) -> Array:
    """Middles of blocks: a lattice in the polder, dense in built-up areas, loose and even elsewhere."""
    rng = np.random.default_rng(SEED + 74)
    west, south, east, north = land.grid.bounds
    loose = _spread(rng, (west, south, east, north), 1_120)
    streets = _spread(rng, (west, south, east, north), 235)
    streets = streets[shapely.intersects_xy(built_up.buffer(-40), streets)]
    steps = np.stack(np.meshgrid(np.arange(-40, 40), np.arange(-50, 50)), axis=-1).reshape(-1, 2) * _LATTICE
    turn = np.array(
        [[np.cos(_LATTICE_ANGLE), np.sin(_LATTICE_ANGLE)], [-np.sin(_LATTICE_ANGLE), np.cos(_LATTICE_ANGLE)]]
    )
    lattice = steps @ turn + shapely.get_coordinates(shapely.centroid(land.polder))
    ring = land.polder.buffer(500)
    lattice = lattice[shapely.intersects_xy(ring, lattice)]
    loose = loose[~shapely.intersects_xy(shapely.union(ring.buffer(350), built_up.buffer(60)), loose)]
    return np.concatenate([loose, streets, lattice])


def _spread(rng: np.random.Generator, bounds: tuple[float, float, float, float], step: float) -> Array:
    """Points about `step` apart: a hexagonal pattern, shaken."""
    west, south, east, north = bounds
    rows = np.arange(south - step, north + step, step * 0.87)
    columns = np.arange(west - step, east + step, step)
    x, y = np.meshgrid(columns, rows)
    x = x + (np.arange(len(rows)) % 2)[:, None] * step / 2
    points = np.stack([x.ravel(), y.ravel()], axis=1)
    return points + rng.uniform(-0.34, 0.34, points.shape) * step


def _blocks(seeds: Array, bend: Bend, border: shapely.Geometry) -> tuple[Geometries, Geometries]:
    spots = shapely.multipoints(seeds)
    cells = shapely.get_parts(shapely.voronoi_polygons(spots))
    edges = shapely.get_parts(shapely.node(shapely.voronoi_polygons(spots, only_edges=True)))
    edges = edges[shapely.length(edges) < 4_000]
    cells, edges = (shapely.transform(shapely.segmentize(each, 70), bend) for each in (cells, edges))
    cells = shapely.make_valid(cells)
    cells = cells[shapely.intersects(cells, border) & (shapely.area(cells) < 6e6)]
    return cells, edges[shapely.intersects(edges, border)]


def _directions(land: Landscape, middles: Array) -> Array:
    """Fields lie square to the dike near the river, along the lattice in the polder, else as the ground goes."""
    grid = land.grid
    angles = 1.4 * grid.sample(grid.noise(SEED + 76, 7_000, 3.0), middles[:, 0], middles[:, 1])
    away = grid.sample(land.river_distance, middles[:, 0], middles[:, 1])
    slope_y, slope_x = np.gradient(land.river_distance)
    to_river = np.arctan2(
        grid.sample(slope_y, middles[:, 0], middles[:, 1]), grid.sample(slope_x, middles[:, 0], middles[:, 1])
    )
    angles = np.where(away < 4_200, to_river, angles)
    return np.where(shapely.intersects_xy(land.polder.buffer(400), middles), _LATTICE_ANGLE + np.pi / 2, angles)


def _cuts(rng: np.random.Generator, begin: float, end: float, step: float) -> Array:
    count = max(int((end - begin) / step), 1)
    widths = rng.lognormal(0, 0.3, count)
    return begin + np.concatenate([[0], np.cumsum(widths / widths.sum())]) * (end - begin)


def _quads(block: shapely.Geometry, angle: float, width: float, length: float, rng: np.random.Generator) -> Array:
    """Rings (n, 17, 2) of the fields that cover a block: rows of strips, with a ditch between neighbours."""
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    points = shapely.get_coordinates(block) @ turn.T
    low, high = points.min(axis=0) - 5, points.max(axis=0) + 5
    rows = _cuts(rng, low[0], high[0], length)
    made = []
    for near, far in zip(rows[:-1] + 2, rows[1:] - 2, strict=True):
        cuts = _cuts(rng, low[1], high[1], width)
        begin, end = cuts[:-1] + 1.5, cuts[1:] - 1.5
        skew = rng.uniform(-0.04, 0.04, len(cuts)) * (far - near)
        along = np.linspace(near, far, 7)
        side = np.linspace(0, 1, 3)[1:-1]
        lower = begin[:, None] + skew[:-1, None] * np.linspace(0, 1, 7)
        upper = end[:, None] + skew[1:, None] * np.linspace(0, 1, 7)
        far_side = lower[:, -1:] + (upper[:, -1:] - lower[:, -1:]) * side
        near_side = upper[:, :1] + (lower[:, :1] - upper[:, :1]) * side
        v = np.concatenate([lower, far_side, upper[:, ::-1], near_side, lower[:, :1]], axis=1)
        u = np.concatenate([along, [far] * len(side), along[::-1], [near] * len(side), along[:1]])
        made.append(np.stack([np.broadcast_to(u, v.shape), v], axis=-1))
    return np.concatenate(made) @ turn


def divide(land: Landscape, built_up: shapely.Geometry, taken: shapely.Geometry, bend: Bend, scale: float) -> Division:
    """Divide all land but what is `taken`; a smaller `scale` makes fewer and larger fields."""
    blocks, edges = _blocks(_seeds(land, built_up), bend, land.border)
    middles = shapely.get_coordinates(shapely.centroid(blocks))
    rural = ~shapely.intersects_xy(built_up, middles) & (shapely.area(blocks) > 30_000)
    rural &= shapely.intersects_xy(land.border, middles)
    angles = _directions(land, middles)
    in_polder = shapely.intersects_xy(land.polder, middles)
    on_sand = land.grid.sample(land.ridge, middles[:, 0], middles[:, 1]) > 0.1
    larger = 1.09 * (1 / scale) ** 0.5
    rng = np.random.default_rng(SEED + 77)
    rings, owner = [], []
    for number in np.flatnonzero(rural):
        width, length = (118, 520) if in_polder[number] else (96, 175) if on_sand[number] else (74, 285)
        quads = _quads(blocks[number], float(angles[number]), width * larger, length * larger, rng)
        rings.append(quads)
        owner.append(np.full(len(quads), number))
    field_block = np.concatenate(owner)
    points = np.concatenate(rings)
    fields = shapely.polygons(bend(points.reshape(-1, 2)).reshape(points.shape))
    free = shapely.buffer(blocks, -5.0)
    free = shapely.intersection(shapely.difference(free, _clipped(taken, free)), land.border)
    return _within(blocks, edges, fields, field_block, free, 12_000 if scale < 0.5 else 1_800)


def _clipped(area: shapely.Geometry, blocks: Geometries) -> Geometries:
    """What each block has of a large area, found piece by piece."""
    pieces = _quartered(area, 5)
    tree = shapely.STRtree(pieces)
    block, piece = tree.query(blocks, predicate="intersects")
    order = np.argsort(block, kind="stable")
    starts = np.searchsorted(block[order], np.arange(len(blocks) + 1))
    return np.array(
        [shapely.union_all(pieces[piece[order[a:b]]]) for a, b in pairwise(starts)],
        dtype=object,
    )


def _quartered(area: shapely.Geometry, depth: int) -> Geometries:
    """The area cut at a square grid of 2^depth by 2^depth."""
    west, south, east, north = shapely.bounds(area)
    x = np.linspace(west, east, 2**depth + 1)
    y = np.linspace(south, north, 2**depth + 1)
    strips = [shapely.clip_by_rect(area, a, south, b, north) for a, b in pairwise(x)]
    parts = [shapely.clip_by_rect(strip, west, a, east, b) for strip in strips for a, b in pairwise(y)]
    made = np.array(parts, dtype=object)
    return shapely.make_valid(made[~shapely.is_empty(made)])


def _within(
    blocks: Geometries,
    edges: Geometries,
    fields: Geometries,
    owner: NDArray[np.intp],
    free: Geometries,
    smallest: float,
) -> Division:
    fields = shapely.make_valid(fields)
    shapely.prepare(free)
    whole = shapely.contains_properly(free[owner], fields)
    crossing = ~whole & shapely.intersects(free[owner], fields)
    cut, rows = polygon_parts(shapely.intersection(fields[crossing], free[owner[crossing]]))
    plain, plain_rows = polygon_parts(fields[whole])
    everything = np.concatenate([plain, cut])
    numbers = np.concatenate([owner[whole][plain_rows], owner[crossing][rows]])
    area, length = shapely.area(everything), shapely.length(everything)
    good = (area > smallest) & (area / length**2 > 0.006)
    order = np.lexsort((np.arange(good.sum()), numbers[good]))
    return Division(blocks, edges, everything[good][order], numbers[good][order])
