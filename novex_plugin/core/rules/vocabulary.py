"""The words that rules are written in: groups of legend units, and slots for object datasets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import read_json
from novex_plugin.core.resources import RESOURCES
from novex_plugin.core.rules.question import DRAWN_FIELDS

SUBJECTS = RESOURCES / "rules" / "subjects.json"
SLOTS = RESOURCES / "bindings" / "slots.json"

PARAMETERS = {
    "allowed": "toegestane waarden",
    "area_ha": "oppervlakte",
    "compensation": "functies die het verlies goedmaken",
    "distance_m": "afstand",
    "field": "veld van het object",
    "incompatible": "lijst van functies die hier niet samengaan",
    "indicator": "indicator waaraan moet worden bijgedragen",
    "loss_ha": "toegestaan verlies",
    "maximum_cm": "hoogste peil",
    "minimum_cm": "laagste peil",
    "order": "voorkeursvolgorde",
    "part": "indicator van het deel",
    "scope": "bereik van de verklaring",
    "share_pct": "aandeel",
    "statement": "verklaring",
    "supply": "getekende functies die er ook in voorzien",
    "threshold_ha": "grens van de oppervlakte",
    "whole": "indicator van het geheel",
}
"""What readers call the values that a rule needs; the name itself is what the bindings file asks for."""

SCOPES = frozenset({"object", "voorstel"})
"""Whether a statement is asked of every feature or of the proposal as a whole."""


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
    statuses: frozenset[str]
    precisions: frozenset[str]
    indicators: frozenset[str]
    fields: frozenset[str]
    novex_areas: frozenset[str]
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
    return Vocabulary(
        units=units,
        roles=frozenset(agreement.codes("rol")),
        statuses=frozenset(agreement.codes("status")),
        precisions=frozenset(agreement.codes("precisie")),
        indicators=frozenset(each.id for each in agreement.indicators),
        fields=frozenset(DRAWN_FIELDS),
        novex_areas=frozenset(agreement.codes("novex_gebied") if "novex_gebied" in agreement.code_lists else ()),
        groups=groups,
        slots={entry["id"]: Slot(**entry) for entry in read_json(SLOTS)["slots"]},
    )
