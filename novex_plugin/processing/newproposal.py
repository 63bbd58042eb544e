"""`novex:newproposal`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from novex_plugin.core.progress import Progress
from novex_plugin.core.resources import RESOURCES
from novex_plugin.processing.algorithm import Algorithm


class NewProposal(Algorithm):
    """Make an empty proposal for a province: a GeoPackage with the tables, code lists and checks of the agreement.

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
            QgsProcessingParameterFileDestination("OUTPUT", self.tr("Proposal"), fileFilter="GeoPackage (*.gpkg)")
        )

    def run(self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> dict[str, Any]:
        from novex_plugin.core.agreement import agreement_path, read_agreement
        from novex_plugin.core.proposal.create import Heading, create_proposal

        agreement = read_agreement(
            agreement_path(self.parameterAsString(parameters, "AGREEMENT", context) or "novex-1.0")
        )
        target = self.output_path(parameters, "OUTPUT", context)
        names = ("TITLE", "ORGANISATION", "EMAIL")
        heading = Heading(*(self.parameterAsString(parameters, name, context).strip() for name in names))
        create_proposal(
            target,
            self.parameterAsString(parameters, "PROVINCE", context).strip(),
            self.parameterAsString(parameters, "VARIANT", context).strip(),
            agreement,
            datetime.now(UTC),
            heading=heading,
        )
        progress.info(f"Nieuw voorstel volgens de afspraken {agreement.title.nl} {agreement.version}.")
        return {"OUTPUT": str(target)}


def _province_names() -> list[str]:
    """What the form offers to choose from. Read plainly: this runs when QGIS starts, and the file is our own."""
    content = json.loads((RESOURCES / "agreements" / "novex-1.0.json").read_bytes())
    # Nothing first: a form must not choose a province by itself.
    return ["", *(code["nl"] for code in content["code_lists"]["provincie"])]
