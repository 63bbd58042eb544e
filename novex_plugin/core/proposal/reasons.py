"""Why rows of a layer are refused: gathered as whole columns, one text for each row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.features.geopackage import Column, Layer, append, create
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.problems import Mask

TABLE = "afgekeurd"


class Reasons:
    """A list of reasons for each row; a row without reasons is good."""

    def __init__(self, count: int) -> None:
        self._texts = np.full(count, "", dtype=object)

    def add(self, wrong: Mask, message: str, values: NDArray[Any] | None = None) -> None:
        """Give the rows of the mask a reason; `{}` in the message stands for the row's value."""
        if not wrong.any():
            return
        given = np.full(len(wrong), "", dtype=object) if values is None else values
        different, place = np.unique(given[wrong].astype(str), return_inverse=True)
        said = np.array([message.format(text[:80]) + "; " for text in different.tolist()], dtype=object)
        self._texts[wrong] = self._texts[wrong] + said[place]

    @property
    def good(self) -> Mask:
        """The rows that nothing is wrong with."""
        result: Mask = self._texts == ""
        return result

    @property
    def texts(self) -> NDArray[np.object_]:
        """The reasons of each row, separated by semicolons."""
        return np.array([text.removesuffix("; ") for text in self._texts], dtype=object)


def rejected_rows(source: FeatureTable, reasons: Reasons) -> FeatureTable:
    """The refused rows as they were, with `rij` (counted from 1) and `reden` in front."""
    wrong = ~reasons.good
    columns: dict[str, NDArray[Any]] = {"rij": np.flatnonzero(wrong) + 1, "reden": reasons.texts[wrong]}
    taken = {"fid", "geom", *columns}
    for name, values in source.columns.items():
        free = name
        while free.lower() in taken:
            free = f"bron_{free}"
        taken.add(free.lower())
        columns[free] = values[wrong]
    geometry = source.geometry[wrong].copy()
    geometry[~np.isfinite(shapely.bounds(geometry)).all(axis=1)] = None
    return FeatureTable(TABLE, geometry, columns, source.epsg)


def write_rejected(target: Path, rows: FeatureTable) -> None:
    """Write refused rows to a new GeoPackage. The caller writes beside."""
    types = {"f": "REAL", "i": "INTEGER"}
    columns = tuple(Column(name, types.get(values.dtype.kind, "TEXT")) for name, values in rows.columns.items())
    create(target, [Layer(TABLE, "GEOMETRY", columns, title="Afgekeurde rijen")])
    append(target, TABLE, rows)
