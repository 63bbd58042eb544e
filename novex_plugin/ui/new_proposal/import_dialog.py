"""Laag importeren: the rows of a layer into the open proposal, shown before they are written."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsFeatureRequest, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.dutch import number
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import write_json
from novex_plugin.core.progress import Progress, stop_if_cancelled
from novex_plugin.core.proposal.create import new_id
from novex_plugin.core.proposal.import_layer import Imported, import_layer
from novex_plugin.qgis_adapter.layer_rows import LayerRows
from novex_plugin.qgis_adapter.proposal_place import Place
from novex_plugin.qgis_adapter.screen_edits import unsaved
from novex_plugin.ui import tasks
from novex_plugin.ui.new_proposal.layer_choice import LayerChoice
from novex_plugin.ui.new_proposal.making import keep_rejected, told_of
from novex_plugin.ui.new_proposal.mapping_editor import MappingEditor
from novex_plugin.ui.new_proposal.opening import show_rejected
from novex_plugin.ui.new_proposal.trial import Holder


def import_into(workbench: Any, layer: QgsVectorLayer | None = None) -> ImportLayer | None:
    """Ask how a layer goes into the open proposal; without one, offer to make it. Gives the dialog."""
    if workbench.proposal is None:
        workbench.ask("new", "layer")
        return None
    dialog = ImportLayer(workbench)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    if layer is not None:
        dialog.source.choose(layer)
    return dialog


class ImportLayer(QDialog):
    """Closes with the proposal that it imports into."""

    def __init__(self, workbench: Any) -> None:
        super().__init__(workbench.iface.mainWindow() if workbench.iface is not None else None)
        self._workbench = workbench
        self._work: Any = None
        self.setWindowTitle(self.tr("Import layer"))
        self.source, self.editor = LayerChoice(), MappingEditor()
        self.editor.setEnabled(False)
        self._status = QLabel()
        self._status.setWordWrap(True)
        self._status.setTextFormat(Qt.TextFormat.PlainText)
        self._do = QPushButton(self.tr("Import"))
        self._do.setDefault(True)
        self._progress = QProgressBar()
        self._progress.hide()
        self._lay_out()
        self.source.changed.connect(self._other_layer)
        self.editor.changed.connect(self._judge)
        self.editor.said.connect(self._status.setText)
        workbench.proposal_changed.connect(self._proposal_changed)
        self._judge()

    def release(self) -> None:
        """Wait for nothing any more."""
        self._workbench.proposal_changed.disconnect(self._proposal_changed)
        self.editor.release()
        if self._work is not None:
            tasks.drop(self._work)
            self._work = None

    def done(self, result: int) -> None:
        """Let go of everything when it closes."""
        self.release()
        super().done(result)

    def reject(self) -> None:
        """Close, or stop the import."""
        if self._work is not None:
            self._work.cancel()
        else:
            super().reject()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        for widget, share in ((self.source, 0), (self.editor, 1), (self._status, 0)):
            layout.addWidget(widget, share)
        line, ends = QWidget(), QHBoxLayout()
        line.setLayout(ends)
        ends.setContentsMargins(0, 0, 0, 0)
        close = QPushButton(self.tr("Cancel"))
        close.clicked.connect(self.reject)
        self._do.clicked.connect(self._import)
        ends.addWidget(self._progress, 1)
        ends.addStretch(1)
        for button in (self._do, close):
            ends.addWidget(button)
        layout.addWidget(line)
        self.resize(1000, 680)

    def _other_layer(self) -> None:
        proposal, layer = self._workbench.proposal, self.source.layer
        usable = proposal is not None and layer is not None and not self.source.problem
        self.editor.setEnabled(usable)
        if usable:
            variants = tuple(code for code, _ in proposal.variants())
            self.editor.set_layer(
                layer, Holder(proposal.province, variants, proposal.agreement, self._workbench.variant)
            )
        self._judge()

    def _proposal_changed(self) -> None:
        if self._work is None:
            self.reject()

    def _judge(self) -> None:
        said = self._problem()
        self._status.setText(said)
        self._do.setEnabled(not said and self._work is None)

    def _problem(self) -> str:
        trial = self.editor.trial
        if self.source.problem:
            return self.source.problem
        if self.editor.problem:
            return self.tr("The mapping cannot be used yet.")
        if trial is None:
            return self.tr("Reading…")
        return "" if trial.fits else self.tr("No row fits yet: see below the fields why.")

    def _import(self) -> None:
        proposal, rows = self._workbench.proposal, self.editor.rows
        if proposal is None or rows is None or self._work is not None:
            return
        if waiting := unsaved(proposal.layers):
            said = self.tr("{count} changes are not saved. Save them first: the import writes to the same file.")
            self._status.setText(said.format(count=number(waiting, "aantal")))
            return
        try:
            content = self.editor.content()
        except InputError as error:
            self._status.setText(str(error))
            return
        self._do.setEnabled(False)
        self._progress.setRange(0, 0)
        self._progress.show()
        made: list[str] = []
        place, agreement = proposal.place, proposal.agreement
        self._work = tasks.start(
            self.tr("Import layer"),
            lambda progress: _imported(rows, content, place, agreement, made, progress),
            lambda result: self._imported(result, frozenset(made)),
            self._failed,
            lambda: self._failed(self.tr("Stopped; nothing was written.")),
            silent=True,
        )

    def _failed(self, said: str) -> None:
        self._work = None
        self._progress.hide()
        self._judge()
        self._status.setText(said)

    def _imported(self, result: tuple[Imported, Path | None], made: frozenset[str]) -> None:
        self._work = None
        done, rejected = result
        bench = self._workbench
        self.accept()
        proposal = bench.proposal
        if proposal is None:
            return
        for layer in proposal.layers.values():
            layer.dataProvider().reloadData()
            layer.updateExtents()
            layer.triggerRepaint()
        bench.was_saved()
        taken_back, shown = self.tr("Undo the import"), self.tr("Show rejected rows")
        undone = self.tr("Undo the import")
        if rejected is not None:
            bench.tell(
                told_of(done, rejected), Qgis.MessageLevel.Warning, (shown, lambda: show_rejected(bench, rejected))
            )
            bench.tell(
                self.tr("The import can be undone."), button=(taken_back, lambda: take_back(bench, made, undone))
            )
        else:
            bench.tell(
                told_of(done, rejected), Qgis.MessageLevel.Success, (taken_back, lambda: take_back(bench, made, undone))
            )


def _imported(
    rows: LayerRows, content: dict[str, Any], place: Place, agreement: Agreement, made: list[str], progress: Progress
) -> tuple[Imported, Path | None]:
    """Import in a worker; `made` gets the ids of all new rows. Raises InputError, with the proposal as it was."""

    def counted() -> str:
        made.append(new_id())
        return made[-1]

    source = rows.table(progress)
    stop_if_cancelled(progress)
    with tempfile.TemporaryDirectory(prefix="novex-") as folder:
        described, refused = Path(folder) / "afbeelding.json", Path(folder) / "afgekeurd.gpkg"
        write_json(described, content)
        with place.to_add(agreement, progress) as path:
            done = import_layer(source, described, path, refused, datetime.now(UTC), counted, agreement)
            name = path.name
        return done, keep_rejected(refused, place.folder / name, done)


def take_back(workbench: Any, made: frozenset[str], title: str) -> None:
    """Take the rows of an import away again on the screen, as one step for each table that can itself be undone."""
    proposal = workbench.proposal
    if proposal is None:
        return
    for name in (*proposal.features, "bijdrage"):
        layer = proposal.layers.get(name)
        if layer is None or not (layer.isEditable() or layer.startEditing()):
            continue
        request = QgsFeatureRequest().setFlags(Qgis.FeatureRequestFlag.NoGeometry)
        request.setSubsetOfAttributes(["id"], layer.fields())
        gone = [row.id() for row in layer.getFeatures(request) if row["id"] in made]
        if gone:
            layer.beginEditCommand(title)
            layer.deleteFeatures(gone)
            layer.endEditCommand()
