"""A proposal in a real PostGIS: the same tables, drawn in by two at once, read by algorithms, and back unchanged."""

from __future__ import annotations

import json
import socket
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProviderRegistry,
    QgsRectangle,
    QgsVectorLayer,
    QgsVectorLayerUtils,
    QgsWkbTypes,
)

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.digest import layer_digest
from novex_plugin.core.features.geopackage import append, layer_names, transaction
from novex_plugin.core.features.table import FeatureTable, attribute_table
from novex_plugin.core.progress import Silent
from novex_plugin.core.proposal.create import create_proposal
from novex_plugin.core.proposal.database import Database
from novex_plugin.core.proposal.database_fill import to_database
from novex_plugin.core.proposal.database_read import from_database
from novex_plugin.core.proposal.schema import FEATURE_TABLES, proposal_layers
from novex_plugin.processing.balance import BalanceOfTargets
from novex_plugin.processing.explain import Explain
from novex_plugin.qgis_adapter.database import database_named, reference_to
from novex_plugin.qgis_adapter.database_styles import lay_styles, layer_of
from scripts.practice.postgis import PostGis, installed, serve_postgis

pytestmark = [
    pytest.mark.skipif(not installed(), reason="PostgreSQL with PostGIS is not installed"),
    pytest.mark.usefixtures("qgis_app"),
]

MOMENT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
CORNER = (190_000.0, 360_000.0)
COUNT = 40


@pytest.fixture(scope="module")
def server() -> Iterator[PostGis]:
    with serve_postgis() as running:
        running.ask("CREATE ROLE tekenaar LOGIN; CREATE ROLE lezer LOGIN; CREATE ROLE maker LOGIN")
        running.ask("GRANT CREATE ON DATABASE oefenland TO maker")
        yield running


def place(server: PostGis, schema: str, user: str = "novex", database: str = "oefenland") -> Database:
    return Database({"host": str(server.socket), "user": user, "dbname": database}, database, schema)


def named(many: int, seed: int) -> Any:
    return np.array([str(uuid.UUID(int=seed * 1000 + number, version=4)) for number in range(many)], dtype=object)


def features(table: str, kind: str, shapes: Any, unit: str, seed: int) -> FeatureTable:
    """Rows with every kind of value, and without: text of several scripts, quotes, years, times, nothing at all."""
    count = len(shapes)
    said = ["Łódź “park” — 東京 🌳", "d'Oude; DROP TABLE x; --", "tab\tregel\nnieuw \\ %s", "", None]
    some = np.array([said[number % len(said)] for number in range(count)], dtype=object)
    years = np.array([2030 if number % 3 else None for number in range(count)], dtype=object)
    fixed = {"variant": "basis", "legenda": unit, "rol": "nieuw", "precisie": "indicatief", "status": "idee"}
    columns = {name: np.full(count, value, dtype=object) for name, value in {**fixed, "provincie": "PV31"}.items()}
    columns |= {"id": named(count, seed), "naam": some, "start_jaar": years, "horizon": years}
    columns["gewijzigd"] = np.full(count, "2026-02-28T23:59:59.999Z", dtype=object)
    return FeatureTable(table, shapes, columns)


