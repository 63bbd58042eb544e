"""Findings and balance of a delivery in the making: the check and the targets, applied to its working copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from novex_plugin.core.delivery.staging import Staged
from novex_plugin.core.progress import Progress


@dataclass(frozen=True)
class Assessed:
    """What was applied: `catalogues` with id, version and digest; `rules` the text of each rule by its id."""

    catalogues: tuple[Mapping[str, str], ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)


def assess(staged: Staged, progress: Progress) -> Assessed:
    """Write findings and balance into the delivery."""
    raise NotImplementedError


def catalogues_in_use(staged: Staged) -> tuple[Mapping[str, str], ...]:
    """The rule catalogues that apply to the proposal: id, version and digest."""
    raise NotImplementedError
