"""Choose a proposal that is there already: a GeoPackage, or one of those in a database that QGIS knows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from novex_plugin.core.errors import InputError
from novex_plugin.core.progress import Progress
from novex_plugin.qgis_adapter.proposal_place import InFile, Place, place_named
from novex_plugin.ui import tasks
from novex_plugin.ui.new_proposal.widgets import QuietCombo


class ExistingChoice(QWidget):
    """`changed` tells that another place is chosen, or none; `said` has what a database answers."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work: Any = None
        self.file = QgsFileWidget()
        self.file.setFilter(self.tr("Proposal") + " (*.gpkg)")
        self.connection, self.schema = QuietCombo(), QuietCombo()
        self.connection.setAccessibleName(self.tr("Database"))
        self.schema.setAccessibleName(self.tr("Proposal in the database"))
        self.said = QLabel()
        self.said.setWordWrap(True)
        self._databases = QWidget()
        rows = QFormLayout(self._databases)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addRow(self.tr("or in &database"), self.connection)
        rows.addRow(self.tr("Propo&sal"), self.schema)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for each in (self.file, self._databases, self.said):
            layout.addWidget(each)
        self.said.hide()
        self.file.fileChanged.connect(self._file_chosen)
        self.connection.currentIndexChanged.connect(lambda _: self._connection_chosen())
        self.schema.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.refresh()

    @property
    def place(self) -> Place | None:
        """Where the chosen proposal lies, None while none is chosen or when its connection is gone."""
        connection, schema = str(self.connection.currentData() or ""), str(self.schema.currentData() or "")
        if connection and schema:
            try:
                return place_named(connection, schema)
            except InputError as error:
                self._say(str(error))
                return None
        return InFile(Path(self.file.filePath())) if self.file.filePath() else None

    @property
    def name(self) -> Path | None:
        """A file by whose name a project may lie beside the proposal; without a folder for one in a database."""
        if self.connection.currentData() and self.schema.currentData():
            return Path(str(self.schema.currentData()))
        return Path(self.file.filePath()) if self.file.filePath() else None

    def choose(self, file: str) -> None:
        """Choose a GeoPackage; empty: nothing at all."""
        self._leave_database()
        self.file.setFilePath(file)

    def refresh(self) -> None:
        """Offer the connections that QGIS knows now; who has none sees nothing of databases."""
        from novex_plugin.qgis_adapter.database import connection_names

        names, before = connection_names(), self.connection.currentData()
        self.connection.fill([(self.tr("(none)"), ""), *((name, name) for name in names)])
        if before in names:
            self.connection.choose(str(before))
        self._databases.setVisible(bool(names))
        self.schema.setEnabled(bool(self.schema.currentData()))

    def release(self) -> None:
        """Wait for nothing any more."""
        tasks.drop(self._work)
        self._work = None

    def _file_chosen(self, file: str) -> None:
        if file:
            self._leave_database()
        self.changed.emit()

    def _leave_database(self) -> None:
        self.release()
        self.connection.choose("")
        self._offer(())
        self._say("")

    def _connection_chosen(self) -> None:
        """Ask the database which proposals it holds."""
        self.release()
        self._offer(())
        name = str(self.connection.currentData() or "")
        if not name:
            self._say("")
            self.changed.emit()
            return
        self.file.blockSignals(True)
        self.file.setFilePath("")
        self.file.blockSignals(False)
        try:
            from novex_plugin.qgis_adapter.database import parameters_of

            parameters = parameters_of(name)
        except InputError as error:
            self._say(str(error))
            return

        def ask(progress: Progress) -> Any:
            from novex_plugin.core.proposal.database import proposals_on

            return proposals_on(parameters, name)

        self._say(self.tr("Asking {database}…").format(database=name))
        self._work = tasks.start(self.tr("Look for proposals"), ask, self._answered, self._failed, silent=True)
        self.changed.emit()

    def _answered(self, schemas: tuple[str, ...]) -> None:
        self._work = None
        self._say("" if schemas else self.tr("This database holds no proposal that you may read."))
        self._offer(schemas)
        self.changed.emit()

    def _failed(self, said: str) -> None:
        self._work = None
        self._say(said)
        self.changed.emit()

    def _offer(self, schemas: tuple[str, ...]) -> None:
        """Offer proposals; the only one is chosen at once."""
        several = [(self.tr("(choose)"), "")] if len(schemas) != 1 else []
        self.schema.fill([*several, *((each, each) for each in schemas)])
        self.schema.setEnabled(bool(schemas))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))
