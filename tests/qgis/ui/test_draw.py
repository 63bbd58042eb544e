"""Drawing with the palette: the right layer, attributes filled in, the form in the dock, one undo for each step."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import NULL, QgsLineString, QgsPoint, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest

from novex_plugin.core.dutch import quantity
from tests.qgis.ui.drawing_desk import LEFT, PLAIN, DrawingDesk


def test_one_click_on_a_unit_draws_it_with_its_attributes(desk: DrawingDesk) -> None:
    before = desk.areas.featureCount()
    row = desk.drawn("woningbouw")
    assert desk.areas.featureCount() == before + 1
    assert desk.areas.isEditable()
    given = {name: row[name] for name in ("legenda", "rol", "programma", "variant", "provincie", "precisie", "status")}
    assert given == {
        "legenda": "woningbouw",
        "rol": "nieuw",
        "programma": "woningbouw",
        "variant": "basis",
        "provincie": desk.bench.proposal.province,
        "precisie": "indicatief",
        "status": "idee",
    }
    assert len(row["id"]) == 36
    pixel = desk.canvas.mapUnitsPerPixel() ** 2
    assert row.geometry().area() == pytest.approx(180 * 140 * pixel, rel=0.05)
    assert desk.areas.selectedFeatureIds() == [row.id()]
    assert "Woningbouw" in desk.dock.form.title.text()
    assert desk.dock.form.measures.text() == quantity(row.geometry().area() / 10_000, "ha")
    assert desk.areas.undoStack().undoText() == "Woningbouw drawn"
    desk.draw([QPoint(260, 210), QPoint(350, 210), QPoint(350, 280)])
    assert desk.areas.featureCount() == before + 2, "the tool stays for the next one"
    assert desk.shown()["id"] != row["id"]


def test_the_role_of_the_palette_goes_with_what_is_drawn_next(desk: DrawingDesk) -> None:
    roles = desk.dock.palette.roles
    roles.setCurrentIndex(roles.findData("reservering"))
    assert desk.drawn("woningbouw")["rol"] == "reservering"
    barred = desk.dock.palette.model.index_of(("stiltegebied", "vlak"))
    assert not barred.flags() & Qt.ItemFlag.ItemIsEnabled, "no reservation of silence"


def test_points_and_lines_are_drawn_in_their_own_layers(desk: DrawingDesk) -> None:
    desk.choose("windturbine", "punt")
    view = desk.canvas.viewport()
    QTest.mouseClick(view, LEFT, PLAIN, QPoint(100, 100))
    desk.settle()
    assert desk.shown()["legenda"] == "windturbine"
    assert desk.layers["voorstel_punt"].undoStack().count() == 1
    desk.choose("weg_nieuw", "lijn")
    desk.draw([QPoint(50, 50), QPoint(150, 50)])
    assert desk.shown()["legenda"] == "weg_nieuw"
    assert desk.dock.form.measures.text() == quantity(desk.shown().geometry().length() / 1000, "km")
    assert not desk.layers["voorstel_punt"].selectedFeatureCount(), "one feature is selected in the whole proposal"


def test_measures_follow_while_drawing_and_escape_ends_it(desk: DrawingDesk) -> None:
    before = desk.canvas.mapTool()
    desk.choose("woningbouw", "vlak")
    view = desk.canvas.viewport()
    for place in (QPoint(60, 60), QPoint(240, 60)):
        QTest.mouseMove(view, place)
        QTest.mouseClick(view, LEFT, PLAIN, place)
    QTest.mouseMove(view, QPoint(240, 200))
    assert desk.dock.state.text().endswith("\u00a0ha")
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert desk.dock.drawing.active is not None, "the first leaves the shape"
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert desk.dock.drawing.active is None
    assert desk.canvas.mapTool() is before
    assert not desk.areas.isModified()


def test_what_is_filled_in_is_kept_with_the_feature_and_undone_step_by_step(desk: DrawingDesk) -> None:
    states = [desk.digest()]
    row = desk.drawn("woningbouw")
    states.append(desk.digest())
    desk.fill("woningen", "1.250")
    assert desk.amounts(row["id"]) == {"woningen": 1250.0}
    states.append(desk.digest())
    desk.fill("woningen", "420")
    assert desk.amounts(row["id"]) == {"woningen": 420.0}
    assert "won/ha" in desk.dock.form.measures.text()
    states.append(desk.digest())
    name = desk.dock.form.fields["naam"]
    name.setFocus()
    QTest.keyClicks(name, "Maaspark-Noord")
    QTest.keyClick(name, Qt.Key.Key_Return)
    desk.settle()
    assert "Maaspark-Noord" in desk.dock.form.title.text()
    states.append(desk.digest())
    desk.fill("woningen", "")
    assert desk.amounts(row["id"]) == {}
    stack = desk.areas.undoStack()
    forward = [*states, desk.digest()]
    for wanted in reversed(states):
        stack.undo()
        assert desk.digest() == wanted
    for wanted in forward[1:]:
        stack.redo()
        assert desk.digest() == wanted
    assert desk.areas.commitChanges()
    assert {name: len(rows) for name, rows in desk.digest().items()} == {n: len(r) for n, r in forward[-1].items()}
    assert not desk.layers["bijdrage"].isEditable()


def test_a_number_that_is_none_is_refused_in_place(desk: DrawingDesk) -> None:
    row = desk.drawn("woningbouw")
    before = desk.digest()
    for text in ("veel", "1,2,3", "-5", "1e400"):
        desk.fill("woningen", text)
        line = desk.dock.form.contributions.lines[0]
        assert line.trouble.isVisible(), text
        assert desk.digest() == before
    desk.fill("woningen", "12,5")
    assert not desk.dock.form.contributions.lines[0].trouble.isVisible()
    assert desk.amounts(row["id"]) == {"woningen": 12.5}


def test_the_measure_of_the_shape_can_be_taken_over(desk: DrawingDesk) -> None:
    row = desk.drawn("woningbouw")
    line = next(line for line in desk.dock.form.contributions.lines if line.indicator.id == "oppervlakte_bruto")
    line.extra.click()
    desk.settle()
    assert desk.amounts(row["id"])["oppervlakte_bruto"] == pytest.approx(row.geometry().area() / 10_000, abs=0.01)


def test_a_split_divides_what_adds_up_in_one_step(desk: DrawingDesk) -> None:
    row = desk.drawn("woningbouw")
    for indicator, text in (("woningen", "421"), ("aandeel_betaalbaar", "60"), ("oppervlakte_bruto", "250")):
        desk.fill(indicator, text)
    before = desk.digest()
    middle = row.geometry().centroid().asPoint()
    desk.areas.beginEditCommand("Split")
    line = QgsLineString([QgsPoint(middle.x(), -1e6), QgsPoint(middle.x(), 1e6)])
    desk.areas.splitFeatures(line, False, False)
    desk.areas.endEditCommand()
    (other,) = (each for each in desk.areas.editBuffer().addedFeatures().values() if each["id"] != row["id"])
    parts = desk.amounts(row["id"]), desk.amounts(other["id"])
    assert sum(part["woningen"] for part in parts) == 421
    assert all(part["woningen"] in (210, 211) for part in parts)
    assert [part["aandeel_betaalbaar"] for part in parts] == [60, 60]
    assert sum(part["oppervlakte_bruto"] for part in parts) == pytest.approx(250)
    assert "verdeeld naar oppervlakte" in desk.messages[-1]
    desk.areas.undoStack().undo()
    assert desk.digest() == before


def test_a_merge_keeps_the_largest_and_adds_up_in_one_step(desk: DrawingDesk) -> None:
    large = desk.drawn("woningbouw")
    desk.fill("woningen", "400")
    desk.fill("aandeel_betaalbaar", "50")
    desk.draw([QPoint(240, 60), QPoint(300, 60), QPoint(300, 200), QPoint(240, 200)])
    small = desk.shown()
    desk.fill("woningen", "20")
    desk.fill("woningen_sociaal", "8")
    before = desk.digest()
    desk.areas.selectByIds([desk.areas.selectedFeatureIds()[0], large.id()])
    assert desk.dock.below.currentIndex() == 2
    assert desk.dock.selected.merge_button.isEnabled()
    desk.dock.selected.merge_button.click()
    desk.settle()
    assert desk.shown()["id"] == large["id"]
    assert desk.bench.proposal.feature(small["id"]) is None
    assert desk.amounts(large["id"]) == {"woningen": 420, "aandeel_betaalbaar": 50, "woningen_sociaal": 8}
    assert desk.amounts(small["id"]) == {}
    desk.areas.undoStack().undo()
    assert desk.digest() == before


def test_a_removed_feature_takes_its_contributions_along_and_brings_them_back(desk: DrawingDesk) -> None:
    row = desk.drawn("woningbouw")
    desk.fill("woningen", "400")
    assert desk.areas.commitChanges(False)
    before = desk.digest()
    # As QGIS does it when the relation is a composition: contributions first, on a stack of their own.
    context = QgsVectorLayer.DeleteContext(True, QgsProject.instance())
    saved = desk.bench.proposal.feature(row["id"])
    desk.areas.beginEditCommand("Delete")
    assert desk.areas.deleteFeatures([saved[1].id()], context)
    desk.areas.endEditCommand()
    desk.settle()
    assert desk.amounts(row["id"]) == {}
    assert desk.dock.below.currentIndex() == 0
    desk.areas.undoStack().undo()
    assert desk.digest() == before


def test_the_same_ground_can_get_another_function(desk: DrawingDesk) -> None:
    row = desk.drawn("woningbouw")
    entry = desk.dock.palette.model.entry_of("waterberging")
    desk.dock.palette.shape_asked.emit(entry)
    desk.settle()
    copy = desk.shown()
    assert (copy["legenda"], copy["programma"]) == ("waterberging", "water-en-bodem-sturend")
    assert copy["id"] != row["id"]
    assert copy.geometry().equals(row.geometry())
    several = desk.dock.form.fields["meervoudig"]
    several.setItemCheckState(several.findData("woningbouw"), Qt.CheckState.Checked)
    desk.settle()
    assert desk.shown()["meervoudig"] == "woningbouw"
    point = next(each for each in _entries(desk) if each.key == ("windturbine", "punt"))
    desk.dock.palette.shape_asked.emit(point)
    assert not desk.layers["voorstel_punt"].isEditable()
    assert "punt" in desk.messages[-1]


def test_the_palette_finds_favourites_and_hides_on_the_map(desk: DrawingDesk) -> None:
    palette = desk.dock.palette
    palette.search.setText("windtur")
    QTest.qWait(200)
    assert [entry.unit.code for entry in _entries(desk)] == ["windturbine"]
    palette.search.clear()
    QTest.qWait(200)
    entry = palette.model.entry_of("woningbouw")
    actions = {action.text(): action for action in palette.menu_for(entry).actions()}
    actions["Favourite"].trigger()
    actions["Show on the map"].trigger()
    shown = {each.value(): each.renderState() for each in desk.areas.renderer().categories()}
    assert shown["woningbouw|nieuw"] is False
    assert shown["waterberging|nieuw"] is True
    actions["Show on the map"].trigger()
    actions["Select all on the map"].trigger()
    wanted = {row.id() for row in desk.areas.getFeatures() if row["legenda"] == "woningbouw"}
    assert set(desk.areas.selectedFeatureIds()) == wanted
    palette.mine.click()
    assert [each.unit.code for each in _entries(desk)] == ["woningbouw"]
    actions["Explain"].trigger()
    assert palette.explained.isVisible()


def test_a_feature_that_is_selected_on_the_map_is_shown_with_its_outcomes(desk: DrawingDesk) -> None:
    testing = desk.bench.testing
    row = next(iter(desk.areas.getFeatures()))
    desk.areas.selectByIds([row.id()])
    assert desk.dock.selected.feature == row["id"]
    assert desk.dock.form.outcomes.lines[0].text()
    asked: list[tuple[str, str]] = []
    desk.bench.step_asked.connect(lambda *what: asked.append(what))
    desk.dock.form.outcomes.asked.emit("bevinding-1")
    assert asked == [("check", "bevinding-1")]
    assert desk.dock.variants.live.text() == "○ live off"
    desk.dock.variants.live.click()
    assert testing.live is True
    assert desk.dock.variants.live.text() == "● live on"
    testing.set_live(False)
    assert not desk.dock.variants.live.isChecked()


def test_values_of_the_form_are_kept_or_refused(desk: DrawingDesk) -> None:
    row = desk.drawn("woningbouw")
    choice = desk.dock.form.fields["legenda"]
    choice.setCurrentIndex(choice.findData("bedrijventerrein"))
    choice.activated.emit(choice.currentIndex())
    desk.settle()
    changed = desk.shown()
    assert (changed["legenda"], changed["programma"]) == ("bedrijventerrein", "werklocaties")
    desk.dock.form.value_given.emit("start_jaar", "ooit", "Beginjaar")
    assert "past" in desk.messages[-1] or "fit" in desk.messages[-1]
    assert desk.shown()["start_jaar"] == NULL
    desk.dock.form.value_given.emit("kleur", "rood", "Kleur")
    assert "kleur" in desk.messages[-1]
    assert row["id"] == changed["id"]


def _entries(desk: DrawingDesk) -> list[Any]:
    model = desk.dock.palette.model
    return [
        model.entry(model.index(row, 0, model.index(group, 0)))
        for group in range(model.rowCount())
        for row in range(model.rowCount(model.index(group, 0)))
    ]
