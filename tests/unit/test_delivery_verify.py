"""Verification makes a delivery again from itself and names every difference, whatever was done to hide it."""

from __future__ import annotations

import re
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely

from novex_plugin.core.agreement import agreement_path
from novex_plugin.core.delivery import export as exporting
from novex_plugin.core.delivery import remake as remaking
from novex_plugin.core.delivery import verify as verifying
from novex_plugin.core.delivery.export import export
from novex_plugin.core.delivery.report_only import report_of_delivery
from novex_plugin.core.delivery.staging import Request
from novex_plugin.core.delivery.verify import Verification, verify
from novex_plugin.core.errors import InputError
from novex_plugin.core.progress import Silent
from tests.unit.making_deliveries import StandIn, assess_by_area, catalogues, edited, new_proposal, tampered

Change = Callable[[Path], None]


@pytest.fixture(autouse=True)
def one_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "assess", assess_by_area)
    monkeypatch.setattr(remaking, "assess", assess_by_area)
    monkeypatch.setattr(remaking, "catalogues_in_use", catalogues)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("levering")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exporting, "assess", assess_by_area)
        proposal = new_proposal(folder / "voorstel.gpkg")
        export(Request(proposal, "basis", draft=True), folder / "levering.zip", StandIn(), Silent())
    return folder / "levering.zip"


@pytest.fixture
def delivery(whole: Path, tmp_path: Path) -> Path:
    """A delivery of the test's own, for some write in it."""
    return Path(shutil.copyfile(whole, tmp_path / "levering.zip"))


def judged(path: Path) -> Verification:
    outcome = verify(path, StandIn(), Silent())
    assert outcome.content()["valid"] is outcome.valid
    return outcome


def queried(name: str, *statements: str) -> Change:
    def apply(data: Path) -> None:
        connection = sqlite3.connect(data / name)
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            if not statements[0].startswith("CREATE"):
                connection.execute(f'DROP TRIGGER "{trigger}"')
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()

    return apply


def replaced(name: str, old: str, new: str) -> Change:
    def apply(data: Path) -> None:
        text = (data / name).read_text()
        assert old in text
        (data / name).write_text(text.replace(old, new))

    return apply


def test_a_delivery_as_it_was_made_is_valid(delivery: Path) -> None:
    outcome = judged(delivery)

    assert outcome.state == "geldig", (outcome.differences, outcome.not_recomputed)
    assert "voorstel/voorstel.gpkg" in outcome.recomputed
    assert "rapport/rapport.html" in outcome.recomputed


def of_groningen(targets: list[dict[str, Any]]) -> dict[str, Any]:
    return next(each for each in targets if each["target"] == "q-prov-woningen-groningen")


GPKG = "voorstel/voorstel.gpkg"
FOUND = "bevindingen/bevindingen.json"

