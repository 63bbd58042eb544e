"""Drawing with a legend unit: the right layer, in edit mode, with QGIS's digitising, attributes filled in."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsGeometry
from qgis.gui import QgsAdvancedDigitizingDockWidget
from qgis.PyQt.QtCore import QMetaObject, QObject, pyqtSignal

from novex_plugin.qgis_adapter.drawing_tool import DrawingTool
from novex_plugin.ui.draw.measures import told_size
from novex_plugin.ui.draw.palette_model import Entry
from novex_plugin.ui.draw.remembered import use


class Drawing(QObject):
    """`active` is what is being drawn. `drawn` gives (layer, feature); `told` what is being drawn, empty when nothing
    is."""

    drawn = pyqtSignal(object, object)
    told = pyqtSignal(str)

    def __init__(self, workbench: Any, edits: Any, palette: Any) -> None:
        super().__init__(workbench)
        self.active: Entry | None = None
        self.tool: DrawingTool | None = None
        self._bench = workbench
        self._edits = edits
        self._palette = palette
        self._before: Any = None
        """The map tool that was in use."""
        self._own_cad: Any = None
        canvas = workbench.iface.mapCanvas()
        self._connections: list[QMetaObject.Connection] = [
            canvas.mapToolSet.connect(lambda tool, _: self._tool_changed(tool)),
            canvas.currentLayerChanged.connect(self._layer_changed),
        ]

    def release(self) -> None:
        """Stop, and leave the map as it was."""
        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections.clear()
        self.stop()
        if self._own_cad is not None:
            self._own_cad.deleteLater()
            self._own_cad = None

    def start(self, entry: Entry) -> None:
        """Draw with an entry of the palette."""
        self.stop()
        layer = self._edits.layer_of(entry.kind)
        if layer is None:
            return
        canvas = self._bench.iface.mapCanvas()
        self._bench.iface.setActiveLayer(layer)
        if canvas.currentLayer() is not layer:
            canvas.setCurrentLayer(layer)
        self._before = canvas.mapTool()
        self.tool = DrawingTool(canvas, self._cad(canvas), layer, entry.kind)
        self.tool.drawn.connect(self._take)
        self.tool.growing.connect(self._tell)
        self.tool.ended.connect(self.stop)
        self.active = entry
        self._ending = layer.editingStopped.connect(self.stop)
        self._going = layer.willBeDeleted.connect(self.stop)
        canvas.setMapTool(self.tool)
        canvas.setFocus()
        use(entry.key)
        self._palette.mark(entry.key)
        self._tell(QgsGeometry())

    def stop(self) -> None:
        """Draw no longer; the map tool that was in use comes back."""
        tool, self.tool, self.active = self.tool, None, None
        if tool is None:
            return
        for connection in (self._ending, self._going):
            QObject.disconnect(connection)
        canvas = self._bench.iface.mapCanvas()
        if canvas.mapTool() is tool:
            if self._before is not None:
                canvas.setMapTool(self._before)
            else:
                canvas.unsetMapTool(tool)
        self._before = None
        tool.deleteLater()
        self._palette.mark(None)
        self.told.emit("")

    def role_changed(self) -> None:
        """The next feature gets another role: stop when the unit cannot have it."""
        if self.active is not None and self._palette.role not in self.active.unit.roles:
            self.stop()
        elif self.active is not None:
            self._tell(QgsGeometry())

    def _take(self, geometry: QgsGeometry) -> None:
        entry, tool = self.active, self.tool
        if entry is None or tool is None:
            return
        row = self._edits.draw(tool.layer, entry.unit, self._palette.role, geometry)
        if row is not None:
            self.drawn.emit(tool.layer, row)
        self._tell(QgsGeometry())

    def _tell(self, geometry: QgsGeometry) -> None:
        if self.active is None:
            return
        size = told_size(geometry, self.active.kind)
        name = f"✎ {self.active.unit.label.nl}, {self._role_word()}"
        self.told.emit(f"{name} · {size}" if size else name)

    def _role_word(self) -> str:
        return str(self._palette.roles.currentText()).lower()

    def _tool_changed(self, tool: Any) -> None:
        """Somebody took another map tool."""
        if self.tool is not None and tool is not self.tool:
            self._before = None
            self.stop()

    def _layer_changed(self, layer: Any) -> None:
        """Somebody chose another layer in the list of layers."""
        if self.tool is not None and layer is not self.tool.layer:
            self.stop()

    def _cad(self, canvas: Any) -> QgsAdvancedDigitizingDockWidget:
        """QGIS's panel for exact input; where there is none, one that nobody sees."""
        cad = self._bench.iface.cadDockWidget()
        if isinstance(cad, QgsAdvancedDigitizingDockWidget):
            return cad
        if self._own_cad is None:
            self._own_cad = QgsAdvancedDigitizingDockWidget(canvas)
        return self._own_cad
