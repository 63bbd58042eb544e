"""What keeps a rule from being tested, and what mends it."""

from __future__ import annotations

from dataclasses import dataclass

from novex_plugin.core.basisset.snapshot import FAILED, IMAGE_ONLY, Snapshot
from novex_plugin.core.rules.bindings import Binding, Bindings
from novex_plugin.core.rules.kinds import KINDS
from novex_plugin.core.rules.model import Rule
from novex_plugin.core.rules.vocabulary import PARAMETERS, vocabulary

BIND = "koppel"
PULL = "haal_op"
SET = "stel_in"
ANSWER = "antwoord"


@dataclass(frozen=True)
class Remedy:
    """What to do (`BIND`, `PULL`, `SET`, `ANSWER`) about which slot, dataset, parameter or statement (`subject`), and
    `why` in Dutch. `slot` is the slot for which a dataset has to be pulled."""

    act: str
    subject: str
    why: str
    slot: str | None = None


def remedies(rule: Rule, bindings: Bindings, snapshot: Snapshot | None) -> tuple[Remedy, ...]:
    """What a rule lacks: datasets first, then values, then answers. Whether data can be read is not looked at."""
    found = [each for slot in rule.all_slots if (each := _of_slot(slot, rule, bindings, snapshot)) is not None]
    found += [
        Remedy(SET, name, f"De bron geeft geen waarde voor {PARAMETERS.get(name, name)}.")
        for name, value in bindings.parameters_of(rule).items()
        if value is None
    ]
    if (statement := asked_statement(rule)) is not None and not found:
        asked = rule.question.nl if rule.question else "Op welke trede van de voorkeursvolgorde staat dit?"
        found.append(Remedy(ANSWER, statement, asked))
    return tuple(found)


def asked_statement(rule: Rule) -> str | None:
    """The id under which the answer to a rule stands in the table `verklaring`; None for a rule that asks nothing."""
    if rule.kind == "statement":
        return str(rule.parameters["statement"].value)
    return rule.id if rule.kind == "prefer-order" else None


def waiting_for(slot: str, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """The rules that read a slot."""
    return tuple(rule for rule in rules if slot in rule.all_slots)


def _of_slot(slot: str, rule: Rule, bindings: Bindings, snapshot: Snapshot | None) -> Remedy | None:
    meaning = vocabulary().slots[slot].nl if slot in vocabulary().slots else slot
    binding = bindings.by_slot.get(slot)
    if binding is None or not binding.is_bound:
        return Remedy(BIND, slot, f"Voor ‘{meaning}’ is geen dataset gekoppeld.")
    if slot in rule.slots and KINDS[rule.kind].LEVELS and binding.level is None:
        return Remedy(BIND, slot, f"De koppeling van ‘{meaning}’ zegt niet hoe het peil is te lezen.")
    return None if binding.own is not None else _of_dataset(binding, meaning, snapshot)


def _of_dataset(binding: Binding, meaning: str, snapshot: Snapshot | None) -> Remedy | None:
    dataset = str(binding.dataset)
    found = snapshot.find(dataset) if snapshot is not None else None
    if found is None:
        return Remedy(PULL, dataset, f"De dataset voor ‘{meaning}’ is nog niet opgehaald.", binding.slot)
    if found.status == FAILED:
        said = f"Het ophalen van {found.title} is mislukt: {found.reason}"
        return Remedy(PULL, dataset, said, binding.slot)
    if found.status == IMAGE_ONLY or found.file is None:
        return Remedy(BIND, binding.slot, f"Van {found.title} zijn er alleen beelden: koppel andere gegevens.")
    if found.is_raster and binding.level is None:
        return Remedy(BIND, binding.slot, f"{found.title} is een raster; de koppeling zegt niet welk peil het geeft.")
    return None
