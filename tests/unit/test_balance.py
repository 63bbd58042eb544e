"""The balance counts what is drawn for each target, names its features, and tells what it leaves out and why."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from novex_plugin.core.check.balance import balance
from novex_plugin.core.check.balance_files import balance_content, write_balance
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import append
from novex_plugin.core.features.table import attribute_table
from novex_plugin.core.files import check_schema, read_json
from novex_plugin.core.proposal.create import create_proposal
from tests.unit.making_balances import (
    AGREEMENT,
    COUNTRY,
    LIMBURG,
    MOMENT,
    Feature,
    amount,
    areas,
    feature,
    filled,
    goal,
    goals,
    line,
    place,
    share_of,
    square,
    total,
    words,
)


def test_what_is_drawn_counts_in_its_province_and_in_the_country(tmp_path: Path) -> None:
    path = filled(
        tmp_path,
        [feature("a"), feature("b", provincie="PV20", precisie="concreet", status="afgesproken")],
        [amount("a", 1000.0), amount("a", 200.0, jaar=2030, status="voorgesteld"), amount("b", 30.0)],
    )
    result = balance(path, "basis", None, MOMENT)
    limburg, country = line(result), line(result, COUNTRY)
    assert (limburg.drawn, limburg.remaining, limburg.surplus, limburg.features) == (1200, 25_350, 0, ("a",))
    assert (country.drawn, country.features) == (1230, ("a", "b"))
    assert {code: part.drawn for code, part in country.by_precision.items() if part.drawn} == {
        "indicatief": 1200,
        "concreet": 30,
    }
    assert {code: (part.drawn, part.features) for code, part in country.by_status.items() if part.drawn} == {
        "idee": (1000, ("a",)),
        "voorgesteld": (200, ("a",)),
        "afgesproken": (30, ("b",)),
    }


def test_own_targets_are_those_of_the_province_of_places_in_it_and_of_the_country(tmp_path: Path) -> None:
    own = balance(filled(tmp_path, [], []), "basis", None, MOMENT).targets
    kinds = {(each.place_kind, each.own) for each in own}
    assert {("land", True), ("provincie", True), ("provincie", False), ("novex", False), ("regio", True)} <= kinds
    assert all(each.own for each in own if each.place_code in ("NL", "PV31"))


def test_every_indicator_has_a_total_for_each_place_and_year_with_the_contributions_it_is_made_of(
    tmp_path: Path,
) -> None:
    path = filled(tmp_path, [feature("a"), feature("b", provincie="PV20")], [amount("a", 7.0), amount("b", 5.5)])
    result = balance(path, "basis", None, MOMENT)
    found = {(each.indicator, each.place_code, each.year) for each in result.totals}
    years = {each.id: (*each.years, None) for each in AGREEMENT.indicators}
    assert found == {(name, code, year) for name in years for code in ("NL", "PV20", "PV31") for year in years[name]}
    whole = total(result, "NL")
    assert (whole.unit, whole.adds, whole.drawn) == ("woningen", "sum", 12.5)
    assert whole.definition == AGREEMENT.indicator["woningen"].definition.nl
    assert [(each.feature, each.contribution, each.value, each.share) for each in whole.parts] == [
        ("a", "b0", 7, 1),
        ("b", "b1", 5.5, 1),
    ]
    assert total(result, "PV31", "vermogen").drawn == 0


def test_more_than_the_minimum_is_surplus_and_nothing_remains(tmp_path: Path) -> None:
    limburg = line(balance(filled(tmp_path, [feature("a")], [amount("a", 26_551.5)]), "basis", None, MOMENT))
    assert (limburg.outcome, limburg.remaining, limburg.surplus) == ("gehaald", 0, 1.5)


@pytest.mark.parametrize(
    ("comparator", "minimum", "maximum", "value", "outcome"),
    [
        ("ten-minste", 100, None, 99.5, "tekort"),
        ("ten-minste", 100, None, 100.0, "gehaald"),
        ("meer-dan", 100, None, 100.0, "tekort"),
        ("meer-dan", 100, None, 101.0, "gehaald"),
        ("ten-hoogste", None, 100, 100.0, "gehaald"),
        ("ten-hoogste", None, 100, 101.0, "overschot"),
        ("minder-dan", None, 100, 100.0, "overschot"),
        ("minder-dan", None, 100, 99.0, "gehaald"),
        ("gelijk", 100, 100, 99.0, "tekort"),
        ("gelijk", 100, 100, 100.0, "gehaald"),
        ("gelijk", 100, 100, 101.0, "overschot"),
        ("circa", 100, 100, 94.9, "tekort"),
        ("circa", 100, 100, 95.0, "gehaald"),
        ("circa", 100, 100, 105.0, "gehaald"),
        ("circa", 100, 100, 105.1, "overschot"),
        ("tussen", 90, 110, 89.0, "tekort"),
        ("tussen", 90, 110, 110.0, "binnen-bandbreedte"),
        ("tussen", 90, 110, 111.0, "overschot"),
    ],
)
def test_a_target_is_reached_missed_or_passed_as_its_comparator_says(
    tmp_path: Path, comparator: str, minimum: int | None, maximum: int | None, value: float, outcome: str
) -> None:
    asked = goals(tmp_path, goal("g", comparator=comparator, minimum=minimum, maximum=maximum))
    found = line(balance(filled(tmp_path, [feature("a")], [amount("a", value)]), "basis", asked, MOMENT), "g")
    assert (found.drawn, found.outcome) == (value, outcome)
    assert (found.reading is not None) == (comparator == "circa")


def test_a_target_without_a_year_counts_all_years_from_its_first_and_says_so(tmp_path: Path) -> None:
    asked = goals(tmp_path, goal("g", from_year=2028, year=None))
    amounts = [amount("a", 1.0, jaar=2027), amount("a", 10.0, jaar=2028), amount("a", 100.0, jaar=2061)]
    result = balance(filled(tmp_path, [feature("a")], amounts), "basis", asked, MOMENT)
    assert line(result, "g").drawn == 110
    assert line(result, "g").reading == "Het doel noemt geen jaar: alle jaren vanaf 2028 tellen mee."


@pytest.mark.parametrize(
    ("kind", "code", "missing"),
    [
        ("cluster", "cluster-x", "een vlak cluster-x in AREAS"),
        ("gemeente", "gem-x", "een vlak gem-x in AREAS"),
        ("novex", "novex-de-peel", "een vlak novex-de-peel in AREAS, of het veld novex_gebied"),
    ],
)
def test_a_target_for_a_place_that_nothing_tells_cannot_be_tested_and_says_what_is_missing(
    tmp_path: Path, kind: str, code: str, missing: str
) -> None:
    asked = goals(tmp_path, goal("g", place=place(kind, code, "Gebied")))
    result = balance(filled(tmp_path, [feature("a")], [amount("a")]), "basis", asked, MOMENT)
    found = line(result, "g")
    assert (found.outcome, found.drawn, found.remaining, found.surplus) == ("niet_toetsbaar", None, None, None)
    assert missing in str(found.missing)
    untestable = "1 doelen die deze provincie raken zijn niet te toetsen; hun regel zegt wat ontbreekt: g"
    assert untestable in result.notes


def test_lapsed_features_and_other_variants_do_not_count(tmp_path: Path) -> None:
    features = [feature("a"), feature("b", rol="vervalt"), feature("c", variant="hoog")]
    path = filled(tmp_path, features, [amount("a", 1.0), amount("b", 10.0), amount("c", 100.0)])
    append(path, "variant", attribute_table("variant", {"id": words(["hoog"]), "naam": words(["Hoog"])}))
    result = balance(path, "basis", None, MOMENT)
    assert line(result).drawn == 1
    assert "1 bijdragen van objecten met rol vervalt tellen niet mee" in result.notes
    assert line(balance(path, "hoog", None, MOMENT)).drawn == 100


@pytest.mark.parametrize(
    ("values", "field", "word"),
    [
        ({"kenmerk": "z"}, "kenmerk", "geen object"),
        ({"waarde": -5.0}, "waarde", "-5.0 kan niet"),
        ({"waarde": "veel"}, "waarde", "geen getal"),
        ({"waarde": float("inf")}, "waarde", "geen getal"),
        ({"waarde": 1e308}, "waarde", "te groot"),
        ({"eenheid": "ha"}, "eenheid", "niet de eenheid van woningen"),
    ],
)
def test_a_contribution_that_cannot_be_is_named_and_not_counted(
    tmp_path: Path, values: Feature, field: str, word: str
) -> None:
    path = filled(tmp_path, [feature("a")], [amount("a"), {**amount("a"), **values}])
    result = balance(path, "basis", None, MOMENT)
    assert line(result).drawn == 100
    named = [note for note in result.notes if note.startswith(f"tabel bijdrage, rij 2, veld {field}: ")]
    assert len(named) == 1
    assert word in named[0]
    assert "telt niet mee" in named[0]


@pytest.mark.parametrize(("column", "value", "word"), [("indicator", "geluk", "geluk"), ("eenheid", "", "ontbreekt")])
def test_a_contribution_with_an_unknown_indicator_or_no_unit_is_named_and_not_counted(
    tmp_path: Path, column: str, value: str, word: str
) -> None:
    path = filled(tmp_path, [feature("a")], [amount("a"), amount("a")])
    forced(path, "bijdrage", column, value, 2)
    result = balance(path, "basis", None, MOMENT)
    assert line(result).drawn == 100
    named = [note for note in result.notes if f"rij 2, veld {column}" in note]
    assert len(named) == 1
    assert word in named[0]


def forced(path: Path, table: str, column: str, value: Any, fid: int) -> None:
    """Write what the constraints would not let through, as another program might."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE fid = ?", (value, fid))
        connection.commit()


