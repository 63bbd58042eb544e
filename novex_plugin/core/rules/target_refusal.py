"""What a target may not say: words that the agreement does not know, and figures that contradict one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import json_line

COUNTRY = "NL"
TARGET = "doel"

_REMEDY = "Verbeter de doelen, of gebruik die van de plugin."
_NOVEX = "novex_gebied"

Entry = Mapping[str, Any]


class Given(NamedTuple):
    """A target file and its entries, which follow the schema."""

    path: Path
    entries: Sequence[Entry]


class Problem(NamedTuple):
    """What is wrong with an entry: the names from the entry to the value, what is wrong there, and what is allowed."""

    place: tuple[str, ...]
    text: str
    remedy: str = _REMEDY


def refuse_contradictions(files: Iterable[Given], agreement: Agreement) -> None:
    """Raise InputError for the first entry that contradicts the agreement, itself or another entry."""
    seen: set[str] = set()
    places: dict[str, Entry] = {}
    for path, entries in files:
        alike: dict[tuple[Any, ...], list[Entry]] = defaultdict(list)
        for number, entry in enumerate(entries):
            place = places.setdefault(entry["place"]["code"], entry["place"])
            for problem in (*_problems(entry, agreement), *_moved(entry, place), *_doubles(entry, seen, alike)):
                raise _refusal(path, number, entry, problem)
            seen.add(entry["id"])


def _refusal(path: Path, number: int, entry: Entry, problem: Problem) -> InputError:
    field = ".".join((f"$.targets[{number}]", *problem.place))
    line = json_line(path, ["targets", number, *problem.place])
    return InputError(problem.text, problem.remedy, path, row=entry["id"], field=field, line=line)


def _moved(entry: Entry, place: Entry) -> Iterator[Problem]:
    """A place whose code stands for another place elsewhere."""
    given = entry["place"]
    for name in ("kind", "name"):
        if given[name] != place[name]:
            text = f"de plaats {given['code']} heet elders {place['name']} (soort {place['kind']})."
            yield Problem(("place", name), text, "Geef een andere plaats een eigen id.")
    if sorted(given["provinces"]) != sorted(place["provinces"]):
        text = f"de plaats {given['code']} ligt elders in andere provincies."
        yield Problem(("place", "provinces"), text, _allowed(place["provinces"]))


def _doubles(entry: Entry, seen: set[str], alike: dict[tuple[Any, ...], list[Entry]]) -> Iterator[Problem]:
    """An id that occurs twice, and a target that another one of the file stands in the way of."""
    if entry["id"] in seen:
        yield Problem(("id",), f"het doel {entry['id']} komt twee keer voor.", "Geef iedere hoeveelheid een eigen id.")
    if entry["use"] != TARGET:
        return
    others = alike[(entry["indicator"], entry["place"]["code"], entry["from_year"], entry["year"])]
    for other in others:
        if entry["id"] not in other["related"] and other["id"] not in entry["related"]:
            yield Problem(
                (),
                f"de doelen {other['id']} en {entry['id']} gaan over dezelfde indicator, plaats en jaren.",
                "Kies er één, of noem het ene bij related van het andere als zij bewust naast elkaar staan.",
            )
    others.append(entry)


def _problems(entry: Entry, agreement: Agreement) -> Iterator[Problem]:
    yield from _in_place(entry["place"], agreement)
    yield from _in_years(entry)
    yield from _in_figures(entry)
    if entry["use"] == TARGET:
        yield from _in_target(entry, agreement)
        return
    if entry["indicator"] is not None:
        yield Problem(("indicator",), "een hoeveelheid die geen doel is heeft geen indicator.", "Toegestaan: null.")
    if entry["reason"] is None:
        yield Problem(("reason",), "hier ontbreekt waarom dit geen doel is.", "Geef de reden, in nl en en.")


def _in_target(entry: Entry, agreement: Agreement) -> Iterator[Problem]:
    indicator = agreement.indicator.get(entry["indicator"])
    if indicator is None:
        text = f"de indicator {entry['indicator']} staat niet in de afspraken."
        yield Problem(("indicator",), text, _allowed(agreement.indicator))
    elif indicator.unit != entry["unit"]:
        text = f"de eenheid {entry['unit']} is niet die van de indicator {indicator.id}."
        yield Problem(("unit",), text, _allowed([indicator.unit]))
    if entry["minimum"] is None and entry["maximum"] is None:
        yield Problem(("minimum",), "het doel heeft geen minimum en geen maximum.", "Geef er ten minste één.")
    if entry["reason"] is not None:
        yield Problem(("reason",), "een doel wordt getoetst en heeft geen reden nodig.", "Toegestaan: null.")
    if entry["place"]["kind"] != "land" and not entry["place"]["provinces"]:
        yield Problem(("place", "provinces"), "van dit doel is niet bekend in welke provincie het ligt.")


def _in_place(place: Entry, agreement: Agreement) -> Iterator[Problem]:
    known = agreement.codes("provincie")
    for code in place["provinces"]:
        if code not in known:
            yield Problem(("place", "provinces"), f"{code} is geen provincie.", _allowed(known))
    kind, code = place["kind"], place["code"]
    allowed = _codes_of_kind(kind, agreement)
    if allowed is not None and code not in allowed:
        yield Problem(("place", "code"), f"{code} is geen plaats van de soort {kind}.", _allowed(allowed))
    elif allowed is None and code in (COUNTRY, *known, *_novex_areas(agreement)):
        yield Problem(("place", "code"), f"{code} is geen plaats van de soort {kind}.", "Geef de plaats een eigen id.")
    elif kind == "provincie" and place["provinces"] != [code]:
        yield Problem(("place", "provinces"), f"de provincie {code} ligt in zichzelf.", _allowed([code]))
    elif kind == "land" and place["provinces"]:
        yield Problem(("place", "provinces"), "bij het hele land horen alle provincies.", "Toegestaan: een lege lijst.")


def _codes_of_kind(kind: str, agreement: Agreement) -> Sequence[str] | None:
    """The codes that a place of this kind may have; None where every file has its own, and where no list of NOVEX areas
    was agreed."""
    if kind == "land":
        return (COUNTRY,)
    if kind == "provincie":
        return agreement.codes("provincie")
    return (_novex_areas(agreement) or None) if kind == "novex" else None


def _novex_areas(agreement: Agreement) -> Sequence[str]:
    return agreement.codes(_NOVEX) if _NOVEX in agreement.code_lists else ()


def _in_years(entry: Entry) -> Iterator[Problem]:
    if entry["from_year"] is not None and entry["year"] is not None and entry["from_year"] > entry["year"]:
        yield Problem(("from_year",), "het eerste jaar komt na het laatste.")


_BOUNDS = {
    "ten-minste": (True, False),
    "meer-dan": (True, False),
    "ten-hoogste": (False, True),
    "minder-dan": (False, True),
    "tussen": (True, True),
    "circa": (True, True),
    "gelijk": (True, True),
}
"""Which of minimum and maximum a comparator asks for."""


def _in_figures(entry: Entry) -> Iterator[Problem]:
    least, most, comparator = entry["minimum"], entry["maximum"], entry["comparator"]
    if least is None and most is None:
        return
    if least is not None and most is not None and least > most:
        yield Problem(("minimum",), "het minimum is groter dan het maximum.")
    elif (least is not None, most is not None) != _BOUNDS[comparator]:
        asked = " en ".join(
            name for name, given in zip(("minimum", "maximum"), _BOUNDS[comparator], strict=True) if given
        )
        yield Problem(("comparator",), f"bij {comparator} past alleen een {asked}.")
    elif comparator in ("circa", "gelijk") and least != most:
        yield Problem(("comparator",), f"bij {comparator} zijn minimum en maximum hetzelfde getal.")


def _allowed(values: Iterable[str]) -> str:
    return f"Toegestaan: {', '.join(sorted(values))}."
