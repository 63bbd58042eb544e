"""Read rules from their files, and refuse a file with anything in it that this project does not know."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from novex_plugin.core.errors import InputError
from novex_plugin.core.files import check_schema, file_digest, read_json
from novex_plugin.core.resources import RESOURCES, SCHEMAS
from novex_plugin.core.rules.kinds import KINDS
from novex_plugin.core.rules.model import (
    EVERYWHERE,
    HARDNESS,
    PROVINCES,
    Catalogue,
    Citation,
    Exemption,
    Parameter,
    Rule,
    SubjectFilter,
    Tolerance,
)
from novex_plugin.core.rules.vocabulary import Vocabulary, vocabulary

RULES = RESOURCES / "rules"
_NUMBERS = frozenset({"m", "ha", "%"})
_LISTS = frozenset({"volgorde", "legenda"})

Unknown = tuple[str, str, Iterable[str]]
"""Field, value, and the values that are allowed there."""


def default_catalogues() -> tuple[Path, ...]:
    """The rule files that come with the plugin, in a fixed order."""
    return tuple(sorted(RULES.glob("*/*.json")))


def read_catalogues(paths: Sequence[Path] | None = None) -> tuple[Catalogue, ...]:
    """Read rule files, or folders of them; without paths those that come with the plugin.

    Raises InputError naming file, rule and field; also when a rule id occurs twice.
    """
    files = [file for path in paths or default_catalogues() for file in _files(path)]
    catalogues = tuple(read_catalogue(file) for file in files)
    seen: dict[str, Path] = {}
    for catalogue in catalogues:
        for rule in catalogue.rules:
            if rule.id in seen:
                raise InputError(
                    f"de regel staat ook al in {seen[rule.id]}.",
                    "Geef iedere regel een eigen id, of kies één bestand.",
                    catalogue.file,
                    row=rule.id,
                    field="id",
                )
            seen[rule.id] = catalogue.file
    return catalogues


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(path.rglob("*.json"))
    if not found:
        raise InputError("bevat geen regelbestanden.", "Geef een map met JSON-bestanden.", path)
    return found


def read_catalogue(path: Path) -> Catalogue:
    """Read the rules of one file. Raises InputError naming the rule, the field and what is allowed there."""
    content = read_json(path)
    for entry in _raw_rules(content):
        _refuse_unknown(path, entry, _unknown_fields(entry))
    check_schema(content, "rule", path)
    words = vocabulary()
    for entry in content["rules"]:
        _refuse_unknown(path, entry, _unknown_words(entry, words))
    return Catalogue(
        id=content["catalogue"],
        release=content["release"],
        programme=content["programme"],
        title=content["title"]["nl"],
        file=path,
        digest=f"sha256:{file_digest(path)}",
        tolerance=Tolerance(**content["tolerance"]),
        rules=tuple(_rule(entry, content["programme"], words) for entry in content["rules"]),
    )


def _raw_rules(content: Any) -> list[dict[str, Any]]:
    rules = content.get("rules") if isinstance(content, dict) else None
    return [entry for entry in rules if isinstance(entry, dict)] if isinstance(rules, list) else []


def _refuse_unknown(path: Path, entry: Mapping[str, Any], unknown: Iterator[Unknown]) -> None:
    for field, value, allowed in unknown:
        choice = ", ".join(sorted(allowed)) or "niets"
        raise InputError(
            f"{value!r} is hier niet bekend.", f"Toegestaan: {choice}.", path, row=str(entry.get("id")), field=field
        )


def _unknown_fields(entry: Mapping[str, Any]) -> Iterator[Unknown]:
    """Fields that the schema does not have, in a rule and in its parts."""
    schema = json.loads((SCHEMAS / "rule.schema.json").read_text(encoding="utf-8"))["$defs"]["rule"]["properties"]
    for name in sorted(set(entry) - set(schema)):
        yield name, name, schema
    for name, part in sorted(schema.items()):
        given = entry.get(name)
        if isinstance(given, dict) and "properties" in part:
            for field in sorted(set(given) - set(part["properties"])):
                yield f"{name}.{field}", field, part["properties"]


def _unknown_words(entry: Mapping[str, Any], words: Vocabulary) -> Iterator[Unknown]:
    subject = entry["subject"]
    single = [("kind", entry["kind"], KINDS), ("hardness", entry["hardness"], HARDNESS)]
    several = [
        ("subject.groups", subject["groups"], words.groups),
        ("subject.legend", subject["legend"], words.units),
        ("subject.roles", subject["roles"], words.roles),
        ("objects.slots", entry["objects"]["slots"], words.slots),
    ]
    provinces = entry["applies"]["provinces"]
    if provinces != EVERYWHERE:
        several.append(("applies.provinces", provinces, PROVINCES))
    yield from (each for each in single if each[1] not in each[2])
    yield from (
        (field, value, allowed) for field, values, allowed in several for value in values if value not in allowed
    )
    yield from _unknown_in_kind(entry, words)


def _unknown_in_kind(entry: Mapping[str, Any], words: Vocabulary) -> Iterator[Unknown]:
    """What the kind of the rule does not take: datasets, parameters, units and values."""
    kind = KINDS[entry["kind"]]
    slots = entry["objects"]["slots"]
    if kind.OBJECTS == "geen" and slots:
        yield "objects.slots", slots[0], ()
    needs_object = kind.OBJECTS == "nodig" or (kind.NAME.endswith("-share") and "part" not in entry["parameters"])
    if needs_object and not slots:
        yield "objects.slots", "", words.slots
    if not (entry["subject"]["groups"] or entry["subject"]["legend"]):
        yield "subject.groups", "", words.groups
    for name in kind.REQUIRED:
        if name not in entry["parameters"]:
            yield "parameters", ", ".join(sorted(entry["parameters"])), kind.REQUIRED
    for name, given in entry["parameters"].items():
        if name not in kind.UNITS:
            yield f"parameters.{name}", name, kind.UNITS
        elif given["unit"] != kind.UNITS[name]:
            yield f"parameters.{name}.unit", given["unit"], (kind.UNITS[name],)
        elif given["value"] is not None:
            yield from wrong_value(f"parameters.{name}.value", given["value"], given["unit"], words)


def wrong_value(field: str, value: Any, unit: str, words: Vocabulary) -> Iterator[Unknown]:
    """What is wrong with a value that stands in a unit: its type, or a legend unit that does not exist."""
    if unit in _NUMBERS:
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield field, str(value), (f"een getal in {unit}",)
    elif unit in _LISTS:
        if not isinstance(value, list):
            yield field, str(value), ("een lijst",)
        elif unit == "legenda":
            yield from ((field, code, words.units) for code in value if code not in words.units)
    elif not isinstance(value, str):
        yield field, str(value), ("een code",)


def as_value(value: Any) -> Any:
    """A parameter's value as the model holds it: lists become tuples."""
    return tuple(value) if isinstance(value, list) else value


