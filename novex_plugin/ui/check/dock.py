"""The dock that shows what the rules say of the variant, why, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QMetaObject, QObject, Qt, QTimer
from qgis.PyQt.QtGui import QKeySequence, QShortcut
from qgis.PyQt.QtWidgets import QLabel, QProgressBar, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from novex_plugin.core.dutch import day, number
from novex_plugin.ui.check.acts import Acts
from novex_plugin.ui.check.detail import FindingDetail
from novex_plugin.ui.check.entries import SHOWN, Entries
from novex_plugin.ui.check.feature_names import FeatureNames
from novex_plugin.ui.check.filter_bar import FilterBar
from novex_plugin.ui.check.marks import FindingMarks
from novex_plugin.ui.check.rule_data import RuleData, programme_titles
from novex_plugin.ui.check.views import FindingViews

if TYPE_CHECKING:
    from novex_plugin.ui.workbench import Workbench

_GROUPING = "check_grouping"


def create(workbench: Workbench) -> CheckDock:
    """Make the dock."""
    return CheckDock(workbench)


class CheckDock(QgsDockWidget):
    """`select_finding` brings a finding, or the first one of a feature, to the front."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(workbench.iface.mainWindow() if workbench.iface is not None else None)
        self.setWindowTitle(self.tr("Test"))
        self.workbench = workbench
        self.testing = workbench.testing
        self.entries: Entries | None = None
        self.rows: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self.data = RuleData(workbench)
        self.names = FeatureNames(self)
        self.acts = Acts(self)
        self.bar, self.views = FilterBar(self), FindingViews(self)
        self.detail = FindingDetail(self.data, self.acts.recorded, self)
        self.marks = FindingMarks(workbench.iface.mapCanvas())
        self.empty, self.empty_button = QLabel(self), QPushButton(self)
        self.progress, self.pages = QProgressBar(self), QStackedWidget(self)
        self._zoom = self._later(180, self._go_to_chosen)
        self._sift = self._later(150, self.sift)
        self._quiet = False
        """Whether a choice is made again by the dock itself, which moves no map."""
        self._last = ""
        """What was chosen when the outcomes went away, or asked for when there were none."""
        self._lay_out()
        self._shortcuts()
        self._connections: list[QMetaObject.Connection] = self._connect()
        self._read_names()
        self.views.group_by(workbench.state.text(_GROUPING) or "programma")
        self.bar.groupings[self.views.grouping].setChecked(True)
        self.renew()
        self._busy(self.testing.busy)

    def release(self) -> None:
        """Hear nothing any more, and take everything off the map."""
        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections.clear()
        self._zoom.stop()
        self._sift.stop()
        self.acts.release()
        self.marks.release()

    def select_finding(self, identifier: str) -> bool:
        """Choose a finding by its id, or the gravest one of a feature by the feature's id; False when there is none."""
        if self.entries is None:
            return False
        ids = self.entries.ids
        rows = [row for row in range(len(ids)) if ids[row] == identifier] or self.testing.of_feature(identifier)
        outcome = self.entries.outcome
        rows = sorted((row for row in rows if outcome[row] >= 0), key=lambda row: int(outcome[row]))
        if not rows:
            return False
        if not self.views.choose(rows[0]):
            self.bar.clear()
            self.bar.show_outcomes(frozenset({SHOWN[outcome[rows[0]]]}))
            self.sift()
        return self.views.choose(rows[0])

    def show_item(self, item: str) -> None:
        """Show a finding, the findings of a feature, or those of rules (ids with commas between them).

        Before the first test it is remembered until there is an outcome.
        """
        if self.entries is None:
            self._last = item
            return
        rules = {part.strip() for part in item.split(",")} & set(self.entries.rules)
        if rules:
            self.show_rules(rules)
        elif not self.select_finding(item):
            self.workbench.tell(self.tr("There is no finding about this. Test the whole variant to be sure."))

    def show_rules(self, rules: Iterable[str]) -> None:
        """Show only the findings of these rules, whatever their outcome."""
        self.bar.clear()
        self.bar.show_outcomes(frozenset(SHOWN))
        self.bar.only_rules(frozenset(rules))

    def renew(self) -> None:
        """Show how the variant stands now."""
        standing = self.testing.standing
        if self.entries is not None and standing is None:
            current = self.views.current_row()
            self._last = str(self.entries.ids[current]) if current is not None else ""
        self.entries = Entries(standing, self.names.names, programme_titles()) if standing is not None else None
        self.bar.set_counts(self.entries.counts() if self.entries is not None else {})
        if self.entries is not None:
            categories = self.entries.programmes
            shown = np.unique(categories.codes).tolist()
            self.bar.set_programmes({str(categories.keys[each]): categories.labels[each] for each in shown})
        self.sift()
        if self.entries is not None and self._last:
            self._choose_last(self.entries)

    def _choose_last(self, entries: Entries) -> None:
        """Choose what was asked for before there were outcomes, or what was chosen before a test with other data."""
        last, self._last = self._last, ""
        self._quiet = True
        if last not in entries.ids:
            self.show_item(last)
        else:
            self.views.choose(entries.ids.index(last))
        self._quiet = False

    def sift(self) -> None:
        """Let through what the filters let through."""
        extent = self.marks.extent() if self.bar.in_extent.isChecked() else None
        sieve = replace(self.bar.sieve, extent=extent)
        self.rows = sieve.passed(self.entries) if self.entries is not None else np.empty(0, dtype=np.int64)
        self._quiet = True
        self.views.show_rows(self.entries, self.rows)
        self._quiet = False
        self.marks.show_rows(self.entries, self.rows)
        self._choose_page()

    def chosen(self) -> list[int]:
        """The entries that are chosen."""
        return self.views.chosen_rows()

    def _connect(self) -> list[QMetaObject.Connection]:
        bench, testing, detail = self.workbench, self.testing, self.detail
        self.views.activated.connect(lambda _: self._go_to_chosen())
        self.views.menu_asked.connect(self.acts.open_menu)
        return [
            testing.changed.connect(self.renew),
            testing.busy_changed.connect(self._busy),
            testing.progressed.connect(lambda share: self.progress.setValue(round(share))),
            bench.proposal_changed.connect(self._proposal_changed),
            bench.saved.connect(self._read_names),
            bench.edited.connect(lambda ids: self.names.renew(bench.proposal, ids)),
            bench.snapshot_changed.connect(self._data_changed),
            self.names.changed.connect(self.renew),
            bench.iface.mapCanvas().extentsChanged.connect(self._map_moved),
            self.visibilityChanged.connect(lambda _: self.marks.set_seen(self.isUserVisible())),
            self.bar.sieved.connect(self.sift),
            self.bar.grouped.connect(self._group),
            self.bar.test_asked.connect(testing.test_all),
            self.bar.cancel_asked.connect(testing.cancel),
            self.views.selection_changed.connect(self._selected),
            detail.show_asked.connect(self._go_to_chosen),
            detail.edit_asked.connect(self.acts.edit),
            detail.explain_asked.connect(self.acts.explain),
            detail.answer_asked.connect(self.acts.answer),
            detail.remedy_asked.connect(self.acts.mend),
            self.empty_button.clicked.connect(self._help_on),
        ]

    def _selected(self) -> None:
        rows = self.chosen()
        self.marks.choose(rows)
        if self.entries is None or not rows:
            self.detail.clear(self._tested_when())
        elif len(rows) == 1:
            self.detail.show_entry(self.entries, rows[0])
        else:
            self.detail.show_many(self.entries, rows)
        if not self._quiet and self.views.current_row() is not None:
            self._zoom.start()

    def _tested_when(self) -> str:
        """Of which moment the outcomes are."""
        if self.entries is None:
            return ""
        standing = self.entries.standing
        moment = datetime.fromisoformat(standing.moment).astimezone()
        said = self.tr("Tested on {day} at {time}.").format(day=day(moment.isoformat()), time=moment.strftime("%H:%M"))
        waiting = len(standing.waiting)
        if waiting:
            said += " " + self.tr("Rules about the whole variant are older than the last edit: {count}.").format(
                count=number(waiting)
            )
        return said

    def _go_to_chosen(self) -> None:
        """Bring the finding in view, or its feature where it has no place of its own."""
        self._zoom.stop()
        rows = self.chosen()
        if self.entries is None or not rows:
            return
        places = [each for row in rows if (each := self.entries.geometry(row)) is not None]
        if len(rows) > 1:
            self.marks.zoom_to(self.acts.together(places))
            return
        geometry = places[0] if places else self.acts.feature_geometry(self.entries.feature(rows[0]))
        if self.marks.zoom_to(geometry):
            self.marks.pulse(SHOWN[self.entries.outcome[rows[0]]], geometry)

    def _proposal_changed(self) -> None:
        self._read_names()
        self.renew()

    def _data_changed(self) -> None:
        self.data.forget()
        self._selected()

    def _read_names(self) -> None:
        self.names.read(self.workbench.proposal)

    def _map_moved(self) -> None:
        if self.bar.in_extent.isChecked():
            self._sift.start()

    def _group(self, grouping: str) -> None:
        self._quiet = True
        self.views.group_by(grouping)
        self._quiet = False
        self.workbench.state.set_text(_GROUPING, grouping)

    def _busy(self, busy: bool) -> None:
        self.bar.set_busy(busy)
        self.progress.setVisible(busy)
        self.progress.setValue(0)
        self._choose_page()

    def _choose_page(self) -> None:
        """The findings, or in one sentence why there are none, with the button that helps on."""
        said, button = self._why_empty()
        self.empty.setText(said)
        self.empty_button.setText(button)
        self.empty_button.setVisible(bool(button))
        self.pages.setCurrentIndex(1 if said else 0)
        self.bar.setEnabled(self.workbench.proposal is not None)

    def _why_empty(self) -> tuple[str, str]:
        if self.workbench.proposal is None:
            return self.tr("No proposal in this project yet."), self.tr("New proposal…")
        if self.entries is None:
            if self.testing.busy:
                return self.tr("The variant is being tested…"), ""
            if self.testing.refused:
                return self.tr("The test failed: {why}").format(why=self.testing.refused), self.tr("Test again")
            return self.tr("This variant has not been tested yet."), self.tr("Test the whole variant")
        if not len(self.rows):
            return self.tr("Nothing to show with these filters."), self.tr("Show all again")
        return "", ""

    def _help_on(self) -> None:
        if self.workbench.proposal is None:
            self.workbench.ask("new")
        elif self.entries is None:
            self.testing.test_all()
        else:
            self.bar.clear()
            self.bar.show_outcomes(frozenset(SHOWN))

    def _later(self, wait_ms: int, act: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait_ms)
        timer.timeout.connect(act)
        return timer

    def _shortcuts(self) -> None:
        acts = (
            ("F9", self.testing.test_all),
            (QKeySequence.StandardKey.Find, self.bar.search.setFocus),
            (QKeySequence.StandardKey.Copy, self.acts.copy),
        )
        for key, act in acts:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _lay_out(self) -> None:
        self.progress.setMaximumHeight(6)
        self.progress.setTextVisible(False)
        nothing = QWidget(self)
        column = QVBoxLayout(nothing)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addStretch()
        column.addWidget(self.empty)
        column.addWidget(self.empty_button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(2)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self.views)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        split.setSizes([300, 240])
        self.pages.addWidget(split)
        self.pages.addWidget(nothing)
        inside = QWidget(self)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(4)
        for widget in (self.bar, self.progress, self.pages):
            layout.addWidget(widget)
        layout.setStretch(2, 1)
        self.setWidget(inside)
