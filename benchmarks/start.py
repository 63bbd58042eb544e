"""What the plugin adds to the start of QGIS, beside plugins that come with it: medians of fresh starts.

    python -m benchmarks.start [--times 10]

Each start is a new desktop in a new profile; in it every plugin is loaded and started once, timed from its import on.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path

from scripts.desktop import run_desktop, virtual_screen

LIMIT_MS = 150
PLUGINS = ("novex_plugin", "db_manager", "MetaSearch", "grassprovider", "processing")

_STEPS = """
import json, time
from qgis import utils
utils.updateAvailablePlugins()
took = {}
for name in %r:
    if name not in utils.available_plugins or name in utils.active_plugins:
        continue
    begun = time.perf_counter()
    assert utils.loadPlugin(name) and utils.startPlugin(name), name
    took[name] = 1000 * (time.perf_counter() - begun)
print("TOOK", json.dumps(took))
"""


def main() -> int:
    """Print a line for each plugin; gives 1 when ours takes longer than the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=10)
    times = parser.parse_args().times
    runs: list[dict[str, float]] = []
    with virtual_screen() as screen, tempfile.TemporaryDirectory(prefix="novex-") as folder:
        for number in range(times):
            # Ours goes first in one start and last in the next: who comes first pays for what they share.
            order = PLUGINS if number % 2 == 0 else PLUGINS[::-1]
            place = Path(folder) / str(number)
            ended = run_desktop(screen, place, _STEPS % (list(order),), place / "pictures", plugins=())
            if ended.exit_code:
                print(ended.printed)
                return 1
            runs.append(json.loads(ended.printed.split("TOOK", 1)[1].splitlines()[0]))
    ours = statistics.median(run["novex_plugin"] for run in runs)
    for name in sorted(runs[0]):
        taken = [run[name] for run in runs if name in run]
        median, most = statistics.median(taken), max(taken)
        print(f"{name:14} {median:7.1f} ms (at most {most:.1f}), {median / ours:5.2f} times ours")
    print(f"Under {LIMIT_MS} ms: {'yes' if ours < LIMIT_MS else 'no'} (median of {times})")
    return int(ours >= LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
