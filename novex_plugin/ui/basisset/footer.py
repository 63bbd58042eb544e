"""The last line of the dock: the buttons, or while something runs its progress in their place."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from novex_plugin.ui.basisset.layers import AS_LOCAL
from novex_plugin.ui.basisset.sources import WORDS
from novex_plugin.ui.look import icon


class Footer(QStackedWidget):
    """`show_asked` gives how (local, or the number of a service as text) the selected dataset goes on the map."""

    show_asked = pyqtSignal(str)
    pull_asked = pyqtSignal()
    cancel_asked = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_button = QToolButton(self)
        self.show_button.setText(self.tr("On map"))
        self.show_button.setIcon(icon("mActionAddLayer.svg"))
        self.show_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.show_button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.show_button.setMenu(QMenu(self.show_button))
        self.show_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.show_button.clicked.connect(lambda _: self._show_first())
        self.pull_button = QPushButton(self)
        self.pull_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.pull_button.clicked.connect(lambda _: self.pull_asked.emit())
        self.doing = QLabel(self)
        self.doing.setTextFormat(Qt.TextFormat.PlainText)
        self.doing.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(self.fontMetrics().height() // 2 + 2)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.cancel_button.clicked.connect(self._cancel)
        self._choices: list[tuple[str, str]] = []
        self._lay_out()
        self.show_choices([])
        self.count_ticked(0, 0)

    def show_choices(self, choices: list[tuple[str, str]]) -> None:
        """How the selected dataset can be put on the map: (how, type of service) pairs, the usual way first."""
        self._choices = choices
        menu = self.show_button.menu()
        menu.clear()
        for how, service in choices:
            as_service = self.tr("As service ({type})").format(type=WORDS.get(service, service))
            action = menu.addAction(self.tr("As local copy") if how == AS_LOCAL else as_service)
            action.triggered.connect(lambda _, chosen=how: self.show_asked.emit(chosen))
        self.show_button.setEnabled(bool(choices))
        if choices:
            tip = self.tr("Put the selected dataset on the map")
        else:
            tip = self.tr("Select a dataset that has a local copy or a service")
        self.show_button.setToolTip(tip)

    def count_ticked(self, count: int, failed: int) -> None:
        """How many datasets are ticked, and how many of them failed before."""
        again = failed and failed == count
        text = self.tr("Try again ({count})") if again else self.tr("Pull ({count})")
        self.pull_button.setText(text.format(count=count))
        self.pull_button.setEnabled(count > 0)
        tip = self.tr("Make local copies of the ticked datasets") if count else self.tr("Tick the datasets to pull")
        self.pull_button.setToolTip(tip)

    def show_busy(self, busy: bool) -> None:
        """Buttons, or progress in their place."""
        self.setCurrentIndex(1 if busy else 0)
        self.cancel_button.setEnabled(True)
        if not busy:
            self.bar.setValue(0)

    def show_progress(self, percent: float, text: str) -> None:
        """How far, and with what."""
        self.bar.setRange(0, 100 if percent > 0 else 0)
        self.bar.setValue(int(percent))
        self.doing.setText(text)
        self.doing.setToolTip(text)

    def _show_first(self) -> None:
        if self._choices:
            self.show_asked.emit(self._choices[0][0])

    def _cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self.doing.setText(self.tr("Stopping…"))
        self.cancel_asked.emit()

    def _lay_out(self) -> None:
        buttons, progress = QWidget(self), QWidget(self)
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.show_button)
        row.addWidget(self.pull_button)
        side = QVBoxLayout()
        side.setSpacing(2)
        side.addWidget(self.doing)
        side.addWidget(self.bar)
        line = QHBoxLayout(progress)
        line.setContentsMargins(0, 0, 0, 0)
        line.addLayout(side, 1)
        line.addWidget(self.cancel_button)
        self.addWidget(buttons)
        self.addWidget(progress)