def _rule(entry: Mapping[str, Any], programme: str, words: Vocabulary) -> Rule:
    subject, objects, applies = entry["subject"], entry["objects"], entry["applies"]
    units = frozenset(subject["legend"]).union(*(words.groups[group] for group in subject["groups"]))
    provinces = PROVINCES if applies["provinces"] == EVERYWHERE else applies["provinces"]
    citation = entry["citation"]
    return Rule(
        id=entry["id"],
        version=entry["version"],
        programme=programme,
        nl=entry["text"]["nl"],
        en=entry["text"]["en"],
        kind=entry["kind"],
        subject=SubjectFilter(units, frozenset(subject["roles"])),
        slots=tuple(objects["slots"]),
        combine=objects["combine"],
        parameters={
            name: Parameter(name, as_value(given["value"]), given["unit"], given["source"])
            for name, given in sorted(entry["parameters"].items())
        },
        hardness=entry["hardness"],
        exemptions=tuple(Exemption(**exemption) for exemption in entry["exceptions"]),
        provinces=frozenset(provinces),
        area_types=tuple(applies["area_types"]),
        from_ijkmoment=entry["from_ijkmoment"],
        citation=Citation(citation["document"], citation["annex"], citation["programme"], citation["keuze"]),
        note=entry["note"],
    )
