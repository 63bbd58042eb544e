"""Others that are drawn: what rules need of them that lay features beside each other, and whom an edit touches."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from novex_plugin.core.check.drawing import Drawing
from novex_plugin.core.check.live_rules import Beside
from novex_plugin.core.check.surroundings import Surroundings
from novex_plugin.core.features.overlay import Indexed
from novex_plugin.core.proposal.read import Proposal
from novex_plugin.core.rules.question import Subjects


def drawn_beside(rules: Sequence[Beside], proposal: Proposal, drawing: Drawing, surroundings: Surroundings) -> Subjects:
    """What is drawn and stays as far as these rules look from the features of a drawing."""
    if not rules:
        return drawing.subjects(np.zeros(len(drawing.ids), dtype=bool))
    units = frozenset[str]().union(*(each.units for each in rules))
    reach = max(each.distance for each in rules)
    shapes = drawing.geometry[drawing.sound]
    return surroundings.near(proposal, drawing.variant, shapes, reach, units).staying


Stance = frozenset[tuple[str, bytes]]
"""What counts of a feature for others: its legend unit and shape (WKB); nothing where it lapses or is unsound."""


def stances(drawing: Drawing) -> dict[str, Stance]:
    """The stance of each feature of a drawing that has one, by its id."""
    counts = drawing.sound & ~drawing.has("rol", ("vervalt",))
    ids, units = drawing.ids[counts].astype(str).tolist(), drawing.columns["legenda"][counts].astype(str).tolist()
    found: dict[str, Stance] = {}
    for name, unit, shape in zip(ids, units, shapely.to_wkb(drawing.geometry[counts]).tolist(), strict=True):
        found[name] = found.get(name, frozenset()) | {(unit, shape)}
    return found


def touched(
    rules: Sequence[Beside],
    proposal: Proposal,
    variant: str,
    changes: Stance,
    surroundings: Surroundings,
) -> frozenset[str]:
    """The ids of the features that these rules lay beside something that came or went."""
    found: set[str] = set()
    for rule in rules:
        shapes = shapely.from_wkb([shape for unit, shape in sorted(changes) if unit in rule.units])
        if len(shapes):
            others = surroundings.near(proposal, variant, shapes, rule.distance)
            asked = others.sound & others.speaks_of(rule.subject)
            near = Indexed(others.geometry[asked]).tree.query(shapes, predicate="dwithin", distance=rule.distance)[1]
            found.update(others.ids[asked][near].astype(str).tolist())
    return frozenset(found)
