"""Judge explanations that are handed in, record those that can be, and tell of the others why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.check.drawing import moment_number
from novex_plugin.core.check.explain_row import Asked, Ground, asked_by
from novex_plugin.core.check.explanations import Judged, already_explained, geometry_digest
from novex_plugin.core.check.judged_geometry import as_text
from novex_plugin.core.check.open_findings import OpenFindings, read_open_findings
from novex_plugin.core.features.table import FeatureTable, attribute_table
from novex_plugin.core.files import file_digest, written_beside
from novex_plugin.core.moment import as_stored
from novex_plugin.core.proposal.create import log_row, new_id
from novex_plugin.core.proposal.explain import TABLE, record, refuse_read_only
from novex_plugin.core.proposal.explanation_file import Refusal, read_explanations, write_refusals
from novex_plugin.core.proposal.problems import absent
from novex_plugin.core.proposal.read import Proposal, read_proposal
from novex_plugin.core.proposal.schema import FEATURE_TABLES
from novex_plugin.core.rules.catalogue import read_catalogues


@dataclass(frozen=True)
class Request:
    """What to explain with: the proposal, the file with explanations, the variant that they are about (None: that of
    the findings, or any), the findings' JSON of a check, and the files of rules (None: those of the plugin)."""

    proposal: Path
    explanations: Path
    variant: str | None = None
    findings: Path | None = None
    catalogues: Sequence[Path] | None = None


@dataclass(frozen=True)
class Explained:
    """What was done: explanations recorded, why rows were refused, and what else is to be told."""

    accepted: int
    refusals: tuple[Refusal, ...]
    notes: tuple[str, ...]

    @property
    def rejected(self) -> int:
        """The number of rows that were refused."""
        return len({refusal.row for refusal in self.refusals})


def explain(request: Request, rejected: Path | None, moment: datetime, ids: Callable[[], str] = new_id) -> Explained:
    """Record the explanations that can be, in one transaction on the proposal; nothing is written when none can.

    The refused rows go to `rejected` (JSON or CSV), where that is given. Raises InputError, with the proposal as it
    was, for a file that cannot be read and a proposal that cannot be used or written to.
    """
    proposal = read_proposal(request.proposal)
    refuse_read_only(request.proposal)
    given = read_explanations(request.explanations)
    variant = request.variant or None
    findings = read_open_findings(request.findings, proposal, variant) if request.findings else None
    features = _features(proposal, findings.variant if findings else variant)
    ground = _ground(request, proposal, features, findings, moment)
    notes = [f"de kolom {name[:80]} is hier onbekend en telt niet mee" for name in given.ignored]
    asked: list[Asked] = []
    refusals: list[Refusal] = []
    for row in given.rows:
        wanted, wrong = asked_by(row, ground)
        asked += wanted
        refusals += wrong
    asked, doubles = _without_doubles(asked, proposal, features, ground)
    refusals += _doubly_asked(asked, doubles, notes)
    refusals.sort(key=lambda refusal: refusal.row)
    notes += [
        f"rij {each.row.number}: telt als beroep op de uitzondering {each.exception} van {each.rule.id}"
        for each in asked
        if each.exception and not each.row.values["uitzondering"]
    ]
    done = Explained(len(asked), tuple(refusals), tuple(dict.fromkeys(notes)))
    with ExitStack() as stack:
        if rejected is not None:
            write_refusals(stack.enter_context(written_beside(rejected)), refusals)
        if asked:
            written = as_stored(moment)
            told = {"bestand": request.explanations.name, "aanvaard": done.accepted, "afgewezen": done.rejected}
            source = {request.explanations.name: f"sha256:{file_digest(request.explanations)}"}
            log = log_row("motiveringen vastgelegd", told, source, written, ids)
            rows = _recorded(asked, features, ground, ids)
            record(request.proposal, proposal.agreement, (rows, log), written)
    return done


def _features(proposal: Proposal, variant: str | None) -> FeatureTable:
    """The ids and variants of all features of a variant, or of all, with their geometry."""
    tables = proposal.variant(variant) if variant else proposal.tables
    parts = [tables[table] for table in FEATURE_TABLES.values()]
    columns = {name: np.concatenate([rows.columns[name] for rows in parts]) for name in ("id", "variant")}
    return FeatureTable("voorstel", np.concatenate([rows.geometry for rows in parts]), columns)


def _ground(
    request: Request, proposal: Proposal, features: FeatureTable, findings: OpenFindings | None, moment: datetime
) -> Ground:
    places = {str(name): place for place, name in enumerate(features.columns["id"].tolist()) if name is not None}
    named = {feature for _, feature in findings.by_feature} if findings else set()
    rows = np.array(sorted(places[name] for name in named if name in places), dtype=np.int64)
    digests = geometry_digest(features.geometry[rows]).tolist()
    sole = proposal.variants[0] if len(proposal.variants) == 1 else None
    return Ground(
        rules={rule.id: rule for catalogue in read_catalogues(request.catalogues) for rule in catalogue.rules},
        features=places,
        digests=dict(zip(features.columns["id"][rows].tolist(), digests, strict=True)),
        findings=findings,
        whole=findings.variant if findings else request.variant or sole,
        ijkmoment=moment_number(proposal.header["ijkmoment"]) or 1,
        today=moment.date(),
    )


def _without_doubles(
    asked: list[Asked], proposal: Proposal, features: FeatureTable, ground: Ground
) -> tuple[list[Asked], list[Asked]]:
    """What is still to be explained, and what has an explanation that counts, in the proposal or in an earlier row."""
    held = np.zeros(len(asked), dtype=bool)
    recorded = proposal.tables[TABLE]
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
