"""What a rule may say about whom, where, when and except whom; and where a file that says more is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novex_plugin.core.errors import InputError
from novex_plugin.core.json_lines import line_of
from novex_plugin.core.rules.catalogue import read_catalogue
from tests.unit.making_checks import Case, box, rule, rule_file

SITE = box(0, 0, 100, 100)
HOMES: dict[str, Any] = {"groups": ["woningbouw"], "legend": [], "roles": ["nieuw"]}


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path).dataset("natura2000", box(-1000, -1000, 1000, 1000))


@pytest.mark.parametrize(
    ("choice", "asked"),
    [
        ({}, {"vroeg", "laat", "klein"}),
        ({"status": ["vastgesteld"]}, {"laat"}),
        ({"precision": ["zoekgebied"]}, {"vroeg"}),
        ({"size_ha": {"from": 1, "until": None}}, {"vroeg", "laat"}),
        ({"size_ha": {"from": None, "until": 0.5}}, {"klein"}),
        ({"year": {"from": 2035, "until": None}}, {"laat", "klein"}),
        ({"year": {"from": None, "until": 2029}}, {"vroeg", "klein"}),
    ],
)
def test_a_rule_speaks_about_the_features_it_chooses(case: Case, choice: dict[str, Any], asked: set[str]) -> None:
    case.draw("vroeg", "woningbouw", SITE, precisie="zoekgebied", start_jaar=2026, eind_jaar=2030)
    case.draw("laat", "woningbouw", SITE, status="vastgesteld", start_jaar=2031, horizon=2050)
    case.draw("klein", "woningbouw", box(0, 0, 50, 50))
    found = case.ask("prohibit-inside", subject=HOMES | choice)
    drawn = ["klein", "laat", "vroeg"]  # in the order of their ids
    assert {drawn[row] for row in found.found.rows.tolist()} == asked


def test_a_rule_about_an_area_asks_only_the_features_that_lie_there(case: Case) -> None:
    case.draw("kust", "woningbouw", SITE).draw("land", "woningbouw", box(500, 0, 600, 100))
    place = {"provinces": "alle", "area_types": [], "area_slots": ["verziltend-kust"]}
    without = case.ask("prohibit-inside", applies=place)
    assert "verziltend-kust" in without.missing[0]
    found = case.dataset("verziltend-kust", box(-50, -50, 150, 150)).ask("prohibit-inside", applies=place)
    assert (found.features, len(found.found.rows)) == (1, 1)
    case.dataset("laagveen", box(5000, 0, 5100, 100))
    nobody = case.ask("prohibit-inside", applies=place | {"area_slots": ["laagveen"]})
    assert nobody.outcome == "niet_van_toepassing"


def test_a_rule_of_a_novex_area_asks_only_the_features_that_name_it(case: Case) -> None:
    case.draw("erin", "woningbouw", SITE, novex_gebied="novex-de-peel").draw("elders", "woningbouw", SITE)
    place = {"provinces": "alle", "area_types": [], "novex_areas": ["novex-de-peel"]}
    assert case.ask("prohibit-inside", applies=place).features == 1
    other = case.ask("prohibit-inside", applies=place | {"novex_areas": ["novex-zuid-limburg"]})
    assert other.outcome == "niet_van_toepassing"
    assert "novex-zuid-limburg" in other.message


@pytest.mark.parametrize(
    ("days", "outcome"),
    [
        ({"from_date": "2026-11-20"}, "overtreedt"),
        ({"from_date": "2026-11-21"}, "niet_van_toepassing"),
        ({"until_date": "2026-11-20"}, "overtreedt"),
        ({"until_date": "2026-11-19"}, "niet_van_toepassing"),
    ],
)
def test_a_rule_holds_from_and_until_its_days(case: Case, days: dict[str, str], outcome: str) -> None:
    case.draw("a", "woningbouw", SITE)
    assert case.ask("prohibit-inside", applies={"provinces": "alle", "area_types": []} | days).outcome == outcome


def exception(**values: Any) -> list[dict[str, Any]]:
    return [{"id": "vastgesteld", "nl": "Wat vaststaat, mag.", "en": "What is fixed may stay."} | values]


def test_an_exception_for_a_sort_of_feature_takes_its_findings_away_and_is_counted(case: Case) -> None:
    case.draw("vast", "woningbouw", SITE, status="vastgesteld").draw("idee", "woningbouw", SITE)
    fixed = exception(subject=HOMES | {"status": ["vastgesteld"]})
    found = case.ask("prohibit-inside", exceptions=fixed, hardness="verbod")
    assert found.exceptions_used == {"vastgesteld": 1}
    assert found.feature_outcomes["niet_van_toepassing"] == found.feature_outcomes["overtreedt"] == 1
    assert "Wat vaststaat, mag." in found.found.message[found.found.outcome == "niet_van_toepassing"][0]


def test_an_exception_on_other_ground_takes_away_what_lies_wholly_on_it(case: Case) -> None:
    case.draw("erop", "woningbouw", SITE).draw("half", "woningbouw", box(50, 0, 150, 100))
    lying = exception(slots=["bebouwd-gebied"])
    unbound = case.ask("prohibit-inside", exceptions=lying)
    assert unbound.feature_outcomes["overtreedt"] == 2
    assert "bebouwd-gebied" in unbound.found.message[0]
    found = case.dataset("bebouwd-gebied", box(0, 0, 120, 100)).ask("prohibit-inside", exceptions=lying)
    assert (found.exceptions_used, found.feature_outcomes["overtreedt"]) == ({"vastgesteld": 1}, 1)


def test_an_exempt_feature_does_not_weigh_in_a_total(case: Case) -> None:
    case.draw("vast", "woningbouw", SITE, status="vastgesteld").draw("idee", "woningbouw", box(200, 0, 300, 100))
    fixed = exception(subject=HOMES | {"status": ["vastgesteld"]})
    found = case.ask("area-balance", parameters={"loss_ha": (0, "ha")}, exceptions=fixed)
    assert found.found.measured.tolist() == [1.0]
    assert found.exceptions_used == {"vastgesteld": 1}


def written(folder: Path, change: Any) -> Path:
    """A rule file of two rules, written out over lines, of which the second was changed."""
    first, second = rule("prohibit-inside"), rule("prohibit-inside", id="proef-2")
    change(second)
    path = rule_file(folder, first, second)
    path.write_text(json.dumps(json.loads(path.read_text()), indent=1))
    return path


def put(*place: Any) -> Any:
    *path, name, value = place

    def change(entry: dict[str, Any]) -> None:
        for each in path:
            entry = entry[each]
        entry[name] = value

    return change


@pytest.mark.parametrize(
    ("change", "said", "allowed", "marked"),
    [
        (put("kleur", "rood"), "kleur", "hardness", '"kleur"'),
        (put("subject", "laag", 1), "laag", "groups", '"laag"'),
        (put("kind", "verbied"), "verbied", "prohibit-inside", '"verbied"'),
        (put("hardness", "zacht"), "zacht", "voorkeur", '"zacht"'),
        (put("status", "oud"), "oud", "geldend", '"oud"'),
        (put("subject", "legend", ["woningbouw", "kasteel"]), "kasteel", "woningbouw_hoogstedelijk", '"kasteel"'),
        (put("subject", "status", ["af"]), "af", "vastgesteld", '"af"'),
        (put("objects", "slots", ["natura2000", "maan"]), "maan", "laagveen", '"maan"'),
        (put("applies", "area_slots", ["maan"]), "maan", "laagveen", '"maan"'),
        (put("applies", "novex_areas", ["novex-maan"]), "novex-maan", "novex-de-peel", '"novex-maan"'),
        (put("parameters", {"ver": {"value": 1, "unit": "m", "source": "bron"}}), "ver", "niets", '"ver"'),
        (put("exceptions", [{"id": "a", "nl": "b", "en": "c", "slots": ["maan"]}]), "maan", "laagveen", '"maan"'),
        (put("applies", "from_date", "2026-13-01"), "2026-13-01", "jaar-maand-dag", '"from_date"'),
    ],
)  # fmt: skip
def test_an_unknown_word_is_refused_with_its_line_and_what_is_allowed(
    tmp_path: Path, change: Any, said: str, allowed: str, marked: str
) -> None:
    path = written(tmp_path, change)
    with pytest.raises(InputError) as refused:
        read_catalogue(path)
    assert said in refused.value.problem
    assert allowed in refused.value.remedy
    line = refused.value.line
    assert line is not None
    assert marked in path.read_text().splitlines()[line - 1]
    assert f"regelnummer {line}" in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "parameters", "field"),
    [
        ("prohibit-within-distance", {}, "parameters"),
        ("prohibit-within-distance", {"distance_m": (1, "km")}, "parameters.distance_m.unit"),
        ("prohibit-within-distance", {"distance_m": ("ver", "m")}, "parameters.distance_m.value"),
        ("level", {}, "parameters"),
        ("coverage", {}, "parameters"),
        ("require-attribute", {"field": ("kleur", "veld")}, "parameters.field.value"),
        ("require-attribute", {"indicator": ("geluk", "indicator")}, "parameters.indicator.value"),
        (
            "statement",
            {"statement": ("onbekend", "verklaring"), "scope": ("object", "bereik")},
            "parameters.statement.value",
        ),
        (
            "statement",
            {"statement": ("maatlat", "verklaring"), "scope": ("maan", "bereik")},
            "parameters.scope.value",
        ),
        ("min-share", {"share_pct": (1, "%"), "part": ("woningen", "indicator")}, "parameters"),
        ("compatibility", {"incompatible": (["kasteel"], "legenda")}, "parameters.incompatible.value"),
    ],
)
def test_a_parameter_that_the_kind_cannot_use_is_refused(
    tmp_path: Path, kind: str, parameters: dict[str, Any], field: str
) -> None:
    with pytest.raises(InputError) as refused:
        read_catalogue(rule_file(tmp_path, rule(kind, parameters=parameters)))
    assert refused.value.field == field
    assert refused.value.row == "proef-1"


CONTENT = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


def places(content: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    members = content.items() if isinstance(content, dict) else enumerate(content if isinstance(content, list) else [])
    return [place, *(deeper for name, value in members for deeper in places(value, (*place, name)))]


@given(CONTENT)
def test_every_value_of_a_json_text_is_found_on_a_line_of_its_own(content: Any) -> None:
    text = json.dumps(content, indent=1, ensure_ascii=False)
    found = [line_of(text, place) for place in places(content)]
    assert found == sorted(found, key=lambda line: line or 0)
    assert None not in found
    assert line_of(text, ("nergens", 3)) is None
    for place, line in zip(places(content), found, strict=True):
        if place and isinstance(place[-1], str):
            assert text.split("\n")[line - 1].strip(" ").startswith(json.dumps(place[-1], ensure_ascii=False))
