"""What belongs to features goes along with them, whichever tool of QGIS they are edited with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.PyQt.QtCore import QObject

if TYPE_CHECKING:
    from novex_plugin.ui.workbench import Workbench


class Editing(QObject):
    """Watches the open proposal: splits, merges and removals, and what is saved together."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self._watching: list[Any] = []
        workbench.proposal_changed.connect(self._renew)
        self._renew()

    def release(self) -> None:
        """Watch nothing any more."""
        for each in self._watching:
            each.release()
        self._watching.clear()

    def _renew(self) -> None:
        self.release()
        proposal = self._workbench.proposal
        if proposal is None:
            return
        from novex_plugin.qgis_adapter.feature_steps import FeatureSteps
        from novex_plugin.qgis_adapter.saved_together import SavedTogether

        self._watching = [
            FeatureSteps(proposal.layers, proposal.agreement, self._workbench.tell),
            SavedTogether(proposal.layers, self._workbench.warn),
        ]
