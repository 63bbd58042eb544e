"""The part of the report about what the province brought itself: layers outside the basisset, and values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from novex_plugin.core.delivery.markup import Element, element
from novex_plugin.core.delivery.report_parts import Labels, Row, note, table
from novex_plugin.core.dutch import quantity
from novex_plugin.core.rules.vocabulary import PARAMETERS, vocabulary

_UNITS = {"_m": "m", "_ha": "ha", "_pct": "%", "_cm": "cm"}


def own_data_sections(bindings: Mapping[str, Any], labels: Labels) -> list[Element]:
    """Layers and values of the province's own, each with its reason; nothing where there are none."""
    return [*_layers(bindings), *_values(bindings, labels)]


def _layers(bindings: Mapping[str, Any]) -> list[Element]:
    slots = vocabulary().slots
    own = [(entry["slot"], entry["own"]) for entry in bindings.get("bindings", []) if entry.get("own")]
    rows: list[Row] = [
        [slots[slot].nl if slot in slots else slot, str(layer["name"]), str(layer["reason"]), _place(layer)]
        for slot, layer in sorted(own, key=lambda each: str(each[0]))
    ]
    if not rows:
        return []
    return [
        element("h3", "Eigen lagen buiten de basisset"),
        note("Waar de provincie van de basisset afwijkt: pas toe of leg uit."),
        table(("Speelt de rol van", "Eigen laag", "Reden", "Plaats"), rows),
    ]


def _place(layer: Mapping[str, Any]) -> Element:
    return element("code", str(layer["place"]))


def _values(bindings: Mapping[str, Any], labels: Labels) -> list[Element]:
    rows: list[Row] = [
        [
            element("span", labels.rules.get(entry["rule"], ""), element("br"), element("code", entry["rule"])),
            PARAMETERS.get(entry["parameter"], entry["parameter"]),
            _value(entry["parameter"], entry["value"]),
            str(entry["reason"]),
        ]
        for entry in sorted(bindings.get("parameters", []), key=lambda each: (each["rule"], each["parameter"]))
    ]
    if not rows:
        return []
    return [
        element("h3", "Waarden die de provincie zette"),
        note("Waar de bron geen getal geeft of de provincie een ander getal hanteert."),
        table(("Regel", "Wat", "Waarde", "Reden"), rows),
    ]


def _value(parameter: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    if isinstance(value, str):
        return value
    unit = next((unit for end, unit in _UNITS.items() if parameter.endswith(end)), None)
    return quantity(float(value), unit)
