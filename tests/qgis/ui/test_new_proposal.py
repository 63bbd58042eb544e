"""The dialog that makes a proposal: from nothing, from a layer, from a delivery, or one that is there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject, QgsSettings
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from novex_plugin.core.delivery import export as exporting
from novex_plugin.core.delivery.export import export
from novex_plugin.core.delivery.staging import Request
from novex_plugin.core.progress import Silent
from novex_plugin.core.proposal.read import read_proposal
from novex_plugin.ui.new_proposal.dialog import NewProposal, create
from novex_plugin.ui.workbench import Workbench
from tests.qgis.ui.new_proposals import MAPPING, Said, plan, plan_file, press
from tests.unit.making_deliveries import StandIn, assess_by_area
from tests.unit.making_deliveries import new_proposal as proposal_to_deliver

_LONG_MS = 20_000


@pytest.fixture
def empty_bench(qgis_app: object, qgis_iface: Any) -> Iterator[Workbench]:
    QgsProject.instance().clear()
    QgsSettings().remove("novex")
    workbench = Workbench(qgis_iface)
    yield workbench
    workbench.release()
    QgsSettings().remove("novex")
    QgsProject.instance().clear()


@pytest.fixture
def said(empty_bench: Workbench) -> Said:
    return Said(empty_bench)


@pytest.fixture
def dialog(empty_bench: Workbench, qtbot: Any, tmp_path: Path) -> Iterator[NewProposal]:
    made = create(empty_bench)
    assert isinstance(made, NewProposal)
    qtbot.addWidget(made)
    made.open()
    made.page.place.setFilePath(str(tmp_path / "nieuw.gpkg"))
    yield made
    made.release()


@pytest.fixture(scope="module")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("levering")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exporting, "assess", assess_by_area)
        source = proposal_to_deliver(folder / "voorstel.gpkg")
        export(Request(source, "basis", draft=True), folder / "levering.zip", StandIn(), Silent())
    return folder / "levering.zip"


def choose_province(dialog: NewProposal, name: str) -> None:
    combo = dialog.page.province
    combo.setCurrentIndex(combo.findText(name))


def make(dialog: NewProposal, qtbot: Any) -> None:
    assert dialog._make.isEnabled(), dialog._status.text()
    press(dialog._make)
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=_LONG_MS)


def test_a_proposal_from_nothing_stands_in_a_project_with_groups_forms_themes_and_layouts(
    dialog: NewProposal, empty_bench: Workbench, said: Said, qtbot: Any, tmp_path: Path
) -> None:
    assert not dialog._make.isEnabled()
    assert "province" in dialog._status.text()
    choose_province(dialog, "Limburg")
    make(dialog, qtbot)

    project, path = QgsProject.instance(), tmp_path / "nieuw.gpkg"
    assert empty_bench.proposal is not None
    assert (Path(empty_bench.proposal.place.reference), empty_bench.proposal.province, empty_bench.variant) == (
        path,
        "PV31",
        "basis",
    )
    root = project.layerTreeRoot()
    assert [each.name() for each in root.children()] == ["Voorstel", "Tabellen", "Basisset", "Ondergrond"]
    drawn = [each.name() for each in root.findGroup("Voorstel").findLayers()]
    assert drawn[-3:] == ["Voorstel, punten", "Voorstel, lijnen", "Voorstel, vlakken"]
    assert project.crs().authid() == "EPSG:28992"
    assert project.topologicalEditing()
    assert project.snappingConfig().enabled()
    assert 25_000 in project.viewSettings().mapScales()
    areas = empty_bench.proposal.layers["voorstel_vlak"]
    assert len(areas.renderer().categories()) > 100
    assert areas.defaultValueDefinition(areas.fields().indexOf("provincie")).expression() == "'PV31'"
    themes = project.mapThemeCollection().mapThemes()
    assert {"Voorstel", "Programma: Woningbouw", "Gesprekskaart (geen plankaart)"} <= set(themes)
    assert len(project.layoutManager().printLayouts()) == 3
    assert said.texts == ["The proposal lies in nieuw.gpkg."]
    # Saved a moment later, once the map has settled.
    qtbot.waitUntil(lambda: (tmp_path / "nieuw.qgz").exists(), timeout=_LONG_MS)
    project.clear()
    assert project.read(str(tmp_path / "nieuw.qgz"))
    empty_bench.refresh()
    assert empty_bench.proposal is not None
    assert empty_bench.state.path("proposal") == path


def test_a_project_that_is_not_to_be_saved_is_not_and_the_settings_fill_in_the_next(
    dialog: NewProposal, empty_bench: Workbench, said: Said, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As when the user answers QGIS's question about unsaved changes with Cancel.
    monkeypatch.setattr(empty_bench.iface, "newProject", lambda ask: not ask)
    choose_province(dialog, "Drenthe")
    dialog.page.organisation.setText("Provincie Drenthe, ruimte")
    dialog.page.keep.setChecked(False)
    make(dialog, qtbot)
    assert empty_bench.proposal is None
    assert "stayed as it was" in said.texts[-1]
    monkeypatch.undo()
    said.buttons["Open it"]()
    assert empty_bench.proposal is not None
    assert QgsProject.instance().fileName() == ""
    assert (empty_bench.settings.province, empty_bench.settings.organisation) == ("PV22", "Provincie Drenthe, ruimte")
    again = NewProposal(empty_bench)
    qtbot.addWidget(again)
    assert again.page.province.currentData() == "PV22"
    assert again.page.organisation.text() == "Provincie Drenthe, ruimte"
    again.release()


def test_what_is_lacking_or_in_the_way_is_said_before_anything_is_written(dialog: NewProposal, tmp_path: Path) -> None:
    choose_province(dialog, "Limburg")
    (tmp_path / "nieuw.gpkg").write_bytes(b"van iemand anders")
    dialog.page.changed.emit()
    assert not dialog._make.isEnabled()
    assert "exists already" in dialog._status.text()
    (tmp_path / "geen_map").write_bytes(b"")
    dialog.page.place.setFilePath(str(tmp_path / "geen_map" / "nieuw.gpkg"))
    assert not dialog._make.isEnabled()
    assert "cannot be written" in dialog._status.text()
    dialog.page.place.setFilePath(str(tmp_path / "ander.gpkg"))
    dialog.page.variant.setText("Met Spaties")
    assert not dialog._make.isEnabled()
    dialog.page.variant.setText("basis")
    assert dialog._make.isEnabled()
    assert (tmp_path / "nieuw.gpkg").read_bytes() == b"van iemand anders"


def test_a_place_that_is_taken_meanwhile_is_left_as_it_is(dialog: NewProposal, qtbot: Any, tmp_path: Path) -> None:
    choose_province(dialog, "Limburg")
    assert dialog._make.isEnabled()
    (tmp_path / "nieuw.gpkg").write_bytes(b"van iemand anders")
    dialog._write(lambda progress: _make_empty(dialog, progress))
    qtbot.waitUntil(lambda: dialog._work is None, timeout=_LONG_MS)
    assert "GeoPackage" in dialog._status.text()
    assert dialog.isVisible()
    assert (tmp_path / "nieuw.gpkg").read_bytes() == b"van iemand anders"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["nieuw.gpkg"]


def _make_empty(dialog: NewProposal, progress: Any) -> Any:
    from novex_plugin.ui.new_proposal.making import make_empty

    return make_empty(dialog._wish(), progress)


def test_a_place_that_cannot_be_written_to_is_told(dialog: NewProposal, qtbot: Any) -> None:
    choose_province(dialog, "Limburg")
    dialog.page.place.setFilePath("/proc/nergens/nieuw.gpkg")
    dialog._write(lambda progress: _make_empty(dialog, progress))
    qtbot.waitUntil(lambda: dialog._work is None, timeout=_LONG_MS)
    assert "/proc/nergens/nieuw.gpkg" in dialog._status.text()
    assert dialog.isVisible()


def test_stopping_leaves_nothing_behind(dialog: NewProposal, qtbot: Any, tmp_path: Path) -> None:
    choose_province(dialog, "Limburg")
    press(dialog._make)
    assert dialog._work is not None
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: dialog._work is None, timeout=_LONG_MS)
    assert "Stopped" in dialog._status.text()
    assert dialog.isVisible()
    assert list(tmp_path.iterdir()) == []


def test_a_layer_of_a_file_goes_in_and_what_does_not_fit_lies_beside_it(
    dialog: NewProposal, empty_bench: Workbench, said: Said, qtbot: Any, tmp_path: Path
) -> None:
    choose_province(dialog, "Limburg")
    dialog.page.choose_start("layer")
    assert not dialog._make.isEnabled()
    dialog.page.layer._file.setFilePath(str(plan_file(tmp_path)))
    press(dialog._make)
    editor = dialog.editor
    qtbot.waitUntil(lambda: editor.trial is not None, timeout=_LONG_MS)
    assert editor.trial is not None
    assert editor.trial.fits == 0, "its codes are not those of the agreement"
    assert not dialog._make.isEnabled()
    saved = tmp_path / "afbeelding.json"
    saved.write_text(json.dumps(MAPPING), encoding="utf-8")
    editor.load(saved)
    qtbot.waitUntil(lambda: editor.trial is not None and editor.trial.fits == 3, timeout=_LONG_MS)
    make(dialog, qtbot)

    read = read_proposal(tmp_path / "nieuw.gpkg")
    assert sorted(read.tables["voorstel_vlak"].columns["naam"].tolist()) == ["Havenpark", "Noordrand", "Zuidrand"]
    assert sorted(read.tables["bijdrage"].columns["waarde"].tolist()) == [80, 420]
    assert not read.problems
    assert any("nieuw_afgekeurd.gpkg" in text for text in said.texts)
    with closing(sqlite3.connect(tmp_path / "nieuw_afgekeurd.gpkg")) as refused:
        assert refused.execute("SELECT rij, reden, NAAM FROM afgekeurd").fetchall() == [
            (4, "legenda KERMIS staat niet in de codelijst", "Feestplein")
        ]
    assert empty_bench.proposal is not None
    view = QgsProject.instance().viewSettings().defaultViewExtent()
    assert view.contains(empty_bench.proposal.layers["voorstel_vlak"].extent())


def test_a_layer_that_does_not_say_its_crs_is_told(dialog: NewProposal) -> None:
    choose_province(dialog, "Limburg")
    dialog.page.choose_start("layer")
    dialog.page.layer.choose(plan(""))
    assert not dialog._make.isEnabled()
    assert "coordinate system" in dialog._status.text()


def test_a_file_without_layers_is_told(dialog: NewProposal, tmp_path: Path) -> None:
    dialog.page.choose_start("layer")
    (tmp_path / "kapot.gpkg").write_bytes(b"\0" * 5000)
    dialog.page.layer._file.setFilePath(str(tmp_path / "kapot.gpkg"))
    assert not dialog.page.layer._said.isHidden()
    assert dialog.page.layer.layer is None


def test_a_delivery_becomes_a_proposal_with_our_own_legend(
    dialog: NewProposal, empty_bench: Workbench, said: Said, qtbot: Any, tmp_path: Path, delivery: Path
) -> None:
    dialog.page.choose_start("delivery")
    dialog.page.delivery.setFilePath(str(delivery))
    qtbot.waitUntil(lambda: dialog._make.isEnabled(), timeout=_LONG_MS)
    assert "Drenthe" in dialog.page.delivery_said.text()
    make(dialog, qtbot)
    read = read_proposal(tmp_path / "nieuw.gpkg")
    assert read.tables["voorstel_vlak"].columns["id"].tolist() == ["noord", "zuid"]
    assert read.tables["logboek"].columns["handeling"].tolist()[-1] == "levering ontvangen"
    assert empty_bench.proposal is not None
    assert empty_bench.proposal.province == "PV22"
    areas = empty_bench.proposal.layers["voorstel_vlak"]
    assert areas.metadata().title() == f"{read.title}, variant basis, vlakken"
    assert dialog._taken is None, "the unpacked delivery is gone"


def test_a_broken_delivery_is_refused_with_the_reason(
    dialog: NewProposal, qtbot: Any, tmp_path: Path, delivery: Path
) -> None:
    broken = tmp_path / "kapot.zip"
    broken.write_bytes(delivery.read_bytes()[:-2000])
    dialog.page.choose_start("delivery")
    dialog.page.delivery.setFilePath(str(broken))
    qtbot.waitUntil(lambda: dialog._reading is None, timeout=_LONG_MS)
    assert not dialog._make.isEnabled()
    assert "kapot.zip" in dialog._status.text()
    dialog.page.delivery.setFilePath(str(delivery))
    qtbot.waitUntil(lambda: dialog._make.isEnabled(), timeout=_LONG_MS)


def test_a_proposal_that_is_there_is_opened_as_it_is(
    dialog: NewProposal, empty_bench: Workbench, said: Said, qtbot: Any, tmp_path: Path
) -> None:
    path = proposal_to_deliver(tmp_path / "er_al.gpkg")
    before = read_proposal(path)
    dialog.show_item(str(path))
    qtbot.waitUntil(lambda: dialog._make.isEnabled(), timeout=_LONG_MS)
    assert before.title in dialog.page.existing_said.text()
    make(dialog, qtbot)
    assert empty_bench.proposal is not None
    assert Path(empty_bench.proposal.place.reference) == path
    after = read_proposal(path)
    assert after.tables["voorstel_vlak"].columns["id"].tolist() == before.tables["voorstel_vlak"].columns["id"].tolist()


def test_a_file_that_is_no_proposal_is_refused(dialog: NewProposal, qtbot: Any, tmp_path: Path) -> None:
    dialog.show_item(str(plan_file(tmp_path)))
    qtbot.waitUntil(lambda: dialog._reading is None, timeout=_LONG_MS)
    assert not dialog._make.isEnabled()
    assert "geen voorstel" in dialog._status.text()
