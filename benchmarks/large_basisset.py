"""A province of 60 by 60 km: a basisset as large as a real one, bound to every object of the rules, and a drawing."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from novex_plugin.core.agreement import Agreement, read_agreement
from novex_plugin.core.basisset.snapshot import (
    Snapshot,
    SnapshotArea,
    SnapshotDataset,
    SnapshotLayer,
    content_digest,
    write_snapshot,
)
from novex_plugin.core.features.geopackage import Layer, append, create
from novex_plugin.core.features.table import FeatureTable, attribute_table, multi
from novex_plugin.core.files import write_json
from novex_plugin.core.proposal.create import create_proposal
from novex_plugin.core.proposal.schema import FEATURE_TABLES
from novex_plugin.core.rules.catalogue import read_catalogues
from novex_plugin.core.rules.model import Rule
from novex_plugin.core.rules.vocabulary import vocabulary

SIDE, LEFT, BOTTOM = 60_000.0, 100_000.0, 400_000.0
MOMENT = datetime(2026, 11, 20, 8, tzinfo=UTC)
PROVINCE, VARIANT = "PV25", "basis"
TYPES = {"vlak": "MULTIPOLYGON", "lijn": "MULTILINESTRING", "punt": "POINT"}
LEVEL = "grondwaterstand"
_CELL = 25.0

_MANY = {"landbouwgrond": 0.2, "grasland": 0.2, "daken": 0.15, "groen-stad": 0.05, "stikstof-bron": 0.05}
"""Slots of many small features, and their share of all."""
_LARGE = ("natura2000", "nnn", "laagveen", "hoge-zandgrond", "overstromingsrisico", "landschapsregio")
"""Slots of few features with many vertices, as nature reserves and soils are."""

_FAR, _NEAR = 2_500, 300
"""Distances (m) that rules ask to stay within, and to stay away."""
_VALUES = {"area_ha": 100, "share_pct": 50, "loss_ha": 10, "minimum_cm": 60}
_LISTS = {"order": ["eerst", "dan", "ten slotte"], "incompatible": ["woningbouw", "glastuinbouw", "zonneveld"]}


@dataclass(frozen=True)
class Large:
    """Where the files lie."""

    snapshot: Path
    bindings: Path
    proposal: Path


def make(folder: Path, basisset: int, drawn: int) -> Large:
    """Write a snapshot of so many features, bindings of every slot with a value for every threshold that the source
    does not give, and a proposal of so many features."""
    random = np.random.default_rng(7)
    snapshot = folder / "momentopname"
    counts = _counts(basisset)
    datasets = [_dataset(snapshot, slot, count, random) for slot, count in counts.items()]
    datasets.append(_levels(snapshot, random))
    area = SnapshotArea(
        (LEFT, BOTTOM, LEFT + SIDE, BOTTOM + SIDE), shapely.box(LEFT, BOTTOM, LEFT + SIDE, BOTTOM + SIDE).wkt
    )
    write_snapshot(Snapshot(snapshot, "2026-11-01T08:00:00Z", f"sha256:{'0' * 64}", area, tuple(datasets)))
    return Large(snapshot, _bindings(folder, counts), _proposal(folder, drawn, random))


def _counts(basisset: int) -> dict[str, int]:
    slots = [slot for slot in sorted(vocabulary().slots) if slot not in (LEVEL, "provinciegebied")]
    counts = {slot: int(basisset * _MANY[slot]) if slot in _MANY else 20 for slot in slots}
    others = [slot for slot in slots if slot not in _MANY and slot not in _LARGE]
    rest = basisset - sum(counts.values()) + 20 * len(others)
    for number, slot in enumerate(others):
        counts[slot] = rest // len(others) + (number < rest % len(others))
    return counts


def blobs(random: np.random.Generator, radius_m: np.ndarray, vertices: int) -> np.ndarray:
    """Irregular polygons all over the province (EPSG:28992, m), one for each radius."""
    count = len(radius_m)
    centre = random.uniform(0.0, SIDE, (count, 1, 2)) + np.array([LEFT, BOTTOM])
    angle = np.linspace(0.0, 2.0 * np.pi, vertices, endpoint=False)
    rough = random.uniform(0.75, 1.25, (count, 12)) if vertices >= 12 else random.uniform(0.75, 1.25, (count, vertices))
    place = np.linspace(0, rough.shape[1], vertices, endpoint=False)
    low = place.astype(int)
    smooth = rough[:, low] + (place - low) * (rough[:, (low + 1) % rough.shape[1]] - rough[:, low])
    reach = radius_m[:, None] * smooth
    return shapely.polygons(centre + np.stack([np.cos(angle) * reach, np.sin(angle) * reach], axis=2))


def trails(random: np.random.Generator, count: int, vertices: int, step_m: float) -> np.ndarray:
    """Winding lines all over the province (EPSG:28992, m)."""
    start = random.uniform(0.0, SIDE, (count, 1, 2)) + np.array([LEFT, BOTTOM])
    angle = random.uniform(0, 2 * np.pi, (count, 1)) + np.cumsum(random.uniform(-0.4, 0.4, (count, vertices)), axis=1)
    return shapely.linestrings(start + np.cumsum(np.stack([np.cos(angle), np.sin(angle)], axis=2) * step_m, axis=1))


def _shapes(slot: str, count: int, random: np.random.Generator) -> np.ndarray:
    geometry = vocabulary().slots[slot].geometry
    if geometry == "punt":
        return shapely.points(random.uniform(0.0, SIDE, (count, 2)) + np.array([LEFT, BOTTOM]))
    if geometry == "lijn":
        return trails(random, count, 40, 150.0)
    if slot in _LARGE:
        return blobs(random, random.uniform(1_500.0, 4_000.0, count), 5_000)
    if slot in _MANY:
        return blobs(random, random.uniform(30.0, 110.0, count), 16)
    return blobs(random, random.uniform(150.0, 550.0, count), 60)


def _dataset(snapshot: Path, slot: str, count: int, random: np.random.Generator) -> SnapshotDataset:
    path = snapshot / "data" / f"{slot}.gpkg"
    path.parent.mkdir(parents=True, exist_ok=True)
    kind = TYPES[vocabulary().slots[slot].geometry]
    create(path, [Layer(slot, kind, ())])
    append(path, slot, FeatureTable(slot, multi(_shapes(slot, count, random))))
    return _pulled(path, slot, SnapshotLayer(slot, kind, count), count)


def _levels(snapshot: Path, random: np.random.Generator) -> SnapshotDataset:
    """Groundwater as a raster, in centimetres below the surface."""
    from osgeo import gdal, osr

    gdal.UseExceptions()
    path, side = snapshot / "data" / f"{LEVEL}.tif", int(SIDE / _CELL)
    rows, columns = np.mgrid[0:side, 0:side]
    values = (60 + 45 * np.sin(rows / 37) * np.cos(columns / 53) + random.uniform(-4, 4, (side, side))).astype(np.int16)
    raster = gdal.GetDriverByName("GTiff").Create(
        str(path), side, side, 1, gdal.GDT_Int16, ["COMPRESS=DEFLATE", "TILED=YES"]
    )
    raster.SetGeoTransform((LEFT, _CELL, 0, BOTTOM + SIDE, 0, -_CELL))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(28992)
    raster.SetProjection(reference.ExportToWkt())
    raster.GetRasterBand(1).WriteArray(values)
    raster.FlushCache()
    del raster
    return _pulled(path, LEVEL, SnapshotLayer(LEVEL, None, side * side), side * side)


def _pulled(path: Path, name: str, layer: SnapshotLayer, count: int) -> SnapshotDataset:
    return SnapshotDataset(
        id=name,
        title=name,
        owner="Proef",
        status="pulled",
        time="2026-11-01T08:00:00Z",
        record_date=None,
        licence={"url": None, "text": None},
        file=f"data/{path.name}",
        layers=(layer,),
        service="download",
        received=count,
        stored=count,
        source_epsg=28992,
        digest=content_digest(path),
        repaired=0,
    )


def _bindings(folder: Path, slots: dict[str, int]) -> Path:
    bound: list[dict[str, Any]] = [
        {"slot": slot, "dataset": slot, "layer": None, "filter": None, "own": None} for slot in sorted(slots)
    ]
    level = {"level": {"unit": "cm", "field": None}}
    bound.append({"slot": LEVEL, "dataset": LEVEL, "layer": None, "filter": None, "own": None} | level)
    reason = "Een waarde om snelheid te meten."
    parameters = [
        {"rule": rule.id, "parameter": name, "value": _value(rule, name), "reason": reason}
        for catalogue in read_catalogues()
        for rule in catalogue.rules
        for name, given in rule.parameters.items()
        if given.value is None
    ]
    path = folder / "koppelingen.json"
    write_json(path, {"format": "novex-bindings", "version": "1.0", "bindings": bound, "parameters": parameters})
    return path


def _value(rule: Rule, name: str) -> Any:
    if name == "distance_m":
        return _NEAR if rule.kind == "prohibit-within-distance" else _FAR
    return (_VALUES | _LISTS)[name]


def _proposal(folder: Path, count: int, random: np.random.Generator) -> Path:
    path, agreement = folder / "voorstel.gpkg", read_agreement()
    create_proposal(path, PROVINCE, VARIANT, agreement, MOMENT, lambda: _id(random))
    share = {"vlak": 0.7, "lijn": 0.15, "punt": 0.15}
    ids: list[str] = []
    for geometry_type, table in FEATURE_TABLES.items():
        rows = _drawn(table, geometry_type, int(count * share[geometry_type]), agreement, random)
        append(path, table, rows)
        ids += rows.columns["id"].tolist()
    _said(path, ids, random)
    return path


def _id(random: np.random.Generator) -> str:
    return str(uuid.UUID(bytes=random.bytes(16), version=4))


def _texts(values: list[Any]) -> np.ndarray:
    result = np.empty(len(values), dtype=object)
    result[:] = values
    return result


def _drawn(
    table: str, geometry_type: str, count: int, agreement: Agreement, random: np.random.Generator
) -> FeatureTable:
    """Features of every legend unit of a geometry type; homes and work sites more often, for most rules ask of them."""
    units = [unit.code for unit in agreement.drawn_as(geometry_type)]
    often = [code for code in units if code in ("woningbouw", "bedrijventerrein", "logistiek", "zonneveld")]
    units += often * 6
    shapes = {
        "vlak": lambda: blobs(random, random.uniform(120.0, 500.0, count), 24),
        "lijn": lambda: trails(random, count, 25, 200.0),
        "punt": lambda: shapely.points(random.uniform(0.0, SIDE, (count, 2)) + np.array([LEFT, BOTTOM])),
    }[geometry_type]()

    def any_of(*values: str) -> np.ndarray:
        return _texts([values[each] for each in random.integers(0, len(values), count)])

    columns = {
        "id": _texts([_id(random) for _ in range(count)]),
        "variant": _texts([VARIANT] * count),
        "legenda": any_of(*units),
        "rol": any_of("nieuw", "nieuw", "nieuw", "transformatie", "zoekgebied", "vervalt"),
        "precisie": any_of(*agreement.codes("precisie")),
        "status": any_of(*agreement.codes("status")),
        "provincie": _texts([PROVINCE] * count),
        "start_jaar": random.integers(2026, 2030, count),
        "eind_jaar": random.integers(2031, 2040, count),
        "naam": _texts([f"Plan {number}" for number in range(count)]),
    }
    return FeatureTable(table, multi(shapes), columns)


def _said(path: Path, ids: list[str], random: np.random.Generator) -> None:
    """A contribution of each feature, an answer of every second, and a reason of every tenth."""
    rules = [rule for catalogue in read_catalogues() for rule in catalogue.rules]
    asked = [rule for rule in rules if rule.kind == "statement" and rule.parameters["scope"].value != "voorstel"]
    statements = [str(rule.parameters["statement"].value) for rule in asked]
    avoid = [rule.id for rule in rules if rule.kind == "avoid-unless"]
    half, tenth = ids[::2], ids[::10]

    def write(table: str, **columns: list[Any]) -> None:
        named = {"id": [_id(random) for _ in columns["kenmerk"]]} | columns
        append(path, table, attribute_table(table, {name: _texts(values) for name, values in named.items()}))

    write(
        "bijdrage",
        kenmerk=ids,
        indicator=["woningen"] * len(ids),
        waarde=[float(each) for each in random.integers(10, 900, len(ids))],
        eenheid=["woningen"] * len(ids),
        jaar=[2030] * len(ids),
    )
    write(
        "verklaring",
        kenmerk=half,
        variant=[VARIANT] * len(half),
        verklaring=[statements[each] for each in random.integers(0, len(statements), len(half))],
        waarde=[("ja", "nee", "nvt")[each] for each in random.integers(0, 3, len(half))],
        toelichting=["De onderbouwing staat in het gebiedsdocument."] * len(half),
    )
    write(
        "motivering",
        kenmerk=tenth,
        regel=[avoid[each] for each in random.integers(0, len(avoid), len(tenth))],
        reden=["Over deze plek ligt een afspraak met het Rijk."] * len(tenth),
        datum=["2026-11-02"] * len(tenth),
        variant=[VARIANT] * len(tenth),
    )
