"""`novex:migrate`."""

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


class Migrate(Algorithm):
    """Carry a proposal from one version of the agreement to another, without losing anything.

    AGREEMENT is the name or file of the agreement to go to. MAPPING (JSON) says which legend units were renamed,
    merged, split (by the values of other fields) or dropped, which codes were, and which indicators have another id or
    unit. Without it codes that the new agreement has too carry over. A row that cannot be carried is kept in the table
    nog_te_beoordelen of OUTPUT, with its geometry, its old values and what to do; REPORT names each with table, row and
    field. Contributions, explanations, statements, the logbook and all ids stay; the table gemigreerd tells which value
    became which. PROPOSAL stays as it is.
    """

    ID = "migrate"
    TITLE = "Migrate a proposal to another agreement"
    GROUP = "Proposal"

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        files, destination = QgsProcessingParameterFile, QgsProcessingParameterFileDestination
        json, geopackage = "JSON (*.json)", "GeoPackage (*.gpkg)"
        self.addParameter(files("PROPOSAL", self.tr("Proposal"), fileFilter=geopackage))
        self.addParameter(QgsProcessingParameterString("AGREEMENT", self.tr("Agreement to go to (name or file)")))
        self.addParameter(files("MAPPING", self.tr("Mapping between the agreements"), fileFilter=json, optional=True))
        self.addParameter(destination("OUTPUT", self.tr("Migrated proposal"), fileFilter=geopackage))
        self.addParameter(
            destination(
                "REPORT", self.tr("Report of the migration"), fileFilter=json, optional=True, createByDefault=False
            )
        )
        self.addOutput(QgsProcessingOutputNumber("MIGRATED", self.tr("Number of rows carried over")))
        self.addOutput(QgsProcessingOutputNumber("NEEDS_PERSON", self.tr("Number of rows that need a person")))

    def compute(self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> dict[str, Any]:
        from novex_plugin.core.agreement import agreement_path, read_agreement
        from novex_plugin.core.moment import as_stored
        from novex_plugin.core.proposal.migrate import migrate
        from novex_plugin.core.proposal.migrate_source import STYLES, TO_JUDGE
        from novex_plugin.qgis_adapter.forms import Start
        from novex_plugin.qgis_adapter.stored_styles import store_styles

        output = self.output_path(parameters, "OUTPUT", context)
        report = self.output_path(parameters, "REPORT", context) if parameters.get("REPORT") else None
        name = self.parameterAsString(parameters, "AGREEMENT", context).strip()
        target, moment = read_agreement(agreement_path(name)), datetime.now(UTC)

        def dressed(unfinished: Path, province: str) -> None:
            store_styles(unfinished, target, as_stored(moment), Start(province))

        done = migrate(
            self.path(parameters, "PROPOSAL", context),
            target,
            output,
            moment,
            self.optional_path(parameters, "MAPPING", context),
            report,
            progress=progress,
            dress=dressed,
        )
        for told in done.content["left_out"]:
            tell = progress.info if told.startswith(f"tabel {STYLES}:") else progress.warning
            tell(f"Niet overgezet: {told}")
        if done.needs_person:
            progress.warning(f"{done.needs_person} rijen staan in de tabel {TO_JUDGE} en wachten op een oordeel.")
        if done.attention:
            progress.warning(f"{done.attention} rijen zijn overgezet en vragen aandacht; zie het verslag.")
        progress.info(f"{done.migrated} rijen overgezet.")
        results: dict[str, Any] = {"OUTPUT": str(output), "MIGRATED": done.migrated, "NEEDS_PERSON": done.needs_person}
        return results | ({"REPORT": str(report)} if report is not None else {})
