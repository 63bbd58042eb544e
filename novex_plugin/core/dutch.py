"""Numbers and dates as Dutch readers write them."""

from __future__ import annotations

from datetime import date
from math import isfinite

_DECIMALS = {"ha": 1, "km": 1, "m": 0, "m²": 0, "m2": 0, "m3": 0, "aantal": 0, "woningen": 0, "arbeidsplaatsen": 0}
"""Decimals by unit; a unit that is not here keeps at most two."""

_LEAST_HA = 0.05


def number(value: float | None, unit: str | None = None) -> str:
    """1234.56 as `1.234,6` with `ha`; `–` where there is no number."""
    if value is None or not isfinite(value):
        return "–"
    decimals = 0 if value == 0 else _DECIMALS.get((unit or "").lower())
    written = f"{value:,.{2 if decimals is None else decimals}f}"
    if decimals is None and "." in written:
        written = written.rstrip("0").rstrip(".")
    if written.strip("-0.,") == "":
        written = written.lstrip("-")
    return written.translate(str.maketrans(",.-", ".,−"))


def quantity(value: float | None, unit: str | None) -> str:
    """A number with its unit: `1.234,6 ha`. Less than a twentieth of a hectare is told in m², never as 0,0 ha."""
    if unit == "ha" and value is not None and 0 < abs(value) < _LEAST_HA:
        value, unit = value * 10_000, "m²"
    written = number(value, unit)
    if not unit or unit == "aantal" or written == "–":
        return written
    return f"{written}%" if unit == "%" else f"{written}\u00a0{unit}"


def day(written: str | None) -> str:
    """`2026-11-20T08:00:00Z` as `20-11-2026`; what is no date stays as it is, `–` where there is none."""
    if not written:
        return "–"
    try:
        return date.fromisoformat(written[:10]).strftime("%d-%m-%Y")
    except ValueError:
        return written
