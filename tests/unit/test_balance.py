"""The balance counts what is drawn for each target, names its features, and tells what it leaves out and why."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.check.balance import Balance, Line, balance, balance_content, write_balance
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import append
from novex_plugin.core.features.table import FeatureTable, attribute_table
from novex_plugin.core.files import check_schema, read_json
from novex_plugin.core.proposal.create import create_proposal
from novex_plugin.core.rules.targets import read_targets, target_paths

MOMENT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
AGREEMENT = read_agreement()
LIMBURG = "q-prov-woningen-limburg"

Feature = dict[str, Any]


def words(values: list[Any]) -> np.ndarray:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def feature(identifier: str, **values: Any) -> Feature:
    usual = {"variant": "basis", "legenda": "woningbouw", "rol": "nieuw", "precisie": "indicatief", "status": "idee"}
    usual |= {"provincie": "PV31", "horizon": 2030, "eind_jaar": None, "meervoudig": None, "left": 190_000.0}
    return usual | {"id": identifier} | values


def amount(owner: str, value: Any = 100.0, **values: Any) -> Feature:
    usual = {"kenmerk": owner, "indicator": "woningen", "waarde": value, "eenheid": "woningen", "jaar": 2029}
    return usual | {"status": None} | values


Make = Callable[[list[Feature], list[Feature]], Path]


def filled(path: Path, features: list[Feature], amounts: list[Feature]) -> Path:
    create_proposal(path, "PV31", "basis", AGREEMENT, MOMENT, iter([f"begin-{n}" for n in range(3)]).__next__)
    lefts = np.array([each["left"] for each in features])
    names = [name for name in feature("") if name != "left"]
    columns = {name: words([each[name] for each in features]) for name in names}
    geometry = shapely.multipolygons(shapely.box(lefts, 360_000.0, lefts + 100.0, 360_100.0)[:, None])
    append(path, "voorstel_vlak", FeatureTable("voorstel_vlak", geometry, columns))
    given_rows = [{"id": f"b{number}", **each} for number, each in enumerate(amounts)]
    rows = {name: words([each[name] for each in given_rows]) for name in given_rows[0]} if given_rows else {}
    if rows:
        append(path, "bijdrage", attribute_table("bijdrage", rows))
    return path


@pytest.fixture
def make(tmp_path: Path) -> Make:
    return lambda features, amounts: filled(tmp_path / "v.gpkg", features, amounts)


def line(result: Balance, target: str = LIMBURG) -> Line:
    return next(each for each in result.targets if each.target == target)


def test_the_targets_are_the_figures_of_the_startpakket(shared: Path) -> None:
    quantities = json.loads((shared / "startpakket" / "quantities.json").read_bytes())["quantities"]
    source = {each["id"]: (each["value"], each["year"], each["period_start"]) for each in quantities}
    targets = [each for each in read_targets(AGREEMENT) if each.catalogue.startswith("startpakket-2022-woningbouw")]
    provinces = [each for each in targets if each.place != "NL"]
    assert {each.place for each in provinces} == set(AGREEMENT.codes("provincie"))
    for target in provinces:
        assert (target.minimum, target.year, target.from_year) == source[target.id]
    assert sum(each.minimum or 0 for each in provinces) == 917_193
    assert [each.minimum for each in targets if each.place == "NL"] == [source["q-won-900k"][0]]
    doubtful = {each.id.removeprefix("q-prov-woningen-") for each in targets if each.note}
    assert doubtful == {"groningen", "drenthe", "limburg", "q-won-900k"}


def test_what_is_drawn_counts_in_its_province_and_in_the_country(make: Make) -> None:
    path = make(
        [feature("a"), feature("b", provincie="PV20", precisie="concreet", status="afgesproken")],
        [amount("a", 1000.0), amount("a", 200.0, jaar=2030, status="voorgesteld"), amount("b", 30.0)],
    )
    result = balance(path, "basis", None, MOMENT)
    limburg, country = line(result), line(result, "q-won-900k")
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
    assert [each.target for each in result.targets if each.own] == [LIMBURG, "q-won-900k"]


def test_more_than_the_minimum_is_surplus_and_nothing_remains(make: Make) -> None:
    limburg = line(balance(make([feature("a")], [amount("a", 26_551.5)]), "basis", None, MOMENT))
    assert (limburg.drawn, limburg.remaining, limburg.surplus) == (26_551.5, 0, 1.5)


def test_lapsed_features_and_other_variants_do_not_count(make: Make) -> None:
    features = [feature("a"), feature("b", rol="vervalt"), feature("c", variant="hoog")]
    path = make(features, [amount("a", 1.0), amount("b", 10.0), amount("c", 100.0)])
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
        ({"eenheid": "ha"}, "eenheid", "niet de eenheid van woningen"),
    ],
)
def test_a_contribution_that_cannot_be_is_named_and_not_counted(
    make: Make, values: Feature, field: str, word: str
) -> None:
    result = balance(make([feature("a")], [amount("a"), {**amount("a"), **values}]), "basis", None, MOMENT)
    assert line(result).drawn == 100
    named = [note for note in result.notes if note.startswith(f"tabel bijdrage, rij 2, veld {field}: ")]
    assert len(named) == 1
    assert word in named[0]
    assert "telt niet mee" in named[0]


@pytest.mark.parametrize(("column", "value", "word"), [("indicator", "geluk", "geluk"), ("eenheid", "", "ontbreekt")])
def test_a_contribution_with_an_unknown_indicator_or_no_unit_is_named_and_not_counted(
    make: Make, column: str, value: str, word: str
) -> None:
    path = make([feature("a")], [amount("a"), amount("a")])
    _force(path, column, value)
    result = balance(path, "basis", None, MOMENT)
    assert line(result).drawn == 100
    named = [note for note in result.notes if f"rij 2, veld {column}" in note]
    assert len(named) == 1
    assert word in named[0]


def _force(path: Path, column: str, value: str) -> None:
    """Write what the constraints would not let through, as another program might."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(f"UPDATE bijdrage SET {column} = ? WHERE fid = 2", (value,))
        connection.commit()


