"""How points are drawn: shape and sign say what it is, filling and ring say in which role.

All are put together from the marks that SLD names: circle, square, triangle, star, cross and x, without dashes and
without displacement, for these look the same in every programme.
"""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import Qgis, QgsMarkerSymbol, QgsSimpleMarkerSymbolLayer, QgsSymbolLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from novex_plugin.core.agreement import Symbol
from novex_plugin.qgis_adapter.colours import GREY, WHITE, mixed
from novex_plugin.qgis_adapter.layered import layered
from novex_plugin.qgis_adapter.pixels import mm, whole

Layers = list[QgsSymbolLayer]
Shape = Qgis.MarkerShape

_SIZE = 4.2
_NONE = QColor(Qt.GlobalColor.transparent)
_DIAMOND = (Shape.Square, 45)
_SHAPES = {
    "circle": (Shape.Circle, 0),
    "square": (Shape.Square, 0),
    "triangle": (Shape.Triangle, 0),
    "diamond": _DIAMOND,
    "turbine": (Shape.Circle, 0),
    "drop": (Shape.Circle, 0),
    "plus": (Shape.Circle, 0),
    "shield": _DIAMOND,
    "panel": (Shape.Square, 0),
    "barn": (Shape.Triangle, 0),
    "battery": (Shape.Square, 0),
    "source": (Shape.Circle, 0),
    "node": (Shape.Circle, 0),
    "hub": _DIAMOND,
    "transfer": (Shape.Square, 0),
}
"""The shape of each marker with the angle at which it stands."""


def point_symbol(symbol: Symbol, role: str) -> QgsMarkerSymbol:
    """The symbol of a point in a role; a role that is not known here is drawn as `nieuw`."""
    return layered(QgsMarkerSymbol(), _ROLES.get(role, _new)(symbol))


def mark(
    shape: Qgis.MarkerShape, size: float, fill: QColor, stroke: QColor, width: float, angle: float = 0
) -> QgsSymbolLayer:
    """A mark; size and width of the pen in pixels."""
    layer = QgsSimpleMarkerSymbolLayer(shape, mm(size), angle, color=fill, strokeColor=stroke)
    layer.setStrokeWidth(mm(width))
    return layer


def _size(symbol: Symbol) -> int:
    return whole(symbol.size or _SIZE, least=8)


def _body(symbol: Symbol, fill: QColor, stroke: QColor, width: float) -> QgsSymbolLayer:
    shape, angle = _SHAPES[symbol.marker or "circle"]
    size = _size(symbol)
    # A square on its point is as wide as its diagonal.
    return mark(shape, round(size * 0.85) if angle else size, fill, stroke, width, angle)


def _edge(symbol: Symbol) -> QColor:
    return QColor(symbol.edge or symbol.outline)


def _ring(symbol: Symbol, fill: QColor, colour: QColor, width: float) -> QgsSymbolLayer:
    return mark(Shape.Circle, _size(symbol) + 11, fill, colour, width)


def _sign(symbol: Symbol, colour: QColor) -> Layers:
    """What stands in the shape; nothing where the shape says enough."""
    drawn = _SIGNS.get(symbol.marker or "")
    return [drawn(_size(symbol), colour)] if drawn else []


def _filled(shape: Qgis.MarkerShape, share: float, angle: float = 0) -> Callable[[int, QColor], QgsSymbolLayer]:
    return lambda size, colour: mark(shape, round(size * share), colour, colour, 0.5, angle)


def _lines(shape: Qgis.MarkerShape, share: float, width: float) -> Callable[[int, QColor], QgsSymbolLayer]:
    return lambda size, colour: mark(shape, round(size * share), _NONE, colour, width)


_SIGNS: dict[str, Callable[[int, QColor], QgsSymbolLayer]] = {
    "turbine": _filled(Shape.Star, 0.8),
    "square": _filled(Shape.Star, 0.65),
    "drop": _filled(Shape.Triangle, 0.45, 180),
    "source": _filled(Shape.Triangle, 0.45),
    "transfer": _lines(Shape.Cross2, 0.6, 2),
    "plus": _lines(Shape.Cross, 0.55, 3),
    "panel": _lines(Shape.Cross, 0.9, 1),
    "shield": _lines(Shape.Cross, 0.6, 2),
    "battery": _filled(Shape.Square, 0.4),
    "barn": _filled(Shape.Square, 0.25),
    "node": _filled(Shape.Circle, 0.4),
    "hub": _filled(Shape.Circle, 0.35),
}


def _new(symbol: Symbol) -> Layers:
    return [_body(symbol, QColor(symbol.fill), _edge(symbol), 1), *_sign(symbol, QColor(WHITE))]


def _existing(symbol: Symbol) -> Layers:
    pale = mixed(symbol.fill, WHITE, 0.6)
    return [_body(symbol, pale, _edge(symbol), 1), *_sign(symbol, QColor(WHITE))]


def _search_area(symbol: Symbol) -> Layers:
    return [_ring(symbol, mixed(symbol.fill, WHITE, 0.3, 0.3), mixed(symbol.fill, WHITE, 0.5), 1), *_new(symbol)]


def _reservation(symbol: Symbol) -> Layers:
    body = _body(symbol, QColor(WHITE), QColor(symbol.fill), 2)
    return [body, *_sign(symbol, QColor(symbol.fill))]


def _transformation(symbol: Symbol) -> Layers:
    return [_ring(symbol, QColor(WHITE), QColor(symbol.fill), 2), *_new(symbol)]


def _lapsed(symbol: Symbol) -> Layers:
    pale = mixed(symbol.fill, WHITE, 0.7)
    cross = mark(Shape.Cross2, _size(symbol) + 4, _NONE, mixed(symbol.fill, GREY, 0.6), 2)
    return [_body(symbol, pale, _edge(symbol), 1), cross]


_ROLES: dict[str, Callable[[Symbol], Layers]] = {
    "nieuw": _new,
    "bestaand": _existing,
    "zoekgebied": _search_area,
    "reservering": _reservation,
    "transformatie": _transformation,
    "vervalt": _lapsed,
}
