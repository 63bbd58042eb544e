"""The area of a pull, from what Processing was given: a layer's polygons, or an extent."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsGeometry,
    QgsProcessingContext,
    QgsVectorLayer,
)

from novex_plugin.core.basisset.pull.area import Area, area_of
from novex_plugin.core.errors import InputError

RD = "EPSG:28992"


def area_of_layer(layer: QgsVectorLayer, context: QgsProcessingContext) -> Area:
    """The union of a layer's polygons. Raises InputError when it has none, or cannot be laid in EPSG:28992."""
    if layer.geometryType() != Qgis.GeometryType.Polygon:
        raise InputError("de laag bevat geen vlakken.", "Geef een laag met vlakken of een omhullende.", layer.name())
    if not layer.crs().isValid():
        raise InputError("de laag heeft geen coördinatenstelsel.", "Stel dat eerst in.", layer.name())
    request = QgsFeatureRequest().setNoAttributes()
    request.setDestinationCrs(QgsCoordinateReferenceSystem(RD), context.transformContext())
    wkbs = [bytes(each.geometry().asWkb()) for each in layer.getFeatures(request) if not each.geometry().isNull()]
    return area_of(_polygons(wkbs))


def area_of_extent(rectangle: QgsGeometry) -> Area:
    """The area of an extent that Processing laid in EPSG:28992. Raises InputError when it is empty."""
    if rectangle.isNull() or rectangle.isEmpty():
        raise InputError("het gebied is leeg.", "Geef een laag met vlakken of een omhullende.", field="AREA")
    return area_of(_polygons([bytes(rectangle.asWkb())]))


def _polygons(wkbs: list[bytes]) -> Any:
    found = np.empty(len(wkbs), dtype=object)
    found[:] = wkbs
    return shapely.force_2d(shapely.from_wkb(found))
