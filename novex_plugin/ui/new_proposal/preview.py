"""Ten rows of a layer as they would become, with the reason for those that are refused."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, Qt
from qgis.PyQt.QtGui import QBrush

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.dutch import number
from novex_plugin.ui.look import OUTCOME_LOOKS
from novex_plugin.ui.new_proposal.draft import choices, columns_of
from novex_plugin.ui.new_proposal.trial import Trial, TrialRow

_ALWAYS = ("legenda", "naam", "rol")
_SIGN, _ROW, _REASON = 0, 1, 2
_NONE = QModelIndex()


class PreviewModel(QAbstractTableModel):
    """Columns: a sign, the row's number, the reason, and the fields that the mapping fills."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[TrialRow, ...] = ()
        self._fields: list[tuple[str, str]] = []
        self._labels: dict[str, dict[str, str]] = {}

    def show_trial(self, trial: Trial | None, filled: set[str], agreement: Agreement) -> None:
        """Show another trial; `filled` are the fields of the agreement that the mapping names."""
        self.beginResetModel()
        self._rows = trial.rows if trial is not None else ()
        columns = columns_of(agreement)
        self._fields = [(each.name, each.title) for each in columns if each.name in filled or each.name in _ALWAYS]
        self._labels = {each.name: dict(choices(agreement, each)) for each in columns}
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = _NONE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = _NONE) -> int:
        return 0 if parent.isValid() else 3 + len(self._fields)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        if section > _REASON:
            return self._fields[section - 3][1]
        return ("", self.tr("Row"), self.tr("Why not"))[section]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        look = OUTCOME_LOOKS["overtreedt" if row.reason else "voldoet"]
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == _SIGN:
            return QBrush(look.colour)
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.reason.replace("; ", "\n") or self.tr("Fits the agreement")
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if index.column() > _REASON:
            name = self._fields[index.column() - 3][0]
            value = row.values.get(name, "")
            return self._labels[name].get(value, value)
        return (look.sign, number(row.number, "aantal"), row.reason)[index.column()]
