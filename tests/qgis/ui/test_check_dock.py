"""The dock with findings: what it shows, what is chosen in it, and what stays when the outcomes change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from qgis.core import QgsProject
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtCore import QModelIndex, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

from novex_plugin.core.check.run import check
from novex_plugin.core.check.standing import Standing, standing_of
from novex_plugin.core.progress import Silent
from novex_plugin.core.rules.model import GEMOTIVEERD, NIET_TOETSBAAR, OVERTREEDT, VOLDOET
from novex_plugin.ui.check.branches import GROUPINGS
from novex_plugin.ui.check.dock import CheckDock, create
from novex_plugin.ui.check.entries import SHOWN
from novex_plugin.ui.check.table_model import MEASURED
from novex_plugin.ui.check.views import TABLE
from novex_plugin.ui.workbench import Workbench

WAIT_MS = 60_000


@pytest.fixture(scope="module")
def tested(_styled: Path) -> Standing:
    """How the practice province stands; only to be looked at."""
    bindings = _styled / "eigen" / "koppelingen.json"
    proposal, snapshot = _styled / "voorstel.gpkg", _styled / "momentopname"
    return standing_of(check(proposal, "basis", snapshot, bindings, None, datetime.now(UTC), Silent()))


@pytest.fixture
def dock(bench: Workbench, tested: Standing) -> Iterator[CheckDock]:
    made = create(bench)
    stand(made, tested)
    made.resize(340, 600)
    made.show()
    yield made
    made.release()
    made.close()
    made.deleteLater()


def stand(dock: CheckDock, standing: Standing | None) -> None:
    dock.testing.standing = standing
    dock.testing.changed.emit()


def rows_of(dock: CheckDock, rule: str) -> list[int]:
    entries = dock.entries
    assert entries is not None
    return [row for row in range(len(entries)) if entries.rule_id(row) == rule]


def placed(dock: CheckDock) -> int:
    """A finding that is shown and has an area."""
    assert dock.entries is not None
    return next(row for row in dock.rows.tolist() if (g := dock.entries.geometry(row)) is not None and g.area > 0)


def below(model: Any, parent: QModelIndex) -> Iterator[QModelIndex]:
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        assert model.parent(index) == parent
        yield index
        yield from below(model, index)


def test_counts_are_of_rules_and_let_through_what_they_count(dock: CheckDock, tested: Standing) -> None:
    for outcome, button in dock.bar.outcomes.items():
        assert button.text() == str(sum(each.outcome == outcome for each in tested.outcomes))
    assert dock.entries is not None
    assert {SHOWN[dock.entries.outcome[row]] for row in dock.rows.tolist()} == {OVERTREEDT, GEMOTIVEERD}
    QTest.mouseClick(dock.bar.outcomes[NIET_TOETSBAAR], Qt.MouseButton.LeftButton)
    QTest.mouseClick(dock.bar.outcomes[OVERTREEDT], Qt.MouseButton.LeftButton)
    assert {SHOWN[dock.entries.outcome[row]] for row in dock.rows.tolist()} == {NIET_TOETSBAAR, GEMOTIVEERD}
    untested = [each for each in tested.outcomes if each.outcome == NIET_TOETSBAAR and not len(each.found.rows)]
    shown = {dock.entries.rule_id(row) for row in dock.rows.tolist() if not dock.entries.is_finding(row)}
    assert shown == {each.rule.id for each in untested}


def test_every_rule_that_meets_or_fails_is_somewhere(dock: CheckDock, tested: Standing) -> None:
    dock.bar.show_outcomes(frozenset(SHOWN))
    assert dock.entries is not None
    shown = {dock.entries.rule_id(row) for row in dock.rows.tolist()}
    assert {each.rule.id for each in tested.outcomes if each.outcome in SHOWN} <= shown
    assert len(set(dock.entries.ids)) == len(dock.entries)


@pytest.mark.parametrize("grouping", GROUPINGS)
def test_the_tree_holds_every_shown_entry_once(dock: CheckDock, grouping: str, qtmodeltester: Any) -> None:
    dock.bar.show_outcomes(frozenset(SHOWN))
    dock.bar.groupings[grouping].trigger()
    model = dock.views.tree_model
    qtmodeltester.check(model)
    found = []
    for index in below(model, QModelIndex()):
        if not model.is_group(index):
            (row,) = model.rows_below(index)
            assert model.index_of(row) == index
            found.append(row)
        elif index.siblingAtColumn(1).data() is not None:
            assert index.siblingAtColumn(1).data() == str(len(model.rows_below(index)))
    assert sorted(found) == dock.rows.tolist()


def test_the_table_sorts_by_what_was_measured(dock: CheckDock, qtmodeltester: Any) -> None:
    dock.bar.groupings[TABLE].trigger()
    model = dock.views.table_model
    qtmodeltester.check(model)
    dock.views.table.sortByColumn(MEASURED, Qt.SortOrder.DescendingOrder)
    assert dock.entries is not None
    values = [dock.entries.value(int(row), "gemeten") for row in model.rows]
    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=True)
    assert values[: len(known)] == known
    for column in range(model.columnCount()):
        model.sort(column)
        assert sorted(model.rows.tolist()) == dock.rows.tolist()


def test_search_finds_rules_features_and_programmes(dock: CheckDock, qtbot: Any) -> None:
    assert dock.entries is not None
    row = placed(dock)
    name = dock.entries.feature_label(row)
    with qtbot.waitSignal(dock.bar.sieved):
        QTest.keyClicks(dock.bar.search, name.upper())
    assert row in dock.rows.tolist()
    for each in dock.rows.tolist():
        said = f"{dock.entries.rule_text(each)} {dock.entries.feature_label(each)} {dock.entries.message(each)}"
        assert all(word in said.casefold() for word in name.casefold().split())
    with qtbot.waitSignal(dock.bar.sieved):
        dock.bar.search.setText("zoiets staat nergens")
    assert not len(dock.rows)
    assert dock.pages.currentIndex() == 1
    QTest.mouseClick(dock.empty_button, Qt.MouseButton.LeftButton)
    assert len(dock.rows) == np.count_nonzero(dock.entries.outcome >= 0)


def test_hardness_and_programme_hide(dock: CheckDock) -> None:
    assert dock.entries is not None
    dock.bar.hardness["verbod"].setChecked(False)
    assert dock.bar.filter.isChecked()
    assert "verbod" not in {dock.entries.hardness_word(row) for row in dock.rows.tolist()}
    first = dock.bar.programmes.actions()[0]
    first.setChecked(False)
    kept = {dock.entries.programmes.keys[dock.entries.programmes.codes[row]] for row in dock.rows.tolist()}
    assert first.data() not in kept
    assert kept
    dock.bar.clear()
    assert not dock.bar.filter.isChecked()


def test_the_view_of_the_map_is_a_filter(dock: CheckDock) -> None:
    assert dock.entries is not None
    row = placed(dock)
    assert dock.marks.zoom_to(dock.entries.geometry(row))
    dock.bar.in_extent.setChecked(True)
    seen = dock.rows.tolist()
    assert row in seen
    west, south, east, north = dock.marks.extent() or (0, 0, 0, 0)
    for each in seen:
        bounds = dock.entries.geometry(each).bounds
        assert bounds[0] <= east
        assert bounds[2] >= west
        assert bounds[1] <= north
        assert bounds[3] >= south
    dock.bar.in_extent.setChecked(False)
    assert len(dock.rows) > len(seen)


def test_what_is_chosen_is_told_and_zoomed_to(dock: CheckDock, qtbot: Any) -> None:
    assert dock.entries is not None
    row = placed(dock)
    dock.workbench.iface.mapCanvas().setExtent(dock.workbench.iface.mapCanvas().fullExtent())
    assert dock.views.choose(row)
    assert dock.entries.rule_text(row) in dock.detail.text.text().replace("&#x27;", "'")
    assert dock.detail.show_button.isVisibleTo(dock.detail)
    bounds = dock.entries.geometry(row).bounds

    def zoomed() -> bool:
        west, south, east, north = dock.marks.extent() or (0, 0, 0, 0)
        wide = (bounds[2] - bounds[0]) + 2 * 60
        inside = west < bounds[0] and south < bounds[1] and east > bounds[2] and north > bounds[3]
        return inside and (east - west) < 40 * wide

    qtbot.waitUntil(zoomed, timeout=5_000)


def test_a_live_update_keeps_what_is_chosen_open_and_in_sight(dock: CheckDock, tested: Standing) -> None:
    assert dock.entries is not None
    row = dock.rows.tolist()[len(dock.rows) // 2]
    identifier = dock.entries.ids[row]
    assert dock.views.choose(row)
    tree, model = dock.views.tree, dock.views.tree_model
    opened = {model.key(index) for index in below(model, QModelIndex()) if tree.isExpanded(index)}
    place = tree.verticalScrollBar().value()
    kept = np.flatnonzero(tested.findings.columns["id"] != dock.entries.ids[dock.rows[0]])
    assert identifier != dock.entries.ids[dock.rows[0]]
    extent = dock.workbench.iface.mapCanvas().extent()
    dock._zoom.stop()
    stand(dock, replace(tested, findings=tested.findings.take(kept)))
    assert [dock.entries.ids[each] for each in dock.chosen()] == [identifier]
    assert {model.key(index) for index in below(model, QModelIndex()) if tree.isExpanded(index)} == opened
    assert tree.verticalScrollBar().value() == place
    QTest.qWait(300)
    assert dock.workbench.iface.mapCanvas().extent() == extent
    gone = np.flatnonzero(tested.findings.columns["id"] != identifier)
    stand(dock, replace(tested, findings=tested.findings.take(gone)))
    assert dock.chosen() == []


def test_a_choice_survives_another_grouping_and_new_data(dock: CheckDock, tested: Standing) -> None:
    assert dock.entries is not None
    row = placed(dock)
    identifier = dock.entries.ids[row]
    dock.views.choose(row)
    for grouping in (*GROUPINGS[1:], TABLE, GROUPINGS[0]):
        dock.bar.groupings[grouping].trigger()
        assert [dock.entries.ids[each] for each in dock.chosen()] == [identifier]
    assert dock.workbench.state.text("check_grouping") == GROUPINGS[0]
    stand(dock, None)
    assert dock.pages.currentIndex() == 1
    stand(dock, tested)
    assert [dock.entries.ids[each] for each in dock.chosen()] == [identifier]


def test_a_finding_can_be_brought_to_the_front_from_elsewhere(dock: CheckDock, tested: Standing) -> None:
    assert dock.entries is not None
    for button in dock.bar.outcomes.values():
        button.setChecked(False)
    row = next(
        row for row in range(dock.entries.findings) if dock.entries.feature(row) and dock.entries.outcome[row] == 0
    )
    assert dock.select_finding(str(dock.entries.feature(row)))
    assert dock.entries.feature(dock.chosen()[0]) == dock.entries.feature(row)
    assert dock.select_finding(dock.entries.ids[row])
    assert dock.chosen() == [row]
    assert not dock.select_finding("bestaat niet")
    rule = dock.entries.rule_id(row)
    dock.show_item(rule)
    assert {dock.entries.rule_id(each) for each in dock.rows.tolist()} == {rule}
    dock.bar.clear()
    stand(dock, None)
    dock.show_item(str(tested.findings.columns["id"][row]))
    stand(dock, tested)
    assert dock.chosen() == [row]


def test_findings_lie_on_the_map_until_the_dock_goes(dock: CheckDock) -> None:
    canvas = dock.workbench.iface.mapCanvas()
    assert dock.entries is not None
    dock.marks.zoom_to(dock.entries.geometry(placed(dock)))
    dock.marks.draw()
    assert placed(dock) in dock.marks.drawn
    assert bands(canvas)
    assert "✕" in dock.marks.reading(placed(dock))
    assert not QgsProject.instance().annotationManager().annotations()
    assert QgsProject.instance().mainAnnotationLayer().isEmpty()
    dock.release()
    assert not bands(canvas)


def bands(canvas: Any) -> list[QgsRubberBand]:
    return [item for item in canvas.scene().items() if isinstance(item, QgsRubberBand)]


def test_what_is_chosen_is_copied_as_text(dock: CheckDock) -> None:
    assert dock.entries is not None
    row = placed(dock)
    dock.views.choose(row)
    dock.acts.copy()
    said = QApplication.clipboard().text()
    assert dock.entries.rule_text(row) in said
    assert dock.entries.message(row) in said
    assert dock.entries.feature_label(row) in said


def test_a_rule_can_be_chosen_with_all_its_findings(dock: CheckDock) -> None:
    dock.bar.groupings["regel"].trigger()
    model = dock.views.tree_model
    index = next(model.index(row, 0) for row in range(model.rowCount()) if model.rowCount(model.index(row, 0)) > 1)
    dock.views.tree.setCurrentIndex(index)
    assert dock.chosen() == sorted(model.rows_below(index))
    assert str(len(dock.chosen())) in dock.detail.text.text()


def test_a_feature_that_is_gone_is_said_to_be_gone(dock: CheckDock, qgis_iface: Any, monkeypatch: Any) -> None:
    told: list[str] = []
    monkeypatch.setattr(dock.workbench, "warn", told.append)
    assert dock.entries is not None
    assert dock.workbench.proposal is not None
    row = next(row for row in dock.rows.tolist() if dock.entries.feature(row))
    found = dock.workbench.proposal.feature(str(dock.entries.feature(row)))
    assert found is not None
    layer, feature = found
    layer.startEditing()
    layer.deleteFeature(feature.id())
    dock.views.choose(row)
    dock.acts.edit()
    assert len(told) == 1
    layer.rollBack()


def test_a_test_runs_and_a_proposal_that_goes_meanwhile_leaves_nothing(dock: CheckDock, qtbot: Any) -> None:
    QTest.mouseClick(dock.bar.test, Qt.MouseButton.LeftButton)
    assert dock.testing.busy
    assert dock.progress.isVisibleTo(dock)
    QgsProject.instance().clear()
    qtbot.waitUntil(lambda: not dock.testing.busy, timeout=WAIT_MS)
    assert dock.entries is None
    assert dock.workbench.proposal is None
    assert dock.pages.currentIndex() == 1
    asked: list[tuple[str, str]] = []
    dock.workbench.step_asked.connect(lambda *step: asked.append(step))
    QTest.mouseClick(dock.empty_button, Qt.MouseButton.LeftButton)
    assert asked == [("new", "")]


def test_a_test_can_be_stopped_and_what_stood_stays(dock: CheckDock, tested: Standing, qtbot: Any) -> None:
    QTest.mouseClick(dock.bar.test, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dock.bar.test, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dock.testing.busy, timeout=WAIT_MS)
    assert dock.testing.standing is tested
    assert dock.entries is not None
    assert VOLDOET in dock.entries.counts()


def test_a_broken_finding_table_row_is_shown_all_the_same(dock: CheckDock, tested: Standing) -> None:
    columns = dict(tested.findings.columns)
    columns["regel"] = columns["regel"].copy()
    columns["regel"][0] = "geometrie"
    columns["uitkomst"] = columns["uitkomst"].copy()
    columns["uitkomst"][0] = OVERTREEDT
    stand(dock, replace(tested, findings=replace(tested.findings, columns=columns)))
    assert dock.views.choose(0)
    assert dock.detail.text.text()
