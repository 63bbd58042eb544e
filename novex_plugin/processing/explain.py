"""`novex:explain`."""

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


class Explain(Algorithm):
    """Record explanations of findings in a proposal, many at once.

    EXPLANATIONS is a CSV file (semicolons or commas, UTF-8, with a header) or JSON with the fields regel, kenmerk,
    reden, organisatie, rol, geldig_tot_ijkmoment, uitzondering and datum. Without kenmerk an explanation is about the
    whole variant. With FINDINGS, the outcomes of a check, a row may name a finding in the field bevinding, and a rule
    alone stands for all its open findings; only what is open and has not changed since can be explained. Recorded are
    the version of the rule, the geometry of the feature as it is now and, with FINDINGS, the outcome and the measure. A
    row that cannot be recorded is told with the reason and written to OUTPUT; the others are added to PROPOSAL all at
    once or, when something fails, not at all. An explanation that went stale stays beside the new one.
    """

    ID = "explain"
    TITLE = "Explain findings"
    GROUP = "Check"

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        files = QgsProcessingParameterFile
        self.addParameter(files("PROPOSAL", self.tr("Proposal"), fileFilter="GeoPackage (*.gpkg)"))
        self.addParameter(files("EXPLANATIONS", self.tr("Explanations"), fileFilter="CSV, JSON (*.csv *.txt *.json)"))
        self.addParameter(QgsProcessingParameterString("VARIANT", self.tr("Variant"), optional=True))
        self.addParameter(files("FINDINGS", self.tr("Outcomes of a check"), fileFilter="JSON (*.json)", optional=True))
        self.addParameter(
            QgsProcessingParameterString("RULES", self.tr("Rules (files or folders, separated by ;)"), optional=True)
        )
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "OUTPUT",
                self.tr("Rejected rows"),
                fileFilter="JSON (*.json);;CSV (*.csv)",
                optional=True,
                createByDefault=False,
            )
        )
        self.addOutput(QgsProcessingOutputNumber("ACCEPTED", self.tr("Number of explanations recorded")))
        self.addOutput(QgsProcessingOutputNumber("REJECTED", self.tr("Number of rows rejected")))

    def compute(self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> dict[str, Any]:
        from novex_plugin.core.check.explain import Request, explain

        rules = self.parameterAsString(parameters, "RULES", context)
        catalogues = [Path(part.strip()) for part in rules.split(";") if part.strip()]
        request = Request(
            self.path(parameters, "PROPOSAL", context),
            self.path(parameters, "EXPLANATIONS", context),
            self.parameterAsString(parameters, "VARIANT", context).strip() or None,
            self.optional_path(parameters, "FINDINGS", context),
            catalogues or None,
        )
        output = self.output_path(parameters, "OUTPUT", context) if parameters.get("OUTPUT") else None
        done = explain(request, output, datetime.now(UTC))
        for told in (*done.notes, *done.refusals):
            progress.warning(str(told))
        progress.info(f"{done.accepted} motiveringen vastgelegd, {done.rejected} rijen afgewezen.")
        results: dict[str, Any] = {"ACCEPTED": done.accepted, "REJECTED": done.rejected}
        return results | ({"OUTPUT": str(output)} if output is not None else {})
