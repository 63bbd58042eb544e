"""`novex:status`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
)

from novex_plugin.core.progress import Progress
from novex_plugin.processing.algorithm import Algorithm


class StatusOfSnapshot(Algorithm):
    """Compare a snapshot with a newer register: which datasets are new, changed, withdrawn or cannot be reached.

    A dataset is changed when its record has a later date than the one that was pulled with, when its revision date is
    later than the pull, or when the address or the kind of the service is another. The services of all datasets are
    asked for what they offer, as a pull begins; a dataset cannot be reached when none of its services answers. Nothing
    is pulled and the snapshot stays as it is: novex:pull with the new register brings it up to date.
    """

    ID = "status"
    TITLE = "Compare a snapshot with the register"
    GROUP = "Basisset"

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        folder = Qgis.ProcessingFileParameterBehavior.Folder
        self.addParameter(QgsProcessingParameterFile("REGISTER", self.tr("Register"), fileFilter="JSON (*.json)"))
        self.addParameter(QgsProcessingParameterFile("SNAPSHOT", self.tr("Snapshot"), folder))
        self.addParameter(
            QgsProcessingParameterFileDestination("OUTPUT", self.tr("Status"), fileFilter="JSON (*.json)")
        )
        self.addOutput(QgsProcessingOutputNumber("NEW", self.tr("Number of new datasets")))
        self.addOutput(QgsProcessingOutputNumber("CHANGED", self.tr("Number of changed datasets")))
        self.addOutput(QgsProcessingOutputNumber("WITHDRAWN", self.tr("Number of withdrawn datasets")))
        self.addOutput(QgsProcessingOutputNumber("UNREACHABLE", self.tr("Number of datasets that cannot be reached")))

    def compute(self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> dict[str, Any]:
        from novex_plugin.core.basisset.register import read_register
        from novex_plugin.core.basisset.snapshot import read_snapshot
        from novex_plugin.core.basisset.status import status
        from novex_plugin.core.files import write_json
        from novex_plugin.qgis_adapter.network import fetch

        output = self.output_path(parameters, "OUTPUT", context)
        found = status(
            read_register(self.path(parameters, "REGISTER", context)),
            read_snapshot(self.path(parameters, "SNAPSHOT", context)),
            fetch,
            datetime.now(UTC),
            progress,
        )
        write_json(output, found.content)
        for note in found.content["notes"]:
            progress.warning(note)
        for dataset in found.content["datasets"]:
            for service in dataset["services"] if dataset["reachable"] is False else ():
                progress.warning(f"Onbereikbaar: {dataset['title']} ({dataset['id']}): {service['problem']}")
        counts = found.counts
        progress.info(
            f"{counts['new']} nieuw, {counts['changed']} gewijzigd, {counts['withdrawn']} ingetrokken, "
            f"{counts['unchanged']} ongewijzigd; {counts['unreachable']} onbereikbaar."
        )
        keys = ("new", "changed", "withdrawn", "unreachable")
        return {"OUTPUT": str(output), **{key.upper(): counts[key] for key in keys}}
