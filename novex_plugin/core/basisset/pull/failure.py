"""Why one dataset could not be pulled; the others go on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class PullFailure(Exception):
    """The reason, in Dutch; `keep` says whether what arrived so far is sound, so that the next run can continue."""

    reason: str
    keep: bool = False

    def __str__(self) -> str:
        return self.reason
