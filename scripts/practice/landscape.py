"""The ground of the practice province: a river and its floodplain, a sandy ridge, peat, a deep polder, streams.

Nothing here exists. The forms follow how such a landscape came about: the river meanders between dikes, villages lie
on its banks, the ridge carries wood and heath, the polder was once a lake.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from scripts.practice.grid import Array, Geometries, Grid, largest_first, smooth

GRID = Grid(148_000.0, 424_000.0, 840, 600, 50.0)
SEED = 20_261_120


@dataclass(frozen=True)
class Landscape:
    """What the ground is made of; areas in EPSG:28992, heights in metres above NAP on the grid."""

    grid: Grid
    border: shapely.Geometry
    river_line: shapely.Geometry
    river: shapely.Geometry
    floodplain: shapely.Geometry
    dikes: Geometries
    polder: shapely.Geometry
    canal: shapely.Geometry
    streams: Geometries
    stream_valleys: Geometries
    ridge: Array
    peat: Array
    height: Array
    lakes: Geometries
    river_distance: Array


def border_of(grid: Grid) -> shapely.Geometry:
    """An outline as borders are: mostly old boundaries that wander, with a few straight stretches."""
    west, south, east, north = grid.bounds
    turn = np.linspace(0, 2 * np.pi, 900, endpoint=False)
    rng = np.random.default_rng(SEED)
    wander = sum(rng.normal(0, 0.035 / k**0.75) * np.cos(k * turn + rng.uniform(0, 6.28)) for k in range(2, 60))
    reach = (np.abs(np.cos(turn)) ** 3.2 + np.abs(np.sin(turn)) ** 3.2) ** (-1 / 3.2) * (0.93 + wander)
    x = (west + east) / 2 + (east - west) / 2 * np.clip(reach * np.cos(turn), -0.985, 0.985)
    y = (south + north) / 2 + (north - south) / 2 * np.clip(reach * np.sin(turn), -0.985, 0.985)
    ring = shapely.polygons(np.stack([x, y], axis=1))
    return shapely.simplify(shapely.make_valid(ring).buffer(60).buffer(-60), 8)


def river_course(grid: Grid) -> Array:
    """The middle of the river from east to west, a point every 50 m: a sine-generated curve that varies on its way."""
    rng = np.random.default_rng(SEED + 1)
    steps = 2_000
    slow = smooth(rng.standard_normal((steps, 3)), 60) * 9
    wavelength = np.clip(8_600 + 2_000 * slow[:, 0], 5_600, 12_500)
    swing = np.clip(0.98 + 0.3 * slow[:, 1], 0.5, 1.3)
    phase = np.cumsum(2 * np.pi * 50 / wavelength)
    heading = np.pi + swing * np.sin(phase) + 0.12 * slow[:, 2]
    course = np.stack([np.cumsum(np.cos(heading)), np.cumsum(np.sin(heading))], axis=1) * 50
    west, south, east, _ = grid.bounds
    course[:, 0] += east + 1_500
    course = course[: int(np.argmax(course[:, 0] < west - 1_500)) + 1 or None]
    trend = np.linspace(course[0, 1], course[-1, 1], len(course))
    course[:, 1] += south + 9_600 + np.linspace(900, -700, len(course)) - trend
    return course


def dikes_around(course: Array) -> shapely.Geometry:
    """The floodplain between the winter dikes: smoother than the river, of varying width."""
    rng = np.random.default_rng(SEED + 2)
    axis = smooth(course, 34)
    along = np.gradient(axis, axis=0)
    across = np.stack([-along[:, 1], along[:, 0]], axis=1) / np.hypot(along[:, 0], along[:, 1])[:, None]
    widths = 520 + 330 * np.clip(smooth(rng.standard_normal((len(axis), 2)), 22) * 6.5, -1, 1.9)
    ring = np.concatenate([axis + across * widths[:, :1], (axis - across * widths[:, 1:])[::-1]])
    belt = shapely.make_valid(shapely.polygons(ring))
    bed = shapely.linestrings(course).buffer(290)
    return largest_first(shapely.get_parts(shapely.union(belt, bed).buffer(420).buffer(-620).buffer(200)))[0]


def polder_outline(grid: Grid) -> shapely.Geometry:
    """A lake that was drained: a rounded outline, wider than high."""
    rng = np.random.default_rng(SEED + 3)
    turn = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    wander = sum(rng.normal(0, 0.09 / k) * np.cos(k * turn + rng.uniform(0, 6.28)) for k in range(2, 14))
    reach = 1 + wander
    west, south, _, _ = grid.bounds
    x = west + 11_200 + 5_000 * reach * np.cos(turn)
    y = south + 20_600 + 3_500 * reach * np.sin(turn)
    return shapely.polygons(np.stack([x, y], axis=1))


def _bridge(begin: tuple[float, float], end: tuple[float, float], seed: int, wander: float) -> shapely.Geometry:
    """A line from begin to end that wanders as a brook does."""
    rng = np.random.default_rng(seed)
    count = 260
    walk = smooth(rng.standard_normal((count, 2)), 5).cumsum(axis=0)
    walk -= np.linspace(0, 1, count)[:, None] * walk[-1:]
    walk = walk / np.abs(walk).max() * wander
    ripple = smooth(rng.standard_normal((count, 2)), 1.6) * 110
    return shapely.linestrings(np.linspace(begin, end, count) + walk + ripple)


def stream_courses(grid: Grid) -> Geometries:
    """Brooks from the ridge towards the river and the low lands."""
    west, south, _, _ = grid.bounds
    courses = [
        ((30_500, 23_500), (22_400, 13_000), 900),
        ((33_800, 20_300), (29_800, 12_200), 700),
        ((37_600, 21_500), (37_000, 13_000), 650),
        ((28_800, 26_400), (16_900, 25_200), 1_000),
        ((29_700, 17_800), (24_700, 15_600), 420),
        ((33_000, 1_900), (29_000, 7_400), 500),
        ((15_000, 1_600), (9_800, 6_900), 560),
    ]
    lines = [
        _bridge((west + a[0], south + a[1]), (west + b[0], south + b[1]), SEED + 20 + number, wander)
        for number, (a, b, wander) in enumerate(courses)
    ]
    return np.array(lines, dtype=object)


def valley_around(streams: Geometries) -> Geometries:
    """Stream valleys: narrow at the spring, wider downstream, with uneven edges."""
    valleys = []
    for number, stream in enumerate(streams):
        points = shapely.get_coordinates(stream)
        rng = np.random.default_rng(SEED + 40 + number)
        uneven = 1 + 0.9 * smooth(rng.standard_normal((len(points), 1)), 6)[:, 0] * 2.2
        widths = np.clip(np.linspace(90, 330, len(points)) * uneven, 60, 560)
        valleys.append(shapely.union_all(shapely.buffer(shapely.points(points), widths)).buffer(120).buffer(-120))
    return np.array(valleys, dtype=object)


def _ridge(grid: Grid) -> Array:
    """How much a cell belongs to the sandy ridge in the north-east: 0 at its foot, about 1 on top."""
    west, south, _, _ = grid.bounds
    along = (grid.x - west - 33_500) * 0.91 + (grid.y - south - 22_000) * 0.41
    across = -(grid.x - west - 33_500) * 0.41 + (grid.y - south - 22_000) * 0.91
    shape = np.exp(-((along / 8_200) ** 2) - (across / 5_200) ** 2)
    second = 0.45 * np.exp(-(((grid.x - west - 23_500) / 2_600) ** 2) - ((grid.y - south - 26_200) / 1_800) ** 2)
    return (shape + second) * (1 + 0.16 * grid.noise(SEED + 4, 5_000)) + 0.03 * grid.noise(SEED + 5, 1_500)


def _peat(grid: Grid, ridge: Array, river_distance: Array) -> Array:
    """How peaty a cell is (above 0.5: peat): the low north-west and a strip behind the river's banks."""
    west, south, _, _ = grid.bounds
    low = np.exp(-(((grid.x - west - 12_500) / 8_800) ** 2) - ((grid.y - south - 20_800) / 6_600) ** 2)
    basin = 0.45 * np.exp(-(((river_distance - 5_200) / 1_300) ** 2)) * (grid.y > south + 9_000)
    return low * 0.92 + basin + 0.14 * grid.noise(SEED + 6, 3_800) - 1.6 * np.clip(ridge, 0, 1)


