"""Couples the fields of a layer to those of the agreement: source left, agreement right, values below, and what ten
rows would become."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QItemSelectionModel, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QTableView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from novex_plugin.core.dutch import number
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.files import write_json
from novex_plugin.qgis_adapter.layer_rows import LayerRows
from novex_plugin.ui import tasks
from novex_plugin.ui.new_proposal.draft import Draft, Entry, choices, columns_of, different, unknown_values
from novex_plugin.ui.new_proposal.field_list import CONSTANT, NOTHING, FieldList
from novex_plugin.ui.new_proposal.preview import PreviewModel
from novex_plugin.ui.new_proposal.trial import MOST_ROWS, Holder, Trial, tried
from novex_plugin.ui.new_proposal.value_panel import ValuePanel

_PAUSE_MS = 250
_EXAMPLES = 3


class MappingEditor(QWidget):
    """`changed` tells that there is another trial, or that one is awaited; `said` has what to tell the user."""

    changed = pyqtSignal()
    said = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft: Draft | None = None
        self.trial: Trial | None = None
        self.problem = ""
        self._holder: Holder | None = None
        self._table: FeatureTable | None = None
        self._rows: LayerRows | None = None
        self._work: Any = None
        self._folder = ""
        self._sources = QTreeWidget()
        self._fields = FieldList()
        self._values = ValuePanel()
        self._preview = PreviewModel()
        self._told = QLabel()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._try)
        self._lay_out()
        self.setFocusProxy(self._fields)
        self._fields.chosen.connect(self._show_values)
        self._fields.source_changed.connect(self._set_source)
        self._values.edited.connect(self._edited)
        self._sources.itemActivated.connect(lambda item, _: self._fields.take_from(item.text(0)))

    def release(self) -> None:
        """Wait for nothing any more."""
        self._pause.stop()
        self._stop()

    @property
    def rows(self) -> LayerRows | None:
        """What is imported: the rows as they were when the layer was chosen."""
        return self._rows

    @property
    def table(self) -> FeatureTable | None:
        """The first rows, which are tried."""
        return self._table

    def set_layer(self, layer: QgsVectorLayer, holder: Holder) -> None:
        """Couple the fields of another layer, or of the same one for another proposal; a mapping for the same fields
        is kept."""
        same = self._table is not None and [each.name() for each in layer.fields()] == list(self._table.columns)
        self.release()
        self._holder = holder
        if self.draft is None or not same or self.draft.agreement.digest != holder.agreement.digest:
            self.draft = None
        self._rows = rows = LayerRows(layer, QgsProject.instance().transformContext())
        self._table, self.trial, self.problem = None, None, ""
        self._enable(False)
        self._told.setText(self.tr("Reading {layer}…").format(layer=rows.name))
        self.changed.emit()
        self._work = tasks.start(
            self.tr("Reading {layer}").format(layer=rows.name),
            lambda progress: rows.table(progress, MOST_ROWS),
            self._read,
            self._refused,
            silent=True,
        )

    def content(self) -> dict[str, Any]:
        """The mapping. Raises InputError while it cannot be used."""
        if self.draft is None:
            raise InputError("er is geen afbeelding.", "Kies een laag.")
        return self.draft.checked(self.tr("the mapping"))

    def load(self, path: Path) -> None:
        """Take a saved mapping; one that cannot be used is told and changes nothing."""
        if self.draft is None or self._table is None:
            return
        try:
            self.draft.load(path)
        except InputError as error:
            self.said.emit(str(error))
            return
        self._show_draft()

    def save(self, path: Path) -> None:
        """Keep the mapping as novex-mapping; one that cannot be used, or a place that cannot be written to, is told."""
        try:
            write_json(path, self.content())
        except InputError as error:
            self.said.emit(str(error))
            return
        self.said.emit(self.tr("Mapping saved in {file}.").format(file=path.name))

    def _lay_out(self) -> None:
        self._sources.setHeaderLabels([self.tr("Layer"), self.tr("Examples")])
        self._sources.setRootIsDecorated(False)
        self._sources.setUniformRowHeights(True)
        self._sources.setAccessibleName(self.tr("Fields of the layer"))
        self._sources.setToolTip(self.tr("Double-click or Enter couples a field to the selected one on the right"))
        add = QPushButton(self.tr("Add contribution"))
        add.setToolTip(self.tr("Let a field count towards an indicator, such as homes or hectares"))
        self._add = QMenu(add)
        add.setMenu(self._add)
        remove = QPushButton(self.tr("Remove"))
        remove.setToolTip(self.tr("Take the selected contribution away"))
        remove.clicked.connect(self._remove_contribution)
        load, save = QPushButton(self.tr("Load mapping…")), QPushButton(self.tr("Save mapping…"))
        load.clicked.connect(self._ask_load)
        save.clicked.connect(self._ask_save)
        self._acts = (add, remove, load, save)
        self._enable(False)
        buttons = QHBoxLayout()
        for each in (add, remove):
            buttons.addWidget(each)
        buttons.addStretch(1)
        for each in (load, save):
            buttons.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._panes(), 1)
        layout.addLayout(buttons)

    def _panes(self) -> QSplitter:
        top = QSplitter(Qt.Orientation.Horizontal)
        top.addWidget(self._sources)
        top.addWidget(self._fields)
        top.setStretchFactor(0, 2)
        top.setStretchFactor(1, 3)
        preview = QTableView()
        preview.setModel(self._preview)
        preview.verticalHeader().setVisible(False)
        preview.verticalHeader().setDefaultSectionSize(preview.fontMetrics().height() + 6)
        preview.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        preview.setWordWrap(False)
        preview.setAccessibleName(self.tr("What rows of the layer become"))
        self._view = preview
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setWordWrap(True)
        below = QWidget()
        layout = QVBoxLayout(below)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._told)
        layout.addWidget(preview, 1)
        panes = QSplitter(Qt.Orientation.Vertical)
        for place, (widget, share) in enumerate(((top, 6), (self._values, 3), (below, 4))):
            panes.addWidget(widget)
            panes.setStretchFactor(place, share)
            panes.setCollapsible(place, False)
        return panes

    def _read(self, table: FeatureTable) -> None:
        self._work = None
        self._table = table
        if self._holder is None:
            return
        if self.draft is None:
            self.draft = Draft(self._holder.agreement)
            self.draft.guess(table)
        self._sources.clear()
        self._sources.setHeaderLabels([table.name, self.tr("Examples")])
        for name in table.columns:
            listed = ", ".join(text[:30] for text, _ in different(table, name)[:_EXAMPLES])
            item = QTreeWidgetItem(self._sources, [name, listed])
            item.setToolTip(1, listed)
        self._sources.resizeColumnToContents(0)
        self._offer_contributions()
        self._enable(True)
        self._show_draft()

    def _enable(self, read: bool) -> None:
        """A mapping is of a layer that was read."""
        for each in self._acts:
            each.setEnabled(read)

    def _show_draft(self) -> None:
        if self.draft is None or self._table is None or self._holder is None:
            return
        if len(self._holder.variants) > 1:
            # Rows would belong to none of them.
            self.draft.fields.setdefault("variant", {"constant": self._holder.variant})
        self._fields.show_draft(self.draft, list(self._table.columns))
        self._show_values(self._fields.current())
        self._edited()

    def _show_values(self, key: str) -> None:
        if self.draft is None or self._table is None or not key:
            return
        self._values.show_row(key, self.draft, self._table)
        entry = self.draft.fields.get(key, {})
        found = self._sources.findItems(str(entry.get("from", "\0")), Qt.MatchFlag.MatchExactly)
        flag = QItemSelectionModel.SelectionFlag
        if found:
            self._sources.setCurrentItem(found[0], 0, flag.ClearAndSelect | flag.Rows)

    def _set_source(self, key: str, source: str) -> None:
        """Let a row get its value from elsewhere."""
        if self.draft is None or self._table is None:
            return
        entry: Entry | None = None
        if source == CONSTANT:
            entry = {"constant": None}
        elif source != NOTHING:
            column = next((each for each in columns_of(self.draft.agreement) if each.name == key), None)
            known = source in self._table.columns
            values = self.draft.translations(column, self._table, source) if column is not None and known else {}
            entry = {"from": source, "values": values} if values else {"from": source}
        if key.startswith("+"):
            self.draft.contributions[int(key[1:])]["value"] = entry or {"constant": None}
        elif entry is None:
            self.draft.fields.pop(key, None)
        else:
            self.draft.fields[key] = entry
        self._show_values(key)
        self._edited()

    def _offer_contributions(self) -> None:
        self._add.clear()
        for indicator in sorted(self.draft.agreement.indicators, key=lambda each: each.label.nl) if self.draft else ():
            action = self._add.addAction(f"{indicator.label.nl} ({indicator.unit})")
            action.triggered.connect(lambda _, chosen=indicator.id: self._add_contribution(chosen))

    def _add_contribution(self, indicator: str) -> None:
        if self.draft is not None:
            self.draft.add_contribution(indicator)
            self._show_draft()
            self._fields.select(f"+{len(self.draft.contributions) - 1}")

    def _remove_contribution(self) -> None:
        key = self._fields.current()
        if self.draft is not None and key.startswith("+"):
            del self.draft.contributions[int(key[1:])]
            self._show_draft()

    def _ask_load(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Load mapping"), self._folder, "novex-mapping (*.json)")
        if chosen:
            self._folder = str(Path(chosen).parent)
            self.load(Path(chosen))

    def _ask_save(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save mapping"), self._folder, "novex-mapping (*.json)")
        if chosen:
            self._folder = str(Path(chosen).parent)
            self.save(Path(chosen).with_suffix(".json"))

    def _edited(self) -> None:
        """Count the values again, and try the rows a moment later."""
        if self.draft is None or self._table is None:
            return
        for column in columns_of(self.draft.agreement):
            self._fields.tell(column.name, *self._state(column.name))
        self.trial = None
        self._pause.start()
        self.changed.emit()

    def _state(self, name: str) -> tuple[str, str]:
        """What the list says of a field: how many of its values are not known."""
        entry = self.draft.fields.get(name) if self.draft is not None else None
        if self.draft is None or self._table is None or entry is None or "from" not in entry:
            return "", ""
        if entry["from"] not in self._table.columns:
            return f"✕ {self.tr('no such field')}", ""
        codes = choices(self.draft.agreement, next(c for c in columns_of(self.draft.agreement) if c.name == name))
        values = different(self._table, entry["from"])
        unknown = unknown_values(entry, (code for code, _ in codes), values) if codes else 0
        if unknown:
            said = self.tr("{count} not known").format(count=number(unknown, "aantal"))
            return f"✕ {said}", self.tr("Values that are no code of the agreement; translate them below")
        return "✓", ""

    def _try(self) -> None:
        if self.draft is None or self._table is None or self._holder is None:
            return
        self._stop()
        table, content, holder = self._table, self.draft.content(), self._holder
        name = self.tr("the mapping")
        self._work = tasks.start(
            self.tr("Trying the mapping"),
            lambda _progress: tried(table, content, holder, name),
            self._tried,
            self._refused,
            silent=True,
        )

    def _tried(self, trial: Trial) -> None:
        self._work = None
        self.trial, self.problem = trial, ""
        said = self.tr("{fits} of {tried} rows fit.")
        if trial.tried == MOST_ROWS:
            said = self.tr("{fits} of the first {tried} rows fit.")
        text = said.format(fits=number(trial.fits, "aantal"), tried=number(trial.tried, "aantal"))
        reasons = "; ".join(f"{reason} ({number(count, 'aantal')}×)" for reason, count in trial.reasons[:2])
        self._told.setText(f"{text} {reasons}" if reasons else text)
        self._show_trial()

    def _refused(self, said: str) -> None:
        self._work = None
        absent = self.draft.absent_fields(self._table.columns) if self.draft and self._table else ()
        if absent:
            said = self.tr("The layer does not have these fields: {fields}. Choose other ones above.")
            said = said.format(fields=", ".join(absent))
        self.trial, self.problem = None, said
        self._told.setText(said)
        self._show_trial()

    def _show_trial(self) -> None:
        if self.draft is not None:
            self._preview.show_trial(self.trial, set(self.draft.fields), self.draft.agreement)
            self._view.resizeColumnsToContents()
            self._view.setColumnWidth(2, min(self._view.columnWidth(2), 320))
        self.changed.emit()

    def _stop(self) -> None:
        if self._work is not None:
            tasks.drop(self._work)
            self._work = None
