"""Findings in memory are explained as a file of explanations would explain them, and told what they lack otherwise."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from novex_plugin.core.check.explain import Request, explain
from novex_plugin.core.check.explain_findings import explain_findings
from novex_plugin.core.check.findings_csv import write_findings_csv
from novex_plugin.core.check.remedies import ANSWER, BIND, PULL, SET, remedies
from novex_plugin.core.features.geopackage import read_layer
from novex_plugin.core.proposal.read import read_proposal
from novex_plugin.core.rules.bindings import Binding, Bindings, read_bindings
from novex_plugin.core.rules.catalogue import read_catalogue
from tests.unit.making_checks import REASON, Case, box, rule, rule_file

MOMENT = datetime(2026, 11, 21, 9, tzinfo=UTC)
SITE = box(180_000, 450_000, 180_400, 450_250)
X = {"id": "x", "nl": "Behalve dan.", "en": "Except then."}
WORDS = {"reden": REASON, "organisatie": "Provincie Gelderland", "rol": "opsteller", "geldig_tot_ijkmoment": "3"}


@pytest.fixture
def case(tmp_path: Path) -> Case:
    case = Case(tmp_path).draw("a", "woningbouw", SITE).draw("b", "woningbouw", SITE)
    rule_file(
        case.folder,
        rule("prohibit-inside"),
        rule("prohibit-inside", id="verbod-0", hardness="verbod"),
        rule("prohibit-inside", id="verbod-1", hardness="verbod", exceptions=[X]),
    )
    return case.dataset("natura2000", SITE)


def found(case: Case, wanted: str) -> tuple[Any, Any]:
    result = case.run(case.folder / "regels.json")
    rules = {outcome.rule.id: outcome.rule for outcome in result.outcomes}
    return result.findings.take(np.flatnonzero(result.findings.columns["regel"] == wanted)), rules


def columns(rows: Any) -> list[dict[str, Any]]:
    names = sorted(set(rows.columns) - {"id", "fid"})
    return [
        dict(zip(names, each, strict=True)) for each in zip(*(rows.columns[n].tolist() for n in names), strict=True)
    ]


def test_the_rows_are_those_that_a_file_would_give(case: Case) -> None:
    from novex_plugin.core.check.write import write_findings

    findings, rules = found(case, "proef-1")
    made = explain_findings(read_proposal(case.proposal), "basis", findings, rules, WORDS, MOMENT.date())
    assert not made.refusals
    assert len(made.rows) == len(findings) == 2
    write_findings(case.run(case.folder / "regels.json"), case.folder / "f.gpkg", case.folder / "f.json")
    path = case.folder / "motiveringen.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, ["regel", *WORDS])
        writer.writeheader()
        writer.writerow({"regel": "proef-1"} | WORDS)
    request = Request(case.proposal, path, findings=case.folder / "f.json", catalogues=(case.folder / "regels.json",))
    assert explain(request, None, MOMENT).accepted == 2
    assert columns(made.rows) == columns(read_layer(case.proposal, "motivering"))
    again = explain_findings(read_proposal(case.proposal), "basis", findings, rules, WORDS, MOMENT.date())
    assert len(again.rows) == 0
    assert len(again.refusals) == 2


def test_what_cannot_be_explained_is_refused(case: Case) -> None:
    proposal = read_proposal(case.proposal)
    findings, rules = found(case, "verbod-0")
    refused = explain_findings(proposal, "basis", findings, rules, WORDS, date(2026, 11, 21))
    assert (len(refused.rows), len(refused.refusals)) == (0, 2)
    findings, rules = found(case, "verbod-1")
    appealed = explain_findings(proposal, "basis", findings, rules, WORDS, date(2026, 11, 21))
    assert appealed.rows.columns["uitzondering"].tolist() == ["x", "x"]
    short = explain_findings(proposal, "basis", findings, rules, WORDS | {"reden": "kort"}, date(2026, 11, 21))
    assert len(short.rows) == 0
    assert len(short.refusals) == 2


def test_findings_become_a_table_without_formulas(case: Case, tmp_path: Path) -> None:
    findings, rules = found(case, "proef-1")
    findings.columns["melding"][0] = "=1+1"
    target = tmp_path / "bevindingen.csv"
    write_findings_csv(target, findings, {"proef-1": rules["proef-1"].nl})
    with target.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    assert [row["id"] for row in rows] == findings.columns["id"].tolist()
    assert rows[0]["melding"] == "'=1+1"
    assert rows[0]["gemeten"] == "10"
    assert rows[0]["regeltekst"] == rules["proef-1"].nl


def test_a_rule_tells_what_it_lacks(case: Case, tmp_path: Path) -> None:
    nothing = {"slots": [], "combine": "any"}
    path = rule_file(
        tmp_path,
        rule("prohibit-inside"),
        rule("prohibit-within-distance", id="afstand-1", parameters={"distance_m": (None, "m")}),
        rule("prefer-order", id="ladder-1", objects=nothing, parameters={"order": (["a", "b"], "volgorde")}),
    )
    rules = {each.id: each for each in read_catalogue(path).rules}
    (slot,) = rules["proef-1"].slots
    empty = Bindings(path, {}, {})
    bound = Bindings(path, {slot: Binding(slot, "een-dataset", None, None, (), None)}, {})
    assert [(each.act, each.subject) for each in remedies(rules["proef-1"], empty, None)] == [(BIND, slot)]
    (pull,) = remedies(rules["proef-1"], bound, None)
    assert (pull.act, pull.subject, pull.slot) == (PULL, "een-dataset", slot)
    assert [each.act for each in remedies(rules["afstand-1"], empty, None)] == [BIND, SET]
    assert [each.subject for each in remedies(rules["ladder-1"], empty, None)] == ["ladder-1"]
    assert [each.act for each in remedies(rules["ladder-1"], read_bindings(), None)] == [ANSWER]
