"""Order of preference."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from novex_plugin.core.rules.kinds.parts import everyone
from novex_plugin.core.rules.model import LEAST_REASON
from novex_plugin.core.rules.question import Answer, Kind, Question, explained, findings, joined, untestable


class PreferOrder(Kind):
    """A ladder: the first step needs nothing, a lower step its reason in `trede_reden` (20 characters or more)."""

    NAME = "prefer-order"
    LABEL = "voorkeursvolgorde"
    UNITS: ClassVar[dict[str, str]] = {"order": "volgorde"}
    REQUIRED = ("order",)
    COLUMNS = ("trede", "trede_reden")
    OBJECTS = "geen"

    def measure(self, question: Question) -> Answer:
        """Read the step of every subject."""
        order = question.parameters["order"]
        step = question.subjects.columns["trede"].astype(np.float64)
        reasons = question.subjects.columns["trede_reden"]
        said = np.array([len(str(reason or "").strip()) >= LEAST_REASON for reason in reasons.tolist()], dtype=bool)
        known = np.isin(step, np.arange(1, len(order) + 1))
        ladder = ", ".join(f"{number} {name}" for number, name in enumerate(order, start=1))
        lower = known & (step > 1)
        bare, told = np.flatnonzero(lower & ~said), np.flatnonzero(lower & said)
        message = "Een lagere trede van de voorkeursvolgorde zonder reden: vul trede_reden in (ten minste 20 tekens)."
        found = joined(
            findings(bare, message, measured=step[bare], limit=1.0, unit="trede"),
            explained(told, "Een lagere trede van de voorkeursvolgorde, met reden."),
            untestable(np.flatnonzero(~known), f"Vul het veld trede in: {ladder}."),
        )
        return Answer(found, everyone(question))
