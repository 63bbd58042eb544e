"""SQL whose names come from outside: every name is quoted here, values travel as parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MARK = re.compile(r"\{(\w+)(\??)\}")


def quoted(name: str) -> str:
    """A table or column name as an SQL identifier, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def statement(template: str, **names: str | Iterable[str]) -> str:
    """Fill each `{mark}` of the template with a quoted name, or with a comma-separated list of quoted names.

    `{mark?}` becomes as many question marks as there are names.
    """

    def fill(mark: re.Match[str]) -> str:
        given = names[mark.group(1)]
        if mark.group(2):
            return ", ".join("?" for _ in given)
        return quoted(given) if isinstance(given, str) else ", ".join(quoted(name) for name in given)

    return _MARK.sub(fill, template)


def literal(value: str | float) -> str:
    """A constant for a CHECK or DEFAULT, where SQL takes no parameters."""
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else repr(value)
