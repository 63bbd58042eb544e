"""The digest follows content, not the file around it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, ogr

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.digest import layer_digest, raster_digest
from scripts.practice.parcels import write_heights, write_parcels


def test_the_digest_stays_when_gdal_opens_the_file_for_writing_and_vacuums_it(tmp_path: Path) -> None:
    path = write_parcels(tmp_path / "a.gpkg", 7_000)
    before, size = layer_digest(path, "parcels"), path.read_bytes()
    source = ogr.Open(str(path), 1)
    source.GetLayer(0).SetMetadataItem("opened", "yes")
    source.ExecuteSQL("VACUUM")
    del source
    assert path.read_bytes() != size
    assert layer_digest(path, "parcels") == before


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE parcels SET naam = naam || ' ' WHERE fid = 6999",
        "UPDATE parcels SET nummer = NULL WHERE fid = 1",
        "UPDATE parcels SET code = 1 WHERE fid = 1",
        "ALTER TABLE parcels RENAME COLUMN naam TO name",
    ],
)
def test_the_digest_changes_with_any_value_type_or_column_name(tmp_path: Path, change: str) -> None:
    path = write_parcels(tmp_path / "a.gpkg", 7_000)
    before = layer_digest(path, "parcels")
    with closing(sqlite3.connect(path)) as connection, connection:
        for name, kind in connection.execute("SELECT name, type FROM sqlite_master").fetchall():
            if kind == "trigger":
                connection.execute(f"DROP TRIGGER {name}")
        connection.execute(change)
    assert layer_digest(path, "parcels") != before


def test_a_moved_geometry_changes_the_digest_and_an_envelope_does_not(tmp_path: Path) -> None:
    path = write_parcels(tmp_path / "a.gpkg", 10)
    before = layer_digest(path, "parcels")
    with closing(sqlite3.connect(path)) as connection, connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        (blob,) = connection.execute("SELECT geom FROM parcels WHERE fid = 3").fetchone()
        bare = blob[:3] + bytes([blob[3] & 0b11110001]) + blob[4:8] + blob[40:]
        connection.execute("UPDATE parcels SET geom = ? WHERE fid = 3", (bare,))
    assert layer_digest(path, "parcels") == before
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE parcels SET geom = ? WHERE fid = 3", (bare[:-1] + b"\x42",))
    assert layer_digest(path, "parcels") != before


def test_a_raster_digest_follows_the_cells_and_not_the_compression(tmp_path: Path) -> None:
    path = write_heights(tmp_path / "heights.tif")
    other = tmp_path / "plain.tif"
    gdal.Translate(str(other), str(path), creationOptions=["COMPRESS=NONE", "TILED=YES"])
    assert raster_digest(path) == raster_digest(other)
    raster = gdal.Open(str(other), gdal.GA_Update)
    raster.GetRasterBand(1).WriteArray(np.array([[1.5]], dtype=np.float32), 199, 199)
    del raster
    assert raster_digest(path) != raster_digest(other)


def test_what_is_no_geopackage_or_geotiff_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.gpkg"
    path.write_text("no")
    with pytest.raises(InputError):
        layer_digest(path, "parcels")
    with pytest.raises(InputError, match="GeoTIFF"):
        raster_digest(path)
    with pytest.raises(InputError, match="ontbreekt"):
        layer_digest(write_parcels(tmp_path / "b.gpkg", 3), "elsewhere")
