"""A page becomes rows: read by GDAL, laid in EPSG:28992, mended, cut by the area, and staged.

GDAL rewrites the page as a plain GeoPackage first (one CRS, straight lines, two dimensions, no limits on size); the
rows are then taken in bounded pieces, as arrays.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.basisset.crs import epsg_of_reference, horizontal_of
from novex_plugin.core.basisset.pull.area import Area
from novex_plugin.core.basisset.pull.failure import PullFailure
from novex_plugin.core.basisset.pull.markup import GML_OPTIONS, prepare_gml
from novex_plugin.core.basisset.pull.page import Page
from novex_plugin.core.basisset.pull.staging import Batch, LayerState, Staging
from novex_plugin.core.errors import InputError
from novex_plugin.core.features import geometry_blob, geopackage
from novex_plugin.core.features.cut import cut, mend
from novex_plugin.core.features.gdal_guard import guarded_gdal, opened_with_gdal
from novex_plugin.core.features.sql import statement
from novex_plugin.core.features.table import RD_NEW, multi

_ROWS = 5_000
_PIECE_BYTES = 24 * 1024 * 1024
_MAXIMUM_COLUMNS = 500
_KEY, _SHAPE, _TABLE = "novex_row", "novex_shape", "novex_page"
_NO_GEOMETRY = 100
"""GDAL's number for a table without geometry."""

_KINDS = {
    **dict.fromkeys(("INTEGER", "MEDIUMINT", "SMALLINT", "TINYINT", "INT"), "INTEGER"),
    **dict.fromkeys(("REAL", "DOUBLE", "FLOAT"), "REAL"),
    **dict.fromkeys(("BOOLEAN", "DATE", "DATETIME", "BLOB"), ""),
}


@dataclass(frozen=True)
class Converted:
    """What GDAL made of a page: the plain GeoPackage (None: no features), the CRS that the page was in, and how many
    features of a whole file it left out because they lie elsewhere."""

    path: Path | None
    epsg: int | None
    elsewhere: int = 0


def convert(page: Page, number: int, state: LayerState, staging: Staging, area: Area, layer: str | None = None) -> None:
    """Stage all rows of a page in one transaction. Raises PullFailure when the page is not whole or repeats another."""
    plain = page.path.with_suffix(".plain")
    plain.unlink(missing_ok=True)
    try:
        converted = _plain(page, plain, area, layer)
        staging.begin()
        _stage(page, converted, number, state, staging, area)
        state.pages += 1
        state.matched = page.matched if page.matched is not None else state.matched
        state.following = dict(page.following) if page.following is not None else None
        staging.save(number, state)
        staging.commit()
    except sqlite3.OperationalError as error:
        raise PullFailure(f"de gegevens zijn niet weg te schrijven ({error}).", keep=True) from error
    except InputError as error:
        raise PullFailure(f"de gegevens zijn niet te lezen: {error.problem}") from error
    finally:
        staging.rollback()
        plain.unlink(missing_ok=True)


def _plain(page: Page, plain: Path, area: Area, layer: str | None) -> Converted:
    options: tuple[str, ...] = ()
    if "GML" in page.drivers:
        prepare_gml(page.path, page.types)
        options = GML_OPTIONS
    elif "GeoJSON" in page.drivers:
        options = ("DATE_AS_STRING=YES",)
    epsg: int | None = None
    rows = total = 0
    with guarded_gdal() as complaints:
        source = opened_with_gdal(str(page.path), page.drivers, options=options)
        chosen = _chosen(source, layer) if source is not None else None
        if chosen is not None:
            total = chosen.GetFeatureCount() if page.whole else 0
            epsg = _translate(source, chosen, page, plain, area)
            rows = _count(plain)
        chosen = source = None
    if complaints.failures and (page.returned is None or rows != page.returned):
        raise PullFailure(f"het antwoord is niet heel of niet te lezen ({complaints.first}).")
    if page.returned is not None and rows != page.returned:
        raise PullFailure(f"de server zegt {page.returned} objecten te geven, maar in het antwoord staan er {rows}.")
    return Converted(plain if rows else None, epsg, max(0, total - rows))


