"""What the rules say of the features that are being drawn, on the map at once, while the dock of findings is away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from qgis.PyQt.QtCore import QMetaObject, QObject

from novex_plugin.ui.check.entries import Entries
from novex_plugin.ui.check.feature_names import FeatureNames
from novex_plugin.ui.check.marks import FindingMarks
from novex_plugin.ui.check.rule_data import programme_titles

if TYPE_CHECKING:
    from novex_plugin.core.check.live import LiveResult
    from novex_plugin.ui.workbench import Workbench


class LiveMarks(QObject):
    """Outlines the findings of the features that were tested last; `shown_elsewhere` tells whether the dock of findings
    shows all of them already."""

    def __init__(self, workbench: Workbench, shown_elsewhere: Callable[[], bool]) -> None:
        super().__init__(workbench)
        self._workbench = workbench
        self._shown_elsewhere = shown_elsewhere
        self._names = FeatureNames(self)
        self._features: tuple[str, ...] = ()
        self.marks = FindingMarks(workbench.iface.mapCanvas())
        testing = workbench.testing
        self._connections: list[QMetaObject.Connection] = [
            testing.tested.connect(self._tested),
            testing.changed.connect(self.show),
            workbench.proposal_changed.connect(self._forget),
            workbench.variant_changed.connect(lambda _: self._forget()),
        ]

    def release(self) -> None:
        """Take everything off the map."""
        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections.clear()
        self.marks.release()

    def show(self) -> None:
        """Draw what stands of the features that were drawn last."""
        standing = self._workbench.testing.standing
        if standing is None or self._shown_elsewhere():
            self.marks.show_rows(None, np.empty(0, dtype=np.int64))
            return
        entries = Entries(standing, self._names.names, programme_titles())
        about = standing.findings.columns["kenmerk"].astype(str)
        self.marks.show_rows(entries, np.flatnonzero(np.isin(about, self._features)))

    def _tested(self, result: LiveResult) -> None:
        self._features = result.features
        self._names.renew(self._workbench.proposal, result.features)
        self.show()

    def _forget(self) -> None:
        self._features = ()
        self._names.read(self._workbench.proposal)
        self.show()
