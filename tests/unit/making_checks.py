"""Small proposals, datasets, bindings and rule files to check."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.check.evaluate import RuleOutcome
from novex_plugin.core.check.run import CheckResult, check
from novex_plugin.core.features.geopackage import Column, Layer, append, create, transaction
from novex_plugin.core.features.table import FeatureTable, attribute_table, multi
from novex_plugin.core.progress import Progress, Silent
from novex_plugin.core.proposal.create import create_proposal

MOMENT = datetime(2026, 11, 20, 8, tzinfo=UTC)
REASON = "Over deze plek ligt een afspraak met het Rijk."
_TABLES = {0: "voorstel_punt", 1: "voorstel_lijn", 2: "voorstel_vlak"}
_TYPES = {0: "POINT", 1: "MULTILINESTRING", 2: "MULTIPOLYGON"}


def objects(*values: Any) -> np.ndarray:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


@dataclass
class Case:
    """A proposal of province PV25 with one variant, its datasets and one rule or the rules of the plugin."""

    folder: Path
    province: str = "PV25"
    bindings: list[dict[str, Any]] = field(default_factory=list)
    parameters: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        ids = iter(f"{number:08d}-0000-4000-8000-000000000000" for number in range(1, 100))
        create_proposal(self.proposal, self.province, "basis", read_agreement(), MOMENT, lambda: next(ids))

    @property
    def proposal(self) -> Path:
        return self.folder / "voorstel.gpkg"

    def draw(self, kenmerk: str, unit: str, shape: Any, **values: Any) -> Case:
        dimension = int(shapely.get_dimensions(shape))
        row = {"id": kenmerk, "variant": "basis", "legenda": unit, "rol": "nieuw", "precisie": "concreet"}
        row |= {"status": "idee", "provincie": self.province} | values
        geometry = multi(objects(shape))
        columns = {name: objects(value) for name, value in row.items()}
        append(self.proposal, _TABLES[dimension], FeatureTable(_TABLES[dimension], geometry, columns))
        return self

    def write(self, table: str, **values: Any) -> Case:
        columns = {name: objects(value) for name, value in values.items()}
        append(self.proposal, table, attribute_table(table, columns))
        return self

    def explain(self, regel: str, kenmerk: str | None, reden: str = REASON, **values: Any) -> Case:
        return self.write("motivering", id=f"m-{regel}-{kenmerk}", regel=regel, kenmerk=kenmerk, reden=reden, **values)

    def dataset(self, slot: str, *shapes: Any, epsg: int = 28992, **columns: Sequence[Any]) -> Case:
        """A layer of the user's own, bound to the slot."""
        path = self.folder / f"{slot}.gpkg"
        kind = _TYPES[int(shapely.get_dimensions(shapes[0]))]
        types = {name: "REAL" if isinstance(values[0], float) else "TEXT" for name, values in columns.items()}
        create(path, [Layer("laag", kind, tuple(Column(name, of) for name, of in types.items()), epsg=epsg)])
        rows = {name: objects(*values) for name, values in columns.items()}
        append(path, "laag", FeatureTable("laag", multi(objects(*shapes)), rows, epsg))
        return self.bind(slot, own={"name": f"proef {slot}", "place": path.name, "reason": "Een laag voor de proef."})

    def bind(self, slot: str, **values: Any) -> Case:
        entry = {"slot": slot, "dataset": None, "layer": None, "filter": None, "own": None} | values
        self.bindings = [each for each in self.bindings if each["slot"] != slot] + [entry]
        return self

    def set(self, rule: str, parameter: str, value: Any) -> Case:
        reason = "Vastgesteld in het gebiedsproces."
        self.parameters.append({"rule": rule, "parameter": parameter, "value": value, "reason": reason})
        return self

    def bindings_file(self) -> Path:
        path = self.folder / "koppelingen.json"
        content = {"format": "novex-bindings", "version": "1.0", "bindings": self.bindings}
        path.write_text(json.dumps(content | {"parameters": self.parameters}))
        return path

    def run(self, *rules: Path, snapshot: Path | None = None, progress: Progress | None = None) -> CheckResult:
        bindings, told = self.bindings_file(), progress or Silent()
        return check(self.proposal, "basis", snapshot, bindings, list(rules) or None, MOMENT, told)

    def ask(self, kind: str, **values: Any) -> RuleOutcome:
        """The outcome of one rule of this kind about woningbouw; `values` change the rule."""
        (outcome,) = self.run(rule_file(self.folder, rule(kind, **values))).outcomes
        return outcome


def rule(kind: str, **values: Any) -> dict[str, Any]:
    """A rule about woningbouw whose object is the slot natura2000."""
    parameters = values.pop("parameters", {})
    slots = values.pop("slots", ["natura2000"])
    base = {
        "id": "proef-1",
        "version": "1.0",
        "keuze": None,
        "text": {"nl": "Een proefregel.", "en": "A rule to try."},
        "kind": kind,
        "subject": {"groups": ["woningbouw"], "legend": [], "roles": ["nieuw"]},
        "objects": {"slots": slots, "combine": values.pop("combine", "any")},
        "parameters": {
            name: {"value": value, "unit": unit, "source": "voor de proef"}
            for name, (value, unit) in parameters.items()
        },
        "hardness": "pas_toe_of_leg_uit",
        "exceptions": [],
        "applies": {"provinces": "alle", "area_types": []},
        "from_ijkmoment": 1,
        "citation": {"document": "Proef", "annex": "geen", "programme": "Proef", "keuze": None},
        "note": None,
    }
    return base | values


def rule_file(folder: Path, *rules: dict[str, Any], name: str = "regels.json", **values: Any) -> Path:
    content = {
        "format": "novex-rules",
        "version": "1.0",
        "catalogue": "proef",
        "release": "1.0",
        "programme": "woningbouw",
        "title": {"nl": "Proef", "en": "Trial"},
        "note": None,
        "tolerance": {"area_m2": 1.0, "length_m": 0.1, "share": 1e-6},
        "statements": [{"id": "maatlat", "nl": "Volgt u {1}?", "en": "Do you follow {1}?"}],
        "rules": list(rules),
    }
    path = folder / name
    path.write_text(json.dumps(content | values))
    return path


def damaged(path: Path, statement: str) -> None:
    """Change a GeoPackage in a way that the plugin itself would refuse."""
    with transaction(path) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(statement)


def box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    return shapely.box(west, south, east, north)


Make = Callable[[], Case]
