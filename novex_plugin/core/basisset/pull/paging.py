"""A layer page by page: while one page is converted, the next is fetched."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from novex_plugin.core.basisset.pull.area import Area
from novex_plugin.core.basisset.pull.completeness import prove
from novex_plugin.core.basisset.pull.convert import convert
from novex_plugin.core.basisset.pull.failure import PullFailure
from novex_plugin.core.basisset.pull.page import Cursor, Page, PageSource
from novex_plugin.core.basisset.pull.staging import LayerState, Staging
from novex_plugin.core.progress import Progress, stop_if_cancelled

MAXIMUM_PAGES = 1_000_000
_EMPTY_IN_A_ROW = 3


def pull_pages(
    source: PageSource,
    number: int,
    state: LayerState,
    staging: Staging,
    area: Area,
    folder: Path,
    progress: Progress,
    advanced: Callable[[LayerState], None],
) -> None:
    """Fetch what is still to come of a layer and prove that it is complete.

    Raises PullFailure, NetworkError or Cancelled; whole pages stay in `staging`, so that a later run continues.
    """
    if not state.finished:
        with ThreadPoolExecutor(1, "novex-pull") as pool:
            chain = _Chain(source, number, state, staging, area, folder, pool)
            try:
                chain.follow(progress, advanced)
            except Exception:
                chain.settle()  # what the page before had to say comes first
                raise
        state.finished = True
        staging.save(number, state)
    prove(state)


@dataclass
class _Chain:
    """The pages of one layer; one conversion runs beside the fetching."""

    source: PageSource
    number: int
    state: LayerState
    staging: Staging
    area: Area
    folder: Path
    pool: ThreadPoolExecutor
    _pending: Future[None] | None = None
    _page: Page | None = None
    _empty: int = 0

    def follow(self, progress: Progress, advanced: Callable[[LayerState], None]) -> None:
        """Follow the pages to the end."""
        cursor: Cursor | None = self.state.following or self.source.first()
        seen: set[int] = set()
        fetched = self.state.pages
        while cursor is not None:
            stop_if_cancelled(progress)
            self._guard(cursor, seen, fetched)
            page = self.source.get(cursor, self.folder / f"page-{self.number}-{fetched}.gml")
            fetched += 1
            self.settle()
            advanced(self.state)
            self._empty = self._empty + 1 if page.returned == 0 else 0
            self._pending, self._page = self.pool.submit(self._convert, page), page
            cursor = page.following
        self.settle()
        advanced(self.state)

    def _guard(self, cursor: Cursor, seen: set[int], fetched: int) -> None:
        mark = hash(tuple(sorted(cursor.items())))
        if mark in seen:
            raise PullFailure("de server verwijst naar een pagina die al geweest is: de gegevens zijn niet compleet.")
        if fetched >= MAXIMUM_PAGES or self._empty >= _EMPTY_IN_A_ROW:
            raise PullFailure("de server blijft naar nieuwe pagina's verwijzen zonder er iets in te zetten.")
        seen.add(mark)

    def _convert(self, page: Page) -> None:
        convert(page, self.number, self.state, self.staging, self.area)

    def settle(self) -> None:
        """Wait for the conversion that runs; its failure is raised once, its file removed."""
        pending, page = self._pending, self._page
        self._pending = self._page = None
        if pending is not None and page is not None:
            try:
                pending.result()
            finally:
                for leftover in (page.path, page.path.with_suffix(".gfs")):
                    leftover.unlink(missing_ok=True)
