"""The JSON Schema of features comes from the agreement, holds for what is delivered, and refuses the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from jsonschema import Draft202012Validator

from novex_plugin.core.agreement import agreement_path, read_agreement
from novex_plugin.core.delivery.geojson import write_geojson, write_geojson_rd
from novex_plugin.core.features.geopackage import append, read_layer
from novex_plugin.core.features.table import FeatureTable, multi
from novex_plugin.core.proposal.feature_schema import feature_schema
from novex_plugin.core.proposal.read import read_proposal
from novex_plugin.core.proposal.schema import FEATURE_TABLES
from tests.unit.making_checks import Case, objects
from tests.unit.second_agreement import REQUIRED
from tests.unit.second_agreement import agreement as second_agreement

Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Every legend unit once in each kind of geometry, as an area first."""
    case = Case(tmp_path_factory.mktemp("kenmerken"))
    shapes = {
        "vlak": shapely.box(200_000, 450_000, 200_100, 450_100),
        "lijn": shapely.LineString([(200_000, 450_000), (200_100, 450_000)]),
        "punt": shapely.Point(200_000, 450_000),
    }
    for kind, table in FEATURE_TABLES.items():
        units = read_agreement().drawn_as(kind)
        rows = [
            {
                "id": f"{number:08d}-0000-4000-8000-0000000000{len(kind)}a",
                "variant": "basis",
                "legenda": unit.code,
                "rol": unit.roles[0],
                "precisie": "concreet",
                "status": "idee",
                "provincie": "PV25",
                "horizon": 2050 if number % 2 else None,
                "start_jaar": 2030 if number % 2 else None,
                "meervoudig": "natuur_nieuw,recreatie" if number % 2 else None,
                **dict.fromkeys(set(unit.required) - set(REQUIRED), 1),
            }
            for number, unit in enumerate(units)
        ]
        names = sorted({name for row in rows for name in row})
        columns = {name: objects(*(row.get(name) for row in rows)) for name in names}
        append(case.proposal, table, FeatureTable(table, multi(objects(*[shapes[kind]] * len(rows))), columns))
    return case


def collection(case: Case, write: Callable[..., None] = write_geojson) -> dict[str, Any]:
    target = case.folder / "voorstel.geojson"
    write(target, [read_layer(case.proposal, table) for table in FEATURE_TABLES.values()])
    content: dict[str, Any] = json.loads(target.read_bytes())
    return content


@pytest.mark.parametrize("write", [write_geojson, write_geojson_rd])
def test_every_unit_as_it_is_delivered_keeps_to_the_schema(case: Case, write: Callable[..., None]) -> None:
    schema = feature_schema(read_agreement())
    Draft202012Validator.check_schema(schema)
    content = collection(case, write)
    assert len(content["features"]) == sum(len(read_agreement().drawn_as(kind)) for kind in FEATURE_TABLES)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(content)] == []


def changed(**values: Any) -> Change:
    return lambda feature: feature["properties"].update(values)


SPOILED: dict[str, Change] = {
    "a unit of the other geometry": changed(legenda="fietsroute"),
    "a unit that does not exist": changed(legenda="kasteel"),
    "a code outside its list": changed(status="misschien"),
    "a role that the unit does not have": changed(legenda="milieuzone", rol="reservering"),
    "a value that is lacking": changed(precisie=None),
    "a year in words": changed(start_jaar="straks"),
    "a horizon outside its list": changed(horizon=2045),
    "another use that does not exist": changed(meervoudig="recreatie,kasteel"),
    "a field that nobody knows": changed(kleur="rood"),
    "a table that nobody knows": changed(tabel="schets"),
    "a field that is not there": lambda feature: feature["properties"].pop("naam"),
    "another geometry": lambda feature: feature["geometry"].update(type="Polygon"),
    "no geometry": lambda feature: feature.update(geometry=None),
    "words for coordinates": lambda feature: feature["geometry"].update(coordinates=[[[["hier", "daar"]]]]),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_what_departs_from_the_agreement_is_refused(case: Case, spoil: Change) -> None:
    validator = Draft202012Validator(feature_schema(read_agreement()))
    content = collection(case)
    content["features"] = content["features"][:1]
    assert validator.is_valid(content)
    spoil(content["features"][0])
    assert not validator.is_valid(content)


def test_another_agreement_asks_other_things(tmp_path: Path) -> None:
    path = tmp_path / "proefland-2.0.json"
    path.write_text(json.dumps(second_agreement()), encoding="utf-8")
    schema = feature_schema(read_agreement(path))
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == "novex-features-proefland-2.0"
    areas, points = (schema["$defs"][table]["properties"]["properties"] for table in ("voorstel_vlak", "voorstel_punt"))
    assert areas["properties"]["legenda"]["enum"] == ["huis"]
    assert points["properties"]["legenda"]["enum"] == []
    assert [each["then"]["properties"] for each in areas["allOf"]] == [
        {"naam": {"not": {"enum": [None, ""]}}, "rol": {"enum": ["gepland", "vervalt"]}}
    ]


def test_the_reading_of_a_proposal_asks_the_same_of_roles_and_of_kinds_without_units(tmp_path: Path) -> None:
    case = Case(tmp_path)
    square = shapely.box(200_000, 450_000, 200_100, 450_100)
    case.draw("00000001-0000-4000-8000-0000000000aa", "milieuzone", square, rol="reservering")
    case.draw("00000002-0000-4000-8000-0000000000aa", "stiltegebied", square, rol="bestaand")
    case.draw("00000003-0000-4000-8000-0000000000aa", "laadplein", shapely.Point(200_000, 450_000))
    (problem,) = read_proposal(case.proposal).problems
    assert (problem.table, problem.row, problem.field) == ("voorstel_vlak", 1, "rol")
    assert "kies uit nieuw, bestaand, zoekgebied, transformatie, vervalt" in problem.message

    content = json.loads(agreement_path("novex-1.0").read_bytes())
    content["legend"] = [unit for unit in content["legend"] if "punt" not in unit["geometry"]]
    fewer = tmp_path / "novex-1.0.json"
    fewer.write_text(json.dumps(content), encoding="utf-8")
    problems = read_proposal(case.proposal, read_agreement(fewer)).problems
    assert [(each.table, each.field) for each in problems] == [("voorstel_vlak", "rol"), ("voorstel_punt", "legenda")]
