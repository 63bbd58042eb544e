"""Read an agreement and refuse one that contradicts itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from novex_plugin.core.agreement.contradictions import contradictions
from novex_plugin.core.agreement.model import (
    Agreement,
    Code,
    Format,
    Imow,
    Indicator,
    LegendUnit,
    MetadataElement,
    MetadataRules,
    NameRule,
    Scale,
    Strictness,
    Symbol,
    Text,
)
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import file_digest, json_line, read_json
from novex_plugin.core.resources import RESOURCES, SCHEMAS

DEFAULT = "novex-1.0"
"""The agreement for who names none; where it does not come with the plugin, the last one that does."""


def agreement_names() -> tuple[str, ...]:
    """The agreements that come with the plugin."""
    return tuple(sorted(path.stem for path in (RESOURCES / "agreements").glob("*.json")))


def agreement_path(name: str) -> Path:
    """The file of an agreement that comes with the plugin, or the file that `name` itself points at.

    Raises InputError when there is neither.
    """
    if name in agreement_names():
        return RESOURCES / "agreements" / f"{name}.json"
    if name.endswith(".json") and Path(name).is_file():
        return Path(name)
    known = ", ".join(agreement_names())
    raise InputError(
        f"de afspraken {name[:200]} zijn onbekend.", f"Kies {known}, of geef een JSON-bestand met afspraken."
    )


def read_agreement(path: Path | None = None) -> Agreement:
    """Read an agreement; without a path the default one.

    Raises InputError, naming line, place and what is allowed there, for a file that does not follow the schema, for
    codes that occur twice and for references to what is not there.
    """
    source = path or agreement_path(_default())
    content = read_json(source, "agreement")
    agreement = _agreement(content, file_digest(source))
    for found in contradictions(agreement):
        allowed = ", ".join(found.allowed) or _symbol_forms(found.place)
        remedy = f"Toegestaan: {allowed}." if allowed else "Verbeter de afspraken."
        line = json_line(source, found.place)
        raise InputError(found.problem, remedy, source, field=found.path, line=line)
    return agreement


def _default() -> str:
    names = agreement_names()
    return DEFAULT if DEFAULT in names or not names else names[-1]


def _symbol_forms(place: tuple[str | int, ...]) -> str:
    """The signs and forms of line that the schema has, for a place in a symbol that lacks one."""
    if "symbol" not in place:
        return ""
    schema = read_json(SCHEMAS / "agreement.schema.json")
    forms = schema["$defs"]["unit"]["properties"]["symbol"]["properties"][place[-1]]["enum"]
    return ", ".join(form for form in forms if form is not None)


def _agreement(content: dict[str, Any], digest: str) -> Agreement:
    rules = content["metadata"]
    roles = tuple(entry["code"] for entry in content["code_lists"]["rol"])
    return Agreement(
        id=content["id"],
        version=content["release"],
        date=content["date"],
        title=Text(**content["title"]),
        own_proposal=content["status"] == "own_proposal",
        statement=Text(**content["statement"]),
        schema_version=content["schema_version"],
        scale=Scale(**content["scale"]),
        formats=tuple(Format(**entry) for entry in content["formats"]),
        files=_name_rule(content["naming"]["files"]),
        layers=_name_rule(content["naming"]["layers"]),
        strictness=_strictness(content["strictness"]),
        metadata=MetadataRules(
            profile=rules["profile"],
            language=rules["language"],
            topics=tuple(rules["topics"]),
            keywords=tuple(rules["keywords"]),
            licence_url=rules["licence"]["url"],
            licence_text=rules["licence"]["text"],
            use_limitation=rules["use_limitation"],
            elements=tuple(
                MetadataElement(entry["element"], Text(entry["nl"], entry["en"])) for entry in rules["elements"]
            ),
        ),
        code_lists={name: tuple(map(_code, entries)) for name, entries in content["code_lists"].items()},
        indicators=tuple(_indicator(entry) for entry in content["indicators"]),
        legend=tuple(_unit(entry, roles) for entry in content["legend"]),
        digest=f"sha256:{digest}",
    )


def _code(entry: dict[str, Any]) -> Code:
    return Code(entry["code"], Text(entry["nl"], entry["en"]), tuple(entry.get("provinces", ())))


def _indicator(entry: dict[str, Any]) -> Indicator:
    changed = {
        "label": Text(**entry["label"]),
        "definition": Text(**entry["definition"]),
        "years": tuple(entry["years"]),
    }
    return Indicator(**(entry | changed))


def _name_rule(entry: dict[str, Any]) -> NameRule:
    return NameRule(entry["signs"], entry["maximum"], Text(**entry["note"]))


def _strictness(entry: dict[str, Any]) -> Strictness:
    given = tuple((each["programme"], frozenset(each["hardness"])) for each in entry["programmes"])
    return Strictness(frozenset(entry["default"]), given)


def _unit(entry: dict[str, Any], roles: tuple[str, ...]) -> LegendUnit:
    changed = {
        "roles": tuple(entry.get("roles", roles)),
        "label": Text(**entry["label"]),
        "definition": Text(**entry["definition"]),
        "symbol": Symbol(**entry["symbol"]),
        "imow": Imow(**entry["imow"]) if entry["imow"] else None,
        **{name: tuple(entry[name]) for name in ("geometry", "indicators", "required")},
    }
    return LegendUnit(**(entry | changed))
