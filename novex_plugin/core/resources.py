"""The one place that knows where `resources/` and `schemas/` stand.

They stand at the top of a checkout; `make package` lays them inside the plugin.
"""

from __future__ import annotations

from pathlib import Path

_PLUGIN = Path(__file__).resolve().parents[1]


def _folder(name: str) -> Path:
    packed = _PLUGIN / name
    return packed if packed.is_dir() else _PLUGIN.parent / name


RESOURCES = _folder("resources")
SCHEMAS = _folder("schemas")
