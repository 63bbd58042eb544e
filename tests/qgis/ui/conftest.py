"""The practice province on the desk, and the workbench of the desktop with it."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject, QgsVectorLayer

from novex_plugin.core.agreement import agreement_path, read_agreement
from novex_plugin.qgis_adapter.forms import Start
from novex_plugin.qgis_adapter.open_proposal import TABLES
from novex_plugin.qgis_adapter.stored_styles import store_styles
from novex_plugin.ui.workbench import Workbench
from scripts.practice.desk import PROVINCE, VARIANT, Desk, lay_out

SCALE = 0.05


@pytest.fixture(scope="session")
def _laid_out(tmp_path_factory: pytest.TempPathFactory, qgis_app: object) -> Path:
    # The workers of one run share it: whoever comes first makes it, the others wait.
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = base / "oefenland"
    with (base / "oefenland.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = base / "oefenland-unfinished"
            desk = lay_out(unfinished, SCALE)
            agreement = read_agreement(agreement_path("novex-1.0"))
            store_styles(desk.proposal, agreement, "2026-11-01T08:00:00.000Z", Start(PROVINCE, VARIANT))
            unfinished.rename(folder)
    return folder


@pytest.fixture
def oefenland(_laid_out: Path, tmp_path: Path) -> Desk:
    """A copy of the practice province, free to be changed."""
    folder = tmp_path / "oefenland"
    shutil.copytree(_laid_out, folder)
    snapshot = folder / "momentopname"
    return Desk(folder / "voorstel.gpkg", snapshot, folder / "eigen" / "koppelingen.json", snapshot / "register.json")


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
