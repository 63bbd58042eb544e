"""An explanation counts for what it was given for, and opens the finding again when that changed."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from novex_plugin.core.check.explanations import geometry_digest
from novex_plugin.core.check.judged_geometry import MAXIMUM_CHARACTERS, SHIFT_M, alike, as_text, from_text
from novex_plugin.core.check.run import CheckResult
from novex_plugin.core.check.write import findings_json, write_findings
from novex_plugin.core.features.geopackage import read_layer
from novex_plugin.core.files import check_schema
from tests.unit.making_checks import REASON, Case, box, damaged, objects, rule, rule_file

SITE = box(180_000, 450_000, 180_400, 450_250)
X, Y = {"id": "x", "nl": "Behalve dan.", "en": "Except then."}, {"id": "y", "nl": "Of dan.", "en": "Or then."}


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path).draw("a", "woningbouw", SITE).dataset("natura2000", SITE)


def judged(shape: Any) -> dict[str, Any]:
    """What is recorded of a geometry."""
    geometry = objects(shapely.MultiPolygon([shape]) if shape.geom_type == "Polygon" else shape)
    return {"geometrie": as_text(geometry)[0], "geometrie_digest": geometry_digest(geometry)[0]}


def checked(case: Case, kind: str = "prohibit-inside", **values: Any) -> dict[str, Any]:
    """The content of the findings' JSON, which keeps to its schema."""
    content = findings_json(case.run(rule_file(case.folder, rule(kind, **values))))
    check_schema(content, "findings")
    return content


def record(case: Case, name: str, kenmerk: str | None, reden: str = REASON, **values: Any) -> Case:
    """An explanation under a name of its own."""
    return case.write("motivering", id=name, regel="proef-1", kenmerk=kenmerk, reden=reden, **values)


def moved(east: float) -> shapely.Polygon:
    return shapely.transform(SITE, lambda points: points + np.array([east, 0]))


@pytest.mark.parametrize(
    ("before", "holds"),
    [
        (SITE, True),
        (moved(SHIFT_M - 0.01), True),
        (moved(SHIFT_M + 0.01), False),
        (shapely.segmentize(SITE, 3), True),
        (shapely.difference(SITE, box(180_100, 450_100, 180_110, 450_110)), False),
        (shapely.union(SITE, box(180_399, 450_249, 180_401, 450_252)), False),
        (SITE.exterior, False),
    ],
)
def test_an_explanation_holds_as_long_as_the_feature_moved_less_than_half_a_metre(
    case: Case, before: Any, holds: bool
) -> None:
    case.explain("proef-1", "a", **judged(before))
    (row,) = checked(case)["findings"]
    assert row["uitkomst"] == ("gemotiveerd" if holds else "overtreedt")
    assert row["motivering_stand"] == ("geldig" if holds else "verlopen_geometrie")
    assert ("de geometrie is veranderd" in row["melding"]) != holds


def test_the_outcome_without_the_explanation_stays_beside_it_in_both_files(case: Case) -> None:
    case.draw("b", "woningbouw", SITE).explain("proef-1", "a", **judged(SITE))
    result = case.run(rule_file(case.folder, rule("prohibit-inside")))
    write_findings(result, case.folder / "uit.gpkg", case.folder / "uit.json")
    mapped = read_layer(case.folder / "uit.gpkg", "bevinding_vlak").columns
    names = ("kenmerk", "uitkomst", "uitkomst_getoetst", "motivering", "motivering_stand", "kenmerk_digest")
    told = [
        tuple(row[name] for name in names) for row in json.loads((case.folder / "uit.json").read_bytes())["findings"]
    ]
    digest = judged(SITE)["geometrie_digest"]
    assert told == [
        ("a", "gemotiveerd", "overtreedt", "m-proef-1-a", "geldig", digest),
        ("b", "overtreedt", "overtreedt", None, None, digest),
    ]
    assert told == list(zip(*(mapped[name].tolist() for name in names), strict=True))


def test_a_reason_on_the_feature_itself_shows_the_outcome_without_it(case: Case) -> None:
    reason = "Hier kan het niet zonder kunstwerken."
    case.draw("trede", "woningbouw", SITE, trede=2, trede_reden=reason)
    parameters = {"order": (["een", "twee"], "volgorde"), "field": ("trede", "veld")}
    rows = checked(case, "prefer-order", slots=[], parameters=parameters)["findings"]
    (row,) = [row for row in rows if row["kenmerk"] == "trede"]
    assert (row["uitkomst"], row["uitkomst_getoetst"], row["motivering"]) == ("gemotiveerd", "overtreedt", None)


