"""A metadata record as assertions read it: paths with prefixes, and texts without surplus white space."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from novex_plugin.core.basisset.elements import Element

PREFIXES = {
    "gmd": "http://www.isotc211.org/2005/gmd",
    "gco": "http://www.isotc211.org/2005/gco",
    "gmx": "http://www.isotc211.org/2005/gmx",
    "gml": "http://www.opengis.net/gml",
    "gml32": "http://www.opengis.net/gml/3.2",
    "xlink": "http://www.w3.org/1999/xlink",
}
_PREFIX = re.compile(r"([a-z]+[0-9]*):")
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_YEAR = re.compile(r"(\d{1,4})\d*-")


@lru_cache(maxsize=512)
def written_out(path: str) -> str:
    """A path with its prefixes replaced by their namespaces."""
    return _PREFIX.sub(lambda found: f"{{{PREFIXES[found[1]]}}}", path)


def is_date(text: str) -> bool:
    """Whether a text begins with a year and a hyphen, as the profile's assertions ask; they look no further."""
    found = _YEAR.match(text.strip())
    return found is not None and int(found[1]) > 1000


@dataclass(frozen=True)
class Node:
    """An element of a record."""

    element: Element

    def all(self, path: str) -> list[Node]:
        """All elements on a path."""
        return [Node(found) for found in self.element.findall(written_out(path))]

    def first(self, path: str) -> Node | None:
        """The first element on a path."""
        found = self.element.find(written_out(path))
        return None if found is None else Node(found)

    def has(self, path: str) -> bool:
        """Whether there is an element on a path."""
        return self.first(path) is not None

    @property
    def own_text(self) -> str:
        """All text in the element, white space made single."""
        return " ".join("".join(self.element.itertext()).split())

    def text(self, path: str) -> str:
        """The text of the first element on a path; empty when there is none."""
        found = self.first(path)
        return "" if found is None else found.own_text

    def label(self, path: str) -> str:
        """The text of the first element on a path that holds a gco:CharacterString or a gmx:Anchor."""
        for found in self.all(path):
            for kind in ("gco:CharacterString", "gmx:Anchor"):
                if found.has(kind):
                    return found.text(kind)
        return ""

    def attribute(self, name: str) -> str:
        """An attribute without white space around it; empty when there is none."""
        return self.element.get(written_out(name), "").strip()

    def address(self, path: str) -> str:
        """Where the first gmx:Anchor in elements on a path refers to."""
        found = self.first(f"{path}/gmx:Anchor")
        return "" if found is None else found.attribute("xlink:href")

    def codes(self, path: str) -> frozenset[str]:
        """The values of code lists in the elements on a path."""
        return frozenset(found.attribute("codeListValue") for found in self.all(f"{path}/*")) - {""}

    def number(self, path: str) -> float:
        """The number in the first element on a path; not a number (which no comparison accepts) when there is none."""
        text = self.text(path)
        return float(text) if _NUMBER.fullmatch(text) else math.nan

    def dates(self, path: str, kinds: frozenset[str]) -> Iterator[str]:
        """The dates in the gmd:date elements on a path whose type is one of these."""
        for found in self.all(path):
            if found.codes("gmd:CI_Date/gmd:dateType") & kinds:
                yield found.text("gmd:CI_Date/gmd:date/gco:Date")
