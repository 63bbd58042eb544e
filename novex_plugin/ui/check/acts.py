"""What the dock does when it is asked: explain, answer, mend, edit, copy, export. Edits go through edit buffers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from qgis.core import NULL
from qgis.PyQt.QtCore import QObject, QPoint
from qgis.PyQt.QtWidgets import QApplication, QDialog, QMenu

from novex_plugin.core.check.remedies import BIND, PULL, SET, Remedy
from novex_plugin.core.dutch import day
from novex_plugin.core.rules.model import OVERTREEDT, Rule
from novex_plugin.ui.check.detail import may_be_explained
from novex_plugin.ui.check.entries import SHOWN
from novex_plugin.ui.check.taking_out import Export, as_text
from novex_plugin.ui.look import icon

if TYPE_CHECKING:
    from novex_plugin.ui.check.dock import CheckDock

EXPLANATIONS = "motivering"


class Acts(QObject):
    """Works on what is chosen in the dock. One dialog is open at a time."""

    def __init__(self, dock: CheckDock) -> None:
        super().__init__(dock)
        self._dock = dock
        self._bench = dock.workbench
        self.dialog: QDialog | None = None
        """The dialog that is open."""

    def release(self) -> None:
        """Close what is open."""
        if self.dialog is not None:
            self.dialog.reject()
            self.dialog = None

    def recorded(self, identifier: str) -> str:
        """An explanation as it stands in the proposal, in one text."""
        proposal = self._bench.proposal
        layer = proposal.layers.get(EXPLANATIONS) if proposal is not None else None
        if layer is None or not layer.isValid():
            return self.tr("Explained.")
        for row in layer.getFeatures():
            if str(row["id"]) == identifier:
                names = [each for each in ("organisatie", "rol") if _text(row[each])]
                who = ", ".join(_text(row[each]) for each in names)
                when = day(_text(row["datum"])) if _text(row["datum"]) else ""
                said = self.tr("Explanation: {reason}").format(reason=_text(row["reden"]))
                ground = ", ".join(each for each in (who, when) if each)
                return f"{said} ({ground})" if ground else said
        return self.tr("Explained.")

    def feature_geometry(self, feature: str | None) -> Any:
        """The shape of a feature as it is on the screen (shapely, EPSG:28992); None, and a message, when it is gone."""
        proposal = self._bench.proposal
        if feature is None or proposal is None:
            return None
        found = proposal.feature(feature)
        if found is None:
            self._gone()
            return None
        shape = found[1].geometry()
        return None if shape.isNull() else shapely.from_wkb(bytes(shape.asWkb()), on_invalid="ignore")

    @staticmethod
    def together(geometry: Sequence[Any]) -> Any:
        """What surrounds all of these; None for nothing."""
        bounds = shapely.total_bounds(np.array(geometry, dtype=object)) if geometry else np.array([np.nan])
        return shapely.box(*bounds.tolist()) if np.isfinite(bounds).all() else None

    def edit(self) -> None:
        """Select the feature and bring the form to the front."""
        entries, rows = self._dock.entries, self._dock.chosen()
        proposal = self._bench.proposal
        if entries is None or not rows or proposal is None or (feature := entries.feature(rows[0])) is None:
            return
        found = proposal.feature(feature)
        if found is None:
            self._gone()
            return
        layer, row = found
        for other in proposal.features.values():
            other.removeSelection()
        layer.selectByIds([row.id()])
        self._bench.iface.setActiveLayer(layer)
        self._bench.ask("draw")

    def explain(self) -> None:
        """Ask for the reason, and record it for all open findings that are chosen."""
        from novex_plugin.ui.check.explain_dialog import ExplainDialog

        entries, rows = self._dock.entries, self._open_rows()
        if entries is None or not rows or not self._may_write(EXPLANATIONS):
            return
        self._open(ExplainDialog(self._bench, entries, rows, self._bench.iface.mainWindow()))

    def answer(self, rule: Rule) -> None:
        """Ask the question of a rule."""
        from novex_plugin.ui.check.answer_dialog import AnswerDialog

        entries = self._dock.entries
        if rule is None or entries is None or not self._may_write("verklaring"):
            return
        features = [feature for row in self._dock.chosen() if (feature := entries.feature(row)) is not None]
        self._open(AnswerDialog(self._bench, rule, list(dict.fromkeys(features)), self._bench.iface.mainWindow()))

    def mend(self, remedy: Remedy) -> None:
        """Carry out a remedy: bind, pull or set."""
        entries = self._dock.entries
        rows = self._dock.chosen()
        if entries is None or not rows or (found := entries.outcome_of(rows[0])) is None:
            return
        if remedy.act == PULL:
            self._bench.ask("basisset", remedy.subject)
        elif self._dock.data.bindings is None:
            self._bench.warn(self._dock.data.refused)
        elif remedy.act == BIND:
            from novex_plugin.ui.check.bind_dialog import BindDialog

            rules = tuple(each.rule for each in entries.rules.values())
            self._open(BindDialog(self._bench, self._dock.data, remedy.subject, rules, self._bench.iface.mainWindow()))
        elif remedy.act == SET:
            from novex_plugin.ui.check.threshold_dialog import ThresholdDialog

            parent = self._bench.iface.mainWindow()
            self._open(ThresholdDialog(self._bench, self._dock.data, found.rule, remedy.subject, parent))

    def copy(self) -> None:
        """Put what is chosen on the clipboard, as text."""
        entries, rows = self._dock.entries, self._dock.chosen()
        if entries is not None and rows:
            QApplication.clipboard().setText(as_text(entries, rows))

    def open_menu(self, at: QPoint) -> None:
        """The context menu of the findings."""
        menu = self.menu()
        menu.exec(at)
        menu.deleteLater()

    def menu(self) -> QMenu:
        """What can be done with what is chosen."""
        dock = self._dock
        menu, rows = QMenu(dock), dock.chosen()
        feature = dock.entries is not None and len(rows) == 1 and dock.entries.feature(rows[0]) is not None
        acts = (
            (
                icon("mActionZoomToSelected.svg"),
                self.tr("Zoom to the finding"),
                dock.detail.show_asked.emit,
                bool(rows),
            ),
            (icon("mActionToggleEditing.svg"), self.tr("Edit the feature"), self.edit, feature),
            (icon("mActionAnnotation.svg"), self.tr("Explain…"), self.explain, bool(self._open_rows())),
            (icon("mActionEditCopy.svg"), self.tr("Copy as text"), self.copy, bool(rows)),
        )
        for picture, text, act, possible in acts:
            action = menu.addAction(picture, text)
            action.triggered.connect(lambda _, act=act: act())
            action.setEnabled(bool(possible))
        menu.addSeparator()
        export = Export(self._bench, dock)
        menu.addAction(self.tr("Export what is shown (CSV)…"), export.shown)
        menu.addAction(self.tr("Export all outcomes (GeoPackage and JSON)…"), export.everything)
        return menu

    def _open_rows(self) -> list[int]:
        """The open findings among what is chosen that an explanation can change."""
        entries = self._dock.entries
        if entries is None:
            return []
        return [
            row
            for row in self._dock.chosen()
            if entries.is_finding(row)
            and SHOWN[entries.outcome[row]] == OVERTREEDT
            and (found := entries.outcome_of(row)) is not None
            and may_be_explained(found.rule)
        ]

    def _may_write(self, table: str) -> bool:
        """Whether a table of the proposal is open and can be edited; says what to do when not."""
        proposal = self._bench.proposal
        layer = proposal.layers.get(table) if proposal is not None else None
        if layer is None or not layer.isValid():
            said = self.tr("The table {table} of the proposal is not in the project. Add it to the project.")
        elif layer.readOnly() or (not layer.isEditable() and not layer.supportsEditing()):
            said = self.tr("The table {table} is read-only. Make the file writable, or work in a copy.")
        else:
            return True
        self._bench.warn(said.format(table=table))
        return False

    def _open(self, dialog: QDialog) -> None:
        self.release()
        self.dialog = dialog
        dialog.finished.connect(lambda _: self._closed(dialog))
        dialog.open()

    def _closed(self, dialog: QDialog) -> None:
        if self.dialog is dialog:
            self.dialog = None
        dialog.deleteLater()

    def _gone(self) -> None:
        self._bench.warn(self.tr("This feature is no longer in the proposal. Test again."))


def _text(value: Any) -> str:
    if value is None or value == NULL:
        return ""
    return value.toString("yyyy-MM-dd") if hasattr(value, "toString") else str(value)
