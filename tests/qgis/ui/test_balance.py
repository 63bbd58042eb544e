"""The dock Balans with the practice province: bars, figures, the way to the features, and what goes wrong."""

from __future__ import annotations

import csv
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsFeature, QgsProject
from qgis.PyQt.QtCore import QItemSelectionModel, Qt, QUrl
from qgis.PyQt.QtTest import QAbstractItemModelTester, QTest
from qgis.PyQt.QtWidgets import QApplication

from novex_plugin.core.agreement import agreement_path, read_agreement
from novex_plugin.core.check.balance import Balance, Line
from novex_plugin.core.check.balance import balance as count
from novex_plugin.core.check.claims import Claim
from novex_plugin.core.dutch import number
from novex_plugin.ui.balance.arranging import (
    ALL_YEARS,
    EVERYWHERE,
    LAST,
    MIDDLE,
    Group,
    Row,
    Scope,
    arranged,
    parts_of,
    reached,
    spots,
)
from novex_plugin.ui.balance.detail import Detail
from novex_plugin.ui.balance.dock import BalanceDock, create
from novex_plugin.ui.balance.model import ITEM, BalanceModel
from novex_plugin.ui.balance.wording import BalanceWords
from novex_plugin.ui.workbench import Workbench
from scripts.practice.desk import Desk

HOMES = "target:q-prov-woningen-gelderland"
PLACE_HOMES = "place:PV25"
PATIENCE = 20_000


@pytest.fixture
def dock(bench: Workbench, qtbot: Any) -> Iterator[BalanceDock]:
    """The dock, seen, with the balance counted."""
    made = create(bench)
    qtbot.addWidget(made)
    made.resize(340, 600)
    made.show()
    qtbot.waitUntil(lambda: bench.counting.balance is not None and made.stack.currentIndex() == 1, timeout=PATIENCE)
    yield made
    made.release()


_ONCE: dict[str, Balance] = {}


@pytest.fixture
def balance(oefenland: Desk) -> Balance:
    """The balance alone, counted once: nothing changes it."""
    if not _ONCE:
        _ONCE["basis"] = count(oefenland.proposal, "basis", None, datetime(2026, 11, 20, 8, tzinfo=UTC))
    return _ONCE["basis"]


def row_of(dock: BalanceDock, key: str) -> Row:
    item = dock.model.find(key).data(ITEM)
    assert isinstance(item, Row), key
    return item


def line_of(dock: BalanceDock, key: str) -> Line:
    source = row_of(dock, key).source
    assert isinstance(source, Line)
    return source


def group_of(dock: BalanceDock, key: str) -> Group:
    item = dock.model.find(key).data(ITEM)
    assert isinstance(item, Group), key
    return item


def click(dock: BalanceDock, key: str) -> None:
    index = dock.model.find(key)
    dock.view.scrollTo(index)
    middle = dock.view.visualRect(index).center()
    QTest.mouseClick(dock.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)


def selected(bench: Workbench) -> set[str]:
    assert bench.proposal is not None
    return {str(row["id"]) for layer in bench.proposal.features.values() for row in layer.selectedFeatures()}


def set_homes(bench: Workbench, feature: str, homes: float) -> None:
    assert bench.proposal is not None
    rows = bench.proposal.layers["bijdrage"]
    if not rows.isEditable():
        assert rows.startEditing()
    row = next(each for each in rows.getFeatures() if (each["kenmerk"], each["indicator"]) == (feature, "woningen"))
    rows.changeAttributeValue(row.id(), rows.fields().indexOf("waarde"), homes)


