"""Areas of policy and nature in the practice province, cut from its ground: what the basisset's datasets show."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import shapely
import shapely.ops

from scripts.practice.grid import Array, Geometries, Grid, largest_first, polygon_parts
from scripts.practice.landscape import SEED, Landscape
from scripts.practice.settlement import Settlement


def clipped(shapes: Geometries, area: shapely.Geometry, smallest: float = 400.0) -> Geometries:
    """The polygons of these shapes inside an area, in their order, without slivers."""
    shapely.prepare(area)
    shapes = shapes[shapely.intersects(area, shapes)]
    crossing = ~shapely.contains_properly(area, shapes)
    result = shapes.copy()
    result[crossing] = shapely.intersection(shapes[crossing], area)
    parts, _ = polygon_parts(result)
    return parts[shapely.area(parts) > smallest]


def without(shapes: Geometries, area: shapely.Geometry, smallest: float = 400.0) -> Geometries:
    """The polygons of these shapes outside an area."""
    shapely.prepare(area)
    touching = shapely.intersects(area, shapes)
    result = shapes.copy()
    result[touching] = shapely.difference(shapes[touching], area)
    parts, _ = polygon_parts(result)
    return parts[shapely.area(parts) > smallest]


def blob(grid: Grid, x: float, y: float, reach: tuple[float, float], seed: int, turn: float = 0.0) -> shapely.Geometry:
    """An uneven rounded area around a place given in metres from the grid's corner."""
    rng = np.random.default_rng(SEED + seed)
    around = np.linspace(0, 2 * np.pi, 160, endpoint=False)
    wander = sum(rng.normal(0, 0.11 / k**0.8) * np.cos(k * around + rng.uniform(0, 6.28)) for k in range(2, 24))
    u, v = reach[0] * (1 + wander) * np.cos(around), reach[1] * (1 + wander) * np.sin(around)
    x_ = grid.x0 + x + u * np.cos(turn) - v * np.sin(turn)
    y_ = grid.y0 + y + u * np.sin(turn) + v * np.cos(turn)
    return shapely.make_valid(shapely.polygons(np.stack([x_, y_], axis=1)))


def woods(land: Landscape, town: Settlement) -> Geometries:
    """Wood on the ridge, and copses elsewhere; never on water, in a village or in the polder."""
    grid = land.grid
    rough = grid.noise(SEED + 80, 1_400, 2.6)
    field = np.where(land.ridge > 0.2, rough + 2.2 * land.ridge, rough - 1.3)
    fine = grid.noise(SEED + 81, 420, 2.6)
    copses = np.where(land.ridge > 0.05, fine, fine - 0.55)
    shapes = largest_first(shapely.get_parts(shapely.union_all([*grid.above(field, 0.9), *grid.above(copses, 2.05)])))
    taken = shapely.union_all([*town.built_up, *town.business_parks, *land.lakes, land.river.buffer(40)])
    lanes = shapely.union_all([*town.motorways, *town.provincial_roads, *town.railways]).buffer(28)
    dry = without(shapes, shapely.union_all([taken, lanes, land.polder]), 4_000)
    return clipped(dry, land.border, 4_000)


def heath(land: Landscape, wood: shapely.Geometry) -> Geometries:
    """Open heath among the wood on the ridge."""
    shapes = land.grid.above(np.where(land.ridge > 0.45, land.grid.noise(SEED + 82, 1_900, 2.8), -9), 0.75, 20_000)
    return clipped(without(shapes, wood, 6_000), land.border, 6_000)


