"""Small made-up WFS and OGC API servers that answer as they are told: for what real servers do on a bad day."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

from scripts.practice.answering import whole

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
    """One feature of the WFS: a square of 1 m, or the geometry given as GML (`-`: none)."""
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
    """A page of features, with the counts that the server claims."""
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
    """One feature of the OGC API: a point."""
    point = {"type": "Point", "coordinates": [121_000 + number, 451_000]}
    return {"type": "Feature", "id": number, "geometry": point, "properties": {"code": f"{number:04d}"}}


def page(numbers: list[int], following: str | None) -> dict[str, object]:
    """A page of features, with its link to the next."""
    links = [] if following is None else [{"rel": "next", "href": following, "type": "application/geo+json"}]
    return {"type": "FeatureCollection", "features": [feature(number) for number in numbers], "links": links}


def zipped(name: str, content: bytes) -> bytes:
    """A zip file with one member."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()
