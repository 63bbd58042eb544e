"""What a pull may not take on trust, with a stand-in for the network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import shapely

from novex_plugin.core.basisset.network import Fetch, Request, Response
from novex_plugin.core.basisset.pull import run as pulling
from novex_plugin.core.basisset.pull.area import area_of
from novex_plugin.core.basisset.pull.job import Job, Outcome
from novex_plugin.core.basisset.pull.run import Pulled, pull
from novex_plugin.core.basisset.register import Dataset
from novex_plugin.core.errors import InputError
from novex_plugin.core.progress import Progress, Silent
from scripts.practice.registers import dataset, register

AREA = area_of(np.array([shapely.box(120_000, 450_000, 130_000, 460_000)]))
MOMENT = datetime(2026, 2, 3, tzinfo=UTC)


def answering(answer: Callable[[str], bytes]) -> Fetch:
    def fetch(request: Request, path: Path, progress: Progress) -> Response:
        content = answer(request.url)
        path.write_bytes(content)
        return Response(200, {}, request.url, path, len(content))

    return fetch


def pulled(folder: Path, fetch: Fetch, *datasets: Dataset) -> Pulled:
    return pull(register(*datasets), AREA, folder, fetch, lambda: MOMENT, Silent())


@pytest.mark.parametrize(
    "error",
    [
        InputError("is niet te lezen.", "Haal het opnieuw op.", Path("/home/jan/werk/vlak.gpkg")),
        OSError(13, "Permission denied", "/home/jan/werk/vlak.gpkg"),
    ],
)
def test_the_reason_of_a_failure_names_no_folder_of_this_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def failing(job: Job) -> Outcome:
        raise error

    monkeypatch.setattr(pulling, "PULLERS", {"wfs": failing})
    result = pulled(tmp_path, answering(lambda _: b""), dataset("a", "wfs", "https://example.org/wfs", "vlak"))

    reason = result.snapshot.dataset("a").reason or ""
    assert reason
    assert "jan" not in reason


def test_an_image_that_cannot_be_defined_fails_only_its_dataset(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*given: object) -> None:
        raise AttributeError("unforeseen")

    monkeypatch.setattr(pulling, "image_of", failing)
    result = pulled(tmp_path, answering(lambda _: b""), dataset("a", "wms", "https://example.org/wms", "vlak"))

    assert result.failed == ("a",)
    assert "unforeseen" in (result.snapshot.dataset("a").reason or "")
