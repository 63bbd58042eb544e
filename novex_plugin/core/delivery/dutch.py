"""Numbers and dates as Dutch readers write them."""

from __future__ import annotations

from datetime import date
from math import isfinite

_DECIMALS = {"ha": 1, "%": 1, "km": 1, "m": 0, "m2": 0, "m3": 0, "aantal": 0, "woningen": 0, "arbeidsplaatsen": 0}
"""Decimals by unit; a unit that is not here keeps at most two."""


def number(value: float | int | None, unit: str | None = None) -> str:
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


def quantity(value: float | int | None, unit: str | None) -> str:
    """A number with its unit: `1.234,6 ha`."""
    written = number(value, unit)
    return written if not unit or unit == "aantal" or written == "–" else f"{written}\u00a0{unit}"


def day(written: str | None) -> str:
    """`2026-11-20T08:00:00Z` as `20-11-2026`; what is no date stays as it is, `–` where there is none."""
    if not written:
        return "–"
    try:
        return date.fromisoformat(written[:10]).strftime("%d-%m-%Y")
    except ValueError:
        return written
