"""A new proposal follows the agreement, is the same bytes each time, and is read back with its faults named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import numpy as np
import pytest
import shapely

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.delivery.empty_layers import drop_empty_layers
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import append, layer_names
from novex_plugin.core.features.table import FeatureTable, attribute_table
from novex_plugin.core.proposal.create import Heading, create_proposal
from novex_plugin.core.proposal.read import read_proposal
from novex_plugin.core.proposal.schema import feature_columns, proposal_layers

MOMENT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
AGREEMENT = read_agreement()


def numbered() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"00000000-0000-4000-8000-{next(numbers):012d}"


@pytest.fixture
def made(tmp_path: Path) -> Path:
    path = tmp_path / "voorstel.gpkg"
    create_proposal(path, "PV31", "basis", AGREEMENT, MOMENT, numbered())
    return path


def words(*values: object) -> np.ndarray:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def area(identifier: str, **values: object) -> FeatureTable:
    given = {"id": identifier, "variant": "basis", "legenda": "woningbouw", "provincie": "PV31"} | values
    given = {"rol": "nieuw", "precisie": "concreet", "status": "idee"} | given
    geometry = np.array([shapely.multipolygons([shapely.box(190_000, 360_000, 190_100, 360_100)])], dtype=object)
    return FeatureTable("voorstel_vlak", geometry, {name: words(value) for name, value in given.items()})


def spoil(path: Path, statement: str) -> None:
    """Change what the constraints would not let through, as another program might."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(statement)
        connection.commit()


def test_a_new_proposal_has_the_tables_of_the_agreement_and_one_variant(made: Path) -> None:
    proposal = read_proposal(made)
    assert set(layer_names(made)) == {layer.name for layer in proposal_layers(AGREEMENT)}
    assert (proposal.province, proposal.variants, proposal.problems) == ("PV31", ("basis",), ())
    assert proposal.title == "Ruimtelijk voorstel Limburg"
    assert proposal.header["aangemaakt"] == "2026-11-20T08:00:00.000Z"
    assert proposal.tables["logboek"].columns["handeling"].tolist() == ["nieuw voorstel"]


def test_the_same_moment_and_ids_give_the_same_bytes(made: Path, tmp_path: Path) -> None:
    again = tmp_path / "nogmaals.gpkg"
    create_proposal(again, "PV31", "basis", AGREEMENT, MOMENT, numbered())
    assert again.read_bytes() == made.read_bytes()


def test_ids_are_random_where_nobody_hands_them_in(tmp_path: Path) -> None:
    for name in ("een.gpkg", "twee.gpkg"):
        create_proposal(tmp_path / name, "PV31", "basis", AGREEMENT, MOMENT)
    assert read_proposal(tmp_path / "een.gpkg").id != read_proposal(tmp_path / "twee.gpkg").id


def test_the_file_itself_refuses_a_unit_of_another_geometry_type(made: Path) -> None:
    with pytest.raises(InputError, match="legenda"):
        append(made, "voorstel_vlak", area("a", legenda="windturbine"))
    append(made, "voorstel_vlak", area("a", horizon=2030, novex_gebied="novex-zuid-limburg"))
    with pytest.raises(InputError, match="horizon"):
        append(made, "voorstel_vlak", area("b", horizon=2031))
    with pytest.raises(InputError, match="novex_gebied"):
        append(made, "voorstel_vlak", area("b", novex_gebied="Zuid-Limburg"))


def test_an_agreement_without_novex_areas_takes_any_name_for_them() -> None:
    lists = {name: codes for name, codes in AGREEMENT.code_lists.items() if name != "novex_gebied"}
    columns = {column.name: column for column in feature_columns(replace(AGREEMENT, code_lists=lists), "vlak")}
    assert columns["novex_gebied"].allowed == ()
    assert columns["horizon"].allowed == ("2030", "2050")


def test_a_proposal_with_features_is_not_overwritten_and_an_empty_one_is(made: Path) -> None:
    create_proposal(made, "PV20", "basis", AGREEMENT, MOMENT)
    assert read_proposal(made).province == "PV20"
    append(made, "voorstel_vlak", area("a"))
    before = made.read_bytes()
    with pytest.raises(InputError, match="voorstel_vlak"):
        create_proposal(made, "PV31", "basis", AGREEMENT, MOMENT)
    assert made.read_bytes() == before
    assert list(made.parent.iterdir()) == [made]


def test_a_file_that_is_no_proposal_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "brief.gpkg"
    path.write_text("van een ander", encoding="utf-8")
    with pytest.raises(InputError):
        create_proposal(path, "PV31", "basis", AGREEMENT, MOMENT)
    assert path.read_text(encoding="utf-8") == "van een ander"


