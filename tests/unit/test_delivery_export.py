"""A delivery is whole, always the same bytes, and not made while findings are open."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import bagit
import numpy as np
import pytest
import shapely

from novex_plugin.core.delivery import export as exporting
from novex_plugin.core.delivery.export import export
from novex_plugin.core.delivery.staging import Request
from novex_plugin.core.errors import Cancelled, InputError
from novex_plugin.core.features.geopackage import append, transaction
from novex_plugin.core.features.table import attribute_table
from novex_plugin.core.files import check_schema
from novex_plugin.core.progress import Silent
from tests.unit.making_deliveries import StandIn, assess_by_area, new_proposal, reopened, texts


@pytest.fixture(autouse=True)
def one_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "assess", assess_by_area)


@pytest.fixture
def proposal(tmp_path: Path) -> Path:
    return new_proposal(tmp_path / "voorstel.gpkg")


def small(path: Path) -> Path:
    return new_proposal(path, {"klein": shapely.box(233_000, 556_000, 233_100, 556_100)})


def test_a_delivery_holds_everything_a_receiver_needs(proposal: Path, tmp_path: Path) -> None:
    exported = export(Request(proposal, "basis", draft=True), tmp_path / "uit.zip", StandIn(), Silent())
    bag = reopened(tmp_path / "uit.zip", tmp_path / "open")

    assert bag.name == "novex-pv22-basis"
    assert {path.relative_to(bag / "data").as_posix() for path in (bag / "data").rglob("*") if path.is_file()} == {
        "levering.json", "voorstel/voorstel.gpkg", "voorstel/voorstel.geojson",
        "voorstel/voorstel-rd.geojson", "gegevens/afwijkingen.csv",
        "legenda/voorstel_vlak.qml", "legenda/voorstel_vlak.sld", "legenda/voorstel_lijn.qml",
        "legenda/voorstel_lijn.sld", "legenda/voorstel_punt.qml", "legenda/voorstel_punt.sld",
        "metadata/levering.xml", "metadata/voorstel_vlak.xml", "metadata/bevinding_vlak.xml",
        "bevindingen/bevindingen.gpkg", "bevindingen/bevindingen.json", "bevindingen/motiveringen.json",
        "balans/balans.json", "balans/balans.csv", "gegevens/koppelingen.json", "herkomst/prov.json",
        "rapport/kaart.png", "rapport/rapport.html",
    }  # fmt: skip
    assert exported.open_findings == 1
    bagit.Bag(str(bag)).validate()
    check_schema(json.loads((bag / "data" / "levering.json").read_text()), "delivery")


def test_exporting_twice_gives_the_same_bytes(proposal: Path, tmp_path: Path) -> None:
    for name in ("een", "twee"):
        source = tmp_path / name / "ergens anders.gpkg"
        source.parent.mkdir()
        shutil.copyfile(proposal, source)
        export(Request(source, "basis", draft=True), tmp_path / f"{name}.zip", StandIn(), Silent())

    assert (tmp_path / "een.zip").read_bytes() == (tmp_path / "twee.zip").read_bytes()


def test_the_moment_is_the_latest_of_the_content(proposal: Path, tmp_path: Path) -> None:
    exported = export(Request(proposal, "basis", draft=True), tmp_path / "uit.zip", StandIn(), Silent())

    assert exported.manifest["moment"] == "2026-11-10T14:30:00Z"


def test_open_findings_are_refused_and_counted_by_rule(proposal: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"1 bevindingen staan open zonder motivering: P-1 \(1\)"):
        export(Request(proposal, "basis"), tmp_path / "uit.zip", StandIn(), Silent())

    assert sorted(path.name for path in tmp_path.iterdir()) == ["voorstel.gpkg"]


def test_an_explained_finding_does_not_keep_a_delivery_from_being_final(proposal: Path, tmp_path: Path) -> None:
    columns = {
        name: texts(value) for name, value in (("id", "m"), ("regel", "P-1"), ("kenmerk", "noord"), ("reden", "x"))
    }
    append(proposal, "motivering", attribute_table("motivering", columns))

    exported = export(Request(proposal, "basis"), tmp_path / "uit.zip", StandIn(), Silent())

    assert exported.manifest["draft"] is False


def outside(path: Path, **values: str | None) -> None:
    """Record a dataset that is not of the basisset."""
    row = {"id": "d", "naam": "=Eigen kaart", "plaats": "https://kaart.example", "reden": "actueler", **values}
    columns = {name: texts(value) for name, value in row.items()}
    append(path, "dataset", attribute_table("dataset", {**columns, "basisset": np.array([0])}))


def test_data_outside_the_basisset_are_told_with_name_place_and_reason(tmp_path: Path) -> None:
    proposal = small(tmp_path / "v.gpkg")
    outside(proposal)
    export(Request(proposal, "basis"), tmp_path / "uit.zip", StandIn(), Silent())
    told = reopened(tmp_path / "uit.zip", tmp_path / "open") / "data" / "gegevens" / "afwijkingen.csv"

    heads, row = told.read_text(encoding="utf-8-sig").splitlines()
    assert heads == "naam;plaats;reden;versie;digest;licentie"
    assert row == "'=Eigen kaart;https://kaart.example;actueler;;;"


def test_a_deviation_without_a_reason_keeps_a_delivery_from_being_final(tmp_path: Path) -> None:
    proposal = small(tmp_path / "v.gpkg")
    outside(proposal, reden=None)

    with pytest.raises(InputError, match=rf"{proposal}, tabel dataset, rij d, veld reden: is leeg"):
        export(Request(proposal, "basis"), tmp_path / "uit.zip", StandIn(), Silent())
    export(Request(proposal, "basis", draft=True), tmp_path / "uit.zip", StandIn(), Silent())


def test_rows_that_wait_for_a_person_keep_a_delivery_from_being_final(tmp_path: Path) -> None:
    proposal = small(tmp_path / "voorstel.gpkg")
    with transaction(proposal) as connection:
        connection.execute("CREATE TABLE nog_te_beoordelen (fid INTEGER PRIMARY KEY, reden TEXT)")
        connection.execute("INSERT INTO nog_te_beoordelen (reden) VALUES ('onbekende code')")
        connection.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES (?, 'attributes', ?)",
            ("nog_te_beoordelen", "nog_te_beoordelen"),
        )
    with pytest.raises(InputError, match="1 rijen wachten") as refused:
        export(Request(proposal, "basis"), tmp_path / "uit.zip", StandIn(), Silent())
    assert refused.value.table == "nog_te_beoordelen"
    assert not (tmp_path / "uit.zip").exists()
    export(Request(proposal, "basis", draft=True), tmp_path / "concept.zip", StandIn(), Silent())


def test_geojson_keeps_to_rfc_7946_and_stands_there_in_the_national_grid_too(proposal: Path, tmp_path: Path) -> None:
    export(Request(proposal, "basis", draft=True), tmp_path / "uit.zip", StandIn(), Silent())
    folder = reopened(tmp_path / "uit.zip", tmp_path / "open") / "data" / "voorstel"
    world, grid = (json.loads((folder / name).read_text()) for name in ("voorstel.geojson", "voorstel-rd.geojson"))

    assert "crs" not in world
    assert grid["crs"]["properties"]["name"] == "urn:ogc:def:crs:EPSG::28992"
    assert grid["bbox"] == [233_000, 541_000, 236_300, 556_400]
    for collection in (world, grid):
        shapes = shapely.from_geojson([json.dumps(each["geometry"]) for each in collection["features"]])
        assert collection["bbox"] == shapely.total_bounds(shapes).tolist()
        assert all(shapely.is_ccw(shapely.get_exterior_ring(shapely.get_parts(shapes))))
    assert 6.0 < world["bbox"][0] < world["bbox"][2] < 7.0
    assert 52.0 < world["bbox"][1] < world["bbox"][3] < 53.5


def test_a_draft_is_marked_everywhere(proposal: Path, tmp_path: Path) -> None:
    export(Request(proposal, "basis", draft=True), tmp_path / "concept.zip", StandIn(), Silent())
    data = reopened(tmp_path / "concept.zip", tmp_path / "open") / "data"

    assert json.loads((data / "levering.json").read_text())["draft"] is True
    assert 'codeListValue="underDevelopment"' in (data / "metadata" / "voorstel_vlak.xml").read_text()
    assert "CONCEPT" in (data / "rapport" / "rapport.html").read_text()
    assert "(concept)" in (data.parent / "bag-info.txt").read_text()


def test_a_final_delivery_is_not_marked(tmp_path: Path) -> None:
    export(Request(small(tmp_path / "v.gpkg"), "basis"), tmp_path / "uit.zip", StandIn(), Silent())
    data = reopened(tmp_path / "uit.zip", tmp_path / "open") / "data"

    assert 'codeListValue="completed"' in (data / "metadata" / "voorstel_vlak.xml").read_text()
    assert "CONCEPT" not in (data / "rapport" / "rapport.html").read_text()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("contact_email", "", "ontbreekt; de metadata vragen het"),
        ("contact_organisatie", None, "ontbreekt; de metadata vragen het"),
        ("contact_email", "jan", "is geen e-mailadres"),
        ("contact_rol", "baas", "is geen rol van de metadatastandaard"),
    ],
)
def test_a_proposal_without_contact_is_refused(tmp_path: Path, field: str, value: str, said: str) -> None:
    proposal = new_proposal(tmp_path / "v.gpkg", **{field: value})

    with pytest.raises(InputError, match=f"tabel voorstel, rij 1, veld {field}: {said}"):
        export(Request(proposal, "basis", draft=True), tmp_path / "uit.zip", StandIn(), Silent())
    assert not (tmp_path / "uit.zip").exists()


def test_an_unknown_variant_is_refused_with_the_ones_there_are(proposal: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Kies uit: basis"):
        export(Request(proposal, "anders"), tmp_path / "uit.zip", StandIn(), Silent())


def test_the_only_variant_need_not_be_named(proposal: Path, tmp_path: Path) -> None:
    exported = export(Request(proposal, None, draft=True), tmp_path / "uit.zip", StandIn(), Silent())

    assert exported.manifest["proposal"]["variant"] == "basis"


def test_a_proposal_of_another_version_is_refused(proposal: Path, tmp_path: Path) -> None:
    with transaction(proposal) as connection:
        connection.execute("UPDATE voorstel SET schema_versie = '9.9'")

    with pytest.raises(InputError, match=r"schemaversie 9\.9"):
        export(Request(proposal, "basis"), tmp_path / "uit.zip", StandIn(), Silent())


def test_a_value_that_departs_from_the_agreement_is_not_handed_over(tmp_path: Path) -> None:
    proposal = small(tmp_path / "v.gpkg")
    with transaction(proposal) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE voorstel_vlak SET meervoudig = 'onzin'")

    with pytest.raises(InputError, match=rf"{proposal}, tabel voorstel_vlak, rij 1, veld meervoudig: 'onzin'"):
        export(Request(proposal, "basis", draft=True), tmp_path / "uit.zip", StandIn(), Silent())


@pytest.mark.parametrize(
    ("change", "field"),
    [("id = 'dubbel'", "id"), ("legenda = 'onbekend'", "legenda"), ("start_jaar = 'straks'", "start_jaar")],
)
def test_what_no_copy_can_hold_is_said_of_the_users_own_file_and_row(tmp_path: Path, change: str, field: str) -> None:
    proposal = small(tmp_path / "v.gpkg")
    with transaction(proposal) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        (table,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'voorstel_vlak'").fetchone()
        connection.execute("CREATE TABLE rijen AS SELECT * FROM voorstel_vlak")
        connection.execute("DROP TABLE voorstel_vlak")
        connection.execute(re.sub(r" CHECK \([^()]*\([^()]*\)\)|(?<!KEY AUTOINCREMENT) UNIQUE", "", table))
        for _ in range(2):
            connection.execute("UPDATE rijen SET fid = (SELECT count(*) + 1 FROM voorstel_vlak)")
            connection.execute("INSERT INTO voorstel_vlak SELECT * FROM rijen LIMIT 1")
            connection.execute("UPDATE rijen SET id = 'ander'")
        connection.execute("DROP TABLE rijen")
        connection.execute(f"UPDATE voorstel_vlak SET {change}")

    with pytest.raises(InputError, match=rf"^bestand {proposal}, tabel voorstel_vlak, rij [12], veld {field}: "):
        export(Request(proposal, "basis", draft=True), tmp_path / "uit.zip", StandIn(), Silent())


def test_the_proposal_is_left_as_it_was(proposal: Path, tmp_path: Path) -> None:
    before = proposal.read_bytes()
    export(Request(proposal, "basis", draft=True), tmp_path / "uit.zip", StandIn(), Silent())

    assert proposal.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["uit.zip", "voorstel.gpkg"]


def test_a_target_that_cannot_be_written_is_named(proposal: Path, tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("x")

    with pytest.raises(InputError, match="kan niet worden geschreven"):
        export(Request(proposal, "basis", draft=True), tmp_path / "bestand" / "uit.zip", StandIn(), Silent())


def test_stopping_leaves_nothing_behind(proposal: Path, tmp_path: Path) -> None:
    class Stopped(Silent):
        def cancelled(self) -> bool:
            return True

    with pytest.raises(Cancelled):
        export(Request(proposal, "basis", draft=True), tmp_path / "uit.zip", StandIn(), Stopped())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["voorstel.gpkg"]


def test_an_existing_delivery_is_replaced_only_by_a_whole_one(proposal: Path, tmp_path: Path) -> None:
    (tmp_path / "uit.zip").write_text("de vorige")

    with pytest.raises(InputError):
        export(Request(proposal, "basis"), tmp_path / "uit.zip", StandIn(), Silent())

    assert (tmp_path / "uit.zip").read_text() == "de vorige"


def test_entries_of_the_zip_have_fixed_dates_and_rights(proposal: Path, tmp_path: Path) -> None:
    export(Request(proposal, "basis", draft=True), tmp_path / "uit.zip", StandIn(), Silent())

    with zipfile.ZipFile(tmp_path / "uit.zip") as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
