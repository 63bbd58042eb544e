"""What the rules measure is what PostGIS measures on the same data: areas, lengths, distances and shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
import shapely

from novex_plugin.core.features.levels import PolygonLevels
from novex_plugin.core.features.overlay import Indexed
from novex_plugin.core.features.table import attribute_table
from novex_plugin.core.rules.kinds import KINDS
from novex_plugin.core.rules.model import OVERTREEDT, Rule, SubjectFilter, Tolerance
from novex_plugin.core.rules.question import WHOLE, Found, Question, Subjects
from scripts.practice.postgis import PostGis, installed, serve_postgis

pytestmark = pytest.mark.skipif(not installed(), reason="PostgreSQL with PostGIS is not installed")

FEATURES, OBJECTS, SIDE = 2_000, 300, 12_000.0
RELATIVE = 1e-6
SPECK = 1e-6
"""Amounts (ha, m) up to this are rounding, which no two programs share."""

DISTANCE = 137.5
UNITS = ("woningbouw", "zonneveld", "natuur_nieuw")
SHARING = 7
"""Every seventh feature names other uses of its ground."""
AMOUNT = "CASE ST_Dimension({0}) WHEN 2 THEN ST_Area({0}) / 1e4 WHEN 1 THEN ST_Length({0}) ELSE ST_NPoints({0}) END"


def blobs(count: int, least: float, most: float, seed: int) -> Any:
    """Star-shaped polygons of 14 corners, some with a hole."""
    random = np.random.default_rng(seed)
    middle = 100_000 + random.uniform(0, SIDE, (count, 1, 2))
    radius = random.uniform(least, most, (count, 1)) * random.uniform(0.5, 1.0, (count, 14))
    angle = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    ring = middle + radius[..., None] * np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    shapes = shapely.polygons(ring)
    holed = random.random(count) < 0.2
    shapes[holed] = shapely.polygons(ring[holed], (middle + (ring - middle) * 0.4)[holed][:, None])
    return shapes


@dataclass(frozen=True)
class World:
    """The same features and objects here and in the database."""

    server: PostGis
    features: Any
    objects: Any
    units: Any
    levels: Any

    def _told(self, rows: Any) -> dict[str, Any]:
        """The columns that kinds read."""
        also = np.where(rows % SHARING == 0, "recreatie, zonneveld", None)
        return {"legenda": self.units[rows], "meervoudig": also}

    def ask(self, kind: str, only: Any = None, **parameters: Any) -> Found:
        """What the kind finds, with nothing too small to be told."""
        rows = np.arange(FEATURES) if only is None else np.flatnonzero(only)
        nobody = {name: np.empty(0, dtype=object) for name in ("kenmerk", "indicator", "waarde", "eenheid", "jaar")}
        rule = Rule(**RULE | {"kind": kind})
        shapes = Indexed(self.objects)
        question = Question(
            rule=rule,
            parameters=parameters,
            subjects=Subjects(rows.astype(str), Indexed(self.features[rows]), self._told(rows)),
            drawn=Subjects(np.arange(FEATURES).astype(str), Indexed(self.features), self._told(np.arange(FEATURES))),
            objects=None if KINDS[kind].LEVELS else shapes,
            levels=PolygonLevels(self.objects, self.levels) if KINDS[kind].LEVELS else None,
            contributions=attribute_table("bijdrage", nobody),
            statements=attribute_table("verklaring", nobody),
            tolerance=Tolerance(0.0, 0.0, 0.0),
        )
        found = KINDS[kind].measure(question).found
        keep = found.outcome == OVERTREEDT
        return Found(*(getattr(found, name)[keep] for name in Found.__dataclass_fields__))

    def measured(self, sql: str) -> dict[int, float]:
        """The positive amounts of a query of id and amount."""
        rows = self.server.ask(f"SELECT id, amount FROM ({sql}) AS asked WHERE amount > 1e-9")
        return {int(name): float(amount) for name, amount in rows}

    def number(self, sql: str) -> float:
        """The one number of a query."""
        ((value,),) = self.server.ask(sql)
        return float(value)


RULE: dict[str, Any] = {
    "id": "proef",
    "version": "1.0",
    "programme": "proef",
    "nl": "",
    "en": "",
    "subject": SubjectFilter(frozenset(), frozenset()),
    "slots": ("natura2000",),
    "combine": "any",
    "parameters": {},
    "hardness": "verbod",
    "exemptions": (),
    "provinces": frozenset(),
    "area_types": (),
    "from_ijkmoment": 1,
    "citation": None,
    "note": None,
}


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    random = np.random.default_rng(20)
    polygons = blobs(1_500, 20, 160, seed=21)
    points = shapely.points(100_000 + random.uniform(0, SIDE, (200, 2)))
    starts = 100_000 + random.uniform(0, SIDE, (300, 1, 2))
    lines = shapely.linestrings(starts + np.cumsum(random.normal(0, 60, (300, 9, 2)), axis=1))
    features = np.concatenate([polygons, lines, points])
    units = random.choice(UNITS, FEATURES)
    objects, levels = blobs(OBJECTS, 120, 520, seed=22), random.uniform(0, 60, OBJECTS)
    with serve_postgis() as server:
        rows = zip(range(FEATURES), units.tolist(), shapely.to_wkb(features, hex=True).tolist(), strict=True)
        server.load("s", "id int PRIMARY KEY, legenda text, geom geometry", list(rows))
        rows = zip(range(OBJECTS), levels.tolist(), shapely.to_wkb(objects, hex=True).tolist(), strict=True)
        server.load("o", "id int PRIMARY KEY, level float8, geom geometry", list(rows))
        server.ask(f"CREATE TABLE reach AS SELECT ST_Buffer(geom, {DISTANCE}, 'quad_segs=64') AS geom FROM o")
        supply = "SELECT geom FROM o UNION ALL SELECT geom FROM s WHERE legenda = 'natuur_nieuw'"
        buffers = f"SELECT ST_Buffer(geom, {DISTANCE}, 'quad_segs=64') AS geom FROM ({supply}) AS supply"
        server.ask(f"CREATE TABLE supplied AS {buffers}")
        for table in ("s", "o", "reach", "supplied"):
            server.ask(f"CREATE INDEX ON {table} USING gist (geom); ANALYZE {table}")
        yield World(server, features, objects, units.astype(object), levels)


def shared(objects: str = "o", subjects: str = "s", condition: str = "true") -> str:
    """For each subject what it shares with the objects together."""
    return (
        f"SELECT s.id, ST_Intersection(s.geom, ST_Union(o.geom)) AS geom FROM {subjects} AS s JOIN {objects} AS o"
        f" ON ST_Intersects(s.geom, o.geom) WHERE {condition} GROUP BY s.id, s.geom"
    )


def outside(objects: str = "o", condition: str = "true") -> str:
    """For each subject what lies outside the objects together."""
    return (
        f"SELECT s.id, CASE WHEN count(o.*) = 0 THEN s.geom ELSE ST_Difference(s.geom, ST_Union(o.geom)) END AS geom"
        f" FROM s LEFT JOIN {objects} AS o ON ST_Intersects(s.geom, o.geom) WHERE {condition} GROUP BY s.id, s.geom"
    )


def amounts(sql: str) -> str:
    return f"SELECT id, {AMOUNT.format('geom')} AS amount FROM ({sql}) AS parts"


def assert_equal(found: Found, expected: dict[int, float]) -> None:
    assert len(expected) > 20, "the data must put the question"
    here = dict(zip(found.rows.tolist(), found.measured.tolist(), strict=True))
    here = {row: value for row, value in here.items() if value > SPECK}
    expected = {row: value for row, value in expected.items() if value > SPECK}
    assert here.keys() == expected.keys()
    for row, value in expected.items():
        assert here[row] == pytest.approx(value, rel=RELATIVE), row


@pytest.mark.parametrize("kind", ["prohibit-inside", "avoid-unless"])
def test_what_lies_on_the_objects(world: World, kind: str) -> None:
    assert_equal(world.ask(kind), world.measured(amounts(shared())))


def test_uses_that_do_not_go_with_the_objects(world: World) -> None:
    condition = f"(s.legenda IN ('zonneveld', 'natuur_nieuw') OR s.id % {SHARING} = 0)"
    expected = world.measured(amounts(shared(condition=condition)))
    assert_equal(world.ask("compatibility", incompatible=("zonneveld", "natuur_nieuw")), expected)


def test_what_lies_outside_the_objects(world: World) -> None:
    assert_equal(world.ask("require-inside"), world.measured(amounts(outside())))


@pytest.mark.parametrize("dimension", [0, 1, 2])
def test_the_share_of_all_subjects_that_lies_inside(world: World, dimension: int) -> None:
    only = shapely.get_dimensions(world.features) == dimension
    found = world.ask("require-inside", only=only, share_pct=100)
    chosen = f"(SELECT * FROM s WHERE ST_Dimension(geom) = {dimension})"
    inside = f"SELECT sum({AMOUNT.format('geom')}) FROM ({shared(subjects=chosen)}) AS parts"
    share = world.number(f"SELECT 100 * ({inside}) / (SELECT sum({AMOUNT.format('geom')}) FROM {chosen} AS every)")
    assert found.rows.tolist() == [WHOLE]
    assert found.measured.tolist() == [pytest.approx(share, rel=RELATIVE)]


def test_how_near_subjects_lie(world: World) -> None:
    near = f"FROM s JOIN o ON ST_DWithin(s.geom, o.geom, {DISTANCE}) GROUP BY s.id"
    rows = world.server.ask(f"SELECT s.id, min(ST_Distance(s.geom, o.geom)) AS apart {near}")
    found = world.ask("prohibit-within-distance", distance_m=DISTANCE)
    here = dict(zip(found.rows.tolist(), found.measured.tolist(), strict=True))
    expected = {int(row): float(apart) for row, apart in rows}
    assert len(expected) > 100
    assert here == {row: pytest.approx(apart, rel=RELATIVE) for row, apart in expected.items()}
    parts = world.measured(amounts(shared("reach")))
    sizes = np.where(shapely.get_dimensions(found.geometry) == 2, shapely.area(found.geometry) / 1e4, np.nan)
    polygons = {row: size for row, size in zip(found.rows.tolist(), sizes.tolist(), strict=True) if size == size}
    assert polygons == {row: pytest.approx(parts[row], rel=RELATIVE) for row in polygons}


def test_how_far_subjects_lie(world: World) -> None:
    apart = "SELECT s.id, (SELECT min(ST_Distance(s.geom, o.geom)) FROM o) AS amount FROM s"
    far = world.measured(f"SELECT id, amount FROM ({apart}) AS every WHERE amount > {DISTANCE}")
    assert_equal(world.ask("require-within-distance", distance_m=DISTANCE), far)


def test_the_share_of_all_subjects_that_lies_near(world: World) -> None:
    only = shapely.get_dimensions(world.features) == 2
    found = world.ask("require-within-distance", only=only, distance_m=DISTANCE, share_pct=100)
    near = f"EXISTS (SELECT 1 FROM o WHERE ST_DWithin(s.geom, o.geom, {DISTANCE}))"
    part = f"sum(ST_Area(geom)) FILTER (WHERE {near})"
    share = world.number(f"SELECT 100 * {part} / sum(ST_Area(geom)) FROM s WHERE ST_Dimension(geom) = 2")
    assert found.measured.tolist() == [pytest.approx(share, rel=RELATIVE)]


def test_what_lies_out_of_reach(world: World) -> None:
    assert_equal(world.ask("coverage", distance_m=DISTANCE), world.measured(amounts(outside("reach"))))


def test_what_lies_out_of_reach_of_what_is_drawn_as_well(world: World) -> None:
    found = world.ask("coverage", distance_m=DISTANCE, supply=("natuur_nieuw",))
    assert_equal(found, world.measured(amounts(outside("supplied"))))


def test_the_share_within_reach(world: World) -> None:
    only = shapely.get_dimensions(world.features) == 2
    found = world.ask("coverage", only=only, distance_m=DISTANCE, share_pct=100)
    chosen = "(SELECT * FROM s WHERE ST_Dimension(geom) = 2)"
    inside = f"SELECT sum(ST_Area(geom)) FROM ({shared('reach', chosen)}) AS parts"
    share = world.number(f"SELECT 100 * ({inside}) / (SELECT sum(ST_Area(geom)) FROM {chosen} AS every)")
    assert found.measured.tolist() == [pytest.approx(share, rel=RELATIVE)]


def test_what_of_large_subjects_lies_outside(world: World) -> None:
    large = "ST_Dimension(s.geom) = 2 AND ST_Area(s.geom) > 20000"
    assert_equal(world.ask("size-threshold", threshold_ha=2.0), world.measured(amounts(outside(condition=large))))


def test_where_the_level_does_not_fit(world: World) -> None:
    beyond = "(SELECT * FROM o WHERE level < 20 OR level > 40)"
    assert_equal(world.ask("level", minimum_cm=20.0, maximum_cm=40.0), world.measured(amounts(shared(beyond))))


def together(sql: str) -> str:
    """The area (ha) of polygons, overlaps counted once."""
    return f"SELECT ST_Area(ST_Union(geom)) / 1e4 FROM ({sql}) AS parts WHERE ST_Dimension(geom) = 2"


@pytest.mark.parametrize("distance", [0.0, DISTANCE])
def test_the_room_that_is_reserved(world: World, distance: float) -> None:
    only = shapely.get_dimensions(world.features) == 2
    found = world.ask("reserve", only=only, area_ha=1e9, distance_m=distance)
    chosen = "(SELECT * FROM s WHERE ST_Dimension(geom) = 2)"
    expected = world.number(together(shared("reach" if distance else "o", chosen)))
    assert found.measured.tolist() == [pytest.approx(expected, rel=RELATIVE)]


def test_what_is_lost_and_what_makes_up_for_it(world: World) -> None:
    only = (shapely.get_dimensions(world.features) == 2) & (world.units == "woningbouw")
    chosen = "(SELECT * FROM s WHERE ST_Dimension(geom) = 2 AND legenda = 'woningbouw')"
    lost = world.number(together(shared(subjects=chosen)))
    found = world.ask("area-balance", only=only, loss_ha=0)
    assert found.measured.tolist() == [pytest.approx(lost, rel=RELATIVE)]
    made = "s.legenda = 'natuur_nieuw' AND ST_Dimension(s.geom) = 2"
    gained = world.number(together(outside(condition=made)))
    short = world.ask("area-balance", only=only, loss_ha=-1e9, compensation=("natuur_nieuw",))
    assert short.measured.tolist() == [pytest.approx(lost - gained, rel=RELATIVE)]


@pytest.mark.parametrize("kind", ["min-share", "max-share"])
def test_the_share_of_each_object_that_is_taken(world: World, kind: str) -> None:
    only = shapely.get_dimensions(world.features) == 2
    taken = (
        "SELECT o.id, 100 * ST_Area(ST_Intersection(o.geom, ST_Union(s.geom))) / ST_Area(o.geom) AS amount FROM o"
        " JOIN s ON ST_Intersects(o.geom, s.geom) WHERE ST_Dimension(s.geom) = 2 GROUP BY o.id, o.geom"
    )
    expected = [value for value in world.measured(taken).values() if value > 0.01]
    found = world.ask(kind, only=only, share_pct=100.0 if kind == "min-share" else 0.0)
    measured = [value for value in found.measured.tolist() if value > 0.01]
    assert len(measured) > 100
    assert sorted(measured) == [pytest.approx(value, rel=RELATIVE) for value in sorted(expected)]
