"""Pulling from real servers: MapServer, pygeoapi, and files beside them."""

from __future__ import annotations

import gzip
import json
import sqlite3
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import shapely

from novex_plugin.core.basisset.pull.area import Area, area_of
from novex_plugin.core.basisset.pull.run import Pulled, pull
from novex_plugin.core.basisset.register import Dataset
from novex_plugin.core.basisset.snapshot import content_digest, read_snapshot
from novex_plugin.core.features.geopackage import read_layer
from novex_plugin.core.progress import Silent
from novex_plugin.qgis_adapter.network import fetch
from scripts.practice import mapserver, ogcapi
from scripts.practice.mapserver import MapServer, ServedLayer, serve_mapserver
from scripts.practice.parcels import ORIGIN, STEP, parcels, write_heights, write_parcels
from scripts.practice.registers import dataset, register

COUNT = 25_000
MOMENT = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
EVERYTHING = area_of(np.array([shapely.box(119_000, 449_000, 140_000, 470_000)]))

pytestmark = [
    pytest.mark.usefixtures("qgis_app"),
    pytest.mark.skipif(not mapserver.installed(), reason="MapServer (mapserver-bin) is not installed"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MapServer]:
    folder = tmp_path_factory.mktemp("served")
    layers = [
        ServedLayer("parcels", write_parcels(folder / "parcels.gpkg", COUNT), "parcels"),
        ServedLayer("heights", write_heights(folder / "heights.tif")),
    ]
    with serve_mapserver(folder, layers) as running:
        yield running


@pytest.fixture(scope="module")
def files(server: MapServer, tmp_path_factory: pytest.TempPathFactory) -> MapServer:
    """The server, with a small dataset in every format beside it."""
    folder = server.folder
    small = write_parcels(folder / "small.gpkg", 400)
    for driver, name in (("GML", "small.gml"), ("GeoJSON", "small.geojson"), ("ESRI Shapefile", "small.shp")):
        subprocess.run(["ogr2ogr", "-f", driver, folder / name, small, "parcels"], check=True, capture_output=True)
    with zipfile.ZipFile(folder / "shape.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for part in folder.glob("small.[sdpc][hbrp]*"):
            archive.write(part, f"kaart/{part.name}")
    with zipfile.ZipFile(folder / "gpkg.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(small, "small.gpkg")
    with zipfile.ZipFile(folder / "tif.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(folder / "heights.tif", "heights.tif")
    content = (folder / "small.gml").read_bytes()
    (folder / "small.gml.gz").write_bytes(gzip.compress(content))
    (folder / "other.gml.gz").write_bytes(gzip.compress(content))
    return server


def pulled(folder: Path, *datasets: Dataset, area: Area = EVERYTHING) -> Pulled:
    return pull(register(*datasets), area, folder, fetch, lambda: MOMENT, Silent())


def codes(path: Path, table: str = "parcels") -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute(f"SELECT code FROM {table} ORDER BY code")]


def test_a_wfs_layer_of_25_000_features_arrives_complete_with_its_types(server: MapServer, tmp_path: Path) -> None:
    result = pulled(tmp_path, dataset("wfs", "wfs", server.ows, "parcels"))
    entry = read_snapshot(tmp_path).dataset("wfs")
    assert (result.failed, result.features) == ((), COUNT)
    assert (entry.status, entry.matched, entry.received, entry.stored) == ("pulled", COUNT, COUNT, COUNT)
    path, table = result.snapshot.layer("wfs")
    made, read = parcels(COUNT), read_layer(path, table, order_by="code")
    assert codes(path) == [f"{number:08d}" for number in range(1, COUNT + 1)]
    assert read.columns["naam"].tolist() == made.columns["naam"].tolist()
    assert read.columns["nummer"].tolist() == made.columns["nummer"].tolist()
    assert read.columns["hoogte"].tolist() == made.columns["hoogte"].tolist()
    assert read.columns["datum"].tolist() == made.columns["datum"].tolist()
    assert shapely.equals_exact(read.geometry, made.geometry, tolerance=0.0006, normalize=True).all()


def test_only_what_lies_in_the_area_is_kept_and_cut_by_it(server: MapServer, tmp_path: Path) -> None:
    x, y = ORIGIN
    triangle = shapely.Polygon([(x, y), (x + 50 * STEP, y), (x, y + 50 * STEP)])
    result = pulled(tmp_path, dataset("wfs", "wfs", server.ows, "ms:parcels"), area=area_of(np.array([triangle])))
    read = read_layer(*result.snapshot.layer("wfs"))
    with np.errstate(invalid="ignore"):
        expected = shapely.intersection(parcels(COUNT).geometry, triangle)
    entry = result.snapshot.dataset("wfs")
    assert shapely.area(read.geometry).sum() == pytest.approx(shapely.area(expected).sum(), abs=1.0)
    assert len(read) == int((shapely.area(expected) > 0).sum())
    assert entry.matched == entry.received == entry.stored + entry.dropped.outside
    assert entry.received < COUNT


def test_pygeoapi_gives_the_same_25_000_features_by_its_links(server: MapServer, tmp_path: Path) -> None:
    if not ogcapi.installed():
        pytest.skip("the environment of the servers (.venv-services) is absent")
    collection = ogcapi.ServedCollection("parcels", server.folder / "parcels.gpkg", "parcels")
    with ogcapi.serve_pygeoapi(tmp_path / "pygeoapi", [collection]) as address:
        result = pulled(tmp_path / "uit", dataset("api", "ogcapi-features", address, "parcels"))
    entry = result.snapshot.dataset("api")
    assert (result.failed, entry.received, entry.stored) == ((), COUNT, COUNT)
    path, table = result.snapshot.layer("api")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute(f"SELECT count(DISTINCT id) FROM {table}").fetchone() == (COUNT,)
    read = read_layer(path, table, order_by="id")
    assert shapely.equals_exact(read.geometry, parcels(COUNT).geometry, tolerance=0.001, normalize=True).all()


def test_an_ogc_api_that_repeats_its_first_page_is_a_failed_pull_that_says_so(
    server: MapServer, tmp_path: Path
) -> None:
    result = pulled(
        tmp_path,
        dataset("liegt", "ogcapi-features", server.ogcapi, "parcels"),
        dataset("wfs", "wfs", server.ows, "parcels"),
    )
    entry = result.snapshot.dataset("liegt")
    assert result.failed == ("liegt",)
    assert entry.status == "failed"
    assert "herhaalt objecten: van 2000 ontvangen objecten zijn er 1000 verschillend" in (entry.reason or "")
    assert not list((tmp_path / "data").glob("oefening-liegt*"))
    assert result.snapshot.dataset("wfs").stored == COUNT


@pytest.mark.parametrize("name", ["small.gpkg", "small.gml", "small.geojson", "shape.zip", "gpkg.zip", "small.gml.gz"])
def test_a_download_in_each_format_gives_the_same_features(files: MapServer, tmp_path: Path, name: str) -> None:
    result = pulled(tmp_path, dataset(name, "download", files.file(name)))
    assert result.failed == ()
    entry = result.snapshot.dataset(name)
    path, table = result.snapshot.layer(name)
    read = read_layer(path, table, order_by="code")
    assert (entry.received, entry.stored, entry.source_epsg) == (400, 400, 28992)
    assert codes(path, table) == [f"{number:08d}" for number in range(1, 401)]
    assert shapely.equals_exact(read.geometry, parcels(400).geometry, tolerance=0.0006, normalize=True).all()


def test_an_atom_feed_leads_to_all_sections_of_the_dataset_in_the_national_grid(
    files: MapServer, tmp_path: Path
) -> None:
    (files.folder / "service.xml").write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>een</title>'
        '<link rel="alternate" type="application/atom+xml" href="anders.xml"/></entry>'
        '<entry><title>Oefening atom</title><link rel="alternate" type="application/atom+xml" href="dataset.xml"/>'
        "</entry></feed>"
    )
    (files.folder / "dataset.xml").write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>ETRS89</title>'
        '<link rel="alternate" type="application/geopackage+sqlite3" href="weg.gpkg"/>'
        '<category term="http://www.opengis.net/def/crs/EPSG/0/4258"/></entry><entry><title>RD</title>'
        '<link rel="section" type="application/x-gmz" href="small.gml.gz"/>'
        '<link rel="section" type="application/x-gmz" href="other.gml.gz"/>'
        '<category term="http://www.opengis.net/def/crs/EPSG/0/28992"/></entry></feed>'
    )
    result = pulled(tmp_path, dataset("atom", "atom", files.file("service.xml")))
    assert result.failed == ()
    assert result.snapshot.dataset("atom").received == 800
    assert result.snapshot.dataset("atom").layers[0].features == 800


@pytest.mark.parametrize("way", ["wcs", "heights.tif", "tif.zip"])
def test_a_raster_arrives_cell_by_cell_by_wcs_and_by_download(files: MapServer, tmp_path: Path, way: str) -> None:
    from osgeo import gdal

    entry = (
        dataset("raster", "wcs", files.ows, "heights", access="raster")
        if way == "wcs"
        else dataset("raster", "download", files.file(way), access="raster")
    )
    result = pulled(tmp_path, entry)
    assert result.failed == ()
    read = gdal.Open(str(result.snapshot.path("raster"))).ReadAsArray()
    assert np.array_equal(read, gdal.Open(str(files.folder / "heights.tif")).ReadAsArray())


def test_raster_cells_outside_the_area_become_nodata_and_those_inside_stay(server: MapServer, tmp_path: Path) -> None:
    from osgeo import gdal

    x, y = ORIGIN
    area = area_of(np.array([shapely.Polygon([(x + 1000, y), (x + 3000, y), (x + 1000, y + 2000)])]))
    result = pulled(tmp_path, dataset("raster", "wcs", server.ows, "heights", access="raster"), area=area)
    raster = gdal.Open(str(result.snapshot.path("raster")))
    read, source = raster.ReadAsArray(), gdal.Open(str(server.folder / "heights.tif")).ReadAsArray()
    assert raster.GetGeoTransform() == (x + 1000, 25.0, 0.0, y + 2000, 0.0, -25.0)
    assert read.shape == (80, 80)
    assert read[79, 2] == source[199, 42]
    assert read[0, 79] == raster.GetRasterBand(1).GetNoDataValue()


def test_an_image_only_dataset_gets_a_definition_that_qgis_loads(server: MapServer, tmp_path: Path) -> None:
    from qgis.core import QgsLayerDefinition, QgsProject

    image = dataset("beeld", "wms", server.ows, "parcels", access="image", purpose="image")
    result = pulled(tmp_path, image)
    entry = result.snapshot.dataset("beeld")
    assert (entry.status, entry.file, result.failed) == ("image_only", None, ())
    project = QgsProject()
    loaded, message = QgsLayerDefinition.loadLayerDefinition(
        str(tmp_path / (entry.layer_definition or "")), project, project.layerTreeRoot()
    )
    layers = list(project.mapLayers().values())
    assert (loaded, message) == (True, "")
    assert [(each.isValid(), each.crs().authid()) for each in layers] == [(True, "EPSG:28992")]


def test_a_second_pull_adds_to_the_snapshot_and_fetches_nothing_twice(server: MapServer, tmp_path: Path) -> None:
    first = pulled(tmp_path, dataset("een", "wfs", server.ows, "parcels"))
    asked = len(server.requests)
    pulled(tmp_path, dataset("een", "wfs", server.ows, "parcels"))
    assert len(server.requests) == asked
    both = pulled(
        tmp_path,
        dataset("een", "wfs", server.ows, "parcels"),
        dataset("twee", "wcs", server.ows, "heights", access="raster"),
    )
    assert {each.id for each in both.snapshot.datasets} == {"een", "twee"}
    assert both.snapshot.dataset("een").digest == first.snapshot.dataset("een").digest
    newer = pulled(tmp_path, dataset("een", "wfs", server.ows, "parcels", record_date="2026-02-01"))
    assert newer.snapshot.dataset("een").record_date == "2026-02-01"


def test_the_same_pull_gives_the_same_bytes(server: MapServer, tmp_path: Path) -> None:
    for name in ("a", "b"):
        pulled(tmp_path / name, dataset("wfs", "wfs", server.ows, "parcels"))
    one, other = (sorted(path for path in (tmp_path / name).rglob("*") if path.is_file()) for name in ("a", "b"))
    assert [path.name for path in one] == [path.name for path in other]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]


def test_the_digest_in_the_manifest_stays_when_qgis_opens_the_file(server: MapServer, tmp_path: Path) -> None:
    from qgis.core import QgsVectorLayer

    result = pulled(tmp_path, dataset("wfs", "wfs", server.ows, "parcels"))
    path, table = result.snapshot.layer("wfs")
    layer = QgsVectorLayer(f"{path}|layername={table}", "x", "ogr")
    assert layer.featureCount() == COUNT
    assert layer.startEditing()
    layer.rollBack()
    del layer
    assert content_digest(path) == json.loads((tmp_path / "manifest.json").read_text())["datasets"][0]["digest"]


def test_a_server_that_caps_its_answers_still_gives_all(tmp_path: Path) -> None:
    layer = ServedLayer("parcels", write_parcels(tmp_path / "parcels.gpkg", 2_500), "parcels")
    with serve_mapserver(tmp_path / "served", [layer], maximum=700) as capped:
        result = pulled(tmp_path / "uit", dataset("wfs", "wfs", capped.ows, "parcels"))
    assert (result.failed, result.features) == ((), 2_500)