def add_variant(bench: Workbench, code: str, name: str) -> None:
    assert bench.proposal is not None
    layers = bench.proposal.layers
    variants, areas, rows = (layers[each] for each in ("variant", "voorstel_vlak", "bijdrage"))
    for layer in (variants, areas, rows):
        assert layer.isEditable() or layer.startEditing()
    made = QgsFeature(variants.fields())
    made["id"], made["naam"] = code, name
    variants.addFeature(made)
    housing = {row["kenmerk"] for row in rows.getFeatures() if row["indicator"] == "woningen"}
    feature = next(each for each in areas.getFeatures() if each["id"] in housing)
    old, new = feature["id"], str(uuid.uuid4())
    feature["fid"], feature["id"], feature["variant"] = None, new, code
    areas.addFeature(feature)
    for row in [each for each in rows.getFeatures() if each["kenmerk"] == old]:
        row["fid"], row["id"], row["kenmerk"] = None, str(uuid.uuid4()), new
        rows.addFeature(row)
    for layer in (areas, variants):
        assert layer.commitChanges(), layer.commitErrors()
    assert not rows.isEditable() or rows.commitChanges(), rows.commitErrors()


def test_targets_of_the_province_come_first_and_those_without_contribution_are_folded(dock: BalanceDock) -> None:
    kinds = [group.kind for group in dock.model.groups()]
    assert [group.key for group in dock.model.groups()][:2] == [PLACE_HOMES, "place:NL"]
    assert kinds[2:4] == ["zero", "untestable"]
    shown = [dock.view.isExpanded(dock.model.index(place, 0)) for place in range(4)]
    assert shown == [True, True, False, False]
    assert all(row.features for row in group_of(dock, PLACE_HOMES).rows)
    assert not any(row.features for row in group_of(dock, "zero").rows)


def test_the_parts_of_a_bar_add_up_to_what_is_drawn(dock: BalanceDock) -> None:
    line, (bar,) = line_of(dock, HOMES), row_of(dock, HOMES).bars
    assert line.drawn is not None
    assert sum(bar.parts) == pytest.approx(line.drawn)
    assert bar.parts[0] == line.by_precision["concreet"].drawn
    assert bar.parts[1] == line.by_precision["indicatief"].drawn
    share = row_of(dock, "target:q-won-betaalbaar")
    assert share.bars[0].parts == (share.bars[0].drawn, 0, 0, 0)


def test_a_row_tells_itself_in_words_and_dutch_numbers(dock: BalanceDock) -> None:
    line = line_of(dock, HOMES)
    said = dock.model.find(HOMES).data()
    assert said.startswith(f"{line.label} · Gelderland: ")
    assert "/ 100.000 woningen" in said
    assert "shortage" in said
    tip = dock.model.find(HOMES).data(Qt.ItemDataRole.ToolTipRole)
    assert "to go." in tip
    assert line.source in tip


def test_a_click_selects_the_features_of_a_line_and_zooms_to_them(dock: BalanceDock, bench: Workbench) -> None:
    canvas = bench.iface.mapCanvas()
    click(dock, HOMES)
    line = line_of(dock, HOMES)
    assert selected(bench) == set(line.features)
    assert bench.proposal is not None
    box = bench.proposal.layers["voorstel_vlak"].boundingBoxOfSelected()
    assert canvas.extent().contains(box)
    assert dock.detail.row is not None
    assert dock.detail.row.key == HOMES


def test_enter_goes_to_the_features_and_arrows_do_not(dock: BalanceDock, bench: Workbench) -> None:
    dock.view.setCurrentIndex(dock.model.find(PLACE_HOMES))
    QTest.keyClick(dock.view, Qt.Key.Key_Down)
    assert dock.detail.row is not None
    assert not selected(bench)
    QTest.keyClick(dock.view, Qt.Key.Key_Return)
    assert selected(bench) == set(dock.detail.row.features)


def test_a_heading_folds_by_click_and_by_key_and_stays_so(dock: BalanceDock) -> None:
    click(dock, "zero")
    assert dock.view.isExpanded(dock.model.find("zero"))
    QTest.keyClick(dock.view, Qt.Key.Key_Return)
    assert not dock.view.isExpanded(dock.model.find("zero"))
    click(dock, PLACE_HOMES)
    dock.choice.horizon_chosen.emit(LAST)
    dock.choice.horizon_chosen.emit(MIDDLE)
    assert not dock.view.isExpanded(dock.model.find(PLACE_HOMES))


