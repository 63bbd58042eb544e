"""The totals of a balance as a table that other programs compute on: CSV, and Parquet where GDAL can write it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.check.balance import Balance
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.gdal_guard import guarded_gdal

PARQUET = "Parquet"

_TEXTS = ("indicator", "omschrijving", "eenheid", "telt_op", "plaats", "plaatscode", "plaatssoort")
_DECIMALS = 6


def indicator_rows(balance: Balance, agreement: Agreement) -> list[dict[str, Any]]:
    """A row for each indicator, place and year (None: all years), with what is drawn by status and by precision."""
    return [
        {
            "indicator": total.indicator,
            "omschrijving": agreement.indicator[total.indicator].label.nl,
            "eenheid": total.unit,
            "telt_op": total.adds,
            "plaats": total.place,
            "plaatscode": total.place_code,
            "plaatssoort": total.place_kind,
            "tot_en_met": total.year,
            "getekend": _rounded(total.drawn),
            **{f"status_{code}": _rounded(value) for code, value in total.by_status.items()},
            **{f"precisie_{code}": _rounded(value) for code, value in total.by_precision.items()},
            "bijdragen": len(total.parts),
        }
        for total in balance.totals
    ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), _DECIMALS)


def write_csv(target: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows as CSV: UTF-8 with a mark, semicolons, a point in figures, nothing where there is no value."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    target.write_bytes(text.getvalue().encode("utf-8-sig"))


def can_write(driver: str = PARQUET) -> bool:
    """Whether this GDAL has a driver that writes such tables."""
    from osgeo import ogr  # not needed at QGIS's start

    ogr.RegisterAll()
    return ogr.GetDriverByName(driver) is not None


def write_table(target: Path, rows: Sequence[Mapping[str, Any]], driver: str = PARQUET) -> None:
    """Write rows as a table without geometry through a driver of GDAL's. Raises InputError when GDAL refuses."""
    from osgeo import ogr

    with guarded_gdal() as complaints:
        dataset = ogr.GetDriverByName(driver).CreateDataSource(str(target))
        layer = dataset.CreateLayer(target.stem, None, ogr.wkbNone)
        for name in rows[0]:
            kind = ogr.OFTString if name in _TEXTS else ogr.OFTReal
            layer.CreateField(ogr.FieldDefn(name, ogr.OFTInteger if name in ("tot_en_met", "bijdragen") else kind))
        for row in rows:
            feature = ogr.Feature(layer.GetLayerDefn())
            for name, value in row.items():
                if value is not None:
                    feature.SetField(name, value)
            layer.CreateFeature(feature)
        layer = dataset = None  # closes the file
    if complaints.failures:
        raise InputError(f"kan niet worden geschreven ({complaints.first}).", "Kies een andere plaats.", target)
