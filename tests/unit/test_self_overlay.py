"""Overlaps within one layer against shapely's own answer for every pair."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from novex_plugin.core.features.overlay import Indexed
from novex_plugin.core.features.self_overlay import TooManyPairsError, ground_of, self_overlaps

METRES = st.integers(0, 10)


def layer(*shapes: shapely.Geometry) -> Indexed:
    array = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    return Indexed(array)


@st.composite
def shapes(draw: st.DrawFn) -> shapely.Geometry:
    """Blocks, lines and points on a grid of whole metres: many are the same, nested, or share a border."""
    west, south, kind = draw(METRES), draw(METRES), draw(st.sampled_from(["vlak", "vlak", "lijn", "punt"]))
    if kind == "punt":
        return shapely.Point(west, south)
    east, north = west + draw(st.integers(1, 6)), south + draw(st.integers(1, 6))
    if kind == "vlak":
        return shapely.box(west, south, east, north)
    return shapely.LineString([(west, south), (east, south) if draw(st.booleans()) else (west, north)])


@settings(max_examples=200, deadline=None)
@given(st.lists(shapes(), min_size=0, max_size=9))
def test_every_pair_is_found_once_where_interiors_meet(drawn: list[shapely.Geometry]) -> None:
    found = self_overlaps(layer(*drawn))
    expected = {}
    for first, second in itertools.combinations(range(len(drawn)), 2):
        one, two = drawn[first], drawn[second]
        with np.errstate(invalid="ignore"):
            shared = shapely.intersection(one, two)
        both_lines = shapely.get_dimensions([one, two]).tolist() == [1, 1]
        least = min(shapely.get_dimensions([one, two]).tolist())
        wanted = shapely.get_dimensions(shared) if both_lines else least
        inside = not shapely.is_empty(shared) and not shapely.touches(one, two)
        if inside and shapely.get_dimensions(shared) >= wanted:
            expected[first, second] = (shared.area, shared.length)
    pairs = list(zip(found.first.tolist(), found.second.tolist(), strict=True))
    assert pairs == sorted(expected)
    for pair, part in zip(pairs, found.geometry.tolist(), strict=True):
        assert (part.area, part.length) == pytest.approx(expected[pair])


def test_a_shared_border_is_no_overlap_and_the_same_shape_is_a_whole_one() -> None:
    found = self_overlaps(layer(shapely.box(0, 0, 5, 5), shapely.box(5, 0, 9, 5), shapely.box(0, 0, 5, 5)))
    assert list(zip(found.first.tolist(), found.second.tolist(), strict=True)) == [(0, 2)]
    assert shapely.area(found.geometry).tolist() == [25]


def test_a_line_along_the_edge_and_lines_end_to_end_share_no_ground() -> None:
    edge = shapely.LineString([(0, 0), (5, 0)])
    onward = shapely.LineString([(5, 0), (9, 0)])
    across = shapely.LineString([(3, -2), (3, 2)])
    found = self_overlaps(layer(shapely.box(0, 0, 5, 5), edge, onward, across))
    pairs = dict(zip(zip(found.first.tolist(), found.second.tolist(), strict=True), found.geometry, strict=True))
    assert set(pairs) == {(0, 3), (1, 3)}
    assert pairs[0, 3].length == 2
    assert pairs[1, 3].equals(shapely.Point(3, 0))


def test_absent_and_empty_shapes_overlap_nothing() -> None:
    assert len(self_overlaps(layer(None, shapely.Polygon(), shapely.box(0, 0, 1, 1)))) == 0
    assert len(self_overlaps(layer())) == 0


def test_a_layer_of_copies_is_noticed_before_its_pairs_are_made() -> None:
    copies = layer(*[shapely.box(0, 0, 1, 1)] * 500)
    with pytest.raises(TooManyPairsError):
        self_overlaps(copies, most=10_000)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), METRES, METRES, st.integers(1, 6)), min_size=0, max_size=20))
def test_ground_that_several_take_counts_once_in_each_group(given: list[tuple[int, int, int, int]]) -> None:
    boxes = [shapely.box(west, south, west + size, south + size) for _, west, south, size in given]
    rows = np.array([group for group, *_ in given], dtype=np.int64)
    geometry = layer(*boxes).geometry
    measured = ground_of(rows, 3, geometry)
    expected = [shapely.union_all(geometry[rows == group]).area for group in range(3)]
    assert measured.tolist() == pytest.approx(expected)