def natura2000(land: Landscape, wood: Geometries) -> tuple[Geometries, list[str]]:
    """Natura 2000 sites with their names; a site has several parts, as real ones have."""
    grid = land.grid
    ridge = shapely.union_all(grid.above(land.ridge + 0.06 * grid.noise(SEED + 83, 1_500), 0.55, 1e6))
    woodland = shapely.union_all(wood[:40]).buffer(45).buffer(-45)
    swamp = shapely.union_all(
        grid.above(np.where(land.peat > 0.6, grid.noise(SEED + 84, 2_600, 2.8), -9), 0.42, 250_000)
    )
    west, east = grid.x0 + 14_500, grid.x0 + 27_500
    plains = [
        shapely.clip_by_rect(land.floodplain, grid.x0, grid.y0, west, grid.y0 + 20_000),
        shapely.clip_by_rect(land.floodplain, east, grid.y0, grid.x0 + 38_500, grid.y0 + 20_000),
    ]
    bed = land.river.buffer(18)
    sites = [
        ("Uiterwaarden Beneden-Aalde", shapely.difference(plains[0], bed)),
        ("Uiterwaarden Boven-Aalde", shapely.difference(plains[1], bed)),
        ("Holterbergmassief", shapely.union(shapely.intersection(ridge, woodland), ridge.buffer(-900))),
        ("Veenplassen van Veenkerk", swamp),
        ("Linderbeekdal", shapely.union(land.stream_valleys[0], land.stream_valleys[4])),
    ]
    shapes, names = [], []
    for name, area in sites:
        parts = largest_first(clipped(np.array([area], dtype=object), land.border, 60_000))
        shapes.append(parts)
        names += [name] * len(parts)
    return np.concatenate(shapes), names


def flood_depths(land: Landscape) -> tuple[Geometries, list[int]]:
    """How deep the land stands under water when a dike breaks; class 1 (to 0.5 m) to 4 (over 5 m)."""
    grid = land.grid
    rough = land.height + 0.5 * grid.noise(SEED + 85, 380, 1.9)
    slope = 3.6 + 6.2 * (grid.x - grid.x0) / (grid.width * grid.cell)
    level = slope + 1.15 - 0.22 * land.river_distance / 1_000
    depth = np.where(grid.inside(land.floodplain), -1, level - rough)
    depth = np.where(grid.inside(land.polder), 2.6 - rough * 0.45 - 1.2, depth)
    depth = np.where(land.ridge > 0.1, -1, depth)
    shapes, classes = [], []
    for number, band in enumerate(grid.bands(depth, [0.12, 0.5, 2.0, 3.2], 9_000), start=1):
        parts = clipped(band, land.border, 4_000)
        shapes.append(parts)
        classes += [number] * len(parts)
    return np.concatenate(shapes), classes


_HIGHEST_GROUNDWATER = {"zand": (60, 110, 170), "veen": (10, 30, 55), "zavel": (50, 70, 90), "klei": (30, 45, 65)}
"""How far (cm) below the surface groundwater stands at its highest, from the wettest to the driest units."""


def soils(land: Landscape) -> tuple[Geometries, list[str], list[int]]:
    """The units of the soil map (sand, peat, light and heavy clay), their soil, and how many centimetres below the
    surface the groundwater stands at its highest."""
    grid = land.grid
    rest = land.border
    classes = [
        ("zand", largest_first(grid.above(land.ridge, 0.12, 80_000))),
        ("veen", largest_first(grid.above(land.peat, 0.5, 60_000))),
        ("zavel", largest_first(grid.above(-land.river_distance + 180 * grid.noise(SEED + 86, 1_200), -1_500, 60_000))),
    ]
    wetness = grid.bands(grid.noise(SEED + 87, 2_400, 2.2), [-99.0, -0.7, 0.7], 15_000)
    found: list[tuple[str, shapely.Geometry]] = []
    for name, shapes in classes:
        area = shapely.intersection(shapely.union_all(shapes), rest)
        rest = shapely.difference(rest, area)
        found.append((name, area))
    found.append(("klei", rest))
    units, names, depths = [], [], []
    for name, area in found:
        for band, depth in zip(wetness, _HIGHEST_GROUNDWATER[name], strict=True):
            parts = clipped(band, area, 12_000)
            units.append(parts)
            names += [name] * len(parts)
            depths += [depth] * len(parts)
    return np.concatenate(units), names, depths


