"""How much memory a pull takes: 300,000 features by WFS from a real MapServer, in the real qgis_process.

python -m benchmarks.memory [FEATURES]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scripts.practice.mapserver import ServedLayer, serve_mapserver
from scripts.practice.parcels import ORIGIN, STEP, write_parcels
from scripts.practice.registers import dataset, write_practice_register

CHECKOUT = Path(__file__).resolve().parents[1]
LIMIT_MB = 600


def main(count: int = 300_000) -> int:
    """Pull, print the time and the peak of resident memory, and give 1 when it is above the limit."""
    side = STEP * (int(count**0.5) + 2)
    x, y = ORIGIN
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        layer = ServedLayer("parcels", write_parcels(folder / "parcels.gpkg", count), "parcels")
        with serve_mapserver(folder / "served", [layer]) as server:
            entry = dataset("wfs", "wfs", server.ows, "parcels")
            inputs = {
                "REGISTER": str(write_practice_register(folder / "register.json", entry)),
                "AREA": f"{x - STEP},{x + side},{y - STEP},{y + side} [EPSG:28992]",
                "OUTPUT": str(folder / "uit"),
            }
            start = time.perf_counter()
            printed, peak = watched(folder, inputs)
            seconds = time.perf_counter() - start
    features = json.loads(printed[printed.index("{") :])["results"]["FEATURES"]
    print(f"{features:,} features in {seconds:.1f} s, at most {peak:.0f} MB with QGIS itself (limit {LIMIT_MB} MB)")
    return 0 if features == count and peak <= LIMIT_MB else 1


def watched(folder: Path, inputs: dict[str, str]) -> tuple[str, float]:
    """Run the pull; give what it printed and the highest resident memory (MB) that the kernel noted of it."""
    (folder / "inputs.json").write_text(json.dumps({"inputs": inputs}), encoding="utf-8")
    peak = 0.0
    with (folder / "inputs.json").open() as given, (folder / "printed").open("w") as printed:
        process = subprocess.Popen(
            [CHECKOUT / "scripts" / "qgis-process", "run", "novex:pull", "-"], stdin=given, stdout=printed
        )
        while process.poll() is None:
            # The script becomes qgis_process under the same number.
            status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
            noted = [line for line in status.splitlines() if line.startswith("VmHWM")]
            peak = float(noted[0].split()[1]) / 1024 if noted else peak
            time.sleep(0.05)
    if process.returncode:
        sys.exit(f"the pull ended with exit code {process.returncode}")
    return (folder / "printed").read_text(encoding="utf-8"), peak


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:])))
