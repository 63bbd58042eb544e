"""novex:check in the real qgis_process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from novex_plugin.core.features.geopackage import layer_names
from tests.unit.making_checks import Case, box, damaged, rule, rule_file

Algorithm = Callable[..., Any]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    case = Case(tmp_path).draw("a", "woningbouw", box(0, 0, 100, 100))
    return case.dataset("bgr-uiterwaarden", box(60, 0, 500, 500))


def run(case: Case, run_algorithm: Algorithm, **inputs: Any) -> Any:
    outputs = {"FINDINGS": case.folder / "uit.gpkg", "OUTPUT": case.folder / "uit.json"}
    given = {"PROPOSAL": case.proposal, "VARIANT": "basis", "BINDINGS": case.bindings_file(), **outputs} | inputs
    return run_algorithm("novex:check", **given)


def test_findings_end_with_exit_code_zero_and_counts_of_every_outcome(case: Case, run_algorithm: Algorithm) -> None:
    done = run(case, run_algorithm)
    assert done.exit_code == 0, done.messages
    content = json.loads((case.folder / "uit.json").read_bytes())
    keys = ("VOLDOET", "OVERTREEDT", "GEMOTIVEERD", "NIET_VAN_TOEPASSING", "NIET_TOETSBAAR")
    assert {key: done.results[key] for key in keys} == {key: content["counts"][key.lower()] for key in keys}
    assert sum(content["counts"].values()) == len(content["rules"]) >= 220
    (river,) = [row for row in content["findings"] if row["regel"] == "wbs-10-uiterwaarden"]
    assert (river["kenmerk"], river["gemeten"], river["eenheid"], river["grens"]) == ("a", 0.4, "ha", 0)
    assert done.results["FOUND"] == len(content["findings"])
    assert "bevinding_vlak" in layer_names(case.folder / "uit.gpkg")


def test_chosen_rule_files_replace_those_of_the_plugin(case: Case, run_algorithm: Algorithm) -> None:
    one = rule_file(case.folder, rule("prohibit-inside", slots=["bgr-uiterwaarden"]), name="een.json")
    two = rule_file(case.folder, rule("avoid-unless", id="proef-2"), name="twee.json")
    done = run(case, run_algorithm, RULES=f"{one};{two}")
    assert done.exit_code == 0, done.messages
    assert (done.results["OVERTREEDT"], done.results["NIET_TOETSBAAR"]) == (1, 1)


def test_a_value_outside_the_agreement_is_told_with_its_place_and_the_rest_is_tested(
    case: Case, run_algorithm: Algorithm
) -> None:
    case.draw("b", "woningbouw", box(0, 0, 100, 100))
    damaged(case.proposal, "UPDATE voorstel_vlak SET legenda = 'huizen' WHERE id = 'b'")
    done = run(case, run_algorithm)
    assert done.exit_code == 0, done.messages
    for said in ("voorstel_vlak", "rij 2", "legenda", "huizen"):
        assert said in done.messages
    content = json.loads((case.folder / "uit.json").read_bytes())
    assert "huizen" in content["departures"][0]
    assert {row["kenmerk"] for row in content["findings"] if row["regel"] == "wbs-10-uiterwaarden"} == {"a"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE voorstel SET schema_versie = '9.0'", ("9.0",)),
        ("ALTER TABLE voorstel_vlak RENAME COLUMN rol TO rollen", ("voorstel_vlak", "rol")),
        ("DROP TABLE motivering", ("motivering",)),
    ],
)
def test_a_proposal_that_cannot_be_read_ends_with_exit_code_one_and_its_place(
    case: Case, run_algorithm: Algorithm, change: str, said: tuple[str, ...]
) -> None:
    damaged(case.proposal, change)
    done = run(case, run_algorithm)
    assert done.exit_code == 1
    assert all(word in done.messages for word in said), done.messages
    assert "Traceback" not in done.messages
    assert not list(case.folder.glob("uit*"))


def test_bad_parameters_end_with_exit_code_one_and_a_message(case: Case, run_algorithm: Algorithm) -> None:
    other = case.folder / "bgr-uiterwaarden.gpkg"
    for inputs, word in (
        ({"VARIANT": "weg"}, "weg"),
        ({"PROPOSAL": other}, "voorstel"),
        ({"RULES": case.folder / "weg.json"}, "weg.json"),
        ({"BINDINGS": case.folder / "weg.json"}, "weg.json"),
        ({"SNAPSHOT": case.folder}, "manifest.json"),
    ):
        done = run(case, run_algorithm, **inputs)
        assert done.exit_code == 1
        assert word in done.messages
        assert not list(case.folder.glob("uit*"))
