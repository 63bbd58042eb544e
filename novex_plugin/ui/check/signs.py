"""The sign of an outcome as an icon: its own shape and colour, sharp on every screen."""

from __future__ import annotations

from functools import lru_cache

from qgis.PyQt.QtCore import QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QIcon, QPainter, QPixmap

from novex_plugin.ui.look import OUTCOME_LOOKS

_SIZES = (16, 32, 48)


@lru_cache(maxsize=16)
def sign_icon(outcome: str) -> QIcon:
    """The icon of an outcome."""
    look = OUTCOME_LOOKS[outcome]
    icon = QIcon()
    for size in _SIZES:
        icon.addPixmap(_drawn(look.sign, look.colour, size))
    return icon


@lru_cache(maxsize=1)
def indent() -> QPixmap:
    """Nothing, half as wide as a sign: what lies under a line with a sign stands a little further."""
    nothing = QPixmap(_SIZES[0] // 2, 1)
    nothing.fill(Qt.GlobalColor.transparent)
    return nothing


def _drawn(sign: str, colour: QColor, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(colour)
    font = QFont()
    font.setPixelSize(round(size * 0.85))
    font.setBold(True)
    painter.setFont(font)
    painter.drawText(QRectF(0, 0, size, size), Qt.AlignmentFlag.AlignCenter, sign)
    painter.end()
    return pixmap
