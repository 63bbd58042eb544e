"""Geometries are mended and cut, each keeping its dimension."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from novex_plugin.core.features.cut import cut, mend
from novex_plugin.core.features.overlay import of_dimension


def objects(*geometries: object) -> np.ndarray:
    found = np.empty(len(geometries), dtype=object)
    found[:] = geometries
    return found


def test_valid_geometries_stay_as_they_are_and_empty_ones_become_none() -> None:
    square = shapely.box(0, 0, 1, 1)
    mended = mend(objects(square, shapely.Polygon(), None))
    assert mended.repaired == 0
    assert mended.geometry[0] is square
    assert mended.geometry[1] is mended.geometry[2] is None


def test_a_bow_tie_becomes_two_triangles_and_is_counted() -> None:
    mended = mend(objects(shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])))
    assert mended.repaired == 1
    assert mended.geometry[0].geom_type == "MultiPolygon"
    assert mended.geometry[0].area == 0.5


def test_a_spike_is_lost_and_the_polygon_stays_a_polygon() -> None:
    spiked = shapely.Polygon([(0, 0), (4, 0), (4, 4), (4, 9), (4, 4), (0, 4)])
    mended = mend(objects(spiked))
    assert shapely.get_dimensions(mended.geometry).tolist() == [2]
    assert mended.geometry[0].area == 16


def test_what_only_touches_the_area_falls_away() -> None:
    area = shapely.box(0, 0, 10, 10)
    touching = objects(shapely.box(10, 0, 12, 5), shapely.LineString([(10, 10), (12, 12)]), shapely.Point(11, 1))
    assert cut(touching, area, rectangle=True).tolist() == [None, None, None]


def test_a_collection_keeps_only_the_parts_of_the_dimension() -> None:
    mixed = shapely.GeometryCollection([shapely.box(0, 0, 1, 1), shapely.MultiPolygon([shapely.box(2, 2, 3, 3)]),
                                        shapely.LineString([(5, 5), (6, 6)])])  # fmt: skip
    kept = of_dimension(objects(mixed, mixed), np.array([2, 1]))
    assert [each.geom_type for each in kept] == ["MultiPolygon", "LineString"]
    assert (kept[0].area, kept[1].length) == (2, np.sqrt(2))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[st.floats(-50, 150)] * 2, *[st.floats(0.1, 60)] * 2), min_size=1, max_size=12))
def test_cutting_keeps_exactly_the_area_that_lies_inside(boxes: list[tuple[float, float, float, float]]) -> None:
    geometry = objects(*(shapely.box(x, y, x + width, y + height) for x, y, width, height in boxes))
    for area in (shapely.box(0, 0, 100, 100), shapely.Polygon([(0, 0), (100, 0), (0, 100)])):
        shapely.prepare(area)
        result = cut(geometry, area, rectangle=area.area == 10_000)
        expected = shapely.area(shapely.intersection(geometry, area))
        assert np.allclose(np.nan_to_num(shapely.area(result)), expected)
        kept = result[~shapely.is_missing(result)]
        assert (shapely.get_dimensions(kept) == 2).all()
