"""The balance of the open variant, counted again while one draws."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from novex_plugin.core.progress import Progress
from novex_plugin.ui.tasks import Work, drop, start

if TYPE_CHECKING:
    from novex_plugin.core.check.balance import Balance
    from novex_plugin.ui.screen import Screen
    from novex_plugin.ui.workbench import Workbench

QUIET_MS = 400
"""How long nothing changes before the balance is counted again."""


class Counting(QObject):
    """Holds the balance of the variant (`balance`, None before the first count).

    It is counted when somebody asks, and from then on again after every edit. `refused` says why the last count failed,
    empty when it did not.
    """

    changed = pyqtSignal()
    busy_changed = pyqtSignal(bool)

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self.balance: Balance | None = None
        self.refused = ""
        self._workbench = workbench
        self._work: Work | None = None
        self._again = False
        self._asked = False
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self.count)
        workbench.proposal_changed.connect(self._renew)
        workbench.variant_changed.connect(lambda _: self._renew())
        workbench.edited.connect(self._edited)
        self._renew()

    def release(self) -> None:
        """Stop what runs and let go."""
        self._stop()

    @property
    def busy(self) -> bool:
        return self._work is not None

    def count(self) -> None:
        """Count the balance of the variant as it is on the screen."""
        screen = self._workbench.screen
        if screen is None:
            return
        self._asked = True
        if self._work is not None:
            self._again = True
            return
        self.refused = ""
        self._work = self._counted(screen, self._workbench.variant, self._done, self._failed, self._ended)
        self.busy_changed.emit(True)

    def count_variant(self, variant: str, done: Callable[[Balance], Any]) -> None:
        """Count another variant, to lay it beside this one; `done` gets its balance."""
        screen = self._workbench.screen
        if screen is not None:
            self._counted(screen, variant, done, self._workbench.warn, None)

    def _counted(
        self,
        screen: Screen,
        variant: str,
        done: Callable[[Balance], Any],
        failed: Callable[[str], Any],
        stopped: Callable[[], Any] | None,
    ) -> Work:
        taken = screen.taken()

        def count(progress: Progress) -> Any:
            from novex_plugin.core.check.balance import balance_of

            return balance_of(taken(), variant, None, datetime.now(UTC))

        return start(self.tr("Count the balance"), count, done, failed, stopped, silent=True)

    def _done(self, balance: Balance) -> None:
        self.balance = balance
        self._ended()
        self.changed.emit()

    def _failed(self, message: str) -> None:
        self.refused = message
        self._ended()
        self.changed.emit()

    def _ended(self) -> None:
        self._work = None
        self.busy_changed.emit(False)
        if self._again:
            self._again = False
            self.count()

    def _edited(self, _: frozenset[str]) -> None:
        if self._asked:
            self._quiet.start()

    def _renew(self) -> None:
        self._stop()
        if self.balance is not None or self.refused:
            self.balance, self.refused = None, ""
            self.changed.emit()
        if self._asked and self._workbench.screen is not None:
            self._quiet.start()

    def _stop(self) -> None:
        self._quiet.stop()
        self._again = False
        if self._work is not None:
            drop(self._work)
            self._work = None
            self.busy_changed.emit(False)
