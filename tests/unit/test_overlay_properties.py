"""What two layers share and do not share, for shapes as people draw them at their worst."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from novex_plugin.core.features.overlay import Indexed, nearest, shared, sizes, uncovered

EAST, NORTH = 155_000.0, 463_000.0
"""Where the shapes lie: near zero doubles are finer than on the national grid."""

CORNER = st.integers(0, 6)
NUDGE = st.sampled_from([0.0, 0.0, 0.0, 1e-9, 1e-6, 0.001, 0.01])


def placed(shape: Any) -> Any:
    return shapely.transform(shape, lambda points: points * 100.0 + (EAST, NORTH))


@st.composite
def boxes(draw: Any) -> Any:
    """Rectangles on a coarse grid, so that borders and corners coincide, some of them as thin as a hair."""
    west, south = draw(CORNER), draw(CORNER)
    wide, high = draw(st.sampled_from([1, 2, 3, 1e-7, 1e-4])), draw(st.sampled_from([1, 2, 3]))
    nudge = draw(NUDGE)
    return shapely.box(west + nudge, south, west + nudge + wide, south + high)


@st.composite
def holed(draw: Any) -> Any:
    """A rectangle with a hole that may touch its ring in a point."""
    west, south = draw(CORNER), draw(CORNER)
    shell = [(west, south), (west + 3, south), (west + 3, south + 3), (west, south + 3)]
    hole = draw(st.sampled_from([[(1, 1), (2, 1), (2, 2)], [(0, 1), (2, 1), (1, 2)], [(1, 0), (2, 1), (1, 2)]]))
    return shapely.Polygon(shell, [[(west + x, south + y) for x, y in hole]])


@st.composite
def touching(draw: Any) -> Any:
    """Two parts that meet in one point, as one multipolygon."""
    west, south, size = draw(CORNER), draw(CORNER), draw(st.integers(1, 2))
    first = shapely.box(west, south, west + size, south + size)
    return shapely.MultiPolygon([first, shapely.box(west + size, south + size, west + 2 * size, south + 2 * size)])


@st.composite
def freely(draw: Any) -> Any:
    """A ring through any corners; one that crosses itself is mended, as a snapshot mends it."""
    corners = draw(st.lists(st.tuples(CORNER, CORNER), min_size=3, max_size=7, unique=True))
    mended = shapely.make_valid(shapely.Polygon(corners))
    parts = [part for part in shapely.get_parts(mended) if shapely.get_dimensions(part) == 2]
    polygons = [each for part in parts for each in shapely.get_parts(part)]
    assume(polygons)
    return shapely.MultiPolygon(polygons) if len(polygons) > 1 else polygons[0]


POLYGONS = st.lists(st.one_of(boxes(), holed(), touching(), freely()).map(placed), min_size=1, max_size=5)
LINES = st.lists(
    st.lists(st.tuples(CORNER, CORNER), min_size=2, max_size=6, unique=True)
    .map(shapely.LineString)
    .filter(lambda line: line.is_simple)  # what runs over itself counts once in an overlay and twice in a length
    .map(placed),
    min_size=1,
    max_size=4,
)


def layer(shapes: list[Any]) -> Indexed:
    return Indexed(np.array([*shapes, None], dtype=object)[:-1])


def runs_along(lines: Indexed, polygons: Indexed) -> bool:
    """Whether a line follows a border: whether it then lies inside is a matter of the last digit."""
    borders = shapely.buffer(shapely.union_all(shapely.boundary(polygons.geometry)), 0.01)
    along = shapely.length(shapely.intersection(lines.geometry[lines.dimensions == 1], borders))
    return bool((along > 1.0).any())


def amount(geometry: Any, count: int, rows: Any = None) -> Any:
    """The size by row, 0 where there is nothing."""
    result = np.zeros(count)
    result[np.arange(count) if rows is None else rows] = sizes(geometry)
    return result


@settings(max_examples=300, deadline=None)
@given(st.one_of(POLYGONS, LINES), POLYGONS)
def test_what_is_shared_and_what_is_left_make_the_whole(first: list[Any], second: list[Any]) -> None:
    left, right = layer(first), layer(second)
    rows, parts = shared(left, right)
    whole = sizes(left.geometry)
    together = amount(parts, len(left), rows) + amount(uncovered(left, right), len(left))
    assert together == pytest.approx(whole, rel=1e-6, abs=0.01)


@settings(max_examples=300, deadline=None)
@given(st.one_of(POLYGONS, LINES), POLYGONS)
def test_what_is_shared_is_what_lies_on_the_union(first: list[Any], second: list[Any]) -> None:
    left, right = layer(first), layer(second)
    assume(not runs_along(left, right))
    rows, parts = shared(left, right)
    expected = sizes(shapely.intersection(left.geometry, shapely.union_all(right.geometry)))
    dimension = shapely.get_dimensions(shapely.intersection(left.geometry, shapely.union_all(right.geometry)))
    expected = np.where(dimension == left.dimensions, expected, 0.0)
    assert amount(parts, len(left), rows) == pytest.approx(expected, rel=1e-6, abs=0.01)


@settings(max_examples=100, deadline=None)
@given(POLYGONS, POLYGONS)
def test_the_order_and_the_number_of_times_that_objects_stand_there_change_nothing(
    first: list[Any], second: list[Any]
) -> None:
    left = layer(first)
    once, again = shared(left, layer(second)), shared(left, layer([*reversed(second), *second]))
    here, there = (amount(parts, len(left), rows) for rows, parts in (once, again))
    assert here == pytest.approx(there, rel=1e-6, abs=0.01)


@settings(max_examples=100, deadline=None)
@given(st.one_of(POLYGONS, LINES), POLYGONS)
def test_the_nearest_is_at_the_least_distance(first: list[Any], second: list[Any]) -> None:
    left, right = layer(first), layer(second)
    expected = shapely.distance(left.geometry[:, None], right.geometry[None, :]).min(axis=1)
    assert nearest(left, right) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_a_line_over_two_polygons_that_overlap_counts_once_where_both_lie() -> None:
    random = np.random.default_rng(3)
    line = shapely.linestrings(random.uniform(0, 1000, (40, 2, 2)) + np.array([EAST, NORTH]))
    squares = [shapely.box(EAST + at, NORTH, EAST + at + 600, NORTH + 1000) for at in (0.0, 133.3, 271.7, 400.1)]
    rows, parts = shared(Indexed(line), layer(squares))
    assert rows.tolist() == list(range(40))
    assert sizes(parts) == pytest.approx(shapely.length(line), rel=1e-9)
    assert sizes(uncovered(Indexed(line), layer(squares))) == pytest.approx(np.zeros(40), abs=1e-6)
