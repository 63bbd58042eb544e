"""Findings of all rules as one table, with ids that are the same for the same finding."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.check.drawing import Drawing
from novex_plugin.core.check.evaluate import RuleOutcome
from novex_plugin.core.check.explanation_states import ExplanationState, explanation_states
from novex_plugin.core.check.explanations import STANDINGS, ExplainedFound, geometry_digest
from novex_plugin.core.features.geopackage import Column
from novex_plugin.core.features.overlay import Geometries
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.rules.model import GEMOTIVEERD, HARDNESS, NIET_TOETSBAAR, OUTCOMES, OVERTREEDT
from novex_plugin.core.rules.question import Found

GEOMETRY_RULE = "geometrie"
"""Stands as the rule of what is wrong with a feature before any rule is asked."""

SPACE = uuid.UUID("5f6a3c58-6f0e-5c44-9a5b-7f2f3f0b9c3d")

COLUMNS = (
    Column("id", required=True, unique=True, title="Bevinding"),
    Column("regel", required=True, title="Regel"),
    Column("regel_versie", title="Versie van de regel"),
    Column("programma", title="Programma"),
    Column("tabel", title="Tabel van het object"),
    Column("kenmerk", title="Kenmerk van het object; leeg: de hele variant"),
    Column("variant", required=True, title="Variant"),
    Column("uitkomst", required=True, allowed=OUTCOMES, title="Uitkomst"),
    Column("hardheid", allowed=HARDNESS, title="Hardheid"),
    Column("gemeten", "REAL", title="Gemeten"),
    Column("grens", "REAL", title="Grens"),
    Column("eenheid", title="Eenheid"),
    Column("melding", required=True, title="Melding"),
    Column("bron", title="Bron van de regel"),
    Column("dataset", title="Dataset"),
    Column("dataset_digest", title="Versie van de dataset"),
    Column("uitkomst_getoetst", required=True, allowed=OUTCOMES, title="Uitkomst zonder motivering"),
    Column("motivering", title="Motivering"),
    Column("motivering_stand", allowed=STANDINGS, title="Stand van de motivering"),
    Column("kenmerk_digest", title="Digest van de geometrie van het object"),
)


@dataclass(frozen=True)
class Findings(FeatureTable):
    """The findings of a variant, and what became of each explanation that is about it."""

    explanations: tuple[ExplanationState, ...] = ()


@dataclass(frozen=True)
class _Part:
    """Findings of one rule: what they have in common, and columns."""

    constant: Mapping[str, Any]
    columns: Mapping[str, NDArray[Any]]
    geometry: Geometries


def finding_table(outcomes: Sequence[RuleOutcome], drawing: Drawing) -> Findings:
    """All findings: features that cannot be measured first, then rule by rule in the order of the catalogues."""
    found = finding_rows(outcomes, drawing)
    missing = {outcome.rule.id: bool(outcome.missing) for outcome in outcomes}
    states = explanation_states(drawing, found.columns, missing)
    return Findings(found.name, found.geometry, found.columns, explanations=states)


def finding_rows(outcomes: Sequence[RuleOutcome], drawing: Drawing) -> FeatureTable:
    """As `finding_table`, without what became of explanations."""
    digests = _digests(outcomes, drawing)
    parts = [_unmeasurable(drawing), *(_of_rule(outcome, drawing, digests) for outcome in outcomes)]
    counts = [len(part.geometry) for part in parts]
    columns = {column.name: _together(column.name, parts, counts) for column in COLUMNS if column.name != "id"}
    geometry = np.concatenate([part.geometry for part in parts])
    return FeatureTable("bevinding", geometry, {"id": _ids(columns, geometry), **columns})


def _together(name: str, parts: Sequence[_Part], counts: Sequence[int]) -> NDArray[Any]:
    if all(name in part.columns for part in parts):
        return np.concatenate([part.columns[name] for part in parts])
    values = np.full(len(parts), None, dtype=object)
    values[:] = [part.constant.get(name) for part in parts]
    column: NDArray[Any] = np.repeat(values, counts)
    ends = np.cumsum(counts)
    for part, start, end in zip(parts, ends - counts, ends, strict=True):
        if name in part.columns:
            column[start:end] = part.columns[name]
    return column


def _digests(outcomes: Sequence[RuleOutcome], drawing: Drawing) -> NDArray[np.object_]:
    """The digest of the geometry of each feature that has a finding, by its row in the drawing."""
    rows = np.unique(np.concatenate([np.empty(0, dtype=np.int64), *(outcome.found.rows for outcome in outcomes)]))
    rows = rows[rows >= 0]
    digests = np.full(len(drawing.ids), None, dtype=object)
    digests[rows] = geometry_digest(drawing.geometry[rows])
    return digests


def _of_rule(outcome: RuleOutcome, drawing: Drawing, digests: NDArray[np.object_]) -> _Part:
    found, rule = outcome.found, outcome.rule
    on_feature = found.rows >= 0
    named: dict[str, NDArray[np.object_]] = {}
    for name, values in (("kenmerk", drawing.ids), ("tabel", drawing.tables), ("kenmerk_digest", digests)):
        named[name] = np.full(len(found.rows), None, dtype=object)
        named[name][on_feature] = values[found.rows[on_feature]]
    constant = {
        "regel": rule.id,
        "regel_versie": rule.version,
        "programma": rule.programme,
        "variant": drawing.variant,
        "hardheid": rule.hardness,
        "bron": str(rule.citation),
        "dataset": outcome.dataset,
        "dataset_digest": outcome.digest,
    }
    measured = {
        "uitkomst": found.outcome,
        "gemeten": found.measured,
        "grens": found.limit,
        "eenheid": found.unit,
        "melding": found.message,
        **_explained(found),
    }
    return _Part(constant, named | measured, found.geometry)


def _explained(found: Found) -> dict[str, NDArray[np.object_]]:
    """The outcome before explanations; a reason that stands on the feature itself is one as well."""
    nothing = np.full(len(found.rows), None, dtype=object)
    if isinstance(found, ExplainedFound):
        tested, explanation, standing = found.tested, found.explanation, found.standing
    else:
        tested, explanation, standing = found.outcome, nothing, nothing
    tested = np.where(tested == GEMOTIVEERD, OVERTREEDT, tested)
    return {"uitkomst_getoetst": tested, "motivering": explanation, "motivering_stand": standing}


def _unmeasurable(drawing: Drawing) -> _Part:
    rows = np.flatnonzero(~drawing.sound)
    melding = np.empty(len(rows), dtype=object)
    melding[:] = [f"Dit object is niet getoetst: {fault}." for fault in drawing.faults[rows].tolist()]
    constant = {
        "regel": GEOMETRY_RULE,
        "variant": drawing.variant,
        "uitkomst": NIET_TOETSBAAR,
        "uitkomst_getoetst": NIET_TOETSBAAR,
        **dict.fromkeys(("regel_versie", "programma", "hardheid", "eenheid", "bron", "dataset", "dataset_digest")),
        **dict.fromkeys(("motivering", "motivering_stand", "kenmerk_digest")),
    }
    unknown = np.full(len(rows), np.nan)
    measured = {
        "tabel": drawing.tables[rows],
        "kenmerk": drawing.ids[rows],
        "gemeten": unknown,
        "grens": unknown,
        "melding": melding,
    }
    return _Part(constant, measured, np.full(len(rows), None, dtype=object))


def _ids(columns: Mapping[str, NDArray[Any]], geometry: Geometries) -> NDArray[np.object_]:
    """An id for each finding, the same whenever it is found; findings about the very same thing are numbered."""
    about = zip(
        *(columns[name].tolist() for name in ("regel", "kenmerk", "variant", "dataset")),
        geometry_digest(geometry).tolist(),
        strict=True,
    )
    times: Counter[str] = Counter()
    ids = np.empty(len(geometry), dtype=object)
    for place, (rule, kenmerk, variant, dataset, digest) in enumerate(about):
        text = "\n".join((rule, kenmerk or f"variant {variant}", dataset or "", digest))
        ids[place] = str(uuid.uuid5(SPACE, f"{text}\n{times[text]}" if times[text] else text))
        times[text] += 1
    return ids
