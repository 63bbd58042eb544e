"""How the making of a delivery ended: written and recomputed, or why not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from novex_plugin.core.dutch import number
from novex_plugin.ui.deliver.differences import DifferencesView

if TYPE_CHECKING:
    from novex_plugin.ui.deliver.making import Making

_STYLES = "layer_styles"
"""QGIS's own table stays behind in every delivery: that is no news."""


class OutcomeBox(QFrame):
    """Hidden until there is something to tell."""

    folder_asked = pyqtSignal()
    report_asked = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        rows = QVBoxLayout(self)
        self.label = QLabel(self)
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.differences = DifferencesView(self)
        self.differences.setMinimumHeight(8 * self.fontMetrics().height())
        self.folder = QPushButton(self.tr("Open folder"), self)
        self.report = QPushButton(self.tr("Open report"), self)
        self.copy = QPushButton(self.tr("Copy"), self)
        self.folder.clicked.connect(lambda: self.folder_asked.emit())
        self.report.clicked.connect(lambda: self.report_asked.emit())
        self.copy.clicked.connect(self._copy)
        rows.addWidget(self.label)
        rows.addWidget(self.differences)
        buttons = QHBoxLayout()
        for button in (self.folder, self.report, self.copy):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        rows.addLayout(buttons)
        self.shown = False
        self.clear()

    def text(self) -> str:
        return str(self.label.text())

    def clear(self) -> None:
        """Tell nothing."""
        self.shown = False
        self.hide()

    def release(self) -> None:
        self.differences.release()

    def show_made(self, made: Making) -> None:
        """Tell of a delivery that was written and recomputed."""
        if made.verified is None or made.exported is None:
            return
        wrong = bool(made.verified.differences)
        text = self.tr("Delivery written and recomputed: {outcome}")
        lines = [
            f"{'✕' if wrong else '✓'} {text.format(outcome=self.differences.summary(made.verified))}",
            made.target.name,
        ]
        if made.exported.open_findings:
            still = self.tr("{count} findings are open, and told in it")
            lines.append(still.format(count=number(made.exported.open_findings)))
        names = [each for each in made.exported.left_out if _STYLES not in each]
        if names:
            left = self.tr("Left out, as the agreement does not know it: {names}")
            lines.append(left.format(names=", ".join(names)))
        self.differences.show_outcome(made.verified)
        self.differences.setVisible(wrong)
        self._tell("\n".join(lines), made.target)

    def show_failure(self, text: str, written: Path | None = None) -> None:
        """Tell why there is no delivery, or none that was recomputed."""
        self.differences.hide()
        self._tell(text, written)

    def add(self, text: str) -> None:
        """Tell one thing more."""
        self.label.setText(f"{self.label.text()}\n{text}")

    def _tell(self, text: str, written: Path | None) -> None:
        self.label.setText(text)
        self.folder.setVisible(written is not None)
        self.report.setVisible(written is not None)
        self.shown = True
        self.show()

    def _copy(self) -> None:
        told = self.text()
        if self.differences.isVisible():
            told = f"{told}\n{self.differences.rows.text()}"
        QGuiApplication.clipboard().setText(told)
