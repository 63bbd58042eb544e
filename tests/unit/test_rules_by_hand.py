"""Outcomes worked out by hand where arithmetic, shapes or exceptions meet at an edge, and files made to do harm."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from novex_plugin.core.check.criteria import read_criteria
from novex_plugin.core.check.run import write_findings
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import read_layer
from novex_plugin.core.rules.bindings import read_bindings
from novex_plugin.core.rules.catalogue import read_catalogues
from tests.unit.making_checks import Case, box, rule, rule_file

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


AFFORDABLE = {
    "share_pct": (66.67, "%"),
    "part": ("aandeel_betaalbaar", "indicator"),
    "whole": ("woningen", "indicator"),
}
DECIDED = HOMES | {"status": ["vastgesteld"]}
EARLIER = {"id": "eerder", "nl": "Eerder vastgesteld.", "en": "Decided before.", "subject": DECIDED}
DRY = {"id": "droog", "nl": "Op droge grond.", "en": "On dry ground.", "slots": ["laagveen"]}


def contribution(case: Case, kenmerk: str, indicator: str, value: float, unit: str) -> None:
    row = {"kenmerk": kenmerk, "indicator": indicator, "waarde": value, "eenheid": unit, "jaar": 2030, "status": None}
    case.write("bijdrage", id=f"{indicator}-{kenmerk}", **row)


@pytest.mark.parametrize("kind", ["min-share", "max-share"])
def test_an_exempt_feature_without_its_share_does_not_stop_the_measuring_of_others(case: Case, kind: str) -> None:
    case.draw("b", "woningbouw", SITE, status="vastgesteld")
    contribution(case, "b", "woningen", 100, "woningen")
    alone = case.ask(kind, slots=[], parameters=AFFORDABLE, exceptions=[EARLIER])
    assert (alone.outcome, alone.feature_outcomes["niet_van_toepassing"]) == ("niet_van_toepassing", 1)
    case.draw("a", "woningbouw", SITE)
    contribution(case, "a", "woningen", 100, "woningen")
    contribution(case, "a", "aandeel_betaalbaar", 66.67, "%")
    found = case.ask(kind, slots=[], parameters=AFFORDABLE, exceptions=[EARLIER])
    assert (found.outcome, found.exceptions_used) == ("voldoet", {"eerder": 1})


def test_nobody_asks_an_exempt_feature_for_its_step(case: Case) -> None:
    case.draw("a", "woningbouw", SITE, status="vastgesteld")
    order = {"order": (["eerst", "dan"], "volgorde")}
    assert case.ask("prefer-order", slots=[], parameters=order, exceptions=[EARLIER]).outcome == "niet_van_toepassing"


def test_what_lies_on_the_ground_of_an_exception_counts_for_no_loss(case: Case) -> None:
    case.draw("droog", "woningbouw", SITE).draw("half", "woningbouw", box(150, 0, 250, 100))
    case.dataset("natura2000", box(0, 0, 300, 100))
    loss: dict[str, Any] = {"parameters": {"loss_ha": (0, "ha")}, "exceptions": [DRY]}
    open_ = case.ask("area-balance", **loss).found
    assert open_.measured.tolist() == [2.0]
    assert "niet te zeggen: voor laagveen is geen dataset gekoppeld" in open_.message[0]
    found = case.dataset("laagveen", box(-10, -10, 200, 110)).ask("area-balance", **loss)
    assert found.found.measured.tolist() == [1.0]
    assert found.exceptions_used == {"droog": 1}
    assert found.feature_outcomes["niet_van_toepassing"] == 1


def test_an_exception_goes_before_an_explanation(case: Case) -> None:
    case.draw("a", "woningbouw", SITE, status="vastgesteld").draw("b", "woningbouw", SITE)
    case.explain("proef-1", "a").explain("proef-1", "b").dataset("natura2000", SITE)
    found = case.ask("prohibit-inside", exceptions=[EARLIER])
    assert found.found.outcome.tolist() == ["niet_van_toepassing", "gemotiveerd"]
    assert found.outcome == "gemotiveerd"


def test_a_use_that_does_not_fit_is_found_where_it_shares_its_ground_with_one_that_does(case: Case) -> None:
    case.draw("a", "zonneveld", SITE, meervoudig="recreatie, woningbouw").dataset("natura2000", SITE)
    wrong = {"incompatible": (["woningbouw"], "legenda")}
    assert case.ask("compatibility", parameters=wrong).found.measured.tolist() == [1.0]


def test_an_infinite_level_is_no_level(case: Case) -> None:
    case.draw("a", "woningbouw", SITE).dataset("natura2000", SITE, peil=(float("inf"),))
    case.bind("natura2000", own=case.bindings[0]["own"], level={"unit": "m", "field": "peil"})
    found = case.ask("level", parameters={"maximum_cm": (40, "cm")}).found
    assert found.outcome.tolist() == ["niet_toetsbaar"]


def test_two_findings_about_the_very_same_thing_are_both_written(case: Case) -> None:
    for name in "abc":
        case.draw(name, "woningbouw", SITE)
    case.write("verklaring", id="v", kenmerk="a", variant="basis", verklaring="maatlat", waarde="misschien")
    question = {"statement": ("maatlat", "verklaring"), "scope": ("object", "bereik")}
    asked = rule("statement", slots=[], parameters=question)
    twice = rule("max-share", id="proef-2", parameters=HALF)
    case.dataset("natura2000", SITE, SITE)
    result = case.run(rule_file(case.folder, asked, twice))
    ids = result.findings.columns["id"].tolist()
    assert len(ids) == len(set(ids)) == 4
    write_findings(result, case.folder / "bevindingen.gpkg", case.folder / "bevindingen.json")
    assert len(read_layer(case.folder / "bevindingen.gpkg", "bevinding_zonder_geometrie")) == 2
    assert case.run(rule_file(case.folder, asked, twice)).findings.columns["id"].tolist() == ids


@pytest.mark.parametrize("distance", [10**400, 1e308, 1_000_000_001])
def test_a_distance_beyond_the_earth_is_refused_in_rules_and_in_bindings(case: Case, distance: float) -> None:
    with pytest.raises(InputError, match="ten hoogste een miljard m"):
        case.ask("prohibit-within-distance", parameters={"distance_m": (distance, "m")})
    case.set("proef-1", "distance_m", distance)
    with pytest.raises(InputError, match="ten hoogste een miljard m"):
        case.ask("prohibit-within-distance", parameters={"distance_m": (None, "m")})


def test_a_scale_of_criteria_beyond_all_numbers_is_refused_on_its_line(tmp_path: Path) -> None:
    measure = {"what": "area", "legend": "woningbouw", "value": "ha"}
    entry = {"id": "a", "label": "A", "measure": measure, "direction": "more", "scale": {"worst": 0, "best": 10**400}}
    path = tmp_path / "criteria.json"
    content = {"format": "novex-criteria", "version": "1.0", "title": "Proef", "criteria": [entry]}
    path.write_text(json.dumps(content, indent=1))
    with pytest.raises(InputError, match="te groot") as refused:
        read_criteria(path)
    assert refused.value.field == "scale"
    assert path.read_text().splitlines()[(refused.value.line or 0) - 1].strip().startswith('"scale"')


@pytest.mark.parametrize("level", [None, {"unit": "m", "field": None}])
@pytest.mark.parametrize(
    "place",
    ["../../../../etc/passwd", "/vsicurl/https://example.org/a.gpkg", "https://example.org/a.tif", "a\0b", "a" * 5000],
)
def test_a_place_that_is_no_file_of_ours_leaves_only_its_own_rule_untested(case: Case, place: str, level: Any) -> None:
    own = {"name": "proef", "place": place, "reason": "Een laag voor de proef."}
    case.draw("a", "woningbouw", SITE).bind("natura2000", own=own, **({"level": level} if level else {}))
    asked = rule("level", parameters={"maximum_cm": (1, "cm")}) if level else rule("prohibit-inside")
    field = {"field": ("naam", "veld")}
    other = rule("require-attribute", id="proef-2", slots=[], parameters=field)
    first, second = case.run(rule_file(case.folder, asked, other)).outcomes
    assert (first.outcome, second.outcome) == ("niet_toetsbaar", "overtreedt")
    assert "de koppeling van natura2000 is niet te gebruiken" in first.missing[0]


@pytest.mark.parametrize("grid", [(0, float("nan"), 0, 100, 0, -10), (0, 10, 0, 100, 0, float("nan"))])
def test_a_raster_without_a_size_of_cell_leaves_its_rule_untested(case: Case, grid: tuple[float, ...]) -> None:
    from osgeo import gdal, osr

    reference = osr.SpatialReference()
    reference.ImportFromEPSG(28992)
    made = gdal.GetDriverByName("GTiff").Create(str(case.folder / "peil.tif"), 10, 10, 1, gdal.GDT_Float64)
    made.SetProjection(reference.ExportToWkt())
    made.SetGeoTransform(grid)
    made.FlushCache()
    del made
    own = {"name": "peil", "place": "peil.tif", "reason": "Een raster voor de proef."}
    case.draw("a", "woningbouw", SITE).bind("natura2000", own=own, level={"unit": "m", "field": None})
    assert case.ask("level", parameters={"maximum_cm": (40, "cm")}).outcome == "niet_toetsbaar"


HALF_A_CHARACTER = "Een half \ud800 teken"


def test_half_a_character_is_refused_before_it_stops_the_writing(case: Case, tmp_path: Path) -> None:
    text = {"nl": HALF_A_CHARACTER, "en": HALF_A_CHARACTER}
    with pytest.raises(InputError, match=r"half teken \(U\+D800\)"):
        read_catalogues([rule_file(tmp_path, rule("prohibit-inside", text=text))])
    case.dataset("natura2000", SITE).bindings[0]["own"]["name"] = HALF_A_CHARACTER
    with pytest.raises(InputError, match="half teken"):
        read_bindings(case.bindings_file())
    entry = {"id": "a", "label": HALF_A_CHARACTER, "measure": {"what": "area", "legend": "woningbouw", "value": "ha"}}
    content = {"format": "novex-criteria", "version": "1.0", "title": "Proef", "criteria": [entry]}
    (tmp_path / "criteria.json").write_text(json.dumps(content))
    with pytest.raises(InputError, match="half teken"):
        read_criteria(tmp_path / "criteria.json")
