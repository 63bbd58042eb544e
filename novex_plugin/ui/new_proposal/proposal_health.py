"""Whether the proposal of a project that was opened is as it should be; one message says what to do where it is not."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsMapLayer, QgsProject, QgsVectorDataProvider, QgsVectorLayer
from qgis.PyQt.QtCore import QMetaObject, QObject, QTimer

from novex_plugin.core.errors import InputError
from novex_plugin.core.proposal.schema import ADDED_LATER, FEATURE_TABLES, proposal_layers
from novex_plugin.qgis_adapter.forms import Start
from novex_plugin.qgis_adapter.project_frame import LAYOUT_VERSION, starting_view, tell_texts
from novex_plugin.qgis_adapter.project_frame import VARIANT as VARIANT_TEXT
from novex_plugin.qgis_adapter.project_layers import add_in_groups, dress, open_tables
from novex_plugin.qgis_adapter.project_layouts import make_layouts
from novex_plugin.qgis_adapter.project_themes import make_themes, take_up
from novex_plugin.qgis_adapter.proposal_place import InFile
from novex_plugin.ui.new_proposal.opening import LAYOUT
from novex_plugin.ui.workbench import DATABASE, PROPOSAL

_AFTER_MS = 100
"""The workbench looks for the proposal first."""


@dataclass(frozen=True)
class Complaint:
    """What is wrong and what to do; `button` (text, function) does it, where it can be done at once."""

    text: str
    button: tuple[str, Callable[[], object]] | None = None


def _may_edit(layer: QgsVectorLayer) -> bool:
    """Whether the database lets this user draw in a layer."""
    needed = QgsVectorDataProvider.Capability.AddFeatures | QgsVectorDataProvider.Capability.ChangeGeometries
    return bool(layer.dataProvider().capabilities() & needed == needed)


class ProposalHealth(QObject):
    """Looks after every project that is read, and keeps themes and layouts in step with what the user opens."""

    def __init__(self, workbench: Any) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self._added: list[str] = []
        self._look, self._themes = self._timer(self.look), self._timer(self._take_up)
        project = QgsProject.instance()
        self._connections: list[QMetaObject.Connection] = [
            project.readProject.connect(lambda _: self._project_read()),
            project.layersAdded.connect(self._layers_added),
            project.layersRemoved.connect(lambda _: self._themes.start()),
            workbench.variant_changed.connect(self._variant_changed),
        ]

    def release(self) -> None:
        """Hear nothing any more."""
        self._look.stop()
        self._themes.stop()
        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections.clear()

    def look(self) -> None:
        """Tell what is wrong with the proposal of the project; say nothing when all is well."""
        complaint = self.complaint()
        if complaint is not None:
            self._workbench.tell(complaint.text, Qgis.MessageLevel.Warning, complaint.button, 0)

    def complaint(self) -> Complaint | None:
        """The most pressing thing that is wrong, None when nothing is or when the project has no proposal."""
        bench = self._workbench
        if bench.proposal is None:
            path, database = bench.state.path(PROPOSAL), bench.state.text(DATABASE)
            return self._not_open(path) if path is not None else self._away(database)
        checks = (self._missing, self._lacking_field, self._read_only, self._older)
        return next((found for check in checks if (found := check()) is not None), None)

    def _not_open(self, path: Path) -> Complaint:
        again = (self.tr("Open…"), lambda: self._workbench.ask("new", "existing"))
        if not path.exists():
            said = self.tr("The proposal {file} is no longer in {folder}. Put it back, or open it where it is now.")
            return Complaint(said.format(file=path.name, folder=path.parent), again)
        if not os.access(path, os.R_OK):
            said = self.tr("The proposal {file} cannot be read. Ask for access to it.")
            return Complaint(said.format(file=path), None)
        said = self.tr("The proposal {file} is not open in this project: its table voorstel is missing.")
        return Complaint(said.format(file=path.name), (self.tr("Open it"), lambda: self._ask_for(path)))

    def _away(self, database: str) -> Complaint | None:
        if not database:
            return None
        said = self.tr(
            "The proposal in the database is not open in this project ({where}): the database does not answer, or the"
            " table voorstel was taken out. Look whether you can reach it, then add the table again in the Browser."
        )
        return Complaint(said.format(where=database.partition(":")[2]))

    def _ask_for(self, path: Path) -> None:
        self._workbench.ask("new", str(path))

    def _missing(self) -> Complaint | None:
        proposal = self._workbench.proposal
        names = proposal.missing()
        if not names:
            return None
        said = self.tr("Of the proposal these tables are not open: {tables}.").format(tables=", ".join(names))
        return Complaint(said, (self.tr("Add them"), lambda: self.add_missing()))

    def _lacking_field(self) -> Complaint | None:
        proposal = self._workbench.proposal
        for table in proposal_layers(proposal.agreement):
            layer = proposal.layers[table.name]
            wanted = {column.name for column in table.columns} - ADDED_LATER.get(table.name, frozenset())
            lacking = sorted(wanted - set(layer.fields().names()))
            if lacking:
                said = self.tr("The table {table} lacks the field {field}. Give it back its name, or take a backup.")
                return Complaint(said.format(table=table.name, field=lacking[0]))
        return None

    def _read_only(self) -> Complaint | None:
        proposal = self._workbench.proposal
        place = proposal.place
        if isinstance(place, InFile):
            if complaint := self._file_read_only(place.path):
                return complaint
        elif not all(_may_edit(layer) for layer in proposal.features.values()):
            said = self.tr("You may read {place}, not draw in it. Ask its administrator for the role {role}.")
            return Complaint(said.format(place=place.label, role=f"{place.database.schema}_bewerken"))
        locked = next((layer for layer in proposal.features.values() if layer.readOnly()), None)
        if locked is None:
            return None
        said = self.tr("The layer {name} is read-only in this project: change that in the properties of the project.")
        return Complaint(said.format(name=locked.name()))

    def _file_read_only(self, path: Path) -> Complaint | None:
        if path.is_file() and not (os.access(path, os.W_OK) and path.stat().st_mode & 0o222):
            said = self.tr("{file} is read-only: drawing is not possible. Make it writable, or work in a copy.")
            return Complaint(said.format(file=path.name))
        if path.is_file() and not os.access(path.parent, os.W_OK):
            said = self.tr("The folder of {file} cannot be written to: changes cannot be saved. Work in a copy.")
            return Complaint(said.format(file=path.name))
        return None

    def _older(self) -> Complaint | None:
        version = self._workbench.state.text(LAYOUT)
        if not version or version == LAYOUT_VERSION:
            return None
        if version.isdecimal() and int(version) > int(LAYOUT_VERSION):
            said = self.tr("This project was made with a newer version of the plugin. Update the plugin.")
            return Complaint(said)
        said = self.tr(
            "This project was made with an older version of the plugin: legend, forms and themes lag behind."
        )
        return Complaint(said, (self.tr("Update"), lambda: self.update()))

    def add_missing(self) -> None:
        """Open the tables of the proposal that are not open."""
        bench = self._workbench
        proposal = bench.proposal
        if proposal is None:
            return
        try:
            start = Start(proposal.province or None, bench.variant or None)
            opened = open_tables(proposal.place, proposal.agreement, start)
        except InputError as error:
            bench.warn(str(error))
            return
        add_in_groups(QgsProject.instance(), {name: opened[name] for name in proposal.missing()})
        bench.refresh()

    def update(self) -> None:
        """Give the proposal the legend, forms, themes and layouts of this version of the plugin."""
        bench, project = self._workbench, QgsProject.instance()
        proposal = bench.proposal
        if proposal is None:
            return
        dress(proposal.layers, proposal.agreement, Start(proposal.province or None, bench.variant or None))
        make_themes(project, proposal.layers, proposal.agreement)
        features = [proposal.layers[FEATURE_TABLES[kind]] for kind in ("punt", "lijn", "vlak")]
        make_layouts(project, features, starting_view(features, proposal.province))
        bench.state.set_text(LAYOUT, LAYOUT_VERSION)
        bench.tell(self.tr("The project is up to date."), Qgis.MessageLevel.Success)

    def _timer(self, function: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(_AFTER_MS)
        timer.timeout.connect(function)
        return timer

    def _project_read(self) -> None:
        """Its themes are as they were saved: nothing came into it."""
        self._added.clear()
        self._themes.stop()
        self._look.start()

    def _layers_added(self, layers: list[QgsMapLayer]) -> None:
        self._added += [layer.id() for layer in layers]
        self._themes.start()

    def _take_up(self) -> None:
        """Let the themes of a project of ours know the datasets that came into it."""
        project = QgsProject.instance()
        added = [project.mapLayer(identifier) for identifier in self._added]
        self._added.clear()
        if self._workbench.state.text(LAYOUT) and self._workbench.proposal is not None:
            take_up(project, [layer for layer in added if layer is not None])

    def _variant_changed(self, variant: str) -> None:
        if self._workbench.state.text(LAYOUT):
            tell_texts(QgsProject.instance(), {VARIANT_TEXT: variant})
