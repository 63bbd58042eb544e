"""However features or ground are divided, the parts add up to the whole, in whatever order they stand."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import shapely.affinity
from hypothesis import given, settings
from hypothesis import strategies as st

from novex_plugin.core.check.balance import Balance, balance
from novex_plugin.core.check.ledger import Total
from novex_plugin.core.features.table import FeatureTable
from tests.unit.making_balances import AGREEMENT, MOMENT, Feature, amount, feature, filled, goal, goals, words

NAMES = [each.id for each in AGREEMENT.indicators]
PROVINCES = AGREEMENT.codes("provincie")

cells = st.tuples(
    st.sampled_from(PROVINCES),
    st.sampled_from(AGREEMENT.codes("precisie")),
    st.sampled_from(AGREEMENT.codes("status")),
    st.sampled_from(["vlak", "lijn", "punt"]),
    st.floats(10, 1000),
    st.lists(
        st.tuples(
            st.sampled_from(NAMES),
            st.floats(0, 100, allow_subnormal=False),
            st.sampled_from([2028, 2045, None, 2070]),
        ),
        max_size=4,
        unique_by=lambda each: (each[0], each[2]),
    ),
)
drawings = st.lists(cells, min_size=1, max_size=10)


def made(cells: list[Any]) -> tuple[list[Feature], list[Feature]]:
    """Features that do not overlap, each in a strip of its own, with contributions that all indicators have."""
    features, amounts = [], []
    for number, (province, precision, status, kind, side, given_amounts) in enumerate(cells):
        left, bottom = 100_000.0 + 7_000 * number, 400_000.0
        shape = {
            "vlak": shapely.box(left, bottom, left + 3 * side, bottom + side),
            "lijn": shapely.LineString([(left, bottom), (left + 3 * side, bottom + 1)]),
            "punt": shapely.Point(left, bottom),
        }[kind]
        legend = {"vlak": "woningbouw", "lijn": "hoogspanning", "punt": "windturbine"}[kind]
        features.append(
            feature(f"k{number}", shape, provincie=province, precisie=precision, status=status, legenda=legend)
        )
        wanted = {(name, year): value for name, value, year in given_amounts}
        for name, year in [*wanted]:
            weighing = AGREEMENT.indicator[name].of
            if weighing is not None:
                wanted.setdefault((weighing, year), 5.0)
        for (name, year), value in wanted.items():
            unit = AGREEMENT.indicator[name].unit
            amounts.append(amount(f"k{number}", value, indicator=name, eenheid=unit, jaar=year))
    for number, each in enumerate(amounts):
        each["id"] = f"b{number}"
    return features, amounts


def balanced(features: list[Feature], amounts: list[Feature], lying: FeatureTable | None = None) -> Balance:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return balance(filled(folder, features, amounts), "basis", goals(folder, goal("g")), MOMENT, lying)


def whole_and_parts(wholes: Iterable[Total], parts: Iterable[Total]) -> None:
    """Assert that for every indicator and year the parts are together the whole."""
    divided: dict[tuple[str, int | None], list[Total]] = {}
    for each in parts:
        divided.setdefault((each.indicator, each.year), []).append(each)
    for whole in wholes:
        pieces = divided.get((whole.indicator, whole.year), [])
        if whole.adds != "share":
            apart = math.fsum(piece.drawn or 0 for piece in pieces)
            assert math.isclose(apart, whole.drawn or 0, rel_tol=1e-9, abs_tol=1e-9 * (1 + len(pieces))), whole
            continue
        weight = math.fsum(part.weight or 0 for piece in pieces for part in piece.parts)
        mean = math.fsum((piece.drawn or 0) * math.fsum(part.weight or 0 for part in piece.parts) for piece in pieces)
        assert (whole.drawn is None) == (weight == 0)
        if whole.drawn is not None and weight > 1e-6:
            assert math.isclose(mean / weight, whole.drawn, rel_tol=1e-6, abs_tol=1e-6), whole


def of_place(result: Balance, *codes: str) -> list[Total]:
    return [each for each in result.totals if each.place_code in codes]


@settings(deadline=None, max_examples=25)
@given(drawing=drawings, data=st.data())
def test_the_totals_of_any_division_of_the_features_add_up_to_those_of_all(drawing: list[Any], data: Any) -> None:
    features, amounts = made(drawing)
    group = data.draw(st.lists(st.integers(0, 2), min_size=len(features), max_size=len(features)))
    groups = []
    for number in range(3):
        chosen = [each for each, own in zip(features, group, strict=True) if own == number]
        ids = {each["id"] for each in chosen}
        groups.append(balanced(chosen, [each for each in amounts if each["kenmerk"] in ids]))
    whole = balanced(features, amounts)
    whole_and_parts(of_place(whole, "NL"), (each for part in groups for each in of_place(part, "NL")))


@settings(deadline=None, max_examples=25)
@given(drawing=drawings)
def test_the_provinces_add_up_to_the_country_and_statuses_and_precisions_to_each_total(drawing: list[Any]) -> None:
    result = balanced(*made(drawing))
    whole_and_parts(of_place(result, "NL"), (each for each in result.totals if each.place_kind == "provincie"))
    for each in result.totals:
        if each.adds == "share":
            continue
        for split in (each.by_status, each.by_precision):
            assert math.isclose(math.fsum(value or 0 for value in split.values()), each.drawn or 0, abs_tol=1e-8)
        assert math.isclose(math.fsum(part.value for part in each.parts), each.drawn or 0, abs_tol=1e-7)


@settings(deadline=None, max_examples=25)
@given(
    drawing=drawings,
    cuts=st.lists(st.floats(99_000, 175_000), max_size=8, unique=True),
    provinces=st.permutations(PROVINCES),
    gap=st.booleans(),
)
def test_any_division_of_the_ground_adds_up_with_what_lies_outside(
    drawing: list[Any], cuts: list[float], provinces: list[str], gap: bool
) -> None:
    edges = [90_000.0, *sorted(cuts), 250_000.0]
    shapes = shapely.box(edges[:-1], 390_000.0, edges[1:], 410_000.0)
    names = words(provinces[: len(shapes)])
    lying = FeatureTable("gebieden", shapes, {"code": names}).take(np.arange(len(shapes)) >= (gap and len(shapes) > 1))
    result = balanced(*made(drawing), lying)
    divided = [each for each in result.totals if each.place_kind in ("provincie", "buiten")]
    whole_and_parts(of_place(result, "NL"), divided)
    if not gap:
        assert not of_place(result, "buiten")


def drawn_again(features: list[Feature], amounts: list[Feature], moved: float) -> tuple[list[Feature], list[Feature]]:
    """The same features and contributions once more, under other ids, so many metres to the east."""
    copies = [
        feature(f"z{each['id']}", shapely.affinity.translate(each["shape"], moved), precisie="zoekgebied")
        | {"legenda": each["legenda"]}
        for each in features
    ]
    return copies, [{**each, "id": f"z{each['id']}", "kenmerk": f"z{each['kenmerk']}"} for each in amounts]


@settings(deadline=None, max_examples=20)
@given(drawing=drawings, moved=st.floats(0, 900), data=st.data())
def test_the_order_of_rows_changes_nothing(drawing: list[Any], moved: float, data: Any) -> None:
    features, amounts = made(drawing)
    copies, twice = drawn_again(features, amounts, moved)
    one = balanced(features + copies, amounts + twice)
    order = data.draw(st.permutations(range(len(features + copies))))
    rows = data.draw(st.permutations(range(len(amounts + twice))))
    other = balanced([(features + copies)[at] for at in order], [(amounts + twice)[at] for at in rows])
    assert replace(one, notes=(), proposal="") == replace(other, notes=(), proposal="")


@settings(deadline=None, max_examples=20)
@given(drawing=drawings)
def test_a_drawing_that_lies_there_twice_counts_once(drawing: list[Any]) -> None:
    features, amounts = made(drawing)
    copies, twice = drawn_again(features, amounts, 0)
    once, again = balanced(features, amounts), balanced(features + copies, amounts + twice)
    assert [each.drawn for each in of_place(again, "NL")] == [each.drawn for each in of_place(once, "NL")]
