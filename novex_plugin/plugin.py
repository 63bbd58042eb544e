"""Wires the plugin into QGIS: the Processing provider, and later docks, settings and locator."""

from __future__ import annotations

from typing import Any

from qgis.core import Qgis, QgsApplication, QgsMessageLog

from novex_plugin import dependencies

LOG_TAG = "NOVEX Puzzel"


class NovexPlugin:
    """What QGIS loads. Without its libraries it still loads, and says in one message what is missing."""

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        self.provider: Any = None

    def initProcessing(self) -> None:
        """Add the Processing provider; called by qgis_process and by `initGui`."""
        absent = dependencies.missing()
        if absent is not None:
            self._tell(absent.message())
            return
        from novex_plugin.processing.provider import NovexProvider

        self.provider = NovexProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:
        """Called by the QGIS desktop."""
        self.initProcessing()

    def unload(self) -> None:
        """Leave nothing behind."""
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None

    def _tell(self, message: str) -> None:
        QgsMessageLog.logMessage(message, LOG_TAG, Qgis.MessageLevel.Critical)
        if self.iface is not None:
            self.iface.messageBar().pushMessage(LOG_TAG, message, Qgis.MessageLevel.Critical, 0)
