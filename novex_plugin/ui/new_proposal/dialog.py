"""Nieuw voorstel: one dialog that writes a proposal and makes the project around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from novex_plugin.core.agreement import Agreement, agreement_names, agreement_path, read_agreement
from novex_plugin.core.dutch import number
from novex_plugin.core.errors import InputError
from novex_plugin.core.proposal.create import Heading
from novex_plugin.qgis_adapter.project_making import feature_tables, sight
from novex_plugin.qgis_adapter.proposal_place import Place
from novex_plugin.qgis_adapter.sketch import example
from novex_plugin.ui import tasks
from novex_plugin.ui.new_proposal.making import (
    Made,
    TakenIn,
    Wish,
    make_empty,
    make_from_delivery,
    make_from_layer,
    take_in,
)
from novex_plugin.ui.new_proposal.mapping_editor import MappingEditor
from novex_plugin.ui.new_proposal.opening import Opener
from novex_plugin.ui.new_proposal.start_page import DELIVERY, EXISTING, LAYER, NOTHING, STARTS, StartPage
from novex_plugin.ui.new_proposal.trial import Holder
from novex_plugin.ui.new_proposal.widgets import SketchView


def create(workbench: Any) -> QDialog:
    """The dialog, which stays for the next time."""
    return NewProposal(workbench)


class NewProposal(QDialog):
    """Its second page couples the fields of a layer; progress takes the place of the buttons while it writes."""

    def __init__(self, workbench: Any) -> None:
        super().__init__(workbench.iface.mainWindow() if workbench.iface is not None else None)
        self._workbench = workbench
        self._agreement = _agreement(workbench.settings.agreement)
        self._work: Any = None
        self._reading: Any = None
        self._taken: TakenIn | None = None
        self._place: Place | None = None
        self._problem = ""
        self.setWindowTitle(self.tr("New proposal"))
        self.setObjectName("novex_new_proposal")
        self.page = StartPage(workbench, self._agreement)
        self.editor = MappingEditor()
        self.sketch = SketchView()
        self._appears = QLabel()
        self._status = QLabel()
        self._pages = QStackedWidget()
        self._buttons, self._make, self._back = QWidget(), QPushButton(), QPushButton(self.tr("Back"))
        self._progress = QProgressBar()
        self._lay_out()
        self.page.changed.connect(self._judge)
        self.page.start_changed.connect(self._started_otherwise)
        self.page.delivery_chosen.connect(self._take_in)
        self.page.proposal_chosen.connect(self._look_at)
        self.editor.changed.connect(self._judge)
        self.editor.changed.connect(self._sketch_layer)
        self.editor.said.connect(self._status.setText)
        self._sketch_example()
        self._judge()

    def open(self) -> None:
        """Show it with what the project and the settings hold now."""
        self.page.layer.refresh()
        self.page.existing.refresh()
        self._judge()
        super().open()

    def show_item(self, item: str) -> None:
        """Start from what is named: nothing, layer, delivery or existing; or open the proposal in a file."""
        if item in STARTS:
            self.page.choose_start(item)
        else:
            self.page.choose_start(EXISTING)
            self.page.existing.choose(item)

    def release(self) -> None:
        """Wait for nothing any more, and leave nothing behind."""
        for work in (self._work, self._reading):
            tasks.drop(work)
        self._work = self._reading = None
        for part in (self.page.existing, self.editor, self.sketch):
            part.release()
        self._let_go()

    def reject(self) -> None:
        """Close, or stop what is being written."""
        if self._work is not None:
            self._work.cancel()
        else:
            super().reject()

    def _lay_out(self) -> None:
        first = QWidget()
        sides = QHBoxLayout(first)
        sides.setContentsMargins(0, 0, 0, 0)
        right = QVBoxLayout()
        right.addWidget(self.sketch, 1)
        self._appears.setWordWrap(True)
        self._appears.setTextFormat(Qt.TextFormat.RichText)
        right.addWidget(self._appears)
        sides.addWidget(self.page, 3)
        sides.addSpacing(8)
        sides.addLayout(right, 2)
        self._pages.addWidget(first)
        self._pages.addWidget(self.editor)
        self._status.setWordWrap(True)
        self._status.setTextFormat(Qt.TextFormat.PlainText)
        self._make.setDefault(True)
        close = QPushButton(self.tr("Cancel"))
        ends = QHBoxLayout(self._buttons)
        ends.setContentsMargins(0, 0, 0, 0)
        ends.addStretch(1)
        for button, function in ((self._back, self._go_back), (self._make, self._go_on), (close, self.reject)):
            button.clicked.connect(function)
            ends.addWidget(button)
        self._busy = QWidget()
        line = QHBoxLayout(self._busy)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._progress, 1)
        stop = QPushButton(self.tr("Stop"))
        stop.clicked.connect(self.reject)
        line.addWidget(stop)
        self._busy.hide()
        layout = QVBoxLayout(self)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._status)
        layout.addWidget(self._buttons)
        layout.addWidget(self._busy)
        self.resize(860, 500)

    @property
    def _mapping(self) -> bool:
        """Whether the fields are being coupled."""
        return self._pages.currentIndex() == 1

    def _judge(self) -> None:
        """Say what is lacking, and let go on only when nothing is."""
        problem = self._problem_now()
        if not self._busy.isVisibleTo(self):
            self._status.setText(problem)
        self._make.setEnabled(not problem and self._work is None)
        texts = {LAYER: self.tr("Couple fields"), EXISTING: self.tr("Open proposal")}
        text = self.tr("Make proposal")
        self._make.setText(text if self._mapping else texts.get(self.page.start, text))
        self._back.setVisible(self._mapping)

    def _problem_now(self) -> str:
        said = self.page.problem()
        if said:
            return said
        if self._mapping:
            return self._mapping_problem()
        if self.page.start in (DELIVERY, EXISTING):
            waiting = self._reading is not None
            return self.tr("Reading…") if waiting else self._problem
        return ""

    def _mapping_problem(self) -> str:
        trial = self.editor.trial
        if self.editor.problem:
            return self.tr("The mapping cannot be used yet.")
        if trial is None:
            return self.tr("Reading…")
        if not trial.fits:
            return self.tr("No row fits yet: see below the fields why.")
        return ""

    def _go_on(self) -> None:
        if self._problem_now() or self._work is not None:
            return
        start = self.page.start
        if start == LAYER and not self._mapping:
            self._couple()
        elif start == NOTHING:
            wish = self._wish()
            self._write(lambda progress: make_empty(wish, progress))
        elif start == LAYER:
            self._write_layer()
        elif start == DELIVERY and self._taken is not None:
            taken, target = self._taken, self.page.target()
            agreement = read_agreement(agreement_path(taken.received.agreement))
            self._write(lambda progress: make_from_delivery(taken, target, agreement, progress))
        elif start == EXISTING and (place := self._place) is not None:
            self._write(lambda progress: Made(sight(place, progress)))

    def _couple(self) -> None:
        layer = self.page.layer.layer
        if layer is None:
            return
        variant = self.page.variant.text().strip()
        holder = Holder(str(self.page.province.currentData()), (variant,), self._agreement, variant)
        self._pages.setCurrentIndex(1)
        self.resize(max(self.width(), 1000), max(self.height(), 660))
        self.editor.set_layer(layer, holder)
        self.editor.setFocus()
        self._judge()

    def _go_back(self) -> None:
        self._pages.setCurrentIndex(0)
        self._judge()

    def _write_layer(self) -> None:
        rows, wish = self.editor.rows, self._wish()
        try:
            content = self.editor.content()
        except InputError as error:
            self._status.setText(str(error))
            return
        if rows is not None:
            self._write(lambda progress: make_from_layer(wish, rows, content, progress))

    def _wish(self) -> Wish:
        page = self.page
        heading = Heading(page.title.text().strip(), page.organisation.text().strip(), page.email.text().strip())
        province, variant = str(page.province.currentData()), page.variant.text().strip()
        return Wish(page.target(), province, variant, self._agreement, heading)

    def _write(self, function: Callable[[Any], Made]) -> None:
        """Do the work in the background; the progress bar stands where the buttons were."""
        self._status.setText(self.tr("Making the proposal…"))
        self._show_busy(True)
        project_file = self.page.project_file()
        self._work = tasks.start(
            self.tr("New proposal"),
            function,
            lambda made: self._made(made, project_file),
            self._failed,
            self._stopped,
            silent=True,
        )
        self._work.progressChanged.connect(lambda done: self._progress.setValue(int(done)))

    def _made(self, made: Made, project_file: Path | None) -> None:
        self._work = None
        self._show_busy(False)
        self._remember()
        self._pages.setCurrentIndex(0)
        self.accept()
        self._let_go()
        Opener(self._workbench, made, project_file).open()
        self.page.start_over()

    def _failed(self, said: str) -> None:
        self._work = None
        self._show_busy(False)
        self._judge()
        self._status.setText(said)

    def _stopped(self) -> None:
        self._failed(self.tr("Stopped; nothing was written."))

    def _show_busy(self, busy: bool) -> None:
        self._pages.setEnabled(not busy)
        self._buttons.setVisible(not busy)
        self._busy.setVisible(busy)
        self._progress.setRange(0, 100)
        self._progress.setValue(0)

    def _remember(self) -> None:
        page = self.page
        if page.start in (NOTHING, LAYER):
            page.remember()
            told = {"province": str(page.province.currentData())}
            given = {"organisation": page.organisation.text().strip(), "email": page.email.text().strip()}
            told |= {name: text for name, text in given.items() if text}
            self._workbench.change_settings(replace(self._workbench.settings, **told))

    def _started_otherwise(self, start: str) -> None:
        self._problem = ""
        if start == NOTHING:
            self._sketch_example()
        elif start == DELIVERY and self._taken is not None:
            self._show_delivery(self._taken)

    def _read_aside(self, function: Callable[[Any], Any], done: Callable[[Any], None]) -> None:
        """Read a file that was chosen; only the last counts."""
        tasks.drop(self._reading)

        def ended(result: Any) -> None:
            self._reading = None
            done(result)
            self._judge()

        def failed(said: str) -> None:
            self._reading, self._problem = None, said
            self._judge()

        self._problem = ""
        self._reading = tasks.start(self.tr("Reading a proposal"), function, ended, failed, silent=True)
        self._judge()

    def _take_in(self, path: str) -> None:
        self._let_go()
        self.page.delivery_said.clear()
        if path:
            self._read_aside(lambda progress: take_in(Path(path), progress), self._show_delivery)

    def _show_delivery(self, taken: TakenIn) -> None:
        self._taken = taken
        got = taken.received
        province = self._agreement.label("provincie", got.province).nl
        said = self.tr("{title}\nProvince {province}, variant {variant}, {count} features")
        self.page.delivery_said.setText(
            said.format(
                title=got.manifest["proposal"]["title"],
                province=province,
                variant=got.variant,
                count=number(taken.features, "aantal"),
            )
        )
        self.page.propose_for(province, got.variant)
        agreement = read_agreement(agreement_path(got.agreement))
        self.sketch.show_tables(agreement, lambda: got.tables)
        self._say_what_appears(agreement)

    def _look_at(self) -> None:
        self.page.existing_said.clear()
        self._place = place = self.page.existing.place
        if place is not None:
            self._read_aside(lambda progress: sight(place, progress), self._show_existing)

    def _show_existing(self, sighted: Any) -> None:
        said = self.tr("{title}\nProvince {province}, {count} features")
        self.page.existing_said.setText(
            said.format(
                title=sighted.header["titel"],
                province=sighted.province,
                count=number(sighted.features, "aantal"),
            )
        )
        self.sketch.show_tables(sighted.agreement, lambda: feature_tables(sighted))
        self._say_what_appears(sighted.agreement)

    def _sketch_example(self) -> None:
        agreement = self._agreement
        self.sketch.show_tables(agreement, lambda: example(agreement))
        self._say_what_appears(agreement)

    def _sketch_layer(self) -> None:
        trial = self.editor.trial
        if trial is not None and self.page.start == LAYER:
            self.sketch.show_tables(self._agreement, trial.tables)

    def _say_what_appears(self, agreement: Agreement) -> None:
        lines = (
            self.tr("Points, lines and areas with {units} legend units and their forms"),
            self.tr("Groups for the basisset and the ground, map themes for each programme"),
            self.tr("Prints on A4 and A3, and a conversation map that says it is no plan"),
            self.tr("Coordinates EPSG:28992, drawn at 1:{scale}, snapping on"),
        )
        known = {"units": number(len(agreement.legend), "aantal"), "scale": number(agreement.scale.drawn, "aantal")}
        items = "".join(f"<li>{line.format(**known)}</li>" for line in lines)
        self._appears.setText(f"<b>{self.tr('In the project')}</b><ul style='margin-left:-22px'>{items}</ul>")

    def _let_go(self) -> None:
        if self._taken is not None:
            self._taken.folder.cleanup()
            self._taken = None


def _agreement(name: str) -> Agreement:
    """The agreement of the settings, or the plugin's own where that does not come with it."""
    return read_agreement(agreement_path(name) if name in agreement_names() else None)
