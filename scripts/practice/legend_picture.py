"""The picture of the legend in docs/legenda.md: every symbol on paper and on something like an aerial photograph.

QT_QPA_PLATFORM=offscreen .venv/bin/python -m scripts.practice.legend_picture docs/images/legenda.png
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QRect, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFont, QImage, QPainter

from novex_plugin.core.agreement import Agreement, LegendUnit, read_agreement
from novex_plugin.core.proposal.schema import FEATURE_TABLES
from novex_plugin.qgis_adapter.legend import symbol_for

_SWATCH = QSize(34, 22)
_STEP, _ROW, _NAME, _TOP = 38, 26, 196, 64
_COLUMNS = 2
_STEPS = 31
"""Of each of red, green and blue."""


def aerial(width: int, height: int) -> QImage:
    """Fields, woods and bare soil in the muted colours of a photograph, ploughed; the same every time."""
    chance = np.random.default_rng(1)
    colours = np.array([[86, 104, 62], [108, 120, 74], [62, 78, 52], [134, 124, 92], [92, 96, 84], [120, 132, 84]])
    fields = np.kron(
        chance.integers(0, len(colours), (height // 30 + 1, width // 44 + 1)), np.ones((30, 44), dtype=int)
    )
    rows = np.where(np.arange(height)[:, None] % 4 < 2, 5, -5)[..., None]
    pixels = (colours[fields[:height, :width]] + rows).astype(np.uint8)
    return QImage(pixels.tobytes(), width, height, width * 3, QImage.Format.Format_RGB888).copy()


def picture(agreement: Agreement) -> QImage:
    """The whole legend, in two columns: on the left of each on white, on the right on the photograph."""
    rows = [(unit, kind) for kind in FEATURE_TABLES for unit in agreement.drawn_as(kind)]
    height = -(-len(rows) // _COLUMNS)
    band = len(agreement.codes("rol")) * _STEP
    wide = _NAME + 2 * band + 24
    image = QImage(wide * _COLUMNS, _TOP + height * _ROW + 8, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(QFont("DejaVu Sans", 8))
    for column in range(_COLUMNS):
        left = column * wide
        painter.drawImage(left + _NAME + band + 4, _TOP - 2, aerial(band + 2, height * _ROW + 4))
        _heading(painter, agreement, left + _NAME, band)
        for place, (unit, kind) in enumerate(rows[column * height : (column + 1) * height]):
            _row(painter, agreement, unit, kind, QRect(left, _TOP + place * _ROW, wide, _ROW))
    painter.end()
    return image


def _heading(painter: QPainter, agreement: Agreement, left: int, band: int) -> None:
    for start in (left, left + band + 6):
        for place, code in enumerate(agreement.code_lists["rol"]):
            painter.save()
            painter.translate(start + place * _STEP + 14, _TOP - 8)
            painter.rotate(-32)
            painter.drawText(0, 0, code.label.nl)
            painter.restore()


def _row(painter: QPainter, agreement: Agreement, unit: LegendUnit, kind: str, place: QRect) -> None:
    name = QRect(place.left() + 6, place.top(), _NAME - 10, _SWATCH.height())
    text = painter.fontMetrics().elidedText(unit.label.nl, Qt.TextElideMode.ElideRight, name.width())
    painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, text)
    roles = agreement.codes("rol")
    for start in (_NAME, _NAME + len(roles) * _STEP + 6):
        for step, role in enumerate(roles):
            painter.save()
            painter.translate(place.left() + start + step * _STEP, place.top() + 1)
            if kind == "lijn":
                painter.setClipRect(QRect(0, 0, _STEP - 2, _ROW))
            symbol_for(unit, kind, role).drawPreviewIcon(painter, _SWATCH)
            painter.restore()


def _few_colours(image: QImage) -> QImage:
    """The picture in steps of colour too small to see, which takes less than half of the bytes.

    Not in a table of 256 colours: the photograph uses them up, and units on it take the colours of others.
    """
    values = np.frombuffer(image.constBits().asstring(image.sizeInBytes()), dtype=np.uint8)
    rounded = (np.round(values * (_STEPS / 255)) * (255 / _STEPS)).round().astype(np.uint8)
    return QImage(rounded.tobytes(), image.width(), image.height(), image.bytesPerLine(), image.format()).copy()


def main(target: Path) -> None:
    application = QgsApplication([], True)
    application.initQgis()
    _few_colours(picture(read_agreement())).save(str(target), "PNG")
    application.exitQgis()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
