"""Pulling and showing services from the Basisset dock, from real servers on loopback."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from novex_plugin.core.basisset.register import Dataset
from novex_plugin.core.basisset.snapshot import read_snapshot
from novex_plugin.ui.basisset.dock import BasissetDock, create
from novex_plugin.ui.basisset.layers import of_dataset
from novex_plugin.ui.workbench import Workbench
from scripts.practice import mapserver
from scripts.practice.answering import serve_answers, whole
from scripts.practice.lying import a_wfs, collection, member
from scripts.practice.mapserver import ServedLayer
from scripts.practice.parcels import write_parcels
from scripts.practice.registers import dataset, write_practice_register

CHECKOUT = Path(__file__).resolve().parents[3]
VIEW = QgsRectangle(120_000, 450_000, 130_000, 455_000)
Click = Qt.MouseButton.LeftButton


class Server:
    """A WFS that answers, refuses, or waits until it is told to go on."""

    def __init__(self) -> None:
        self.refuses = False
        self.waits = threading.Event()
        self.waits.set()
        self._wfs = a_wfs(lambda _: collection([member(number) for number in range(3)], 3))

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.waits.wait(20)
        if self.refuses and "/weg" in handler.path:
            whole(b"weg", 404)(handler)
        else:
            self._wfs(handler)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def address(server: Server) -> Iterator[str]:
    with serve_answers(server.answer) as found:
        yield found
        server.waits.set()


@pytest.fixture
def empty_bench(bench: Workbench, tmp_path: Path) -> Iterator[Workbench]:
    """A project without proposal or snapshot, of somebody who keeps snapshots in a folder of the test."""
    before = bench.settings
    bench.change_settings(replace(before, snapshot_folder=str(tmp_path / "momentopnamen"), timeout_s=10))
    QgsProject.instance().clear()
    bench.iface.mapCanvas().setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:28992"))
    bench.iface.mapCanvas().setExtent(VIEW)
    yield bench
    bench.change_settings(before)


def settle(dock: BasissetDock, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not dock.reading.busy and not dock.acting.errand.busy, timeout=30_000)


def open_dock(bench: Workbench, qtbot: Any, *datasets: Dataset) -> BasissetDock:
    bench.settings.snapshots.mkdir(parents=True, exist_ok=True)
    write_practice_register(bench.settings.snapshots / "register.json", *datasets)
    dock = create(bench)
    qtbot.addWidget(dock)
    dock.resize(340, 700)
    dock.show()
    settle(dock, qtbot)
    return dock


def press_pull(dock: BasissetDock, qtbot: Any) -> None:
    QTest.mouseClick(dock.footer.pull_button, Click)
    assert dock.footer.currentIndex() == 1, "progress replaces the buttons"
    settle(dock, qtbot)
    settle(dock, qtbot)
    assert dock.footer.currentIndex() == 0


def test_the_ticked_are_pulled_for_the_map_view_and_what_fails_can_be_tried_again(
    empty_bench: Workbench, server: Server, address: str, qtbot: Any
) -> None:
    server.refuses = True
    here, gone = dataset("hier", "wfs", f"{address}hier"), dataset("weg", "wfs", f"{address}weg")
    dock = open_dock(empty_bench, qtbot, here, gone)
    assert dock.header.area.text() == "Map view"
    dock.model.tick(frozenset({"hier", "weg"}))
    press_pull(dock, qtbot)
    folder = empty_bench.snapshot
    assert folder == empty_bench.settings.snapshots / "map-view"
    assert (folder / "register.json").is_file()
    snapshot = read_snapshot(folder)
    assert (snapshot.dataset("hier").status, snapshot.dataset("weg").status) == ("pulled", "failed")
    assert "1 pulled, 1 failed: Oefening weg" in dock.header.notice.text()
    assert dock.model.ticked == {"weg"}
    assert dock.footer.pull_button.text() == "Try again (1)"
    assert "404" in dock.model.find("weg").data(Qt.ItemDataRole.ToolTipRole)
    dock.select("weg")
    assert "404" in dock.details.toPlainText()
    server.refuses = False
    press_pull(dock, qtbot)
    assert empty_bench.snapshot == folder
    assert read_snapshot(folder).dataset("weg").status == "pulled"
    assert dock.header.notice.text() == ""
    assert dock.model.ticked == frozenset()
    dock.release()


def test_a_network_that_goes_away_names_the_dataset_and_the_others_stay(
    empty_bench: Workbench, server: Server, qtbot: Any
) -> None:
    with serve_answers(server.answer) as address:
        dock = open_dock(empty_bench, qtbot, dataset("a", "wfs", f"{address}a"), dataset("b", "wfs", f"{address}b"))
        dock.model.tick(frozenset({"a"}))
        press_pull(dock, qtbot)
    dock.model.tick(frozenset({"b"}))
    press_pull(dock, qtbot)
    assert {each.id: each.state for each in dock.shelf.items} == {"a": "local", "b": "broken"}
    assert "verbinding mislukte" in dock.shelf.item("b").reason
    dock.release()


def test_a_pull_can_be_cancelled_and_the_dock_stays_usable(
    empty_bench: Workbench, server: Server, address: str, qtbot: Any
) -> None:
    dock = open_dock(empty_bench, qtbot, dataset("hier", "wfs", f"{address}hier"))
    server.waits.clear()
    dock.model.tick(frozenset({"hier"}))
    QTest.mouseClick(dock.footer.pull_button, Click)
    qtbot.waitUntil(lambda: dock.footer.doing.text() != "")
    dock.refresh()
    assert not dock.header.refresh.isEnabled()
    dock.select("hier")
    QTest.mouseClick(dock.footer.cancel_button, Click)
    settle(dock, qtbot)
    settle(dock, qtbot)
    assert dock.header.notice.text().startswith("Stopped.")
    assert dock.model.ticked == {"hier"}
    server.waits.set()
    press_pull(dock, qtbot)
    assert dock.shelf.item("hier").state == "local"
    dock.release()


def test_a_dock_that_is_closed_while_it_pulls_leaves_nothing_behind(
    empty_bench: Workbench, server: Server, address: str, qtbot: Any
) -> None:
    dock = open_dock(empty_bench, qtbot, dataset("hier", "wfs", f"{address}hier"))
    server.waits.clear()
    dock.pull(frozenset({"hier"}))
    dock.release()
    server.waits.set()
    qtbot.wait(500)
    assert empty_bench.snapshot is None


def test_a_folder_that_cannot_be_written_is_told(
    empty_bench: Workbench, server: Server, address: str, qtbot: Any, tmp_path: Path
) -> None:
    dock = open_dock(empty_bench, qtbot, dataset("hier", "wfs", f"{address}hier"))
    (tmp_path / "bestand").write_text("geen map", encoding="utf-8")
    empty_bench.use_snapshot(tmp_path / "bestand" / "momentopname")
    settle(dock, qtbot)
    dock.model.tick(frozenset({"hier"}))
    QTest.mouseClick(dock.footer.pull_button, Click)
    settle(dock, qtbot)
    assert "bestand/momentopname" in dock.header.notice.text()
    assert dock.footer.pull_button.isEnabled()
    dock.release()


def test_another_area_is_pulled_into_another_snapshot(
    empty_bench: Workbench, server: Server, address: str, qtbot: Any
) -> None:
    dock = open_dock(empty_bench, qtbot, dataset("hier", "wfs", f"{address}hier"))
    dock.model.tick(frozenset({"hier"}))
    press_pull(dock, qtbot)
    first = empty_bench.snapshot
    empty_bench.iface.mapCanvas().setExtent(QgsRectangle(120_000, 450_000, 140_000, 460_000))
    dock.header.area_chosen.emit("extent")
    dock.model.tick(frozenset({"hier"}))
    press_pull(dock, qtbot)
    assert empty_bench.snapshot == first.with_name("map-view-2")
    assert dock.header.area.text() == "map-view-2"
    dock.release()


def test_the_border_of_the_province_is_pulled_first_when_it_is_not_at_hand(empty_bench: Workbench, qtbot: Any) -> None:
    borders = [member(10, code="Gelderland"), member(500, code="Limburg")]
    empty_bench.change_settings(replace(empty_bench.settings, province="PV25"))
    with serve_answers(a_wfs(lambda _: collection(borders, 2))) as address:
        provinces = replace(dataset("grenzen", "wfs", address), title="Provinciegebied")
        dock = open_dock(empty_bench, qtbot, provinces, dataset("hier", "wfs", f"{address}hier"))
        assert dock.header.area.text() == "Gelderland"
        dock.model.tick(frozenset({"hier"}))
        press_pull(dock, qtbot)
    assert empty_bench.snapshot == empty_bench.settings.snapshots / "gelderland"
    snapshot = read_snapshot(empty_bench.snapshot)
    assert snapshot.area.bounds == (121_010.0, 451_000.0, 121_011.0, 451_001.0)
    assert [each.id for each in snapshot.datasets] == ["hier"]
    dock.release()


_SERVE = """
import sys
from pathlib import Path
from scripts.practice.mapserver import ServedLayer, serve_mapserver
folder, source, *names = sys.argv[1:]
with serve_mapserver(Path(folder), [ServedLayer(name, Path(source), "parcels") for name in names]) as running:
    print(running.ows, flush=True)
    sys.stdin.read()
