"""Where deliveries meet: ground that both draw on, what both claim there, and what stops at the border."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import read_layer
from novex_plugin.core.features.overlay import Indexed
from novex_plugin.core.features.self_overlay import self_overlaps
from novex_plugin.core.features.table import FeatureTable, multi
from novex_plugin.core.merge import shared_ground as grounds
from novex_plugin.core.merge.borders import borders
from novex_plugin.core.merge.gaps import gaps
from novex_plugin.core.merge.merge import Places, Request, merge
from novex_plugin.core.merge.shared_ground import shared_ground
from novex_plugin.core.progress import Silent
from tests.unit.making_deliveries import texts
from tests.unit.making_merges import PROVINCES, SIDE, Province, Row, amount, box, feature, territories, twelve

AGREEMENT = read_agreement()


def drawn(*rows: tuple[str, Row]) -> FeatureTable:
    """Areas of deliveries, as they are after joining."""
    ordered = sorted(rows, key=lambda each: (each[0], each[1]["id"]))
    columns = {
        name: texts(*(row[name] for _, row in ordered)) for name in ("id", "legenda", "rol", "naam", "meervoudig")
    }
    columns |= {"levering": texts(*(code for code, _ in ordered)), "kenmerk": columns["id"]}
    return FeatureTable("voorstel_vlak", texts(*(row["shape"] for _, row in ordered)), columns)


def found(*rows: tuple[str, Row], delivered: Sequence[str] = PROVINCES, least: float = 100.0) -> list[tuple[Any, ...]]:
    result = gaps(drawn(*rows), borders(territories(), AGREEMENT), delivered, least)
    return list(zip(*(result.columns[name].tolist() for name in ("kenmerk", "buurprovincie", "lengte_m")), strict=True))


def west(y: float = 5_000.0, x: float = SIDE - 1_000, **values: Any) -> tuple[str, Row]:
    """An area of 1,000 by 300 m in PV20, by default up to the border with PV21."""
    return "PV20", feature(f"west-{y:.0f}", box("PV20", x, y, 1_000, 300), **values)


def east(y: float = 5_000.0, x: float = 0.0, height: float = 300.0, **values: Any) -> tuple[str, Row]:
    return "PV21", feature(f"oost-{y:.0f}", box("PV21", x, y, 1_000, height), **values)


def test_the_borders_are_those_that_territories_have_in_common() -> None:
    found = borders(territories(), AGREEMENT)
    pairs = {frozenset(each) for each in found.between()}
    beside = {frozenset((PROVINCES[at], PROVINCES[at + 1])) for at in range(11) if at % 4 != 3}
    above = {frozenset((PROVINCES[at], PROVINCES[at + 4])) for at in range(8)}
    assert pairs >= beside | above
    own = (found.province == "PV20") & (found.neighbour == "PV21")
    assert shapely.length(found.line[own]).sum() == pytest.approx(SIDE + 20, abs=1)  # and 10 m round either corner


def test_what_stops_at_the_border_is_told_with_its_length_there() -> None:
    assert found(west()) == [("west-5000", "PV21", 320.0)]  # 10 m of border on either side is near it too


@pytest.mark.parametrize(
    ("others", "length"),
    [
        ((east(),), None),
        ((east(x=9.0),), None),
        ((east(x=15.0),), 320.0),
        ((east(height=150.0),), 150.0),
        ((east(legenda="natuur_nieuw"),), 320.0),
        ((east(legenda="natuur_nieuw", meervoudig="zonneveld, woningbouw"),), None),
        ((west(5_300.0, legenda="natuur_nieuw"),), 320.0),
    ],
)
def test_only_the_same_unit_close_by_at_the_other_side_goes_on(
    others: tuple[tuple[str, Row], ...], length: float | None
) -> None:
    lengths = [told for name, _, told in found(west(), *others) if name == "west-5000"]
    assert lengths == ([] if length is None else [length])


@pytest.mark.parametrize(
    ("x", "told"), [(SIDE - 1_008, True), (SIDE - 992, True), (SIDE - 1_020, False), (SIDE - 500, False)]
)
def test_an_edge_along_the_border_counts_where_it_lies_within_ten_metres(x: float, told: bool) -> None:
    assert bool(found(west(x=x))) == told


def test_a_short_edge_and_a_province_that_did_not_deliver_are_not_told() -> None:
    assert found(west(), least=330.0) == []
    assert found(west(), delivered=("PV20", "PV24")) == []


def test_borders_that_were_generalised_apart_are_found_too() -> None:
    apart = territories()
    shapes = apart.geometry.copy()
    shapes[1] = box("PV21", 6, 0, SIDE - 6, SIDE)
    border = borders(FeatureTable("provincies", multi(shapes), apart.columns), AGREEMENT)
    assert len(gaps(drawn(west()), border, PROVINCES)) == 1


def test_a_layer_without_provinces_is_refused() -> None:
    with pytest.raises(InputError, match="geen kolom"):
        borders(FeatureTable("gebieden", territories().geometry, {"naam": texts(*"abcdefghijkl")}), AGREEMENT)


def test_overlaps_between_deliveries_are_those_of_all_areas_without_the_ones_within_a_delivery() -> None:
    rows = [(own.code, each) for own in twelve(300) for each in own.features if each["shape"].geom_type == "Polygon"]
    areas = drawn(*rows)
    here = shared_ground(areas, Silent())
    every = self_overlaps(Indexed(areas.geometry))
    of = areas.columns["levering"]
    between = (of[every.first] != of[every.second]) & (shapely.area(every.geometry) > 1.0)
    assert len(here) == between.sum() > 10
    assert shapely.area(here.geometry).sum() == pytest.approx(shapely.area(every.geometry[between]).sum())
    assert np.all(here.columns["levering_a"] < here.columns["levering_b"])
    assert len(set(here.columns["id"].tolist())) == len(here)


def test_deliveries_on_each_others_ground_altogether_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grounds, "PAIRS_MAXIMUM", 3)
    rows = [west(y, x=SIDE - 500) for y in (0.0, 10.0)] + [east(y) for y in (0.0, 10.0)]
    with pytest.raises(InputError, match="meer dan 3 paren"):
        shared_ground(drawn(*rows), Silent())


def test_one_feature_that_both_provinces_deliver_counts_once(tmp_path: Path) -> None:
    shape = box("PV20", 9_500, 100, 1_000, 100)
    one = Province("PV20", [feature("samen", shape)], [amount("samen", 100.0)]).delivery(tmp_path)
    other = Province("PV21", [feature("samen", shape)], [amount("samen", 100.0)]).delivery(tmp_path)
    places = Places(*(tmp_path / "uit" / name for name in ("nl.gpkg", "b.json", "i.csv", "nl.json")))
    content = merge(Request([other, one], territories()), places, Silent())
    (claim,) = content["double_claims"]
    assert claim["features"] == [{"levering": code, "kenmerk": "samen"} for code in ("PV20", "PV21")]
    assert (claim["counted"], claim["left_out"], claim["area_ha"]) == (0, 100, 10)
    homes = {each["year"]: each["drawn"] for each in content["totals"] if each["indicator"] == "woningen"}
    assert homes[None] == 100
    (overlap,) = content["overlaps"]
    assert (overlap["kenmerk_a"], overlap["kenmerk_b"], overlap["oppervlakte_ha"]) == ("samen", "samen", 10.0)
    rows = read_layer(places.geopackage, "voorstel_vlak")
    assert (rows.column("id").tolist(), rows.column("levering").tolist()) == (["samen"] * 2, ["PV20", "PV21"])
    assert ["PV20", "PV24"] in content["borders_not_judged"]
