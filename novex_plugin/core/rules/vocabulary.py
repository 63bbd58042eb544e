"""The words that rules are written in: groups of legend units, and slots for object datasets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import read_json
from novex_plugin.core.resources import RESOURCES

SUBJECTS = RESOURCES / "rules" / "subjects.json"
SLOTS = RESOURCES / "bindings" / "slots.json"

PARAMETERS = {
    "area_ha": "oppervlakte",
    "distance_m": "afstand",
    "incompatible": "lijst van functies die hier niet samengaan",
    "loss_ha": "toegestaan verlies",
    "order": "voorkeursvolgorde",
    "part": "indicator van het deel",
    "share_pct": "aandeel",
    "statement": "verklaring",
    "whole": "indicator van het geheel",
}
"""What readers call the values that a rule needs; the name itself is what the bindings file asks for."""


@dataclass(frozen=True)
class Slot:
    """The object of rules, played by a dataset: `geometry` is what its features are drawn as."""

    id: str
    nl: str
    en: str
    geometry: str


@dataclass(frozen=True)
class Vocabulary:
    """What a rule may refer to."""

    units: frozenset[str]
    roles: frozenset[str]
    groups: Mapping[str, frozenset[str]]
    slots: Mapping[str, Slot]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary that comes with the plugin. Raises InputError when a group names an unknown legend unit."""
    agreement = read_agreement()
    units = frozenset(agreement.units)
    groups = {}
    for entry in read_json(SUBJECTS)["groups"]:
        unknown = sorted(set(entry["legend"]) - units)
        if unknown:
            remedy = f"Kies uit: {', '.join(sorted(units))}."
            raise InputError(
                f"de legenda-eenheid {unknown[0]} bestaat niet.", remedy, SUBJECTS, row=entry["id"], field="legend"
            )
        groups[entry["id"]] = frozenset(entry["legend"])
    slots = {entry["id"]: Slot(**entry) for entry in read_json(SLOTS)["slots"]}
    return Vocabulary(units, frozenset(agreement.codes("rol")), groups, slots)
