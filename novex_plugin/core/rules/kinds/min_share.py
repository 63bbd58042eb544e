"""Minimum share."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

import numpy as np

from novex_plugin.core.rules.kinds import share
from novex_plugin.core.rules.kinds.parts import everyone
from novex_plugin.core.rules.model import Rule
from novex_plugin.core.rules.question import WHOLE, Answer, Kind, Question, findings, nothing, whole


class MinShare(Kind):
    """At least a share (%): of each object's area covered by the subjects, or of one indicator in another.

    With a dataset every object that is covered too little is a finding; with `part` and `whole` (indicators of the
    table bijdrage) the finding is about the whole variant.
    """

    NAME = "min-share"
    LABEL = "ten minste een aandeel"
    UNITS: ClassVar[dict[str, str]] = share.UNITS
    REQUIRED = ("share_pct",)
    OBJECTS = "mogelijk"

    def lacking(self, names: Collection[str], slots: Sequence[str]) -> tuple[str, ...] | None:
        """A share, of a dataset or of two indicators."""
        return share.lacking(names, slots)

    def asks_without_subjects(self, rule: Rule) -> bool:
        """What is asked of objects is asked whatever is drawn."""
        return "part" not in rule.parameters

    def measure(self, question: Question) -> Answer:
        """Measure the share."""
        least = float(question.parameters["share_pct"])
        if "part" in question.parameters:
            return self._of_indicators(question, least)
        shares = share.of_objects(question)
        short = np.flatnonzero(shares.share < least - share.ROUNDING)
        message = "{gemeten} van dit gebied is ervoor bestemd; gevraagd is ten minste {grens}."
        rows = np.full(len(short), WHOLE, dtype=np.int64)
        found = findings(rows, message, shares.geometry[short], shares.share[short], least, "%")
        return Answer(found, everyone(question), whole=len(shares.share) > 0)

    def _of_indicators(self, question: Question, least: float) -> Answer:
        if not len(question.subjects):
            return Answer(nothing(), everyone(question))
        measured, missing = share.of_indicators(question)
        if measured is None:
            return Answer(nothing(), everyone(question), missing=(missing,))
        message = "Het aandeel is {gemeten}; gevraagd is ten minste {grens}."
        found = findings(whole(), message, measured=measured, limit=least, unit="%")
        return Answer(found if measured < least - share.ROUNDING else nothing(), everyone(question), whole=True)