def subsidence(land: Landscape) -> tuple[Geometries, list[int]]:
    """Subsidence expected to 2050; class 1 (10 to 20 cm) to 3 (over 40 cm)."""
    field = land.peat + 0.12 * land.grid.noise(SEED + 88, 900, 2.4)
    shapes, classes = [], []
    for number, band in enumerate(land.grid.bands(field, [0.48, 0.66, 0.86], 15_000), start=1):
        parts = clipped(band, land.border)
        shapes.append(parts)
        classes += [number] * len(parts)
    return np.concatenate(shapes), classes


def ponding(land: Landscape) -> Geometries:
    """Hollows where cloudbursts gather."""
    field = land.grid.noise(SEED + 89, 330, 2.0) - 0.9 * np.clip(land.ridge, 0, 1)
    wet = land.grid.above(field, 1.75, 3_500)
    return clipped(without(wet, land.floodplain, 2_500), land.border, 2_500)


def water_storage(land: Landscape, town: Settlement) -> Geometries:
    """Search areas for storing water: in low stream valleys, in the peat and in the polder's lowest part."""
    grid = land.grid
    places = [
        (22_300, 14_600, 900, 520, 0.4), (29_300, 12_300, 700, 520, 0.2), (16_100, 25_300, 1_300, 620, 0.0),
        (36_900, 13_100, 560, 430, 1.2), (10_300, 8_600, 820, 470, 0.7), (29_500, 7_900, 780, 420, 2.3),
        (7_300, 16_200, 1_050, 560, 0.1), (19_300, 21_900, 760, 620, 0.9), (4_100, 19_800, 620, 900, 0.2),
        (12_600, 19_500, 1_150, 650, 0.11), (24_600, 21_400, 620, 400, 0.8),
    ]  # fmt: skip
    shapes = np.array([blob(grid, x, y, (a, b), 200 + n, t) for n, (x, y, a, b, t) in enumerate(places)], dtype=object)
    kept = without(shapes, shapely.union_all([*town.motorways, *town.railways]).buffer(60), 40_000)
    return without(kept, shapely.union_all(town.built_up).buffer(-150), 40_000)


def valuable_farmland(land: Landscape) -> Geometries:
    """The best clay soils, as the province's own map has them."""
    places = [(9_400, 15_200, 2_300, 1_300), (30_700, 11_600, 2_100, 900), (14_500, 5_200, 2_700, 1_500),
              (26_500, 3_900, 2_300, 1_200)]  # fmt: skip
    areas = [blob(land.grid, x, y, (a, b), 400 + number) for number, (x, y, a, b) in enumerate(places)]
    return clipped(np.array(areas, dtype=object), land.border)


def dike_sections(land: Landscape, length: float = 1_000.0) -> Geometries:
    """The dikes in stretches of about a kilometre, downstream."""
    made = []
    for dike in shapely.get_parts(shapely.line_merge(shapely.union_all(land.dikes))):
        count = max(int(shapely.length(dike) / length), 1)
        marks = np.linspace(0, 1, count + 1)
        made += [shapely.ops.substring(dike, a, b, normalized=True) for a, b in pairwise(marks)]
    order = np.argsort(-shapely.get_x(shapely.centroid(np.array(made, dtype=object))), kind="stable")
    return np.array(made, dtype=object)[order]


def noise_levels(land: Landscape, town: Settlement) -> Array:
    """Noise of roads and railways in dB, by day, evening and night."""
    level = np.full((land.grid.height, land.grid.width), 38.0)
    for lines, strength in ((town.motorways, 74.0), (town.provincial_roads, 64.0), (town.railways, 68.0)):
        away = np.maximum(land.grid.distance(*lines), 15)
        level = np.maximum(level, strength - 13 * np.log10(away / 15))
    return level
