"""Lay `resources/` and `schemas/` inside the plugin and zip it for QGIS's plugin manager, the same bytes every time."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

from scripts.translations import compile_dutch

CHECKOUT = Path(__file__).resolve().parents[1]
PLUGIN = "novex_plugin"
FIXED_TIME = (1980, 1, 1, 0, 0, 0)


def package(target_folder: Path) -> Path:
    """Write `dist/novex_plugin-<version>.zip` from the files that git tracks, and give its path."""
    metadata = (CHECKOUT / PLUGIN / "metadata.txt").read_text(encoding="utf-8")
    version = next(line.split("=", 1)[1] for line in metadata.splitlines() if line.startswith("version="))
    tracked = subprocess.run(
        ["git", "ls-files", PLUGIN, "resources", "schemas", "LICENSE", "CHANGELOG.md"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    compiled = compile_dutch().relative_to(CHECKOUT).as_posix()
    target_folder.mkdir(exist_ok=True)
    target = target_folder / f"{PLUGIN}-{version}.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted([*tracked, compiled]):
            inside = name if name.startswith(PLUGIN) else f"{PLUGIN}/{name}"
            entry = zipfile.ZipInfo(inside, FIXED_TIME)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, (CHECKOUT / name).read_bytes())
    return target


if __name__ == "__main__":
    print(package(CHECKOUT / "dist"))
