"""What a careless or malicious sender can put in a delivery or a proposal: each is told, and none of it runs."""

from __future__ import annotations

import json
import shutil
import sqlite3
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import shapely

from novex_plugin.core.agreement import Agreement, agreement_path, read_agreement
from novex_plugin.core.delivery import export as exporting
from novex_plugin.core.delivery.archive import unpack
from novex_plugin.core.delivery.changes import changes
from novex_plugin.core.delivery.export import export
from novex_plugin.core.delivery.manifest import read_manifest
from novex_plugin.core.delivery.metadata_check import metadata_problems
from novex_plugin.core.delivery.staging import Request
from novex_plugin.core.delivery.style_check import definition_problems, style_problems
from novex_plugin.core.delivery.verify import verify
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geometry_blob import decode
from novex_plugin.core.features.geopackage import opened, read_layer
from novex_plugin.core.files import read_json
from novex_plugin.core.progress import Silent
from novex_plugin.core.proposal.migrate import migrate
from novex_plugin.core.proposal.read import read_proposal
from tests.unit.making_deliveries import StandIn, assess_by_area, new_proposal, tampered

MOMENT = datetime(2027, 3, 1, 8, tzinfo=UTC)
GPKG = "voorstel/voorstel.gpkg"
Change = Callable[[Path], None]


@pytest.fixture(scope="module")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("levering")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exporting, "assess", assess_by_area)
        request = Request(new_proposal(folder / "voorstel.gpkg"), "basis", draft=True)
        export(request, folder / "levering.zip", StandIn(), Silent())
    return folder / "levering.zip"


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Agreement:
    content = json.loads(agreement_path("novex-1.0").read_text()) | {"release": "2.0"}
    path = tmp_path_factory.mktemp("afspraken") / "novex-2.0.json"
    path.write_text(json.dumps(content))
    return read_agreement(path)


def altered(path: Path, script: str) -> Path:
    """Run SQL on a GeoPackage as another program would, without its triggers and checks."""
    with closing(sqlite3.connect(path)) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')
        connection.executescript(f"PRAGMA ignore_check_constraints = 1; {script}")
    return path


def in_proposal(script: str) -> Change:
    return lambda data: altered(data / GPKG, script) and None


def blob(wkb: bytes) -> str:
    return f"UPDATE voorstel_vlak SET geom = x'{(b'GP' + bytes((0, 1)) + struct.pack('<i', 28992) + wkb).hex()}'"


def nested(levels: int, kind: int, order: str = "<") -> bytes:
    head = bytes((1 if order == "<" else 0,)) + struct.pack(f"{order}II", kind, 1)
    return head * levels + bytes((1,)) + struct.pack("<II", 7, 0)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_bomb_that_lies_about_its_size_fills_no_memory(tmp_path: Path, method: int) -> None:
    path = tmp_path / "bom.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("bag/bagit.txt", bytes(1 << 20))
    content = bytearray(path.read_bytes())
    for sign, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = content.find(sign) + place
        content[start : start + 4] = struct.pack("<I", 100)
    path.write_bytes(content)

    with pytest.raises(InputError, match="op een andere wijze dan deflate"):
        unpack(path, tmp_path, Silent())


def test_two_unicode_forms_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "vormen.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("bag/caf\u00e9", "a")
        archive.writestr("bag/cafe\u0301", "b")

    with pytest.raises(InputError, match="komt twee keer voor"):
        unpack(path, tmp_path, Silent())


@pytest.mark.parametrize(
    "wkb", [nested(20_000, 7), nested(20_000, 6), nested(20_000, 7, ">"), nested(20_000, 1007), nested(40, 5)]
)
def test_a_geometry_nested_too_deep_is_refused_before_it_is_read(wkb: bytes) -> None:
    header = b"GP" + bytes((0, 1)) + struct.pack("<i", 28992)

    with pytest.raises(InputError, match="te veel lagen in elkaar") as refused:
        decode([None, header + shapely.to_wkb(shapely.Point(0, 0)), header + wkb], Path("a.gpkg"), "lagen")
    assert (refused.value.table, refused.value.row, refused.value.field) == ("lagen", 3, "geom")


