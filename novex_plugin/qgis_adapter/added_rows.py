"""Rows put in a table through its edit buffer, in one step that can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qgis.core import QgsGeometry, QgsVectorLayer, QgsVectorLayerUtils

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.table import FeatureTable


def rows_of(table: FeatureTable) -> list[dict[str, Any]]:
    """The rows of an attribute table, None for what is absent."""
    names = list(table.columns)
    values = (table.columns[name].tolist() for name in names)
    rows = (dict(zip(names, row, strict=True)) for row in zip(*values, strict=True))
    return [{name: None if value != value else value for name, value in row.items()} for row in rows]


def put_rows(
    layer: QgsVectorLayer, added: Sequence[Mapping[str, Any]], changed: Mapping[int, Mapping[str, Any]], command: str
) -> None:
    """Add rows and change others (by number) in one edit command; columns that the table lacks are left out.

    Raises InputError, with the table as it was, when it cannot be edited.
    """
    if not layer.isValid() or layer.readOnly() or not (layer.isEditable() or layer.startEditing()):
        raise InputError("is alleen-lezen.", "Maak het bestand schrijfbaar, of werk in een kopie.", table=layer.name())
    layer.beginEditCommand(command)
    made = [QgsVectorLayerUtils.createFeature(layer, QgsGeometry(), _placed(layer, row)) for row in added]
    done = not made or layer.addFeatures(made)
    for row, values in changed.items():
        done = done and layer.changeAttributeValues(row, _placed(layer, values))
    if done:
        layer.endEditCommand()
        layer.triggerRepaint()
        return
    layer.destroyEditCommand()
    raise InputError("de rijen zijn niet geschreven.", "Sla eerst op en probeer het opnieuw.", table=layer.name())


def _placed(layer: QgsVectorLayer, row: Mapping[str, Any]) -> dict[int, Any]:
    """Values by the place of their field."""
    fields = layer.fields()
    return {place: value for name, value in row.items() if (place := fields.indexOf(name)) >= 0}
