"""What the dock with findings writes: explanations, answers, bindings and limits, and what it hands out."""

from __future__ import annotations

import csv
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialogButtonBox

from novex_plugin.core.check.remedies import BIND, PULL, SET, Remedy, asked_statement
from novex_plugin.core.check.run import check
from novex_plugin.core.check.standing import Standing, standing_of
from novex_plugin.core.features.geopackage import layer_names, read_layer
from novex_plugin.core.files import check_schema, read_json
from novex_plugin.core.progress import Silent
from novex_plugin.core.rules.bindings import read_bindings
from novex_plugin.core.rules.model import GEMOTIVEERD, NIET_TOETSBAAR, OVERTREEDT, VERBOD
from novex_plugin.ui.check.answer_dialog import AnswerDialog
from novex_plugin.ui.check.bind_dialog import BindDialog
from novex_plugin.ui.check.dock import CheckDock, create
from novex_plugin.ui.check.entries import SHOWN
from novex_plugin.ui.check.explain_dialog import ExplainDialog
from novex_plugin.ui.check.taking_out import Export
from novex_plugin.ui.check.threshold_dialog import ThresholdDialog
from novex_plugin.ui.workbench import Workbench
from scripts.practice.desk import Desk

WAIT_MS = 120_000
REASON = "De gemeente en het waterschap hebben dit samen afgewogen."


def checked(desk: Desk) -> Standing:
    moment = datetime.now(UTC)
    return standing_of(check(desk.proposal, "basis", desk.snapshot, desk.bindings, None, moment, Silent()))


@pytest.fixture(scope="module")
def tested(_styled: Path) -> Standing:
    """How the practice province stands; only to be looked at."""
    bindings = _styled / "eigen" / "koppelingen.json"
    return checked(Desk(_styled / "voorstel.gpkg", _styled / "momentopname", bindings, _styled))


