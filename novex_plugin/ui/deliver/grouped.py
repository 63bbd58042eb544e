"""A table of rows in groups: differences by file, changes by legend unit, what was merged by subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, Qt
from qgis.PyQt.QtGui import QGuiApplication, QKeySequence
from qgis.PyQt.QtWidgets import QAbstractItemView, QShortcut, QTreeView, QWidget

Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()
_TOP = 0
"""The internal id of a group; that of a row is the number of its group and one."""


@dataclass(frozen=True)
class Row:
    """The texts of a row, and what it leads to."""

    cells: tuple[str, ...]
    place: Any = None


@dataclass(frozen=True)
class Group:
    cells: tuple[str, ...]
    rows: tuple[Row, ...] = ()
    place: Any = None


class GroupedRows(QAbstractItemModel):
    """Groups with rows below them; nothing in it changes but by `show`."""

    def __init__(self) -> None:
        super().__init__()
        self._heads: tuple[str, ...] = ()
        self._groups: tuple[Group, ...] = ()

    def show(self, heads: Sequence[str], groups: Sequence[Group]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._heads, self._groups = tuple(heads), tuple(groups)
        self.endResetModel()

    def at(self, index: QModelIndex) -> Group | Row | None:
        """The group or row of an index."""
        if not index.isValid():
            return None
        if index.internalId() == _TOP:
            return self._groups[index.row()]
        return self._groups[index.internalId() - 1].rows[index.row()]

    def text(self) -> str:
        """Everything as lines with tabs, for the clipboard and a spreadsheet."""
        lines = ["\t".join(self._heads)]
        for group in self._groups:
            lines.append("\t".join(group.cells))
            lines += ["\t" + "\t".join(row.cells) for row in group.rows]
        return "\n".join(lines)

    def index(self, row: int, column: int, parent: QModelIndex = _NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _TOP)

    def parent(self, index: QModelIndex) -> QModelIndex:
        if not index.isValid() or index.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _TOP)

    def rowCount(self, parent: QModelIndex = _NOWHERE) -> int:
        if not parent.isValid():
            return len(self._groups)
        if parent.internalId() != _TOP or parent.column() > 0:
            return 0
        return len(self._groups[parent.row()].rows)

    def columnCount(self, parent: QModelIndex = _NOWHERE) -> int:
        return len(self._heads)

    def data(self, index: QModelIndex, role: int = Role.DisplayRole) -> Any:
        found = self.at(index)
        if found is None or role not in (Role.DisplayRole, Role.ToolTipRole):
            return None
        return found.cells[index.column()] if index.column() < len(found.cells) else ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole and section < len(self._heads):
            return self._heads[section]
        return None


class GroupedView(QTreeView):
    """Shows grouped rows; Ctrl+C copies everything."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = GroupedRows()
        self.setModel(self.rows)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        copied = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self)
        copied.setContext(Qt.ShortcutContext.WidgetShortcut)
        copied.activated.connect(self.copy)

    def show_groups(self, heads: Sequence[str], groups: Sequence[Group]) -> None:
        """Show other rows, few groups unfolded."""
        self.rows.show(heads, groups)
        if len(groups) <= 8:
            self.expandAll()
        for column in range(len(heads) - 1):
            self.resizeColumnToContents(column)
            self.setColumnWidth(column, min(self.columnWidth(column), 280))

    def copy(self) -> None:
        """Put everything on the clipboard."""
        QGuiApplication.clipboard().setText(self.rows.text())

    def release(self) -> None:
        self.setModel(None)
