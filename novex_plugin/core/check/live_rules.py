"""Which rules can be put to one feature by itself, and which of those to a feature of some legend unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from novex_plugin.core.check.drawing import Drawing
from novex_plugin.core.check.evaluate import does_not_hold
from novex_plugin.core.rules.bindings import Bindings
from novex_plugin.core.rules.kinds import KINDS
from novex_plugin.core.rules.model import Catalogue, Rule, SubjectFilter

Put = tuple[Rule, Catalogue]
"""A rule with the catalogue that it stands in."""


@dataclass(frozen=True)
class Beside:
    """A rule that lays its subjects beside what is drawn as one of `units` within a distance (m)."""

    rule: str
    subject: SubjectFilter
    units: frozenset[str]
    distance: float


@dataclass(frozen=True)
class LiveRules:
    """The rules that hold for a proposal, in the order of the catalogues: `alone` those that judge each feature by
    itself, with in `by_unit` the places of those that speak about a legend unit; `beside` those of them that look at
    what else is drawn; `together` the ids of the others."""

    alone: tuple[Put, ...]
    together: tuple[str, ...]
    by_unit: Mapping[str, frozenset[int]]
    beside: tuple[Beside, ...]

    def about(self, drawing: Drawing) -> list[Put]:
        """The rules that may speak about a feature of a drawing, by its units and role."""
        columns = drawing.columns
        texts = {str(text) for name in ("legenda", "meervoudig") for text in columns[name].tolist()}
        units = {part.strip() for text in texts for part in text.split(",")}
        roles = {str(role) for role in columns["rol"].tolist()}
        places = frozenset[int]().union(*(self.by_unit.get(unit, frozenset()) for unit in units))
        return [self.alone[place] for place in sorted(places) if self.alone[place][0].subject.roles & roles]


def live_rules(
    catalogues: Sequence[Catalogue], bindings: Bindings, province: str, ijkmoment: int, today: date
) -> LiveRules:
    """Choose from the catalogues what holds for a proposal."""
    every = [(rule, catalogue) for catalogue in catalogues for rule in catalogue.rules]
    holding = [put for put in every if does_not_hold(put[0], province, ijkmoment, today) is None]
    alone = tuple(put for put in holding if KINDS[put[0].kind].judged_alone(put[0]))
    places: dict[str, set[int]] = {}
    for place, (rule, _) in enumerate(alone):
        for unit in rule.subject.units:
            places.setdefault(unit, set()).add(place)
    return LiveRules(
        alone=alone,
        together=tuple(rule.id for rule, _ in holding if not KINDS[rule.kind].judged_alone(rule)),
        by_unit={unit: frozenset(found) for unit, found in places.items()},
        beside=tuple(_beside(alone, bindings)),
    )


def _beside(put: Iterable[Put], bindings: Bindings) -> Iterator[Beside]:
    """Those of the rules that look at what else is drawn; one without a distance is not tested."""
    for rule, _ in put:
        values = bindings.parameters_of(rule)
        units, distance = KINDS[rule.kind].units_beside(values), values.get("distance_m")
        if units and isinstance(distance, int | float):
            yield Beside(rule.id, rule.subject, units, float(distance))
