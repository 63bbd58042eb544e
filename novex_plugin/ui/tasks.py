"""Work in the background, with progress and cancel, whose end is heard in the main thread."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from typing import Any

from qgis.core import Qgis, QgsApplication, QgsMessageLog, QgsTask
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QCoreApplication, QElapsedTimer, QEventLoop

from novex_plugin.core.errors import Cancelled, InputError
from novex_plugin.core.progress import Progress
from novex_plugin.qgis_adapter.log import LOG_TAG

Function = Callable[[Progress], Any]
Told = Callable[[str], None]

_TURN_S = 0.0005
"""How long a worker goes on in Python while the main thread waits for its turn: ten of Python's own turns of 5 ms are
what one sees of a map that is dragged."""

_LONGEST_END_MS = 3_000

_running: set[Work] = set()
"""QGIS does not keep the Python half of a task alive."""

_usual_turn_s = sys.getswitchinterval()


class Work(QgsTask):
    """One piece of work: `function` runs in a worker and gets a Progress; the other functions run in the main thread.

    `done` gets its result. `failed` gets what is wrong and what to do, in Dutch. `stopped` is called after a cancel.
    `told` gets what the work says on its way. A silent work shows nothing in the status bar of QGIS.
    """

    def __init__(self, description: str, function: Function, silent: bool = False) -> None:
        flags = QgsTask.Flag.CanCancel
        if silent:
            flags |= QgsTask.Flag.Hidden | QgsTask.Flag.Silent
        super().__init__(description, flags)
        self._function = function
        self._result: Any = None
        self._error: str | None = None
        self.done: Callable[[Any], None] | None = None
        self.failed: Told | None = None
        self.stopped: Callable[[], None] | None = None

    def run(self) -> bool:
        from novex_plugin.core.unforeseen import UNFORESEEN

        try:
            self._result = self._function(TaskProgress(self))
        except Cancelled:
            return False
        except InputError as error:
            self._error = str(error)
            return False
        except UNFORESEEN as error:
            details = "".join(traceback.format_exception(error))
            QgsMessageLog.logMessage(details, LOG_TAG, Qgis.MessageLevel.Critical, False)
            self._error = f"Onverwachte fout ({type(error).__name__}: {str(error)[:300]}). Zie het logpaneel."
            return False
        return True

    def finished(self, result: bool) -> None:
        """Called by QGIS in the main thread."""
        _end(self)
        if result and not self.isCanceled():
            if self.done is not None:
                self.done(self._result)
        elif self._error is not None:
            if self.failed is not None:
                self.failed(self._error)
        elif self.stopped is not None:
            self.stopped()


def _begin(work: Work) -> None:
    """Keep the work, and let threads take short turns while any runs."""
    global _usual_turn_s
    if not _running:
        _usual_turn_s = sys.getswitchinterval()
        sys.setswitchinterval(_TURN_S)
    _running.add(work)


def _end(work: Work) -> None:
    if work in _running:
        _running.discard(work)
        if not _running:
            sys.setswitchinterval(_usual_turn_s)


class TaskProgress:
    """A task as the progress that the core reports to; warnings go to the log panel."""

    def __init__(self, task: QgsTask) -> None:
        self._task = task

    def fraction(self, done: float) -> None:
        """Pass on how much is done, from 0 to 1."""
        self._task.setProgress(100.0 * done)

    def info(self, message: str) -> None:
        """What is being done is for those who read the log."""

    def warning(self, message: str) -> None:
        """Keep what went wrong without stopping the work."""
        QgsMessageLog.logMessage(message, LOG_TAG, Qgis.MessageLevel.Warning, False)

    def cancelled(self) -> bool:
        """Say whether the user asked to stop, or QGIS is closing."""
        return bool(self._task.isCanceled())


def start(
    description: str,
    function: Function,
    done: Callable[[Any], None] | None = None,
    failed: Told | None = None,
    stopped: Callable[[], None] | None = None,
    silent: bool = False,
) -> Work:
    """Start work in the background and give it, so that it can be followed (`progressChanged`) and cancelled."""
    work = Work(description, function, silent)
    work.done, work.failed, work.stopped = done, failed, stopped
    _begin(work)
    QgsApplication.taskManager().addTask(work)
    return work


def drop(work: Work | None) -> None:
    """Cancel work and let go of who waits for it; QGIS may have deleted it already."""
    if work is None:
        return
    work.done = work.failed = work.stopped = None
    if sip.isdeleted(work):
        _end(work)
    else:
        work.cancel()


def stop_all() -> None:
    """Cancel what still runs, let go of who waits for it, and wait until it has ended: the plugin is unloaded, and when
    QGIS closes what a worker still draws with is gone a moment later."""
    for work in tuple(_running):
        drop(work)
    wait_until_done(_LONGEST_END_MS)


def wait_until_done(most_ms: int) -> bool:
    """Let QGIS run, without its user, until no work runs; False when that takes longer."""
    since = QElapsedTimer()
    since.start()
    while _running and since.elapsed() < most_ms:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, 20)
    return not _running
