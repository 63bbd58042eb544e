"""Entries laid out as a tree of one or two levels of groups, as arrays."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from novex_plugin.ui.check.entries import Category, Entries

Rows = NDArray[np.int64]

GROUPINGS = ("programma", "regel", "object", "legenda")
"""What the tree can be grouped by; besides there is the flat table."""


@dataclass(frozen=True)
class Level:
    """Groups of one level: where each starts among the rows (and where the last one ends), and its place in the
    category."""

    starts: Rows
    codes: Rows
    category: Category

    def __len__(self) -> int:
        return len(self.codes)

    def span(self, group: int) -> tuple[int, int]:
        """Where the rows of a group start and end."""
        return int(self.starts[group]), int(self.starts[group + 1])

    def label(self, group: int) -> str:
        return self.category.labels[self.codes[group]]

    def key(self, group: int) -> Hashable:
        return self.category.keys[self.codes[group]]

    def holding(self, place: int) -> int:
        """The group that a row, by its place, is in."""
        return int(np.searchsorted(self.starts, place, side="right")) - 1


@dataclass(frozen=True)
class Branches:
    """`rows` are entries in the order of the tree; `top` their groups and `sub` (or None) the groups within those, with
    in `sub_starts` where those of each top group start among them. `by_rule` tells whether the lowest groups are
    rules: one that holds nothing but a rule without finding is that entry itself."""

    entries: Entries
    rows: Rows
    top: Level
    sub: Level | None
    sub_starts: Rows
    by_rule: bool

    @property
    def lowest(self) -> Level:
        """The groups that hold entries."""
        return self.top if self.sub is None else self.sub

    def is_entry(self, group: int) -> bool:
        """Whether a lowest group is itself an entry."""
        if not self.by_rule:
            return False
        start, end = self.lowest.span(group)
        return end - start == 1 and not self.entries.is_finding(int(self.rows[start]))

    def gravest(self, level: Level, group: int) -> int:
        """The place among the outcomes of the gravest entry of a group."""
        start, end = level.span(group)
        return int(self.entries.outcome[self.rows[start:end]].min())

    def place(self, row: int) -> int | None:
        """Where an entry stands, None when it is not shown."""
        found = np.flatnonzero(self.rows == row)
        return int(found[0]) if len(found) else None


def branches(entries: Entries, rows: Rows, grouping: str) -> Branches:
    """Lay out these rows."""
    top, sub = _categories(entries, grouping)
    keys = [entries.outcome[rows], *([] if sub is None else [sub.codes[rows]]), top.codes[rows]]
    ordered = rows[np.lexsort(keys)]
    tops = _level(top, _changes(top.codes[ordered]), ordered)
    if sub is None:
        return Branches(entries, ordered, tops, None, np.empty(0, dtype=np.int64), grouping == "regel")
    changes = _changes(top.codes[ordered]) | _changes(sub.codes[ordered])
    subs = _level(sub, changes, ordered)
    starts = np.searchsorted(subs.starts[:-1], tops.starts)
    return Branches(entries, ordered, tops, subs, starts, True)


def _categories(entries: Entries, grouping: str) -> tuple[Category, Category | None]:
    if grouping == "regel":
        return entries.by_rule, None
    if grouping == "object":
        return entries.features, None
    if grouping == "legenda":
        return entries.units, entries.by_rule
    return entries.programmes, entries.by_rule


def _changes(codes: Rows) -> NDArray[np.bool_]:
    """Where another code begins."""
    begins = np.ones(len(codes), dtype=bool)
    begins[1:] = codes[1:] != codes[:-1]
    return begins


def _level(category: Category, begins: NDArray[np.bool_], ordered: Rows) -> Level:
    starts = np.flatnonzero(begins)
    return Level(np.append(starts, len(ordered)), category.codes[ordered[starts]], category)
