"""Deliveries as large as provinces may hand over, with the contributions, balance and findings that belong to them."""

from __future__ import annotations

import uuid
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from novex_plugin.core.check.balance import balance
from novex_plugin.core.check.balance_files import balance_content
from novex_plugin.core.features.table import FeatureTable
from tests.unit.making_deliveries import texts
from tests.unit.making_merges import MOMENT, PROVINCES, Province, Row, amount, feature

SIDE, LEFT, BOTTOM, ACROSS = 60_000.0, 10_000.0, 310_000.0, 4
"""Squares of the size of a province, four beside each other."""

STATUSES = ("idee", "verkenning", "voorgesteld", "afgesproken")
PRECISIONS = ("zoekgebied", "indicatief", "concreet")
KINDS = (
    ("woningbouw", "woningen", "woningen"),
    ("natuur_nieuw", "oppervlakte_natuur", "ha"),
    ("bedrijventerrein", "oppervlakte_bruto", "ha"),
    ("fietsroute", "lengte_fietsroute", "km"),
    ("ov_knooppunt", "knooppunten", "knooppunten"),
)


@dataclass
class LargeProvince(Province):
    """A province whose delivery has the balance that the plugin makes of its proposal."""

    file: Path | None = None

    def proposal(self, path: Path) -> Path:
        self.file = super().proposal(path)
        return self.file

    def _balance(self) -> Row:
        assert self.file is not None
        return balance_content(balance(self.file, self.variant, None, MOMENT))


def sizes(smallest: int, largest: int) -> list[int]:
    """How many features each of the twelve draws, from few to many."""
    return [int(each) for each in np.linspace(smallest, largest, len(PROVINCES)).round()]


def corner(province: str) -> tuple[float, float]:
    up, right = divmod(PROVINCES.index(province), ACROSS)
    return LEFT + right * SIDE, BOTTOM + up * SIDE


def squares() -> FeatureTable:
    """The territories of the provinces, with their codes."""
    shapes = texts(*(shapely.box(x, y, x + SIDE, y + SIDE) for x, y in map(corner, PROVINCES)))
    return FeatureTable("provincies", shapes, {"statcode": texts(*PROVINCES)})


def large_province(code: str, count: int, seed: int = 12) -> LargeProvince:
    """A province that draws `count` features all over, some of them over the border; each contributes something."""
    random = np.random.default_rng([seed, PROVINCES.index(code)])
    own = LargeProvince(code)
    left, bottom = corner(code)
    for number in range(count):
        name = str(uuid.UUID(bytes=random.bytes(16), version=4))
        x, y = np.array([left, bottom]) + random.uniform(0, SIDE, 2).round(2)
        legend, indicator, unit = KINDS[0 if number % 10 < 5 else number % 5]
        shape, value = _drawn(indicator, x, y, random)
        said = {"status": STATUSES[number % len(STATUSES)], "precisie": PRECISIONS[number % len(PRECISIONS)]}
        own.features.append(feature(name, shape, naam=f"Plan {number}", legenda=legend, **said))
        year = int(random.integers(2027, 2050))
        own.amounts.append(amount(name, value, indicator=indicator, eenheid=unit, jaar=year))
    return own


def _drawn(indicator: str, x: float, y: float, random: np.random.Generator) -> tuple[shapely.Geometry, float]:
    """A shape, and what it contributes."""
    if indicator == "lengte_fietsroute":
        line = shapely.LineString([(x, y), (x + 900, y + 700), (x + 1_400, y + 650)])
        return line, round(line.length / 1_000, 3)
    if indicator == "knooppunten":
        return shapely.Point(x, y), 1.0
    area = shapely.box(x, y, x + 250, y + 200)
    return area, 5.0 if indicator.startswith("oppervlakte") else float(round(random.uniform(10, 900)))


def _delivered(folder: Path, code: str, count: int) -> Path:
    return large_province(code, count).delivery(folder)


def deliveries(folder: Path, counts: list[int], processes: int = 2) -> list[Path]:
    """Write the zips of all twelve to `folder`."""
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(_delivered, [folder] * len(PROVINCES), PROVINCES, counts))