def test_bars_follow_an_edit_without_losing_place_or_selection(dock: BalanceDock, bench: Workbench, qtbot: Any) -> None:
    tester = QAbstractItemModelTester(dock.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    click(dock, "zero")
    dock.view.setCurrentIndex(dock.model.find(HOMES))
    dock.view.verticalScrollBar().setValue(40)
    before, at = line_of(dock, HOMES), dock.view.verticalScrollBar().value()
    assert at > 0
    with qtbot.waitSignal(bench.counting.changed, timeout=PATIENCE):
        set_homes(bench, before.features[0], 60_000)
    after = line_of(dock, HOMES)
    assert after.drawn is not None
    assert before.drawn is not None
    assert after.drawn > before.drawn + 50_000
    assert dock.view.verticalScrollBar().value() == at
    assert dock.view.currentIndex() == dock.model.find(HOMES)
    assert dock.view.isExpanded(dock.model.find("zero"))
    assert dock.detail.row == row_of(dock, HOMES)
    assert f"{number(after.drawn, 'woningen')} woningen drawn" in dock.detail.text.toPlainText()
    bench.proposal.layers["bijdrage"].rollBack()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: line_of(dock, HOMES).drawn == before.drawn, timeout=PATIENCE)
    del tester


def test_a_bar_moves_from_its_old_length_to_the_new_one(dock: BalanceDock) -> None:
    old = row_of(dock, HOMES)
    new = replace(old, bars=(replace(old.bars[0], parts=(100_000.0, 0.0, 0.0, 0.0)),))
    groups = [
        replace(group, rows=tuple(new if row.key == HOMES else row for row in group.rows))
        for group in dock.model.groups()
    ]
    told: list[Any] = []
    dock.model.moved.connect(told.append)
    dock.model.show(groups)
    assert told == [{HOMES: old.bars}]
    dock.view._before = told[0]
    dock.view._move.stop()
    dock.view._move.setCurrentTime(0)
    assert dock.view.parts(new, new.bars[0]) == pytest.approx(old.bars[0].parts)
    dock.view._rest()
    assert dock.view.parts(new, new.bars[0]) == new.bars[0].parts


def test_details_tell_source_parts_and_years_and_each_figure_leads_to_its_features(
    dock: BalanceDock, bench: Workbench
) -> None:
    dock.view.setCurrentIndex(dock.model.find(HOMES))
    line, told = line_of(dock, HOMES), dock.detail.text.toPlainText()
    assert line.source in told
    assert "2022 until and including 2030" in told
    assert "Concreet" in told
    assert "Vastgesteld" in told
    for kind, splits in (("precision", line.by_precision), ("status", line.by_status)):
        for code, split in splits.items():
            if split.features:
                dock.detail.text.anchorClicked.emit(QUrl(f"{kind}:{code}"))
                assert selected(bench) == set(split.features)
    dock.detail.text.anchorClicked.emit(QUrl("precision:nonsense"))


def test_the_list_of_features_has_names_and_amounts_and_leads_to_each(dock: BalanceDock, bench: Workbench) -> None:
    dock.view.setCurrentIndex(dock.model.find(HOMES))
    line = line_of(dock, HOMES)
    assert dock.detail.made_of.text() == f"What is this made of? {len(line.features)} areas"
    dock.detail.made_of.click()
    rows = dock.detail.model.rows
    assert {found.id for found, _ in rows} == set(line.features)
    assert all(amount.endswith("woningen") for _, amount in rows)
    assert bench.counting.balance is not None
    added = parts_of(row_of(dock, HOMES), bench.counting.balance)
    assert sum(added.values()) == pytest.approx(line.drawn)
    assert [added[found.id] for found, _ in rows] == sorted(added.values(), reverse=True)
    index = dock.detail.model.index(0, 0)
    dock.detail.parts.selectionModel().select(
        index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    )
    dock.detail.parts.clicked.emit(index)
    assert selected(bench) == {rows[0][0].id}


