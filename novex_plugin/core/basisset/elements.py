"""XML elements as this package reads them; every element comes out of defusedxml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from defusedxml import ElementTree as Safe


class Element(Protocol):
    """What is used of an element of the standard library's ElementTree."""

    tag: str
    text: str | None
    attrib: dict[str, str]

    def get(self, key: str, default: str = "") -> str:
        """An attribute."""

    def find(self, path: str) -> Element | None:
        """The first element on a path."""

    def findall(self, path: str) -> list[Element]:
        """All elements on a path."""

    def iter(self) -> Iterator[Element]:
        """The element and all below it."""

    def itertext(self) -> Iterator[str]:
        """All text."""

    def append(self, child: Element) -> None:
        """Add a child."""

    def remove(self, child: Element) -> None:
        """Take a child out."""

    def __iter__(self) -> Iterator[Element]: ...


def first(parent: Element, path: str) -> Element:
    """The first element on a path, or one in which nothing is found, so that what is read from it is absent too."""
    found = parent.find(path)
    if found is None:
        nothing: Any = Safe.fromstring("<absent/>")
        found = nothing
    return found
