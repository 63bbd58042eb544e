"""Variants of one proposal beside each other: outcomes, balance and combinations, and the user's own criteria."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from novex_plugin.core.basisset.snapshot import read_snapshot
from novex_plugin.core.check.balance import balance
from novex_plugin.core.check.combination_write import combination_content
from novex_plugin.core.check.combinations import combinations
from novex_plugin.core.check.criteria import Criteria, read_criteria
from novex_plugin.core.check.drawing import read_drawing
from novex_plugin.core.check.measures import measured
from novex_plugin.core.check.run import check
from novex_plugin.core.check.scores import Scored, Weighted, scored, weighted
from novex_plugin.core.check.side_by_side import BALANCE_ROWS, DRAWN, Row, side_by_side
from novex_plugin.core.check.variant_facts import VariantFacts
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.files import file_digest
from novex_plugin.core.moment import as_written
from novex_plugin.core.progress import Progress, stop_if_cancelled
from novex_plugin.core.proposal.read import Proposal, read_proposal
from novex_plugin.core.rules.combinations import Matrix, read_combinations

MOST_VARIANTS = 24


@dataclass(frozen=True)
class Sources:
    """What variants are tested with; None or empty: what comes with the plugin, or nothing where there is no such."""

    snapshot: Path | None = None
    bindings: Path | None = None
    catalogues: Sequence[Path] | None = None
    targets: Sequence[Path] | None = None
    areas: FeatureTable | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Comparison:
    """Variants in the order in which they were given; `rows` holds everything beside each other, `scored` and
    `weighted` what the user's criteria make of it (None and empty without criteria, or without weights)."""

    moment: str
    proposal: Proposal
    sources: Sources
    facts: tuple[VariantFacts, ...]
    rows: tuple[Row, ...]
    criteria: Criteria | None
    scored: tuple[Scored, ...]
    weighted: Weighted | None
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Part:
    """The progress of one variant as a part of the whole."""

    whole: Progress
    variant: str
    start: float
    share: float

    def fraction(self, done: float) -> None:
        self.whole.fraction(self.start + self.share * done)

    def info(self, message: str) -> None:
        self.whole.info(f"{self.variant}: {message}")

    def warning(self, message: str) -> None:
        self.whole.warning(f"{self.variant}: {message}")

    def cancelled(self) -> bool:
        return self.whole.cancelled()


def compare(
    proposal: Path,
    variants: Sequence[str],
    criteria: Path | None,
    sources: Sources,
    moment: datetime,
    progress: Progress,
) -> Comparison:
    """Test variants of a proposal (all of them when none are given) and lay them beside each other.

    Raises InputError for an unusable proposal, variant, file of criteria or source, and for a criterion that measures
    what is not there; Cancelled.
    """
    asked = read_criteria(criteria) if criteria is not None else None
    read = read_proposal(proposal)
    chosen = _chosen(read, variants)
    matrix = read_combinations()
    facts = []
    for number, variant in enumerate(chosen):
        stop_if_cancelled(progress)
        part = _Part(progress, variant, number / len(chosen), 1 / len(chosen))
        facts.append(_facts(read, variant, matrix, sources, moment, part))
    results = tuple(_scored(asked, facts)) if asked is not None else ()
    rows = side_by_side(facts)
    return Comparison(
        moment=as_written(moment),
        proposal=read,
        sources=sources,
        facts=tuple(facts),
        rows=rows,
        criteria=asked,
        scored=results,
        weighted=weighted(results, chosen),
        notes=tuple(_notes(facts, rows)),
    )


def _chosen(proposal: Proposal, variants: Sequence[str]) -> tuple[str, ...]:
    chosen = tuple(variants) or proposal.variants
    known = ", ".join(proposal.variants) or "geen"
    if not chosen:
        raise InputError("het voorstel heeft geen varianten.", "Teken eerst een variant.", proposal.path, "variant")
    if len(set(chosen)) < len(chosen):
        raise InputError("een variant is twee keer gegeven.", f"Kies uit: {known}.", proposal.path, field="VARIANTS")
    for variant in chosen:
        proposal.variant(variant)
    if len(chosen) > MOST_VARIANTS:
        said = f"{len(chosen)} varianten passen niet naast elkaar."
        raise InputError(said, f"Kies er ten hoogste {MOST_VARIANTS}.", proposal.path, field="VARIANTS")
    return chosen


def _facts(
    proposal: Proposal, variant: str, matrix: Matrix, sources: Sources, moment: datetime, progress: Progress
) -> VariantFacts:
    drawing = read_drawing(proposal.path, variant)
    checked = check(proposal.path, variant, sources.snapshot, sources.bindings, sources.catalogues, moment, progress)
    rows = proposal.tables["variant"]
    (row,) = rows.take(rows.columns["id"].astype(str) == variant).columns["fid"].tolist()[:1]
    about = rows.take(rows.columns["fid"] == row).columns
    return VariantFacts(
        variant=variant,
        name=str(about["naam"][0] or variant),
        description=about["omschrijving"][0],
        province=proposal.province,
        drawing=drawing,
        checked=checked,
        balance=balance(proposal.path, variant, sources.targets, moment, sources.areas),
        combined=combination_content(checked.combinations or combinations(drawing, matrix)),
        units={code: unit.label.nl for code, unit in proposal.agreement.units.items()} | _others(proposal, matrix),
    )


def _others(proposal: Proposal, matrix: Matrix) -> dict[str, str]:
    """Legend units of the matrix that the proposal's own agreement does not have."""
    return {code: label for code, label in matrix.labels.items() if code not in proposal.agreement.units}


