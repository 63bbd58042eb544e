"""`novex:verify`."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingOutputBoolean,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from novex_plugin.core.errors import InputError
from novex_plugin.core.progress import Progress
from novex_plugin.processing.algorithm import Algorithm


class Verify(Algorithm):
    """Recompute a delivery from its own content and name every difference with its file, table and row.

    Checksums, the schema of the proposal, metadata, legend, findings, balance, report and provenance are all made again
    and laid beside what was delivered. Where the data were left out, the findings of rules that need data are taken as
    declared and the outcome says so, unless SNAPSHOT is a snapshot with the same content. What rests on another release
    of the agreement, the rules or the plugin is not called wrong for that: the outcome names it, and STATE says that
    the delivery was recomputed in part. A delivery that is broken ends with exit code 1 and says why; the outcome is
    written all the same.
    """

    ID = "verify"
    TITLE = "Verify a delivery"
    GROUP = "Delivery"

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        folder = Qgis.ProcessingFileParameterBehavior.Folder
        archive, json = "Zip (*.zip)", "JSON (*.json)"
        self.addParameter(QgsProcessingParameterFile("DELIVERY", self.tr("Delivery"), fileFilter=archive))
        self.addParameter(QgsProcessingParameterFile("SNAPSHOT", self.tr("Snapshot"), folder, optional=True))
        self.addParameter(QgsProcessingParameterFileDestination("OUTPUT", self.tr("Outcome"), json))
        self.addOutput(QgsProcessingOutputBoolean("VALID", self.tr("Whether the delivery is valid")))
        self.addOutput(QgsProcessingOutputString("STATE", self.tr("Valid, invalid or partly recomputed")))
        self.addOutput(QgsProcessingOutputNumber("DIFFERENCES", self.tr("Number of differences")))

    def compute(self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> dict[str, Any]:
        from novex_plugin.core.delivery.verify import verify
        from novex_plugin.core.files import write_json
        from novex_plugin.qgis_adapter.drawing import QgisDrawing

        delivery = self.path(parameters, "DELIVERY", context)
        output = self.output_path(parameters, "OUTPUT", context)
        outcome = verify(
            delivery,
            QgisDrawing(),
            progress,
            self.optional_path(parameters, "SNAPSHOT", context),
        )
        write_json(output, outcome.content())
        for name in outcome.ignored:
            progress.warning(f"Overgeslagen, want van een ander programma: {name}")
        for said in outcome.not_recomputed:
            progress.warning(said)
        if not outcome.valid:
            raise InputError(
                f"de levering klopt niet op {len(outcome.differences)} plaatsen:\n{outcome.message()}\n",
                f"Alle verschillen staan in {output}.",
                delivery,
            )
        remade = f"{len(outcome.recomputed)} bestanden opnieuw gemaakt en vergeleken"
        if outcome.state == "geldig":
            progress.info(f"De levering klopt; {remade}.")
        else:
            progress.info(f"Niets gevonden dat niet klopt ({remade}), maar een deel is niet na te rekenen: zie boven.")
        return {
            "OUTPUT": str(output),
            "VALID": outcome.valid,
            "STATE": outcome.state,
            "DIFFERENCES": len(outcome.differences),
        }
