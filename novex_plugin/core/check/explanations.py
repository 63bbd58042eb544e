"""Recorded reasons turn a finding from `overtreedt` into `gemotiveerd`, where the rule leaves room for that.

A reason counts when it has 20 characters or more, is about this rule (and this version, where it names one), has not
passed its ijkmoment, and was given for what is still there: the geometry that it names is that of the feature within a
tolerance (where it names a digest only: exactly, of the feature or of the finding); a reason about the whole variant
that names a measure still meets that measure. A prohibition leaves room only for an appeal to one of its exceptions. A
reason without `kenmerk` is about findings on the whole variant. Of several reasons the newest that counts is taken.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.check.drawing import Drawing, moment_number
from novex_plugin.core.check.judged_geometry import alike, from_text
from novex_plugin.core.features.overlay import Geometries, Rows
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.problems import Mask, absent
from novex_plugin.core.rules.model import GEMOTIVEERD, LEAST_REASON, OVERTREEDT, VERBOD, Exemption, Rule
from novex_plugin.core.rules.question import Found

VALID = "geldig"
STALE_GEOMETRY = "verlopen_geometrie"
STALE_VERSION = "verlopen_regelversie"
STALE_IJKMOMENT = "verlopen_ijkmoment"
SHORT = "te_kort"
FIRM = "verbod"
NO_EXCEPTION = "zonder_uitzondering"
STANDINGS = (VALID, STALE_GEOMETRY, STALE_VERSION, STALE_IJKMOMENT, SHORT, FIRM, NO_EXCEPTION)
"""How an explanation stands towards a finding: it counts, went stale, or never counted."""

_STALE = " De vastgelegde motivering geldt niet meer: "
_TOLD = {
    VALID: "",
    STALE_GEOMETRY: f"{_STALE}de geometrie is veranderd.",
    STALE_VERSION: f"{_STALE}zij hoort bij een andere versie van de regel.",
    STALE_IJKMOMENT: f"{_STALE}haar ijkmoment is voorbij.",
    SHORT: f" De vastgelegde motivering is korter dan {LEAST_REASON} tekens.",
    FIRM: " Dit verbod kent geen uitzondering waarop men zich kan beroepen: de motivering verandert de uitkomst niet.",
    NO_EXCEPTION: " De vastgelegde motivering noemt geen uitzondering van dit verbod",
}

_MEASURE = 1e-3
"""Share by which a measure may differ from the one that was judged: figures are rounded."""


@dataclass(frozen=True, kw_only=True)
class ExplainedFound(Found):
    """Findings with the explanations applied: `outcome` is the one that counts, `tested` the one before.

    `explanation` is the id of the explanation that counts or, where none does, of the newest; `standing` one of
    STANDINGS; `appeal` the id of the exception that it appeals to. All three are None without an explanation.
    """

    tested: NDArray[np.object_]
    explanation: NDArray[np.object_]
    standing: NDArray[np.object_]
    appeal: NDArray[np.object_]


@dataclass(frozen=True)
class Judged:
    """What explanations are laid beside, each array as long as theirs: the feature as it is now (None: the whole
    variant) and, of the finding, the geometry and the measure (nan: unknown)."""

    feature: Geometries
    finding: Geometries
    measured: NDArray[np.float64]

    def take(self, rows: Rows) -> Judged:
        """Those at these places."""
        return Judged(self.feature[rows], self.finding[rows], self.measured[rows])


def geometry_digest(geometry: Geometries) -> NDArray[np.object_]:
    """`sha256:…` of each geometry in normal form, so that the order of its points does not matter."""
    wkbs = shapely.to_wkb(shapely.normalize(geometry), byte_order=1).tolist()
    digests = np.empty(len(wkbs), dtype=object)
    digests[:] = [f"sha256:{hashlib.sha256(wkb or b'').hexdigest()}" for wkb in wkbs]
    return digests


def explained_findings(found: Found, kenmerk: NDArray[np.object_], rule: Rule, drawing: Drawing) -> Found:
    """Apply the explanations of one rule to its findings; `kenmerk` is the feature of each
    finding, None for the whole; the rows of the findings point into the drawing."""
    if not len(drawing.explanations) or not len(found.rows):
        return found
    reasons = reasons_for(rule, drawing)
    if not len(reasons):
        return found
    broken = np.flatnonzero(found.outcome == OVERTREEDT)
    pair, reason = _pairs(_names(kenmerk[broken]), _names(reasons.columns["kenmerk"]))
    finding = broken[pair]
    if not len(finding):
        return found
    told = reasons.take(reason)
    standing = standings(told, rule, drawing.ijkmoment, _judged(found, finding, drawing))
    chosen = _best(finding, standing, told.columns)
    return _applied(found, finding[chosen], standing[chosen], told.take(chosen), rule)


def reasons_for(rule: Rule, drawing: Drawing) -> FeatureTable:
    """The explanations of a rule that are about this variant."""
    rows = drawing.explanations
    variant = rows.columns["variant"]
    mine = (rows.columns["regel"].astype(str) == rule.id) & (absent(variant) | (variant == drawing.variant))
    return rows.take(mine)


def standings(reasons: FeatureTable, rule: Rule, ijkmoment: int, judged: Judged) -> NDArray[np.object_]:
    """How each explanation of a rule stands towards what it is about; the gravest objection is told."""
    columns = reasons.columns
    standing = np.full(len(reasons), VALID, dtype=object)
    versions, until = columns["regel_versie"], columns["geldig_tot_ijkmoment"].tolist()
    last = np.array([_last(text) for text in until], dtype=np.float64)
    short = np.array([len(str(text or "").strip()) < LEAST_REASON for text in columns["reden"]], dtype=bool)
    standing[last < ijkmoment] = STALE_IJKMOMENT
    standing[~absent(versions) & (versions.astype(str) != rule.version)] = STALE_VERSION
    standing[short] = SHORT
    if rule.hardness == VERBOD:
        standing[absent(appeals(columns, rule))] = NO_EXCEPTION if exceptions_to_invoke(rule) else FIRM
    current = standing == VALID
    standing[current] = np.where(_still_there(reasons.take(current), judged, current), VALID, STALE_GEOMETRY)
    return standing


def already_explained(
    reasons: FeatureTable, rule: Rule, ijkmoment: int, kenmerk: NDArray[np.object_], judged: Judged
) -> Mask:
    """Which of these features (None: the whole variant) one of the explanations of a rule counts for as they are."""
    feature, reason = _pairs(_names(kenmerk), _names(reasons.columns["kenmerk"]))
    standing = standings(reasons.take(reason), rule, ijkmoment, judged.take(feature))
    explained: Mask = np.zeros(len(kenmerk), dtype=bool)
    explained[feature[standing == VALID]] = True
    return explained


def exceptions_to_invoke(rule: Rule) -> tuple[Exemption, ...]:
    """The exceptions of a rule that people can appeal to; the others hold by the data or not at all."""
    return tuple(each for each in rule.exemptions if not each.told_by_data)


def appeals(columns: Mapping[str, NDArray[Any]], rule: Rule) -> NDArray[np.object_]:
    """The exception that each explanation appeals to, None for no such one.

    An explanation that names none appeals to the only exception of a prohibition.
    """
    known = [each.id for each in exceptions_to_invoke(rule)]
    named = columns["uitzondering"]
    appeal = np.full(len(named), None, dtype=object)
    meant = np.isin(named.astype(str), known) & ~absent(named)
    appeal[meant] = named[meant]
    if rule.hardness == VERBOD and len(known) == 1:
        appeal[absent(named)] = known[0]
    return appeal


def _last(text: Any) -> float:
    number = moment_number(text)
    return np.inf if number is None else number


def _names(kenmerk: NDArray[Any]) -> NDArray[np.str_]:
    """Features by name; the whole variant is the empty one."""
    return np.where(absent(kenmerk), "", kenmerk).astype(str)


def _pairs(findings: NDArray[np.str_], reasons: NDArray[np.str_]) -> tuple[Rows, Rows]:
    """Every finding with every reason of the same name, as places in both."""
    order = np.argsort(reasons, kind="stable")
    first = np.searchsorted(reasons[order], findings, side="left")
    count = np.searchsorted(reasons[order], findings, side="right") - first
    finding = np.repeat(np.arange(len(findings)), count)
    number = np.arange(len(finding)) - np.repeat(np.cumsum(count) - count, count)
    return finding, order[np.repeat(first, count) + number]


def _judged(found: Found, finding: Rows, drawing: Drawing) -> Judged:
    rows = found.rows[finding]
    feature = np.full(len(rows), None, dtype=object)
    feature[rows >= 0] = drawing.geometry[rows[rows >= 0]]
    return Judged(feature, found.geometry[finding], found.measured[finding])


def _still_there(reasons: FeatureTable, judged: Judged, current: Mask) -> Mask:
    """Which explanations were given for the geometry as it is now, or for the measure of the whole variant."""
    digests, texts = reasons.columns["geometrie_digest"], reasons.columns["geometrie"]
    feature, finding = judged.feature[current], judged.finding[current]
    whole = absent(reasons.columns["kenmerk"])
    same = absent(digests) & absent(texts)
    named = ~same & ~absent(digests)
    same[named] = digests[named] == geometry_digest(feature[named])
    named &= ~same
    same[named] = digests[named] == geometry_digest(finding[named])
    moved = ~same & ~absent(texts)
    same[moved] = alike(from_text(texts[moved]), feature[moved])
    same[whole] &= _same_measure(reasons.take(whole), judged.measured[current][whole])
    return same


def _same_measure(reasons: FeatureTable, measured: NDArray[np.float64]) -> Mask:
    given = reasons.columns["gemeten"].tolist()
    before = np.array([value if isinstance(value, int | float) else np.nan for value in given], dtype=np.float64)
    near: Mask = np.isnan(before) | np.isnan(measured) | np.isclose(before, measured, rtol=_MEASURE, atol=_MEASURE)
    return near


def _best(finding: Rows, standing: NDArray[np.object_], columns: Mapping[str, NDArray[Any]]) -> Rows:
    """Of the pairs of each finding the one that counts and is newest, otherwise the newest."""
    dates = np.unique(_names(columns["datum"]), return_inverse=True)[1]
    order = np.lexsort((columns["id"].astype(str), -dates, standing != VALID, finding))
    first: Rows = order[np.unique(finding[order], return_index=True)[1]]
    return first


def _applied(
    found: Found, finding: Rows, standing: NDArray[np.object_], reasons: FeatureTable, rule: Rule
) -> ExplainedFound:
    """The findings with one explanation each for some of them."""
    columns = {name: np.full(len(found.rows), None, dtype=object) for name in ("explanation", "standing", "appeal")}
    columns["explanation"][finding] = reasons.columns["id"]
    columns["standing"][finding] = standing
    holds = standing == VALID
    columns["appeal"][finding[holds]] = appeals(reasons.columns, rule)[holds]
    outcome, message = found.outcome.copy(), found.message.copy()
    outcome[finding[holds]] = GEMOTIVEERD
    known = ", ".join(each.id for each in exceptions_to_invoke(rule))
    texts = {**_TOLD, NO_EXCEPTION: f"{_TOLD[NO_EXCEPTION]} (kies uit: {known})."}
    message[finding] += np.array([texts[each] for each in standing.tolist()], dtype=object)
    same = {each.name: getattr(found, each.name) for each in dataclasses.fields(found)}
    return ExplainedFound(**same | columns | {"outcome": outcome, "message": message, "tested": found.outcome})
