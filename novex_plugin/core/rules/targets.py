"""Targets: quantities to reach, read from their catalogues and held against the agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import read_json
from novex_plugin.core.resources import RESOURCES

COUNTRY = "NL"

_REMEDY = "Verbeter de doelen, of gebruik die van de plugin."


@dataclass(frozen=True)
class Target:
    """A quantity to reach within the years `from_year` to `year`, both included, in a province or the country.

    `minimum` and `maximum` stand in `unit`; None where the source gives none. `note` says what is doubtful about it.
    """

    id: str
    catalogue: str
    indicator: str
    place: str
    from_year: int | None
    year: int
    minimum: float | None
    maximum: float | None
    unit: str
    status: str
    source: str
    note: str | None


def target_paths() -> tuple[Path, ...]:
    """The target files that come with the plugin."""
    return tuple(sorted((RESOURCES / "targets").glob("*/*.json")))


def read_targets(agreement: Agreement, paths: Sequence[Path] | None = None) -> tuple[Target, ...]:
    """Read targets, those of the plugin where no paths are given, in the order of the files.

    Raises InputError, naming the place, for a target that does not fit the agreement or contradicts itself, and for
    an id that occurs twice.
    """
    targets: list[Target] = []
    seen: set[str] = set()
    for path in target_paths() if paths is None else paths:
        content = read_json(path, "target")
        catalogue = f"{content['id']} {content['release']}"
        for number, entry in enumerate(content["targets"]):
            problem = _problem(entry, agreement)
            if entry["id"] in seen:
                problem = f"het doel {entry['id']} komt twee keer voor."
            if problem is not None:
                raise InputError(problem, _REMEDY, path, field=f"$.targets[{number}]")
            seen.add(entry["id"])
            targets.append(_target(entry, catalogue))
    return tuple(targets)


def _target(entry: dict[str, Any], catalogue: str) -> Target:
    citation = entry["citation"]
    changed = {
        "catalogue": catalogue,
        "source": f"{citation['source']}, {citation['part']}",
        "note": entry["note"]["nl"] if entry["note"] else None,
    }
    return Target(**({name: value for name, value in entry.items() if name != "citation"} | changed))


def _problem(entry: dict[str, Any], agreement: Agreement) -> str | None:
    indicator = agreement.indicator.get(entry["indicator"])
    least, most = entry["minimum"], entry["maximum"]
    problems = (
        (indicator is None, f"de indicator {entry['indicator']} staat niet in de afspraken."),
        (
            indicator is not None and indicator.adds == "share",
            "een doel voor een aandeel kan deze versie niet optellen.",
        ),
        (
            indicator is not None and indicator.unit != entry["unit"],
            f"de eenheid {entry['unit']} is niet die van de indicator {entry['indicator']}.",
        ),
        (
            entry["place"] not in (COUNTRY, *agreement.codes("provincie")),
            f"de plaats {entry['place']} is geen provincie en niet {COUNTRY}.",
        ),
        (least is None and most is None, "het doel heeft geen minimum en geen maximum."),
        (least is not None and most is not None and least > most, "het minimum is groter dan het maximum."),
        (entry["from_year"] is not None and entry["from_year"] > entry["year"], "het eerste jaar komt na het laatste."),
    )
    return next((message for wrong, message in problems if wrong), None)
