"""Tables that lay variants beside each other: a column for each, with a small bar of one quiet colour."""

from __future__ import annotations

from collections.abc import Sequence

from novex_plugin.core.delivery.markup import Element, element
from novex_plugin.core.dutch import number, quantity

Cell = Element | str | list[Element | str]
Head = tuple[str, str]
"""What a head says, and the class that sets the width of its column."""

_COUNTS = frozenset({"aantal", "bevindingen", "regels", "paren"})


def beside(
    before: Sequence[Head],
    variants: Sequence[str],
    after: Sequence[Head],
    lines: Sequence[tuple[list[Cell], str]],
    numbers: bool = True,
) -> Element:
    """A table: `before` the columns of the variants and `after` them; `lines` are the cells of a row and its class."""
    heads = [*before, *((name, "variant") for name in variants), *after]
    side = "number" if numbers else "text"
    sides = ["text", *(side if place >= len(before) else "number" for place in range(1, len(heads)))]
    head = [
        element("th", said, scope="col", class_=f"{align} {width}".strip())
        for (said, width), align in zip(heads, sides, strict=True)
    ]
    rows = [_line(cells, sides, kind) for cells, kind in lines]
    made = element("table", element("thead", element("tr", *head)), element("tbody", *rows), class_="beside")
    return element("div", made, class_="wide")


def _line(cells: Sequence[Cell], sides: Sequence[str], kind: str) -> Element:
    made = [
        element("td", *(cell if isinstance(cell, list) else [cell]), class_=side)
        for cell, side in zip(cells, sides, strict=True)
    ]
    return element("tr", *made, class_=kind) if kind else element("tr", *made)


def figure(
    value: float | None, unit: str, said: str | None = None, score: float | None = None, part: float | None = None
) -> Cell:
    """A value as readers write it, with its bar: `score` (0 to 100), or `part` (0 to 1) of the most of its row."""
    written = number(value, "aantal") if unit in _COUNTS else quantity(value, unit)
    nodes: list[Element | str] = [element("b", written)]
    if score is not None:
        nodes += [element("span", f"score {number(round(score, 1))}", class_="score"), _meter(score / 100)]
    elif part is not None:
        nodes.append(_meter(part))
    if said:
        nodes.append(element("small", said))
    return nodes


def score_cell(score: float | None, said: str | None) -> Cell:
    """A weighted sum, or why there is none."""
    nodes: list[Element | str] = [element("b", number(round(score, 1) if score is not None else None))]
    if score is not None:
        nodes.append(_meter(score / 100))
    return [*nodes, element("small", said)] if said else nodes


def _meter(part: float) -> Element:
    width = f"width:{100 * min(1.0, max(0.0, part)):.1f}%"
    return element("span", element("i", style=width), class_="meter", aria_hidden="true")
