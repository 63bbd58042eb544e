"""The geometry that an explanation was given for: kept as text, read with distrust, laid beside what is there now."""

from __future__ import annotations

import re

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.features.overlay import Geometries
from novex_plugin.core.proposal.problems import Mask

SHIFT_M = 0.5
"""A feature that moved no further is still the one that was judged: the large-scale base map of the Netherlands (BGT)
places its own borders no better, so that nobody can tell the two apart."""

MAXIMUM_CHARACTERS = 2_000_000
"""Of a geometry as text, some 50,000 points. A larger one is known by its digest alone, which allows no shift."""

_FARTHEST_M = 1e7
_TEXT = re.compile(r"(?:MULTI)?(?:POLYGON|LINESTRING|POINT) ?\([-+0-9.e, ()]*\)")
"""The only well-known text that is handed to GEOS: no collections, whose nesting could go on without end."""


def as_text(geometry: Geometries) -> NDArray[np.object_]:
    """Each geometry as well-known text in full precision; None where it is absent, empty, invalid or too large."""
    kept = shapely.is_valid(geometry) & ~shapely.is_empty(geometry)
    texts = np.full(len(geometry), None, dtype=object)
    texts[kept] = shapely.to_wkt(geometry[kept], rounding_precision=-1, output_dimension=2)
    long = np.fromiter((text is not None and len(text) > MAXIMUM_CHARACTERS for text in texts), bool, len(texts))
    texts[long] = None
    return texts


def from_text(texts: NDArray[np.object_]) -> Geometries:
    """The geometries that texts describe; None for whatever is not a valid polygon, line or point on the globe."""
    geometry = np.full(len(texts), None, dtype=object)
    fine = np.fromiter((_is_text(text) for text in texts.tolist()), bool, len(texts))
    with np.errstate(all="ignore"):  # numbers beyond all measure are refused below
        geometry[fine] = shapely.from_wkt(texts[fine], on_invalid="ignore")
        near = (np.abs(shapely.bounds(geometry)) < _FARTHEST_M).all(axis=1)
    geometry[~near] = None
    geometry[~shapely.is_valid(geometry)] = None
    return geometry


def _is_text(text: object) -> bool:
    return isinstance(text, str) and len(text) <= MAXIMUM_CHARACTERS and _TEXT.fullmatch(text) is not None


def alike(judged: Geometries, now: Geometries) -> Mask:
    """Where every part of either geometry lies within SHIFT_M of the other; never where one is absent or invalid."""
    same: Mask = shapely.is_valid(judged) & shapely.is_valid(now)
    same &= shapely.get_dimensions(judged) == shapely.get_dimensions(now)
    same &= ~shapely.is_empty(judged) & ~shapely.is_empty(now)
    same[same] = (np.abs(shapely.bounds(judged[same]) - shapely.bounds(now[same])) <= SHIFT_M).all(axis=1)
    same[same] = shapely.covered_by(now[same], shapely.buffer(judged[same], SHIFT_M))
    same[same] = shapely.covered_by(judged[same], shapely.buffer(now[same], SHIFT_M))
    return same
