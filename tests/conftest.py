"""What tests of several kinds share."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

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
