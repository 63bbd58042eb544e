"""Contributions are edited, saved and given up together with the features that they belong to.

QGIS keeps the edits of each table apart. Who saves the areas would leave their contributions unsaved, and who undoes a
copy would keep the contributions of a feature that is gone.
"""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import Qgis, QgsFeatureRequest, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QMetaObject, QObject

from novex_plugin.core.proposal.schema import FEATURE_TABLES
from novex_plugin.qgis_adapter.relations import opened_databases, opened_proposals

Tell = Callable[[str], None]


class EditingTogether:
    """Watches the feature tables of the proposals in a project; `tell` brings a message to the user."""

    def __init__(self, project: QgsProject, tell: Tell) -> None:
        self._project = project
        self._tell = tell
        self._followed: dict[str, str] = {}
        """The contributions that follow each feature table, by their layers' ids."""
        self._connections: list[QMetaObject.Connection] = []
        self._refused: set[str] = set()
        """Contributions whose last saving failed: they stay open, and it is told once."""

    def watch_proposals(self) -> None:
        """Let contributions follow the feature tables that lie open beside them."""
        for tables in (*opened_proposals(self._project), *opened_databases(self._project)):
            for name in FEATURE_TABLES.values():
                if name in tables and "bijdrage" in tables:
                    self._watch(tables[name], tables["bijdrage"])

    def release(self) -> None:
        """Watch nothing any more."""
        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections.clear()
        self._followed.clear()

    def _watch(self, features: QgsVectorLayer, contributions: QgsVectorLayer) -> None:
        table = features.id()
        known = table in self._followed
        self._followed[table] = contributions.id()
        if not known:
            self._connections += [
                features.editingStarted.connect(lambda: self._start(table)),
                features.afterCommitChanges.connect(lambda: self._save(table)),
                features.beforeRollBack.connect(lambda: self._give_up(table)),
                features.editingStopped.connect(lambda: self._stop(table)),
                features.willBeDeleted.connect(lambda: self._followed.pop(table, None)),
            ]
        if features.isEditable():
            self._start(table)

    def _followers(self, table: str) -> QgsVectorLayer | None:
        """The contributions of a feature table, while they are open."""
        layer = self._project.mapLayer(self._followed.get(table, ""))
        return layer if isinstance(layer, QgsVectorLayer) else None

    def _tables(self, contributions: QgsVectorLayer) -> list[QgsVectorLayer]:
        """The feature tables that these contributions follow."""
        named = (table for table, follower in self._followed.items() if follower == contributions.id())
        return [layer for layer in map(self._project.mapLayer, named) if isinstance(layer, QgsVectorLayer)]

    def _start(self, table: str) -> None:
        contributions = self._followers(table)
        if contributions is None or contributions.isEditable():
            return
        if not contributions.startEditing():
            self._tell("De tabel bijdrage kan niet worden bewerkt. Kijk of het bestand alleen-lezen is.")

    def _save(self, table: str, stop: bool = False) -> None:
        contributions = self._followers(table)
        if contributions is None or not contributions.isEditable():
            return
        self._drop_without_feature(contributions)
        self._refused.discard(contributions.id())
        if not contributions.commitChanges(stop):
            self._refused.add(contributions.id())
            said = "; ".join(contributions.commitErrors())
            self._tell(f"Bijdragen zijn niet opgeslagen: {said}. Ze staan nog open in de tabel bijdrage.")

    def _give_up(self, table: str) -> None:
        """Who throws away changes to features, throws away those to their contributions."""
        features, contributions = self._project.mapLayer(table), self._followers(table)
        if contributions is None or not isinstance(features, QgsVectorLayer):
            return
        # QGIS also ends a session without any change in this way: then contributions alone were changed.
        if not features.isModified() or self._others_edit(table, contributions):
            return
        if not contributions.rollBack():
            self._tell("Wijzigingen van bijdragen zijn niet verworpen. Sluit de tabel bijdrage zonder op te slaan.")

    def _stop(self, table: str) -> None:
        """The contributions are closed with the last of their feature tables."""
        contributions = self._followers(table)
        if contributions is None or contributions.id() in self._refused:
            return
        if not self._others_edit(table, contributions):
            self._save(table, stop=True)

    def _others_edit(self, table: str, contributions: QgsVectorLayer) -> bool:
        return any(layer.isEditable() for layer in self._tables(contributions) if layer.id() != table)

    def _drop_without_feature(self, contributions: QgsVectorLayer) -> None:
        """Take out the new contributions of features that were undone; none while a feature table is not open."""
        tables = self._tables(contributions)
        added = contributions.editBuffer().addedFeatures()
        if len(tables) < len(FEATURE_TABLES) or not added:
            return
        present = set()
        for table in tables:
            request = QgsFeatureRequest().setFlags(Qgis.FeatureRequestFlag.NoGeometry)
            request.setSubsetOfAttributes(["id"], table.fields())
            present |= {feature["id"] for feature in table.getFeatures(request)}
        gone = [number for number, feature in added.items() if feature["kenmerk"] not in present]
        if gone:
            contributions.deleteFeatures(gone)
