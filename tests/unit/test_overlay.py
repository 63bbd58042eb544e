"""The overlay against shapely's own answer, on shapes that meet, cross and lie in each other's holes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from novex_plugin.core.errors import InputError
from novex_plugin.core.features import overlay
from novex_plugin.core.features.extent import read_extent
from novex_plugin.core.features.geopackage import Column, Layer, append, create, transaction
from novex_plugin.core.features.overlay import Indexed, dissolved, overlaps, sizes, uncovered
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.rules.kinds.parts import overlapping
from novex_plugin.core.rules.model import Tolerance

WHOLE_METRES = st.integers(0, 12)
TOLERANCE = Tolerance(area_m2=1.0, length_m=0.1, share=1e-6)


@st.composite
def blocks(draw: st.DrawFn) -> shapely.Geometry:
    """Rectangles on a grid, some with a hole, some of two parts: many share borders exactly."""
    west, south = draw(WHOLE_METRES), draw(WHOLE_METRES)
    width, height = draw(st.integers(1, 8)), draw(st.integers(1, 8))
    shape = shapely.box(west, south, west + width, south + height)
    if width > 2 and height > 2 and draw(st.booleans()):
        shape = shapely.difference(shape, shapely.box(west + 1, south + 1, west + width - 1, south + height - 1))
    if draw(st.booleans()):
        shape = shapely.MultiPolygon([shape, shapely.box(west + 20, south, west + 21, south + 1)])
    return shape


def layer(shapes: list[shapely.Geometry]) -> Indexed:
    array = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    return Indexed(array)


@settings(max_examples=150, deadline=None)
@given(st.lists(blocks(), min_size=1, max_size=8), st.lists(blocks(), min_size=1, max_size=8))
def test_pairs_and_parts_are_those_that_shapely_finds_one_by_one(
    first: list[shapely.Geometry], second: list[shapely.Geometry]
) -> None:
    found = overlaps(layer(first), layer(second))
    expected = {}
    for row, one in enumerate(first):
        for column, other in enumerate(second):
            with np.errstate(invalid="ignore"):
                area = shapely.intersection(one, other).area
            if area > 0:
                expected[row, column] = area
    pairs = list(zip(found.first.tolist(), found.second.tolist(), strict=True))
    assert pairs == sorted(expected), "every pair once, in order, none for a mere border"
    assert shapely.area(found.geometry) == pytest.approx([expected[pair] for pair in pairs])
    assert (shapely.get_dimensions(found.geometry) == 2).all()


@settings(max_examples=100, deadline=None)
@given(st.lists(blocks(), min_size=1, max_size=6), st.lists(blocks(), min_size=1, max_size=6))
def test_what_is_covered_and_what_is_not_make_the_whole_feature(
    first: list[shapely.Geometry], second: list[shapely.Geometry]
) -> None:
    subjects, everything = layer(first), shapely.union_all(second)
    found = overlaps(subjects, layer(second))
    rows, covered = dissolved(found.first, found.geometry)
    inside = np.zeros(len(first))
    inside[rows] = sizes(covered)
    outside = sizes(uncovered(subjects, layer(second)))
    with np.errstate(invalid="ignore"):
        expected = shapely.area(shapely.intersection(subjects.geometry, everything))
    assert inside == pytest.approx(expected, abs=1e-9)
    assert inside + outside == pytest.approx(shapely.area(subjects.geometry))


@settings(max_examples=80, deadline=None)
@given(blocks(), st.floats(1e-9, 0.04), st.booleans())
def test_slivers_along_a_border_drawn_apart_are_no_overlap(shape: shapely.Geometry, gap: float, left: bool) -> None:
    west, _, east, _ = shape.bounds
    neighbour = shapely.box(west - 30, -5, west + gap, 25) if left else shapely.box(east - gap, -5, east + 30, 25)
    rows, _ = overlapping(layer([shape]), layer([neighbour]), TOLERANCE)
    assert not len(rows)


def test_a_feature_in_the_hole_of_another_does_not_overlap_it() -> None:
    ring = shapely.difference(shapely.box(0, 0, 10, 10), shapely.box(2, 2, 8, 8))
    assert not len(overlaps(layer([shapely.box(3, 3, 7, 7), shapely.box(2, 2, 8, 8)]), layer([ring])))


def test_a_part_of_a_large_feature_must_be_more_than_its_share_of_it() -> None:
    large = layer([shapely.box(0, 0, 10_000, 10_000)])
    small, enough = shapely.box(0, 0, 9, 11), shapely.box(0, 0, 11, 11)
    assert not len(overlapping(large, layer([small]), TOLERANCE)[0])
    assert len(overlapping(large, layer([enough]), TOLERANCE)[0])


def test_a_broken_polygon_among_the_objects_does_not_stop_the_others() -> None:
    bow = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
    found = overlaps(layer([shapely.box(0, 0, 20, 4)]), layer([bow, shapely.box(15, 0, 30, 30)]))
    assert 1 in found.second.tolist()


def test_more_pairs_than_fit_one_piece_come_back_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overlay, "_PIECE", 7)
    rng = np.random.default_rng(5)
    corners = rng.uniform(0, 100, (80, 2))
    small = shapely.box(*corners.T, *(corners + 9).T)
    large = shapely.buffer(shapely.points(rng.uniform(0, 100, (12, 2))), 17)
    found = overlaps(Indexed(small), Indexed(large))
    again = shapely.intersection(small[found.first], large[found.second])
    assert len(found) > 50
    assert shapely.area(found.geometry) == pytest.approx(shapely.area(again))


def test_two_lines_overlap_where_they_cross_and_where_they_run_together() -> None:
    line = shapely.LineString([(0, 0), (10, 0)])
    found = overlaps(
        layer([line]), layer([shapely.LineString([(5, -5), (5, 5)]), shapely.LineString([(8, 0), (20, 0)])])
    )
    assert sizes(found.geometry).tolist() == [1, 2]


def grid_layer(path: Path) -> Path:
    west = np.arange(100) * 10.0
    shapes = shapely.multipolygons(shapely.box(west, 0, west + 5, 5), indices=np.arange(100))
    create(path, [Layer("vakken", "MULTIPOLYGON", (Column("nr"),))])
    names = np.array([f"n{number}" for number in range(100)], dtype=object)
    append(path, "vakken", FeatureTable("vakken", shapes, {"nr": names}))
    return path


def test_only_features_within_the_bounds_are_read(tmp_path: Path) -> None:
    path = grid_layer(tmp_path / "vakken.gpkg")
    rows = read_extent(path, "vakken", (101, 0, 131, 5), ["nr"])
    assert rows.columns["nr"].tolist() == ["n10", "n11", "n12", "n13"]
    assert rows.epsg == 28992
    assert len(read_extent(path, "vakken", None)) == 100


def test_a_layer_without_a_spatial_index_gives_the_same_features(tmp_path: Path) -> None:
    path = grid_layer(tmp_path / "vakken.gpkg")
    with transaction(path) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("DROP TABLE rtree_vakken_geom")
    rows = read_extent(path, "vakken", (101, 0, 131, 5), ["nr"])
    assert rows.columns["nr"].tolist() == ["n10", "n11", "n12", "n13"]


def test_an_absent_layer_and_an_absent_field_are_named_with_what_there_is(tmp_path: Path) -> None:
    path = grid_layer(tmp_path / "vakken.gpkg")
    with pytest.raises(InputError, match=r"zones.*vakken"):
        read_extent(path, "zones", None)
    with pytest.raises(InputError, match=r"klasse.*nr"):
        read_extent(path, "vakken", None, ["klasse"])


@pytest.mark.parametrize(("x", "inside"), [(10, True), (0, False), (5, True)])
def test_a_point_on_the_seam_of_two_areas_lies_in_them_and_one_on_their_edge_does_not(x: float, inside: bool) -> None:
    areas = layer([shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)])
    points = layer([shapely.Point(x, 5)])
    assert (len(overlaps(points, areas).first) > 0) is inside
    assert (uncovered(points, areas)[0] is None) is inside
