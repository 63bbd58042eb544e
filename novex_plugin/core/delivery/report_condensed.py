"""Findings as few lines as they need: areas of which a rule says the same share one, and what was not tested waits for
its own part of the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from novex_plugin.core.rules.model import NIET_TOETSBAAR

_ALIKE = 3
_SAYING = ("regel", "uitkomst", "uitkomst_getoetst", "melding", "gemeten", "grens", "eenheid")


def condensed(findings: Mapping[str, Any]) -> dict[str, Any]:
    """The findings without rules that could not be tested (and their findings about no feature in particular), and
    with one row for areas of which a rule says the same."""
    rules = findings.get("rules") or []
    untested = {str(rule["rule"]) for rule in rules if rule.get("outcome") == NIET_TOETSBAAR}
    kept = [
        row
        for row in findings.get("findings") or []
        if row.get("kenmerk") or row.get("uitkomst") != NIET_TOETSBAAR or str(row.get("regel")) not in untested
    ]
    tested = [rule for rule in rules if str(rule["rule"]) not in untested]
    return {**findings, "rules": tested, "findings": _shared(kept)}


def _shared(rows: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    alike: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for row in rows:
        name = str(row.get("id")) if row.get("kenmerk") else ""
        alike.setdefault((name, *(str(row.get(part)) for part in _SAYING)), []).append(row)
    told: list[Mapping[str, Any]] = []
    for group in alike.values():
        told += [_together(group)] if len(group) > _ALIKE else group
    return told


def _together(group: list[Mapping[str, Any]]) -> dict[str, Any]:
    """One row for many; it has the id of none, for it lies in no one place."""
    first = group[0]
    return {**first, "id": f"{first.get('id')}+{len(group)}", "melding": f"{len(group)} gebieden: {first['melding']}"}
