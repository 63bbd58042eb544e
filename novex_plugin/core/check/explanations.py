"""Recorded reasons turn a finding from `overtreedt` into `gemotiveerd`, where the rule leaves room for that.

A reason counts when it has 20 characters or more, is about this rule (and this version, where it names one), has not
passed its ijkmoment, and the geometry that it names (where it does) is still that of the feature or of the finding. A
prohibition leaves room only when it has exceptions: the reason is then the appeal to one of them. A reason without
`kenmerk` is about findings on the whole variant.
"""

from __future__ import annotations

import dataclasses
import hashlib
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.check.drawing import Drawing, moment_number
from novex_plugin.core.features.overlay import Geometries
from novex_plugin.core.proposal.problems import absent
from novex_plugin.core.rules.model import GEMOTIVEERD, LEAST_REASON, OVERTREEDT, VERBOD, Rule
from novex_plugin.core.rules.question import Found

_FIRM = " Dit verbod kent geen uitzondering: de motivering verandert de uitkomst niet."
_STALE = " De vastgelegde motivering geldt niet meer: regel, ijkmoment of geometrie is veranderd."
_SHORT = f" De vastgelegde motivering is korter dan {LEAST_REASON} tekens."


def geometry_digest(geometry: Geometries) -> NDArray[np.object_]:
    """`sha256:…` of each geometry in normal form, so that the order of its points does not matter."""
    wkbs = shapely.to_wkb(shapely.normalize(geometry), byte_order=1).tolist()
    digests = np.empty(len(wkbs), dtype=object)
    digests[:] = [f"sha256:{hashlib.sha256(wkb or b'').hexdigest()}" for wkb in wkbs]
    return digests


def explained_findings(found: Found, kenmerk: NDArray[np.object_], rule: Rule, drawing: Drawing) -> Found:
    """Apply the explanations of one rule to its findings; `kenmerk` is the feature of each
    finding, None for the whole; the rows of the findings point into the drawing."""
    rows = drawing.explanations
    mine = rows.columns["regel"].astype(str) == rule.id
    if not mine.any() or not len(found.rows):
        return found
    reasons = rows.take(mine)
    broken = found.outcome == OVERTREEDT
    named = np.where(absent(kenmerk), "", kenmerk).astype(str)
    about = np.where(absent(reasons.columns["kenmerk"]), "", reasons.columns["kenmerk"]).astype(str)
    told = broken & np.isin(named, about)
    long = np.array([len(str(text).strip()) >= LEAST_REASON for text in reasons.columns["reden"]], dtype=bool)
    valid = long & _current(reasons.columns, rule, drawing)
    holds = told & np.isin(named, about[valid])
    digests = reasons.columns["geometrie_digest"][valid]
    holds[holds] = _same_geometry(found, named, holds, about[valid], digests, drawing)
    outcome, message = found.outcome.copy(), found.message.copy()
    if rule.hardness == VERBOD and not rule.exemptions:
        message[told] += _FIRM
    else:
        outcome[holds] = GEMOTIVEERD
        short = told & ~holds & ~np.isin(named, about[long])
        message[short] += _SHORT
        message[told & ~holds & ~short] += _STALE
    return dataclasses.replace(found, outcome=outcome, message=message)


def _current(columns: Any, rule: Rule, drawing: Drawing) -> NDArray[np.bool_]:
    """Which reasons are about this version of the rule and have not passed their ijkmoment."""
    versions = columns["regel_versie"].tolist()
    until = [moment_number(text) for text in columns["geldig_tot_ijkmoment"].tolist()]
    return np.array(
        [
            version in (None, "", rule.version) and (last is None or drawing.ijkmoment <= last)
            for version, last in zip(versions, until, strict=True)
        ],
        dtype=bool,
    )


def _same_geometry(
    found: Found,
    named: NDArray[Any],
    holds: NDArray[np.bool_],
    about: NDArray[Any],
    digests: NDArray[np.object_],
    drawing: Drawing,
) -> NDArray[np.bool_]:
    """Which of the findings that hold have a reason without a digest, or with that of the feature or of the finding."""
    free = absent(digests)
    texts = np.where(free, "", digests).astype(str)
    said = {f"{feature}\0{digest}" for feature, digest in zip(about.tolist(), texts.tolist(), strict=True)}
    parts = geometry_digest(found.geometry[holds]).astype(str)
    rows = found.rows[holds]
    features = np.full(len(rows), "", dtype=object)
    features[rows >= 0] = geometry_digest(drawing.geometry[rows[rows >= 0]])
    keys = [
        (f"{feature}\0", f"{feature}\0{part}", f"{feature}\0{own}")
        for feature, part, own in zip(named[holds].tolist(), parts.tolist(), features.tolist(), strict=True)
    ]
    return np.array([not said.isdisjoint(each) for each in keys], dtype=bool)
