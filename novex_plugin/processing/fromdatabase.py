"""`novex:fromdatabase`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterProviderConnection,
    QgsProcessingParameterString,
)

from novex_plugin.core.progress import Progress
from novex_plugin.processing.algorithm import Algorithm


class FromDatabase(Algorithm):
    """Take a proposal out of a PostGIS database into a GeoPackage, as it was at one moment.

    DATABASE is a connection of QGIS, or on the command line service=NAME or host=… dbname=… user=…, never with a
    password; SCHEMA is where the proposal lies. Others may go on editing meanwhile. Rows keep their id and every value:
    laid in a database and taken out again, a proposal is the same. The database stays as it is.
    """

    ID = "fromdatabase"
    TITLE = "Take a proposal out of a database"
    GROUP = "Proposal"

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.addParameter(QgsProcessingParameterProviderConnection("DATABASE", self.tr("Database"), "postgres"))
        self.addParameter(QgsProcessingParameterString("SCHEMA", self.tr("Schema of the proposal")))
        self.addParameter(
            QgsProcessingParameterString(
                "AGREEMENT", self.tr("Agreement (name or file; default: the one the proposal names)"), optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterFileDestination("OUTPUT", self.tr("Proposal"), fileFilter="GeoPackage (*.gpkg)")
        )
        self.addOutput(QgsProcessingOutputNumber("FEATURES", self.tr("Number of features")))

    def compute(self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> dict[str, Any]:
        from novex_plugin.core.proposal.database_read import from_database
        from novex_plugin.core.proposal.read import read_proposal
        from novex_plugin.core.proposal.schema import GEOMETRY_TYPES
        from novex_plugin.qgis_adapter.database import database_named

        named = self.parameterAsConnectionName(parameters, "DATABASE", context).strip()
        database = database_named(named, self.parameterAsString(parameters, "SCHEMA", context).strip())
        target = self.output_path(parameters, "OUTPUT", context)
        agreement = self.agreement(parameters, context)
        agreement, _ = from_database(database, target, datetime.now(UTC), progress, agreement)
        tables = read_proposal(target, agreement).tables
        features = sum(len(tables[table]) for table in GEOMETRY_TYPES)
        progress.info(f"{features} objecten uit {database.label}.")
        return {"OUTPUT": str(target), "FEATURES": features}
