"""Test a proposal against the rules."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from novex_plugin.core.progress import Progress
from novex_plugin.processing.algorithm import Algorithm

OUTCOME_KEYS = {
    "voldoet": "VOLDOET",
    "overtreedt": "OVERTREEDT",
    "gemotiveerd": "GEMOTIVEERD",
    "niet_van_toepassing": "NIET_VAN_TOEPASSING",
    "niet_toetsbaar": "NIET_TOETSBAAR",
}


class Check(Algorithm):
    """Test one variant of a proposal against the rules of the national programmes and of its region.

    Every rule gets an outcome: voldoet, overtreedt, gemotiveerd, niet_van_toepassing or niet_toetsbaar; the last says
    what is missing. Findings hold the part of a feature that breaks a rule, what was measured, the limit, the source
    and the version of the dataset. Bindings name the dataset that plays each object of the rules, and values where the
    source gives none. Rules are files or folders, separated by semicolons; without them all rules of the plugin that
    apply to the province are tested. A finding that was explained in the proposal counts as gemotiveerd; for a
    prohibition only an appeal to one of its exceptions does. Functions on the same ground are told with what the matrix
    of combinations says of them. A value that departs from the agreement and a binding that cannot be used are named,
    and the rest is tested.
    """

    ID = "check"
    TITLE = "Test a proposal against the rules"
    GROUP = "Check"

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        files = QgsProcessingParameterFile
        folder = QgsProcessingParameterFile.Behavior.Folder
        self.addParameter(files("PROPOSAL", self.tr("Proposal"), fileFilter="GeoPackage (*.gpkg)"))
        self.addParameter(QgsProcessingParameterString("VARIANT", self.tr("Variant")))
        self.addParameter(files("SNAPSHOT", self.tr("Snapshot"), behavior=folder, optional=True))
        self.addParameter(files("BINDINGS", self.tr("Bindings"), fileFilter="JSON (*.json)", optional=True))
        self.addParameter(
            QgsProcessingParameterString("RULES", self.tr("Rules (files or folders, separated by ;)"), optional=True)
        )
        self.addParameter(
            QgsProcessingParameterFileDestination("FINDINGS", self.tr("Findings"), fileFilter="GeoPackage (*.gpkg)")
        )
        self.addParameter(
            QgsProcessingParameterFileDestination("OUTPUT", self.tr("Outcomes"), fileFilter="JSON (*.json)")
        )
        for outcome, key in OUTCOME_KEYS.items():
            self.addOutput(QgsProcessingOutputNumber(key, self.tr("Rules with the outcome") + f" {outcome}"))
        self.addOutput(QgsProcessingOutputNumber("FOUND", self.tr("Number of findings")))

    def compute(self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> dict[str, Any]:
        from novex_plugin.core.check.run import check, write_findings
        from novex_plugin.core.moment import as_stored
        from novex_plugin.qgis_adapter.finding_styles import store_finding_styles

        rules = self.parameterAsString(parameters, "RULES", context)
        catalogues = [Path(part.strip()) for part in rules.split(";") if part.strip()]
        findings, output = (self.output_path(parameters, name, context) for name in ("FINDINGS", "OUTPUT"))
        moment = datetime.now(UTC)
        result = check(
            self.path(parameters, "PROPOSAL", context),
            self.parameterAsString(parameters, "VARIANT", context),
            self.optional_path(parameters, "SNAPSHOT", context),
            self.optional_path(parameters, "BINDINGS", context),
            catalogues or None,
            moment,
            progress,
        )
        write_findings(result, findings, output, lambda unfinished: store_finding_styles(unfinished, as_stored(moment)))
        for outcome in result.outcomes:
            if outcome.missing:
                progress.warning(f"{outcome.rule.id}: {'; '.join(outcome.missing)}")
        counts = {key: result.counts[outcome] for outcome, key in OUTCOME_KEYS.items()}
        return {"FINDINGS": str(findings), "OUTPUT": str(output), "FOUND": len(result.findings), **counts}
