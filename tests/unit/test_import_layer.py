"""An existing layer comes in by its mapping; what does not fit is refused with the reason, and nothing is half-done."""

from __future__ import annotations

import json
import sqlite3
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import append, layer_names, read_layer
from novex_plugin.core.features.table import FeatureTable, attribute_table
from novex_plugin.core.proposal.create import create_proposal
from novex_plugin.core.proposal.import_layer import Imported, import_layer
from novex_plugin.core.proposal.read import read_proposal

MOMENT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
AGREEMENT = read_agreement()
HOUSING = {
    "fields": {
        "legenda": {"from": "soort", "values": {"Wonen": "woningbouw", "Wind": "windturbine"}},
        "naam": {"from": "naam"},
        "horizon": {"constant": 2030},
    },
    "contributions": [
        {"indicator": "woningen", "value": {"from": "aantal"}, "unit": "woningen", "year": {"from": "jaar"}}
    ],
}


def numbered(first: int = 1) -> Callable[[], str]:
    numbers = count(first)
    return lambda: f"00000000-0000-4000-8000-{next(numbers):012d}"


@pytest.fixture
def proposal(tmp_path: Path) -> Path:
    path = tmp_path / "voorstel.gpkg"
    create_proposal(path, "PV31", "basis", AGREEMENT, MOMENT, numbered())
    return path


def box(left: float = 190_000.0) -> shapely.Geometry:
    return shapely.box(left, 360_000.0, left + 100.0, 360_100.0)


def layer(geometry: list[Any], **columns: Any) -> FeatureTable:
    size = len(geometry)
    given = {"soort": ["Wonen"] * size, "naam": [f"Plan {row}" for row in range(size)]} | columns
    given = {"aantal": np.full(size, 100.0), "jaar": np.full(size, 2029.0)} | given
    shapes = np.empty(size, dtype=object)
    shapes[:] = geometry
    arrays = {
        name: value if isinstance(value, np.ndarray) else np.array(value, dtype=object) for name, value in given.items()
    }
    return FeatureTable("plannen", shapes, arrays)


def mapping(folder: Path, content: dict[str, Any] = HOUSING) -> Path:
    path = folder / "afbeelding.json"
    path.write_text(json.dumps({"format": "novex-mapping", "version": "1.0", **content}), encoding="utf-8")
    return path


def run(source: FeatureTable, proposal: Path, content: dict[str, Any] = HOUSING) -> Imported:
    folder = proposal.parent
    return import_layer(source, mapping(folder, content), proposal, folder / "af.gpkg", MOMENT, numbered(1000))


def reasons(proposal: Path) -> list[str]:
    found: list[str] = read_layer(proposal.parent / "af.gpkg", "afgekeurd").columns["reden"].tolist()
    return found


def test_features_and_contributions_come_in_and_keep_to_the_agreement(proposal: Path) -> None:
    source = layer([box(), shapely.Point(190_000, 360_000)], soort=["Wonen", "Wind"], aantal=np.array([1200.0, np.nan]))
    assert run(source, proposal) == Imported(features=2, contributions=1, mended=0, rejected=0)
    read = read_proposal(proposal)
    assert read.problems == ()
    housing, turbine = read.tables["voorstel_vlak"], read.tables["voorstel_punt"]
    assert shapely.get_type_id(housing.geometry).tolist() == [6]
    told = {name: values[0] for name, values in housing.columns.items()}
    expected = {"legenda": "woningbouw", "rol": "nieuw", "variant": "basis", "provincie": "PV31", "horizon": 2030}
    expected |= {"programma": "woningbouw", "bron": "plannen", "naam": "Plan 0", "precisie": "indicatief"}
    assert {name: told[name] for name in expected} == expected
    assert turbine.columns["programma"].tolist() == ["np-res"]
    given = {name: values.tolist() for name, values in read.tables["bijdrage"].columns.items()}
    assert (given["kenmerk"], given["waarde"], given["jaar"]) == ([told["id"]], [1200.0], [2029])
    assert reasons(proposal) == []


def test_the_logbook_tells_what_came_in_from_what(proposal: Path) -> None:
    run(layer([box(), None]), proposal)
    log = read_layer(proposal, "logboek")
    told = json.loads(log.columns["parameters"][-1])
    assert (told["laag"], told["objecten"], told["afgekeurd"], told["afbeelding"]) == (
        "plannen",
        1,
        1,
        "afbeelding.json",
    )
    assert json.loads(log.columns["gegevens"][-1])["plannen"].startswith("sha256:")


BOWTIE = shapely.Polygon([(190_000, 360_000), (190_100, 360_100), (190_100, 360_000), (190_000, 360_100)])


