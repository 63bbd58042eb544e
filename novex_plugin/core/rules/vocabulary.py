"""The words that rules are written in: groups of legend units, and slots for object datasets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from novex_plugin.core.agreement import agreement_names, agreement_path, read_agreement
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
    """What a rule may refer to: the words of all agreements that come with the plugin. `labels` holds what readers call
    each legend unit."""

    units: frozenset[str]
    labels: Mapping[str, str]
    provinces: tuple[str, ...]
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
    agreements = [read_agreement(agreement_path(name)) for name in agreement_names()]
    labels = {code: unit.label.nl for agreement in agreements for code, unit in agreement.units.items()}
    units = frozenset(labels)

    def codes(code_list: str) -> tuple[str, ...]:
        listed = (each.codes(code_list) for each in agreements if code_list in each.code_lists)
        return tuple(dict.fromkeys(code for some in listed for code in some))

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
        labels=labels,
        provinces=codes("provincie"),
        roles=frozenset(codes("rol")),
        statuses=frozenset(codes("status")),
        precisions=frozenset(codes("precisie")),
        indicators=frozenset(each.id for agreement in agreements for each in agreement.indicators),
        fields=frozenset(DRAWN_FIELDS),
        novex_areas=frozenset(codes("novex_gebied")),
        groups=groups,
        slots={entry["id"]: Slot(**entry) for entry in read_json(SLOTS)["slots"]},
    )
