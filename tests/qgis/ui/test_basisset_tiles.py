"""Tiles of the basisset on the map, from a real WMTS: in the style, the form and the grid that it offers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFillSymbol,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize

from novex_plugin.core.delivery.style_check import definition_problems
from novex_plugin.core.progress import Silent
from novex_plugin.qgis_adapter.network import fetch
from novex_plugin.qgis_adapter.project_layers import BASISSET, group_of
from novex_plugin.ui.basisset.layers import of_dataset
from novex_plugin.ui.basisset.sources import shown, ways
from novex_plugin.ui.workbench import Workbench
from scripts.practice import qgis_server
from scripts.practice.registers import dataset
from tests.qgis.ui.test_basisset_pull import CHECKOUT, empty_bench, open_dock, settle  # noqa: F401 -- a fixture

pytestmark = pytest.mark.skipif(not qgis_server.installed("wmts"), reason="QGIS Server (qgis-server-wmts) is absent")

SQUARE = "POLYGON((150000 450000,160000 450000,160000 460000,150000 460000,150000 450000))"
RD, WEB = "EPSG:28992", "EPSG:3857"
GRIDS = {RD: f"{RD},625000,-285401.92,12288000,8", WEB: f"{WEB},20037508.34,-20037508.34,559082264.03,12"}


def write_project(folder: Path, grid: str, form: str) -> Path:
    """A QGIS project with one red square, given as tiles of one form in one grid."""
    project = QgsProject()
    project.setCrs(QgsCoordinateReferenceSystem(RD))
    source = folder / "vlak.csv"
    source.write_text(f'id,wkt\n1,"{SQUARE}"\n', encoding="utf-8")
    layer = QgsVectorLayer(f"{source.as_uri()}?delimiter=,&wktField=wkt&crs={RD}", "Rood vlak", "delimitedtext")
    assert layer.isValid()
    layer.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple({"color": "255,0,0", "outline_style": "no"})))
    layer.serverProperties().setShortName("basis:rood")
    project.addMapLayer(layer)
    project.writeEntry("WMSCrsList", "/", [grid])
    for key in ("WMTSLayers", "WMTSPngLayers" if form == "png" else "WMTSJpegLayers"):
        project.writeEntry(key, "Layer", [layer.id()])
    project.writeEntry("WMTSGrids", "CRS", [grid])
    project.writeEntry("WMTSGrids", "Config", [GRIDS[grid]])
    path = folder / "tegels.qgs"
    assert project.write(str(path))
    return path


@contextmanager
def served(project: Path) -> Iterator[str]:
    """QGIS Server in a process of its own: while QGIS draws it lets no other Python of its own process run."""
    command = [sys.executable, "-m", "scripts.practice.qgis_server", str(project)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.communicate()


def drawn(layer: QgsRasterLayer) -> tuple[Any, Any]:
    """The colours in and beside the square, on a map in the national grid."""
    settings = QgsMapSettings()
    settings.setDestinationCrs(QgsCoordinateReferenceSystem(RD))
    settings.setLayers([layer])
    settings.setOutputSize(QSize(200, 200))
    settings.setExtent(QgsRectangle(145_000, 445_000, 165_000, 465_000))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    picture = job.renderedImage()
    return picture.pixelColor(100, 100), picture.pixelColor(8, 8)


@pytest.mark.parametrize(("grid", "form"), [(RD, "png"), (RD, "jpeg"), (WEB, "png")])
def test_tiles_go_on_the_map_where_they_belong(
    empty_bench: Workbench,  # noqa: F811
    qtbot: Any,
    tmp_path: Path,
    grid: str,
    form: str,
) -> None:
    with served(write_project(tmp_path, grid, form)) as address:
        tiles = dataset("tegels", "wmts", address, "basis:rood", "image", "image")
        dock = open_dock(empty_bench, qtbot, tiles)
        dock.select("tegels")
        dock.footer.show_button.menu().actions()[0].trigger()
        settle(dock, qtbot)
        assert not dock.header.notice.text()
        (layer,) = of_dataset(QgsProject.instance(), "tegels")
        assert isinstance(layer, QgsRasterLayer)
        assert layer.crs().authid() == grid
        inside, outside = drawn(layer)
        assert (inside.red() > 240, inside.green() < 16) == (True, True)
        assert outside.red() == outside.green()
        (route,) = ways(tiles)
        definition = tmp_path / "tegels.qlr"
        definition.write_text(shown("Tegels", route, fetch, Silent()).definition, encoding="utf-8")
        assert definition_problems(definition, address) == []
    assert group_of(QgsProject.instance(), BASISSET) is not None
    QgsProject.instance().clear()
    dock.release()
