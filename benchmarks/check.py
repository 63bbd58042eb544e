"""One prohibit-inside rule over 200,000 subjects and 2,000 zones, true overlaps included, against its peers.

python -m benchmarks.check [SUBJECTS [ZONES [ROUNDS]]]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
import shapely

from benchmarks.peers import Peer, side_by_side, table
from novex_plugin.core.features.geopackage import Layer, append, create
from novex_plugin.core.features.table import FeatureTable, multi

SIDE_M = 200_000.0
PEERS = {
    "NOVEX Puzzel": ("novex", "plugin"),
    "native:intersection": ("qgis", "plugin"),
    "geopandas.overlay": ("geopandas", "bench"),
    "DuckDB spatial": ("duckdb", "bench"),
}
LEAST_GAIN = 5.0
"""How many times faster than native:intersection this project promises to be."""


def blobs(count: int, radius_m: tuple[float, float], vertices: int, seed: int) -> np.ndarray:
    """Irregular polygons over a square of 200 by 200 km, EPSG:28992."""
    random = np.random.default_rng(seed)
    centre = random.uniform(0.0, SIDE_M, (count, 1, 2)) + np.array([20_000.0, 320_000.0])
    radius = random.uniform(*radius_m, (count, 1)) * random.uniform(0.7, 1.3, (count, vertices))
    angle = np.linspace(0.0, 2.0 * np.pi, vertices, endpoint=False)
    ring = centre + np.stack([np.cos(angle) * radius, np.sin(angle) * radius], axis=2)
    return shapely.polygons(ring)


def write(folder: Path, name: str, polygons: np.ndarray) -> None:
    """Write polygons as a GeoPackage with a spatial index."""
    path = folder / f"{name}.gpkg"
    create(path, [Layer(name, "MULTIPOLYGON", ())])
    append(path, name, FeatureTable(name, multi(polygons)))


def main(subjects: int = 200_000, zones: int = 2_000, rounds: int = 5) -> int:
    """Run the peers side by side, print the table, and give 1 when an answer or the promise differs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, "subjects", blobs(subjects, (15.0, 60.0), 12, seed=1))
        write(folder, "zones", blobs(zones, (700.0, 1_600.0), 60, seed=2))
        peers = [
            Peer(title, arguments=("benchmarks.overlap_peers", peer, name), environment=environment)
            for title, (peer, environment) in PEERS.items()
        ]
        side_by_side(peers, rounds)
    print(f"\n{subjects:,} x {zones:,} polygons, from GeoPackages to overlaps in memory, {rounds} rounds\n")
    print(table(peers))
    answers = {peer.name: peer.answers[0] for peer in peers}
    print(
        "\n"
        + "\n".join(f"{name}: {answer['pairs']:,} pairs, {answer['area']:.3f} m²" for name, answer in answers.items())
    )
    area = np.array([float(answer["area"]) for answer in answers.values()])
    same = len({answer["pairs"] for answer in answers.values()}) == 1 and np.allclose(area, area[0], rtol=1e-9)
    gain = peers[1].median / peers[0].median
    print(f"\nAnswers equal: {'yes' if same else 'NO'}. {gain:.1f} times faster than native:intersection.")
    return 0 if same and gain >= LEAST_GAIN else 1


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:])))