@pytest.mark.parametrize("value", ["", "PV99"])
def test_a_feature_without_a_province_counts_in_the_country_and_in_a_place_of_its_own(
    tmp_path: Path, value: str
) -> None:
    path = filled(tmp_path, [feature("a"), feature("b")], [amount("a", 1.0), amount("b", 10.0)])
    forced(path, "voorstel_vlak", "provincie", value, 2)
    result = balance(path, "basis", None, MOMENT)
    assert [total(result, code).drawn for code in ("NL", "PV31", "zonder-provincie")] == [11, 1, 10]
    assert [note for note in result.notes if note.startswith("tabel voorstel_vlak, rij 2, veld provincie: object b")]


@pytest.mark.parametrize("year", [2051, 1999])
def test_a_year_outside_the_horizon_is_named_and_counts_only_where_no_year_is_set(tmp_path: Path, year: int) -> None:
    path = filled(tmp_path, [feature("a")], [amount("a", 1.0), amount("a", 10.0, jaar=year)])
    result = balance(path, "basis", None, MOMENT)
    assert [total(result, "PV31", year=each).drawn for each in (2030, 2050, None)] == [1, 1, 11]
    named = [note for note in result.notes if note.startswith("tabel bijdrage, rij 2, veld jaar: ")]
    assert f"{year} valt buiten de horizon" in named[0]


