"""The provider `novex`: one file per algorithm, listed here in the order of the work."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from novex_plugin.core.resources import RESOURCES
from novex_plugin.processing.algorithm import Algorithm
from novex_plugin.processing.balance import BalanceOfTargets
from novex_plugin.processing.changes import ChangesBetween
from novex_plugin.processing.check import Check
from novex_plugin.processing.compare import CompareVariants
from novex_plugin.processing.discover import Discover
from novex_plugin.processing.explain import Explain
from novex_plugin.processing.export import Export
from novex_plugin.processing.fromdatabase import FromDatabase
from novex_plugin.processing.importlayer import ImportLayer
from novex_plugin.processing.merge import Merge
from novex_plugin.processing.migrate import Migrate
from novex_plugin.processing.newproposal import NewProposal
from novex_plugin.processing.pull import Pull
from novex_plugin.processing.report import Report
from novex_plugin.processing.status import StatusOfSnapshot
from novex_plugin.processing.todatabase import ToDatabase
from novex_plugin.processing.verify import Verify


def algorithms() -> list[type[Algorithm]]:
    """All algorithms, in the order of the work."""
    return [
        Discover,
        Pull,
        StatusOfSnapshot,
        NewProposal,
        ToDatabase,
        FromDatabase,
        ImportLayer,
        Migrate,
        Check,
        Explain,
        BalanceOfTargets,
        CompareVariants,
        Export,
        Verify,
        ChangesBetween,
        Merge,
        Report,
    ]


class NovexProvider(QgsProcessingProvider):
    """What Processing shows under NOVEX Puzzel."""

    def loadAlgorithms(self) -> None:
        for algorithm in algorithms():
            self.addAlgorithm(algorithm())

    def id(self) -> str:
        return "novex"

    def name(self) -> str:
        return "NOVEX Puzzel"

    def longName(self) -> str:
        return self.name()

    def icon(self) -> QIcon:
        return QIcon(str(RESOURCES / "icons" / "novex.svg"))
