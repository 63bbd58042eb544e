"""A small picture of features in the agreed legend, drawn in a worker without a project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFields,
    QgsGeometry,
    QgsMapRendererCustomPainterJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage, QPainter

from novex_plugin.core.agreement import Agreement, LegendUnit
from novex_plugin.core.features.table import FeatureTable, multi
from novex_plugin.core.proposal.schema import FEATURE_TABLES
from novex_plugin.qgis_adapter.legend import renderer_for

MOST_FEATURES = 1_500
"""Of each table: a sketch of a few hundred pixels shows no more."""

_KINDS = {"vlak": "MultiPolygon", "lijn": "MultiLineString", "punt": "Point"}


def sketch(
    agreement: Agreement, tables: Mapping[str, FeatureTable], size: QSize, ratio: float, paper: QColor
) -> QImage:
    """Draw feature tables (`voorstel_vlak` … with `legenda` and `rol`); `size` in points, `ratio` pixels to one."""
    layers = [
        _layer(agreement, kind, tables[name])
        for kind, name in (("punt", "voorstel_punt"), ("lijn", "voorstel_lijn"), ("vlak", "voorstel_vlak"))
        if name in tables and len(tables[name])
    ]
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:28992"))
    settings.setOutputSize(QSize(int(size.width() * ratio), int(size.height() * ratio)))
    settings.setOutputDpi(96 * ratio)
    settings.setBackgroundColor(paper)
    settings.setExtent(_extent(layers))
    image = QImage(settings.outputSize(), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(paper)
    painter = QPainter(image)
    try:
        QgsMapRendererCustomPainterJob(settings, painter).renderSynchronously()
    finally:
        painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def example(agreement: Agreement) -> dict[str, FeatureTable]:
    """Made-up features of a few legend units of each geometry type, spread over the agreement's perspectives."""
    return {
        "voorstel_vlak": _table("voorstel_vlak", _spread(agreement, "vlak", 9), _AREAS),
        "voorstel_lijn": _table("voorstel_lijn", _spread(agreement, "lijn", 3), _LINES),
        "voorstel_punt": _table("voorstel_punt", _spread(agreement, "punt", 5), _POINTS),
    }


_AREAS = shapely.buffer(
    shapely.from_wkt(
        [
            "POLYGON((40 420, 230 440, 250 560, 90 590, 30 520, 40 420))",
            "POLYGON((300 500, 420 480, 440 590, 330 600, 300 500))",
            "POLYGON((560 470, 780 500, 800 600, 600 590, 560 470))",
            "POLYGON((60 60, 320 40, 300 160, 180 200, 50 150, 60 60))",
            "POLYGON((400 40, 620 60, 640 170, 520 190, 410 150, 400 40))",
            "POLYGON((700 60, 900 50, 930 260, 820 300, 720 200, 700 60))",
            "POLYGON((80 250, 250 240, 270 340, 120 370, 80 250))",
            "POLYGON((360 260, 470 240, 500 370, 380 400, 360 260))",
            "POLYGON((830 380, 940 370, 950 480, 850 470, 830 380))",
        ]
    ),
    14,
)
_LINES = shapely.from_wkt(
    [
        "LINESTRING(0 225, 200 215, 380 210, 560 250, 720 340, 1000 350)",
        "LINESTRING(290 640, 320 420, 330 220, 350 0)",
        "LINESTRING(520 640, 540 420, 660 250, 680 0)",
    ]
)
_POINTS = shapely.points([[600, 330], [650, 345], [700, 365], [480, 440], [770, 420]])


def _spread(agreement: Agreement, kind: str, count: int) -> list[LegendUnit]:
    """Legend units of a geometry type, one of each perspective in turn."""
    waiting: dict[str | None, list[LegendUnit]] = {}
    for unit in agreement.drawn_as(kind):
        waiting.setdefault(unit.perspective, []).append(unit)
    chosen: list[LegendUnit] = []
    while len(chosen) < count and any(waiting.values()):
        chosen += [units.pop(0) for units in waiting.values() if units]
    return chosen[:count]


def _table(name: str, units: Sequence[LegendUnit], shapes: NDArray[np.object_]) -> FeatureTable:
    count = min(len(units), len(shapes))
    codes, roles = np.empty(count, dtype=object), np.empty(count, dtype=object)
    codes[:] = [unit.code for unit in units[:count]]
    roles[:] = [unit.roles[0] for unit in units[:count]]
    return FeatureTable(name, shapes[:count], {"legenda": codes, "rol": roles})


def _layer(agreement: Agreement, kind: str, rows: FeatureTable) -> QgsVectorLayer:
    fields = "field=legenda:string&field=rol:string"
    layer = QgsVectorLayer(f"{_KINDS[kind]}?crs=EPSG:28992&{fields}", FEATURE_TABLES[kind], "memory")
    known = QgsFields(layer.fields())
    step = max(1, -(-len(rows) // MOST_FEATURES))
    blobs = shapely.to_wkb(multi(rows.geometry[::step]))
    features = []
    pairs = zip(rows.columns["legenda"][::step], rows.columns["rol"][::step], blobs, strict=True)
    for unit, role, blob in pairs:
        if blob is None:
            continue
        feature, geometry = QgsFeature(known), QgsGeometry()
        geometry.fromWkb(blob)
        feature.setGeometry(geometry)
        feature.setAttributes([unit, role])
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    layer.setRenderer(renderer_for(agreement, kind))
    return layer


def _extent(layers: Sequence[QgsVectorLayer]) -> QgsRectangle:
    whole = QgsRectangle()
    for layer in layers:
        whole.combineExtentWith(layer.extent())
    whole.grow(max(0.04 * max(whole.width(), whole.height()), 20))
    return whole
