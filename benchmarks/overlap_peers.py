"""The work of `benchmarks/check.py`, once, by one peer: from two GeoPackages to all true overlaps and their area.

    python -m benchmarks.overlap_peers PEER FOLDER

Imports are done before the clock starts; reading the two files is part of the work.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

Work = Callable[[Path, Path], tuple[int, float]]
"""Subjects and zones in, the number of pairs and their summed area (m²) out."""

KEPT_ALIVE: list[object] = []
"""QGIS ends with its application object, so that must outlive the function that makes it."""


def novex() -> Work:
    """This project's overlay, as a prohibit-inside rule uses it."""
    import shapely

    from novex_plugin.core.features.geopackage import read_layer
    from novex_plugin.core.features.overlay import Indexed, overlaps

    def work(subjects: Path, zones: Path) -> tuple[int, float]:
        first = Indexed(read_layer(subjects, "subjects").geometry)
        found = overlaps(first, Indexed(read_layer(zones, "zones").geometry))
        return len(found), float(shapely.area(found.geometry).sum())

    return work


def qgis() -> Work:
    """QGIS's own native:intersection, into memory; the subjects are its input layer."""
    from qgis.analysis import QgsNativeAlgorithms
    from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback, QgsVectorLayer

    application = QgsApplication([], False)
    application.initQgis()
    KEPT_ALIVE.append(application)
    QgsApplication.processingRegistry().addProvider(QgsNativeAlgorithms())
    algorithm = QgsApplication.processingRegistry().algorithmById("native:intersection").create()

    def work(subjects: Path, zones: Path) -> tuple[int, float]:
        context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
        layers = [QgsVectorLayer(f"{path}|layername={path.stem}", path.stem, "ogr") for path in (subjects, zones)]
        parameters = {"INPUT": layers[0], "OVERLAY": layers[1], "OUTPUT": "memory:"}
        results, ok = algorithm.run(parameters, context, feedback)
        assert ok, feedback.textLog()
        parts = [feature.geometry() for feature in context.takeResultLayer(results["OUTPUT"]).getFeatures()]
        return len(parts), sum(part.area() for part in parts)

    return work


def geopandas() -> Work:
    """geopandas.overlay on what pyogrio reads."""
    import geopandas as gpd

    def work(subjects: Path, zones: Path) -> tuple[int, float]:
        found = gpd.overlay(gpd.read_file(subjects), gpd.read_file(zones), how="intersection", keep_geom_type=True)
        return len(found), float(found.area.sum())

    return work


def duckdb() -> Work:
    """DuckDB's spatial join with ST_Intersection; the extension comes from its Python package."""
    import duckdb as database
    import duckdb_extensions

    duckdb_extensions.import_extension("spatial")

    def work(subjects: Path, zones: Path) -> tuple[int, float]:
        connection = database.connect()
        connection.execute("LOAD spatial")
        connection.execute("CREATE TABLE subjects AS SELECT geom FROM ST_Read(?)", [str(subjects)])
        connection.execute("CREATE TABLE zones AS SELECT geom FROM ST_Read(?)", [str(zones)])
        connection.execute(
            "CREATE TABLE found AS SELECT ST_Intersection(s.geom, z.geom) AS geom"
            " FROM subjects s JOIN zones z ON ST_Intersects(s.geom, z.geom)"
        )
        count = "SELECT count(*), sum(ST_Area(geom)) FROM found WHERE ST_Area(geom) > 0"
        pairs, area = connection.execute(count).fetchone()
        return pairs, area

    return work


def main(peer: str, folder: Path) -> None:
    """Time the work of one peer and print it with its answer."""
    work = {"novex": novex, "qgis": qgis, "geopandas": geopandas, "duckdb": duckdb}[peer]()
    start = time.perf_counter()
    pairs, area = work(folder / "subjects.gpkg", folder / "zones.gpkg")
    print(json.dumps({"seconds": time.perf_counter() - start, "pairs": pairs, "area": area}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
