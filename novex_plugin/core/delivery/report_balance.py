"""The part of the report about targets: what was drawn beside what is asked, as numbers and as bars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from novex_plugin.core.delivery.markup import Element, element
from novex_plugin.core.delivery.report_parts import Row, note, table
from novex_plugin.core.dutch import number, quantity

_WIDTH = 260.0
_DRAWN, _ENOUGH, _SHORT = "#2d5d86", "#2f6f3e", "#b3121d"


_OUTCOMES = {
    "gehaald": "gehaald",
    "tekort": "tekort",
    "overschot": "te veel",
    "binnen-bandbreedte": "binnen de bandbreedte",
    "niet_toetsbaar": "niet te toetsen",
}
_SIGNS = {"circa": "≈", "gelijk": "=", "meer-dan": ">", "minder-dan": "<"}
_NEAR = ("provincie", "novex", "land")
_NOTES, _CLAIMS = 6, 20
"""How many notes and double claims are shown at once; of the others is told where they stand."""


def balance_section(balance: Mapping[str, Any]) -> list[Element]:
    """The targets of the province, its NOVEX areas and the country with what is drawn and remains; the others, and the
    totals of all indicators, folded away."""
    nodes = [element("h2", "Balans")]
    targets = list(balance.get("targets") or [])
    near = [each for each in targets if each.get("own", True) and each.get("place_kind", "land") in _NEAR]
    others = [each for each in targets if each not in near]
    near.sort(key=lambda each: _NEAR.index(each.get("place_kind", "land")))
    if near:
        nodes.append(_targets(near))
    else:
        nodes.append(note("Er zijn geen doelen om dit voorstel naast te leggen."))
    if others:
        nodes.append(_folded(f"Doelen voor andere plaatsen ({len(others)})", _targets(others)))
    nodes += _claims(balance.get("double_claims") or [])
    nodes += _totals(balance.get("totals") or [])
    said = [note(str(each)) for each in balance.get("notes") or []]
    nodes += said[:_NOTES]
    if said[_NOTES:]:
        nodes.append(_folded(f"Nog {len(said) - _NOTES} opmerkingen", *said[_NOTES:]))
    return nodes


def _folded(title: str, *nodes: Element) -> Element:
    return element("details", element("summary", title), *nodes)


def _targets(targets: Sequence[Mapping[str, Any]]) -> Element:
    rows: list[Row] = [
        [
            _named(target),
            str(target.get("place") or "–"),
            str(target.get("year") or "alle"),
            _asked(target),
            quantity(target.get("drawn"), target.get("unit")),
            _left(target),
            _OUTCOMES.get(str(target.get("outcome")), "–"),
            _bar(target),
        ]
        for target in targets
    ]
    return table(("Doel", "Waar", "#Jaar", "#Gevraagd", "#Getekend", "#Nog te doen", "Uitkomst", ""), rows)


def _named(target: Mapping[str, Any]) -> Element | str:
    name = str(target.get("label") or target.get("title") or target.get("indicator") or target.get("target"))
    return element("div", name, note(str(target["reading"]))) if target.get("reading") else name


def _claims(claims: Sequence[Mapping[str, Any]]) -> list[Element]:
    """What is claimed twice on the same ground, and how much of it does not count."""
    if not claims:
        return []
    rows: list[Row] = [
        [
            str(claim.get("title") or claim.get("indicator")),
            str(claim.get("year") or "–"),
            ", ".join(str(each) for each in claim.get("features") or []),
            quantity(claim.get("area_ha"), "ha"),
            quantity(claim.get("left_out"), claim.get("unit")),
        ]
        for claim in claims[:_CLAIMS]
    ]
    nodes = [
        element("h3", "Dubbel geclaimd"),
        table(("Indicator", "#Jaar", "Objecten; het laatste telt minder", "#Zelfde grond", "#Niet meegeteld"), rows),
    ]
    if len(claims) > _CLAIMS:
        nodes.append(note(f"En nog {len(claims) - _CLAIMS}; alle staan in het bestand met de balans."))
    return nodes


def _totals(totals: Sequence[Mapping[str, Any]]) -> list[Element]:
    """What the whole variant draws for each indicator that it draws anything for, by the last year that counts."""
    whole = [each for each in totals if each.get("place_kind") == "land" and each.get("parts")]
    years = sorted({each["year"] for each in whole if each.get("year") is not None})
    drawn = {(each.get("indicator"), each.get("year")): each for each in whole}
    rows: list[Row] = [
        [
            str(each.get("title") or each.get("indicator")),
            *(_of_year(drawn.get((each.get("indicator"), year))) for year in (*years, None)),
            str(len(each["parts"])),
        ]
        for each in whole
        if each.get("year") is None
    ]
    if not rows:
        return []
    heads = ("Indicator", *(f"#Tot en met {year}" for year in years), "#Alle jaren", "#Bijdragen")
    return [_folded(f"Alles wat is getekend, voor {len(rows)} indicatoren", table(heads, rows))]


def _of_year(total: Mapping[str, Any] | None) -> str:
    return "–" if total is None else quantity(total.get("drawn"), total.get("unit"))


def _asked(target: Mapping[str, Any]) -> str:
    least, most, unit = target.get("minimum"), target.get("maximum"), target.get("unit")
    sign = _SIGNS.get(str(target.get("comparator")))
    if least is not None and most is not None and least != most:
        return f"{number(least, unit)} – {quantity(most, unit)}"
    if least is not None:
        return f"{sign or '≥'} {quantity(least, unit)}"
    return f"{sign or '≤'} {quantity(most, unit)}" if most is not None else "–"


def _left(target: Mapping[str, Any]) -> str:
    """What is still to be found, or how much there is too much."""
    if target.get("outcome") in ("gehaald", "binnen-bandbreedte", "niet_toetsbaar"):
        return "–"
    if target.get("surplus") and target.get("maximum") is not None:
        return f"{quantity(target['surplus'], target.get('unit'))} te veel"
    return quantity(target.get("remaining"), target.get("unit"))


def _bar(target: Mapping[str, Any]) -> Element:
    """What is drawn as a bar; the bandwidth that is asked as a pale field with its edges."""
    if target.get("outcome") == "niet_toetsbaar":
        return element("span", f"nodig: {target.get('missing') or '–'}", class_="note")
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
        element("rect", x="0", y="7", width=at(drawn), height="8", fill=_colour(target, drawn, least, most)),
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


def _colour(target: Mapping[str, Any], drawn: float, least: float | None, most: float | None) -> str:
    if target.get("outcome") in ("gehaald", "binnen-bandbreedte"):
        return _ENOUGH
    if most is not None and drawn > most:
        return _SHORT if least is None else _DRAWN
    return _ENOUGH if least is None or drawn >= least else _DRAWN
