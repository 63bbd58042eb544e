"""Values of a variant that depart from the agreement: a delivery refuses them, a check names them and goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.problems import Problem, absent
from novex_plugin.core.proposal.read import Proposal
from novex_plugin.core.proposal.schema import proposal_layers

_YEARS = ("start_jaar", "eind_jaar")


@dataclass(frozen=True)
class Departures:
    """`wrong` values that no rule can read as they were meant; `unfilled` ones that only the legend unit asks for."""

    wrong: tuple[Problem, ...]
    unfilled: tuple[Problem, ...]

    def rows(self, table: str) -> NDArray[np.int64]:
        """The fids of the rows of a table with a wrong value."""
        return np.array(sorted({each.row for each in self.wrong if each.table == table}), dtype=np.int64)


def departures(proposal: Proposal, features: Mapping[str, FeatureTable]) -> Departures:
    """What departs in these feature tables of one variant and in the attribute tables; geometries do not count here."""
    own = {name: set(rows.columns["fid"].tolist()) for name, rows in features.items()}
    here = [
        problem
        for problem in proposal.problems
        if problem.field != "geom" and (problem.table not in own or problem.row in own[problem.table])
    ]
    wrong: list[Problem] = []
    unfilled: list[Problem] = []
    empty = _Unfilled(proposal)
    for problem in here:
        (unfilled if problem in empty else wrong).append(problem)
    return Departures(tuple(wrong), tuple(unfilled))


def refuse_problems(proposal: Proposal, features: Mapping[str, FeatureTable]) -> None:
    """Raise InputError for the first value outside the agreement; one that is not filled in yet stops nothing."""
    wrong = departures(proposal, features).wrong
    if wrong:
        first = wrong[0]
        more = f" (en nog {len(wrong) - 1} afwijkingen)" if len(wrong) > 1 else ""
        raise InputError(
            f"{first.message}{more}.", "Verbeter de waarde.", proposal.path, first.table, first.row, first.field
        )


class _Unfilled:
    """Tells of a problem whether a value is absent that the table can do without: only its legend unit asks for it."""

    def __init__(self, proposal: Proposal) -> None:
        self._tables = proposal.tables
        self._required = {
            (layer.name, column.name)
            for layer in proposal_layers(proposal.agreement)
            for column in layer.columns
            if column.required
        }
        self._absent: dict[tuple[str, str], set[int]] = {}

    def __contains__(self, problem: Problem) -> bool:
        key = (problem.table, problem.field)
        if key in self._required:
            return False
        if key not in self._absent:
            rows = self._tables[problem.table]
            self._absent[key] = set(rows.columns["fid"][absent(rows.columns[problem.field])].tolist())
        return problem.row in self._absent[key]


def doubtful_years(rows: FeatureTable) -> list[Problem]:
    """Features that end before they begin, or after the year of their horizon."""
    first, last = (as_numbers(rows.columns[name]) for name in _YEARS)
    horizon = as_numbers(rows.columns["horizon"])
    told = (
        (last < first, "eindigt ({last:.0f}) voordat het begint ({first:.0f})"),
        (last > horizon, "eindigt ({last:.0f}) na zijn horizon ({horizon:.0f})"),
    )
    found = []
    for wrong, message in told:
        for row in np.flatnonzero(wrong).tolist():
            text = message.format(first=first[row], last=last[row], horizon=horizon[row])
            found.append(Problem(rows.name, int(rows.columns["fid"][row]), "eind_jaar", f"het object {text}"))
    return found


def wrong_units(rows: FeatureTable, units: Mapping[str, str]) -> list[Problem]:
    """Contributions in another unit than that of their indicator (`units` by indicator)."""
    wanted = np.array([units.get(str(each), "") for each in rows.columns["indicator"].tolist()], dtype=np.str_)
    wrong = (wanted != "") & (rows.columns["eenheid"].astype(str) != wanted) & ~absent(rows.columns["eenheid"])
    return [
        Problem(
            rows.name,
            int(rows.columns["fid"][row]),
            "eenheid",
            f"{rows.columns['eenheid'][row]!r} is niet de eenheid van {rows.columns['indicator'][row]} ({wanted[row]})",
        )
        for row in np.flatnonzero(wrong).tolist()
    ]


def as_numbers(values: NDArray[Any]) -> NDArray[np.float64]:
    """A number column as floats; what is no number (SQLite lets text stand there) becomes nan."""
    if values.dtype.kind in "if":
        return values.astype(np.float64)
    numbers = [value if isinstance(value, int | float) else np.nan for value in values.tolist()]
    return np.array(numbers, dtype=np.float64)
