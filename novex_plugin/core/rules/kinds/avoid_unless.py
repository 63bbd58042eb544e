"""Avoid, unless explained."""

from __future__ import annotations

from novex_plugin.core.rules.kinds.parts import everyone, overlap_findings
from novex_plugin.core.rules.question import Answer, Kind, Question


class AvoidUnless(Kind):
    """Better not inside the object: every part that does asks for an explanation, in ha, m or number."""

    NAME = "avoid-unless"
    LABEL = "vermijd, tenzij gemotiveerd"

    def measure(self, question: Question) -> Answer:
        """Measure the overlap."""
        message = "{gemeten} ligt in een aandachtsgebied: pas aan of leg uit waarom het hier kan."
        return Answer(overlap_findings(question, message), everyone(question))
