"""Export, verify and report in the real qgis_process: exit codes, results, messages and files."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from novex_plugin.core.features.geopackage import append
from novex_plugin.core.features.table import attribute_table
from tests.unit.making_deliveries import new_proposal, tampered

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("levering")
    new_proposal(folder / "voorstel.gpkg")
    denied = {"id": "v", "variant": "basis", "verklaring": "maatlat-klimaatadaptief", "waarde": "nee"}
    columns = {name: np.array([value], dtype=object) for name, value in denied.items()}
    append(folder / "voorstel.gpkg", "verklaring", attribute_table("verklaring", columns))
    return folder


@pytest.fixture(scope="module")
def delivery(folder: Path, run_algorithm: Run) -> Path:
    target = folder / "levering.zip"
    done = run_algorithm("novex:export", PROPOSAL=folder / "voorstel.gpkg", DRAFT=True, OUTPUT=target)
    assert done.exit_code == 0, done.messages
    assert done.results["IS_DRAFT"] is True
    assert done.results["OPEN"] > 0
    return target


def test_exporting_twice_gives_the_same_bytes(folder: Path, delivery: Path, run_algorithm: Run, tmp_path: Path) -> None:
    again = tmp_path / "nog eens.zip"
    run_algorithm("novex:export", PROPOSAL=folder / "voorstel.gpkg", VARIANT="basis", DRAFT=True, OUTPUT=again)

    assert again.read_bytes() == delivery.read_bytes()


def test_the_legend_of_a_delivery_is_the_agreed_one_for_qgis_and_for_others(delivery: Path) -> None:
    with zipfile.ZipFile(delivery) as archive:
        names = [name for name in archive.namelist() if "/legenda/" in name]
        qml = archive.read(next(name for name in names if name.endswith("voorstel_vlak.qml")))

    assert {name.rsplit(".", 1)[1] for name in names} == {"qml", "sld"}
    tables = {name.rsplit("/", 1)[1].removesuffix(".qml") for name in names if name.endswith(".qml")}
    kinds = ("vlak", "lijn", "punt")
    assert tables == {f"{name}_{kind}" for name in ("voorstel", "bevinding", "combinatie") for kind in kinds}
    assert b"woningbouw|nieuw" in qml


def test_open_findings_end_with_exit_code_one_and_their_number(
    folder: Path, run_algorithm: Run, tmp_path: Path
) -> None:
    done = run_algorithm("novex:export", PROPOSAL=folder / "voorstel.gpkg", VARIANT="basis", OUTPUT=tmp_path / "x.zip")

    assert done.exit_code == 1
    assert "bevindingen staan open zonder motivering" in done.messages
    assert list(tmp_path.iterdir()) == []


def test_a_whole_delivery_verifies(delivery: Path, run_algorithm: Run, tmp_path: Path) -> None:
    done = run_algorithm("novex:verify", DELIVERY=delivery, OUTPUT=tmp_path / "uit.json")

    assert done.exit_code == 0, done.messages
    assert done.results["VALID"] is True
    outcome = json.loads((tmp_path / "uit.json").read_text())
    assert outcome["valid"] is True
    assert {"legenda/voorstel_vlak.qml", "legenda/bevinding_vlak.qml"} <= set(outcome["recomputed"])
    assert "bevindingen/bevindingen.gpkg" in outcome["recomputed"]


def test_a_broken_delivery_ends_with_exit_code_one_says_why_and_still_writes(
    delivery: Path, run_algorithm: Run, tmp_path: Path
) -> None:
    def prettier(data: Path) -> None:
        path = data / "bevindingen" / "bevindingen.json"
        content = json.loads(path.read_text())
        content["findings"][0]["uitkomst"] = "voldoet"
        path.write_text(json.dumps(content))

    broken = tampered(delivery, tmp_path, prettier)
    done = run_algorithm("novex:verify", DELIVERY=broken, OUTPUT=tmp_path / "uit.json")

    assert done.exit_code == 1
    assert "bevindingen/bevindingen.json" in done.messages
    assert json.loads((tmp_path / "uit.json").read_text())["valid"] is False


@pytest.mark.parametrize("content", [b"geen zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_delivery_ends_with_exit_code_one(content: bytes, run_algorithm: Run, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    done = run_algorithm("novex:verify", DELIVERY=tmp_path / "x.zip", OUTPUT=tmp_path / "uit.json")

    assert done.exit_code == 1
    assert "Traceback" not in done.messages
    assert json.loads((tmp_path / "uit.json").read_text())["valid"] is False


def test_a_bomb_ends_with_exit_code_one_at_once(run_algorithm: Run, tmp_path: Path) -> None:
    bomb = zipfile.ZipFile(tmp_path / "bom.zip", "w", zipfile.ZIP_DEFLATED)
    with bomb, bomb.open("bagit.txt", "w") as entry:
        for _ in range(200):
            entry.write(bytes(1 << 20))
    done = run_algorithm("novex:verify", DELIVERY=tmp_path / "bom.zip", OUTPUT=tmp_path / "uit.json", timeout=30)

    assert done.exit_code == 1
    assert "keer zo groot als ingepakt" in done.messages


def test_a_report_is_written_of_a_proposal_with_its_map(folder: Path, run_algorithm: Run, tmp_path: Path) -> None:
    before = (folder / "voorstel.gpkg").read_bytes()
    done = run_algorithm(
        "novex:report", PROPOSAL=folder / "voorstel.gpkg", OUTPUT=tmp_path / "r.html", MAPS=tmp_path / "k.pdf"
    )

    assert done.exit_code == 0, done.messages
    page = (tmp_path / "r.html").read_text()
    assert "data:image/png;base64," in page
    assert "CONCEPT" in page
    assert (tmp_path / "k.pdf").read_bytes().startswith(b"%PDF-")
    assert (folder / "voorstel.gpkg").read_bytes() == before


def test_a_report_is_written_of_a_delivery(delivery: Path, run_algorithm: Run, tmp_path: Path) -> None:
    done = run_algorithm("novex:report", DELIVERY=delivery, OUTPUT=tmp_path / "r.html")

    assert done.exit_code == 0, done.messages
    with zipfile.ZipFile(delivery) as archive:
        inside = next(name for name in archive.namelist() if name.endswith("rapport.html"))
        assert (tmp_path / "r.html").read_bytes() == archive.read(inside)


def test_a_report_asks_for_a_proposal_or_a_delivery(run_algorithm: Run, tmp_path: Path) -> None:
    done = run_algorithm("novex:report", OUTPUT=tmp_path / "r.html")

    assert done.exit_code == 1
    assert "Geef PROPOSAL of DELIVERY" in done.messages


def test_a_target_that_cannot_be_written_ends_with_exit_code_one(
    folder: Path, run_algorithm: Run, tmp_path: Path
) -> None:
    (tmp_path / "bestand").write_text("x")
    target = tmp_path / "bestand" / "uit.zip"
    done = run_algorithm("novex:export", PROPOSAL=folder / "voorstel.gpkg", DRAFT=True, OUTPUT=target)

    assert done.exit_code == 1
    assert "Traceback" not in done.messages
