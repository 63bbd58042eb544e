"""Answer the question that a rule asks, for the whole variant or for single features."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qgis.core import NULL, Qgis, QgsFeature, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from novex_plugin.core.check.remedies import asked_statement
from novex_plugin.core.dutch import number
from novex_plugin.core.errors import InputError
from novex_plugin.core.rules.kinds.answers import NOT_APPLICABLE
from novex_plugin.core.rules.kinds.statement import OF_PROPOSAL
from novex_plugin.core.rules.model import LEAST_REASON, OPEN, Rule
from novex_plugin.ui.check.reason import ReasonCount

if TYPE_CHECKING:
    from novex_plugin.ui.workbench import Workbench

TABLE = "verklaring"
_YES, _NO = "ja", "nee"


class AnswerDialog(QDialog):
    """`features` are those of the findings that were chosen; what is selected on the map can be answered for too."""

    def __init__(self, workbench: Workbench, rule: Rule, features: Sequence[str], parent: QWidget | None) -> None:
        super().__init__(parent)
        self._bench, self._rule = workbench, rule
        self._statement = str(asked_statement(rule))
        self.setWindowTitle(self.tr("Answer"))
        self.setMinimumWidth(400)
        self.about = QComboBox(self)
        self.answers = QButtonGroup(self)
        self.open_answer = QLineEdit(self)
        self.explanation, self.count = QPlainTextEdit(self), ReasonCount(self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.record = self.buttons.addButton(self.tr("Record"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._offer_about(list(features))
        self._lay_out()
        self.answers.buttonToggled.connect(lambda *_: self._judge())
        self.open_answer.textChanged.connect(lambda _: self._judge())
        self.explanation.textChanged.connect(self._judge)
        self.about.currentIndexChanged.connect(lambda _: self._show_given())
        self.buttons.rejected.connect(self.reject)
        self.buttons.accepted.connect(self.accept)
        self._show_given()
        self._judge()

    @property
    def answer(self) -> str:
        """What is answered, empty for nothing yet."""
        chosen = self.answers.checkedButton()
        value = str(chosen.property("answer")) if chosen is not None else ""
        return self.open_answer.text().strip() if value == OPEN else value

    def choose(self, answer: str) -> None:
        """Choose one of the answers."""
        for button in self.answers.buttons():
            if button.property("answer") == answer:
                button.setChecked(True)

    def accept(self) -> None:
        """Write the answer into the edits of the table."""
        proposal = self._bench.proposal
        layer = proposal.layers.get(TABLE) if proposal is not None else None
        if not self.record.isEnabled():
            return
        if layer is None:
            self._bench.warn(self.tr("The proposal is no longer open: nothing was recorded."))
            super().reject()
            return
        try:
            self._write(layer)
        except InputError as error:
            self._bench.warn(str(error))
            return
        said = self.tr("Answer recorded; save the edits of the proposal to keep it.")
        if self.about.currentData() is None:
            said += " " + self.tr("Test all to see the outcome.")
        self._bench.tell(said, Qgis.MessageLevel.Success)
        super().accept()

    def _offer_about(self, features: list[str]) -> None:
        of_proposal = self._rule.kind == "statement" and self._rule.parameters["scope"].value == OF_PROPOSAL
        if features and not of_proposal:
            said = (
                self.tr("the feature that was chosen") if len(features) == 1 else self.tr("the {count} features chosen")
            )
            self.about.addItem(said.format(count=number(len(features))), features)
        self.about.addItem(self.tr("the whole variant"), None)
        proposal = self._bench.proposal
        selected = [
            str(row["id"])
            for layer in (proposal.features.values() if proposal is not None else ())
            for row in layer.getSelectedFeatures()
            if self._asked_of(row)
        ]
        if selected and not of_proposal:
            said = self.tr("what is selected on the map ({count})").format(count=number(len(selected)))
            self.about.addItem(said, selected)

    def _asked_of(self, row: QgsFeature) -> bool:
        return str(row["legenda"]) in self._rule.subject.units and str(row["variant"]) == self._bench.variant

    def _choices(self) -> list[tuple[str, str]]:
        if self._rule.kind == "prefer-order":
            steps = self._rule.parameters["order"].value
            names = steps if isinstance(steps, tuple) else (str(steps or ""),)
            return [(str(place), f"{place}. {name}") for place, name in enumerate(names, 1)]
        if self._rule.question is not None and self._rule.question.answer == OPEN:
            return [(OPEN, self.tr("Answer:")), (NOT_APPLICABLE, self.tr("not applicable"))]
        return [(_YES, self.tr("yes")), (_NO, self.tr("no")), (NOT_APPLICABLE, self.tr("not applicable"))]

    def _lay_out(self) -> None:
        asked = self._rule.question.nl if self._rule.question is not None else self._rule.nl
        question = QLabel(asked, self)
        question.setWordWrap(True)
        question.setTextFormat(Qt.TextFormat.PlainText)
        font = question.font()
        font.setBold(True)
        question.setFont(font)
        rule = QLabel(self._rule.nl, self)
        rule.setWordWrap(True)
        rule.setTextFormat(Qt.TextFormat.PlainText)
        rule.setVisible(asked != self._rule.nl)
        layout, form = QVBoxLayout(self), QFormLayout()
        layout.addWidget(question)
        layout.addWidget(rule)
        for value, word in self._choices():
            button = QRadioButton(word, self)
            button.setProperty("answer", value)
            self.answers.addButton(button)
            layout.addWidget(button)
            if value == OPEN:
                layout.addWidget(self.open_answer)
        self.open_answer.setVisible(any(value == OPEN for value, _ in self._choices()))
        self.explanation.setTabChangesFocus(True)
        self.explanation.setMaximumHeight(self.explanation.fontMetrics().height() * 5)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Explanation"), self.explanation)
        form.addRow(self.count)
        form.addRow(self.tr("Holds for"), self.about)
        layout.addLayout(form)
        layout.addWidget(self.buttons)

    def _judge(self) -> None:
        length = len(self.explanation.toPlainText().strip())
        reasoned = self.answer == NOT_APPLICABLE or (self._rule.kind == "prefer-order" and self.answer not in ("", "1"))
        self.count.show_length(length)
        self.count.setVisible(reasoned)
        self.record.setEnabled(bool(self.answer) and (not reasoned or length >= LEAST_REASON))

    def _show_given(self) -> None:
        """Start from the answer that is there."""
        proposal = self._bench.proposal
        layer = proposal.layers.get(TABLE) if proposal is not None else None
        about: list[str | None] = self.about.currentData() or [None]
        found = self._given(layer).get(about[0], []) if layer is not None and layer.isValid() else []
        if layer is None or not found:
            return
        row = layer.getFeature(found[0])
        given, said = _text(row["waarde"]), _text(row["toelichting"])
        known = [str(button.property("answer")) for button in self.answers.buttons()]
        if given in known:
            self.choose(given)
        elif given and OPEN in known:
            self.choose(OPEN)
            self.open_answer.setText(given)
        self.explanation.setPlainText(said)

    def _write(self, layer: QgsVectorLayer) -> None:
        """Change the answers that are there, add the others; all in one step to undo."""
        from novex_plugin.core.proposal.create import new_id
        from novex_plugin.qgis_adapter.added_rows import put_rows

        about: list[str | None] = self.about.currentData() or [None]
        values = {"waarde": self.answer, "toelichting": self.explanation.toPlainText().strip() or None}
        given = self._given(layer)
        changed = {row: values for feature in about for row in given.get(feature, ())}
        head = {"variant": self._bench.variant, "verklaring": self._statement}
        added = [head | values | {"id": new_id(), "kenmerk": each} for each in about if each not in given]
        put_rows(layer, added, changed, self.tr("Answer"))

    def _given(self, layer: QgsVectorLayer) -> dict[str | None, list[int]]:
        """The rows with answers that are on the screen, by their feature (None: the whole variant)."""
        rows: dict[str | None, list[int]] = {}
        for row in layer.getFeatures():
            if str(row["verklaring"]) == self._statement and str(row["variant"]) == self._bench.variant:
                rows.setdefault(_feature(row["kenmerk"]), []).append(row.id())
        return rows


def _text(value: Any) -> str:
    return "" if value is None or value == NULL else str(value)


def _feature(value: Any) -> str | None:
    return None if value in (None, "") or value == NULL else str(value)
