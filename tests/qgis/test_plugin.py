"""The plugin loads, unloads without a trace, and loads without its libraries too."""

from __future__ import annotations

import subprocess
import sys

import pytest
from qgis.core import QgsApplication, QgsMessageLog

from novex_plugin import classFactory, dependencies


def provider_ids() -> list[str]:
    return [provider.id() for provider in QgsApplication.processingRegistry().providers()]


def test_loading_and_unloading_ten_times_leaves_nothing_behind(qgis_app: object) -> None:
    before = provider_ids()
    for _ in range(10):
        plugin = classFactory(None)
        plugin.initGui()
        assert provider_ids().count("novex") == 1
        plugin.unload()
        assert provider_ids() == before


def test_every_algorithm_has_title_group_and_help(qgis_app: object) -> None:
    plugin = classFactory(None)
    plugin.initProcessing()
    try:
        algorithms = plugin.provider.algorithms()
        assert algorithms
        for algorithm in algorithms:
            assert algorithm.displayName()
            assert algorithm.group()
            assert len(algorithm.shortHelpString()) > 80, f"{algorithm.id()} hardly explains itself"
            for parameter in algorithm.parameterDefinitions():
                assert parameter.description(), f"{algorithm.id()} {parameter.name()}"
    finally:
        plugin.unload()


def test_without_its_libraries_the_plugin_loads_and_says_what_is_missing(
    qgis_app: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(dependencies, "REQUIRED", {"geen_echte_bibliotheek": "puzzelstuk"})
    monkeypatch.setattr(QgsMessageLog, "logMessage", lambda message, *_: said.append(message))
    before = provider_ids()
    plugin = classFactory(None)
    plugin.initGui()
    plugin.unload()
    assert len(said) == 1
    assert "puzzelstuk" in said[0]
    assert provider_ids() == before


def test_loading_imports_nothing_heavy() -> None:
    program = """
import sys
from qgis.core import QgsApplication
application = QgsApplication([], False)
before = set(sys.modules)
from novex_plugin import classFactory
classFactory(None).initProcessing()
print(sorted({"numpy", "shapely", "jsonschema", "defusedxml", "osgeo"} & (set(sys.modules) - before)))
"""
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False).stdout
    assert printed.strip() == "[]"
