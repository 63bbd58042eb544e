"""Two versions of one file of a delivery laid side by side: every difference with its place."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import layer_names, opened, read_layer
from novex_plugin.core.features.sql import statement
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.files import read_json

MOST = 200
"""Differences of one file that are listed."""

_KEYS = ("id", "rule", "target", "path")
"""What entries of our lists are known by."""

_QGIS_VERSION = re.compile(rb'(<qgis[^>]*) version="[^"]*"')

_SLACK = 1e-6
_METRES = 0.001
"""Another version of GEOS or GDAL may differ by this much in computed numbers and coordinates."""


@dataclass(frozen=True, order=True)
class Difference:
    """One difference: in which file and where in it, what the delivery says, and what was found."""

    file: str
    where: str
    says: str
    found: str


def compare_files(name: str, delivered: Path, again: Path) -> list[Difference]:
    """The differences between a delivered file and the one that was made again, by the kind of the file."""
    try:
        if name.endswith(".gpkg"):
            found = list(islice(_geopackages(name, delivered, again), MOST))
        elif name.endswith((".json", ".geojson")):
            found = list(islice(_values(name, "$", read_json(delivered), read_json(again)), MOST))
        elif _text_of(name, delivered) != _text_of(name, again):
            found = [_first_line(name, delivered, again)]
        else:
            found = []
    except InputError as error:
        found = [Difference(name, "", f"{error.problem}", "een leesbaar bestand")]
    return found


def compare_rules(name: str, delivered: Path, again: Path, without: Collection[str]) -> list[Difference]:
    """The differences between the findings of two GeoPackages, without those of some rules."""
    says, found = layer_names(delivered), layer_names(again)
    differences: list[Difference] = []
    for table in sorted({*says, *found}):
        one, other = (
            read_layer(path, table) if table in names else None for path, names in ((delivered, says), (again, found))
        )
        rows = [_of_rules(each, without) for each in (one or other, other or one) if each is not None]
        if one is None or other is None:
            # A table without findings is left out: the other side must then have none of these rules either.
            if len(rows[0]):
                there = ("ontbreekt", "aanwezig") if one is None else ("aanwezig", "ontbreekt")
                differences.append(Difference(name, f"tabel {table}", *there))
            continue
        differences += _tables(name, *rows)
    return differences[:MOST]


def _of_rules(table: FeatureTable, without: Collection[str]) -> FeatureTable:
    if "regel" not in table.columns:
        return table
    return table.take(~np.isin(table.column("regel").astype(str), sorted(without)))


def _text_of(name: str, path: Path) -> bytes:
    """The content of a file; of a QML file without the version of the QGIS that wrote it."""
    content = path.read_bytes()
    return _QGIS_VERSION.sub(rb"\1", content, count=1) if name.endswith(".qml") else content


def compare_json(name: str, place: str, says: Any, found: Any) -> list[Difference]:
    """The differences between two JSON values."""
    return list(islice(_values(name, place, says, found), MOST))


def short(value: Any) -> str:
    """A value as a difference shows it."""
    written = "ontbreekt" if value is None else str(value)
    return written if len(written) <= 160 else written[:157] + "…"


def _first_line(name: str, delivered: Path, again: Path) -> Difference:
    """The first line in which two text files differ; of other files only that they do."""
    if name.endswith((".png", ".tif")):
        return Difference(name, "", "andere inhoud", "niet wat hieruit volgt")
    says = delivered.read_text(encoding="utf-8", errors="replace").splitlines()
    found = again.read_text(encoding="utf-8", errors="replace").splitlines()
    for number, (one, other) in enumerate(zip(says, found, strict=False), start=1):
        if one != other:
            column = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
            around = slice(max(0, column - 30), column + 90)
            return Difference(name, f"regel {number}", short(one[around].strip()), short(other[around].strip()))
    return Difference(name, f"regel {min(len(says), len(found)) + 1}", f"{len(says)} regels", f"{len(found)} regels")


def _values(name: str, place: str, says: Any, found: Any) -> Iterator[Difference]:
    if isinstance(says, dict) and isinstance(found, dict):
        for key in sorted({*says, *found}):
            yield from _values(name, f"{place}.{key}", says.get(key), found.get(key))
    elif isinstance(says, list) and isinstance(found, list):
        yield from _lists(name, place, says, found)
    elif not _same(says, found):
        yield Difference(name, place, short(says), short(found))


def _lists(name: str, place: str, says: list[Any], found: list[Any]) -> Iterator[Difference]:
    """Entries are matched by their id where all have one of their own, otherwise by their number."""
    one, other = ({_key(entry): entry for entry in entries} for entries in (says, found))
    if None not in {*one, *other} and len(one) == len(says) and len(other) == len(found):
        for key in sorted(str(each) for each in {*one, *other}):
            yield from _values(name, f"{place}[{key}]", one.get(key), other.get(key))
        return
    for number in range(max(len(says), len(found))):
        entry = says[number] if number < len(says) else None
        again = found[number] if number < len(found) else None
        yield from _values(name, f"{place}[{number}]", entry, again)


def _key(entry: Any) -> str | None:
    if not isinstance(entry, dict):
        return None
    return next((entry[key] for key in _KEYS if isinstance(entry.get(key), str)), None)


def _same(says: Any, found: Any) -> bool:
    if isinstance(says, bool) or isinstance(found, bool):
        return says is found
    if isinstance(says, int | float) and isinstance(found, int | float):
        return math.isclose(says, found, rel_tol=_SLACK, abs_tol=_SLACK)
    return bool(says == found)


def _geopackages(name: str, delivered: Path, again: Path) -> Iterator[Difference]:
    yield from _schemas(name, delivered, again)
    says, found = layer_names(delivered), layer_names(again)
    for table in sorted({*says, *found}):
        if says.get(table) != found.get(table):
            yield Difference(name, f"tabel {table}", short(says.get(table)), short(found.get(table)))
        else:
            yield from _tables(name, read_layer(delivered, table), read_layer(again, table))


def _schemas(name: str, delivered: Path, again: Path) -> Iterator[Difference]:
    """Tables, views, indexes and triggers as SQLite has them: one that we did not make does not belong there."""
    says, found = (_schema(path) for path in (delivered, again))
    for key in sorted({*says, *found}):
        if says.get(key) != found.get(key):
            yield Difference(name, f"schema, {key}", short(says.get(key)), short(found.get(key)))
        elif key.startswith("table gpkg_") or found[key].startswith("CREATE VIRTUAL TABLE"):
            yield from _inner(name, key.removeprefix("table "), delivered, again)


def _inner(name: str, table: str, delivered: Path, again: Path) -> Iterator[Difference]:
    """A table that describes layers (their CRS, extent, names), or a spatial index: by those programs find and draw."""
    says, found = (_sorted_rows(path, table) for path in (delivered, again))
    if len(says) != len(found):
        yield Difference(name, f"tabel {table}", f"{len(says)} rijen", f"{len(found)} rijen")
        return
    for one, other in zip(says, found, strict=True):
        unlike = [column for column in other if not _same(one[column], other[column])]
        if unlike:
            where = f"tabel {table}, rij {short(next(iter(other.values())))}, veld {unlike[0]}"
            yield Difference(name, where, short(one[unlike[0]]), short(other[unlike[0]]))


def _sorted_rows(path: Path, table: str) -> list[dict[str, Any]]:
    with opened(path) as connection:
        cursor = connection.execute(statement("SELECT * FROM {table}", table=table))
        columns = [column[0] for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in sorted(cursor.fetchall(), key=repr)]


def _schema(path: Path) -> dict[str, str]:
    with opened(path) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {f"{kind} {name}": " ".join(sql.split()) for kind, name, sql in rows}


def _tables(name: str, says: FeatureTable, found: FeatureTable) -> Iterator[Difference]:
    """Rows are matched by their id where both tables have one, otherwise by their number."""
    if "id" in says.columns and "id" in found.columns:
        one, other = says.column("id").astype(str), found.column("id").astype(str)
        delivered, again = {*one.tolist()}, {*other.tolist()}
        for key in sorted(delivered ^ again):
            there = ("aanwezig", "ontbreekt") if key in delivered else ("ontbreekt", "aanwezig")
            yield Difference(name, f"tabel {says.name}, rij {key}", *there)
        keys, of_one, of_other = np.intersect1d(one, other, return_indices=True)
        yield from _rows(name, says.take(of_one), found.take(of_other), keys.tolist())
    elif len(says) == len(found):
        yield from _rows(name, says, found, list(range(1, len(says) + 1)))
    if len(says) != len(found):
        yield Difference(name, f"tabel {says.name}", f"{len(says)} rijen", f"{len(found)} rijen")


def _rows(name: str, says: FeatureTable, found: FeatureTable, keys: list[Any]) -> Iterator[Difference]:
    for field in sorted({*says.columns, *found.columns} - {"fid"}):
        one, other = says.columns.get(field), found.columns.get(field)
        if one is None or other is None:
            there = ("ontbreekt", "aanwezig") if one is None else ("aanwezig", "ontbreekt")
            yield Difference(name, f"tabel {says.name}, veld {field}", *there)
            continue
        for row in _unlike(one, other):
            where = f"tabel {says.name}, rij {keys[row]}, veld {field}"
            yield Difference(name, where, short(one[row]), short(other[row]))
    alike = shapely.equals_exact(shapely.normalize(says.geometry), shapely.normalize(found.geometry), _METRES)
    alike |= shapely.is_missing(says.geometry) & shapely.is_missing(found.geometry)
    for row in np.flatnonzero(~alike).tolist():
        where = f"tabel {says.name}, rij {keys[row]}, veld geom"
        yield Difference(name, where, _shape(says.geometry[row]), _shape(found.geometry[row]))


def _unlike(says: NDArray[Any], found: NDArray[Any]) -> list[int]:
    """Rows in which two columns differ."""
    if says.dtype.kind in "if" and found.dtype.kind in "if":
        rows: list[int] = np.flatnonzero(
            ~np.isclose(says.astype(float), found.astype(float), rtol=_SLACK, atol=_SLACK, equal_nan=True)
        ).tolist()
        return rows
    return [row for row in np.flatnonzero(says != found).tolist() if not _same(says[row], found[row])]


def _shape(geometry: Any) -> str:
    if geometry is None:
        return "geen geometrie"
    size = f", {geometry.area / 10_000:.4f} ha" if geometry.area else ""
    return f"{geometry.geom_type}, {shapely.get_num_coordinates(geometry)} punten{size}"
