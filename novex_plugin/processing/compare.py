"""`novex:compare`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingOutputHtml,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
)

from novex_plugin.core.progress import Progress
from novex_plugin.processing.algorithm import Algorithm


class CompareVariants(Algorithm):
    """Lay variants of a proposal beside each other: outcomes of rules, balance, and functions on the same ground.

    VARIANTS are codes separated by semicolons; without them all variants of the proposal are compared. CRITERIA is a
    file with the user's own criteria: what is measured, whether more or less is wanted, on which scale, and with which
    weight. Only with criteria there are scores, and only with weights a weighted sum. A value that cannot be told is
    never counted as zero. Nothing here says which variant is better: that is for those who choose. RULES, TARGETS,
    SNAPSHOT, BINDINGS and AREAS are those of the check and the balance. OUTPUT is JSON; an HTML page with the same name
    is written beside it.
    """

    ID = "compare"
    TITLE = "Compare variants"
    GROUP = "Check"
    WRITTEN_BESIDE: Mapping[str, str] = {"OUTPUT": ".html"}

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        files = QgsProcessingParameterFile
        folder = QgsProcessingParameterFile.Behavior.Folder
        source = QgsProcessing.SourceType
        rules = self.tr("Rules (files or folders, separated by ;)")
        targets = self.tr("Target files (default: those of the plugin)")
        areas = self.tr("Provinces, NOVEX areas or other places (default: the fields of each feature)")
        self.addParameter(files("PROPOSAL", self.tr("Proposal"), fileFilter="GeoPackage (*.gpkg)"))
        self.addParameter(
            QgsProcessingParameterString("VARIANTS", self.tr("Codes of variants, separated by ;"), optional=True)
        )
        self.addParameter(files("SNAPSHOT", self.tr("Snapshot"), behavior=folder, optional=True))
        self.addParameter(files("BINDINGS", self.tr("Bindings"), fileFilter="JSON (*.json)", optional=True))
        self.addParameter(files("CRITERIA", self.tr("Criteria"), fileFilter="JSON (*.json)", optional=True))
        self.addParameter(QgsProcessingParameterString("RULES", rules, optional=True))
        self.addParameter(QgsProcessingParameterMultipleLayers("TARGETS", targets, source.TypeFile, optional=True))
        self.addParameter(
            QgsProcessingParameterFeatureSource("AREAS", areas, [source.TypeVectorPolygon], optional=True)
        )
        self.addParameter(QgsProcessingParameterFileDestination("OUTPUT", self.tr("Comparison"), "JSON (*.json)"))
        self.addOutput(QgsProcessingOutputHtml("HTML", self.tr("Comparison as a page (HTML)")))
        self.addOutput(QgsProcessingOutputNumber("COMPARED", self.tr("Number of variants")))

    def compute(self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> dict[str, Any]:
        from novex_plugin.core.check.comparison import Sources, compare
        from novex_plugin.core.delivery.comparison_report import write_comparison

        rules = self.parameterAsString(parameters, "RULES", context).split(";")
        targets = self.parameterAsFileList(parameters, "TARGETS", context)
        variants = self.parameterAsString(parameters, "VARIANTS", context).split(";")
        sources = Sources(
            snapshot=self.optional_path(parameters, "SNAPSHOT", context),
            bindings=self.optional_path(parameters, "BINDINGS", context),
            catalogues=[Path(each.strip()) for each in rules if each.strip()] or None,
            targets=[Path(each) for each in targets if each] or None,
            areas=self.areas(parameters, context, progress),
        )
        output = self.output_path(parameters, "OUTPUT", context)
        result = compare(
            self.path(parameters, "PROPOSAL", context),
            [each.strip() for each in variants if each.strip()],
            self.optional_path(parameters, "CRITERIA", context),
            sources,
            datetime.now(UTC),
            progress,
        )
        write_comparison(result, output, output.with_suffix(".html"))
        for note in result.notes:
            progress.warning(note)
        return {"OUTPUT": str(output), "HTML": str(output.with_suffix(".html")), "COMPARED": len(result.facts)}
