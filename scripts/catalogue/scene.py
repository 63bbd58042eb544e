"""A scene is all that a rule is put to, made in memory: what is drawn, what lies there, and what is told about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from novex_plugin.core.check.drawing import NUMBERS, Drawing
from novex_plugin.core.check.evaluate import Evaluation, RuleOutcome
from novex_plugin.core.check.objects import Objects
from novex_plugin.core.features.levels import Levels, PolygonLevels
from novex_plugin.core.features.overlay import Indexed
from novex_plugin.core.features.table import FeatureTable, attribute_table
from novex_plugin.core.proposal.schema import proposal_layers
from novex_plugin.core.rules.bindings import Bindings
from novex_plugin.core.rules.model import Catalogue, Rule, Value
from novex_plugin.core.rules.question import DRAWN_FIELDS
from scripts.catalogue.agreed import agreed

VARIANT = "basis"
_TABLES = {2: "voorstel_vlak", 1: "voorstel_lijn", 0: "voorstel_punt"}


@dataclass(frozen=True)
class Drawn:
    """One feature: `geometry` in EPSG:28992, `fields` by column name."""

    id: str
    geometry: Any
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Scene:
    """What is drawn, the objects by slot (with their levels in cm, where a slot is a level), rows of the tables
    bijdrage and verklaring, and values for parameters that the source leaves open."""

    province: str
    features: tuple[Drawn, ...]
    objects: Mapping[str, Sequence[Any]]
    levels: Mapping[str, Sequence[float]] = field(default_factory=dict)
    contributions: tuple[Mapping[str, Any], ...] = ()
    statements: tuple[Mapping[str, Any], ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)
    ijkmoment: int = 1
    today: date = date(2026, 11, 20)


class SceneObjects(Objects):
    """The objects of a scene in the place of layers that are read from files."""

    def __init__(self, bindings: Bindings, scene: Scene) -> None:
        super().__init__(bindings, None, None)
        self._scene = scene

    def missing(self, slot: str) -> str | None:
        return None if slot in self._scene.objects else f"voor {slot} is geen dataset gekoppeld"

    def missing_level(self, slot: str) -> str | None:
        return None if slot in self._scene.levels else f"voor {slot} is geen peil gekoppeld"

    def used(self, slots: Any) -> list[Any]:
        return []

    def levels(self, slot: str) -> Levels:
        return PolygonLevels(_objects(self._scene.objects[slot]), np.array(self._scene.levels[slot], dtype=np.float64))

    def _layer(self, slot: str, bounds: Any) -> Indexed:
        return Indexed(_objects(self._scene.objects[slot]))


def judged(rule: Rule, catalogue: Catalogue, scene: Scene) -> RuleOutcome:
    """Put a rule to a scene, by the same evaluation as a check."""
    values = {(rule.id, name): value for name, value in scene.values.items()}
    bindings = Bindings(Path("voorbeeld"), {}, values)
    return Evaluation(drawing_of(scene), SceneObjects(bindings, scene), bindings, scene.today).outcome(rule, catalogue)


def drawing_of(scene: Scene) -> Drawing:
    """What is drawn in a scene, as the check reads it from a proposal."""
    count = len(scene.features)
    geometry = _objects([each.geometry for each in scene.features])
    return Drawing(
        id="voorbeeld",
        variant=VARIANT,
        province=scene.province,
        ijkmoment=scene.ijkmoment,
        tables=_objects([_TABLES[dimension] for dimension in shapely.get_dimensions(geometry).tolist()]),
        ids=_objects([each.id for each in scene.features]),
        fids=np.arange(1, count + 1),
        geometry=geometry,
        columns={name: _column(name, [each.fields.get(name) for each in scene.features]) for name in DRAWN_FIELDS},
        faults=np.full(count, None, dtype=object),
        contributions=_rows("bijdrage", scene.contributions),
        statements=_rows("verklaring", [row | {"variant": VARIANT} for row in map(dict, scene.statements)]),
        explanations=_rows("motivering", ()),
        digest="",
        departures=(),
        unfilled=(),
    )


def _rows(table: str, rows: Sequence[Mapping[str, Any]]) -> FeatureTable:
    """Rows of an attribute table with all columns of the schema, and what is not given absent."""
    (layer,) = [each for each in proposal_layers(agreed()) if each.name == table]
    columns = {}
    for column in layer.columns:
        values = [row.get(column.name) for row in rows]
        columns[column.name] = _numbers(values) if column.type in ("REAL", "INTEGER") else _objects(values)
    return attribute_table(table, columns)


def _column(name: str, values: Sequence[Any]) -> Any:
    return _numbers(values) if name in NUMBERS else _objects(values)


def _numbers(values: Sequence[Any]) -> Any:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _objects(values: Sequence[Any]) -> Any:
    array = np.empty(len(values), dtype=object)
    array[:] = list(values)
    return array
