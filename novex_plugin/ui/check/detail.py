"""What is known of the chosen finding, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from qgis.gui import QgsScrollArea
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from novex_plugin.core.check.explanations import exceptions_to_invoke
from novex_plugin.core.check.remedies import ANSWER, BIND, PULL, SET, Remedy, asked_statement
from novex_plugin.core.dutch import number
from novex_plugin.core.rules.model import OVERTREEDT, VERBOD, Rule
from novex_plugin.ui.check.entries import SHOWN, Entries
from novex_plugin.ui.check.rule_data import RuleData
from novex_plugin.ui.look import OUTCOME_LOOKS

_MOST_REMEDIES = 6


class FindingDetail(QWidget):
    """Shows one entry, or how many are chosen."""

    show_asked = pyqtSignal()
    edit_asked = pyqtSignal()
    explain_asked = pyqtSignal()
    answer_asked = pyqtSignal(object)
    """The rule whose question is to be answered."""
    remedy_asked = pyqtSignal(object)
    """The Remedy to carry out."""

    def __init__(self, data: RuleData, recorded: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data, self._recorded = data, recorded
        self.scroll, self.text = QgsScrollArea(self), QLabel(self)
        self.show_button = self._button(self.tr("Show"), self.tr("Zoom to the finding (Enter)"), self.show_asked)
        self.edit_button = self._button(self.tr("Edit"), self.tr("Open the form of the feature"), self.edit_asked)
        self.explain_button = self._button(self.tr("Explain…"), "", self.explain_asked)
        self.answer_button = self._button(self.tr("Answer…"), self.tr("Answer the question of this rule"), None)
        self.answer_button.clicked.connect(lambda: self.answer_asked.emit(self._rule))
        self.remedies: list[QPushButton] = []
        self._rule: Rule | None = None
        self.facts = QLabel(self)
        self._remedy_area = QVBoxLayout()
        self._remedy_area.setSpacing(4)
        self._lay_out()
        self.clear("")

    def clear(self, said: str) -> None:
        """Nothing is chosen; say something else instead."""
        self._rule = None
        self._drop_remedies()
        self.text.setText(escape(said))
        self.facts.setText("")
        for button in (self.show_button, self.edit_button, self.explain_button, self.answer_button):
            button.hide()

    def show_entry(self, entries: Entries, row: int) -> None:
        """Tell all of one entry."""
        found = entries.outcome_of(row)
        self._rule = found.rule if found is not None else None
        feature = entries.feature(row)
        self.show_button.setVisible(entries.geometry(row) is not None or feature is not None)
        self.edit_button.setVisible(feature is not None)
        self._offer_explaining(entries, [row])
        asks = self._rule is not None and asked_statement(self._rule) is not None
        lacking = self._data.remedies(self._rule) if self._rule is not None and found is not None else ()
        untested = found is not None and (bool(found.missing) or SHOWN[entries.outcome[row]] == "niet_toetsbaar")
        mending = [each for each in lacking if each.act != ANSWER] if untested else []
        self._offer_remedies(mending)
        self.text.setText(self._html(entries, row, not mending))
        self.facts.setText(self._facts(entries, row))
        self.answer_button.setVisible(asks and not any(each.act != ANSWER for each in lacking))
        self.scroll.verticalScrollBar().setValue(0)

    def show_many(self, entries: Entries, rows: Sequence[int]) -> None:
        """Tell how many are chosen."""
        self._rule = None
        self._drop_remedies()
        counts = [
            f"{OUTCOME_LOOKS[name].sign} {number(count)} {OUTCOME_LOOKS[name].word}"
            for place, name in enumerate(SHOWN)
            if (count := sum(int(entries.outcome[row]) == place for row in rows))
        ]
        said = self.tr("{count} chosen").format(count=number(len(rows)))
        rules = {entries.rule_text(row) for row in rows}
        title = next(iter(rules)) if len(rules) == 1 else said
        self.text.setText(_paragraphs([f"<b>{escape(title)}</b>", escape(f"{said}: {', '.join(counts)}")]))
        self.facts.setText("")
        self.show_button.setVisible(any(entries.geometry(row) is not None for row in rows))
        self.edit_button.hide()
        self.answer_button.hide()
        first = entries.outcome_of(rows[0])
        if len(rules) == 1 and first is not None and asked_statement(first.rule) is not None:
            self._rule = first.rule
            self.answer_button.show()
        self._offer_explaining(entries, rows)

    def _html(self, entries: Entries, row: int, tells: bool) -> str:
        """The rule, how firm it is, and what was found; without that where remedies tell it."""
        look = OUTCOME_LOOKS[SHOWN[entries.outcome[row]]]
        outcome = f"<span style='color:{look.colour.name()}'><b>{look.sign} {look.word}</b></span>"
        parts = [f"<b>{escape(entries.rule_text(row))}</b>", outcome + escape(self._firmness(entries, row))]
        if tells:
            parts.append(f"{self._who(entries, row)}{escape(entries.message(row))}{self._limit(entries, row)}")
        if entries.is_finding(row) and (explanation := entries.value(row, "motivering")):
            parts.append(escape(self._recorded(str(explanation))))
        return _paragraphs(parts)

    def _facts(self, entries: Entries, row: int) -> str:
        """On what ground, with which data."""
        facts = []
        found = entries.outcome_of(row)
        if found is not None:
            facts.append((self.tr("Source"), str(found.rule.citation)))
            datasets = entries.value(row, "dataset") if entries.is_finding(row) else found.dataset
            facts.append((self.tr("Data"), self._data.described(datasets)))
            facts.append((self.tr("Reading"), found.rule.note or ""))
            if found.rule.id in entries.standing.waiting:
                said = self.tr("older than the last edit: test all to judge the whole variant again")
                facts.append((self.tr("Outcome"), said))
        facts.append((self.tr("Attention"), self._data.refused))
        return _paragraphs([f"<i>{escape(name)}:</i> {escape(told)}" for name, told in facts if told])

    def _firmness(self, entries: Entries, row: int) -> str:
        word = entries.hardness_word(row)
        return f" · {word}" if word else ""

    @staticmethod
    def _who(entries: Entries, row: int) -> str:
        return f"<b>{escape(entries.feature_label(row))}</b>. " if entries.feature(row) is not None else ""

    def _limit(self, entries: Entries, row: int) -> str:
        """The measure and the limit, where the message does not tell them."""
        measured, limit, said = entries.measured(row), entries.limit(row), entries.message(row)
        told = []
        if measured and measured not in said:
            told.append(self.tr("Measured: {measured}.").format(measured=measured))
        if limit and limit not in said:
            told.append(self.tr("Limit: {limit}.").format(limit=limit))
        return escape(f" {' '.join(told)}") if told else ""

    def _offer_explaining(self, entries: Entries, rows: Sequence[int]) -> None:
        open_ = [row for row in rows if entries.is_finding(row) and SHOWN[entries.outcome[row]] == OVERTREEDT]
        can = [row for row in open_ if (found := entries.outcome_of(row)) is not None and may_be_explained(found.rule)]
        self.explain_button.setVisible(bool(open_))
        self.explain_button.setEnabled(bool(can))
        count = number(len(can))
        self.explain_button.setText(
            self.tr("Explain {count}…").format(count=count) if len(rows) > 1 and can else self.tr("Explain…")
        )
        self.explain_button.setToolTip(
            self.tr("Record why the plan departs from the rule here")
            if can
            else self.tr("This prohibition has no exception to appeal to: adjust the design")
        )

    def _offer_remedies(self, wanted: Sequence[Remedy]) -> None:
        self._drop_remedies()
        words = {BIND: self.tr("Bind data…"), PULL: self.tr("Pull"), SET: self.tr("Set a limit…")}
        for remedy in wanted[:_MOST_REMEDIES]:
            line = QWidget(self.scroll.widget())
            layout = QHBoxLayout(line)
            layout.setContentsMargins(0, 0, 0, 0)
            said = QLabel(remedy.why, line)
            said.setWordWrap(True)
            said.setTextFormat(Qt.TextFormat.PlainText)
            button = QPushButton(words[remedy.act], line)
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            button.setAccessibleDescription(remedy.why)
            button.clicked.connect(self._asker(remedy))
            layout.addWidget(said, 1)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            self._remedy_area.addWidget(line)
            self.remedies.append(button)

    def _asker(self, remedy: Remedy) -> Callable[[], None]:
        return lambda: self.remedy_asked.emit(remedy)

    def _drop_remedies(self) -> None:
        self.remedies.clear()
        while (item := self._remedy_area.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()

    def _button(self, text: str, tip: str, asked: Any) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        if asked is not None:
            button.clicked.connect(lambda: asked.emit())
        return button

    def _lay_out(self) -> None:
        inside = QWidget(self)
        column, buttons, layout = QVBoxLayout(inside), QHBoxLayout(), QVBoxLayout(self)
        for label in (self.text, self.facts):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(6)
        column.addWidget(self.text)
        column.addLayout(self._remedy_area)
        column.addWidget(self.facts)
        column.addStretch()
        self.scroll.setWidget(inside)
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for button in (self.show_button, self.edit_button, self.explain_button, self.answer_button):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.setSpacing(4)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.scroll, 1)
        layout.addLayout(buttons)
        self.setAccessibleName(self.tr("The chosen finding"))


def _paragraphs(parts: Sequence[str]) -> str:
    return "".join(f"<p style='margin-top:0; margin-bottom:5px'>{part}</p>" for part in parts)


def may_be_explained(rule: Rule) -> bool:
    """Whether an explanation can change the outcome of a rule."""
    return rule.hardness != VERBOD or bool(exceptions_to_invoke(rule))