def test_years_and_places_choose_the_targets(balance: Balance) -> None:
    agreement = read_agreement(agreement_path("novex-1.0"))

    def lines(place: str, horizon: int) -> list[Line]:
        groups = arranged(balance, agreement, "PV25", Scope(place, horizon), {})
        return [row.source for group in groups for row in group.rows if isinstance(row.source, Line)]

    assert {line.target for line in lines(EVERYWHERE, ALL_YEARS)} == {line.target for line in balance.targets}
    own = lines("PV25", ALL_YEARS)
    assert all(line.own for line in own)
    soon, late = lines("PV25", MIDDLE), lines("PV25", LAST)
    assert all(line.year is None or line.year <= 2030 for line in soon)
    assert all(line.year is None or line.year > 2030 for line in late)
    assert {line.target for line in own} == {line.target for line in (*soon, *late)}
    assert {line.place_code for line in lines("NL", ALL_YEARS)} == {"NL"}
    offered = spots(balance, agreement, "PV25")
    assert (offered[0].name, offered[-2].code, offered[-1].code) == ("Gelderland", "NL", EVERYWHERE)
    assert {line.place_code for line in own} <= {spot.code for spot in offered}


def test_what_is_drawn_without_target_is_told_too(balance: Balance) -> None:
    agreement = read_agreement(agreement_path("novex-1.0"))
    groups = arranged(balance, agreement, "PV25", Scope("PV25", MIDDLE), {})
    loose = next(group for group in groups if group.kind == "loose")
    asked = {row.source.indicator for group in groups for row in group.rows if isinstance(row.source, Line)}
    for row in loose.rows:
        assert row.features
        assert parts_of(row, balance).keys() == set(row.features)
    assert "woningen" in asked
    assert "total:woningen" not in {row.key for row in loose.rows}


def test_notes_lead_to_the_features_they_name_and_repeat_no_details(dock: BalanceDock, bench: Workbench) -> None:
    notes = group_of(dock, "notes").rows
    told = {str(row.source) for row in notes}
    assert not any(
        line.doubt and f"doel {line.target}: {line.doubt}" in told for line in bench.counting.balance.targets
    )
    named = next(row for row in notes if row.features)
    dock.go_to(named.features)
    assert selected(bench) == set(named.features)


def test_the_choice_is_kept_in_the_project(dock: BalanceDock, bench: Workbench, qtbot: Any) -> None:
    dock.choice.place_chosen.emit(EVERYWHERE)
    dock.choice.horizon_chosen.emit(ALL_YEARS)
    assert dock.scope == Scope(EVERYWHERE, ALL_YEARS)
    assert dock.choice.places.currentText() == "All places"
    other = create(bench)
    qtbot.addWidget(other)
    assert other.scope == Scope(EVERYWHERE, ALL_YEARS)
    other.release()


def test_variants_stand_side_by_side(dock: BalanceDock, bench: Workbench, qtbot: Any) -> None:
    assert not dock.beside.isEnabled()
    add_variant(bench, "groen", "Groen")
    qtbot.waitUntil(lambda: dock.choice.variants.count() == 2, timeout=PATIENCE)
    height = dock.view.visualRect(dock.model.find(HOMES)).height()
    dock.beside.setChecked(True)
    qtbot.waitUntil(lambda: len(row_of(dock, HOMES).bars) == 2, timeout=PATIENCE)
    first, second = row_of(dock, HOMES).bars
    assert (first.variant, second.variant) == ("Basis", "Groen")
    assert first.drawn is not None
    assert second.drawn is not None
    assert 0 < second.drawn < first.drawn
    qtbot.waitUntil(lambda: dock.view.visualRect(dock.model.find(HOMES)).height() != height)
    dock.grab()
    dock.choice.variant_chosen.emit("groen")
    assert bench.variant == "groen"
    qtbot.waitUntil(
        lambda: bench.counting.balance is not None and bench.counting.balance.variant == "groen", timeout=PATIENCE
    )
    assert line_of(dock, HOMES).drawn == second.drawn


def test_without_a_proposal_there_is_one_sentence_and_one_button(
    dock: BalanceDock, bench: Workbench, qtbot: Any
) -> None:
    dock.view.setCurrentIndex(dock.model.find(HOMES))
    QgsProject.instance().clear()
    assert dock.stack.currentWidget() is dock.state
    assert "No proposal" in dock.state.message.text()
    assert dock.model.groups() == ()
    with qtbot.waitSignal(bench.step_asked) as asked:
        dock.state.remedy.click()
    assert asked.args[0] == "new"
    dock.go_to(("gone",))
    dock.copy()
    dock.export(Path("/nonexistent/balans.csv"))


