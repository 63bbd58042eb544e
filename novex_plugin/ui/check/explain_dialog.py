"""Ask why the plan departs from a rule, and record it in the proposal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from novex_plugin.core.check.explanations import exceptions_to_invoke
from novex_plugin.core.dutch import number
from novex_plugin.core.errors import InputError
from novex_plugin.core.progress import Progress
from novex_plugin.core.rules.model import LEAST_REASON, VERBOD, Rule
from novex_plugin.ui.check.entries import Entries
from novex_plugin.ui.check.reason import ReasonCount
from novex_plugin.ui.tasks import start

if TYPE_CHECKING:
    from novex_plugin.ui.workbench import Workbench

_MOST_TOLD = 5
_LAST_IJKMOMENT = 9999
TABLE = "motivering"


class ExplainDialog(QDialog):
    """Of one or many open findings; those are recorded as a check would read them back."""

    def __init__(self, workbench: Workbench, entries: Entries, rows: Sequence[int], parent: QWidget | None) -> None:
        super().__init__(parent)
        self._bench, self._entries, self._rows = workbench, entries, list(rows)
        self.setWindowTitle(self.tr("Explain"))
        self.setMinimumWidth(420)
        self.subject = QLabel(self._told(), self)
        self.subject.setWordWrap(True)
        self.subject.setTextFormat(Qt.TextFormat.RichText)
        self.reason, self.count = QPlainTextEdit(self), ReasonCount(self)
        self.organisation, self.role = QLineEdit(self), QLineEdit(self)
        self.exception, self.until = QComboBox(self), QSpinBox(self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.record = self.buttons.addButton(self.tr("Record"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._fill()
        self._lay_out()
        self.reason.textChanged.connect(self._judge)
        for field in (self.organisation, self.role):
            field.textChanged.connect(lambda _: self._judge())
        self.exception.currentIndexChanged.connect(lambda _: self._judge())
        self.exception.currentTextChanged.connect(self.exception.setToolTip)
        self.buttons.rejected.connect(self.reject)
        self.buttons.accepted.connect(self.accept)
        self._judge()

    def accept(self) -> None:
        """Record, and close at once: what follows is told in the message bar."""
        if self.record.isEnabled():
            self._record()
            super().accept()

    def _told(self) -> str:
        lines = [
            f"<b>{escape(self._entries.rule_text(row))}</b><br>{escape(self._entries.reading(row))}"
            for row in self._rows[:_MOST_TOLD]
        ]
        more = len(self._rows) - len(lines)
        if more > 0:
            lines.append(escape(self.tr("and {count} more").format(count=number(more))))
        return "".join(f"<p>{line}</p>" for line in lines)

    def _rules(self) -> list[Rule]:
        found = (self._entries.outcome_of(row) for row in self._rows)
        return list({each.rule.id: each.rule for each in found if each is not None}.values())

    def _fill(self) -> None:
        settings, rules = self._bench.settings, self._rules()
        self.organisation.setText(settings.organisation)
        self.role.setText(settings.role)
        self.reason.setTabChangesFocus(True)
        self.reason.setPlaceholderText(self.tr("Why this place, and what is done about it"))
        self.reason.setMinimumHeight(self.reason.fontMetrics().height() * 5)
        self.until.setRange(0, _LAST_IJKMOMENT)
        self.until.setSpecialValueText(self.tr("no end"))
        self.until.setToolTip(self.tr("After this ijkmoment the explanation no longer counts"))
        known = exceptions_to_invoke(rules[0]) if len(rules) == 1 else ()
        self._asks_exception = bool(known)
        if known and rules[0].hardness != VERBOD:
            self.exception.addItem(self.tr("none"), "")
        elif len(known) > 1:
            self.exception.addItem(self.tr("choose an exception"), None)
        for each in known:
            self.exception.addItem(each.nl, each.id)
            self.exception.setItemData(self.exception.count() - 1, each.nl, Qt.ItemDataRole.ToolTipRole)
        self.exception.setToolTip(self.exception.currentText())
        self.exception.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Reason"), self.reason)
        form.addRow(self.count)
        if self._asks_exception:
            form.addRow(self.tr("Exception"), self.exception)
        else:
            self.exception.hide()
        form.addRow(self.tr("Organisation"), self.organisation)
        form.addRow(self.tr("Role"), self.role)
        form.addRow(self.tr("Holds until ijkmoment"), self.until)
        layout = QVBoxLayout(self)
        layout.addWidget(self.subject)
        layout.addLayout(form)
        layout.addWidget(self.buttons)
        self.reason.setFocus()

    def _judge(self) -> None:
        length = len(self.reason.toPlainText().strip())
        self.count.show_length(length)
        names = bool(self.organisation.text().strip()) and bool(self.role.text().strip())
        chosen = not self._asks_exception or self.exception.currentData() is not None
        self.record.setEnabled(length >= LEAST_REASON and names and chosen)
        self.record.setToolTip("" if names else self.tr("Fill in the organisation and its role, never a person"))

    def _words(self) -> _Words:
        return _Words(
            closed=self.tr("The proposal is no longer open: nothing was recorded."),
            command=self.tr("Explain"),
            one=self.tr("1 explanation recorded; save the edits of the proposal to keep it."),
            many=self.tr("{count} explanations recorded; save the edits of the proposal to keep them."),
            again=self.tr("Test all to see the outcome of rules on the whole variant."),
        )

    def _record(self) -> None:
        """Make the rows in the background from what is on the screen, then add them to the table."""
        proposal, screen = self._bench.proposal, self._bench.screen
        layer = proposal.layers.get(TABLE) if proposal is not None else None
        if screen is None or layer is None:
            self._bench.warn(self.tr("The proposal is no longer open: nothing was recorded."))
            return
        taken, bench, told = screen.taken(), self._bench, self._words()
        words = {
            "reden": self.reason.toPlainText().strip(),
            "organisatie": self.organisation.text().strip(),
            "rol": self.role.text().strip(),
            "geldig_tot_ijkmoment": str(self.until.value() or ""),
            "uitzondering": str(self.exception.currentData() or ""),
        }
        entries, rows, layer_id = self._entries, self._rows, layer.id()

        def make(progress: Progress) -> Any:
            from novex_plugin.core.check.explain_findings import explain_findings

            rules = {name: each.rule for name, each in entries.rules.items()}
            findings = entries.standing.findings.take(_array(rows))
            return explain_findings(taken(), entries.standing.variant, findings, rules, words, datetime.now(UTC).date())

        def done(found: Any) -> None:
            current = bench.proposal.layers.get(TABLE) if bench.proposal is not None else None
            if current is None or current.id() != layer_id:
                bench.warn(told.closed)
                return
            _write(bench, current, found, told)

        start(self.tr("Explain findings"), make, done, bench.warn)


@dataclass(frozen=True)
class _Words:
    """What is said afterwards, when the dialog is gone."""

    closed: str
    command: str
    one: str
    many: str
    again: str


def _write(bench: Workbench, layer: QgsVectorLayer, found: Any, told: _Words) -> None:
    from novex_plugin.qgis_adapter.added_rows import put_rows, rows_of

    for refusal in dict.fromkeys(f"{each.problem} {each.remedy}" for each in found.refusals):
        bench.warn(refusal)
    if not len(found.rows):
        return
    rows = rows_of(found.rows)
    try:
        put_rows(layer, rows, {}, told.command)
    except InputError as error:
        bench.warn(str(error))
        return
    count = len(rows)
    said = told.one if count == 1 else told.many.format(count=number(count))
    whole = any(row["kenmerk"] is None for row in rows)
    bench.tell(f"{said} {told.again}" if whole else said, Qgis.MessageLevel.Success)


def _array(rows: Sequence[int]) -> Any:
    import numpy as np

    return np.array(rows, dtype=np.int64)
