"""Findings as they are handed over hold no crumbs of rounding, whose rings run no way at all."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from novex_plugin.core.delivery.crumbs import SMALLEST_M2, clean_polygons


def arrayed(*shapes: shapely.Geometry | None) -> np.ndarray:
    result = np.empty(len(shapes), dtype=object)
    result[:] = shapes
    return result


BIG = shapely.box(170_000, 440_000, 170_100, 440_100, ccw=False)
CRUMB = shapely.Polygon([(170_500, 441_000), (170_509.6, 441_051.7), (170_500.0000000001, 441_000)])
HOLE = [(170_010, 440_010), (170_020, 440_010), (170_020, 440_020)]
PINPRICK = [(170_050, 440_050), (170_050.01, 440_050), (170_050, 440_050.01)]


def test_crumbs_beside_a_real_part_go_and_the_rest_stays() -> None:
    holed = shapely.Polygon(BIG.exterior.coords, [HOLE, PINPRICK])
    (cleaned,) = clean_polygons(arrayed(shapely.MultiPolygon([holed, CRUMB])))

    assert shapely.get_num_geometries(cleaned) == 1
    assert shapely.get_num_interior_rings(cleaned.geoms[0]) == 1
    assert cleaned.geoms[0].exterior.is_ccw
    assert not cleaned.geoms[0].interiors[0].is_ccw
    assert shapely.area(cleaned) == shapely.area(shapely.Polygon(BIG.exterior.coords, [HOLE]))


def test_what_is_all_crumbs_no_polygon_or_absent_is_kept() -> None:
    only = shapely.MultiPolygon([CRUMB])
    line, point = shapely.LineString([(0, 0), (1, 1)]), shapely.Point(1, 1)
    cleaned = clean_polygons(arrayed(only, line, None, point, shapely.MultiPolygon([BIG])))

    assert shapely.get_num_geometries(cleaned[0]) == 1
    assert (cleaned[1], cleaned[2], cleaned[3]) == (line, None, point)
    assert cleaned[4].geoms[0].exterior.is_ccw


def test_nothing_is_cleaned_to_nothing() -> None:
    assert len(clean_polygons(arrayed())) == 0


@given(st.lists(st.floats(1e-4, 100), min_size=1, max_size=6))
def test_the_area_changes_by_no_more_than_the_crumbs(sides: list[float]) -> None:
    boxes = [shapely.box(200 * number, 0, 200 * number + side, side) for number, side in enumerate(sides)]
    before = arrayed(shapely.MultiPolygon(boxes))
    (after,) = clean_polygons(before)

    assert abs(shapely.area(after) - shapely.area(before[0])) <= len(sides) * SMALLEST_M2
    assert shapely.is_valid(after)
