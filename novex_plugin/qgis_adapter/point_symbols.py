"""How points are drawn: shape and sign say what it is, filling and ring say in which role."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import Qgis, QgsMarkerSymbol, QgsSimpleMarkerSymbolLayer, QgsSymbolLayer
from qgis.PyQt.QtCore import QPointF, Qt
from qgis.PyQt.QtGui import QColor

from novex_plugin.core.agreement import Symbol
from novex_plugin.qgis_adapter.colours import GREY, WHITE, mixed
from novex_plugin.qgis_adapter.layered import layered

Layers = list[QgsSymbolLayer]
Shape = Qgis.MarkerShape

_SIZE = 4.2
_NONE = QColor(Qt.GlobalColor.transparent)
_SHAPES = {
    "circle": Shape.Circle,
    "square": Shape.Square,
    "triangle": Shape.EquilateralTriangle,
    "diamond": Shape.Diamond,
    "turbine": Shape.Circle,
    "drop": Shape.Circle,
    "plus": Shape.Circle,
    "shield": Shape.Shield,
    "panel": Shape.Square,
    "barn": Shape.Pentagon,
    "battery": Shape.RoundedSquare,
    "source": Shape.Circle,
    "node": Shape.Circle,
    "hub": Shape.Hexagon,
    "transfer": Shape.Square,
}


def point_symbol(symbol: Symbol, role: str) -> QgsMarkerSymbol:
    """The symbol of a point in a role; a role that is not known here is drawn as `nieuw`."""
    return layered(QgsMarkerSymbol(), _ROLES.get(role, _new)(symbol))


def _mark(
    shape: Qgis.MarkerShape, size: float, fill: QColor, stroke: QColor, width: float, angle: float = 0
) -> QgsSymbolLayer:
    layer = QgsSimpleMarkerSymbolLayer(shape, size, angle, color=fill, strokeColor=stroke)
    layer.setStrokeWidth(width)
    return layer


def _body(symbol: Symbol, fill: QColor, stroke: QColor, width: float) -> QgsSymbolLayer:
    return _mark(_SHAPES[symbol.marker or "circle"], symbol.size or _SIZE, fill, stroke, width)


def _edge(symbol: Symbol) -> QColor:
    return QColor(symbol.edge or symbol.outline)


def _ring(symbol: Symbol, colour: QColor, pen: Qt.PenStyle) -> QgsSymbolLayer:
    ring = _mark(Shape.Circle, (symbol.size or _SIZE) + 3.0, _NONE, colour, 0.4)
    ring.setStrokeStyle(pen)
    return ring


def _sign(symbol: Symbol, colour: QColor) -> Layers:
    """What stands in the shape; nothing where the shape says enough."""
    drawn = _SIGNS.get(symbol.marker or "")
    return drawn(symbol.size or _SIZE, colour) if drawn else []


def _blades(size: float, colour: QColor) -> Layers:
    """The blades of a turbine."""
    blades = [_mark(Shape.Line, size * 0.4, _NONE, colour, 0.5, angle) for angle in (0, 120, 240)]
    for blade in blades:
        blade.setOffset(QPointF(0, -size * 0.2))
    return blades


def _coils(size: float, colour: QColor) -> Layers:
    """The two coils of a transformer."""
    coils = [_mark(Shape.Circle, size * 0.42, _NONE, colour, 0.35) for _ in range(2)]
    for coil, side in zip(coils, (-1, 1), strict=True):
        coil.setOffset(QPointF(0, side * size * 0.13))
    return coils


def _arrow(angle: float) -> Callable[[float, QColor], Layers]:
    return lambda size, colour: [_mark(Shape.Arrow, size * 0.62, colour, colour, 0, angle)]


def _filled(shape: Qgis.MarkerShape, share: float) -> Callable[[float, QColor], Layers]:
    return lambda size, colour: [_mark(shape, size * share, colour, colour, 0)]


def _crossed(size: float, colour: QColor) -> Layers:
    """The frame of a solar panel: two lines upright, one level."""
    across = _mark(Shape.Line, size * 0.86, _NONE, colour, 0.3, 90)
    upright = [_mark(Shape.Line, size * 0.86, _NONE, colour, 0.3) for _ in range(2)]
    for line, side in zip(upright, (-1, 1), strict=True):
        line.setOffset(QPointF(side * size * 0.15, 0))
    return [across, *upright]


def _bars(size: float, colour: QColor) -> Layers:
    """The plates of a battery: a long and a short one, twice."""
    plates = [_mark(Shape.Line, size * length, _NONE, colour, 0.4) for length in (0.3, 0.6, 0.3, 0.6)]
    for plate, place in zip(plates, (-0.27, -0.09, 0.09, 0.27), strict=True):
        plate.setOffset(QPointF(place * size, 0))
    return plates


_SIGNS: dict[str, Callable[[float, QColor], Layers]] = {
    "turbine": _blades,
    "square": _coils,
    "drop": _arrow(180),
    "source": _arrow(0),
    "transfer": _arrow(90),
    "plus": _filled(Shape.CrossFill, 0.58),
    "panel": _crossed,
    "battery": _bars,
    "node": _filled(Shape.Circle, 0.46),
    "hub": _filled(Shape.Circle, 0.4),
}


def _new(symbol: Symbol) -> Layers:
    return [_body(symbol, QColor(symbol.fill), _edge(symbol), 0.35), *_sign(symbol, QColor(WHITE))]


def _existing(symbol: Symbol) -> Layers:
    pale = mixed(symbol.fill, WHITE, 0.6)
    return [_body(symbol, pale, _edge(symbol), 0.35), *_sign(symbol, QColor(WHITE))]


def _search_area(symbol: Symbol) -> Layers:
    ring = _ring(symbol, QColor(symbol.fill), Qt.PenStyle.DotLine)
    ring.setColor(mixed(symbol.fill, WHITE, 0.3, 0.22))
    return [ring, *_new(symbol)]


def _reservation(symbol: Symbol) -> Layers:
    body = _body(symbol, QColor(WHITE), QColor(symbol.fill), 0.45)
    body.setStrokeStyle(Qt.PenStyle.DashLine)
    return [body, *_sign(symbol, QColor(symbol.fill))]


def _transformation(symbol: Symbol) -> Layers:
    return [_ring(symbol, QColor(symbol.fill), Qt.PenStyle.SolidLine), *_new(symbol)]


def _lapsed(symbol: Symbol) -> Layers:
    pale = mixed(symbol.fill, WHITE, 0.7)
    cross = _mark(Shape.Cross2, (symbol.size or _SIZE) + 1.2, QColor(GREY), mixed(symbol.fill, GREY, 0.6), 0.5)
    return [_body(symbol, pale, _edge(symbol), 0.2), cross]


_ROLES: dict[str, Callable[[Symbol], Layers]] = {
    "nieuw": _new,
    "bestaand": _existing,
    "zoekgebied": _search_area,
    "reservering": _reservation,
    "transformatie": _transformation,
    "vervalt": _lapsed,
}