@pytest.fixture(scope="module")
def proposal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A proposal with holes, coordinates to the last bit, gaps in its numbers and every kind of value."""
    path = tmp_path_factory.mktemp("voorstel") / "voorstel.gpkg"
    agreement = read_agreement()
    create_proposal(path, "PV31", "basis", agreement, MOMENT)
    random = np.random.default_rng(7)
    middle = np.array(CORNER) + random.uniform(0, 10_000, (COUNT, 2))
    outer = shapely.buffer(shapely.points(middle), random.uniform(50, 200, COUNT))
    holed = shapely.difference(outer, shapely.buffer(shapely.points(middle), 20.1))
    far = shapely.buffer(shapely.points(middle + 20_000), 33.3)
    areas = np.array([shapely.MultiPolygon([a, b]) for a, b in zip(holed, far, strict=True)], dtype=object)
    lines = np.array([shapely.MultiLineString([random.uniform(1e5, 2e5, (5, 2))]) for _ in range(3)], dtype=object)
    units = {kind: agreement.drawn_as(kind)[0].code for kind in FEATURE_TABLES}
    append(path, "voorstel_vlak", features("voorstel_vlak", "vlak", areas, units["vlak"], 1))
    append(path, "voorstel_lijn", features("voorstel_lijn", "lijn", lines, units["lijn"], 2))
    append(path, "voorstel_punt", features("voorstel_punt", "punt", shapely.points(middle[:3]), units["punt"], 3))
    values = np.array([0.1 + 0.2, 1e-300, -1.5, 12345678.9], dtype=np.float64)
    first = agreement.indicators[0]
    amounts = {
        "id": named(4, 4),
        "kenmerk": named(4, 1),
        "indicator": first.id,
        "waarde": values,
        "eenheid": first.unit,
    }
    columns = {name: v if isinstance(v, np.ndarray) else np.full(4, v, dtype=object) for name, v in amounts.items()}
    append(path, "bijdrage", attribute_table("bijdrage", columns))
    used = {"id": named(2, 5), "naam": ["a", "b"], "basisset": [0, 1]}
    append(path, "dataset", attribute_table("dataset", {k: np.array(v, dtype=object) for k, v in used.items()}))
    why = {"id": named(1, 6), "regel": ["R1"], "reden": ["omdat"], "datum": ["2024-02-29"], "gemeten": [0.1]}
    append(path, "motivering", attribute_table("motivering", {k: np.array(v, dtype=object) for k, v in why.items()}))
    with transaction(path) as connection:
        connection.execute("DELETE FROM bijdrage WHERE fid = 2")
        connection.execute("UPDATE dataset SET fid = 9000000000 WHERE fid = 2")
    return path


@pytest.fixture(scope="module")
def stored(server: PostGis, proposal: Path, qgis_app: Any) -> Database:
    """The proposal in a database, its styles too."""
    database = place(server, "limburg")
    assert to_database(proposal, database, Silent()).for_administrator == ()
    assert lay_styles(database, read_agreement()) == ""
    server.ask("GRANT limburg_bewerken TO tekenaar; GRANT limburg_lezen TO lezer")
    return database


@pytest.fixture
def altered(proposal: Path, tmp_path: Path) -> Callable[[str], Path]:
    """A copy of the proposal in which something was changed."""

    def change(sql: str) -> Path:
        copy = tmp_path / "gewijzigd.gpkg"
        copy.write_bytes(proposal.read_bytes())
        with transaction(copy) as connection:
            connection.create_function("ST_IsEmpty", 1, lambda _: 0)
            for name, bound in (("ST_MinX", 0), ("ST_MaxX", 0), ("ST_MinY", 0), ("ST_MaxY", 0)):
                connection.create_function(name, 1, lambda _, bound=bound: bound)
            connection.execute("PRAGMA ignore_check_constraints = ON")
            connection.execute(sql)
        return copy

    return change


def digests(path: Path) -> dict[str, str]:
    return {table: layer_digest(path, table) for table in layer_names(path)}


def exists(server: PostGis, schema: str) -> bool:
    return bool(server.ask(f"SELECT 1 FROM pg_namespace WHERE nspname = '{schema}'"))


def test_a_proposal_comes_back_from_the_database_unchanged(stored: Database, proposal: Path, tmp_path: Path) -> None:
    back = tmp_path / "terug.gpkg"
    from_database(stored, back, MOMENT, Silent())
    assert len(digests(proposal)) == len(proposal_layers(read_agreement()))
    assert digests(back) == digests(proposal)
    layer = QgsVectorLayer(f"{back}|layername=voorstel_vlak", "terug", "ogr")
    assert layer.featureCount() == COUNT
    shown = layer.getFeatures(QgsRectangle(0, 0, 400_000, 700_000))
    assert len(list(shown)) == COUNT, "the spatial index is filled"
    assert shapely.box(*layer.extent().toRectF().getCoords()).area > 1e8


def test_the_database_holds_what_a_province_expects(server: PostGis, stored: Database) -> None:
    columns = (
        "SELECT column_name, udt_name, column_default FROM information_schema.columns WHERE table_schema = 'limburg'"
    )
    kinds = {row[0]: row[1:] for row in server.ask(f"{columns} AND table_name = 'voorstel_vlak'")}
    assert kinds["id"] == ["uuid", "gen_random_uuid()"]
    assert kinds["gewijzigd"][0] == "timestamptz"
    described = "SELECT type, srid FROM geometry_columns WHERE f_table_schema = 'limburg' ORDER BY f_table_name"
    assert server.ask(described) == [["MULTILINESTRING", "28992"], ["POINT", "28992"], ["MULTIPOLYGON", "28992"]]
    indexed = "SELECT count(*) FROM pg_indexes WHERE schemaname = 'limburg' AND indexdef LIKE '%USING gist (geom)%'"
    assert server.ask(indexed) == [["3"]]
    tables = {row[0] for row in server.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'limburg'")}
    assert {f"codelijst_{name}" for name in read_agreement().code_lists} | {"codelijst_legenda"} <= tables
    titles = {f"{layer.name}.{c.name}": c.title for layer in proposal_layers(read_agreement()) for c in layer.columns}
    told = "SELECT c.relname || '.' || a.attname, col_description(c.oid, a.attnum) FROM pg_class c JOIN pg_attribute a"
    rows = server.ask(f"{told} ON a.attrelid = c.oid WHERE c.relnamespace = 'limburg'::regnamespace AND a.attnum > 0")
    comments = dict(rows)
    assert {name: comments[name] for name in titles} == titles


@pytest.mark.parametrize(
    ("role", "table", "rights"),
    [
        ("bewerken", "voorstel_vlak", "SELECT, INSERT, UPDATE, DELETE"),
        ("bewerken", "logboek", "SELECT, INSERT"),
        ("bewerken", "geschiedenis", "SELECT"),
        ("bewerken", "codelijst_rol", "SELECT"),
        ("lezen", "voorstel_vlak", "SELECT"),
    ],
)
def test_each_role_may_do_what_it_is_for(server: PostGis, stored: Database, role: str, table: str, rights: str) -> None:
    asked = f"SELECT privilege_type FROM information_schema.role_table_grants WHERE grantee = 'limburg_{role}'"
    given = {row[0] for row in server.ask(f"{asked} AND table_schema = 'limburg' AND table_name = '{table}'")}
    assert given == set(rights.split(", "))


BOWTIE = "ST_GeomFromText('MULTIPOLYGON(((0 0,9 9,9 0,0 9,0 0)))', 28992)"


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        (f"geom = {BOWTIE}", "voorstel_vlak_geometrie_is_geldig"),
        ("geom = ST_GeomFromText('MULTIPOLYGON EMPTY', 28992)", "voorstel_vlak_geometrie_is_niet_leeg"),
        ("legenda = 'zandkasteel'", "voorstel_vlak_legenda"),
        ("rol = 'soms'", "voorstel_vlak_rol_staat_in_de_codelijst"),
        ("horizon = 2031", "voorstel_vlak_horizon_staat_in_de_codelijst"),
        ("variant = 'weg'", "voorstel_vlak_variant_bestaat"),
        ("provincie = ''", "voorstel_vlak_provincie_is_ingevuld"),
        ("geom = ST_SetSRID(geom, 4326)", "SRID"),
        ("id = (SELECT id FROM limburg.voorstel_vlak WHERE fid = 2)", "voorstel_vlak_id_key"),
    ],
)
def test_the_database_itself_keeps_to_the_agreement(
    server: PostGis, stored: Database, change: str, constraint: str
) -> None:
    with pytest.raises(RuntimeError, match=constraint):
        server.ask(f"UPDATE limburg.voorstel_vlak SET {change} WHERE fid = 1")


def test_only_a_variant_in_which_nothing_is_drawn_gets_another_code(server: PostGis, stored: Database) -> None:
    with pytest.raises(RuntimeError, match="variant_bestaat"):
        server.ask("UPDATE limburg.variant SET id = 'nieuw' WHERE id = 'basis'")
    server.ask("INSERT INTO limburg.variant (id, naam) VALUES ('leeg', 'Leeg')")
    server.ask("UPDATE limburg.variant SET id = 'ander' WHERE id = 'leeg'")
    assert server.ask("SELECT id FROM limburg.variant ORDER BY id") == [["ander"], ["basis"]]
    server.ask("DELETE FROM limburg.variant WHERE id = 'ander'")


class Meddling(Silent):
    """Someone who draws a feature and an amount while the proposal is read."""

    def __init__(self, server: PostGis) -> None:
        self.server = server

    def fraction(self, done: float) -> None:
        self.server.ask("UPDATE limburg.variant SET omschrijving = 'tussendoor'")


def test_what_others_save_during_the_reading_is_seen_whole_or_not_at_all(
    server: PostGis, stored: Database, proposal: Path, tmp_path: Path
) -> None:
    back = tmp_path / "terug.gpkg"
    from_database(stored, back, MOMENT, Meddling(server))
    assert digests(back)["variant"] == digests(proposal)["variant"]
    assert server.ask("SELECT omschrijving FROM limburg.variant") == [["tussendoor"]]
    server.ask("UPDATE limburg.variant SET omschrijving = NULL")


@pytest.fixture(scope="module")
def opened_twice(server: PostGis, stored: Database) -> tuple[QgsVectorLayer, QgsVectorLayer]:
    """The same layer open at two people's, one of whom only has the role for editing."""
    own = replace(stored, parameters={**stored.parameters, "user": "tekenaar"})
    return layer_of(own, "voorstel_vlak"), layer_of(stored, "voorstel_vlak")


