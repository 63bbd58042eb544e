"""What the features on the screen are called, so that findings can name them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from qgis.core import NULL, Qgis, QgsFeatureRequest, QgsVectorLayerFeatureSource
from qgis.PyQt.QtCore import QObject, pyqtSignal

from novex_plugin.core.progress import Progress, stop_if_cancelled
from novex_plugin.ui.tasks import start

if TYPE_CHECKING:
    from novex_plugin.core.agreement import Agreement
    from novex_plugin.qgis_adapter.open_proposal import OpenProposal

MOST_AT_ONCE = 3_000
"""Up to this many features are read in the main thread, which takes some 20 ms."""

_FIELDS = ("id", "naam", "legenda")


class FeatureNames(QObject):
    """`names` holds of each feature its name and the label of its legend unit; `changed` tells that they are others."""

    changed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.names: dict[str, tuple[str, str]] = {}
        self._reading = 0

    def read(self, proposal: OpenProposal | None) -> None:
        """Read all anew: at once, or in the background when they are many."""
        self._reading += 1
        if proposal is None:
            self.names = {}
            return
        layers = [layer for layer in proposal.features.values() if layer.isValid()]
        sources = [(QgsVectorLayerFeatureSource(layer), _request(layer)) for layer in layers]
        agreement, mine = proposal.agreement, self._reading
        if sum(max(layer.featureCount(), 0) for layer in layers) <= MOST_AT_ONCE:
            self.names = _all(sources, agreement, None)
            return

        def done(names: dict[str, tuple[str, str]]) -> None:
            if mine == self._reading:
                self.names = names
                self.changed.emit()

        start(self.tr("Read the names of features"), lambda progress: _all(sources, agreement, progress), done,
              silent=True)  # fmt: skip

    def renew(self, proposal: OpenProposal | None, ids: Iterable[str]) -> None:
        """Read a few again."""
        wanted = list(ids)
        if proposal is None or len(wanted) > MOST_AT_ONCE // 10:
            self.read(proposal)
            return
        for identifier in wanted:
            found = proposal.feature(identifier)
            if found is None:
                self.names.pop(identifier, None)
            else:
                self.names[identifier] = _named(found[1], proposal.agreement)


def _request(layer: Any) -> QgsFeatureRequest:
    request = QgsFeatureRequest().setFlags(Qgis.FeatureRequestFlag.NoGeometry)
    request.setSubsetOfAttributes([name for name in _FIELDS if layer.fields().indexOf(name) >= 0], layer.fields())
    return request


def _all(sources: list[Any], agreement: Agreement, progress: Progress | None) -> dict[str, tuple[str, str]]:
    names = {}
    for source, request in sources:
        for feature in source.getFeatures(request):
            names[str(feature["id"])] = _named(feature, agreement)
        if progress is not None:
            stop_if_cancelled(progress)
    return names


def _named(feature: Any, agreement: Agreement) -> tuple[str, str]:
    name, unit = (feature[field] for field in ("naam", "legenda"))
    code = "" if unit is None or unit == NULL else str(unit)
    label = agreement.units[code].label.nl if code in agreement.units else code
    return ("" if name is None or name == NULL else str(name)), label
