"""What takes the place of the buttons while something runs: what is being done, how far it is, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from novex_plugin.ui import tasks


class BusyRow(QWidget):
    """Runs one piece of work at a time and shows itself meanwhile."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work: Any = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.text = QLabel(self)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 100)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.stop)
        row.addWidget(self.text)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self.hide()

    @property
    def busy(self) -> bool:
        return self._work is not None

    def run(
        self,
        description: str,
        function: tasks.Function,
        done: Callable[[Any], None],
        failed: Callable[[str], None],
        stopped: Callable[[], None],
    ) -> None:
        """Start work; the functions are called in the main thread when it ended, with this row hidden again."""
        if self.busy:
            return

        def ended(then: Callable[..., None]) -> Callable[..., None]:
            def call(*given: Any) -> None:
                self._work = None
                self.hide()
                then(*given)

            return call

        self.text.setText(description)
        self.bar.setValue(0)
        self.cancel.setEnabled(True)
        self.show()
        self._work = tasks.start(description, function, ended(done), ended(failed), ended(stopped))
        self._work.progressChanged.connect(lambda done: self.bar.setValue(round(done)))

    def stop(self) -> None:
        """Ask the work to stop; it does so at its next step."""
        if self._work is not None:
            self.cancel.setEnabled(False)
            self.text.setText(self.tr("Stopping…"))
            self._work.cancel()

    def release(self) -> None:
        """Stop, and hear nothing of it."""
        if self._work is not None:
            tasks.drop(self._work)
            self._work = None
