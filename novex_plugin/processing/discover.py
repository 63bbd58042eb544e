"""Find the basisset in the catalogue."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from novex_plugin.core.basisset.catalogue import KEYWORD, NATIONAAL_GEOREGISTER
from novex_plugin.core.progress import Progress
from novex_plugin.processing.algorithm import Algorithm


class Discover(Algorithm):
    """Find the datasets of the basisset in a catalogue and write them to a register.

    The catalogue is the address of a CSW 2.0.2 service, by default the Nationaal Georegister, or a saved GetRecords
    answer. The register tells for each dataset its owner, kind, licence, dates, scale, coordinate system and services.
    Datasets without any usable address are listed too. What a record does not say, or says in an unknown way, stands
    in its warnings.
    """

    ID = "discover"
    TITLE = "Find the basisset in the catalogue"
    GROUP = "Basisset"

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        self.addParameter(
            QgsProcessingParameterString(
                "CATALOGUE",
                self.tr("Catalogue (address, or a saved GetRecords file)"),
                defaultValue=NATIONAAL_GEOREGISTER,
            )
        )
        self.addParameter(QgsProcessingParameterString("KEYWORD", self.tr("Keyword"), defaultValue=KEYWORD))
        self.addParameter(
            QgsProcessingParameterFileDestination("OUTPUT", self.tr("Register"), fileFilter="JSON (*.json)")
        )
        self.addOutput(QgsProcessingOutputNumber("DATASETS", self.tr("Number of datasets")))
        self.addOutput(QgsProcessingOutputNumber("WITHOUT_ACCESS", self.tr("Number of datasets without access")))

    def compute(self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> dict[str, Any]:
        from novex_plugin.core.basisset.catalogue.discover import discover
        from novex_plugin.core.basisset.catalogue.kinds import read_kinds
        from novex_plugin.core.basisset.network import with_retries
        from novex_plugin.core.basisset.register import write_register
        from novex_plugin.qgis_adapter.network import fetch

        output = self.output_path(parameters, "OUTPUT", context)
        register = discover(
            self.parameterAsString(parameters, "CATALOGUE", context).strip(),
            self.parameterAsString(parameters, "KEYWORD", context),
            with_retries(fetch, tries=3),
            read_kinds(),
            lambda: datetime.now(UTC),
            progress,
        )
        write_register(output, register)
        for warning in register.warnings:
            progress.warning(warning)
        absent = register.without_access()
        for dataset in absent:
            progress.warning(f"Zonder toegang: {dataset.title} ({dataset.id})")
        progress.info(f"{len(register.datasets)} datasets, waarvan {len(absent)} zonder toegang.")
        return {"OUTPUT": str(output), "DATASETS": len(register.datasets), "WITHOUT_ACCESS": len(absent)}
