"""What a pull may not take on trust, with a stand-in for the network."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
import shapely
from osgeo import gdal, ogr, osr

from novex_plugin.core.basisset.network import Fetch, Request, Response
from novex_plugin.core.basisset.pull import run as pulling
from novex_plugin.core.basisset.pull.area import area_of
from novex_plugin.core.basisset.pull.failure import PullFailure
from novex_plugin.core.basisset.pull.job import Job, Outcome
from novex_plugin.core.basisset.pull.raster import cut_raster
from novex_plugin.core.basisset.pull.run import Pulled, pull
from novex_plugin.core.basisset.register import Dataset
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import read_layer
from novex_plugin.core.progress import Progress, Silent
from scripts.practice.lying import CAPABILITIES, SCHEMA, collection, feature, member
from scripts.practice.registers import dataset, register

AREA = area_of(np.array([shapely.box(120_000, 450_000, 130_000, 460_000)]))
MOMENT = datetime(2026, 2, 3, tzinfo=UTC)


def answering(answer: Callable[[str], bytes]) -> Fetch:
    def fetch(request: Request, path: Path, progress: Progress) -> Response:
        content = answer(request.url)
        path.write_bytes(content)
        return Response(200, {}, request.url, path, len(content))

    return fetch


def pulled(folder: Path, fetch: Fetch, *datasets: Dataset) -> Pulled:
    return pull(register(*datasets), AREA, folder, fetch, lambda: MOMENT, Silent())


@pytest.mark.parametrize(
    "error",
    [
        InputError("is niet te lezen.", "Haal het opnieuw op.", Path("/home/jan/werk/vlak.gpkg")),
        OSError(13, "Permission denied", "/home/jan/werk/vlak.gpkg"),
    ],
)
def test_the_reason_of_a_failure_names_no_folder_of_this_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def failing(job: Job) -> Outcome:
        raise error

    monkeypatch.setattr(pulling, "PULLERS", {"wfs": failing})
    result = pulled(tmp_path, answering(lambda _: b""), dataset("a", "wfs", "https://example.org/wfs", "vlak"))

    reason = result.snapshot.dataset("a").reason or ""
    assert reason
    assert "jan" not in reason


def test_an_image_that_cannot_be_defined_fails_only_its_dataset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*given: object) -> None:
        raise AttributeError("unforeseen")

    monkeypatch.setattr(pulling, "image_of", failing)
    result = pulled(tmp_path, answering(lambda _: b""), dataset("a", "wms", "https://example.org/wms", "vlak"))

    assert result.failed == ("a",)
    assert "unforeseen" in (result.snapshot.dataset("a").reason or "")


def ogr_square(path: Path, epsg: int, x: float, y: float) -> bytes:
    """A GeoPackage in another CRS with one square of 100 m."""
    ring = f"{x} {y}, {x + 100} {y}, {x + 100} {y + 100}, {x} {y + 100}, {x} {y}"
    system = osr.SpatialReference()
    system.ImportFromEPSG(epsg)
    source = gdal.GetDriverByName("GPKG").Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    layer = source.CreateLayer("vlak", system, ogr.wkbPolygon)
    feature = ogr.Feature(layer.GetLayerDefn())
    feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POLYGON (({ring}))"))
    layer.CreateFeature(feature)
    feature = layer = source = None
    return path.read_bytes()


@pytest.mark.parametrize(
    ("epsg", "x", "y"),
    [(28992, 125_000, 455_000), (7415, 125_000, 455_000), (28991, -30_000, -8_000)],
    ids=["the national grid", "with heights", "the old grid, whose origin lies elsewhere"],
)
def test_features_land_on_the_ground_that_their_grid_says(tmp_path: Path, epsg: int, x: float, y: float) -> None:
    content = ogr_square(tmp_path / "bron.gpkg", epsg, x, y)
    entry = dataset("a", "download", "https://example.org/bron.gpkg")
    result = pulled(tmp_path / "momentopname", answering(lambda _: content), entry)

    assert not result.failed, result.snapshot.dataset("a").reason
    bounds = read_layer(*result.snapshot.layer("a")).geometry[0].bounds
    assert bounds == pytest.approx((125_000, 455_000, 125_100, 455_100), abs=0.5)


def raster(path: Path, epsg: int) -> Path:
    system = osr.SpatialReference()
    system.ImportFromEPSG(epsg)
    written = gdal.GetDriverByName("GTiff").Create(str(path), 10, 10, 1, gdal.GDT_Byte)
    written.SetGeoTransform((120_000, 1_000, 0, 460_000, 0, -1_000))
    written.SetSpatialRef(system)
    written = None
    return path


def test_rasters_of_different_grids_are_not_laid_in_one(tmp_path: Path) -> None:
    sources = [raster(tmp_path / "een.tif", 28992), raster(tmp_path / "twee.tif", 25831)]
    assert cut_raster(sources[:1], AREA, tmp_path / "goed.tif").epsg == 28992

    with pytest.raises(PullFailure, match="verschillende"):
        cut_raster(sources, AREA, tmp_path / "fout.tif")


def capped(features: int) -> Fetch:
    """A WFS that never gives more than two features, has no pages, and counts no further either."""
    limits = (
        '<Constraint name="ImplementsResultPaging"><DefaultValue>FALSE</DefaultValue></Constraint>'
        '<Constraint name="CountDefault"><DefaultValue>2</DefaultValue></Constraint>'
    )
    members = [member(number) for number in range(min(features, 2))]

    def answer(url: str) -> bytes:
        request = parse_qs(urlsplit(url).query)["request"][0]
        known = {
            "GetCapabilities": CAPABILITIES.replace("<FeatureTypeList>", f"{limits}<FeatureTypeList>"),
            "DescribeFeatureType": SCHEMA,
        }
        return known.get(request, collection(members, matched=len(members))).encode()

    return answering(answer)


def test_a_service_that_caps_its_answers_and_has_no_pages_proves_nothing(tmp_path: Path) -> None:
    entry = dataset("a", "wfs", "https://example.org/wfs", "vlak")
    assert not pulled(tmp_path / "minder", capped(1), entry).failed

    result = pulled(tmp_path / "meer", capped(5), entry)
    assert result.failed == ("a",)
    assert "niet te bewijzen" in (result.snapshot.dataset("a").reason or "")


def test_a_disk_without_hard_links_is_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*given: object) -> None:
        raise OSError(95, "Operation not supported")

    content = ogr_square(tmp_path / "bron.gpkg", 28992, 125_000, 455_000)
    monkeypatch.setattr(Path, "hardlink_to", refused)
    entry = dataset("a", "download", "https://example.org/bron.gpkg")
    assert not pulled(tmp_path / "momentopname", answering(lambda _: content), entry).failed


def test_an_address_cannot_add_settings_to_a_layer_definition(tmp_path: Path) -> None:
    address = "https://example.org/rest/FeatureServer/0' authcfg='geheim"
    result = pulled(tmp_path, answering(lambda _: b""), dataset("a", "arcgis-feature", address, "0", access="image"))

    definition = result.snapshot.dataset("a").layer_definition
    assert definition is not None
    assert "authcfg=&#x27;" not in (tmp_path / definition).read_text()


def one_page(features: int, **counts: int) -> Fetch:
    """An OGC API that gives one page, without a link to another."""

    def answer(url: str) -> bytes:
        if "/items" in url:
            found = [feature(number) for number in range(features)]
            return json.dumps({"type": "FeatureCollection", "features": found, **counts}).encode()
        crs = ["http://www.opengis.net/def/crs/EPSG/0/28992"]
        return json.dumps({"collections": [{"id": "vlak", "title": "Vlak", "crs": crs, "links": []}]}).encode()

    return answering(answer)


def test_a_full_page_without_a_count_or_a_next_page_proves_nothing(tmp_path: Path) -> None:
    entry = dataset("a", "ogcapi-features", "https://example.org/api", "vlak")
    assert not pulled(tmp_path / "minder", one_page(999), entry).failed
    assert not pulled(tmp_path / "geteld", one_page(1_000, numberMatched=1_000), entry).failed

    result = pulled(tmp_path / "vol", one_page(1_000), entry)
    assert result.failed == ("a",)
    assert "niet te bewijzen" in (result.snapshot.dataset("a").reason or "")
