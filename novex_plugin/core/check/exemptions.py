"""Exceptions that the data tell: a feature of another sort, or a place on other ground, takes a finding away."""

from __future__ import annotations

import dataclasses

import numpy as np
import shapely

from novex_plugin.core.check.drawing import Drawing
from novex_plugin.core.check.objects import Objects
from novex_plugin.core.features.overlay import Geometries, Indexed, Rows, uncovered
from novex_plugin.core.proposal.problems import Mask
from novex_plugin.core.rules.kinds.parts import counting
from novex_plugin.core.rules.model import NIET_VAN_TOEPASSING, OVERTREEDT, Exemption, Rule, Tolerance
from novex_plugin.core.rules.question import Found


def exempt_features(
    rule: Rule, drawing: Drawing, objects: Objects, chosen: Mask, tolerance: Tolerance
) -> dict[str, Mask]:
    """Which of the chosen features fall under each exception that the data tell: by what they are, by lying wholly on
    its ground, or by both. An exception whose dataset is not bound, or that none falls under, is left out."""
    exempt: dict[str, Mask] = {}
    for exemption in rule.exemptions:
        if not exemption.told_by_data or any(objects.missing(slot) is not None for slot in exemption.slots):
            continue
        under = chosen.copy() if exemption.subject is None else chosen & drawing.speaks_of(exemption.subject)
        if exemption.slots:
            rows = np.flatnonzero(under & drawing.sound)
            under = np.zeros_like(under)
            under[rows[~_leaves(drawing.geometry[rows], exemption, objects, tolerance)]] = True
        exempt |= {exemption.id: under} if under.any() else {}
    return exempt


def exempted_findings(
    found: Found, rule: Rule, drawing: Drawing, objects: Objects, tolerance: Tolerance
) -> tuple[Found, dict[str, int]]:
    """The findings (rows point into the drawing) with those that an exception takes away turned to
    `niet_van_toepassing`, and how many each exception took. An exception whose dataset is not bound takes none, and
    the finding says so."""
    if not rule.exemptions:
        return found, {}
    outcome, message = found.outcome.copy(), found.message.copy()
    used: dict[str, int] = {}
    for exemption in rule.exemptions:
        open_ = np.flatnonzero((outcome == OVERTREEDT) & (found.rows >= 0))
        if not exemption.told_by_data:
            continue
        text = exemption.nl.rstrip(".")
        if exemption.subject is not None:
            open_ = open_[drawing.speaks_of(exemption.subject)[found.rows[open_]]]
        lacking = [lack for slot in exemption.slots if (lack := objects.missing(slot)) is not None]
        if lacking:
            whole = np.flatnonzero((outcome == OVERTREEDT) & (found.rows < 0))
            said = f" Of de uitzondering geldt ({text}) is niet te zeggen: {'; '.join(lacking)}."
            message[np.concatenate([open_, whole])] += said
            continue
        if exemption.slots:
            open_ = _on_ground(found, open_, exemption, drawing, objects, tolerance)
        outcome[open_] = NIET_VAN_TOEPASSING
        message[open_] += f" Uitzondering: {text}."
        if len(open_):
            used[exemption.id] = len(open_)
    return dataclasses.replace(found, outcome=outcome, message=message), used


def _on_ground(
    found: Found, open_: Rows, exemption: Exemption, drawing: Drawing, objects: Objects, tolerance: Tolerance
) -> Rows:
    """The findings that lie wholly on the ground of the exception, but for slivers."""
    geometry = found.geometry[open_].copy()
    bare = shapely.is_missing(geometry)
    geometry[bare] = drawing.geometry[found.rows[open_[bare]]]
    return open_[~_leaves(geometry, exemption, objects, tolerance)]


def _leaves(geometry: Geometries, exemption: Exemption, objects: Objects, tolerance: Tolerance) -> Mask:
    """Which geometries lie outside the ground of the exception by more than a sliver."""
    shapes = Indexed(geometry)
    outside = uncovered(shapes, objects.of_slots(exemption.slots))
    rows = np.flatnonzero(~shapely.is_missing(outside))
    leaves = np.zeros(len(geometry), dtype=bool)
    leaves[rows[counting(shapes, rows, outside[rows], tolerance)]] = True
    return leaves
