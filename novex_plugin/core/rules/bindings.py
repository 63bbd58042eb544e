"""Which dataset plays which object of the rules, and values that the user sets where the source gives none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from novex_plugin.core.errors import InputError
from novex_plugin.core.files import read_json
from novex_plugin.core.resources import RESOURCES
from novex_plugin.core.rules.catalogue import as_value
from novex_plugin.core.rules.model import LEAST_REASON, Catalogue, Rule, Value
from novex_plugin.core.rules.refusal import wrong_value
from novex_plugin.core.rules.vocabulary import vocabulary

DEFAULT = RESOURCES / "bindings" / "startpakket-2022.json"

BOUND = "gekoppeld"
CANDIDATE = "kandidaat"
OPEN = "open"
"""How a slot stands: played by a dataset; something is still to be confirmed or chosen; nothing is known to play it."""


@dataclass(frozen=True)
class Own:
    """A layer of the user's own that stands outside the basisset: a GeoPackage, and why it is used."""

    name: str
    place: Path
    reason: str


@dataclass(frozen=True)
class LevelReading:
    """How to read a level from a dataset: the unit of its values, and the field that holds them (None: a raster)."""

    unit: str
    field: str | None


@dataclass(frozen=True)
class Note:
    """A remark to readers, in Dutch and English; empty where nothing is remarked."""

    nl: str = ""
    en: str = ""


@dataclass(frozen=True)
class Candidate:
    """A dataset that could play a slot; `dataset` is its id in the register, None when that is not known."""

    dataset: str | None
    title: str
    note: Note
    layer: str | None = None


@dataclass(frozen=True)
class Binding:
    """The dataset of a slot; `field` and `values` choose features of it.

    `note` tells why this dataset and what is uncertain or, for an open slot, what is missing and who could give it.
    """

    slot: str
    dataset: str | None
    layer: str | None
    field: str | None
    values: tuple[str | float, ...]
    own: Own | None
    level: LevelReading | None = None
    status: str = OPEN
    note: Note = Note()
    candidates: tuple[Candidate, ...] = ()

    @property
    def is_bound(self) -> bool:
        """Whether a dataset or a layer of the user's own plays the slot."""
        return self.dataset is not None or self.own is not None


@dataclass(frozen=True)
class Bindings:
    """Datasets by slot, and set values by rule and parameter."""

    file: Path
    by_slot: Mapping[str, Binding]
    parameters: Mapping[tuple[str, str], Value]

    def parameters_of(self, rule: Rule) -> dict[str, Any]:
        """The values that a rule is put with: what the user set, otherwise what the source gives; None for neither."""
        return {name: self.parameters.get((rule.id, name), given.value) for name, given in rule.parameters.items()}


def read_bindings(path: Path | None = None) -> Bindings:
    """Read bindings; without a path those that come with the plugin, which leave most slots open.

    Raises InputError for a file of another form, a slot that no rule knows, a slot that is bound twice, and a layer of
    one's own or a value without a reason.
    """
    file = path or DEFAULT
    content = read_json(file, "bindings")
    slots = vocabulary().slots
    found: dict[str, Binding] = {}
    for entry in content["bindings"]:
        slot = entry["slot"]
        if slot not in slots:
            raise InputError(
                f"de koppeling {slot!r} is onbekend.", f"Kies uit: {', '.join(sorted(slots))}.", file, field="slot"
            )
        if slot in found:
            raise InputError("is twee keer gekoppeld.", "Laat één koppeling staan.", file, row=slot, field="slot")
        if entry["dataset"] is not None and entry["own"] is not None:
            raise InputError("heeft een dataset en een eigen laag.", "Kies één van beide.", file, row=slot, field="own")
        if entry["own"] is not None:
            _require_reason(entry["own"]["reason"], file, slot)
        found[slot] = _binding(entry, file)
    values: dict[tuple[str, str], Value] = {}
    for entry in content.get("parameters", []):
        rule, name = entry["rule"], entry["parameter"]
        if (rule, name) in values:
            raise InputError("heeft twee waarden.", "Laat één waarde staan.", file, row=rule, field=name)
        _require_reason(entry["reason"], file, rule)
        values[rule, name] = as_value(entry["value"])
    return Bindings(file, found, values)


def _require_reason(reason: str, file: Path, row: str) -> None:
    """Blanks are no reason."""
    if len(reason.strip()) < LEAST_REASON:
        raise InputError(
            f"de reden telt minder dan {LEAST_REASON} tekens.",
            "Schrijf waarom deze laag of waarde wordt gebruikt.",
            file,
            row=row,
            field="reason",
        )


def _binding(entry: Mapping[str, Any], file: Path) -> Binding:
    own, chosen = entry["own"], entry["filter"]
    return Binding(
        slot=entry["slot"],
        dataset=entry["dataset"],
        layer=entry["layer"],
        field=chosen["field"] if chosen else None,
        values=tuple(chosen["values"]) if chosen else (),
        own=Own(own["name"], file.parent / own["place"], own["reason"]) if own else None,
        level=LevelReading(**entry["level"]) if entry.get("level") else None,
        status=entry.get("status") or (BOUND if entry["dataset"] is not None or own else OPEN),
        note=Note(**entry.get("note", {})),
        candidates=tuple(_candidate(each) for each in entry.get("candidates", [])),
    )


def _candidate(entry: Mapping[str, Any]) -> Candidate:
    return Candidate(entry["dataset"], entry["title"], Note(**entry["note"]), entry.get("layer"))


def check_parameters(bindings: Bindings, catalogues: Sequence[Catalogue]) -> None:
    """Raise InputError for a set value whose rule, parameter or form is not that of the catalogues."""
    rules: dict[str, Rule] = {rule.id: rule for catalogue in catalogues for rule in catalogue.rules}
    for (rule, name), value in bindings.parameters.items():
        if rule not in rules:
            continue  # a value for a rule of a catalogue that is not used this time
        known = rules[rule].parameters
        if name not in known:
            names = ", ".join(known) or "geen"
            raise InputError(
                f"de regel heeft geen parameter {name!r}.", f"Hij heeft: {names}.", bindings.file, row=rule, field=name
            )
        plain = list(value) if isinstance(value, tuple) else value
        for _, given, allowed in wrong_value((name,), plain, known[name].unit, vocabulary()):
            choice = ", ".join(sorted(allowed))
            raise InputError(
                f"de waarde {given!r} past niet.", f"Toegestaan: {choice}.", bindings.file, None, rule, name
            )
