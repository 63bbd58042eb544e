"""How tiles are asked for follows from the capabilities of the service."""

from __future__ import annotations

import pytest
from defusedxml import ElementTree

from novex_plugin.core.basisset.pull.failure import PullFailure
from novex_plugin.core.basisset.pull.wmts import Tiles, tiles_of

GRIDS = {
    "rd": "urn:ogc:def:crs:EPSG::28992",
    "web": "urn:ogc:def:crs:EPSG:6.18.3:3857",
    "aarde": "urn:ogc:def:crs:EPSG::4258",
    "eigen": "urn:example:raster",
}


def capabilities(styles: str, forms: tuple[str, ...], grids: tuple[str, ...]) -> bytes:
    links = "".join(f"<TileMatrixSetLink><TileMatrixSet>{name}</TileMatrixSet></TileMatrixSetLink>" for name in grids)
    sets = "".join(
        f"<TileMatrixSet><ows:Identifier>{name}</ows:Identifier><ows:SupportedCRS>{crs}</ows:SupportedCRS>"
        "<TileMatrix><ows:Identifier>0</ows:Identifier></TileMatrix></TileMatrixSet>"
        for name, crs in GRIDS.items()
    )
    offered = "".join(f"<Format>{form}</Format>" for form in forms)
    return (
        '<Capabilities xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1"><Contents>'
        f"<Layer><ows:Identifier>kaart</ows:Identifier>{styles}{offered}{links}</Layer>{sets}</Contents></Capabilities>"
    ).encode()


def style(name: str, usual: str = "") -> str:
    return f"<Style{usual}><ows:Identifier>{name}</ows:Identifier></Style>"


def asked(styles: str, forms: tuple[str, ...], grids: tuple[str, ...], layer: str = "kaart") -> Tiles:
    return tiles_of(ElementTree.fromstring(capabilities(styles, forms, grids)), layer)


def test_the_national_grid_the_usual_style_and_what_can_be_seen_through_come_first() -> None:
    styles = style("licht") + style("grijs", ' isDefault="true"')
    found = asked(styles, ("image/jpeg", "image/png"), ("web", "rd"))
    assert found == Tiles("grijs", "image/png", "rd", 28992)


def test_what_the_service_has_is_asked_where_it_has_no_choice() -> None:
    found = asked(style("normaal", ' isDefault="false"'), ("image/jpeg",), ("eigen", "web", "aarde"))
    assert found == Tiles("normaal", "image/jpeg", "web", 3857)
    assert asked("", ("image/png8",), ("rd",)) == Tiles("", "image/png8", "rd", 28992)


@pytest.mark.parametrize(
    ("forms", "grids", "layer", "said"),
    [
        (("image/png",), ("rd",), "weg", "geen laag weg"),
        (("application/vnd.mapbox-vector-tile",), ("rd",), "kaart", "komt alleen als application/vnd.mapbox"),
        ((), ("rd",), "kaart", "komt alleen als iets zonder naam"),
        (("image/png",), ("eigen", "nergens"), "kaart", "geen tegels in een bekend coördinatenstelsel"),
        (("image/png",), (), "kaart", "geen tegels"),
    ],
)
def test_what_cannot_be_drawn_is_refused(forms: tuple[str, ...], grids: tuple[str, ...], layer: str, said: str) -> None:
    with pytest.raises(PullFailure, match=said):
        asked(style("normaal"), forms, grids, layer)
