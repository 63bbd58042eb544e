"""Set a value that the source of a rule does not give, with the reason for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import Qgis
from qgis.gui import QgsDoubleSpinBox
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from novex_plugin.core.errors import InputError
from novex_plugin.core.rules.bindings_edit import set_value
from novex_plugin.core.rules.model import LEAST_REASON, Rule, Value
from novex_plugin.core.rules.refusal import NUMBERS
from novex_plugin.core.rules.vocabulary import PARAMETERS
from novex_plugin.ui.check.reason import ReasonCount
from novex_plugin.ui.check.rule_data import RuleData

if TYPE_CHECKING:
    from novex_plugin.ui.workbench import Workbench

_MOST = 1e9


class ThresholdDialog(QDialog):
    """Writes to the bindings of the project."""

    def __init__(
        self, workbench: Workbench, data: RuleData, rule: Rule, parameter: str, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._bench, self._data, self._rule = workbench, data, rule
        self._parameter = rule.parameters[parameter]
        self.setWindowTitle(self.tr("Set a limit"))
        self.setMinimumWidth(400)
        self._number = self._parameter.unit in NUMBERS
        self.amount, self.text = QgsDoubleSpinBox(self), QLineEdit(self)
        self.reason, self.count = QPlainTextEdit(self), ReasonCount(self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.set = self.buttons.addButton(self.tr("Set"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._lay_out()
        self.amount.valueChanged.connect(lambda _: self._judge())
        self.text.textChanged.connect(lambda _: self._judge())
        self.reason.textChanged.connect(self._judge)
        self.buttons.rejected.connect(self.reject)
        self.buttons.accepted.connect(self.accept)
        self._judge()

    @property
    def value(self) -> Value | None:
        """What was filled in, None for nothing yet."""
        if self._number:
            return None if self.amount.value() == self.amount.minimum() else float(self.amount.value())
        words = tuple(word.strip() for word in self.text.text().split(",") if word.strip())
        return words or None

    def accept(self) -> None:
        """Write it to the bindings, and test with those from now on."""
        value = self.value
        if value is None or not self.set.isEnabled():
            return
        target = self._data.target()
        if target is None:
            return
        try:
            reason = self.reason.toPlainText()
            set_value(self._bench.bindings, target, self._rule.id, self._parameter.name, value, reason)
        except InputError as error:
            self._bench.warn(str(error))
            return
        super().accept()
        self._bench.use_bindings(target)
        said = self.tr("Limit set in {file}.").format(file=target.name)
        self._bench.tell(said, Qgis.MessageLevel.Success)
        self._bench.testing.test_all()

    def _lay_out(self) -> None:
        rule = QLabel(self._rule.nl, self)
        rule.setWordWrap(True)
        rule.setTextFormat(Qt.TextFormat.PlainText)
        source = QLabel(self.tr("In the source: {source}").format(source=self._parameter.source), self)
        source.setWordWrap(True)
        source.setTextFormat(Qt.TextFormat.PlainText)
        self.amount.setRange(-1, _MOST)
        self.amount.setSpecialValueText(self.tr("not set"))
        self.amount.setValue(-1)
        self.amount.setDecimals(2)
        self.amount.setSuffix(f" {self._parameter.unit}")
        self.amount.setShowClearButton(False)
        self.reason.setTabChangesFocus(True)
        self.reason.setMaximumHeight(self.reason.fontMetrics().height() * 5)
        self.text.setPlaceholderText(self.tr("separated by commas"))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        name = PARAMETERS.get(self._parameter.name, self._parameter.name)
        form.addRow(name[:1].upper() + name[1:], self.amount if self._number else self.text)
        (self.text if self._number else self.amount).hide()
        form.addRow(self.tr("Reason"), self.reason)
        form.addRow(self.count)
        layout = QVBoxLayout(self)
        layout.addWidget(rule)
        layout.addWidget(source)
        layout.addLayout(form)
        layout.addWidget(self.buttons)

    def _judge(self) -> None:
        length = len(self.reason.toPlainText().strip())
        self.count.show_length(length)
        self.set.setEnabled(self.value is not None and length >= LEAST_REASON)
