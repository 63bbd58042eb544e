"""What the values of one field become: a translation for each, or one fixed value; for contributions the year too."""

from __future__ import annotations

from typing import Any

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFormLayout,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from novex_plugin.core.dutch import number
from novex_plugin.core.features.geopackage import Column
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.ui.new_proposal.draft import MOST_VALUES, Draft, Entry, choices, columns_of, different
from novex_plugin.ui.new_proposal.widgets import QuietCombo

_AS_IS, _DROP = "\0zo", "\0weg"
_YEARS = range(2020, 2101)
_EXAMPLES = 6


class ValuePanel(QWidget):
    """Edits one row of a draft; `edited` tells that the draft changed."""

    edited = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self._key = ""
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._pages = QStackedWidget()
        self._said = QLabel()
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._code = QuietCombo()
        self._code.currentIndexChanged.connect(lambda _: self._fixed(self._code.currentData()))
        self._text = QgsFilterLineEdit()
        self._text.textEdited.connect(self._fixed)
        self._table = self._make_table()
        for each in (self._said, self._aside(self._code), self._aside(self._text), self._table):
            self._pages.addWidget(each)
        self._year, self._status = QuietCombo(), QuietCombo()
        self._more = self._make_more()
        self._more.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._title)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._more)

    def show_row(self, key: str, draft: Draft, table: FeatureTable | None) -> None:
        """Edit this row of a draft; `table` has the values that the layer has."""
        self._draft, self._key = draft, key
        entry = self._entry()
        column = next((each for each in columns_of(draft.agreement) if each.name == key), None)
        if column is not None:
            self._title.setText(self.tr("Values of {field}").format(field=column.title or key))
        elif (contribution := self._contribution()) is not None:
            told = draft.agreement.indicator[contribution["indicator"]]
            self._title.setText(
                self.tr("Contribution: {indicator} ({unit})").format(indicator=told.label.nl, unit=told.unit)
            )
            self._show_more(contribution, table)
        self._more.setVisible(column is None and self._contribution() is not None)
        codes = choices(draft.agreement, column) if column is not None else []
        if entry is None:
            self._say_default(column)
        elif "constant" in entry:
            self._show_constant(entry, codes)
        elif table is None or entry["from"] not in table.columns:
            self._say(self.tr("The layer has no field {field}. Choose another one.").format(field=entry["from"]))
        elif codes:
            self._show_values(entry, codes, different(table, entry["from"]))
        else:
            listed = ", ".join(text[:40] for text, _ in different(table, entry["from"])[:_EXAMPLES])
            said = self.tr("The values are taken as they are: {values} …").format(values=listed)
            self._say(said if listed else self.tr("This field is empty in the whole layer."))

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setHorizontalHeaderLabels([self.tr("In the layer"), self.tr("Rows"), self.tr("Becomes")])
        table.verticalHeader().setVisible(False)
        table.verticalHeader().setDefaultSectionSize(QuietCombo().sizeHint().height())
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setAccessibleName(self.tr("Translation of values"))
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(0, 200)
        return table

    def _make_more(self) -> QWidget:
        box = QWidget()
        form = QFormLayout(box)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self.tr("Year"), self._year)
        form.addRow(self.tr("Status"), self._status)
        self._year.currentIndexChanged.connect(lambda _: self._set_more("year", self._year.currentData()))
        self._status.currentIndexChanged.connect(lambda _: self._set_more("status", self._status.currentData()))
        return box

    def _aside(self, widget: QWidget) -> QWidget:
        """A widget at the top of a page of its own."""
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(widget)
        layout.addStretch(1)
        return page

    def _contribution(self) -> Entry | None:
        if self._draft is None or not self._key.startswith("+"):
            return None
        place = int(self._key[1:])
        return self._draft.contributions[place] if place < len(self._draft.contributions) else None

    def _entry(self) -> Entry | None:
        contribution = self._contribution()
        if contribution is not None:
            value: Entry = contribution["value"]
            return value
        return self._draft.fields.get(self._key) if self._draft is not None else None

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._pages.setCurrentIndex(0)

    def _say_default(self, column: Column | None) -> None:
        name = column.name if column is not None else ""
        if name in ("variant", "provincie"):
            self._say(self.tr("Not taken from the layer: it is that of the proposal."))
        elif name == "bron":
            self._say(self.tr("Not taken from the layer: it becomes the name of the layer."))
        elif name == "programma":
            self._say(self.tr("Not taken from the layer: it follows from the legend unit."))
        elif column is not None and column.default is not None:
            labels = dict(choices(self._draft.agreement, column)) if self._draft is not None else {}
            default = labels.get(str(column.default), column.default)
            self._say(self.tr("Not taken from the layer: it becomes {value}.").format(value=default))
        elif name == "legenda":
            self._say(self.tr("Every feature needs a legend unit: choose a field or a fixed value."))
        else:
            self._say(self.tr("Not taken from the layer: it stays empty."))

    def _show_constant(self, entry: Entry, codes: list[tuple[str, str]]) -> None:
        value = entry["constant"]
        if codes:
            self._code.fill([(self.tr("(choose)"), None), *((label, code) for code, label in codes)])
            self._code.choose(None if value is None else str(value))
            self._pages.setCurrentIndex(1)
            return
        self._text.setText("" if value is None else str(value))
        self._pages.setCurrentIndex(2)

    def _show_values(self, entry: Entry, codes: list[tuple[str, str]], values: list[tuple[str, int]]) -> None:
        """A line for each value, and one for all others and for what is absent."""
        known = dict(codes)
        shown = values[:MOST_VALUES]
        self._table.setRowCount(0)
        self._table.setRowCount(len(shown) + 1)
        for row, (text, count) in enumerate(shown):
            self._line(row, text, number(count, "aantal"))
            as_is = (self.tr("(as it is)"), _AS_IS) if text in known else (self.tr("(not known: refused)"), _AS_IS)
            combo = self._choice(row, [as_is, *((label, code) for code, label in codes)])
            combo.choose(entry.get("values", {}).get(text, _AS_IS))
            combo.currentIndexChanged.connect(self._translator(text, combo))
        others = sum(count for _, count in values[MOST_VALUES:])
        self._line(len(shown), self.tr("(empty and all others)"), number(others, "aantal") if others else "")
        last = self._choice(len(shown), [("–", _DROP), *((label, code) for code, label in codes)])
        last.choose(entry.get("otherwise", _DROP))
        last.currentIndexChanged.connect(lambda _: self._set_otherwise(last.currentData()))
        self._pages.setCurrentIndex(3)

    def _line(self, row: int, text: str, count: str) -> None:
        self._table.setItem(row, 0, QTableWidgetItem(text))
        counted = QTableWidgetItem(count)
        counted.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._table.setItem(row, 1, counted)

    def _choice(self, row: int, listed: list[tuple[str, Any]]) -> QuietCombo:
        combo = QuietCombo()
        combo.fill(listed)
        combo.setAccessibleName(self.tr("Becomes"))
        self._table.setCellWidget(row, 2, combo)
        return combo

    def _translator(self, text: str, combo: QuietCombo) -> Any:
        def changed(_: int) -> None:
            entry = self._entry()
            if entry is None:
                return
            values = entry.setdefault("values", {})
            if combo.currentData() == _AS_IS:
                values.pop(text, None)
            else:
                values[text] = combo.currentData()
            self.edited.emit()

        return changed

    def _set_otherwise(self, value: str) -> None:
        entry = self._entry()
        if entry is not None:
            entry.pop("otherwise", None)
            if value != _DROP:
                entry["otherwise"] = value
            self.edited.emit()

    def _fixed(self, value: str | None) -> None:
        entry = self._entry()
        if entry is not None and "constant" in entry:
            entry["constant"] = value or None
            self.edited.emit()

    def _show_more(self, contribution: Entry, table: FeatureTable | None) -> None:
        fields = list(table.columns) if table is not None else []
        listed = [(name, ("field", name)) for name in fields]
        self._year.fill([("–", None), *listed, *((str(year), ("year", year)) for year in _YEARS)])
        year = contribution["year"]
        if isinstance(year, dict):
            year = ("field", year["from"]) if "from" in year else ("year", year["constant"])
        elif year is not None:
            year = ("year", year)
        self._year.choose(year)
        statuses = self._draft.agreement.code_lists["status"] if self._draft is not None else ()
        self._status.fill([("–", None), *((each.label.nl, each.code) for each in statuses)])
        self._status.choose(contribution.get("status"))

    def _set_more(self, name: str, value: Any) -> None:
        contribution = self._contribution()
        if contribution is None:
            return
        if isinstance(value, tuple):
            value = {"from": value[1]} if value[0] == "field" else value[1]
        contribution[name] = value
        self.edited.emit()