def test_a_year_that_is_no_number_is_named_and_the_feature_tells_it(tmp_path: Path) -> None:
    path = filled(tmp_path, [feature("a", horizon=2050)], [amount("a", 1.0)])
    forced(path, "bijdrage", "jaar", "later", 1)
    result = balance(path, "basis", None, MOMENT)
    assert [total(result, "PV31", year=each).drawn for each in (2030, 2050)] == [0, 1]
    assert "tabel bijdrage, rij 1, veld jaar: 'later' is geen jaar; dat van het object geldt" in result.notes


@pytest.mark.parametrize(
    ("owner", "values", "word"),
    [
        (feature("a"), {"jaar": 2029}, "staat er voor dit object en jaar al"),
        (feature("a", rol="bestaand"), {"jaar": 2028}, "rol bestaand"),
        (feature("a", legenda="recreatie"), {"jaar": 2028}, "hoort niet bij de legenda-eenheid recreatie"),
        (feature("a", horizon=None), {"jaar": None}, "geen jaar, eindjaar of horizon"),
    ],
)
def test_what_counts_but_may_not_be_meant_so_is_named(
    tmp_path: Path, owner: Feature, values: Feature, word: str
) -> None:
    result = balance(filled(tmp_path, [owner], [amount("a"), amount("a", **values)]), "basis", None, MOMENT)
    assert line(result).drawn == 200
    assert [note for note in result.notes if note.startswith("tabel bijdrage, rij 2") and word in note]