def test_geometries_of_some_levels_and_many_parts_are_read() -> None:
    parts = [shapely.box(number, 0, number + 0.5, 1) for number in range(5)]
    given = [
        shapely.MultiPolygon(parts),
        shapely.force_3d(shapely.MultiPolygon(parts), 7.0),
        shapely.GeometryCollection([shapely.MultiPoint([(0, 0), (1, 1)]), shapely.GeometryCollection(parts)]),
    ]
    header = b"GP" + bytes((0, 1)) + struct.pack("<i", 28992)
    read = decode([header + shapely.to_wkb(each, output_dimension=3) for each in given])

    assert shapely.equals_exact(read, given, 0).all()


def test_a_virtual_table_over_an_endless_view_is_no_layer(tmp_path: Path) -> None:
    endless = (
        "CREATE VIEW eindeloos AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
        " SELECT x AS fid, 'a' AS id, 'b' AS naam FROM c;"
    )
    layer = "CREATE VIRTUAL TABLE variant USING fts5(id, naam, content = 'eindeloos', content_rowid = 'fid');"
    path = altered(new_proposal(tmp_path / "v.gpkg"), f"DROP TABLE variant; {endless} {layer}")
    with pytest.raises(InputError, match="deze tabel ontbreekt"):
        read_layer(path, "variant")

    contents = layer.replace("variant", "gpkg_extensions")
    path = altered(path, f"DROP TABLE gpkg_extensions; {contents}")
    with pytest.raises(InputError, match="is geen GeoPackage"), opened(path):
        pass