def _chosen(source: Any, layer: str | None) -> Any:
    if layer is not None:
        return source.GetLayerByName(layer)
    filled = [source.GetLayer(index) for index in range(source.GetLayerCount())]
    if len(filled) > 1:
        names = ", ".join(each.GetName() for each in filled[:10])
        raise PullFailure(f"het antwoord bevat verschillende soorten objecten door elkaar ({names}).")
    return filled[0] if filled else None


def _translate(source: Any, chosen: Any, page: Page, plain: Path, area: Area) -> int | None:
    from osgeo import gdal

    epsg = page.epsg if page.certain else (epsg_of_reference(chosen.GetSpatialRef()) or page.epsg)
    epsg = horizontal_of(epsg) if epsg is not None else None
    if epsg is None and chosen.GetGeomType() != _NO_GEOMETRY:
        raise PullFailure("de gegevens noemen geen coördinatenstelsel (of een dat wij niet kennen).")
    options = ["-f", "GPKG", "-nln", _TABLE, "-dim", "XY", "-nlt", "CONVERT_TO_LINEAR", "-gt", "100000"]
    for setting in (f"FID={_KEY}", f"GEOMETRY_NAME={_SHAPE}", "SPATIAL_INDEX=NO"):
        options += ["-lco", setting]
    if epsg is not None and epsg != RD_NEW:
        options += ["-s_srs", f"EPSG:{epsg:d}", "-t_srs", f"EPSG:{RD_NEW:d}"]
    else:
        options += ["-a_srs", f"EPSG:{RD_NEW:d}"]
    if page.whole and epsg is not None and chosen.GetGeomType() != _NO_GEOMETRY:
        options += ["-spat", *(f"{value:.9g}" for value in area.bounds_in(epsg))]
    written = gdal.VectorTranslate(str(plain), source, options=[*options, chosen.GetName()])
    del written
    return epsg


def _count(plain: Path) -> int:
    if not plain.exists():
        return 0
    with closing(sqlite3.connect(plain)) as connection:
        tables = connection.execute("SELECT 1 FROM gpkg_contents WHERE table_name = ?", (_TABLE,)).fetchone()
        if tables is None:
            return 0
        count: int = connection.execute(statement("SELECT count(*) FROM {table}", table=_TABLE)).fetchone()[0]
    return count


def _stage(page: Page, converted: Converted, number: int, state: LayerState, staging: Staging, area: Area) -> None:
    state.epsg = converted.epsg or state.epsg
    state.received += converted.elsewhere
    state.distinct += converted.elsewhere
    state.outside += converted.elsewhere
    if converted.path is None:
        return
    identity = _Identity(page, number, staging)
    with closing(sqlite3.connect(converted.path)) as connection:
        types = geopackage.table_columns(connection, _TABLE)
        if len(types) > _MAXIMUM_COLUMNS:
            raise PullFailure(f"de laag heeft meer dan {_MAXIMUM_COLUMNS} kolommen.")
        for rows in _pieces(connection, types):
            columns = dict(zip(types, zip(*rows, strict=True), strict=True))
            identity.see(rows, columns)
            staging.add_rows(number, state, _batch(types, columns, state, area))
    state.received += identity.received
    state.distinct += identity.distinct()
    if state.distinct < state.received:
        raise PullFailure(
            f"de server herhaalt objecten: van {state.received} ontvangen objecten zijn er {state.distinct}"
            " verschillend. De gegevens zijn dus niet compleet op te halen langs deze weg."
        )


class _Identity:
    """Which features of a page are new: by their identifiers, else by the page's content as a whole."""

    def __init__(self, page: Page, number: int, staging: Staging) -> None:
        self._page, self._number, self._staging = page, number, staging
        self._content = hashlib.sha256()
        self._named = self._new = 0
        self.received = 0

    def see(self, rows: list[tuple[Any, ...]], columns: dict[str, Any]) -> None:
        """Take note of rows."""
        self.received += len(rows)
        if self._page.whole or self._page.identifiers is not None:
            return
        if "gml_id" in columns:
            names = [str(value) for value in columns["gml_id"] if value is not None]
            self._named += len(names)
            self._new += self._staging.add_identifiers(self._number, names)
        else:
            self._content.update(ascii([row[1:] for row in rows]).encode())

    def distinct(self) -> int:
        """How many features of the page were not seen before."""
        if self._page.whole:
            return self.received
        if self._page.identifiers is not None:
            return self._staging.add_identifiers(self._number, self._page.identifiers)
        if self._named:
            return self._new
        # A page without identifiers is new when no page held exactly this before.
        return self.received * self._staging.add_identifiers(self._number, [self._content.hexdigest()])


