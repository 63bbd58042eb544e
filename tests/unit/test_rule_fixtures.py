"""For each kind, and each rule that forbids, a pair in plain data: one passes and one does not, by the whole check.

A file of tests/fixtures/rules is named after its kind or rule and holds a `rule` (the id of one in the catalogues, or
what changes a rule to try), `values` for parameters, and the cases `pass` and `fault`: what is drawn (`wkt` in
EPSG:28992), what lies there by slot, rows of the tables bijdrage and verklaring, and what is expected.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from novex_plugin.core.check.evaluate import RuleOutcome
from novex_plugin.core.rules.catalogue import read_catalogues
from novex_plugin.core.rules.kinds import KINDS
from novex_plugin.core.rules.model import OVERTREEDT, VERBOD, VOLDOET
from tests.unit.making_checks import Case, rule, rule_file

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "rules"
FIXTURES = {path.stem: path for path in sorted(FOLDER.glob("*.json"))}
CATALOGUE_OF = {each.id: (catalogue.file, each) for catalogue in read_catalogues() for each in catalogue.rules}


def test_every_kind_and_every_rule_that_forbids_has_its_pair() -> None:
    forbidding = {name for name, (_, each) in CATALOGUE_OF.items() if each.hardness == VERBOD}
    assert set(FIXTURES) == set(KINDS) | forbidding


@pytest.mark.parametrize("name", FIXTURES)
@pytest.mark.parametrize("case", ["pass", "fault"])
def test_the_check_finds_what_the_file_says(tmp_path: Path, name: str, case: str) -> None:
    fixture = json.loads(FIXTURES[name].read_text(encoding="utf-8"))
    found, drawn = _checked(tmp_path, fixture, fixture["cases"][case])
    expected = fixture["cases"][case]["expected"]
    assert found.outcome == expected["outcome"] == {"pass": VOLDOET, "fault": OVERTREEDT}[case], found.message
    assert name in (found.rule.id, found.rule.kind)
    assert _findings(found, drawn) == [
        each | {"measured": each["measured"] if each["measured"] is None else pytest.approx(each["measured"])}
        for each in sorted(expected["findings"], key=lambda each: str(each["feature"]))
    ]


def _checked(folder: Path, fixture: dict[str, Any], given: dict[str, Any]) -> tuple[RuleOutcome, list[str]]:
    """The outcome of the rule of a fixture, and the features in the order of the drawing."""
    case = Case(folder, province=fixture["province"])
    for each in given["features"]:
        fields = {name: value for name, value in each.items() if name not in ("id", "legenda", "wkt")}
        case.draw(each["id"], each["legenda"], shapely.from_wkt(each["wkt"]), **fields)
    _lay(case, given["objects"], fixture.get("levels", {}))
    for each in given["contributions"]:
        case.write("bijdrage", **{"status": None} | each)
    for each in given["statements"]:
        case.write("verklaring", variant="basis", **each)
    path, name = _rule(folder, fixture["rule"])
    for parameter, value in fixture["values"].items():
        case.set(name, parameter, value)
    result = case.run(path)
    (found,) = [outcome for outcome in result.outcomes if outcome.rule.id == name]
    assert not result.departures
    tables = {0: "voorstel_punt", 1: "voorstel_lijn", 2: "voorstel_vlak"}
    order = list(tables.values())[::-1]
    rows = [
        (order.index(tables[int(shapely.get_dimensions(shapely.from_wkt(each["wkt"])))]), each["id"])
        for each in given["features"]
    ]
    return found, [name for _, name in sorted(rows)]


def _lay(case: Case, objects: dict[str, Any], levels: dict[str, Any]) -> None:
    """The objects of each slot in a layer of its own, with the level of each where the slot is one."""
    for slot, laid in objects.items():
        shapes = [shapely.from_wkt(each["wkt"]) for each in laid]
        columns = {"peil": [each["peil"] for each in laid]} if slot in levels else {}
        case.dataset(slot, *shapes, **columns)
        if slot in levels:
            case.bind(slot, own=case.bindings[-1]["own"], level=levels[slot])


def _rule(folder: Path, given: Any) -> tuple[Path, str]:
    """The file of a rule and its id: one of the catalogues, or one to try."""
    if isinstance(given, str):
        return CATALOGUE_OF[given][0], given
    made = rule(**given)
    return rule_file(folder, made), made["id"]


def _findings(found: RuleOutcome, drawn: list[str]) -> list[dict[str, Any]]:
    columns = ("rows", "outcome", "measured", "limit", "unit")
    told = []
    for row, outcome, measured, limit, unit in zip(
        *(getattr(found.found, name).tolist() for name in columns), strict=True
    ):
        values = [value if value == value else None for value in (measured, limit)]
        feature = drawn[row] if row >= 0 else None
        told.append({"feature": feature, "outcome": outcome, "measured": values[0], "limit": values[1], "unit": unit})
    return sorted(told, key=lambda each: str(each["feature"]))
