"""Findings on the map, over everything: drawn by the canvas alone, so that nothing of it is saved or printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsLineSymbolLayer,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsSymbol,
)
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtCore import QMetaObject, QObject, QTimer
from qgis.PyQt.QtGui import QColor, QCursor
from qgis.PyQt.QtWidgets import QToolTip

from novex_plugin.core.features.overlay import of_dimension
from novex_plugin.core.features.table import multi
from novex_plugin.qgis_adapter.finding_styles import finding_symbol
from novex_plugin.ui.check.entries import SHOWN, Entries
from novex_plugin.ui.look import OUTCOME_LOOKS

MOST = 1_500
"""Findings that are drawn at once, the gravest first: more can nobody tell apart, and the map would get slow."""

MOST_HATCHED = 60
"""With more findings in view only their edges are drawn, thin: the plan itself has to stay readable."""

_QUIET_MS = 150
_HOVER_MS = 250
_REACH_PX = 6
_DRAWN = SHOWN[:3]
_KINDS = {
    2: ("vlak", Qgis.GeometryType.Polygon),
    1: ("lijn", Qgis.GeometryType.Line),
    0: ("punt", Qgis.GeometryType.Point),
}
_RD = "EPSG:28992"


class FindingMarks(QObject):
    """Draws the findings that are shown, as far as they lie in the view of a canvas."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__()
        self._canvas = canvas
        self._bands: list[QgsRubberBand] = []
        self._entries: Entries | None = None
        self._rows: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._chosen: NDArray[np.int64] = self._rows
        self._drawn: NDArray[np.int64] = self._rows
        self._tree: shapely.STRtree | None = None
        self._seen, self._calm = True, False
        self._redraw, self._hover = self._timer(_QUIET_MS, self.draw), self._timer(_HOVER_MS, self._tell)
        self._at = QgsPointXY()
        self._connections: list[QMetaObject.Connection] = [
            canvas.extentsChanged.connect(self._redraw.start),
            canvas.destinationCrsChanged.connect(self._redraw.start),
            canvas.xyCoordinates.connect(self._moved),
        ]

    def release(self) -> None:
        """Take everything off the map."""
        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections.clear()
        self._redraw.stop()
        self._hover.stop()
        self._clear()

    @property
    def drawn(self) -> list[int]:
        """The entries that are on the map."""
        return [int(row) for row in self._drawn]

    def show_rows(self, entries: Entries | None, rows: NDArray[np.int64]) -> None:
        """Draw these entries, a moment later: they may change again at once."""
        self._entries, self._rows = entries, rows
        self._redraw.start()

    def choose(self, rows: Sequence[int]) -> None:
        """Draw these too where they are about the variant as a whole: their ground may be half the province, and hatch
        all that is drawn, so that they are shown only while they are chosen."""
        chosen = np.array(rows, dtype=np.int64)
        if not np.array_equal(chosen, self._chosen):
            self._chosen = chosen
            self._redraw.start()

    def set_seen(self, seen: bool) -> None:
        """Draw findings or leave the map alone."""
        self._seen = seen
        self._redraw.start()

    def draw(self) -> None:
        """Draw what lies in the view."""
        self._clear()
        if self._entries is None or not self._seen:
            return
        rows = self._rows[self._rows < self._entries.findings]
        rows = rows[(self._entries.outcome[rows] >= 0) & (self._entries.outcome[rows] < len(_DRAWN))]
        about = self._entries.standing.findings.columns["kenmerk"][rows].astype(bool)
        rows = rows[about | np.isin(rows, self._chosen)]
        west, south, east, north = self.extent() or (np.nan,) * 4
        bounds = self._entries.bounds[rows]
        seen = (bounds[:, 0] <= east) & (bounds[:, 2] >= west) & (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
        rows = rows[seen]
        rows = rows[np.argsort(self._entries.outcome[rows], kind="stable")][:MOST]
        geometry = self._entries.standing.findings.geometry[rows]
        self._drawn, self._tree = rows, shapely.STRtree(geometry)
        self._calm = len(rows) > MOST_HATCHED
        outcomes, dimensions = self._entries.outcome[rows], shapely.get_dimensions(geometry)
        for place in reversed(range(len(_DRAWN))):
            for dimension in _KINDS:
                chosen = geometry[(outcomes == place) & (dimensions == dimension)]
                if len(chosen):
                    self._bands.append(self._band(_DRAWN[place], dimension, chosen))

    def extent(self) -> tuple[float, float, float, float] | None:
        """The view of the map in EPSG:28992 (m); None where that cannot be told."""
        try:
            seen = self._to_rd().transformBoundingBox(self._canvas.extent())
        except QgsCsException:
            return None
        return seen.xMinimum(), seen.yMinimum(), seen.xMaximum(), seen.yMaximum()

    def zoom_to(self, geometry: Any) -> bool:
        """Bring a geometry (shapely, EPSG:28992) in view; False where that cannot be done."""
        if geometry is None or geometry.is_empty:
            return False
        bounds = np.array(geometry.bounds)
        if not np.isfinite(bounds).all():
            return False
        west, south, east, north = bounds.tolist()
        room = max((east - west) * 0.4, (north - south) * 0.4, 60.0)
        wanted = QgsRectangle(west - room, south - room, east + room, north + room)
        try:
            self._canvas.setExtent(self._from_rd().transformBoundingBox(wanted))
        except QgsCsException:
            return False
        self._canvas.refresh()
        return True

    def pulse(self, outcome: str, geometry: Any) -> None:
        """Let a geometry light up once."""
        if geometry is None or geometry.is_empty:
            return
        colour = QColor(OUTCOME_LOOKS[outcome].colour)
        faded = QColor(colour)
        colour.setAlpha(190)
        faded.setAlpha(0)
        crs = QgsCoordinateReferenceSystem(_RD)
        self._canvas.flashGeometries([_as_qgis(geometry)], crs, colour, faded, 1, 900)

    def _band(self, outcome: str, dimension: int, geometry: NDArray[np.object_]) -> QgsRubberBand:
        name, kind = _KINDS[dimension]
        band = QgsRubberBand(self._canvas, kind)
        colour = OUTCOME_LOOKS[outcome].colour
        if dimension:
            band.setSymbol(_calmed(finding_symbol(outcome, name), self._calm))
        else:
            band.setIcon(QgsRubberBand.IconType.ICON_CIRCLE)
            band.setIconSize(13)
            band.setColor(colour)
            band.setFillColor(QColor(0, 0, 0, 0))
            band.setWidth(2)
        parts = multi(of_dimension(geometry, np.full(len(geometry), dimension)))
        together = QgsGeometry.collectGeometry([_as_qgis(part) for part in parts])
        band.setToGeometry(together, QgsCoordinateReferenceSystem(_RD))
        return band

    def _moved(self, point: QgsPointXY) -> None:
        if self._tree is not None and len(self._drawn):
            self._at = point
            self._hover.start()

    def _tell(self) -> None:
        """Say in one line what lies under the mouse."""
        if self._tree is None or self._entries is None or not self._canvas.underMouse():
            return
        try:
            at = self._to_rd().transform(self._at)
        except QgsCsException:
            return
        reach = _REACH_PX * self._canvas.mapUnitsPerPixel() * self._metres()
        found = self._tree.query(shapely.Point(at.x(), at.y()), predicate="dwithin", distance=reach)
        lines = [self.reading(int(self._drawn[place])) for place in sorted(found.tolist())[:4]]
        if len(found) > len(lines):
            lines.append("…")
        if lines:
            QToolTip.showText(QCursor.pos(), "\n".join(lines), self._canvas)

    def reading(self, row: int) -> str:
        """A finding in one line."""
        if self._entries is None:
            return ""
        sign = OUTCOME_LOOKS[SHOWN[self._entries.outcome[row]]].sign
        return f"{sign} {self._entries.rule_text(row)} · {self._entries.reading(row)}"

    def _clear(self) -> None:
        scene = self._canvas.scene()
        for band in self._bands:
            scene.removeItem(band)
        self._bands.clear()
        self._drawn, self._tree = np.empty(0, dtype=np.int64), None

    def _metres(self) -> float:
        """How many metres, about, a unit of the map is."""
        return 111_000.0 if self._canvas.mapSettings().destinationCrs().isGeographic() else 1.0

    def _to_rd(self) -> QgsCoordinateTransform:
        there = QgsCoordinateReferenceSystem(_RD)
        return QgsCoordinateTransform(self._canvas.mapSettings().destinationCrs(), there, QgsProject.instance())

    def _from_rd(self) -> QgsCoordinateTransform:
        here = QgsCoordinateReferenceSystem(_RD)
        return QgsCoordinateTransform(here, self._canvas.mapSettings().destinationCrs(), QgsProject.instance())

    def _timer(self, quiet_ms: int, act: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(quiet_ms)
        timer.timeout.connect(act)
        return timer


def _calmed(symbol: QgsSymbol, calm: bool) -> QgsSymbol:
    """A symbol with nothing but its own edge, thin."""
    if calm:
        for _ in range(symbol.symbolLayerCount() - 1):
            symbol.deleteSymbolLayer(0)
        edge = symbol.symbolLayer(0)
        if isinstance(edge, QgsLineSymbolLayer):
            edge.setWidth(edge.width() / 2)
    return symbol


def _as_qgis(geometry: Any) -> QgsGeometry:
    made = QgsGeometry()
    made.fromWkb(shapely.to_wkb(geometry))
    return made
