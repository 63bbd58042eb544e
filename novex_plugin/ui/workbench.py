"""What is on the table: the open proposal with its variant, and the data that it is tested with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import Qgis, QgsMessageLog, QgsProject
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QPushButton

from novex_plugin.core.errors import InputError
from novex_plugin.qgis_adapter.edit_watch import EditWatch
from novex_plugin.qgis_adapter.log import LOG_TAG
from novex_plugin.qgis_adapter.open_proposal import HEADER, OpenProposal, find_proposal
from novex_plugin.qgis_adapter.proposal_place import InFile, Place
from novex_plugin.ui.project_state import ProjectState
from novex_plugin.ui.screen import Screen
from novex_plugin.ui.settings import Settings, read_settings, write_settings

PROPOSAL, VARIANT, SNAPSHOT, BINDINGS = "proposal", "variant", "snapshot", "bindings"
DATABASE = "database"
"""Where a proposal lies that is in no file."""


class Workbench(QObject):
    """Shared by all docks: they read what they need here and hear of what changes.

    `proposal` is None while no proposal is open in the project, and so is `screen`, which gives it to workers with what
    is not saved yet; `variant` is the code of the variant that is drawn in
    and tested; `snapshot` the folder with local copies of the basisset, `bindings` the file that says which of them
    plays which object of the rules (None: that of the plugin).
    """

    proposal_changed = pyqtSignal()
    variant_changed = pyqtSignal(str)
    snapshot_changed = pyqtSignal()
    """Another snapshot, another content of it, or other bindings."""
    edited = pyqtSignal(object)
    """The ids (frozenset of str) of features that changed on the screen, contributions and statements included."""
    saved = pyqtSignal()
    """Edits were saved or given up: the file differs from what was read before."""
    settings_changed = pyqtSignal()
    step_asked = pyqtSignal(str, str)
    """Somebody asks for the dock or dialog of a step (basisset, draw, check, balance, deliver, new), and in it for a
    dataset, a legend unit, a rule or a finding by its id (empty: as it is)."""

    def __init__(self, iface: Any) -> None:
        super().__init__()
        self.iface = iface
        self.settings = read_settings()
        self.state = ProjectState(QgsProject.instance())
        self.proposal: OpenProposal | None = None
        self.screen: Screen | None = None
        self.variant = ""
        self._testing: Any = None
        self._counting: Any = None
        self._layer_marks: Any = None
        self._watch: EditWatch | None = None
        self._refused = ""
        self._look_again = QTimer(self)
        self._look_again.setSingleShot(True)
        self._look_again.timeout.connect(self.refresh)
        project = QgsProject.instance()
        self._connections = [
            project.layersAdded.connect(lambda _: self._look_again.start(0)),
            project.layersWillBeRemoved.connect(self._layers_go),
            project.readProject.connect(lambda _: self._project_read()),
            project.cleared.connect(self._cleared),
        ]

    @property
    def testing(self) -> Any:
        """The test of the variant (`ui.testing.Testing`), made when it is first asked for."""
        if self._testing is None:
            from novex_plugin.ui.testing import Testing

            self._testing = Testing(self)
        return self._testing

    @property
    def counting(self) -> Any:
        """The balance of the variant (`ui.counting.Counting`), made when it is first asked for."""
        if self._counting is None:
            from novex_plugin.ui.counting import Counting

            self._counting = Counting(self)
        return self._counting

    @property
    def layer_marks(self) -> Any:
        """The marks of basisset layers in the Layers panel, made when they are first asked for."""
        if self._layer_marks is None:
            from novex_plugin.ui.basisset.layer_marks import LayerMarks

            self._layer_marks = LayerMarks(self.iface.layerTreeView() if self.iface else None, QgsProject.instance())
        return self._layer_marks

    def release(self) -> None:
        """Hear nothing any more."""
        self._look_again.stop()
        for part in (self._testing, self._counting, self._layer_marks):
            if part is not None:
                part.release()
        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections.clear()
        self._let_go()

    @property
    def snapshot(self) -> Path | None:
        return self.state.path(SNAPSHOT)

    @property
    def bindings(self) -> Path | None:
        return self.state.path(BINDINGS)

    def use_snapshot(self, folder: Path | None) -> None:
        """Test with another snapshot, or tell that its content changed."""
        self.state.set_path(SNAPSHOT, folder)
        self.snapshot_changed.emit()

    def use_bindings(self, file: Path | None) -> None:
        """Test with other bindings, or tell that their content changed."""
        self.state.set_path(BINDINGS, file)
        self.snapshot_changed.emit()

    def choose_variant(self, variant: str) -> None:
        """Draw in and test another variant."""
        if variant != self.variant:
            self.variant = variant
            self.state.set_text(VARIANT, variant)
            self.variant_changed.emit(variant)

    def was_saved(self) -> None:
        """Tell that the proposal is another one than was read."""
        if self.screen is not None:
            self.screen.renew()
        self.saved.emit()

    def change_settings(self, settings: Settings) -> None:
        """Keep settings and tell everybody."""
        write_settings(settings)
        self.settings = settings
        self.settings_changed.emit()

    def tell(
        self,
        message: str,
        level: Qgis.MessageLevel = Qgis.MessageLevel.Info,
        button: tuple[str, Any] | None = None,
        seconds: int = -1,
    ) -> None:
        """A message in the bar, with an optional button (text, function), and in the log."""
        QgsMessageLog.logMessage(message, LOG_TAG, level, False)
        if self.iface is None:
            return
        bar = self.iface.messageBar()
        if button is None:
            bar.pushMessage(LOG_TAG, message, level, seconds)
            return
        item = bar.createMessage(LOG_TAG, message)
        pressed = QPushButton(button[0], item)
        pressed.clicked.connect(button[1])
        pressed.clicked.connect(lambda: bar.popWidget(item))
        item.layout().addWidget(pressed)
        bar.pushWidget(item, level, max(seconds, 0))

    def warn(self, message: str) -> None:
        """Something did not go as asked; the user has to know or do something."""
        self.tell(message, Qgis.MessageLevel.Warning)

    def ask(self, step: str, item: str = "") -> None:
        """Bring the dock or dialog of a step to the front, and show one of its items."""
        self.step_asked.emit(step, item)

    def refresh(self) -> None:
        """Look which proposal is open, and tell when it is another one or lies open in other layers."""
        wanted = self.state.text(DATABASE) or str(self.state.path(PROPOSAL) or "")
        try:
            found = find_proposal(QgsProject.instance(), wanted)
            if found is None:
                self._forget()
                return
            place, layers = found
            known = self.proposal
            if known is not None and (place, layers) == (known.place, known.layers):
                return
            agreement, province = _header_of(layers)
        except InputError as error:
            if self._refused != str(error):
                self._refused = str(error)
                self.warn(str(error))
            self._forget()
            return
        self._let_go()
        self._refused = ""
        self.proposal = OpenProposal(place, layers, agreement, province)
        self.screen = Screen(self.proposal)
        self._remember(place)
        self._watch = EditWatch(layers)
        self._watch.changed.connect(self._edited)
        self._watch.saved.connect(self.was_saved)
        self._choose_known_variant()
        self.proposal_changed.emit()

    def _choose_known_variant(self) -> None:
        known = [code for code, _ in self.proposal.variants()] if self.proposal else []
        wanted = self.state.text(VARIANT)
        self.variant = wanted if wanted in known else next(iter(known), "")
        self.state.set_text(VARIANT, self.variant)

    def _edited(self, ids: frozenset[str]) -> None:
        if self.proposal is not None:
            self.edited.emit(ids)

    def _remember(self, place: Place) -> None:
        """Which proposal goes with the project, where several are open."""
        path, database = (place.path, "") if isinstance(place, InFile) else (None, place.reference)
        self.state.set_path(PROPOSAL, path)
        self.state.set_text(DATABASE, database)

    def _layers_go(self, ids: list[str]) -> None:
        """Let go before QGIS deletes the layers."""
        if self.proposal is not None and any(layer.id() in ids for layer in self.proposal.layers.values()):
            self._forget()
        self._look_again.start(0)

    def _project_read(self) -> None:
        self._look_again.start(0)
        self.snapshot_changed.emit()

    def _cleared(self) -> None:
        self._forget()
        self.snapshot_changed.emit()

    def _forget(self) -> None:
        if self.proposal is not None:
            self._let_go()
            self.proposal_changed.emit()

    def _let_go(self) -> None:
        if self._watch is not None:
            self._watch.release()
            self._watch.deleteLater()
            self._watch = None
        self.proposal = self.screen = None
        self.variant = ""


def _header_of(layers: dict[str, Any]) -> tuple[Any, str]:
    """The agreement that the open proposal names, and its province. Raises InputError for an agreement that does not
    come with the plugin, and for a proposal that does not say its province."""
    from novex_plugin.core.agreement import agreement_names, agreement_path, read_agreement

    for row in layers[HEADER].getFeatures():
        name = f"{row['afspraken']}-{row['afspraken_versie']}"
        if not row["provincie"]:
            raise InputError("de provincie is niet ingevuld.", "Vul haar in.", table=HEADER, field="provincie")
        if name in agreement_names():
            return read_agreement(agreement_path(name)), str(row["provincie"])
        known = ", ".join(agreement_names())
        raise InputError(
            f"dit voorstel volgt de afspraken {name[:80]}, die niet bij deze plugin horen.",
            f"Breng het met novex:migrate over naar {known}.",
            table=HEADER,
        )
    raise InputError("de tabel voorstel heeft geen rij.", "Maak een nieuw voorstel.", table=HEADER)
