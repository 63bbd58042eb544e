"""Answers in the table verklaring: of a feature itself, or of the proposal for all of them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.rules.model import LEAST_REASON

YES = ("ja", "yes", "true", "1")
"""Answers that affirm."""

NO = ("nee", "neen", "geen", "no", "false", "0")
"""Answers that deny."""

NOT_APPLICABLE = "nvt"
_WAIVED = ("nvt", "n.v.t", "niet van toepassing")
_NONE = ("none", "nan", "null", "onbekend", "nog onbekend", "nog niet bekend", "n.n.b", "nnb", "n.t.b", "ntb")
_FIRST_WORDS = re.compile(rf"({'|'.join(re.escape(each) for each in (*YES[:-1], *NO, *_WAIVED, *_NONE))})(?!\w|[.,]\d)")
_SAYS_SOMETHING = re.compile(r"\w")


@dataclass(frozen=True)
class Given:
    """Answers for each feature (its own, otherwise that of the proposal), as `read_answer` gives them; empty where
    there is none. `reasoned` whether an explanation of enough length goes with it."""

    value: NDArray[np.str_]
    reasoned: NDArray[np.bool_]
    of_proposal: str
    proposal_reasoned: bool


def read_answer(text: Any) -> str:
    """An answer in lower case, by its first word where that affirms, denies, waives or leaves open ("Nee, nog niet" is
    `nee`); empty where it says nothing."""
    answer = "".join(sign for sign in unicodedata.normalize("NFKC", str(text)) if unicodedata.category(sign) != "Cf")
    answer = answer.strip(" \t\r\n\"'()").lower()
    if not _SAYS_SOMETHING.search(answer):
        return ""
    first = _FIRST_WORDS.match(answer)
    word = first.group(1) if first else answer
    if word in _NONE:
        return ""
    return NOT_APPLICABLE if word in _WAIVED else word


def given_answers(rows: FeatureTable, statement: str, ids: NDArray[Any], gravest: tuple[str, ...] = NO) -> Given:
    """The answers to one statement. Where a feature has several, one of the `gravest` counts first (in their order),
    then the first by id."""
    asked = rows.columns["verklaring"].astype(str) == statement
    if not asked.any():
        return Given(np.full(len(ids), "", dtype=np.str_), np.zeros(len(ids), dtype=bool), "", False)
    rows = rows.take(asked)
    value = np.array([read_answer(text) for text in rows.columns["waarde"].tolist()], dtype=np.str_)
    rows, value = rows.take(value != ""), value[value != ""]
    rank = {each: place for place, each in enumerate(gravest)}
    order = np.argsort(np.array([rank.get(each, len(rank)) for each in value.tolist()], dtype=np.int64), kind="stable")
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
