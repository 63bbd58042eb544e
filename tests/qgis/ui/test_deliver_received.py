"""Reading what others handed over: opened as layers, recomputed, compared and merged, and what is broken refused."""

from __future__ import annotations

import itertools
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QItemSelectionModel, Qt
from qgis.PyQt.QtWidgets import QApplication

from novex_plugin.qgis_adapter.open_proposal import find_proposal
from novex_plugin.ui import tasks
from novex_plugin.ui.deliver.dialog import DeliverDialog, create
from novex_plugin.ui.deliver.receive_page import ReceivePage
from novex_plugin.ui.settings import Settings
from novex_plugin.ui.workbench import Workbench
from tests.unit.making_merges import Province, amount, box, feature

LEFT = Qt.MouseButton.LeftButton
LONG = 120_000
LATER = "2026-11-12T14:30:00.000Z"


def homes(province: str, x: float, **values: Any) -> dict[str, Any]:
    return feature(f"{province}-wonen", box(province, x, 1_000, 1_000, 1_000), naam="Nieuwe wijk", **values)


@pytest.fixture(scope="module")
def handed_over(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Deliveries of two provinces, one of them twice, and two that are broken."""
    folder = tmp_path_factory.mktemp("deliveries")
    first, second = "PV25", "PV26"
    gone = feature("PV25-bos", box(first, 5_000, 5_000, 500, 500), legenda="bos_nieuw", naam="Bos")
    Province(first, [homes(first, 1_000), gone], [amount("PV25-wonen", 400)]).delivery(folder, "oud", draft=True)
    Province(first, [homes(first, 1_200)], [amount("PV25-wonen", 500)], LATER).delivery(folder, "nieuw")
    Province(second, [homes(second, 2_000)]).delivery(folder, "buur")
    (folder / "kapot.zip").write_bytes((folder / "oud.zip").read_bytes()[:5_000])
    with zipfile.ZipFile(folder / "buur.zip") as whole, zipfile.ZipFile(folder / "mager.zip", "w") as poor:
        for name in whole.namelist():
            if not name.endswith("/levering.json"):
                poor.writestr(name, whole.read(name))
    with zipfile.ZipFile(folder / "vreemd.zip", "w") as other:
        other.writestr("../erbuiten.txt", "x")
    return folder


@pytest.fixture
def page(qgis_app: object, qgis_iface: Any, tmp_path: Path) -> Iterator[ReceivePage]:
    QgsProject.instance().clear()
    bench = Workbench(qgis_iface)
    bench.settings = Settings(snapshot_folder=str(tmp_path / "novex"))
    made: DeliverDialog = create(bench)
    made.show_item("received")
    made.open()
    yield made.receive
    tasks.stop_all()
    made.release()
    made.close()
    bench.release()
    QgsProject.instance().clear()


def choose(page: ReceivePage, folder: Path, *names: str) -> None:
    """Put deliveries in the list and select exactly these."""
    paths = [folder / f"{name}.zip" for name in names]
    page.add(paths)
    selection = page.list.selectionModel()
    selection.clear()
    for row in range(page.deliveries.rowCount()):
        if page.deliveries.path(row) in paths:
            flags = QItemSelectionModel.SelectionFlag
            selection.select(page.deliveries.index(row, 0), flags.Select | flags.Rows)


def press(page: ReceivePage, qtbot: Any, button: str) -> None:
    qtbot.mouseClick(page.buttons[button], LEFT)
    qtbot.waitUntil(lambda: not page.busy.busy, timeout=LONG)


def outcomes(page: ReceivePage) -> list[str]:
    model = page.deliveries
    return [str(model.index(row, 4).data()) for row in range(model.rowCount())]


def test_what_can_be_done_follows_the_selection(page: ReceivePage, handed_over: Path) -> None:
    assert not page.buttons["open"].isEnabled()
    choose(page, handed_over, "oud")
    assert page.deliveries.index(0, 2).data() == "basis, draft"
    assert page.deliveries.index(0, 3).data() == "10-11-2026"
    enabled = {key for key, button in page.buttons.items() if button.isEnabled()}
    assert enabled == {"add", "remove", "open", "recompute", "report"}
    choose(page, handed_over, "oud", "nieuw")
    enabled = {key for key, button in page.buttons.items() if button.isEnabled()}
    assert enabled == {"add", "remove", "open", "compare", "merge"}
    page.add([handed_over / "oud.zip"])
    assert page.deliveries.rowCount() == 2, "no delivery stands there twice"


def test_deliveries_open_read_only_in_the_agreed_legend_and_a_broken_one_stops_no_other(
    page: ReceivePage, handed_over: Path, qtbot: Any
) -> None:
    choose(page, handed_over, "buur", "kapot", "vreemd")
    press(page, qtbot, "open")
    assert outcomes(page) == ["● opened", "✕ refused", "✕ refused"]
    said = page.said.text()
    assert "kapot.zip" in said
    assert "vreemd.zip" in said
    (layer,) = QgsProject.instance().mapLayers().values()
    assert isinstance(layer, QgsVectorLayer)
    assert layer.readOnly()
    assert layer.featureCount() == 1
    assert layer.renderer().type() == "categorizedSymbol"
    (group,) = QgsProject.instance().layerTreeRoot().findGroups()
    assert "draft" not in group.name()
    assert "final" in group.name()
    assert find_proposal(QgsProject.instance()) is None, "it is no proposal to draw in"


def test_a_folder_that_cannot_be_made_is_told(page: ReceivePage, handed_over: Path, qtbot: Any, tmp_path: Path) -> None:
    (tmp_path / "novex").write_text("a file")
    choose(page, handed_over, "buur")
    press(page, qtbot, "open")
    assert page.said.text().startswith("✕")
    assert "map" in page.said.text()


def test_differences_are_told_with_file_place_and_what_was_found(
    page: ReceivePage, handed_over: Path, qtbot: Any
) -> None:
    choose(page, handed_over, "mager")
    press(page, qtbot, "recompute")
    assert outcomes(page) == ["✕ differs"]
    assert page.shown.currentWidget() is page.differences
    groups = {page.differences.rows.index(row, 0).data() for row in range(page.differences.rows.rowCount())}
    assert "levering.json" in groups
    qtbot.mouseClick(page.copy, LEFT)
    copied = QApplication.clipboard().text()
    assert "mager.zip" in copied
    assert "levering.json\t" in copied


def test_a_broken_delivery_is_judged_too(page: ReceivePage, handed_over: Path, qtbot: Any) -> None:
    choose(page, handed_over, "kapot")
    press(page, qtbot, "recompute")
    assert outcomes(page) == ["✕ differs"]
    assert "1 difference" in page.said.text()
    press(page, qtbot, "report")
    assert page.said.text().startswith("✕")


def test_two_deliveries_are_compared_the_younger_with_the_elder(
    page: ReceivePage, handed_over: Path, qtbot: Any
) -> None:
    choose(page, handed_over, "nieuw", "oud")
    press(page, qtbot, "compare")
    said = page.said.text()
    assert said.startswith("nieuw.zip beside oud.zip")
    assert "0 added · 1 changed · 1 removed · 0 the same" in said
    rows = page.changes.rows
    units = {rows.index(row, 0).data(): rows.index(row, 0) for row in range(rows.rowCount())}
    homes_unit = next(index for label, index in units.items() if "oning" in label)
    told = rows.index(0, 2, homes_unit).data()
    assert "200\xa0m" in told
    assert "contributions" in told
    canvas = page._workbench.iface.mapCanvas()
    before = canvas.extent()
    page.changes.clicked.emit(rows.index(0, 0, homes_unit))
    assert canvas.extent() != before
    page.changes.clicked.emit(homes_unit)


def test_deliveries_of_two_provinces_are_not_compared(page: ReceivePage, handed_over: Path, qtbot: Any) -> None:
    choose(page, handed_over, "oud", "buur")
    press(page, qtbot, "compare")
    assert page.said.text().startswith("✕")
    assert "dezelfde provincie" in page.said.text()


def test_deliveries_are_merged_into_one_map_with_what_was_left_out(
    page: ReceivePage, handed_over: Path, qtbot: Any, tmp_path: Path
) -> None:
    choose(page, handed_over, "oud", "nieuw", "buur", "kapot")
    qtbot.mouseClick(page.buttons["merge"], LEFT)
    assert page.shown.currentWidget() is page.form
    page.form.file.setFilePath(str(tmp_path / "samen"))
    qtbot.mouseClick(page.form.button, LEFT)
    qtbot.waitUntil(lambda: not page.busy.busy, timeout=LONG)
    assert page.shown.currentWidget() is page.merged, page.said.text()
    assert "Merged: 2 · left out: 2" in page.said.text()
    written = {each.name for each in tmp_path.glob("samen*")}
    assert {"samen.gpkg", "samen-balans.json", "samen-samenvoeging.json"} <= written
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.featureCount() == 2
    assert "kapot.zip" in page.merged.rows.text()


def test_what_is_merged_never_takes_the_place_of_a_delivery(
    page: ReceivePage, handed_over: Path, qtbot: Any, tmp_path: Path
) -> None:
    choose(page, handed_over, "oud", "buur")
    qtbot.mouseClick(page.buttons["merge"], LEFT)
    (tmp_path / "bestand").write_text("")
    page.form.file.setFilePath(str(tmp_path / "bestand" / "samen.gpkg"))
    qtbot.mouseClick(page.form.button, LEFT)
    qtbot.waitUntil(lambda: not page.busy.busy, timeout=LONG)
    assert "kan niet worden geschreven" in page.said.text()
    assert not QgsProject.instance().mapLayers()


def test_strange_zips_say_nothing_of_themselves(page: ReceivePage, handed_over: Path, tmp_path: Path) -> None:
    contents = ["[]", "{}", '{"proposal": 1}', "{" * 100_000, '{"proposal": {}}', "nul"]
    for number, content in zip(itertools.count(), contents):
        with zipfile.ZipFile(tmp_path / f"{number}.zip", "w") as strange:
            strange.writestr("x/data/levering.json", content)
    (tmp_path / "geen.zip").write_bytes(b"geen zip")
    page.add([*sorted(tmp_path.glob("*.zip")), tmp_path / "is-er-niet.zip"])
    assert page.deliveries.rowCount() == len(contents) + 2
    assert {page.deliveries.index(row, 1).data() for row in range(page.deliveries.rowCount())} == {""}
