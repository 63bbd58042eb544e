"""Functions on the same ground: which pairs are told, how they are measured and judged."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from jsonschema import Draft202012Validator

from novex_plugin.core.check.combination_write import combination_content, combination_layers
from novex_plugin.core.check.combinations import Combinations, combinations
from novex_plugin.core.check.drawing import read_drawing
from novex_plugin.core.features.geopackage import append, create, layer_names, read_layer
from novex_plugin.core.files import json_bytes
from novex_plugin.core.resources import SCHEMAS
from novex_plugin.core.rules.combinations import read_combinations
from tests.unit.making_checks import Case, box, damaged

LINE = shapely.LineString


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


def judged(case: Case, **changes: Any) -> Combinations:
    return combinations(read_drawing(case.proposal, "basis"), replace(read_combinations(), **changes))


def rows(case: Case, *names: str, **changes: Any) -> list[tuple[Any, ...]]:
    columns = judged(case, **changes).pairs.columns
    return list(zip(*(columns[name].tolist() for name in names), strict=True))


def told(case: Case) -> list[str]:
    return [message for (message,) in rows(case, "melding")]


def test_overlap_has_its_true_geometry_size_and_judgement(case: Case) -> None:
    case.draw("a", "woningbouw", box(0, 0, 100, 100)).draw("b", "natuur_nieuw", box(60, 0, 200, 100))
    result = judged(case)
    assert shapely.equals(result.pairs.geometry[0], box(60, 0, 100, 100))
    assert rows(case, "eerste", "tweede", "oordeel", "gemeten", "eenheid", "opgegeven") == [
        ("a", "b", "conflict", 0.4, "ha", "geen")
    ]
    assert result.pairs.columns["combinatie"][0] == "natuur-bebouwing"
    assert "gaat niet samen" in told(case)[0]


def test_identical_features_of_two_units_and_of_one(case: Case) -> None:
    case.draw("a", "natuur_nieuw", box(0, 0, 100, 100)).draw("b", "waterberging", box(0, 0, 100, 100))
    case.draw("c", "waterberging", box(0, 0, 100, 100), rol="zoekgebied")
    assert rows(case, "eerste", "tweede", "oordeel", "gemeten") == [
        ("a", "b", "goed", 1.0),
        ("a", "c", "goed", 1.0),
        ("b", "c", "dubbel", 1.0),
    ]
    assert "één keer als nieuw, één keer als zoekgebied" in told(case)[2]


def test_shared_borders_and_slivers_are_no_combination(case: Case) -> None:
    case.draw("a", "woningbouw", box(0, 0, 1000, 1000)).draw("b", "natuur_nieuw", box(1000, 0, 2000, 1000))
    case.draw("c", "natuur_nieuw", box(0, 999.9995, 1000, 2000))  # half a square metre
    assert rows(case, "eerste") == []
    case.draw("d", "natuur_nieuw", box(0, -500, 1000, 0.002))  # two square metres
    assert rows(case, "eerste", "tweede") == [("a", "d")]


def test_the_least_size_that_counts_follows_the_lesser_feature(case: Case) -> None:
    case.draw("a", "windenergiegebied", box(0, 0, 20_000, 20_000)).draw("b", "energiestation", box(-8, 0, 2, 10))
    assert rows(case, "eerste", "tweede", "gemeten") == [("a", "b", 0.002)]
    huge = box(-20_000, 0, 0.02, 20_000)  # overlaps by 400 m2, a millionth of either
    case.draw("c", "natuur_nieuw", huge)
    assert ("a", "c") not in rows(case, "eerste", "tweede")


def test_nested_features_share_the_inner_one(case: Case) -> None:
    case.draw("a", "bedrijventerrein", box(0, 0, 1000, 1000)).draw("b", "groen_stedelijk", box(10, 10, 110, 110))
    assert rows(case, "oordeel", "gemeten") == [("goed", 1.0)]
    assert "Leg deze combinatie vast" in told(case)[0]


def test_lines_count_by_length_and_points_by_number(case: Case) -> None:
    case.draw("a", "woningbouw", box(0, 0, 100, 100)).draw("w", "weg_nieuw", LINE([(-50, 50), (150, 50)]))
    case.draw("t", "windturbine", shapely.Point(10, 10)).draw("r", "windturbine", shapely.Point(0, 20))
    assert rows(case, "eerste", "tweede", "oordeel", "gemeten", "eenheid") == [
        ("a", "w", "voorwaarde", 100.0, "m"),
        ("a", "t", "conflict", 1.0, "aantal"),
    ]


def test_a_road_along_the_edge_lies_on_no_ground_but_its_own(case: Case) -> None:
    case.draw("a", "woningbouw", box(0, 0, 100, 100)).draw("w", "weg_nieuw", LINE([(0, 0), (100, 0)]))
    case.draw("v", "weg_nieuw", LINE([(0, -10), (0, 0.05)]))  # five centimetres
    assert rows(case, "eerste", "tweede") == []


def test_lines_cross_at_a_point_and_of_one_network_only_count_where_they_run_together(case: Case) -> None:
    case.draw("s", "spoor_nieuw", LINE([(0, 0), (100, 0)])).draw("w", "weg_nieuw", LINE([(50, -50), (50, 50)]))
    case.draw("x", "weg_nieuw", LINE([(0, 20), (100, 20)])).draw("y", "weg_nieuw", LINE([(80, 20), (200, 20)]))
    assert sorted(rows(case, "eerste", "tweede", "oordeel", "gemeten", "eenheid")) == [
        ("s", "w", "voorwaarde", 1.0, "aantal"),
        ("x", "y", "dubbel", 20.0, "m"),
    ]


def test_what_lapses_or_cannot_be_measured_is_left_out_and_counted(case: Case) -> None:
    bow_tie = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
    case.draw("a", "woningbouw", box(0, 0, 100, 100)).draw("b", "natuur_nieuw", box(0, 0, 50, 50), rol="vervalt")
    case.draw("c", "natuur_nieuw", bow_tie)
    result = judged(case)
    assert (len(result.pairs), result.lapsed, result.unsound) == (0, 1, 1)


def test_a_feature_without_a_legend_unit_is_left_out_and_counted(case: Case) -> None:
    case.draw("a", "woningbouw", box(0, 0, 100, 100)).draw("b", "natuur_nieuw", box(0, 0, 50, 50))
    damaged(case.proposal, "UPDATE voorstel_vlak SET legenda = '' WHERE id = 'b'")
    result = judged(case)
    assert (len(result.pairs), result.unsound) == (0, 1)


def test_a_unit_outside_the_agreement_is_unknown_to_the_matrix(case: Case) -> None:
    case.draw("a", "woningbouw", box(0, 0, 100, 100)).draw("b", "natuur_nieuw", box(0, 0, 50, 50))
    damaged(case.proposal, "UPDATE voorstel_vlak SET legenda = 'kasteel' WHERE id = 'b'")
    assert rows(case, "tweede_legenda", "oordeel") == [("kasteel", "onbekend")]


def test_a_declared_unit_is_judged_on_the_features_own_ground(case: Case) -> None:
    case.draw("a", "zonneveld", box(0, 0, 100, 100), meervoudig="waterberging, woningbouw", trede=1)
    assert rows(case, "eerste", "tweede", "tweede_legenda", "oordeel", "gemeten", "opgegeven") == [
        ("a", None, "waterberging", "voorwaarde", 1.0, "eerste"),
        ("a", None, "woningbouw", "conflict", 1.0, "eerste"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("waterberging", None, "eerste"), (None, "natuur_nieuw", "tweede"), ("waterberging", "natuur_nieuw", "beide")],
)
def test_a_declaration_on_either_side_is_seen_and_takes_the_hint_away(
    case: Case, first: str | None, second: str | None, expected: str
) -> None:
    case.draw("a", "natuur_nieuw", box(0, 0, 100, 100), meervoudig=first)
    case.draw("b", "waterberging", box(0, 0, 100, 100), meervoudig=second)
    assert rows(case, "eerste", "tweede", "opgegeven") == [("a", "b", expected)]
    assert "Leg deze combinatie vast" not in told(case)[0]


def test_a_declaration_that_is_drawn_only_in_part_is_told_too(case: Case) -> None:
    case.draw("a", "natuur_nieuw", box(0, 0, 100, 100), meervoudig="waterberging,weg_nieuw")
    case.draw("b", "waterberging", box(0, 0, 60, 100)).draw("c", "waterberging", box(60, 0, 100, 90))
    case.draw("w", "weg_nieuw", LINE([(-10, 5), (200, 5)]))
    found = [each for each in rows(case, "eerste", "tweede", "tweede_legenda") if each[0] == "a"]
    drawn = [("a", "b", "waterberging"), ("a", "c", "waterberging"), ("a", "w", "weg_nieuw")]
    assert found == [*drawn, ("a", None, "waterberging")], "the road takes what a road can"
    case.draw("d", "waterberging", box(60, 90, 100, 100))
    assert ("a", None) not in rows(case, "eerste", "tweede")


def test_a_feature_that_names_its_own_unit_is_told(case: Case) -> None:
    case.draw("a", "recreatie", box(0, 0, 100, 100), meervoudig="recreatie")
    assert rows(case, "oordeel", "tweede") == [("dubbel", None)]
    assert "Haal die code daar weg" in told(case)[0]


def test_a_pair_without_an_entry_is_told_as_unknown(case: Case) -> None:
    case.draw("a", "woningbouw", box(0, 0, 100, 100)).draw("b", "recreatie", box(0, 0, 100, 100))
    empty = {"entries": (), "table": np.full_like(read_combinations().table, -1)}
    ((judgement, entry, message),) = rows(case, "oordeel", "combinatie", "melding", **empty)
    assert (judgement, entry) == ("onbekend", None)
    assert "Beoordeel deze combinatie zelf" in message


def test_pairs_and_ids_do_not_depend_on_the_order_of_drawing(tmp_path: Path) -> None:
    features = [
        ("a", "woningbouw", box(0, 0, 100, 100), "recreatie"),
        ("b", "natuur_nieuw", box(50, 0, 150, 100), None),
        ("c", "weg_nieuw", LINE([(0, 10), (200, 10)]), None),
        ("d", "windturbine", shapely.Point(70, 70), None),
    ]
    content = []
    for number, order in enumerate((features, features[::-1], features[2:] + features[:2])):
        folder = tmp_path / str(number)
        folder.mkdir()
        other = Case(folder)
        for name, unit, shape, declared in order:
            other.draw(name, unit, shapely.reverse(shape) if number else shape, meervoudig=declared)
        content.append(json_bytes(combination_content(judged(other))))
    assert content[0] == content[1] == content[2]
    assert content[0].count(b'"id": "') == 1 + 6, "of the matrix and of six pairs"


def test_an_id_stays_until_the_shared_ground_changes(case: Case) -> None:
    case.draw("a", "woningbouw", box(0, 0, 100, 100)).draw("b", "natuur_nieuw", box(50, 0, 150, 100))
    before = rows(case, "id")
    case.draw("z", "woningbouw", box(500, 0, 600, 100))
    assert rows(case, "id") == before
    damaged(case.proposal, "UPDATE voorstel_vlak SET meervoudig = 'natuur_nieuw' WHERE id = 'a'")
    assert rows(case, "id")[0] == before[0]


def test_totals_count_ground_once_however_many_pairs_lie_on_it(case: Case) -> None:
    for name, unit in (("a", "woningbouw"), ("b", "natuur_nieuw"), ("c", "waterberging"), ("d", "windturbine")):
        case.draw(name, unit, shapely.Point(50, 50) if unit == "windturbine" else box(0, 0, 100, 100))
    content = combination_content(judged(case))
    totals = {each["judgement"]: each for each in content["totals"]}
    assert (totals["conflict"]["pairs"], totals["conflict"]["ha"], totals["conflict"]["aantal"]) == (3, 1.0, 1.0)
    assert (totals["goed"]["pairs"], totals["goed"]["declared"], totals["goed"]["ha"]) == (1, 0, 1.0)
    assert [each["judgement"] for each in content["kinds"]] == ["conflict"] * 3 + ["voorwaarde"] * 2 + ["goed"]
    assert sum(each["pairs"] for each in content["kinds"]) == len(content["pairs"]) == 6


def check_part(content: dict[str, Any]) -> None:
    """Hold the content against its part of the schema of findings."""
    parts = json.loads((SCHEMAS / "findings.schema.json").read_text())["$defs"]
    Draft202012Validator({"$ref": "#/$defs/combinations", "$defs": parts}).validate(content)


def test_the_content_follows_its_schema_and_the_layers_can_be_written(case: Case, tmp_path: Path) -> None:
    case.draw("a", "woningbouw", box(0, 0, 100, 100), meervoudig="recreatie")
    case.draw("b", "natuur_nieuw", box(50, 0, 150, 100)).draw("w", "weg_nieuw", LINE([(0, 10), (200, 10)]))
    case.draw("t", "windturbine", shapely.Point(70, 70))
    result = judged(case)
    check_part(combination_content(result))
    layers = combination_layers(result)
    target = tmp_path / "uit.gpkg"
    create(target, [layer for layer, _ in layers])
    for layer, table in layers:
        append(target, layer.name, table)
    assert set(layer_names(target)) == {"combinatie_vlak", "combinatie_lijn", "combinatie_punt"}
    read = {name: read_layer(target, name) for name in layer_names(target)}
    assert {name: len(each) for name, each in read.items()} == {
        "combinatie_vlak": 2,
        "combinatie_lijn": 2,
        "combinatie_punt": 2,
    }
    assert shapely.area(read["combinatie_vlak"].geometry).tolist() == [5_000, 10_000]


def test_nothing_drawn_has_no_combinations(case: Case) -> None:
    content = combination_content(judged(case))
    check_part(content)
    assert content["pairs"] == content["kinds"] == []


def test_a_drawing_that_lies_on_itself_many_times_says_so(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    from novex_plugin.core.check import combinations as module

    monkeypatch.setattr(module, "PAIRS_MAXIMUM", 2)
    for name in "abc":
        case.draw(name, "woningbouw", box(0, 0, 100, 100), meervoudig="recreatie" if name == "a" else None)
    result = judged(case)
    assert result.missing is not None
    assert "2 paren" in result.missing
    assert rows(case, "eerste", "tweede") == [("a", None)]
