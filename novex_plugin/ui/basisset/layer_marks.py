"""A mark in the Layers panel beside each layer of the basisset: shown from a service, local, or outdated."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsLayerTree, QgsLayerTreeNode, QgsMapLayer, QgsProject
from qgis.gui import QgsLayerTreeView, QgsLayerTreeViewIndicator
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QMetaObject, QObject, QTimer

from novex_plugin.ui.basisset.layers import AS_LOCAL, DATASET, SHOWN_AS
from novex_plugin.ui.basisset.shelf import BROKEN, NOTHING, OUTDATED, Shelf
from novex_plugin.ui.look import icon


class LayerMarks(QObject):
    """Keeps the marks of all layers as the shelf has them, whatever happens to the layer tree."""

    def __init__(self, view: Any, project: QgsProject) -> None:
        super().__init__()
        self._view = view if isinstance(view, QgsLayerTreeView) else None
        self._project = project
        self._shelf = NOTHING
        self._marks: dict[str, tuple[QgsLayerTreeNode, QgsLayerTreeViewIndicator, str]] = {}
        """Node, mark and kind of mark by layer id."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._refresh)
        self._connections: list[QMetaObject.Connection] = []
        if self._view is not None:
            root = project.layerTreeRoot()
            self._connections = [
                root.addedChildren.connect(lambda *_: self._soon.start()),
                root.willRemoveChildren.connect(self._nodes_go),
                project.readProject.connect(lambda *_: self._soon.start()),
            ]
            self._soon.start()

    def show(self, shelf: Shelf) -> None:
        """Mark as this shelf says."""
        self._shelf = shelf
        self._soon.start()

    def kind_of(self, layer: QgsMapLayer) -> str:
        """The mark of a layer: service, local or outdated; empty for what is not of the basisset."""
        dataset = layer.customProperty(DATASET)
        if not dataset:
            return ""
        item = self._shelf.item(str(dataset))
        if layer.customProperty(SHOWN_AS) != AS_LOCAL:
            return "service"
        return "outdated" if item is not None and item.state in (OUTDATED, BROKEN) else "local"

    def release(self) -> None:
        """Take all marks away."""
        self._soon.stop()
        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections.clear()
        if self._view is None or sip.isdeleted(self._view):
            return
        for name in tuple(self._marks):
            self._take_away(name)

    def _refresh(self) -> None:
        if self._view is None:
            return
        for node in self._project.layerTreeRoot().findLayers():
            layer = node.layer()
            if layer is not None:
                self._mark(node, layer)

    def _mark(self, node: QgsLayerTreeNode, layer: QgsMapLayer) -> None:
        kind = self.kind_of(layer)
        before = self._marks.get(layer.id())
        if before is not None and before[2] == kind and before[0] is node:
            return
        self._take_away(layer.id())
        if not kind or self._view is None:
            return
        texts = {
            "service": self.tr("Basisset: shown from the service"),
            "local": self.tr("Basisset: local copy, read-only"),
            "outdated": self.tr("Basisset: local copy, outdated"),
        }
        mark = QgsLayerTreeViewIndicator(self._view)
        mark.setIcon(icon(f"basisset_{kind}"))
        mark.setToolTip(texts[kind])
        self._view.addIndicator(node, mark)
        self._marks[layer.id()] = (node, mark, kind)

    def _take_away(self, name: str) -> None:
        found = self._marks.pop(name, None)
        if found is not None and self._view is not None:
            self._view.removeIndicator(found[0], found[1])
            found[1].deleteLater()

    def _nodes_go(self, parent: QgsLayerTreeNode, first: int, last: int) -> None:
        """Nodes are deleted, or moved, which makes new ones: QGIS keeps marks by node and would keep them for ever."""
        for node in parent.children()[first : last + 1]:
            inside = [node] if QgsLayerTree.isLayer(node) else node.findLayers()
            for each in inside:
                self._take_away(each.layerId())
        self._soon.start()
