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
