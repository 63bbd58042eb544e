"""`novex:todatabase`."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFile,
    QgsProcessingParameterProviderConnection,
    QgsProcessingParameterString,
)

from novex_plugin.core.progress import Progress
from novex_plugin.processing.algorithm import Algorithm


class ToDatabase(Algorithm):
    """Lay a proposal in a PostGIS database, in a new schema, so that several people can draw in it at once.

    DATABASE is a connection of QGIS, or on the command line service=NAME or host=… dbname=… user=…, never with a
    password. Rows keep their id and every value, and are held to the agreement by the database itself; a row that
    departs from it is named and nothing is laid down. The roles SCHEMA_bewerken and SCHEMA_lezen may edit and read. Who
    saves a row that another changed meanwhile is told so, and the table geschiedenis keeps every row as it was. Other
    algorithms take the result as PROPOSAL.
    """

    ID = "todatabase"
    TITLE = "Lay a proposal in a database"
    GROUP = "Proposal"

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.addParameter(QgsProcessingParameterFile("PROPOSAL", self.tr("Proposal"), fileFilter="GeoPackage (*.gpkg)"))
        self.addParameter(QgsProcessingParameterProviderConnection("DATABASE", self.tr("Database"), "postgres"))
        self.addParameter(QgsProcessingParameterString("SCHEMA", self.tr("New schema in the database")))
        self.addParameter(
            QgsProcessingParameterString(
                "AGREEMENT", self.tr("Agreement (name or file; default: the one the proposal names)"), optional=True
            )
        )
        self.addOutput(QgsProcessingOutputString("STORED", self.tr("The proposal, as other algorithms take it")))
        self.addOutput(QgsProcessingOutputNumber("ROWS", self.tr("Number of rows")))

    def compute(self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> dict[str, Any]:
        from novex_plugin.processing.database_laying import lay_in_database
        from novex_plugin.qgis_adapter.database import database_named, reference_to

        named = self.parameterAsConnectionName(parameters, "DATABASE", context).strip()
        database = database_named(named, self.parameterAsString(parameters, "SCHEMA", context).strip())
        agreement = self.agreement(parameters, context)
        rows = lay_in_database(self.path(parameters, "PROPOSAL", context), database, progress, agreement)
        return {"STORED": reference_to(named, database.schema), "ROWS": rows}
