"""`novex:export`."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingOutputBoolean,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from novex_plugin.core.progress import Progress
from novex_plugin.processing.algorithm import Algorithm


class Export(Algorithm):
    """Make the delivery of one variant: a zipped BagIt bag with everything a receiver needs to read and recompute it.

    It holds the proposal (GeoPackage and GeoJSON), the agreed legend (QML and SLD), metadata in the Dutch profile on
    ISO 19115 for every layer, findings, explanations, the balance, the register and the manifest of the snapshot,
    provenance (PROV-JSON), a report with its map, and a manifest with all versions and digests. With WITH_DATA the data
    of the snapshot go along. The same input gives the same bytes. Findings of rules that forbid, or that ask to comply
    or explain, keep the delivery from being made as long as they are not explained; with DRAFT it is made all the same,
    marked as a draft. VARIANT may be left out when there is only one. BINDINGS is needed only where it is not the
    default, REGISTER where it does not lie in the snapshot.
    """

    ID = "export"
    TITLE = "Make the delivery"
    GROUP = "Delivery"

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        folder = Qgis.ProcessingFileParameterBehavior.Folder
        geopackage, json, archive = "GeoPackage (*.gpkg)", "JSON (*.json)", "Zip (*.zip)"
        self.addParameter(QgsProcessingParameterFile("PROPOSAL", self.tr("Proposal"), fileFilter=geopackage))
        self.addParameter(QgsProcessingParameterString("VARIANT", self.tr("Code of the variant"), optional=True))
        self.addParameter(QgsProcessingParameterFile("SNAPSHOT", self.tr("Snapshot"), folder, optional=True))
        self.addParameter(QgsProcessingParameterFile("BINDINGS", self.tr("Bindings"), fileFilter=json, optional=True))
        self.addParameter(QgsProcessingParameterFile("REGISTER", self.tr("Register"), fileFilter=json, optional=True))
        self.addParameter(
            QgsProcessingParameterBoolean("DRAFT", self.tr("Draft (allow open findings)"), defaultValue=False)
        )
        self.addParameter(
            QgsProcessingParameterBoolean("WITH_DATA", self.tr("Put the snapshot's data in"), defaultValue=False)
        )
        self.addParameter(QgsProcessingParameterFileDestination("OUTPUT", self.tr("Delivery"), archive))
        self.addOutput(QgsProcessingOutputNumber("OPEN", self.tr("Number of open findings")))
        self.addOutput(QgsProcessingOutputNumber("FILES", self.tr("Number of files")))
        self.addOutput(QgsProcessingOutputBoolean("IS_DRAFT", self.tr("Whether it is a draft")))

    def compute(self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> dict[str, Any]:
        from novex_plugin.core.delivery.export import export
        from novex_plugin.core.delivery.staging import Request
        from novex_plugin.qgis_adapter.drawing import QgisDrawing

        request = Request(
            proposal=self.path(parameters, "PROPOSAL", context),
            variant=self.parameterAsString(parameters, "VARIANT", context).strip() or None,
            snapshot=self.optional_path(parameters, "SNAPSHOT", context),
            bindings=self.optional_path(parameters, "BINDINGS", context),
            register=self.optional_path(parameters, "REGISTER", context),
            draft=self.parameterAsBool(parameters, "DRAFT", context),
            with_data=self.parameterAsBool(parameters, "WITH_DATA", context),
        )
        output = self.output_path(parameters, "OUTPUT", context)
        exported = export(request, output, QgisDrawing(), progress)
        for name in exported.left_out:
            progress.warning(f"Niet geleverd, want niet in het schema: {name}")
        files = exported.manifest["files"]
        state = "concept" if request.draft else "definitief"
        progress.info(f"Levering ({state}) met {len(files)} bestanden; {exported.open_findings} open bevindingen.")
        return {
            "OUTPUT": str(output),
            "OPEN": exported.open_findings,
            "FILES": len(files),
            "IS_DRAFT": request.draft,
        }
