"""`novex:newproposal`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputString,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterProviderConnection,
    QgsProcessingParameterString,
)

from novex_plugin.core.errors import InputError
from novex_plugin.core.progress import Progress
from novex_plugin.core.resources import RESOURCES
from novex_plugin.processing.algorithm import Algorithm

if TYPE_CHECKING:
    from novex_plugin.core.agreement import Agreement


class NewProposal(Algorithm):
    """Make an empty proposal for a province, with the tables, code lists and checks of the agreement.

    It becomes a GeoPackage (OUTPUT), which QGIS opens with the legend and the forms of the agreement, or a new schema
    in a PostGIS database (DATABASE with SCHEMA), in which several people draw at once. DATABASE is a connection of
    QGIS, or on the command line service=NAME or host=… dbname=… user=…, never with a password.

    PROVINCE is the name of the province, or its code: PV20 (Groningen) to PV31 (Limburg). VARIANT is the code of
    the first variant, such as basis. AGREEMENT is the name of an agreement that comes with the plugin, or an
    agreement file of your own. TITLE, ORGANISATION and EMAIL are what the delivery will say of itself: the address
    is the organisation's, never a person's; without EMAIL it is asked for at the delivery. A file that already
    holds a proposal with features is never overwritten.
    """

    ID = "newproposal"
    TITLE = "New proposal"
    GROUP = "Proposal"

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        province = QgsProcessingParameterString("PROVINCE", self.tr("Province"))
        province.setMetadata({"widget_wrapper": {"value_hints": _province_names()}})
        self.addParameter(province)
        self.addParameter(QgsProcessingParameterString("VARIANT", self.tr("Code of the variant"), "basis"))
        self.addParameter(
            QgsProcessingParameterString("AGREEMENT", self.tr("Agreement (name or file)"), "novex-1.0", optional=True)
        )
        self.addParameter(QgsProcessingParameterString("TITLE", self.tr("Title"), optional=True))
        self.addParameter(QgsProcessingParameterString("ORGANISATION", self.tr("Organisation"), optional=True))
        self.addParameter(
            QgsProcessingParameterString("EMAIL", self.tr("E-mail address of the organisation"), optional=True)
        )
        self.addParameter(
            QgsProcessingParameterProviderConnection(
                "DATABASE", self.tr("Database (instead of a GeoPackage)"), "postgres", optional=True
            )
        )
        self.addParameter(QgsProcessingParameterString("SCHEMA", self.tr("Schema in the database"), optional=True))
        self.addParameter(
            QgsProcessingParameterFileDestination(
                "OUTPUT",
                self.tr("Proposal"),
                fileFilter="GeoPackage (*.gpkg)",
                optional=True,
                createByDefault=False,
            )
        )
        self.addOutput(QgsProcessingOutputString("STORED", self.tr("The proposal, as other algorithms take it")))

    def compute(self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> dict[str, Any]:
        from novex_plugin.qgis_adapter.database import database_named, reference_to

        named = self.parameterAsConnectionName(parameters, "DATABASE", context).strip()
        if bool(named) == bool(parameters.get("OUTPUT")):
            said = "er is geen plaats voor het voorstel gegeven, of er zijn er twee."
            raise InputError(said, "Geef OUTPUT (een GeoPackage), of DATABASE met SCHEMA.")
        if not named:
            target = self.output_path(parameters, "OUTPUT", context)
            self._create(target, parameters, context, progress, _dressed)
            return {"OUTPUT": str(target)}
        from novex_plugin.processing.database_laying import lay_in_database

        database = database_named(named, self.parameterAsString(parameters, "SCHEMA", context).strip())
        with tempfile.TemporaryDirectory(prefix="novex-") as folder:
            made = Path(folder) / f"{database.schema}.gpkg"
            agreement = self._create(made, parameters, context, progress)
            lay_in_database(made, database, progress, agreement)
        return {"STORED": reference_to(named, database.schema)}

    def _create(
        self,
        target: Path,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        progress: Progress,
        dress: Callable[[Path, Agreement, str, str, datetime], None] | None = None,
    ) -> Agreement:
        from novex_plugin.core.agreement import agreement_path, read_agreement
        from novex_plugin.core.proposal.create import Heading, create_proposal

        agreement = read_agreement(
            agreement_path(self.parameterAsString(parameters, "AGREEMENT", context) or "novex-1.0")
        )
        names = ("TITLE", "ORGANISATION", "EMAIL")
        heading = Heading(*(self.parameterAsString(parameters, name, context).strip() for name in names))
        variant = self.parameterAsString(parameters, "VARIANT", context).strip()
        moment = datetime.now(UTC)

        def finish(unfinished: Path, province: str) -> None:
            if dress is not None:
                dress(unfinished, agreement, province, variant, moment)

        create_proposal(
            target,
            self.parameterAsString(parameters, "PROVINCE", context).strip(),
            variant,
            agreement,
            moment,
            heading=heading,
            dress=finish,
        )
        progress.info(f"Nieuw voorstel volgens de afspraken {agreement.title.nl} {agreement.version}.")
        return agreement


def _dressed(unfinished: Path, agreement: Agreement, province: str, variant: str, moment: datetime) -> None:
    """Lay the legend and the forms in the proposal. A database gets its own, which watch for conflicts."""
    from novex_plugin.core.moment import as_stored
    from novex_plugin.qgis_adapter.forms import Start
    from novex_plugin.qgis_adapter.stored_styles import store_styles

    store_styles(unfinished, agreement, as_stored(moment), Start(province, variant))


def _province_names() -> list[str]:
    """What the form offers to choose from. Read plainly: this runs when QGIS starts, and the file is our own."""
    content = json.loads((RESOURCES / "agreements" / "novex-1.0.json").read_bytes())
    # Nothing first: a form must not choose a province by itself.
    return ["", *(code["nl"] for code in content["code_lists"]["provincie"])]
