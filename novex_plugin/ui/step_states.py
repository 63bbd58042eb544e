"""The small state on each step of the toolbar, and the tests and counts that nobody has to ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtGui import QAction

from novex_plugin.core.dutch import number

if TYPE_CHECKING:
    from novex_plugin.ui.workbench import Workbench

_QUIET_MS = 700
"""After a proposal, variant or snapshot was opened: QGIS first draws the map."""


class StepStates(QObject):
    """Number of open findings, share of targets reached, draft or ready.

    Whenever another proposal, variant or snapshot is opened the whole is tested and counted once, unless live testing
    is off.
    """

    def __init__(self, workbench: Workbench, actions: Mapping[str, QAction]) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self._actions = actions
        self._plain = {name: action.text() for name, action in actions.items()}
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MS)
        self._quiet.timeout.connect(self._begin)
        for signal in (workbench.proposal_changed, workbench.snapshot_changed, workbench.variant_changed):
            signal.connect(self._renewed)
        self._following = False

    def release(self) -> None:
        """Stop, and take the states away."""
        self._quiet.stop()
        for name, action in self._actions.items():
            action.setText(self._plain.get(name, action.text()))

    def _renewed(self) -> None:
        if self._workbench.proposal is None:
            self._quiet.stop()
            self._show()
            return
        if not self._following:
            self._following = True
            self._workbench.testing.changed.connect(self._show)
            self._workbench.testing.live_changed.connect(lambda _: self._show())
            self._workbench.counting.changed.connect(self._show)
        self._quiet.start()

    def _begin(self) -> None:
        if self._workbench.proposal is not None and self._workbench.testing.live:
            self._workbench.testing.test_all()
            self._workbench.counting.count()

    def _show(self) -> None:
        """Write the states behind the names of the steps."""
        states = dict.fromkeys(("check", "balance", "deliver"), "")
        if self._workbench.proposal is not None:
            open_findings = self._open()
            states["check"] = self._findings(open_findings)
            states["balance"] = self._targets()
            states["deliver"] = self._readiness(open_findings)
        for name, state in states.items():
            self._actions[name].setText(f"{self._plain[name]}  {state}".rstrip())

    def _findings(self, count: int | None) -> str:
        told = "" if count is None else f"✕ {number(count)}"
        return told if self._workbench.testing.live else f"{told} {self.tr('(live off)')}".strip()

    def _targets(self) -> str:
        balance = self._workbench.counting.balance
        own = [line for line in balance.targets if line.own and line.minimum] if balance is not None else []
        reached = sum(line.remaining is not None and line.remaining <= 0 for line in own)
        return f"{reached}/{len(own)}" if own else ""

    def _readiness(self, count: int | None) -> str:
        if count is None:
            return ""
        return self.tr("draft") if count else self.tr("ready")

    def _open(self) -> int | None:
        """The number of findings that keep a delivery from being final, as the agreement says; None before a test."""
        proposal, standing = self._workbench.proposal, self._workbench.testing.standing
        if proposal is None or standing is None:
            return None
        from novex_plugin.core.check.open_findings import count_blocking

        return count_blocking(standing.findings, proposal.agreement.strictness)
