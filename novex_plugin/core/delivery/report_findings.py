"""The part of the report about rules: findings by programme and rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from novex_plugin.core.delivery.markup import Element, element
from novex_plugin.core.delivery.report_parts import Labels, Row, note, some, table
from novex_plugin.core.dutch import day, quantity

MAXIMUM_ROWS = 200
"""Findings of one rule that the report lists; all of them lie in the findings' GeoPackage."""

_WHAT_NOW = {
    "verbod": "Een verbod: verplaats, verklein of schrap het onderdeel, of leg een beroep op een uitzondering vast.",
    "pas_toe_of_leg_uit": "Pas toe of leg uit: pas het onderdeel aan, of leg een motivering vast.",
    "voorkeur": "Een voorkeur: overweeg een andere plek of leg kort vast waarom deze keuze is gemaakt.",
    "advies": "Een advies: betrek het bij de afweging.",
}
_HARDNESS = {
    "verbod": "verbod",
    "pas_toe_of_leg_uit": "pas toe of leg uit",
    "voorkeur": "voorkeur",
    "advies": "advies",
}
_SHOWN = ("overtreedt", "gemotiveerd", "niet_toetsbaar")
"""The outcomes of findings that are listed, in this order."""

_ALIKE = 3
_NAMED = 20


def findings_sections(findings: Mapping[str, Any], labels: Labels) -> list[Element]:
    """Findings that ask for attention, grouped by programme and rule."""
    rules = {str(rule["rule"]): rule for rule in findings.get("rules") or []}
    shown = [row for row in findings.get("findings") or [] if row.get("uitkomst") in _SHOWN]
    shown.sort(key=lambda row: (str(row.get("programma")), str(row.get("regel")), str(row.get("id"))))
    nodes = [element("h2", "Bevindingen")]
    if not shown:
        nodes.append(element("p", "Er zijn geen overtredingen, motiveringen of onderdelen die niet te toetsen zijn."))
    for programme, of_programme in groupby(shown, key=lambda row: str(row.get("programma") or "–")):
        nodes.append(element("h3", labels.programme(programme)))
        for rule, rows in groupby(of_programme, key=lambda row: str(row.get("regel"))):
            nodes += _rule(rules.get(rule, {}), rule, list(rows), labels)
    return nodes


def _rule(rule: Mapping[str, Any], identifier: str, rows: Sequence[Mapping[str, Any]], labels: Labels) -> list[Element]:
    first = rows[0]
    hardness = str(first.get("hardheid") or rule.get("hardness") or "")
    ground = [str(value) for value in (first.get("bron"), _dataset(first, labels)) if value]
    lines = _lines(rows, labels)
    nodes = [
        element("h4", labels.rules.get(identifier, identifier)),
        element("p", element("code", identifier), f" · {_HARDNESS.get(hardness, hardness)}", class_="ground"),
        element("p", f"Grond: {'; '.join(ground) or 'niet opgegeven'}", class_="ground"),
        table(("Uitkomst", "Wat", "Waar (RD)", "Bevinding", "#Gemeten", "#Grens"), lines[:MAXIMUM_ROWS], "findings"),
    ]
    if len(lines) > MAXIMUM_ROWS:
        more = len(lines) - MAXIMUM_ROWS
        nodes.append(note(f"En nog {more} bevindingen: zie bevindingen/bevindingen.gpkg."))
    still_open = any(row.get("uitkomst") == "overtreedt" for row in rows)
    if still_open and hardness in _WHAT_NOW:
        nodes.append(element("p", element("b", "Wat nu? "), _WHAT_NOW[hardness], class_="what-now"))
    return nodes


def _lines(rows: Sequence[Mapping[str, Any]], labels: Labels) -> list[Row]:
    """A line for each finding; findings that say the same and measure nothing share one."""
    alike: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    apart: list[Mapping[str, Any]] = []
    for row in rows:
        if row.get("gemeten") is None:
            alike.setdefault((str(row.get("uitkomst")), str(row.get("melding"))), []).append(row)
        else:
            apart.append(row)
    shared = [group for group in alike.values() if len(group) > _ALIKE]
    apart += [row for group in alike.values() if len(group) <= _ALIKE for row in group]
    apart.sort(key=lambda row: (_SHOWN.index(str(row["uitkomst"])), labels.feature(row.get("kenmerk")), str(row["id"])))
    return [*(_shared(group, labels) for group in shared), *(_line(row, labels) for row in apart)]


def _line(row: Mapping[str, Any], labels: Labels) -> Row:
    place = labels.places.get(str(row.get("id"))) or labels.places.get(str(row.get("kenmerk")))
    return [
        _mark(row),
        labels.feature(row.get("kenmerk")),
        place or "–",
        str(row.get("melding") or "–"),
        quantity(row.get("gemeten"), row.get("eenheid")),
        quantity(row.get("grens"), row.get("eenheid")),
    ]


def _shared(rows: Sequence[Mapping[str, Any]], labels: Labels) -> Row:
    names = sorted(labels.feature(row.get("kenmerk")) for row in rows)
    about = element("span", element("b", f"{len(names)} onderdelen: "), some(names, _NAMED))
    return [_mark(rows[0]), about, "–", str(rows[0].get("melding") or "–"), "–", "–"]


def _mark(row: Mapping[str, Any]) -> Element:
    """The outcome and, where an explanation changed it, the one before."""
    outcome = str(row.get("uitkomst"))
    mark = element("span", outcome.replace("_", " "), class_=f"mark {outcome}")
    tested = str(row.get("uitkomst_getoetst") or outcome)
    if tested == outcome:
        return mark
    before = element("span", f"zonder motivering: {tested.replace('_', ' ')}", class_="note")
    return element("span", mark, element("br"), before)


def _dataset(row: Mapping[str, Any], labels: Labels) -> str | None:
    """The datasets that the rule was tested against, with date and digest: what tells how new they are."""
    if not row.get("dataset"):
        return None
    names = str(row["dataset"]).split("; ")
    digests = str(row.get("dataset_digest") or "").split("; ")
    said = []
    for number, name in enumerate(names):
        known = labels.datasets.get(name, {})
        digest = digests[number].removeprefix("sha256:")[:12] if len(digests) == len(names) else ""
        details = [part for part in (day(known["record_date"]) if known.get("record_date") else "", digest) if part]
        title = str(known.get("title") or name)
        said.append(f"{title} ({', '.join(details)})" if details else title)
    return "; ".join(said)