def test_a_closed_table_of_variants_is_told_and_mended(dock: BalanceDock, bench: Workbench, qtbot: Any) -> None:
    assert bench.proposal is not None
    variants = bench.proposal.layers["variant"]
    source = variants.source()
    QgsProject.instance().removeMapLayer(variants.id())
    qtbot.waitUntil(lambda: bool(bench.counting.refused) and dock.state.remedy.isVisible(), timeout=PATIENCE)
    assert dock.state.message.text() == bench.counting.refused
    again = type(bench.proposal.layers["bijdrage"])(source, "variant", "ogr") if bench.proposal else None
    QgsProject.instance().addMapLayer(again)
    qtbot.waitUntil(lambda: dock.stack.currentIndex() == 1, timeout=PATIENCE)


def test_features_that_are_gone_are_told(dock: BalanceDock, bench: Workbench) -> None:
    told: list[str] = []
    bench.warn = told.append  # type: ignore[method-assign]
    dock.go_to((str(uuid.uuid4()),))
    assert told == ["These features are not on the map any more. Count again."]
    assert not selected(bench)


def test_a_count_that_fails_leaves_the_last_one_and_says_why(dock: BalanceDock, bench: Workbench) -> None:
    bench.counting.refused = "de tabel bijdrage mist het veld waarde."
    bench.counting.changed.emit()
    assert dock.trouble.isVisible()
    assert bench.counting.refused in dock.trouble.text()
    assert line_of(dock, HOMES).drawn
    bench.counting.refused = ""
    bench.counting.changed.emit()
    assert not dock.trouble.isVisible()


def test_two_clicks_fold_once(dock: BalanceDock) -> None:
    folded = dock.model.find(PLACE_HOMES)
    click(dock, PLACE_HOMES)
    middle = dock.view.visualRect(folded).center()
    viewport, left, none = dock.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseDClick(viewport, left, none, middle)
    QTest.mouseRelease(viewport, left, none, middle)
    assert not dock.view.isExpanded(folded)


def test_copying_gives_a_line_for_each_row(dock: BalanceDock) -> None:
    dock.copy()
    lines = QApplication.clipboard().text().splitlines()
    assert len(lines) == sum(1 + len(group.rows) for group in dock.model.groups())
    assert any(line.startswith("\t") and "woningen" in line for line in lines)


def test_exporting_writes_all_targets_and_a_place_that_cannot_be_written_is_told(
    dock: BalanceDock, bench: Workbench, tmp_path: Path
) -> None:
    assert bench.counting.balance is not None
    dock.export(tmp_path / "balans")
    with (tmp_path / "balans.csv").open(encoding="utf-8-sig", newline="") as written:
        rows = list(csv.DictReader(written, delimiter=";"))
    assert [row["doel"] for row in rows] == [line.target for line in bench.counting.balance.targets]
    told: list[str] = []
    bench.warn = told.append  # type: ignore[method-assign]
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    dock.export(tmp_path / "file" / "balans.csv")
    assert len(told) == 1
    assert "balans.csv" in told[0]


def test_nothing_is_counted_while_the_dock_is_not_seen(bench: Workbench, qtbot: Any) -> None:
    made = create(bench)
    qtbot.addWidget(made)
    qtbot.wait(100)
    assert bench.counting.balance is None
    assert not bench.counting.busy
    made.show()
    qtbot.waitUntil(lambda: made.stack.currentIndex() == 1, timeout=PATIENCE)
    made.release()


def test_a_released_dock_hears_nothing(dock: BalanceDock, bench: Workbench) -> None:
    dock.release()
    bench.counting.changed.emit()
    bench.proposal_changed.emit()
    assert dock.model.groups() == ()


