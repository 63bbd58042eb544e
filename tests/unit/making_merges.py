"""Twelve small provinces in a grid, what they draw, and the deliveries they hand over."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.delivery.archive import pack
from novex_plugin.core.delivery.assess import Assessed
from novex_plugin.core.delivery.bag import write_bag
from novex_plugin.core.delivery.complete import bag_description, head_of
from novex_plugin.core.delivery.manifest import write_manifest
from novex_plugin.core.delivery.places import BALANCE, FINDINGS_JSON
from novex_plugin.core.delivery.staging import Request, stage
from novex_plugin.core.features.geopackage import append, transaction
from novex_plugin.core.features.table import FeatureTable, attribute_table, multi
from novex_plugin.core.files import write_json
from novex_plugin.core.proposal.create import create_proposal
from novex_plugin.version import plugin_version
from tests.unit.making_deliveries import texts

MOMENT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
PROVINCES = tuple(f"PV{number}" for number in range(20, 32))
SIDE, LEFT, BOTTOM, ACROSS = 10_000.0, 100_000.0, 400_000.0, 4
TABLES = ("voorstel_punt", "voorstel_lijn", "voorstel_vlak")

Row = dict[str, Any]


def corner(province: str) -> tuple[float, float]:
    """The lower left corner of a province: four provinces beside each other, three rows of them."""
    up, right = divmod(PROVINCES.index(province), ACROSS)
    return LEFT + right * SIDE, BOTTOM + up * SIDE


def box(province: str, x: float, y: float, width: float, height: float) -> shapely.Polygon:
    """A rectangle, measured from the corner of a province."""
    left, bottom = corner(province)
    return shapely.box(left + x, bottom + y, left + x + width, bottom + y + height)


def territories() -> FeatureTable:
    shapes = texts(*(box(each, 0, 0, SIDE, SIDE) for each in PROVINCES))
    return FeatureTable("provincies", shapes, {"statcode": texts(*PROVINCES)})


def feature(identifier: str, shape: shapely.Geometry, **values: Any) -> Row:
    usual = {"legenda": "woningbouw", "rol": "nieuw", "naam": None, "precisie": "concreet", "status": "voorgesteld"}
    return usual | {"id": identifier, "shape": shape, "start_jaar": 2027, "meervoudig": None} | values


def amount(owner: str, value: float, **values: Any) -> Row:
    usual = {"indicator": "woningen", "eenheid": "woningen", "jaar": 2029, "status": None}
    return usual | {"id": f"b-{owner}", "kenmerk": owner, "waarde": value} | values


@dataclass
class Province:
    """What a province draws; `changed` is when, so that it decides the moment of the delivery."""

    code: str
    features: list[Row] = field(default_factory=list)
    amounts: list[Row] = field(default_factory=list)
    changed: str = "2026-11-10T14:30:00.000Z"
    variant: str = "basis"

    def proposal(self, path: Path) -> Path:
        numbers = itertools.count(1)
        ids = (f"{self.code}-{number}" for number in numbers).__next__
        create_proposal(path, self.code, self.variant, read_agreement(), MOMENT, ids)
        for dimension, table in enumerate(TABLES):
            rows = [each for each in self.features if shapely.get_dimensions(each["shape"]) == dimension]
            if rows:
                append(path, table, self._drawn(table, rows))
        if self.amounts:
            append(path, "bijdrage", attribute_table("bijdrage", columns(self.amounts)))
        with transaction(path) as connection:
            connection.execute("UPDATE voorstel SET contact_email = 'ruimte@provincie.example'")
        return path

    def _drawn(self, table: str, rows: Sequence[Row]) -> FeatureTable:
        usual = {"variant": self.variant, "provincie": self.code, "gewijzigd": self.changed}
        plain = [usual | {name: value for name, value in row.items() if name != "shape"} for row in rows]
        return FeatureTable(table, multi(texts(*(row["shape"] for row in rows))), columns(plain))

    def delivery(self, folder: Path, name: str | None = None, draft: bool = False) -> Path:
        """The zip that the province hands over: all that a receiver takes in, without legend, metadata and report."""
        target = folder / f"{name or self.code.lower()}.zip"
        bag = folder / f"{target.stem}-bag"
        proposal = self.proposal(folder / f"{target.stem}.gpkg")
        staged = stage(Request(proposal, self.variant, draft=draft), bag / "data", folder / f"{target.stem}-werk")
        for place, content in ((FINDINGS_JSON, NO_FINDINGS), (BALANCE, self._balance())):
            (bag / "data" / place).parent.mkdir()
            write_json(bag / "data" / place, content)
        write_manifest(bag / "data", head_of(staged, Assessed(), draft))
        write_bag(bag, bag_description(staged, draft, plugin_version()))
        pack(bag, target, f"novex-{self.code.lower()}")
        return target

    def _balance(self) -> Row:
        """A balance of the country as the province has it: the sum of each indicator."""
        sums: dict[tuple[str, str], float] = {}
        for each in self.amounts:
            key = (each["indicator"], each["eenheid"])
            sums[key] = sums.get(key, 0.0) + each["waarde"]
        place = {"place": "Nederland", "place_code": "NL", "place_kind": "land", "year": None}
        more = {"definition": "", "adds": "sum", "by_status": {}, "by_precision": {}, "parts": []}
        totals = [
            {"indicator": name, "unit": unit, "drawn": value, **place, **more} for (name, unit), value in sums.items()
        ]
        head = {"format": "novex-balance", "version": "1.0", "moment": "2026-11-01T09:00:00Z", "agreement": "novex 1.0"}
        return {**head, "proposal": self.code, "variant": self.variant, "places": "provincie", "targets": [],
                "totals": totals, "double_claims": [], "notes": []}  # fmt: skip


NO_FINDINGS = {"format": "novex-findings", "version": "1.0", "counts": {}, "rules": [], "findings": []}


def columns(rows: Sequence[Row]) -> dict[str, np.ndarray]:
    return {name: texts(*(row[name] for row in rows)) for name in rows[0]}


def twelve(count: int = 60, seed: int = 12) -> list[Province]:
    """Provinces that draw areas all over, some of them over the border, and lines and points."""
    random = np.random.default_rng(seed)
    provinces = []
    for code in PROVINCES:
        own = Province(code)
        left, bottom = corner(code)
        for number in range(count):
            x, y = np.array([left, bottom]) + random.uniform(0, SIDE, 2)
            name, value = f"{code}-{number:05}", float(np.round(random.uniform(10, 900), 3))
            shape, values = _kind(number % 10, x, y, value)
            own.features.append(feature(name, shape, naam=f"Plan {number}", legenda=values.pop("legenda")))
            own.amounts.append(amount(name, **values))
        provinces.append(own)
    return provinces


def _kind(number: int, x: float, y: float, value: float) -> tuple[shapely.Geometry, Row]:
    """What the tenth part of the features is, and what each contributes."""
    if number == 8:
        line = shapely.LineString([(x, y), (x + 900, y + 700)])
        length = {"indicator": "lengte_fietsroute", "eenheid": "km", "value": line.length / 1_000}
        return line, {"legenda": "fietsroute", **length}
    if number == 9:
        station = {"indicator": "knooppunten", "eenheid": "knooppunten", "value": 1.0}
        return shapely.Point(x, y), {"legenda": "ov_knooppunt", **station}
    shape = shapely.box(x, y, x + 400, y + 300)
    if number % 2:
        return shape, {"legenda": "natuur_nieuw", "indicator": "oppervlakte_natuur", "eenheid": "ha", "value": 12.0}
    return shape, {"legenda": "woningbouw", "value": value}
