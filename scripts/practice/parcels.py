"""Made-up parcels, wells and heights on the national grid: what the practice servers serve."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely

from novex_plugin.core.features import geopackage
from novex_plugin.core.features.geopackage import Column, Layer
from novex_plugin.core.features.table import FeatureTable, multi

ORIGIN = (120_000.0, 450_000.0)
STEP = 100.0


def parcels(count: int = 25_000) -> FeatureTable:
    """Polygons of twelve corners in a square grid from ORIGIN, STEP metres apart; codes keep their leading zeros."""
    side = int(np.ceil(np.sqrt(count)))
    row, column = np.divmod(np.arange(count), side)
    x = ORIGIN[0] + column * STEP + STEP / 2
    y = ORIGIN[1] + row * STEP + STEP / 2
    corners = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    around = np.stack([np.cos(corners), np.sin(corners)], axis=1) * (STEP * 0.45)
    rings = np.round(np.stack([x, y], axis=1)[:, None, :] + around[None, :, :], 3)
    geometry = multi(shapely.polygons(rings))
    number = np.arange(1, count + 1)
    return FeatureTable(
        "parcels",
        geometry,
        {
            "code": np.array([f"{value:08d}" for value in number], dtype=object),
            "naam": np.array([f"perceel {value} in ’s-Gravenmoer & omstreken" for value in number], dtype=object),
            "nummer": number.astype(np.int64),
            "hoogte": np.round(np.sin(number) * 10, 3),
            "datum": np.array([f"20{value % 25:02d}-0{value % 9 + 1}-11" for value in number], dtype=object),
        },
    )


def write_parcels(path: Path, count: int = 25_000, name: str = "parcels") -> Path:
    """A GeoPackage with these parcels; gives `path`."""
    made = parcels(count)
    columns = (
        Column("code"),
        Column("naam"),
        Column("nummer", "INTEGER"),
        Column("hoogte", "REAL"),
        Column("datum", "DATE"),
    )
    path.unlink(missing_ok=True)
    geopackage.create(path, [Layer(name, "MULTIPOLYGON", columns)])
    geopackage.append(path, name, FeatureTable(name, made.geometry, made.columns))
    return path


def write_heights(path: Path, side: int = 200) -> Path:
    """A GeoTIFF of `side` by `side` cells of 25 m from ORIGIN, Float32 with nodata -9999; gives `path`."""
    from osgeo import gdal, osr

    gdal.UseExceptions()
    rows, columns = np.mgrid[0:side, 0:side]
    values = (np.sin(rows / 9) * 5 + columns / 10).astype(np.float32)
    values[:3, :3] = -9999
    raster = gdal.GetDriverByName("GTiff").Create(str(path), side, side, 1, gdal.GDT_Float32, ["COMPRESS=DEFLATE"])
    raster.SetGeoTransform((ORIGIN[0], 25, 0, ORIGIN[1] + side * 25, 0, -25))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(28992)
    raster.SetProjection(reference.ExportToWkt())
    raster.GetRasterBand(1).SetNoDataValue(-9999)
    raster.GetRasterBand(1).WriteArray(values)
    raster.FlushCache()
    return path
