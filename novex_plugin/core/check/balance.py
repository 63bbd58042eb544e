"""The balance: what a variant draws beside what is asked, per place, with the features that each total is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.check.claims import Claim, settle_claims
from novex_plugin.core.check.contributions import all_features, contributions
from novex_plugin.core.check.ledger import Ledger, Number, Total, as_number, ledger
from novex_plugin.core.check.outcome import NIET_TOETSBAAR, outcome, reading
from novex_plugin.core.check.sharing import share_out
from novex_plugin.core.check.undeclared import undeclared
from novex_plugin.core.check.weights import weigh
from novex_plugin.core.dutch import quantity
from novex_plugin.core.features.overlay import Rows
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.moment import as_written
from novex_plugin.core.proposal.read import Proposal, read_proposal
from novex_plugin.core.proposal.schema import FEATURE_TABLES
from novex_plugin.core.rules.targets import COUNTRY, Target, read_targets

_NOTHING = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Split:
    """A part of what is drawn, and the ids of the features that it is made of; None where it cannot be told."""

    drawn: Number | None
    features: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A target with what is drawn for it, in `unit`. `own`: it is about the proposal's province, a place in it, or the
    whole country.

    `outcome` is one of `OUTCOMES`; of what cannot be tested `missing` says what is needed. `reading` tells what has to
    be known to read the line. `remaining` is what the minimum still asks; `surplus` what goes beyond the maximum, or
    beyond the minimum where there is no maximum. Both are None where `drawn` is.
    """

    target: str
    catalogue: str
    indicator: str
    label: str
    place: str
    place_code: str
    place_kind: str
    own: bool
    from_year: int | None
    year: int | None
    minimum: Number | None
    maximum: Number | None
    comparator: str
    unit: str
    status: str
    source: str
    note: str | None
    doubt: str | None
    reading: str | None
    outcome: str
    missing: str | None
    drawn: Number | None
    by_precision: dict[str, Split]
    by_status: dict[str, Split]
    remaining: Number | None
    surplus: Number | None
    features: tuple[str, ...]


@dataclass(frozen=True)
class Balance:
    """All targets of the catalogues, in their order, and the totals of all indicators, drawn or not.

    `places` is `provincie` (the field) or `gebieden` (the areas); `double_claims` are the contributions that others
    make already on the same ground.
    """

    moment: str
    proposal: str
    variant: str
    agreement: str
    places: str
    targets: tuple[Line, ...]
    totals: tuple[Total, ...]
    double_claims: tuple[Claim, ...]
    notes: tuple[str, ...]


def balance(
    proposal: Path,
    variant: str,
    targets: Sequence[Path] | None,
    moment: datetime,
    areas: FeatureTable | None = None,
    agreement: Agreement | None = None,
) -> Balance:
    """Lay a variant beside the targets (those of the plugin when None), per place and for the country.

    Features count in the places of their fields `provincie` and `novex_gebied`, or with `areas` (polygons of places,
    EPSG:28992) where they lie, shared out by area. What several features claim on the same ground counts once. Raises
    InputError for an unusable proposal, variant, target file or layer of areas.
    """
    return balance_of(read_proposal(proposal, agreement), variant, targets, moment, areas)


def balance_of(
    read: Proposal,
    variant: str,
    targets: Sequence[Path] | None,
    moment: datetime,
    areas: FeatureTable | None = None,
) -> Balance:
    """As `balance`, of a proposal that is read already."""
    features = all_features(read)
    counted = contributions(read, variant, features)
    asked = read_targets(read.agreement, targets)
    chosen = np.asarray(features.columns["variant"] == variant, dtype=bool)
    shares = share_out(features, chosen, read.agreement, asked, areas)
    claims = settle_claims(counted, features, read.agreement)
    weight, unweighed = weigh(counted, claims.kept, read.agreement)
    entered = ledger(counted, claims.kept, weight, shares, read.agreement)
    lines = tuple(_line(target, entered, read) for target in asked)
    notes = (*counted.notes, *unweighed, *claims.notes, *undeclared(features, chosen, counted, read.agreement))
    return Balance(
        moment=as_written(moment),
        proposal=read.id,
        variant=variant,
        agreement=f"{read.agreement.id} {read.agreement.version}",
        places="provincie" if areas is None else "gebieden",
        targets=lines,
        totals=entered.totals((COUNTRY, read.province)),
        double_claims=claims.doubled,
        notes=(*_problem_notes(read), *notes, *shares.notes, *_year_notes(entered, asked), *_line_notes(lines)),
    )


