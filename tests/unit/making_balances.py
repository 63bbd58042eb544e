"""Small proposals and targets to balance, made as a province would have them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.check.balance import Balance, Line
from novex_plugin.core.check.ledger import Total
from novex_plugin.core.features.geopackage import append
from novex_plugin.core.features.table import FeatureTable, attribute_table, multi
from novex_plugin.core.proposal.create import create_proposal
from novex_plugin.core.proposal.schema import FEATURE_TABLES

MOMENT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
AGREEMENT = read_agreement()
LIMBURG, COUNTRY = "q-prov-woningen-limburg", "q-won-900k"

Feature = dict[str, Any]


def words(values: Sequence[Any]) -> np.ndarray:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def square(left: float, side: float = 100.0, bottom: float = 360_000.0) -> shapely.Polygon:
    return shapely.box(left, bottom, left + side, bottom + side)


def feature(identifier: str, shape: Any = None, **values: Any) -> Feature:
    """A feature; without a shape a hectare that it has for itself."""
    usual = {"variant": "basis", "legenda": "woningbouw", "rol": "nieuw", "precisie": "indicatief", "status": "idee"}
    usual |= {"provincie": "PV31", "novex_gebied": None, "horizon": 2030, "eind_jaar": None, "meervoudig": None}
    return usual | {"id": identifier, "shape": shape} | values


def amount(owner: str, value: Any = 100.0, **values: Any) -> Feature:
    usual = {"kenmerk": owner, "indicator": "woningen", "waarde": value, "eenheid": "woningen", "jaar": 2029}
    return usual | {"status": None} | values


def share_of(owner: str, value: float, **values: Any) -> Feature:
    return amount(owner, value, indicator="aandeel_betaalbaar", eenheid="%", **values)


def filled(path: Path, features: list[Feature], amounts: list[Feature], name: str = "v.gpkg") -> Path:
    """A proposal for Limburg with these features and contributions; `path` is its folder."""
    target = path / name
    create_proposal(target, "PV31", "basis", AGREEMENT, MOMENT, (f"begin-{n}" for n in itertools.count()).__next__)
    shapes = [each["shape"] or square(190_000.0 + 200.0 * number) for number, each in enumerate(features)]
    dimensions = shapely.get_dimensions(words(shapes)) if shapes else np.empty(0)
    for dimension, kind in ((2, "vlak"), (1, "lijn"), (0, "punt")):
        rows = np.flatnonzero(dimensions == dimension).tolist()
        if rows:
            names = [column for column in feature("") if column != "shape"]
            columns = {column: words([features[row][column] for row in rows]) for column in names}
            geometry = multi(words([shapes[row] for row in rows]))
            append(target, FEATURE_TABLES[kind], FeatureTable(FEATURE_TABLES[kind], geometry, columns))
    given = [{"id": f"b{number}", **each} for number, each in enumerate(amounts)]
    if given:
        append(target, "bijdrage", attribute_table("bijdrage", {n: words([row[n] for row in given]) for n in given[0]}))
    return target


def goal(identifier: str, **values: Any) -> dict[str, Any]:
    """A target as a file has it: 100 homes in Limburg up to and including 2030."""
    usual = {"id": identifier, "use": "doel", "reason": None, "label": {"nl": "Woningen", "en": "Homes"}}
    usual |= {"indicator": "woningen", "unit": "woningen", "from_year": None, "year": 2030, "as_stated": None}
    usual |= {"minimum": 100, "maximum": None, "comparator": "ten-minste", "status": "voorstel", "doubt": None}
    usual |= {"related": [], "citation": {"source": "proef", "part": "1"}, "note": None}
    usual |= {"place": place("provincie", "PV31", "Limburg")}
    return usual | values


def place(kind: str, code: str, name: str, provinces: Sequence[str] = ("PV31",)) -> dict[str, Any]:
    return {"kind": kind, "code": code, "name": name, "provinces": [] if kind == "land" else list(provinces)}


def goals(folder: Path, *targets: dict[str, Any]) -> list[Path]:
    head = {"format": "novex-targets", "version": "1.0", "id": "proef", "release": "1.0", "programme": "woningbouw"}
    path = folder / "doelen.json"
    content = {**head, "title": {"nl": "Proef", "en": "Trial"}, "targets": list(targets)}
    path.write_text(json.dumps(content), encoding="utf-8")
    return [path]


def areas(shapes: dict[str, shapely.Geometry], column: str = "naam") -> FeatureTable:
    return FeatureTable("gebieden", words(list(shapes.values())), {column: words(list(shapes))})


def line(result: Balance, target: str = LIMBURG) -> Line:
    return next(each for each in result.targets if each.target == target)


def total(result: Balance, place_code: str, indicator: str = "woningen", year: int | None = 2030) -> Total:
    return next(
        each for each in result.totals if (each.place_code, each.indicator, each.year) == (place_code, indicator, year)
    )


def drawn(result: Balance, indicator: str = "woningen", year: int | None = None) -> dict[str, Any]:
    """What is drawn for an indicator in each place that has any of it."""
    chosen = (each for each in result.totals if (each.indicator, each.year) == (indicator, year))
    return {each.place_code: each.drawn for each in chosen if each.parts}