TAMPERED: dict[str, tuple[Change, str, str]] = {
    "a feature renamed": (
        queried(GPKG, "UPDATE voorstel_vlak SET naam = 'x' WHERE id = 'noord'"),
        "voorstel.geojson",
        "noord",
    ),
    "a feature taken out": (queried(GPKG, "DELETE FROM voorstel_vlak WHERE id = 'zuid'"), "voorstel.geojson", "zuid"),
    "a view put in": (queried(GPKG, "CREATE VIEW v AS SELECT 1"), GPKG, "view v"),
    "a trigger put in": (
        queried(GPKG, "CREATE TRIGGER t AFTER INSERT ON variant BEGIN DELETE FROM variant; END"),
        GPKG,
        "trigger t",
    ),
    "a table put in": (queried(GPKG, "CREATE TABLE geheim (x)"), GPKG, "table geheim"),
    "a value outside its code list": (
        queried(GPKG, "PRAGMA ignore_check_constraints = ON", "UPDATE voorstel_vlak SET rol = 'baas'"),
        "",
        "voorstel_vlak",
    ),
    "a required value taken away": (
        queried(
            GPKG,
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_master SET sql = replace(sql, '\"provincie\" TEXT NOT NULL', '\"provincie\" TEXT')",
            "UPDATE sqlite_master SET sql = sql",
        ),
        GPKG,
        "voorstel",
    ),
    "another legend unit on the same ground that is none": (
        queried(GPKG, "UPDATE voorstel_vlak SET meervoudig = 'luchtkasteel' WHERE id = 'noord'"),
        GPKG,
        "veld meervoudig",
    ),
    "another CRS under the same number": (
        queried(GPKG, "UPDATE gpkg_spatial_ref_sys SET definition = 'x' WHERE srs_id = 28992"),
        GPKG,
        "gpkg_spatial_ref_sys",
    ),
    "a feature that programs no longer find on the map": (
        queried(GPKG, "DELETE FROM rtree_voorstel_vlak_geom WHERE id = 1"),
        GPKG,
        "rtree_voorstel_vlak_geom",
    ),
    "another organisation on the label": (
        lambda data: (data.parent / "bag-info.txt").write_text(
            (data.parent / "bag-info.txt").read_text().replace("Provincie Drenthe", "Provincie Groningen")
        ),
        "bag-info.txt",
        "Source-Organization",
    ),
    "a finding taken out": (edited(FOUND, lambda c: c["findings"].clear()), FOUND, "P-1/noord"),
    "a finding made light": (
        edited(FOUND, lambda c: c["findings"][0].update(hardheid="advies")),
        FOUND,
        "hardheid",
    ),
    "a finding's geometry moved": (
        queried("bevindingen/bevindingen.gpkg", "DELETE FROM bevinding_vlak"),
        "bevindingen/bevindingen.gpkg",
        "P-1/noord",
    ),
    "the balance prettier": (
        edited("balans/balans.json", lambda c: of_groningen(c["targets"]).update(drawn=99)),
        "balans/balans.json",
        "targets[q-prov-woningen-groningen].drawn",
    ),
    "a total prettier": (
        edited("balans/balans.json", lambda c: c["totals"][0].update(drawn=99)),
        "balans/balans.json",
        "totals[0].drawn",
    ),
    "the balance's table prettier": (
        replaced("balans/balans.csv", ";Groningen;", ";Drenthe;"),
        "balans/balans.csv",
        "regel ",
    ),
    "the report prettier": (
        replaced("rapport/rapport.html", "is te groot", "is prima"),
        "rapport/rapport.html",
        "regel",
    ),
    "the legend recoloured": (
        replaced("legenda/voorstel_vlak.qml", 'value="woningbouw"', 'value="natuur"'),
        "legenda/voorstel_vlak.qml",
        "regel 1",
    ),
    "code in the legend": (
        replaced("legenda/voorstel_vlak.qml", "<qgis>", "<qgis><editforminitcode>import os</editforminitcode>"),
        "legenda/voorstel_vlak.qml",
        "",
    ),
    "an action in the legend": (
        replaced("legenda/voorstel_vlak.qml", "<qgis>", "<qgis><attributeactions><actionsetting/></attributeactions>"),
        "legenda/voorstel_vlak.qml",
        "",
    ),
    "metadata without its abstract": (
        replaced("metadata/voorstel_vlak.xml", "gmd:abstract", "gmd:purpose"),
        "metadata/voorstel_vlak.xml",
        "",
    ),
    "metadata taken out": (
        lambda data: (data / "metadata" / "voorstel_vlak.xml").unlink(),
        "metadata/voorstel_vlak.xml",
        "",
    ),
    "a second proposal": (
        lambda data: shutil.copyfile(data / GPKG, data / "voorstel/ander.gpkg"),
        "voorstel/ander.gpkg",
        "",
    ),
    "a second proposal in the table": (
        queried(
            GPKG,
            "CREATE TABLE t AS SELECT * FROM voorstel",
            "UPDATE t SET fid = 2, id = 'x'",
            "INSERT INTO voorstel SELECT * FROM t",
            "DROP TABLE t",
        ),
        "voorstel.gpkg",
        "tabel voorstel",
    ),
    "a place in the national grid prettier": (
        replaced("voorstel/voorstel-rd.geojson", "233000", "233001"),
        "voorstel-rd.geojson",
        "noord",
    ),
    "a deviation made up": (
        lambda data: (data / "gegevens/afwijkingen.csv").open("a").write("x;y;z;;;\n"),
        "gegevens/afwijkingen.csv",
        "regel 2",
    ),
    "a file put in": (lambda data: (data / "extra.txt").write_text("x"), "extra.txt", ""),
    "provenance of another": (
        edited("herkomst/prov.json", lambda c: c["agent"]["novex:organisatie"].update({"prov:label": "x"})),
        "herkomst/prov.json",
        "agent",
    ),
    "called final": (edited("levering.json", lambda c: c.update(draft=False)), "levering.json", "draft"),
    "another moment": (
        edited("levering.json", lambda c: c.update(moment="2020-01-01T00:00:00Z")),
        "levering.json",
        "moment",
    ),
    "an unknown agreement": (
        edited("levering.json", lambda c: c["agreement"].update(id="x")),
        "levering.json",
        "agreement",
    ),
    "another agreement under the same name": (
        edited("levering.json", lambda c: c["agreement"].update(digest=f"sha256:{'1' * 64}")),
        "levering.json",
        "digest",
    ),
    "other rules under the same name": (
        edited("levering.json", lambda c: c["catalogues"][0].update(digest=f"sha256:{'1' * 64}")),
        "levering.json",
        "catalogues",
    ),
    "an unknown variant": (edited("levering.json", lambda c: c["proposal"].update(variant="x")), GPKG, ""),
    "another version": (edited("levering.json", lambda c: c.update(version="9.9")), "levering.json", ""),
    "no manifest": (lambda data: (data / "levering.json").unlink(), "levering.json", ""),
    "a manifest that is a list": (lambda data: (data / "levering.json").write_text("[]"), "levering.json", ""),
    "no proposal": (lambda data: (data / GPKG).unlink(), "voorstel.gpkg", ""),
    "a proposal that is none": (lambda data: (data / GPKG).write_text("x"), "voorstel.gpkg", ""),
    "findings that are a list": (lambda data: (data / FOUND).write_text("[]"), "bevindingen.json", ""),
    "no findings": (lambda data: (data / FOUND).unlink(), "bevindingen.json", ""),
    "no provenance": (lambda data: (data / "herkomst/prov.json").unlink(), "herkomst/prov.json", ""),
    "an XML bomb": (
        lambda data: (data / "metadata/voorstel_vlak.xml").write_text('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        "metadata/voorstel_vlak.xml",
        "",
    ),
}


@pytest.mark.parametrize(("change", "file", "where"), TAMPERED.values(), ids=TAMPERED)
def test_a_delivery_that_was_tampered_with_is_found_out_though_its_checksums_fit(
    delivery: Path, tmp_path: Path, change: Change, file: str, where: str
) -> None:
    outcome = judged(tampered(delivery, tmp_path, change))

    assert not outcome.valid
    assert any(file in each.file and where in each.where for each in outcome.differences), outcome.differences


def test_a_report_takes_no_agreement_from_where_a_delivery_points(delivery: Path, tmp_path: Path) -> None:
    own = tmp_path / "valstrik-9.json"
    shutil.copyfile(agreement_path("novex-1.0"), own)
    lure = edited("levering.json", lambda c: c["agreement"].update(id=str(own.with_name("valstrik")), version="9.json"))
    changed = tampered(delivery, tmp_path, lure)
    with pytest.raises(InputError, match="niet bij deze plugin horen"):
        report_of_delivery(changed, tmp_path / "rapport.html", None, StandIn(), Silent())
    assert not (tmp_path / "rapport.html").exists()


def test_a_changed_file_is_named_by_its_checksum(delivery: Path, tmp_path: Path) -> None:
    change = replaced("rapport/rapport.html", "is te groot", "is prima")

    outcome = judged(tampered(delivery, tmp_path, change, cover=False))

    assert any(
        each.file == "data/rapport/rapport.html" and "controlegetal" in each.says for each in outcome.differences
    )
    assert any(each.file == "levering.json" and "rapport/rapport.html" in each.where for each in outcome.differences)


def test_files_that_a_computer_leaves_behind_are_named_and_ignored(delivery: Path) -> None:
    with zipfile.ZipFile(delivery, "a") as archive:
        archive.writestr("novex-pv22-basis/data/Thumbs.db", b"x")
        archive.writestr("novex-pv22-basis/.DS_Store", b"x")

    outcome = judged(delivery)

    assert outcome.valid
    assert outcome.ignored == ["novex-pv22-basis/.DS_Store", "novex-pv22-basis/data/Thumbs.db"]


@pytest.mark.parametrize("content", [b"", b"geen zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_delivery_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)

    assert not judged(tmp_path / "x.zip").valid


def test_a_delivery_that_was_cut_off_is_said(delivery: Path) -> None:
    delivery.write_bytes(delivery.read_bytes()[:-1000])

    assert "geen heel zip-bestand" in judged(delivery).message()


def test_a_delivery_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="bestaat niet"):
        verify(tmp_path / "weg.zip", StandIn(), Silent())


def test_another_version_of_the_plugin_may_word_its_report_otherwise(
    delivery: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("novex_plugin.core.delivery.complete.plugin_version", lambda: "9.9.9")
    monkeypatch.setattr(remaking, "plugin_version", lambda: "9.9.9")
    monkeypatch.setattr(verifying, "plugin_version", lambda: "9.9.9")

    outcome = judged(delivery)

    assert outcome.state == "deels_nagerekend"
    assert any("rapport.html: gemaakt met een andere versie" in said for said in outcome.not_recomputed)


def of_another_plugin(delivery: Path, folder: Path, *changes: Change) -> Path:
    """What another version of the plugin made of the same proposal, in which `changes` are its other ways."""

    def change(data: Path) -> None:
        for each in changes:
            each(data)
        edited("levering.json", lambda c: c["plugin"].update(version="0.0.1"))(data)
        label = data.parent / "bag-info.txt"
        label.write_text(re.sub(r"(NOVEX Puzzel) \S+", r"\1 0.0.1", label.read_text()))

    return tampered(delivery, folder, change)


def test_what_another_version_of_the_plugin_reckons_otherwise_is_not_called_wrong(
    delivery: Path, tmp_path: Path
) -> None:
    other = edited("balans/balans.json", lambda c: of_groningen(c["targets"]).update(drawn=99))
    outcome = judged(
        of_another_plugin(delivery, tmp_path, other, lambda data: (data / "voorstel/voorstel-rd.geojson").unlink())
    )

    assert outcome.differences == []
    assert outcome.state == "deels_nagerekend"
    assert any("balans.json: gemaakt met een andere versie" in said for said in outcome.not_recomputed)
    assert any("voorstel-rd.geojson: ontbreekt" in said for said in outcome.not_recomputed)


def test_another_version_of_the_plugin_excuses_no_other_proposal(delivery: Path, tmp_path: Path) -> None:
    moved = queried(GPKG, "UPDATE voorstel_vlak SET naam = 'x' WHERE id = 'noord'")
    outcome = judged(of_another_plugin(delivery, tmp_path, moved))

    assert outcome.state == "ongeldig"
    assert {"voorstel/voorstel-rd.geojson", "voorstel/voorstel.geojson"} <= {each.file for each in outcome.differences}


def test_another_version_of_the_agreement_is_said_and_not_called_wrong(delivery: Path, tmp_path: Path) -> None:
    older = edited("levering.json", lambda c: c["agreement"].update(version="0.9"))
    outcome = judged(tampered(delivery, tmp_path, older))

    assert outcome.differences == []
    assert outcome.state == "deels_nagerekend"
    assert any("novex versie 0.9" in said for said in outcome.not_recomputed)


def test_rules_of_another_release_are_taken_as_declared_and_that_is_said(
    delivery: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = ({"id": "proef", "version": "2.0", "digest": f"sha256:{'2' * 64}"},)
    monkeypatch.setattr(remaking, "catalogues_in_use", lambda: newer)

    outcome = judged(delivery)

    assert outcome.state == "deels_nagerekend", outcome.differences
    assert any("regels die deze plugin niet heeft (proef 1.0)" in said for said in outcome.not_recomputed)


def test_findings_of_a_strange_form_make_a_delivery_invalid_and_do_not_stop_the_outcome(
    delivery: Path, tmp_path: Path
) -> None:
    def change(data: Path) -> None:
        edited("levering.json", lambda c: c["catalogues"][0].update(version="9.9"))(data)
        edited(FOUND, lambda c: c.update(counts={"overtreedt": "veel"}))(data)

    outcome = judged(tampered(delivery, tmp_path, change))

    assert any("vreemde vorm" in each.says for each in outcome.differences), outcome.differences


def test_a_final_delivery_is_valid_too(tmp_path: Path) -> None:
    proposal = new_proposal(tmp_path / "v.gpkg", {"klein": shapely.box(233_000, 556_000, 233_100, 556_100)})
    export(Request(proposal, "basis"), tmp_path / "levering.zip", StandIn(), Silent())

    assert judged(tmp_path / "levering.zip").valid


def test_every_difference_says_where_and_what(delivery: Path, tmp_path: Path) -> None:
    change = queried("bevindingen/bevindingen.gpkg", "UPDATE bevinding_vlak SET uitkomst = 'voldoet'")

    outcome = judged(tampered(delivery, tmp_path, change))

    found = next(
        each for each in outcome.differences if each.file == "bevindingen/bevindingen.gpkg" and "veld" in each.where
    )
    assert found.where == "tabel bevinding_vlak, rij P-1/noord, veld uitkomst"
    assert (found.says, found.found) == ("voldoet", "overtreedt")
