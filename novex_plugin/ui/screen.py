"""The open proposal as it is on the screen, for workers: the saved rows are read once, unsaved edits laid over them."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakSet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from novex_plugin.core.proposal.edits import TableEdits
    from novex_plugin.core.proposal.read import Proposal
    from novex_plugin.qgis_adapter.open_proposal import OpenProposal


class Screen:
    """Of one open proposal; all but what `taken` gives is for the main thread.

    Edits and rows have to belong together: edits that were taken before the proposal was saved are in the file after
    it. So whoever has not read yet gets the edits anew at every saving.
    """

    def __init__(self, proposal: OpenProposal) -> None:
        self._proposal = proposal
        self.savings = 0
        """How often the file became another one."""
        self._read: tuple[int, Proposal] | None = None
        """The rows, and after how many savings they were read."""
        self._reading = Lock()
        self._taken: WeakSet[_Taken] = WeakSet()

    def renew(self) -> None:
        """The file may be another one than was read: it was saved, or somebody wants to be sure."""
        self.savings += 1
        for each in tuple(self._taken):
            each.take()

    def taken(self) -> Callable[[], Proposal]:
        """Take what is on the screen now; the function gives it as a proposal, or raises InputError."""
        taken = _Taken(self)
        self._taken.add(taken)
        return taken.proposal

    def edits(self) -> tuple[int, Mapping[str, TableEdits]]:
        """What was edited since the last saving, and how many of those there were."""
        from novex_plugin.qgis_adapter.screen_edits import screen_edits

        return self.savings, screen_edits(self._proposal.layers)

    def saved(self) -> tuple[int, Proposal]:
        """What the file holds, and after how many savings. For workers."""
        with self._reading:
            savings = self.savings
            if self._read is None or self._read[0] != savings:
                self._read = (savings, self._proposal.read())
            return self._read


class _Taken:
    """The edits of one moment, until the rows that they belong to are read."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._edits = screen.edits()

    def take(self) -> None:
        self._edits = self._screen.edits()

    def proposal(self) -> Proposal:
        """The rows with the edits; read once more when the proposal was saved meanwhile."""
        from novex_plugin.core.proposal.edits import edited

        while True:
            read_at, saved = self._screen.saved()
            taken_at, edits = self._edits
            if read_at == taken_at == self._screen.savings:
                return edited(saved, edits)
