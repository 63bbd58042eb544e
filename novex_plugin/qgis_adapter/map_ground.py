"""The ground of a map in pale tones: what a reader finds the way by, never louder than what is drawn on it."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor

from novex_plugin.core.delivery.ground import TOPICS, topic_of
from novex_plugin.qgis_adapter.map_furniture import text_format

_PAPER = "#fdfcf8"
_AREAS = {
    "water": ("#cfe2ee", "#b7d2e3", "0.08"),
    "nature": ("#e2ecd6", "#e2ecd6", "0"),
    "built": ("#e9e1d8", "#d5c9bc", "0.08"),
    "work": ("#e6e1e8", "#d3cbd7", "0.08"),
    "floodplain": ("#eef3e6", "#dbe5cc", "0.1"),
}
"""Fill, outline and its width (mm) of areas."""

_LINES = {
    "water": ("#c3dbea", "0.12", "solid"),
    "rail": ("#9a9a9a", "0.22", "solid"),
    "road": ("#d9d0bf", "0.13", "solid"),
    "boundary": ("#bdb5a6", "0.18", "dash"),
    "country": ("#948b7b", "0.45", "solid"),
}
"""Colour, width (mm) and style of lines, and of the outlines of areas that are nothing but a boundary."""

_PLAIN = ("#f1eee6", "#d8d2c3", "0.1")
_NAMES = ("naam", "name", "plaatsnaam", "woonplaats", "kernnaam")
_NAMED = frozenset({"built", "place"})


def paint_ground(layer: QgsVectorLayer, title: str) -> None:
    """Give a layer the tone of what its title speaks of, and call it so in the legend; places get their names."""
    topic = topic_of(title)
    key = topic.id if topic else ""
    if topic is not None:
        layer.setName(topic.label)
    layer.setRenderer(QgsSingleSymbolRenderer(_symbol(layer.geometryType(), key)))
    field = next((name for name in _NAMES if layer.fields().lookupField(name) >= 0), None)
    if key in _NAMED and field is not None:
        layer.setLabeling(QgsVectorLayerSimpleLabeling(_names(field, layer.geometryType())))
        layer.setLabelsEnabled(True)


def is_province(layer: QgsVectorLayer) -> bool:
    """Whether a painted layer shows the province's border."""
    return bool(layer.name() == next(topic.label for topic in TOPICS if topic.id == "country"))


def _symbol(kind: Qgis.GeometryType, key: str) -> QgsSymbol:
    if kind == Qgis.GeometryType.Point:
        return QgsMarkerSymbol.createSimple({"color": "#b3ada0", "outline_style": "no", "size": "0.7"})
    colour, width, style = _LINES.get(key, (_PLAIN[1], "0.2", "solid"))
    if kind == Qgis.GeometryType.Line:
        return QgsLineSymbol.createSimple({"line_color": colour, "line_width": width, "line_style": style})
    if key in ("boundary", "country", "road", "rail"):
        outline = {"outline_color": colour, "outline_width": width, "outline_style": style}
        return QgsFillSymbol.createSimple({"style": "no", **outline})
    fill, edge, thick = _AREAS.get(key, _PLAIN)
    border = {"outline_color": edge, "outline_width": thick, "outline_style": "solid" if thick != "0" else "no"}
    return QgsFillSymbol.createSimple({"color": fill, **border})


def _names(field: str, kind: Qgis.GeometryType) -> QgsPalLayerSettings:
    """Small grey names with a halo, the large places first; a name that finds no room is left out."""
    settings = QgsPalLayerSettings()
    settings.fieldName = field
    settings.centroidInside = True
    settings.placement = Qgis.LabelPlacement.OverPoint
    if kind == Qgis.GeometryType.Polygon:
        settings.placement = Qgis.LabelPlacement.Horizontal
        small = settings.thinningSettings()
        small.setMinimumFeatureSize(1.5)
        settings.setThinningSettings(small)
    settings.setFormat(_quiet_text())
    return settings


def _quiet_text() -> QgsTextFormat:
    written = text_format(6.2, QColor("#6f675c"))
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.5)
    halo.setColor(QColor(_PAPER))
    halo.setOpacity(0.8)
    written.setBuffer(halo)
    return written
