"""The list of findings: a tree or a flat table of the same entries, which keep what is chosen when these change."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from qgis.PyQt.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QStackedWidget, QTableView, QTreeView, QWidget

from novex_plugin.ui.check.branches import branches
from novex_plugin.ui.check.entries import Entries
from novex_plugin.ui.check.table_model import FEATURE, MESSAGE, PROGRAMME, RULE, UNIT, FindingTable
from novex_plugin.ui.check.tree_model import FindingTree

TABLE = "tabel"
"""The grouping of the flat table, which has none."""

MOST_OPEN = 40
"""Groups of the first level are open at first while the tree has no more lines than this."""

_WIDTHS = {RULE: 220, FEATURE: 140, PROGRAMME: 160, UNIT: 130, MESSAGE: 320}
_CONTIGUOUS = QAbstractItemView.SelectionMode.ExtendedSelection


class FindingViews(QStackedWidget):
    """`show_rows` lays out entries; `selection_changed` tells that other ones are chosen by the user or in code."""

    selection_changed = pyqtSignal()
    activated = pyqtSignal(int)
    """The user asks to go to an entry: double click or Enter."""
    menu_asked = pyqtSignal(QPoint)
    """A context menu is asked at this place on the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree_model, self.table_model = FindingTree(self), FindingTable(self)
        self.tree, self.table = self._tree(), self._table()
        self.addWidget(self.tree)
        self.addWidget(self.table)
        self.grouping = "programma"
        self._entries: Entries | None = None
        self._rows: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._stays: dict[str, set[tuple[Hashable, ...]]] = {}
        """The open groups of each grouping, by their keys."""
        self._laying = False

    @property
    def view(self) -> QAbstractItemView:
        """The view that is seen."""
        return self.table if self.grouping == TABLE else self.tree

    def show_rows(self, entries: Entries | None, rows: NDArray[np.int64]) -> None:
        """Lay out other entries; what was chosen, open and in sight stays so where it is still there."""
        chosen, current = self._chosen_ids(), self._current_id()
        place = self.view.verticalScrollBar().value()
        seen = self.view.viewport().rect().intersects(self.view.visualRect(self.view.currentIndex()))
        self._keep_open()
        self._entries, self._rows = entries, rows
        self._laying = True
        self._lay()
        self._choose_again(chosen, current)
        self._laying = False
        self.view.verticalScrollBar().setValue(place)
        if seen and current is not None:
            self.view.scrollTo(self.view.currentIndex())
        self.selection_changed.emit()

    def group_by(self, grouping: str) -> None:
        """Group in another way, or show the flat table."""
        if grouping == self.grouping:
            return
        chosen, current = self._chosen_ids(), self._current_id()
        self._keep_open()
        self.grouping = grouping
        self._laying = True
        self.setCurrentWidget(self.view)
        self._lay()
        self._choose_again(chosen, current)
        self._laying = False
        self.view.scrollTo(self.view.currentIndex())
        self.selection_changed.emit()

    def chosen_rows(self) -> list[int]:
        """The entries that are chosen, those of chosen groups among them, each once."""
        indexes = self.view.selectionModel().selectedIndexes()
        first = (index for index in indexes if index.column() == 0)
        if self.grouping == TABLE:
            return sorted({int(self.table_model.rows[index.row()]) for index in first})
        return sorted({row for index in first for row in self.tree_model.rows_below(index)})

    def current_row(self) -> int | None:
        """The entry that the user looks at; None for a group."""
        index = self.view.currentIndex()
        if not index.isValid() or not self.view.selectionModel().hasSelection():
            return None
        if self.grouping == TABLE:
            return int(self.table_model.rows[index.row()])
        if self.tree_model.is_group(index.siblingAtColumn(0)):
            return None
        return self.tree_model.rows_below(index.siblingAtColumn(0))[0]

    def choose(self, row: int) -> bool:
        """Choose an entry and bring it in sight; False when it is not shown."""
        model: Any = self.table_model if self.grouping == TABLE else self.tree_model
        index = model.index_of(row)
        if not index.isValid():
            return False
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)
        return True

    def _lay(self) -> None:
        if self.grouping == TABLE:
            self.tree_model.lay(None)
            self.table_model.lay(self._entries, self._rows)
            return
        self.table_model.lay(None, np.empty(0, dtype=np.int64))
        laid = branches(self._entries, self._rows, self.grouping) if self._entries is not None else None
        self.tree_model.lay(laid)
        self._open_again()

    def _keep_open(self) -> None:
        if self.grouping == TABLE or not self.tree_model.rowCount():
            return
        kept = self._stays.setdefault(self.grouping, set())
        for index in self._groups():
            (kept.add if self.tree.isExpanded(index) else kept.discard)(self.tree_model.key(index))

    def _groups(self) -> list[QModelIndex]:
        """The groups of the first level, and those in open ones."""
        model = self.tree_model
        tops = [model.index(row, 0) for row in range(model.rowCount())]
        if model.branches is None or model.branches.sub is None:
            return tops
        opened = [top for top in tops if self.tree.isExpanded(top)]
        return tops + [model.index(row, 0, top) for top in opened for row in range(model.rowCount(top))]

    def _open_again(self) -> None:
        model, kept = self.tree_model, self._stays.get(self.grouping)
        tops = [model.index(row, 0) for row in range(model.rowCount())]
        if kept is None:
            lines = len(model.branches.lowest) if model.branches is not None else 0
            if lines <= MOST_OPEN and model.branches is not None and model.branches.sub is not None:
                for index in tops:
                    self.tree.expand(index)
            return
        if kept:
            for index in tops:
                self.tree.setExpanded(index, model.key(index) in kept)
            for index in self._groups()[len(tops) :]:
                self.tree.setExpanded(index, model.key(index) in kept)

    def _chosen_ids(self) -> set[str]:
        if self._entries is None:
            return set()
        return {str(self._entries.ids[row]) for row in self.chosen_rows()}

    def _current_id(self) -> str | None:
        row = self.current_row()
        return None if row is None or self._entries is None else str(self._entries.ids[row])

    def _choose_again(self, chosen: set[str], current: str | None) -> None:
        if not chosen or self._entries is None:
            return
        model: Any = self.table_model if self.grouping == TABLE else self.tree_model
        selection = QItemSelection()
        ids = self._entries.ids
        for row in self._rows.tolist():
            if ids[row] in chosen:
                index = model.index_of(row)
                selection.select(index, index.siblingAtColumn(model.columnCount() - 1))
                if ids[row] == current or (current is None and len(chosen) == 1):
                    self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        if len(chosen) <= MOST_CHOSEN_KEPT:
            self.view.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _tree(self) -> QTreeView:
        tree = QTreeView(self)
        tree.setModel(self.tree_model)
        tree.setUniformRowHeights(True)
        tree.setHeaderHidden(True)
        tree.setAllColumnsShowFocus(True)
        tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(1, tree.fontMetrics().horizontalAdvance("0.000") + 10)
        tree.setIndentation(14)
        tree.setAccessibleName(self.tr("Findings"))
        self._prepare(tree)
        return tree

    def _table(self) -> QTableView:
        table = QTableView(self)
        table.setModel(self.table_model)
        table.setSortingEnabled(True)
        table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 6)
        for column, width in _WIDTHS.items():
            table.setColumnWidth(column, width)
        table.setTabKeyNavigation(False)
        table.setAccessibleName(self.tr("Findings as a table"))
        self._prepare(table)
        return table

    def _prepare(self, view: QAbstractItemView) -> None:
        view.setSelectionMode(_CONTIGUOUS)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(lambda at: self.menu_asked.emit(view.viewport().mapToGlobal(at)))
        view.selectionModel().selectionChanged.connect(lambda *_: self._told())
        view.activated.connect(lambda _: self._activated())

    def _told(self) -> None:
        if not self._laying:
            self.selection_changed.emit()

    def _activated(self) -> None:
        row = self.current_row()
        if row is not None:
            self.activated.emit(row)


MOST_CHOSEN_KEPT = 2_000
"""Of a larger choice only what the user looks at is kept: choosing rows again one by one takes time."""
