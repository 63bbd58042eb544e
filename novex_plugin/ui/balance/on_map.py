"""The features behind a number: what they are called, and the way to them on the map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from qgis.core import (
    Qgis,
    QgsCoordinateTransform,
    QgsCsException,
    QgsExpression,
    QgsFeatureRequest,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)

from novex_plugin.core.proposal.schema import FEATURE_TABLES
from novex_plugin.qgis_adapter.open_proposal import OpenProposal

_AT_ONCE = 500
"""Ids in one request."""
_ROOM = 1.2
"""How much larger than the features the map becomes."""
_AROUND_M = 500.0
"""Metres around a point."""
_FLASHED = 200


@dataclass(frozen=True)
class Found:
    """A feature of the proposal as it is on the screen: its id, its name or else that of its legend unit, whether it is
    a `vlak`, `lijn` or `punt`, and its row in its layer."""

    id: str
    name: str
    geometry: str
    layer: QgsVectorLayer
    row: int


def find(proposal: OpenProposal, ids: Iterable[str]) -> tuple[Found, ...]:
    """The features with these ids that are still there."""
    wanted = sorted(set(ids))
    labels = {unit.code: unit.label.nl for unit in proposal.agreement.legend}
    found: list[Found] = []
    try:
        for geometry, table in FEATURE_TABLES.items():
            layer = proposal.features.get(table)
            if layer is not None and layer.isValid():
                found += _found(layer, geometry, wanted, labels)
    except RuntimeError:  # QGIS deleted a layer in between
        return ()
    return tuple(found)


def _found(layer: QgsVectorLayer, geometry: str, wanted: Sequence[str], labels: dict[str, str]) -> Iterator[Found]:
    for start in range(0, len(wanted), _AT_ONCE):
        listed = ", ".join(QgsExpression.quotedValue(each) for each in wanted[start : start + _AT_ONCE])
        request = QgsFeatureRequest().setFilterExpression(f'"id" IN ({listed})')
        request.setFlags(Qgis.FeatureRequestFlag.NoGeometry)
        request.setSubsetOfAttributes(["id", "naam", "legenda"], layer.fields())
        for row in layer.getFeatures(request):
            unit = str(row["legenda"] or "")
            name = str(row["naam"] or "") or labels.get(unit, unit)
            yield Found(str(row["id"]), name, geometry, layer, row.id())


def show(iface: Any, proposal: OpenProposal, found: Sequence[Found]) -> None:
    """Select the features, nothing else of the proposal, and bring them into the middle of the map."""
    canvas = iface.mapCanvas()
    extent = QgsRectangle()
    for layer in proposal.features.values():
        rows = [each.row for each in found if each.layer is layer]
        layer.selectByIds(rows)
        if not rows:
            continue
        box = layer.boundingBoxOfSelected()
        if box.width() == 0 and box.height() == 0:
            box = box.buffered(_AROUND_M)
        extent.combineExtentWith(_on_canvas(canvas, layer, box))
        if len(rows) <= _FLASHED:
            canvas.flashFeatureIds(layer, rows)
    if not extent.isNull():
        extent.scale(_ROOM)
        canvas.setExtent(extent)
        canvas.refresh()


def _on_canvas(canvas: Any, layer: QgsVectorLayer, box: QgsRectangle) -> QgsRectangle:
    way = QgsCoordinateTransform(layer.crs(), canvas.mapSettings().destinationCrs(), QgsProject.instance())
    try:
        return way.transformBoundingBox(box)
    except QgsCsException:
        return QgsRectangle()
