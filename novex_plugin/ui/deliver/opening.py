"""Layers of what others handed over: in a group of their own, read-only, in the receiver's own legend."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from qgis.core import QgsLayerTreeGroup, QgsProject, QgsVectorLayer

from novex_plugin.core.agreement import Agreement, agreement_names, agreement_path, read_agreement
from novex_plugin.core.features.geopackage import layer_names
from novex_plugin.core.proposal.schema import FEATURE_TABLES
from novex_plugin.qgis_adapter.legend import renderer_for

_LONGEST = 120


def own_agreement(name: str) -> Agreement | None:
    """The agreement of this plugin that is called so (`novex-1.0`), None when it has none."""
    return read_agreement(agreement_path(name)) if name in agreement_names() else None


def open_group(title: str, path: Path, tables: Mapping[str, str], agreement: Agreement | None) -> list[QgsVectorLayer]:
    """Open tables of a GeoPackage of our own making (with the names of their layers), the first on top; tables without
    rows are left out. No style of the file is looked at."""
    kinds = {table: kind for kind, table in FEATURE_TABLES.items()}
    present = layer_names(path)
    options = QgsVectorLayer.LayerOptions(loadDefaultStyle=False)
    layers = []
    for table, name in tables.items():
        layer = QgsVectorLayer(f"{path}|layername={table}", name, "ogr", options) if table in present else None
        if layer is None or not layer.isValid() or not layer.featureCount():
            continue
        if table in kinds and agreement is not None:
            layer.setRenderer(renderer_for(agreement, kinds[table]))
        layer.setReadOnly(True)
        layers.append(layer)
    project = QgsProject.instance()
    layers = project.addMapLayers(layers, False)
    group: QgsLayerTreeGroup = project.layerTreeRoot().insertGroup(0, title[:_LONGEST])
    for layer in layers:
        group.addLayer(layer).setExpanded(False)
    return layers
