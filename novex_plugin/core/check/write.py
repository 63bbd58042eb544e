"""Write the outcomes of a check: a GeoPackage with the findings on the map, and the same as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from novex_plugin.core.check.combination_write import combination_content, combination_layers
from novex_plugin.core.check.explain_findings import finding_rows_of
from novex_plugin.core.check.explanations import ExplainedFound
from novex_plugin.core.check.findings import COLUMNS, Findings
from novex_plugin.core.dutch import number
from novex_plugin.core.features.geopackage import Column, Layer, append, create
from novex_plugin.core.features.overlay import Geometries, of_dimension
from novex_plugin.core.features.table import FeatureTable, attribute_table, multi
from novex_plugin.core.files import write_json, written_beside
from novex_plugin.core.rules.model import HARDNESS, OUTCOMES

if TYPE_CHECKING:
    from novex_plugin.core.check.evaluate import RuleOutcome
    from novex_plugin.core.check.run import CheckResult

_TABLES = {
    2: ("bevinding_vlak", "MULTIPOLYGON", "Bevindingen, vlakken"),
    1: ("bevinding_lijn", "MULTILINESTRING", "Bevindingen, lijnen"),
    0: ("bevinding_punt", "MULTIPOINT", "Bevindingen, punten"),
    -1: ("bevinding_zonder_geometrie", None, "Bevindingen zonder plek op de kaart"),
}
_RULE_COLUMNS = (
    Column("regel", required=True, unique=True, title="Regel"),
    Column("regel_versie", required=True, title="Versie van de regel"),
    Column("programma", required=True, title="Programma"),
    Column("keuze", title="Structurerende keuze"),
    Column("tekst", required=True, title="Tekst"),
    Column("soort", required=True, title="Soort regel"),
    Column("hardheid", required=True, allowed=HARDNESS, title="Hardheid"),
    Column("stand", required=True, title="Of de regel geldt, is voorgesteld, alleen informeert of een concept is"),
    Column("zekerheid", required=True, title="Hoe dicht de regel bij de bron blijft"),
    Column("uitkomst", required=True, allowed=OUTCOMES, title="Uitkomst"),
    Column("kenmerken", "INTEGER", required=True, title="Objecten waarover de regel gaat"),
    Column("bevindingen", "INTEGER", required=True, title="Bevindingen"),
    Column("ontbreekt", title="Wat ontbreekt"),
    Column("melding", required=True, title="Melding"),
    Column("bron", required=True, title="Bron van de regel"),
    Column("dataset", title="Dataset"),
    Column("dataset_digest", title="Versie van de dataset"),
)


def write_findings(result: CheckResult, gpkg: Path, json: Path, dress: Callable[[Path], object] | None = None) -> None:
    """Write both files, each whole or not at all. `dress` may lay more in the GeoPackage, such as styles, before it
    takes its place. Raises InputError when a place cannot be written to.
    """
    content = findings_json(result)
    findings = result.findings
    dimension = shapely.get_dimensions(findings.geometry)
    layers = [Layer(name, kind, COLUMNS, title) for name, kind, title in _TABLES.values()]
    rules = Layer("regel_uitkomst", None, _RULE_COLUMNS, "Uitkomst van iedere regel", tolerance_text(result))
    more = combination_layers(result.combinations) if result.combinations is not None else []
    with written_beside(gpkg) as unfinished:
        create(unfinished, [*layers, rules, *(layer for layer, _ in more)], moment=result.moment)
        for number, (name, _, _) in _TABLES.items():
            rows = findings.take(dimension == number)
            append(unfinished, name, FeatureTable(name, _parts(rows.geometry, number), rows.columns))
        append(unfinished, rules.name, _rule_rows(result))
        for layer, rows in more:
            append(unfinished, layer.name, rows)
        if dress is not None:
            dress(unfinished)
    write_json(json, content)


def _parts(geometry: Geometries, dimension: int) -> Geometries:
    """Geometries in the multi-part form of their table."""
    if dimension == 0:
        parts, owner = shapely.get_parts(geometry, return_index=True)
        result = np.full(len(geometry), None, dtype=object)
        if len(parts):
            result[:] = shapely.multipoints(parts, indices=owner)
        return result
    return multi(of_dimension(geometry, np.full(len(geometry), dimension)))


def tolerance_text(result: CheckResult) -> str:
    """What is too small to be a finding, in one sentence for each catalogue that differs."""
    texts: dict[str, None] = {}
    for catalogue in result.catalogues:
        each = catalogue.tolerance
        texts[
            f"Geen bevinding zijn overlappen van ten hoogste {number(each.area_m2)} m² (vlakken) of "
            f"{number(each.length_m)} m (lijnen), of van ten hoogste {number(each.share * 1e6)} miljoenste ervan."
        ] = None
    return " ".join(texts)


def _rule_rows(result: CheckResult) -> FeatureTable:
    rows = [
        {
            "regel": each.rule.id,
            "regel_versie": each.rule.version,
            "programma": each.rule.programme,
            "keuze": each.rule.citation.choice,
            "tekst": each.rule.nl,
            "soort": each.rule.kind,
            "hardheid": each.rule.hardness,
            "stand": each.rule.status,
            "zekerheid": each.rule.certainty,
            "uitkomst": each.outcome,
            "kenmerken": each.features,
            "bevindingen": len(each.found.rows),
            "ontbreekt": "; ".join(each.missing) or None,
            "melding": each.message,
            "bron": str(each.rule.citation),
            "dataset": each.dataset,
            "dataset_digest": each.digest,
        }
        for each in result.outcomes
    ]
    numbers = {column.name for column in _RULE_COLUMNS if column.type == "INTEGER"}
    columns = {
        column.name: np.array([row[column.name] for row in rows], dtype=np.int64 if column.name in numbers else object)
        for column in _RULE_COLUMNS
    }
    return attribute_table("regel_uitkomst", columns)


def findings_json(result: CheckResult) -> dict[str, Any]:
    """The content of the findings' JSON file (`novex-findings` 1.0)."""
    return {
        "format": "novex-findings",
        "version": "1.0",
        "moment": result.moment,
        "catalogues": [
            {"id": each.id, "version": each.release, "programme": each.programme, "digest": each.digest}
            for each in result.catalogues
        ],
        "proposal": {"id": result.proposal, "variant": result.variant, "digest": result.proposal_digest},
        "tolerance": tolerance_text(result),
        "counts": result.counts,
        "programmes": _programmes(result),
        "rules": [
            {
                "rule": each.rule.id,
                "version": each.rule.version,
                "programme": each.rule.programme,
                "kind": each.rule.kind,
                "hardness": each.rule.hardness,
                "status": each.rule.status,
                "certainty": each.rule.certainty,
                "outcome": each.outcome,
                "message": each.message,
                "features": each.features,
                "feature_outcomes": each.feature_outcomes,
                "findings": len(each.found.rows),
                "missing": list(each.missing),
                "dataset": each.dataset,
                "digest": each.digest,
                "exceptions_used": _exceptions_used(each),
            }
            for each in result.outcomes
        ],
        "findings": finding_rows_of(result.findings),
        "explanations": _explanations(result.findings),
        "departures": list(result.departures),
        "combinations": combination_content(result.combinations) if result.combinations is not None else None,
    }


def _programmes(result: CheckResult) -> list[dict[str, Any]]:
    """The number of rules of each outcome, by catalogue and programme, in the order of the catalogues."""
    outcomes = {each.rule.id: each.outcome for each in result.outcomes}
    return [
        {
            "catalogue": catalogue.id,
            "programme": catalogue.programme,
            "title": catalogue.title,
            "counts": {name: sum(outcomes[rule.id] == name for rule in catalogue.rules) for name in OUTCOMES},
        }
        for catalogue in result.catalogues
    ]


def _exceptions_used(outcome: RuleOutcome) -> dict[str, int]:
    """How many findings each exception of a rule took away: by the data, or by an appeal in an explanation."""
    appeals = outcome.found.appeal.tolist() if isinstance(outcome.found, ExplainedFound) else []
    counts = Counter(outcome.exceptions_used) + Counter(str(appeal) for appeal in appeals if appeal is not None)
    return dict(sorted(counts.items()))


def _explanations(findings: FeatureTable) -> list[dict[str, Any]]:
    states = findings.explanations if isinstance(findings, Findings) else ()
    return [{**asdict(each), "findings": list(each.findings)} for each in states]
