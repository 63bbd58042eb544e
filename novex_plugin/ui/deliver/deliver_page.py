"""The page Leveren: what is still to be done, what goes along, how it is handed over, and one button."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from qgis.core import Qgis
from qgis.gui import QgsScrollArea
from qgis.PyQt.QtCore import QObject, Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import (
    QFrame,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from novex_plugin.ui.deliver import screen_look
from novex_plugin.ui.deliver.busy_row import BusyRow
from novex_plugin.ui.deliver.content_box import ContentBox
from novex_plugin.ui.deliver.forms import MetadataForm, ReasonForm
from novex_plugin.ui.deliver.handing_box import HandingBox
from novex_plugin.ui.deliver.outcome_box import OutcomeBox
from novex_plugin.ui.deliver.readiness import Readiness
from novex_plugin.ui.deliver.showing import Showing
from novex_plugin.ui.deliver.todo_rows import ToDoRows

if TYPE_CHECKING:
    from novex_plugin.ui.deliver.making import Making
    from novex_plugin.ui.workbench import Workbench


class DeliverPage(QStackedWidget):
    """`left` asks to put the dialog away, as the user goes to work elsewhere."""

    left = pyqtSignal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._making: Making | None = None
        self._reports: Path | None = None
        self.readiness = Readiness(workbench)
        self._showing = Showing(workbench)
        self.todos = ToDoRows(self)
        self.all_done = QLabel(self)
        self.content = ContentBox(self)
        self.handing = HandingBox(workbench, self)
        self.outcome = OutcomeBox(self)
        self.busy = BusyRow(self)
        self.reason = QLabel(self)
        self.button = QPushButton(self.tr("Deliver"), self)
        self.metadata, self.reasons = MetadataForm(workbench, self), ReasonForm(workbench, self)
        self.empty = self._empty()
        self._main = self._laid_out()
        for page in (self._main, self.empty, self.metadata, self.reasons):
            self.addWidget(page)
        self._connect()

    def watch(self) -> None:
        """Follow the proposal: the dialog is shown."""
        self.readiness.watch()

    def rest(self) -> None:
        """Follow nothing: the dialog is put away."""
        self.readiness.release()

    def release(self) -> None:
        """Stop everything."""
        for connection in self._connections:
            QObject.disconnect(connection)
        self.readiness.release()
        self.busy.release()
        self.outcome.release()
        if self._reports is not None:
            from shutil import rmtree

            rmtree(self._reports, ignore_errors=True)

    def deliver(self) -> None:
        """Save where that is asked for, and make the delivery in the background."""
        opened = self._workbench.proposal
        if opened is None or self.busy.busy:
            return
        wrong = screen_look.save(opened)
        if wrong:
            self.outcome.show_failure(self.tr("The edits could not be saved: {what}").format(what=wrong))
            return
        from novex_plugin.core.delivery.staging import Request
        from novex_plugin.ui.deliver.making import Making

        bench = self._workbench
        request = partial(
            Request,
            variant=bench.variant,
            snapshot=bench.snapshot,
            bindings=bench.bindings,
            draft=self.handing.draft.isChecked(),
            with_data=self.content.with_data.isChecked() and self.content.with_data.isEnabled(),
        )
        self._making = Making(opened, request, self.handing.target)
        self.outcome.clear()
        self.busy.run(self.tr("Making the delivery"), self._making.run, self._done, self._failed, self._stopped)
        self._refresh()

    def act(self, action: str) -> None:
        """Do what a line's button promises."""
        inside = {
            "save": self._save,
            "metadata": lambda: self._to_form(self.metadata),
            "datasets": lambda: self._to_form(self.reasons),
            "test": lambda: self._workbench.testing.test_all(),
            "testing": lambda: self._workbench.testing.cancel(),
            "look": self.readiness.look,
        }
        if action in inside:
            inside[action]()
            return
        steps = {"findings": "check", "basisset": "basisset", "draw": "draw", "new": "new"}
        if action in steps:
            self.left.emit()
            self._workbench.ask(steps[action])
            return
        found = self.readiness.file
        shown = self._showing.show(action, found.problems if found is not None else ())
        if shown and action != "tables":
            self.left.emit()

    def _laid_out(self) -> QWidget:
        page = QWidget(self)
        outer = QVBoxLayout(page)
        area = QgsScrollArea(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        inside = QWidget(area)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        box = QGroupBox(self.tr("Still to do"), inside)
        lines = QVBoxLayout(box)
        self.all_done.setTextFormat(Qt.TextFormat.PlainText)
        lines.addWidget(self.all_done)
        lines.addWidget(self.todos)
        for widget in (box, self.content, self.handing):
            rows.addWidget(widget)
        rows.addStretch(1)
        area.setWidget(inside)
        # The page of a tab may have another ground than a window.
        inside.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        outer.addWidget(area, 1)
        outer.addWidget(self.outcome)
        self.reason.setWordWrap(True)
        self.reason.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout()
        row.addWidget(self.reason, 1)
        row.addWidget(self.button)
        outer.addWidget(self.busy)
        outer.addLayout(row)
        return page

    def _empty(self) -> QWidget:
        page = QWidget(self)
        rows = QVBoxLayout(page)
        rows.addWidget(QLabel(self.tr("There is no proposal in this project yet."), page))
        button = QPushButton(self.tr("New proposal…"), page)
        button.clicked.connect(lambda: self.act("new"))
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        rows.addLayout(row)
        rows.addStretch(1)
        return page

    def _connect(self) -> None:
        bench = self._workbench
        self._connections = [
            bench.proposal_changed.connect(self._other),
            bench.variant_changed.connect(lambda _: self._other()),
        ]
        self.readiness.changed.connect(self._refresh)
        self.todos.asked.connect(self.act)
        self.handing.changed.connect(self._refresh_button)
        self.button.clicked.connect(self.deliver)
        self.outcome.folder_asked.connect(self._open_folder)
        self.outcome.report_asked.connect(self._open_report)
        for form in (self.metadata, self.reasons):
            form.closed.connect(self._back)
        self._refresh()

    def _other(self) -> None:
        self.handing.forget()
        self._refresh()

    def _refresh(self) -> None:
        opened = self._workbench.proposal is not None
        if not opened:
            self.setCurrentWidget(self.empty if not (self.busy.busy or self.outcome.shown) else self._main)
        elif self.currentWidget() is self.empty:
            self.setCurrentWidget(self._main)
        todos, file = self.readiness.todos, self.readiness.file
        self.todos.show_all(todos)
        self.todos.setVisible(bool(todos))
        done = self.tr("✓ Nothing is left to do.") if file is not None else self.tr("Looking at the proposal…")
        self.all_done.setText(done)
        self.all_done.setVisible(not todos or file is None)
        self.content.show_look(file)
        self.handing.follow(self.readiness.ready)
        self._refresh_button()

    def _refresh_button(self) -> None:
        opened = self._workbench.proposal
        unsaved = opened is not None and any(each.action == "save" for each in self.readiness.todos)
        self.button.setText(self.tr("Save and deliver") if unsaved else self.tr("Deliver"))
        count = self.readiness.stopping(self.handing.draft.isChecked())
        said = ""
        if self.readiness.stopping(True):
            said = self.tr("First do what is marked with ✕.")
        elif count:
            said = self.tr("A final delivery asks for what is marked with !; a draft can be made now.")
        self.reason.setText(said)
        free = opened is not None and not self.busy.busy
        looked = self.readiness.file is not None
        self.button.setEnabled(free and looked and not count and not self.handing.problem())
        self.button.setVisible(not self.busy.busy)
        self.handing.setEnabled(not self.busy.busy)
        self.content.with_data.setVisible(not self.busy.busy)

    def _save(self) -> None:
        opened = self._workbench.proposal
        wrong = screen_look.save(opened) if opened is not None else ""
        if wrong:
            self.outcome.show_failure(self.tr("The edits could not be saved: {what}").format(what=wrong))
        self.readiness.look()

    def _to_form(self, form: MetadataForm | ReasonForm) -> None:
        self.setCurrentWidget(form)
        form.load()

    def _back(self) -> None:
        self.setCurrentWidget(self._main)
        self.readiness.look()

    def _done(self, made: Making) -> None:
        if made.verified is None or made.exported is None:
            return
        self.outcome.show_made(made)
        self._refresh()
        self._tell_outside(self.outcome.text(), Qgis.MessageLevel.Success)

    def _failed(self, error: str) -> None:
        made = self._making
        if made is not None and made.exported is not None:
            text = self.tr("The delivery was written, but could not be recomputed: {why}")
        else:
            text = self.tr("No delivery was written: {why}")
        self.outcome.show_failure(text.format(why=error), self._written())
        self._refresh()
        self._tell_outside(self.outcome.text(), Qgis.MessageLevel.Warning)

    def _stopped(self) -> None:
        if self._written() is not None:
            text = self.tr("Stopped. The delivery is whole, but was not recomputed.")
        else:
            text = self.tr("Stopped. Nothing was written.")
        self.outcome.show_failure(text, self._written())
        self._refresh()

    def _written(self) -> Path | None:
        """The delivery, once it was written whole."""
        made = self._making
        return made.target if made is not None and made.exported is not None else None

    def _tell_outside(self, message: str, level: Qgis.MessageLevel) -> None:
        """Who put the dialog away hears how it ended."""
        if not self.isVisible():
            self._workbench.tell(message, level, (self.tr("Show"), lambda: self._workbench.ask("deliver")))

    def _open_folder(self) -> None:
        written = self._written()
        if written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(written.parent)))

    def _open_report(self) -> None:
        report = self.report()
        if report is None:
            self.outcome.add(self.tr("The report cannot be opened any more: the delivery was moved or changed."))
        else:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(report)))

    def report(self) -> Path | None:
        """The report of the delivery that was made last, as a file of its own."""
        from novex_plugin.core.unforeseen import UNFORESEEN
        from novex_plugin.ui.deliver.making import report_in

        written = self._written()
        if written is None:
            return None
        try:
            if self._reports is None:
                self._reports = Path(mkdtemp(prefix="novex-rapport-"))
            return report_in(written, self._reports)
        except UNFORESEEN:
            return None
