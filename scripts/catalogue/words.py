"""Markdown, and the words of rules in Dutch: labels, lists, provinces, subjects, places and days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from novex_plugin.core.dutch import number
from novex_plugin.core.files import read_json
from novex_plugin.core.resources import RESOURCES
from novex_plugin.core.rules.bindings import DEFAULT
from novex_plugin.core.rules.model import PROVINCES, Rule
from novex_plugin.core.rules.refusal import NUMBERS
from novex_plugin.core.rules.vocabulary import SUBJECTS
from scripts.catalogue.agreed import agreed
from scripts.catalogue.setting import slot_label, unit_label

HARDNESS_LABELS = {
    "verbod": "verbod",
    "pas_toe_of_leg_uit": "pas toe of leg uit",
    "voorkeur": "voorkeur",
    "advies": "advies",
}

_DATASETS = RESOURCES / "bindings" / "dataset_kinds.json"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(cell(each) for each in row)} |" for row in rows]
    return "\n".join(lines)


def cell(text: str) -> str:
    """A text that stays within one cell."""
    return text.replace("|", "\\|").replace("\n", " ")


def plain(text: str) -> str:
    """A text as it stands in a file: with ordinary spaces."""
    return text.replace("\u00a0", " ")


def anchor(heading: str) -> str:
    """The name under which a code host lets a heading be linked to."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def listed(words: Sequence[str], last: str = "en") -> str:
    """`a, b en c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def capital(text: str) -> str:
    """The text with a capital."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """The text without a capital, unless it starts with an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def provinces(codes: Iterable[str]) -> str:
    """Provinces by name, `alle provincies` when it is all of them."""
    given = set(codes)
    if given == set(PROVINCES):
        return "alle provincies"
    return listed([agreed().label("provincie", code).nl for code in PROVINCES if code in given])


@lru_cache(maxsize=1)
def group_labels() -> Mapping[str, str]:
    """What readers call the groups of legend units."""
    return {entry["id"]: entry["nl"] for entry in read_json(SUBJECTS)["groups"]}


@lru_cache(maxsize=1)
def default_bindings() -> Mapping[str, Mapping[str, Any]]:
    """The bindings that come with the plugin, as they stand in their file, by slot."""
    return {entry["slot"]: entry for entry in read_json(DEFAULT, "bindings")["bindings"]}


@lru_cache(maxsize=1)
def dataset_titles() -> Mapping[str, str]:
    """Titles of datasets by the id of their record."""
    candidates = [each for entry in default_bindings().values() for each in entry.get("candidates", ())]
    named = {each["dataset"]: each["title"] for each in candidates if each["dataset"]}
    return named | {entry["record"]: entry["title"] for entry in read_json(_DATASETS)["datasets"]}


def dataset_of(slot: str) -> str:
    """The dataset that plays a slot when nobody binds another; empty when none does."""
    entry = default_bindings().get(slot, {})
    if not entry.get("dataset"):
        return ""
    title = dataset_titles().get(entry["dataset"], "dataset " + code(entry["dataset"]))
    layer = f", laag {code(entry['layer'])}" if entry["layer"] else ""
    confirmed = "" if entry.get("status") != "kandidaat" else ", nog te bevestigen"
    return f"{title}{layer}{_filter(entry['filter'])}{confirmed}"


def _filter(given: Mapping[str, Any] | None) -> str:
    if not given:
        return ""
    return f", waar {code(given['field'])} {listed([f'‘{value}’' for value in given['values']], 'of')} is"


def code(text: str) -> str:
    """A word as it stands in a file."""
    return f"`{text}`"


def subject_words(subject: Mapping[str, Any]) -> str:
    """The subject of a rule as it stands in its file."""
    named = [group_labels()[group] for group in subject["groups"]] + [unit_label(unit) for unit in subject["legend"]]
    named = named[:1] + [small(each) for each in named[1:]]
    roles = [agreed().label("rol", role).nl.lower() for role in agreed().codes("rol") if role in subject["roles"]]
    told = [f"{'; '.join(named)} (rol {listed(roles, 'of')})"]
    told += [f"status {listed(subject['status'], 'of')}"] if subject.get("status") else []
    told += [f"precisie {listed(subject['precision'], 'of')}"] if subject.get("precision") else []
    told += [range_words(subject["size_ha"], "ha")] if subject.get("size_ha") else []
    told += [f"in {range_words(subject['year'], None)}"] if subject.get("year") else []
    return "; ".join(told)


def range_words(given: Mapping[str, float | None], unit: str | None) -> str:
    """`van 5 ha of meer`, `tot en met 2030`."""

    def said(value: float) -> str:
        return amount(value, unit) if unit else f"{value:g}"

    least, most = given["from"], given["until"]
    if least is None:
        return f"jaren tot en met {said(most)}" if unit is None and most is not None else f"tot {said(most or 0)}"
    if most is None:
        return f"{said(least)} of later" if unit is None else f"van {said(least)} of meer"
    return f"{said(least)} tot en met {said(most)}"


def where_words(rule: Rule) -> str:
    """Where and when a rule holds."""
    told = [provinces(rule.provinces)]
    if rule.novex_areas:
        areas = [f"{agreed().label('novex_gebied', area).nl} (`{area}`)" for area in sorted(rule.novex_areas)]
        told.append(f"alleen objecten met als `novex_gebied` {listed(areas, 'of')}")
    if rule.area_slots:
        told.append(f"alleen objecten die in {listed([slot_words(slot) for slot in rule.area_slots], 'of')} liggen")
    told += [f"vanaf {day(rule.from_date)}"] if rule.from_date else []
    told += [f"tot en met {day(rule.until_date)}"] if rule.until_date else []
    told += [f"vanaf ijkmoment {rule.from_ijkmoment}"] if rule.from_ijkmoment > 1 else []
    return "; ".join(told)


def slot_words(slot: str) -> str:
    """A slot with its id."""
    return f"{slot_label(slot)} (`{slot}`)"


def day(given: date) -> str:
    """`1-7-2023`."""
    return f"{given.day}-{given.month}-{given.year}"


def amount(value: float | None, unit: str | None) -> str:
    """A figure with its unit, without decimals that a source did not write."""
    written = number(value)
    return f"{written}{unit}" if unit and unit.startswith("%") else f"{written} {unit or ''}".strip()


def value_words(value: Any, unit: str) -> str:
    """The value of a parameter as readers write it."""
    if value is None:
        return "open"
    if unit in NUMBERS:
        return amount(float(value), unit)
    if unit == "legenda":
        return listed([unit_label(each) for each in value])
    if unit == "volgorde":
        return "; ".join(f"{number} {step}" for number, step in enumerate(value, start=1))
    if unit == "indicator":
        return f"{agreed().indicator[value].label.nl} (`{value}`)"
    return f"`{value}`" if isinstance(value, str) else listed([f"`{each}`" for each in value])
