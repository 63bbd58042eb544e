"""Hand over a proposal on one page, and read what others handed over on the other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.gui import QgsGui
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QTabWidget, QVBoxLayout, QWidget

from novex_plugin.ui.deliver.deliver_page import DeliverPage
from novex_plugin.ui.look import icon

if TYPE_CHECKING:
    from novex_plugin.ui.workbench import Workbench


def create(workbench: Workbench) -> DeliverDialog:
    """The dialog, not shown yet."""
    window = workbench.iface.mainWindow() if workbench.iface is not None else None
    return DeliverDialog(workbench, window)


class DeliverDialog(QDialog):
    """Stands beside the map: it blocks nothing, and what it started goes on when it is put away."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from novex_plugin.ui.deliver.receive_page import ReceivePage

        self.setObjectName("novex_deliver")
        self.setWindowTitle(self.tr("Deliver"))
        self.setWindowIcon(icon("deliver"))
        self.resize(640, 620)
        rows = QVBoxLayout(self)
        self.tabs = QTabWidget(self)
        self.deliver, self.receive = DeliverPage(workbench, self), ReceivePage(workbench, self)
        self.tabs.addTab(self.deliver, self.tr("&Deliver"))
        self.tabs.addTab(self.receive, self.tr("&Received"))
        rows.addWidget(self.tabs)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.rejected.connect(self.hide)
        rows.addWidget(buttons)
        self.deliver.left.connect(self.hide)
        self.deliver.button.setDefault(True)
        QgsGui.enableAutoGeometryRestore(self)

    def open(self) -> None:
        """Show it, without blocking the map."""
        self.show()
        self.raise_()
        self.activateWindow()

    def show_item(self, item: str) -> None:
        """Show the page of what was received; with the path of a delivery, that one too."""
        self.tabs.setCurrentWidget(self.receive)
        if item.lower().endswith(".zip"):
            self.receive.add([Path(item)])

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.deliver.watch()

    def hideEvent(self, event: Any) -> None:
        super().hideEvent(event)
        self.deliver.rest()

    def release(self) -> None:
        """Let go of everything."""
        self.deliver.release()
        self.receive.release()
