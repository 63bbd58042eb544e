"""GDAL as this project lets it loose on files from outside: no network, no side files, and no complaint unheard.

GDAL's settings and error handlers are those of the calling thread; QGIS's own are left as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

_SETTINGS = {
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "GDAL_PAM_ENABLED": "NO",
    "GDAL_HTTP_PROXY": "127.0.0.1:9",  # should any driver ever follow an address: there is nobody there
    "GDAL_HTTP_TIMEOUT": "1",
    "GDAL_HTTP_MAX_RETRY": "0",
    "GML_SKIP_RESOLVE_ELEMS": "ALL",
    "GML_DOWNLOAD_WFS_SCHEMA": "NO",
    "OGR_SQLITE_SYNCHRONOUS": "OFF",
    "OGR_GEOJSON_MAX_OBJ_SIZE": "200",
}


@dataclass
class Complaints:
    """What GDAL said while it worked."""

    failures: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def hear(self, severity: int, number: int, message: str) -> None:
        """Keep a complaint; severities 3 and 4 are failures."""
        (self.failures if severity >= 3 else self.warnings).append(message.strip()[:400])

    @property
    def first(self) -> str:
        """The first failure, or that there was none."""
        return self.failures[0] if self.failures else "zonder opgave van reden"


@contextmanager
def guarded_gdal() -> Iterator[Complaints]:
    """Within the block GDAL reads as the module says; a RuntimeError of GDAL's becomes a heard failure.

    The caller looks at `failures` after the block: an answer that could not be read whole is one with failures.
    """
    from osgeo import gdal, ogr  # not needed at QGIS's start

    ogr.RegisterAll()
    complaints = Complaints()
    before = {name: gdal.GetThreadLocalConfigOption(name) for name in _SETTINGS}
    gdal.PushErrorHandler(complaints.hear)
    try:
        for name, value in _SETTINGS.items():
            gdal.SetThreadLocalConfigOption(name, value)
        yield complaints
    except RuntimeError as error:
        complaints.failures.append(str(error)[:400])
    finally:
        gdal.PopErrorHandler()
        for name, value in before.items():
            gdal.SetThreadLocalConfigOption(name, value)


def opened_with_gdal(path: str, drivers: tuple[str, ...], raster: bool = False, options: tuple[str, ...] = ()) -> Any:
    """A dataset read-only through one of `drivers`, or None; call it within `guarded_gdal`."""
    from osgeo import gdal

    kind = gdal.OF_RASTER if raster else gdal.OF_VECTOR
    return gdal.OpenEx(path, kind | gdal.OF_READONLY, allowed_drivers=list(drivers), open_options=list(options))
