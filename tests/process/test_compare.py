"""novex:compare in the real qgis_process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from novex_plugin.core.files import check_schema, json_bytes
from tests.unit.making_checks import Case, box, damaged, rule, rule_file

Algorithm = Callable[..., Any]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    case = Case(tmp_path).write("variant", id="ruim", naam="Ruim opgezet")
    case.draw("a", "woningbouw", box(0, 0, 100, 100)).draw("b", "woningbouw", box(0, 0, 300, 100), variant="ruim")
    return case.dataset("natura2000", box(60, 0, 500, 500))


def criteria(case: Case, **change: Any) -> Path:
    measure = {"what": "area", "legend": "woningbouw", "value": "ha"}
    entry = {"id": "grond", "label": "Grond voor woningen", "measure": measure, "direction": "less", "weight": 100}
    path = case.folder / "criteria.json"
    content = {"format": "novex-criteria", "version": "1.0", "title": "Afweging", "criteria": [entry | change]}
    path.write_bytes(json_bytes(content))
    return path


def run(case: Case, run_algorithm: Algorithm, **inputs: Any) -> Any:
    rules = rule_file(case.folder, rule("prohibit-inside"))
    given = {"PROPOSAL": case.proposal, "BINDINGS": case.bindings_file(), "RULES": rules}
    return run_algorithm("novex:compare", **(given | {"OUTPUT": case.folder / "uit.json"} | inputs))


def test_all_variants_are_compared_in_json_and_html(case: Case, run_algorithm: Algorithm) -> None:
    done = run(case, run_algorithm, CRITERIA=criteria(case))
    assert done.exit_code == 0, done.messages
    assert done.results["COMPARED"] == 2
    content = json.loads((case.folder / "uit.json").read_bytes())
    check_schema(content, "comparison")
    assert [each["variant"] for each in content["variants"]] == ["basis", "ruim"]
    assert [each["score"] for each in content["criteria"]["weighted"]["values"]] == [100, 0]
    page = (case.folder / "uit.html").read_text(encoding="utf-8")
    assert done.results["HTML"] == str(case.folder / "uit.html")
    assert "Ruim opgezet" in page
    assert "Grond voor woningen" in page


def test_chosen_variants_keep_their_order_and_without_criteria_nothing_is_scored(
    case: Case, run_algorithm: Algorithm
) -> None:
    done = run(case, run_algorithm, VARIANTS="ruim; basis")
    assert done.exit_code == 0, done.messages
    content = json.loads((case.folder / "uit.json").read_bytes())
    assert [each["variant"] for each in content["variants"]] == ["ruim", "basis"]
    assert content["criteria"] is None


def test_targets_of_the_users_own_replace_those_of_the_plugin(case: Case, run_algorithm: Algorithm) -> None:
    own = Path(__file__).resolve().parents[2] / "resources" / "targets" / "startpakket-2022" / "woningbouw.json"
    done = run(case, run_algorithm, TARGETS=[str(own)])
    assert done.exit_code == 0, done.messages
    (catalogue,) = json.loads((case.folder / "uit.json").read_bytes())["targets"]
    assert "woningbouw" in catalogue


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"weight": 100, "direction": None}, ("criteria.json", "grond", "weight")),
        ({"measure": {"what": "rule", "rule": "weg-1", "outcome": "overtreedt"}}, ("criteria.json", "grond", "weg-1")),
        ({"measure": {"what": "mooiheid"}}, ("criteria.json", "mooiheid")),
    ],
)
def test_criteria_that_cannot_be_meant_end_with_exit_code_one_and_their_place(
    case: Case, run_algorithm: Algorithm, change: dict[str, Any], said: tuple[str, ...]
) -> None:
    done = run(case, run_algorithm, CRITERIA=criteria(case, **change))
    assert done.exit_code == 1
    assert all(word in done.messages for word in said), done.messages
    assert "Traceback" not in done.messages
    assert not list(case.folder.glob("uit*"))


def test_bad_parameters_end_with_exit_code_one_and_a_message(case: Case, run_algorithm: Algorithm) -> None:
    for inputs, word in (
        ({"VARIANTS": "basis;weg"}, "weg"),
        ({"VARIANTS": "basis;basis"}, "twee keer"),
        ({"CRITERIA": case.folder / "weg.json"}, "weg.json"),
        ({"SNAPSHOT": case.folder}, "manifest.json"),
        ({"OUTPUT": case.folder / "uit.html"}, "uit.html"),
    ):
        done = run(case, run_algorithm, **inputs)
        assert done.exit_code == 1, inputs
        assert word in done.messages
        assert not list(case.folder.glob("uit*"))


def test_neither_file_takes_the_place_of_what_is_read(case: Case, run_algorithm: Algorithm) -> None:
    file = criteria(case)
    before = file.read_bytes()
    done = run(case, run_algorithm, CRITERIA=file, OUTPUT=file)
    assert done.exit_code == 1
    assert file.read_bytes() == before
    assert not (case.folder / "criteria.html").exists()


def test_a_value_outside_the_agreement_is_told_and_stops_nothing(case: Case, run_algorithm: Algorithm) -> None:
    damaged(case.proposal, "UPDATE voorstel_vlak SET legenda = 'huizen' WHERE id = 'b'")
    done = run(case, run_algorithm)
    assert done.exit_code == 0, done.messages
    content = json.loads((case.folder / "uit.json").read_bytes())
    assert any("huizen" in note for note in content["notes"])
