"""Edits as a specialist makes them in QGIS: of every sort, at random, on a proposal that lies in its file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from novex_plugin.core.features.table import FeatureTable, attribute_table
from novex_plugin.core.proposal.edits import TableEdits
from novex_plugin.core.proposal.read import Proposal
from novex_plugin.core.proposal.schema import FEATURE_TABLES
from tests.unit.making_checks import REASON, objects

DRAWN = tuple(FEATURE_TABLES.values())


def changed(rows: FeatureTable, places: list[int], shape: Any = None, **values: Any) -> FeatureTable:
    """Some rows of a table with other values, and in another shape where one is given."""
    taken = rows.take(np.array(places, dtype=np.int64))
    columns = {name: column.astype(object) for name, column in taken.columns.items()}
    columns |= {name: objects(*([value] * len(places))) for name, value in values.items()}
    geometry = taken.geometry if shape is None else objects(*([shape] * len(places)))
    return FeatureTable(rows.name, geometry, columns, rows.epsg)


def together(*parts: FeatureTable) -> FeatureTable:
    """Rows of one table as one."""
    columns = {name: np.concatenate([part.columns[name] for part in parts]) for name in parts[0].columns}
    return FeatureTable(parts[0].name, np.concatenate([part.geometry for part in parts]), columns, parts[0].epsg)


@dataclass
class Editor:
    """Makes some edits of a proposal; the same seed makes the same."""

    saved: Proposal
    seed: int
    deleted: dict[str, list[int]] = field(default_factory=dict)
    rows: dict[str, dict[int, FeatureTable]] = field(default_factory=dict)
    added: dict[str, list[FeatureTable]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = np.random.default_rng(self.seed)
        self.last = 0

    def edits(self, count: int) -> dict[str, TableEdits]:
        """So many edits, as the buffers of the tables hold them."""
        sorts: tuple[Callable[[], None], ...] = (
            self.move, self.reshape, self.become, self.delete, self.copy, self.contribute, self.answer, self.explain,
            self.contradict, self.cross,
        )  # fmt: skip
        for _ in range(count):
            sorts[int(self.random.integers(0, len(sorts)))]()
        return {
            name: TableEdits(
                np.array(self.deleted.get(name, []), dtype=np.int64),
                together(*self.rows[name].values()) if self.rows.get(name) else None,
                together(*self.added[name]) if self.added.get(name) else None,
            )
            for name in {*self.deleted, *self.rows, *self.added}
        }

    def _feature(self, wanted: tuple[str, ...] = DRAWN) -> tuple[FeatureTable, int]:
        rows = self.saved.tables[wanted[int(self.random.integers(0, len(wanted)))]]
        return rows, int(self.random.integers(0, len(rows)))

    def _change(self, rows: FeatureTable, place: int, shape: Any = None, **values: Any) -> None:
        own = self.rows.setdefault(rows.name, {})
        before = own.get(place, changed(rows, [place]))
        own[place] = changed(before, [0], shape, **values)

    def _shape(self, rows: FeatureTable, place: int) -> Any:
        edited = self.rows.get(rows.name, {}).get(place)
        return rows.geometry[place] if edited is None else edited.geometry[0]

    def move(self) -> None:
        rows, place = self._feature()
        offset = self.random.uniform(-2_000, 2_000, 2)
        self._change(rows, place, shapely.transform(self._shape(rows, place), lambda points: points + offset))

    def reshape(self) -> None:
        rows, place = self._feature(("voorstel_vlak",))
        wider = shapely.buffer(self._shape(rows, place), float(self.random.uniform(20, 400)), quad_segs=4)
        self._change(rows, place, wider)

    def cross(self) -> None:
        """A polygon drawn across itself."""
        rows, place = self._feature(("voorstel_vlak",))
        west, south, east, north = shapely.bounds(self._shape(rows, place)).tolist()
        self._change(rows, place, shapely.Polygon([(west, south), (east, north), (east, south), (west, north)]))

    def become(self) -> None:
        rows, place = self._feature()
        kind = next(kind for kind, table in FEATURE_TABLES.items() if table == rows.name)
        units = [unit.code for unit in self.saved.agreement.drawn_as(kind)]
        also = ",".join(str(each) for each in self.random.choice(units, 2)) if self.random.random() < 0.4 else None
        roles = ("nieuw", "transformatie", "zoekgebied", "vervalt", "bestaand")
        self._change(
            rows, place, legenda=str(self.random.choice(units)), rol=str(self.random.choice(roles)), meervoudig=also
        )

    def delete(self) -> None:
        rows, place = self._feature()
        self.deleted.setdefault(rows.name, []).append(int(rows.columns["fid"][place]))

    def copy(self) -> None:
        """A copy under its own id, or (as after copying and pasting) under the id of its example."""
        rows, place = self._feature()
        self.last -= 1
        new = f"nieuw-{self.seed}-{-self.last}" if self.random.random() < 0.8 else str(rows.columns["id"][place])
        offset = self.random.uniform(-300, 300, 2)
        shape = shapely.transform(self._shape(rows, place), lambda points: points + offset)
        self.added.setdefault(rows.name, []).append(changed(rows, [place], shape, id=new, fid=self.last))

    def _any_id(self) -> str:
        rows, place = self._feature()
        return str(rows.columns["id"][place])

    def _add(self, table: str, **values: Any) -> None:
        self.last -= 1
        saved = self.saved.tables[table]
        row = dict.fromkeys(saved.columns) | {"fid": self.last, "id": f"{table}-{self.seed}-{-self.last}"} | values
        new = attribute_table(table, {name: objects(value) for name, value in row.items()})
        self.added.setdefault(table, []).append(new)

    def contribute(self) -> None:
        """A contribution, of which some are of no use: in another unit, unknown, or with an id that stands there."""
        twice = str(self.saved.tables["bijdrage"].columns["id"][0])
        odd = ({}, {"eenheid": "ha"}, {"indicator": "luchtkastelen"}, {"id": twice}, {"waarde": None})
        values = {"indicator": "woningen", "waarde": 12.0, "eenheid": "woningen", "jaar": 2030}
        choice = odd[int(self.random.integers(0, len(odd)))]
        self._add("bijdrage", kenmerk=self._any_id(), **{**values, **choice})

    def contradict(self) -> None:
        """Another contribution than there was, or none."""
        rows = self.saved.tables["bijdrage"]
        place = int(self.random.integers(0, len(rows)))
        if self.random.random() < 0.5:
            self.deleted.setdefault("bijdrage", []).append(int(rows.columns["fid"][place]))
        else:
            self._change(rows, place, indicator="banen", eenheid="banen", kenmerk=self._any_id())

    def answer(self) -> None:
        asked = ("soortenmanagementplan", "laddertoets", "wbs-p2-vasthouden", "natuurinclusief-zonnepark")
        given = ("ja", "nee", "nvt", "2", "weten we niet")
        said = str(self.random.choice(given)), REASON if self.random.random() < 0.5 else None
        self._add("verklaring", kenmerk=self._any_id(), variant="basis", verklaring=str(self.random.choice(asked)),
                  waarde=said[0], toelichting=said[1])  # fmt: skip

    def explain(self) -> None:
        rules = (
            "erf-beschermd-gezicht",
            "wbs-18-landbouwgrond",
            "nplg-geen-verslechtering-n2000",
            "wbs-20-bodemdaling",
        )
        self._add("motivering", kenmerk=self._any_id(), regel=str(self.random.choice(rules)), reden=REASON,
                  datum="2026-11-02", variant="basis")  # fmt: skip