@pytest.fixture
def two(
    opened_twice: tuple[QgsVectorLayer, QgsVectorLayer],
) -> Iterator[tuple[QgsVectorLayer, QgsVectorLayer]]:
    """The same layer open for editing at both."""
    for layer in opened_twice:
        assert layer.isValid()
        assert layer.startEditing()
    yield opened_twice
    for layer in opened_twice:
        layer.rollBack()


def number(layer: QgsVectorLayer, fid: int) -> int:
    """The number that QGIS itself gave the row: it may differ at each of the two."""
    (found,) = layer.getFeatures(f"fid = {fid}")
    return int(found.id())


def put(layer: QgsVectorLayer, fid: int, field: str, value: object) -> None:
    assert layer.changeAttributeValue(number(layer, fid), layer.fields().indexOf(field), value)


def square(side: float = 10) -> QgsGeometry:
    drawn = QgsGeometry.fromRect(QgsRectangle(*CORNER, CORNER[0] + side, CORNER[1] + side))
    return drawn.coerceToType(QgsWkbTypes.Type.MultiPolygon)[0]


def drawn(layer: QgsVectorLayer, name: str) -> QgsFeature:
    given = {
        "naam": name,
        "variant": "basis",
        "legenda": read_agreement().drawn_as("vlak")[0].code,
        "provincie": "PV31",
    }
    numbers = {layer.fields().indexOf(field): value for field, value in given.items()}
    return QgsVectorLayerUtils.createFeature(layer, square(), numbers)


