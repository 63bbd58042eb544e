"""What became of each explanation: whether it holds, went stale, or is needed by no finding any more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.check.drawing import Drawing
from novex_plugin.core.check.explanations import STANDINGS, VALID
from novex_plugin.core.proposal.problems import absent

HOLDS = "geldt"
STALE = "verlopen"
VOID = "telt_niet"
NEEDLESS = "overbodig"
UNTESTED = "niet_getoetst"
UNKNOWN_FEATURE = "onbekend_kenmerk"
UNKNOWN_RULE = "onbekende_regel"


@dataclass(frozen=True)
class ExplanationState:
    """An explanation by its id, with its state; `why` is the standing (`STANDINGS`) of one that does not count, and
    `findings` are the ids of those that it is told beside.

    `niet_getoetst`: the rule could not be tested as a whole, so that nobody knows whether a finding needs it.
    """

    id: str
    rule: str
    version: str | None
    feature: str | None
    exception: str | None
    state: str
    why: str | None
    findings: tuple[str, ...]


def explanation_states(
    drawing: Drawing, findings: Mapping[str, NDArray[Any]], untested: Mapping[str, bool]
) -> tuple[ExplanationState, ...]:
    """The states of all explanations about the drawing's variant, in the order of their ids.

    `findings` are the columns of the finding table; `untested` tells of each rule that was put whether something was
    missing to test it.
    """
    rows = drawing.explanations
    about = absent(rows.columns["variant"]) | (rows.columns["variant"] == drawing.variant)
    columns = {name: values[about].tolist() for name, values in rows.columns.items()}
    told = _told(findings)
    known = set(drawing.ids.tolist())
    names = ("id", "regel", "regel_versie", "kenmerk", "uitzondering")
    states = []
    for identifier, rule, version, feature, exception in zip(*(columns[name] for name in names), strict=True):
        beside = told.get(str(identifier), {})
        if rule not in untested:
            state, why = UNKNOWN_RULE, None
        elif feature not in known and feature not in (None, ""):
            state, why = UNKNOWN_FEATURE, None
        else:
            state, why = _state(set(beside.values()), untested[rule])
        ids = tuple(sorted(beside))
        said = [None if each in (None, "") else str(each) for each in (version, feature, exception)]
        states.append(ExplanationState(str(identifier), str(rule), said[0], said[1], said[2], state, why, ids))
    return tuple(sorted(states, key=lambda each: each.id))


def _told(findings: Mapping[str, NDArray[Any]]) -> dict[str, dict[str, str]]:
    """By explanation the ids of its findings, each with how the explanation stands towards it."""
    rows = np.flatnonzero(~absent(findings["motivering"]))
    told: dict[str, dict[str, str]] = {}
    values = (findings[name][rows].tolist() for name in ("motivering", "id", "motivering_stand"))
    for explanation, finding, standing in zip(*values, strict=True):
        told.setdefault(str(explanation), {})[finding] = standing
    return told


def _state(standings: set[str], untested: bool) -> tuple[str, str | None]:
    if VALID in standings:
        return HOLDS, None
    if not standings:
        return (UNTESTED if untested else NEEDLESS), None
    why = min(standings, key=STANDINGS.index)
    return (STALE if why.startswith(STALE) else VOID), why
