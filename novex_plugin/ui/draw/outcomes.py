"""What the rules say of one feature, in place, with the way to each finding."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from math import isfinite
from textwrap import shorten
from typing import Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from novex_plugin.core.dutch import quantity
from novex_plugin.core.rules.model import GEMOTIVEERD, NIET_TOETSBAAR, OVERTREEDT
from novex_plugin.ui.look import HARDNESS_WORDS, OUTCOME_LOOKS

_MOST, _MOST_SIGNS = 2, 90
_GRAVEST_FIRST = tuple(HARDNESS_WORDS)
_SHOWN = (OVERTREEDT, GEMOTIVEERD)


class Outcomes(QWidget):
    """`asked` gives the id of the finding that somebody wants to see."""

    asked = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[QLabel] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)

    def show_feature(self, testing: Any, feature: str) -> None:
        """Show the outcomes of a feature as they stand."""
        standing = testing.standing
        if standing is None:
            said = testing.refused or (self.tr("Not tested yet") if testing.live else self.tr("Live test is off"))
            self._show([escape(said)])
            return
        columns = standing.findings.columns
        rows = testing.of_feature(feature)
        told = [row for row in rows if columns["uitkomst"][row] in _SHOWN]
        told.sort(key=lambda row: (_SHOWN.index(columns["uitkomst"][row]), _rank(columns["hardheid"][row])))
        rules = {each.rule.id: each.rule.nl for each in standing.outcomes}
        lines = [self._line(columns, row, rules) for row in told[:_MOST]]
        if len(told) > _MOST:
            more = self.tr("{count} more").format(count=len(told) - _MOST)
            lines.append(f'{escape(more)} &nbsp;<a href="{escape(feature)}">{escape(self.tr("show ›"))}</a>')
        if not told:
            lines = [self._without_findings(columns, rows)]
        self._show(lines)

    def clear(self) -> None:
        """Show nothing."""
        self._show([])

    def _line(self, columns: Any, row: int, rules: Mapping[str, str]) -> str:
        """The rule, how much of the feature it is about, and how hard it is."""
        look = OUTCOME_LOOKS[columns["uitkomst"][row]]
        hardness = HARDNESS_WORDS.get(str(columns["hardheid"][row]), "")
        rule, amount = rules.get(str(columns["regel"][row])), float(columns["gemeten"][row])
        said = _short(rule) if rule else _first_clause(str(columns["melding"][row]))
        measured = quantity(amount, columns["eenheid"][row]) if rule and isfinite(amount) else ""
        about = ", ".join(each for each in (measured, hardness) if each)
        told = f"{said} ({about})" if about else said
        return (
            f'<span style="color:{look.colour.name()}"><b>{look.sign}</b></span>&nbsp;{escape(told)} '
            f'&nbsp;<a href="{escape(str(columns["id"][row]))}">{escape(self.tr("show ›"))}</a>'
        )

    def _without_findings(self, columns: Any, rows: list[int]) -> str:
        unknown = len({columns["regel"][row] for row in rows if columns["uitkomst"][row] == NIET_TOETSBAAR})
        look = OUTCOME_LOOKS["voldoet"]
        told = self.tr("Nothing in the way")
        if unknown:
            one, several = self.tr("1 rule cannot be tested"), self.tr("{count} rules cannot be tested")
            told += " · " + (one if unknown == 1 else several.format(count=unknown))
        return f'<span style="color:{look.colour.name()}"><b>{look.sign}</b></span>&nbsp;{escape(told)}'

    def _show(self, texts: list[str]) -> None:
        while len(self.lines) < len(texts):
            label = QLabel()
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            label.linkActivated.connect(self.asked)
            self._layout.addWidget(label)
            self.lines.append(label)
        for place, label in enumerate(self.lines):
            label.setVisible(place < len(texts))
            label.setText(texts[place] if place < len(texts) else "")


def _rank(hardness: object) -> int:
    return _GRAVEST_FIRST.index(str(hardness)) if hardness in _GRAVEST_FIRST else len(_GRAVEST_FIRST)


def _short(rule: str) -> str:
    """A rule in some words; the whole is told where it leads to."""
    return shorten(rule.rstrip("."), _MOST_SIGNS, placeholder="…")


def _first_clause(message: str) -> str:
    """What is found; what to do about it is told where it leads to."""
    return re.split(r"[:;] |\.$|\. ", message, maxsplit=1)[0]
