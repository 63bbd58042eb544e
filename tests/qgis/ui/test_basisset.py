"""The Basisset dock: what it lists, what it puts on the map, and what it says of broken files."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsLayerTreeModel, QgsProject, QgsRectangle, QgsVectorLayer
from qgis.gui import QgsLayerTreeView
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtTest import QTest

from novex_plugin.core.basisset.register import read_register, write_register
from novex_plugin.core.basisset.snapshot import read_snapshot, write_snapshot
from novex_plugin.ui.basisset.dock import BasissetDock, create
from novex_plugin.ui.basisset.layers import of_dataset
from novex_plugin.ui.workbench import Workbench
from scripts.practice.datasets import offer
from scripts.practice.desk import Desk

Click = Qt.MouseButton.LeftButton


@pytest.fixture
def layer_view(qgis_iface: Any) -> Iterator[QgsLayerTreeView]:
    """A real Layers panel, which the test's QGIS lacks."""
    view = QgsLayerTreeView()
    view.setModel(QgsLayerTreeModel(QgsProject.instance().layerTreeRoot(), view))
    qgis_iface.layerTreeView = lambda: view
    yield view
    del qgis_iface.layerTreeView
    sip.delete(view)


@pytest.fixture
def own_settings(bench: Workbench, tmp_path: Path) -> Iterator[None]:
    """Snapshots in a folder of the test."""
    before = bench.settings
    bench.change_settings(replace(before, snapshot_folder=str(tmp_path / "momentopnamen")))
    yield
    bench.change_settings(before)


@pytest.fixture
def opened(bench: Workbench, layer_view: QgsLayerTreeView, own_settings: None, qtbot: Any) -> Iterator[BasissetDock]:
    """The dock beside a Layers panel, which goes first."""
    dock = create(bench)
    qtbot.addWidget(dock)
    dock.resize(340, 700)
    dock.show()
    settle(dock, qtbot)
    yield dock
    dock.release()
    bench.layer_marks.release()


def settle(dock: BasissetDock, qtbot: Any) -> None:
    """Wait until nothing is being read or done."""
    qtbot.waitUntil(lambda: not dock.reading.busy and not dock.acting.errand.busy, timeout=20_000)


def reread(dock: BasissetDock, qtbot: Any) -> None:
    dock.reading.begin()
    settle(dock, qtbot)


def titles(dock: BasissetDock) -> list[str]:
    model = dock.model
    heads = [model.index(row, 0) for row in range(model.rowCount())]
    return [model.index(row, 0, head).data() for head in heads for row in range(model.rowCount(head))]


def test_every_dataset_is_listed_with_its_state_and_counted(opened: BasissetDock) -> None:
    assert len(titles(opened)) == 47
    states = {each.title: opened.model.state_text(each.state) for each in opened.shelf.items}
    assert states[offer("natura2000").title] == "● local"
    assert states[offer("geluid").title] == "▣ image only"
    assert states[offer("defensie").title] == "⚠ no address"
    head = opened.model.index(0, 1)
    assert head.data() == "45/47"
    assert opened.header.moment.text() == "register 01-11-2026"
    assert opened.header.area.text() == "Gelderland"
    old = {each.id for each in opened.shelf.items if each.state == "outdated"}
    assert opened.model.ticked == old, "what is worth pulling is ticked"
    assert opened.footer.pull_button.text() == f"Pull ({len(old)})"
    opened.model.tick(frozenset())
    assert not opened.footer.pull_button.isEnabled()


def test_search_filter_and_grouping_narrow_the_list(opened: BasissetDock, qtbot: Any) -> None:
    QTest.keyClicks(opened.header.search, "natuur")
    qtbot.waitUntil(lambda: len(titles(opened)) < 47)
    assert offer("natuurnetwerk").title in titles(opened)
    opened.header.search.clear()
    opened.header.set_filters(frozenset({"image", "none"}))
    qtbot.waitUntil(lambda: titles(opened) == [offer("geluid").title, offer("defensie").title])
    assert opened.header.filter.text() == "filter (2)"
    opened.header.set_filters(frozenset({"rules"}))
    opened.header.set_grouping("programme")
    qtbot.waitUntil(lambda: opened.model.rowCount() > 5)
    heads = [opened.model.index(row, 0).data() for row in range(opened.model.rowCount())]
    assert "Water en bodem sturend" in heads
    assert offer("gemeenten").title not in titles(opened)


