"""The plugin's version, as metadata.txt gives it."""

from __future__ import annotations

from configparser import ConfigParser
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def plugin_version() -> str:
    """The version that goes into manifests and reports."""
    metadata = ConfigParser(interpolation=None)
    metadata.read(Path(__file__).with_name("metadata.txt"), encoding="utf-8")
    return metadata.get("general", "version")
