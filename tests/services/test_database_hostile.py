"""A database whose tables somebody altered, or a file with values that PostgreSQL would rewrite: told, with the row."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import shapely

from novex_plugin.core.agreement import agreement_path
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import suspend_triggers, transaction
from novex_plugin.core.progress import Silent
from novex_plugin.core.proposal.database import Database
from novex_plugin.core.proposal.database_fill import to_database
from novex_plugin.core.proposal.database_read import from_database
from scripts.practice.postgis import PostGis, installed, serve_postgis
from tests.unit.making_deliveries import new_proposal

pytestmark = [
    pytest.mark.skipif(not installed(), reason="PostgreSQL with PostGIS is not installed"),
]

ALTERED = {
    "a code more": (
        (
            "INSERT INTO codelijst_status VALUES ('verzonnen', 'x', 'x', 99);"
            "UPDATE voorstel_vlak SET status = 'verzonnen' WHERE fid = 2"
        ),
        "tabel voorstel_vlak, rij 2: een waarde voldoet niet aan de afspraken",
    ),
    "a number of another kind": (
        "ALTER TABLE voorstel_vlak ALTER start_jaar TYPE numeric",
        "tabel voorstel_vlak, rij 1: een waarde voldoet niet",
    ),
    "arcs": (
        (
            "ALTER TABLE voorstel_vlak ALTER geom TYPE public.geometry;"
            "ALTER TABLE voorstel_vlak DROP CONSTRAINT voorstel_vlak_geometrie_is_geldig;"
            "UPDATE voorstel_vlak SET geom ="
            " public.ST_GeomFromText('CURVEPOLYGON(CIRCULARSTRING(0 0,4 0,4 4,0 4,0 0))', 28992) WHERE fid = 2"
        ),
        "tabel voorstel_vlak, rij 1 tot 2, veld geom: een geometrie is niet te lezen",
    ),
    "no version": (
        "ALTER TABLE voorstel ALTER schema_versie DROP NOT NULL; UPDATE voorstel SET schema_versie = NULL",
        "tabel voorstel, rij 1, veld schema_versie",
    ),
}


@pytest.fixture(scope="module")
def server() -> Iterator[PostGis]:
    with serve_postgis() as running:
        yield running


def place(server: PostGis, schema: str) -> Database:
    return Database({"host": str(server.socket), "user": "novex", "dbname": "oefenland"}, "oefenland", schema)


@pytest.fixture
def proposal(tmp_path: Path) -> Path:
    shapes = {str(uuid.UUID(int=number, version=4)): shapely.box(number, 0, number + 1, 1) for number in (1, 2)}
    path = new_proposal(tmp_path / "voorstel.gpkg", shapes)
    with transaction(path) as connection:
        for table in ("voorstel", "logboek"):
            connection.execute(f"UPDATE {table} SET id = '00000000-0000-4000-8000-000000000001'")
    return path


def test_tables_that_were_altered_are_told_and_nothing_is_left(server: PostGis, proposal: Path, tmp_path: Path) -> None:
    for number, (script, said) in enumerate(ALTERED.values()):
        database = place(server, f"anders_{number}")
        to_database(proposal, database, Silent())
        server.ask(f"SET session_replication_role = replica; SET search_path = {database.schema}; {script}")
        with pytest.raises(InputError, match=said):
            from_database(database, tmp_path / "uit.gpkg", datetime.now(UTC), Silent())
    assert [path.name for path in tmp_path.iterdir()] == ["voorstel.gpkg"]


def test_a_database_names_no_file_of_ours_to_read_agreements_from(
    server: PostGis, proposal: Path, tmp_path: Path
) -> None:
    (tmp_path / "kwaad-1.json").write_bytes(agreement_path("novex-1.0").read_bytes())
    database = place(server, "verwijst")
    to_database(proposal, database, Silent())
    server.ask(f"UPDATE verwijst.voorstel SET afspraken = '{tmp_path}/kwaad', afspraken_versie = '1.json'")

    with pytest.raises(InputError, match=r"veld afspraken: .*niet bij deze plugin horen"):
        from_database(database, tmp_path / "uit.gpkg", datetime.now(UTC), Silent())


def test_a_time_that_means_the_clock_is_refused(server: PostGis, proposal: Path) -> None:
    with transaction(proposal) as connection:
        suspend_triggers(connection, "voorstel_vlak")
        connection.execute("UPDATE voorstel_vlak SET gewijzigd = 'now' WHERE fid = 2")

    with pytest.raises(InputError, match="tabel voorstel_vlak, rij 2, veld gewijzigd: is niet een tijd"):
        to_database(proposal, place(server, "klok"), Silent())
    assert server.ask("SELECT count(*) FROM pg_namespace WHERE nspname = 'klok'") == [["0"]]
