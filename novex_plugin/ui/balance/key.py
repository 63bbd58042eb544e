"""What the tints of the bars stand for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.PyQt.QtCore import QRectF, QSize
from qgis.PyQt.QtGui import QPainter
from qgis.PyQt.QtWidgets import QSizePolicy, QWidget

from novex_plugin.ui.balance.tints import paint_part

_GAP = 4
_BETWEEN = 10


class TintKey(QWidget):
    """A swatch and a word for each part of a bar."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._labels: Sequence[str] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_labels(self, labels: Sequence[str]) -> None:
        """The words, in the order of the tints."""
        self._labels = tuple(labels)
        self.setAccessibleName(", ".join(labels))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As Qt asks."""
        metrics = self.fontMetrics()
        wide = sum(metrics.horizontalAdvance(label) + metrics.height() + _BETWEEN for label in self._labels)
        return QSize(wide, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        """Words that do not fit are cut: the tooltips of the bars have them too."""
        return QSize(0, self.fontMetrics().height() + 2)

    def paintEvent(self, _: Any) -> None:
        """Draw them in a row."""
        painter = QPainter(self)
        metrics = self.fontMetrics()
        size = metrics.height() * 2 // 3
        left, middle = 0, self.height() / 2
        for which, label in enumerate(self._labels):
            paint_part(painter, QRectF(left, middle - size / 2, size, size), which)
            left += size + _GAP
            painter.drawText(left, int(middle + metrics.ascent() / 2 - 1), label)
            left += metrics.horizontalAdvance(label) + _BETWEEN
        painter.end()
