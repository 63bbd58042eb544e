"""Where people live and how they get about in the practice province: town, villages, roads, railway, power lines."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from scripts.practice.grid import Array, Geometries, largest_first, smooth
from scripts.practice.landscape import SEED, Landscape

_TOWNS = (
    ("Aaldermond", 25_200, 12_100, 2_500),
    ("Grotewaard", 11_300, 11_300, 1_250),
    ("Lindervoort", 22_600, 18_300, 1_150),
    ("Zandrade", 38_200, 15_300, 1_200),
    ("Holterberg", 24_000, 27_000, 950),
    ("Zuidambacht", 20_200, 5_000, 1_050),
    ("Veenkerk", 6_200, 24_800, 900),
)
_FIRST = (
    "Ooster", "Wester", "Over", "Neder", "Oud", "Nieuw", "Linder", "Broek", "Zand", "Veld", "Elzen", "Wilgen", "Kers",
    "Hage", "Mole", "Berken", "Rieden", "Steen", "Heren", "Pol", "Maar", "Esch", "Vier", "Dorn", "Lage", "Hoge", "Gans",
    "Kievits", "Schouw", "Terp",
)  # fmt: skip
_LAST = ("holt", "waard", "rade", "hoven", "dijk", "kerk", "wijk", "beek", "donk", "schoten", "horst", "lo", "mond")


@dataclass(frozen=True)
class Settlement:
    """Built-up areas and the networks between them, EPSG:28992."""

    names: NDArray[np.object_]
    places: Array
    radii: Array
    built_up: Geometries
    motorways: Geometries
    provincial_roads: Geometries
    railways: Geometries
    stations: Array
    station_names: tuple[str, ...]
    power_lines: Geometries
    substations: Geometries
    business_parks: Geometries


def _village_places(land: Landscape) -> Array:
    """Villages on the banks behind the dikes, along the ridge's foot and scattered; never in each other's way."""
    rng = np.random.default_rng(SEED + 60)
    grid = land.grid
    west, south, east, north = grid.bounds
    tried = np.stack([rng.uniform(west, east, 6_000), rng.uniform(south, north, 6_000)], axis=1)
    behind = grid.sample(land.river_distance, tried[:, 0], tried[:, 1])
    ridge = grid.sample(land.ridge, tried[:, 0], tried[:, 1])
    appeal = 1.3 * np.exp(-(((behind - 650) / 420) ** 2)) + 0.8 * np.exp(-(((ridge - 0.2) / 0.1) ** 2))
    appeal += rng.uniform(0, 0.75, len(tried)) - 3.0 * (ridge > 0.42)
    points = shapely.points(tried)
    dry = shapely.contains(land.border.buffer(-900), points) & ~shapely.intersects(land.floodplain.buffer(320), points)
    dry &= ~shapely.intersects(land.polder.buffer(200), points)
    tried, appeal = tried[dry], appeal[dry]
    towns = np.array([(west + x, south + y) for _, x, y, _ in _TOWNS])
    chosen: list[Array] = []
    for place in tried[np.argsort(-appeal, kind="stable")]:
        from_towns = np.hypot(*(towns - place).T) - [radius * 1.5 for *_, radius in _TOWNS]
        from_others = np.hypot(*(np.array(chosen).reshape(-1, 2) - place).T) if chosen else np.array([9e9])
        if from_towns.min() > 1_300 and from_others.min() > 2_150:
            chosen.append(place)
        if len(chosen) == 44:
            break
    in_polder = np.array([(west + 9_400, south + 20_300), (west + 13_400, south + 21_100)])
    return np.concatenate([towns, np.array(chosen), in_polder])


def _names(count: int) -> NDArray[np.object_]:
    rng = np.random.default_rng(SEED + 61)
    pairs = rng.permutation([first + last for first in _FIRST for last in _LAST])
    return np.array([name for name, *_ in _TOWNS] + pairs[: count - len(_TOWNS)].tolist(), dtype=object)


def _gabriel(places: Array) -> NDArray[np.intp]:
    """Pairs of places without a third place in the circle between them: how country roads connect."""
    between = (places[:, None] + places[None, :]) / 2
    reach = np.hypot(*(places[:, None] - places[None, :]).transpose(2, 0, 1)) / 2
    others = np.hypot(*(between[:, :, None] - places[None, None]).transpose(3, 0, 1, 2))
    free = (others >= reach[:, :, None] - 1e-6).all(axis=2)
    pairs = np.argwhere(np.triu(free, 1))
    return pairs[reach[pairs[:, 0], pairs[:, 1]] < 4_300]


def _winding(begin: Array, end: Array, seed: int, wander: float = 0.05) -> shapely.Geometry:
    rng = np.random.default_rng(seed)
    length = float(np.hypot(*(end - begin)))
    count = max(int(length / 80), 12)
    walk = smooth(rng.standard_normal((count, 2)), 3).cumsum(axis=0)
    walk -= np.linspace(0, 1, count)[:, None] * (walk[-1:] - walk[:1]) + walk[:1]
    return shapely.linestrings(np.linspace(begin, end, count) + walk / max(np.abs(walk).max(), 1e-9) * length * wander)


def _provincial_roads(land: Landscape, places: Array) -> Geometries:
    roads = np.array(
        [_winding(places[a], places[b], SEED + 1_000 + 61 * int(a) + int(b)) for a, b in _gabriel(places)], dtype=object
    )
    crossing = shapely.length(shapely.intersection(roads, land.floodplain)) > 150
    bridges = np.array([17_900, 33_600]) + land.grid.x0
    middle = shapely.get_x(shapely.centroid(roads))
    kept = ~crossing
    for bridge in bridges:
        candidates = np.flatnonzero(crossing)
        kept[candidates[np.argmin(np.abs(middle[candidates] - bridge))]] = True
    return roads[kept]


def _curve(land: Landscape, *points: tuple[float, float]) -> shapely.Geometry:
    """A flowing line through points given in metres from the grid's south-west corner."""
    given = np.array(points, dtype=float) + np.array(land.grid.bounds[:2])
    along = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(given, axis=0).T))])
    dense = np.linspace(0, along[-1], int(along[-1] / 100))
    line = np.stack([np.interp(dense, along, given[:, axis]) for axis in (0, 1)], axis=1)
    return shapely.linestrings(smooth(line, 9))


