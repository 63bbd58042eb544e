"""Read an agreement and refuse one that contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from novex_plugin.core.agreement.model import (
    Agreement,
    Code,
    Format,
    Imow,
    Indicator,
    LegendUnit,
    MetadataRules,
    Scale,
    Symbol,
    Text,
)
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import file_digest, read_json
from novex_plugin.core.resources import RESOURCES

DEFAULT = "novex-1.0"


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

    Raises InputError, naming the place, for a file that does not follow the schema, for codes that occur twice and
    for references to what is not there.
    """
    source = path or agreement_path(DEFAULT)
    content = read_json(source, "agreement")
    agreement = _agreement(content, file_digest(source))
    for place, problem in _contradictions(agreement):
        raise InputError(problem, "Verbeter de afspraken.", source, field=place)
    return agreement


def _agreement(content: dict[str, Any], digest: str) -> Agreement:
    rules = content["metadata"]
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
        metadata=MetadataRules(
            profile=rules["profile"],
            language=rules["language"],
            topics=tuple(rules["topics"]),
            keywords=tuple(rules["keywords"]),
            licence_url=rules["licence"]["url"],
            licence_text=rules["licence"]["text"],
            use_limitation=rules["use_limitation"],
        ),
        code_lists={name: tuple(map(_code, entries)) for name, entries in content["code_lists"].items()},
        indicators=tuple(_indicator(entry) for entry in content["indicators"]),
        legend=tuple(_unit(entry) for entry in content["legend"]),
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


def _unit(entry: dict[str, Any]) -> LegendUnit:
    changed = {
        "label": Text(**entry["label"]),
        "definition": Text(**entry["definition"]),
        "symbol": Symbol(**entry["symbol"]),
        "imow": Imow(**entry["imow"]) if entry["imow"] else None,
        **{name: tuple(entry[name]) for name in ("geometry", "indicators", "required")},
    }
    return LegendUnit(**(entry | changed))


def _contradictions(agreement: Agreement) -> Iterator[tuple[str, str]]:
    """Place and problem of everything that contradicts something else in the agreement."""
    for name, entries in agreement.code_lists.items():
        yield from _doubles(f"$.code_lists.{name}", (entry.code for entry in entries))
        for number, entry in enumerate(entries):
            place = f"$.code_lists.{name}[{number}].provinces"
            yield from _absent(place, "provincie", entry.provinces, agreement.codes("provincie"))
    yield from _doubles("$.indicators", (indicator.id for indicator in agreement.indicators))
    yield from _doubles("$.legend", (unit.code for unit in agreement.legend))
    yield from _wrong_numbers(agreement)
    for number, indicator in enumerate(agreement.indicators):
        yield from _indicator_problems(agreement, indicator, f"$.indicators[{number}]")
    for number, unit in enumerate(agreement.legend):
        yield from _unit_problems(agreement, unit, f"$.legend[{number}]")


def _doubles(place: str, codes: Iterable[str]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for number, code in enumerate(codes):
        if code in seen:
            yield f"{place}[{number}]", f"de code {code} komt twee keer voor."
        seen.add(code)


def _wrong_numbers(agreement: Agreement) -> Iterator[tuple[str, str]]:
    for number, code in enumerate(agreement.codes("horizon")):
        if not (code.isascii() and code.isdigit()):
            yield f"$.code_lists.horizon[{number}]", f"de horizon {code} is geen jaartal."
    scale = agreement.scale
    if not scale.largest <= scale.drawn <= scale.smallest:
        yield "$.scale", "de schaal van tekenen ligt niet tussen de grootste en de kleinste schaal."


def _indicator_problems(agreement: Agreement, indicator: Indicator, place: str) -> Iterator[tuple[str, str]]:
    yield from _absent(f"{place}.unit", "eenheid", (indicator.unit,), agreement.codes("eenheid"))
    weighed = (indicator.of,) if indicator.of is not None else ()
    yield from _absent(f"{place}.of", "indicator", weighed, agreement.indicator)
    if (indicator.adds == "share") != bool(weighed):
        yield f"{place}.of", f"een aandeel heeft een indicator die weegt, en alleen een aandeel ({indicator.id})."
    fixed = {"area": "ha", "length": "km"}.get(indicator.adds)
    if fixed is not None and indicator.unit != fixed:
        yield f"{place}.unit", f"de indicator {indicator.id} telt op als {indicator.adds} en moet in {fixed} staan."


def _unit_problems(agreement: Agreement, unit: LegendUnit, place: str) -> Iterator[tuple[str, str]]:
    yield from _absent(f"{place}.programme", "programma", (unit.programme,), agreement.codes("programma"))
    perspectives = (unit.perspective,) if unit.perspective is not None else ()
    yield from _absent(f"{place}.perspective", "perspectief", perspectives, agreement.codes("perspectief"))
    yield from _absent(f"{place}.indicators", "indicator", unit.indicators, agreement.indicator)
    if "punt" in unit.geometry and unit.symbol.marker is None:
        yield f"{place}.symbol.marker", f"de legenda-eenheid {unit.code} kan een punt zijn en heeft geen teken."
    if "lijn" in unit.geometry and unit.symbol.line is None:
        yield f"{place}.symbol.line", f"de legenda-eenheid {unit.code} kan een lijn zijn en heeft geen lijnvorm."


def _absent(place: str, kind: str, used: Iterable[str], known: Iterable[str]) -> Iterator[tuple[str, str]]:
    present = frozenset(known)
    for name in used:
        if name not in present:
            yield place, f"de {kind} {name} staat niet in de afspraken."
