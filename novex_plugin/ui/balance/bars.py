"""The tree of the balance: its rows drawn as bars, which move to their new length when the count changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qgis.PyQt.QtCore import (
    QEasingCurve,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QVariantAnimation,
    pyqtSignal,
)
from qgis.PyQt.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPalette, QPen
from qgis.PyQt.QtWidgets import QStyle, QStyledItemDelegate, QStyleOption, QStyleOptionViewItem, QTreeView

from novex_plugin.core.check.balance import Line
from novex_plugin.core.dutch import number
from novex_plugin.ui.balance.arranging import PLACE, Bar, Group, Row
from novex_plugin.ui.balance.model import ITEM, BalanceModel
from novex_plugin.ui.balance.tints import BLUE, paint_part
from novex_plugin.ui.balance.wording import TARGET_LOOKS

_MOVE_MS = 220
_MARGIN, _GAP = 6, 3
_BAR = 9
_THIN = 6
_MOST_LINES = 4
_FAINT = 0.62
"""How much of the colour of text is left for what is less important."""

Parts = tuple[float, float, float, float]


class BarView(QTreeView):
    """The tree. Enter, or a click on a row, asks for its features."""

    asked = pyqtSignal(object)
    """The Row whose features are asked for."""
    chosen = pyqtSignal(object)
    """The Row that is looked at, None for a heading or nothing."""

    def __init__(self, model: BalanceModel, parent: Any = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setExpandsOnDoubleClick(False)
        self.setAnimated(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setItemDelegate(BarDelegate(self))
        self._before: Mapping[str, tuple[Bar, ...]] = {}
        self._folds: dict[str, bool] = {}
        """What the user folded or unfolded."""
        self._twice = False
        self._move = QVariantAnimation(self)
        self._move.setStartValue(0.0)
        self._move.setEndValue(1.0)
        self._move.setDuration(_MOVE_MS)
        self._move.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._move.valueChanged.connect(lambda _: self.viewport().update())
        self._move.finished.connect(self._rest)
        model.arrived.connect(self._fold)
        model.moved.connect(self._start)
        model.dataChanged.connect(lambda *_: self._told())
        self.selectionModel().currentChanged.connect(lambda *_: self._told())

    def current(self) -> Row | None:
        """The row that is looked at."""
        item = self.currentIndex().data(ITEM)
        return item if isinstance(item, Row) else None

    def parts(self, row: Row, bar: Bar) -> Parts:
        """What a bar shows now: on its way from the count before."""
        old = next((each.parts for each in self._before.get(row.key, ()) if each.variant == bar.variant), None)
        if old is None:
            return bar.parts
        done = float(self._move.currentValue() or 0.0)
        a, b, c, d = (was + done * (is_now - was) for was, is_now in zip(old, bar.parts, strict=True))
        return a, b, c, d

    def toggle(self, index: QModelIndex) -> None:
        """Fold or unfold a group, and remember it."""
        group = index.data(ITEM)
        if isinstance(group, Group):
            self.setExpanded(index, not self.isExpanded(index))
            self._folds[group.key] = not self.isExpanded(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the features; on a heading Enter and space fold."""
        index = self.currentIndex()
        item = index.data(ITEM)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if isinstance(item, Group) and (enter or event.key() == Qt.Key.Key_Space):
            self.toggle(index)
        elif isinstance(item, Row) and enter:
            self.asked.emit(item)
        else:
            super().keyPressEvent(event)
            if isinstance(item, Group):
                self._folds[item.key] = not self.isExpanded(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a heading folds, on a row it goes to the features."""
        super().mouseReleaseEvent(event)
        again, self._twice = self._twice, False
        if again or event.button() != Qt.MouseButton.LeftButton:
            return
        index = self.indexAt(event.pos())
        item = index.data(ITEM)
        if index != self.currentIndex():
            return
        if isinstance(item, Group):
            self.toggle(index)
        elif isinstance(item, Row):
            self.asked.emit(item)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second click of two asks for nothing more."""
        self._twice = True
        super().mouseDoubleClickEvent(event)

    def resizeEvent(self, event: Any) -> None:
        """Labels wrap in another way."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def _told(self) -> None:
        self.chosen.emit(self.current())

    def _fold(self, keys: list[str]) -> None:
        model = self.model()
        for key in keys:
            index = model.find(key)
            group = index.data(ITEM)
            if isinstance(group, Group):
                self.setExpanded(index, not self._folds.get(key, group.folded))

    def _start(self, before: Mapping[str, tuple[Bar, ...]]) -> None:
        """Let bars move, where the desktop does so."""
        hint = self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self)
        if hint <= 0 or not self.isVisible():
            self._rest()
            return
        self._move.stop()
        self._before = before
        self._move.start()

    def _rest(self) -> None:
        self._before = {}
        self.viewport().update()


class BarDelegate(QStyledItemDelegate):
    """Draws headings and rows. A target has its label, its bar with the marks of what is asked, and its figures."""

    def __init__(self, view: BarView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Rows are as high as what they say: a label has more lines where it needs them."""
        line = option.fontMetrics.height()
        item = index.data(ITEM)
        if isinstance(item, Group):
            return QSize(0, line + 2 * _MARGIN)
        if not isinstance(item, Row) or not item.bars:
            return QSize(0, line + 2 * _GAP)
        room = self._view.viewport().width() - 2 * _MARGIN
        label = _lines(option, self._view.model().words.label(item, {}), room - self._aside_room(option, item)) * line
        if len(item.bars) > 1:
            return QSize(0, label + len(item.bars) * (line + _GAP) + 2 * _MARGIN)
        bar = 0 if item.bars[0].drawn is None else _BAR + _GAP
        return QSize(0, label + line + bar + _GAP + 2 * _MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw one item."""
        item = index.data(ITEM)
        if item is None:
            return
        painter.save()
        self._ground(painter, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setFont(option.font)
        area = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        if isinstance(item, Group):
            self._heading(painter, option, area, item, index)
        elif item.bars and isinstance(item.source, Line):
            self._target(painter, option, area, item, item.source)
        else:
            self._plain(painter, option, area, item)
        if option.state & QStyle.StateFlag.State_HasFocus:
            self._focus(painter, option)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """What is selected or under the mouse: faint, as bars have to be read on it."""
        colour = QColor(option.palette.color(QPalette.ColorRole.Highlight))
        state = QStyle.StateFlag
        if option.state & state.State_Selected:
            painter.fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), colour)
            colour.setAlphaF(0.20)
            painter.fillRect(option.rect, colour)
        elif option.state & state.State_MouseOver:
            colour.setAlphaF(0.08)
            painter.fillRect(option.rect, colour)

    def _heading(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, group: Group, index: QModelIndex
    ) -> None:
        words, line = self._view.model().words, option.fontMetrics.height()
        arrow = QStyleOption()
        arrow.palette = option.palette
        arrow.state = QStyle.StateFlag.State_Enabled
        size = line * 2 // 3
        arrow.rect = QRect(area.left(), area.center().y() - size // 2, size, size)
        unfolded = self._view.isExpanded(index)
        kind = QStyle.PrimitiveElement
        which = kind.PE_IndicatorArrowDown if unfolded else kind.PE_IndicatorArrowRight
        self._view.style().drawPrimitive(which, arrow, painter, self._view)
        font = QFont(option.font)
        font.setBold(group.kind == PLACE)
        rest = area.adjusted(size + _MARGIN, 0, 0, 0)
        painter.setPen(_ink(option))
        tail = self._at_end(painter, option, rest, words.tail(group), True)
        painter.setFont(font)
        _text(painter, rest.adjusted(0, 0, -tail, 0), words.title(group))
        painter.setFont(option.font)

    def _plain(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, row: Row) -> None:
        model = self._view.model()
        area = area.adjusted(2 * _MARGIN, 0, 0, 0)
        painter.setPen(_ink(option))
        tail = self._at_end(painter, option, area, model.words.amount(row), False)
        _text(painter, area.adjusted(0, 0, -tail, 0), model.words.label(row, model.indicators))

    def _target(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, row: Row, line: Line) -> None:
        words, high = self._view.model().words, option.fontMetrics.height()
        painter.setPen(_ink(option))
        first = QRect(area.left(), area.top() + _MARGIN, area.width(), high)
        room = area.width() - self._at_end(painter, option, first, self._aside(row), True)
        label = words.label(row, {})
        lines = _lines(option, label, room)
        top = QRect(area.left(), first.top(), room, lines * high)
        if lines > 1:
            painter.drawText(top, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap, label)
        else:
            _text(painter, top, label)
        top.setWidth(area.width())
        if len(row.bars) > 1:
            self._several(painter, option, top, row, line)
            return
        strip = QRect(area.left(), top.bottom() + 1 + _GAP, area.width(), _BAR)
        if line.drawn is None:
            strip.setHeight(0)
        else:
            self._bar(painter, option, strip, self._view.parts(row, row.bars[0]), line, _scale(row, line))
        below = QRect(area.left(), strip.top() + strip.height() + (_GAP if strip.height() else 0), area.width(), high)
        painter.setPen(_ink(option))
        if line.missing:  # the heading says that it cannot be tested
            painter.setPen(_ink(option, _FAINT))
            told = words.tr("Missing: {what}.").format(what=words.missing(line))
            _text(painter, below, f"{TARGET_LOOKS[line.outcome].sign} {told}")
            return
        taken = self._verdict(painter, option, below, line.outcome, words.verdict(line))
        painter.setPen(_ink(option, _FAINT))
        _text(painter, below.adjusted(0, 0, -taken, 0), words.figures(line))

    def _aside(self, row: Row) -> str:
        """What stands beside the label: the year, where neither the label nor the choice of years tells it, and what is
        asked where that stands nowhere else."""
        line, model = row.source, self._view.model()
        if not isinstance(line, Line):
            return ""
        plain = line.year in (None, model.horizon) or str(line.year) in line.label
        told = "" if plain else str(line.year)
        if len(row.bars) > 1:
            unit = "" if line.unit == "aantal" else line.unit
            told = f"{told} · {model.words.asked(line)} {unit}".strip(" ·")
        return told

    def _aside_room(self, option: QStyleOptionViewItem, row: Row) -> int:
        aside = self._aside(row)
        return option.fontMetrics.horizontalAdvance(aside) + _MARGIN if aside else 0

    def _several(self, painter: QPainter, option: QStyleOptionViewItem, top: QRect, row: Row, line: Line) -> None:
        """Variants under each other: name, thin bar, figure."""
        scale, metrics = _scale(row, line), option.fontMetrics
        names = max(metrics.horizontalAdvance(bar.variant) for bar in row.bars)
        names = min(names, top.width() // 3) + _MARGIN
        written = [number(bar.drawn, line.unit) for bar in row.bars]
        figures = max(metrics.horizontalAdvance(each) for each in written) + metrics.horizontalAdvance("✓ ") + _MARGIN
        high = metrics.height()
        for place, (bar, figure) in enumerate(zip(row.bars, written, strict=True)):
            area = QRect(top.left(), top.bottom() + 1 + _GAP + place * (high + _GAP), top.width(), high)
            painter.setPen(_ink(option, _FAINT))
            _text(painter, QRect(area.left(), area.top(), names - _MARGIN, area.height()), bar.variant)
            strip = QRect(area.left() + names, area.center().y() - _THIN // 2, area.width() - names - figures, _THIN)
            self._bar(painter, option, strip, self._view.parts(row, bar), line, scale)
            painter.setPen(_ink(option))
            self._verdict(painter, option, area, bar.outcome, figure)

    def _bar(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, parts: Parts, line: Line, scale: float
    ) -> None:
        """The trough, the parts in their tints, and marks where minimum and maximum lie."""
        painter.fillRect(area, option.palette.color(QPalette.ColorRole.Base))
        trough = QColor(option.palette.color(QPalette.ColorRole.Text))
        trough.setAlphaF(0.10)
        painter.fillRect(area, trough)
        left = float(area.left())
        for which, part in enumerate(parts):
            width = max(0.0, part) / scale * area.width()
            paint_part(painter, QRectF(left, area.top(), width, area.height()), which)
            left += width
        # What is drawn at all is seen: beside a figure for the whole country it may be less than a pixel.
        if 0 < left - area.left() < 2:
            painter.fillRect(QRect(area.left(), area.top(), 2, area.height()), BLUE)
        ink = QColor(option.palette.color(QPalette.ColorRole.Text))
        for asked, pen_style in ((line.minimum, Qt.PenStyle.SolidLine), (line.maximum, Qt.PenStyle.DotLine)):
            if asked is not None and (asked != line.minimum or pen_style == Qt.PenStyle.SolidLine):
                at = area.left() + min(area.width() - 1, round(asked / scale * area.width()))
                painter.setPen(QPen(ink, 2 if pen_style == Qt.PenStyle.SolidLine else 1, pen_style))
                painter.drawLine(QPoint(at, area.top() - 2), QPoint(at, area.bottom() + 2))

    def _verdict(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, outcome: str, told: str) -> int:
        """Sign in its colour and words in that of text, at the end of an area; gives the room they take."""
        look = TARGET_LOOKS[outcome]
        taken = self._at_end(painter, option, area, told, False)
        sign = option.fontMetrics.horizontalAdvance(f"{look.sign} ")
        painter.save()
        painter.setPen(look.colour)
        left = area.right() - taken - sign + _MARGIN + 1
        painter.drawText(QRect(left, area.top(), sign, area.height()), _ALIGN, look.sign)
        painter.restore()
        return taken + sign

    def _at_end(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, text: str, faint: bool) -> int:
        """Write at the end of an area; gives the room it takes."""
        if not text:
            return 0
        pen = painter.pen()
        if faint:
            painter.setPen(_ink(option, _FAINT))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(pen)
        return int(option.fontMetrics.horizontalAdvance(text)) + _MARGIN

    def _focus(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        pen = QPen(option.palette.color(QPalette.ColorRole.Highlight), 1)
        painter.setPen(pen)
        painter.drawRect(option.rect.adjusted(0, 0, -1, -1))


_ALIGN = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _lines(option: QStyleOptionViewItem, text: str, width: int) -> int:
    """How many lines a label takes in a width."""
    if option.fontMetrics.horizontalAdvance(text) <= width:
        return 1
    box = option.fontMetrics.boundingRect(QRect(0, 0, max(1, width), 10_000), Qt.TextFlag.TextWordWrap, text)
    return min(_MOST_LINES, max(2, round(box.height() / option.fontMetrics.height())))


def _text(painter: QPainter, area: QRect, text: str) -> None:
    elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, area.width()))
    painter.drawText(area, _ALIGN, elided)


def _ink(option: QStyleOptionViewItem, strength: float = 1.0) -> QColor:
    colour = QColor(option.palette.color(QPalette.ColorRole.Text))
    colour.setAlphaF(strength)
    return colour


def _scale(row: Row, line: Line) -> float:
    """What the whole width of a bar stands for."""
    figures = [*(bar.drawn for bar in row.bars), line.minimum, line.maximum]
    return max([float(each) for each in figures if each is not None and each > 0] or [1.0]) * 1.02
