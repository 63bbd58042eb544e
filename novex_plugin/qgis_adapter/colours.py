"""Colours of the legend, mixed from the two that the agreement gives each unit."""

from __future__ import annotations

from qgis.PyQt.QtGui import QColor

WHITE = "#ffffff"
GREY = "#7d8790"


def mixed(colour: str, other: str, share: float, opacity: float = 1.0) -> QColor:
    """A colour with a share (0 to 1) of another mixed in."""
    first, second = QColor(colour), QColor(other)
    parts = zip(first.getRgb()[:3], second.getRgb()[:3], strict=True)
    result = QColor(*(round(a + (b - a) * share) for a, b in parts))
    result.setAlpha(round(255 * opacity))
    return result
