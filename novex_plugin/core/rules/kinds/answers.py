"""Answers in the table verklaring: of a feature itself, or of the proposal for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.rules.model import LEAST_REASON

NO = ("nee", "no", "false", "0")
"""Answers that deny."""

NOT_APPLICABLE = "nvt"
_NONE = ("", "none", "nan", "onbekend", "n.n.b.")
_WAIVED = ("nvt", "n.v.t.", "niet van toepassing")


@dataclass(frozen=True)
class Given:
    """Answers for each feature (its own, otherwise that of the proposal), in lower case, empty where there is none;
    `reasoned` whether an explanation of enough length goes with it, `text` that explanation."""

    value: NDArray[np.str_]
    reasoned: NDArray[np.bool_]
    of_proposal: str
    proposal_reasoned: bool


def given_answers(rows: FeatureTable, statement: str, ids: NDArray[Any]) -> Given:
    """The answers to one statement. Where a feature has several, a denial counts first, then the first by id."""
    rows = rows.take(rows.columns["verklaring"].astype(str) == statement)
    value = np.char.lower(np.char.strip(rows.columns["waarde"].astype(str)))
    value = np.where(np.isin(value, _WAIVED), NOT_APPLICABLE, value)
    rows, value = rows.take(~np.isin(value, _NONE)), value[~np.isin(value, _NONE)]
    order = np.argsort(~np.isin(value, NO), kind="stable")
    rows, value = rows.take(order), value[order]
    long = np.array([len(str(text or "").strip()) >= LEAST_REASON for text in rows.columns["toelichting"]], dtype=bool)
    named = np.where(rows.columns["kenmerk"] == np.array(None), "", rows.columns["kenmerk"]).astype(str)
    for_all = np.flatnonzero(named == "")
    proposal = (str(value[for_all[0]]), bool(long[for_all[0]])) if len(for_all) else ("", False)
    wanted = ids.astype(str)
    names, first = np.unique(named, return_index=True)
    if not len(names):
        return Given(np.full(len(ids), "", dtype=np.str_), np.zeros(len(ids), dtype=bool), *proposal)
    place = np.minimum(np.searchsorted(names, wanted), len(names) - 1)
    own = (names[place] == wanted) & (wanted != "")
    answered = np.where(own, value[first[place]], proposal[0])
    return Given(answered, np.where(own, long[first[place]], proposal[1]), *proposal)
