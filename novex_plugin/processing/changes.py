"""`novex:changes`."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from novex_plugin.core.progress import Progress
from novex_plugin.processing.algorithm import Algorithm


class ChangesBetween(Algorithm):
    """Compare a delivery with an earlier one of the same province.

    Features are matched by their id. OUTPUT (JSON) tells which were added, changed and removed: the fields with their
    old and new values, how far a geometry moved (m), how much ground differs (ha) and how much longer a line became
    (km); for each legend unit the numbers, hectares and kilometres before and now; which contributions, statements and
    explanations differ; which totals of the balance and outcomes of rules changed; and which versions of agreement,
    rules, targets and data differ. LAYERS (GeoPackage) holds the features themselves, as they are and as they were.
    Both deliveries are compared with their own checksums; novex:verify makes them again.
    """

    ID = "changes"
    TITLE = "Compare a delivery with an earlier one"
    GROUP = "Delivery"

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        files, destination = QgsProcessingParameterFile, QgsProcessingParameterFileDestination
        archive, geopackage = "Zip (*.zip)", "GeoPackage (*.gpkg)"
        self.addParameter(files("DELIVERY", self.tr("Delivery"), fileFilter=archive))
        self.addParameter(files("PREVIOUS", self.tr("Earlier delivery"), fileFilter=archive))
        self.addParameter(destination("OUTPUT", self.tr("Changes"), fileFilter="JSON (*.json)"))
        self.addParameter(
            destination(
                "LAYERS", self.tr("Features that changed"), fileFilter=geopackage, optional=True, createByDefault=False
            )
        )
        self.addOutput(QgsProcessingOutputNumber("ADDED", self.tr("Number of features added")))
        self.addOutput(QgsProcessingOutputNumber("CHANGED", self.tr("Number of features changed")))
        self.addOutput(QgsProcessingOutputNumber("REMOVED", self.tr("Number of features removed")))

    def compute(self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> dict[str, Any]:
        from novex_plugin.core.delivery.changes import changes
        from novex_plugin.core.delivery.changes_layers import write_changes

        output = self.output_path(parameters, "OUTPUT", context)
        layers = self.output_path(parameters, "LAYERS", context) if parameters.get("LAYERS") else None
        found = changes(
            self.path(parameters, "DELIVERY", context), self.path(parameters, "PREVIOUS", context), progress
        )
        write_changes(found, output, layers)
        for note in found.content["notes"]:
            progress.warning(note)
        counts = found.counts
        progress.info(f"{counts['added']} toegevoegd, {counts['changed']} gewijzigd, {counts['removed']} vervallen.")
        results = {"OUTPUT": str(output), **{key.upper(): counts[key] for key in ("added", "changed", "removed")}}
        return results | ({"LAYERS": str(layers)} if layers is not None else {})
