"""What is still to be done, a line and a button for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from novex_plugin.ui.deliver.readiness import NEVER, NOT_FINAL, ToDo


class ToDoRows(QWidget):
    """Shows things to do; `asked` gives the action of the button that was pressed."""

    asked = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[ToDo, ...] | None = None
        self.buttons: dict[str, QPushButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)

    def show_all(self, todos: Sequence[ToDo]) -> None:
        """Show these in this order; the button that has the focus keeps it."""
        if tuple(todos) == self._shown:
            return
        focused = next((action for action, button in self.buttons.items() if button.hasFocus()), None)
        self._shown = tuple(todos)
        self.buttons.clear()
        while (item := self._grid.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
        for number, todo in enumerate(self._shown):
            self._add(number, todo)
        if focused in self.buttons:
            self.buttons[focused].setFocus()

    def _add(self, number: int, todo: ToDo) -> None:
        told = {
            NEVER: ("✕", self.tr("Without this no delivery can be made")),
            NOT_FINAL: ("!", self.tr("Without this no final delivery can be made; a draft can")),
        }
        sign, stops = told.get(todo.stops, ("·", self.tr("Does not stop a delivery")))
        mark = QLabel(sign, self)
        mark.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        mark.setMinimumWidth(mark.fontMetrics().horizontalAdvance("✕ "))
        mark.setToolTip(stops)
        mark.setAccessibleName(stops)
        text = QLabel(todo.text, self)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        text.setToolTip(f"{todo.more}\n{stops}" if todo.more else stops)
        button = QPushButton(todo.button, self)
        button.setAccessibleName(f"{todo.button}: {todo.text}")
        button.setAutoDefault(False)
        button.clicked.connect(self._asker(todo.action))
        self.buttons[todo.action] = button
        for column, widget in enumerate((mark, text, button)):
            self._grid.addWidget(widget, number, column)

    def _asker(self, action: str) -> Callable[[], None]:
        return lambda: self.asked.emit(action)
