"""What the plugin keeps in a project: which proposal, variant, snapshot and bindings go with it."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject

_SCOPE = "novex"


class ProjectState:
    """Values in the project file; paths are kept as the project keeps its own, so that it can be moved with them."""

    def __init__(self, project: QgsProject) -> None:
        self._project = project

    def text(self, key: str) -> str:
        """A value, empty when it is not there."""
        value, _ = self._project.readEntry(_SCOPE, key, "")
        return str(value)

    def set_text(self, key: str, value: str) -> None:
        """Keep a value; the project counts as changed only when it is another one."""
        if value != self.text(key):
            self._project.writeEntry(_SCOPE, key, value)

    def path(self, key: str) -> Path | None:
        """A path, None when it is not there."""
        written = self.text(key)
        return Path(self._project.readPath(written)) if written else None

    def set_path(self, key: str, value: Path | None) -> None:
        """Keep a path."""
        self.set_text(key, self._project.writePath(str(value)) if value is not None else "")
