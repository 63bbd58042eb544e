"""`novex:pull`."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingOutputVariant,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterString,
    QgsProcessingUtils,
    QgsVectorLayer,
)

from novex_plugin.core.errors import InputError
from novex_plugin.core.progress import Progress
from novex_plugin.processing.algorithm import Algorithm

if TYPE_CHECKING:
    from novex_plugin.core.basisset.pull.area import Area

_NUMBERS = re.compile(r"[-\d.eE]+\s*,")
"""How an extent that is written out begins."""

_SYSTEM = re.compile(r"\[([^\]]*)\]")


class Pull(Algorithm):
    """Pull datasets of the register into a snapshot: a folder with a local copy of each, cut to an area.

    DATASETS are the ids of datasets, separated by commas or spaces; without them all datasets that can be pulled are.
    AREA is a layer with polygons, or an extent. The snapshot holds one GeoPackage or GeoTIFF for each dataset, in
    EPSG:28992, and a manifest with where each comes from, its licence, counts and a digest of its content. Of each
    layer it is proved that it is complete; what is not complete is not kept. Datasets that are given as image only get
    a layer definition. A dataset that fails is named with its reason, in the log and in the manifest, and the others go
    on. A run that was broken off is continued when it is run again. What the snapshot already has, with the same record
    date, is not pulled again.
    """

    ID = "pull"
    TITLE = "Pull datasets into a snapshot"
    GROUP = "Basisset"

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.addParameter(QgsProcessingParameterFile("REGISTER", self.tr("Register"), fileFilter="JSON (*.json)"))
        self.addParameter(
            QgsProcessingParameterString(
                "DATASETS", self.tr("Datasets (ids; empty: all that can be pulled)"), optional=True
            )
        )
        self.addParameter(QgsProcessingParameterExtent("AREA", self.tr("Area (layer with polygons, or extent)")))
        self.addParameter(QgsProcessingParameterFolderDestination("OUTPUT", self.tr("Snapshot")))
        self.addOutput(QgsProcessingOutputNumber("FEATURES", self.tr("Number of features")))
        self.addOutput(QgsProcessingOutputVariant("FAILED", self.tr("Datasets that failed (ids)")))

    def compute(self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> dict[str, Any]:
        from novex_plugin.core.basisset.pull.run import pull
        from novex_plugin.core.basisset.register import read_register
        from novex_plugin.qgis_adapter.network import fetch

        folder = self.path(parameters, "OUTPUT", context)
        pulled = pull(
            read_register(self.path(parameters, "REGISTER", context)),
            self._area(parameters, context),
            folder,
            fetch,
            lambda: datetime.now(UTC),
            progress,
            self.parameterAsString(parameters, "DATASETS", context).replace(",", " ").split(),
        )
        progress.info(f"{len(pulled.chosen)} datasets, {pulled.features} objecten, {len(pulled.failed)} mislukt.")
        return {"OUTPUT": str(folder), "FEATURES": pulled.features, "FAILED": list(pulled.failed)}

    def _area(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Area:
        from novex_plugin.qgis_adapter.area import RD, area_of_extent, area_of_layer

        given = parameters.get("AREA")
        named = isinstance(given, str) and not _NUMBERS.match(given)
        layer = QgsProcessingUtils.mapLayerFromString(given, context) if named else given
        if isinstance(layer, QgsVectorLayer):
            return area_of_layer(layer, context)
        if named is False and isinstance(given, str):
            _check_extent(given)
        system = QgsCoordinateReferenceSystem(RD)
        return area_of_extent(self.parameterAsExtentGeometry(parameters, "AREA", context, system))


def _check_extent(text: str) -> None:
    """Refuse a reference system that nobody knows: QGIS would take the numbers for metres."""
    found = _SYSTEM.search(text)
    if found and not QgsCoordinateReferenceSystem(found[1].strip()).isValid():
        raise InputError(
            f"{found[1][:80]!r} is geen bekend coördinatenstelsel.", "Geef bijvoorbeeld [EPSG:28992].", field="AREA"
        )
