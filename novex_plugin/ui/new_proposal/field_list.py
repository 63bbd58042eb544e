"""The fields of the agreement, each with where its value comes from, and below them the contributions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.features.geopackage import Column
from novex_plugin.ui.new_proposal.draft import Draft, columns_of
from novex_plugin.ui.new_proposal.widgets import QuietCombo

NOTHING, CONSTANT = "", "\0vast"
"""What a choice stands for, beside the names of fields, which are never these."""

_KEY = Qt.ItemDataRole.UserRole


class FieldList(QTreeWidget):
    """`chosen` tells that another row is selected, `source_changed` that a row gets its value from elsewhere.

    A row is known by the name of a field, or by `+n` for the n-th contribution.
    """

    chosen = pyqtSignal(str)
    source_changed = pyqtSignal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setColumnCount(3)
        self.setHeaderLabels([self.tr("Agreement"), self.tr("Comes from"), ""])
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAccessibleName(self.tr("Fields of the agreement"))
        header = self.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(1, 170)
        self._rows: dict[str, tuple[QTreeWidgetItem, QuietCombo]] = {}
        self.currentItemChanged.connect(self._selected)

    def show_draft(self, draft: Draft, sources: Sequence[str]) -> None:
        """Show another mapping, of a layer with these fields; the selected row stays where it can."""
        kept = self.current()
        self.blockSignals(True)
        self.clear()
        self._rows.clear()
        for column in columns_of(draft.agreement):
            self._add_field(column, draft, sources)
        for number, each in enumerate(draft.contributions):
            self._add_contribution(number, each, draft.agreement, sources)
        self.blockSignals(False)
        self.select(kept if kept in self._rows else "legenda")

    def current(self) -> str:
        """The selected row, empty when there is none."""
        item = self.currentItem()
        return str(item.data(0, _KEY)) if item is not None else ""

    def select(self, key: str) -> None:
        """Select a row."""
        if key in self._rows:
            self.setCurrentItem(self._rows[key][0])

    def tell(self, key: str, text: str, tip: str = "") -> None:
        """Say something of a row in its last column."""
        if key in self._rows:
            self._rows[key][0].setText(2, text)
            self._rows[key][0].setToolTip(2, tip or text)

    def take_from(self, source: str) -> None:
        """Let the selected row get its value from a field."""
        key = self.current()
        if key in self._rows:
            combo = self._rows[key][1]
            place = combo.findData(source)
            if place >= 0:
                combo.setCurrentIndex(place)

    def _add_field(self, column: Column, draft: Draft, sources: Sequence[str]) -> None:
        title = column.title or column.name
        required = column.required and column.default is None and column.name not in ("variant", "provincie")
        item = self._row(column.name, f"{title} *" if required else title)
        item.setToolTip(0, self.tr("{field}, required").format(field=column.name) if required else column.name)
        combo = self._combo(column.name, item, title, sources)
        combo.choose(source_of(draft.fields.get(column.name)))

    def _add_contribution(
        self, number: int, entry: dict[str, Any], agreement: Agreement, sources: Sequence[str]
    ) -> None:
        told = agreement.indicator[entry["indicator"]]
        item = self._row(f"+{number}", f"+ {told.label.nl} ({told.unit})")
        item.setToolTip(0, told.definition.nl)
        combo = self._combo(f"+{number}", item, told.label.nl, sources)
        combo.choose(source_of(entry["value"]))

    def _row(self, key: str, text: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self, [text, "", ""])
        item.setData(0, _KEY, key)
        return item

    def _combo(self, key: str, item: QTreeWidgetItem, title: str, sources: Sequence[str]) -> QuietCombo:
        combo = QuietCombo()
        combo.fill(
            [("–", NOTHING), (self.tr("fixed value"), CONSTANT), *((name, name) for name in sources)],
        )
        combo.setAccessibleName(self.tr("Source of {field}").format(field=title))
        combo.activated.connect(lambda _: self.setCurrentItem(item))
        combo.currentIndexChanged.connect(lambda _: self.source_changed.emit(key, str(combo.currentData())))
        self.setItemWidget(item, 1, combo)
        self._rows[key] = (item, combo)
        return combo

    def _selected(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(0, _KEY)))


def source_of(entry: dict[str, Any] | None) -> str:
    """How a source of a mapping is called in the list."""
    if entry is None:
        return NOTHING
    return str(entry["from"]) if "from" in entry else CONSTANT
