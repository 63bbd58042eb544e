"""Moments as files have them: UTC, to the second."""

from __future__ import annotations

from datetime import UTC, datetime


def as_written(moment: datetime) -> str:
    """`2026-11-20T08:00:00Z`. Raises ValueError for a moment without time zone, which could mean any."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def as_stored(moment: datetime) -> str:
    """`2026-11-20T08:00:00.000Z`: the only form that a DATETIME column of a GeoPackage may hold."""
    return as_written(moment).replace("Z", ".000Z")
