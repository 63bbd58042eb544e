"""Data go along as the layers that are used: no other layers, styles, views or triggers of whoever had the file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import shapely

from novex_plugin.core.delivery.bare_geopackage import copy_layers, surplus
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.digest import layer_digest
from novex_plugin.core.features.geopackage import Column, Layer, append, create, layer_names
from novex_plugin.core.features.table import FeatureTable

CODE = "<qgis><editforminitcode>import os</editforminitcode></qgis>"
ADDED = {
    "a style that QGIS would load with the layer": (
        f"CREATE TABLE layer_styles (styleQML TEXT DEFAULT '{CODE}')",
        "tabel layer_styles",
    ),
    "a style that is listed as a layer": (
        (
            "CREATE TABLE layer_styles (styleQML TEXT);"
            "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('layer_styles', 'attributes')"
        ),
        "tabel layer_styles",
    ),
    "a view": ("CREATE VIEW meekijken AS SELECT * FROM percelen", "view meekijken"),
    "a trigger": (
        "CREATE TRIGGER wissen AFTER INSERT ON percelen BEGIN DELETE FROM percelen; END",
        "trigger wissen",
    ),
    "a trigger that begins like that of an index": (
        (
            "CREATE TRIGGER rtree_percelen_geom_insert2 AFTER INSERT ON percelen BEGIN"
            " DELETE FROM rtree_percelen_geom WHERE id = 1; DELETE FROM percelen; END"
        ),
        "trigger rtree_percelen_geom_insert2",
    ),
    "a table that no list names": ("CREATE TABLE kladblok (x)", "tabel kladblok"),
    "a table to search in": ("CREATE VIRTUAL TABLE zoek USING fts5(x)", "tabel zoek"),
}


def kept_at_home(path: Path) -> Path:
    """A GeoPackage with two layers."""
    columns = (Column("soort", allowed=("gras", "mais")),)
    create(path, [Layer(name, "MULTIPOLYGON", columns) for name in ("percelen", "geheim")])
    shapes = np.array([shapely.multipolygons([shapely.box(0, 0, 10, 10)])], dtype=object)
    for name in ("percelen", "geheim"):
        append(path, name, FeatureTable(name, shapes, {"soort": np.array(["gras"], dtype=object)}))
    return path


def changed(path: Path, statements: str) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(statements)
    return path


def test_only_the_layer_that_is_used_goes_along_and_its_content_is_the_same(tmp_path: Path) -> None:
    source = kept_at_home(tmp_path / "thuis.gpkg")
    before = source.read_bytes()

    copy_layers(source, tmp_path / "mee.gpkg", {"percelen"})

    assert layer_names(tmp_path / "mee.gpkg") == {"percelen": "features"}
    assert b"geheim" not in (tmp_path / "mee.gpkg").read_bytes()
    assert layer_digest(tmp_path / "mee.gpkg", "percelen") == layer_digest(source, "percelen")
    assert surplus(tmp_path / "mee.gpkg") == []
    assert source.read_bytes() == before


@pytest.mark.parametrize(("statements", "said"), ADDED.values(), ids=ADDED)
def test_what_could_run_is_named_and_does_not_go_along(tmp_path: Path, statements: str, said: str) -> None:
    source = changed(kept_at_home(tmp_path / "thuis.gpkg"), statements)

    assert said in surplus(source)
    copy_layers(source, tmp_path / "mee.gpkg", {"percelen"})

    assert surplus(tmp_path / "mee.gpkg") == []
    append(tmp_path / "mee.gpkg", "percelen", FeatureTable("percelen", np.array([shapely.Point(0, 0)]), {}))


def test_a_layer_of_gdal_keeps_its_index_and_loses_the_tables_for_tiles(tmp_path: Path) -> None:
    from osgeo import ogr, osr

    ogr.UseExceptions()
    system = osr.SpatialReference()
    system.ImportFromEPSG(28992)
    source = ogr.GetDriverByName("GPKG").CreateDataSource(str(tmp_path / "gdal.gpkg"))
    layer = source.CreateLayer("lijnen van gdal", system, ogr.wkbLineString)
    feature = ogr.Feature(layer.GetLayerDefn())
    feature.SetGeometry(ogr.CreateGeometryFromWkt("LINESTRING (0 0, 1 1)"))
    layer.CreateFeature(feature)
    del feature, layer, source

    copy_layers(tmp_path / "gdal.gpkg", tmp_path / "mee.gpkg", {"lijnen van gdal"})

    assert surplus(tmp_path / "mee.gpkg") == []
    with closing(sqlite3.connect(tmp_path / "mee.gpkg")) as opened:
        names = [row[0] for row in opened.execute("SELECT name FROM sqlite_master ORDER BY name")]
    assert "rtree_lijnen van gdal_geom_insert" in names
    assert "gpkg_tile_matrix" not in names
    assert ogr.Open(str(tmp_path / "mee.gpkg")).GetLayer(0).GetFeatureCount() == 1


def test_a_layer_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="tabel weg: deze tabel ontbreekt"):
        copy_layers(kept_at_home(tmp_path / "thuis.gpkg"), tmp_path / "mee.gpkg", {"weg"})
