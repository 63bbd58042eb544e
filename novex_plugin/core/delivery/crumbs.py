"""Polygons as receivers' validators want them: rings that run the agreed way, without crumbs of rounding."""

from __future__ import annotations

import numpy as np
import shapely

from novex_plugin.core.features.overlay import Geometries

SMALLEST_M2 = 1e-3
"""Overlay leaves parts and holes of a few square millimetres at most, whose direction no program can tell."""


def clean_polygons(geometry: Geometries) -> Geometries:
    """Geometries (metres) with exterior rings counter-clockwise, and without parts and holes under 10 cm².

    One that consists of such crumbs alone, and lines and points, keep all they have; None stays None.
    """
    result = geometry.copy()
    areal = np.flatnonzero(np.isin(shapely.get_type_id(geometry), (3, 6)))
    parts, owner = shapely.get_parts(geometry[areal], return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    size = shapely.area(shapely.polygons(rings))
    broken = np.unique(owner[part[size < SMALLEST_M2]])
    whole = np.isin(owner[part], broken) & (size >= SMALLEST_M2)
    # A part goes with its exterior ring, which is the first of its rings.
    first = np.r_[True, part[1:] != part[:-1]] if len(part) else np.empty(0, dtype=bool)
    lasting = np.zeros(len(parts), dtype=bool)
    lasting[part[first]] = size[first] >= SMALLEST_M2
    kept = whole & lasting[part]
    if kept.any():
        numbers, places = np.unique(part[kept], return_inverse=True)
        polygons = shapely.polygons(rings[kept], indices=places)
        owners, places = np.unique(owner[numbers], return_inverse=True)
        result[areal[owners]] = shapely.multipolygons(polygons, indices=places)
    oriented: Geometries = shapely.orient_polygons(result, exterior_cw=False)
    return oriented