@pytest.mark.parametrize(
    ("values", "standing"),
    [
        ({"reden": "te kort"}, "te_kort"),
        ({"regel_versie": "0.9"}, "verlopen_regelversie"),
        ({"geldig_tot_ijkmoment": "ijkmoment 0"}, "verlopen_ijkmoment"),
        ({"geometrie_digest": "sha256:0"}, "verlopen_geometrie"),
        ({"geometrie": "POLYGON ((((((", "geometrie_digest": "sha256:0"}, "verlopen_geometrie"),
        ({"geometrie": "POLYGON ((((((", "geometrie_digest": judged(SITE)["geometrie_digest"]}, "geldig"),
        ({"geometrie": judged(SITE)["geometrie"]}, "geldig"),
        ({"variant": "basis"}, "geldig"),
        ({"variant": "anders"}, None),
    ],
)
def test_each_finding_tells_how_its_explanation_stands(
    case: Case, values: dict[str, Any], standing: str | None
) -> None:
    case.explain("proef-1", "a", **values)
    (row,) = checked(case)["findings"]
    assert row["motivering_stand"] == standing
    assert row["uitkomst"] == ("gemotiveerd" if standing == "geldig" else "overtreedt")


def test_of_several_explanations_the_newest_that_counts_is_taken_and_the_others_are_needless(case: Case) -> None:
    record(case, "oud", "a", datum="2026-01-01")
    record(case, "nieuw", "a", datum="2026-05-01")
    record(case, "nieuwst", "a", datum="2026-06-01", regel_versie="0.1")
    content = checked(case)
    assert content["findings"][0]["motivering"] == "nieuw"
    assert {each["id"]: each["state"] for each in content["explanations"]} == {
        "nieuw": "geldt",
        "nieuwst": "overbodig",
        "oud": "overbodig",
    }


@pytest.mark.parametrize(("measured", "standing"), [(10.0, "geldig"), (10.001, "geldig"), (9.5, "verlopen_geometrie")])
def test_an_explanation_of_the_whole_variant_holds_as_long_as_its_measure_does(
    case: Case, measured: float, standing: str
) -> None:
    case.explain("proef-1", None, gemeten=measured, eenheid="ha")
    (row,) = checked(case, "area-balance", parameters={"loss_ha": (0, "ha")})["findings"]
    assert (row["gemeten"], row["motivering_stand"]) == (10.0, standing)


def states(content: dict[str, Any]) -> dict[str, tuple[str, str | None, int]]:
    return {each["id"]: (each["state"], each["why"], len(each["findings"])) for each in content["explanations"]}


def test_every_explanation_is_listed_with_what_became_of_it(case: Case) -> None:
    case.draw("ver", "woningbouw", box(0, 0, 100, 100)).draw("anders", "woningbouw", SITE)
    case.explain("proef-1", "a").explain("proef-1", "ver").explain("proef-1", "anders", regel_versie="0.9")
    record(case.explain("weg-1", "a"), "kort", "ver", reden="kort")
    assert states(checked(case)) == {
        "kort": ("overbodig", None, 0),
        "m-proef-1-a": ("geldt", None, 1),
        "m-proef-1-anders": ("verlopen", "verlopen_regelversie", 1),
        "m-proef-1-ver": ("overbodig", None, 0),
        "m-weg-1-a": ("onbekende_regel", None, 0),
    }


def test_an_explanation_of_a_rule_that_cannot_be_tested_is_not_called_needless(tmp_path: Path) -> None:
    case = Case(tmp_path).draw("a", "woningbouw", SITE).explain("proef-1", "a")
    assert states(checked(case)) == {"m-proef-1-a": ("niet_getoetst", None, 0)}


def test_an_explanation_for_a_feature_that_does_not_exist_is_named_and_the_rest_is_judged(case: Case) -> None:
    case.explain("proef-1", "a").explain("proef-1", "weg")
    content = checked(case)
    assert states(content)["m-proef-1-weg"] == ("onbekend_kenmerk", None, 0)
    assert content["findings"][0]["uitkomst"] == "gemotiveerd"
    assert content["departures"] == ["tabel motivering, rij 2, veld kenmerk: er is geen object met kenmerk 'weg'"]


@pytest.mark.parametrize(
    ("exceptions", "appeal", "outcome", "standing"),
    [
        ([], None, "overtreedt", "verbod"),
        ([], "x", "overtreedt", "verbod"),
        ([X], None, "gemotiveerd", "geldig"),
        ([X], "x", "gemotiveerd", "geldig"),
        ([X], "y", "overtreedt", "zonder_uitzondering"),
        ([X, Y], None, "overtreedt", "zonder_uitzondering"),
        ([X, Y], "y", "gemotiveerd", "geldig"),
        ([X | {"slots": ["bgr-uiterwaarden"]}], "x", "overtreedt", "verbod"),
        ([X | {"slots": ["bgr-uiterwaarden"]}, Y], None, "gemotiveerd", "geldig"),
    ],
)
def test_a_prohibition_is_explained_only_by_an_appeal_to_one_of_its_exceptions(
    case: Case, exceptions: list[dict[str, Any]], appeal: str | None, outcome: str, standing: str
) -> None:
    case.explain("proef-1", "a", uitzondering=appeal)
    content = checked(case, hardness="verbod", exceptions=exceptions)
    (row,) = content["findings"]
    assert (row["uitkomst"], row["motivering_stand"]) == (outcome, standing)
    used = appeal or [each["id"] for each in exceptions if "slots" not in each][:1]
    assert content["rules"][0]["exceptions_used"] == ({"".join(used): 1} if outcome == "gemotiveerd" else {})
    if standing == "zonder_uitzondering":
        assert f"kies uit: {', '.join(each['id'] for each in exceptions)}" in row["melding"]


