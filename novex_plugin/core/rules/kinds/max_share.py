"""Maximum share."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

import numpy as np

from novex_plugin.core.rules.kinds import share
from novex_plugin.core.rules.kinds.parts import everyone
from novex_plugin.core.rules.question import WHOLE, Answer, Kind, Question, findings, nothing, whole


class MaxShare(Kind):
    """At most a share (%): of each object's area covered by the subjects, or of one indicator in another."""

    NAME = "max-share"
    LABEL = "ten hoogste een aandeel"
    UNITS: ClassVar[dict[str, str]] = share.UNITS
    REQUIRED = ("share_pct",)
    OBJECTS = "mogelijk"

    def lacking(self, names: Collection[str], slots: Sequence[str]) -> tuple[str, ...] | None:
        """A share, of a dataset or of two indicators."""
        return share.lacking(names, slots)

    def measure(self, question: Question) -> Answer:
        """Measure the share."""
        most = float(question.parameters["share_pct"])
        if "part" in question.parameters:
            return self._of_indicators(question, most)
        shares = share.of_objects(question)
        over = np.flatnonzero(shares.share > most + share.ROUNDING)
        message = "{gemeten} van dit gebied wordt gebruikt; toegestaan is ten hoogste {grens}."
        rows = np.full(len(over), WHOLE, dtype=np.int64)
        found = findings(rows, message, shares.geometry[over], shares.share[over], most, "%")
        return Answer(found, everyone(question), whole=len(shares.share) > 0)

    def _of_indicators(self, question: Question, most: float) -> Answer:
        if not len(question.subjects):
            return Answer(nothing(), everyone(question))
        measured, missing = share.of_indicators(question)
        if measured is None:
            return Answer(nothing(), everyone(question), missing=(missing,))
        message = "Het aandeel is {gemeten}; toegestaan is ten hoogste {grens}."
        found = findings(whole(), message, measured=measured, limit=most, unit="%")
        return Answer(found if measured > most + share.ROUNDING else nothing(), everyone(question), whole=True)
