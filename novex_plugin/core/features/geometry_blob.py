"""Geometries as GeoPackage stores them: a header with CRS and envelope, then WKB (OGC 12-128r18, clause 2.1.3)."""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.wkb_depth import too_deep

_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
_CURVED = re.compile(r"Unknown WKB type (8|9|1[0-4])\b")


def decode(blobs: Sequence[bytes | None], file: Path | None = None, table: str | None = None) -> NDArray[np.object_]:
    """GeoPackage geometry blobs to shapely geometries; None and empty stay None.

    Raises InputError naming the first row that is no GeoPackage geometry, has curves, or is nested too deep to be read.
    """
    bare = [wkb_in(blob) for blob in blobs]
    for row, (blob, wkb) in enumerate(zip(blobs, bare, strict=True), start=1):
        if blob is not None and wkb is None:
            raise InputError(
                "is geen GeoPackage-geometrie.", "Herstel of verwijder deze rij.", file, table, row, "geom"
            )
    for row in np.flatnonzero(too_deep(bare)).tolist():
        problem = "is een geometrie van te veel lagen in elkaar."
        raise InputError(problem, "Maak er een gewoon vlak, lijn of punt van.", file, table, row + 1, "geom")
    wkbs = np.empty(len(bare), dtype=object)
    wkbs[:] = bare
    try:
        geometry: NDArray[np.object_] = shapely.from_wkb(wkbs)
    except shapely.errors.GEOSException as error:
        raise _broken(wkbs, file, table) from error
    return geometry


def _broken(wkbs: NDArray[np.object_], file: Path | None, table: str | None) -> InputError:
    """What to say of the first row that GEOS cannot read."""
    read = shapely.from_wkb(wkbs, on_invalid="ignore").tolist()
    row = next(row for row, wkb in enumerate(wkbs.tolist()) if wkb is not None and read[row] is None)
    problem, remedy = "is een kapotte geometrie.", "Herstel of verwijder deze rij."
    try:
        shapely.from_wkb(wkbs[row])
    except shapely.errors.GEOSException as error:
        problem = f"is een kapotte geometrie ({error})."
        if _CURVED.search(str(error)):
            problem, remedy = "is een geometrie met bogen.", "Zet bogen om in rechte stukken, of verwijder deze rij."
    return InputError(problem, remedy, file, table, row + 1, "geom")


def wkb_in(blob: object) -> bytes | None:
    """The WKB behind the header; None for what is no GeoPackage geometry."""
    if not isinstance(blob, bytes) or len(blob) < 13 or blob[:2] != b"GP" or (envelope := (blob[3] >> 1) & 7) > 4:
        return None
    return blob[8 + _ENVELOPE_BYTES[envelope] :]


def encode(geometry: NDArray[np.object_], srs: int) -> list[bytes | None]:
    """Shapely geometries to GeoPackage blobs (little endian, with an xy envelope except for points)."""
    wkbs = shapely.to_wkb(geometry, byte_order=1, include_srid=False)
    bounds = shapely.bounds(geometry)
    plain = (shapely.get_type_id(geometry) == 0) | shapely.is_empty(geometry)
    empty = shapely.is_empty(geometry)
    return [
        None if wkb is None else _header(srs, None if bare else box, void) + wkb
        for wkb, box, bare, void in zip(wkbs, bounds.tolist(), plain.tolist(), empty.tolist(), strict=True)
    ]


def _header(srs: int, box: Sequence[float] | None, empty: bool) -> bytes:
    flags = 0b00000001 | (0b00010000 if empty else 0)
    if box is None:
        return b"GP\x00" + struct.pack("<Bi", flags, srs)
    return b"GP\x00" + struct.pack("<Bi4d", flags | 0b00000010, srs, box[0], box[2], box[1], box[3])
