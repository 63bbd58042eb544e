"""Rows of other tables that change with features: one undo on the layer of the features takes both back.

QGIS keeps an undo stack for each layer. Without this, who undoes a split would get back the area and not its homes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from qgis.core import (
    NULL,
    Qgis,
    QgsExpression,
    QgsFeature,
    QgsFeatureRequest,
    QgsMessageLog,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QDateTime
from qgis.PyQt.QtWidgets import QUndoCommand

from novex_plugin.core.errors import InputError
from novex_plugin.qgis_adapter.log import LOG_TAG

NUMBER_FIELD = "fid"
"""The column of GeoPackages that numbers rows: never copied from one row to another."""


@dataclass(frozen=True)
class RowChange:
    """What becomes of the row with this `id`: None stands for a row that is not there."""

    id: str
    before: QgsFeature | None
    after: QgsFeature | None


_kept: list[LinkedRows] = []
"""QGIS's stack holds the C++ half of a command; without its Python half an undo would do nothing."""


class LinkedRows(QUndoCommand):
    """The changes of rows in one table, done when this is pushed on the stack of another layer.

    `done` are the places in the table's own stack between which somebody else did them already. As long as nothing
    else happened in the table, undo and redo are those of its own stack; after that rows are put back one by one.
    """

    def __init__(
        self, layer: QgsVectorLayer, text: str, changes: Sequence[RowChange], done: tuple[int, int] | None = None
    ) -> None:
        super().__init__(text)
        self._layer = layer.id()
        self._changes = tuple(changes)
        self._span = done
        self._last = self._address(layer) if done else 0
        self._is_done = done is not None

    def redo(self) -> None:
        """Called by QGIS, at once when pushed."""
        if self._is_done:
            self._is_done = False
            return
        self._go(forward=True)

    def undo(self) -> None:
        """Called by QGIS."""
        self._go(forward=False)

    def _go(self, forward: bool) -> None:
        layer = QgsProject.instance().mapLayer(self._layer)
        if not isinstance(layer, QgsVectorLayer) or not (layer.isEditable() or layer.startEditing()):
            return
        stack = layer.undoStack()
        if self._span is not None:
            here, there = self._span if forward else self._span[::-1]
            if stack.index() == here and stack.count() >= self._span[1] and self._address(layer) == self._last:
                stack.setIndex(there)
                return
        before = stack.index()
        layer.beginEditCommand(self.text())
        for change in self._changes if forward else reversed(self._changes):
            _put(layer, change.id, change.after if forward else change.before)
        layer.endEditCommand()
        self._span = (before, stack.index()) if forward else None
        self._last = self._address(layer) if forward else 0

    def _address(self, layer: QgsVectorLayer) -> int:
        """Tells whether the last command of our span is still the same one."""
        command = layer.undoStack().command(self._span[1] - 1) if self._span and self._span[1] else None
        return int(sip.unwrapinstance(command)) if command is not None else 0


def push_linked(
    anchor: QgsVectorLayer,
    layer: QgsVectorLayer,
    text: str,
    changes: Sequence[RowChange],
    done: tuple[int, int] | None = None,
) -> None:
    """Change rows of `layer` as a part of the edit command that is open on `anchor`."""
    if not changes and done is None:
        return
    _kept[:] = [command for command in _kept if not sip.isdeleted(command)]
    command = LinkedRows(layer, text, changes, done)
    _kept.append(command)
    anchor.undoStack().push(command)


@contextmanager
def edit_step(layer: QgsVectorLayer, text: str) -> Iterator[None]:
    """One step that can be undone. An error takes back what was done in it. Raises InputError for a layer that cannot
    be edited."""
    make_editable(layer)
    layer.beginEditCommand(text)
    try:
        yield
    except BaseException:
        layer.destroyEditCommand()
        raise
    layer.endEditCommand()


def make_editable(*layers: QgsVectorLayer) -> None:
    """Put layers in edit mode. Raises InputError, with what to do, when one cannot be."""
    for layer in layers:
        if layer.readOnly() or not (layer.isEditable() or layer.startEditing()):
            raise InputError(
                f"de laag {layer.name()} kan niet worden bewerkt.",
                "Kijk of het bestand of de laag alleen-lezen is, of in een ander programma open staat.",
            )


def touch(layer: QgsVectorLayer, row: int) -> None:
    """Say on a feature that it changed now: its layer then counts as modified, and asks to be saved."""
    place = layer.fields().indexOf("gewijzigd")
    if place >= 0 and not layer.changeAttributeValue(row, place, QDateTime.currentDateTimeUtc(), NULL, True):
        _tell_refused(layer)


def rows_where(layer: QgsVectorLayer, field: str, value: str) -> list[QgsFeature]:
    """The rows with a value, as they are on the screen, in the order of their numbers."""
    wanted = f"{QgsExpression.quotedColumnRef(field)} = {QgsExpression.quotedValue(value)}"
    rows = layer.getFeatures(QgsFeatureRequest().setFilterExpression(wanted))
    return sorted(rows, key=lambda row: abs(row.id()))


def row_with(layer: QgsVectorLayer, identifier: str) -> QgsFeature | None:
    """The row with an id, as it is on the screen."""
    return next(iter(rows_where(layer, "id", identifier)), None)


def changed_row(row: QgsFeature, **values: object) -> QgsFeature:
    """A copy of a row with other values."""
    copy = QgsFeature(row)
    for field, value in values.items():
        copy[field] = NULL if value is None else value
    return copy


def new_row(layer: QgsVectorLayer, values: dict[str, object]) -> QgsFeature:
    """A row with these values; fields that the layer lacks are left out."""
    row = QgsFeature(layer.fields())
    for field, value in values.items():
        if layer.fields().indexOf(field) >= 0 and value is not None:
            row[field] = value
    return row


def removals(rows: Iterable[QgsFeature]) -> list[RowChange]:
    """Take rows away."""
    return [RowChange(str(row["id"]), row, None) for row in rows]


def additions(rows: Iterable[QgsFeature]) -> list[RowChange]:
    """Add rows."""
    return [RowChange(str(row["id"]), None, row) for row in rows]


def _put(layer: QgsVectorLayer, identifier: str, wanted: QgsFeature | None) -> None:
    present = row_with(layer, identifier)
    if wanted is None:
        if present is not None:
            layer.deleteFeature(present.id())
        return
    if present is None:
        added = QgsFeature(layer.fields())
        added.setGeometry(wanted.geometry())
        added.setAttributes(wanted.attributes())
        number = layer.fields().indexOf(NUMBER_FIELD)
        if number >= 0:
            added.setAttribute(number, NULL)
        layer.addFeature(added)
        return
    taken = True
    for place, value in enumerate(wanted.attributes()):
        if layer.fields()[place].name() != NUMBER_FIELD and present.attribute(place) != value:
            taken &= layer.changeAttributeValue(present.id(), place, value, present.attribute(place), True)
    if layer.isSpatial() and not present.geometry().equals(wanted.geometry()):
        taken &= layer.changeGeometry(present.id(), wanted.geometry(), True)
    if not taken:
        _tell_refused(layer)


def _tell_refused(layer: QgsVectorLayer) -> None:
    """Whoever undoes cannot be told by an exception: that would end the undoing of other tables halfway."""
    said = f"QGIS nam een wijziging in {layer.name()} niet aan. Kijk of de laag nog te bewerken is."
    QgsMessageLog.logMessage(said, LOG_TAG, Qgis.MessageLevel.Warning)
