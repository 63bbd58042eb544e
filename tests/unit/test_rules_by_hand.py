"""Outcomes worked out by hand where arithmetic, shapes or exceptions meet at an edge, and files made to do harm."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from tests.unit.making_checks import Case, box

SITE = box(0, 0, 100, 100)
MIXED = {"groups": ["woningbouw"], "legend": ["weg_nieuw", "windturbine"], "roles": ["nieuw"]}
HALF = {"share_pct": (50, "%")}
NEAR = {"distance_m": (10, "m")}
TOGETHER = {"require-inside": {}, "require-within-distance": NEAR, "coverage": NEAR}


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


@pytest.mark.parametrize("kind", TOGETHER)
def test_metres_of_a_line_inside_do_not_make_up_for_an_area_outside(case: Case, kind: str) -> None:
    case.draw("vlak", "woningbouw", box(500, 0, 510, 10)).draw(
        "lijn", "weg_nieuw", shapely.LineString([(0, 9), (99, 9)])
    )
    case.dataset("natura2000", SITE)
    found = case.ask(kind, subject=MIXED, parameters=HALF | TOGETHER[kind]).found
    assert found.measured.tolist() == [0.0]
    assert found.message[0].endswith("Zo gemeten is de oppervlakte van de vlakken.")


def test_lines_through_a_polygon_hold_nothing_of_its_area(case: Case) -> None:
    case.draw("a", "woningbouw", box(0, 0, 10, 10))
    case.dataset("natura2000", *[shapely.LineString([(-1, north), (11, north)]) for north in range(1, 9)])
    assert case.ask("require-inside", parameters=HALF).found.measured.tolist() == [0.0]


@pytest.mark.parametrize("kind", TOGETHER)
@pytest.mark.parametrize(("share", "outcome"), [(66.67, "voldoet"), (66.68, "overtreedt")])
def test_two_of_three_equal_areas_are_66_67_percent(case: Case, kind: str, share: float, outcome: str) -> None:
    for place in range(3):
        case.draw(f"a{place}", "woningbouw", box(200 * place, 0, 200 * place + 100, 100))
    case.dataset("natura2000", box(-10, -10, 350, 110))
    assert case.ask(kind, parameters={"share_pct": (share, "%")} | TOGETHER[kind]).outcome == outcome


HOMES = {"groups": ["woningbouw"], "legend": [], "roles": ["nieuw"]}
ALL_EXEMPT = {"id": "alle", "nl": "Voor woningen.", "en": "For homes.", "subject": HOMES}


@pytest.mark.parametrize("kind", TOGETHER)
def test_a_share_of_features_that_are_all_exempt_is_not_asked(case: Case, kind: str) -> None:
    case.draw("a", "woningbouw", box(500, 0, 600, 100)).dataset("natura2000", SITE)
    found = case.ask(kind, parameters=HALF | TOGETHER[kind], exceptions=[ALL_EXEMPT])
    assert found.outcome == "niet_van_toepassing"
    assert found.exceptions_used == {"alle": 1}


def hectare(west: float, south: float) -> shapely.Polygon:
    """A hectare of the Rijksdriehoeksmeting, whose area in floats is a hair less or more than 10,000 m²."""
    return box(west, south, west + 100, south + 100)


LESS, MORE = hectare(131000.98, 474138.526), hectare(131026.748, 497486.632)


def test_the_hectares_of_these_tests_are_a_hair_less_and_more() -> None:
    assert 0 < 1e4 - shapely.area(LESS) < 1e-4
    assert 0 < shapely.area(MORE) - 1e4 < 1e-4


def test_a_hectare_is_enough_where_a_hectare_is_asked(case: Case) -> None:
    case.draw("a", "woningbouw", LESS).dataset("natura2000", LESS)
    assert case.ask("reserve", parameters={"area_ha": (1, "ha")}).outcome == "voldoet"
    sized = HOMES | {"size_ha": {"from": 1, "until": 1}}
    assert case.ask("prohibit-inside", subject=sized).outcome == "overtreedt"


def test_a_hectare_is_not_more_than_a_hectare(case: Case) -> None:
    case.draw("a", "woningbouw", MORE).draw("terug", "natuur_nieuw", hectare(155000, 463000))
    case.dataset("natura2000", box(131000, 497000, 131500, 498000))
    assert case.ask("area-balance", parameters={"loss_ha": (1, "ha")}).outcome == "voldoet"
    made_up = {"loss_ha": (0, "ha"), "compensation": (["natuur_nieuw"], "legenda")}
    assert case.ask("area-balance", parameters=made_up).outcome == "voldoet"
    assert case.ask("size-threshold", parameters={"threshold_ha": (1, "ha")}).outcome == "niet_van_toepassing"


def test_a_kilometre_is_neither_less_nor_more_than_a_kilometre(case: Case) -> None:
    """Seven tenths of a metre are not to be had in floats: these points lie a hair nearer and farther."""
    mills = {"groups": [], "legend": ["windturbine"], "roles": ["nieuw"]}
    square = box(101000.7, 400000, 102000, 402000)
    nearer, farther = shapely.Point(100000.7 + 1e-8, 401000), shapely.Point(100000.7 - 1e-8, 401000)
    assert shapely.distance(nearer, square) < 1000 < shapely.distance(farther, square)
    case.draw("nabij", "windturbine", nearer).draw("ver", "windturbine", farther).dataset("natura2000", square)
    kilometre = {"distance_m": (1000, "m")}
    assert case.ask("prohibit-within-distance", subject=mills, parameters=kilometre).outcome == "voldoet"
    assert case.ask("require-within-distance", subject=mills, parameters=kilometre).outcome == "voldoet"


@pytest.mark.parametrize("limit", ["minimum_cm", "maximum_cm"])
def test_a_level_of_29_centimetres_is_29_centimetres(case: Case, limit: str) -> None:
    """0.29 m times 100 is 28.999999999999996."""
    case.draw("a", "woningbouw", box(0, 0, 200, 100)).dataset(
        "natura2000", SITE, box(100, 0, 200, 100), peil=(0.29, 0.29)
    )
    case.bind("natura2000", own=case.bindings[0]["own"], level={"unit": "m", "field": "peil"})
    assert case.ask("level", parameters={limit: (29, "cm")}).outcome == "voldoet"
