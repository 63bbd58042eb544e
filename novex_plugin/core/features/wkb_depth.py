"""How deep geometries lie in each other: GEOS reads them by recursion, and some kilobytes can end the program."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

MOST = 32
"""Levels that GDAL reads too; real data have two or three."""

_HEAD = 18
_LINE, _POLYGON, _COLLECTIONS = 2, 3, (4, 5, 6, 7)


def too_deep(wkbs: Sequence[bytes | None]) -> NDArray[np.bool_]:
    """Where a geometry (WKB) lies deeper in others than `MOST`, or in a form that nobody can follow."""
    heads = b"".join((wkb or b"")[:_HEAD].ljust(_HEAD, b"\0") for wkb in wkbs)
    bytes_of = np.frombuffer(heads, dtype=np.uint8).reshape(-1, _HEAD)
    # Nearly all geometries in files are a simple one, or the one part of a multi: there is nothing to follow.
    outer, parts, inner = (_little_endian(bytes_of, start) for start in (1, 5, 10))
    plain = (bytes_of[:, 0] == 1) & (
        (outer <= 3) | ((outer <= 7) & (parts == 1) & (bytes_of[:, 9] == 1) & (inner <= 3))
    )
    result = np.zeros(len(wkbs), dtype=bool)
    for row in np.flatnonzero(~plain).tolist():
        wkb = wkbs[row]
        result[row] = wkb is not None and _too_deep(wkb)
    return result


def _little_endian(rows: NDArray[np.uint8], start: int) -> NDArray[np.uint32]:
    return np.ascontiguousarray(rows[:, start : start + 4]).view("<u4")[:, 0]


def _too_deep(wkb: bytes) -> bool:
    """Follow every geometry in this one. One that ends too early is broken, and GEOS says so of itself."""
    left, position, order = [1], 0, "<"
    try:
        while left:
            if left[-1] == 0:
                left.pop()
                continue
            left[-1] -= 1
            order = {0: ">", 1: "<"}.get(wkb[position], order)
            (written,) = struct.unpack_from(f"{order}I", wkb, position + 1)
            position += 9 if written & 0x20000000 else 5
            kind, point = (written & 0xFFFF) % 1000, _point_bytes(written)
            if kind in _COLLECTIONS:
                (parts,) = struct.unpack_from(f"{order}I", wkb, position)
                left.append(parts)
                position += 4
            else:
                position = _behind(wkb, position, order, kind, point)
            if len(left) > MOST + 1:
                return True
    except (IndexError, struct.error):
        return False
    return False


def _point_bytes(written: int) -> int:
    """The size of a point: Z and M by the flags of EWKB or the thousands of ISO."""
    thousands = (written & 0xFFFF) // 1000
    return (
        16
        + 8 * bool(written & 0x80000000 or thousands in (1, 3))
        + 8 * bool(written & 0x40000000 or thousands in (2, 3))
    )


def _behind(wkb: bytes, position: int, order: str, kind: int, point: int) -> int:
    """The place behind a point, line or polygon."""
    if kind == _LINE:
        (count,) = struct.unpack_from(f"{order}I", wkb, position)
        return position + 4 + point * int(count)
    if kind == _POLYGON:
        (rings,) = struct.unpack_from(f"{order}I", wkb, position)
        position += 4
        for _ in range(rings):
            (count,) = struct.unpack_from(f"{order}I", wkb, position)
            position += 4 + point * int(count)
        return position
    return position + point
