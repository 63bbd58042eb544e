"""Measures that survive in SLD: whole pixels of 0.28 mm, the size that the OGC gives a pixel.

QGIS rounds what it writes into SLD to such pixels, so that anything else would change size there.
"""

from __future__ import annotations

PIXEL_MM = 0.28


def mm(pixels: float) -> float:
    """The width of a number of pixels on paper."""
    return round(pixels * PIXEL_MM, 4)


def whole(size_mm: float, least: int = 1) -> int:
    """The nearest number of whole pixels to a size in mm."""
    return max(least, round(size_mm / PIXEL_MM))
