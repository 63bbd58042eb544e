"""The balance: what a variant draws beside what is asked, per place, with the features that each total is made of."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.check.contributions import Contributions, all_features, contributions
from novex_plugin.core.check.places import places_by_area
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.files import write_json, written_beside
from novex_plugin.core.moment import as_written
from novex_plugin.core.proposal.problems import Mask
from novex_plugin.core.proposal.read import Proposal, read_proposal
from novex_plugin.core.proposal.schema import FEATURE_TABLES
from novex_plugin.core.rules.targets import COUNTRY, Target, read_targets

FORMAT = "novex-balance"
VERSION = "1.0"

Number = int | float


@dataclass(frozen=True)
class Part:
    """A part of what is drawn, and the ids of the features that it is made of."""

    drawn: Number
    features: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A target with what is drawn for it, in `unit`. `own`: the proposal's own province, or the whole country.

    `remaining` is what the minimum still asks; `surplus` what goes beyond the maximum, or beyond the minimum where
    there is no maximum.
    """

    target: str
    catalogue: str
    indicator: str
    place: str
    place_code: str
    own: bool
    from_year: int | None
    year: int
    minimum: Number | None
    maximum: Number | None
    unit: str
    status: str
    source: str
    note: str | None
    drawn: Number
    by_precision: dict[str, Part]
    by_status: dict[str, Part]
    remaining: Number
    surplus: Number
    features: tuple[str, ...]


@dataclass(frozen=True)
class Balance:
    """All targets of the catalogues, in their order; `places` is `provincie` (the field) or `gebieden` (the areas)."""

    moment: str
    proposal: str
    variant: str
    agreement: str
    places: str
    targets: tuple[Line, ...]
    notes: tuple[str, ...]


def balance(
    proposal: Path,
    variant: str,
    targets: Sequence[Path] | None,
    moment: datetime,
    areas: FeatureTable | None = None,
    agreement: Agreement | None = None,
) -> Balance:
    """Lay a variant beside the targets (those of the plugin when None), per province and for the country.

    Features count in the province of their field `provincie`, or with `areas` (polygons of provinces, EPSG:28992)
    where they lie. Raises InputError for an unusable proposal, variant, target file or layer of areas.
    """
    read = read_proposal(proposal, agreement)
    features = all_features(read)
    notes: list[str] = []
    own = features.take(features.columns["variant"] == variant)
    places = features.columns["provincie"]
    if areas is not None:
        places = places.copy()
        places[features.columns["variant"] == variant], notes = places_by_area(own, areas, read.agreement)
    counted = contributions(read, variant, features, places)
    asked = read_targets(read.agreement, targets)
    notes = [*_problem_notes(read), *counted.notes, *sorted(notes), *_year_notes(counted, asked)]
    return Balance(
        moment=as_written(moment),
        proposal=read.id,
        variant=variant,
        agreement=f"{read.agreement.id} {read.agreement.version}",
        places="provincie" if areas is None else "gebieden",
        targets=tuple(_line(target, counted, read) for target in asked),
        notes=(*notes, *(f"doel {target.id}: {target.note}" for target in asked if target.note)),
    )


def _problem_notes(read: Proposal) -> list[str]:
    """That values of features depart from the agreement: a total may rest on them. Contributions are told apart."""
    drawn = FEATURE_TABLES.values()
    problems = [problem for problem in read.problems if problem.table in drawn and problem.field != "geom"]
    if not problems:
        return []
    return [f"objecten wijken op {len(problems)} plaatsen af van de afspraken; de eerste: {problems[0]}"]


def _line(target: Target, counted: Contributions, proposal: Proposal) -> Line:
    agreement = proposal.agreement
    rows = (counted.indicator == target.indicator) & _within(target, counted)
    if target.place != COUNTRY:
        rows &= counted.place == target.place
    whole = _part(rows, counted)
    beyond = target.minimum if target.maximum is None else target.maximum
    return Line(
        target=target.id,
        catalogue=target.catalogue,
        indicator=target.indicator,
        place="Nederland" if target.place == COUNTRY else agreement.label("provincie", target.place).nl,
        place_code=target.place,
        own=target.place in (COUNTRY, proposal.province),
        from_year=target.from_year,
        year=target.year,
        minimum=target.minimum,
        maximum=target.maximum,
        unit=target.unit,
        status=target.status,
        source=target.source,
        note=target.note,
        drawn=whole.drawn,
        by_precision={code: _part(rows & (counted.precision == code), counted) for code in agreement.codes("precisie")},
        by_status={code: _part(rows & (counted.status == code), counted) for code in agreement.codes("status")},
        remaining=_number(max(0.0, (target.minimum or 0) - whole.drawn)),
        surplus=_number(max(0.0, whole.drawn - (beyond or 0))),
        features=whole.features,
    )


def _within(target: Target, counted: Contributions) -> Mask:
    """The contributions in the target's years; those without a year count."""
    early = counted.year < (target.from_year or -math.inf)
    within: Mask = ~early & ~(counted.year > target.year)
    return within


def _part(rows: Mask, counted: Contributions) -> Part:
    ids = tuple(sorted({str(each) for each in counted.feature[rows].tolist()}))
    return Part(_number(math.fsum(counted.value[rows].tolist())), ids)


def _number(value: float) -> Number:
    return int(value) if float(value).is_integer() else round(value, 6)


def _year_notes(counted: Contributions, asked: Sequence[Target]) -> list[str]:
    """What is drawn for other years than the targets ask: seen, and not counted."""
    notes = []
    for indicator in sorted({target.indicator for target in asked}):
        periods = [target for target in asked if target.indicator == indicator]
        rows = (counted.indicator == indicator) & ~np.any([_within(target, counted) for target in periods], axis=0)
        if rows.any():
            part = _part(rows, counted)
            told = f"{part.drawn} {periods[0].unit} van {len(part.features)} objecten"
            notes.append(f"{told} vallen buiten de jaren van alle doelen")
    return notes


def balance_content(result: Balance) -> dict[str, Any]:
    """The balance as the content of its JSON file."""
    return {"format": FORMAT, "version": VERSION, **asdict(result)}


def write_balance(result: Balance, json_path: Path, csv_path: Path) -> None:
    """Write the balance as JSON (all of it) and as CSV (a line for each target; UTF-8, semicolons)."""
    with written_beside(csv_path) as unfinished:
        unfinished.write_bytes(_csv(result).encode("utf-8-sig"))
        write_json(json_path, balance_content(result))


_PLAIN = ("target", "indicator", "place", "place_code", "from_year", "year", "minimum", "maximum", "unit", "drawn")
_DUTCH = (
    "doel",
    "indicator",
    "plaats",
    "plaatscode",
    "vanaf",
    "tot_en_met",
    "minimum",
    "maximum",
    "eenheid",
    "getekend",
)


def _csv(result: Balance) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    first = result.targets[0] if result.targets else None
    precisions = list(first.by_precision) if first else []
    statuses = list(first.by_status) if first else []
    parts = [*(f"precisie_{code}" for code in precisions), *(f"status_{code}" for code in statuses)]
    writer.writerow([*_DUTCH, *parts, "resteert", "overschot", "objecten", "bron", "opmerking"])
    for line in result.targets:
        values = [getattr(line, name) for name in _PLAIN]
        values += [line.by_precision[code].drawn for code in precisions]
        values += [line.by_status[code].drawn for code in statuses]
        values += [line.remaining, line.surplus, len(line.features), line.source, line.note]
        writer.writerow(["" if value is None else value for value in values])
    return text.getvalue()