def _pieces(connection: sqlite3.Connection, types: dict[str, str]) -> Iterator[list[tuple[Any, ...]]]:
    """All rows in order of key, in pieces bounded in rows and in bytes of geometry."""
    select = statement(
        "SELECT {names} FROM {table} WHERE {key} BETWEEN ? AND ? ORDER BY {key}", names=types, table=_TABLE, key=_KEY
    )
    for span in _spans(connection, _SHAPE if _SHAPE in types else _KEY):
        yield connection.execute(select, span).fetchall()


def _spans(connection: sqlite3.Connection, measured: str) -> Iterator[tuple[int, int]]:
    """First and last key of each piece, without holding the keys of a large file in memory."""
    measure = "SELECT {key}, coalesce(length({measured}), 0) FROM {table} ORDER BY {key}"
    cursor = connection.execute(statement(measure, key=_KEY, measured=measured, table=_TABLE))
    while rows := cursor.fetchmany(_ROWS):
        keys, sizes = np.array(rows, dtype=np.int64).T
        starts = np.flatnonzero(np.diff(np.cumsum(sizes) // _PIECE_BYTES, prepend=-1))
        ends = [*(starts[1:] - 1).tolist(), len(keys) - 1]
        yield from zip(keys[starts].tolist(), keys[ends].tolist(), strict=True)


def _batch(types: dict[str, str], columns: dict[str, Any], state: LayerState, area: Area) -> Batch:
    length = len(columns[_KEY])
    named = {name: name for name in types if name not in (_KEY, _SHAPE)}
    if _SHAPE not in types:
        kept = np.arange(length)
        blobs: list[bytes | None] = [None] * length
        boxes: list[list[float | None]] = [[None] * 4] * length
    else:
        geometry = _kept(geometry_blob.decode(columns[_SHAPE]), state, area)
        kept = np.flatnonzero(~shapely.is_missing(geometry))
        geometry = multi(geometry[kept])
        state.geometry_types = sorted({*state.geometry_types, *_type_names(geometry)})
        blobs = geometry_blob.encode(geometry, RD_NEW)
        boxes = shapely.bounds(geometry)[:, [0, 2, 1, 3]].tolist()
    taken = {name: _taken(columns[name], kept, length) for name in named}
    return Batch(blobs, boxes, {name: (_kind(types[name], values), values) for name, values in taken.items()})


def _taken(values: Sequence[Any], kept: NDArray[Any], length: int) -> Sequence[Any]:
    return values if len(kept) == length else [values[row] for row in kept.tolist()]


def _kept(geometry: NDArray[np.object_], state: LayerState, area: Area) -> NDArray[np.object_]:
    """Mended and cut, None where the row falls away; counts what happened."""
    mended = mend(geometry)
    result = cut(mended.geometry, area.geometry, area.is_rectangle)
    present = ~shapely.is_missing(mended.geometry)
    state.repaired += mended.repaired
    state.empty += int((~present).sum())
    state.outside += int((present & shapely.is_missing(result)).sum())
    return result


def _type_names(geometry: NDArray[np.object_]) -> set[str]:
    names = {0: "POINT", 4: "MULTIPOINT", 5: "MULTILINESTRING", 6: "MULTIPOLYGON"}
    return {names.get(int(kind), "GEOMETRY") for kind in np.unique(shapely.get_type_id(geometry))}


def _kind(declared: str, values: Sequence[Any]) -> str | None:
    if all(value is None for value in values):
        return None
    bare = declared.partition("(")[0].strip()
    kind = _KINDS.get(bare, "TEXT")
    return kind or bare