def test_an_area_that_is_more_than_the_feature_is_named(tmp_path: Path) -> None:
    more = amount("a", 5.0, indicator="oppervlakte_natuur", eenheid="ha")
    result = balance(filled(tmp_path, [feature("a", legenda="natuur_nieuw")], [more]), "basis", None, MOMENT)
    assert [note for note in result.notes if "meer dan het getekende object groot is" in note]


def test_an_area_that_says_nothing_of_its_size_does_not_count_and_is_named(tmp_path: Path) -> None:
    features = [feature(each, legenda="natuur_nieuw") for each in "ab"]
    path = filled(tmp_path, features, [amount("a", 1.0, indicator="oppervlakte_natuur", eenheid="ha")])
    result = balance(path, "basis", None, MOMENT)
    assert total(result, "NL", "oppervlakte_natuur").drawn == 1
    said = "natuur_nieuw: objecten zonder bijdrage, die nergens voor meetellen: 1, getekend als samen 1,0\u00a0ha; "
    assert [note for note in result.notes if note.startswith(said) and note.endswith(" (b)")]


def test_the_year_is_the_contributions_own_then_the_features_end_then_its_horizon(tmp_path: Path) -> None:
    features = [feature("a"), feature("b", eind_jaar=2040), feature("c", horizon=2050), feature("d", horizon=2050)]
    amounts = [amount("a", 1.0, jaar=None), amount("b", 10.0, jaar=None), amount("c", 100.0, jaar=None)]
    path = filled(tmp_path, features, [*amounts, amount("d", 1000.0, jaar=2025)])
    result = balance(path, "basis", goals(tmp_path, goal("g")), MOMENT)
    assert line(result, "g").drawn == 1001
    assert "110\u00a0woningen (woningen) van 2 objecten: buiten de jaren van alle doelen" in result.notes


def test_a_share_is_the_mean_weighed_by_what_it_is_a_share_of(tmp_path: Path) -> None:
    asked = goals(tmp_path, goal("g", indicator="aandeel_betaalbaar", unit="%", minimum=66.67))
    amounts = [amount("a", 300.0), share_of("a", 50.0), amount("b", 600.0), share_of("b", 75.0)]
    path = filled(tmp_path, [feature("a"), feature("b", status="afgesproken")], amounts)
    result = balance(path, "basis", asked, MOMENT)
    found = total(result, "PV31", "aandeel_betaalbaar")
    assert found.drawn == pytest.approx((300 * 50 + 600 * 75) / 900)
    assert found.drawn == line(result, "g").drawn
    assert (found.by_status["idee"], found.by_status["afgesproken"], found.by_status["verkenning"]) == (50, 75, None)
    assert [(each.value, each.weight) for each in found.parts] == [(50, 300), (75, 600)]
    assert line(result, "g").outcome == "gehaald"  # two thirds, which the target writes as 66.67


