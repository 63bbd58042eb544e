"""Every symbol of the legend once, in a grid, so that one picture of a programme shows how it draws them all.

Pixels are those of the OGC, 0.28 mm; a cell is the same place in the pictures of all programmes, and so comparable.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.features.geopackage import Column, Layer, append, create
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.schema import FEATURE_TABLES, GEOMETRY_TYPES

CELL = 48
"""Pixels, and metres on the ground, of a cell; the symbol keeps off its edge."""

_EDGE = 5
_COLUMNS = 24

Colours = NDArray[np.float64]


@dataclass(frozen=True)
class Sheet:
    """A GeoPackage with a feature of each unit, geometry type and role; `cells` tells which stand where, row by row.

    A cell without a symbol is None.
    """

    path: Path
    cells: tuple[tuple[str, str, str] | None, ...]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, and in metres from the origin to the right and downwards."""
        return _COLUMNS * CELL, len(self.cells) // _COLUMNS * CELL

    def cut(self, picture: NDArray[np.uint8]) -> Colours:
        """The cells of a picture (height, width, red green blue) in CIELAB: n cells of CELL by CELL by 3."""
        rows = len(self.cells) // _COLUMNS
        parts = picture[: rows * CELL, :, :3].reshape(rows, CELL, _COLUMNS, CELL, 3)
        return lab(parts.swapaxes(1, 2).reshape(len(self.cells), CELL, CELL, 3))


def write_sheet(agreement: Agreement, path: Path) -> Sheet:
    """Write the GeoPackage of the sheet; the file may not exist yet."""
    create(path, [Layer(table, GEOMETRY_TYPES[table], (Column("legenda"), Column("rol"))) for table in GEOMETRY_TYPES])
    cells: list[tuple[str, str, str] | None] = []
    for geometry_type, table in FEATURE_TABLES.items():
        drawn = [
            (unit.code, geometry_type, role)
            for unit in agreement.drawn_as(geometry_type)
            for role in agreement.codes("rol")
        ]
        places = len(cells) + np.arange(len(drawn))
        columns = {
            name: np.array([cell[i] for cell in drawn], dtype=object) for name, i in (("legenda", 0), ("rol", 2))
        }
        append(path, table, FeatureTable(table, _geometry(geometry_type, places), columns))
        cells += [*drawn, *[None] * (-len(drawn) % _COLUMNS)]
    return Sheet(path, tuple(cells))


def _geometry(geometry_type: str, places: NDArray[np.int64]) -> NDArray[np.object_]:
    left = places % _COLUMNS * CELL
    top = -(places // _COLUMNS) * CELL
    if geometry_type == "vlak":
        boxes = shapely.box(left + _EDGE, top - CELL + _EDGE, left + CELL - _EDGE, top - _EDGE)
        return np.array(shapely.multipolygons(boxes[:, None]), dtype=object)
    if geometry_type == "lijn":
        ends = ((left + _EDGE, top - CELL + 14), (left + CELL - _EDGE, top - 14))
        lines = shapely.linestrings(np.stack([np.column_stack(end) for end in ends], axis=1))
        return np.array(shapely.multilinestrings(lines[:, None]), dtype=object)
    return np.array(shapely.points(left + CELL / 2, top - CELL / 2), dtype=object)


def lab(colours: NDArray[np.uint8]) -> Colours:
    """sRGB (0 to 255) as CIELAB, under daylight D65."""
    share = colours / 255.0
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array(
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.119192, 0.9503041]]
    )
    xyz = linear @ to_xyz.T / np.array([0.95047, 1.0, 1.08883])
    root = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    x, y, z = np.moveaxis(root, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


@dataclass(frozen=True)
class Difference:
    """How n cells differ from the reference; arrays of n.

    `colour` is the distance in CIELAB between the mean colours of the symbol, `parts` that between the colours it is
    made of, each with its share (so that a missing hatch counts, and a hatch that starts elsewhere does not), and
    `direction` is between 0 (the lines run the same way) and 2 (at right angles).
    """

    colour: Colours
    parts: Colours
    direction: Colours

    def beyond(self, colour: float, parts: float, direction: float) -> NDArray[np.bool_]:
        """Which cells differ more than is allowed."""
        return (self.colour > colour) | (self.parts > parts) | (self.direction > direction)


def difference(cells: Colours, reference: Colours) -> Difference:
    """Compare cells, both n by CELL by CELL by 3 in CIELAB.

    Colours are weighed over the area of the reference's symbol: white ground around it does not make it more alike.
    """
    count = len(cells)
    cells, reference = _soft(cells), _soft(reference)
    white = np.array([100.0, 0.0, 0.0])
    inked = (np.abs(reference - white).sum(axis=-1) > 4).reshape(count, -1).mean(axis=1)
    weight = 1 / np.maximum(inked, 1 / CELL**2)
    flat, expected = cells.reshape(count, -1, 3), reference.reshape(count, -1, 3)
    colour = np.linalg.norm(flat.mean(axis=1) - expected.mean(axis=1), axis=-1) * weight
    apart = np.abs(np.sort(flat, axis=1) - np.sort(expected, axis=1)).mean(axis=1)
    direction = np.linalg.norm(_direction(cells) - _direction(reference), axis=-1)
    return Difference(colour, np.linalg.norm(apart, axis=-1) * weight, direction)


def _soft(cells: Colours) -> Colours:
    """Each pixel with its neighbours, so that a symbol that stands half a pixel aside is the same symbol."""
    wide = np.pad(cells, ((0, 0), (1, 1), (1, 1), (0, 0)), mode="edge")
    steps = (slice(0, -2), slice(1, -1), slice(2, None))
    total: Colours = sum((wide[:, down, right] for down in steps for right in steps), np.zeros_like(cells))
    return total / 9


def _direction(cells: Colours) -> Colours:
    """Which way the lines inside the cells run: n vectors at the doubled angle, as long as there is one direction."""
    inner = cells[:, 10:-10, 10:-10, 0]
    down, right = np.gradient(inner, axis=(1, 2))
    xx, yy, xy = ((a * b).sum(axis=(1, 2)) for a, b in ((right, right), (down, down), (right, down)))
    # The constant keeps the noise of an even fill from having a direction.
    return np.stack([xx - yy, 2 * xy], axis=-1) / (xx + yy + 2000)[:, None]
