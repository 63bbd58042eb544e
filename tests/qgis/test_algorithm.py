"""What nobody foresaw ends a run with one message, and with its traceback in the log for those who mend it."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback

from novex_plugin.core.errors import InputError
from novex_plugin.core.progress import Progress
from novex_plugin.processing.algorithm import Algorithm


class Falling(Algorithm):
    """Raises what it is given."""

    ID, TITLE, GROUP = "falling", "Falling", "Falling"
    fault: Exception = ZeroDivisionError("gedeeld door nul")

    def run(self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> dict[str, Any]:
        raise self.fault


def fall(fault: Exception) -> tuple[str, str]:
    algorithm, feedback = Falling(), QgsProcessingFeedback(False)
    algorithm.fault = fault
    with pytest.raises(QgsProcessingException) as caught:
        algorithm.processAlgorithm({}, QgsProcessingContext(), feedback)
    return str(caught.value), feedback.textLog()


@pytest.mark.usefixtures("qgis_app")
def test_an_unforeseen_fault_is_one_message_with_its_traceback_in_the_log() -> None:
    said, log = fall(ZeroDivisionError("gedeeld door nul"))
    assert "onverwachte fout (ZeroDivisionError: gedeeld door nul)" in said
    assert "Traceback" not in said
    assert "raise self.fault" in log


@pytest.mark.usefixtures("qgis_app")
def test_wrong_input_is_its_own_message_without_a_traceback() -> None:
    said, log = fall(InputError("is leeg.", "Vul iets in.", "a.json"))
    assert said == "bestand a.json: is leeg. Vul iets in."
    assert "Traceback" not in log
