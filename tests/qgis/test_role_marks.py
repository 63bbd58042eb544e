"""Roles are told by outline and hatching, so that a print without colours can be read."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from qgis.core import QgsLinePatternFillSymbolLayer, QgsSimpleLineSymbolLayer
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage, QPainter

from novex_plugin.core.agreement import LegendUnit, read_agreement
from novex_plugin.qgis_adapter.legend import symbol_for

pytestmark = pytest.mark.usefixtures("qgis_app")

AGREEMENT = read_agreement()
ROLES = AGREEMENT.codes("rol")
LEAST = 0.015
"""Of black to white: how much two roles of a unit differ, averaged over a swatch, when printed in greys."""


def marks(unit: LegendUnit, role: str) -> tuple[frozenset[tuple[float, tuple[float, ...]]], frozenset[float]]:
    """The widths and dashes of the outlines of an area, and the angles of its slanted hatching."""
    symbol = symbol_for(unit, "vlak", role)
    layers = [symbol.symbolLayer(number) for number in range(symbol.symbolLayerCount())]
    outlines = {
        (round(layer.width(), 2), tuple(layer.customDashVector()) if layer.useCustomDashPattern() else ())
        for layer in layers
        if isinstance(layer, QgsSimpleLineSymbolLayer)
    }
    hatched = (layer.lineAngle() for layer in layers if isinstance(layer, QgsLinePatternFillSymbolLayer))
    return frozenset(outlines), frozenset(angle for angle in hatched if angle % 90)


@pytest.mark.parametrize("unit", AGREEMENT.drawn_as("vlak"), ids=lambda unit: unit.code)
def test_no_two_roles_share_outline_and_hatching(unit: LegendUnit) -> None:
    drawn = {role: marks(unit, role) for role in ROLES}
    assert len(set(drawn.values())) == len(ROLES), drawn


def grey(unit: LegendUnit, kind: str, role: str) -> NDArray[np.float64]:
    """A swatch on white paper, printed in greys (0 black, 1 white)."""
    size = QSize(96, 60)
    paper = QImage(size, QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    painter = QPainter(paper)
    painter.drawImage(0, 0, symbol_for(unit, kind, role).asImage(size))
    painter.end()
    printed = paper.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(printed.constBits().asstring(printed.sizeInBytes()), dtype=np.uint8)
    return rows.reshape(size.height(), printed.bytesPerLine())[:, : size.width()] / 255


@pytest.mark.parametrize("kind", ["vlak", "lijn", "punt"])
def test_roles_of_a_unit_differ_in_greys(kind: str) -> None:
    alike = []
    for unit in AGREEMENT.drawn_as(kind):
        printed = {role: grey(unit, kind, role) for role in ROLES}
        for one, other in combinations(ROLES, 2):
            difference = float(np.abs(printed[one] - printed[other]).mean())
            if difference < (LEAST if kind == "vlak" else LEAST / 5):
                alike.append(f"{unit.code}: {one} and {other} differ {difference:.4f}")
    assert not alike
