"""Twelve deliveries laid together: time and memory, and the same bytes in another order.

python -m benchmarks.merge [FEATURES]
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from novex_plugin.core.files import file_digest
from novex_plugin.core.merge.merge import Places, Request, merge
from novex_plugin.core.progress import Silent
from tests.unit.making_merges import territories, twelve

CHECKOUT = Path(__file__).resolve().parents[1]
ORDERS = 2
LIMIT_MB = 1_500


def main(count: int = 2_000) -> int:
    """Make deliveries of `count` features, merge them in two orders, and give 1 when bytes differ or memory grows
    beyond the limit."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = [province.delivery(folder) for province in twelve(count)]
        size = sum(path.stat().st_size for path in made) / 1e6
        runs = [measured(folder, number) for number in range(ORDERS)]
    print(
        f"12 deliveries of {count:,} features, {size:.1f} MB: {runs[0]['overlaps']:,} overlaps, {runs[0]['gaps']} gaps"
    )
    for run in runs:
        print(f"{run['seconds']:.1f} s, {run['memory']:.0f} MB at most, {run['written']:.0f} MB written")
    same = all(run["digests"] == runs[0]["digests"] for run in runs)
    print(f"Same bytes: {'yes' if same else 'NO'}")
    return 0 if same and max(run["memory"] for run in runs) <= LIMIT_MB else 1


def measured(folder: Path, order: int) -> dict[str, float]:
    """Merge in a process of its own, so that memory is that of merging alone."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.merge", "merge", str(folder), str(order)],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"the merge failed:\n{done.stderr}")
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def merged(folder: Path, order: int) -> dict[str, object]:
    """Merge the deliveries of a folder in one of many orders."""
    deliveries = sorted(folder.glob("*.zip"))
    shuffled = [deliveries[at] for at in np.random.default_rng(order).permutation(len(deliveries))]
    target = folder / f"uit{order}"
    places = Places(*(target / name for name in ("nl.gpkg", "balans.json", "indicatoren.csv", "nl.json")))
    started = time.perf_counter()
    content = merge(Request(shuffled, territories()), places, Silent())
    seconds = time.perf_counter() - started
    written = sorted(target.iterdir())
    return {
        "seconds": seconds,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "written": sum(path.stat().st_size for path in written) / 1e6,
        "digests": [file_digest(path) for path in written],
        "overlaps": len(content["overlaps"]),
        "gaps": len(content["gaps"]),
    }


if __name__ == "__main__":
    if sys.argv[1:2] == ["merge"]:
        print(json.dumps(merged(Path(sys.argv[2]), int(sys.argv[3]))))
        sys.exit(0)
    sys.exit(main(*(int(argument) for argument in sys.argv[1:])))
