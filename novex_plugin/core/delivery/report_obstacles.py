"""The part of the report that comes first: the broken rules that keep a delivery from being final, one line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from novex_plugin.core.delivery.markup import Element, element
from novex_plugin.core.delivery.report_parts import Labels, Row, note, some, table
from novex_plugin.core.dutch import number
from novex_plugin.core.rules.model import HARDNESS, OVERTREEDT

_SAID = {"verbod": "verbod", "pas_toe_of_leg_uit": "pas toe of leg uit"}
_NAMED = 4


def obstacles_section(findings: Mapping[str, Any], labels: Labels) -> list[Element]:
    """Prohibitions first, then what is to be followed or explained; nothing when no such rule is broken."""
    broken: dict[str, list[Mapping[str, Any]]] = {}
    for row in findings.get("findings") or []:
        if row.get("uitkomst") == OVERTREEDT and row.get("hardheid") in _SAID:
            broken.setdefault(str(row.get("regel")), []).append(row)
    if not broken:
        return []
    order = sorted(broken.items(), key=lambda each: (_rank(each[1]), each[0]))
    rows: list[Row] = [
        [
            _SAID[str(found[0]["hardheid"])],
            element("span", labels.rules.get(rule, rule), element("br"), element("code", rule)),
            labels.programme(found[0].get("programma")),
            _names(found, labels),
            number(len(found), "aantal"),
        ]
        for rule, found in order
    ]
    count = sum(len(found) for found in broken.values())
    return [
        element("h2", "Wat een definitieve levering in de weg staat"),
        note(
            f"{len(broken)} regels met samen {count} bevindingen die om een aanpassing of een motivering vragen. "
            "Hieronder staan zij uitgewerkt per programma, met voorkeuren en adviezen."
        ),
        table(("Hardheid", "Regel", "Programma", "Waar het om gaat", "#Bevindingen"), rows, "obstacles"),
    ]


def _rank(found: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
    return HARDNESS.index(str(found[0]["hardheid"])), -len(found)


def _names(found: Sequence[Mapping[str, Any]], labels: Labels) -> str:
    return some(sorted({labels.feature(row.get("kenmerk")) for row in found}), _NAMED)
