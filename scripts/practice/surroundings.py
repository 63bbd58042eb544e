"""What else a plan meets in the practice province: risks and loads, heritage, green in town, hubs and designated sites.

Each function gives rows for one table: shapes, and columns by name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from novex_plugin.core.features.table import FeatureTable
from scripts.practice import themes
from scripts.practice.landscape import SEED, Landscape
from scripts.practice.settlement import Settlement

Rows = tuple[Any, dict[str, Sequence[Any]]]

CLUSTER_SITES = ((16_300, 14_900, 1_500, 1_000), (34_000, 8_900, 700, 500))
"""Designated sites for large logistics, metres from the grid's corner and reach."""

_LOADED_DB = 62.0


def surroundings(land: Landscape, town: Settlement, tables: Mapping[str, FeatureTable]) -> dict[str, Rows]:
    """All tables of this module by their short name; `tables` are those of the ground."""
    return {
        "aandachtsgebieden": _attention(land, town),
        "belast_gebied": _loaded(land, town),
        "stedelijk_groen": _green(land, town),
        "monumenten": _monuments(town),
        "landschappen": _landscapes(tables["bodemkaart"]),
        "bodemverontreiniging": _pollution(land, town),
        "overslag": _hubs(land),
        "clusterlocaties": _cluster_sites(land),
        "woningbouwlocaties": _homes(town),
        "veehouderijen": _stables(tables["gewaspercelen"]),
    }


def _attention(land: Landscape, town: Settlement) -> Rows:
    around = shapely.buffer(shapely.centroid(town.business_parks[:7]), 360)
    return shapely.intersection(around, land.border), {"soort": ["explosie"] * len(around)}


def _loaded(land: Landscape, town: Settlement) -> Rows:
    shapes = themes.clipped(land.grid.above(themes.noise_levels(land, town), _LOADED_DB, 40_000), land.border, 40_000)
    return shapes, {"belasting": ["geluid en lucht"] * len(shapes)}


def _green(land: Landscape, town: Settlement) -> Rows:
    """Parks: some in each town, one in most villages."""
    rng = np.random.default_rng(SEED + 140)
    shapes = []
    for place, radius in zip(town.places, town.radii, strict=True):
        for _ in range(7 if radius > 800 else 1):
            angle, away, size = rng.uniform(0, 6.28), rng.uniform(0.1, 0.75) * radius, rng.uniform(0.06, 0.13) * radius
            x, y = place + away * np.array([np.cos(angle), np.sin(angle)])
            reach = (max(size, 45.0), max(size * 0.7, 40.0))
            seed = 500 + len(shapes)
            shapes.append(themes.blob(land.grid, x - land.grid.x0, y - land.grid.y0, reach, seed))
    parks = themes.clipped(np.array(shapes, dtype=object), shapely.union_all(town.built_up), 2_000)
    return parks, {"soort": ["park"] * len(parks)}


def _monuments(town: Settlement) -> Rows:
    rng = np.random.default_rng(SEED + 141)
    rows = np.repeat(np.arange(len(town.places)), np.where(town.radii > 800, 14, 2))
    offsets = rng.normal(0, 0.22, (len(rows), 2)) * town.radii[rows][:, None]
    points = shapely.points(np.round(town.places[rows] + offsets, 1))
    return points, {"soort": rng.choice(["gebouwd", "archeologisch"], len(points), p=[0.85, 0.15]).tolist()}


def _landscapes(soil: FeatureTable) -> Rows:
    """Four landscapes after their soil."""
    kinds = {"zand": "Stuwwal en zandgronden", "veen": "Veenweiden", "zavel": "Oeverwallen", "klei": "Komgronden"}
    grounds = soil.column("grondsoort")
    merged = [shapely.union_all(soil.geometry[grounds == ground]) for ground in kinds]
    return merged, {"landschap": list(kinds.values())}


def _pollution(land: Landscape, town: Settlement) -> Rows:
    """Old dumps and works beside business parks and in two villages."""
    places = [*shapely.get_coordinates(shapely.centroid(town.business_parks[:4])), *town.places[12:14]]
    corner = np.array([land.grid.x0, land.grid.y0])
    spots = [themes.blob(land.grid, *(place + 160 - corner), (150, 110), 530 + n) for n, place in enumerate(places)]
    return spots, {"oorzaak": ["stortplaats"] * 4 + ["gasfabriek"] * 2}


def _hubs(land: Landscape) -> Rows:
    places = np.array([(15_200, 12_700), (27_900, 10_800)]) + np.array([land.grid.x0, land.grid.y0])
    return shapely.points(places), {"naam": ["Overslag Aaldehaven", "Railterminal Aaldermond"]}


def _cluster_sites(land: Landscape) -> Rows:
    sites = [themes.blob(land.grid, x, y, (a, b), 545 + n) for n, (x, y, a, b) in enumerate(CLUSTER_SITES)]
    return sites, {"naam": ["Aalde-west", "Oosterkamp"]}


def _homes(town: Settlement) -> Rows:
    return shapely.buffer(shapely.points(town.stations[:1]), 1_100), {"naam": ["Aaldermond Centrum"]}


def _stables(crops: FeatureTable) -> Rows:
    """Livestock farms on some of the larger fields."""
    rng = np.random.default_rng(SEED + 142)
    fields = crops.geometry
    large = np.flatnonzero(shapely.area(fields) > 9_000)
    chosen = np.sort(rng.choice(large, size=min(140, len(large)), replace=False))
    points = shapely.point_on_surface(fields[chosen])
    rounded = shapely.points(np.round(shapely.get_coordinates(points), 1))
    return rounded, {"diersoort": rng.choice(["rundvee", "varkens", "pluimvee"], len(rounded)).tolist()}
