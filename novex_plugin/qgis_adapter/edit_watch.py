"""Hears which features of a proposal change on the screen, saved or not, and tells their ids a moment later."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import Qgis, QgsFeatureRequest, QgsVectorLayer
from qgis.PyQt.QtCore import QMetaObject, QObject, QTimer, pyqtSignal

QUIET_MS = 150
"""How long nothing has to change before it is told: while a vertex is dragged changes follow each other closely."""


class EditWatch(QObject):
    """Watches the tables of one proposal. `changed` gives the ids of the features that changed or went away; rows of
    other tables (contributions, statements, explanations) count for the feature that they name. `saved` tells that
    the file is another one than before."""

    changed = pyqtSignal(object)
    saved = pyqtSignal()

    def __init__(self, layers: Mapping[str, QgsVectorLayer]) -> None:
        super().__init__()
        self._waiting: set[str] = set()
        self._names: dict[tuple[str, int], str] = {}
        """Ids of rows that were seen in an edit buffer: once a new row is taken away it cannot be asked any more."""
        self._saving: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET_MS)
        self._timer.timeout.connect(self._tell)
        self._connections: list[QMetaObject.Connection] = []
        for layer in layers.values():
            self._connections += self._connected(layer)

    def release(self) -> None:
        """Hear nothing any more."""
        self._timer.stop()
        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections.clear()

    def _connected(self, layer: QgsVectorLayer) -> list[QMetaObject.Connection]:
        field = "kenmerk" if layer.fields().indexOf("kenmerk") >= 0 else "id"

        def note(row: int) -> None:
            self._note(layer, field, row)

        return [
            layer.featureAdded.connect(note),
            layer.geometryChanged.connect(lambda row, _: note(row)),
            layer.attributeValueChanged.connect(lambda row, place, _: self._filled_in(layer, field, row, place)),
            layer.featureDeleted.connect(note),
            layer.beforeCommitChanges.connect(lambda _: self._committing(layer.id())),
            layer.afterCommitChanges.connect(lambda: self._committed(layer.id())),
            layer.afterRollBack.connect(lambda: self._committed(layer.id())),
        ]

    def _filled_in(self, layer: QgsVectorLayer, field: str, row: int, place: int) -> None:
        if place == layer.fields().indexOf(field):  # the row is of another feature now: both changed
            self._note(layer, field, row)
            self._names.pop((layer.id(), row), None)
        self._note(layer, field, row)

    def _note(self, layer: QgsVectorLayer, field: str, row: int) -> None:
        if layer.id() in self._saving:
            return
        key = (layer.id(), row)
        if key not in self._names and (name := _named(layer, field, row)) is not None:
            self._names[key] = name
        if key in self._names:
            self._waiting.add(self._names[key])
        self._timer.start()

    def _committing(self, layer: str) -> None:
        """What a layer tells while it saves is that rows get other numbers: nothing changes on the screen."""
        self._saving.add(layer)
        QTimer.singleShot(0, lambda: self._saving.discard(layer))  # a saving that fails does not tell its end

    def _committed(self, layer: str) -> None:
        self._saving.discard(layer)
        self._names = {key: name for key, name in self._names.items() if key[0] != layer}
        self.saved.emit()

    def _tell(self) -> None:
        waiting, self._waiting = self._waiting, set()
        self.changed.emit(frozenset(waiting))


def _named(layer: QgsVectorLayer, field: str, row: int) -> str | None:
    """The feature that a row is or names: as it is on the screen, or for a row taken away as it was saved."""
    request = QgsFeatureRequest(row)
    request.setFlags(Qgis.FeatureRequestFlag.NoGeometry)
    request.setSubsetOfAttributes([field], layer.fields())
    for source in (layer, layer.dataProvider()):
        for feature in source.getFeatures(request):
            return str(feature[field]) if feature[field] else None
    return None
