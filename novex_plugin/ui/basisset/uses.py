"""Which rules a dataset serves: the slots that it plays, or could play, and the rules that ask for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from novex_plugin.core.basisset.catalogue.kinds import folded
from novex_plugin.core.basisset.register import Dataset
from novex_plugin.core.rules.bindings import Binding, read_bindings
from novex_plugin.core.rules.catalogue import read_catalogues
from novex_plugin.core.rules.model import Catalogue


@dataclass(frozen=True)
class Use:
    """A rule that a dataset serves; a `candidate` could serve it, once it is chosen for the slot."""

    rule: str
    text: str
    programme: str
    candidate: bool


@lru_cache(maxsize=1)
def _catalogues() -> tuple[Catalogue, ...]:
    return read_catalogues()


def uses(datasets: Iterable[Dataset], bindings: Path | None, province: str) -> dict[str, tuple[Use, ...]]:
    """The rules by dataset id, those of other provinces left out. Raises InputError for bindings of another form."""
    by_slot: dict[str, list[Use]] = defaultdict(list)
    for catalogue in _catalogues():
        for rule in catalogue.rules:
            if province and not rule.holds_in(province):
                continue
            exempting = (slot for each in rule.exemptions for slot in each.slots)
            for slot in dict.fromkeys((*rule.all_slots, *exempting)):
                by_slot[slot].append(Use(rule.id, rule.nl, catalogue.title, False))
    players = _players(read_bindings(bindings).by_slot)
    return {each.id: _of(each, players, by_slot) for each in datasets}


Players = dict[str, list[tuple[str, bool]]]
"""Slots by dataset id or folded title, and whether the dataset is only a candidate for it."""


def _players(bindings: Mapping[str, Binding]) -> Players:
    players: Players = defaultdict(list)
    for slot, binding in bindings.items():
        if binding.dataset is not None:
            players[binding.dataset].append((slot, False))
        for candidate in () if binding.is_bound else binding.candidates:
            players[candidate.dataset or folded(candidate.title)].append((slot, True))
    return players


def _of(dataset: Dataset, players: Players, by_slot: Mapping[str, list[Use]]) -> tuple[Use, ...]:
    found: dict[str, Use] = {}
    for slot, candidate in (*players.get(dataset.id, ()), *players.get(folded(dataset.title), ())):
        for use in by_slot.get(slot, ()):
            before = found.get(use.rule)
            if before is None or before.candidate:
                found[use.rule] = Use(use.rule, use.text, use.programme, candidate)
    return tuple(sorted(found.values(), key=lambda each: (each.candidate, each.programme, each.text)))
