"""Quantities that sources name, read from their catalogues: those that a proposal is held against, and the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from novex_plugin.core.agreement import Agreement, Text
from novex_plugin.core.files import read_json
from novex_plugin.core.resources import RESOURCES
from novex_plugin.core.rules.target_refusal import COUNTRY, TARGET, Given, refuse_contradictions

__all__ = [
    "COUNTRY",
    "TARGET",
    "Place",
    "Quantity",
    "Stated",
    "Target",
    "read_quantities",
    "read_targets",
    "target_paths",
]


@dataclass(frozen=True)
class Place:
    """Where a quantity holds: `kind` is land, provincie, novex, cluster, regio, gemeente or overig.

    `provinces` are the codes of the provinces in which it lies, for the country all of them.
    """

    kind: str
    code: str
    name: str
    provinces: tuple[str, ...]


@dataclass(frozen=True)
class Stated:
    """A figure as its source writes it, before it was converted."""

    value: float
    unit: str


@dataclass(frozen=True)
class Quantity:
    """A quantity that a source names. `use` is `doel`, `context` or `niet_toetsbaar`, and `reason` says why not `doel`.

    `minimum` and `maximum` stand in `unit`, which for a `doel` is that of its indicator; `comparator` is how the source
    puts the figure. `doubt` says what is doubtful about it or conflicts with another, `related` which quantities speak
    of the same thing for another place, year or source.
    """

    id: str
    catalogue: str
    programme: str
    use: str
    reason: Text | None
    label: Text
    indicator: str | None
    place: Place
    from_year: int | None
    year: int | None
    minimum: float | None
    maximum: float | None
    comparator: str
    unit: str
    as_stated: Stated | None
    status: str
    doubt: Text | None
    related: tuple[str, ...]
    source: str
    note: Text | None


@dataclass(frozen=True)
class Target:
    """A quantity to reach within the years `from_year` to `year`, both included, in a place.

    Without a `year` all later years count. `minimum` and `maximum` stand in `unit`; None where the source gives none.
    `doubt` says what is doubtful about it. Texts are in Dutch.
    """

    id: str
    catalogue: str
    indicator: str
    label: str
    place: str
    place_name: str
    place_kind: str
    provinces: tuple[str, ...]
    from_year: int | None
    year: int | None
    minimum: float | None
    maximum: float | None
    comparator: str
    unit: str
    status: str
    source: str
    note: str | None
    doubt: str | None


def target_paths() -> tuple[Path, ...]:
    """The target files that come with the plugin."""
    return tuple(sorted((RESOURCES / "targets").glob("*/*.json")))


def read_targets(agreement: Agreement, paths: Sequence[Path] | None = None) -> tuple[Target, ...]:
    """The quantities that a proposal is held against, in the order of the files; see `read_quantities`."""
    return tuple(_target(each) for each in read_quantities(agreement, paths) if each.use == TARGET)


def read_quantities(agreement: Agreement, paths: Sequence[Path] | None = None) -> tuple[Quantity, ...]:
    """Read all quantities, those of the plugin where no paths are given, in the order of the files.

    Raises InputError, naming the place in the file, for a quantity that does not fit the agreement or contradicts
    itself, for an id that occurs twice, and for two targets of one file for the same indicator, place and years where
    neither names the other in `related`.
    """
    quantities: list[Quantity] = []
    files: list[Given] = []
    for path in target_paths() if paths is None else paths:
        content = read_json(path, "target")
        files.append(Given(path, content["targets"]))
        quantities += (_quantity(entry, content, agreement) for entry in content["targets"])
    refuse_contradictions(files, agreement)
    return tuple(quantities)


def _quantity(entry: dict[str, Any], content: dict[str, Any], agreement: Agreement) -> Quantity:
    place, citation, stated = entry["place"], entry["citation"], entry["as_stated"]
    provinces = agreement.codes("provincie") if place["kind"] == "land" else tuple(place["provinces"])
    texts = {name: Text(**entry[name]) if entry[name] else None for name in ("reason", "doubt", "note")}
    changed = {
        "catalogue": f"{content['id']} {content['release']}",
        "programme": content["programme"],
        "label": Text(**entry["label"]),
        "place": Place(place["kind"], place["code"], place["name"], provinces),
        "as_stated": Stated(**stated) if stated else None,
        "related": tuple(entry["related"]),
        "source": f"{citation['source']}, {citation['part']}",
    }
    return Quantity(**({name: value for name, value in entry.items() if name != "citation"} | texts | changed))


def _target(quantity: Quantity) -> Target:
    return Target(
        id=quantity.id,
        catalogue=quantity.catalogue,
        indicator=quantity.indicator or "",
        label=quantity.label.nl,
        place=quantity.place.code,
        place_name=quantity.place.name,
        place_kind=quantity.place.kind,
        provinces=quantity.place.provinces,
        from_year=quantity.from_year,
        year=quantity.year,
        minimum=quantity.minimum,
        maximum=quantity.maximum,
        comparator=quantity.comparator,
        unit=quantity.unit,
        status=quantity.status,
        source=quantity.source,
        note=quantity.note.nl if quantity.note else None,
        doubt=quantity.doubt.nl if quantity.doubt else None,
    )
