"""`novex:report`."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from novex_plugin.core.errors import InputError
from novex_plugin.core.progress import Progress
from novex_plugin.processing.algorithm import Algorithm


class Report(Algorithm):
    """Write the report of a proposal or of a delivery: one HTML page that stands by itself, and its map as a PDF.

    Give either PROPOSAL, with VARIANT where it has several and SNAPSHOT and BINDINGS for the rules that need data, or
    DELIVERY. The report tells what was found by programme and rule, on what ground and with which data, what could not
    be tested and why, the balance, the data used and all versions. It is in Dutch, and marked as a draft as long as
    findings are open. MAPS is optional.
    """

    ID = "report"
    TITLE = "Write the report"
    GROUP = "Delivery"

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        folder = Qgis.ProcessingFileParameterBehavior.Folder
        for name, label, accepted in (
            ("PROPOSAL", self.tr("Proposal"), "GeoPackage (*.gpkg)"),
            ("DELIVERY", self.tr("Delivery (instead of a proposal)"), "Zip (*.zip)"),
        ):
            self.addParameter(QgsProcessingParameterFile(name, label, fileFilter=accepted, optional=True))
        self.addParameter(QgsProcessingParameterString("VARIANT", self.tr("Code of the variant"), optional=True))
        self.addParameter(QgsProcessingParameterFile("SNAPSHOT", self.tr("Snapshot"), folder, optional=True))
        self.addParameter(
            QgsProcessingParameterFile("BINDINGS", self.tr("Bindings"), fileFilter="JSON (*.json)", optional=True)
        )
        self.addParameter(QgsProcessingParameterFileDestination("OUTPUT", self.tr("Report"), "HTML (*.html)"))
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "MAPS", self.tr("Map"), "PDF (*.pdf)", optional=True, createByDefault=False
            )
        )
        self.addOutput(QgsProcessingOutputNumber("OPEN", self.tr("Number of open findings")))

    def compute(self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> dict[str, Any]:
        from novex_plugin.core.delivery.report_only import report_of_delivery, report_of_proposal
        from novex_plugin.core.delivery.staging import Request
        from novex_plugin.qgis_adapter.drawing import QgisDrawing

        proposal = self.optional_path(parameters, "PROPOSAL", context)
        delivery = self.optional_path(parameters, "DELIVERY", context)
        output = self.output_path(parameters, "OUTPUT", context)
        maps = self.output_path(parameters, "MAPS", context) if parameters.get("MAPS") else None
        if (proposal is None) == (delivery is None):
            raise InputError("er is geen voorstel of levering gegeven, of allebei.", "Geef PROPOSAL of DELIVERY.")
        if delivery is not None:
            still_open = report_of_delivery(delivery, output, maps, QgisDrawing(), progress)
        elif proposal is not None:
            request = Request(
                proposal=proposal,
                variant=self.parameterAsString(parameters, "VARIANT", context).strip() or None,
                snapshot=self.optional_path(parameters, "SNAPSHOT", context),
                bindings=self.optional_path(parameters, "BINDINGS", context),
            )
            still_open = report_of_proposal(request, output, maps, QgisDrawing(), progress)
        result = {"OUTPUT": str(output), "OPEN": still_open}
        return {**result, "MAPS": str(maps)} if maps is not None else result
