"""A feature counts where it lies: shared out by area, length or presence, or by what its fields say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely

from novex_plugin.core.check.balance import Balance, balance
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.table import FeatureTable
from tests.unit.making_balances import (
    MOMENT,
    Feature,
    amount,
    areas,
    drawn,
    feature,
    filled,
    goal,
    goals,
    line,
    place,
    share_of,
    square,
    total,
)

WEST, EAST = shapely.box(180_000, 350_000, 190_060, 370_000), shapely.box(190_060, 350_000, 200_000, 370_000)
HALVES = {"Limburg": WEST, "Groningen": EAST}


def balanced(
    folder: Path, features: list[Feature], amounts: list[Feature], lying: FeatureTable | None, *targets: Feature
) -> Balance:
    asked = goals(folder, *(targets or [goal("g")]))
    return balance(filled(folder, features, amounts), "basis", asked, MOMENT, lying)


def test_a_feature_across_a_border_is_shared_out_by_area_and_the_rest_is_not_lost(tmp_path: Path) -> None:
    shapes = {"a": 190_000.0, "b": 195_000.0, "c": 100.0, "d": 199_970.0}
    features = [feature(name, square(left)) for name, left in shapes.items()]
    amounts = [amount("a", 1000.0), amount("b", 10.0), amount("c", 100.0), amount("d", 1.0)]
    result = balanced(tmp_path, features, amounts, areas(HALVES))
    assert result.places == "gebieden"
    assert drawn(result) == pytest.approx({"NL": 1111, "PV31": 600, "PV20": 410.3, "buiten": 100.7})
    assert [(each.feature, each.value, each.share) for each in total(result, "PV20").parts] == [
        ("a", 400, 0.4),
        ("b", 10, 1),
        ("d", 0.3, 0.3),
    ]
    assert total(result, "buiten").place == "buiten de gebieden"
    beyond = "buiten de provincies; dat deel telt in geen provincie"
    assert [note for note in result.notes if note.startswith("tabel voorstel_vlak")] == [
        "tabel voorstel_vlak, rij 1, veld geom: object a: ligt in PV31 (60%) en PV20 (40%) en telt naar dat aandeel",
        f"tabel voorstel_vlak, rij 3, veld geom: object c: ligt voor 100% {beyond}",
        f"tabel voorstel_vlak, rij 4, veld geom: object d: ligt voor 70% {beyond}",
        "tabel voorstel_vlak, rij 2, veld provincie: object b: ligt in PV20, maar het veld provincie zegt PV31",
        "tabel voorstel_vlak, rij 4, veld provincie: object d: ligt in PV20, maar het veld provincie zegt PV31",
    ]


def test_lines_are_shared_out_by_length_and_points_lie_where_they_are(tmp_path: Path) -> None:
    features = [
        feature("l", shapely.LineString([(190_000, 360_000), (190_100, 360_000)]), legenda="hoogspanning"),
        feature("p", shapely.Point(190_080, 360_000), legenda="windturbine"),
        feature("q", shapely.Point(190_060, 360_000), legenda="windturbine"),  # on the border
    ]
    amounts = [
        amount("l", 0.1, indicator="lengte_verbinding", eenheid="km"),
        amount("p", 6.0, indicator="vermogen", eenheid="MW"),
        amount("q", 4.0, indicator="vermogen", eenheid="MW"),
    ]
    result = balanced(tmp_path, features, amounts, areas(HALVES))
    assert drawn(result, "lengte_verbinding") == pytest.approx({"NL": 0.1, "PV31": 0.06, "PV20": 0.04})
    assert drawn(result, "vermogen") == {"NL": 10, "PV31": 2, "PV20": 8}


def test_a_line_along_a_border_is_shared_by_both_sides(tmp_path: Path) -> None:
    along = feature("l", shapely.LineString([(190_060, 360_000), (190_060, 360_100)]), legenda="hoogspanning")
    amounts = [amount("l", 0.1, indicator="lengte_verbinding", eenheid="km")]
    found = drawn(balanced(tmp_path, [along], amounts, areas(HALVES)), "lengte_verbinding")
    assert found == pytest.approx({"NL": 0.1, "PV31": 0.05, "PV20": 0.05})


def test_a_feature_that_only_touches_a_province_lies_in_none(tmp_path: Path) -> None:
    result = balanced(tmp_path, [feature("a", square(200_000.0))], [amount("a", 1.0)], areas(HALVES))
    assert drawn(result) == {"NL": 1, "buiten": 1}


def test_provinces_that_overlap_gain_nothing_and_pieces_of_one_province_are_one(tmp_path: Path) -> None:
    pieces = [shapely.box(180_000, 350_000, 190_030, 370_000), shapely.box(190_020, 350_000, 190_060, 370_000), EAST]
    wide = shapely.box(190_040, 350_000, 200_000, 370_000)
    names = np.array(["PV31", "PV31", "PV20"], dtype=object)
    features, amounts = [feature("a", square(190_000.0))], [amount("a", 100.0)]
    whole = FeatureTable("gebieden", np.array(pieces, dtype=object), {"code": names})
    assert drawn(balanced(tmp_path, features, amounts, whole)) == pytest.approx({"NL": 100, "PV31": 60, "PV20": 40})
    (tmp_path / "v.gpkg").unlink()
    overlapping = replace(whole, geometry=np.array([*pieces[:2], wide], dtype=object))
    assert drawn(balanced(tmp_path, features, amounts, overlapping)) == pytest.approx(
        {"NL": 100, "PV31": 50, "PV20": 50}
    )


def test_a_feature_without_geometry_lies_outside_and_is_not_lost(tmp_path: Path) -> None:
    path = filled(tmp_path, [feature("a", shapely.MultiPolygon()), feature("b")], [amount("a", 1.0), amount("b", 2.0)])
    result = balance(path, "basis", goals(tmp_path, goal("g")), MOMENT, areas({"Limburg": WEST, "Groningen": EAST}))
    assert drawn(result)["NL"] == 3
    assert sum(value for code, value in drawn(result).items() if code != "NL") == pytest.approx(3)


def test_novex_areas_are_told_by_the_field_and_other_places_by_areas_alone(tmp_path: Path) -> None:
    features = [
        feature("a", novex_gebied="novex-de-peel"),
        feature("b", novex_gebied="novex-zuid-limburg"),
        feature("c", square(190_040.0, bottom=361_000.0)),
    ]
    amounts = [amount("a", 1.0), amount("b", 10.0), amount("c", 100.0)]
    targets = [
        goal("peel", place=place("novex", "novex-de-peel", "De Peel")),
        goal("mra", place=place("novex", "novex-mra", "Metropoolregio Amsterdam", ["PV27"])),
        goal("kern", place=place("cluster", "kern", "De Kern")),
    ]
    by_field = balanced(tmp_path, features, amounts, None, *targets)
    assert [line(by_field, each).drawn for each in ("peel", "mra", "kern")] == [1, 0, None]
    assert {"novex-de-peel": 1, "novex-zuid-limburg": 10}.items() <= drawn(by_field).items()
    (tmp_path / "v.gpkg").unlink()
    with_areas = balanced(tmp_path, features, amounts, areas({"De Kern": EAST, "De Peel": WEST}), *targets)
    assert line(with_areas, "kern").drawn == pytest.approx(0.4 * 1 + 10 + 0.8 * 100)
    assert line(with_areas, "peel").drawn == pytest.approx(0.6 * 1 + 0.2 * 100)
    assert line(with_areas, "mra").outcome == "niet_toetsbaar"
    assert drawn(with_areas)["PV31"] == 111


def test_provinces_and_other_places_may_stand_in_one_layer_which_then_shares_out_both(tmp_path: Path) -> None:
    shapes = {"PV31": WEST, "PV20": EAST, "novex-groningen": EAST, "wijk": shapely.box(0, 0, 1, 1)}
    result = balanced(tmp_path, [feature("a", square(190_000.0))], [amount("a", 10.0)], areas(shapes, "code"))
    assert drawn(result) == pytest.approx({"NL": 10, "PV31": 6, "PV20": 4, "novex-groningen": 4})
    assert "tabel gebieden, veld code: 1 gebieden zijn geen plaats van de doelen: 'wijk'" in result.notes


def test_a_layer_of_novex_areas_is_no_layer_of_provinces_though_they_share_a_name(tmp_path: Path) -> None:
    shapes = {"Groningen": EAST, "De Peel": WEST}
    result = balanced(tmp_path, [feature("a", square(195_000.0))], [amount("a", 10.0)], areas(shapes))
    assert drawn(result) == {"NL": 10, "PV31": 10, "novex-groningen": 10}


@pytest.mark.parametrize("names", [["Oost", "West"], ["Groningen", "Zwolle"]])
def test_areas_that_are_no_known_places_are_refused(tmp_path: Path, names: list[str]) -> None:
    strange = areas(dict(zip(names, HALVES.values(), strict=True)))
    with pytest.raises(InputError, match="gebieden"):
        balanced(tmp_path, [feature("a")], [amount("a")], strange)


def test_areas_in_another_reference_system_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="28992"):
        balanced(tmp_path, [feature("a")], [amount("a")], replace(areas(HALVES), epsg=4326))


def test_a_share_is_weighed_by_what_lies_in_the_place(tmp_path: Path) -> None:
    features = [feature("a", square(190_000.0)), feature("b", square(195_000.0))]
    amounts = [amount("a", 100.0), share_of("a", 50.0), amount("b", 60.0), share_of("b", 80.0)]
    found = drawn(balanced(tmp_path, features, amounts, areas(HALVES)), "aandeel_betaalbaar")
    assert found == pytest.approx({"NL": (5000 + 4800) / 160, "PV31": 50, "PV20": (40 * 50 + 60 * 80) / 100})
