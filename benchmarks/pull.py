"""`novex:pull` beside ogr2ogr, on the same WFS: a real MapServer on loopback with 25,000 polygons.

Each peer writes a GeoPackage in EPSG:28992. They take turns, so that what else the machine does weighs on all alike.
Beyond what ogr2ogr does, the pull proves completeness, mends and cuts geometries and computes a digest.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import shapely

from benchmarks.peers import Timed, table
from novex_plugin.core.basisset.pull.area import area_of
from novex_plugin.core.basisset.pull.run import pull
from novex_plugin.core.progress import Silent
from scripts.practice.mapserver import ServedLayer, serve_mapserver
from scripts.practice.parcels import write_parcels
from scripts.practice.registers import dataset, register

COUNT = 25_000
ROUNDS = 5
LIMIT = 1.3
AREA = shapely.box(119_000, 449_000, 140_000, 470_000)


def main() -> int:
    """Run the peers in turns, print their times, and fail when the pull is slower than the limit."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        layer = ServedLayer("parcels", write_parcels(folder / "parcels.gpkg", COUNT), "parcels")
        with serve_mapserver(folder / "served", [layer]) as server:
            peers: dict[str, Callable[[], int]] = {
                "novex:pull (pages of 10,000)": lambda: pulled(server.ows, folder / "pull"),
                "ogr2ogr (pages of 10,000)": lambda: translated(server.ows, folder / "a.gpkg", "ON"),
                "ogr2ogr (one answer)": lambda: translated(server.ows, folder / "b.gpkg", "OFF"),
            }
            times = {peer: Timed(peer) for peer in peers}
            for _ in range(ROUNDS):
                for peer, run in peers.items():
                    start = time.perf_counter()
                    found = run()
                    times[peer].seconds.append(time.perf_counter() - start)
                    assert found == COUNT, f"{peer} gave {found} features"
    application.exitQgis()
    return report(list(times.values()))


def pulled(address: str, out: Path) -> int:
    """One pull through QGIS's network manager."""
    from novex_plugin.qgis_adapter.network import fetch

    shutil.rmtree(out, ignore_errors=True)
    found = register(dataset("wfs", "wfs", address, "parcels"))
    result = pull(found, area_of(np.array([AREA])), out, fetch, lambda: datetime.now(UTC), Silent())
    return result.features


def translated(address: str, out: Path, paging: str) -> int:
    """One run of ogr2ogr with the same bounding box."""
    out.unlink(missing_ok=True)
    settings = {"OGR_WFS_PAGING_ALLOWED": paging, "OGR_WFS_PAGE_SIZE": "10000"}
    options = [part for key, value in settings.items() for part in ("--config", key, value)]
    box = [f"{value:g}" for value in AREA.bounds]
    source = f"WFS:{address}?service=WFS&version=2.0.0"
    subprocess.run(
        ["ogr2ogr", "-q", "-f", "GPKG", out, source, "ms:parcels", "-nln", "parcels", "-spat", *box, *options],
        check=True,
        capture_output=True,
    )
    connection = sqlite3.connect(out)
    (count,) = connection.execute("SELECT count(*) FROM parcels").fetchone()
    connection.close()
    return int(count)


def report(peers: Sequence[Timed]) -> int:
    """Print the table; 1 when the pull takes more than the limit times what the faster ogr2ogr takes."""
    print(f"{COUNT:,} polygons from MapServer's WFS to a GeoPackage, {ROUNDS} rounds\n")
    print(table(peers))
    pull_peer, *others = peers
    ratio = pull_peer.median / min(other.median for other in others)
    print(f"\nRatio to the faster ogr2ogr: {ratio:.2f} (limit {LIMIT}).")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
