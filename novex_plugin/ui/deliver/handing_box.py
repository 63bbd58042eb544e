"""How a delivery is handed over: as a draft or final, where, and under which name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QDate, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFormLayout, QGroupBox, QHBoxLayout, QLabel, QLineEdit, QRadioButton, QWidget

if TYPE_CHECKING:
    from novex_plugin.ui.workbench import Workbench

_SUFFIX = ".zip"


class HandingBox(QGroupBox):
    """Keeps what the user chose; what was not touched follows the proposal."""

    changed = pyqtSignal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._chosen = self._placed = self._named = False
        self.setTitle(self.tr("Delivery"))
        rows = QFormLayout(self)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.final, self.draft = QRadioButton(self.tr("&Final"), self), QRadioButton(self.tr("D&raft"), self)
        self.final.setToolTip(self.tr("No finding is open, and every deviation has its reason"))
        self.draft.setToolTip(self.tr("Marked as a draft on the map and in the report; open findings are allowed"))
        self.draft.setChecked(True)
        kinds = QHBoxLayout()
        kinds.addWidget(self.draft)
        kinds.addWidget(self.final)
        kinds.addStretch(1)
        rows.addRow(self.tr("Kind"), kinds)
        self.folder = QgsFileWidget(self)
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.setDialogTitle(self.tr("Folder for the delivery"))
        self.name = QLineEdit(self)
        rows.addRow(self.tr("&Place"), self.folder)
        rows.addRow(self.tr("&Name"), self.name)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        rows.addRow("", self.said)
        for each in (self.draft, self.final):
            each.clicked.connect(self._choose)
        self.draft.toggled.connect(lambda _: self._draft_changed())
        self.folder.fileChanged.connect(lambda _: self._folder_changed())
        self.name.textEdited.connect(lambda _: self._name_edited())
        self.name.textChanged.connect(lambda _: self._judge())

    @property
    def target(self) -> Path:
        return Path(self.folder.filePath()) / self.name.text().strip()

    def follow(self, ready: bool) -> None:
        """Fill in what the user did not choose: final when nothing is open, beside the proposal, the usual name."""
        opened = self._workbench.proposal
        if opened is None:
            return
        if not self._chosen:
            (self.final if ready else self.draft).setChecked(True)
        if not self._placed:
            self.folder.blockSignals(True)
            self.folder.setFilePath(str(opened.place.folder))
            self.folder.blockSignals(False)
        if not self._named:
            self.name.setText(self.usual_name())
        self._judge()

    def forget(self) -> None:
        """Another proposal or variant: nothing of what was chosen holds."""
        self._chosen = self._placed = self._named = False

    def usual_name(self) -> str:
        """The name by the agreement's pattern: province, variant, draft or final, date."""
        opened = self._workbench.proposal
        if opened is None:
            return ""
        rule = opened.agreement.files
        kind = "concept" if self.draft.isChecked() else "definitief"
        day = QDate.currentDate().toString("yyyyMMdd")
        parts = ["novex", opened.province, self._workbench.variant, kind, day]
        signs = re.escape(rule.signs)
        name = re.sub(rf"[^a-z0-9{signs}]+", "-" if "-" in rule.signs else "", "-".join(parts).lower())
        return name[: rule.maximum - len(_SUFFIX)] + _SUFFIX

    def problem(self) -> str:
        """What is wrong with the place or the name, empty when nothing is."""
        opened, name = self._workbench.proposal, self.name.text().strip()
        folder = self.folder.filePath().strip()
        if opened is None:
            return ""
        if not folder or not Path(folder).is_absolute():
            return self.tr("Choose a folder for the delivery.")
        if Path(folder).exists() and not Path(folder).is_dir():
            return self.tr("The place is a file, no folder.")
        if not name.endswith(_SUFFIX) or len(name) == len(_SUFFIX):
            return self.tr("The name ends in .zip.")
        if not opened.agreement.files.allows(name):
            return opened.agreement.files.note.nl
        if self.target.is_dir():
            return self.tr("There is a folder of that name.")
        return ""

    def _choose(self) -> None:
        self._chosen = True
        self.changed.emit()

    def _draft_changed(self) -> None:
        if not self._named:
            self.name.setText(self.usual_name())
        self.changed.emit()

    def _folder_changed(self) -> None:
        self._placed = True
        self._judge()

    def _name_edited(self) -> None:
        self._named = True

    def _judge(self) -> None:
        said = self.problem()
        try:
            if not said and self.target.is_file():
                said = self.tr("There is a delivery of that name; it is replaced once the new one is whole.")
        except OSError:
            said = self.tr("The place cannot be reached.")
        self.said.setText(said)
        self.said.setVisible(bool(said))
        self.changed.emit()