def _scored(criteria: Criteria, facts: Sequence[VariantFacts]) -> list[Scored]:
    results = []
    for criterion in criteria.criteria:
        try:
            values = {each.variant: measured(criterion.measure, each) for each in facts}
        except InputError as error:
            # Only here is it known in which file the unknown word stands.
            raise replace(error, file=criteria.file, row=criterion.id, field="measure") from error
        results.append(scored(criterion, values))
    return results


def _notes(facts: Sequence[VariantFacts], rows: Sequence[Row]) -> list[str]:
    """What has to be known before the figures are read."""
    notes = []
    own = sum(line.own for line in facts[0].balance.targets)
    shown = sum(row.group == BALANCE_ROWS and row.id.endswith(DRAWN) for row in rows)
    if own > shown:
        notes.append(f"Voor {own - shown} van de {own} doelen tekent geen enkele variant iets; zij staan er niet bij.")
    if len(facts) == 1:
        notes.append("Er is één variant; er valt niets naast te leggen.")
    for each in facts:
        unsound = int((~each.drawing.sound).sum())
        if unsound:
            notes.append(f"Variant {each.variant}: {unsound} objecten hebben een geometrie die niet te meten is.")
        if each.combined["missing"]:
            notes.append(f"Variant {each.variant}: {each.combined['missing']}.")
        if each.checked.departures:
            said = f"{len(each.checked.departures)} waarden wijken af van de afspraken; de eerste: "
            notes.append(f"Variant {each.variant}: {said}{each.checked.departures[0]}")
    return notes


def comparison_content(result: Comparison) -> dict[str, Any]:
    """The content of the JSON file (`novex-comparison` 1.0)."""
    proposal, first = result.proposal, result.facts[0]
    snapshot, bindings = result.sources.snapshot, result.sources.bindings
    return {
        "format": "novex-comparison",
        "version": "1.0",
        "moment": result.moment,
        "proposal": {"id": proposal.id, "title": proposal.title, "province": proposal.province},
        "agreement": f"{proposal.agreement.id} {proposal.agreement.version}",
        "snapshot": read_snapshot(snapshot).moment if snapshot is not None else None,
        "bindings": f"sha256:{file_digest(bindings)}" if bindings is not None else None,
        "places": first.balance.places,
        "catalogues": [
            {"id": each.id, "version": each.release, "programme": each.programme, "digest": each.digest}
            for each in first.checked.catalogues
        ],
        "targets": sorted({line.catalogue for line in first.balance.targets}),
        "matrix": first.combined["matrix"],
        "variants": [
            {
                "variant": each.variant,
                "name": each.name,
                "description": each.description,
                "digest": each.checked.proposal_digest,
                "features": len(each.drawing.ids),
            }
            for each in result.facts
        ],
        "criteria": _criteria_content(result),
        "measures": [_row_content(row) for row in result.rows],
        "rules": _rules_content(result.facts),
        "notes": list(result.notes),
    }


def _row_content(row: Row) -> dict[str, Any]:
    return {
        "group": row.group,
        "id": row.id,
        "label": row.label,
        "about": row.about,
        "unit": next(iter(row.values.values())).unit,
        "same": row.same,
        "values": [{"variant": name, "value": each.value, "note": each.note} for name, each in row.values.items()],
    }


def _criteria_content(result: Comparison) -> dict[str, Any] | None:
    if result.criteria is None:
        return None
    return {
        "title": result.criteria.title,
        "digest": result.criteria.digest,
        "criteria": [_scored_content(each) for each in result.scored],
        "weighted": _weighted_content(result.weighted, result.facts),
    }


def _scored_content(each: Scored) -> dict[str, Any]:
    criterion, scale = each.criterion, each.scale
    return {
        "id": criterion.id,
        "label": criterion.label,
        "weight": criterion.weight,
        "direction": criterion.direction,
        "measure": dict(criterion.measure),
        "unit": next(iter(each.values.values())).unit,
        "scale": {"worst": scale.worst, "best": scale.best, "given": each.given} if scale is not None else None,
        "counts": each.counts,
        "note": each.note,
        "values": [
            {"variant": name, "value": value.value, "score": each.scores[name], "note": value.note}
            for name, value in each.values.items()
        ],
    }


def _weighted_content(result: Weighted | None, facts: Sequence[VariantFacts]) -> dict[str, Any] | None:
    if result is None:
        return None
    return {
        "weight": result.weight,
        "left_out": result.left_out,
        "values": [
            {"variant": each.variant, "score": result.sums[each.variant], "note": result.notes.get(each.variant)}
            for each in facts
        ],
    }


def _rules_content(facts: Sequence[VariantFacts]) -> list[dict[str, Any]]:
    """Every rule with its outcome in each variant; all variants are put to the same rules."""
    tables = [{each.rule.id: each for each in variant.checked.outcomes} for variant in facts]
    rows = []
    for rule in (each.rule for each in facts[0].checked.outcomes):
        outcomes: list[Mapping[str, Any]] = [
            {
                "variant": variant.variant,
                "outcome": table[rule.id].outcome,
                "open": variant.findings("overtreedt", frozenset({rule.id})),
                "message": table[rule.id].message,
            }
            for variant, table in zip(facts, tables, strict=True)
        ]
        same = len({(each["outcome"], each["open"]) for each in outcomes}) == 1
        rows.append(
            {
                "rule": rule.id,
                "programme": rule.programme,
                "hardness": rule.hardness,
                "text": rule.nl,
                "same": same,
                "outcomes": outcomes,
            }
        )
    return rows
