"""One edited feature at a time put to all rules and a whole basisset, while one draws; beside it a full check.

python -m benchmarks.live [BASISSET [DRAWN [EDITS]]]
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import shapely

from benchmarks import large_basisset
from benchmarks.large_basisset import MOMENT, VARIANT, Large
from novex_plugin.core.check.live import LiveResult, LiveTest
from novex_plugin.core.check.run import CheckResult, check_proposal
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.progress import Silent
from novex_plugin.core.proposal.edits import TableEdits, edited
from novex_plugin.core.proposal.read import Proposal, read_proposal
from novex_plugin.core.proposal.schema import FEATURE_TABLES

LIMIT_MS = 50.0
"""What the test of one feature may take, in 95 of 100 edits."""


@dataclass
class Drawer:
    """Moves features one by one, and leaves every edit unsaved: the edits of a table grow, as in an edit session."""

    saved: Proposal
    random: np.random.Generator = field(default_factory=lambda: np.random.default_rng(11))
    places: dict[str, list[int]] = field(default_factory=dict)
    shapes: dict[tuple[str, int], shapely.Geometry] = field(default_factory=dict)

    def move(self) -> tuple[dict[str, TableEdits], str]:
        """Move a feature up to 300 m; gives all edits so far and the id of the feature."""
        table = list(FEATURE_TABLES.values())[int(self.random.choice(3, p=[0.7, 0.15, 0.15]))]
        rows = self.saved.tables[table]
        place = int(self.random.integers(0, len(rows)))
        x, y = self.random.uniform(-300, 300, 2)
        shape = self.shapes.get((table, place), rows.geometry[place])
        self.shapes[table, place] = shapely.transform(shape, lambda points: points + np.array([x, y]))
        edits = {}
        for name in {each for each, _ in self.shapes}:
            places = [at for each, at in self.shapes if each == name]
            changed = rows_of(self.saved.tables[name], places, [self.shapes[name, at] for at in places])
            edits[name] = TableEdits(changed=changed)
        return edits, str(rows.columns["id"][place])


def rows_of(rows: FeatureTable, places: list[int], shapes: list[shapely.Geometry]) -> FeatureTable:
    """Some rows of a table in another shape."""
    geometry = np.empty(len(shapes), dtype=object)
    geometry[:] = shapes
    return FeatureTable(rows.name, geometry, rows.take(np.array(places)).columns)


def main(basisset: int = 200_000, drawn: int = 2_000, edits: int = 200) -> int:
    """Measure, print a table, and give 1 when an answer differs from the check's or the limit is passed."""
    with tempfile.TemporaryDirectory() as name:
        made = large_basisset.make(Path(name), basisset, drawn)
        saved = read_proposal(made.proposal)
        begin = time.perf_counter()
        live = LiveTest(made.snapshot, made.bindings, None, lambda: MOMENT)
        live.warm(saved, Silent())
        warm = time.perf_counter() - begin
        proposal, session = drawn_on(live, saved, edits)
        begin = time.perf_counter()
        full = checked(made, proposal)
        whole = time.perf_counter() - begin
        same = agree(live, full, proposal, [result.features[0] for result in session.results])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    asked, found = (
        statistics.mean(numbers)
        for numbers in zip(*((len(each.rules), len(each.findings)) for each in session.results), strict=True)
    )
    print(f"\n{basisset:,} features of the basisset, {drawn:,} drawn, {len(full.outcomes)} rules, {edits} edits;")
    print(f"on average {asked:.0f} rules about a feature and {found:.1f} findings\n")
    print("| | median (ms) | p95 (ms) | full check : median |\n|---|---|---|---|")
    testing = [result.seconds for result in session.results]
    for title, seconds in (
        ("test of one feature", testing),
        ("of which computing", session.computing),
        ("its edits laid over the file", session.laying),
    ):
        median = 1e3 * statistics.median(seconds)
        print(f"| {title} | {median:.1f} | {1e3 * np.percentile(seconds, 95):.1f} | {1e3 * whole / median:,.0f} |")
    print(f"| full check (once) | {1e3 * whole:,.0f} | | 1 |")
    print(f"\nWarm-up {warm:.1f} s, at most {memory:,.0f} MB. Same findings: {'yes' if same else 'NO'}.")
    return 0 if same and 1e3 * np.percentile(testing, 95) <= LIMIT_MS else 1


@dataclass
class Session:
    """What came of edits: the seconds that laying them over the file and testing took, and the results."""

    laying: list[float] = field(default_factory=list)
    computing: list[float] = field(default_factory=list)
    results: list[LiveResult] = field(default_factory=list)


def drawn_on(live: LiveTest, saved: Proposal, edits: int) -> tuple[Proposal, Session]:
    """Edit features one after another and test each."""
    drawer, session, proposal = Drawer(saved), Session(), saved
    for _ in range(edits):
        changes, feature = drawer.move()
        begin = time.perf_counter()
        proposal = edited(saved, changes)
        session.laying.append(time.perf_counter() - begin)
        computed = time.thread_time()
        session.results.append(live.test(proposal, VARIANT, [feature], Silent()))
        session.computing.append(time.thread_time() - computed)
    return proposal, session


def checked(made: Large, proposal: Proposal) -> CheckResult:
    """A full check of what is drawn."""
    return check_proposal(proposal, VARIANT, made.snapshot, made.bindings, None, MOMENT, Silent())


def agree(live: LiveTest, full: CheckResult, proposal: Proposal, ids: list[str]) -> bool:
    """Whether the features that were edited have the same findings, as they are now, in the full check."""
    for name in sorted(set(ids)):
        result = live.test(proposal, VARIANT, [name], Silent())
        columns = full.findings.columns
        mine = (columns["kenmerk"] == name) & ~np.isin(columns["regel"].astype(str), result.waiting)
        wanted = full.findings.take(mine).columns
        if any(str(wanted[each].tolist()) != str(result.findings.columns[each].tolist()) for each in wanted):
            return False
    return True


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:])))
