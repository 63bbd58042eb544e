"""The comparison of variants as one HTML page to read and to print: figures beside each other, and no verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any

from novex_plugin.core.check.comparison import Comparison, comparison_content
from novex_plugin.core.check.side_by_side import (
    AREA_ROWS,
    BALANCE_ROWS,
    COMBINATION_ROWS,
    DRAWN,
    FINDING_ROWS,
    LEFT,
    OUTCOME_ROWS,
)
from novex_plugin.core.delivery.comparison_tables import Cell, beside, figure, score_cell
from novex_plugin.core.delivery.markup import Element, element, html_fragment, text
from novex_plugin.core.delivery.report_parts import Row, note, table
from novex_plugin.core.dutch import day, number, quantity
from novex_plugin.core.files import write_json, written_beside
from novex_plugin.core.resources import RESOURCES
from novex_plugin.version import plugin_version

_SECTIONS = {
    OUTCOME_ROWS: ("Uitkomsten van de regels", "Aantal regels met iedere uitkomst."),
    FINDING_ROWS: ("Bevindingen", "Open bevindingen hebben geen geldige motivering."),
    BALANCE_ROWS: ("Balans", "Wat iedere variant tekent voor de doelen van de provincie en het land."),
    COMBINATION_ROWS: (
        "Functies op dezelfde grond",
        "Grond telt hier één keer, hoeveel paren er ook op liggen. Het oordeel komt uit de matrix van combinaties.",
    ),
    AREA_ROWS: ("Wat is getekend", "Nieuw, zoekgebied, reservering en transformatie; overlap telt één keer."),
}
_OUTCOMES = {
    "overtreedt": "overtreden",
    "gemotiveerd": "gemotiveerd afgeweken",
    "voldoet": "voldoet",
    "niet_toetsbaar": "niet toetsbaar",
    "niet_van_toepassing": "niet van toepassing",
}
_WANTED = {"more": "meer", "less": "minder", None: "–"}


def write_comparison(result: Comparison, json_path: Path, html_path: Path) -> None:
    """Write a comparison as JSON and as HTML, each whole or not at all. Raises InputError where that cannot be."""
    content = comparison_content(result)
    with written_beside(html_path) as unfinished:
        unfinished.write_bytes(comparison_html(content))
        write_json(json_path, content)


def comparison_html(content: Mapping[str, Any]) -> bytes:
    """A self-contained page in UTF-8 of a comparison (`novex-comparison` 1.0): the same bytes for the same content."""
    title = f"Varianten naast elkaar: {content['proposal']['title']}"
    body = [
        *_heading(content),
        *_variants(content),
        *_criteria(content),
        *(node for group in _SECTIONS for node in _measures(content, group)),
        *_rules(content),
        *_account(content),
    ]
    styles = [(RESOURCES / "templates" / name).read_text(encoding="utf-8") for name in ("report.css", "comparison.css")]
    template = Template((RESOURCES / "templates" / "report.html").read_text(encoding="utf-8"))
    page = template.substitute(
        title=text(title),
        generator=text(f"NOVEX Puzzel {plugin_version()}"),
        style="\n".join(style.strip() for style in styles),
        state="vergelijking",
        body="\n".join(html_fragment(node) for node in body),
    )
    return page.encode()


def _heading(content: Mapping[str, Any]) -> list[Element]:
    proposal, variants = content["proposal"], content["variants"]
    count = "één variant" if len(variants) == 1 else f"{len(variants)} varianten"
    lead = [proposal["title"], count, f"stand van {day(content['moment'])}"]
    said = (
        "De varianten staan in de volgorde waarin zij zijn gegeven. Dit overzicht meet en oordeelt niet: wat zwaarder "
        "weegt bepaalt wie kiest. Een streepje betekent dat een waarde niet is vast te stellen; dat is iets anders "
        "dan nul. Grijze rijen zijn voor alle varianten gelijk."
    )
    nodes = [
        element("h1", "Varianten naast elkaar"),
        element("p", " · ".join(lead), class_="lead"),
        element("p", said, class_="intro"),
    ]
    return [*nodes, *_notes(content["notes"])]


def _notes(notes: Sequence[str]) -> list[Element]:
    return [element("ul", *(element("li", each) for each in notes), class_="notes")] if notes else []


def _variants(content: Mapping[str, Any]) -> list[Element]:
    rows: list[Row] = [
        [
            each["name"],
            element("code", each["variant"]),
            str(each["description"] or "–"),
            number(each["features"], "aantal"),
            element("code", each["digest"].removeprefix("sha256:")[:12]),
        ]
        for each in content["variants"]
    ]
    heads = ("Variant", "Code", "Omschrijving", "#Objecten", "Vingerafdruk")
    return [element("h2", "De varianten"), table(heads, rows)]


def _criteria(content: Mapping[str, Any]) -> list[Element]:
    criteria = content["criteria"]
    if criteria is None:
        return []
    weighted = criteria["weighted"]
    said = "Eigen criteria. Een score loopt van 0 tot 100 op de schaal die erbij staat."
    if weighted is not None:
        said += f" De gewogen som telt {number(weighted['weight'])} punten gewicht"
        said += f"; {number(weighted['left_out'])} punten tellen niet mee." if weighted["left_out"] else "."
    lines = [_criterion(each) for each in criteria["criteria"]]
    if weighted is not None:
        cells = [score_cell(each["score"], each["note"]) for each in weighted["values"]]
        lines.append((["Gewogen som", number(weighted["weight"]), "–", "0 – 100", *cells], "total"))
    heads = [("Criterium", ""), ("Gewicht", "weight"), ("Gewenst", "wanted"), ("Schaal", "scale")]
    notes = [f"{each['label']}: {each['note']}." for each in criteria["criteria"] if each["note"]]
    return [
        element("h2", criteria["title"]),
        note(said),
        beside(heads, [each["name"] for each in content["variants"]], [], lines),
        *_notes(notes),
    ]


def _criterion(each: Mapping[str, Any]) -> tuple[list[Cell], str]:
    scale, unit = each["scale"], each["unit"]
    told = "–"
    if scale is not None:
        ends = f"{number(scale['worst'], unit)} → {number(scale['best'], unit)}"
        told = ends if scale["given"] else f"{ends} (van de varianten)"
    cells = [figure(value["value"], unit, value["note"], value["score"]) for value in each["values"]]
    same = len({value["value"] for value in each["values"]}) == 1
    weight = number(each["weight"]) if each["weight"] is not None else "–"
    return [each["label"], weight, _WANTED[each["direction"]], told, *cells], "same" if same else ""


def _measures(content: Mapping[str, Any], group: str) -> list[Element]:
    title, said = _SECTIONS[group]
    rows = {row["id"]: row for row in content["measures"] if row["group"] == group}
    nodes = [element("h2", title), note(said)]
    if not rows:
        return [*nodes, note("Hiervan is in geen van de varianten iets.")]
    lines = []
    for name, row in rows.items():
        target = name.removesuffix(DRAWN)
        left = {told: rows[target + end] for end, told in LEFT.items() if name.endswith(DRAWN) and target + end in rows}
        if not name.endswith(tuple(LEFT)):
            lines.append(_measure(row, left))
    names = [each["name"] for each in content["variants"]]
    return [*nodes, beside([("", "")], names, [("Verschil", "apart")], lines)]


def _measure(row: Mapping[str, Any], left: Mapping[str, Mapping[str, Any]]) -> tuple[list[Cell], str]:
    """A row of a table; `left` are rows on how far a target is, told below its values."""
    values, unit = [each["value"] for each in row["values"]], row["unit"]
    notes = [each["note"] for each in row["values"]]
    alike = len(set(notes)) == 1
    about = [part for part in (row["about"], notes[0] if alike else None) if part]
    label: Cell = [row["label"], *(element("small", part) for part in about)]
    most = max((abs(value) for value in values if value is not None), default=0)
    cells = []
    for place, value in enumerate(values):
        beyond = [
            f"{told} {quantity(each['values'][place]['value'], unit)}"
            for told, each in left.items()
            if each["values"][place]["value"]
        ]
        said = [*beyond, *([notes[place]] if notes[place] and not alike else [])]
        part = abs(value) / most if value is not None and most and not row["same"] else None
        cells.append(figure(value, unit, "; ".join(said), part=part))
    return [label, *cells, _apart(values, unit)], "same" if row["same"] else ""


def _apart(values: Sequence[float | None], unit: str) -> Cell:
    """The difference between the most and the least; a dash where a value is lacking."""
    known = [value for value in values if value is not None]
    if len(values) < 2 or len(known) < len(values):
        return "–"
    if min(known) == max(known):
        return "gelijk"
    if unit == "%":
        return [element("b", number(max(known) - min(known), unit)), element("small", "procentpunt")]
    return figure(max(known) - min(known), unit)


def _rules(content: Mapping[str, Any]) -> list[Element]:
    apart = [rule for rule in content["rules"] if not rule["same"]]
    alike = len(content["rules"]) - len(apart)
    nodes = [element("h2", "Regels die verschillen")]
    if not apart:
        return [*nodes, note(f"Alle {alike} regels hebben in alle varianten dezelfde uitkomst.")]
    lines: list[tuple[list[Cell], str]] = []
    for rule in apart:
        label: Cell = [rule["text"], element("small", element("code", rule["rule"]), f" · {_said(rule['hardness'])}")]
        lines.append(([label, *(_outcome(each) for each in rule["outcomes"])], ""))
    names = [each["name"] for each in content["variants"]]
    return [
        *nodes,
        note(f"De andere {alike} regels hebben in alle varianten dezelfde uitkomst."),
        beside([("Regel", "rule")], names, [], lines, numbers=False),
    ]


def _outcome(each: Mapping[str, Any]) -> Cell:
    told = _OUTCOMES[each["outcome"]]
    return [told, element("small", f"{number(each['open'], 'aantal')} open")] if each["open"] else told


def _said(code: str) -> str:
    return code.replace("_", " ")


def _account(content: Mapping[str, Any]) -> list[Element]:
    matrix, criteria = content["matrix"], content["criteria"]
    catalogues = sorted({f"{each['id']} {each['version']}" for each in content["catalogues"]})
    places = {"provincie": "waar hun veld provincie zegt", "gebieden": "waar zij liggen"}[content["places"]]
    pairs = [
        ("Voorstel", content["proposal"]["id"]),
        ("Afspraken", content["agreement"]),
        ("Momentopname", f"van {day(content['snapshot'])}" if content["snapshot"] else "geen"),
        ("Koppelingen", content["bindings"].removeprefix("sha256:")[:12] if content["bindings"] else "van de plugin"),
        ("Regels", f"{'; '.join(catalogues)} ({len(content['rules'])} regels)"),
        ("Doelen", "; ".join(content["targets"]) or "–"),
        ("Combinaties", f"{matrix['id']} {matrix['version']} ({matrix['digest'].removeprefix('sha256:')[:12]})"),
        ("Objecten tellen", places),
        ("Criteria", criteria["digest"].removeprefix("sha256:")[:12] if criteria is not None else "geen"),
        ("Plugin", f"NOVEX Puzzel {plugin_version()}"),
    ]
    lines = [part for name, said in pairs for part in (element("dt", name), element("dd", said))]
    return [element("h2", "Verantwoording"), element("dl", *lines)]
