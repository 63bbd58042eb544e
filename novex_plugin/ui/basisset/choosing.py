"""Which datasets are listed, and under which heads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from novex_plugin.core.basisset.catalogue.kinds import folded
from novex_plugin.ui.basisset.shelf import BROKEN, NO_ADDRESS, OUTDATED, Item

BY_KIND, BY_PROGRAMME = "kind", "programme"

KINDS = ("feitelijke_situatie", "wettelijk_kader", "beleidskader", "kenniskaart", "onbekend")
"""In the order in which they are shown."""

FILTERS: tuple[Mapping[str, Callable[[Item], bool]], ...] = (
    {
        "data": lambda item: item.has_data,
        "image": lambda item: not item.has_data and item.dataset is not None and item.dataset.access == "image",
        "none": lambda item: item.state == NO_ADDRESS,
    },
    {
        "pulled": lambda item: item.is_pulled,
        "waiting": lambda item: not item.is_pulled,
        "outdated": lambda item: item.state == OUTDATED,
        "failed": lambda item: item.state == BROKEN,
    },
    {"rules": lambda item: item.serves_rules},
)
"""Filters by name; those of one set add to each other, the sets restrict each other."""


@dataclass(frozen=True)
class Group:
    """A head and what stands under it; `head` is the code of a kind or the title of a programme, empty for the rest."""

    head: str
    items: tuple[Item, ...]

    @property
    def pulled(self) -> int:
        """How many of them are in the snapshot."""
        return sum(item.is_pulled for item in self.items)


def chosen(items: Iterable[Item], text: str, filters: frozenset[str]) -> list[Item]:
    """The items that have all words of the text, and pass the filters."""
    words = folded(text).split()
    sets = [[test for name, test in each.items() if name in filters] for each in FILTERS]
    return [
        item
        for item in items
        if all(not tests or any(test(item) for test in tests) for tests in sets) and _has(item, words)
    ]


def _has(item: Item, words: list[str]) -> bool:
    if not words:
        return True
    abstract = item.dataset.abstract if item.dataset else ""
    said = folded(f"{item.title} {item.owner} {abstract}")
    return all(word in said for word in words)


def grouped(items: Iterable[Item], by: str) -> list[Group]:
    """The items under their heads; under programmes an item stands with each that it serves."""
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        heads = {use.programme for use in item.uses} or {""} if by == BY_PROGRAMME else {_kind(item)}
        for head in heads:
            found[head].append(item)
    order = KINDS.index if by == BY_KIND else _last_if_empty
    return [Group(head, tuple(found[head])) for head in sorted(found, key=order)]


def _kind(item: Item) -> str:
    return item.kind if item.kind in KINDS else "onbekend"


def _last_if_empty(head: str) -> tuple[bool, str]:
    return not head, head.casefold()