def value(server: PostGis, fid: int, field: str) -> str:
    ((found,),) = server.ask(f"SELECT coalesce({field}::text, 'leeg') FROM limburg.voorstel_vlak WHERE fid = {fid}")
    return found


def test_two_who_draw_and_change_different_features_lose_none(
    server: PostGis, two: tuple[QgsVectorLayer, QgsVectorLayer]
) -> None:
    one, other = two
    for layer, name, fid in ((one, "van de een", 10), (other, "van de ander", 11)):
        assert layer.addFeature(drawn(layer, name))
        put(layer, fid, "toelichting", name)
    assert one.commitChanges(False), one.commitErrors()
    assert other.commitChanges(False), other.commitErrors()
    assert [value(server, fid, "toelichting") for fid in (10, 11)] == ["van de een", "van de ander"]
    added = "SELECT naam, count(DISTINCT id), min(rij_versie) FROM limburg.voorstel_vlak WHERE naam LIKE 'van de %'"
    assert server.ask(f"{added} GROUP BY naam ORDER BY naam") == [["van de ander", "1", "1"], ["van de een", "1", "1"]]
    put(one, 10, "toelichting", "nog eens")  # whoever goes on editing is in nobody's way, nor in his own
    assert one.commitChanges(False), one.commitErrors()
    assert value(server, 10, "gewijzigd") > "2026-03"


