"""How lines are drawn: form and colour say what it is, width, dashes and crosses say in which role."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import (
    Qgis,
    QgsLineSymbol,
    QgsMarkerLineSymbolLayer,
    QgsMarkerSymbol,
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

_PALE = 180
"""Lightness, of 255, from which a colour is too pale for a thin line."""


def line_symbol(symbol: Symbol, role: str) -> QgsLineSymbol:
    """The symbol of a line in a role; a role that is not known here is drawn as `nieuw`."""
    return layered(QgsLineSymbol(), _ROLES.get(role, _new)(symbol))


def _stroke(colour: QColor, width: float, dashes: list[float] | None = None) -> QgsSymbolLayer:
    layer = QgsSimpleLineSymbolLayer(colour, width)
    layer.setPenJoinStyle(Qt.PenJoinStyle.RoundJoin)
    layer.setPenCapStyle(Qt.PenCapStyle.FlatCap if dashes else Qt.PenCapStyle.RoundCap)
    if dashes:
        layer.setUseCustomDashPattern(True)
        layer.setCustomDashVector(dashes)
    return layer


def _marks(shape: Qgis.MarkerShape, colour: QColor, size: float, interval: float, filled: bool) -> QgsSymbolLayer:
    marker = QgsSimpleMarkerSymbolLayer(shape, size, color=colour, strokeColor=colour)
    marker.setStrokeWidth(0.4)
    if filled:
        marker.setStrokeStyle(Qt.PenStyle.NoPen)
    layer = QgsMarkerLineSymbolLayer(True, interval)
    layer.setOffsetAlongLine(interval / 2)
    layer.setSubSymbol(layered(QgsMarkerSymbol(), [marker]))
    return layer


def _form(symbol: Symbol, pale: float, dashes: list[float] | None = None) -> Layers:
    """The unit's own form, paler by a share."""
    fill, outline = mixed(symbol.fill, WHITE, pale), mixed(symbol.outline, WHITE, pale)
    width = symbol.size or 0.6
    if symbol.line == "cased":
        return [_stroke(outline, width + 0.6, dashes), _stroke(fill, width, dashes)]
    if symbol.line == "railway":
        inner = [] if dashes else [_stroke(mixed(WHITE, WHITE, 0), width * 0.55, [2.2, 2.2])]
        return [_stroke(fill, width, dashes), *inner]
    ink = mixed(_ink(symbol), WHITE, pale)
    return [_stroke(ink, width, dashes), *_signs(symbol, ink, width)]


def _ink(symbol: Symbol) -> str:
    """The fill, or the outline of a unit that is an area too: its pale fill would be lost in a thin line."""
    return symbol.fill if QColor(symbol.fill).lightness() < _PALE else symbol.outline


def _signs(symbol: Symbol, colour: QColor, width: float) -> Layers:
    """What is strung on the line: the masts of a power line, the joints of a pipe, the beads of a route."""
    if symbol.line == "pylons":
        return [_marks(Qgis.MarkerShape.Square, colour, width * 2.6, 9, True)]
    if symbol.line == "ticks":
        return [_marks(Qgis.MarkerShape.Line, colour, width * 3.0, 5, False)]
    if symbol.line == "beads":
        return [_marks(Qgis.MarkerShape.Circle, colour, width * 3.2, 4, True)]
    return []


def _new(symbol: Symbol) -> Layers:
    return _form(symbol, 0)


def _existing(symbol: Symbol) -> Layers:
    return _form(symbol, 0.55)


def _search_area(symbol: Symbol) -> Layers:
    width = symbol.size or 0.6
    band = _stroke(mixed(_ink(symbol), WHITE, 0.2, 0.28), 3.2 + width)
    return [band, _stroke(QColor(_ink(symbol)), max(width * 0.6, 0.5), [1.2, 1.6])]


def _reservation(symbol: Symbol) -> Layers:
    return _form(symbol, 0, [4.0, 2.0])


def _transformation(symbol: Symbol) -> Layers:
    width = symbol.size or 0.6
    band = _stroke(mixed(_ink(symbol), WHITE, 0.55, 0.6), width + 2.0)
    return [band, *_form(symbol, 0)]


def _lapsed(symbol: Symbol) -> Layers:
    grey = mixed(_ink(symbol), GREY, 0.55)
    return [_stroke(mixed(_ink(symbol), WHITE, 0.6), 0.4), _marks(Qgis.MarkerShape.Cross2, grey, 2.0, 6, False)]


_ROLES: dict[str, Callable[[Symbol], Layers]] = {
    "nieuw": _new,
    "bestaand": _existing,
    "zoekgebied": _search_area,
    "reservering": _reservation,
    "transformatie": _transformation,
    "vervalt": _lapsed,
}
