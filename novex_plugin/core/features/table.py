"""A table of features as arrays: what the core computes on instead of single features."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

RD_NEW = 28992
"""EPSG number of the Dutch national grid, in metres: the CRS of everything this project computes and delivers."""


@dataclass(frozen=True)
class FeatureTable:
    """One layer: `geometry` is an object array of n shapely geometries (None where absent), each column has length n.

    Text columns are object arrays with None for absent; numbers are float64 (nan for absent) or int64.
    An attribute table has no geometry: an array of n times None and `epsg` None.
    """

    name: str
    geometry: NDArray[np.object_]
    columns: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    epsg: int | None = RD_NEW

    def __post_init__(self) -> None:
        for name, values in self.columns.items():
            if len(values) != len(self.geometry):
                raise ValueError(f"{self.name}.{name} has {len(values)} values for {len(self.geometry)} features")

    def __len__(self) -> int:
        return len(self.geometry)

    def take(self, rows: NDArray[Any]) -> FeatureTable:
        """Give the rows that a boolean mask or an index array selects."""
        columns = {name: values[rows] for name, values in self.columns.items()}
        return FeatureTable(self.name, self.geometry[rows], columns, self.epsg)

    def column(self, name: str) -> NDArray[Any]:
        """Give a column; raises KeyError with the names there are."""
        if name not in self.columns:
            raise KeyError(f"{self.name} has no column {name}; it has {', '.join(self.columns)}")
        return self.columns[name]


def attribute_table(name: str, columns: Mapping[str, NDArray[Any]]) -> FeatureTable:
    """A table without geometry."""
    length = len(next(iter(columns.values()))) if columns else 0
    return FeatureTable(name, np.full(length, None, dtype=object), columns, epsg=None)


def multi(geometry: NDArray[np.object_]) -> NDArray[np.object_]:
    """Polygons and lines as their multi-part form, other geometries and None as they are."""
    kinds = shapely.get_type_id(geometry)
    result = geometry.copy()
    for single, create in ((3, shapely.multipolygons), (1, shapely.multilinestrings)):
        rows = np.flatnonzero(kinds == single)
        if len(rows):
            result[rows] = create(geometry[rows], indices=np.arange(len(rows)))
    return result
