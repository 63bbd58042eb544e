"""The zip for QGIS's plugin manager runs by itself, without the checkout."""

from __future__ import annotations

import os
import subprocess
import zipfile
from pathlib import Path

from scripts.package import CHECKOUT, package


def test_the_package_runs_without_the_checkout_and_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    archive = package(tmp_path / "een")
    assert archive.read_bytes() == package(tmp_path / "twee").read_bytes()
    with zipfile.ZipFile(archive) as opened:
        names = opened.namelist()
        opened.extractall(tmp_path / "plugins")
    assert {"novex_plugin/metadata.txt", "novex_plugin/LICENSE", "novex_plugin/i18n/novex_nl.qm"} <= set(names)
    assert not [name for name in names if not name.startswith("novex_plugin/")]
    (tmp_path / "runtime").mkdir(mode=0o700)
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_PLUGINPATH": str(tmp_path / "plugins"),
        "QGIS_CUSTOM_CONFIG_PATH": str(tmp_path / "profile"),
        "XDG_RUNTIME_DIR": str(tmp_path / "runtime"),
        "PYTHONPATH": str(next((CHECKOUT / ".venv" / "lib").glob("python3*")) / "site-packages"),
    }
    (tmp_path / "profile").mkdir()
    subprocess.run(["qgis_process", "plugins", "enable", "novex_plugin"], env=environment, check=True, cwd=tmp_path)
    run = subprocess.run(
        [
            "qgis_process",
            "run",
            "novex:newproposal",
            "--PROVINCE=PV31",
            "--VARIANT=basis",
            f"--OUTPUT={tmp_path}/v.gpkg",
        ],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "v.gpkg").is_file()