@pytest.mark.parametrize(
    ("province", "variant", "word"),
    [("PV99", "basis", "PV20 \\(Groningen\\)"), ("PV31", "Plan B", "Plan B"), ("PV31", "", "variant")],
)
def test_an_unknown_province_and_a_variant_that_is_no_code_are_refused(
    tmp_path: Path, province: str, variant: str, word: str
) -> None:
    with pytest.raises(InputError, match=word):
        create_proposal(tmp_path / "v.gpkg", province, variant, AGREEMENT, MOMENT)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("statement", "table", "field", "word"),
    [
        ("UPDATE voorstel SET schema_versie = '2.0'", "voorstel", "schema_versie", "2.0"),
        ("UPDATE voorstel SET afspraken = 'ander'", "voorstel", "afspraken", "ander-1.0"),
        ("DELETE FROM voorstel", "voorstel", None, "0 rijen"),
        ("DROP TABLE bijdrage", "bijdrage", None, "ontbreekt"),
        ("ALTER TABLE voorstel_lijn DROP COLUMN trede", "voorstel_lijn", "trede", "ontbreekt"),
    ],
)
def test_a_proposal_of_another_version_or_without_a_table_or_field_is_refused_with_its_place(
    made: Path, statement: str, table: str, field: str | None, word: str
) -> None:
    spoil(made, statement)
    if statement.startswith("DROP"):
        spoil(made, "DELETE FROM gpkg_contents WHERE table_name = 'bijdrage'")
    with pytest.raises(InputError, match=word) as refused:
        read_proposal(made)
    assert (refused.value.file, refused.value.table, refused.value.field) == (made, table, field)


def test_a_file_that_is_no_proposal_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="bestaat niet"):
        read_proposal(tmp_path / "weg.gpkg")


@pytest.mark.parametrize(
    ("statement", "table", "field", "word"),
    [
        ("UPDATE voorstel_vlak SET legenda = 'kasteel'", "voorstel_vlak", "legenda", "kasteel"),
        ("UPDATE voorstel_vlak SET rol = ''", "voorstel_vlak", "rol", "ontbreekt"),
        ("UPDATE voorstel_vlak SET horizon = 2031", "voorstel_vlak", "horizon", "2031"),
        ("UPDATE voorstel_vlak SET novex_gebied = 'novex-veluwe'", "voorstel_vlak", "novex_gebied", "novex-veluwe"),
        ("UPDATE voorstel_vlak SET start_jaar = 'gauw'", "voorstel_vlak", "start_jaar", "geen getal"),
        ("UPDATE voorstel_vlak SET variant = 'weg'", "voorstel_vlak", "variant", "weg"),
        ("UPDATE voorstel_vlak SET meervoudig = 'recreatie,kasteel'", "voorstel_vlak", "meervoudig", "kasteel"),
        ("UPDATE voorstel_vlak SET legenda = 'zonneveld'", "voorstel_vlak", "trede", "zonneveld vraagt die"),
        ("UPDATE voorstel_vlak SET geom = NULL", "voorstel_vlak", "geom", "leeg"),
        ("UPDATE bijdrage SET kenmerk = 'z'", "bijdrage", "kenmerk", "geen object"),
        ("UPDATE bijdrage SET eenheid = 'bunder'", "bijdrage", "eenheid", "bunder"),
    ],
)
def test_a_value_outside_the_agreement_is_named_with_table_row_and_field(
    made: Path, statement: str, table: str, field: str, word: str
) -> None:
    append(made, "voorstel_vlak", area("a"))
    values = {"id": "b1", "kenmerk": "a", "indicator": "woningen", "waarde": 10.0, "eenheid": "woningen"}
    append(made, "bijdrage", attribute_table("bijdrage", {name: words(value) for name, value in values.items()}))
    assert read_proposal(made).problems == ()
    spoil(made, statement)
    problems = read_proposal(made).problems
    assert [(problem.table, problem.row, problem.field) for problem in problems] == [(table, 1, field)]
    assert word in str(problems[0])


def test_only_the_features_of_the_asked_variant_are_given(made: Path) -> None:
    append(made, "variant", attribute_table("variant", {"id": words("hoog"), "naam": words("Hoog")}))
    append(made, "voorstel_vlak", area("a"))
    append(made, "voorstel_vlak", area("b", variant="hoog"))
    proposal = read_proposal(made)
    assert proposal.variant("hoog")["voorstel_vlak"].columns["id"].tolist() == ["b"]
    with pytest.raises(InputError, match="basis, hoog"):
        proposal.variant("laag")


def test_a_delivered_proposal_without_an_empty_feature_table_is_read_as_if_it_had_it(tmp_path: Path) -> None:
    path = tmp_path / "v.gpkg"
    heading = Heading("Voorstel", "Provincie Oefenland", "ruimte@oefenland.example")
    create_proposal(path, "PV31", "basis", AGREEMENT, MOMENT, heading=heading)
    drop_empty_layers(path)
    assert "voorstel_punt" not in layer_names(path)
    proposal = read_proposal(path)
    assert {name: len(rows) for name, rows in proposal.variant("basis").items()} == {
        "voorstel_vlak": 0,
        "voorstel_lijn": 0,
        "voorstel_punt": 0,
    }
    assert proposal.problems == ()
    assert proposal.header["titel"] == "Voorstel"
    assert proposal.header["contact_email"] == "ruimte@oefenland.example"


@pytest.mark.parametrize("given", ["PV31", "pv31", "Limburg", "limburg"])
def test_a_province_is_known_by_its_code_and_by_its_name(tmp_path: Path, given: str) -> None:
    create_proposal(tmp_path / "v.gpkg", given, "basis", AGREEMENT, MOMENT)
    assert read_proposal(tmp_path / "v.gpkg").province == "PV31"


def test_bytes_where_text_should_stand_are_named(made: Path) -> None:
    append(made, "voorstel_vlak", area("a"))
    spoil(made, "UPDATE voorstel_vlak SET naam = x'00ff'")
    with pytest.raises(InputError, match="tabel voorstel_vlak, rij 1, veld naam: heeft bytes in plaats van tekst"):
        read_proposal(made)
