"""Layers of any kind become arrays in EPSG:28992, with what is absent told apart from what is empty."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.progress import Silent
from novex_plugin.qgis_adapter.vector import feature_table

pytestmark = pytest.mark.usefixtures("qgis_app")

FIELDS = "field=naam:string&field=aantal:integer&field=maat:double&field=dag:date"


def read(definition: str, rows: list[tuple[str | None, list[object]]]) -> FeatureTable:
    layer = QgsVectorLayer(definition, "proef", "memory")
    for wkt, values in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes(values)
        if wkt is not None:
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
        assert layer.dataProvider().addFeatures([feature])[0]
    context = QgsProcessingContext()
    return feature_table(QgsProcessingFeatureSource(layer, context), QgsCoordinateTransformContext(), Silent())


def test_degrees_become_metres_of_the_national_grid() -> None:
    table = read("Point?crs=EPSG:4326&" + FIELDS, [("POINT (5.38763888888889 52.1561605555556)", ["a", 1, 2.5, NULL])])
    assert table.epsg == 28992
    assert shapely.get_coordinates(table.geometry)[0] == pytest.approx([155_000, 463_000], abs=150)


def test_types_and_absent_values_are_kept() -> None:
    rows: list[tuple[str | None, list[object]]] = [
        ("POINT (155000 463000)", ["a", 1, 2.5, QDate(2026, 11, 20)]),
        (None, [NULL, NULL, NULL, NULL]),
    ]
    columns = read("Point?crs=EPSG:28992&" + FIELDS, rows).columns
    assert columns["naam"].tolist() == ["a", None]
    assert columns["dag"].tolist() == ["2026-11-20", None]
    assert columns["maat"].dtype == np.float64
    assert np.isnan(columns["aantal"]).tolist() == [False, True]


def test_whole_numbers_stay_whole_and_a_missing_geometry_is_none() -> None:
    table = read("Point?crs=EPSG:28992&" + FIELDS, [(None, ["a", 7, 1.0, NULL])])
    assert table.columns["aantal"].dtype == np.int64
    assert table.geometry.tolist() == [None]


def test_curves_become_straight_lines() -> None:
    curve = "CurvePolygon (CompoundCurve (CircularString (0 0, 50 50, 100 0), (100 0, 0 0)))"
    table = read("CurvePolygon?crs=EPSG:28992&" + FIELDS, [(curve, ["a", 1, 1.0, NULL])])
    assert shapely.get_type_id(table.geometry).tolist() == [3]
    assert shapely.area(table.geometry)[0] == pytest.approx(np.pi * 50**2 / 2, rel=0.001)


def test_invalid_geometry_comes_along_for_the_core_to_judge() -> None:
    bowtie = "POLYGON ((0 0, 100 100, 100 0, 0 100, 0 0))"
    table = read("Polygon?crs=EPSG:28992&" + FIELDS, [(bowtie, ["a", 1, 1.0, NULL])])
    assert shapely.is_valid(table.geometry).tolist() == [False]


def test_a_place_that_cannot_be_projected_has_no_geometry_and_stops_nothing() -> None:
    rows: list[tuple[str | None, list[object]]] = [
        ("POINT (1e30 1e30)", ["ver", 1, 1.0, NULL]),
        ("POINT (5.4 52.2)", ["hier", 1, 1.0, NULL]),
    ]
    table = read("Point?crs=EPSG:4326&" + FIELDS, rows)
    near = shapely.get_coordinates(table.geometry[1])[0]
    assert near == pytest.approx([155_845, 467_879], abs=150)
    assert table.geometry[0] is None or not np.isfinite(shapely.bounds(table.geometry[0])).all()


def test_a_layer_that_does_not_say_its_system_is_refused() -> None:
    layer = QgsVectorLayer("Point?" + FIELDS, "zomaar", "memory")
    layer.setCrs(QgsCoordinateReferenceSystem())
    source = QgsProcessingFeatureSource(layer, QgsProcessingContext())
    with pytest.raises(InputError, match=r"zomaar.*coördinatenstelsel"):
        feature_table(source, QgsCoordinateTransformContext(), Silent())
