"""The practice province on the desk, and the workbench of the desktop with it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject, QgsSettings, QgsVectorLayer

from novex_plugin.core.agreement import agreement_path, read_agreement
from novex_plugin.qgis_adapter.forms import Start
from novex_plugin.qgis_adapter.open_proposal import TABLES
from novex_plugin.qgis_adapter.stored_styles import store_styles
from novex_plugin.ui import tasks
from novex_plugin.ui.workbench import Workbench
from scripts.practice.desk import PROVINCE, VARIANT, Desk
from tests.conftest import copied_desk
from tests.qgis.ui.drawing_desk import DrawingDesk


@pytest.fixture(scope="session")
def _styled(made_once: Callable[[str, Callable[[Path], object]], Path], laid_out: Path, qgis_app: object) -> Path:
    def fill(folder: Path) -> None:
        desk = copied_desk(laid_out, folder)
        agreement = read_agreement(agreement_path("novex-1.0"))
        store_styles(desk.proposal, agreement, "2026-11-01T08:00:00.000Z", Start(PROVINCE, VARIANT))

    return made_once("oefenland-styled", fill)


@pytest.fixture
def oefenland(_styled: Path, tmp_path: Path) -> Iterator[Desk]:
    """A copy of the practice province with legend and forms, free to be changed."""
    yield copied_desk(_styled, tmp_path / "oefenland")
    shutil.rmtree(tmp_path / "oefenland", ignore_errors=True)


@pytest.fixture(autouse=True)
def nothing_runs_on() -> Iterator[None]:
    """No test leaves work behind that draws while the next one, or the end of QGIS, takes away what it draws with."""
    yield
    for work in tuple(tasks._running):
        tasks.drop(work)
    assert tasks.wait_until_done(60_000)


def open_tables(proposal: Path) -> dict[str, QgsVectorLayer]:
    """Open all tables of a proposal in the project."""
    layers = {name: QgsVectorLayer(f"{proposal}|layername={name}", name, "ogr") for name in TABLES}
    assert all(layer.isValid() for layer in layers.values())
    QgsProject.instance().setCrs(layers["voorstel_vlak"].crs())
    QgsProject.instance().addMapLayers(list(layers.values()))
    return layers


@pytest.fixture
def bench(oefenland: Desk, qgis_app: object, qgis_iface: Any) -> Iterator[Workbench]:
    """A workbench with the practice province's proposal, snapshot and bindings."""
    QgsProject.instance().clear()
    open_tables(oefenland.proposal)
    workbench = Workbench(qgis_iface)
    workbench.refresh()
    workbench.use_snapshot(oefenland.snapshot)
    workbench.use_bindings(oefenland.bindings)
    assert workbench.proposal is not None
    assert workbench.variant == VARIANT
    yield workbench
    workbench.release()
    QgsProject.instance().clear()


@pytest.fixture
def desk(bench: Workbench) -> Iterator[DrawingDesk]:
    """The drawing dock on a canvas, of somebody who drew nothing before."""
    QgsSettings().remove("novex/draw")
    made = DrawingDesk(bench)
    yield made
    made.close()
