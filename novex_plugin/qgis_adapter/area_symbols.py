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
from novex_plugin.qgis_adapter.pixels import mm

Layers = list[QgsSymbolLayer]

DOTS_APART = 8
"""Pixels between the centres of the dots of a pattern."""

_LEVEL = 180
"""The angle of level lines: of zero QGIS writes nothing into SLD, and what it reads without an angle is no hatch."""

_LINES = {"horizontal": ((_LEVEL, 5),), "vertical": ((90, 6),), "grid": ((_LEVEL, 9), (90, 9))}
"""Angles of the lines of a pattern, with the distance between them in pixels."""


def area_symbol(symbol: Symbol, role: str) -> QgsFillSymbol:
    """The symbol of an area in a role; a role that is not known here is drawn as `nieuw`."""
    return layered(QgsFillSymbol(), _ROLES.get(role, _new)(symbol))


def _fill(colour: QColor) -> QgsSymbolLayer:
    layer = QgsSimpleFillSymbolLayer(colour)
    layer.setStrokeStyle(Qt.PenStyle.NoPen)
    return layer


def outline(colour: QColor, width: float, dashes: list[float] | None = None) -> QgsSymbolLayer:
    """The edge of an area; width and dashes in pixels."""
    layer = QgsSimpleLineSymbolLayer(colour, mm(width))
    layer.setPenJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if dashes:
        layer.setUseCustomDashPattern(True)
        layer.setCustomDashVector([mm(length) for length in dashes])
        layer.setPenCapStyle(Qt.PenCapStyle.FlatCap)
    return layer


def hatch(colour: QColor, width: float, distance: float, angle: float) -> QgsSymbolLayer:
    """Lines over an area; width and distance in pixels, the angle in degrees from the right."""
    layer = QgsLinePatternFillSymbolLayer()
    layer.setLineAngle(angle)
    layer.setDistance(mm(distance))
    layer.setSubSymbol(layered(QgsLineSymbol(), [QgsSimpleLineSymbolLayer(colour, mm(width))]))
    return layer


def _dots(colour: QColor) -> QgsSymbolLayer:
    layer = QgsPointPatternFillSymbolLayer()
    layer.setDistanceX(mm(DOTS_APART))
    layer.setDistanceY(mm(DOTS_APART))
    # A pen of its own: without one, what reads the SLD draws a black edge.
    dot = QgsSimpleMarkerSymbolLayer(size=mm(2), color=colour, strokeColor=colour)
    dot.setStrokeWidth(mm(1))
    layer.setSubSymbol(layered(QgsMarkerSymbol(), [dot]))
    return layer


def _pattern(symbol: Symbol, pale: float = 0.0) -> Layers:
    """The unit's own pattern; only upright and level ones, for slanted lines tell the role."""
    colour = mixed(symbol.outline, WHITE, pale)
    if symbol.pattern == "dots":
        return [_dots(colour)]
    return [hatch(colour, 1, distance, angle) for angle, distance in _LINES.get(symbol.pattern, ())]


def _new(symbol: Symbol) -> Layers:
    return [
        _fill(mixed(symbol.fill, WHITE, 0, 0.92)),
        *_pattern(symbol),
        outline(mixed(symbol.outline, WHITE, 0), 2),
    ]


def _existing(symbol: Symbol) -> Layers:
    fill = _fill(mixed(symbol.fill, WHITE, 0.62, 0.9))
    return [fill, *_pattern(symbol, 0.6), outline(mixed(symbol.outline, WHITE, 0.5), 1)]


def _search_area(symbol: Symbol) -> Layers:
    plain = symbol.pattern == "solid"
    slanted = hatch(mixed(symbol.fill, symbol.outline, 0.35 if plain else 0.7), 2, 8, 45)
    fill = _fill(mixed(symbol.fill, WHITE, 0.55, 0.5 if plain else 0.7))
    return [fill, *_pattern(symbol, 0.35), slanted, outline(mixed(symbol.outline, WHITE, 0.15), 1, [2, 3])]


def _reservation(symbol: Symbol) -> Layers:
    fill = _fill(mixed(symbol.fill, WHITE, 0.45, 0.4))
    return [fill, *_pattern(symbol, 0.4), outline(mixed(symbol.outline, WHITE, 0), 2, [9, 5])]


def _transformation(symbol: Symbol) -> Layers:
    stripes = hatch(QColor(WHITE), 3, 11, 135)
    return [
        _fill(mixed(symbol.fill, WHITE, 0, 0.92)),
        *_pattern(symbol),
        stripes,
        outline(QColor(symbol.outline), 2),
    ]


def _lapsed(symbol: Symbol) -> Layers:
    grey = mixed(symbol.outline, GREY, 0.6)
    crossed = [hatch(mixed(mixed(symbol.outline, GREY, 0.6).name(), WHITE, 0.25), 1, 7, angle) for angle in (45, 135)]
    return [_fill(mixed(symbol.fill, WHITE, 0.75, 0.7)), *crossed, outline(grey, 1)]


_ROLES: dict[str, Callable[[Symbol], Layers]] = {
    "nieuw": _new,
    "bestaand": _existing,
    "zoekgebied": _search_area,
    "reservering": _reservation,
    "transformatie": _transformation,
    "vervalt": _lapsed,
}
