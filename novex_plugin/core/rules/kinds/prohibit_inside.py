"""Prohibited inside."""

from __future__ import annotations

from novex_plugin.core.rules.kinds.parts import everyone, overlap_findings
from novex_plugin.core.rules.question import Answer, Kind, Question


class ProhibitInside(Kind):
    """May not lie inside the object: every part that does is a finding, in ha (polygons), m (lines) or number."""

    NAME = "prohibit-inside"
    LABEL = "mag niet binnen"

    def measure(self, question: Question) -> Answer:
        """Measure the overlap."""
        message = "{gemeten} ligt in een gebied waar dit niet is toegestaan."
        return Answer(overlap_findings(question, message), everyone(question))
