"""The part of the report about targets: what was drawn beside what is asked, as numbers and as bars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from novex_plugin.core.delivery.markup import Element, element
from novex_plugin.core.delivery.report_parts import Row, note, table
from novex_plugin.core.dutch import number, quantity

_WIDTH = 260.0
_DRAWN, _ENOUGH, _SHORT = "#2d5d86", "#2f6f3e", "#b3121d"


def balance_section(balance: Mapping[str, Any]) -> list[Element]:
    """Each target with its bandwidth, what the variant draws and what remains."""
    nodes = [element("h2", "Balans")]
    targets = [target for target in balance.get("targets") or [] if target.get("own", True)]
    if not targets:
        return [*nodes, note("Er zijn geen doelen om dit voorstel naast te leggen.")]
    rows: list[Row] = [
        [
            str(target.get("title") or target.get("indicator") or target.get("target")),
            str(target.get("place") or "–"),
            str(target.get("year") or "–"),
            _asked(target),
            quantity(target.get("drawn"), target.get("unit")),
            _left(target),
            _bar(target),
        ]
        for target in targets
    ]
    nodes.append(table(("Doel", "Waar", "#Jaar", "#Gevraagd", "#Getekend", "#Nog te doen", ""), rows))
    nodes += [note(str(said)) for said in balance.get("notes") or []]
    return nodes


def _asked(target: Mapping[str, Any]) -> str:
    least, most, unit = target.get("minimum"), target.get("maximum"), target.get("unit")
    if least is not None and most is not None and least != most:
        return f"{number(least, unit)} – {quantity(most, unit)}"
    if least is not None:
        return f"≥ {quantity(least, unit)}"
    return f"≤ {quantity(most, unit)}" if most is not None else "–"


def _left(target: Mapping[str, Any]) -> str:
    """What is still to be found, or how much there is too much."""
    if target.get("surplus") and target.get("maximum") is not None:
        return f"{quantity(target['surplus'], target.get('unit'))} te veel"
    return quantity(target.get("remaining"), target.get("unit"))


def _bar(target: Mapping[str, Any]) -> Element:
    """What is drawn as a bar; the bandwidth that is asked as a pale field with its edges."""
    drawn = float(target.get("drawn") or 0)
    least, most = target.get("minimum"), target.get("maximum")
    scale = max(drawn, float(least or 0), float(most or 0)) * 1.08
    if scale <= 0:
        return element("span", "–")

    def at(value: float) -> str:
        return f"{max(value, 0) / scale * _WIDTH:.1f}"

    field_from = float(least) if least is not None else 0.0
    field_to = float(most) if most is not None else scale
    width = f"{max(field_to - field_from, 0) / scale * _WIDTH:.1f}"
    shapes = [
        element("rect", x="0", y="7", width=str(_WIDTH), height="8", fill="#f0ede6"),
        element("rect", x=at(field_from), y="2", width=width, height="18", fill="#dfe8dd"),
        element("rect", x="0", y="7", width=at(drawn), height="8", fill=_colour(drawn, least, most)),
    ]
    shapes += [
        element("line", x1=at(edge), x2=at(edge), y1="1", y2="21", stroke="#22303c", stroke_width="1.5")
        for edge in (least, most)
        if edge is not None
    ]
    described = f"getekend {number(drawn, target.get('unit'))} van {_asked(target)}"
    return element(
        "svg",
        *shapes,
        class_="bar",
        viewBox=f"0 0 {_WIDTH:.0f} 22",
        role="img",
        aria_label=described,
        preserveAspectRatio="none",
    )


def _colour(drawn: float, least: float | None, most: float | None) -> str:
    if most is not None and drawn > most:
        return _SHORT if least is None else _DRAWN
    return _ENOUGH if least is None or drawn >= least else _DRAWN
