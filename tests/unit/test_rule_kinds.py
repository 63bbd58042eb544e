"""Each kind of rule: what passes, what does not, and what was measured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from novex_plugin.core.rules.kinds import KINDS
from tests.unit.making_checks import Case, box, rule, rule_file

DISTANCE = {"distance_m": (50, "m")}
SHARE = {"share_pct": (50, "%")}
AFFORDABLE = {
    "share_pct": (66.67, "%"),
    "part": ("aandeel_betaalbaar", "indicator"),
    "whole": ("woningen", "indicator"),
}
SITE = box(0, 0, 100, 100)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


def contributions(case: Case, kenmerk: str, homes: float, share: float, year: int = 2030) -> None:
    for indicator, value, unit in (("woningen", homes, "woningen"), ("aandeel_betaalbaar", share, "%")):
        row = f"{indicator}-{kenmerk}-{year}"
        case.write(
            "bijdrage", id=row, kenmerk=kenmerk, indicator=indicator, waarde=value, eenheid=unit, jaar=year, status=None
        )


@pytest.mark.parametrize("kind", ["prohibit-inside", "avoid-unless"])
def test_a_feature_beside_the_object_passes_and_one_on_it_breaks_with_the_part_that_lies_on_it(
    case: Case, kind: str
) -> None:
    case.draw("los", "woningbouw", box(500, 0, 600, 100)).draw("erop", "woningbouw", SITE)
    found = case.dataset("natura2000", box(60, 0, 200, 100)).ask(kind)
    assert found.outcome == "overtreedt"
    assert found.feature_outcomes["voldoet"] == 1
    assert found.feature_outcomes["overtreedt"] == 1
    assert found.found.measured.tolist() == [0.4]
    assert found.found.unit.tolist() == ["ha"]
    assert found.found.limit.tolist() == [0.0]
    assert shapely.equals(found.found.geometry[0], box(60, 0, 100, 100))
    assert found.dataset == "proef natura2000"
    assert str(found.digest).startswith("sha256:")


@pytest.mark.parametrize("kind", ["prohibit-inside", "avoid-unless"])
def test_features_that_only_share_a_border_pass(case: Case, kind: str) -> None:
    case.draw("grens", "woningbouw", SITE)
    assert case.dataset("natura2000", box(100, 0, 200, 100)).ask(kind).outcome == "voldoet"


def test_overlapping_objects_are_counted_once(case: Case) -> None:
    case.draw("erop", "woningbouw", SITE)
    found = case.dataset("natura2000", box(50, 0, 150, 100), box(40, 0, 90, 100)).ask("prohibit-inside")
    assert found.found.measured.tolist() == [0.6]


def test_a_line_is_measured_in_metres_and_a_point_in_number(case: Case) -> None:
    lines = {"groups": [], "legend": ["weg_nieuw", "windturbine"], "roles": ["nieuw"]}
    case.draw("weg", "weg_nieuw", shapely.LineString([(0, 50), (300, 50)]))
    case.draw("molen", "windturbine", shapely.Point(120, 50)).draw("rand", "windturbine", shapely.Point(100, 50))
    found = case.dataset("natura2000", box(100, 0, 200, 100)).ask("prohibit-inside", subject=lines)
    assert dict(zip(found.found.unit.tolist(), found.found.measured.tolist(), strict=True)) == {"m": 100, "aantal": 1}


def test_another_unit_on_the_same_ground_counts_and_another_role_does_not(case: Case) -> None:
    case.draw("dubbel", "zonneveld", SITE, meervoudig="recreatie, woningbouw")
    case.draw("bestaand", "woningbouw", SITE, rol="bestaand")
    found = case.dataset("natura2000", SITE).ask("prohibit-inside")
    assert found.features == 1
    assert found.outcome == "overtreedt"


def test_a_feature_farther_than_the_distance_passes_and_a_nearer_one_breaks_with_its_distance(case: Case) -> None:
    case.draw("ver", "woningbouw", box(160, 0, 200, 100)).draw("nabij", "woningbouw", box(130, 0, 200, 100))
    found = case.dataset("natura2000", SITE).ask("prohibit-within-distance", parameters=DISTANCE)
    assert found.feature_outcomes["voldoet"] == 1
    assert found.found.measured.tolist() == [30]
    assert found.found.limit.tolist() == [50]
    assert shapely.area(found.found.geometry[0]) == pytest.approx(20 * 100, rel=0.01)


def test_a_point_within_the_distance_is_found_wherever_on_the_circle_it_stands(case: Case) -> None:
    mills = {"groups": [], "legend": ["windturbine"], "roles": ["nieuw"]}
    angle = np.radians(90 / 32)  # between two corners of a rough circle
    for name, distance in (("binnen", 999.8), ("buiten", 1000.2)):
        case.draw(name, "windturbine", shapely.Point(distance * np.cos(angle), distance * np.sin(angle)))
    case.dataset("natura2000", shapely.Point(0, 0))
    found = case.ask("prohibit-within-distance", parameters={"distance_m": (1000.0, "m")}, subject=mills)
    assert found.found.measured.tolist() == [999.8]


def test_a_filter_finds_numbers_in_a_column_of_numbers(case: Case) -> None:
    case.draw("erop", "woningbouw", SITE)
    case.dataset("natura2000", SITE, SITE, SITE, klasse=(3.0, 4.0, None))
    case.bindings[0]["filter"] = {"field": "klasse", "values": [3]}
    assert case.ask("prohibit-inside").outcome == "overtreedt"
    case.bindings[0]["filter"] = {"field": "klasse", "values": ["None"]}
    assert case.ask("prohibit-inside").outcome == "voldoet"


def test_without_a_distance_the_rule_cannot_be_tested_and_says_so(case: Case) -> None:
    case.draw("nabij", "woningbouw", box(130, 0, 200, 100)).dataset("natura2000", SITE)
    found = case.ask("prohibit-within-distance", parameters={"distance_m": (None, "m")})
    assert found.outcome == "niet_toetsbaar"
    assert "distance_m" in found.missing[0]


def test_a_distance_that_the_user_sets_makes_the_rule_testable(case: Case) -> None:
    case.draw("nabij", "woningbouw", box(130, 0, 200, 100)).dataset("natura2000", SITE)
    case.set("proef-1", "distance_m", 40)
    found = case.ask("prohibit-within-distance", parameters={"distance_m": (None, "m")})
    assert found.outcome == "overtreedt"


def test_a_feature_wholly_inside_passes_and_the_part_outside_breaks(case: Case) -> None:
    case.draw("binnen", "woningbouw", box(10, 10, 90, 90)).draw("half", "woningbouw", box(50, 0, 150, 100))
    found = case.dataset("natura2000", SITE).ask("require-inside")
    assert found.feature_outcomes["voldoet"] == 1
    assert shapely.equals(found.found.geometry[0], box(100, 0, 150, 100))


def test_a_feature_inside_two_neighbours_together_is_inside(case: Case) -> None:
    case.draw("midden", "woningbouw", box(50, 10, 150, 90))
    assert case.dataset("natura2000", SITE, box(100, 0, 200, 100)).ask("require-inside").outcome == "voldoet"


@pytest.mark.parametrize(("share", "outcome"), [(40, "voldoet"), (60, "overtreedt")])
def test_a_share_inside_is_asked_of_all_features_together(case: Case, share: float, outcome: str) -> None:
    case.draw("binnen", "woningbouw", SITE).draw("buiten", "woningbouw", box(300, 0, 400, 100))
    case.dataset("natura2000", SITE)
    assert case.ask("require-inside", parameters={"share_pct": (share, "%")}).outcome == outcome


@pytest.mark.parametrize(
    ("kind", "low", "high"), [("min-share", "overtreedt", "voldoet"), ("max-share", "voldoet", "overtreedt")]
)
def test_the_share_of_an_object_that_is_covered_is_held_against_the_limit(
    case: Case, kind: str, low: str, high: str
) -> None:
    case.draw("klein", "woningbouw", box(0, 0, 40, 100)).dataset("natura2000", SITE)
    few = case.ask(kind, parameters=SHARE)
    case.draw("groot", "woningbouw", box(30, 0, 60, 100))
    assert (few.outcome, case.ask(kind, parameters=SHARE).outcome) == (low, high)


def test_a_line_takes_no_share_of_an_area_and_mixed_shapes_count_their_areas(case: Case) -> None:
    green = {"groups": [], "legend": ["woningbouw", "weg_nieuw"], "roles": ["nieuw"]}
    case.draw("lijn", "weg_nieuw", shapely.LineString([(0, 70), (100, 70)])).dataset("natura2000", SITE)
    assert case.ask("min-share", parameters=SHARE, subject=green).found.measured.tolist() == [0.0]
    case.draw("vlak", "woningbouw", box(0, 0, 40, 100))
    assert case.ask("min-share", parameters=SHARE, subject=green).found.measured.tolist() == [40.0]


def test_a_minimum_share_is_asked_even_when_nothing_is_drawn(case: Case) -> None:
    found = case.dataset("natura2000", SITE, box(900, 0, 1000, 100)).ask("min-share", parameters=SHARE)
    assert found.outcome == "overtreedt"
    assert len(found.found.rows) == 2


@pytest.mark.parametrize(("share", "outcome"), [(50, "overtreedt"), (66.67, "voldoet"), (90, "voldoet")])
def test_a_share_of_an_indicator_is_weighed_by_the_whole(case: Case, share: float, outcome: str) -> None:
    case.draw("a", "woningbouw", SITE)
    contributions(case, "a", 300, share)
    assert case.ask("min-share", slots=[], parameters=AFFORDABLE).outcome == outcome


def test_shares_of_several_features_are_weighed(case: Case) -> None:
    case.draw("a", "woningbouw", SITE).draw("b", "woningbouw", box(200, 0, 300, 100))
    contributions(case, "a", 900, 50)
    contributions(case, "b", 100, 100)
    found = case.ask("min-share", slots=[], parameters=AFFORDABLE)
    assert found.found.measured.tolist() == [55]


def test_a_part_in_the_unit_of_the_whole_is_summed(case: Case) -> None:
    case.draw("a", "woningbouw", SITE)
    for indicator, value in (("woningen", 200), ("woningen_sociaal", 50)):
        row = {"kenmerk": "a", "indicator": indicator, "waarde": value, "eenheid": "woningen", "jaar": 2030}
        case.write("bijdrage", id=indicator, status=None, **row)
    parameters = AFFORDABLE | {"part": ("woningen_sociaal", "indicator"), "share_pct": (30, "%")}
    assert case.ask("min-share", slots=[], parameters=parameters).found.measured.tolist() == [25]


def test_a_share_without_contributions_cannot_be_tested(case: Case) -> None:
    case.draw("a", "woningbouw", SITE)
    found = case.ask("min-share", slots=[], parameters=AFFORDABLE)
    assert found.outcome == "niet_toetsbaar"
    assert "woningen" in found.missing[0]


ORDER = {"order": (["vasthouden", "bergen", "afvoeren"], "volgorde")}
LADDER = ORDER | {"field": ("trede", "veld")}


@pytest.mark.parametrize(
    ("step", "reason", "outcome"),
    [
        (1, None, "voldoet"),
        (2, None, "overtreedt"),
        (2, "te kort", "overtreedt"),
        (3, "Vasthouden en bergen kan hier niet.", "gemotiveerd"),
        (None, None, "niet_toetsbaar"),
        (9, None, "niet_toetsbaar"),
    ],
)
def test_a_lower_step_needs_its_reason(case: Case, step: int | None, reason: str | None, outcome: str) -> None:
    case.draw("a", "woningbouw", SITE, trede=step, trede_reden=reason)
    case.draw("b", "woningbouw", SITE)
    answer(case, "proef-1", step, kenmerk="b", toelichting=reason)
    found = case.ask("prefer-order", slots=[], parameters=LADDER)
    assert (found.outcome, found.feature_outcomes[outcome]) == (outcome, 2)


def test_a_ladder_without_the_field_reads_only_the_statement_for_one_field_cannot_serve_two_ladders(case: Case) -> None:
    case.draw("a", "woningbouw", SITE, trede=1)
    found = case.ask("prefer-order", slots=[], parameters=ORDER)
    assert found.outcome == "niet_toetsbaar"
    assert "proef-1" in found.missing[0]
    assert "1 vasthouden" in found.missing[0]


def answer(case: Case, statement: str, value: Any, kenmerk: str | None = None, toelichting: str | None = None) -> None:
    row = {"kenmerk": kenmerk, "variant": "basis", "verklaring": statement, "waarde": value, "toelichting": toelichting}
    case.write("verklaring", id=f"v-{statement}-{kenmerk}", **row)


def statement(scope: str = "object") -> dict[str, tuple[str, str]]:
    return {"statement": ("maatlat", "verklaring"), "scope": (scope, "bereik")}


WAIVED = "Hier wordt niets gebouwd, alleen gesloopt."


@pytest.mark.parametrize("scope", ["object", "voorstel"])
@pytest.mark.parametrize(
    ("value", "why", "outcome"),
    [
        ("ja", None, "voldoet"),
        ("Ja, zie hoofdstuk 3", None, "voldoet"),
        ("Nee", None, "overtreedt"),
        ("nee, nog niet", None, "overtreedt"),
        ("\u200bNee.", None, "overtreedt"),
        ("misschien", None, "niet_toetsbaar"),
        ("…", None, "niet_toetsbaar"),
        (None, None, "niet_toetsbaar"),
        ("onbekend", None, "niet_toetsbaar"),
        ("n.v.t.", None, "niet_toetsbaar"),
        ("n.v.t.", WAIVED, "niet_van_toepassing"),
    ],
)
def test_an_answer_for_the_whole_proposal_decides(
    case: Case, scope: str, value: str | None, why: str | None, outcome: str
) -> None:
    case.draw("a", "woningbouw", SITE)
    answer(case, "maatlat", value, toelichting=why)
    assert case.ask("statement", slots=[], parameters=statement(scope)).outcome == outcome


def test_an_open_question_takes_any_answer_but_no(case: Case) -> None:
    case.draw("a", "woningbouw", SITE).draw("b", "woningbouw", SITE)
    answer(case, "maatlat", "Vier hectare tussen Aa en Dommel.")
    answer(case, "maatlat", "geen", kenmerk="b")
    question = {"id": "maatlat", "nl": "Wat doet u?", "en": "What do you do?", "answer": "open"}
    path = rule_file(case.folder, rule("statement", slots=[], parameters=statement()), statements=[question])
    (found,) = case.run(path).outcomes
    assert (found.feature_outcomes["voldoet"], found.feature_outcomes["overtreedt"]) == (1, 1)


def test_of_two_answers_to_a_ladder_the_lowest_step_counts(case: Case) -> None:
    case.draw("a", "woningbouw", SITE)
    for step in (1, 3):
        row = {"kenmerk": "a", "variant": "basis", "verklaring": "proef-1", "waarde": str(step)}
        case.write("verklaring", id=f"v-{step}", **row)
    assert case.ask("prefer-order", slots=[], parameters=ORDER).found.measured.tolist() == [3.0]


def test_the_answer_of_a_feature_goes_before_that_of_the_proposal(case: Case) -> None:
    case.draw("a", "woningbouw", SITE).draw("b", "woningbouw", SITE)
    answer(case, "maatlat", "ja")
    answer(case, "maatlat", "nee", kenmerk="b")
    found = case.ask("statement", slots=[], parameters=statement())
    assert found.feature_outcomes["voldoet"] == found.feature_outcomes["overtreedt"] == 1


def test_a_statement_that_nobody_made_is_one_finding_that_asks_the_question(case: Case) -> None:
    for name in "abc":
        case.draw(name, "woningbouw", SITE)
    answer(case, "maatlat", "ja", kenmerk="a")
    found = case.ask("statement", slots=[], parameters=statement())
    assert found.outcome == "niet_toetsbaar"
    assert found.feature_outcomes["niet_toetsbaar"] == 2
    assert found.found.message.tolist() == ["Bij 2 van 3 objecten: de verklaring maatlat is niet gegeven: Volgt u {1}?"]


def test_a_statement_about_the_proposal_is_asked_whatever_is_drawn(case: Case) -> None:
    found = case.ask("statement", slots=[], parameters=statement("voorstel"))
    assert found.outcome == "niet_toetsbaar"
    assert "Volgt u {1}?" in found.missing[0]


def test_a_statement_that_goes_with_a_place_is_asked_only_there(case: Case) -> None:
    case.draw("erop", "woningbouw", SITE).draw("los", "woningbouw", box(500, 0, 600, 100))
    answer(case, "maatlat", "nee")
    found = case.dataset("natura2000", SITE).ask("statement", parameters=statement())
    assert found.feature_outcomes["overtreedt"] == 1
    assert found.feature_outcomes["niet_van_toepassing"] == 1


@pytest.mark.parametrize(("name", "outcome"), [("Zuidrand", "voldoet"), (" ", "overtreedt"), (None, "overtreedt")])
def test_a_required_field_must_be_filled_in(case: Case, name: str | None, outcome: str) -> None:
    case.draw("a", "woningbouw", SITE, naam=name)
    assert case.ask("require-attribute", slots=[], parameters=FIELD).outcome == outcome


def test_a_required_field_may_be_held_to_a_list(case: Case) -> None:
    case.draw("a", "woningbouw", SITE, eind_jaar=2040)
    for allowed, outcome in ((["2040", "2050"], "voldoet"), (["2030"], "overtreedt")):
        parameters = {"field": ("eind_jaar", "veld"), "allowed": (allowed, "waarden")}
        assert case.ask("require-attribute", slots=[], parameters=parameters).outcome == outcome


def test_a_required_contribution_must_be_there(case: Case) -> None:
    case.draw("a", "woningbouw", SITE).draw("b", "woningbouw", SITE)
    contributions(case, "a", 100, 50)
    found = case.ask("require-attribute", slots=[], parameters={"indicator": ("woningen", "indicator")})
    assert found.feature_outcomes["voldoet"] == found.feature_outcomes["overtreedt"] == 1


def test_a_feature_near_the_object_passes_and_a_far_one_breaks_with_its_distance(case: Case) -> None:
    case.draw("nabij", "woningbouw", box(140, 0, 200, 100)).draw("ver", "woningbouw", box(300, 0, 400, 100))
    found = case.dataset("natura2000", SITE).ask("require-within-distance", parameters=DISTANCE)
    assert found.feature_outcomes["voldoet"] == 1
    assert found.found.measured.tolist() == [200]
    assert found.found.limit.tolist() == [50]


def test_the_nearest_object_is_measured_however_far_it_lies(case: Case) -> None:
    case.draw("a", "woningbouw", SITE).dataset("natura2000", shapely.Point(9_100, 50))
    assert case.ask("require-within-distance", parameters=DISTANCE).found.measured.tolist() == [9_000]


@pytest.mark.parametrize(("share", "outcome"), [(50, "voldoet"), (51, "overtreedt")])
def test_a_share_near_the_object_is_asked_of_all_features_together(case: Case, share: float, outcome: str) -> None:
    case.draw("nabij", "woningbouw", box(140, 0, 240, 100)).draw("ver", "woningbouw", box(300, 0, 400, 100))
    case.dataset("natura2000", SITE)
    found = case.ask("require-within-distance", parameters=DISTANCE | {"share_pct": (share, "%")})
    assert found.outcome == outcome


def test_what_lies_out_of_reach_of_supply_is_the_finding(case: Case) -> None:
    case.draw("half", "woningbouw", box(100, 0, 200, 100))
    found = case.dataset("natura2000", SITE).ask("coverage", parameters=DISTANCE)
    assert found.found.measured.tolist() == [0.5]
    assert shapely.equals(found.found.geometry[0], box(150, 0, 200, 100))


def test_what_is_drawn_supplies_too_unless_it_lapses(case: Case) -> None:
    case.draw("half", "woningbouw", box(100, 0, 200, 100)).draw("park", "recreatie", box(200, 0, 300, 100))
    parameters = DISTANCE | {"supply": (["recreatie"], "legenda")}
    case.dataset("natura2000", SITE)
    assert case.ask("coverage", parameters=parameters).outcome == "voldoet"
    assert case.ask("coverage", slots=[], parameters=parameters).found.measured.tolist() == [0.5]


def test_only_features_larger_than_the_size_have_to_lie_inside(case: Case) -> None:
    case.draw("klein", "woningbouw", box(500, 0, 600, 290)).draw("groot", "woningbouw", box(0, 0, 300, 100))
    found = case.dataset("natura2000", SITE).ask("size-threshold", parameters={"threshold_ha": (2.9, "ha")})
    assert found.feature_outcomes["niet_van_toepassing"] == 1
    assert found.found.measured.tolist() == [2.0]


LEVEL = {"minimum_cm": (20, "cm"), "maximum_cm": (40, "cm")}


def test_a_level_outside_the_limits_breaks_and_ground_without_a_level_cannot_be_judged(case: Case) -> None:
    case.draw("a", "woningbouw", box(0, 0, 300, 100))
    case.dataset("natura2000", SITE, box(100, 0, 200, 100), peil=(0.3, 0.5))
    assert "eenheid" in case.ask("level", parameters=LEVEL).missing[0]
    case.bind("natura2000", own=case.bindings[0]["own"], level={"unit": "m", "field": "peil"})
    found = case.ask("level", parameters=LEVEL)
    assert found.outcome == "overtreedt"
    assert shapely.equals(found.found.geometry[0], box(100, 0, 200, 100))
    assert dict(zip(found.found.outcome.tolist(), found.found.measured.tolist(), strict=True)) == {
        "overtreedt": 1.0,
        "niet_toetsbaar": 1.0,
    }


def test_a_raster_of_levels_is_measured_cell_by_cell(case: Case) -> None:
    case.draw("a", "woningbouw", box(5, 0, 30, 20))
    raster(case.folder / "peil.tif", [[0.3, 0.5, -9999.0], [0.3, 0.3, 0.1]])
    own = {"name": "peil", "place": "peil.tif", "reason": "Een raster voor de proef."}
    found = case.bind("natura2000", own=own, level={"unit": "m", "field": None}).ask("level", parameters=LEVEL)
    broken = found.found.outcome == "overtreedt"
    parts = shapely.MultiPolygon([box(10, 10, 20, 20), box(20, 0, 30, 10)])
    assert shapely.equals(found.found.geometry[broken][0], parts)
    assert shapely.equals(found.found.geometry[~broken][0], box(20, 10, 30, 20))
    assert len(str(found.digest)) == 71


def raster(path: Path, rows: list[list[float]]) -> None:
    from osgeo import gdal, osr

    values = np.array(rows)
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(28992)
    made = gdal.GetDriverByName("GTiff").Create(str(path), values.shape[1], values.shape[0], 1, gdal.GDT_Float64)
    made.SetProjection(reference.ExportToWkt())
    made.SetGeoTransform((0, 10, 0, 20, 0, -10))
    made.GetRasterBand(1).WriteArray(values)
    made.GetRasterBand(1).SetNoDataValue(-9999.0)
    made.FlushCache()


@pytest.mark.parametrize(("area", "outcome"), [(0.9, "voldoet"), (1.5, "overtreedt")])
def test_a_reservation_is_measured_inside_the_object(case: Case, area: float, outcome: str) -> None:
    case.draw("a", "woningbouw", box(0, 0, 200, 100)).dataset("natura2000", SITE)
    assert case.ask("reserve", parameters={"area_ha": (area, "ha")}).outcome == outcome


@pytest.mark.parametrize(("area", "outcome"), [(1, "voldoet"), (0, "overtreedt")])
def test_what_is_taken_of_an_area_is_held_against_the_loss_allowed(case: Case, area: float, outcome: str) -> None:
    case.draw("a", "woningbouw", box(50, 0, 200, 100)).dataset("natura2000", SITE)
    assert case.ask("area-balance", parameters={"loss_ha": (area, "ha")}).outcome == outcome


def test_what_is_drawn_to_make_up_for_a_loss_counts_where_it_is_new(case: Case) -> None:
    case.draw("weg", "woningbouw", box(50, 0, 200, 100)).draw("terug", "natuur_nieuw", box(0, 0, 100, 150))
    case.dataset("natura2000", SITE)
    parameters = {"loss_ha": (0, "ha"), "compensation": (["natuur_nieuw"], "legenda")}
    assert case.ask("area-balance", parameters=parameters).outcome == "voldoet"
    assert case.ask("area-balance", parameters={"loss_ha": (0, "ha")}).found.measured.tolist() == [0.5]


def test_a_reservation_may_lie_around_the_object(case: Case) -> None:
    case.draw("a", "woningbouw", box(100, 0, 300, 100)).dataset("natura2000", SITE)
    found = case.ask("reserve", parameters={"area_ha": (2, "ha"), "distance_m": (100, "m")})
    assert found.found.measured.tolist() == [1.0]


@pytest.mark.parametrize(("units", "outcome"), [(["zonneveld"], "voldoet"), (["woningbouw"], "overtreedt")])
def test_uses_that_do_not_go_with_an_area_break_there(case: Case, units: list[str], outcome: str) -> None:
    case.draw("a", "woningbouw", SITE).dataset("natura2000", SITE)
    assert case.ask("compatibility", parameters={"incompatible": (units, "legenda")}).outcome == outcome


def test_objects_of_two_datasets_together_are_what_lies_in_both(case: Case) -> None:
    case.draw("a", "woningbouw", box(0, 0, 200, 100))
    case.dataset("natura2000", box(0, 0, 120, 100)).dataset("laagveen", box(100, 0, 300, 100))
    slots = ["natura2000", "laagveen"]
    both = case.ask("prohibit-inside", slots=slots, combine="all")
    either = case.ask("prohibit-inside", slots=slots, combine="any")
    assert both.found.measured.tolist() == [0.2]
    assert either.found.measured.tolist() == [2.0]


FIELD = {"field": ("naam", "veld")}
EVERY_KIND: dict[str, dict[str, Any]] = {
    "prohibit-within-distance": DISTANCE,
    "require-within-distance": DISTANCE,
    "coverage": DISTANCE,
    "size-threshold": {"threshold_ha": (3, "ha")},
    "level": LEVEL,
    "min-share": SHARE,
    "max-share": SHARE,
    "prefer-order": ORDER,
    "require-attribute": FIELD,
    "statement": statement(),
    "reserve": {"area_ha": (1, "ha")},
    "area-balance": {"loss_ha": (1, "ha")},
    "compatibility": {"incompatible": (["woningbouw"], "legenda")},
}
ASKED_OF_NOTHING = {"reserve", "min-share"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_not_applicable_or_asked_of_nothing_without_a_crash(case: Case, kind: str) -> None:
    slots = [] if KINDS[kind].OBJECTS == "geen" else ["natura2000"]
    case.dataset("natura2000", SITE)
    found = case.ask(kind, slots=slots, parameters=EVERY_KIND.get(kind, {}))
    assert found.outcome == ("overtreedt" if kind in ASKED_OF_NOTHING else "niet_van_toepassing"), found.message


@pytest.mark.parametrize("kind", [name for name in KINDS if KINDS[name].OBJECTS != "geen"])
def test_every_kind_is_not_testable_without_its_dataset_and_names_the_slot(case: Case, kind: str) -> None:
    found = case.draw("a", "woningbouw", SITE).ask(kind, parameters=EVERY_KIND.get(kind, {}))
    assert found.outcome == "niet_toetsbaar"
    assert "natura2000" in " ".join(found.missing)
    assert found.feature_outcomes["niet_toetsbaar"] == 1


def test_every_kind_has_a_label_and_needs_only_parameters_that_it_takes() -> None:
    for name, kind in KINDS.items():
        assert name == kind.NAME
        assert kind.LABEL
        assert set(kind.REQUIRED) <= set(kind.UNITS)
        assert kind.OBJECTS in {"nodig", "mogelijk", "geen"}
    assert not np.any([kind.measure.__doc__ is None for kind in KINDS.values()])