def _motorways(land: Landscape) -> Geometries:
    return np.array(
        [
            _curve(land, (-500, 14_300), (8_000, 14_200), (16_500, 14_900), (22_500, 15_600), (30_000, 14_700),
                   (36_000, 13_100), (42_500, 14_400)),
            _curve(land, (20_200, -300), (21_800, 5_200), (20_700, 10_200), (19_900, 14_000), (19_300, 20_000),
                   (20_200, 25_000), (19_600, 30_300)),
        ],
        dtype=object,
    )  # fmt: skip


def _railways(land: Landscape) -> Geometries:
    return np.array(
        [
            _curve(land, (-500, 12_600), (10_900, 12_800), (18_000, 12_700), (25_000, 13_600), (31_500, 13_400),
                   (38_100, 14_100), (42_500, 12_200)),
            _curve(land, (25_000, 13_600), (23_600, 15_900), (23_400, 19_200), (23_000, 24_000), (24_900, 27_300),
                   (25_600, 30_300)),
            _curve(land, (24_400, 13_500), (22_800, 11_700), (22_400, 8_600), (21_100, 5_900), (21_600, -300)),
        ],
        dtype=object,
    )  # fmt: skip


def _built_up(land: Landscape, places: Array, radii: Array, roads: Geometries, motorways: Geometries) -> Geometries:
    """Outlines with lobes and fingers along the roads; nothing in the floodplain, the lakes or the motorway's strip."""
    grid = land.grid
    along = np.exp(-((grid.distance(*roads) / 130) ** 2))
    rough = grid.noise(SEED + 62, 800, 2.2)
    field = np.zeros_like(rough)
    for (x, y), radius in zip(places, radii, strict=True):
        away = np.hypot(grid.x - x, grid.y - y) / radius
        field = np.maximum(field, np.exp(-(away**2) * 0.69) + 0.2 * along * np.exp(-((away / 1.7) ** 2)))
    field *= 1 + 0.2 * rough
    wet = grid.inside(land.floodplain.buffer(90)) | grid.inside(shapely.union_all(land.lakes).buffer(60))
    noisy = grid.inside(shapely.union_all(motorways).buffer(260))
    outlines = grid.above(np.where(wet | noisy, 0, field), 0.55, 45_000)
    return shapely.simplify(outlines.astype(object), 4)


