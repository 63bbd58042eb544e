"""NOVEX Puzzel: lay, test and deliver a province's spatial puzzle in QGIS."""

from __future__ import annotations

from typing import Any


def classFactory(iface: Any) -> Any:
    """Called by QGIS to make the plugin."""
    from novex_plugin.plugin import NovexPlugin

    return NovexPlugin()
