"""The moment that a delivery speaks of: the latest that its own content names, never the clock's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.moment import as_written

_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
_COLUMNS = {
    "voorstel_vlak": "gewijzigd",
    "voorstel_lijn": "gewijzigd",
    "voorstel_punt": "gewijzigd",
    "voorstel": "aangemaakt",
    "motivering": "datum",
    "logboek": "tijd",
}


def content_moment(tables: Mapping[str, FeatureTable], snapshot_moment: str | None) -> str:
    """The latest time in the proposal's tables and the snapshot, as `2026-11-20T08:00:00Z`.

    The same content gives the same moment, so that exporting it twice gives the same bytes. What is no time is passed
    over: the check of the proposal names it.
    """
    written = [snapshot_moment, *_times(tables)]
    return as_written(max(_moments(written), default=_EARLIEST))


def _times(tables: Mapping[str, FeatureTable]) -> Iterator[Any]:
    for table, column in _COLUMNS.items():
        if table in tables and column in tables[table].columns:
            yield from tables[table].columns[column].tolist()


def _moments(written: Iterable[Any]) -> Iterator[datetime]:
    for value in {each for each in written if isinstance(each, str)}:
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            continue
        yield moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
