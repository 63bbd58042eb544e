"""A delivery tells of each explanation how it stands, with the outcome without it, and verification finds that anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from novex_plugin.core.check.explain import Request as Explanations
from novex_plugin.core.check.explain import explain
from novex_plugin.core.delivery.export import export
from novex_plugin.core.delivery.markup import html_fragment
from novex_plugin.core.delivery.report_explanations import explanations_section
from novex_plugin.core.delivery.report_parts import Labels
from novex_plugin.core.delivery.staging import Request
from novex_plugin.core.delivery.verify import Verification, verify
from novex_plugin.core.features.geopackage import transaction
from novex_plugin.core.files import read_json
from novex_plugin.core.progress import Silent
from tests.unit.making_checks import MOMENT, REASON, Case, box
from tests.unit.making_deliveries import StandIn, reopened, tampered

RULE = "wbs-10-uiterwaarden"
EXPLAINED = "bevindingen/motiveringen.json"


@pytest.fixture(scope="module")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Homes in the river bed, explained; one explanation that nothing needs; another beside it that nobody gave."""
    folder = tmp_path_factory.mktemp("levering")
    case = Case(folder).draw("a", "woningbouw", box(180_000, 450_000, 180_100, 450_100))
    case.draw("b", "woningbouw", box(190_000, 450_000, 190_100, 450_100))
    case.dataset("bgr-uiterwaarden", box(180_060, 450_000, 180_500, 450_500))
    said = f"{REASON};Provincie Gelderland;opsteller"
    given = folder / "motiveringen.csv"
    given.write_text(f"regel;kenmerk;reden;organisatie;rol\n{RULE};a;{said}\n{RULE};b;{said}\n")
    assert explain(Explanations(case.proposal, given), None, MOMENT).accepted == 2
    with transaction(case.proposal) as connection:
        connection.execute("UPDATE voorstel SET contact_email = 'ruimte@gelderland.example'")
    request = Request(case.proposal, "basis", bindings=case.bindings_file(), draft=True)
    export(replace(request, with_data=True), folder / "met.zip", StandIn(), Silent())
    export(request, folder / "zonder.zip", StandIn(), Silent())
    return folder / "met.zip"


def test_each_explanation_stands_there_with_the_outcome_without_it(delivery: Path, tmp_path: Path) -> None:
    data = reopened(delivery, tmp_path / "open") / "data"
    rows = {row["kenmerk"]: row for row in read_json(data / EXPLAINED, "explanations")["explanations"]}
    (found,) = rows["a"]["bevindingen"]
    assert (rows["a"]["stand"], rows["b"]["stand"], rows["b"]["bevindingen"]) == ("geldt", "overbodig", [])
    assert rows["a"]["uitzondering"] == "rijksafspraak"
    assert (found["uitkomst"], found["uitkomst_getoetst"], found["gemeten"]) == ("gemotiveerd", "overtreedt", 0.4)
    findings = read_json(data / "bevindingen" / "bevindingen.json", "findings")
    assert found["id"] in {row["id"] for row in findings["findings"] if row["kenmerk"] == "a"}
    (used,) = [rule["exceptions_used"] for rule in findings["rules"] if rule["rule"] == RULE]
    assert used == {"rijksafspraak": 1}
    report = (data / "rapport" / "rapport.html").read_text()
    for text in ("zonder motivering: overtreedt", "overtreedt, 0,4", "overbodig: geen bevinding", "rijksafspraak"):
        assert text in report


def judged(path: Path) -> Verification:
    return verify(path, StandIn(), Silent())


def changed(name: str, change: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    def apply(data: Path) -> None:
        content = json.loads((data / name).read_text())
        change(content)
        (data / name).write_text(json.dumps(content))

    return apply


def prettier(content: dict[str, Any]) -> None:
    for row in content.get("explanations", []):
        row.update({"stand": "geldt"} if "stand" in row else {"state": "geldt"})


def test_verification_finds_how_the_explanations_stand_anew(delivery: Path, tmp_path: Path) -> None:
    outcome = judged(delivery)
    assert outcome.valid, outcome.differences
    assert EXPLAINED in outcome.recomputed
    for name in (EXPLAINED, "bevindingen/bevindingen.json"):
        outcome = judged(tampered(delivery, tmp_path, changed(name, prettier)))
        assert not outcome.valid
        assert any(each.file == name and "overbodig" in each.found for each in outcome.differences), outcome.differences


def test_without_the_data_the_explanations_are_taken_as_declared(delivery: Path, tmp_path: Path) -> None:
    without = delivery.with_name("zonder.zip")
    outcome = judged(without)
    assert outcome.valid, outcome.differences
    assert any(RULE in each for each in outcome.not_recomputed)


@pytest.mark.parametrize("explanations", [5, [5], {"id": "x"}])
def test_findings_whose_explanations_have_another_form_are_a_difference(
    delivery: Path, tmp_path: Path, explanations: Any
) -> None:
    strange = changed("bevindingen/bevindingen.json", lambda content: content.update(explanations=explanations))
    outcome = judged(tampered(delivery.with_name("zonder.zip"), tmp_path, strange))
    assert not outcome.valid


def test_the_report_tells_what_nobody_foresaw_without_stumbling() -> None:
    rows = [
        {"regel": None, "kenmerk": None, "datum": 7, "gemeten": "veel", "uitkomst": 3, "bevindingen": [5, {}]},
        {
            "uitkomst": "overtreedt",
            "gemeten": 1.5,
            "eenheid": "ha",
            "stand": "verlopen",
            "waarom": "verlopen_geometrie",
        },
    ]
    words = "".join(html_fragment(node) for node in explanations_section(rows, Labels()))
    assert "overtreedt, 1,5\u00a0ha (toen)" in words
    assert "verlopen: het object is veranderd" in words
    assert explanations_section([], Labels()) == []