def test_the_second_to_save_the_same_feature_is_told_and_overwrites_nothing(
    server: PostGis, two: tuple[QgsVectorLayer, QgsVectorLayer]
) -> None:
    one, other = two
    assert one.changeGeometry(number(one, 20), square(44))
    put(other, 20, "toelichting", "te laat")
    put(other, 21, "toelichting", "gaat samen")
    assert one.commitChanges(False), one.commitErrors()
    assert not other.commitChanges(False)
    assert "rij 20 van voorstel_vlak is intussen door een ander gewijzigd" in "".join(other.commitErrors())
    assert value(server, 20, "ST_Area(geom)") == str(44 * 44)
    assert [value(server, fid, "toelichting") for fid in (20, 21)] == ["leeg", "leeg"], "all or nothing"
    assert other.isModified(), "the edits are still in the buffer"
    other.rollBack()
    assert other.startEditing()
    put(other, 20, "toelichting", "na het verversen")
    assert other.commitChanges(False), other.commitErrors()


def test_a_feature_that_another_removed_is_not_lost(
    server: PostGis, two: tuple[QgsVectorLayer, QgsVectorLayer]
) -> None:
    one, other = two
    before = value(server, 30, "geom")
    put(other, 30, "toelichting", "te laat")
    assert one.deleteFeature(number(one, 30))
    assert one.commitChanges(False), one.commitErrors()
    assert not other.commitChanges(False)
    assert "intussen door een ander verwijderd" in "".join(other.commitErrors())
    restore = (
        "INSERT INTO limburg.voorstel_vlak SELECT (jsonb_populate_record(NULL::limburg.voorstel_vlak, rij)).*"
        " FROM limburg.geschiedenis WHERE tabel = 'voorstel_vlak' AND fid = 30 AND handeling = 'verwijderd'"
    )
    server.ask(restore)
    assert value(server, 30, "geom") == before


def refused(server: PostGis, source: Path, database: Database) -> InputError:
    """What is said; nothing was made."""
    there = exists(server, database.schema)
    with pytest.raises(InputError) as caught:
        to_database(source, database, Silent())
    assert exists(server, database.schema) == there
    assert "geheim" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("change", "table", "row", "field", "said"),
    [
        ("UPDATE voorstel_vlak SET legenda = 'zandkasteel' WHERE fid = 5", "voorstel_vlak", 5, None, "legenda"),
        ("UPDATE voorstel_vlak SET variant = 'weg' WHERE fid = 33", "voorstel_vlak", 33, None, "variant_bestaat"),
        ("UPDATE voorstel_vlak SET start_jaar = 2030.5 WHERE fid = 4", "voorstel_vlak", 4, "start_jaar", "heel|geheel"),
        ("UPDATE voorstel_vlak SET gewijzigd = 'gisteren' WHERE fid = 4", "voorstel_vlak", 4, "gewijzigd", "tijd"),
        ("UPDATE motivering SET datum = '2026-13-41'", "motivering", 1, "datum", "datum"),
        ("UPDATE bijdrage SET id = 'een' WHERE fid = 3", "bijdrage", 3, "id", "UUID"),
        ("UPDATE bijdrage SET eenheid = 'el' WHERE fid = 3", "bijdrage", 3, None, "eenheid"),
        ("UPDATE voorstel_lijn SET geom = NULL WHERE fid = 2", "voorstel_lijn", 2, "geom", "geom"),
        ("UPDATE voorstel_punt SET toelichting = 'a' || char(0) || 'b'", "voorstel_punt", None, None, "teken"),
    ],
)
def test_a_row_that_departs_from_the_agreement_is_named(
    server: PostGis, altered: Callable[[str], Path], change: str, table: str, row: int | None, field: str, said: str
) -> None:
    error = refused(server, altered(change), place(server, "geweigerd"))
    assert (error.table, error.row, error.field) == (table, row, field)
    assert any(word in str(error) for word in said.split("|"))


