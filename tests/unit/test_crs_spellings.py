"""Every spelling of a coordinate system to its horizontal EPSG number."""

from __future__ import annotations

import pytest

from novex_plugin.core.basisset.crs import epsg_of, horizontal

RD = [
    "28992",
    "EPSG:28992",
    "epsg 28992",
    "urn:ogc:def:crs:EPSG::28992",
    "urn:ogc:def:crs:EPSG:6.9:28992",
    "http://www.opengis.net/def/crs/EPSG/0/28992",
    "https://www.opengis.net/def/crs/EPSG/0/28992/",
    "https://spatialreference.org/ref/epsg/28992/",
    "https://epsg.io/28992",
    "RD_New",
    "RD New",
    "rd",
    "Amersfoort / RD New",
    "Rijks Driehoeksstelsel",
    "Rijksdriehoekstelsel",
    "Rijksdriehoeksmeting",
    "7415",
    "EPSG:7415",
]


@pytest.mark.parametrize("written", RD)
def test_rd_spellings_are_28992(written: str) -> None:
    assert epsg_of(written) == 28992


@pytest.mark.parametrize(
    ("written", "epsg"),
    [
        ("ETRS89-GRS80", 4258),
        ("ETRS89", 4258),
        ("http://www.opengis.net/def/crs/EPSG/0/4258", 4258),
        ("http://www.opengis.net/def/crs/EPSG/0/4937", 4258),
        ("ETRS89-LAEA", 3035),
        ("ETRS89 / UTM zone 31N", None),
        ("ETRS89-TM31N", 25831),
        ("WGS84", 4326),
        ("WGS 84", 4326),
        ("NAP", None),
        ("http://www.opengis.net/def/crs/EPSG/0/5709", None),
        ("iets anders", None),
        ("12", None),
        ("1000", None),
        ("EPSG:999999", None),
        ("", None),
    ],
)
def test_other_spellings(written: str, epsg: int | None) -> None:
    assert epsg_of(written) == epsg


def test_height_beside_rd_leaves_rd_without_a_warning() -> None:
    rd, nap = ("Rijks Driehoeksstelsel", "http://www.opengis.net/def/crs/EPSG/0/28992"), ("NAP",)
    assert horizontal([rd, nap]) == (28992, ())
    assert horizontal([nap, rd]) == (28992, ())


def test_an_anchor_helps_an_unknown_name() -> None:
    assert horizontal([("Stelsel X", "http://www.opengis.net/def/crs/EPSG/0/28992")]) == (28992, ())


def test_what_is_unknown_contradictory_or_absent_is_said() -> None:
    assert horizontal([("Stelsel X",)]) == (None, ("onbekend coördinaatstelsel: Stelsel X",))
    assert horizontal([]) == (None, ("geen coördinaatstelsel vermeld",))
    epsg, warnings = horizontal([("28992",), ("4258",)])
    assert epsg == 28992
    assert "EPSG:4258" in warnings[0]
    epsg, warnings = horizontal([("28992", "http://www.opengis.net/def/crs/EPSG/0/4258")])
    assert epsg == 28992
    assert "tegenstrijdig" in warnings[0]
