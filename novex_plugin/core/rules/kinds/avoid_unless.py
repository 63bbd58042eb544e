"""Avoid, unless explained."""

from __future__ import annotations

from novex_plugin.core.rules.kinds.parts import everyone, overlap_findings
from novex_plugin.core.rules.model import VERBOD, Rule
from novex_plugin.core.rules.question import Answer, Kind, Question


class AvoidUnless(Kind):
    """Better not inside the object: every part that does asks for an explanation, in ha, m or number."""

    NAME = "avoid-unless"
    LABEL = "vermijd, tenzij gemotiveerd"

    def measure(self, question: Question) -> Answer:
        """Measure the overlap."""
        return Answer(overlap_findings(question, _message(question.rule)), everyone(question))


def _message(rule: Rule) -> str:
    """What is asked of the finding: an explanation, or for a prohibition one of its exceptions."""
    if rule.hardness != VERBOD:
        return "{gemeten} ligt in een aandachtsgebied: pas aan of leg uit waarom het hier kan."
    if any(not exemption.told_by_data for exemption in rule.exemptions):
        return "{gemeten} ligt in een gebied waar dit alleen met een van de uitzonderingen kan."
    return "{gemeten} ligt in een gebied waar dit niet is toegestaan."
