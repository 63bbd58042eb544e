"""Choose a layer of the project, or one out of a file."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsMapLayerProxyModel, QgsProject, QgsProviderRegistry, QgsVectorLayer
from qgis.gui import QgsFileWidget, QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QLabel, QVBoxLayout, QWidget

from novex_plugin.core.proposal.schema import FEATURE_TABLES

_MOST_LAYERS = 200


class LayerChoice(QWidget):
    """`changed` tells that another layer is chosen; `layer` gives it, `problem` why it cannot be used."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._combo = QgsMapLayerComboBox()
        self._combo.setFilters(QgsMapLayerProxyModel.Filter.HasGeometry)
        self._combo.setAllowEmptyLayer(True, self.tr("(choose a layer)"))
        self._combo.setAccessibleName(self.tr("Layer"))
        self._combo.layerChanged.connect(lambda _: self.changed.emit())
        self._file = QgsFileWidget()
        self._file.setFilter(self.tr("Vector files") + " (*.gpkg *.shp *.geojson *.json *.gml *.fgb *.tab *.kml)")
        self._file.lineEdit().setPlaceholderText(self.tr("…or a file"))
        self._file.fileChanged.connect(self._open)
        self._said = QLabel()
        self._said.setWordWrap(True)
        self._said.hide()
        self._opened: list[Any] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for each in (self._combo, self._file, self._said):
            layout.addWidget(each)
        self._leave_out_proposal()
        self._combo.setLayer(None)
        self._combo.setCurrentIndex(0)

    @property
    def layer(self) -> QgsVectorLayer | None:
        """The chosen layer."""
        chosen = self._combo.currentLayer()
        return chosen if isinstance(chosen, QgsVectorLayer) else None

    @property
    def problem(self) -> str:
        """Why the chosen layer cannot be used, and what to do; empty when it can."""
        layer = self.layer
        if layer is None:
            return self.tr("Choose the layer to start from.")
        if not layer.isValid():
            return self.tr("The layer {name} cannot be read. Mend its source first.").format(name=layer.name())
        if not layer.crs().isValid():
            said = self.tr(
                "The layer {name} does not say its coordinate system. Set it in the properties of the layer."
            )
            return said.format(name=layer.name())
        if not layer.isSpatial():
            return self.tr("The layer {name} has no geometry.").format(name=layer.name())
        return ""

    def choose(self, layer: QgsVectorLayer) -> None:
        """Choose a layer, of the project or not."""
        if QgsProject.instance().mapLayer(layer.id()) is None:
            self._opened.append(layer)
            self._combo.setAdditionalLayers(self._opened)
        self._combo.setLayer(layer)

    def refresh(self) -> None:
        """Offer what the project holds now."""
        self._leave_out_proposal()

    def _leave_out_proposal(self) -> None:
        """The tables of an open proposal are no source for one."""
        own = [
            layer
            for layer in QgsProject.instance().mapLayers().values()
            if any(f"layername={table}" in layer.source() for table in FEATURE_TABLES.values())
            or layer.providerType() == "virtual"
        ]
        self._combo.setExceptedLayerList(own)

    def _open(self, path: str) -> None:
        """Offer the layers of a file."""
        if not path:
            return
        registry = QgsProviderRegistry.instance()
        found = [each for each in registry.querySublayers(path) if each.wkbType() and each.providerKey() == "ogr"]
        options = QgsVectorLayer.LayerOptions(QgsProject.instance().transformContext(), False)
        layers = [QgsVectorLayer(each.uri(), each.name(), "ogr", options) for each in found[:_MOST_LAYERS]]
        layers = [layer for layer in layers if layer.isValid() and layer.isSpatial()]
        self._said.setVisible(not layers)
        if not layers:
            self._said.setText(self.tr("This file holds no layer with geometry that can be read."))
            return
        self._opened = layers
        self._combo.setAdditionalLayers(self._opened)
        self._combo.setLayer(layers[0])
