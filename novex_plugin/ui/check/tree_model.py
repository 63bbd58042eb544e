"""Findings as a tree for Qt, over arrays: nothing is made for a row before it is looked at."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt

from novex_plugin.core.dutch import number
from novex_plugin.ui.check.branches import Branches, Level
from novex_plugin.ui.check.entries import SHOWN
from novex_plugin.ui.check.signs import indent, sign_icon

Role = Qt.ItemDataRole
_NOTHING = QModelIndex()


class FindingTree(QAbstractItemModel):
    """The columns are a text and a count. The number that Qt keeps with an index names its parent: 0 the root, then the
    top groups, then the groups within those."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.branches: Branches | None = None

    def lay(self, branches: Branches | None) -> None:
        """Show other branches."""
        self.beginResetModel()
        self.branches = branches
        self.endResetModel()

    def index(self, row: int, column: int, parent: QModelIndex = _NOTHING) -> QModelIndex:
        if row < 0 or not 0 <= column < 2 or row >= self.rowCount(parent):
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, column, 0)
        owner = parent.internalId()
        if owner == 0:
            return self.createIndex(row, column, parent.row() + 1)
        return self.createIndex(row, column, self._tops + 1 + self._sub(parent))

    def parent(self, index: QModelIndex) -> QModelIndex:
        owner = index.internalId() if index.isValid() else 0
        if owner == 0 or self.branches is None:
            return QModelIndex()
        if owner <= self._tops:
            return self.createIndex(owner - 1, 0, 0)
        sub = owner - self._tops - 1
        top = self.branches.top.holding(int(self.branches.lowest.starts[sub]))
        return self.createIndex(sub - int(self.branches.sub_starts[top]), 0, top + 1)

    def rowCount(self, parent: QModelIndex = _NOTHING) -> int:
        if self.branches is None:
            return 0
        if not parent.isValid():
            return len(self.branches.top)
        if parent.column() > 0:
            return 0
        level, group = self._group(parent)
        if level is None:
            return 0
        if level is not self.branches.lowest:
            return int(self.branches.sub_starts[group + 1] - self.branches.sub_starts[group])
        if self.branches.is_entry(group):
            return 0
        start, end = level.span(group)
        return end - start

    def hasChildren(self, parent: QModelIndex = _NOTHING) -> bool:
        return self.rowCount(parent) > 0

    def columnCount(self, parent: QModelIndex = _NOTHING) -> int:
        return 2

    def data(self, index: QModelIndex, role: int = Role.DisplayRole) -> Any:
        if not index.isValid() or self.branches is None:
            return None
        level, group = self._group(index)
        if level is None:
            return self._entry_data(self.branches, self._place(index), index.column(), role)
        return self._group_data(self.branches, level, group, index.column(), role)

    def rows_below(self, index: QModelIndex) -> list[int]:
        """The entries that an index stands for: itself, or all of its group."""
        if not index.isValid() or self.branches is None:
            return []
        level, group = self._group(index)
        if level is None:
            return [int(self.branches.rows[self._place(index)])]
        start, end = level.span(group)
        return [int(row) for row in self.branches.rows[start:end]]

    def is_group(self, index: QModelIndex) -> bool:
        """Whether an index is a group of entries, not one itself."""
        level, group = self._group(index)
        return level is not None and not self._alone(level, group)

    def key(self, index: QModelIndex) -> tuple[Hashable, ...]:
        """What a group is called whatever the order."""
        level, group = self._group(index)
        own = () if level is None else (level.key(group),)
        return (*self.key(index.parent()), *own) if index.parent().isValid() else own

    def index_of(self, row: int) -> QModelIndex:
        """Where an entry stands; invalid when it is not shown."""
        place = self.branches.place(row) if self.branches is not None else None
        if self.branches is None or place is None:
            return QModelIndex()
        above = self.index(self.branches.top.holding(place), 0)
        lowest = self.branches.lowest
        group = lowest.holding(place)
        if self.branches.sub is not None:
            above = self.index(group - int(self.branches.sub_starts[above.row()]), 0, above)
        if self.branches.is_entry(group):
            return above
        return self.index(place - int(lowest.starts[group]), 0, above)

    @property
    def _tops(self) -> int:
        return len(self.branches.top) if self.branches is not None else 0

    def _sub(self, index: QModelIndex) -> int:
        """The number of a group of the second level among all of them."""
        top = index.internalId() - 1
        return index.row() + (int(self.branches.sub_starts[top]) if self.branches is not None else 0)

    def _group(self, index: QModelIndex) -> tuple[Level | None, int]:
        """The level and number of a group; no level for an entry."""
        branches = self.branches
        if branches is None or not index.isValid():
            return None, 0
        owner = index.internalId()
        if owner == 0:
            return branches.top, index.row()
        if branches.sub is not None and owner <= self._tops:
            return branches.sub, self._sub(index)
        return None, 0

    def _place(self, index: QModelIndex) -> int:
        owner = index.internalId()
        if self.branches is None:
            return 0
        group = owner - 1 if self.branches.sub is None else owner - self._tops - 1
        return int(self.branches.lowest.starts[group]) + index.row()

    def _alone(self, level: Level, group: int) -> bool:
        return self.branches is not None and level is self.branches.lowest and self.branches.is_entry(group)

    def _group_data(self, branches: Branches, level: Level, group: int, column: int, role: int) -> Any:
        start, end = level.span(group)
        if column == 1:
            return self._count(end - start, role) if not self._alone(level, group) else None
        if role == Role.DisplayRole:
            return level.label(group)
        if role == Role.ToolTipRole:
            said = f"\n{branches.entries.message(int(branches.rows[start]))}" if self._alone(level, group) else ""
            return level.label(group) + said
        if role == Role.DecorationRole and (level is branches.lowest or branches.sub is None):
            return sign_icon(SHOWN[branches.gravest(level, group)])
        return None

    @staticmethod
    def _count(count: int, role: int) -> Any:
        if role == Role.DisplayRole:
            return number(count)
        return (
            int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter) if role == Role.TextAlignmentRole else None
        )

    @staticmethod
    def _entry_data(branches: Branches, place: int, column: int, role: int) -> Any:
        if column > 0:
            return None
        entries, row = branches.entries, int(branches.rows[place])
        if role == Role.DisplayRole:
            told = entries.reading(row)
            return told if branches.by_rule or not entries.is_finding(row) else f"{entries.rule_text(row)} · {told}"
        if role == Role.ToolTipRole:
            return f"{entries.rule_text(row)}\n{entries.message(row)}"
        if role != Role.DecorationRole:
            return None
        outcome, level = int(entries.outcome[row]), branches.lowest
        # Under a rule with the same sign it would say nothing new, and the line is short.
        known = branches.by_rule and branches.gravest(level, level.holding(place)) == outcome
        return indent() if known else sign_icon(SHOWN[outcome])
