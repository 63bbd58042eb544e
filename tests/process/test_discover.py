"""novex:discover in the real qgis_process."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scripts.practice.answering import serve_answers, whole
from scripts.practice.csw import installed, serve_catalogue

Runner = Callable[..., Any]


@pytest.fixture(scope="module")
def saved(shared: Path) -> Path:
    return shared / "reference/ngr/getrecords-basisset-novex-2023-03-02.xml"


@pytest.mark.skipif(not installed(), reason="the practice servers are not installed (scripts/setup)")
def test_a_real_catalogue_becomes_a_register(run_algorithm: Runner, shared: Path, saved: Path, tmp_path: Path) -> None:
    records = sorted((shared / "reference/ngr/records").glob("*.xml"))
    with serve_catalogue(records, tmp_path / "csw") as address:
        run = run_algorithm("novex:discover", CATALOGUE=address, OUTPUT=tmp_path / "register.json")
    assert run.exit_code == 0, run.messages
    assert (run.results["DATASETS"], run.results["WITHOUT_ACCESS"]) == (23, 1)
    register = json.loads((tmp_path / "register.json").read_text())
    assert [each["title"] for each in register["datasets"] if each["access"] == "none"] == ["Spoorwegen"]

    run = run_algorithm("novex:discover", CATALOGUE=saved, OUTPUT=tmp_path / "saved.json")
    assert run.exit_code == 0, run.messages
    assert json.loads((tmp_path / "saved.json").read_text())["datasets"] == register["datasets"]


def test_the_same_saved_answer_gives_the_same_bytes(run_algorithm: Runner, saved: Path, tmp_path: Path) -> None:
    for name in ("a.json", "b.json"):
        assert run_algorithm("novex:discover", CATALOGUE=saved, OUTPUT=tmp_path / name).exit_code == 0
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def refused(run: Any, output: Path, *told: str) -> None:
    assert run.exit_code == 1
    assert all(text in run.messages for text in told), run.messages
    assert "Traceback" not in run.messages
    assert list(output.parent.iterdir()) == []


def test_a_server_that_gives_a_web_page_is_refused_and_nothing_is_written(
    run_algorithm: Runner, tmp_path: Path
) -> None:
    output = tmp_path / "register.json"
    with serve_answers(whole(b"<!DOCTYPE html><html>Onderhoud</html>")) as address:
        run = run_algorithm("novex:discover", CATALOGUE=address, OUTPUT=output)
    refused(run, output, "webpagina", "opgeslagen GetRecords-bestand")


def test_an_unreachable_catalogue_is_refused_and_nothing_is_written(run_algorithm: Runner, tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    output = tmp_path / "register.json"
    run = run_algorithm("novex:discover", CATALOGUE=f"http://127.0.0.1:{port}/csw", OUTPUT=output)
    refused(run, output, "verbinding mislukte", "opgeslagen GetRecords-bestand")


def test_an_absent_file_is_refused_and_an_earlier_register_stays(run_algorithm: Runner, tmp_path: Path) -> None:
    output = tmp_path / "register.json"
    output.write_text("eerder")
    run = run_algorithm("novex:discover", CATALOGUE=tmp_path / "is-er-niet.xml", OUTPUT=output)
    assert run.exit_code == 1
    assert "is-er-niet.xml" in run.messages
    assert output.read_text() == "eerder"
