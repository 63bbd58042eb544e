"""What the shape of a feature measures, in a few words."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import QgsGeometry

from novex_plugin.core.dutch import number, quantity

_PER_HECTARE = {"woningen": "won/ha", "arbeidsplaatsen": "arb.pl./ha"}
"""Indicators whose density tells planners more than their number, and how that is written."""

_KILOMETRE = 1000.0


def size_of(geometry: QgsGeometry, kind: str) -> tuple[float, str] | None:
    """Area (ha) or length (km) in the CRS of the plan (metres); None for points and for nothing."""
    if geometry.isNull() or kind == "punt":
        return None
    return (geometry.area() / 10_000, "ha") if kind == "vlak" else (geometry.length() / _KILOMETRE, "km")


def told_size(geometry: QgsGeometry, kind: str) -> str:
    """The size as readers write it, empty when there is none: below a kilometre in metres."""
    size = size_of(geometry, kind)
    if size is None:
        return ""
    value, unit = size
    return quantity(value * _KILOMETRE, "m") if unit == "km" and value < 1 else quantity(value, unit)


def told_measures(geometry: QgsGeometry, kind: str, amounts: Mapping[str, float]) -> str:
    """Size and densities; `amounts` by indicator."""
    parts = [told_size(geometry, kind)]
    size = size_of(geometry, kind)
    if size is not None and kind == "vlak" and size[0] > 0:
        for indicator, unit in _PER_HECTARE.items():
            if amounts.get(indicator):
                density = amounts[indicator] / size[0]
                written = number(density, "aantal") if density >= 10 else number(round(density, 1))
                parts.append(f"{written} {unit}")
    return " · ".join(part for part in parts if part)
