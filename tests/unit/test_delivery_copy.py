"""The handed-over copy of a proposal: one variant, sorted, sound and always the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import shapely

from novex_plugin.core.delivery.geojson import write_geojson
from novex_plugin.core.delivery.geopackage_copy import copy_variant, without_folders
from novex_plugin.core.delivery.wgs84 import bounds_in_degrees, to_wgs84
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import Column, Layer, append, create, layer_names, read_layer
from novex_plugin.core.features.table import FeatureTable, attribute_table

ID = Column("id", required=True, unique=True)
AREAS = Layer("voorstel_vlak", "MULTIPOLYGON", (ID, Column("variant"), Column("naam"), Column("jaar", "INTEGER")))
POINTS = Layer("voorstel_punt", "POINT", (ID, Column("variant")))
VARIANTS = Layer("variant", None, (ID, Column("naam")))
REASONS = Layer("motivering", None, (ID, Column("kenmerk")))
LOG = Layer("logboek", None, (ID, Column("parameters")))
LAYERS = (AREAS, POINTS, VARIANTS, REASONS, LOG)


def texts(*values: str | None) -> np.ndarray:
    result = np.empty(len(values), dtype=object)
    result[:] = values
    return result


def clockwise(x: float) -> shapely.MultiPolygon:
    return shapely.multipolygons([shapely.box(x, 500_000, x + 100, 500_100, ccw=False)])


@pytest.fixture
def proposal(tmp_path: Path) -> Path:
    path = tmp_path / "voorstel.gpkg"
    create(path, (*LAYERS, Layer("eigen", None, (Column("x"),))))
    geometry = np.array([clockwise(200_300), clockwise(200_000), clockwise(200_600)], dtype=object)
    columns = {
        "id": texts("c", "a", "b"),
        "variant": texts("basis", "basis", "anders"),
        "naam": texts("C", None, "B"),
        "jaar": np.array([2030.0, np.nan, 2050.0]),
    }
    append(path, "voorstel_vlak", FeatureTable("voorstel_vlak", geometry, columns))
    append(path, "variant", attribute_table("variant", {"id": texts("basis", "anders"), "naam": texts("B", "A")}))
    about = {"id": texts("m2", "m1", "m3"), "kenmerk": texts("a", "b", None)}
    append(path, "motivering", attribute_table("motivering", about))
    log = {"id": texts("1"), "parameters": texts('{"INPUT": "/home/jan/werk/kaart.gpkg"}')}
    append(path, "logboek", attribute_table("logboek", log))
    return path


def test_only_the_variant_and_what_is_about_it_are_copied(proposal: Path, tmp_path: Path) -> None:
    target = tmp_path / "kopie.gpkg"

    copied = copy_variant(proposal, target, LAYERS, "basis")

    assert read_layer(target, "voorstel_vlak").column("id").tolist() == ["a", "c"]
    assert read_layer(target, "variant").column("id").tolist() == ["basis"]
    assert read_layer(target, "motivering").column("id").tolist() == ["m2", "m3"]
    assert copied.rows == {"voorstel_vlak": 2, "variant": 1, "motivering": 2, "logboek": 1}
    assert copied.left_out == ["tabel eigen"]


def test_feature_tables_without_rows_are_left_out(proposal: Path, tmp_path: Path) -> None:
    copy_variant(proposal, tmp_path / "kopie.gpkg", LAYERS, "basis")

    assert "voorstel_punt" not in layer_names(tmp_path / "kopie.gpkg")


def test_exterior_rings_run_counter_clockwise(proposal: Path, tmp_path: Path) -> None:
    copy_variant(proposal, tmp_path / "kopie.gpkg", LAYERS, "basis")

    shapes = shapely.get_parts(read_layer(tmp_path / "kopie.gpkg", "voorstel_vlak").geometry)
    assert shapely.is_ccw(shapely.get_exterior_ring(shapes)).all()


def test_copying_twice_and_copying_the_copy_give_the_same_bytes(proposal: Path, tmp_path: Path) -> None:
    first, second, third = (tmp_path / f"{name}.gpkg" for name in "abc")

    copy_variant(proposal, first, LAYERS, "basis")
    copy_variant(proposal, second, LAYERS, "basis")
    copy_variant(first, third, LAYERS, "basis")

    assert first.read_bytes() == second.read_bytes() == third.read_bytes()


def test_folders_of_somebodys_computer_are_taken_off(proposal: Path, tmp_path: Path) -> None:
    copy_variant(proposal, tmp_path / "kopie.gpkg", LAYERS, "basis")

    assert read_layer(tmp_path / "kopie.gpkg", "logboek").column("parameters").tolist() == ['{"INPUT": "kaart.gpkg"}']


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("C:\\Users\\jan\\x.gpkg", "x.gpkg"),
        ('{"A": "C:\\\\Users\\\\jan\\\\x.gpkg"}', '{"A": "x.gpkg"}'),
        ("\\\\server\\deel\\jan\\x.gpkg", "x.gpkg"),
        ("file:///home/jan/x.gpkg", "x.gpkg"),
        ("~/werk/x.gpkg", "x.gpkg"),
        ("https://service.example/a/b/wfs?x=/y/z", "https://service.example/a/b/wfs?x=/y/z"),
        ("wonen en/of werken", "wonen en/of werken"),
        ("10 m/s", "10 m/s"),
        (None, None),
    ],
)
def test_paths_are_cut_and_addresses_are_not(written: str | None, kept: str | None) -> None:
    assert without_folders(texts(written)).tolist() == [kept]


def test_an_unknown_variant_is_refused(proposal: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="variant 'x' heeft geen enkel onderdeel"):
        copy_variant(proposal, tmp_path / "kopie.gpkg", LAYERS, "x")


@pytest.mark.parametrize("broken", [shapely.from_wkt("MULTIPOLYGON(((0 0,1 1,1 0,0 1,0 0)))"), None])
def test_a_feature_without_a_valid_geometry_is_named(proposal: Path, tmp_path: Path, broken: object) -> None:
    geometry = np.array([broken], dtype=object)
    columns = {"id": texts("kapot"), "variant": texts("basis"), "naam": texts(None), "jaar": np.array([np.nan])}
    append(proposal, "voorstel_vlak", FeatureTable("voorstel_vlak", geometry, columns))

    with pytest.raises(InputError, match=r"tabel voorstel_vlak, rij kapot, veld geom"):
        copy_variant(proposal, tmp_path / "kopie.gpkg", LAYERS, "basis")


def test_the_tower_of_amersfoort_stands_where_it_stands() -> None:
    tower = to_wgs84(np.array([shapely.Point(155_000, 463_000)], dtype=object))[0]

    # Published by NSGI for RDNAPTRANS2018: 52.155174 N, 5.387206 E; without its grid within 0.3 m.
    assert abs(tower.x - 5.387206) < 5e-6
    assert abs(tower.y - 52.155174) < 5e-6


def test_bounds_in_degrees_enclose_the_bent_sides() -> None:
    west, south, east, north = bounds_in_degrees((200_000, 500_000, 280_000, 600_000))
    corners = to_wgs84(shapely.points([(200_000, 500_000), (280_000, 600_000), (200_000, 600_000), (280_000, 500_000)]))

    assert west <= min(corner.x for corner in corners) + 1e-7
    assert east >= max(corner.x for corner in corners) - 1e-7
    assert south <= min(corner.y for corner in corners) + 1e-7
    assert north >= max(corner.y for corner in corners) - 1e-7


def test_bounds_of_a_single_point_are_that_point() -> None:
    west, south, east, north = bounds_in_degrees((233_000, 556_000, 233_000, 556_000))

    assert west == east
    assert south == north


def test_geojson_is_in_degrees_and_says_its_table(proposal: Path, tmp_path: Path) -> None:
    copy_variant(proposal, tmp_path / "kopie.gpkg", LAYERS, "basis")
    write_geojson(tmp_path / "voorstel.geojson", [read_layer(tmp_path / "kopie.gpkg", "voorstel_vlak")])

    read = json.loads((tmp_path / "voorstel.geojson").read_text())
    assert [feature["id"] for feature in read["features"]] == ["a", "c"]
    assert read["features"][0]["properties"] == {
        "tabel": "voorstel_vlak",
        "id": "a",
        "variant": "basis",
        "naam": None,
        "jaar": None,
    }
    assert read["features"][1]["properties"]["jaar"] == 2030
    longitude, latitude = read["features"][0]["geometry"]["coordinates"][0][0][0]
    assert 6.0 < longitude < 6.1
    assert 52.4 < latitude < 52.5
    assert "crs" not in read
