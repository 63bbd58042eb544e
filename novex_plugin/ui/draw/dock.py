"""The dock Tekenen: variants and live test above, the palette in the middle, the selected feature beneath."""

from __future__ import annotations

from typing import Any

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QMetaObject, QObject, Qt
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from novex_plugin.qgis_adapter.shown_variant import show_all, show_variant
from novex_plugin.ui.draw.drawing import Drawing
from novex_plugin.ui.draw.edits import Edits
from novex_plugin.ui.draw.feature_form import FeatureForm
from novex_plugin.ui.draw.palette_view import PaletteView
from novex_plugin.ui.draw.selected import Selected
from novex_plugin.ui.draw.unit_on_map import is_shown, select_unit, show_unit, zoom_to_unit
from novex_plugin.ui.draw.variants import VariantBar, variant_codes


def create(workbench: Any) -> DrawDock:
    """Make the dock."""
    return DrawDock(workbench)


class DrawDock(QgsDockWidget):
    """See the module. Without an open proposal it offers to make one."""

    def __init__(self, workbench: Any) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Draw"))
        self.bench = workbench
        self.edits = Edits(workbench)
        self._layers: list[Any] = []
        """The layers whose signals are heard."""
        self._heard: list[QMetaObject.Connection] = []
        self.variants = VariantBar(workbench, self.edits)
        self.palette = PaletteView()
        self.form = FeatureForm()
        self.drawing = Drawing(workbench, self.edits, self.palette)
        self.selected = Selected(workbench, self.edits, self.form, self.palette)
        self.setWidget(self._laid_out())
        self.drawing.drawn.connect(self.selected.choose)
        self.drawing.told.connect(self._show_drawing)
        palette = self.palette
        palette.chosen.connect(self.drawing.start)
        palette.stopped.connect(self.drawing.stop)
        palette.role_changed.connect(lambda _: self.drawing.role_changed())
        palette.selection_asked.connect(lambda entry: select_unit(workbench, entry))
        palette.zoom_asked.connect(lambda entry: zoom_to_unit(workbench, entry))
        palette.shape_asked.connect(self.selected.again_as)
        palette.shown_asked.connect(lambda entry, wanted: show_unit(workbench, entry, wanted))
        palette.is_shown = lambda entry: is_shown(workbench, entry)
        self._connections: list[QMetaObject.Connection] = [
            workbench.proposal_changed.connect(self._another_proposal),
            workbench.variant_changed.connect(lambda _: self._another_variant()),
            workbench.edited.connect(self._edited),
            workbench.saved.connect(self._saved),
            workbench.testing.changed.connect(self.selected.show_outcomes),
            workbench.testing.busy_changed.connect(lambda _: self.selected.show_outcomes()),
            workbench.testing.live_changed.connect(self._live_changed),
        ]
        self._another_proposal()

    def release(self) -> None:
        """Hear nothing any more, and leave the map as it was."""
        self.drawing.release()
        self._let_go()
        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections.clear()
        proposal = self.bench.proposal
        if proposal is not None:
            show_all(proposal.features.values())

    def show_item(self, item: str) -> None:
        """Draw with a legend unit, or show a feature, by its id."""
        proposal = self.bench.proposal
        if proposal is None:
            return
        if item in proposal.agreement.units:
            self.palette.search.clear()
            self.palette.mine.setChecked(False)
            self.palette.model.look_for("")
            entry = self.palette.model.entry_of(item)
            if entry is not None:
                self.drawing.start(entry)
        else:
            self.selected.choose_id(item)

    def _laid_out(self) -> QWidget:
        self.empty = self._nothing_open()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(self._working())
        return self.pages

    def _nothing_open(self) -> QWidget:
        page = QWidget()
        said = QLabel(self.tr("No proposal in this project yet."))
        said.setWordWrap(True)
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.new_button = QPushButton(self.tr("New proposal…"))
        self.new_button.clicked.connect(lambda _: self.bench.ask("new"))
        layout = QVBoxLayout(page)
        layout.addStretch(1)
        layout.addWidget(said)
        layout.addWidget(self.new_button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        return page

    def _working(self) -> QWidget:
        page = QWidget()
        self.below = QStackedWidget()
        self.hint = QLabel()
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.hint.setContentsMargins(2, 6, 2, 2)
        several = QWidget()
        column = QVBoxLayout(several)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(self.selected.several)
        column.addStretch(1)
        for each in (self.hint, self.form, several):
            self.below.addWidget(each)
        self.selected.pages = self.below
        self.selected.hint = self.hint
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.palette)
        splitter.addWidget(self.below)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([280, 330])
        layout = QVBoxLayout(page)
        layout.setContentsMargins(6, 6, 6, 4)
        layout.setSpacing(5)
        layout.addWidget(self.variants)
        layout.addWidget(splitter, 1)
        layout.addWidget(self._foot())
        return page

    def _foot(self) -> QWidget:
        """What is being drawn, or how much is not saved."""
        foot = QWidget()
        self.state = QLabel()
        self.state.setTextFormat(Qt.TextFormat.PlainText)
        self.state.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.stop_button = QToolButton()
        self.stop_button.setText(self.tr("Stop"))
        self.stop_button.setToolTip(self.tr("Stop drawing (Esc)"))
        self.stop_button.setAutoRaise(True)
        self.stop_button.clicked.connect(lambda _: self.drawing.stop())
        self.stop_button.hide()
        layout = QHBoxLayout(foot)
        layout.setContentsMargins(2, 0, 0, 0)
        layout.addWidget(self.state, 1)
        layout.addWidget(self.stop_button)
        foot.setMinimumHeight(self.stop_button.sizeHint().height())
        return foot

    def _another_proposal(self) -> None:
        self.drawing.stop()
        self._let_go()
        proposal = self.bench.proposal
        self.pages.setCurrentIndex(0 if proposal is None else 1)
        self.palette.show_agreement(proposal.agreement if proposal is not None else None)
        if proposal is not None:
            self._listen(proposal)
        self._another_variant()

    def _listen(self, proposal: Any) -> None:
        for layer in proposal.features.values():
            self._heard += [
                layer.selectionChanged.connect(lambda *_, layer=layer: self.selected.selection_changed(layer)),
                layer.featureDeleted.connect(lambda _: self.selected.look_again()),
                layer.geometryChanged.connect(lambda *_: self.selected.look_again()),
                layer.editingStarted.connect(self._show_state),
                layer.editingStopped.connect(self._show_state),
            ]
        if "variant" in proposal.layers:
            table = proposal.layers["variant"]
            self._heard += [
                table.featureAdded.connect(lambda _: self.selected.later(self._variants_changed)),
                table.featureDeleted.connect(lambda _: self.selected.later(self._variants_changed)),
                table.attributeValueChanged.connect(lambda *_: self.selected.later(self._variants_changed)),
            ]

    def _let_go(self) -> None:
        for connection in self._heard:
            QObject.disconnect(connection)
        self._heard.clear()
        self.selected.clear()

    def _another_variant(self) -> None:
        self._variants_changed()
        self.selected.clear()
        proposal = self.bench.proposal
        if proposal is not None:
            for layer in proposal.features.values():
                layer.removeSelection()
        self._show_state()

    def _variants_changed(self) -> None:
        """There are other variants, or another one is open; one that was undone cannot stay open."""
        proposal = self.bench.proposal
        known = [code for code, _ in variant_codes(proposal)]
        if proposal is None:
            return
        if known and self.bench.variant not in known:
            self.bench.choose_variant(known[0])
            return
        self.variants.refresh()
        from qgis.core import QgsProject

        show_variant(QgsProject.instance(), proposal.features.values(), self.bench.variant, len(known) > 1)

    def _edited(self, ids: frozenset[str]) -> None:
        self.selected.edited(ids)
        self._show_state()

    def _saved(self) -> None:
        self.selected.look_again()
        self._variants_changed()
        self._show_state()

    def _live_changed(self, live: bool) -> None:
        self.variants.show_live(live)
        self.selected.show_outcomes()

    def _show_drawing(self, text: str) -> None:
        """What is being drawn, with its measure; empty when nothing is."""
        self.stop_button.setVisible(bool(text))
        if text:
            self.state.setText(text)
            self.state.setToolTip(text)
        else:
            self._show_state()

    def _show_state(self) -> None:
        from novex_plugin.qgis_adapter.screen_edits import unsaved

        if self.drawing.active is not None:
            return
        proposal = self.bench.proposal
        try:
            count = unsaved(proposal.layers) if proposal is not None else 0
        except RuntimeError:
            count = 0
        one, several = self.tr("1 change not saved"), self.tr("{count} changes not saved")
        told = "" if not count else one if count == 1 else several.format(count=count)
        self.state.setText(told)
        self.state.setToolTip(self.tr("Save with Save Edits of QGIS") if count else "")
