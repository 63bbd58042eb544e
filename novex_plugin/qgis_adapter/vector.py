"""Features of a QGIS layer as arrays, in EPSG:28992."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from qgis.core import (
    NULL,
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsFeatureRequest,
    QgsGeometry,
    QgsProcessingFeatureSource,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.table import RD_NEW, FeatureTable
from novex_plugin.core.progress import Progress, stop_if_cancelled

_ROWS = 5_000


def feature_table(
    source: QgsProcessingFeatureSource, transforms: QgsCoordinateTransformContext, progress: Progress
) -> FeatureTable:
    """All features of a source, in their order: text columns with None, numbers with nan for what is absent.

    Geometry that cannot be brought to EPSG:28992 or read becomes None. Raises InputError for a layer that does not
    say its CRS, and Cancelled.
    """
    fields = source.fields()
    system = source.sourceCrs()
    if not system.isValid():
        raise InputError(
            "de laag zegt niet in welk coördinatenstelsel hij staat.", "Stel dat in.", table=source.sourceName()
        )
    to_wkb = _to_wkb(QgsCoordinateTransform(system, QgsCoordinateReferenceSystem(f"EPSG:{RD_NEW}"), transforms))
    request = QgsFeatureRequest()
    flags = Qgis.ProcessingFeatureSourceFlag.SkipGeometryValidityChecks
    wkbs: list[bytes | None] = []
    rows: list[list[Any]] = []
    for feature in source.getFeatures(request, flags):
        wkbs.append(to_wkb(feature.geometry()))
        rows.append(feature.attributes())
        if len(rows) % _ROWS == 0:
            stop_if_cancelled(progress)
    columns = {
        field.name(): column_of([row[number] for row in rows], field.isNumeric()) for number, field in enumerate(fields)
    }
    blobs = np.empty(len(wkbs), dtype=object)
    blobs[:] = wkbs
    return FeatureTable(source.sourceName(), shapely.from_wkb(blobs, on_invalid="ignore"), columns)


def _to_wkb(transform: QgsCoordinateTransform) -> Callable[[QgsGeometry], bytes | None]:
    """Give the straight-lined, transformed WKB of a geometry."""
    moves = not transform.isShortCircuited()

    def to_wkb(geometry: QgsGeometry) -> bytes | None:
        if geometry.isNull():
            return None
        straight = geometry
        if QgsWkbTypes.isCurvedType(geometry.wkbType()):
            straight = QgsGeometry(geometry.constGet().segmentize())
        if moves:
            try:
                moved = straight.transform(transform) == Qgis.GeometryOperationResult.Success
            except QgsCsException:
                moved = False
            if not moved:
                return None
        return bytes(straight.asWkb())

    return to_wkb


def column_of(values: list[Any], numeric: bool) -> NDArray[Any]:
    """The values of a field as a column: numbers with nan, or texts with None, for what is absent."""
    plain = [_plain(value) for value in values]
    if numeric and all(value is None or isinstance(value, int | float) for value in plain):
        if all(isinstance(value, int) for value in plain):
            return np.array(plain, dtype=np.int64)
        return np.array([np.nan if value is None else value for value in plain], dtype=np.float64)
    column = np.empty(len(plain), dtype=object)
    column[:] = [None if value is None else str(value) for value in plain]
    return column


def _plain(value: Any) -> Any:
    if value is None or value == NULL:
        return None
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, QDate | QTime | QDateTime):
        return value.toString(Qt.DateFormat.ISODate) or None
    return value
