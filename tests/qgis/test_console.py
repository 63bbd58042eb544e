"""The algorithms as QGIS's own scripts and Python console call them."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
)

from novex_plugin.core.proposal.read import read_proposal
from novex_plugin.processing.algorithm import Algorithm
from novex_plugin.processing.provider import NovexProvider

GIVEN = {"PROVINCE": "PV22", "VARIANT": "basis"}


@pytest.fixture(scope="module")
def provider(qgis_app: QgsApplication) -> Iterator[NovexProvider]:
    registry, provider = qgis_app.processingRegistry(), NovexProvider()
    registry.addProvider(provider)
    yield provider
    registry.removeProvider(provider)


def test_no_algorithm_hides_what_qgis_itself_calls(provider: NovexProvider) -> None:
    """QGIS's Python calls these by name: one of ours by that name would be called instead, with other arguments."""
    called = {"run", "prepare", "runPrepared", "postProcess", "create", "parameterDefinition", "id", "provider"}
    for algorithm in provider.algorithms():
        own = {name for kind in type(algorithm).__mro__[:-1] if issubclass(kind, Algorithm) for name in vars(kind)}
        assert own & called == set(), algorithm.id()


def test_a_script_runs_an_algorithm(provider: NovexProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins")])
    run = importlib.import_module("processing").run
    target = tmp_path / "voorstel.gpkg"
    assert run("novex:newproposal", {**GIVEN, "OUTPUT": str(target)})["OUTPUT"] == str(target)
    assert read_proposal(target).province == "PV22"
    with pytest.raises(QgsProcessingException, match="PV99"):
        run("novex:newproposal", {**GIVEN, "PROVINCE": "PV99", "OUTPUT": str(tmp_path / "fout.gpkg")})


def test_the_toolbox_runs_an_algorithm_in_the_background(provider: NovexProvider, tmp_path: Path) -> None:
    target = tmp_path / "voorstel.gpkg"
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()  # the task owns neither
    algorithm = provider.algorithm("newproposal")
    task = QgsProcessingAlgRunnerTask(algorithm, {**GIVEN, "OUTPUT": str(target)}, context, feedback)
    done: list[bool] = []
    task.executed.connect(lambda good, results: done.append(good))
    QgsApplication.taskManager().addTask(task)
    for _ in range(600):
        QgsApplication.processEvents()
        if done:
            break
        task.waitForFinished(100)
    assert done == [True]
    assert read_proposal(target).province == "PV22"
