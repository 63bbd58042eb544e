"""A delivery read to be laid beside another: its manifest, rows and outcomes, of whatever agreement it is."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.delivery.archive import unpack
from novex_plugin.core.delivery.bag import bag_folder, check_bag
from novex_plugin.core.delivery.complete import read_findings
from novex_plugin.core.delivery.long_codes import refuse_long_codes
from novex_plugin.core.delivery.manifest import read_manifest
from novex_plugin.core.delivery.places import BALANCE, FINDINGS_JSON, PROPOSAL
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import layer_names, read_layer
from novex_plugin.core.features.table import RD_NEW, FeatureTable
from novex_plugin.core.files import read_json
from novex_plugin.core.progress import Progress
from novex_plugin.core.proposal.problems import repeated
from novex_plugin.core.proposal.schema import FEATURE_TABLES
from novex_plugin.core.unforeseen import STRANGE_CONTENT

ATTRIBUTE_TABLES = ("bijdrage", "verklaring", "motivering", "dataset", "variant")
"""Compared row by row; the logbook grows by itself, and the one row of `voorstel` is told in the head."""

_log = logging.getLogger(__name__)

_AGAIN = "Bekijk alles met novex:verify, en vraag de levering opnieuw."


_TOGETHER = "onderdelen"
"""The features of all tables; column `tabel` says of which."""


@dataclass(frozen=True)
class Delivered:
    """What a delivery holds. `features` are those of all feature tables together (EPSG:28992), with column `tabel`."""

    file: Path
    manifest: Mapping[str, Any]
    features: FeatureTable
    tables: Mapping[str, FeatureTable]
    totals: Sequence[Mapping[str, Any]]
    rules: Sequence[Mapping[str, Any]]


def read_delivered(delivery: Path, folder: Path, progress: Progress) -> Delivered:
    """Read a delivery, unpacked into `folder` (new). Its content is compared with its checksums, not made again.

    Raises InputError naming the delivery and the file in it for what is broken, hostile or no delivery.
    """
    folder.mkdir()
    try:
        unpack(delivery, folder, progress)
        data = _whole(folder)
        manifest = read_manifest(data)
        features, tables = _rows(data / PROPOSAL)
        totals = _entries(data / BALANCE, "totals", {"indicator": str, "unit": str, "place": str, "place_code": str})
        read_findings(data / FINDINGS_JSON)
        rules = _entries(data / FINDINGS_JSON, "rules", {"rule": str, "outcome": str})
    except InputError as error:
        raise _told(error, delivery, folder) from error
    except STRANGE_CONTENT as error:
        _log.exception("reading a delivery")
        raise InputError(f"heeft een vreemde inhoud ({type(error).__name__}).", _AGAIN, delivery) from error
    return Delivered(delivery, manifest, features, tables, totals, rules)


def _whole(folder: Path) -> Path:
    """The payload of a bag in which nothing is missing, changed or added."""
    bag = bag_folder(folder)
    for problem in check_bag(bag):
        raise InputError(f"is beschadigd: {problem.file} {problem.problem}.", _AGAIN)
    return bag / "data"


def _told(error: InputError, delivery: Path, folder: Path) -> InputError:
    """The same problem, told of the delivery rather than of a folder that will be gone."""
    file = Path(str(error.file)) if error.file is not None else delivery
    problem = error.problem if file == delivery else f"{file.name}: {error.problem}"
    return InputError(problem, error.remedy, delivery, error.table, error.row, error.field)


def _rows(path: Path) -> tuple[FeatureTable, dict[str, FeatureTable]]:
    present = layer_names(path)
    features = [_identified(path, read_layer(path, name)) for name in FEATURE_TABLES.values() if name in present]
    for rows in features:
        if rows.epsg != RD_NEW:
            raise InputError(f"staat niet in EPSG:{RD_NEW}.", _AGAIN, path, rows.name)
        _refuse_unmeasurable(path, rows)
    tables = {name: _identified(path, read_layer(path, name)) for name in ATTRIBUTE_TABLES if name in present}
    return _identified(path, _together(features)), tables


def _identified(path: Path, rows: FeatureTable) -> FeatureTable:
    """The rows, if each has an id of its own: by those two deliveries are compared."""
    refuse_long_codes(path, rows)
    ids = rows.columns.get("id")
    if ids is None:
        raise InputError("dit veld ontbreekt.", _AGAIN, path, rows.name, field="id")
    texts = np.fromiter((isinstance(each, str) and bool(each) for each in ids.tolist()), dtype=bool, count=len(ids))
    wrong = np.flatnonzero(~texts | repeated(ids))
    if len(wrong):
        first = int(wrong[0])
        table = str(rows.columns["tabel"][first]) if rows.name == _TOGETHER else rows.name
        row = str(rows.columns["fid"][first]) if "fid" in rows.columns else first + 1
        raise InputError("ontbreekt of komt al eerder voor.", _AGAIN, path, table, row, "id")
    return rows


def _refuse_unmeasurable(path: Path, rows: FeatureTable) -> None:
    """Geometry that no measure holds for: collections, and coordinates that are no numbers."""
    points, of_row = shapely.get_coordinates(rows.geometry, return_index=True)
    wrong = shapely.get_type_id(rows.geometry) == 7
    # Bounds pass over a coordinate that is no number.
    wrong[of_row[~np.isfinite(points).all(axis=1)]] = True
    if wrong.any():
        row = str(rows.columns["id"][np.flatnonzero(wrong)[0]])
        raise InputError("is geen vlak, lijn of punt met gewone coördinaten.", _AGAIN, path, rows.name, row, "geom")


def _together(parts: Sequence[FeatureTable]) -> FeatureTable:
    names = dict.fromkeys(name for part in parts for name in part.columns)
    columns: dict[str, NDArray[Any]] = {
        name: np.concatenate([part.columns.get(name, np.full(len(part), None, dtype=object)) for part in parts])
        for name in names
    }
    none = np.empty(0, dtype=object)
    columns.setdefault("id", none)
    columns["tabel"] = np.concatenate([none, *(np.full(len(part), part.name, dtype=object) for part in parts)])
    return FeatureTable(_TOGETHER, np.concatenate([none, *(part.geometry for part in parts)]), columns)


def _entries(path: Path, part: str, wanted: Mapping[str, type]) -> list[Mapping[str, Any]]:
    """A list of entries in a JSON file that comes from anyone, each with these members."""
    content = read_json(path)
    entries = content.get(part) if isinstance(content, dict) else None
    if not isinstance(entries, list):
        raise InputError("dit onderdeel ontbreekt of is geen lijst.", _AGAIN, path, field=f"$.{part}")
    for number, entry in enumerate(entries):
        if not isinstance(entry, dict) or not all(isinstance(entry.get(name), kind) for name, kind in wanted.items()):
            raise InputError("heeft een andere vorm.", _AGAIN, path, field=f"$.{part}[{number}]")
    return list(entries)
