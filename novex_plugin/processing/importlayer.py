"""`novex:importlayer`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from novex_plugin.core.progress import Progress
from novex_plugin.processing.algorithm import Algorithm


class ImportLayer(Algorithm):
    """Take an existing layer into a proposal, with a mapping that says which field and value becomes which.

    MAPPING is a JSON file: for each field of the agreement a constant, or a field of the layer with translations of its
    values; and what each feature contributes to which indicator. The layer is brought to EPSG:28992, polygons and lines
    become multi-part, invalid geometry is mended where that keeps its kind. Rows that do not fit the agreement (an
    unknown legend unit, the wrong geometry type, a value outside its code list, a required field that is empty, a place
    outside the Netherlands, a bad number) are written to REJECTED with the reason. The others are added to PROPOSAL all
    at once or, when something fails, not at all. The logbook of the proposal tells what was imported.
    """

    ID = "importlayer"
    TITLE = "Import a layer"
    GROUP = "Proposal"

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "INPUT", self.tr("Layer to import"), [QgsProcessing.SourceType.TypeVectorAnyGeometry]
            )
        )
        self.addParameter(
            QgsProcessingParameterFile("MAPPING", self.tr("Mapping of fields and values"), extension="json")
        )
        self.addParameter(QgsProcessingParameterFile("PROPOSAL", self.tr("Proposal"), fileFilter="GeoPackage (*.gpkg)"))
        self.addParameter(
            QgsProcessingParameterFileDestination("REJECTED", self.tr("Rejected rows"), "GeoPackage (*.gpkg)")
        )
        self.addParameter(
            QgsProcessingParameterString(
                "AGREEMENT", self.tr("Agreement (name or file; default: the one the proposal names)"), optional=True
            )
        )
        self.addOutput(QgsProcessingOutputNumber("FEATURES", self.tr("Number of features added")))
        self.addOutput(QgsProcessingOutputNumber("REJECTED_FEATURES", self.tr("Number of rows rejected")))

    def compute(self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> dict[str, Any]:
        from novex_plugin.core.proposal.import_layer import import_layer
        from novex_plugin.qgis_adapter.vector import feature_table

        source = self.parameterAsSource(parameters, "INPUT", context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, "INPUT"))
        rejected = self.output_path(parameters, "REJECTED", context)
        done = import_layer(
            feature_table(source, context.transformContext(), progress),
            self.path(parameters, "MAPPING", context),
            self.path(parameters, "PROPOSAL", context),
            rejected,
            datetime.now(UTC),
            agreement=self.agreement(parameters, context),
        )
        progress.info(f"{done.features} objecten en {done.contributions} bijdragen toegevoegd.")
        if done.mended:
            progress.info(f"{done.mended} geometrieën hersteld.")
        if done.rejected:
            progress.warning(f"{done.rejected} rijen afgekeurd; de redenen staan in {rejected}.")
        return {"FEATURES": done.features, "REJECTED_FEATURES": done.rejected, "REJECTED": str(rejected)}
