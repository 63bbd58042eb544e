"""The open proposal as it is on the screen, for workers: the saved rows are read once, unsaved edits laid over them."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from novex_plugin.core.proposal.read import Proposal
    from novex_plugin.qgis_adapter.open_proposal import OpenProposal


class Screen:
    """Of one open proposal. `taken` is called in the main thread, what it gives in a worker."""

    def __init__(self, proposal: OpenProposal) -> None:
        self._proposal = proposal
        self._read: Proposal | None = None
        self._lock = Lock()

    def was_saved(self) -> None:
        """The file is another one than was read."""
        self._read = None

    def taken(self) -> Callable[[], Proposal]:
        """Take what is on the screen now; the function gives it as a proposal, or raises InputError."""
        from novex_plugin.core.proposal.edits import edited
        from novex_plugin.qgis_adapter.screen_edits import screen_edits

        edits = screen_edits(self._proposal.layers)

        def proposal() -> Proposal:
            with self._lock:
                if self._read is None:
                    self._read = self._proposal.read()
                saved = self._read
            return edited(saved, edits)

        return proposal
