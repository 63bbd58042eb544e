"""The board that the practice plan is drawn on: what lies there already, and where there is room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray

from scripts.practice.grid import Array, Geometries
from scripts.practice.landscape import SEED
from scripts.practice.province import Province

_PAVED = {"WON": 0.58, "WON-S": 0.8, "BT": 0.8, "LOG": 0.85}
_GREEN_PCT = {"WON": 16.0, "WON-S": 9.0, "BT": 8.0, "LOG": 6.0}
_HECTARES = {"NAT": "NATUUR", "BOS": "BOS", "VEEN": "VERNAT", "REC": "RECREATIE", "GRO": "GROEN"}
_ALSO = {"WB": "natuur_nieuw", "RIV": "natuur_nieuw", "WON-S": "groen_stedelijk", "LNI": "waterberging"}


@dataclass
class Drawing:
    """What is drawn so far; places are looked for where nothing drawn lies yet."""

    province: Province
    areas: list[tuple[shapely.Geometry, dict[str, str | float]]] = field(default_factory=list)
    lines: list[tuple[shapely.Geometry, dict[str, str | float]]] = field(default_factory=list)
    points: list[tuple[shapely.Geometry, dict[str, str | float]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        names = ("bebouwd", "rivierbed", "keringszones", "waterberging", "natura2000", "natuurnetwerk", "waterdelen",
                 "grondwaterbescherming", "bedrijventerreinen", "polders", "beekdalen", "buisleidingen",
                 "terreinen", "erfgoed")  # fmt: skip
        self.layer = {name: shapely.union_all(self.province.tables[name].geometry) for name in names}
        through = shapely.union_all([*self.province.town.motorways, *self.province.town.railways]).buffer(45)
        self.obstacles = shapely.union_all([*(self.layer[name] for name in names), through])
        self.land = self.province.land.border.buffer(-250)
        shapely.prepare(self.obstacles)
        shapely.prepare(self.land)

    def settlement(self, name: str) -> tuple[float, float]:
        """The middle of a town."""
        row = self.province.town.names.tolist().index(name)
        x, y = self.province.town.places[row]
        return float(x), float(y)

    def site(
        self,
        near: tuple[float, float],
        size: tuple[float, float],
        seed: int,
        inside: shapely.Geometry | None = None,
        touching: shapely.Geometry | None = None,
    ) -> shapely.Geometry:
        """The place nearest to `near` where a drawn area fits: inside an area, or clear of all obstacles.

        With `touching` it must overlap that area by a fifth to a half of its own and may lie on obstacles.
        """
        steps = np.arange(-6_000, 6_001, 150)
        offsets = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
        offsets = offsets[np.argsort(np.hypot(*offsets.T), kind="stable")]
        shape = hand_drawn(size, seed)
        for some in np.array_split(offsets, 40):
            candidates = shapely.polygons(shape[None] + (some + near)[:, None, :])
            good = self._fitting(candidates, inside, touching)
            if good.any():
                return candidates[int(np.argmax(good))]
        raise ValueError(f"no room near {near} for an area of {size}")

    def _fitting(
        self, candidates: Geometries, inside: shapely.Geometry | None, touching: shapely.Geometry | None
    ) -> NDArray[np.bool_]:
        good = shapely.contains_properly(self.land, candidates)
        for shape, _ in self.areas:
            good &= ~shapely.dwithin(candidates, shape, 90)
        if inside is not None:
            return good & shapely.contains(inside.buffer(15), candidates)
        if touching is not None:
            share = shapely.area(shapely.intersection(candidates, touching)) / shapely.area(candidates)
            return good & (share > 0.15) & (share < 0.5) & ~shapely.intersects(candidates, self.layer["rivierbed"])
        return good & ~shapely.intersects(self.obstacles, candidates)

    def area(self, shape: shapely.Geometry, number: str, code: str, title: str, **values: str | float) -> None:
        """Draw an area, with what its size tells of it."""
        row = {"NR": number, "CODE": code, "OMSCHR": title, "LADDER": "1", **_of_size(code, shape), **values}
        self.areas.append((shape, row))

    def line(
        self, points: Sequence[tuple[float, float]], number: str, code: str, title: str, **values: str | float
    ) -> None:
        """Draw a line through points given in metres from the grid's corner."""
        moved = np.array(points, dtype=float) + np.array(self.province.land.grid.bounds[:2])
        self.lines.append((shapely.linestrings(moved), {"NR": number, "CODE": code, "OMSCHR": title, **values}))

    def point(self, x: float, y: float, number: str, code: str, title: str, **values: str | float) -> None:
        """Draw a point, given in metres from the grid's corner."""
        west, south, _, _ = self.province.land.grid.bounds
        self.points.append(
            (shapely.Point(west + x, south + y), {"NR": number, "CODE": code, "OMSCHR": title, **values})
        )


def hand_drawn(size: tuple[float, float], seed: int) -> Array:
    """The outline of an area as people draw it: a dozen corners, sides that are nearly straight."""
    rng = np.random.default_rng(SEED + 500 + seed)
    turn = np.linspace(0, 2 * np.pi, 13, endpoint=False) + rng.uniform(-0.1, 0.1, 13)
    reach = (np.abs(np.cos(turn)) ** 4 + np.abs(np.sin(turn)) ** 4) ** -0.25 * rng.uniform(0.86, 1.06, 13)
    ring = np.stack([size[0] / 2 * reach * np.cos(turn), size[1] / 2 * reach * np.sin(turn)], axis=1)
    angle = rng.uniform(-0.45, 0.45)
    spin = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.round(ring @ spin / 5) * 5


def _of_size(code: str, shape: shapely.Geometry) -> dict[str, str | float]:
    """What the size of an area tells: how much is built on, paved and green, or made."""
    hectares = round(float(shapely.area(shape)) / 1e4, 1)
    told: dict[str, str | float] = {}
    if code in _PAVED:
        told |= {"BRUTO": hectares, "VERHARD": round(hectares * _PAVED[code], 1), "GROENPCT": _GREEN_PCT[code]}
    if code in _HECTARES:
        told[_HECTARES[code]] = hectares
    if code in _ALSO:
        told["OOK"] = _ALSO[code]
    return told
