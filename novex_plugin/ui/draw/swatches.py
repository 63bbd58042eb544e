"""Legend units as small pictures, as they look on the map."""

from __future__ import annotations

from qgis.core import QgsRenderContext
from qgis.PyQt.QtCore import QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QIcon, QImage, QPainter, QPen, QPixmap

from novex_plugin.core.agreement import LegendUnit, Symbol
from novex_plugin.qgis_adapter.legend import symbol_for

SWATCH = QSize(30, 18)
"""In pixels of a screen of 100 %."""

_PAPER = QColor("#ffffff")
"""The map lies on white in every theme, and its hatches are made for that."""


_made: dict[tuple[Symbol, str, str, float], QIcon] = {}
_MOST = 2048


def swatch(unit: LegendUnit, geometry_type: str, role: str, ratio: float) -> QIcon:
    """The icon of a legend unit in a role, sharp on a screen with this device pixel ratio."""
    key = (unit.symbol, geometry_type, role, ratio)
    if key not in _made:
        if len(_made) >= _MOST:
            _made.clear()
        _made[key] = QIcon(QPixmap.fromImage(swatch_image(unit, geometry_type, role, ratio)))
    return _made[key]


def swatch_image(unit: LegendUnit, geometry_type: str, role: str, ratio: float) -> QImage:
    """The same as an image."""
    size = SWATCH * ratio
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(_PAPER)
    symbol = symbol_for(unit, geometry_type, role)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    context = QgsRenderContext.fromQPainter(painter)
    context.setScaleFactor(96 * ratio / 25.4)
    symbol.drawPreviewIcon(painter, size, context)
    painter.setPen(QPen(QColor(128, 128, 128, 140), ratio))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(image.rect()).adjusted(ratio / 2, ratio / 2, -ratio / 2, -ratio / 2))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image