@pytest.mark.parametrize(
    ("owner", "values", "word"),
    [
        (feature("a"), {"jaar": 2029}, "staat er voor dit object en jaar al"),
        (feature("a", rol="bestaand"), {"jaar": 2028}, "rol bestaand"),
        (feature("a", legenda="recreatie"), {"jaar": 2028}, "hoort niet bij de legenda-eenheid recreatie"),
        (feature("a", horizon=None), {"jaar": None}, "geen jaar, eindjaar of horizon"),
    ],
)
def test_what_counts_but_may_not_be_meant_so_is_named(make: Make, owner: Feature, values: Feature, word: str) -> None:
    result = balance(make([owner], [amount("a"), amount("a", **values)]), "basis", None, MOMENT)
    assert line(result).drawn == 200
    assert [note for note in result.notes if note.startswith("tabel bijdrage, rij 2") and word in note]


def test_an_area_that_is_more_than_the_feature_is_named(make: Make) -> None:
    more = amount("a", 5.0, indicator="oppervlakte_natuur", eenheid="ha")
    result = balance(make([feature("a", legenda="natuur_nieuw")], [more]), "basis", None, MOMENT)
    assert [note for note in result.notes if "meer dan het getekende object groot is" in note]


def test_the_year_is_the_contributions_own_then_the_features_end_then_its_horizon(make: Make) -> None:
    features = [feature("a"), feature("b", eind_jaar=2040), feature("c", horizon=2050), feature("d", horizon=2050)]
    amounts = [amount("a", 1.0, jaar=None), amount("b", 10.0, jaar=None), amount("c", 100.0, jaar=None)]
    result = balance(make(features, [*amounts, amount("d", 1000.0, jaar=2025)]), "basis", None, MOMENT)
    assert line(result).drawn == 1001
    assert "110 woningen van 2 objecten vallen buiten de jaren van alle doelen" in result.notes


def areas() -> FeatureTable:
    boxes = [shapely.box(180_000, 350_000, 190_060, 370_000), shapely.box(190_060, 350_000, 200_000, 370_000)]
    return FeatureTable("gebieden", np.array(boxes, dtype=object), {"naam": words(["Limburg", "Groningen"])})


def test_with_areas_features_count_where_most_of_them_lies(make: Make) -> None:
    features = [feature("a"), feature("b", left=195_000.0), feature("c", left=100.0), feature("d", left=189_960.0)]
    amounts = [amount("a", 1.0), amount("b", 10.0), amount("c", 100.0), amount("d", 1000.0)]
    result = balance(make(features, amounts), "basis", None, MOMENT, areas())
    assert result.places == "gebieden"
    assert (line(result).drawn, line(result, "q-prov-woningen-groningen").drawn) == (1001, 10)
    assert line(result, "q-won-900k").drawn == 1111
    told = [note for note in result.notes if note.startswith("object ")]
    assert told == [
        "object a: ligt in meer dan één provincie en telt waar het grootste deel ligt",
        "object b: ligt in PV20, maar het veld provincie zegt PV31",
        "object c: ligt buiten alle gebieden en telt in geen provincie",
    ]


def test_a_feature_that_only_touches_a_province_lies_in_none(make: Make) -> None:
    result = balance(make([feature("a", left=200_000.0)], [amount("a", 1.0)]), "basis", None, MOMENT, areas())
    assert (line(result).drawn, line(result, "q-prov-woningen-groningen").drawn) == (0, 0)
    assert "object a: ligt buiten alle gebieden en telt in geen provincie" in result.notes