def _problem_notes(read: Proposal) -> list[str]:
    """That values of features depart from the agreement: a total may rest on them. Contributions are told apart."""
    drawn = FEATURE_TABLES.values()
    problems = [problem for problem in read.problems if problem.table in drawn and problem.field != "geom"]
    if not problems:
        return []
    return [f"objecten wijken op {len(problems)} plaatsen af van de afspraken; de eerste: {problems[0]}"]


def _line(target: Target, entered: Ledger, proposal: Proposal) -> Line:
    missing = entered.shares.missing(target.place)
    told = missing is None
    rows = entered.entries(target.indicator, target.place, target.from_year, target.year) if told else _NOTHING
    drawn = entered.drawn(rows, target.indicator) if told else None
    if told and drawn is None:
        missing = f"bijdragen aan {target.indicator}, met wat zij wegen"
    short, beyond = _apart(target, drawn)
    agreement, counted = proposal.agreement, entered.counted
    precision = entered.split(rows, counted.precision, agreement.codes("precisie"))
    status = entered.split(rows, counted.status, agreement.codes("status"))

    def split(parts: dict[str, Rows]) -> dict[str, Split]:
        return {
            code: Split(entered.drawn(part, target.indicator) if told else None, entered.features(part))
            for code, part in parts.items()
        }

    return Line(
        target=target.id,
        catalogue=target.catalogue,
        indicator=target.indicator,
        label=target.label,
        place=target.place_name,
        place_code=target.place,
        place_kind=target.place_kind,
        own=target.place == COUNTRY or proposal.province in target.provinces,
        from_year=target.from_year,
        year=target.year,
        minimum=target.minimum,
        maximum=target.maximum,
        comparator=target.comparator,
        unit=target.unit,
        status=target.status,
        source=target.source,
        note=target.note,
        doubt=target.doubt,
        reading=reading(target),
        outcome=outcome(target, drawn),
        missing=missing,
        drawn=drawn,
        by_precision=split(precision),
        by_status=split(status),
        remaining=short,
        surplus=beyond,
        features=entered.features(rows),
    )


def _apart(target: Target, drawn: Number | None) -> tuple[Number | None, Number | None]:
    """What the target still asks, and what is drawn beyond it."""
    if drawn is None:
        return None, None
    most = target.minimum if target.maximum is None else target.maximum
    return as_number(max(0.0, (target.minimum or 0) - drawn)), as_number(max(0.0, drawn - (most or 0)))


def _year_notes(entered: Ledger, asked: Sequence[Target]) -> list[str]:
    """What is drawn for other years than the targets ask: seen, and not counted."""
    notes = []
    for name in sorted({target.indicator for target in asked}):
        indicator = entered.agreement.indicator[name]
        seen = [
            entered.entries(name, COUNTRY, target.from_year, target.year)
            for target in asked
            if target.indicator == name
        ]
        beyond = np.setdiff1d(entered.entries(name, COUNTRY), np.concatenate(seen))
        if len(beyond) and indicator.adds != "share":
            much = quantity(entered.drawn(beyond, name), indicator.unit)
            told = f"{much} ({name}) van {len(entered.features(beyond))} objecten"
            notes.append(f"{told}: buiten de jaren van alle doelen")
    return notes


def _line_notes(lines: Sequence[Line]) -> list[str]:
    """What is doubtful about the targets that concern this province, and that some cannot be tested.

    Lines say for themselves how they are read and what they miss.
    """
    notes = [
        f"doel {line.target}: {said}"
        for line in lines
        if line.own and line.outcome != NIET_TOETSBAAR
        for said in (line.note, line.doubt)
        if said
    ]
    untestable = [line.target for line in lines if line.own and line.outcome == NIET_TOETSBAAR]
    if untestable:
        several = (
            f"{len(untestable)} doelen die deze provincie raken zijn niet te toetsen; hun regel zegt wat ontbreekt"
        )
        notes.append(f"{several}: {', '.join(untestable)}")
    return notes
