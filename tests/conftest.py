"""What tests of several kinds share."""

from __future__ import annotations

import fcntl
import json
import os
import pickle
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scripts.practice.desk import Desk, lay_out
from scripts.practice.province import Province, make

CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Reference data that lie beside the checkout and are no part of it."""
    folder = CHECKOUT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the reference data beside the checkout (../shared) are absent")
    return folder


@dataclass(frozen=True)
class Run:
    """How a run of qgis_process ended; `results` is empty when it failed."""

    exit_code: int
    results: dict[str, Any]
    messages: str


@pytest.fixture(scope="session")
def run_algorithm() -> Callable[..., Run]:
    """Run an algorithm in the real qgis_process, parameters as JSON on standard input."""

    def run(algorithm: str, timeout: float = 120, **inputs: Any) -> Run:
        parameters = {name: str(value) if isinstance(value, Path) else value for name, value in inputs.items()}
        process = subprocess.run(
            [CHECKOUT / "scripts" / "qgis-process", "run", algorithm, "-"],
            input=json.dumps({"inputs": parameters}),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        printed = process.stdout[process.stdout.find("{") :] if "{" in process.stdout else ""
        results = json.loads(printed).get("results", {}) if process.returncode == 0 and printed else {}
        return Run(process.returncode, results, process.stderr + process.stdout)

    return run


_PROVINCE = "province.pickle"

SCALE = 0.05
"""Of the parcels of the practice province: enough for a test of the desktop."""


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], object]], Path]:
    """Make a folder that the workers of one run share: whoever comes first makes it, the others wait."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def make(name: str, fill: Callable[[Path], object]) -> Path:
        folder, unfinished = base / name, base / f"{name}-unfinished"
        with (base / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():
                fill(unfinished)
                unfinished.rename(folder)
        return folder

    return make


@pytest.fixture(scope="session")
def laid_out(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """The practice province on a desk, not to be changed."""

    def fill(folder: Path) -> None:
        province = make(SCALE)
        lay_out(folder, province)
        (folder / _PROVINCE).write_bytes(pickle.dumps(province))

    return made_once("oefenland", fill)


@pytest.fixture(scope="session")
def practice_province(laid_out: Path) -> Province:
    """The practice province itself, at the scale of the desk; not to be changed."""
    made = pickle.loads((laid_out / _PROVINCE).read_bytes())  # noqa: S301 -- written above
    assert isinstance(made, Province)
    return made


@pytest.fixture
def practice_desk(laid_out: Path, tmp_path: Path) -> Iterator[Desk]:
    """A copy of the practice province, free to be changed; it goes afterwards: hundreds of copies would fill a disk."""
    yield copied_desk(laid_out, tmp_path / "oefenland")
    shutil.rmtree(tmp_path / "oefenland", ignore_errors=True)


def copied_desk(source: Path, folder: Path) -> Desk:
    """A copy of a desk in a folder that is not there yet."""
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns(_PROVINCE, "plan.gpkg", "afgekeurd_*"))
    snapshot = folder / "momentopname"
    return Desk(folder / "voorstel.gpkg", snapshot, folder / "eigen" / "koppelingen.json", snapshot / "register.json")