def test_areas_without_provinces_are_refused(make: Make) -> None:
    strange = FeatureTable("wijken", areas().geometry, {"naam": words(["Oost", "West"])})
    with pytest.raises(InputError, match="wijken"):
        balance(make([feature("a")], [amount("a")]), "basis", None, MOMENT, strange)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drawn=st.lists(
        st.tuples(
            st.sampled_from(AGREEMENT.codes("provincie")),
            st.sampled_from(AGREEMENT.codes("precisie")),
            st.sampled_from(AGREEMENT.codes("status")),
            st.floats(0, 1e6, allow_nan=False),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_the_parts_add_up_to_the_whole_and_the_provinces_to_the_country(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[str, str, str, float]]
) -> None:
    features = [
        feature(f"k{number}", provincie=place, precisie=precision, status=status)
        for number, (place, precision, status, _) in enumerate(drawn)
    ]
    amounts = [amount(f"k{number}", value) for number, (*_, value) in enumerate(drawn)]
    path = filled(tmp_path_factory.mktemp("balans") / "v.gpkg", features, amounts)
    result = balance(path, "basis", None, MOMENT)
    for each in result.targets:
        assert sum(part.drawn for part in each.by_precision.values()) == pytest.approx(each.drawn, abs=1e-3)
        assert sum(part.drawn for part in each.by_status.values()) == pytest.approx(each.drawn, abs=1e-3)
        assert each.drawn + each.remaining - each.surplus == pytest.approx(each.minimum, abs=1e-3)
    country = line(result, "q-won-900k")
    provinces = [each for each in result.targets if each.target.startswith("q-prov-woningen-")]
    assert sum(each.drawn for each in provinces) == pytest.approx(country.drawn, abs=1e-3)
    assert sorted(name for each in provinces for name in each.features) == list(country.features)


def test_json_and_csv_follow_the_schema_and_are_the_same_bytes_each_time(make: Make, tmp_path: Path) -> None:
    path = make([feature("a")], [amount("a", 1200.0)])
    for name in ("een", "twee"):
        write_balance(balance(path, "basis", None, MOMENT), tmp_path / f"{name}.json", tmp_path / f"{name}.csv")
    assert (tmp_path / "een.json").read_bytes() == (tmp_path / "twee.json").read_bytes()
    assert (tmp_path / "een.csv").read_bytes() == (tmp_path / "twee.csv").read_bytes()
    content = read_json(tmp_path / "een.json", "balance")
    assert (content["moment"], content["variant"]) == ("2026-11-20T08:00:00Z", "basis")
    with (tmp_path / "een.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = {row["doel"]: row for row in csv.DictReader(stream, delimiter=";")}
    assert len(rows) == len(content["targets"])
    assert (rows[LIMBURG]["getekend"], rows[LIMBURG]["resteert"], rows[LIMBURG]["objecten"]) == ("1200", "25350", "1")


def test_an_unknown_variant_is_refused(make: Make) -> None:
    with pytest.raises(InputError, match="basis"):
        balance(make([feature("a")], []), "hoog", None, MOMENT)


def test_a_proposal_without_features_or_contributions_has_a_balance(tmp_path: Path) -> None:
    path = tmp_path / "leeg.gpkg"
    create_proposal(path, "PV31", "basis", AGREEMENT, MOMENT)
    result = balance(path, "basis", None, MOMENT)
    check_schema(json.loads(json.dumps(balance_content(result))), "balance")
    assert {each.drawn for each in result.targets} == {0}


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"indicator": "geluk"}, "geluk"),
        ({"indicator": "aandeel_betaalbaar", "unit": "%"}, "aandeel"),
        ({"unit": "ha"}, "ha"),
        ({"place": "PV99"}, "PV99"),
        ({"minimum": None}, "geen minimum"),
        ({"maximum": 3}, "minimum is groter"),
        ({"from_year": 2031}, "eerste jaar"),
        ({"id": "q-won-900k"}, "twee keer"),
    ],
)
def test_targets_that_contradict_the_agreement_or_themselves_are_refused_with_their_place(
    tmp_path: Path, changes: dict[str, Any], word: str
) -> None:
    content = json.loads(next(path for path in target_paths() if path.stem == "woningbouw").read_bytes())
    content["targets"] = [content["targets"][-1], {**content["targets"][0], **changes}]
    path = tmp_path / "doelen.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match=word) as refused:
        read_targets(AGREEMENT, [path])
    assert refused.value.field == "$.targets[1]"


def test_values_outside_the_agreement_that_a_total_may_rest_on_are_told(make: Make) -> None:
    notes = balance(make([feature("a", meervoudig="onzin")], []), "basis", None, MOMENT).notes
    assert notes[0].startswith(
        "objecten wijken op 1 plaatsen af van de afspraken; de eerste: tabel voorstel_vlak, rij 1"
    )
