"""`novex:pull` in the real qgis_process: results, exit codes, and a run that is killed half-way."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from novex_plugin.core.basisset.snapshot import content_digest, read_snapshot
from novex_plugin.core.features.geopackage import read_layer
from scripts.practice import mapserver
from scripts.practice.mapserver import ServedLayer, serve_mapserver
from scripts.practice.parcels import ORIGIN, write_parcels
from scripts.practice.registers import dataset, write_practice_register

CHECKOUT = Path(__file__).resolve().parents[2]
EXTENT = "119000,140000,449000,470000 [EPSG:28992]"

pytestmark = pytest.mark.skipif(not mapserver.installed(), reason="MapServer (mapserver-bin) is not installed")


@pytest.fixture
def served(tmp_path: Path) -> ServedLayer:
    return ServedLayer("parcels", write_parcels(tmp_path / "parcels.gpkg", 6_000), "parcels")


def test_one_failing_dataset_does_not_stop_the_others(
    tmp_path: Path, served: ServedLayer, run_algorithm: Callable[..., Any]
) -> None:
    with serve_mapserver(tmp_path / "served", [served]) as server:
        register = write_practice_register(
            tmp_path / "register.json",
            dataset("goed", "wfs", server.ows, "parcels"),
            dataset("onbereikbaar", "download", server.file("weg.gpkg")),
        )
        run = run_algorithm("novex:pull", REGISTER=register, AREA=EXTENT, OUTPUT=tmp_path / "uit")
    assert run.exit_code == 0, run.messages
    assert (run.results["FEATURES"], run.results["FAILED"]) == (6_000, ["onbereikbaar"])
    assert "onbereikbaar: MISLUKT" in run.messages
    assert "404" in run.messages
    snapshot = read_snapshot(tmp_path / "uit")
    assert (snapshot.dataset("onbereikbaar").status, snapshot.dataset("goed").status) == ("failed", "pulled")


def test_the_area_may_be_a_layer_in_another_crs(
    tmp_path: Path, served: ServedLayer, run_algorithm: Callable[..., Any]
) -> None:
    x, y = ORIGIN
    area = tmp_path / "gebied.gpkg"
    square = f"POLYGON(({x} {y},{x + 1000} {y},{x + 1000} {y + 1000},{x} {y + 1000},{x} {y}))"
    made = [
        "ogr2ogr", "-f", "GPKG", area, f"CSV:{_csv(tmp_path, square)}", "-s_srs", "EPSG:28992", "-t_srs", "EPSG:4258",
        "-nln", "gebied", "-oo", "GEOM_POSSIBLE_NAMES=wkt",
    ]  # fmt: skip
    subprocess.run([str(part).removeprefix("CSV:") for part in made], check=True, capture_output=True)
    with serve_mapserver(tmp_path / "served", [served]) as server:
        register = write_practice_register(tmp_path / "register.json", dataset("wfs", "wfs", server.ows, "parcels"))
        run = run_algorithm("novex:pull", REGISTER=register, AREA=area, OUTPUT=tmp_path / "uit")
    assert run.exit_code == 0, run.messages
    assert run.results["FEATURES"] == 100


def _csv(folder: Path, wkt: str) -> Path:
    path = folder / "gebied.csv"
    path.write_text(f'id,wkt\n1,"{wkt}"\n', encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": "9.9"}, "register"),
        ({"datasets": "geen"}, "register"),
    ],
)
def test_a_register_of_another_version_or_form_ends_with_exit_code_one(
    tmp_path: Path, run_algorithm: Callable[..., Any], change: dict[str, Any], said: str
) -> None:
    register = write_practice_register(tmp_path / "register.json", dataset("a", "wfs", "http://127.0.0.1:9/", "x"))
    register.write_text(json.dumps({**json.loads(register.read_text()), **change}))
    run = run_algorithm("novex:pull", REGISTER=register, AREA=EXTENT, OUTPUT=tmp_path / "uit")
    assert run.exit_code == 1
    assert said in run.messages
    assert not (tmp_path / "uit").exists()


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"DATASETS": "bestaat-niet"}, "bestaat-niet"),
        ({"AREA": "3,4,51,52"}, "EPSG:28992"),
        ({"AREA": "onzin"}, "AREA"),
    ],
)
def test_input_that_is_itself_wrong_ends_with_exit_code_one_and_a_message(
    tmp_path: Path, run_algorithm: Callable[..., Any], inputs: dict[str, str], said: str
) -> None:
    register = write_practice_register(tmp_path / "register.json", dataset("a", "wfs", "http://127.0.0.1:9/", "x"))
    given = {"REGISTER": register, "AREA": EXTENT, "OUTPUT": tmp_path / "uit", **inputs}
    run = run_algorithm("novex:pull", **given)
    assert run.exit_code == 1
    assert said in run.messages
    assert not (tmp_path / "uit").exists()


def test_a_pull_that_is_killed_leaves_no_half_file_and_the_next_run_continues(
    tmp_path: Path, run_algorithm: Callable[..., Any]
) -> None:
    count = 25_000
    layer = ServedLayer("parcels", write_parcels(tmp_path / "parcels.gpkg", count), "parcels")
    out = tmp_path / "uit"
    with serve_mapserver(tmp_path / "served", [layer], delay_s=0.7) as server:
        entry = dataset("wfs", "wfs", server.ows, "parcels")
        register = write_practice_register(tmp_path / "register.json", entry)
        _kill_after_pages(register, out, 2)
        assert not list((out / "data").glob("*")) if (out / "data").exists() else True
        assert read_snapshot(out).datasets == ()
        before = _pages(server.requests)
        run = run_algorithm("novex:pull", REGISTER=register, AREA=EXTENT, OUTPUT=out)
        again = _pages(server.requests)[len(before) :]
    assert run.exit_code == 0, run.messages
    assert "verder na" in run.messages
    assert (run.results["FEATURES"], run.results["FAILED"]) == (count, [])
    assert "startindex=0" not in again
    assert not (out / ".pull").exists()
    path, table = read_snapshot(out).layer("wfs")
    assert len(set(read_layer(path, table).columns["code"])) == count
    assert content_digest(path) == read_snapshot(out).dataset("wfs").digest
    assert not [each.name for each in out.rglob("*") if each.name.startswith(".")]


def _pages(requests: list[str]) -> list[str]:
    return [part for each in requests for part in each.split("&") if part.startswith("startindex=")]


def _kill_after_pages(register: Path, out: Path, pages: int) -> None:
    """Start qgis_process in a group of its own and kill that group once some pages are staged."""
    inputs = {"REGISTER": str(register), "AREA": EXTENT, "OUTPUT": str(out)}
    process = subprocess.Popen(
        [CHECKOUT / "scripts" / "qgis-process", "run", "novex:pull", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps({"inputs": inputs}).encode())
    process.stdin.close()
    deadline = time.monotonic() + 60
    try:
        while _staged_pages(out) < pages:
            assert process.poll() is None, "the pull ended before it could be killed"
            assert time.monotonic() < deadline, "no pages were staged"
            time.sleep(0.05)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _staged_pages(out: Path) -> int:
    for path in out.glob(".pull/*/staging.sqlite"):
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)) as connection:
            try:
                row = connection.execute("SELECT content FROM state WHERE number = 0").fetchone()
            except sqlite3.OperationalError:
                return 0
            return int(json.loads(row[0])["pages"]) if row else 0
    return 0
