"""Small widgets of the dialogs: a combo box that the wheel leaves alone, and a sketch that is drawn in a worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from qgis.PyQt.QtCore import QRect, QSize, Qt
from qgis.PyQt.QtGui import QImage, QPainter, QPaintEvent, QPalette, QWheelEvent
from qgis.PyQt.QtWidgets import QComboBox, QWidget

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.ui import tasks

Tables = Mapping[str, FeatureTable]


class QuietCombo(QComboBox):
    """Scrolling through a list past it changes nothing; it is wide enough for a part of its texts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """Let it pass to what holds this, unless somebody is choosing here."""
        if event is None or self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def fill(self, choices: list[tuple[str, Any]]) -> None:
        """Offer other choices (text, data), without telling anybody."""
        self.blockSignals(True)
        self.clear()
        for text, data in choices:
            self.addItem(text, data)
        self.blockSignals(False)

    def choose(self, data: Any) -> None:
        """Choose by data without telling anybody; what is not there is added, so that nothing is lost."""
        self.blockSignals(True)
        place = next((row for row in range(self.count()) if self.itemData(row) == data), -1)
        if place < 0:
            self.addItem(f"{data} ?", data)
            place = self.count() - 1
        self.setCurrentIndex(place)
        self.blockSignals(False)


class SketchView(QWidget):
    """Shows features in the agreed legend. `show_tables` draws others; the last that were asked for are shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._work: Any = None
        self.setMinimumSize(240, 170)

    def sizeHint(self) -> QSize:
        return QSize(380, 260)

    def release(self) -> None:
        """Wait for no picture any more."""
        tasks.drop(self._work)
        self._work = None

    def show_tables(self, agreement: Agreement, tables: Callable[[], Tables]) -> None:
        """Draw what `tables` gives; it is called in a worker."""
        from novex_plugin.qgis_adapter.sketch import sketch

        self.release()
        size, ratio = QSize(self.sizeHint()), float(self.devicePixelRatioF())
        paper = self.palette().color(QPalette.ColorRole.Base)
        self._work = tasks.start(
            self.tr("Sketch"),
            lambda _progress: sketch(agreement, tables(), size, ratio, paper),
            self._drawn,
            failed=lambda _said: None,
            silent=True,
        )

    def _drawn(self, image: QImage) -> None:
        self._work = None
        self._image = image
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """The picture in the middle, as large as there is room, in a thin frame."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            wanted = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect((self.width() - wanted.width()) // 2, (self.height() - wanted.height()) // 2, 0, 0)
            place.setSize(wanted)
            painter.drawImage(place, self._image)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
