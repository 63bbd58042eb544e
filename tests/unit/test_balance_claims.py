"""What two features claim on the same ground counts once, and is reported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import shapely

from novex_plugin.core.check.balance import Balance, balance
from tests.unit.making_balances import MOMENT, Feature, amount, feature, filled, goal, goals, share_of, square, total

A, HALF = square(190_000.0), square(190_050.0)


def balanced(folder: Path, features: list[Feature], amounts: list[Feature]) -> Balance:
    return balance(filled(folder, features, amounts), "basis", goals(folder, goal("g")), MOMENT)


@pytest.mark.parametrize(
    ("one", "other", "reduced"),
    [
        ({}, {}, "b"),
        ({}, {"precisie": "concreet"}, "a"),
        ({"status": "afgesproken"}, {"precisie": "concreet"}, "b"),
        ({}, {"status": "vastgesteld"}, "a"),
    ],
)
def test_the_higher_status_then_precision_then_lower_id_keeps_its_claim(
    tmp_path: Path, one: Feature, other: Feature, reduced: str
) -> None:
    features = [feature("a", A, **one), feature("b", HALF, **other)]
    result = balanced(tmp_path, features, [amount("a", 1000.0), amount("b", 100.0)])
    (claim,) = result.double_claims
    value = {"a": 1000, "b": 100}[reduced]
    assert claim.features[-1] == reduced
    assert (claim.indicator, claim.unit, claim.year, claim.area_ha) == ("woningen", "woningen", 2029, 0.5)
    assert (claim.counted, claim.left_out) == (value / 2, value / 2)
    assert total(result, "NL").drawn == 1100 - value / 2


def test_a_contributions_own_status_goes_before_that_of_its_feature(tmp_path: Path) -> None:
    amounts = [amount("a", 10.0), amount("b", 10.0, status="vastgesteld")]
    (claim,) = balanced(tmp_path, [feature("a", A), feature("b", HALF)], amounts).double_claims
    assert claim.features == ("b", "a")


def test_ground_that_three_features_share_counts_once(tmp_path: Path) -> None:
    features = [feature(name, square(left)) for name, left in (("a", 190_000.0), ("b", 190_050.0), ("c", 190_025.0))]
    result = balanced(tmp_path, features, [amount(name, 100.0) for name in "abc"])
    assert {each.features: (each.counted, each.left_out) for each in result.double_claims} == {
        ("a", "b"): (50, 50),
        ("a", "b", "c"): (0, 100),
    }
    assert [each.feature for each in total(result, "NL").parts] == ["a", "b"]
    assert total(result, "NL").drawn == 150  # the union is one and a half hectare


@pytest.mark.parametrize(
    ("features", "amounts"),
    [
        ([feature("a", A), feature("b", square(190_100.0))], [amount("a"), amount("b")]),
        ([feature("a", A), feature("b", square(190_099.995))], [amount("a"), amount("b")]),
        (
            [feature("a", A, meervoudig="zonneveld"), feature("b", A, legenda="zonneveld", meervoudig="woningbouw")],
            [amount("a"), amount("b", 5.0, indicator="vermogen", eenheid="MW")],
        ),
        ([feature("a", A), feature("b", HALF, rol="vervalt")], [amount("a"), amount("b")]),
        ([feature("a", A), feature("b", HALF)], [amount("a"), amount("b", 0.0)]),
        ([feature("a", A)], [amount("a"), amount("a")]),
        (
            [feature("a", shapely.Point(1e5, 4e5)), feature("b", shapely.Point(1e5, 4.1e5))],
            [amount("a"), amount("b")],
        ),
        ([feature("a", A), feature("b", shapely.Point(190_050, 360_050))], [amount("a"), amount("b")]),
    ],
    ids=["neighbours", "sliver", "two uses", "lapsed", "nothing claimed", "one feature", "points", "area and point"],
)
def test_what_is_not_claimed_twice_counts_whole(
    tmp_path: Path, features: list[Feature], amounts: list[Feature]
) -> None:
    for each in features:
        each["legenda"] = "windturbine" if shapely.get_dimensions(each["shape"]) == 0 else each["legenda"]
    assert balanced(tmp_path, features, amounts).double_claims == ()


def test_the_same_ground_in_different_years_counts_and_is_told(tmp_path: Path) -> None:
    amounts = [amount("a", 1.0), amount("b", 10.0, jaar=2040)]
    result = balanced(tmp_path, [feature("a", A), feature("b", A)], amounts)
    assert (total(result, "NL", year=2050).drawn, result.double_claims) == (11, ())
    assert [note for note in result.notes if "in verschillende jaren; de eerste: woningen: a en b" in note]


@pytest.mark.parametrize(
    ("legend", "one", "other"),
    [
        ("windturbine", shapely.Point(190_000, 360_000), shapely.Point(190_000, 360_000)),
        (
            "hoogspanning",
            shapely.LineString([(190_000, 360_000), (190_100, 360_000)]),
            shapely.LineString([(190_100, 360_000), (190_000, 360_000)]),
        ),
    ],
)
def test_points_and_lines_claim_the_same_only_where_they_are_the_same(
    tmp_path: Path, legend: str, one: Any, other: Any
) -> None:
    features = [
        feature("a", one, legenda=legend),
        feature("b", other, legenda=legend),
        feature("c", other, legenda=legend),
    ]
    result = balanced(tmp_path, features, [amount(name, value) for name, value in (("a", 5.0), ("b", 6.0), ("c", 7.0))])
    assert {each.features: (each.counted, each.left_out, each.area_ha) for each in result.double_claims} == {
        ("a", "b"): (0, 6, 0),
        ("a", "c"): (0, 7, 0),
    }
    assert total(result, "NL").drawn == 5


def test_a_share_follows_the_claim_of_what_it_weighs_by(tmp_path: Path) -> None:
    amounts = [amount("a", 100.0), share_of("a", 50.0), amount("b", 100.0), share_of("b", 80.0)]
    result = balanced(tmp_path, [feature("a", A), feature("b", HALF)], amounts)
    assert len(result.double_claims) == 1
    assert total(result, "NL", "aandeel_betaalbaar").drawn == pytest.approx((100 * 50 + 50 * 80) / 150)


def test_a_feature_that_crosses_itself_is_measured_after_mending(tmp_path: Path) -> None:
    bow = shapely.Polygon([(190_000, 360_000), (190_100, 360_100), (190_100, 360_000), (190_000, 360_100)])
    (claim,) = balanced(tmp_path, [feature("a", A), feature("b", bow)], [amount("a"), amount("b")]).double_claims
    assert (claim.area_ha, claim.left_out) == (0.5, 100)