def _height(grid: Grid, ridge: Array, polder: NDArray[np.bool_], plain: NDArray[np.bool_], away: Array) -> Array:
    west, _, east, _ = grid.bounds
    slope = 3.6 + 6.2 * (grid.x - west) / (east - west)
    bank = 1.5 * np.exp(-(((away - 900) / 700) ** 2))
    basin = -1.3 * np.exp(-(((away - 4_600) / 2_100) ** 2))
    height = slope + bank + basin + 52 * np.clip(ridge - 0.06, 0, None) ** 1.35
    height += 0.55 * grid.noise(SEED + 7, 1_600) + 0.25 * grid.noise(SEED + 8, 450)
    height = np.where(plain, slope + 0.9 + 0.7 * grid.noise(SEED + 9, 900), height)
    floor = -4.3 + 0.7 * grid.noise(SEED + 10, 1_800)
    return np.where(polder, floor, height)


def _lakes(grid: Grid, course: Array, plain: shapely.Geometry, peat: Array) -> Geometries:
    """Old river arms and pits in the floodplain, and peat lakes."""
    rng = np.random.default_rng(SEED + 11)
    bed = shapely.linestrings(course).buffer(135)
    arm = smooth(course, 26)
    starts = range(90, len(arm) - 60, 61)
    arms = [shapely.linestrings(arm[begin : begin + 46] + rng.normal(0, 130, 2)).buffer(48) for begin in starts]
    pits = grid.above(grid.noise(SEED + 12, 900, 3.0), 1.45, 30_000)
    pits = pits[shapely.intersects(pits, plain)][::2]
    swamp = grid.above(np.where(peat > 0.55, grid.noise(SEED + 13, 1_300, 3.0), -9), 1.35, 45_000)
    wet = shapely.intersection(np.concatenate([np.array(arms, dtype=object), pits]), plain.buffer(-90))
    parts = shapely.get_parts(shapely.difference(shapely.union_all(wet), bed))
    return np.concatenate([largest_first(parts, 12_000), swamp])


