"""novex:explain in the real qgis_process: from an open finding to an explained one, and what is refused."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from novex_plugin.core.features.geopackage import read_layer
from novex_plugin.core.files import read_json
from tests.unit.making_checks import REASON, Case, box, rule, rule_file

Algorithm = Callable[..., Any]
HEAD = "regel;kenmerk;reden;organisatie;rol;datum\n"


@pytest.fixture
def case(tmp_path: Path) -> Case:
    case = Case(tmp_path).draw("a", "woningbouw", box(0, 0, 100, 100)).draw("b", "woningbouw", box(0, 0, 100, 100))
    rule_file(tmp_path, rule("prohibit-inside"))
    return case.dataset("natura2000", box(60, 0, 500, 500))


def row(kenmerk: str, regel: str = "proef-1") -> str:
    return f"{regel};{kenmerk};{REASON};Provincie Gelderland;opsteller;2026-01-02\n"


def handed_in(case: Case, *rows: str, head: str = HEAD) -> Path:
    path = case.folder / "motiveringen.csv"
    path.write_text("\ufeff" + head + "".join(rows), encoding="utf-8")
    return path


def check(case: Case, run_algorithm: Algorithm) -> dict[str, Any]:
    outputs = {"FINDINGS": case.folder / "f.gpkg", "OUTPUT": case.folder / "f.json"}
    given = {"PROPOSAL": case.proposal, "VARIANT": "basis", "BINDINGS": case.bindings_file()}
    done = run_algorithm("novex:check", RULES=case.folder / "regels.json", **given, **outputs)
    assert done.exit_code == 0, done.messages
    content: dict[str, Any] = read_json(case.folder / "f.json", "findings")
    return content


def explain(case: Case, run_algorithm: Algorithm, given: Path, **inputs: Any) -> Any:
    rules = case.folder / "regels.json"
    return run_algorithm("novex:explain", PROPOSAL=case.proposal, EXPLANATIONS=given, RULES=rules, **inputs)


def test_open_findings_are_explained_at_once_and_bad_rows_are_told(case: Case, run_algorithm: Algorithm) -> None:
    assert check(case, run_algorithm)["counts"]["overtreedt"] == 1
    given = handed_in(case, row("a"), row("weg"), row("b"), row("b", "weg-1"))
    output = case.folder / "af.json"
    done = explain(case, run_algorithm, given, FINDINGS=case.folder / "f.json", OUTPUT=output)
    assert done.exit_code == 0, done.messages
    assert {name: done.results[name] for name in ("ACCEPTED", "REJECTED", "OUTPUT")} == {
        "ACCEPTED": 2,
        "REJECTED": 2,
        "OUTPUT": str(output),
    }
    assert "rij 3, veld kenmerk: er is geen object met kenmerk 'weg'" in done.messages
    assert "rij 5, veld regel: de regel 'weg-1' is onbekend" in done.messages
    refused = read_json(output, "refused_explanations")["refused"]
    assert [(each["row"], each["field"], each["feature"]) for each in refused] == [
        (3, "kenmerk", "weg"),
        (5, "regel", "b"),
    ]
    content = check(case, run_algorithm)
    assert content["counts"]["gemotiveerd"] == 1
    assert {(each["uitkomst"], each["uitkomst_getoetst"]) for each in content["findings"]} == {
        ("gemotiveerd", "overtreedt")
    }
    assert [each["state"] for each in content["explanations"]] == ["geldt", "geldt"]


def test_without_output_rows_are_told_in_the_log_alone(case: Case, run_algorithm: Algorithm) -> None:
    before = case.proposal.read_bytes()
    done = explain(case, run_algorithm, handed_in(case, row("weg")))
    assert (done.exit_code, done.results["ACCEPTED"], done.results["REJECTED"]) == (0, 0, 1)
    assert "rij 2, veld kenmerk" in done.messages
    assert case.proposal.read_bytes() == before


def test_json_and_a_table_of_what_was_refused(case: Case, run_algorithm: Algorithm) -> None:
    entry = {"regel": "proef-1", "kenmerk": "a", "reden": REASON, "organisatie": "Provincie", "rol": "opsteller"}
    content = {"format": "novex-explanations", "version": "1.0", "explanations": [entry, entry]}
    (case.folder / "m.json").write_text(json.dumps(content))
    done = explain(case, run_algorithm, case.folder / "m.json", OUTPUT=case.folder / "af.csv", VARIANT="basis")
    assert (done.results["ACCEPTED"], done.results["REJECTED"]) == (1, 1)
    assert "geldt al een motivering" in (case.folder / "af.csv").read_text(encoding="utf-8-sig")
    assert read_layer(case.proposal, "motivering").columns["variant"].tolist() == ["basis"]


def test_what_cannot_be_used_at_all_ends_with_exit_code_one(case: Case, run_algorithm: Algorithm) -> None:
    good = handed_in(case, row("a"))
    other = case.folder / "natura2000.gpkg"
    (case.folder / "leeg.csv").write_text("naam;soort\nx;y\n")
    (case.folder / "f.json").write_text("{}")
    (case.folder / "bytes.txt").write_bytes(other.read_bytes())
    before = case.proposal.read_bytes()
    for inputs, word in (
        ({"EXPLANATIONS": case.folder / "leeg.csv"}, "de kolom regel ontbreekt"),
        ({"EXPLANATIONS": case.folder / "bytes.txt"}, "UTF-8"),
        ({"PROPOSAL": other}, "geen voorstel"),
        ({"VARIANT": "hoog"}, "hoog"),
        ({"FINDINGS": case.folder / "f.json"}, "f.json"),
        ({"RULES": case.folder / "weg.json"}, "weg.json"),
        ({"OUTPUT": case.proposal}, "voorstel.gpkg, veld OUTPUT"),
    ):
        given = {"PROPOSAL": case.proposal, "EXPLANATIONS": good, "OUTPUT": case.folder / "uit.json"} | inputs
        done = run_algorithm("novex:explain", **given)
        assert done.exit_code == 1, inputs
        assert word in done.messages, done.messages
        assert "Traceback" not in done.messages
    assert case.proposal.read_bytes() == before
    assert not list(case.folder.glob("uit*"))


def test_a_proposal_in_use_elsewhere_is_refused_and_left_as_it_was(case: Case, run_algorithm: Algorithm) -> None:
    given = handed_in(case, row("a"))
    with closing(sqlite3.connect(case.proposal)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        done = explain(case, run_algorithm, given, OUTPUT=case.folder / "uit.json")
    assert done.exit_code == 1
    assert "Sluit andere programma's" in done.messages
    assert len(read_layer(case.proposal, "motivering")) == 0
    assert not list(case.folder.glob("uit*"))