@pytest.mark.parametrize(
    ("geometry", "columns", "reason"),
    [
        (box(), {"soort": ["Kasteel"]}, "legenda Kasteel staat niet in de codelijst"),
        (box(), {"soort": [None]}, "legenda ontbreekt"),
        (shapely.Point(190_000, 360_000), {}, "woningbouw kan geen punt zijn, wel vlak"),
        (shapely.LineString([(190_000, 360_000), (190_100, 360_000)]), {}, "woningbouw kan geen lijn zijn, wel vlak"),
        (None, {}, "de geometrie ontbreekt, is leeg of is niet om te zetten naar EPSG:28992"),
        (shapely.Polygon(), {}, "de geometrie ontbreekt, is leeg of is niet om te zetten naar EPSG:28992"),
        (shapely.GeometryCollection([box(), shapely.Point(1, 1)]), {}, "de geometrie is geen vlak, lijn of punt"),
        (box(900_000), {}, "ligt buiten Nederland"),
        (shapely.box(5.1, 51.2, 5.2, 51.3), {}, "ligt buiten Nederland"),
        (box(), {"aantal": ["veel"]}, "woningen veel is geen getal"),
        (box(), {"aantal": np.array([-3.0])}, "woningen -3 is minder dan 0"),
        (box(), {"aantal": np.array([np.inf])}, "woningen inf is geen getal"),
        (box(), {"jaar": np.array([2029.5])}, "jaar van woningen 2029.5 is geen heel getal"),
    ],
)
def test_a_bad_row_is_refused_with_its_reason_and_the_others_come_in(
    proposal: Path, geometry: Any, columns: dict[str, Any], reason: str
) -> None:
    good = layer([box()])
    bad = layer([geometry], **columns)
    merged = {
        name: np.concatenate([good.columns[name].astype(object), bad.columns[name].astype(object)])
        for name in good.columns
    }
    shapes = np.array([good.geometry[0], geometry], dtype=object)
    assert run(FeatureTable("plannen", shapes, merged), proposal) == Imported(1, 1, 0, 1)
    rejected = read_layer(proposal.parent / "af.gpkg", "afgekeurd")
    assert rejected.columns["rij"].tolist() == [2]
    assert [text.split("; ")[0] for text in reasons(proposal)] == [reason]
    assert rejected.columns["naam"].tolist() == ["Plan 0"]
    assert len(read_proposal(proposal).tables["voorstel_vlak"]) == 1


def test_several_reasons_of_one_row_are_all_told(proposal: Path) -> None:
    run(layer([box(900_000)], soort=["Kasteel"], aantal=["veel"]), proposal)
    assert reasons(proposal) == [
        "ligt buiten Nederland; legenda Kasteel staat niet in de codelijst; woningen veel is geen getal"
    ]


def test_invalid_geometry_is_mended_where_it_keeps_its_kind_and_refused_where_not(proposal: Path) -> None:
    flat = shapely.Polygon([(190_000, 360_000), (190_100, 360_000), (190_050, 360_000)])
    assert run(layer([BOWTIE, flat]), proposal) == Imported(1, 1, 1, 1)
    assert shapely.area(read_layer(proposal, "voorstel_vlak").geometry).tolist() == [5000.0]
    assert "ongeldig en niet te herstellen" in reasons(proposal)[0]


def test_height_is_dropped_and_single_points_in_a_multipoint_are_taken(proposal: Path) -> None:
    points = [shapely.MultiPoint([(190_000, 360_000)]), shapely.MultiPoint([(190_000, 360_000), (190_001, 360_000)])]
    high = shapely.force_3d(np.array([box()], dtype=object), 7.0)[0]
    done = run(layer([*points, high], soort=["Wind", "Wind", "Wonen"]), proposal)
    assert (done.features, done.rejected) == (2, 1)
    assert reasons(proposal) == ["meer dan één punt in één object"]
    assert not shapely.has_z(read_layer(proposal, "voorstel_vlak").geometry).any()


def test_a_required_field_of_the_unit_that_is_empty_is_a_reason(proposal: Path) -> None:
    content = {"fields": {"legenda": {"constant": "zonneveld"}, "trede": {"from": "trede"}}}
    run(layer([box(), box(), box()], trede=[2, None, "b"]), proposal, content)
    assert reasons(proposal) == ["trede ontbreekt; zonneveld vraagt dat", "trede b is geen getal"]
    assert read_layer(proposal, "voorstel_vlak").columns["trede"].tolist() == [2]


def test_values_without_a_translation_get_the_other_value_and_text_with_a_comma_is_a_number(proposal: Path) -> None:
    fields = {"legenda": {"from": "soort", "values": {"Wonen": "woningbouw"}, "otherwise": "recreatie"}}
    share = {"indicator": "aandeel_betaalbaar", "value": {"from": "deel"}, "unit": "%", "year": 2030}
    content = {"fields": fields, "contributions": [share]}
    run(layer([box(), box(), box()], soort=["Wonen", "Park", None], deel=["66,7", None, "101"]), proposal, content)
    assert read_layer(proposal, "voorstel_vlak").columns["legenda"].tolist() == ["woningbouw", "recreatie"]
    assert read_layer(proposal, "bijdrage").columns["waarde"].tolist() == [66.7]
    assert reasons(proposal) == ["aandeel_betaalbaar 101 is meer dan 100"]


