"""The list of datasets as a model: heads with counts, and under them datasets that can be ticked."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt, pyqtSignal
from qgis.PyQt.QtGui import QBrush, QFont

from novex_plugin.ui.basisset.choosing import Group
from novex_plugin.ui.basisset.shelf import BROKEN, IMAGE, LOCAL, NO_ADDRESS, OUTDATED, SERVICE, Item
from novex_plugin.ui.look import OUTCOME_LOOKS

Role = Qt.ItemDataRole
TITLE, STATE = 0, 1
_NOWHERE = QModelIndex()


class DatasetModel(QAbstractItemModel):
    """Two columns: title and state. Ticks are kept by dataset, also of what a filter hides."""

    ticked_changed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: list[Group] = []
        self._ticked: set[str] = set()
        self._fresh: frozenset[str] = frozenset()

    def fill(self, groups: list[Group]) -> None:
        """Show these."""
        self.beginResetModel()
        self._groups = groups
        self.endResetModel()

    def mark_fresh(self, ids: frozenset[str]) -> None:
        """Datasets that the last answer of the catalogue brought or changed: they stand out."""
        self._fresh = ids
        self._tell_all()

    @property
    def ticked(self) -> frozenset[str]:
        """The ids of what is ticked."""
        return frozenset(self._ticked)

    def tick(self, ids: frozenset[str]) -> None:
        """Tick these and no others."""
        if ids != self._ticked:
            self._ticked = set(ids)
            self._tell_all()
            self.ticked_changed.emit()

    def item(self, index: QModelIndex) -> Item | None:
        """The dataset of a row; None for a head."""
        if not index.isValid() or not index.internalId():
            return None
        return self._groups[index.internalId() - 1].items[index.row()]

    def group(self, index: QModelIndex) -> Group | None:
        """The head of a row; None for a dataset."""
        return self._groups[index.row()] if index.isValid() and not index.internalId() else None

    def find(self, identifier: str) -> QModelIndex:
        """The first row of a dataset; invalid when it is not listed."""
        for number, group in enumerate(self._groups):
            for row, item in enumerate(group.items):
                if item.id == identifier:
                    return self.createIndex(row, TITLE, number + 1)
        return QModelIndex()

    def head(self, group: Group) -> str:
        """What a head is called."""
        kinds = {
            "feitelijke_situatie": self.tr("Actual situation"),
            "wettelijk_kader": self.tr("Legal frameworks"),
            "beleidskader": self.tr("Policy frameworks"),
            "kenniskaart": self.tr("Knowledge maps"),
            "onbekend": self.tr("Kind not known"),
            "": self.tr("Not used by any rule"),
        }
        return kinds.get(group.head, group.head)

    def state_text(self, state: str) -> str:
        """A state as sign and word."""
        texts = {
            LOCAL: self.tr("● local"),
            SERVICE: self.tr("◌ service"),
            OUTDATED: self.tr("◐ outdated"),
            IMAGE: self.tr("▣ image only"),
            NO_ADDRESS: self.tr("⚠ no address"),
            BROKEN: self.tr("✕ failed"),
        }
        return texts[state]

    def index(self, row: int, column: int, parent: QModelIndex = _NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: QModelIndex = _NOWHERE) -> Any:
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, TITLE, 0)

    def rowCount(self, parent: QModelIndex = _NOWHERE) -> int:
        if not parent.isValid():
            return len(self._groups)
        group = self.group(parent) if parent.column() == TITLE else None
        return len(group.items) if group else 0

    def columnCount(self, parent: QModelIndex = _NOWHERE) -> int:
        return 2

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        flags = super().flags(index)
        item, group = self.item(index), self.group(index)
        pullable = item.can_pull if item else group is not None and any(each.can_pull for each in group.items)
        if index.column() == TITLE and pullable:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: QModelIndex, role: int = Role.DisplayRole) -> Any:
        if (item := self.item(index)) is not None:
            return self._item_data(item, index.column(), role)
        if (group := self.group(index)) is not None:
            return self._group_data(group, index.column(), role)
        return None

    def setData(self, index: QModelIndex, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.CheckStateRole or index.column() != TITLE:
            return False
        item, group = self.item(index), self.group(index)
        items = (item,) if item else group.items if group else ()
        ids = {each.id for each in items if each.can_pull}
        on = Qt.CheckState(value) != Qt.CheckState.Unchecked
        self._ticked = self._ticked | ids if on else self._ticked - ids
        self._tell_all()
        self.ticked_changed.emit()
        return True

    def _tell_all(self) -> None:
        """A dataset may stand under several heads."""
        for number, group in enumerate(self._groups):
            head = self.createIndex(number, TITLE, 0)
            self.dataChanged.emit(head, head)
            last = self.createIndex(len(group.items) - 1, STATE, number + 1)
            self.dataChanged.emit(self.createIndex(0, TITLE, number + 1), last)

    def _item_data(self, item: Item, column: int, role: int) -> Any:
        if role == Role.DisplayRole:
            return item.title if column == TITLE else self.state_text(item.state)
        if role == Role.CheckStateRole and column == TITLE and item.can_pull:
            return Qt.CheckState.Checked if item.id in self._ticked else Qt.CheckState.Unchecked
        if role == Role.ToolTipRole:
            return "\n".join(part for part in (item.title, self.state_text(item.state), item.reason) if part)
        if role == Role.FontRole and item.id in self._fresh and column == TITLE:
            bold = QFont()
            bold.setBold(True)
            return bold
        if role == Role.ForegroundRole and column == STATE and item.state == BROKEN:
            return QBrush(OUTCOME_LOOKS["overtreedt"].colour)
        return None

    def _group_data(self, group: Group, column: int, role: int) -> Any:
        if role == Role.DisplayRole:
            return self.head(group) if column == TITLE else f"{group.pulled}/{len(group.items)}"
        if role == Role.TextAlignmentRole and column == STATE:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Role.ToolTipRole:
            text = self.tr("{pulled} of {found} in the snapshot")
            return f"{self.head(group)}\n{text.format(pulled=group.pulled, found=len(group.items))}"
        if role == Role.CheckStateRole and column == TITLE:
            ticked = [each.id in self._ticked for each in group.items if each.can_pull]
            if not ticked:
                return None
            if all(ticked):
                return Qt.CheckState.Checked
            return Qt.CheckState.PartiallyChecked if any(ticked) else Qt.CheckState.Unchecked
        return None
