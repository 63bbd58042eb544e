"""A few features of a variant, as the whole drawing has them, without reading the whole drawing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np

from novex_plugin.core.check.departures import wrong_units
from novex_plugin.core.check.drawing import (
    Drawing,
    Features,
    Rows,
    assembled,
    every_id,
    in_order,
    of_variant,
    units_of_indicators,
)
from novex_plugin.core.features.overlay import Asking
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.problems import Mask, column_problems
from novex_plugin.core.proposal.read import Proposal
from novex_plugin.core.proposal.schema import FEATURE_TABLES, proposal_layers
from novex_plugin.core.rules.question import Subjects

_NO_FEATURE = frozenset({"None", ""})
"""What stands in the place of a feature where a row is about the whole variant."""


_FEW = 200
"""Features for which it is worth the room to keep what was asked."""


@dataclass(frozen=True)
class Part(Drawing):
    """A few features, so that what rules ask of them can be kept for the next rule that asks the same. It has no digest
    and no departures: for those everything has to be read."""

    _asked: dict[bytes, Subjects] = field(default_factory=dict, compare=False)

    def subjects(self, chosen: Mask) -> Subjects:
        """As of any drawing."""
        if len(self.ids) > _FEW:
            return super().subjects(chosen)
        key = chosen.tobytes()
        if key not in self._asked:
            columns = {name: values[chosen] for name, values in self.columns.items()}
            self._asked[key] = Subjects(self.ids[chosen], Asking(self.geometry[chosen]), columns)
        return self._asked[key]


def chosen(proposal: Proposal, variant: str, ids: Collection[str]) -> Features:
    """The feature tables with the rows of these features in a variant. Raises InputError for an unknown variant."""
    proposal.refuse_unknown(variant)
    wanted = frozenset(ids)
    named = {name: _naming(proposal.tables[name], "id", wanted) for name in FEATURE_TABLES.values()}
    return {name: rows.take(of_variant(rows, variant)) for name, rows in named.items()}


def part_of(proposal: Proposal, variant: str, features: Features) -> Part:
    """Features of a variant with what is contributed, answered and explained about them, or answered for the whole
    variant: the very rows that `drawing_of` has of them."""
    ids = frozenset(every_id(features).astype(str).tolist())
    named = _naming(proposal.tables["bijdrage"], "kenmerk", ids)
    answers = _naming(proposal.tables["verklaring"], "kenmerk", ids | _NO_FEATURE)
    rows = Rows(
        features=[in_order(features[name]) for name in FEATURE_TABLES.values()],
        contributions=in_order(_usable(named, proposal)),
        statements=in_order(answers.take(of_variant(answers, variant))),
        explanations=in_order(_naming(proposal.tables["motivering"], "kenmerk", ids)),
    )
    return assembled(Part, proposal, variant, rows)


def shapes_of(proposal: Proposal, variant: str, features: Features) -> Part:
    """As `part_of`, without what is said about the features."""
    none = np.empty(0, dtype=np.int64)
    rows = Rows(
        [in_order(features[name]) for name in FEATURE_TABLES.values()],
        *(proposal.tables[name].take(none) for name in ("bijdrage", "verklaring", "motivering")),
    )
    return assembled(Part, proposal, variant, rows)


def _naming(rows: FeatureTable, column: str, wanted: frozenset[str]) -> FeatureTable:
    """The rows that name one of these."""
    values = rows.columns[column]
    named = map(wanted.__contains__, map(str, values.tolist()))
    return rows.take(np.flatnonzero(np.fromiter(named, dtype=bool, count=len(values))))


def _usable(contributions: FeatureTable, proposal: Proposal) -> FeatureTable:
    """Those contributions without a value that departs from the agreement, told from these rows alone."""
    if not len(contributions):
        return contributions
    every = proposal.tables["bijdrage"]
    same = _naming(every, "id", frozenset(contributions.columns["id"].astype(str).tolist()))  # a later one repeats it
    (layer,) = (each for each in proposal_layers(proposal.agreement) if each.name == every.name)
    wrong = [problem.row for column in layer.columns for problem in column_problems(layer, column, same)]
    wrong += [each.row for each in wrong_units(contributions, units_of_indicators(proposal))]
    return contributions.take(~np.isin(contributions.columns["fid"], np.array(wrong, dtype=np.int64)))
