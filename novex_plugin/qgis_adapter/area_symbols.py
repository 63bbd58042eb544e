"""How areas are drawn: the colour says what it is, fill and outline say in which role."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import (
    QgsFillSymbol,
    QgsLinePatternFillSymbolLayer,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsPointPatternFillSymbolLayer,
    QgsSimpleFillSymbolLayer,
    QgsSimpleLineSymbolLayer,
    QgsSimpleMarkerSymbolLayer,
    QgsSymbolLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from novex_plugin.core.agreement import Symbol
from novex_plugin.qgis_adapter.colours import GREY, WHITE, mixed
from novex_plugin.qgis_adapter.layered import layered

Layers = list[QgsSymbolLayer]

_LINES = {"horizontal": ((0, 1.3),), "vertical": ((90, 1.7),), "grid": ((0, 2.4), (90, 2.4))}
"""Angles of the lines of a pattern, with the distance between them in mm."""


def area_symbol(symbol: Symbol, role: str) -> QgsFillSymbol:
    """The symbol of an area in a role; a role that is not known here is drawn as `nieuw`."""
    return layered(QgsFillSymbol(), _ROLES.get(role, _new)(symbol))


def _fill(colour: QColor) -> QgsSymbolLayer:
    layer = QgsSimpleFillSymbolLayer(colour)
    layer.setStrokeStyle(Qt.PenStyle.NoPen)
    return layer


def _outline(colour: QColor, width: float, dashes: list[float] | None = None) -> QgsSymbolLayer:
    layer = QgsSimpleLineSymbolLayer(colour, width)
    layer.setPenJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if dashes:
        layer.setUseCustomDashPattern(True)
        layer.setCustomDashVector(dashes)
        layer.setPenCapStyle(Qt.PenCapStyle.FlatCap)
    return layer


def _hatch(colour: QColor, width: float, distance: float, angle: float) -> QgsSymbolLayer:
    layer = QgsLinePatternFillSymbolLayer()
    layer.setLineAngle(angle)
    layer.setDistance(distance)
    layer.setSubSymbol(layered(QgsLineSymbol(), [QgsSimpleLineSymbolLayer(colour, width)]))
    return layer


def _dots(colour: QColor, size: float, distance: float) -> QgsSymbolLayer:
    layer = QgsPointPatternFillSymbolLayer()
    layer.setDistanceX(distance)
    layer.setDistanceY(distance)
    layer.setDisplacementX(distance / 2)
    dot = QgsSimpleMarkerSymbolLayer(size=size, color=colour)
    dot.setStrokeStyle(Qt.PenStyle.NoPen)
    layer.setSubSymbol(layered(QgsMarkerSymbol(), [dot]))
    return layer


def _pattern(symbol: Symbol, pale: float = 0.0) -> Layers:
    """The unit's own pattern; only upright and level ones, for slanted lines tell the role."""
    colour = mixed(symbol.outline, WHITE, pale)
    if symbol.pattern == "dots":
        return [_dots(colour, 0.55, 1.9)]
    return [_hatch(colour, 0.3, distance, angle) for angle, distance in _LINES.get(symbol.pattern, ())]


def _new(symbol: Symbol) -> Layers:
    return [
        _fill(mixed(symbol.fill, WHITE, 0, 0.92)),
        *_pattern(symbol),
        _outline(mixed(symbol.outline, WHITE, 0), 0.4),
    ]


def _existing(symbol: Symbol) -> Layers:
    fill = _fill(mixed(symbol.fill, WHITE, 0.62, 0.9))
    return [fill, *_pattern(symbol, 0.6), _outline(mixed(symbol.outline, WHITE, 0.5), 0.2)]


def _search_area(symbol: Symbol) -> Layers:
    plain = symbol.pattern == "solid"
    hatch = _hatch(mixed(symbol.fill, symbol.outline, 0.35 if plain else 0.7), 0.55, 2.2, 45)
    fill = _fill(mixed(symbol.fill, WHITE, 0.55, 0.35 if plain else 0.7))
    return [fill, *_pattern(symbol, 0.35), hatch, _outline(mixed(symbol.outline, WHITE, 0.15), 0.3, [0.4, 0.9])]


def _reservation(symbol: Symbol) -> Layers:
    fill = _fill(mixed(symbol.fill, WHITE, 0.45, 0.4))
    return [fill, *_pattern(symbol, 0.4), _outline(mixed(symbol.outline, WHITE, 0), 0.6, [2.4, 1.4])]


def _transformation(symbol: Symbol) -> Layers:
    stripes = _hatch(mixed(WHITE, WHITE, 0, 0.8), 0.9, 3.0, 135)
    return [
        _fill(mixed(symbol.fill, WHITE, 0, 0.92)),
        *_pattern(symbol),
        stripes,
        _outline(QColor(symbol.outline), 0.4),
    ]


def _lapsed(symbol: Symbol) -> Layers:
    grey = mixed(symbol.outline, GREY, 0.6)
    crossed = [_hatch(mixed(symbol.outline, GREY, 0.6, 0.75), 0.2, 1.9, angle) for angle in (45, 135)]
    return [_fill(mixed(symbol.fill, WHITE, 0.75, 0.5)), *crossed, _outline(grey, 0.25)]


_ROLES: dict[str, Callable[[Symbol], Layers]] = {
    "nieuw": _new,
    "bestaand": _existing,
    "zoekgebied": _search_area,
    "reservering": _reservation,
    "transformatie": _transformation,
    "vervalt": _lapsed,
}