def test_each_outcome_has_its_words(balance: Balance) -> None:
    words = BalanceWords()
    line = next(line for line in balance.targets if line.target == "q-prov-woningen-gelderland")
    plain = replace(line, minimum=100, maximum=None, comparator="ten-minste", drawn=40, remaining=60, surplus=0)
    assert words.figures(plain) == "40 / 100 woningen"
    assert words.verdict(replace(plain, outcome="tekort")) == "shortage 60"
    assert words.verdict(replace(plain, outcome="gehaald", drawn=130, remaining=0, surplus=30)) == "reached +30"
    most = replace(plain, minimum=None, maximum=100, comparator="ten-hoogste")
    assert words.figures(most) == "40 / at most 100 woningen"
    assert words.verdict(replace(most, outcome="overschot", drawn=120, surplus=20)) == "surplus 20"
    between = replace(
        plain, minimum=0.4, maximum=0.8, comparator="tussen", unit="Mton/jaar", outcome="binnen-bandbreedte"
    )
    assert words.asked(between) == "0,4–0,8"
    assert words.verdict(between) == "within bandwidth"
    unknown = replace(plain, outcome="niet_toetsbaar", drawn=None, missing="een vlak foodvalley in AREAS")
    assert words.figures(unknown) == "– / 100 woningen"
    assert words.missing(unknown) == f"the border of {line.place}"
    assert "AREAS" not in words.tip(Row("x", unknown, ()), {})


def test_what_is_claimed_twice_is_told_with_its_features(balance: Balance, qtbot: Any) -> None:
    agreement = read_agreement(agreement_path("novex-1.0"))
    claim = Claim("woningen", "woningen", 2030, ("een", "ander"), "bijdrage", 1.2, 80, 40)
    doubled = replace(balance, double_claims=(claim, replace(claim, contribution="punt", area_ha=0.0)))
    groups = arranged(doubled, agreement, "PV25", Scope("PV25", MIDDLE), {})
    (group,) = (group for group in groups if group.kind == "claims")
    words, detail = BalanceWords(), Detail(BalanceWords())
    qtbot.addWidget(detail)
    assert words.title(group) == "2 contributions claimed twice"
    assert words.spoken(group.rows[0], {"woningen": "Woningen"}) == "Woningen: 40\u00a0woningen not counted"
    detail.show_row(group.rows[0], agreement)
    assert "1,2\u00a0ha of shared ground" in detail.text.toPlainText().replace(" ha", "\u00a0ha")
    detail.show_row(group.rows[1], agreement)
    assert "at the same place" in detail.text.toPlainText()
    with qtbot.waitSignal(detail.asked) as asked:
        detail.text.anchorClicked.emit(QUrl("all:"))
    assert asked.args == [("een", "ander")]


def test_reached_counts_only_what_can_be_told(balance: Balance) -> None:
    line = balance.targets[0]
    outcomes = ("gehaald", "binnen-bandbreedte", "tekort", "overschot", "niet_toetsbaar")
    rows = tuple(Row(each, replace(line, outcome=each), ()) for each in outcomes)
    assert reached([Group("place", "place:x", "X", rows)]) == (2, 4)


def test_the_tree_takes_any_change_of_groups(qgis_app: object) -> None:
    model = BalanceModel(BalanceWords())
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    def notes(*texts: str) -> tuple[Row, ...]:
        return tuple(Row(f"note:{text}", text, ()) for text in texts)

    steps = (
        [("a", notes("1", "2", "3")), ("b", notes("4"))],
        [("b", notes("4", "5"))],
        [("a", notes("2")), ("b", notes("5")), ("c", notes("6", "7"))],
        [("c", notes("7", "6")), ("a", notes("2"))],
        [],
    )
    for step in steps:
        model.show([Group("place", key, key, rows) for key, rows in step])
        read = [(group.key, tuple(row.source for row in group.rows)) for group in model.groups()]
        assert read == [(key, tuple(row.source for row in rows)) for key, rows in step]
        for place in range(model.rowCount()):
            parent = model.index(place, 0)
            assert [
                model.index(number, 0, parent).data(ITEM).source for number in range(model.rowCount(parent))
            ] == list(read[place][1])
    del tester
