"""A piece of a dataset on disk, as a server gave it, and where the next piece is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

Cursor = Mapping[str, str | int]
"""Where a page is to be found: a server's own link, or the place to start. Goes through the journal as JSON."""


@dataclass(frozen=True)
class Page:
    """One file to convert.

    `drivers` are the GDAL drivers that may read it. `returned` is the number of features that the server says are in
    it, `matched` its number of all (None: not said). `identifiers` are the features' own, in order, where the source
    has read them already. `epsg` is the CRS that holds where the file names none (`certain`: whatever it names).
    `whole` says that the file is (a section of) the dataset by itself, so that nothing can repeat it. `types` are the
    GDAL types of attributes by element name, where the server described them.
    """

    path: Path
    drivers: tuple[str, ...]
    following: Cursor | None
    returned: int | None = None
    matched: int | None = None
    identifiers: tuple[str, ...] | None = None
    epsg: int | None = None
    certain: bool = False
    types: Mapping[str, str] = field(default_factory=dict)
    whole: bool = False


class PageSource(Protocol):
    """A layer of a service, page by page."""

    @property
    def name(self) -> str:
        """The table's name in the snapshot."""

    @property
    def request(self) -> str:
        """The first page's address, as the manifest records it."""

    def first(self) -> Cursor:
        """Where the first page is."""

    def get(self, cursor: Cursor, path: Path) -> Page:
        """Fetch a page to `path`. Raises PullFailure, NetworkError or Cancelled."""