"""


@contextmanager
def served_elsewhere(folder: Path, layers: list[ServedLayer]) -> Iterator[str]:
    """A map server in a process of its own: while QGIS makes a layer it waits for its server, and lets no other thread
    of its own process run in Python."""
    given = [str(folder), str(layers[0].source), *(each.name for each in layers)]
    command = [sys.executable, "-c", _SERVE, *given]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.communicate()


@pytest.mark.skipif(not mapserver.installed(), reason="MapServer (mapserver-bin) is not installed")
def test_services_go_on_the_map_as_image_and_as_features_read_only(
    empty_bench: Workbench, qtbot: Any, tmp_path: Path
) -> None:
    source = write_parcels(tmp_path / "parcels.gpkg", 100)
    served = [ServedLayer(name, source, "parcels") for name in ("parcels", "again")]
    with served_elsewhere(tmp_path / "served", served) as ows:
        both = dataset("percelen", "wfs", ows, "parcels")
        image = replace(both.services[0], type="wms", purpose="image")
        wrong = dataset("verkeerd", "wms", ows, "bestaat-niet", "image", "image")
        same = replace(dataset("zelfde", "wms", ows, "parcels", "image", "image"), title="Zelfde beeld")
        dock = open_dock(empty_bench, qtbot, replace(both, services=(*both.services, image)), wrong, same)
        dock.select("percelen")
        texts = [each.text() for each in dock.footer.show_button.menu().actions()]
        assert texts == ["As service (WMS)", "As service (WFS)"]
        for action in dock.footer.show_button.menu().actions():
            action.trigger()
            settle(dock, qtbot)
        shown = {layer.providerType(): layer for layer in of_dataset(QgsProject.instance(), "percelen")}
        assert set(shown) == {"wms", "WFS"}
        features = shown["WFS"]
        assert isinstance(features, QgsVectorLayer)
        assert features.featureCount() == 100
        assert not features.startEditing()
        assert shown["wms"].metadata().title() == "Oefening percelen"
        for name in ("verkeerd", "zelfde"):
            dock.select(name)
            QTest.mouseClick(dock.footer.show_button, Click)
            settle(dock, qtbot)
            assert ("bestaat-niet" in dock.header.notice.text()) == (name == "verkeerd")
        assert of_dataset(QgsProject.instance(), "verkeerd") == []
        assert len(of_dataset(QgsProject.instance(), "zelfde")) == 1
    QgsProject.instance().clear()
    dock.release()