def test_values_that_nobody_expects_in_an_explanation_stop_no_check(case: Case) -> None:
    record(record(case.explain("proef-1", "a"), "twee", "a"), "drie", None)
    damaged(case.proposal, "UPDATE motivering SET gemeten = 'veel', datum = 7, regel_versie = 1.0 WHERE id = 'twee'")
    damaged(case.proposal, "UPDATE motivering SET gemeten = 'veel', uitzondering = 5, geometrie = 9 WHERE id = 'drie'")
    content = checked(case, "area-balance", parameters={"loss_ha": (0, "ha")})
    assert {row["motivering_stand"] for row in content["findings"]} <= {"geldig", "verlopen_geometrie", None}
    assert any("gemeten: 'veel' is geen getal" in each for each in content["departures"])


def test_a_proposal_made_before_these_columns_existed_is_judged_as_it_was(case: Case) -> None:
    case.explain("proef-1", "a")
    for column in ("variant", "uitzondering", "uitkomst", "gemeten", "eenheid", "geometrie"):
        damaged(case.proposal, f"ALTER TABLE motivering DROP COLUMN {column}")
    content = checked(case)
    assert content["departures"] == []
    assert content["findings"][0]["uitkomst"] == "gemotiveerd"


def test_a_result_keeps_its_findings_when_their_geometry_is_turned(case: Case) -> None:
    case.explain("proef-1", "a")
    result: CheckResult = case.run(rule_file(case.folder, rule("prohibit-inside")))
    turned = dataclasses.replace(result.findings, geometry=shapely.orient_polygons(result.findings.geometry))
    assert len(findings_json(dataclasses.replace(result, findings=turned))["explanations"]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "GEOMETRYCOLLECTION (POINT (0 0))",
        "GEOMETRYCOLLECTION (" * 100_000,
        "POLYGON " + "(" * 100_000,
        "POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))",
        "POLYGON ((0 0, 1 1))",
        "POINT (1e999 0)",
        "POINT (nan 0)",
        "POINT (1e8 0)",
        "POINT EMPTY",
        "POINT (0 0)" + " " * MAXIMUM_CHARACTERS,
        "0101000000000000000000F03F000000000000F03F",
        "",
        7,
        None,
    ],
)
def test_text_that_is_no_sound_geometry_is_none(text: Any) -> None:
    assert from_text(objects(text))[0] is None


def test_geometry_as_text_is_the_same_to_the_last_digit() -> None:
    shapes = objects(
        shapely.MultiPolygon([box(0.1, 1 / 3, 180_000.123456789, 450_000)]),
        shapely.MultiLineString([[(0, 0), (1e-7, 1e6 / 7)]]),
        shapely.Point(2 / 3, 1),
    )
    again = from_text(as_text(shapes))
    assert geometry_digest(again).tolist() == geometry_digest(shapes).tolist()
    assert alike(again, shapes).all()


def test_geometry_that_cannot_be_compared_has_no_text_and_is_never_alike() -> None:
    bow = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    large = shapely.Point(0, 0).buffer(1e5, quad_segs=20_000)
    shapes = objects(None, bow, shapely.Point(), large)
    assert as_text(shapes).tolist() == [None] * 4
    assert alike(shapes[:3], shapes[:3]).tolist() == [False] * 3


def test_lines_and_points_are_compared_too_and_a_gap_is_a_change() -> None:
    line, point = shapely.LineString([(0, 0), (1000, 0)]), shapely.Point(0, 0)
    gap = shapely.MultiLineString([[(0, 0), (400, 0)], [(600, 0), (1000, 0)]])
    before = objects(line, line, line, point, point)
    after = objects(shapely.LineString([(0, 0), (500, 0.4), (1000, 0)]), gap, point, shapely.Point(0.4, 0), gap)
    assert alike(before, after).tolist() == [True, False, False, True, False]


def test_a_hole_that_is_filled_is_a_change_though_every_border_stays_near() -> None:
    ring = shapely.difference(box(0, 0, 100, 100), box(40, 40, 60, 60))
    filled = shapely.MultiPolygon([ring, box(40.3, 40.3, 59.7, 59.7)])
    assert not alike(objects(shapely.MultiPolygon([ring])), objects(filled))[0]
    assert np.array_equal(alike(objects(filled), objects(filled)), [True])
