"""Write `docs/afspraken.md` and `schemas/features.schema.json` from the agreement that comes with the plugin.

python -m scripts.agreement_pages
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from novex_plugin.core.agreement import Agreement, Imow, LegendUnit, read_agreement
from novex_plugin.core.files import json_bytes
from novex_plugin.core.proposal.feature_schema import feature_schema

CHECKOUT = Path(__file__).resolve().parents[1]
PAGE = CHECKOUT / "docs" / "afspraken.md"
SCHEMA = CHECKOUT / "schemas" / "features.schema.json"

_HEAD = """# Afspraken

{title}, versie {version} ({date}). {statement}

De afspraken zijn één bestand: `resources/agreements/{name}.json`, beschreven door `schemas/agreement.schema.json`.
Formulieren, controles, legenda, metadata en deze pagina komen eruit voort. Wie andere afspraken wil, legt een bestand
van dezelfde vorm in die map, met `id` en `release` als naam, en noemt het bij `novex:newproposal`. Een bestand dat
zichzelf tegenspreekt wordt geweigerd, met de regel, de plaats en wat daar mag staan. De rollen `bestaand` en `vervalt`
zijn vast: de balans moet weten wat er al is en wat verdwijnt.

Wie gegevens maakt of ontvangt, kan het GeoJSON-bestand van een voorstel toetsen met `schemas/features.schema.json`.

*Deze pagina komt uit de gegevens: `python -m scripts.agreement_pages`.*
"""

_SYMBOLS = """De kleuren beginnen bij de standaard voor bestemmingsplankaarten (SVBP2012). Twee vlakken verschillen
altijd ten minste 6 (CIEDE2000). Met hetzelfde patroon verschillen zij ten minste 10, en ten minste 6 voor wie geen
groen ziet (deuteranopie); liggen zij dichter bij elkaar, dan verschilt het patroon.
"""

_ADDS = {"sum": "som", "area": "som, uit de vlakken", "length": "som, uit de lijnen", "share": "gewogen aandeel"}
_EVERY = 12
"""Codes of a list that is longer than this stand in one paragraph, not in a table."""


def page() -> str:
    """The page as Markdown."""
    agreement = read_agreement()
    head = _HEAD.format(
        title=agreement.title.nl,
        version=agreement.version,
        date=agreement.date,
        statement=agreement.statement.nl,
        name=f"{agreement.id}-{agreement.version}",
    )
    parts = (head, *_units(agreement), *_indicators(agreement), *_rules(agreement), *_code_lists(agreement))
    return "\n".join(parts)


def _table(head: str, rows: Iterable[Iterable[str]]) -> str:
    columns = head.split("|")
    body = ("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)
    return "\n".join((f"| {' | '.join(columns)} |", "|" + "---|" * len(columns), *body)) + "\n"


def _units(agreement: Agreement) -> Iterator[str]:
    everywhere = set.intersection(*(set(unit.required) for unit in agreement.legend))
    ordered = [name for name in agreement.legend[0].required if name in everywhere]
    yield f"## Legenda\n\n{len(agreement.legend)} legenda-eenheden. Verplicht bij iedere eenheid: {_coded(ordered)}.\n"
    yield _SYMBOLS
    for programme in agreement.code_lists["programma"]:
        units = [unit for unit in agreement.legend if unit.programme == programme.code]
        if units:
            yield f"### {programme.label.nl}\n"
            yield _table(
                "code|naam|tekent|rollen|ook verplicht|indicatoren|HILUCS|IMOW",
                (_unit(unit, everywhere, agreement) for unit in units),
            )


def _unit(unit: LegendUnit, everywhere: set[str], agreement: Agreement) -> Iterator[str]:
    yield f"`{unit.code}`"
    yield f"**{unit.label.nl}.** {unit.definition.nl}"
    yield ", ".join(unit.geometry)
    yield "alle" if unit.roles == agreement.codes("rol") else ", ".join(unit.roles)
    yield _coded(name for name in unit.required if name not in everywhere)
    yield _coded(unit.indicators)
    yield unit.hilucs
    yield _imow(unit.imow)


def _imow(imow: Imow | None) -> str:
    if imow is None:
        return "–"
    return f"{imow.list}: {imow.label} ({', '.join(code for _, code in sorted(imow.codes.items()))})"


def _coded(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "–"


def _indicators(agreement: Agreement) -> Iterator[str]:
    yield f"## Indicatoren\n\n{len(agreement.indicators)} hoeveelheden waaraan een object kan bijdragen.\n"
    yield _table(
        "indicator|naam|eenheid|telt op als|jaren",
        (
            (
                f"`{each.id}`",
                f"**{each.label.nl}.** {each.definition.nl}",
                each.unit,
                _ADDS[each.adds] + (f" naar `{each.of}`" if each.of else ""),
                ", ".join(map(str, each.years)),
            )
            for each in agreement.indicators
        ),
    )


def _rules(agreement: Agreement) -> Iterator[str]:
    scale, strictness, metadata = agreement.scale, agreement.strictness, agreement.metadata
    yield f"## Schaal\n\nGetekend op 1 : {scale.drawn}; te lezen van 1 : {scale.largest} tot 1 : {scale.smallest}.\n"
    yield "## Bestandsformaten\n"
    yield _table(
        "deel|formaat|EPSG",
        ((each.part, each.format, str(each.epsg) if each.epsg else "–") for each in agreement.formats),
    )
    yield f"## Namen\n\n- {agreement.files.note.nl} Ten hoogste {agreement.files.maximum} tekens."
    yield f"- {agreement.layers.note.nl} Ten hoogste {agreement.layers.maximum} tekens.\n"
    yield "## Strengheid\n"
    yield "Een overtreden regel zonder motivering houdt een definitieve levering tegen bij deze hardheid:\n"
    rows = [("alle andere programma's" if strictness.given else "alle", _coded(sorted(strictness.default)))]
    yield _table(
        "programma|hardheid", [*((f"`{code}`", _coded(sorted(hard))) for code, hard in strictness.given), *rows]
    )
    yield f"## Metadata\n\nProfiel: {metadata.profile}. Trefwoorden: {', '.join(metadata.keywords)}."
    yield f"Licentie: [{metadata.licence_text}]({metadata.licence_url}). {metadata.use_limitation}\n"
    yield _table("element|wat het zegt", ((f"`{each.element}`", each.label.nl) for each in metadata.elements))


def _code_lists(agreement: Agreement) -> Iterator[str]:
    yield "## Codelijsten\n"
    for name, entries in sorted(agreement.code_lists.items()):
        yield f"### {name}\n"
        if len(entries) > _EVERY:
            yield ", ".join(f"`{entry.code}` {entry.label.nl}" for entry in entries) + ".\n"
        else:
            yield _table("code|betekenis", ((f"`{entry.code}`", entry.label.nl) for entry in entries))


def schema() -> bytes:
    """The JSON Schema of features, as its file has it."""
    return json_bytes(feature_schema(read_agreement()))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    SCHEMA.write_bytes(schema())
