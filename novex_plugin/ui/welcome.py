"""The first page: the way in four sentences, shown once and from the menu after that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from novex_plugin.ui.look import icon

if TYPE_CHECKING:
    from novex_plugin.ui.workbench import Workbench

_ICON = 32


class Welcome(QDialog):
    """Four sentences and two ways to begin."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self.setWindowTitle(self.tr("NOVEX Puzzel: the way"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        layout = QVBoxLayout(self)
        layout.setSpacing(14)
        heading = QLabel(f"<h2>{self.tr('Lay the puzzle of the province')}</h2>")
        layout.addWidget(heading)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(14)
        grid.setColumnStretch(1, 1)
        for number, (name, text) in enumerate(self._sentences()):
            picture, sentence = QLabel(), QLabel(text)
            picture.setPixmap(icon(name).pixmap(_ICON, _ICON))
            sentence.setWordWrap(True)
            grid.addWidget(picture, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(sentence, number, 1)
        layout.addLayout(grid)
        layout.addStretch(1)
        buttons = QDialogButtonBox()
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        begin = buttons.addButton(self.tr("New proposal…"), QDialogButtonBox.ButtonRole.AcceptRole)
        begin.setDefault(True)
        buttons.accepted.connect(self._begin)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.setMinimumWidth(560)

    def release(self) -> None:
        """Nothing is connected outside this page."""

    def open(self) -> None:
        """Show the page; it does not show itself again."""
        if not self._workbench.settings.welcomed:
            self._workbench.change_settings(replace(self._workbench.settings, welcomed=True))
        super().open()

    def _begin(self) -> None:
        self.accept()
        self._workbench.ask("new")

    def _sentences(self) -> tuple[tuple[str, str], ...]:
        return (
            (
                "basisset",
                self.tr("<b>Basisset</b> finds the datasets that everybody uses and keeps a local copy of them."),
            ),
            ("draw", self.tr("<b>Draw</b> gives the agreed legend: choose a unit, draw it, fill in its numbers.")),
            (
                "check",
                self.tr(
                    "<b>Test</b> and <b>Balance</b> follow while drawing, and tell what the programmes forbid and ask."
                ),
            ),
            ("deliver", self.tr("<b>Deliver</b> hands over the proposal in one package, made and recomputed at once.")),
        )


def create(workbench: Workbench) -> Welcome:
    """The page, over QGIS's window."""
    return Welcome(workbench, workbench.iface.mainWindow())
