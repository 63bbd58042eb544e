"""Servers that lie, break off or attack: a clear reason, nothing kept, and the others go on."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
import shapely

from novex_plugin.core.basisset.network import with_retries
from novex_plugin.core.basisset.pull import run as pulling
from novex_plugin.core.basisset.pull.area import area_of
from novex_plugin.core.basisset.pull.run import Pulled, pull
from novex_plugin.core.basisset.register import Dataset
from novex_plugin.core.errors import Cancelled, InputError
from novex_plugin.core.features.geopackage import read_layer
from novex_plugin.core.progress import Silent
from novex_plugin.qgis_adapter.network import fetch
from scripts.practice.answering import serve_answers, whole
from scripts.practice.lying import CAPABILITIES, SCHEMA, a_wfs, an_api, collection, member, page, zipped
from scripts.practice.registers import dataset, register

AREA = area_of(np.array([shapely.box(120_000, 450_000, 130_000, 460_000)]))
MOMENT = datetime(2026, 2, 3, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("qgis_app")


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulling, "with_retries", lambda given: with_retries(given, sleep=lambda _: None))


def pulled(folder: Path, *datasets: Dataset) -> Pulled:
    return pull(register(*datasets), AREA, folder, fetch, lambda: MOMENT, Silent())


def reason(folder: Path, entry: Dataset) -> str:
    """Why this dataset fails; nothing of it is kept."""
    result = pulled(folder, entry)
    assert result.failed == (entry.id,)
    assert not list((folder / "data").glob("*")) if (folder / "data").exists() else True
    return result.snapshot.dataset(entry.id).reason or ""


def test_attributes_keep_their_text_where_the_schema_says_text(tmp_path: Path) -> None:
    with serve_answers(a_wfs(lambda _: collection([member(1), member(2)], matched=2))) as address:
        result = pulled(tmp_path, dataset("a", "wfs", address, "vlak"))
    assert read_layer(*result.snapshot.layer("a")).columns["code"].tolist() == ["0001", "0002"]


def test_invalid_geometries_are_mended_and_counted_and_empty_ones_dropped_and_counted(tmp_path: Path) -> None:
    bow = (
        '<gml:Polygon srsName="urn:ogc:def:crs:EPSG::28992"><gml:exterior><gml:LinearRing><gml:posList>'
        "121000 451000 121010 451010 121010 451000 121000 451010 121000 451000"
        "</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"
    )
    members = [member(1), member(2, bow), member(3, "-")]
    with serve_answers(a_wfs(lambda _: collection(members, matched=3))) as address:
        result = pulled(tmp_path, dataset("a", "wfs", address, "vlak"))
    entry = result.snapshot.dataset("a")
    assert (entry.received, entry.stored, entry.repaired, entry.dropped.empty) == (3, 2, 1, 1)
    assert shapely.is_valid(read_layer(*result.snapshot.layer("a")).geometry).all()


def test_latitude_first_data_land_in_the_national_grid(tmp_path: Path) -> None:
    asked: list[str] = []
    point = '<gml:Point srsName="urn:ogc:def:crs:EPSG::4258"><gml:pos>52.1551 5.3872</gml:pos></gml:Point>'
    described = CAPABILITIES.replace("28992", "4258")

    def answer(handler: BaseHTTPRequestHandler) -> None:
        query = {key.lower(): values[0] for key, values in parse_qs(urlsplit(handler.path).query).items()}
        asked.append(query.get("bbox", ""))
        found = {"GetCapabilities": described, "DescribeFeatureType": SCHEMA}
        whole(found.get(query["request"], collection([member(1, point)], matched=1)).encode())(handler)

    everything = area_of(np.array([shapely.box(100_000, 400_000, 200_000, 500_000)]))
    with serve_answers(answer) as address:
        result = pull(
            register(dataset("a", "wfs", address, "vlak")), everything, tmp_path, fetch, lambda: MOMENT, Silent()
        )
    found = read_layer(*result.snapshot.layer("a")).geometry[0]
    assert shapely.distance(found, shapely.Point(155_000, 463_000)) < 100
    assert result.snapshot.dataset("a").source_epsg == 4258
    low = float(asked[-1].split(",")[0])
    assert 51 < low < 53  # latitude stands first in the question too


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "HTML"),
        (b"<html><body>Storing</body></html>", "HTML"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>', "DOCTYPE"),
        (b"", "leeg"),
        (b"Internal error", "geen XML"),
        (collection([member(1), member(2)]).encode()[:-40], "afgebroken"),
        (collection([member(1), member(2)])[:-30].encode() + b"</wfs:FeatureCollection>", "niet"),
        (collection([member(1)], matched=3, returned=3).encode(), "3 objecten te geven"),
        (collection([member(1), member(1)], matched=2).encode(), "herhaalt"),
        (
            (
                b'<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1"><ows:ExceptionText>Kapot'
                b"</ows:ExceptionText></ows:ExceptionReport>"
            ),
            "Kapot",
        ),
        (collection([member(1)], matched=1).encode("utf-16"), "codering"),
    ],
)
def test_an_answer_that_is_no_whole_gml_fails_with_its_reason(tmp_path: Path, content: bytes, said: str) -> None:
    with serve_answers(a_wfs(lambda _: content)) as address:
        assert said in reason(tmp_path, dataset("a", "wfs", address, "vlak"))


def test_fewer_features_than_the_server_counts_is_a_failure(tmp_path: Path) -> None:
    def features(query: dict[str, str]) -> str:
        first = query.get("startindex", "0") == "0"
        return collection([member(1), member(2)] if first else [], matched=5)

    with serve_answers(a_wfs(features)) as address:
        assert "noemt 5 objecten, maar gaf er 2" in reason(tmp_path, dataset("a", "wfs", address, "vlak"))


def test_a_server_that_ignores_the_page_is_a_failure(tmp_path: Path) -> None:
    with serve_answers(a_wfs(lambda _: collection([member(1), member(2)], matched="unknown"))) as address:
        assert "herhaalt" in reason(tmp_path, dataset("a", "wfs", address, "vlak"))


def test_gdal_follows_no_address_in_the_data(tmp_path: Path) -> None:
    called: list[str] = []

    def tripwire(handler: BaseHTTPRequestHandler) -> None:
        called.append(handler.path)
        whole(b"")(handler)

    with serve_answers(tripwire) as trap:
        linked = member(1).replace(
            "<app:code>", f'<app:zie xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{trap}x#y"/><app:code>'
        )
        content = collection([linked], matched=1).replace(
            "<wfs:FeatureCollection",
            '<wfs:FeatureCollection xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
            f' xsi:schemaLocation="http://app {trap}schema.xsd"',
        )
        with serve_answers(a_wfs(lambda _: content)) as address:
            result = pulled(tmp_path, dataset("a", "wfs", address, "vlak"))
    assert (result.failed, result.features, called) == ((), 1, [])


def test_opaque_cursors_are_followed_to_their_end_without_any_count(tmp_path: Path) -> None:
    chain = {"": ([1, 2], "a8"), "a8": ([3, 4], "zz"), "zz": ([5], None)}

    def pages(mark: str, base: str) -> dict[str, object]:
        numbers, following = chain[mark]
        return page(numbers, following and f"{base}/collections/vlak/items?cursor={following}")

    with serve_answers(an_api(pages)) as address:
        result = pulled(tmp_path, dataset("a", "ogcapi-features", address, "vlak"))
    entry = result.snapshot.dataset("a")
    assert (result.failed, entry.matched, entry.received) == ((), None, 5)
    assert read_layer(*result.snapshot.layer("a")).columns["code"].tolist() == [f"000{n}" for n in range(1, 6)]


@pytest.mark.parametrize(
    ("following", "said"),
    [
        ("{base}/collections/vlak/items?cursor=", "herhaalt"),
        ("file:///etc/passwd", "geen http"),
        ("{base}/collections/vlak/items?cursor=leeg", "blijft"),
    ],
)
def test_links_that_lead_in_circles_or_away_are_a_failure(tmp_path: Path, following: str, said: str) -> None:
    def pages(mark: str, base: str) -> dict[str, object]:
        if mark.startswith("leeg"):
            return page([], f"{base}/collections/vlak/items?cursor={mark}x")
        return page([1, 2], following.format(base=base))

    with serve_answers(an_api(pages)) as address:
        assert said in reason(tmp_path, dataset("a", "ogcapi-features", address, "vlak"))


HOSTILE_FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a zip that leaves its folder": (lambda: zipped("../../weg.gml", b"<a/>"), "buiten zijn map"),
    "a zip with an absolute path": (lambda: zipped("/weg.gml", b"<a/>"), "buiten zijn map"),
    "a zip bomb": (lambda: zipped("a.gml", b"0" * 200_000_000), "verhouding"),
    "a gzip bomb": (lambda: gzip.compress(b"0" * 200_000_000), "groeit"),
    "a zip without data": (lambda: zipped("a.txt", b"tekst"), "bevat geen"),
    "a zip cut off": (lambda: zipped("a.gml", b"<a/>")[:-30], "niet uit te pakken"),
    "a broken database": (lambda: b"SQLite format 3\x00" + b"\x00" * 500, "niet te lezen"),
    "a broken raster": (lambda: b"II*\x00" + b"\x00" * 100, "raster"),
    "a web page": (lambda: b"<html>nee</html>", "HTML"),
    "half a GeoJSON": (lambda: b'{"type": "FeatureCollection", "features": [{"type": "Fea', "niet te lezen"),
}


@pytest.mark.parametrize("name", HOSTILE_FILES)
def test_a_hostile_or_broken_file_fails_with_its_reason(tmp_path: Path, name: str) -> None:
    make, said = HOSTILE_FILES[name]
    content = make()
    with serve_answers(whole(content)) as address:
        assert said in reason(tmp_path / "uit", dataset("a", "download", f"{address}a.zip"))
    assert not (tmp_path / "weg.gml").exists()
    assert not Path("/weg.gml").exists()


def test_a_download_that_breaks_off_is_continued_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from novex_plugin.core.basisset.pull import download
    from scripts.practice.parcels import write_parcels

    content = write_parcels(tmp_path / "p.gpkg", 400).read_bytes()
    monkeypatch.setattr(download, "SLICE_BYTES", 50_000)
    asked: list[int] = []
    broken = [True]

    def answer(handler: BaseHTTPRequestHandler) -> None:
        first, last = (int(each) for each in handler.headers["Range"].removeprefix("bytes=").split("-"))
        asked.append(first)
        if first >= 100_000 and broken[0]:
            handler.connection.shutdown(socket.SHUT_RDWR)
            return
        part = content[first : last + 1]
        spans = f"bytes {first}-{first + len(part) - 1}/{len(content)}"
        whole(part, status=206, Content_Range=spans, ETag='"een"')(handler)

    with serve_answers(answer) as address:
        entry = dataset("a", "download", f"{address}p.gpkg")
        assert pulled(tmp_path / "uit", entry).failed == ("a",)
        broken[0] = False
        asked.clear()
        result = pulled(tmp_path / "uit", entry)
    assert (result.failed, result.features) == ((), 400)
    assert asked[0] == 100_000


def test_an_unreachable_server_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    with serve_answers(a_wfs(lambda _: collection([member(1)], matched=1))) as address:
        result = pulled(
            tmp_path, dataset("weg", "wfs", "http://127.0.0.1:9/wfs", "x"), dataset("zgoed", "wfs", address, "vlak")
        )
    assert result.failed == ("weg",)
    assert "http://127.0.0.1:9/wfs" in (result.snapshot.dataset("weg").reason or "")
    assert result.snapshot.dataset("zgoed").stored == 1


def test_a_redirect_to_a_file_is_refused(tmp_path: Path) -> None:
    with serve_answers(whole(b"", status=302, Location="file:///etc/passwd")) as address:
        assert "geen http" in reason(tmp_path, dataset("a", "download", f"{address}a.gpkg"))


def test_an_unknown_id_beside_a_known_one_is_failed_and_alone_is_refused(tmp_path: Path) -> None:
    with serve_answers(a_wfs(lambda _: collection([member(1)], matched=1))) as address:
        found = register(dataset("a", "wfs", address, "vlak"))
        result = pull(found, AREA, tmp_path / "uit", fetch, lambda: MOMENT, Silent(), ["a", "onbekend"])
    assert (result.failed, result.features) == (("onbekend",), 1)
    with pytest.raises(InputError, match="onbekend"):
        pull(found, AREA, tmp_path / "elders", fetch, lambda: MOMENT, Silent(), ["onbekend"])
    assert not (tmp_path / "elders").exists()


def test_another_area_or_an_unwritable_folder_is_refused(tmp_path: Path) -> None:
    pulled(tmp_path / "uit")
    other = area_of(np.array([shapely.box(120_000, 450_000, 130_000, 460_001)]))
    with pytest.raises(InputError, match="ander gebied"):
        pull(register(), other, tmp_path / "uit", fetch, lambda: MOMENT, Silent())
    (tmp_path / "bestand").write_text("x")
    with pytest.raises(InputError, match="niet te schrijven"):
        pulled(tmp_path / "bestand")


def test_cancelling_leaves_no_half_file(tmp_path: Path) -> None:
    class Stops(Silent):
        asked = 0

        def cancelled(self) -> bool:
            self.asked += 1
            return self.asked > 1

    with serve_answers(a_wfs(lambda _: collection([member(1)], matched=1))) as address, pytest.raises(Cancelled):
        pull(register(dataset("a", "wfs", address, "vlak")), AREA, tmp_path, fetch, lambda: MOMENT, Stops())
    assert not list(tmp_path.glob("data/*"))


def test_a_full_disk_is_named_and_what_arrived_is_kept_for_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from novex_plugin.core.basisset.pull import layers as services_pull
    from novex_plugin.core.basisset.pull.staging import Staging

    class Small(Staging):
        def __init__(self, path: Path) -> None:
            super().__init__(path)
            self._connection.execute("PRAGMA max_page_count = 12")

    def features(query: dict[str, str]) -> str:
        start = int(query["startindex"])
        return collection([member(number) for number in range(start, min(start + 400, 2_000))], matched=2_000)

    with serve_answers(a_wfs(features)) as address:
        entry = dataset("a", "wfs", address, "vlak")
        with monkeypatch.context() as patched:
            patched.setattr(services_pull, "Staging", Small)
            assert "full" in reason(tmp_path, entry)
        assert list(tmp_path.glob(".pull/*/staging.sqlite"))
        assert pulled(tmp_path, entry).features == 2_000


@pytest.mark.parametrize(
    "content",
    [b"[]", b'{"collections": {"a": 1}}', b'{"collections": [{"id": 7, "links": "x", "crs": 3}]}', b"[" * 100_000],
)
def test_json_of_an_unforeseen_form_fails_only_its_dataset(tmp_path: Path, content: bytes) -> None:
    with serve_answers(whole(content)) as address:
        assert reason(tmp_path, dataset("a", "ogcapi-features", address, "vlak"))


def test_large_pages_of_geojson_do_not_fill_memory(tmp_path: Path) -> None:
    import tracemalloc

    from novex_plugin.core.basisset.pull.asking import Asker

    ring = [[121_000 + number / 1000, 451_000.0] for number in range(100_000)]
    features = [{"type": "Feature", "id": n, "geometry": {"type": "LineString", "coordinates": ring}} for n in range(8)]
    content = json.dumps({"features": features}).encode()
    del ring, features
    path = tmp_path / "page.json"
    path.write_bytes(content)
    tracemalloc.start()
    loaded = Asker(fetch, Silent(), tmp_path).loaded("x", path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [each["id"] for each in loaded["features"]] == list(range(8))
    assert peak < 4 * len(content)
