"""The Python libraries that the plugin needs, and what to do where one is missing."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

REQUIRED = {
    "numpy": "numpy",
    "shapely": "shapely",
    "jsonschema": "jsonschema",
    "defusedxml": "defusedxml",
    "osgeo": "GDAL",
}
"""Import name to the name under which the package is installed."""


@dataclass(frozen=True)
class Missing:
    """What is missing: the packages by their installation name."""

    packages: tuple[str, ...]

    def message(self) -> str:
        """One message for the user: what is missing and how to get it."""
        names = ", ".join(self.packages)
        return (
            f"NOVEX Puzzel mist {names}. "
            f"Windows: OSGeo4W Shell openen en 'python -m pip install {' '.join(self.packages)}' uitvoeren. "
            f"Debian en Ubuntu: 'sudo apt install {' '.join('python3-' + name.lower() for name in self.packages)}'. "
            "Daarna QGIS opnieuw starten."
        )


def missing() -> Missing | None:
    """Look, without importing anything, which libraries are absent; None when all are there."""
    absent = tuple(package for module, package in REQUIRED.items() if find_spec(module) is None)
    return Missing(absent) if absent else None
