"""The fill of the parts of a bar: by shade and by pattern, on light and on dark."""

from __future__ import annotations

from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QBrush, QColor, QPainter

BLUE = QColor("#3a86c0")
"""Reads on light and on dark."""

_STRENGTH = (1.0, 0.55, 0.22, 0.0)
_PATTERN = (None, None, Qt.BrushStyle.BDiagPattern, Qt.BrushStyle.Dense6Pattern)


def paint_part(painter: QPainter, area: QRectF, which: int) -> None:
    """Fill an area as that part of a bar, in the order of `arranging.Bar.parts`."""
    colour, pattern = QColor(BLUE), _PATTERN[which]
    colour.setAlphaF(_STRENGTH[which])
    painter.fillRect(area, colour)
    if pattern is not None:
        painter.fillRect(area, QBrush(BLUE, pattern))
