"""Whether what is drawn reaches a target."""

from __future__ import annotations

import math

from novex_plugin.core.rules.kinds.share import ROUNDING
from novex_plugin.core.rules.targets import Target

GEHAALD, TEKORT, OVERSCHOT = "gehaald", "tekort", "overschot"
BINNEN, NIET_TOETSBAAR = "binnen-bandbreedte", "niet_toetsbaar"
OUTCOMES = (GEHAALD, TEKORT, OVERSCHOT, BINNEN, NIET_TOETSBAAR)

ABOUT = 0.05
"""How far from a figure that the source calls `circa` a total may lie, as a share of it."""

_SLACK = 1e-9


def outcome(target: Target, drawn: float | None) -> str:
    """The outcome of a target; with nothing to compare it cannot be tested.

    Shares (%) compare to a hundredth. `meer-dan` and `minder-dan` leave out the figure itself.
    """
    if drawn is None:
        return NIET_TOETSBAAR
    about = ABOUT if target.comparator == "circa" else 0.0
    slack = ROUNDING if target.unit == "%" else _SLACK * max(1.0, abs(drawn))
    least = -math.inf if target.minimum is None else target.minimum * (1 - about) - slack
    most = math.inf if target.maximum is None else target.maximum * (1 + about) + slack
    if drawn < least or (target.comparator == "meer-dan" and drawn <= (target.minimum or 0) + slack):
        return TEKORT
    if drawn > most or (target.comparator == "minder-dan" and drawn >= (target.maximum or 0) - slack):
        return OVERSCHOT
    return BINNEN if target.comparator == "tussen" else GEHAALD


def reading(target: Target) -> str | None:
    """What has to be known to read the line of a target: which years count, and how close is close enough."""
    said = []
    if target.year is None:
        since = "" if target.from_year is None else f" vanaf {target.from_year}"
        said.append(f"Het doel noemt geen jaar: alle jaren{since} tellen mee.")
    if target.comparator == "circa":
        said.append(f"Circa: tot {ABOUT:.0%} eronder of erboven telt als gehaald.")
    if target.unit == "%":
        said.append("Een aandeel is het gewogen gemiddelde van wat is getekend.")
    return " ".join(said) or None
