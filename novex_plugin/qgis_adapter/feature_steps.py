"""What belongs to a feature follows it when it is split, merged or taken away, with whichever tool that is done.

Hears what happens inside each edit command of QGIS, and does its part inside the same command: one undo takes back
both. A split gives each part its share of what adds up, by area or length, and a copy of what does not (a percentage,
an answer to a question); a merge adds up again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from qgis.core import NULL, Qgis, QgsFeature, QgsFeatureRequest, QgsGeometry, QgsVectorLayer
from qgis.PyQt.QtCore import QMetaObject, QObject

from novex_plugin.core.agreement import Agreement
from novex_plugin.qgis_adapter.belongings import CONTRIBUTIONS, STATEMENTS, joined, shared_out
from novex_plugin.qgis_adapter.database_styles import VERSION_FIELD
from novex_plugin.qgis_adapter.linked_edits import RowChange, make_editable, push_linked, removals, rows_where

_OWN = ("fid", "id", "gewijzigd", VERSION_FIELD)
"""What differs between a feature and the part that is split off from it."""


@dataclass
class _Step:
    """What was seen of the edit command that is open on a layer."""

    changed: list[int] = field(default_factory=list)
    pieces: dict[int, list[int]] = field(default_factory=dict)
    """The parts that were split off from each feature."""
    amounts: dict[tuple[int, str], list[QgsFeature]] = field(default_factory=dict)
    """The rows that a feature had before it was split, by table."""
    gone: list[tuple[str, QgsGeometry, dict[str, list[QgsFeature]]]] = field(default_factory=list)
    """Features taken away, with their rows of each table."""
    places: dict[str, int] = field(default_factory=dict)
    """How far the undo stack of each table was when we last looked."""
    told: list[str] = field(default_factory=list)


class FeatureSteps:
    """Watches the feature tables of one proposal; `tell` brings a message to the user."""

    def __init__(self, layers: Mapping[str, QgsVectorLayer], agreement: Agreement, tell: Callable[[str], None]) -> None:
        self._features = {name: layer for name, layer in layers.items() if layer.isSpatial()}
        self._rows = {name: layers[name] for name in (CONTRIBUTIONS, STATEMENTS) if name in layers}
        self._agreement = agreement
        self._tell = tell
        self._steps: dict[str, _Step] = {}
        self._seen: dict[tuple[str, int], tuple[str, QgsGeometry]] = {}
        """Id and geometry of features that are not as they were saved: a deleted one cannot be asked any more."""
        self._connections: list[QMetaObject.Connection] = []
        for layer in self._features.values():
            self._connections += self._connected(layer)

    def release(self) -> None:
        """Hear nothing any more."""
        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections.clear()
        self._steps.clear()
        self._seen.clear()

    def _connected(self, layer: QgsVectorLayer) -> list[QMetaObject.Connection]:
        name = layer.id()
        return [
            layer.editCommandStarted.connect(lambda _: self._begin(layer)),
            layer.editCommandEnded.connect(lambda: self._end(layer)),
            layer.editCommandDestroyed.connect(lambda: self._steps.pop(name, None)),
            layer.featureAdded.connect(lambda row: self._added(layer, row)),
            layer.geometryChanged.connect(lambda row, geometry: self._reshaped(layer, row, QgsGeometry(geometry))),
            layer.featureDeleted.connect(lambda row: self._deleted(layer, row)),
            layer.afterCommitChanges.connect(self._seen.clear),
            layer.afterRollBack.connect(self._seen.clear),
        ]

    def _begin(self, layer: QgsVectorLayer) -> None:
        places = {name: rows.undoStack().index() for name, rows in self._rows.items()}
        self._steps[layer.id()] = _Step(places=places)

    def _end(self, layer: QgsVectorLayer) -> None:
        step = self._steps.pop(layer.id(), None)
        for message in step.told[-1:] if step else ():
            self._tell(message)

    def _added(self, layer: QgsVectorLayer, row: int) -> None:
        added = layer.getFeature(row)
        self._seen[(layer.id(), row)] = (str(added["id"]), QgsGeometry(added.geometry()))
        step = self._steps.get(layer.id())
        if step is None or not step.changed:
            return
        source = self._split_from(layer, step, added)
        if source is not None:
            step.pieces.setdefault(source, []).append(row)
            self._share_out(layer, step, source)

    def _reshaped(self, layer: QgsVectorLayer, row: int, geometry: QgsGeometry) -> None:
        feature = layer.getFeature(row)
        self._seen[(layer.id(), row)] = (str(feature["id"]), geometry)
        step = self._steps.get(layer.id())
        if step is None:
            return
        if row not in step.changed:
            step.changed.append(row)
        absorbed = [each for each in step.gone if _inside(each[1], geometry)]
        if absorbed:
            step.gone = [each for each in step.gone if each not in absorbed]
            self._join(layer, step, feature, absorbed)

    def _deleted(self, layer: QgsVectorLayer, row: int) -> None:
        step = self._steps.get(layer.id())
        known = self._seen.pop((layer.id(), row), None) or _saved(layer, row)
        if step is None or known is None:
            return
        identifier, geometry = known
        had: dict[str, list[QgsFeature]] = {}
        for name, rows in self._rows.items():
            self._link_what_qgis_did(layer, step, name)
            had[name] = rows_where(rows, "kenmerk", identifier)
            self._push(layer, step, name, "Kenmerk verwijderd", removals(had[name]))
        step.gone.append((identifier, geometry, had))

    def _link_what_qgis_did(self, layer: QgsVectorLayer, step: _Step, name: str) -> None:
        """QGIS deletes contributions with their feature in a stack of their own: let one undo take back both."""
        stack, before = self._rows[name].undoStack(), step.places.get(name, 0)
        if stack.index() > before:
            push_linked(layer, self._rows[name], "Kenmerk verwijderd", (), (before, stack.index()))
            step.places[name] = stack.index()

    def _push(self, layer: QgsVectorLayer, step: _Step, name: str, text: str, changes: list[RowChange]) -> None:
        rows = self._rows[name]
        if changes:
            make_editable(rows)
            push_linked(layer, rows, text, changes)
        step.places[name] = rows.undoStack().index()

    def _split_from(self, layer: QgsVectorLayer, step: _Step, added: QgsFeature) -> int | None:
        """The feature that this new one was a part of: alike in all but its id, and beside it."""
        alike = [row for row in step.changed if _alike(layer.getFeature(row), added)]
        beside = [row for row in alike if layer.getFeature(row).geometry().distance(added.geometry()) < 1e-6]
        if len(beside) < 2:
            return next(iter(beside), None)

        def border(row: int) -> float:
            return float(layer.getFeature(row).geometry().intersection(added.geometry()).length())

        return max(beside, key=border)

    def _share_out(self, layer: QgsVectorLayer, step: _Step, source: int) -> None:
        parts = [layer.getFeature(row) for row in (source, *step.pieces[source])]
        for name, rows in self._rows.items():
            had = step.amounts.setdefault((source, name), rows_where(rows, "kenmerk", str(parts[0]["id"])))
            if had:
                self._push(layer, step, name, "Gesplitst", shared_out(rows, had, parts, self._agreement))
        if step.amounts.get((source, CONTRIBUTIONS)):
            measure = "oppervlakte" if layer.geometryType() == Qgis.GeometryType.Polygon else "lengte"
            step.told.append(f"Gesplitst in {len(parts)} delen, bijdragen verdeeld naar {measure}.")

    def _join(
        self,
        layer: QgsVectorLayer,
        step: _Step,
        survivor: QgsFeature,
        absorbed: list[tuple[str, QgsGeometry, dict[str, list[QgsFeature]]]],
    ) -> None:
        before = _saved(layer, survivor.id())
        weight = before[1].area() if before else survivor.geometry().area() - sum(each[1].area() for each in absorbed)
        for name, rows in self._rows.items():
            gone = [(max(each[1].area(), 0.0), each[2][name]) for each in absorbed]
            self._push(layer, step, name, "Samengevoegd", joined(rows, survivor, weight, gone, self._agreement))
        step.told.append(f"{len(absorbed) + 1} kenmerken samengevoegd. Bijdragen zijn opgeteld, aandelen gewogen.")


def _alike(source: QgsFeature, part: QgsFeature) -> bool:
    """Where the source has nothing, QGIS gives the part the default of its field."""
    return all(
        source.attribute(place) in (None, NULL) or source.attribute(place) == part.attribute(place)
        for place, each in enumerate(source.fields())
        if each.name() not in _OWN
    )


def _inside(part: QgsGeometry, whole: QgsGeometry) -> bool:
    """Whether a geometry lies in another one, but for what rounding does."""
    size = part.area() or part.length()
    common = part.intersection(whole)
    return size > 0 and (common.area() or common.length()) > 0.99 * size


def _saved(layer: QgsVectorLayer, row: int) -> tuple[str, QgsGeometry] | None:
    """Id and geometry of a feature as they were saved."""
    if row < 0:
        return None
    for feature in layer.dataProvider().getFeatures(QgsFeatureRequest(row)):
        return str(feature["id"]), QgsGeometry(feature.geometry())
    return None
