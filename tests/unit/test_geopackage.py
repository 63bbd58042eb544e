"""GeoPackages are written whole, indexed and checked, and read back as they were."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from osgeo import gdal, ogr

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geometry_blob import decode, encode
from novex_plugin.core.features.geopackage import Column, Layer, append, create, layer_names, read_layer
from novex_plugin.core.features.table import FeatureTable, attribute_table, multi

ogr.UseExceptions()

AREAS = Layer(
    "vlak",
    "MULTIPOLYGON",
    (
        Column("id", required=True, unique=True),
        Column("rol", allowed=("nieuw", "'t oude")),
        Column("aantal", "INTEGER"),
        Column("waarde", "REAL", default=0.5),
    ),
    title="Vlakken",
)
NOTES = Layer("nota", None, (Column("tekst"),))


def objects(*values: object) -> np.ndarray:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def squares(count: int, first: int = 0) -> FeatureTable:
    left = 10.0 * (first + np.arange(count))
    return FeatureTable(
        "vlak",
        multi(shapely.box(left, 0.0, left + 5.0, 5.0)),
        {
            "id": objects(*(f"kenmerk-{first + row}" for row in range(count))),
            "rol": objects(*["nieuw"] * count),
            "aantal": np.arange(count, dtype=np.int64),
            "waarde": np.linspace(0.0, 1.0, count),
        },
    )


@pytest.fixture
def made(tmp_path: Path) -> Path:
    path = tmp_path / "proef.gpkg"
    create(path, [AREAS, NOTES])
    return path


def test_what_is_appended_is_read_back(made: Path) -> None:
    given_rows = squares(7)
    append(made, "vlak", given_rows)
    read = read_layer(made, "vlak")
    assert read.epsg == 28992
    assert shapely.equals_exact(read.geometry, given_rows.geometry).all()
    assert read.columns["id"].tolist() == given_rows.columns["id"].tolist()
    assert read.columns["aantal"].dtype == np.int64
    assert read.columns["waarde"] == pytest.approx(given_rows.columns["waarde"])


def test_absent_values_come_back_as_none_and_nan(made: Path) -> None:
    rows = squares(2)
    append(made, "vlak", FeatureTable("vlak", rows.geometry, {**rows.columns, "waarde": np.array([np.nan, 2.0])}))
    append(made, "nota", attribute_table("nota", {"tekst": objects("één", None)}))
    assert np.isnan(read_layer(made, "vlak").columns["waarde"]).tolist() == [True, False]
    notes = read_layer(made, "nota")
    assert notes.columns["tekst"].tolist() == ["één", None]
    assert notes.epsg is None


def test_gdal_sees_count_extent_index_and_code_list(made: Path) -> None:
    append(made, "vlak", squares(3))
    append(made, "vlak", squares(2, first=3))
    source = ogr.Open(str(made), 1)
    layer = source.GetLayer("vlak")
    assert layer.GetFeatureCount() == 5
    assert layer.GetExtent() == (0.0, 45.0, 0.0, 5.0)
    assert layer.TestCapability(ogr.OLCFastSpatialFilter)
    layer.SetSpatialFilterRect(38, 1, 42, 2)
    assert [feature["id"] for feature in layer] == ["kenmerk-4"]
    domain_name = layer.GetLayerDefn().GetFieldDefn(1).GetDomainName()
    dataset = gdal.OpenEx(str(made))
    domain = dataset.GetFieldDomain(domain_name)
    assert set(domain.GetEnumeration()) == {"nieuw", "'t oude"}


def test_edits_by_gdal_keep_index_and_count_true(made: Path) -> None:
    append(made, "vlak", squares(3))
    source = ogr.Open(str(made), 1)
    layer = source.GetLayer("vlak")
    feature = ogr.Feature(layer.GetLayerDefn())
    feature["id"] = "erbij"
    feature.SetGeometry(ogr.CreateGeometryFromWkt("MULTIPOLYGON (((100 0, 101 0, 101 1, 100 0)))"))
    layer.CreateFeature(feature)
    layer.DeleteFeature(1)
    del feature, layer, source
    with sqlite3.connect(made) as connection:
        assert connection.execute("SELECT id FROM rtree_vlak_geom ORDER BY id").fetchall() == [(2,), (3,), (4,)]
        assert connection.execute("SELECT feature_count FROM gpkg_ogr_contents").fetchone() == (3,)


def test_a_value_outside_its_code_list_is_refused_and_nothing_is_added(made: Path) -> None:
    append(made, "vlak", squares(2))
    wrong = squares(2, first=2)
    wrong.columns["rol"][1] = "onzin"
    with pytest.raises(InputError, match="rol"):
        append(made, "vlak", wrong)
    assert len(read_layer(made, "vlak")) == 2
    with sqlite3.connect(made) as connection:
        triggers = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()
    assert triggers == (10,)


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    digests = set()
    for name in ("een.gpkg", "twee.gpkg"):
        create(tmp_path / name, [AREAS, NOTES])
        append(tmp_path / name, "vlak", squares(100))
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(digests) == 1


def test_an_empty_layer_reads_as_no_rows(made: Path) -> None:
    assert len(read_layer(made, "vlak")) == 0


def test_an_absent_table_is_named_with_those_present(made: Path) -> None:
    with pytest.raises(InputError, match=r"proef\.gpkg.*punt.*nota, vlak"):
        read_layer(made, "punt")


def test_a_file_that_is_no_geopackage_is_named(tmp_path: Path) -> None:
    text = tmp_path / "brief.gpkg"
    text.write_text("geen databank" * 100)
    with pytest.raises(InputError, match=r"brief\.gpkg"):
        layer_names(text)
    with pytest.raises(InputError, match=r"weg\.gpkg.*bestaat niet"):
        layer_names(tmp_path / "weg.gpkg")


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS fid, x AS id FROM n"


def test_a_view_in_the_place_of_a_table_is_not_run(made: Path) -> None:
    append(made, "vlak", squares(1))
    with sqlite3.connect(made) as connection:
        connection.execute("DROP TABLE nota")
        connection.execute(f"CREATE VIEW nota AS {ENDLESS}")
    with pytest.raises(InputError, match="deze tabel ontbreekt"):
        read_layer(made, "nota")
    with sqlite3.connect(made) as connection:
        connection.execute("DROP TABLE gpkg_geometry_columns")
        connection.execute(f"CREATE VIEW gpkg_geometry_columns AS {ENDLESS}")
    with pytest.raises(InputError, match="is geen GeoPackage"):
        read_layer(made, "vlak")


def test_a_settled_file_in_wal_mode_is_read_from_a_read_only_folder(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(made, "vlak", squares(3))
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert len(read_layer(made, "vlak")) == 3
    assert not made.with_name(f"{made.name}-wal").exists(), "immutable: SQLite made no file beside it"


def test_a_broken_geometry_names_its_row(made: Path) -> None:
    append(made, "vlak", squares(3))
    with sqlite3.connect(made) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DROP TRIGGER rtree_vlak_geom_update1")
        connection.execute("DROP TRIGGER rtree_vlak_geom_update2")
        connection.execute("DROP TRIGGER rtree_vlak_geom_update3")
        connection.execute("DROP TRIGGER rtree_vlak_geom_update4")
        connection.execute("UPDATE vlak SET geom = x'0102' WHERE fid = 2")
    with pytest.raises(InputError, match="rij 2"):
        read_layer(made, "vlak")


@pytest.mark.parametrize("name", ['a"; DROP TABLE gpkg_contents; --', "(NAME)", "VALUES (MARKS)", "{table}", "ev'ent"])
def test_names_from_outside_are_only_ever_names(tmp_path: Path, name: str) -> None:
    path = tmp_path / "namen.gpkg"
    create(path, [Layer(name, "POINT", (Column("x y's"),))])
    append(path, name, FeatureTable(name, shapely.points([[1.0, 2.0]]), {"x y's": objects("z")}))
    assert layer_names(path) == {name: "features"}
    assert read_layer(path, name).columns["x y's"].tolist() == ["z"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-1e7, 1e7), st.floats(-1e7, 1e7)) | st.none(), max_size=12))
def test_every_point_survives_the_blob(coordinates: list[tuple[float, float] | None]) -> None:
    points = objects(*(None if pair is None else shapely.Point(pair) for pair in coordinates))
    back = decode(encode(points, 28992))
    assert [shapely.to_wkt(point, rounding_precision=-1) if point else None for point in back] == [
        shapely.to_wkt(point, rounding_precision=-1) if point else None for point in points
    ]


@pytest.mark.parametrize(
    ("wkb", "said"),
    [
        (struct.pack("<BII", 1, 10, 0), "is een geometrie met bogen"),
        (struct.pack("<BII", 1, 99, 0), "is een kapotte geometrie"),
        (shapely.to_wkb(shapely.box(0, 0, 1, 1), byte_order=1)[:-16] + struct.pack("<2d", 5, 5), "closed linestring"),
    ],
)
def test_the_row_of_a_geometry_that_cannot_be_read_is_named(wkb: bytes, said: str) -> None:
    sound = encode(objects(shapely.box(0, 0, 1, 1)), 28992)[0]
    with pytest.raises(InputError, match=rf"tabel vlak, rij 3, veld geom: .*{said}"):
        decode([sound, None, b"GP\x00\x01" + struct.pack("<i", 28992) + wkb], None, "vlak")
