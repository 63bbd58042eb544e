"""The page of one programme: all its rules, each with what it measures, where it holds and an example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from novex_plugin.core.dutch import quantity
from novex_plugin.core.files import read_json
from novex_plugin.core.rules.kinds import KINDS
from novex_plugin.core.rules.model import Catalogue, Exemption, Rule
from novex_plugin.core.rules.question import Found
from novex_plugin.core.rules.refusal import NUMBERS
from novex_plugin.core.rules.vocabulary import PARAMETERS
from scripts.catalogue.examples import Example, examples_of
from scripts.catalogue.measured import measured
from scripts.catalogue.setting import slot_label
from scripts.catalogue.words import (
    HARDNESS_LABELS,
    anchor,
    capital,
    cell,
    dataset_of,
    listed,
    subject_words,
    table,
    value_words,
    where_words,
)

Entry = Mapping[str, Any]


def rule_page(catalogue: Catalogue) -> str:
    """All rules of a programme."""
    entries = {entry["id"]: entry for entry in read_json(catalogue.file)["rules"]}
    parts = [f"# {catalogue.title}", _head(catalogue), _contents(catalogue)]
    parts += [part for rule in catalogue.rules for part in _rule(rule, catalogue, entries[rule.id])]
    return "\n\n".join(parts) + "\n"


def _head(catalogue: Catalogue) -> str:
    note = read_json(catalogue.file)["note"]
    told = f" {note}" if note else ""
    return (
        f"Catalogus `{catalogue.id}` {catalogue.release}, programma `{catalogue.programme}`: "
        f"{counted(len(catalogue.rules), 'regel', 'regels')}.{told}\n\n"
        "[Alle programma's](../../index.md) · [soorten](../../index.md#soorten) · "
        "[woorden](../../index.md#woorden) · [vragen](../../vragen.md) · [koppelingen](../../koppelingen.md)"
    )


def counted(number: int, one: str, more: str) -> str:
    """`1 regel`, `2 regels`."""
    return f"{number} {one if number == 1 else more}"


def _contents(catalogue: Catalogue) -> str:
    rows = [
        (f"[{rule.id}](#{anchor(rule.id)})", rule.nl, HARDNESS_LABELS[rule.hardness], f"`{rule.kind}`")
        for rule in catalogue.rules
    ]
    return table(("regel", "tekst", "hardheid", "soort"), rows)


def _rule(rule: Rule, catalogue: Catalogue, entry: Entry) -> Iterator[str]:
    yield f"## {rule.id}"
    yield f"**{rule.nl}**"
    yield "\n".join(["| | |", "|---|---|", *(f"| {name} | {cell(text)} |" for name, text in _facts(rule, entry))])
    if rule.note:
        yield f"*Opmerking.* {rule.note}"
    yield "\n".join(_examples(rule, catalogue))


def _facts(rule: Rule, entry: Entry) -> Iterator[tuple[str, str]]:
    yield "Hardheid", HARDNESS_LABELS[rule.hardness]
    yield "Status", f"{rule.status}, versie {rule.version}"
    yield "Over", subject_words(entry["subject"])
    area = f". Gebied volgens de bron: {listed(rule.area_types)}" if rule.area_types else ""
    yield "Geldt", capital(where_words(rule)) + area
    yield "Soort", f"[`{rule.kind}`](../../index.md#{anchor(rule.kind)}): {KINDS[rule.kind].LABEL}"
    yield "Gemeten", capital(measured(rule))
    if rule.slots:
        yield "Kaart", _slots(rule)
    if rule.question is not None:
        asked = "van elk object" if rule.parameters["scope"].value == "object" else "van het hele voorstel"
        yield "Vraag", f"{rule.question.nl} Verklaring `{rule.question.id}`, {asked}"
    for parameter in rule.parameters.values():
        if parameter.name not in ("statement", "scope"):
            value = value_words(parameter.value, parameter.unit)
            yield capital(PARAMETERS[parameter.name]), f"{value}: {parameter.source} (`{parameter.name}`)"
    for exemption in rule.exemptions:
        yield "Uitzondering", _exemption(exemption)
    yield "Bron", f"{rule.citation}. Zekerheid: {rule.certainty}"


def _slots(rule: Rule) -> str:
    joined = " én " if rule.combine == "all" else ", of "
    told = joined.join(_slot(slot) for slot in rule.slots)
    return f"{told}. Alleen waar zij elkaar overlappen" if rule.combine == "all" and len(rule.slots) > 1 else told


def _slot(slot: str) -> str:
    dataset = dataset_of(slot)
    return slot_link(slot, "../../", f"{slot_label(slot)} (`{slot}`)") + (f", uit: {dataset}" if dataset else "")


def slot_link(slot: str, up: str, text: str | None = None) -> str:
    """A link to what is known of a slot; `up` leads to the folder of the catalogue."""
    return f"[{text or slot}]({up}../koppelingen.md#{anchor(slot)})"


def _exemption(exemption: Exemption) -> str:
    if not exemption.told_by_data:
        return f"{exemption.nl} (`{exemption.id}`; wie zich erop beroept zegt dat in een motivering)"
    if not exemption.slots:
        return f"{exemption.nl} (`{exemption.id}`; geldt vanzelf)"
    on = listed([_slot(slot) for slot in exemption.slots], "of")
    return f"{exemption.nl} (`{exemption.id}`; geldt vanzelf voor wat geheel ligt in {on})"


def _examples(rule: Rule, catalogue: Catalogue) -> Iterator[str]:
    examples = examples_of(rule, catalogue)
    for example in examples:
        yield f"- {told(example)}"
    values = examples[0].told.scene.values
    if values:
        named = [_set(name, value, rule.parameters[name].unit) for name, value in values.items()]
        yield f"- *Voorbeeldwaarde, omdat de bron er geen geeft:* {listed(named)}."


def _set(name: str, value: Any, unit: str) -> str:
    between = " " if unit in NUMBERS else ": "
    return f"{PARAMETERS[name]}{between}{value_words(value, unit)}"


def told(example: Example) -> str:
    """An example as one line: what it shows, its outcome, and what the check measured and says."""
    name = "Uitzondering" if example.exemption else "Voldoet" if example.expected == "voldoet" else "Fout"
    outcome = example.outcome()
    said = "" if name == "Voldoet" else "".join(f" {each}" for each in _found(outcome.found)[:1])
    ends = f" Uitkomst: `{outcome.outcome}`." if name == "Uitzondering" else ""
    return f"**{name}.** {example.told.text}{said}{ends}"


def _found(found: Found) -> list[str]:
    """What the check says of each finding, with the measure and the limit where it measured."""
    lines = []
    columns = (found.message, found.measured, found.limit, found.unit)
    for message, value, limit, unit in zip(*(each.tolist() for each in columns), strict=True):
        figures = [f"gemeten {quantity(value, unit)}"] if not np.isnan(value) else []
        figures += [f"grens {quantity(limit, unit)}"] if not np.isnan(limit) else []
        lines.append(f"Melding: “{message}”" + (f" ({', '.join(figures)})." if figures else ""))
    return lines
