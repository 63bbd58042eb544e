"""Handing over a proposal from the dialog: what is still to be done, what goes along, and the writing itself."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject, QgsVectorLayerUtils
from qgis.PyQt.QtCore import Qt

from novex_plugin.ui import tasks
from novex_plugin.ui.deliver.dialog import DeliverDialog, create
from novex_plugin.ui.workbench import Workbench
from scripts.practice.desk import Desk

LEFT = Qt.MouseButton.LeftButton
LONG = 180_000
"""Milliseconds; on a busy computer a delivery takes ten times as long."""


@pytest.fixture
def dialog(bench: Workbench, qtbot: Any) -> Iterator[DeliverDialog]:
    made = create(bench)
    made.open()
    qtbot.waitUntil(lambda: made.deliver.readiness.file is not None)
    yield made
    tasks.stop_all()
    for layer in QgsProject.instance().mapLayers().values():
        if layer.isEditable():
            layer.rollBack()
    made.release()
    made.close()


def actions(dialog: DeliverDialog) -> list[str]:
    return [each.action for each in dialog.deliver.readiness.todos]


def change(bench: Workbench, table: str, field: str, value: Any) -> None:
    """Change a value of the first row in the edit buffer."""
    assert bench.proposal is not None
    layer = bench.proposal.layers[table]
    assert layer.isEditable() or layer.startEditing()
    row = next(layer.getFeatures())
    assert layer.changeAttributeValue(row.id(), layer.fields().indexOf(field), value)


def test_the_dialog_does_not_block_the_map_and_tells_what_goes_along(dialog: DeliverDialog, oefenland: Desk) -> None:
    page = dialog.deliver
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert page.readiness.file is not None
    with closing(sqlite3.connect(oefenland.proposal)) as saved:
        (areas,) = saved.execute("SELECT count(*) FROM voorstel_vlak").fetchone()
    assert page.readiness.file.rows["voorstel_vlak"] == areas
    assert f"{areas} areas" in page.content.features.text()
    assert "of the province's own" in page.content.datasets.text()
    before = page.content.size.text()
    page.content.with_data.setChecked(True)
    assert page.content.size.text() != before
    assert page.handing.name.text().startswith("novex-pv25-basis-concept-")
    assert page.handing.target.parent == oefenland.proposal.parent


def test_an_untested_proposal_is_a_draft_until_chosen_otherwise(dialog: DeliverDialog, qtbot: Any) -> None:
    page = dialog.deliver
    assert "test" in actions(dialog)
    assert page.handing.draft.isChecked()
    qtbot.mouseClick(page.handing.final, LEFT)
    assert "definitief" in page.handing.name.text()
    page.readiness.look()
    assert page.handing.final.isChecked(), "the user's choice stays"
    assert page.button.isEnabled()


def test_open_findings_keep_a_delivery_from_being_final_and_lead_to_the_check(
    dialog: DeliverDialog, bench: Workbench, qtbot: Any
) -> None:
    page = dialog.deliver
    with qtbot.waitSignal(bench.testing.changed, timeout=LONG):
        qtbot.mouseClick(page.todos.buttons["test"], LEFT)
        assert "testing" in actions(dialog)
    assert "findings" in actions(dialog)
    assert page.button.isEnabled()
    qtbot.mouseClick(page.handing.final, LEFT)
    assert not page.button.isEnabled()
    assert "!" in page.reason.text()
    with qtbot.waitSignal(bench.step_asked) as asked:
        qtbot.mouseClick(page.todos.buttons["findings"], LEFT)
    assert asked.args[0] == "check"
    assert not dialog.isVisible(), "the map is free"


def test_metadata_are_filled_in_place_and_can_be_undone(dialog: DeliverDialog, bench: Workbench, qtbot: Any) -> None:
    assert bench.proposal is not None
    page, layer = dialog.deliver, bench.proposal.layers["voorstel"]
    change(bench, "voorstel", "contact_email", None)
    qtbot.waitUntil(lambda: "metadata" in actions(dialog))
    assert not page.button.isEnabled()
    qtbot.mouseClick(page.todos.buttons["metadata"], LEFT)
    assert page.currentWidget() is page.metadata
    assert page.metadata.organisation.text() == "Provincie Oefenland"
    page.metadata.email.setText("geen adres")
    assert not page.metadata.keep.isEnabled()
    page.metadata.email.setText("ruimte@oefenland.example")
    qtbot.mouseClick(page.metadata.keep, LEFT)
    assert page.currentWidget() is not page.metadata
    assert next(layer.getFeatures())["contact_email"] == "ruimte@oefenland.example"
    assert "metadata" not in actions(dialog)
    layer.undoStack().undo()
    qtbot.waitUntil(lambda: "metadata" in actions(dialog))


def test_data_outside_the_basisset_ask_for_a_reason_one_by_one(
    dialog: DeliverDialog, bench: Workbench, qtbot: Any
) -> None:
    assert bench.proposal is not None
    page, layer = dialog.deliver, bench.proposal.layers["dataset"]
    layer.startEditing()
    for name in ("bodem", "grond"):
        values = {"id": name, "naam": name, "basisset": False}
        row = {layer.fields().indexOf(field): value for field, value in values.items()}
        layer.addFeature(QgsVectorLayerUtils.createFeature(layer, attributes=row))
    qtbot.waitUntil(lambda: "datasets" in actions(dialog))
    qtbot.mouseClick(page.todos.buttons["datasets"], LEFT)
    for _ in range(2):
        assert page.currentWidget() is page.reasons
        page.reasons.place.setText("archief van de provincie")
        assert not page.reasons.keep.isEnabled()
        page.reasons.reason.setPlainText("nauwkeuriger dan de landelijke kaart")
        qtbot.mouseClick(page.reasons.keep, LEFT)
    assert page.currentWidget() is not page.reasons
    assert {row["reden"] for row in layer.getFeatures()} == {"nauwkeuriger dan de landelijke kaart"}
    assert "datasets" not in actions(dialog)


def test_a_wrong_value_is_named_and_shown(dialog: DeliverDialog, bench: Workbench, qtbot: Any, oefenland: Desk) -> None:
    assert bench.proposal is not None
    with closing(sqlite3.connect(oefenland.proposal)) as other, other:
        other.execute("UPDATE bijdrage SET kenmerk = 'weg' WHERE fid = (SELECT min(fid) FROM bijdrage)")
    page = dialog.deliver
    page.readiness.look()
    qtbot.waitUntil(lambda: "problems" in actions(dialog))
    assert not page.button.isEnabled()
    page._showing.show("problems", page.readiness.file.problems)
    assert bench.proposal.layers["bijdrage"].selectedFeatureCount() == 1


def test_edits_that_cannot_be_saved_stay_open_and_say_why(
    dialog: DeliverDialog, bench: Workbench, qtbot: Any, oefenland: Desk
) -> None:
    assert bench.proposal is not None
    page = dialog.deliver
    change(bench, "voorstel_vlak", "status", "bestaat niet")
    qtbot.waitUntil(lambda: page.button.text() == "Save and deliver")
    before = set(oefenland.proposal.parent.iterdir())
    qtbot.mouseClick(page.button, LEFT)
    assert not page.busy.busy
    assert "veld status" in page.outcome.text()
    assert bench.proposal.layers["voorstel_vlak"].isModified()
    assert set(oefenland.proposal.parent.iterdir()) == before


def test_a_delivery_is_saved_written_and_recomputed_though_the_proposal_is_closed_meanwhile(
    dialog: DeliverDialog, bench: Workbench, qtbot: Any, oefenland: Desk
) -> None:
    page = dialog.deliver
    change(bench, "voorstel_vlak", "naam", "Nieuwe naam")
    qtbot.waitUntil(lambda: page.button.text() == "Save and deliver")
    page.content.with_data.setChecked(True)
    target = page.handing.target
    qtbot.mouseClick(page.button, LEFT)
    assert page.busy.isVisible()
    assert not page.button.isVisible()
    QgsProject.instance().clear()
    assert bench.proposal is None
    qtbot.waitUntil(lambda: page.outcome.shown, timeout=LONG)
    assert not page.button.isEnabled()
    assert "0 differences" in page.outcome.text()
    assert "not recomputed" not in page.outcome.text()
    assert not page.outcome.differences.isVisible()
    assert {each.name for each in oefenland.proposal.parent.glob("*.zip")} == {target.name}
    assert not list(oefenland.proposal.parent.glob(".*zip*"))
    with zipfile.ZipFile(target) as written:
        drawn = next(each for each in written.namelist() if each.endswith("voorstel-rd.geojson"))
        assert b"Nieuwe naam" in written.read(drawn)
    report = page.report()
    assert report is not None
    assert b"Oefenland" in report.read_bytes()
    target.unlink()
    assert page.report() is None, "nobody is told of it in another way than a word"


def test_a_stopped_delivery_leaves_nothing(dialog: DeliverDialog, qtbot: Any, oefenland: Desk) -> None:
    page = dialog.deliver
    before = sorted(oefenland.proposal.parent.iterdir())
    qtbot.mouseClick(page.button, LEFT)
    qtbot.waitUntil(lambda: page.busy.bar.value() > 3, timeout=LONG)
    qtbot.mouseClick(page.busy.cancel, LEFT)
    qtbot.waitUntil(lambda: page.outcome.shown, timeout=LONG)
    assert page.outcome.text() == "Stopped. Nothing was written."
    assert [each.name for each in sorted(oefenland.proposal.parent.iterdir()) if "-wal" not in each.name] == [
        each.name for each in before if "-wal" not in each.name
    ]
    assert page.button.isVisible()


@pytest.mark.parametrize("kind", ["a file in the way", "over the snapshot"])
def test_a_place_that_cannot_be_written_to_is_told_in_place(
    dialog: DeliverDialog, qtbot: Any, oefenland: Desk, tmp_path: Path, kind: str
) -> None:
    page = dialog.deliver
    if kind == "a file in the way":
        (tmp_path / "bestand").write_text("")
        page.handing.folder.setFilePath(str(tmp_path / "bestand" / "map"))
        said = "kan niet worden geschreven"
    else:
        page.handing.folder.setFilePath(str(oefenland.snapshot / "data"))
        said = "wordt ook gelezen"
    qtbot.mouseClick(page.button, LEFT)
    qtbot.waitUntil(lambda: page.outcome.shown, timeout=LONG)
    assert page.outcome.text().startswith("No delivery was written")
    assert said in page.outcome.text()


def test_names_outside_the_agreement_and_places_that_are_none_are_refused_at_once(
    dialog: DeliverDialog, tmp_path: Path
) -> None:
    handing = dialog.deliver.handing
    for name in ("Mijn levering.zip", "levering", ".zip"):
        handing.name.setText(name)
        assert handing.said.text()
        assert not dialog.deliver.button.isEnabled()
    handing.name.setText("levering.zip")
    assert dialog.deliver.button.isEnabled()
    handing.folder.setFilePath("ergens")
    assert not dialog.deliver.button.isEnabled()
    (tmp_path / "levering.zip").write_bytes(b"")
    handing.folder.setFilePath(str(tmp_path))
    assert "replaced" in handing.said.text()
    assert dialog.deliver.button.isEnabled()


def test_a_broken_snapshot_and_broken_bindings_are_told_before_anything_is_written(
    dialog: DeliverDialog, bench: Workbench, qtbot: Any, tmp_path: Path
) -> None:
    broken = tmp_path / "koppelingen.json"
    broken.write_text("{")
    bench.use_bindings(broken)
    bench.use_snapshot(tmp_path)
    qtbot.waitUntil(lambda: actions(dialog).count("basisset") == 2)
    assert not dialog.deliver.button.isEnabled()


def test_without_a_proposal_there_is_one_sentence_and_one_button(
    dialog: DeliverDialog, bench: Workbench, qtbot: Any
) -> None:
    QgsProject.instance().clear()
    page = dialog.deliver
    qtbot.waitUntil(lambda: page.currentWidget() is page.empty)
    with qtbot.waitSignal(bench.step_asked) as asked:
        page.act("new")
    assert asked.args[0] == "new"
