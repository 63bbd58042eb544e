"""What the user sets once for all projects, kept by QGIS."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QStandardPaths

from novex_plugin.core.basisset.catalogue import KEYWORD, NATIONAAL_GEOREGISTER

_GROUP = "novex"


@dataclass(frozen=True)
class Settings:
    """All settings. Empty texts mean: not chosen; `timeout_s` in seconds.

    `cluster` is the address of a scheduler for work that runs elsewhere; so far everything runs on this computer.
    """

    catalogue: str = NATIONAAL_GEOREGISTER
    keyword: str = KEYWORD
    snapshot_folder: str = ""
    province: str = ""
    agreement: str = "novex-1.0"
    organisation: str = ""
    role: str = ""
    email: str = ""
    timeout_s: int = 60
    cluster: str = ""
    live: bool = True
    welcomed: bool = False

    @property
    def snapshots(self) -> Path:
        """The folder for snapshots, by default beside the user's documents."""
        if self.snapshot_folder:
            return Path(self.snapshot_folder)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(documents) / "NOVEX"


def read_settings() -> Settings:
    """The settings as they are now; a value of another type than it should be counts as not set."""
    stored, standard = QgsSettings(), Settings()
    given: dict[str, Any] = {}
    for each in fields(Settings):
        usual = getattr(standard, each.name)
        try:
            given[each.name] = stored.value(f"{_GROUP}/{each.name}", usual, type(usual))
        except TypeError:
            given[each.name] = usual
    return Settings(**given)


def write_settings(settings: Settings) -> None:
    """Keep the settings."""
    stored = QgsSettings()
    for each in fields(Settings):
        stored.setValue(f"{_GROUP}/{each.name}", getattr(settings, each.name))