def make() -> Landscape:
    """The whole ground, the same every time."""
    grid = GRID
    course = river_course(grid)
    line = shapely.linestrings(course)
    border = border_of(grid)
    plain = dikes_around(course)
    polder = polder_outline(grid)
    away = grid.distance(shapely.boundary(plain))
    ridge = _ridge(grid)
    peat = _peat(grid, ridge, away)
    streams = stream_courses(grid)
    in_polder, in_plain = grid.inside(polder), grid.inside(plain)
    west, south, _, _ = grid.bounds
    canal = shapely.linestrings(
        [(west + 13_600, south + 9_000), (west + 14_000, south + 14_500), (west + 17_300, south + 20_500),
         (west + 17_800, south + 29_500)]
    )  # fmt: skip
    lakes = _lakes(grid, course, plain, np.where(in_polder, 0, peat))
    return Landscape(
        grid=grid,
        border=border,
        river_line=line,
        river=line.buffer(118),
        floodplain=plain,
        dikes=shapely.get_parts(shapely.intersection(shapely.boundary(plain), border)),
        polder=polder,
        canal=canal,
        streams=streams,
        stream_valleys=valley_around(streams),
        ridge=ridge,
        peat=np.where(in_polder, 0, peat),
        height=_height(grid, ridge, in_polder, in_plain, away),
        lakes=lakes[~shapely.intersects(lakes, polder.buffer(300))],
        river_distance=away,
    )
