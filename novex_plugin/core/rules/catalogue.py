"""Read rules from their files, and refuse a file with anything in it that this project does not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from novex_plugin.core.errors import InputError
from novex_plugin.core.files import file_digest, json_line, read_json
from novex_plugin.core.resources import RESOURCES
from novex_plugin.core.rules.model import (
    EVERYWHERE,
    Catalogue,
    Citation,
    Exemption,
    Parameter,
    Range,
    Rule,
    Statement,
    SubjectFilter,
    Tolerance,
)
from novex_plugin.core.rules.refusal import refuse_unknown_words
from novex_plugin.core.rules.vocabulary import Vocabulary, vocabulary

RULES = RESOURCES / "rules"


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
    """Read the rules of one file. Raises InputError naming line, rule and field, and what is allowed there."""
    content = read_json(path, "rule")
    words = vocabulary()
    refuse_unknown_words(path, content, words)
    statements = tuple(Statement(**entry) for entry in content.get("statements", []))
    questions = {each.id: each for each in statements}
    return Catalogue(
        id=content["catalogue"],
        release=content["release"],
        programme=content["programme"],
        title=content["title"]["nl"],
        file=path,
        digest=f"sha256:{file_digest(path)}",
        tolerance=Tolerance(**content["tolerance"]),
        rules=tuple(
            _rule(entry, content["programme"], words, questions, path, number)
            for number, entry in enumerate(content["rules"])
        ),
        statements=statements,
    )


def as_value(value: Any) -> Any:
    """A parameter's value as the model holds it: lists become tuples."""
    return tuple(value) if isinstance(value, list) else value


def _rule(
    entry: Mapping[str, Any],
    programme: str,
    words: Vocabulary,
    questions: Mapping[str, Statement],
    path: Path,
    number: int,
) -> Rule:
    objects, applies, citation = entry["objects"], entry["applies"], entry["citation"]
    provinces = words.provinces if applies["provinces"] == EVERYWHERE else applies["provinces"]
    asked = entry["parameters"].get("statement", {}).get("value")
    return Rule(
        id=entry["id"],
        version=entry["version"],
        programme=programme,
        nl=entry["text"]["nl"],
        en=entry["text"]["en"],
        kind=entry["kind"],
        subject=_subject(entry["subject"], words),
        slots=tuple(objects["slots"]),
        combine=objects["combine"],
        parameters={
            name: Parameter(name, as_value(given["value"]), given["unit"], given["source"])
            for name, given in sorted(entry["parameters"].items())
        },
        hardness=entry["hardness"],
        exemptions=tuple(_exemption(exemption, words) for exemption in entry["exceptions"]),
        provinces=frozenset(provinces),
        area_types=tuple(applies["area_types"]),
        from_ijkmoment=entry["from_ijkmoment"],
        citation=Citation(citation["document"], citation["annex"], citation["programme"], citation["keuze"]),
        note=entry["note"],
        novex_areas=frozenset(applies.get("novex_areas", ())),
        area_slots=tuple(applies.get("area_slots", ())),
        from_date=_day(applies.get("from_date"), entry["id"], path, number, "from_date"),
        until_date=_day(applies.get("until_date"), entry["id"], path, number, "until_date"),
        status=entry.get("status", "geldend"),
        certainty=entry.get("certainty", "letterlijk"),
        question=questions.get(asked) if asked else None,
    )


def _subject(given: Mapping[str, Any], words: Vocabulary) -> SubjectFilter:
    size, years = given.get("size_ha"), given.get("year")
    return SubjectFilter(
        units=frozenset(given["legend"]).union(*(words.groups[group] for group in given["groups"])),
        roles=frozenset(given["roles"]),
        statuses=frozenset(given.get("status", ())),
        precisions=frozenset(given.get("precision", ())),
        size_ha=Range(size["from"], size["until"]) if size else None,
        years=Range(years["from"], years["until"]) if years else None,
    )


def _exemption(given: Mapping[str, Any], words: Vocabulary) -> Exemption:
    subject = _subject(given["subject"], words) if "subject" in given else None
    return Exemption(given["id"], given["nl"], given["en"], subject, tuple(given.get("slots", ())))


def _day(text: str | None, rule: str, path: Path, number: int, field: str) -> date | None:
    """A day of the calendar, written as ISO 8601."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        line = json_line(path, ("rules", number, "applies", field))
        raise InputError(
            f"{text} is geen dag.", "Schrijf jaar-maand-dag.", path, row=rule, field=f"applies.{field}", line=line
        ) from error
