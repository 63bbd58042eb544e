"""Layers that vanish, are renamed or cannot be written, and features that go while their form is shown."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QPoint
from qgis.PyQt.QtTest import QTest

from novex_plugin.ui.draw.dock import create
from novex_plugin.ui.draw.numbers import read_number, typed
from novex_plugin.ui.workbench import Workbench
from tests.qgis.ui.drawing_desk import LEFT, PLAIN, DrawingDesk


def test_without_a_proposal_the_dock_offers_to_make_one(qgis_iface: Any, qgis_app: object) -> None:
    QgsProject.instance().clear()
    bench = Workbench(qgis_iface)
    bench.refresh()
    asked: list[str] = []
    bench.step_asked.connect(lambda step, _: asked.append(step))
    dock = create(bench)
    assert dock.pages.currentWidget() is dock.empty
    dock.new_button.click()
    dock.show_item("woningbouw")
    assert asked == ["new"]
    dock.release()
    bench.release()


def test_a_layer_that_is_taken_out_while_drawing_ends_it(desk: DrawingDesk, qtbot: Any) -> None:
    desk.choose("woningbouw", "vlak")
    view = desk.canvas.viewport()
    QTest.mouseClick(view, LEFT, PLAIN, QPoint(60, 60))
    QgsProject.instance().removeMapLayer(desk.areas.id())
    assert desk.dock.drawing.active is None
    qtbot.waitUntil(lambda: desk.bench.proposal is not None)
    assert desk.bench.proposal.missing() == ("voorstel_vlak",)
    QTest.mouseMove(view, QPoint(100, 100))
    desk.choose("woningbouw", "vlak")
    assert desk.dock.drawing.active is None
    assert "voorstel_vlak" in desk.messages[-1]
    QgsProject.instance().clear()
    assert desk.dock.pages.currentWidget() is desk.dock.empty


def test_a_form_whose_layer_is_taken_out_says_nothing_more(desk: DrawingDesk, qtbot: Any) -> None:
    desk.drawn("woningbouw")
    desk.areas.rollBack()
    row = next(iter(desk.areas.getFeatures()))
    desk.areas.selectByIds([row.id()])
    QgsProject.instance().removeMapLayer(desk.areas.id())
    assert desk.dock.selected.feature == ""
    desk.dock.form.value_given.emit("naam", "Te laat", "Naam")
    desk.dock.form.amount_given.emit(None)
    desk.settle()
    assert desk.dock.below.currentIndex() == 0


def test_a_feature_that_is_removed_leaves_the_form(desk: DrawingDesk) -> None:
    row = desk.drawn("woningbouw")
    name = desk.dock.form.fields["naam"]
    name.setFocus()
    QTest.keyClicks(name, "Half getypt")
    desk.areas.deleteFeature(row.id())
    desk.settle()
    assert desk.dock.below.currentIndex() == 0
    assert desk.dock.selected.feature == ""
    desk.areas.undoStack().undo()
    desk.settle()
    assert desk.bench.proposal.feature(row["id"]) is not None


def test_a_layer_that_cannot_be_written_is_not_drawn_in(desk: DrawingDesk) -> None:
    desk.areas.setReadOnly(True)
    desk.choose("woningbouw", "vlak")
    assert desk.dock.drawing.active is None
    assert "alleen-lezen" in desk.messages[-1]
    row = next(iter(desk.areas.getFeatures()))
    desk.areas.selectByIds([row.id()])
    before = desk.digest()
    desk.dock.form.value_given.emit("naam", "Nieuw", "Naam")
    desk.fill("woningen" if row["legenda"] == "woningbouw" else _first(desk), "12")
    assert desk.digest() == before
    desk.areas.setReadOnly(False)
    desk.layers["bijdrage"].setReadOnly(True)
    desk.fill(_first(desk), "13")
    assert desk.digest() == before
    assert "bijdrage" in desk.messages[-1]


def test_a_renamed_layer_is_drawn_in_all_the_same(desk: DrawingDesk) -> None:
    desk.areas.setName("Mijn plannen <b>")
    assert desk.drawn("woningbouw")["legenda"] == "woningbouw"


def test_contributions_that_are_not_open_are_told(desk: DrawingDesk, qtbot: Any) -> None:
    QgsProject.instance().removeMapLayer(desk.layers["bijdrage"].id())
    qtbot.waitUntil(lambda: desk.bench.proposal is not None)
    desk.drawn("woningbouw")
    assert not desk.dock.form.contributions.isEnabled()
    desk.areas.rollBack()


def test_values_of_another_agreement_are_shown_as_they_are(desk: DrawingDesk, qtbot: Any) -> None:
    row = desk.drawn("woningbouw")
    for field, value in (
        ("legenda", "kasteel"),
        ("rol", "<b>x</b>"),
        ("meervoudig", "kasteel, woningbouw"),
        ("trede", 99),
    ):
        desk.areas.changeAttributeValue(row.id(), desk.areas.fields().indexOf(field), value)
    form = desk.dock.form
    qtbot.waitUntil(lambda: form.fields["legenda"].currentText() == "“kasteel”")
    assert "<b>x</b>" not in form.title.text()
    assert form.fields["trede"].currentData() == 99
    several = form.fields["meervoudig"]
    several.setItemCheckState(several.findData("waterberging"), several.itemCheckState(several.findData("woningbouw")))
    desk.settle()
    assert desk.shown()["meervoudig"] == "waterberging, woningbouw, kasteel"


def test_another_layer_or_tool_ends_the_drawing(desk: DrawingDesk) -> None:
    desk.choose("woningbouw", "vlak")
    desk.canvas.setCurrentLayer(desk.layers["voorstel_punt"])
    assert desk.dock.drawing.active is None
    desk.choose("woningbouw", "vlak")
    assert desk.areas.rollBack()
    assert desk.dock.drawing.active is None, "editing was stopped"


def test_the_dock_leaves_nothing_behind(desk: DrawingDesk) -> None:
    desk.choose("woningbouw", "vlak")
    desk.dock.release()
    assert desk.canvas.mapTool() is None or desk.canvas.mapTool().toolName() != "Digitize"
    desk.areas.selectByIds([next(iter(desk.areas.getFeatures())).id()])
    assert desk.dock.selected.feature == ""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("1.250", 1250.0),
        ("1250", 1250.0),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1.250,75", 1250.75),
        ("−3", -3.0),
    ],
)
def test_numbers_are_read_as_people_type_them(text: str, value: float | None) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize("text", ["a", "1,2,3", "1.2.3", "-", ",", "nan", "inf", "9" * 400, "٣"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - who calls it says what is wrong
        read_number(text)


@pytest.mark.parametrize("value", [0.0, 12.5, 9999.0, 12_345.67, 1_000_000.0, -3.0])
def test_a_number_is_typed_as_it_is_read(value: float) -> None:
    assert read_number(typed(value)) == value


def _first(desk: DrawingDesk) -> str:
    return str(desk.dock.form.contributions.lines[0].indicator.id)