def test_a_share_without_its_weight_in_the_same_year_is_named_and_does_not_count(tmp_path: Path) -> None:
    amounts = [amount("a", 300.0), share_of("a", 50.0), amount("b", 600.0, jaar=2028), share_of("b", 75.0)]
    result = balance(filled(tmp_path, [feature("a"), feature("b")], amounts), "basis", None, MOMENT)
    assert total(result, "PV31", "aandeel_betaalbaar").drawn == 50
    named = [note for note in result.notes if note.startswith("tabel bijdrage, rij 4, veld indicator: ")]
    assert "woningen van dit object en jaar ontbreekt" in named[0]


def test_two_shares_of_one_feature_and_year_divide_its_weight(tmp_path: Path) -> None:
    amounts = [amount("a", 100.0), share_of("a", 40.0), share_of("a", 60.0), amount("b", 100.0), share_of("b", 80.0)]
    result = balance(filled(tmp_path, [feature("a"), feature("b")], amounts), "basis", None, MOMENT)
    assert total(result, "PV31", "aandeel_betaalbaar").drawn == 65


def test_a_share_of_nothing_cannot_be_tested(tmp_path: Path) -> None:
    asked = goals(tmp_path, goal("g", indicator="aandeel_betaalbaar", unit="%", minimum=50))
    result = balance(filled(tmp_path, [feature("a")], [amount("a")]), "basis", asked, MOMENT)
    assert (line(result, "g").outcome, line(result, "g").drawn) == ("niet_toetsbaar", None)
    assert "aandeel_betaalbaar" in str(line(result, "g").missing)


def test_json_and_csv_follow_the_schema_and_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    features = [feature("a", square(190_000)), feature("b", square(190_050)), feature("c", square(190_160))]
    amounts = [amount("a", 1200.0), amount("b", 10.0), share_of("a", 60.0), amount("c", 1 / 3)]
    path = filled(tmp_path, features, amounts)
    drawn = areas({"Limburg": square(180_000, 10_190, 355_000), "Groningen": square(190_190, 9_000, 355_000)})
    for name in ("een", "twee"):
        result = balance(path, "basis", None, MOMENT, drawn)
        write_balance(result, tmp_path / f"{name}.json", tmp_path / f"{name}.csv")
    assert (tmp_path / "een.json").read_bytes() == (tmp_path / "twee.json").read_bytes()
    assert (tmp_path / "een.csv").read_bytes() == (tmp_path / "twee.csv").read_bytes()
    content = read_json(tmp_path / "een.json", "balance")
    assert (content["moment"], content["variant"]) == ("2026-11-20T08:00:00Z", "basis")
    assert len(content["double_claims"]) == 1
    with (tmp_path / "een.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["doel"]: row for row in csv.DictReader(stream, delimiter=";")}
    assert len(rows) == len(content["targets"])
    names = ("getekend", "resteert", "uitkomst", "vergelijking", "plaatssoort", "objecten")
    assert [rows[LIMBURG][name] for name in names] == [
        "1205.1",
        "25344.9",
        "tekort",
        "ten-minste",
        "provincie",
        "3",
    ]


def test_an_unknown_variant_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="basis"):
        balance(filled(tmp_path, [feature("a")], []), "hoog", None, MOMENT)


def test_a_proposal_without_features_or_contributions_has_a_balance(tmp_path: Path) -> None:
    path = tmp_path / "leeg.gpkg"
    create_proposal(path, "PV31", "basis", AGREEMENT, MOMENT)
    result = balance(path, "basis", None, MOMENT)
    check_schema(json.loads(json.dumps(balance_content(result))), "balance")
    assert {each.drawn for each in result.targets} == {0, None}
    assert {each.drawn for each in result.targets if each.place_kind in ("land", "provincie") and each.unit != "%"} == {
        0
    }
    assert not any(each.parts for each in result.totals)


def test_values_outside_the_agreement_that_a_total_may_rest_on_are_told(tmp_path: Path) -> None:
    notes = balance(filled(tmp_path, [feature("a", meervoudig="onzin")], []), "basis", None, MOMENT).notes
    assert notes[0].startswith(
        "objecten wijken op 1 plaatsen af van de afspraken; de eerste: tabel voorstel_vlak, rij 1"
    )
