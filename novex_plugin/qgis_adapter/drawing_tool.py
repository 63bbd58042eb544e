"""QGIS's own digitising, with snapping, tracing and advanced input, that hands over what was drawn.

The new feature gets its attributes from whoever asked for the drawing. Nothing of the layer's form or defaults is
changed for it, so QGIS's own tool to add features keeps its form.
"""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsCompoundCurve,
    QgsCsException,
    QgsCurvePolygon,
    QgsGeometry,
    QgsLineString,
    QgsPoint,
    QgsProject,
    QgsVectorLayer,
)
from qgis.gui import (
    QgsAdvancedDigitizingDockWidget,
    QgsMapCanvas,
    QgsMapMouseEvent,
    QgsMapToolCapture,
    QgsMapToolDigitizeFeature,
)
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QKeyEvent

_MODES = {
    "vlak": QgsMapToolCapture.CaptureMode.CapturePolygon,
    "lijn": QgsMapToolCapture.CaptureMode.CaptureLine,
    "punt": QgsMapToolCapture.CaptureMode.CapturePoint,
}


class DrawingTool(QgsMapToolDigitizeFeature):
    """Draws in one layer. `drawn` gives each finished geometry, `growing` what it would be if it ended at the mouse."""

    drawn = pyqtSignal(object)
    growing = pyqtSignal(object)
    """A QgsGeometry in the CRS of the layer, empty when nothing is being drawn."""
    ended = pyqtSignal()
    """The user has done with drawing."""

    def __init__(
        self, canvas: QgsMapCanvas, cad: QgsAdvancedDigitizingDockWidget, layer: QgsVectorLayer, kind: str
    ) -> None:
        super().__init__(canvas, cad, _MODES[kind])
        self.layer = layer
        self._kind = kind
        self.setLayer(layer)
        self.digitizingCompleted.connect(lambda feature: self.drawn.emit(QgsGeometry(feature.geometry())))

    def cadCanvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        """Called by QGIS."""
        super().cadCanvasMoveEvent(event)
        self.growing.emit(self._so_far(event))

    def cadCanvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """Called by QGIS."""
        super().cadCanvasReleaseEvent(event)
        self.growing.emit(self._so_far(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the drawing, and once nothing is being drawn the tool."""
        idle = not self.isCapturing() or self.size() == 0
        super().keyPressEvent(event)
        if event.key() == Qt.Key.Key_Escape:
            self.growing.emit(QgsGeometry())
            if idle:
                self.ended.emit()

    def _so_far(self, event: Any) -> QgsGeometry:
        """What is drawn, with the mouse as its last point."""
        if not self.isCapturing() or self._kind == "punt":
            return QgsGeometry()
        curve = self.captureCurve()
        if curve is None or curve.numPoints() == 0:
            return QgsGeometry()
        whole = QgsCompoundCurve(curve)
        try:
            here = self.toLayerCoordinates(self.layer, event.mapPoint())
        except QgsCsException:
            return QgsGeometry()
        whole.addVertex(QgsPoint(here))  # noqa: QGS201 -- that of a curve answers nothing
        if self._kind == "lijn":
            return QgsGeometry(whole)
        return _area(whole)


def _area(border: QgsCompoundCurve) -> QgsGeometry:
    """The area that a line encloses once it is closed; empty for less than three points."""
    if border.numPoints() < 3:
        return QgsGeometry()
    first = border.startPoint()
    border.addCurve(QgsLineString([border.endPoint(), first]))
    area = QgsCurvePolygon()
    area.setExteriorRing(border)
    return QgsGeometry(area)


def whole_geometry(layer: QgsVectorLayer, drawn: QgsGeometry) -> QgsGeometry | None:
    """What was drawn as this layer holds it: multipart and without curves where it must be; None when it does not fit
    in one feature."""
    shapes = drawn.coerceToType(layer.wkbType())
    return shapes[0] if len(shapes) == 1 and not shapes[0].isEmpty() else None


def topological(layer: QgsVectorLayer, geometry: QgsGeometry) -> None:
    """Give neighbours the points of a new shape, where the project asks for that."""
    if QgsProject.instance().topologicalEditing():
        _ = layer.addTopologicalPoints(geometry)  # its answer tells failure also where no neighbour is near
