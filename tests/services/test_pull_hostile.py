"""Servers that lie, break off or attack: a clear reason, nothing kept, and the others go on."""

from __future__ import annotations

import gzip
import io
import json
import socket
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
import shapely

from novex_plugin.core.basisset import pull as pulling
from novex_plugin.core.basisset.area import area_of
from novex_plugin.core.basisset.network import with_retries
from novex_plugin.core.basisset.pull import Pulled, pull
from novex_plugin.core.basisset.register import Dataset
from novex_plugin.core.errors import Cancelled, InputError
from novex_plugin.core.features.geopackage import read_layer
from novex_plugin.core.progress import Silent
from novex_plugin.qgis_adapter.network import fetch
from scripts.practice.answering import serve_answers, whole
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


CAPABILITIES = (
    '<WFS_Capabilities version="2.0.0" xmlns="http://www.opengis.net/wfs/2.0"><FeatureTypeList><FeatureType>'
    "<Name>app:vlak</Name><Title>Vlak</Title><DefaultCRS>urn:ogc:def:crs:EPSG::28992</DefaultCRS></FeatureType>"
    "</FeatureTypeList></WFS_Capabilities>"
)
SCHEMA = (
    '<schema xmlns="http://www.w3.org/2001/XMLSchema"><complexType name="t"><sequence>'
    '<element name="code" type="string"/></sequence></complexType></schema>'
)


def member(number: int, geometry: str | None = None, code: str | None = None) -> str:
    x, y = 121_000 + number, 451_000
    ring = f"{x} {y} {x + 1} {y} {x + 1} {y + 1} {x} {y + 1} {x} {y}"
    shape = geometry or (
        f'<gml:Polygon srsName="urn:ogc:def:crs:EPSG::28992"><gml:exterior><gml:LinearRing><gml:posList>{ring}'
        "</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"
    )
    inside = f"<app:geom>{shape}</app:geom>" if shape != "-" else ""
    return (
        f'<wfs:member><app:vlak gml:id="v.{number}">{inside}<app:code>{code or f"{number:04d}"}</app:code></app:vlak>'
        "</wfs:member>"
    )


def collection(members: list[str], matched: int | str | None = None, returned: int | None = None) -> str:
    counts = "" if matched is None else f' numberMatched="{matched}"'
    counts += f' numberReturned="{len(members) if returned is None else returned}"'
    return (
        '<?xml version="1.0"?><wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0"'
        f' xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:app="http://app"{counts}>{"".join(members)}'
        "</wfs:FeatureCollection>"
    )


def a_wfs(features: Callable[[dict[str, str]], str | bytes]) -> Callable[[BaseHTTPRequestHandler], None]:
    """A WFS whose GetFeature answers come from `features`, which is given the query."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        query = {key.lower(): values[0] for key, values in parse_qs(urlsplit(handler.path).query).items()}
        known: dict[str, str | bytes] = {"GetCapabilities": CAPABILITIES, "DescribeFeatureType": SCHEMA}
        content = known.get(query["request"]) or features(query)
        whole(content.encode() if isinstance(content, str) else content)(handler)

    return answer


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


def an_api(pages: Callable[[str, str], dict[str, object]]) -> Callable[[BaseHTTPRequestHandler], None]:
    """An OGC API whose pages come from `pages`, which is given the page's mark and the base address."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        base = f"http://{handler.headers['Host']}"
        parts = urlsplit(handler.path)
        if parts.path.endswith("/items"):
            content = pages(parse_qs(parts.query).get("cursor", [""])[0], base)
        else:
            crs = ["http://www.opengis.net/def/crs/EPSG/0/28992"]
            content = {"collections": [{"id": "vlak", "title": "Vlak", "crs": crs, "links": []}]}
        whole(json.dumps(content).encode(), Content_Type="application/geo+json")(handler)

    return answer


def feature(number: int) -> dict[str, object]:
    point = {"type": "Point", "coordinates": [121_000 + number, 451_000]}
    return {"type": "Feature", "id": number, "geometry": point, "properties": {"code": f"{number:04d}"}}


def page(numbers: list[int], following: str | None) -> dict[str, object]:
    links = [] if following is None else [{"rel": "next", "href": following, "type": "application/geo+json"}]
    return {"type": "FeatureCollection", "features": [feature(number) for number in numbers], "links": links}


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


def a_file(content: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    return whole(content)


def zipped(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (zipped("../../weg.gml", b"<a/>"), "buiten zijn map"),
        (zipped("/weg.gml", b"<a/>"), "buiten zijn map"),
        (zipped("a.gml", b"0" * 200_000_000), "verhouding"),
        (gzip.compress(b"0" * 200_000_000), "groeit"),
        (zipped("a.txt", b"tekst"), "bevat geen"),
        (zipped("a.gml", b"<a/>")[:-30], "niet uit te pakken"),
        (b"SQLite format 3\x00" + b"\x00" * 500, "niet te lezen"),
        (b"II*\x00" + b"\x00" * 100, "raster"),
        (b"<html>nee</html>", "HTML"),
        (b'{"type": "FeatureCollection", "features": [{"type": "Fea', "niet te lezen"),
    ],
)
def test_a_hostile_or_broken_file_fails_with_its_reason(tmp_path: Path, content: bytes, said: str) -> None:
    with serve_answers(a_file(content)) as address:
        assert said in reason(tmp_path / "uit", dataset("a", "download", f"{address}a.zip"))
    assert not (tmp_path / "weg.gml").exists()
    assert not Path("/weg.gml").exists()


def test_a_download_that_breaks_off_is_continued_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from novex_plugin.core.basisset import download
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
