"""What a rule may not say: words that the vocabulary, the kind of rule or the file itself does not know."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from novex_plugin.core.errors import InputError
from novex_plugin.core.files import json_line
from novex_plugin.core.rules.kinds import KINDS
from novex_plugin.core.rules.model import EVERYWHERE, HARDNESS
from novex_plugin.core.rules.vocabulary import SCOPES, Vocabulary

NUMBERS = frozenset({"m", "ha", "%", "cm"})
"""Units of parameters that are numbers."""

MOST = 1_000_000_000
"""No distance, area or level is larger in any unit; far beyond it geometry cannot be computed."""

_LISTS = frozenset({"volgorde", "legenda", "waarden"})


class Unknown(NamedTuple):
    """Where in a rule an unknown value stands, the value, and what is allowed there."""

    place: tuple[str | int, ...]
    value: Any
    allowed: Iterable[str]


def refuse_unknown_words(path: Path, content: Mapping[str, Any], words: Vocabulary) -> None:
    """Raise InputError for the first word in a rule file that is not known, with the line and the allowed values."""
    statements = [entry["id"] for entry in content.get("statements", [])]
    for number, entry in enumerate(content["rules"]):
        for place, value, allowed in unknown_words(entry, words, statements):
            choice = ", ".join(sorted(allowed)) or "niets"
            field = ".".join(str(part) for part in place if isinstance(part, str))
            where: list[str | int] = ["rules", number, *place]
            while (line := json_line(path, where)) is None and len(where) > 2:
                where.pop()  # something that is lacking stands on no line: its owner does
            said = f"{value!r} is hier niet bekend." if value not in (None, "") else "hier ontbreekt iets."
            raise InputError(said, f"Toegestaan: {choice}.", path, row=str(entry["id"]), field=field, line=line)


def unknown_words(entry: Mapping[str, Any], words: Vocabulary, statements: Collection[str]) -> Iterator[Unknown]:
    """Everything in a rule (as it stands in the file) that nobody knows."""
    for name, allowed in (("kind", KINDS), ("hardness", HARDNESS)):
        if entry[name] not in allowed:
            yield Unknown((name,), entry[name], allowed)
    yield from _in_subject(entry["subject"], ("subject",), words)
    yield from _each(("objects", "slots"), entry["objects"]["slots"], words.slots)
    applies = entry["applies"]
    if applies["provinces"] != EVERYWHERE:
        yield from _each(("applies", "provinces"), applies["provinces"], words.provinces)
    yield from _each(("applies", "novex_areas"), applies.get("novex_areas", ()), words.novex_areas)
    yield from _each(("applies", "area_slots"), applies.get("area_slots", ()), words.slots)
    for number, exemption in enumerate(entry["exceptions"]):
        if "subject" in exemption:
            yield from _in_subject(exemption["subject"], ("exceptions", number, "subject"), words)
        yield from _each(("exceptions", number, "slots"), exemption.get("slots", ()), words.slots)
    if entry["kind"] in KINDS:
        yield from _in_kind(entry, words, statements)


def _each(place: tuple[str | int, ...], values: Sequence[str], allowed: Iterable[str]) -> Iterator[Unknown]:
    known = set(allowed)
    yield from (Unknown((*place, row), value, known) for row, value in enumerate(values) if value not in known)


def _in_subject(subject: Mapping[str, Any], place: tuple[str | int, ...], words: Vocabulary) -> Iterator[Unknown]:
    known = {
        "groups": words.groups,
        "legend": words.units,
        "roles": words.roles,
        "status": words.statuses,
        "precision": words.precisions,
    }
    for name, allowed in known.items():
        yield from _each((*place, name), subject.get(name, ()), allowed)
    if not (subject["groups"] or subject["legend"]):
        yield Unknown((*place, "groups"), "", words.groups)


def _in_kind(entry: Mapping[str, Any], words: Vocabulary, statements: Collection[str]) -> Iterator[Unknown]:
    """What the kind of the rule does not take: datasets, parameters, units and values."""
    kind, slots, parameters = KINDS[entry["kind"]], entry["objects"]["slots"], entry["parameters"]
    if kind.OBJECTS == "geen" and slots:
        yield Unknown(("objects", "slots"), slots[0], ())
    if kind.OBJECTS == "nodig" and not slots:
        yield Unknown(("objects", "slots"), "", words.slots)
    lacking = kind.lacking(set(parameters), slots)
    if lacking is not None:
        yield Unknown(("parameters",), ", ".join(sorted(parameters)), lacking)
    for name, given in parameters.items():
        if name not in kind.UNITS:
            yield Unknown(("parameters", name), name, kind.UNITS)
        elif given["unit"] != kind.UNITS[name]:
            yield Unknown(("parameters", name, "unit"), given["unit"], (kind.UNITS[name],))
        elif given["value"] is not None:
            place = ("parameters", name, "value")
            yield from wrong_value(place, given["value"], given["unit"], words, statements)


def wrong_value(
    place: tuple[str | int, ...],
    value: Any,
    unit: str,
    words: Vocabulary,
    statements: Collection[str] | None = None,
) -> Iterator[Unknown]:
    """What is wrong with a value that stands in a unit: its type, or a word that does not exist."""
    known = {"indicator": words.indicators, "veld": words.fields, "bereik": SCOPES, "verklaring": statements}
    if unit in NUMBERS:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield Unknown(place, str(value), (f"een getal in {unit}",))
        elif not value <= MOST:
            yield Unknown(place, f"{str(value)[:20]}…", (f"ten hoogste een miljard {unit}",))
    elif unit in _LISTS:
        if not isinstance(value, list) or not value or not all(isinstance(each, str) for each in value):
            yield Unknown(place, str(value), ("een lijst van codes",))
        elif unit == "legenda":
            yield from _each(place, value, words.units)
    elif not isinstance(value, str):
        yield Unknown(place, str(value), ("een code",))
    elif (allowed := known.get(unit)) is not None and value not in allowed:
        yield Unknown(place, value, allowed)
