"""Geometry that can be measured: what is drawn across itself is mended first."""

from __future__ import annotations

import shapely

from novex_plugin.core.features.overlay import Geometries, mended


def sound(geometry: Geometries) -> Geometries:
    """Valid geometries, the invalid ones mended; None stays None."""
    result = geometry.copy()
    broken = ~shapely.is_valid(geometry) & ~shapely.is_missing(geometry)
    result[broken] = mended(geometry[broken])
    return result
