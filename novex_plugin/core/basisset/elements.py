"""XML elements as this package reads them; every element comes out of defusedxml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol


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

    def remove(self, child: Element) -> None:
        """Take a child out."""

    def __iter__(self) -> Iterator[Element]: ...


class Absent:
    """Stands where a record leaves an element out, so that what is read from it is absent too."""

    def __init__(self) -> None:
        self.tag = ""
        self.text: str | None = None
        self.attrib: dict[str, str] = {}

    def get(self, key: str, default: str = "") -> str:
        return default

    def find(self, path: str) -> Element | None:
        return None

    def findall(self, path: str) -> list[Element]:
        return []

    def remove(self, child: Element) -> None: ...

    def __iter__(self) -> Iterator[Element]:
        return iter(())


def first(parent: Element, path: str) -> Element:
    """The first element on a path, or one in which nothing is found."""
    found = parent.find(path)
    return Absent() if found is None else found