def test_a_search_that_finds_nothing_says_so_and_leads_back(opened: BasissetDock, qtbot: Any) -> None:
    opened.header.search.setText("bestaat niet")
    qtbot.waitUntil(lambda: titles(opened) == [])
    page = opened.pages.currentWidget()
    (button,) = (each for each in page.children() if hasattr(each, "click"))
    button.click()
    qtbot.waitUntil(lambda: len(titles(opened)) == 47)


def test_details_name_owner_licence_and_the_rules_that_a_link_unfolds(opened: BasissetDock) -> None:
    opened.select(offer("natura2000").id)
    text = opened.details.toPlainText()
    assert "Rijksdienst voor de Oefening" in text
    assert "12-11-2025 · 1:10.000" in text
    assert "Publiek domein" in text
    assert "Used by 8 rules ▸" in text
    before = len(text)
    opened.details.anchorClicked.emit(QUrl("novex:rules"))
    assert len(opened.details.toPlainText()) > before + 200
    opened.select(offer("gemeenten").id)
    assert "Not used by any rule." in opened.details.toPlainText()


def test_ticks_follow_the_space_bar_and_are_shared_by_all_heads(opened: BasissetDock, qtbot: Any) -> None:
    opened.model.tick(frozenset())
    opened.header.set_grouping("programme")
    qtbot.waitUntil(lambda: opened.model.rowCount() > 5)
    opened.select(offer("bebouwd").id)
    opened.tree.setFocus()
    QTest.keyClick(opened.tree, Qt.Key.Key_Space)
    assert opened.model.ticked == {offer("bebouwd").id}
    assert opened.footer.pull_button.text() == "Pull (1)"
    model, ticked = opened.model, 0
    for row in range(model.rowCount()):
        head = model.index(row, 0)
        for below in range(model.rowCount(head)):
            index = model.index(below, 0, head)
            if index.data() == offer("bebouwd").title:
                assert Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
                ticked += 1
    assert ticked > 3
    opened.select(offer("defensie").id)
    QTest.keyClick(opened.tree, Qt.Key.Key_Space)
    assert opened.model.ticked == {offer("bebouwd").id}


def test_a_local_copy_goes_on_the_map_once_read_only_and_described(
    opened: BasissetDock, layer_view: QgsLayerTreeView, qtbot: Any
) -> None:
    opened.select(offer("natuurnetwerk").id)
    QTest.mouseClick(opened.footer.show_button, Click)
    QTest.mouseClick(opened.footer.show_button, Click)
    (layer,) = of_dataset(QgsProject.instance(), offer("natuurnetwerk").id)
    assert isinstance(layer, QgsVectorLayer)
    assert layer.featureCount() > 0
    assert not layer.startEditing()
    assert layer.metadata().title() == offer("natuurnetwerk").title
    assert layer.metadata().contacts()[0].organization == "Provincie Oefenland"
    assert "Naamsvermelding verplicht" in layer.metadata().licenses()[0]
    assert layer.serverProperties().attribution().startswith("Provincie Oefenland · Naamsvermelding")
    assert QgsProject.instance().layerTreeRoot().children()[-1].name() == "Basisset"
    node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
    qtbot.waitUntil(lambda: len(layer_view.indicators(node)) == 1)
    assert "local copy" in layer_view.indicators(node)[0].toolTip()
    opened.workbench.layer_marks.release()
    assert layer_view.indicators(node) == []


def test_marks_follow_a_moved_layer_and_say_when_it_is_outdated(
    opened: BasissetDock, layer_view: QgsLayerTreeView, qtbot: Any, oefenland: Desk
) -> None:
    identifier = offer("rivierbed").id
    opened.show_on_map(opened.shelf.item(identifier))
    root = QgsProject.instance().layerTreeRoot()
    (layer,) = of_dataset(QgsProject.instance(), identifier)
    node = root.findLayer(layer.id())
    qtbot.waitUntil(lambda: len(layer_view.indicators(node)) == 1)
    root.insertChildNode(0, node.clone())
    node.parent().removeChildNode(node)
    qtbot.waitUntil(lambda: len(layer_view.indicators(root.children()[0])) == 1)
    renew(oefenland, identifier, "2026-12-01")
    reread(opened, qtbot)
    marks = layer_view.indicators(root.children()[0])
    qtbot.waitUntil(lambda: "outdated" in layer_view.indicators(root.children()[0])[0].toolTip())
    assert len(marks) == 1
    assert opened.shelf.item(identifier).state == "outdated"
    assert "01-12-2026" in opened.shelf.item(identifier).reason
    QgsProject.instance().removeMapLayer(layer.id())
    reread(opened, qtbot)


