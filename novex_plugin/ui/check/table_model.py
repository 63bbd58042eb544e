"""Findings as a flat table for Qt, over arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from novex_plugin.ui.check.entries import SHOWN, Entries
from novex_plugin.ui.check.signs import sign_icon
from novex_plugin.ui.look import OUTCOME_LOOKS

Role = Qt.ItemDataRole
_NOTHING = QModelIndex()

OUTCOME, RULE, FEATURE, MEASURED, LIMIT, HARDNESS, PROGRAMME, UNIT, MESSAGE = range(9)
_NUMBERS = {MEASURED: "gemeten", LIMIT: "grens"}


class FindingTable(QAbstractTableModel):
    """One row for each entry that is shown; sorting orders an array, no rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: Entries | None = None
        self.rows: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._column, self._descending = OUTCOME, False
        self._headings = (
            self.tr("Outcome"),
            self.tr("Rule"),
            self.tr("Feature"),
            self.tr("Measured"),
            self.tr("Limit"),
            self.tr("Hardness"),
            self.tr("Programme"),
            self.tr("Legend unit"),
            self.tr("Message"),
        )

    def lay(self, entries: Entries | None, rows: NDArray[np.int64]) -> None:
        """Show other rows, in the order that was chosen."""
        self.beginResetModel()
        self.entries = entries
        self.rows = self._ordered(rows)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole and section < len(self._headings):
            return self._headings[section]
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._descending = column, order == Qt.SortOrder.DescendingOrder
        self.lay(self.entries, np.sort(self.rows))

    def data(self, index: QModelIndex, role: int = Role.DisplayRole) -> Any:
        if not index.isValid() or self.entries is None or index.row() >= len(self.rows):
            return None
        row, column = int(self.rows[index.row()]), index.column()
        if role == Role.DisplayRole:
            return self._text(self.entries, row, column)
        if role == Role.ToolTipRole:
            return f"{self.entries.rule_text(row)}\n{self.entries.message(row)}"
        if role == Role.DecorationRole and column == OUTCOME:
            return sign_icon(SHOWN[self.entries.outcome[row]])
        if role == Role.TextAlignmentRole and column in _NUMBERS:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def index_of(self, row: int) -> QModelIndex:
        """Where an entry stands; invalid when it is not shown."""
        found = np.flatnonzero(self.rows == row)
        return self.index(int(found[0]), 0) if len(found) else QModelIndex()

    @staticmethod
    def _text(entries: Entries, row: int, column: int) -> str:
        said: dict[int, Callable[[], str]] = {
            OUTCOME: lambda: OUTCOME_LOOKS[SHOWN[entries.outcome[row]]].word,
            RULE: lambda: entries.rule_text(row),
            FEATURE: lambda: entries.feature_label(row),
            MEASURED: lambda: entries.measured(row),
            LIMIT: lambda: entries.limit(row),
            HARDNESS: lambda: entries.hardness_word(row),
            PROGRAMME: lambda: entries.programmes.labels[entries.programmes.codes[row]],
            UNIT: lambda: entries.units.labels[entries.units.codes[row]],
            MESSAGE: lambda: entries.message(row),
        }
        return said[column]()

    def _ordered(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        if self.entries is None or not len(rows):
            return rows
        keys = _sort_keys(self.entries, rows, self._column)
        order = np.lexsort((self.entries.rule[rows], self.entries.outcome[rows], -keys if self._descending else keys))
        ordered: NDArray[np.int64] = rows[order]
        return ordered


def _sort_keys(entries: Entries, rows: NDArray[np.int64], column: int) -> NDArray[Any]:
    """Numbers in the order of a column; what was not measured comes first."""
    if column in _NUMBERS:
        nothing = np.full(len(entries) - entries.findings, np.nan)
        values = np.concatenate([entries.standing.findings.columns[_NUMBERS[column]].astype(float), nothing])[rows]
        return np.nan_to_num(values, nan=-np.inf)
    coded = {RULE: entries.by_rule, FEATURE: entries.features, PROGRAMME: entries.programmes, UNIT: entries.units}
    if column in coded:
        category = coded[column]
        order = sorted(range(len(category.labels)), key=lambda place: category.labels[place].casefold())
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        ranked: NDArray[Any] = rank[category.codes[rows]]
        return ranked
    if column == OUTCOME:
        outcome: NDArray[Any] = entries.outcome[rows]
        return outcome
    texts = entries.hardness[rows] if column == HARDNESS else np.array([entries.message(row) for row in rows.tolist()])
    places: NDArray[Any] = np.unique(texts.astype(str), return_inverse=True)[1]
    return places
