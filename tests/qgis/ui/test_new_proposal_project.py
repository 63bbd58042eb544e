"""The project around a proposal: themes that show what they say, layouts that can be printed, and what is wrong with
it when it is opened again."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsLayerTreeModel, QgsLayoutExporter, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QSize

from novex_plugin.core.errors import InputError
from novex_plugin.qgis_adapter.project_layers import group_of
from novex_plugin.qgis_adapter.project_layouts import SHEETS
from novex_plugin.qgis_adapter.project_making import arrange, sight
from novex_plugin.qgis_adapter.proposal_place import InFile
from novex_plugin.ui.new_proposal.opening import LAYOUT
from novex_plugin.ui.new_proposal.proposal_health import ProposalHealth
from novex_plugin.ui.workbench import Workbench
from tests.qgis.ui.new_proposals import Said
from tests.unit.making_deliveries import new_proposal

NATURA = "Natura 2000-gebieden"


@pytest.fixture
def project(qgis_app: object) -> Iterator[QgsProject]:
    QgsProject.instance().clear()
    yield QgsProject.instance()
    QgsProject.instance().clear()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return new_proposal(tmp_path / "voorstel.gpkg")


@pytest.fixture
def bench(project: QgsProject, path: Path, qgis_iface: Any) -> Iterator[Workbench]:
    """A workbench with a project that was arranged around a proposal."""
    project.setFileName(str(path.with_suffix(".qgz")))
    workbench = Workbench(qgis_iface)
    arrange(project, sight(InFile(path)))
    workbench.state.set_text(LAYOUT, "1")
    workbench.refresh()
    assert workbench.proposal is not None
    yield workbench
    workbench.release()


@pytest.fixture
def health(bench: Workbench) -> Iterator[ProposalHealth]:
    made = ProposalHealth(bench)
    yield made
    made.release()


def read_again(bench: Workbench, project: QgsProject) -> None:
    file = saved(project)
    project.clear()
    project.read(str(file))
    bench.refresh()


def saved(project: QgsProject) -> Path:
    assert project.write()
    return Path(project.fileName())


def visible(project: QgsProject, theme: str) -> list[str]:
    root = project.layerTreeRoot()
    project.mapThemeCollection().applyTheme(theme, root, QgsLayerTreeModel(root))
    return [each.name() for each in root.findLayers() if each.isVisible()]


def test_a_theme_shows_the_legend_units_of_its_programme_also_after_saving(
    bench: Workbench, project: QgsProject
) -> None:
    read_again(bench, project)
    assert bench.proposal is not None
    assert visible(project, "Programma: Woningbouw") == ["Voorstel, vlakken"]
    areas = bench.proposal.layers["voorstel_vlak"]
    shown = {str(each.value()).partition("|")[0] for each in areas.renderer().categories() if each.renderState()}
    units = {unit.code for unit in bench.proposal.agreement.legend if unit.programme == "woningbouw"}
    assert shown == units
    assert visible(project, "Gesprekskaart (geen plankaart)")[0] == "Gesprekskaart · geen plankaart"
    assert areas.opacity() < 0.6
    assert visible(project, "Voorstel") == ["Voorstel, punten", "Voorstel, lijnen", "Voorstel, vlakken"]
    assert areas.opacity() == 1
    assert all(each.renderState() for each in areas.renderer().categories())


def test_datasets_that_come_in_later_stay_on_in_the_themes(
    bench: Workbench, health: ProposalHealth, project: QgsProject, qtbot: Any
) -> None:
    group = group_of(project, "Basisset")
    assert group is not None
    group.setName("Basisset, eigen naam")
    layer = QgsVectorLayer("Polygon?crs=EPSG:28992", NATURA, "memory")
    project.addMapLayer(layer, False)
    group.addLayer(layer)
    themes = project.mapThemeCollection()
    qtbot.waitUntil(lambda: any(name.startswith("Gegevens: ") for name in themes.mapThemes()))
    assert NATURA in visible(project, "Programma: Woningbouw")
    (own,) = [name for name in themes.mapThemes() if name.startswith("Gegevens: ")]
    assert visible(project, own) == [NATURA]
    project.removeMapLayer(layer)
    qtbot.waitUntil(lambda: not any(name.startswith("Gegevens: ") for name in themes.mapThemes()))


def test_the_layouts_can_be_printed_and_show_text_of_the_user_as_text(
    project: QgsProject, path: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE voorstel SET titel = 'Plan [% 1 + 1 %]'")
    arrange(project, sight(InFile(path)))
    layouts = project.layoutManager().printLayouts()
    assert {each.name() for each in layouts} == {sheet.name for sheet in SHEETS}
    for layout in layouts:
        assert "Plan [% 1 + 1 %]" in layout.itemById("Titel").currentText()
        assert "basis" in layout.itemById("Ondertitel").currentText()
        assert "Drenthe" in layout.itemById("Bronnen").currentText()
        assert layout.itemById("Merk").text() in ("CONCEPT", "GEEN PLANKAART")
    talk = next(each for each in layouts if "geen plankaart" in each.name())
    drawn = QgsLayoutExporter(talk).renderPageToImage(0, QSize(), 20)
    places = [(x, y) for x in range(0, drawn.width(), 3) for y in range(0, drawn.height(), 3)]
    assert len({drawn.pixelColor(x, y).name() for x, y in places}) > 10


def test_a_table_that_is_missing_makes_no_half_project(project: QgsProject, path: Path) -> None:
    sighted = sight(InFile(path))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE logboek")
        connection.execute("DELETE FROM gpkg_contents WHERE table_name = 'logboek'")
    with pytest.raises(InputError, match="logboek"):
        arrange(project, sighted)
    assert project.mapLayers() == {}


def test_a_proposal_that_was_moved_away_is_told_when_its_project_is_read(
    bench: Workbench, health: ProposalHealth, project: QgsProject, path: Path, qtbot: Any
) -> None:
    said, file = Said(bench), saved(project)
    project.clear()
    shutil.move(path, path.with_name("elders.gpkg"))
    project.read(str(file))
    qtbot.waitUntil(lambda: bool(said.texts))
    assert "voorstel.gpkg" in said.texts[0]
    assert "Put it back" in said.texts[0]
    with qtbot.waitSignal(bench.step_asked) as asked:
        said.buttons["Open…"]()
    assert asked.args == ["new", "existing"]


def test_the_project_and_its_proposal_can_be_moved_together_and_nothing_is_said(
    bench: Workbench, health: ProposalHealth, project: QgsProject, path: Path, tmp_path: Path
) -> None:
    file = saved(project)
    project.clear()
    (tmp_path / "nieuw").mkdir()
    for each in (path, file):
        shutil.move(each, tmp_path / "nieuw" / each.name)
    project.read(str(tmp_path / "nieuw" / file.name))
    bench.refresh()
    assert bench.proposal is not None
    assert Path(bench.proposal.place.reference) == tmp_path / "nieuw" / path.name
    assert health.complaint() is None
    project.clear()
    assert health.complaint() is None, "of a project without a proposal"


def test_tables_that_were_taken_out_are_added_again_on_request(
    bench: Workbench, health: ProposalHealth, project: QgsProject
) -> None:
    assert bench.proposal is not None
    project.removeMapLayers([bench.proposal.layers[name].id() for name in ("bijdrage", "voorstel_lijn")])
    bench.refresh()
    complaint = health.complaint()
    assert complaint is not None
    assert "bijdrage" in complaint.text
    assert complaint.button is not None
    complaint.button[1]()
    assert bench.proposal.missing() == ()
    assert health.complaint() is None


def test_a_read_only_file_and_a_lost_field_are_told(
    bench: Workbench, health: ProposalHealth, project: QgsProject, path: Path
) -> None:
    path.chmod(0o444)
    complaint = health.complaint()
    assert complaint is not None
    assert "read-only" in complaint.text
    path.chmod(0o644)
    file = saved(project)
    project.clear()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("ALTER TABLE bijdrage RENAME COLUMN waarde TO aantal")
    project.read(str(file))
    bench.refresh()
    complaint = health.complaint()
    assert complaint is not None
    assert "waarde" in complaint.text


def test_a_project_of_an_older_plugin_is_brought_up_to_date(
    bench: Workbench, health: ProposalHealth, project: QgsProject
) -> None:
    bench.state.set_text(LAYOUT, "0")
    project.mapThemeCollection().removeMapTheme("Programma: Woningbouw")
    complaint = health.complaint()
    assert complaint is not None
    assert complaint.button is not None
    complaint.button[1]()
    assert "Programma: Woningbouw" in project.mapThemeCollection().mapThemes()
    assert health.complaint() is None
    bench.state.set_text(LAYOUT, "99")
    newer = health.complaint()
    assert newer is not None
    assert "newer" in newer.text
