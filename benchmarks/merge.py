"""Twelve deliveries laid together: time and memory, and the same bytes in every order.

python -m benchmarks.merge [--smallest 2000] [--largest 20000] [--orders 3] [--received 20] [--postgis] [--folder HERE]

`--orders` counts runs from the zips, each in a process of its own; `--received` further orders of deliveries that were
received once; `--postgis` compares the totals with those of an SQL query on the delivered rows.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.full_size import deliveries, sizes, squares
from novex_plugin.core.delivery.receive import Received, received
from novex_plugin.core.files import file_digest, read_json
from novex_plugin.core.merge import offers
from novex_plugin.core.merge.merge import Places, Request, merge
from novex_plugin.core.progress import Progress, Silent

CHECKOUT = Path(__file__).resolve().parents[1]
LIMIT_SECONDS = 600
LIMIT_MB, LIMIT_MB_EACH = 500, 0.0145
"""What may be in memory: so much, and more for each feature; 4 GB for twelve times 20,000."""


def main() -> int:
    """Make deliveries, or take those of a folder, and merge them as was asked. Gives 1 when bytes or totals differ, or
    a limit is passed."""
    asked = _asked()
    with tempfile.TemporaryDirectory() as name:
        folder = asked.folder or Path(name)
        if not list(folder.glob("*.zip")):
            counts = sizes(asked.smallest, asked.largest)
            made = deliveries(folder, counts)
            print(f"12 deliveries, {sum(counts):,} features, {_megabytes(made):.0f} MB", flush=True)
        runs = [_measured(folder, order) for order in range(asked.orders)]
        if asked.received:
            runs += _of_received(folder, asked.received)
        same = all(run["digests"] == runs[0]["digests"] for run in runs)
        print(f"Same bytes in {len(runs)} orders: {'yes' if same else 'NO'}", flush=True)
        close = not asked.postgis or _as_postgis_says(folder)
    from_zips = runs[: asked.orders]
    slow = any(
        run["seconds"] > LIMIT_SECONDS or run["memory"] > LIMIT_MB + LIMIT_MB_EACH * run["features"]
        for run in from_zips
    )
    return 0 if same and close and not slow else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, usual in (("smallest", 2_000), ("largest", 2_000), ("orders", 2), ("received", 0)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--postgis", action="store_true")
    parser.add_argument("--folder", type=Path, help="where deliveries are, or are left")
    return parser.parse_args()


def _megabytes(files: list[Path]) -> float:
    return sum(path.stat().st_size for path in files) / 1e6


def _measured(folder: Path, order: int) -> dict[str, Any]:
    """Merge from the zips in a process of its own, so that memory is that of merging alone."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.merge", "merge", str(folder), str(order)],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"the merge failed:\n{done.stderr}")
    answer: dict[str, Any] = json.loads(done.stdout)
    _tell(order, answer)
    return answer


def _tell(order: int, run: dict[str, Any]) -> None:
    figures = (
        "{seconds:.1f} s ({computing:.1f} s of computing), {memory:.0f} MB at most, {written:.0f} MB written".format(
            **run
        )
    )
    print(f"order {order}: {figures}; {run['overlaps']} overlaps, {run['gaps']} gaps", flush=True)


def merged(folder: Path, order: int) -> dict[str, Any]:
    """Merge the deliveries of a folder in one of many orders."""
    files = sorted(folder.glob("*.zip"))
    shuffled = [files[at] for at in np.random.default_rng(order).permutation(len(files))]
    target = folder / "uit"
    shutil.rmtree(target, ignore_errors=True)
    places = Places(*(target / name for name in ("nl.gpkg", "balans.json", "indicatoren.csv", "nl.json")))
    started, computed = time.perf_counter(), time.process_time()
    content = merge(Request(shuffled, squares()), places, Silent())
    seconds = time.perf_counter() - started
    written = sorted(target.iterdir())
    return {
        "seconds": seconds,
        "computing": time.process_time() - computed,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "written": _megabytes(written),
        "digests": [file_digest(path) for path in written],
        "features": sum(each["features"] for each in content["deliveries"]),
        "overlaps": len(content["overlaps"]),
        "gaps": len(content["gaps"]),
    }


def _of_received(folder: Path, several: int) -> list[dict[str, Any]]:
    """Merge in further orders what was received once."""
    runs = []
    with tempfile.TemporaryDirectory() as name:
        taken = {path.resolve(): received(path.resolve(), Path(name)) for path in folder.glob("*.zip")}

        def again(delivery: Path, _work: Path, _progress: Progress | None = None) -> Received:
            return taken[delivery]

        offers.received = again
        try:
            for order in range(1_000, 1_000 + several):
                runs.append(merged(folder, order))
                _tell(order, runs[-1])
        finally:
            offers.received = received
    return runs


def _as_postgis_says(folder: Path) -> bool:
    """Whether the country's totals are those of an SQL query, but for a part in a thousand million."""
    from benchmarks.merge_sql import totals  # needs a server with PostGIS

    says = totals(sorted(folder.glob("*-bag/data/voorstel/voorstel.gpkg")))
    drawn = {
        (each["indicator"], each["year"]): float(each["drawn"])
        for each in read_json(folder / "uit" / "nl.json", "merge")["totals"]
        if each["drawn"]
    }
    apart = {key: abs(drawn.get(key, 0.0) - says.get(key, 0.0)) / drawn.get(key, 1.0) for key in {*drawn, *says}}
    print(f"{len(drawn)} totals; PostGIS differs by {max(apart.values()):.1e} at most, relatively")
    return max(apart.values()) <= 1e-9


if __name__ == "__main__":
    if sys.argv[1:2] == ["merge"]:
        print(json.dumps(merged(Path(sys.argv[2]), int(sys.argv[3]))))
        sys.exit(0)
    sys.exit(main())
