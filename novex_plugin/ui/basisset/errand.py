"""One piece of work at a time, with what is being done and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.PyQt.QtCore import QObject, pyqtSignal

from novex_plugin.core.progress import Progress
from novex_plugin.ui.basisset.fetching import Listening
from novex_plugin.ui.tasks import Work, drop, start


class Errand(QObject):
    """Runs work in the background; `busy` while it runs. What it gives goes to `done`, in the main thread."""

    busy_changed = pyqtSignal(bool)
    progressed = pyqtSignal(float, str)
    """Per cent, and what is being done."""
    failed = pyqtSignal(str)
    stopped = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Work | None = None
        self._said = ""

    @property
    def busy(self) -> bool:
        """Whether something runs."""
        return self._work is not None

    def run(
        self, description: str, function: Callable[[Progress], Any], done: Callable[[Any], None], long: bool = False
    ) -> bool:
        """Start work; False when other work runs. QGIS shows `long` work in its status bar too."""
        if self.busy:
            return False
        self._said = description

        def work(progress: Progress) -> Any:
            return function(Listening(progress, self._hear))

        def finished(result: Any) -> None:
            self._end()
            done(result)

        self._work = start(description, work, finished, self._fail, self._stop, silent=not long)
        self._work.progressChanged.connect(self._progress)
        self.busy_changed.emit(True)
        self.progressed.emit(0.0, description)
        return True

    def cancel(self) -> None:
        """Ask the work to stop."""
        if self._work is not None:
            self._work.cancel()

    def release(self) -> None:
        """Stop, and hear nothing of it any more."""
        work, self._work = self._work, None
        drop(work)

    def _hear(self, message: str) -> None:
        """Called by the worker: only kept, the main thread shows it with the next progress."""
        self._said = message

    def _progress(self, percent: float) -> None:
        if self.busy:
            self.progressed.emit(percent, self._said)

    def _end(self) -> None:
        self._work = None
        self.busy_changed.emit(False)

    def _fail(self, message: str) -> None:
        self._end()
        self.failed.emit(message)

    def _stop(self) -> None:
        self._end()
        self.stopped.emit()
