"""A run outside the desktop that is told to stop puts away what it began."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from qgis.utils import iface

from novex_plugin.core.errors import Cancelled

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopped(Cancelled):
    """The system or the user told the process to stop."""


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Within the block SIGINT and SIGTERM raise Stopped, so that half-written files are removed.

    In the desktop and in other threads nothing changes: there QGIS itself cancels a run.
    """
    if iface is not None or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {each: signal.signal(each, _stop) for each in _SIGNALS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler if handler is not None else signal.SIG_DFL)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped
