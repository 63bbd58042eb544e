"""Rules that lay features beside others that are drawn: what they need of those, and whom an edit touches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from novex_plugin.core.check.drawing import Drawing
from novex_plugin.core.check.drawing_part import chosen, shapes_of
from novex_plugin.core.check.live_rules import Put
from novex_plugin.core.check.surroundings import Surroundings
from novex_plugin.core.features.overlay import Geometries, Indexed
from novex_plugin.core.proposal.problems import Mask
from novex_plugin.core.proposal.read import Proposal
from novex_plugin.core.rules.bindings import Bindings
from novex_plugin.core.rules.kinds import KINDS
from novex_plugin.core.rules.model import SubjectFilter
from novex_plugin.core.rules.question import Subjects


@dataclass(frozen=True)
class Beside:
    """A rule that lays its subjects beside what is drawn as one of `units` within a distance (m)."""

    subject: SubjectFilter
    units: frozenset[str]
    distance: float


def rules_beside(put: Iterable[Put], bindings: Bindings) -> tuple[Beside, ...]:
    """Those of the rules that look at what else is drawn; one without a distance is not tested."""
    found = []
    for rule, _ in put:
        values = bindings.parameters_of(rule)
        units, distance = KINDS[rule.kind].units_beside(values), values.get("distance_m")
        if units and isinstance(distance, int | float):
            found.append(Beside(rule.subject, units, float(distance)))
    return tuple(found)


def drawn_beside(rules: Sequence[Beside], proposal: Proposal, drawing: Drawing, surroundings: Surroundings) -> Subjects:
    """What is drawn and stays as far as these rules look from the features of a drawing."""
    if not rules:
        return drawing.subjects(np.zeros(len(drawing.ids), dtype=bool))
    units = frozenset[str]().union(*(each.units for each in rules))
    reach = max(each.distance for each in rules)
    shapes = drawing.geometry[drawing.sound]
    return surroundings.near(proposal, drawing.variant, shapes, reach, units).staying


def touched(
    rules: Sequence[Beside],
    proposal: Proposal,
    before: Proposal | None,
    drawing: Drawing,
    ids: Sequence[str],
    surroundings: Surroundings,
) -> tuple[str, ...]:
    """The ids of other features that these rules lay beside one that came, went, moved or became something else."""
    was = drawing
    if before is not None and drawing.variant in before.variants:
        was = shapes_of(before, drawing.variant, chosen(before, drawing.variant, ids))
    found: set[str] = set()
    for rule in rules:
        now, then = _as_units(drawing, rule.units), _as_units(was, rule.units)
        shapes = np.concatenate([now, then]) if was is drawing else _differing(now, then)
        if not len(shapes):
            continue
        others = surroundings.near(proposal, drawing.variant, shapes, rule.distance)
        asked = others.sound & others.speaks_of(rule.subject)
        near = Indexed(others.geometry[asked]).tree.query(shapes, predicate="dwithin", distance=rule.distance)[1]
        found.update(others.ids[asked][near].astype(str).tolist())
    return tuple(sorted(found - set(ids)))


def _as_units(drawing: Drawing, units: frozenset[str]) -> Geometries:
    """The shapes of what stays and is drawn as one of these units."""
    counts: Mask = drawing.sound & drawing.has("legenda", units) & ~drawing.has("rol", ("vervalt",))
    return drawing.geometry[counts]


def _differing(now: Geometries, then: Geometries) -> Geometries:
    """The shapes that are not in both."""
    shapes = np.concatenate([now, then])
    _, first, count = np.unique(shapely.to_wkb(shapes), return_index=True, return_counts=True)
    return shapes[first[count == 1]] if len(shapes) else shapes
