"""What the core asks of QGIS for a delivery: the agreed legend as style files, and the picture of the map."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.basisset.snapshot import PULLED, read_snapshot
from novex_plugin.core.delivery.ground import ground_of

_MOST_FEATURES = 300_000


@dataclass(frozen=True)
class MapTexts:
    """The words on the map. `draft` is the mark of a draft, or None."""

    title: str
    subtitle: str
    sources: str
    draft: str | None = None


@dataclass(frozen=True)
class BaseLayer:
    """A vector layer of the snapshot that lies under the proposal."""

    path: Path
    table: str
    title: str


@dataclass(frozen=True)
class MapPicture:
    """What the map shows. `legend` is a folder with a QML file for each proposal table."""

    proposal: Path
    legend: Path
    texts: MapTexts
    findings: Path | None = None
    base: tuple[BaseLayer, ...] = ()


class Drawing(Protocol):
    """Handed in by the caller, for the core knows no QGIS."""

    def legend(self, agreement: Agreement, folder: Path) -> None:
        """Write QML and SLD files for all tables of a proposal into the folder, and QML for those of its findings."""

    def picture(self, picture: MapPicture, target: Path) -> None:
        """Draw the map into a PNG."""


def base_layers(snapshot: Path | None) -> tuple[BaseLayer, ...]:
    """The vector layers of a snapshot that make a calm ground for a map, the uppermost first."""
    if snapshot is None:
        return ()
    read = read_snapshot(snapshot)
    found = [
        BaseLayer(read.path(dataset.id), layer.name, dataset.title)
        for dataset in read.datasets
        if dataset.status == PULLED
        and dataset.file
        and not dataset.is_raster
        and (read.folder / dataset.file).is_file()
        for layer in dataset.layers
        if layer.geometry_type and 0 < layer.features <= _MOST_FEATURES
    ]
    found.sort(key=lambda layer: (layer.title, layer.table))
    return tuple(found[place] for place in ground_of([layer.title for layer in found]))
