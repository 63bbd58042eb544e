"""On which line of a JSON text a value stands, so that a refusal can point at it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')

Place = tuple[str | int, ...]
"""Names of members and numbers of elements, from the outside in."""


def line_of(text: str, place: Iterable[str | int]) -> int | None:
    """The line, counted from 1, of a member's name or an element's start; None where the text has no such place."""
    wanted = tuple(place)
    for found, position in _places(text):
        if found == wanted:
            return text.count("\n", 0, position) + 1
    return None


def _places(text: str) -> Iterator[tuple[Place, int]]:
    """Every value of a well-formed JSON text with the position of its start; a member's is that of its name."""
    path: list[str | int] = []
    named = 0
    expects_name: list[bool] = []
    yield (), 0
    for match in _TOKEN.finditer(text):
        sign = match.group()
        if sign in "}]":
            path.pop()
            expects_name.pop()
        elif sign == ",":
            _next(path, expects_name)
        elif sign == ":":
            expects_name[-1] = False
        elif expects_name and expects_name[-1]:
            path[-1], named = json.loads(sign), match.start()
        else:
            if path:
                yield tuple(path), named if isinstance(path[-1], str) else match.start()
            if sign in "{[":
                path.append("" if sign == "{" else 0)
                expects_name.append(sign == "{")


def _next(path: list[str | int], expects_name: list[bool]) -> None:
    last = path[-1]
    if isinstance(last, int):
        path[-1] = last + 1
    else:
        expects_name[-1] = True
