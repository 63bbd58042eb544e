"""Fields of the form: each shows a value of a feature and says when somebody gave another one."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import NULL
from qgis.gui import QgsCheckableComboBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QFocusEvent, QWheelEvent
from qgis.PyQt.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from novex_plugin.ui.draw.calm import CalmComboBox

LONGEST = 4000
"""Signs in a text: more is no explanation but a report."""


def written(value: object) -> str:
    """A value as text, empty for none."""
    return "" if value is None or value == NULL else str(value)


class TextField(QLineEdit):
    """One line of text. `given` comes when it is left or confirmed, with None for nothing."""

    given = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST)
        self._shown = ""
        self.editingFinished.connect(self._finish)

    def show_value(self, value: object) -> None:
        """Show a value, unless somebody is typing another one."""
        text = written(value)
        if self.hasFocus() and self.isModified() and text == self._shown:
            return
        self._shown = text
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)

    def _finish(self) -> None:
        text = self.text().strip()
        if text != self._shown:
            self._shown = text
            self.given.emit(text or None)


class LongTextField(QPlainTextEdit):
    """Several lines of text."""

    given = pyqtSignal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * 3 + 12)
        self._shown = ""

    def show_value(self, value: object) -> None:
        """Show a value, unless somebody is typing another one."""
        text = written(value)
        if self.hasFocus() and self.toPlainText() != self._shown and text == self._shown:
            return
        self._shown = text
        if text != self.toPlainText():
            self.setPlainText(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving it is saying that it is ready."""
        super().focusOutEvent(event)
        self.finish()

    def finish(self) -> None:
        """Give what was typed."""
        text = self.toPlainText().strip()[:LONGEST]
        if text != self._shown:
            self._shown = text
            self.given.emit(text or None)


class ChoiceField(CalmComboBox):
    """One of a list; what the list does not have is shown as it is, in quotes."""

    given = pyqtSignal(object)

    def __init__(self, choices: Iterable[tuple[str, object]], nothing: str | None = None) -> None:
        super().__init__()
        self._foreign = 0
        if nothing is not None:
            self.addItem(nothing, None)
        for label, code in choices:
            self.addItem(label, code)
        self.activated.connect(lambda _: self.given.emit(self.currentData()))

    def show_value(self, value: object) -> None:
        """Show a value."""
        while self._foreign:
            self.removeItem(self.count() - 1)
            self._foreign -= 1
        wanted = None if value is None or value == NULL else value
        place = next((row for row in range(self.count()) if _same(self.itemData(row), wanted)), -1)
        if place < 0 and wanted is not None:
            self.addItem(f"“{wanted}”", wanted)
            self._foreign, place = 1, self.count() - 1
        self.setCurrentIndex(place)


class SeveralField(QgsCheckableComboBox):
    """Several of a list, kept as codes with commas between them."""

    given = pyqtSignal(object)

    def __init__(self, choices: Iterable[tuple[str, str]], nothing: str) -> None:
        super().__init__()
        self.setDefaultText(nothing)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(CalmComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(7)
        for label, code in choices:
            self.addItemWithCheckState(label, Qt.CheckState.Unchecked, code)
        self._shown: tuple[str, ...] = ()
        self._foreign: tuple[str, ...] = ()
        """Codes that the list does not have: kept as they are."""
        self._showing = False
        self.model().dataChanged.connect(lambda *_: self._take())

    def show_value(self, value: object) -> None:
        """Show a value."""
        codes = tuple(part.strip() for part in written(value).split(",") if part.strip())
        known = {str(self.itemData(row)) for row in range(self.count())}
        self._foreign = tuple(code for code in codes if code not in known)
        self._showing = True
        for row in range(self.count()):
            checked = str(self.itemData(row)) in codes
            self.setItemCheckState(row, Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
        self._showing = False
        self._shown = tuple(sorted(codes))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll what lies around it instead."""
        event.ignore()

    def _take(self) -> None:
        if self._showing:
            return
        codes = (*(str(each) for each in self.checkedItemsData()), *self._foreign)
        if tuple(sorted(codes)) != self._shown:
            self._shown = tuple(sorted(codes))
            self.given.emit(", ".join(codes) or None)


def _same(one: object, other: object) -> bool:
    return one == other or (one is not None and other is not None and str(one) == str(other))
