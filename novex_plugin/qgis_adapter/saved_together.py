"""Tables that are saved and given up with the features of a proposal, beside its contributions.

Answers to questions and the list of variants change together with features: who saves those would leave these unsaved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QMetaObject, QObject

VARIANTS = "variant"
FOLLOWING = ("verklaring", VARIANTS)


class SavedTogether:
    """Watches the feature tables of one proposal; `tell` brings a message to the user."""

    def __init__(self, layers: Mapping[str, QgsVectorLayer], tell: Callable[[str], None]) -> None:
        self._features = [layer for layer in layers.values() if layer.isSpatial()]
        self._following = {name: layers[name] for name in FOLLOWING if name in layers}
        self._tell = tell
        self._connections: list[QMetaObject.Connection] = []
        for layer in self._features:
            self._connections += [
                layer.beforeCommitChanges.connect(lambda _: self._save_new_variants()),
                layer.afterCommitChanges.connect(self._save),
                layer.editingStopped.connect(self._stop),
                layer.beforeRollBack.connect(lambda layer=layer: self._give_up(layer)),
            ]

    def release(self) -> None:
        """Hear nothing any more."""
        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections.clear()

    def _save_new_variants(self) -> None:
        """A database takes no feature of a variant that it does not have."""
        layer = self._following.get(VARIANTS)
        if layer is not None and layer.isEditable() and layer.editBuffer().addedFeatures():
            self._save_one(VARIANTS, layer)

    def _save(self) -> None:
        for name, layer in self._following.items():
            if layer.isEditable() and layer.isModified():
                self._save_one(name, layer)

    def _save_one(self, name: str, layer: QgsVectorLayer) -> None:
        if not layer.commitChanges(False):
            said = "; ".join(layer.commitErrors())
            self._tell(f"De tabel {name} is niet opgeslagen: {said}. De wijzigingen staan daar nog open.")

    def _stop(self) -> None:
        if any(layer.isEditable() for layer in self._features):
            return
        self._save()
        for layer in self._following.values():
            if layer.isEditable() and not layer.isModified():
                layer.rollBack()

    def _give_up(self, layer: QgsVectorLayer) -> None:
        """Who throws away changes to features, throws away what went with them."""
        others = any(each.isEditable() for each in self._features if each is not layer)
        if others or not layer.isModified():
            return
        for following in self._following.values():
            if following.isEditable():
                following.rollBack()