def _business_parks(land: Landscape, settlement_area: shapely.Geometry, roads: Geometries) -> Geometries:
    """Rectangular estates beside the motorways and the town, on dry ground."""
    rng = np.random.default_rng(SEED + 63)
    made: list[shapely.Geometry] = []
    unfit = shapely.union_all([settlement_area, land.floodplain.buffer(150), land.polder, *land.lakes])
    spine = shapely.union_all(roads)
    for at in np.linspace(0.03, 0.97, 46):
        line = roads[len(made) % len(roads)]
        middle = shapely.line_interpolate_point(line, at, normalized=True)
        ahead = shapely.line_interpolate_point(line, min(at + 0.004, 1), normalized=True)
        x, y = middle.x, middle.y
        angle = np.arctan2(ahead.y - y, ahead.x - x)
        long, deep = rng.uniform(500, 1_300), rng.uniform(320, 640)
        side = rng.choice([-1, 1])
        corners = np.array([(-long, 90), (long * 0.3, 90), (long * 0.34, deep * 0.7), (0, deep), (-long * 0.86, deep)])
        corners[:, 1] *= side
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        park = shapely.polygons(corners @ turn + [x, y])
        near = shapely.dwithin(settlement_area, park, 1_600) and shapely.contains(land.border.buffer(-300), park)
        others = shapely.union_all(made) if made else shapely.Point(0, 0)
        if near and not shapely.intersects(park, unfit) and not shapely.dwithin(others, park, 350):
            made.append(shapely.difference(park, spine.buffer(60)))
    return largest_first(np.array(made, dtype=object), 80_000)


def _power(land: Landscape) -> tuple[Geometries, Geometries]:
    corner = np.array([land.grid.x0, land.grid.y0])
    routes = [
        [(-500, 16_400), (6_300, 16_000), (17_200, 16_900), (26_800, 16_300), (35_400, 18_900), (42_500, 18_100)],
        [(26_800, 16_300), (28_600, 9_600), (29_800, 4_000), (28_900, -400)],
        [(17_200, 16_900), (17_800, 23_800), (22_100, 30_300)],
    ]
    lines = np.array([shapely.linestrings(np.array(route, dtype=float) + corner) for route in routes], dtype=object)
    yards = np.array([(17_200, 16_900), (26_800, 16_300), (35_400, 18_900), (29_800, 4_000)], dtype=float) + corner
    return lines, shapely.box(yards[:, 0] - 160, yards[:, 1] - 110, yards[:, 0] + 160, yards[:, 1] + 110)


def make(land: Landscape) -> Settlement:
    """All settlement, the same every time."""
    places = _village_places(land)
    rng = np.random.default_rng(SEED + 64)
    radii = rng.lognormal(np.log(330), 0.28, len(places))
    radii[: len(_TOWNS)] = [radius for *_, radius in _TOWNS]
    roads, motorways = _provincial_roads(land, places), _motorways(land)
    built_up = _built_up(land, places, radii, roads, motorways)
    built_up = built_up[shapely.intersects(built_up, land.border)]
    power_lines, substations = _power(land)
    corner = np.array([land.grid.x0, land.grid.y0])
    stations = np.array([(25_000, 13_600), (11_200, 12_800), (38_100, 14_000), (23_400, 18_600), (24_700, 27_000),
                         (21_050, 5_950)], dtype=float) + corner  # fmt: skip
    return Settlement(
        names=_names(len(places)),
        places=places,
        radii=radii,
        built_up=built_up,
        motorways=shapely.intersection(motorways, land.border),
        provincial_roads=shapely.intersection(roads, land.border),
        railways=shapely.intersection(_railways(land), land.border),
        stations=stations,
        station_names=("Aaldermond Centraal", "Grotewaard", "Zandrade", "Lindervoort", "Holterberg", "Zuidambacht"),
        power_lines=shapely.intersection(power_lines, land.border),
        substations=substations,
        business_parks=_business_parks(land, shapely.union_all(built_up), motorways),
    )
