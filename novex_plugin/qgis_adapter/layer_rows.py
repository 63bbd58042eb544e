"""The rows of a layer as it is now, taken in the main thread and read in a worker."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeatureRequest,
    QgsFields,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)

from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.progress import Progress
from novex_plugin.qgis_adapter.vector import feature_table


class LayerRows:
    """The layer itself may go or change while this is read: what stood there when it was made is given."""

    def __init__(self, layer: QgsVectorLayer, transforms: QgsCoordinateTransformContext) -> None:
        self.name = str(layer.name())
        self._source = QgsVectorLayerFeatureSource(layer)
        self._fields = QgsFields(layer.fields())
        self._system = QgsCoordinateReferenceSystem(layer.crs())
        self._transforms = QgsCoordinateTransformContext(transforms)
        self._limit = -1

    def table(self, progress: Progress, limit: int = -1) -> FeatureTable:
        """The rows as arrays in EPSG:28992, at most `limit`. Raises InputError for a layer that does not say its
        CRS, and Cancelled."""
        self._limit = limit
        return feature_table(self, self._transforms, progress)

    def fields(self) -> QgsFields:
        """As a source of Processing has it, and so the others below."""
        return self._fields

    def sourceCrs(self) -> QgsCoordinateReferenceSystem:
        return self._system

    def sourceName(self) -> str:
        return self.name

    def getFeatures(self, request: QgsFeatureRequest, _flags: Qgis.ProcessingFeatureSourceFlag) -> Any:
        if self._limit >= 0:
            request.setLimit(self._limit)
        return self._source.getFeatures(request)