def test_fields_of_ones_own_are_told_and_not_silently_lost(server: PostGis, altered: Callable[[str], Path]) -> None:
    source = altered("ALTER TABLE voorstel_punt ADD COLUMN eigen TEXT")
    assert to_database(source, place(server, "eigen"), Silent()).left_out == ("tabel voorstel_punt, veld eigen",)


def test_where_no_proposal_can_be_made_one_is_told_what_to_ask(
    server: PostGis, proposal: Path, stored: Database
) -> None:
    assert "bestaat al" in str(refused(server, proposal, stored))
    assert "CREATE SCHEMA" in str(refused(server, proposal, place(server, "nieuw", user="tekenaar")))
    server.ask("CREATE DATABASE kaal")
    assert "CREATE EXTENSION postgis" in str(refused(server, proposal, place(server, "nieuw", database="kaal")))
    server.ask("ALTER ROLE maker SET default_transaction_read_only = on")
    assert "alleen-lezen" in str(refused(server, proposal, place(server, "nieuw", user="maker")))
    server.ask("ALTER ROLE maker RESET ALL")
    asked = to_database(proposal, place(server, "zonder_rollen", user="maker"), Silent()).for_administrator
    server.ask(" ".join(asked))
    assert server.ask("SELECT has_table_privilege('zonder_rollen_bewerken', 'zonder_rollen.variant', 'UPDATE')") == [
        ["t"]
    ]
    for name in ("public", "pg_eigen", "Hoofd", "a b", 'x"; DROP SCHEMA limburg; --', "x" * 60):
        with pytest.raises(InputError, match="naam van het schema"):
            place(server, name)


def test_what_cannot_be_read_is_told_and_leaves_no_file(server: PostGis, stored: Database, tmp_path: Path) -> None:
    target = tmp_path / "uit.gpkg"

    def said(database: Database) -> str:
        with pytest.raises(InputError) as caught:
            from_database(database, target, MOMENT, Silent())
        assert list(tmp_path.iterdir()) == []
        return str(caught.value)

    assert "geen voorstel" in said(place(server, "nergens"))
    assert "limburg_lezen" in said(place(server, "limburg", user="maker"))
    server.ask("UPDATE limburg.novex_schema SET versie = '9.9'")
    assert "versie 9.9; deze plugin leest versie 1.0" in said(stored)
    server.ask("UPDATE limburg.novex_schema SET versie = '1.0'; UPDATE limburg.voorstel SET schema_versie = '7'")
    assert "schemaversie 7" in said(stored)
    server.ask("UPDATE limburg.voorstel SET schema_versie = '1.0', aangemaakt = aangemaakt")
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        away = {"host": "127.0.0.1", "port": str(deaf.getsockname()[1]), "dbname": "x", "password": "geheim"}
        began = time.monotonic()
        message = said(Database(away, "ver weg", "limburg"))
        assert time.monotonic() - began < 5.5
    assert "ver weg: is niet bereikbaar" in message
    assert "geheim" not in message + repr(Database(away, "ver weg", "limburg"))