def renew(desk: Desk, identifier: str, record: str) -> None:
    """The catalogue has a newer record of a dataset."""
    register = read_register(desk.register)
    datasets = tuple(
        replace(each, dates=replace(each.dates, record=record)) if each.id == identifier else each
        for each in register.datasets
    )
    write_register(desk.register, replace(register, datasets=datasets))


def test_what_lies_out_of_view_is_told_with_a_way_to_it(opened: BasissetDock, bench: Workbench) -> None:
    told: list[tuple[str, Any]] = []
    bench.tell = lambda text, level=None, button=None, seconds=-1: told.append((text, button))  # type: ignore[method-assign]
    bench.iface.mapCanvas().setDestinationCrs(QgsProject.instance().crs())
    bench.iface.mapCanvas().setExtent(QgsRectangle(10_000, 300_000, 11_000, 301_000))
    opened.show_on_map(opened.shelf.item(offer("rivierbed").id))
    ((text, (_, zoom)),) = told
    assert offer("rivierbed").title in text
    zoom()
    (layer,) = of_dataset(QgsProject.instance(), offer("rivierbed").id)
    assert bench.iface.mapCanvas().extent().intersects(layer.extent())


def test_a_lost_file_is_a_failure_with_its_reason_and_is_ticked_to_be_pulled(
    bench: Workbench, oefenland: Desk, opened: BasissetDock, qtbot: Any, tmp_path: Path
) -> None:
    moved = tmp_path / "elders"
    shutil.copytree(oefenland.snapshot, moved)
    (moved / "data" / "rivierbed.gpkg").unlink()
    bench.use_snapshot(moved)
    settle(opened, qtbot)
    item = opened.shelf.item(offer("rivierbed").id)
    assert item.state == "broken"
    assert "bestand is weg" in item.reason
    assert opened.model.ticked >= {item.id}
    opened.model.tick(frozenset({item.id}))
    assert opened.footer.pull_button.text() == "Try again (1)"
    index = opened.model.find(item.id)
    assert "bestand is weg" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_dataset_without_features_says_so(
    bench: Workbench, oefenland: Desk, opened: BasissetDock, qtbot: Any
) -> None:
    snapshot = read_snapshot(oefenland.snapshot)
    emptied = tuple(
        replace(each, layers=tuple(replace(layer, features=0) for layer in each.layers)) for each in snapshot.datasets
    )
    write_snapshot(replace(snapshot, datasets=emptied))
    reread(opened, qtbot)
    opened.select(offer("rivierbed").id)
    assert "no features in this area" in opened.details.toPlainText()


def test_a_broken_register_and_a_snapshot_that_is_gone_are_told_and_nothing_breaks(
    bench: Workbench, oefenland: Desk, opened: BasissetDock, qtbot: Any
) -> None:
    oefenland.register.write_text("{geen json", encoding="utf-8")
    reread(opened, qtbot)
    assert "register.json" in opened.header.notice.text()
    assert len(titles(opened)) == 45, "what the snapshot has is still shown"
    shutil.rmtree(oefenland.snapshot)
    reread(opened, qtbot)
    assert "is er niet meer" in opened.header.notice.text()
    assert opened.pages.currentIndex() == 0
    opened.pull(frozenset({"iets"}))
    opened.show_on_map(None)
    (oefenland.snapshot).mkdir()
    (oefenland.snapshot / "manifest.json").write_text(json.dumps({"format": "anders"}), encoding="utf-8")
    reread(opened, qtbot)
    assert "manifest.json" in opened.header.notice.text()


