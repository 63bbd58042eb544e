"""Findings taken out of QGIS: as text, as a table, and as the files of a check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from qgis.core import Qgis
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QFileDialog

from novex_plugin.core.progress import Progress
from novex_plugin.ui.check.entries import SHOWN, Entries
from novex_plugin.ui.look import OUTCOME_LOOKS
from novex_plugin.ui.tasks import start

if TYPE_CHECKING:
    from novex_plugin.ui.check.dock import CheckDock
    from novex_plugin.ui.workbench import Workbench


def as_text(entries: Entries, rows: Sequence[int]) -> str:
    """Entries as text to paste in a letter: outcome, rule, whose, message and source."""
    told = []
    for row in rows:
        look = OUTCOME_LOOKS[SHOWN[entries.outcome[row]]]
        found = entries.outcome_of(row)
        feature = f"{entries.feature_label(row)}: " if entries.feature(row) is not None else ""
        lines = [f"{look.sign} {entries.rule_text(row)} ({look.word})", f"{feature}{entries.message(row)}"]
        if found is not None:
            lines.append(str(found.rule.citation))
        told.append("\n".join(lines))
    return "\n\n".join(told)


class Export(QObject):
    """Asks where to, and writes in the background."""

    def __init__(self, workbench: Workbench, dock: CheckDock) -> None:
        super().__init__(dock)
        self._bench = workbench
        self._dock = dock

    def shown(self) -> None:
        """The findings that the filters let through, as CSV."""
        target = self._asked(self.tr("Export findings"), "bevindingen.csv", "CSV (*.csv)")
        if target is not None:
            self.write_csv(target)

    def everything(self) -> None:
        """All outcomes, in the files that a check writes."""
        target = self._asked(self.tr("Export outcomes"), "bevindingen.gpkg", "GeoPackage (*.gpkg)")
        if target is not None:
            self.write_check(target)

    def write_csv(self, target: Path) -> None:
        """Write the findings that are shown."""
        entries, rows = self._dock.entries, self._dock.rows
        if entries is None:
            return
        findings = entries.standing.findings.take(np.sort(rows[rows < entries.findings]))
        texts = {name: each.rule.nl for name, each in entries.rules.items()}

        def write(progress: Progress) -> Any:
            from novex_plugin.core.check.findings_csv import write_findings_csv

            write_findings_csv(target, findings, texts)

        start(self.tr("Export findings"), write, lambda _: self._written(target), self._bench.warn)

    def write_check(self, target: Path) -> None:
        """Test what is on the screen once more, and write a GeoPackage with a JSON file beside it."""
        screen = self._bench.screen
        if screen is None:
            return
        taken, variant = screen.taken(), self._bench.variant
        snapshot, bindings = self._bench.snapshot, self._bench.bindings

        def write(progress: Progress) -> Any:
            from novex_plugin.core.check.run import check_proposal, write_findings
            from novex_plugin.core.moment import as_stored
            from novex_plugin.qgis_adapter.finding_styles import store_finding_styles

            now = datetime.now(UTC)
            result = check_proposal(taken(), variant, snapshot, bindings, None, now, progress)
            styles = as_stored(now)
            write_findings(result, target, target.with_suffix(".json"), lambda path: store_finding_styles(path, styles))

        start(self.tr("Export outcomes"), write, lambda _: self._written(target), self._bench.warn)

    def _asked(self, title: str, name: str, kinds: str) -> Path | None:
        proposal = self._bench.proposal
        folder = proposal.place.folder if proposal is not None else Path.home()
        chosen, _ = QFileDialog.getSaveFileName(self._bench.iface.mainWindow(), title, str(folder / name), kinds)
        if not chosen:
            return None
        suffix = Path(name).suffix
        return Path(chosen) if chosen.lower().endswith(suffix) else Path(f"{chosen}{suffix}")

    def _written(self, target: Path) -> None:
        said = self.tr("Written: {file}").format(file=target)
        self._bench.tell(said, Qgis.MessageLevel.Success)
