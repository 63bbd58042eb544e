"""The part of the report that counts rules: per programme, how many had which outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from novex_plugin.core.delivery.markup import Element, element
from novex_plugin.core.delivery.report_parts import Labels, Row, note, table
from novex_plugin.core.dutch import number
from novex_plugin.core.rules.catalogue import read_catalogues
from novex_plugin.core.rules.model import GEMOTIVEERD, NIET_TOETSBAAR, NIET_VAN_TOEPASSING, OVERTREEDT, VOLDOET

_COLUMNS = (OVERTREEDT, GEMOTIVEERD, VOLDOET, NIET_TOETSBAAR, NIET_VAN_TOEPASSING)
_HEADS = ("Programma", "#Overtreedt", "#Gemotiveerd", "#Voldoet", "#Niet toetsbaar", "#N.v.t.", "#Regels")


def programme_titles() -> dict[str, str]:
    """What the rule files of the plugin call their programmes, by id."""
    return {each.programme: each.title for each in read_catalogues()}


def outcomes_by_programme(findings: Mapping[str, Any]) -> dict[str, Counter[str]]:
    """How many rules of each programme had which outcome."""
    counted: dict[str, Counter[str]] = {}
    for rule in findings.get("rules") or []:
        counted.setdefault(str(rule.get("programme") or "–"), Counter())[str(rule.get("outcome"))] += 1
    return counted


def programmes_section(findings: Mapping[str, Any], labels: Labels) -> list[Element]:
    """A line for each programme that speaks of this proposal, a total, and the names of those that do not."""
    counted = outcomes_by_programme(findings)
    if not counted:
        return []
    silent = {name for name, counts in counted.items() if set(counts) == {NIET_VAN_TOEPASSING}}
    speaking = sorted(set(counted) - silent, key=lambda name: labels.programme(name).casefold())
    rows = [_row(labels.programme(name), counted[name]) for name in speaking]
    if silent:
        folded: Counter[str] = sum((counted[name] for name in silent), Counter())
        rows.append(_row(f"{len(silent)} programma's die hier niets vragen", folded))
    rows.append(_row("Samen", sum(counted.values(), Counter())))
    nodes = [element("h3", "Per programma"), table(_HEADS, rows, "programmes")]
    if silent:
        names = ", ".join(sorted((labels.programme(name) for name in silent), key=str.casefold))
        nodes.append(note(f"Niets te vragen hebben hier: {names}."))
    return nodes


def _row(name: str, counts: Counter[str]) -> Row:
    cells: Row = [name]
    cells += [_cell(outcome, counts[outcome]) for outcome in _COLUMNS]
    return [*cells, number(counts.total(), "aantal")]


def _cell(outcome: str, count: int) -> Element | str:
    return element("b", number(count, "aantal"), class_=f"count {outcome}") if count else "–"
