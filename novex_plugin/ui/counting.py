"""The balance of the open variant, counted again while one draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QObject, pyqtSignal

if TYPE_CHECKING:
    from novex_plugin.ui.workbench import Workbench


class Counting(QObject):
    """Holds the balance of the variant (`balance`, None before the first count)."""

    changed = pyqtSignal()
    busy_changed = pyqtSignal(bool)

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
