"""Pieces of HTML that the sections of the report share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from novex_plugin.core.delivery.markup import Element, element

Row = list[Element | str]


@dataclass(frozen=True)
class Labels:
    """What readers call things: where a finding lies (by its id), what a feature, rule or programme is called, and the
    snapshot's entry of a dataset."""

    places: Mapping[str, str] = field(default_factory=dict)
    features: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    programmes: Mapping[str, str] = field(default_factory=dict)
    datasets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def feature(self, identifier: Any) -> str:
        """The name of a feature; of none, the whole proposal."""
        return self.features.get(str(identifier)) or str(identifier or "hele voorstel")

    def programme(self, identifier: Any) -> str:
        """The name of a programme."""
        return self.programmes.get(str(identifier)) or str(identifier or "–")


def table(heads: Sequence[str], rows: Iterable[Row], class_: str = "plain") -> Element:
    """A table; a head that starts with `#` makes a column of numbers, `class_` names its layout in the style sheet."""
    numeric = [head.startswith("#") for head in heads]
    headers = [
        element("th", head.lstrip("#"), scope="col", class_="number" if right else "text")
        for head, right in zip(heads, numeric, strict=True)
    ]
    lines = [
        element(
            "tr",
            *(
                element("td", cell, class_="number" if right else "text")
                for cell, right in zip(row, numeric, strict=True)
            ),
        )
        for row in rows
    ]
    return element("table", element("thead", element("tr", *headers)), element("tbody", *lines), class_=class_)


def note(said: str) -> Element:
    """A quiet line of explanation."""
    return element("p", said, class_="note")


def some(names: Sequence[str], most: int) -> str:
    """The first of these names, and how many more there are."""
    more = f" en nog {len(names) - most}" if len(names) > most else ""
    return "; ".join(names[:most]) + more
