"""The test of the open variant: the whole when asked, and what changes while one draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QObject, pyqtSignal

if TYPE_CHECKING:
    from novex_plugin.ui.workbench import Workbench


class Testing(QObject):
    """Holds how the variant stands (`standing`, None before the first test)."""

    changed = pyqtSignal()
    """There is another `standing`, or none any more."""
    live_changed = pyqtSignal(bool)
    busy_changed = pyqtSignal(bool)
    """The whole variant is being tested, or that has ended."""
    progressed = pyqtSignal(float)
    """How much of it is done, in per cent."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
