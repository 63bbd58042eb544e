"""Explanations as rows for the table `motivering`: of those that are asked for the ones that can be recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.check.explain_row import Asked, Ground, asked_by
from novex_plugin.core.check.explanations import Judged, already_explained, geometry_digest
from novex_plugin.core.check.judged_geometry import as_text
from novex_plugin.core.check.open_findings import OpenFindings
from novex_plugin.core.features.table import FeatureTable, attribute_table
from novex_plugin.core.proposal.explain import TABLE
from novex_plugin.core.proposal.explanation_file import GivenRow, Refusal
from novex_plugin.core.proposal.problems import absent
from novex_plugin.core.rules.model import Rule


@dataclass(frozen=True)
class Recordable:
    """What is to be recorded: `rows` of the table `motivering`, why other rows were refused, and what else is to be
    told."""

    rows: FeatureTable
    refusals: tuple[Refusal, ...]
    notes: tuple[str, ...]


def explanation_ground(
    rules: Mapping[str, Rule],
    features: FeatureTable,
    findings: OpenFindings | None,
    whole: str | None,
    ijkmoment: int,
    today: date,
) -> Ground:
    """What explanations are judged by. `features` has the columns id and variant of all features that they may be
    about, with geometry; `whole` is the variant that one without a feature is about."""
    places = {str(name): place for place, name in enumerate(features.columns["id"].tolist()) if name is not None}
    named = {feature for _, feature in findings.by_feature} if findings else set()
    rows = np.array(sorted(places[name] for name in named if name in places), dtype=np.int64)
    digests = geometry_digest(features.geometry[rows]).tolist()
    return Ground(
        rules=rules,
        features=places,
        digests=dict(zip(features.columns["id"][rows].tolist(), digests, strict=True)),
        findings=findings,
        whole=findings.variant if findings else whole,
        ijkmoment=ijkmoment,
        today=today,
    )


def explanation_rows(
    given: Sequence[GivenRow],
    features: FeatureTable,
    recorded: FeatureTable,
    ground: Ground,
    ids: Callable[[], str],
) -> Recordable:
    """The rows that `given` asks for; `features` as for the ground, `recorded` the table `motivering` as it is now.

    A row with any reason to refuse it gives nothing and stops no other.
    """
    asked: list[Asked] = []
    refusals: list[Refusal] = []
    for row in given:
        wanted, wrong = asked_by(row, ground)
        asked += wanted
        refusals += wrong
    asked, doubles = _without_doubles(asked, recorded, features, ground)
    notes: list[str] = []
    refusals += _doubly_asked(asked, doubles, notes)
    refusals.sort(key=lambda refusal: refusal.row)
    notes += [
        f"rij {each.row.number}: telt als beroep op de uitzondering {each.exception} van {each.rule.id}"
        for each in asked
        if each.exception and not each.row.values["uitzondering"]
    ]
    return Recordable(_recorded(asked, features, ground, ids), tuple(refusals), tuple(dict.fromkeys(notes)))


def _without_doubles(
    asked: list[Asked], recorded: FeatureTable, features: FeatureTable, ground: Ground
) -> tuple[list[Asked], list[Asked]]:
    """What is still to be explained, and what has an explanation that counts, in the proposal or in an earlier row."""
    held = np.zeros(len(asked), dtype=bool)
    variant = recorded.columns["variant"]
    about = absent(variant) | (variant == ground.whole) | ~absent(recorded.columns["kenmerk"])
    by_rule: dict[str, list[int]] = {}
    for number, each in enumerate(asked):
        by_rule.setdefault(each.rule.id, []).append(number)
    for identifier, mine in by_rule.items():
        rule = asked[mine[0]].rule
        reasons = recorded.take(about & (recorded.columns["regel"].astype(str) == identifier))
        kenmerk = _objects([asked[number].feature for number in mine])
        judged = _judged([asked[number] for number in mine], features, ground)
        held[mine] = already_explained(reasons, rule, ground.ijkmoment, kenmerk, judged)
    seen: set[tuple[str, str | None]] = set()
    for number, each in enumerate(asked):
        held[number] |= (each.rule.id, each.feature) in seen
        seen.add((each.rule.id, each.feature))
    fresh = [each for each, double in zip(asked, held.tolist(), strict=True) if not double]
    return fresh, [each for each, double in zip(asked, held.tolist(), strict=True) if double]


def _doubly_asked(asked: list[Asked], doubles: list[Asked], notes: list[str]) -> list[Refusal]:
    """Refusals of rows of which nothing is left; of others it is noted that part was explained already."""
    left = {each.row.number for each in asked}
    refusals = {}
    for each in doubles:
        about = f"het object {each.feature!r}" if each.feature is not None else "de hele variant"
        said = f"voor de regel {each.rule.id} en {about} geldt al een motivering."
        if each.row.number in left:
            notes.append(f"rij {each.row.number}: {said}")
        else:
            remedy = "Laat deze rij weg, of verwijder eerst de andere."
            refusals[each.row.number] = each.row.refused("kenmerk", said, remedy)
    return list(refusals.values())


def _judged(asked: Sequence[Asked], features: FeatureTable, ground: Ground) -> Judged:
    """What the explanations are given for, as it is now; the measure of a finding where there is one."""
    geometry = np.full(len(asked), None, dtype=object)
    placed = [(number, ground.features[each.feature]) for number, each in enumerate(asked) if each.feature is not None]
    numbers, places = np.array(placed, dtype=np.int64).reshape(-1, 2).T
    geometry[numbers] = features.geometry[places]
    measured = [each.finding["gemeten"] if each.finding else None for each in asked]
    return Judged(geometry, np.full(len(asked), None, dtype=object), np.array(measured, dtype=np.float64))


def _recorded(asked: list[Asked], features: FeatureTable, ground: Ground, ids: Callable[[], str]) -> FeatureTable:
    """The rows for the table `motivering`."""
    judged = _judged(asked, features, ground)
    digests, texts = geometry_digest(judged.feature), as_text(judged.feature)
    whole = absent(_objects([each.feature for each in asked]))
    digests[whole] = None
    variants = np.full(len(asked), ground.whole, dtype=object)
    places = [ground.features[each.feature] for each in asked if each.feature is not None]
    variants[~whole] = features.columns["variant"][np.array(places, dtype=np.int64)]
    columns: dict[str, list[Any]] = {
        "id": [ids() for _ in asked],
        "regel": [each.rule.id for each in asked],
        "regel_versie": [each.rule.version for each in asked],
        "kenmerk": [each.feature for each in asked],
        "datum": [each.day.isoformat() for each in asked],
        "geldig_tot_ijkmoment": [each.until for each in asked],
        "uitzondering": [each.exception for each in asked],
        "uitkomst": [each.finding["uitkomst_getoetst"] if each.finding else None for each in asked],
        "eenheid": [each.finding["eenheid"] if each.finding else None for each in asked],
        **{name: [each.row.values[name] for each in asked] for name in ("reden", "organisatie", "rol")},
    }
    arrays: dict[str, NDArray[Any]] = {name: _objects(values) for name, values in columns.items()}
    arrays |= {"geometrie_digest": digests, "geometrie": texts, "variant": variants, "gemeten": judged.measured}
    return attribute_table(TABLE, arrays)


def _objects(values: Sequence[Any]) -> NDArray[np.object_]:
    result = np.empty(len(values), dtype=object)
    result[:] = values
    return result