HOSTILE: dict[str, tuple[Change, str]] = {
    "a CRS that is no number": (
        in_proposal("UPDATE gpkg_spatial_ref_sys SET organization_coordsys_id = 'abc' WHERE srs_id = 28992"),
        "tabel voorstel_vlak: .*staat niet in EPSG:28992",
    ),
    "rows without numbers": (
        in_proposal(
            "CREATE TABLE n AS SELECT * FROM voorstel_vlak; DROP TABLE voorstel_vlak;"
            "ALTER TABLE n RENAME TO voorstel_vlak; UPDATE voorstel_vlak SET fid = 'abc', id = 'z'"
        ),
        "tabel voorstel_vlak, rij abc, veld id",
    ),
    "an id in two tables": (
        in_proposal(
            "CREATE TABLE voorstel_lijn AS SELECT * FROM voorstel_vlak;"
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)"
            " VALUES ('voorstel_lijn', 'features', 'lijn', 28992);"
            "INSERT INTO gpkg_geometry_columns VALUES ('voorstel_lijn', 'geom', 'MULTILINESTRING', 28992, 0, 0)"
        ),
        "tabel voorstel_lijn, rij 1, veld id: .*komt al eerder voor",
    ),
    "an id of millions": (
        in_proposal("UPDATE voorstel_vlak SET id = replace(hex(zeroblob(1000000)), '0', 'a') WHERE fid = 1"),
        "tabel voorstel_vlak, rij 1, veld id: .*2000000 tekens",
    ),
    "a coordinate that is no number": (
        in_proposal(
            blob(shapely.to_wkb(shapely.MultiPolygon([shapely.Polygon([(0, 0), (float("nan"), 1), (1, 1), (0, 0)])])))
            + " WHERE fid = 1"
        ),
        "tabel voorstel_vlak, rij noord, veld geom: .*gewone coördinaten",
    ),
    "arcs": (in_proposal(blob(struct.pack("<BII", 1, 10, 0))), "tabel voorstel_vlak, rij 1, veld geom: .*bogen"),
    "a view for a layer": (
        in_proposal("ALTER TABLE voorstel_vlak RENAME TO x; CREATE VIEW voorstel_vlak AS SELECT * FROM x"),
        "tabel voorstel_vlak: .*ontbreekt",
    ),
    "half a sign": (
        lambda data: (data / "balans/balans.json").write_text('{"\\ud800": 1}') and None,
        "balans.json: bevat een half teken",
    ),
    "deep JSON": (lambda data: (data / "balans/balans.json").write_text("[" * 100_000) and None, "te diep genest"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "said"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_delivery_is_no_earlier_one_and_is_named(
    delivery: Path, tmp_path: Path, change: Change, said: str
) -> None:
    broken = tampered(delivery, tmp_path, change)
    with pytest.raises(InputError, match=said) as refused:
        changes(delivery, broken, Silent())
    assert refused.value.file == broken


def folder_named(*names: str) -> Change:
    def change(data: Path) -> None:
        for name in names:
            (data / name).mkdir(parents=True)
            (data / name / "iets.txt").write_text("iets")

    return change


def test_folders_named_as_files_and_a_hostile_row_are_differences(delivery: Path, tmp_path: Path) -> None:
    def change(data: Path) -> None:
        folder_named("metadata/x.xml", "legenda/x.qml", "gegevens/layers/x.qlr", "gegevens/data/x.gpkg")(data)
        HOSTILE["an id of millions"][0](data)

    outcome = verify(tampered(delivery, tmp_path, change), StandIn(), Silent())

    said = {(each.file, each.says) for each in outcome.differences}
    for name in ("metadata/x.xml", "legenda/x.qml", "gegevens/layers/x.qlr"):
        assert (name, "is geen gewoon bestand") in said
    assert any(each.where == "tabel voorstel_vlak, rij 1, veld id" for each in outcome.differences)


def test_a_manifest_nested_just_below_what_can_be_read_is_refused(tmp_path: Path) -> None:
    deepest = 0
    for levels in range(700, 1_000, 5):
        text = f'{{"format": "novex-delivery", "version": "1.0", "moment": {"[" * levels}{"]" * levels}}}'
        (tmp_path / "levering.json").write_text(text)
        with pytest.raises(InputError) as refused:
            read_manifest(tmp_path)
        deepest += "te diep genest" in refused.value.problem
    assert deepest


STYLES = {
    "a function before a comment": ("<rule filter=\"env/**/('HOME')\"/>", "env()"),
    "a function before a line of comment": ("<rule filter=\"eval -- x&#10;('1')\"/>", "eval()"),
    "an address in an expression": ("<Option value=\"'http://spion.example/' || $id\"/>", "naar buiten"),
    "a script": ("<SvgParameter name='fill'>javascript:alert(1)</SvgParameter>", "naar buiten"),
    "an inline picture": ("<OnlineResource href='data:image/svg+xml;base64,AAAA'/>", "naar buiten"),
    "an inline picture of QGIS": ("<Option name='name' value='base64:PHN2Zz4='/>", "naar buiten"),
    "another scheme": ("<Option value='gopher://spion.example/a'/>", "naar buiten"),
    "a share with slashes": ("<Option value='//spion/deel/a.svg'/>", "naar buiten"),
}


@pytest.mark.parametrize(("part", "said"), STYLES.values(), ids=STYLES)
def test_what_reaches_outside_a_style_is_named(tmp_path: Path, part: str, said: str) -> None:
    (tmp_path / "a.qml").write_text(f"<qgis>{part}</qgis>")

    assert any(said in each for each in style_problems(tmp_path / "a.qml"))


STRANGE_XML = [
    *(
        f'<?xml version="1.0" encoding="{name}"?><a/>'
        for name in ("utf-7", "undefined", "base64", "idna", "bestaat-niet")
    ),
    "<a>" * 20_000,
    '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
]


def test_xml_that_is_strange_deep_or_declares_things_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    for content in STRANGE_XML:
        path.write_text(content)
        assert metadata_problems(path), content[:60]
        assert definition_problems(path, None), content[:60]


@pytest.mark.parametrize("written", [b'{"a": "\\ud800"}', b'{"a": "\xed\xa0\x80"}', b'{"a": NaN}', b'{"a": 1, "a": 2}'])
def test_json_that_could_not_be_written_again_is_refused(tmp_path: Path, written: bytes) -> None:
    (tmp_path / "a.json").write_bytes(written)
    with pytest.raises(InputError, match=r"is geen JSON|half teken"):
        read_json(tmp_path / "a.json")


def test_a_pair_of_escaped_halves_is_one_sign(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'{"a": "\\ud83c\\udf33"}')

    assert read_json(tmp_path / "a.json") == {"a": "🌳"}


def own_table(name: str, columns: str) -> str:
    return (
        f'CREATE TABLE "{name}" ({columns});'
        f"INSERT INTO gpkg_contents (table_name, data_type, identifier) VALUES ('{name}', 'attributes', '{name}')"
    )


def copied_without_key(table: str, then: str) -> str:
    return f"CREATE TABLE n AS SELECT * FROM {table}; DROP TABLE {table}; ALTER TABLE n RENAME TO {table}; {then}"


REFUSED = {
    "no row": ("DELETE FROM voorstel", "tabel voorstel: heeft 0 rijen"),
    "two rows": (
        copied_without_key("voorstel", "INSERT INTO voorstel SELECT * FROM voorstel"),
        "tabel voorstel: heeft 2 rijen",
    ),
    "text for a number": (
        copied_without_key("variant", "UPDATE variant SET fid = 'abc'"),
        "tabel variant, rij 1, veld fid: is geen nummer",
    ),
    "a field in capitals": (
        (
            "CREATE TABLE n (ogc INTEGER PRIMARY KEY, FID TEXT, id, naam, omschrijving);"
            "INSERT INTO n SELECT fid, 'x', id, naam, omschrijving FROM variant;"
            "DROP TABLE variant; ALTER TABLE n RENAME TO variant"
        ),
        "tabel variant, veld FID: heet als een veld van het schema",
    ),
}


def test_a_proposal_that_cannot_be_written_again_is_refused_and_nothing_is_left(
    tmp_path: Path, target: Agreement
) -> None:
    made = new_proposal(tmp_path / "voorstel.gpkg")
    for number, (script, said) in enumerate(REFUSED.values()):
        path = altered(Path(shutil.copyfile(made, tmp_path / f"{number}.gpkg")), script)
        with pytest.raises(InputError, match=said):
            migrate(path, target, tmp_path / "uit.gpkg", MOMENT, report=tmp_path / "verslag.json")
    assert not list(tmp_path.glob("uit*")) + list(tmp_path.glob("verslag*")) + list(tmp_path.glob(".*"))


def test_strange_tables_and_values_wait_and_the_rest_goes_over(tmp_path: Path, target: Agreement) -> None:
    amount = "INSERT INTO bijdrage (id, kenmerk, indicator, waarde, eenheid) VALUES ('b', 'zuid', 'woningen', 9e307, '"
    path = altered(
        new_proposal(tmp_path / "voorstel.gpkg"),
        ";".join(
            (
                own_table("Gemigreerd", "a"),
                own_table("breed", ", ".join(f"c{number}" for number in range(1_999))),
                "UPDATE voorstel_vlak SET legenda = x'00ff' WHERE fid = 1",
                f"{amount}woningen')",
            )
        ),
    )
    factor = {"from": "woningen", "to": "woningen", "factor": 1e12, "from_unit": "woningen", "unit": "woningen"}
    names = {"from": {"id": "novex", "release": "1.0"}, "to": {"id": "novex", "release": "2.0"}}
    mapping = tmp_path / "vertaling.json"
    mapping.write_text(json.dumps({"format": "novex-migration", "version": "1.0", **names, "indicators": [factor]}))

    done = migrate(path, target, tmp_path / "uit.gpkg", MOMENT, mapping)

    assert {(each["table"], each["field"]) for each in done.content["to_judge"]} == {
        ("voorstel_vlak", "legenda"),
        ("bijdrage", "waarde"),
    }
    left_out = " ".join(done.content["left_out"])
    assert "tabel Gemigreerd: deze naam is al in gebruik" in left_out
    assert "tabel breed: heeft te veel velden" in left_out
    assert len(read_proposal(tmp_path / "uit.gpkg", target).tables["voorstel_vlak"]) == 1
