"""Every spelling of a protocol and an address to a service, or kept with a warning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novex_plugin.core.basisset.catalogue.services import OnlineResource, access, normalise
from novex_plugin.core.basisset.register import Service

WFS = "https://server.nl/geo/wfs"


@pytest.mark.parametrize(
    ("protocol", "url", "kind"),
    [
        ("OGC:WMS", "https://s.nl/wms", "wms"),
        ("OGC:WMS-1.1.1-http-get-map", "https://s.nl/wms", "wms"),
        ("OGC:WFS", WFS, "wfs"),
        ("OGC-WFS", WFS, "wfs"),
        ("OGC:WFS-1.0.0-http-get-capabilities", WFS, "wfs"),
        ("OGC:WMTS", "https://s.nl/wmts", "wmts"),
        ("OGC:WCS", "https://s.nl/wcs", "wcs"),
        ("OGC API Features", "https://s.nl/ogc/v1", "ogcapi-features"),
        ("OGC:API features", "https://s.nl/ogc/v1", "ogcapi-features"),
        ("ogcapi-features", "https://s.nl/ogc/v1", "ogcapi-features"),
        ("INSPIRE Atom", "https://s.nl/atom/index.xml", "atom"),
        ("download", "https://s.nl/a.zip", "download"),
        ("WWW:DOWNLOAD-1.0-http--download", "https://s.nl/a.zip", "download"),
        ("CSV", f"{WFS}?request=GetFeature&outputFormat=csv", "download"),
        ("JSON", f"{WFS}?request=GetFeature&outputFormat=json", "download"),
        ("OGC:GML", f"{WFS}?request=GetFeature&outputFormat=gml", "download"),
        ("OGC:KML", f"{WFS}?request=GetFeature&outputFormat=kml", "download"),
        ("ZIP-SHAPE", f"{WFS}?request=GetFeature&outputFormat=SHAPE-ZIP", "download"),
        ("zip", "https://s.nl/a.zip", "download"),
        ("gpkg", "https://s.nl/a.gpkg", "download"),
        ("shape", "https://s.nl/a.shp", "download"),
        ("dataset", "https://s.nl/a.zip", "download"),
        ("ArcGIS MapService", "https://s.nl/arcgis/rest/services/x/MapServer", "arcgis-map"),
        ("ArcGIS FeatureService", "https://s.nl/arcgis/rest/services/x/FeatureServer", "arcgis-feature"),
        ("website", "https://s.nl/", "website"),
        ("landingpage", "https://s.nl/", "website"),
        ("WWW:LINK-1.0-http--link", "https://s.nl/", "website"),
    ],
)
def test_known_spellings_are_normalised_without_a_word(protocol: str, url: str, kind: str) -> None:
    service, warnings = normalise(OnlineResource(url, protocol, name="ns:laag"))
    assert (service.type, service.protocol, service.address_as_written) == (kind, protocol, url)
    assert warnings == ()


@pytest.mark.parametrize(
    ("href", "kind"),
    [
        ("http://www.opengis.net/def/serviceType/ogc/wms", "wms"),
        ("http://www.opengis.net/def/serviceType/ogc/wfs", "wfs"),
        ("https://tools.ietf.org/html/rfc4287", "atom"),
    ],
)
def test_the_anchor_of_a_protocol_is_enough(href: str, kind: str) -> None:
    service, warnings = normalise(OnlineResource("https://s.nl/x", "dienst", href, "laag"))
    assert (service.type, warnings) == (kind, ())


@pytest.mark.parametrize(
    ("url", "address"),
    [
        (f"{WFS}?", WFS),
        (f"{WFS}?request=GetCapabilities", WFS),
        (f"{WFS}?SERVICE=WFS&Version=2.0.0&REQUEST=GetCapabilities", WFS),
        (f"  {WFS}#top ", WFS),
        (WFS, WFS),
        ("https://s.nl/cgi?map=/a/b.map&service=WFS&request=GetCapabilities", "https://s.nl/cgi?map=/a/b.map"),
        ("https://s.nl:8443/wfs?api%5Fkey=x%20y", "https://s.nl:8443/wfs?api%5Fkey=x%20y"),
    ],
)
def test_addresses_lose_their_request_and_nothing_else(url: str, address: str) -> None:
    service, _ = normalise(OnlineResource(url, "OGC:WFS", name="laag"))
    assert service.address == address


def test_downloads_keep_their_whole_query() -> None:
    url = f"{WFS}?service=WFS&request=GetFeature&typeName=mirt&outputFormat=application%2Fgml%2Bxml%3B%20version%3D3.2"
    service, _ = normalise(OnlineResource(url, "OGC:GML"))
    assert (service.address, service.layer, service.purpose) == (url, "mirt", "data")


@pytest.mark.parametrize(
    ("name", "layer", "warned"),
    [
        ("landschapsatlas:groen", "landschapsatlas:groen", False),
        ("WorldHeritage", "WorldHeritage", False),
        ("NOVEX gebieden WMS", None, True),
        ("-", None, True),
        (None, None, True),
    ],
)
def test_names_are_layers_unless_they_are_titles(name: str | None, layer: str | None, warned: bool) -> None:
    service, warnings = normalise(OnlineResource(WFS, "OGC:WFS", name=name))
    assert (service.layer, service.title, bool(warnings)) == (layer, name, warned)


def test_collections_and_arcgis_layers_are_read_from_the_path() -> None:
    items, _ = normalise(OnlineResource("https://s.nl/ogc/v1/collections/wegen/items?f=json", "OGC API Features"))
    assert (items.address, items.layer) == ("https://s.nl/ogc/v1", "wegen")
    layer, _ = normalise(
        OnlineResource("https://s.nl/rest/services/a/FeatureServer/3?f=pjson", "ArcGIS FeatureService")
    )
    assert (layer.address, layer.layer) == ("https://s.nl/rest/services/a/FeatureServer", "3")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (f"{WFS}?service=WFS&request=GetCapabilities", "wfs"),
        ("https://s.nl/x/wms", "wms"),
        ("https://s.nl/x/atom/index.xml", "atom"),
        ("https://s.nl/arcgis/rest/services/x/MapServer", "arcgis-map"),
        ("https://s.nl/api/collections/wegen", "ogcapi-features"),
        ("https://s.nl/a.gpkg", "download"),
        ("https://s.nl/over", "unknown"),
    ],
)
@pytest.mark.parametrize("protocol", [None, "IETF:iets"])
def test_without_a_known_protocol_the_address_tells_and_a_warning_says_so(
    protocol: str | None, url: str, kind: str
) -> None:
    service, warnings = normalise(OnlineResource(url, protocol, name="laag"))
    assert service.type == kind
    assert service.address is not None
    assert "protocol" in warnings[0]


@pytest.mark.parametrize(
    "url", [None, "www.server.nl/wfs", "file:///etc/passwd", "ftp://s.nl/a.zip", "https://a b/", "https://u:p@s.nl/"]
)
def test_what_has_no_usable_address_is_kept_with_a_warning(url: str | None) -> None:
    service, warnings = normalise(OnlineResource(url, "OGC:WFS", name="laag"))
    assert (service.type, service.address, service.purpose, service.address_as_written) == (
        "unknown",
        None,
        "information",
        url,
    )
    assert "adres" in warnings[-1]


def test_a_download_that_names_no_file_is_a_page() -> None:
    service, warnings = normalise(OnlineResource("https://www.pdok.nl/downloads?articleid=1", "download"))
    assert (service.type, service.purpose) == ("download", "information")
    assert "webpagina" in warnings[0]


def test_an_address_that_asks_for_another_service_than_the_protocol_counts() -> None:
    service, warnings = normalise(OnlineResource("https://s.nl/ows?service=WFS", "OGC:WMS", name="laag"))
    assert service.type == "wfs"
    assert "wms" in warnings[0]


def services(*pairs: tuple[str, str]) -> tuple[Service, ...]:
    return tuple(normalise(OnlineResource(url, protocol, name="laag"))[0] for protocol, url in pairs)


@pytest.mark.parametrize(
    ("pairs", "is_grid", "expected"),
    [
        ((("OGC:WMS", "https://s.nl/wms"), ("OGC:WFS", WFS)), True, "vector"),
        ((("INSPIRE Atom", "https://s.nl/atom/index.xml"),), False, "vector"),
        ((("download", "https://s.nl/a.zip"), ("OGC:WMS", "https://s.nl/wms")), True, "raster"),
        ((("download", "https://s.nl/a.zip"),), False, "vector"),
        ((("OGC:WCS", "https://s.nl/wcs"),), False, "raster"),
        ((("OGC:WMTS", "https://s.nl/wmts"), ("website", "https://s.nl/")), False, "image"),
        ((("download", "https://s.nl/downloads"),), False, "none"),
        ((("website", "https://s.nl/"),), False, "none"),
        ((), False, "none"),
    ],
)
def test_access_is_the_best_that_the_services_give(
    pairs: tuple[tuple[str, str], ...], is_grid: bool, expected: str
) -> None:
    assert access(services(*pairs), is_grid) == expected


texts = st.none() | st.text(max_size=60) | st.from_regex(r"https?://[a-z.]{1,9}(:[0-9]{0,6})?/[\w/?&=%.\[\]]{0,30}")


@given(texts, texts, texts, texts)
def test_nothing_that_a_record_can_hold_breaks_it_or_is_dropped(
    url: str | None, protocol: str | None, href: str | None, name: str | None
) -> None:
    service, warnings = normalise(OnlineResource(url, protocol, href, name))
    assert (service.address_as_written, service.protocol, service.title) == (url, protocol, name)
    assert service.address is None or service.address.startswith(("http://", "https://"))
    assert warnings or service.type != "unknown"
