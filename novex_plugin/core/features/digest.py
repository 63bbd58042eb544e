"""A digest of what a layer or raster holds, the same whatever program opened or rewrote the file around it.

A file's own bytes change when QGIS merely opens a GeoPackage (journal mode, time stamps, statistics); its content
does not. A digest reads `sha256:` and 64 hexadecimal digits.
"""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path
from typing import Any

import numpy as np

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.gdal_guard import guarded_gdal, opened_with_gdal
from novex_plugin.core.features.geometry_blob import wkb_in
from novex_plugin.core.features.geopackage import opened, table_columns
from novex_plugin.core.features.sql import statement

_ROWS = 5_000
_RASTER_BYTES = 16 * 1024 * 1024


def layer_digest(path: Path, table: str) -> str:
    """Digest of a table of a GeoPackage: column names and types, CRS, and the rows in the order of their key.

    Geometries count as their WKB, without the GeoPackage header. Memory stays bounded. Raises InputError when the
    file or the table is absent or broken.
    """
    digest = hashlib.sha256()
    with opened(path) as connection:
        connection.text_factory = _text
        types = table_columns(connection, table)
        if not types:
            raise InputError("de tabel ontbreekt.", "Kies een tabel die in het bestand staat.", path, table)
        described = connection.execute(
            "SELECT column_name, geometry_type_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?", (table,)
        ).fetchone()
        attributes = [name for name in types if described is None or name != described[0]]
        geometry = described[0] if described else attributes[0]
        digest.update(ascii((list(types.items()), described)).encode())
        select = statement(
            "SELECT {attributes}, {geometry} FROM {table} ORDER BY rowid",
            attributes=attributes,
            geometry=geometry,
            table=table,
        )
        _add_rows(digest, connection.execute(select), described is not None)
    return f"sha256:{digest.hexdigest()}"


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _add_rows(digest: Any, cursor: sqlite3.Cursor, with_geometry: bool) -> None:
    """Add rows in fixed pieces: attributes as Python's ASCII notation (the same on every version), then the WKBs."""
    while rows := cursor.fetchmany(_ROWS):
        digest.update(ascii([row[:-1] for row in rows]).encode())
        if with_geometry:
            wkbs = [_wkb(row[-1]) for row in rows]
            digest.update(np.array([len(wkb) for wkb in wkbs], dtype="<i8").tobytes())
            digest.update(b"".join(wkbs))


def _wkb(blob: Any) -> bytes:
    """The WKB, or whatever else stands there: what is broken is content too."""
    wkb = wkb_in(blob)
    return ascii(blob).encode() if wkb is None else wkb


def raster_digest(path: Path) -> str:
    """Digest of a raster: size, grid, CRS, bands with their type and nodata, and every cell.

    Memory stays bounded. Raises InputError when GDAL cannot read the file as a GeoTIFF.
    """
    digest = hashlib.sha256()
    raster = None
    with guarded_gdal() as complaints:
        raster = opened_with_gdal(str(path), ("GTiff",), raster=True)
        if raster is not None:
            digest.update(ascii(_grid(raster)).encode())
            for number in range(1, raster.RasterCount + 1):
                _add_band(digest, raster.GetRasterBand(number))
    if raster is None or complaints.failures:
        raise InputError(f"is niet te lezen als GeoTIFF ({complaints.first}).", "Haal het raster opnieuw op.", path)
    return f"sha256:{digest.hexdigest()}"


def _grid(raster: Any) -> tuple[object, ...]:
    reference = raster.GetSpatialRef()
    code = reference.GetAuthorityCode(None) if reference is not None else None
    return raster.RasterXSize, raster.RasterYSize, raster.RasterCount, raster.GetGeoTransform(), code


def _add_band(digest: Any, band: Any) -> None:
    colours = band.GetColorTable()
    entries = [colours.GetColorEntry(index) for index in range(colours.GetCount())] if colours else None
    digest.update(ascii((band.DataType, band.GetNoDataValue(), entries)).encode())
    width, height = band.XSize, band.YSize
    lines = max(1, _RASTER_BYTES // (width * 16))
    for top in range(0, height, lines):
        digest.update(band.ReadRaster(0, top, width, min(lines, height - top)) or b"")
