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
from novex_plugin.qgis_adapter.pixels import mm, whole

Layers = list[QgsSymbolLayer]

_PALE = 180
"""Lightness, of 255, from which a colour is too pale for a thin line."""


def line_symbol(symbol: Symbol, role: str) -> QgsLineSymbol:
    """The symbol of a line in a role; a role that is not known here is drawn as `nieuw`."""
    return layered(QgsLineSymbol(), _ROLES.get(role, _new)(symbol))


def stroke(colour: QColor, width: int, dashes: list[float] | None = None) -> QgsSymbolLayer:
    """A stroke along a line; width and dashes in pixels."""
    layer = QgsSimpleLineSymbolLayer(colour, mm(width))
    layer.setPenJoinStyle(Qt.PenJoinStyle.RoundJoin)
    layer.setPenCapStyle(Qt.PenCapStyle.FlatCap if dashes else Qt.PenCapStyle.RoundCap)
    if dashes:
        layer.setUseCustomDashPattern(True)
        layer.setCustomDashVector([mm(length) for length in dashes])
    return layer


def _marks(shape: Qgis.MarkerShape, colour: QColor, size: int, interval: int, width: int = 1) -> QgsSymbolLayer:
    """Marks that are not turned along the line: MapServer does not turn them either."""
    marker = QgsSimpleMarkerSymbolLayer(shape, mm(size), color=colour, strokeColor=colour)
    marker.setStrokeWidth(mm(width))
    layer = QgsMarkerLineSymbolLayer(False, mm(interval))
    layer.setSubSymbol(layered(QgsMarkerSymbol(), [marker]))
    return layer


def _form(symbol: Symbol, pale: float, dashes: list[float] | None = None) -> Layers:
    """The unit's own form, paler by a share."""
    fill, outline = mixed(symbol.fill, WHITE, pale), mixed(symbol.outline, WHITE, pale)
    width = _width(symbol)
    if symbol.line == "cased":
        return [stroke(outline, width + 2, dashes), stroke(fill, width, dashes)]
    if symbol.line == "railway":
        inner = [] if dashes else [stroke(QColor(WHITE), max(1, width // 2), [8, 8])]
        return [stroke(fill, width, dashes), *inner]
    ink = mixed(_ink(symbol), WHITE, pale)
    return [stroke(ink, width, dashes), *_signs(symbol, ink, width)]


def _width(symbol: Symbol) -> int:
    return whole(symbol.size or 0.6, least=2)


def _ink(symbol: Symbol) -> str:
    """The fill, or the outline of a unit that is an area too: its pale fill would be lost in a thin line."""
    return symbol.fill if QColor(symbol.fill).lightness() < _PALE else symbol.outline


def _signs(symbol: Symbol, colour: QColor, width: int) -> Layers:
    """What is strung on the line: the masts of a power line, the joints of a pipe, the beads of a route.

    Masts and joints are short, wide dashes: they turn with the line in every programme.
    """
    if symbol.line == "pylons":
        return [stroke(colour, width + 4, [width + 4, 26])]
    if symbol.line == "ticks":
        return [stroke(colour, width + 6, [1.5, 16.5])]
    if symbol.line == "beads":
        return [_marks(Qgis.MarkerShape.Circle, colour, width + 3, 14)]
    return []


def _new(symbol: Symbol) -> Layers:
    return _form(symbol, 0)


def _existing(symbol: Symbol) -> Layers:
    return _form(symbol, 0.55)


def _search_area(symbol: Symbol) -> Layers:
    width = _width(symbol)
    band = stroke(mixed(_ink(symbol), WHITE, 0.2, 0.28), 11 + width)
    return [band, stroke(QColor(_ink(symbol)), max(2, width - 1), [4, 6])]


def _reservation(symbol: Symbol) -> Layers:
    return _form(symbol, 0, [14, 7])


def _transformation(symbol: Symbol) -> Layers:
    band = stroke(mixed(_ink(symbol), WHITE, 0.55, 0.6), _width(symbol) + 7)
    return [band, *_form(symbol, 0)]


def _lapsed(symbol: Symbol) -> Layers:
    grey = mixed(_ink(symbol), GREY, 0.55)
    return [stroke(mixed(_ink(symbol), WHITE, 0.6), 1), _marks(Qgis.MarkerShape.Cross2, grey, 7, 21)]


_ROLES: dict[str, Callable[[Symbol], Layers]] = {
    "nieuw": _new,
    "bestaand": _existing,
    "zoekgebied": _search_area,
    "reservering": _reservation,
    "transformatie": _transformation,
    "vervalt": _lapsed,
}
