"""What is selected on the map: one feature in the form, several with what can be done to all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from qgis.core import QgsFeature, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtWidgets import QLabel, QMenu, QPushButton, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from novex_plugin.core.proposal.schema import FEATURE_TABLES
from novex_plugin.qgis_adapter.belongings import CONTRIBUTIONS
from novex_plugin.qgis_adapter.linked_edits import row_with, rows_where
from novex_plugin.ui.draw.edits import proposal_table
from novex_plugin.ui.draw.feature_form import FeatureForm
from novex_plugin.ui.draw.fields import written
from novex_plugin.ui.draw.measures import told_size
from novex_plugin.ui.draw.palette_model import Entry
from novex_plugin.ui.draw.variants import variant_codes

HINT, ONE, SEVERAL = range(3)


class Selected(QObject):
    """Keeps the lower half of the dock in step with selection and edits. `feature` is the id of the shown one."""

    pages: QStackedWidget
    hint: QLabel

    def __init__(self, workbench: Any, edits: Any, form: FeatureForm, palette: Any) -> None:
        super().__init__(workbench)
        self.feature = ""
        self._layer: QgsVectorLayer | None = None
        self._bench = workbench
        self._edits = edits
        self._form = form
        self._palette = palette
        self._choosing = False
        self._waiting: list[Callable[[], None]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._catch_up)
        form.value_given.connect(self._set_value)
        form.amount_given.connect(self._set_amount)
        form.finding_asked.connect(lambda finding: workbench.ask("check", finding))
        self._menu = QMenu(form)
        self._menu.aboutToShow.connect(self._fill_menu)
        form.menu_button.setMenu(self._menu)
        self.several = self._several()

    def clear(self) -> None:
        """Nothing is selected."""
        self._timer.stop()
        self._waiting.clear()
        self.feature, self._layer = "", None
        self._palette.has_selection = False
        self._form.contributions.clear()
        if hasattr(self, "pages"):
            self.pages.setCurrentIndex(HINT)
            self.hint.setText(self.tr("Click a legend unit to draw, or select a feature on the map."))

    def later(self, function: Callable[[], None]) -> None:
        """Do something once what is going on now has ended."""
        if function not in self._waiting:
            self._waiting.append(function)
        self._timer.start(0)

    def choose(self, layer: QgsVectorLayer, row: QgsFeature) -> None:
        """Select a feature, and nothing else of the proposal."""
        proposal = self._bench.proposal
        found = row_with(layer, str(row["id"]))
        if proposal is None or found is None:
            return
        self._choosing = True
        for other in proposal.features.values():
            if other is not layer:
                other.removeSelection()
        layer.selectByIds([found.id()])
        self._choosing = False
        self.selection_changed(layer)

    def choose_id(self, identifier: str) -> bool:
        """Select a feature by its id and bring it into view; False when it is not there."""
        proposal = self._bench.proposal
        found = proposal.feature(identifier) if proposal is not None else None
        if found is None:
            return False
        self._bench.iface.setActiveLayer(found[0])
        self.choose(*found)
        self._bench.iface.mapCanvas().zoomToSelected(found[0])
        return True

    def selection_changed(self, layer: QgsVectorLayer) -> None:
        """The selection in a layer is another one."""
        if self._choosing:
            return
        self._form.finish_typing()
        count = layer.selectedFeatureCount()
        if count == 1:
            (row,) = layer.getSelectedFeatures()
            self.feature, self._layer = written(row["id"]), layer
            self._palette.has_selection = True
            self._show(row)
        elif count > 1:
            self.feature, self._layer = "", layer
            self._palette.has_selection = False
            self._show_several(layer, list(layer.getSelectedFeatures()))
        elif self._layer is layer or self._layer is None:
            self.clear()

    def edited(self, ids: frozenset[str]) -> None:
        """These features changed on the screen."""
        if self.feature in ids or (not self.feature and self._layer is not None):
            self.look_again()

    def look_again(self) -> None:
        """Show what is selected as it is now; soon, as many things can change at once."""
        if self._layer is not None:
            self.later(self._renew)

    def show_outcomes(self) -> None:
        """Show what the rules say now."""
        if self.feature:
            self._form.outcomes.show_feature(self._bench.testing, self.feature)

    def again_as(self, entry: Entry) -> None:
        """Draw the selected shape again as another legend unit."""
        layer, row = self._row()
        if layer is None or row is None:
            return
        if FEATURE_TABLES[entry.kind] != proposal_table(self._bench.proposal, layer):
            told = self.tr("The selected shape is no {kind}: draw this unit on the map.")
            self._bench.tell(told.format(kind=entry.kind))
            return
        copy = self._edits.again_as(layer, row, entry.unit, self._palette.role)
        if copy is not None:
            self.choose(layer, copy)

    def _catch_up(self) -> None:
        waiting, self._waiting = self._waiting, []
        for function in waiting:
            function()

    def _renew(self) -> None:
        layer = self._layer
        try:
            if layer is None or not layer.isValid():
                self.clear()
            elif not self.feature:
                self.selection_changed(layer)
            elif (row := row_with(layer, self.feature)) is not None:
                self._show(row)
            else:
                self.clear()
        except RuntimeError:  # QGIS deleted the layer in between
            self.clear()

    def _show(self, row: QgsFeature) -> None:
        proposal, layer = self._bench.proposal, self._layer
        if proposal is None or layer is None:
            return
        kind = next((kind for kind, table in FEATURE_TABLES.items() if table == proposal_table(proposal, layer)), "")
        if not kind:
            self.clear()
            return
        amounts = []
        if CONTRIBUTIONS in proposal.layers:
            amounts = rows_where(proposal.layers[CONTRIBUTIONS], "kenmerk", self.feature)
        self._form.show_feature(proposal.agreement, proposal.province, kind, row, amounts)
        self._form.contributions.setEnabled(CONTRIBUTIONS in proposal.layers)
        self.show_outcomes()
        self.pages.setCurrentIndex(ONE)

    def _row(self) -> tuple[QgsVectorLayer | None, QgsFeature | None]:
        """The shown feature as it is now."""
        try:
            if self._layer is not None and self.feature and self._layer.isValid():
                return self._layer, row_with(self._layer, self.feature)
        except RuntimeError:
            self.clear()
        return None, None

    def _set_value(self, field: str, value: object, title: str) -> None:
        layer, row = self._row()
        if layer is None or row is None:
            self._gone()
        else:
            self._edits.set_value(layer, row, field, value, title)
            self.look_again()

    def _set_amount(self, amount: object) -> None:
        layer, row = self._row()
        if layer is None or row is None:
            self._gone()
        else:
            self._edits.set_amount(layer, row, amount)
            self.look_again()

    def _gone(self) -> None:
        if self.feature:
            self._bench.warn(self.tr("The feature is not there any more. Select another one."))
        self.clear()

    def _fill_menu(self) -> None:
        menu = self._menu
        menu.clear()
        layer, row = self._row()
        if layer is None or row is None:
            return
        iface = self._bench.iface
        menu.addAction(self.tr("Zoom to it"), lambda: iface.mapCanvas().zoomToSelected(layer))
        menu.addAction(self.tr("Form of QGIS…"), lambda: iface.openFeatureForm(layer, row, False, False))
        if proposal_table(self._bench.proposal, layer) != FEATURE_TABLES["punt"]:
            menu.addAction(self.tr("Split with a line"), lambda: self._split(layer))
        self._add_variants(menu, layer, [row])
        menu.addSeparator()
        menu.addAction(self.tr("Remove"), lambda: self._edits.remove(layer, [row]))

    def _split(self, layer: QgsVectorLayer) -> None:
        """Take QGIS's own tool."""
        table = proposal_table(self._bench.proposal, layer)
        kind = next((kind for kind, name in FEATURE_TABLES.items() if name == table), "")
        if kind and self._edits.layer_of(kind) is not None:
            self._bench.iface.setActiveLayer(layer)
            self._bench.iface.actionSplitFeatures().trigger()

    def _add_variants(self, menu: QMenu, layer: QgsVectorLayer, rows: Sequence[QgsFeature]) -> None:
        others = [each for each in variant_codes(self._bench.proposal) if each[0] != self._bench.variant]
        if not others:
            return
        into = menu.addMenu(self.tr("Copy to variant"))
        for code, name in others:
            into.addAction(name, lambda code=code, name=name: self._copy_to(layer, rows, code, name))

    def _copy_to(self, layer: QgsVectorLayer, rows: Sequence[QgsFeature], code: str, name: str) -> None:
        count = self._edits.copy_to(layer, rows, code)
        if count:
            one, several = self.tr("1 feature copied to {name}."), self.tr("{count} features copied to {name}.")
            self._bench.tell((one if count == 1 else several).format(count=count, name=name))

    def _several(self) -> QWidget:
        box = QWidget()
        self.several_words = QLabel()
        self.several_words.setWordWrap(True)
        self.merge_button = QPushButton(self.tr("Merge into one"))
        self.merge_button.setToolTip(self.tr("The largest keeps its name and id; contributions are added up"))
        self.merge_button.clicked.connect(lambda _: self._merge())
        self.copy_button = QToolButton()
        self.copy_button.setText(self.tr("Copy to variant"))
        self.copy_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.several_words, self.merge_button, self.copy_button):
            layout.addWidget(widget)
        return box

    def _show_several(self, layer: QgsVectorLayer, rows: list[QgsFeature]) -> None:
        table = proposal_table(self._bench.proposal, layer)
        kind = next((kind for kind, name in FEATURE_TABLES.items() if name == table), "punt")
        from qgis.core import QgsGeometry

        size = told_size(QgsGeometry.collectGeometry([row.geometry() for row in rows]), kind)
        told = self.tr("{count} features selected").format(count=len(rows))
        self.several_words.setText(f"{told} · {size}" if size else told)
        alike = len({(written(row["legenda"]), written(row["variant"])) for row in rows}) == 1
        self.merge_button.setVisible(kind != "punt")
        self.merge_button.setEnabled(alike)
        menu = QMenu(self.copy_button)
        self._add_variants(menu, layer, rows)
        inner = menu.actions()[0].menu() if menu.actions() else None
        self.copy_button.setMenu(inner)
        self.copy_button.setVisible(inner is not None)
        self.pages.setCurrentIndex(SEVERAL)

    def _merge(self) -> None:
        layer = self._layer
        if layer is None:
            return
        kept = self._edits.merge(layer, list(layer.getSelectedFeatures()))
        if kept is not None:
            self.choose(layer, kept)