def test_a_project_without_anything_asks_one_thing_and_finds_the_basisset(
    bench: Workbench, oefenland: Desk, opened: BasissetDock, qtbot: Any, tmp_path: Path
) -> None:
    shutil.rmtree(oefenland.snapshot)
    QgsProject.instance().clear()
    settle(opened, qtbot)
    assert opened.pages.currentIndex() == 0
    assert opened.header.moment.text() == "no register"
    answer = oefenland.proposal.parent / "records" / "antwoord.xml"
    bench.change_settings(replace(bench.settings, catalogue=str(answer)))
    settle(opened, qtbot)
    QTest.mouseClick(opened.pages.currentWidget().findChild(type(opened.footer.pull_button)), Click)
    settle(opened, qtbot)
    settle(opened, qtbot)
    assert opened.header.notice.text() == "47 datasets found, 1 without an address"
    assert (tmp_path / "momentopnamen" / "register.json").is_file()
    assert {opened.model.state_text(each.state) for each in opened.shelf.items} == {
        "◌ service",
        "▣ image only",
        "⚠ no address",
    }


def test_comparing_with_the_catalogue_counts_what_is_new_changed_and_withdrawn(
    bench: Workbench, oefenland: Desk, opened: BasissetDock, qtbot: Any
) -> None:
    register = read_register(oefenland.register)
    strange = replace(register.datasets[0], id="vroeger", title="Vroeger")
    write_register(oefenland.register, replace(register, datasets=(*register.datasets[2:], strange)))
    renew(oefenland, offer("rivierbed").id, "2020-01-01")
    reread(opened, qtbot)
    answer = oefenland.proposal.parent / "records" / "antwoord.xml"
    bench.change_settings(replace(bench.settings, catalogue=str(answer)))
    settle(opened, qtbot)
    QTest.mouseClick(opened.header.refresh, Click)
    settle(opened, qtbot)
    assert opened.header.notice.text() == "2 new · 1 changed · 1 withdrawn"
    settle(opened, qtbot)
    assert len(opened.shelf.items) == 47
    index = opened.model.find(offer("rivierbed").id)
    assert index.data(Qt.ItemDataRole.FontRole).bold()
    bench.change_settings(replace(bench.settings, catalogue=str(oefenland.proposal)))
    QTest.mouseClick(opened.header.refresh, Click)
    settle(opened, qtbot)
    assert "geen bruikbaar GetRecords-bestand" in opened.header.notice.text()


def test_texts_of_records_are_shown_as_text(oefenland: Desk, opened: BasissetDock, qtbot: Any) -> None:
    register = read_register(oefenland.register)
    first = register.datasets[0]
    evil = replace(
        first,
        title="<img src='file:///etc/passwd'><b>Titel</b>",
        abstract="<script>x</script>",
        licence=replace(first.licence, url="javascript:alert(1)", text="<i>vrij</i>"),
    )
    write_register(oefenland.register, replace(register, datasets=(evil, *register.datasets[1:])))
    reread(opened, qtbot)
    opened.select(evil.id)
    assert "<img src='file:///etc/passwd'><b>Titel</b>" in opened.details.toPlainText()
    assert "javascript" not in opened.details.toHtml()
    opened.details.anchorClicked.emit(QUrl("file:///etc/passwd"))


def test_areas_that_cannot_be_chosen_say_why_and_another_area_is_another_snapshot(
    bench: Workbench, opened: BasissetDock
) -> None:
    opened.header.area.menu().aboutToShow.emit()
    actions = {each.text(): each for each in opened.header.area.menu().actions() if each.text()}
    assert list(actions)[:3] == ["Gelderland", "Map view", "Selected polygons"]
    assert actions["Gelderland"].isChecked()
    assert not actions["Selected polygons"].isEnabled()
    assert "Select polygons" in actions["Selected polygons"].toolTip()
    actions["Map view"].trigger()
    assert opened.header.area.text() == "Map view"
    assert "snapshot of its own" in opened.header.notice.text()
    assert bench.proposal is not None
    areas = bench.proposal.layers["voorstel_vlak"]
    bench.iface.setActiveLayer(areas)
    areas.selectByIds([next(areas.getFeatures()).id()])
    opened.header.area.menu().aboutToShow.emit()
    chosen = next(each for each in opened.header.area.menu().actions() if each.data() == "selection")
    assert chosen.isEnabled()
