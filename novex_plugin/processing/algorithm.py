"""What all algorithms of the provider share."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
)
from qgis.PyQt.QtCore import QCoreApplication

from novex_plugin.core.errors import Cancelled, InputError
from novex_plugin.core.progress import Progress
from novex_plugin.processing.stored_proposal import as_checked, proposal_at_hand
from novex_plugin.qgis_adapter.feedback import FeedbackProgress

if TYPE_CHECKING:
    from novex_plugin.core.agreement import Agreement
    from novex_plugin.core.features.table import FeatureTable


class Algorithm(QgsProcessingAlgorithm):
    """An algorithm whose id, title and group are class attributes and whose help is its class docstring.

    Subclasses declare parameters in `initAlgorithm` and compute in `compute`. Wrong input becomes a
    QgsProcessingException, so that qgis_process ends with exit code 1 and the message.
    """

    ID: str
    TITLE: str
    GROUP: str
    WRITTEN_BESIDE: Mapping[str, str] = {}
    """Suffix of the file that comes beside an output, by the output's name."""

    def createInstance(self) -> Algorithm:
        return type(self)()

    def name(self) -> str:
        return self.ID

    def displayName(self) -> str:
        return self.tr(self.TITLE)

    def group(self) -> str:
        return self.tr(self.GROUP)

    def groupId(self) -> str:
        return self.GROUP.lower()

    def shortHelpString(self) -> str:
        return self.tr(" ".join((type(self).__doc__ or "").split()))

    def tr(self, text: str) -> str:
        """Translate; source strings are English, the context is the class."""
        return QCoreApplication.translate(type(self).__name__, text)

    def checkParameterValues(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[bool, str]:
        """Refuse parameters that the algorithm does not have: a misspelt name must not pass in silence."""
        known = {definition.name() for definition in self.parameterDefinitions()}
        unknown = sorted(set(parameters) - known)
        if unknown:
            return False, f"Onbekende parameter {', '.join(unknown)}; wel bekend: {', '.join(sorted(known))}."
        return super().checkParameterValues(as_checked(parameters), context)

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        from novex_plugin.core.unforeseen import UNFORESEEN
        from novex_plugin.processing.places import refuse_overwriting_inputs
        from novex_plugin.processing.stopping import Stopped, stopped_by_signals

        progress = FeedbackProgress(feedback)
        try:
            with stopped_by_signals(), proposal_at_hand(self, parameters, context, progress) as at_hand:
                refuse_overwriting_inputs(self, at_hand, context)
                return self.compute(at_hand, context, progress)
        except InputError as error:
            raise QgsProcessingException(str(error)) from error
        except Stopped:
            raise QgsProcessingException(f"{self.ID}: de run is afgebroken; er is niets half geschreven.") from None
        except Cancelled:
            return {}
        except UNFORESEEN as error:
            feedback.pushInfo("".join(traceback.format_exception(error)))
            said = f"onverwachte fout ({type(error).__name__}: {str(error)[:400]})."
            remedy = "Meld dit, met het log van deze run."
            raise QgsProcessingException(f"{self.ID}: {said} {remedy}") from None

    def compute(self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> dict[str, Any]:
        """Do the work and give the result keys of the contract."""
        raise NotImplementedError

    def path(self, parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> Path:
        """A file or folder parameter as a path."""
        return Path(self.parameterAsString(parameters, name, context))

    def optional_path(self, parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> Path | None:
        """An optional file or folder parameter as a path, None when it was not given."""
        given = self.parameterAsString(parameters, name, context)
        return Path(given) if given else None

    def agreement(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Agreement | None:
        """The agreement that AGREEMENT names, None when it was not given; raises InputError for an unknown one."""
        from novex_plugin.core.agreement import agreement_path, read_agreement

        name = self.parameterAsString(parameters, "AGREEMENT", context).strip()
        return read_agreement(agreement_path(name)) if name else None

    def areas(
        self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress
    ) -> FeatureTable | None:
        """The features of AREAS in EPSG:28992, None when it was not given."""
        from novex_plugin.qgis_adapter.vector import feature_table

        if parameters.get("AREAS") in (None, ""):
            return None
        source = self.parameterAsSource(parameters, "AREAS", context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, "AREAS"))
        return feature_table(source, context.transformContext(), progress)

    def output_path(self, parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> Path:
        """A file destination as a path."""
        return Path(self.parameterAsFileOutput(parameters, name, context))
