"""A schema of ours as functions, for files of many megabytes: jsonschema takes a millisecond for each small object."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from novex_plugin.core.files import check_schema
from novex_plugin.core.resources import SCHEMAS

Check = Callable[[Any], bool]


def check_quickly(content: object, schema: str, file: Path | str | None = None) -> None:
    """As `check_schema`, which is asked only when `content` departs from the schema, or when the schema uses a word
    that is not known here."""
    keeps = _keeps(schema)
    if keeps is None or not keeps(content):
        check_schema(content, schema, file)


@lru_cache(maxsize=8)
def _keeps(schema: str) -> Check | None:
    try:
        return compiled(json.loads((SCHEMAS / f"{schema}.schema.json").read_text(encoding="utf-8")))
    except KeyError:
        return None


def compiled(schema: Mapping[str, Any]) -> Check:
    """A function that tells whether JSON keeps to a schema. Raises KeyError for a word that is not known here."""
    return _Compiler(schema).check(schema)


class _Compiler:
    def __init__(self, whole: Mapping[str, Any]) -> None:
        self._defined: dict[str, list[Check]] = {f"#/$defs/{name}": [] for name in whole.get("$defs", {})}
        for name, part in whole.get("$defs", {}).items():
            self._defined[f"#/$defs/{name}"].append(self.check(part))

    def check(self, schema: Mapping[str, Any]) -> Check:
        """All that one level of a schema asks."""
        if not isinstance(schema, Mapping):
            raise KeyError(schema)
        asked = [_WORDS[word](self, value, schema) for word, value in schema.items() if word not in _SILENT]
        if len(asked) == 1:
            return asked[0]
        return lambda value: all(each(value) for each in asked)

    def referred(self, place: str, _schema: Any) -> Check:
        defined = self._defined[place]  # filled when all is compiled: definitions may name each other
        return lambda value: defined[0](value)

    def one_of(self, listed: Any, _schema: Any) -> Check:
        several = [self.check(each) for each in listed]
        return lambda value: sum(each(value) for each in several) == 1

    def items(self, schema: Any, _whole: Any) -> Check:
        each = self.check(schema)
        return lambda value: not isinstance(value, list) or all(map(each, value))

    def members(self, named: Any, _schema: Any) -> Check:
        checks = {name: self.check(part) for name, part in named.items()}

        def keep(value: Any) -> bool:
            return not isinstance(value, dict) or all(
                name not in checks or checks[name](each) for name, each in value.items()
            )

        return keep

    def other_members(self, rest: Any, schema: Mapping[str, Any]) -> Check:
        known = frozenset(schema.get("properties", {}))
        if rest is False:
            return lambda value: not isinstance(value, dict) or known.issuperset(value)
        other = self.check(rest)

        def keep(value: Any) -> bool:
            return not isinstance(value, dict) or all(name in known or other(each) for name, each in value.items())

        return keep


def _is_integer(value: Any) -> bool:
    return value.is_integer() if isinstance(value, float) else _is_number(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_TYPES: dict[str, Check] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "integer": _is_integer,
    "number": _is_number,
}


def _types(_compiler: _Compiler, named: Any, _schema: Any) -> Check:
    several = [_TYPES[name] for name in ([named] if isinstance(named, str) else named)]
    if len(several) == 1:
        return several[0]
    return lambda value: any(each(value) for each in several)


def _among(_compiler: _Compiler, listed: Any, _schema: Any) -> Check:
    if not all(isinstance(each, str) or _is_number(each) for each in listed):
        raise KeyError("enum")
    allowed = frozenset(listed)
    return lambda value: (isinstance(value, str) or _is_number(value)) and value in allowed


def _required(_compiler: _Compiler, named: Any, _schema: Any) -> Check:
    needed = frozenset(named)
    return lambda value: not isinstance(value, dict) or needed <= value.keys()


def _pattern(_compiler: _Compiler, text: Any, _schema: Any) -> Check:
    search = re.compile(text).search
    return lambda value: not isinstance(value, str) or search(value) is not None


_SILENT = ("$schema", "$id", "$defs", "title", "description")
_WORDS: dict[str, Callable[[_Compiler, Any, Mapping[str, Any]], Check]] = {
    "$ref": _Compiler.referred,
    "oneOf": _Compiler.one_of,
    "items": _Compiler.items,
    "properties": _Compiler.members,
    "additionalProperties": _Compiler.other_members,
    "required": _required,
    "type": _types,
    "enum": _among,
    "const": lambda compiler, value, schema: _among(compiler, [value], schema),
    "pattern": _pattern,
    "minLength": lambda _c, least, _s: lambda value: not isinstance(value, str) or len(value) >= least,
    "minItems": lambda _c, least, _s: lambda value: not isinstance(value, list) or len(value) >= least,
    "maxItems": lambda _c, most, _s: lambda value: not isinstance(value, list) or len(value) <= most,
    "minimum": lambda _c, least, _s: lambda value: not _is_number(value) or value >= least,
    "maximum": lambda _c, most, _s: lambda value: not _is_number(value) or value <= most,
}
"""What each word asks; all of it holds for values of its own kind alone, as in JSON Schema."""