def test_a_connection_of_qgis_is_found_by_its_name_and_a_password_is_never_taken(server: PostGis) -> None:
    registry = QgsProviderRegistry.instance().providerMetadata("postgres")
    address = f"dbname='oefenland' host='{server.socket}' user='novex' "
    address += "{}='{}'".format("password", "ge\\'h\\\\ eim")
    registry.saveConnection(
        registry.createConnection(address, {"saveUsername": True, "savePassword": True}), "Ons huis"
    )
    try:
        found = database_named("postgres:connection='Ons huis' schema=limburg")
        assert (found.name, found.schema, found.parameters["dbname"]) == ("Ons huis", "limburg", "oefenland")
        assert found.parameters["password"].endswith("h\\ eim")
        assert "eim" not in repr(found) + found.label
        assert database_named(reference_to("Ons huis", "limburg")) == found == database_named("Ons huis", "limburg")
    finally:
        registry.deleteConnection("Ons huis")
    for text, said in {
        "connection=weg schema=a": "bestaat niet",
        "host=x password=geheim schema=a": "wachtwoord",
        "host=x options=-csearch_path=x schema=a": "options",
        "schema=a": "database ontbreekt",
        "dbname=a": "schema ontbreekt",
        "dbname='a": "aanhalingsteken",
    }.items():
        with pytest.raises(InputError, match=said) as caught:
            database_named(f"postgres:{text}")
        assert "geheim" not in str(caught.value)


def test_who_may_only_read_is_refused_before_anything_is_written(
    server: PostGis, stored: Database, tmp_path: Path
) -> None:
    reference = f"postgres:host={server.socket} dbname=oefenland user=lezer schema=limburg"
    inputs = {
        "PROPOSAL": reference,
        "EXPLANATIONS": str(tmp_path / "redenen.csv"),
        "OUTPUT": str(tmp_path / "uit.json"),
    }
    algorithm = Explain()
    algorithm.initAlgorithm()
    assert algorithm.checkParameterValues(inputs, QgsProcessingContext())[0]
    with pytest.raises(QgsProcessingException, match="lezen en niet bewerken"):
        algorithm.processAlgorithm(inputs, QgsProcessingContext(), QgsProcessingFeedback(False))
    assert not (tmp_path / "uit.json").exists()


def test_messages_name_the_database_and_not_the_file_that_stands_in_for_it(
    server: PostGis, stored: Database, tmp_path: Path
) -> None:
    reference = f"postgres:host={server.socket} dbname=oefenland user=lezer schema=limburg"
    inputs = {"PROPOSAL": reference, "VARIANT": "weg", "OUTPUT": str(tmp_path / "balans.json")}
    algorithm = BalanceOfTargets()
    algorithm.initAlgorithm()
    with pytest.raises(QgsProcessingException, match="database oefenland, schema limburg, tabel variant: de variant"):
        algorithm.processAlgorithm(inputs, QgsProcessingContext(), QgsProcessingFeedback(False))
    assert list(tmp_path.iterdir()) == []


def test_the_real_program_makes_fills_and_reads_a_proposal_in_a_database(
    server: PostGis, proposal: Path, tmp_path: Path, run_algorithm: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    services = tmp_path / "pg_service.conf"
    services.write_text(f"[gedeeld]\nhost={server.socket}\ndbname=oefenland\nuser=novex\n")
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    made = run_algorithm(
        "novex:newproposal", PROVINCE="PV31", VARIANT="basis", DATABASE="service=gedeeld", SCHEMA="pv31"
    )
    assert made.exit_code == 0, made.messages
    reference = made.results["STORED"]
    assert reference == "postgres:service=gedeeld schema=pv31"
    mapping = tmp_path / "afbeelding.json"
    fields = {"legenda": {"constant": read_agreement().drawn_as("vlak")[0].code}, "start_jaar": {"constant": "2030"}}
    mapping.write_text(json.dumps({"format": "novex-mapping", "version": "1.0", "fields": fields}), encoding="utf-8")
    given = {"INPUT": f"{proposal}|layername=voorstel_vlak", "MAPPING": mapping, "PROPOSAL": reference}
    imported = run_algorithm("novex:importlayer", **given, REJECTED=tmp_path / "afgekeurd.gpkg")
    assert (imported.exit_code, imported.results.get("FEATURES")) == (0, COUNT), imported.messages
    assert server.ask("SELECT count(*), min(rij_versie) FROM pv31.voorstel_vlak") == [[str(COUNT), "1"]]
    assert server.ask("SELECT count(*) FROM pv31.logboek") == [["2"]]
