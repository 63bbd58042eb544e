"""What nobody foresaw ends a run with one message, and with its traceback in the log for those who mend it."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback

from novex_plugin.core.errors import InputError
from novex_plugin.core.files import written_beside
from novex_plugin.core.progress import Progress
from novex_plugin.processing import stopping
from novex_plugin.processing.algorithm import Algorithm


class Falling(Algorithm):
    """Raises what it is given."""

    ID, TITLE, GROUP = "falling", "Falling", "Falling"
    fault: Exception = ZeroDivisionError("gedeeld door nul")

    def compute(self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> dict[str, Any]:
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


class Writing(Algorithm):
    """Is told to stop while it writes."""

    ID, TITLE, GROUP = "writing", "Writing", "Writing"
    target: Path

    def compute(self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> dict[str, Any]:
        with written_beside(self.target) as unfinished:
            unfinished.write_text("half")
            os.kill(os.getpid(), self.number)
            time.sleep(5)
        return {}

    number = signal.SIGTERM


@pytest.mark.usefixtures("qgis_app")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_told_to_stop_leaves_nothing_half_written(
    tmp_path: Path, number: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stopping, "iface", None)  # as in qgis_process
    algorithm, before = Writing(), signal.getsignal(number)
    algorithm.target, algorithm.number = tmp_path / "uit.zip", number
    with pytest.raises(QgsProcessingException, match="afgebroken"):
        algorithm.processAlgorithm({}, QgsProcessingContext(), QgsProcessingFeedback(False))
    assert not list(tmp_path.iterdir())
    assert signal.getsignal(number) == before
