"""What can play the object of a rule: datasets of the basisset first, then layers of the project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsMapLayer, QgsProject, QgsProviderRegistry, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from novex_plugin.core.basisset.snapshot import PULLED, Snapshot
from novex_plugin.core.features.table import RD_NEW
from novex_plugin.core.rules.bindings import Bindings, read_bindings

if TYPE_CHECKING:
    from novex_plugin.ui.check.rule_data import RuleData
    from novex_plugin.ui.workbench import Workbench

SUGGESTED, BASISSET, PROJECT = "voorgesteld", "basisset", "project"
_GEOMETRY = {
    Qgis.GeometryType.Polygon: "vlak",
    Qgis.GeometryType.Line: "lijn",
    Qgis.GeometryType.Point: "punt",
}
_KINDS = {"POLYGON": "vlak", "LINESTRING": "lijn", "POINT": "punt"}


@dataclass(frozen=True)
class Choice:
    """A dataset (id in the basisset), or a layer of the user's own (`place`), with the table in it. `path` is where its
    data lie now; `refused` why it cannot be chosen, empty when it can."""

    group: str
    title: str
    remark: str = ""
    dataset: str | None = None
    layer: str | None = None
    place: Path | None = None
    path: Path | None = None
    refused: str = ""

    @property
    def is_raster(self) -> bool:
        return self.path is not None and self.path.suffix.lower() in (".tif", ".tiff")

    def opened(self) -> QgsVectorLayer | None:
        """The data, to read fields and values from; None where there are none yet, or a raster."""
        if self.path is None or self.is_raster:
            return None
        layer = QgsVectorLayer(f"{self.path}|layername={self.layer}" if self.layer else str(self.path), "", "ogr")
        return layer if layer.isValid() else None


class Candidates:
    """The choices for one slot, of which the features are drawn as `geometry` (vlak, lijn, punt)."""

    def __init__(self, workbench: Workbench, data: RuleData, slot: str, geometry: str, level: bool) -> None:
        self._bench, self._data = workbench, data
        self._slot, self._geometry, self._level = slot, geometry, level

    def tr(self, text: str) -> str:
        """A text in the language of the user."""
        return QCoreApplication.translate("Candidates", text)

    def listed(self) -> list[Choice]:
        """All of them, each once, in the order of showing."""
        found: dict[tuple[str | None, str | None, Path | None], Choice] = {}
        for choice in (*self._suggested(), *self._basisset(), *self._project()):
            found.setdefault((choice.dataset, choice.layer, choice.place), choice)
        return list(found.values())

    def _suggested(self) -> Iterator[Choice]:
        for bindings in (self._data.bindings, _standard()):
            binding = bindings.by_slot.get(self._slot) if bindings is not None else None
            if binding is None:
                continue
            if binding.dataset is not None:
                yield self._of(binding.dataset, binding.layer, SUGGESTED, binding.note.nl)
            for each in binding.candidates:
                if each.dataset is not None:
                    yield self._of(each.dataset, each.layer, SUGGESTED, each.note.nl, each.title)

    def _of(self, dataset: str, layer: str | None, group: str, remark: str, title: str = "") -> Choice:
        snapshot = self._data.snapshot
        found = snapshot.find(dataset) if snapshot is not None else None
        if snapshot is None or found is None or found.status != PULLED or found.file is None:
            said = self.tr("not pulled yet")
            name = title or (found.title if found is not None else dataset)
            return Choice(group, name, f"{said}. {remark}".strip(), dataset, layer)
        table = layer or (found.layers[0].name if len(found.layers) == 1 else None)
        return Choice(group, found.title, remark, dataset, table, path=snapshot.folder / found.file)

    def _basisset(self) -> Iterator[Choice]:
        snapshot: Snapshot | None = self._data.snapshot
        for dataset in sorted(snapshot.datasets if snapshot is not None else (), key=lambda each: each.title):
            if snapshot is None or dataset.status != PULLED or dataset.file is None:
                continue
            if dataset.is_raster and not self._level:
                continue
            many = len(dataset.layers) > 1
            for layer in dataset.layers:
                kind = _KINDS.get(str(layer.geometry_type or "").upper().removeprefix("MULTI"))
                if dataset.is_raster or kind == self._geometry or self._level:
                    title = f"{dataset.title}: {layer.name}" if many else dataset.title
                    table = None if dataset.is_raster else layer.name
                    remark = dataset.owner or ""
                    path = snapshot.folder / dataset.file
                    yield Choice(BASISSET, title, remark, dataset.id, table, path=path)

    def _project(self) -> Iterator[Choice]:
        proposal = self._bench.proposal
        own = {layer.id() for layer in proposal.layers.values()} if proposal is not None else set()
        for layer in sorted(QgsProject.instance().mapLayers().values(), key=lambda each: each.name()):
            if layer.id() not in own and (choice := self._of_layer(layer)) is not None:
                yield choice

    def _of_layer(self, layer: QgsMapLayer) -> Choice | None:
        vector, raster = isinstance(layer, QgsVectorLayer), isinstance(layer, QgsRasterLayer)
        if not vector and not (raster and self._level):
            return None
        if vector and layer.geometryType() not in _GEOMETRY:
            return None
        parts: dict[str, Any] = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
        path = Path(str(parts.get("path") or ""))
        refused = ""
        if path.suffix.lower() not in ((".gpkg",) if vector else (".tif", ".tiff")) or not path.is_file():
            refused = self.tr("Save this layer as a GeoPackage first.")
        elif layer.crs().postgisSrid() != RD_NEW:
            refused = self.tr("Save this layer in EPSG:28992 first.")
        elif vector and not self._level and _GEOMETRY[layer.geometryType()] != self._geometry:
            refused = self.tr("This layer has another kind of geometry than the rules ask for.")
        table = str(parts.get("layerName") or "") or None
        return Choice(PROJECT, layer.name(), "", None, table, path, path, refused)


def _standard() -> Bindings:
    return read_bindings(None)
