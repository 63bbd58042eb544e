"""A proposal, opened in a project of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QTimer

from novex_plugin.core.errors import InputError
from novex_plugin.qgis_adapter.project_frame import LAYOUT_VERSION
from novex_plugin.qgis_adapter.project_making import arrange
from novex_plugin.qgis_adapter.proposal_place import InFile
from novex_plugin.ui.new_proposal.making import Made
from novex_plugin.ui.workbench import PROPOSAL, VARIANT

_SETTLE_MS = 500

LAYOUT = "layout"
"""Where the project keeps how it is arranged."""


class Opener:
    """Makes the project around what was made. `open` may be called again when the user gave up on it at first."""

    def __init__(self, workbench: Any, made: Made, project_file: Path | None) -> None:
        self._workbench = workbench
        self._made = made
        self._file = project_file

    def tr(self, text: str) -> str:
        """Translate; source strings are English."""
        return QCoreApplication.translate(type(self).__name__, text)

    def open(self) -> bool:
        """Put the project in the place of the one that is open, which QGIS asks about first; say what was done."""
        bench, iface, place = self._workbench, self._workbench.iface, self._made.sighted.place
        if not iface.newProject(True):
            said = self.tr("The proposal lies in {file}; the open project stayed as it was.").format(file=place.label)
            bench.tell(said, Qgis.MessageLevel.Info, (self.tr("Open it"), lambda: self.open()), 0)
            return False
        project = QgsProject.instance()
        if self._file is not None:
            # Named first: the project keeps paths as seen from its own place.
            project.setFileName(str(self._file))
        try:
            layers = arrange(project, self._made.sighted)
        except InputError as error:
            bench.warn(str(error))
            return False
        bench.state.set_text(LAYOUT, LAYOUT_VERSION)
        bench.state.set_text(VARIANT, self._made.sighted.variant)
        if isinstance(place, InFile):
            bench.state.set_path(PROPOSAL, place.path)
        self._show(layers)
        bench.refresh()
        self._tell()
        if self._file is not None:
            # The map settles first: where it shows another extent, QGIS counts the project as changed.
            # A function of its own: Qt keeps no object alive whose method it is to call.
            QTimer.singleShot(_SETTLE_MS, lambda: self._save())
        return True

    def _show(self, layers: dict[str, Any]) -> None:
        iface = self._workbench.iface
        iface.setActiveLayer(layers["voorstel_vlak"])
        canvas = iface.mapCanvas()
        canvas.setReferencedExtent(QgsProject.instance().viewSettings().defaultViewExtent())
        canvas.refresh()

    def _save(self) -> None:
        project = QgsProject.instance()
        if self._file is None or Path(project.fileName()) != self._file:
            return
        if not project.write():
            said = self.tr("The project cannot be saved as {file}: {reason} Save it in another place.")
            self._workbench.warn(said.format(file=self._file, reason=project.error()))

    def _tell(self) -> None:
        made, bench = self._made, self._workbench
        parts = [self.tr("The proposal lies in {file}.").format(file=made.sighted.place.label), made.told]
        level = Qgis.MessageLevel.Success
        if made.sighted.problems:
            level = Qgis.MessageLevel.Warning
            said = self.tr("{count} values depart from the agreement; a test names them.")
            parts.append(said.format(count=made.sighted.problems))
        text = " ".join(part for part in parts if part)
        if made.rejected is not None:
            button = (self.tr("Show rejected rows"), lambda: self._show_rejected())
            bench.tell(text, Qgis.MessageLevel.Warning, button, 0)
        else:
            bench.tell(text, level)

    def _show_rejected(self) -> None:
        show_rejected(self._workbench, self._made.rejected)


def show_rejected(workbench: Any, rejected: Path | None) -> None:
    """Open the rows that an import refused, each with its reason, as a layer."""
    if rejected is None:
        return
    layer = workbench.iface.addVectorLayer(f"{rejected}|layername=afgekeurd", rejected.stem, "ogr")
    if layer is not None and layer.isValid():
        workbench.iface.showAttributeTable(layer)