@pytest.fixture
def told(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was said in the message bar."""
    said: list[str] = []
    monkeypatch.setattr(bench, "tell", lambda message, *_: said.append(message))
    return said


@pytest.fixture
def dock(bench: Workbench, told: list[str], tested: Standing) -> Iterator[CheckDock]:
    bench.testing.set_live(False)
    made = create(bench)
    made.testing.standing = tested
    made.testing.changed.emit()
    made.bar.show_outcomes(frozenset(SHOWN))
    yield made
    made.release()
    made.close()
    made.deleteLater()


def table(dock: CheckDock, name: str) -> QgsVectorLayer:
    assert dock.workbench.proposal is not None
    return dock.workbench.proposal.layers[name]


def open_rows(dock: CheckDock, hardness: str = "pas_toe_of_leg_uit") -> list[int]:
    """Findings on features that are open, of rules that are so firm."""
    entries = dock.entries
    assert entries is not None
    return [
        row
        for row in range(entries.findings)
        if entries.value(row, "uitkomst") == OVERTREEDT
        and entries.feature(row) is not None
        and entries.value(row, "hardheid") == hardness
    ]


def explain(dock: CheckDock, reason: str = REASON) -> ExplainDialog:
    QTest.mouseClick(dock.detail.explain_button, Qt.MouseButton.LeftButton)
    dialog = dock.acts.dialog
    assert isinstance(dialog, ExplainDialog)
    assert not dialog.record.isEnabled()
    QTest.keyClicks(dialog.reason, reason)
    dialog.organisation.setText("Provincie Gelderland")
    dialog.role.setText("opsteller")
    return dialog


def press(dialog: Any, button: Any) -> None:
    assert isinstance(dialog.buttons, QDialogButtonBox)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_an_explanation_makes_the_finding_count_as_explained_and_can_be_undone(
    dock: CheckDock, oefenland: Desk, told: list[str], qtbot: Any
) -> None:
    assert dock.entries is not None
    row = open_rows(dock)[0]
    rule, feature = dock.entries.rule_id(row), dock.entries.feature(row)
    layer = table(dock, "motivering")
    before = layer.featureCount()
    dock.views.choose(row)
    dialog = explain(dock)
    dialog.until.setValue(4)
    with qtbot.waitSignal(layer.featureAdded, timeout=WAIT_MS):
        press(dialog, dialog.record)
    qtbot.waitUntil(lambda: len(told) == 1, timeout=WAIT_MS)
    (added,) = layer.editBuffer().addedFeatures().values()
    assert [added[name] for name in ("regel", "kenmerk", "reden")] == [rule, feature, REASON]
    assert [added[name] for name in ("rol", "geldig_tot_ijkmoment", "variant")] == ["opsteller", "4", "basis"]
    assert added["geometrie_digest"] == dock.entries.value(row, "kenmerk_digest")
    layer.undoStack().undo()
    assert layer.featureCount() == before
    layer.undoStack().redo()
    assert layer.commitChanges()
    columns = checked(oefenland).findings.columns
    mine = (columns["regel"] == rule) & (columns["kenmerk"] == feature)
    assert set(columns["uitkomst"][mine]) == {GEMOTIVEERD}


def test_many_are_explained_at_once_in_one_step(dock: CheckDock, told: list[str], qtbot: Any) -> None:
    entries = dock.entries
    assert entries is not None
    rule = next(entries.rule_id(row) for row in open_rows(dock))
    rows = [row for row in open_rows(dock) if entries.rule_id(row) == rule]
    features = {entries.feature(row) for row in rows}
    dock.bar.groupings["regel"].trigger()
    dock.views.tree.setCurrentIndex(dock.views.tree_model.index_of(rows[0]).parent())
    assert set(rows) <= set(dock.chosen())
    dialog = explain(dock)
    press(dialog, dialog.record)
    layer = table(dock, "motivering")
    qtbot.waitUntil(
        lambda: layer.editBuffer() is not None and bool(layer.editBuffer().addedFeatures()), timeout=WAIT_MS
    )
    added = list(layer.editBuffer().addedFeatures().values())
    assert {row["kenmerk"] for row in added} == features
    assert len(added) == len(features) == len({row["id"] for row in added})
    layer.undoStack().undo()
    assert not layer.editBuffer().addedFeatures()
    layer.rollBack()


def test_a_short_reason_and_a_missing_role_cannot_be_recorded(dock: CheckDock) -> None:
    dock.views.choose(open_rows(dock)[0])
    dialog = explain(dock, "Te kort.")
    assert not dialog.record.isEnabled()
    QTest.keyClicks(dialog.reason, REASON)
    assert dialog.record.isEnabled()
    dialog.role.clear()
    assert not dialog.record.isEnabled()
    dialog.reject()
    assert dock.acts.dialog is None


def test_a_prohibition_without_exception_cannot_be_explained(dock: CheckDock) -> None:
    entries = dock.entries
    assert entries is not None
    firm = [row for row in open_rows(dock, VERBOD) if not _exceptions(dock, row)]
    dock.views.choose(firm[0])
    assert dock.detail.explain_button.isVisibleTo(dock.detail)
    assert not dock.detail.explain_button.isEnabled()
    dock.acts.explain()
    assert dock.acts.dialog is None


def _exceptions(dock: CheckDock, row: int) -> tuple[object, ...]:
    assert dock.entries is not None
    found = dock.entries.outcome_of(row)
    assert found is not None
    return tuple(each for each in found.rule.exemptions if not each.told_by_data)


def test_a_feature_changed_since_the_test_is_not_explained(dock: CheckDock, told: list[str], qtbot: Any) -> None:
    entries, proposal = dock.entries, dock.workbench.proposal
    assert entries is not None
    assert proposal is not None
    row = open_rows(dock)[0]
    found = proposal.feature(str(entries.feature(row)))
    assert found is not None
    layer, feature = found
    layer.startEditing()
    moved = feature.geometry()
    moved.translate(500, 0)
    layer.changeGeometry(feature.id(), moved)
    dock.views.choose(row)
    dialog = explain(dock)
    press(dialog, dialog.record)
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT_MS)
    assert "veranderd" in told[0]
    assert not table(dock, "motivering").isModified()
    layer.rollBack()


def test_a_table_that_is_gone_or_read_only_is_told(dock: CheckDock, told: list[str]) -> None:
    dock.views.choose(open_rows(dock)[0])
    layer = table(dock, "motivering")
    layer.setReadOnly(True)
    dock.acts.explain()
    layer.setReadOnly(False)
    assert dock.acts.dialog is None
    assert len(told) == 1
    proposal = dock.workbench.proposal
    assert proposal is not None
    QgsProject.instance().removeMapLayer(layer.id())
    dock.workbench.refresh()
    dock.acts.explain()
    assert dock.acts.dialog is None


def question(dock: CheckDock) -> int:
    """A rule that asks a question of every feature, to which no answer is given."""
    entries = dock.entries
    assert entries is not None
    for row in dock.rows.tolist():
        found = entries.outcome_of(row)
        if found is not None and found.outcome == NIET_TOETSBAAR and found.rule.kind == "statement":
            asks = found.rule.question is not None and found.rule.question.answer == "ja_nee"
            if asks and found.rule.parameters["scope"].value == "object" and not found.rule.all_slots:
                return int(row)
    raise AssertionError("the practice plan leaves questions open")


def test_an_answer_is_recorded_and_a_second_one_takes_its_place(
    dock: CheckDock, oefenland: Desk, told: list[str]
) -> None:
    entries = dock.entries
    assert entries is not None
    row = question(dock)
    found = entries.outcome_of(row)
    assert found is not None
    layer = table(dock, "verklaring")
    before = layer.featureCount()
    for answer in ("nee", "ja"):
        dock.views.choose(row)
        QTest.mouseClick(dock.detail.answer_button, Qt.MouseButton.LeftButton)
        dialog = dock.acts.dialog
        assert isinstance(dialog, AnswerDialog)
        dialog.about.setCurrentIndex(dialog.about.count() - 1)
        assert dialog.about.currentData() is None
        assert dialog.record.isEnabled() == (answer == "ja")
        dialog.choose(answer)
        press(dialog, dialog.record)
    assert layer.featureCount() == before + 1
    assert len(told) == 2
    assert layer.commitChanges()
    after = {each.rule.id: each.outcome for each in checked(oefenland).outcomes}
    assert after[found.rule.id] == "voldoet"
    assert asked_statement(found.rule) in {each["verklaring"] for each in layer.getFeatures()}


def test_not_applicable_asks_for_a_reason(dock: CheckDock) -> None:
    row = question(dock)
    dock.views.choose(row)
    dock.acts.answer(dock.entries.outcome_of(row).rule)  # type: ignore[union-attr]
    dialog = dock.acts.dialog
    assert isinstance(dialog, AnswerDialog)
    dialog.choose("nvt")
    assert not dialog.record.isEnabled()
    dialog.explanation.setPlainText(REASON)
    assert dialog.record.isEnabled()


def lacking(dock: CheckDock, act: str) -> tuple[int, Remedy]:
    """A rule that waits for nothing but one remedy of this kind."""
    entries = dock.entries
    assert entries is not None
    for row in dock.rows.tolist():
        found = entries.outcome_of(row)
        if found is None or found.outcome != NIET_TOETSBAAR:
            continue
        needed = dock.data.remedies(found.rule)
        if [each.act for each in needed] == [act]:
            return int(row), needed[0]
    raise AssertionError(f"no rule waits for {act}")


def mend(dock: CheckDock, act: str) -> tuple[int, Remedy]:
    row, remedy = lacking(dock, act)
    dock.views.choose(row)
    (button,) = dock.detail.remedies
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    return row, remedy


def test_a_dataset_of_the_basisset_is_bound(dock: CheckDock, oefenland: Desk, told: list[str], qtbot: Any) -> None:
    row, remedy = mend(dock, BIND)
    identifier = dock.entries.ids[row]  # type: ignore[union-attr]
    dialog = dock.acts.dialog
    assert isinstance(dialog, BindDialog)
    assert not dialog.bind.isEnabled()
    titles = [dialog.list.topLevelItem(0).child(place) for place in range(dialog.list.topLevelItem(0).childCount())]
    usable = next(each for each in titles if each.data(0, Qt.ItemDataRole.UserRole).path is not None)
    dialog.list.setCurrentItem(usable)
    assert dialog.bind.isEnabled()
    assert not dialog.own.isVisibleTo(dialog)
    others = read_bindings(oefenland.bindings)
    with qtbot.waitSignal(dock.workbench.snapshot_changed):
        press(dialog, dialog.bind)
    after = read_bindings(oefenland.bindings)
    assert after.by_slot[remedy.subject].dataset == usable.data(0, Qt.ItemDataRole.UserRole).dataset
    kept = {slot: each for slot, each in others.by_slot.items() if slot != remedy.subject}
    assert {slot: each for slot, each in after.by_slot.items() if slot != remedy.subject} == kept
    qtbot.waitUntil(lambda: dock.testing.standing is not None, timeout=WAIT_MS)
    assert dock.entries is not None
    found = dock.entries.rules[identifier.removeprefix("regel ")]
    assert not dock.data.remedies(found.rule)
    assert told


def test_a_layer_of_the_project_asks_name_and_reason(dock: CheckDock, oefenland: Desk, told: list[str]) -> None:
    data = next((oefenland.snapshot / "data").glob("*natura*.gpkg"), None) or next(oefenland.snapshot.rglob("*.gpkg"))
    own = oefenland.proposal.parent / "eigen laag.gpkg"
    own.write_bytes(data.read_bytes())
    name = next(iter(layer_names(own)))
    QgsProject.instance().addMapLayer(QgsVectorLayer(f"{own}|layername={name}", "Eigen kaart", "ogr"))
    QgsProject.instance().addMapLayer(QgsVectorLayer("Polygon?crs=EPSG:28992", "Kladlaag", "memory"))
    _, remedy = lacking(dock, BIND)
    mend(dock, BIND)
    dialog = dock.acts.dialog
    assert isinstance(dialog, BindDialog)
    assert not dialog.choose("Kladlaag")
    assert dialog.choose("Eigen kaart")
    assert dialog.own.isVisibleTo(dialog)
    assert not dialog.bind.isEnabled()
    dialog.reason.setPlainText(REASON)
    assert dialog.bind.isEnabled()
    dialog.field.setCurrentIndex(1)
    assert not dialog.bind.isEnabled()
    dialog.values.setItemCheckState(0, Qt.CheckState.Checked)
    assert dialog.bind.isEnabled(), (dialog.values.checkedItems(), dialog.field.currentText())
    press(dialog, dialog.bind)
    assert told == ["Eigen kaart is bound."]
    bound = read_bindings(oefenland.bindings).by_slot[remedy.subject]
    assert bound.own is not None
    assert (bound.own.name, bound.own.reason) == ("Eigen kaart", REASON)
    assert bound.own.place.resolve() == own.resolve()
    assert bound.field
    assert len(bound.values) == 1


def test_a_limit_is_set_with_its_reason(dock: CheckDock, oefenland: Desk, qtbot: Any) -> None:
    row, remedy = mend(dock, SET)
    rule = dock.entries.rule_id(row)  # type: ignore[union-attr]
    dialog = dock.acts.dialog
    assert isinstance(dialog, ThresholdDialog)
    dialog.reason.setPlainText(REASON)
    assert not dialog.set.isEnabled()
    dialog.amount.setValue(250.0)
    assert dialog.set.isEnabled()
    press(dialog, dialog.set)
    assert read_bindings(oefenland.bindings).parameters[rule, remedy.subject] == 250.0


def test_bindings_that_are_read_only_or_broken_stay_as_they_are(
    dock: CheckDock, oefenland: Desk, told: list[str]
) -> None:
    mend(dock, SET)
    dialog = dock.acts.dialog
    assert isinstance(dialog, ThresholdDialog)
    dialog.amount.setValue(10.0)
    dialog.reason.setPlainText(REASON)
    written = oefenland.bindings.read_bytes()
    oefenland.bindings.chmod(stat.S_IRUSR)
    press(dialog, dialog.set)
    assert "alleen-lezen" in told[-1]
    assert oefenland.bindings.read_bytes() == written
    oefenland.bindings.chmod(stat.S_IRUSR | stat.S_IWUSR)
    oefenland.bindings.write_text("{", encoding="utf-8")
    press(dialog, dialog.set)
    assert "koppelingen.json" in told[-1]
    dock.acts.release()
    dock.data.forget()
    dock.acts.mend(Remedy(BIND, "natura2000", ""))
    assert dock.acts.dialog is None
    assert len(told) == 3


def test_new_bindings_lie_beside_the_proposal(dock: CheckDock, oefenland: Desk) -> None:
    dock.workbench.use_bindings(None)
    assert dock.data.target() == oefenland.proposal.parent / "koppelingen.json"


def test_a_dataset_that_is_not_pulled_leads_to_the_basisset(dock: CheckDock) -> None:
    asked: list[tuple[str, str]] = []
    dock.workbench.step_asked.connect(lambda *step: asked.append(step))
    dock.views.choose(dock.rows.tolist()[0])
    dock.acts.mend(Remedy(PULL, "een-dataset", "", "natura2000"))
    assert asked == [("basisset", "een-dataset")]


def test_the_feature_of_a_finding_is_selected_to_be_edited(dock: CheckDock) -> None:
    asked: list[tuple[str, str]] = []
    dock.workbench.step_asked.connect(lambda *step: asked.append(step))
    row = open_rows(dock)[0]
    dock.views.choose(row)
    QTest.mouseClick(dock.detail.edit_button, Qt.MouseButton.LeftButton)
    assert asked == [("draw", "")]
    assert dock.workbench.proposal is not None
    selected = [each["id"] for layer in dock.workbench.proposal.features.values() for each in layer.selectedFeatures()]
    assert selected == [dock.entries.feature(row)]  # type: ignore[union-attr]


def test_what_is_shown_is_exported_as_a_table(dock: CheckDock, tmp_path: Path, told: list[str], qtbot: Any) -> None:
    target = tmp_path / "bevindingen.csv"
    dock.bar.outcomes[NIET_TOETSBAAR].setChecked(False)
    Export(dock.workbench, dock).write_csv(target)
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT_MS)
    with target.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    entries = dock.entries
    assert entries is not None
    assert [row["id"] for row in rows] == [entries.ids[row] for row in dock.rows.tolist() if entries.is_finding(row)]
    assert all(row["regeltekst"] for row in rows if row["regel"] in entries.rules)


def test_all_outcomes_are_exported_as_a_check_writes_them(
    dock: CheckDock, tmp_path: Path, told: list[str], qtbot: Any, tested: Standing
) -> None:
    target = tmp_path / "bevindingen.gpkg"
    Export(dock.workbench, dock).write_check(target)
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT_MS)
    content = read_json(target.with_suffix(".json"))
    check_schema(content, "findings")
    assert {each["id"] for each in content["findings"]} == set(tested.findings.columns["id"])
    assert len(read_layer(target, "regel_uitkomst")) == len(tested.outcomes)


def test_an_export_to_a_place_that_cannot_be_written_says_so(dock: CheckDock, told: list[str], qtbot: Any) -> None:
    Export(dock.workbench, dock).write_csv(Path("/proc/bevindingen.csv"))
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT_MS)
    assert "kan niet worden geschreven" in told[0]