def test_a_proposal_with_more_variants_needs_one_in_the_mapping(proposal: Path) -> None:
    names = np.array(["hoog"], dtype=object)
    append(proposal, "variant", attribute_table("variant", {"id": names, "naam": names}))
    run(layer([box()]), proposal)
    assert reasons(proposal) == ["variant ontbreekt"]
    content = {**HOUSING, "fields": {**HOUSING["fields"], "variant": {"constant": "hoog"}}}
    assert run(layer([box()]), proposal, content).features == 1


def test_source_fields_that_clash_with_those_of_the_file_are_kept_under_another_name(proposal: Path) -> None:
    run(layer([None], fid=np.array([7]), REDEN=["eigen"], Geom=["tekst"]), proposal)
    rejected = read_layer(proposal.parent / "af.gpkg", "afgekeurd").columns
    assert (rejected["bron_fid"][0], rejected["bron_REDEN"][0], rejected["bron_Geom"][0]) == (7, "eigen", "tekst")


@pytest.mark.parametrize(
    ("content", "field", "word"),
    [
        ({"fields": {"legenda": {"from": "weg"}}}, "$.fields.legenda.from", "De laag heeft: .*soort"),
        ({"fields": {"naam": {"constant": "a"}}}, "$.fields", "legenda"),
        ({"fields": {"legenda": {"constant": "x"}, "kleur": {"constant": "y"}}}, "$.fields", "kleur"),
        (
            {
                "fields": {"legenda": {"constant": "woningbouw"}},
                "contributions": [{**HOUSING["contributions"][0], "unit": "ha"}],
            },
            "$.contributions[0].unit",
            "woningen",
        ),
        (
            {
                "fields": {"legenda": {"constant": "woningbouw"}},
                "contributions": [{**HOUSING["contributions"][0], "indicator": "geluk"}],
            },
            "$.contributions[0].indicator",
            "geluk",
        ),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused_with_its_place_and_nothing_changes(
    proposal: Path, content: dict[str, Any], field: str, word: str
) -> None:
    before = proposal.read_bytes()
    with pytest.raises(InputError, match=word) as refused:
        run(layer([box()]), proposal, content)
    assert refused.value.field == field
    assert proposal.read_bytes() == before
    assert not (proposal.parent / "af.gpkg").exists()


def test_a_read_only_proposal_is_left_alone(proposal: Path) -> None:
    before = proposal.read_bytes()
    proposal.chmod(stat.S_IRUSR)
    with pytest.raises(InputError, match="alleen-lezen"):
        run(layer([box()]), proposal)
    assert proposal.read_bytes() == before
    assert not (proposal.parent / "af.gpkg").exists()


def test_a_proposal_that_another_program_holds_is_left_alone(proposal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *given, **options: connect(*given, **(options | {"timeout": 0.1})))
    holder = connect(proposal, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(InputError, match="beschreven"):
        run(layer([box()]), proposal)
    holder.execute("ROLLBACK")
    holder.close()
    assert len(read_layer(proposal, "voorstel_vlak")) == 0
    assert not (proposal.parent / "af.gpkg").exists()


def test_when_the_last_table_fails_nothing_of_the_first_is_added(proposal: Path) -> None:
    with sqlite3.connect(proposal) as connection:
        connection.execute("CREATE UNIQUE INDEX dwars ON logboek (tijd)")
    with pytest.raises(InputError, match="logboek"):
        run(layer([box()]), proposal)
    assert {name: len(read_layer(proposal, name)) for name in ("voorstel_vlak", "bijdrage", "logboek")} == {
        "voorstel_vlak": 0,
        "bijdrage": 0,
        "logboek": 1,
    }
    assert not (proposal.parent / "af.gpkg").exists()
    assert not [path for path in proposal.parent.iterdir() if path.name.startswith(".af")]


def test_the_same_import_gives_the_same_bytes(tmp_path: Path) -> None:
    results = []
    for name in ("een", "twee"):
        folder = tmp_path / name
        folder.mkdir()
        create_proposal(folder / "v.gpkg", "PV31", "basis", AGREEMENT, MOMENT, numbered())
        run(layer([box(), BOWTIE, None]), folder / "v.gpkg")
        results.append(((folder / "v.gpkg").read_bytes(), (folder / "af.gpkg").read_bytes()))
    assert results[0] == results[1]


def test_a_layer_without_rows_comes_in_as_nothing(proposal: Path) -> None:
    assert run(layer([]), proposal) == Imported(0, 0, 0, 0)
    assert layer_names(proposal.parent / "af.gpkg") == {"afgekeurd": "features"}
