"""Symbols out of symbol layers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from qgis.core import QgsSymbol, QgsSymbolLayer

AnySymbol = TypeVar("AnySymbol", bound=QgsSymbol)


def layered(symbol: AnySymbol, layers: Iterable[QgsSymbolLayer]) -> AnySymbol:
    """A new symbol made of these layers, the lowest first.

    They are appended one by one: a symbol's constructor takes a list of layers without owning them, and crashes.
    """
    for layer in layers:
        if not symbol.appendSymbolLayer(layer):
            raise ValueError(f"{layer.layerType()} does not go on a {symbol.type().name} symbol")
    symbol.deleteSymbolLayer(0)
    return symbol
