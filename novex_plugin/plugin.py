"""Wires the plugin into QGIS: the Processing provider and the desktop."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsApplication, QgsMessageLog, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QTranslator
from qgis.utils import iface

from novex_plugin import dependencies
from novex_plugin.qgis_adapter.log import LOG_TAG


class NovexPlugin:
    """What QGIS loads. Without its libraries it still loads, and says in one message what is missing."""

    def __init__(self) -> None:
        self.provider: Any = None
        self.desktop: Any = None
        self._editing: Any = None
        self._translator = QTranslator()
        dutch = Path(__file__).parent / "i18n" / "novex_nl.qm"
        if QgsApplication.locale().startswith("nl") and dutch.is_file():
            # Kept in memory: Qt would map the file, and fall over when an update of the plugin replaces it.
            self._dutch = dutch.read_bytes()
            if self._translator.loadFromData(self._dutch):
                QCoreApplication.installTranslator(self._translator)

    def initProcessing(self) -> None:
        """Add the Processing provider; called by qgis_process and by `initGui`."""
        absent = dependencies.missing()
        if absent is not None:
            _tell(absent.message())
            return
        from novex_plugin.processing.provider import NovexProvider

        provider = NovexProvider()
        if QgsApplication.processingRegistry().addProvider(provider):
            self.provider = provider
        else:
            _tell("Processing nam de algoritmen van NOVEX Puzzel niet op; zie het logpaneel Processing.")

    def initGui(self) -> None:
        """Called by the QGIS desktop."""
        self.initProcessing()
        if self.provider is not None:
            from novex_plugin.qgis_adapter.editing_together import EditingTogether

            self._editing = EditingTogether(QgsProject.instance(), _tell)
            QgsProject.instance().layersAdded.connect(self._relate)
            self._relate(None)
            if iface is not None:
                from novex_plugin.ui.desktop import Desktop

                self.desktop = Desktop(iface)

    def unload(self) -> None:
        """Leave nothing behind."""
        if self.desktop is not None:
            self.desktop.release()
            self.desktop = None
        if self._editing is not None:
            QgsProject.instance().layersAdded.disconnect(self._relate)
            self._editing.release()
            self._editing = None
        if self.provider is not None and QgsApplication.processingRegistry().removeProvider(self.provider):
            self.provider = None
        QCoreApplication.removeTranslator(self._translator)

    def _relate(self, _: object) -> None:
        """Let the forms of a proposal show its contributions, as soon as both are open, and edit them as one."""
        from novex_plugin.qgis_adapter.relations import relate_contributions

        project = QgsProject.instance()
        relate_contributions(project)
        self._editing.watch_proposals()


def _tell(message: str) -> None:
    QgsMessageLog.logMessage(message, LOG_TAG, Qgis.MessageLevel.Critical)
    if iface is not None:
        iface.messageBar().pushMessage(LOG_TAG, message, Qgis.MessageLevel.Critical, 0)
