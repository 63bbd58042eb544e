"""`novex:balance`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingOutputFile,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
)

from novex_plugin.core.progress import Progress
from novex_plugin.processing.algorithm import Algorithm

_NOTES_SHOWN = 40


class BalanceOfTargets(Algorithm):
    """Lay what a variant draws beside the targets: what is drawn, what remains, and what goes beyond.

    Contributions of the features of VARIANT are added up per indicator, place and year, and split by precision and by
    status; every total names the contributions it is made of. TARGETS are target files, by default those of the plugin.
    With AREAS (polygons with the codes or names of provinces, NOVEX areas or other places of the targets) each feature
    counts where it lies, shared out by area; otherwise where its fields provincie and novex_gebied say. What two
    features claim on the same ground counts once and is reported. Contributions without a unit, with a wrong unit, to
    an unknown indicator or of a feature that does not exist do not count and stand in the notes, and so does what is
    doubtful about a target. OUTPUT is JSON; a CSV file with the same name is written beside it.
    """

    ID = "balance"
    TITLE = "Balance of targets"
    GROUP = "Check"
    WRITTEN_BESIDE: Mapping[str, str] = {"OUTPUT": ".csv"}

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.addParameter(QgsProcessingParameterFile("PROPOSAL", self.tr("Proposal"), fileFilter="GeoPackage (*.gpkg)"))
        self.addParameter(QgsProcessingParameterString("VARIANT", self.tr("Code of the variant"), "basis"))
        self.addParameter(
            QgsProcessingParameterMultipleLayers(
                "TARGETS",
                self.tr("Target files (default: those of the plugin)"),
                QgsProcessing.SourceType.TypeFile,
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "AREAS",
                self.tr("Provinces, NOVEX areas or other places (default: the fields of each feature)"),
                [QgsProcessing.SourceType.TypeVectorPolygon],
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterString(
                "AGREEMENT", self.tr("Agreement (name or file; default: the one the proposal names)"), optional=True
            )
        )
        self.addParameter(QgsProcessingParameterFileDestination("OUTPUT", self.tr("Balance"), "JSON (*.json)"))
        self.addOutput(QgsProcessingOutputFile("CSV", self.tr("Balance as a table (CSV)")))

    def compute(self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> dict[str, Any]:
        from novex_plugin.core.check.balance import balance
        from novex_plugin.core.check.balance_files import write_balance

        areas = self.areas(parameters, context, progress)
        files = [Path(name) for name in self.parameterAsFileList(parameters, "TARGETS", context) if name]
        result = balance(
            self.path(parameters, "PROPOSAL", context),
            self.parameterAsString(parameters, "VARIANT", context).strip(),
            files or None,
            datetime.now(UTC),
            areas,
            self.agreement(parameters, context),
        )
        output = self.output_path(parameters, "OUTPUT", context)
        write_balance(result, output, output.with_suffix(".csv"))
        for note in result.notes[:_NOTES_SHOWN]:
            progress.warning(note)
        if len(result.notes) > _NOTES_SHOWN:
            progress.warning(f"Nog {len(result.notes) - _NOTES_SHOWN} opmerkingen staan in {output}.")
        return {"OUTPUT": str(output), "CSV": str(output.with_suffix(".csv"))}
