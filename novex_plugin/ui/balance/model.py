"""The balance as a tree of two levels, groups and their rows, that changes in place from count to count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, Qt, pyqtSignal

from novex_plugin.ui.balance.arranging import Group, Row
from novex_plugin.ui.balance.wording import BalanceWords

ITEM = Qt.ItemDataRole.UserRole
"""The Group or Row itself."""

_NOWHERE = QModelIndex()


class _Node:
    """A group in the tree. Its serial number lies in the indexes of its rows: a number outlives what is taken out."""

    def __init__(self, serial: int, group: Group) -> None:
        self.serial = serial
        self.group = group
        self.rows: list[Row] = []


class BalanceModel(QAbstractItemModel):
    """`show` takes in what changed: rows that stay keep their place, selection and whether they are folded."""

    arrived = pyqtSignal(object)
    """Groups (a list of keys) that were not there before: they are to be folded or unfolded as they ask."""
    moved = pyqtSignal(object)
    """Keys of rows whose bars changed, each with its bars of before."""

    def __init__(self, words: BalanceWords, parent: Any = None) -> None:
        super().__init__(parent)
        self.words = words
        self.indicators: dict[str, str] = {}
        """Names of indicators by their ids."""
        self.horizon = 0
        """The year that is looked at, which goes without saying."""
        self._nodes: list[_Node] = []
        self._by_serial: dict[int, _Node] = {}
        self._serial = 0

    def show(self, groups: Sequence[Group]) -> None:
        """Bring the tree to these groups."""
        before = {row.key: row.bars for node in self._nodes for row in node.rows}
        if not _keeps_order([node.group.key for node in self._nodes], [group.key for group in groups]):
            self.clear()
        known = {node.group.key for node in self._nodes}
        self._drop({group.key for group in groups})
        for place, group in enumerate(groups):
            if place >= len(self._nodes) or self._nodes[place].group.key != group.key:
                self._add(place, group)
            self._fill(place, group)
        self.arrived.emit([group.key for group in groups if group.key not in known])
        changed = {
            row.key: before[row.key]
            for group in groups
            for row in group.rows
            if before.get(row.key) and row.bars != before[row.key]
        }
        if changed:
            self.moved.emit(changed)

    def clear(self) -> None:
        """Take all out."""
        self.beginResetModel()
        self._nodes.clear()
        self._by_serial.clear()
        self.endResetModel()

    def find(self, key: str) -> QModelIndex:
        """Where the group or row with a key is; an invalid index when it is not there."""
        for place, node in enumerate(self._nodes):
            if node.group.key == key:
                return self.index(place, 0)
            for number, row in enumerate(node.rows):
                if row.key == key:
                    return self.index(number, 0, self.index(place, 0))
        return QModelIndex()

    def groups(self) -> tuple[Group, ...]:
        """What is shown."""
        return tuple(node.group for node in self._nodes)

    def as_text(self) -> str:
        """What is shown, a line for each group and row."""
        lines = []
        for node in self._nodes:
            lines.append(self._said(node.group))
            lines += [f"\t{self._said(row)}" for row in node.rows]
        return "\n".join(lines)

    def _drop(self, kept: set[str]) -> None:
        for place in reversed(range(len(self._nodes))):
            if self._nodes[place].group.key not in kept:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._by_serial[self._nodes.pop(place).serial]
                self.endRemoveRows()

    def _add(self, place: int, group: Group) -> None:
        self._serial += 1
        node = _Node(self._serial, replace(group, rows=()))
        self.beginInsertRows(QModelIndex(), place, place)
        self._nodes.insert(place, node)
        self._by_serial[node.serial] = node
        self.endInsertRows()

    def _fill(self, place: int, group: Group) -> None:
        """Bring the rows of a group up to date."""
        node, parent = self._nodes[place], self.index(place, 0)
        if node.group == group and tuple(node.rows) == group.rows:
            return
        wanted = [row.key for row in group.rows]
        if not _keeps_order([row.key for row in node.rows], wanted):
            self._take(node, parent, set())
        self._take(node, parent, set(wanted))
        for number, row in enumerate(group.rows):
            if number < len(node.rows) and node.rows[number].key == row.key:
                if node.rows[number] != row:
                    node.rows[number] = row
                    index = self.index(number, 0, parent)
                    self.dataChanged.emit(index, index)
            else:
                self.beginInsertRows(parent, number, number)
                node.rows.insert(number, row)
                self.endInsertRows()
        node.group = group
        self.dataChanged.emit(parent, parent)

    def _take(self, node: _Node, parent: QModelIndex, kept: set[str]) -> None:
        for number in reversed(range(len(node.rows))):
            if node.rows[number].key not in kept:
                self.beginRemoveRows(parent, number, number)
                del node.rows[number]
                self.endRemoveRows()

    def index(self, row: int, column: int, parent: QModelIndex = _NOWHERE) -> QModelIndex:
        """As Qt asks."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, column, 0)
        return self.createIndex(row, column, self._nodes[parent.row()].serial)

    def parent(self, index: QModelIndex | None = None) -> Any:
        """As Qt asks; without an index the QObject that owns the model."""
        if index is None:
            return super().parent()
        node = self._by_serial.get(index.internalId()) if index.isValid() else None
        return self.createIndex(self._nodes.index(node), 0, 0) if node else QModelIndex()

    def rowCount(self, parent: QModelIndex = _NOWHERE) -> int:
        """As Qt asks."""
        if not parent.isValid():
            return len(self._nodes)
        return len(self._nodes[parent.row()].rows) if parent.internalId() == 0 else 0

    def columnCount(self, _: QModelIndex = _NOWHERE) -> int:
        """As Qt asks."""
        return 1

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The item, and what it says in one line: for keyboards and screen readers."""
        item = self._item(index)
        if item is None:
            return None
        if role == ITEM:
            return item
        tell: dict[int, Callable[[], str]] = {
            Qt.ItemDataRole.DisplayRole: lambda: self._said(item),
            Qt.ItemDataRole.AccessibleTextRole: lambda: self._said(item),
            Qt.ItemDataRole.ToolTipRole: lambda: self._tip(item),
        }
        return tell[role]() if role in tell else None

    def _item(self, index: QModelIndex) -> Group | Row | None:
        if not index.isValid():
            return None
        if index.internalId() == 0:
            return self._nodes[index.row()].group if index.row() < len(self._nodes) else None
        node = self._by_serial.get(index.internalId())
        return node.rows[index.row()] if node and index.row() < len(node.rows) else None

    def _said(self, item: Group | Row) -> str:
        if isinstance(item, Group):
            return " ".join((self.words.title(item), self.words.tail(item))).strip()
        return self.words.spoken(item, self.indicators)

    def _tip(self, item: Group | Row) -> str:
        return self._said(item) if isinstance(item, Group) else self.words.tip(item, self.indicators)


def _keeps_order(have: Sequence[str], want: Sequence[str]) -> bool:
    """Whether what stays comes in the same order."""
    places = {key: place for place, key in enumerate(want)}
    kept = [places[key] for key in have if key in places]
    return kept == sorted(kept)
