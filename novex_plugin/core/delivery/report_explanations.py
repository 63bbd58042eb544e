"""The part of the report about explanations: who gave which reason, what was found without it, and whether it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from novex_plugin.core.delivery.markup import Element, element
from novex_plugin.core.delivery.report_parts import Labels, Row, note, table
from novex_plugin.core.dutch import day, quantity

_STATES = {
    "geldt": "geldt",
    "verlopen": "verlopen",
    "telt_niet": "telt niet",
    "overbodig": "overbodig: geen bevinding heeft haar nog nodig",
    "niet_getoetst": "de regel is niet (geheel) getoetst",
    "onbekend_kenmerk": "het object bestaat niet",
    "onbekende_regel": "de regel is niet getoetst",
}
_REASONS = {
    "verlopen_geometrie": "het object is veranderd",
    "verlopen_regelversie": "de regel is veranderd",
    "verlopen_ijkmoment": "het ijkmoment is voorbij",
    "te_kort": "de reden is te kort",
    "verbod": "het verbod kent geen uitzondering waarop men zich kan beroepen",
    "zonder_uitzondering": "zij noemt geen uitzondering van het verbod",
}
_HEADS = ("Regel", "Onderdeel", "Zonder motivering", "Reden", "Door", "#Datum", "Stand")


def explanations_section(explanations: Sequence[Mapping[str, Any]], labels: Labels) -> list[Element]:
    """Every explanation with the original outcome beside it; nothing when there are none."""
    if not explanations:
        return []
    rows: list[Row] = [
        [
            element("code", str(row.get("regel") or "–")),
            labels.feature(row.get("kenmerk")),
            _without(row),
            _reason(row),
            ", ".join(str(row[key]) for key in ("organisatie", "rol") if row.get(key)) or "–",
            day(str(row.get("datum") or "")),
            _standing(row),
        ]
        for row in explanations
    ]
    said = "Een motivering neemt een bevinding niet weg: de uitkomst zonder motivering blijft ernaast staan."
    return [element("h2", "Motiveringen"), note(said), table(_HEADS, rows)]


def _without(row: Mapping[str, Any]) -> str:
    """What was found without the explanation: now or, where no finding is left, when it was given."""
    found = [each for each in row.get("bevindingen") or [] if isinstance(each, Mapping)]
    if found:
        return "; ".join(_measured(each.get("uitkomst_getoetst"), each) for each in found)
    return f"{_measured(row['uitkomst'], row)} (toen)" if row.get("uitkomst") else "–"


def _measured(outcome: Any, row: Mapping[str, Any]) -> str:
    value, unit = row.get("gemeten"), row.get("eenheid")
    told = quantity(value, str(unit or "") or None) if isinstance(value, int | float) else ""
    return ", ".join(part for part in (str(outcome or "–").replace("_", " "), told) if part)


def _reason(row: Mapping[str, Any]) -> str:
    reason = str(row.get("reden") or "–")
    return f"{reason} (beroep op uitzondering {row['uitzondering']})" if row.get("uitzondering") else reason


def _standing(row: Mapping[str, Any]) -> str:
    state = _STATES.get(str(row.get("stand")), "–")
    why = _REASONS.get(str(row.get("waarom")))
    until = f", tot ijkmoment {row['geldig_tot_ijkmoment']}" if row.get("geldig_tot_ijkmoment") else ""
    return (f"{state}: {why}" if why else state) + until
