"""The edits of a proposal's tables that are on the screen and not saved, as arrays. Only for the main thread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from qgis.core import Qgis, QgsFeature, QgsFeatureRequest, QgsField, QgsVectorLayer

from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.edits import TableEdits
from novex_plugin.qgis_adapter.vector import column_of


def screen_edits(layers: Mapping[str, QgsVectorLayer]) -> dict[str, TableEdits]:
    """What was changed in each table since it was saved; tables without unsaved edits are left out."""
    found = {}
    for name, layer in layers.items():
        buffer = layer.editBuffer() if layer.isValid() else None
        if buffer is None or not buffer.isModified():
            continue
        changed = sorted({*buffer.changedGeometries(), *buffer.changedAttributeValues()})
        rows = layer.getFeatures(QgsFeatureRequest().setFilterFids(changed)) if changed else ()
        found[name] = TableEdits(
            _numbers(layer, buffer.deletedFeatureIds()),
            _table(layer, name, [row for row in rows if row.id() >= 0], stored=True),
            _table(layer, name, buffer.addedFeatures().values(), stored=False),
        )
    return found


def _numbers(layer: QgsVectorLayer, deleted: Sequence[int]) -> NDArray[np.int64]:
    """The `fid` of rows that are taken away on the screen. QGIS numbers the rows of a database in its own way."""
    if not deleted or layer.providerType() != "postgres":
        return np.array(deleted, dtype=np.int64)
    request = QgsFeatureRequest().setFilterFids(deleted).setFlags(Qgis.FeatureRequestFlag.NoGeometry)
    request.setSubsetOfAttributes(["fid"], layer.fields())
    return np.array([row["fid"] for row in layer.dataProvider().getFeatures(request)], dtype=np.int64)


def unsaved(layers: Mapping[str, QgsVectorLayer]) -> int:
    """How many rows were added, changed or taken away and are not saved."""
    count = 0
    for layer in layers.values():
        buffer = layer.editBuffer() if layer.isValid() else None
        if buffer is not None:
            changed = {*buffer.changedGeometries(), *buffer.changedAttributeValues()}
            count += len(changed | {*buffer.addedFeatures(), *buffer.deletedFeatureIds()})
    return count


def _is_flag(field: QgsField) -> bool:
    """Whether a field is true or false, which tables keep as 1 or 0."""
    return field.typeName().lower().startswith("bool")


def _table(layer: QgsVectorLayer, name: str, features: Iterable[QgsFeature], stored: bool) -> FeatureTable | None:
    """Rows as arrays, in the order of their numbers; None when there are none. Those that are `stored` have a `fid`,
    others the temporary number that QGIS gave them."""
    rows = sorted(features, key=QgsFeature.id)
    if not rows:
        return None
    given = [row.attributes() for row in rows]
    columns = {
        field.name(): column_of([values[place] for values in given], field.isNumeric() or _is_flag(field))
        for place, field in enumerate(layer.fields())
    }
    columns["fid"] = np.array([row["fid"] if stored else row.id() for row in rows], dtype=np.int64)
    blobs = np.empty(len(rows), dtype=object)
    blobs[:] = [None if row.geometry().isNull() else bytes(row.geometry().asWkb()) for row in rows]
    return FeatureTable(name, shapely.from_wkb(blobs, on_invalid="ignore"), columns)
