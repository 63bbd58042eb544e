# ruff: noqa: F821
"""The whole job in the desktop, with mouse and keys. Run inside QGIS by test_walk.py, which gives WALK: the address of
a catalogue, a folder, bindings and places (EPSG:28992) where the practice province forbids something."""

from dataclasses import replace

from qgis.core import QgsPointXY, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest

from novex_plugin.ui.basisset.areas import EXTENT

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
desktop = plugins["novex_plugin"].desktop
bench = desktop.workbench
canvas = iface.mapCanvas()
folder = Path(WALK["folder"])
step_number = 0


def shot(name):
    global step_number
    step_number += 1
    QTest.qWait(400)
    picture(f"gang-{step_number:02}-{name}")


def click(widget):
    assert widget.isVisible(), f"{widget} cannot be seen"
    assert widget.isEnabled(), f"{widget} cannot be pressed"
    QTest.mouseClick(widget, LEFT)
    QTest.qWait(50)


def write(widget, text):
    widget.setFocus()
    widget.selectAll()
    QTest.keyClicks(widget, text)


def look_at(x, y, width=1200):
    canvas.setExtent(QgsRectangle(x - width / 2, y - width / 3, x + width / 2, y + width / 3))
    wait_for(lambda: not canvas.isDrawing(), "the map")


def on_canvas(x, y):
    place = canvas.getCoordinateTransform().transform(QgsPointXY(x, y))
    return QPoint(round(place.x()), round(place.y()))


def map_click(x, y, button=LEFT):
    QTest.mouseMove(canvas.viewport(), on_canvas(x, y))
    QTest.qWait(40)
    QTest.mouseClick(canvas.viewport(), button, Qt.KeyboardModifier.NoModifier, on_canvas(x, y))
    QTest.qWait(40)


def square(x, y, size=160):
    half = size / 2
    return [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)]


def state_of_tables():
    """All rows as they are on the screen."""
    return {
        name: sorted((*map(str, row.attributes()), row.geometry().asWkt(3)) for row in layer.getFeatures())
        for name, layer in bench.proposal.layers.items()
    }


def drawn_ids():
    return {row["id"] for layer in bench.proposal.features.values() for row in layer.getFeatures()}


def draw(unit, name, corners):
    """Choose a legend unit in the palette with the keys and draw with the mouse; gives the id of the new feature."""
    dock = desktop.open("draw")
    before = drawn_ids()
    write(dock.palette.search, name)
    QTest.keyClick(dock.palette.search, Qt.Key.Key_Return)
    QTest.qWait(100)
    tree = dock.palette.tree
    row = tree.visualRect(tree.currentIndex()).center()
    QTest.mouseClick(tree.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, row)
    assert dock.drawing.active is not None, f"{name} is not in the palette"
    assert dock.drawing.active.unit.code == unit, dock.drawing.active
    for corner in corners:
        map_click(*corner)
    if len(corners) > 1:
        map_click(*corners[-1], RIGHT)
    wait_for(lambda: drawn_ids() - before, f"a feature {unit}", 10)
    click(dock.stop_button)
    (new,) = drawn_ids() - before
    return new


def findings_of(feature):
    standing = bench.testing.standing
    if standing is None:
        return []
    columns = standing.findings.columns
    return [
        (columns["regel"][row], columns["uitkomst"][row], columns["hardheid"][row])
        for row in bench.testing.of_feature(feature)
    ]


def tested(feature, rule, outcome):
    wait_for(lambda: any(each[:2] == (rule, outcome) for each in findings_of(feature)), f"{rule} {outcome}", 60)


def untouched(feature, rule):
    wait_for(lambda: all(each[0] != rule for each in findings_of(feature)), f"no {rule}", 60)


def at_rest():
    testing = bench.testing
    wait_for(lambda: not testing.busy and testing._part is None and not testing._waiting, "the live test", 120)


bench.change_settings(replace(bench.settings, catalogue=WALK["catalogue"], role="programmateam ruimte"))

# 1. A new proposal, from the toolbar to the project.
shot("leeg")
click(desktop.toolbar.widgetForAction(desktop.actions["draw"]))
shot("nog-geen-voorstel")
click(desktop.open("draw").new_button)
dialog = desktop._made["new"]
page = dialog.page
page.province.setCurrentIndex(page.province.findText("Gelderland"))
page.place.setFilePath(str(folder / "voorstel.gpkg"))
write(page.title, "Ruimtelijk voorstel Oefenland") if page.title.isVisible() else page.title.setText("Oefenland")
page.organisation.setText("Provincie Oefenland")
page.email.setText("ruimte@oefenland.example")
QTest.qWait(600)
shot("nieuw-voorstel")
click(dialog._make)
wait_for(lambda: bench.proposal is not None, "the proposal")
assert bench.proposal.missing() == (), bench.proposal.missing()
assert QgsProject.instance().crs().authid() == "EPSG:28992"
shot("project")

# 2. The basisset: ask the catalogue, tick, pull.
look_at(*WALK["middle"], 45_000)
basisset = desktop.open("basisset")
click(basisset._search_button)
wait_for(lambda: basisset.shelf.items, "the register")
QTest.qWait(300)
wanted = {each.id for each in basisset.shelf.items if each.title in WALK["datasets"]}
assert len(wanted) == len(WALK["datasets"]), wanted
basisset.model.tick(frozenset(wanted))
basisset.header.area_chosen.emit(EXTENT)
shot("basisset")
click(basisset.footer.pull_button)
wait_for(lambda: bench.snapshot is not None and not basisset.acting.errand.busy, "the snapshot", 120)
QTest.qWait(300)
bench.use_bindings(Path(WALK["bindings"]))
bed = next(each for each in basisset.shelf.items if each.title == WALK["datasets"][0])
basisset.select(bed.id)
click(basisset.footer.show_button)
wait_for(lambda: any(bed.title in each.name() for each in QgsProject.instance().mapLayers().values()), "the layer")
on_map = next(each for each in QgsProject.instance().mapLayers().values() if bed.title in each.name())
assert on_map.readOnly(), "layers of the basisset are not drawn in"
shot("opgehaald")

# 3. Five features with the mouse, two of them where that is not allowed.
at_rest()
before = state_of_tables()
x, y = WALK["places"]["woningbouw"]
look_at(x, y)
homes = draw("woningbouw", "Woningbouw", square(x, y))
tested(homes, "wbs-10-uiterwaarden", "overtreedt")
QTest.qWait(400)
shot("woningbouw-overtreedt")
after = state_of_tables()
layer, row = bench.proposal.feature(homes)
layer.undoStack().undo()
wait_for(lambda: homes not in drawn_ids(), "the undo", 10)
QTest.qWait(200)
assert state_of_tables() == before, "undo brings back what was"
layer.undoStack().redo()
wait_for(lambda: homes in drawn_ids(), "the redo", 10)
tested(homes, "wbs-10-uiterwaarden", "overtreedt")
x, y = WALK["places"]["zonneveld"]
look_at(x, y)
sun = draw("zonneveld", "Zonneveld", square(x, y))
tested(sun, "wbs-18-landbouwgrond", "overtreedt")
ladder = desktop.open("draw").form.fields["trede"]
ladder.setFocus()
QTest.keyClick(ladder, Qt.Key.Key_Down)
wait_for(lambda: bench.proposal.feature(sun)[1]["trede"] == 1, "the step on the ladder", 10)
shot("zonneveld-overtreedt")
x, y = WALK["places"]["windturbine"]
look_at(x, y)
turbine = draw("windturbine", "Windturbine", [(x, y)])
x, y = WALK["places"]["bos"]
look_at(x, y)
wood = draw("bos_nieuw", "Nieuw bos", square(x, y))
road = draw("weg_nieuw", "Nieuwe weg", [(x - 300, y - 200), (x, y - 260), (x + 300, y - 180)])
assert len(drawn_ids()) == 5
at_rest()
shot("vijf-getekend")

# 4. Explain one, mend one.
check = desktop.open("check")
columns = bench.testing.standing.findings.columns
wanted = next(
    columns["id"][row] for row in bench.testing.of_feature(sun) if columns["regel"][row] == "wbs-18-landbouwgrond"
)
assert check.select_finding(wanted)
QTest.qWait(600)
shot("bevinding")
click(check.detail.explain_button)
wait_for(lambda: check.acts.dialog is not None, "the dialog to explain", 10)
reason = check.acts.dialog.reason
reason.setFocus()
QTest.keyClicks(reason, "De grond is te nat voor teelt; de maatschap stemt met het zonneveld in.")
shot("motiveren")
click(check.acts.dialog.record)
tested(sun, "wbs-18-landbouwgrond", "gemotiveerd")
at_rest()
shot("gemotiveerd")
x, y = WALK["places"]["woningbouw"]
there = WALK["places"]["droog"]
middle = ((x + there[0]) / 2, (y + there[1]) / 2)
look_at(*middle, 1.6 * max(abs(there[0] - x), abs(there[1] - y)) + 1200)
layer, row = bench.proposal.feature(homes)
iface.setActiveLayer(layer)
iface.actionMoveFeature().trigger()
map_click(x, y)
map_click(*there)
untouched(homes, "wbs-10-uiterwaarden")
iface.actionPan().trigger()
at_rest()
shot("verplaatst")

# 5. Fill in what it counts for, and see the balance move.
balance = desktop.open("balance")
wait_for(lambda: bench.counting.balance is not None, "the balance")


def homes_counted():
    totals = bench.counting.balance.totals
    (total,) = (
        each.drawn for each in totals if (each.indicator, each.place_code, each.year) == ("woningen", "PV25", None)
    )
    return total or 0


assert homes_counted() == 0
draw_dock = desktop.open("draw")
draw_dock.show_item(homes)
wait_for(lambda: "naam" in draw_dock.form.fields, "the form", 10)
write(draw_dock.form.fields["naam"], "Waterfront")
QTest.keyClick(draw_dock.form.fields["naam"], Qt.Key.Key_Return)
wait_for(lambda: bench.proposal.feature(homes)[1]["naam"] == "Waterfront", "the name", 10)
line = next(each for each in draw_dock.form.contributions.lines if each.indicator.id == "woningen")
write(line.value, "420")
QTest.keyClick(line.value, Qt.Key.Key_Return)
wait_for(lambda: homes_counted() == 420, "420 homes in the balance", 30)
shot("aantallen")
desktop.open("balance")
QTest.qWait(700)
shot("balans")

# 6. Save, deliver and recompute.
for each in bench.proposal.layers.values():
    if each.isEditable():
        assert each.commitChanges(), each.commitErrors()
at_rest()
bench.testing.test_all()
at_rest()
click(desktop.toolbar.widgetForAction(desktop.actions["deliver"]))
delivering = desktop._made["deliver"]
QTest.qWait(1500)
shot("leveren")
page = delivering.deliver
page.handing.folder.setFilePath(str(folder))
click(page.button)
wait_for(lambda: page.outcome.shown, "the delivery", 150)
QTest.qWait(300)
shot("geleverd")
assert " 0 verschillen" in page.outcome.text(), page.outcome.text()
(delivery,) = folder.glob("*.zip")
delivering.hide()

# Nothing went wrong on the way.
wrong = [text for tag, text in messages if "Traceback" in text or tag.startswith("Python")]
assert not wrong, wrong
print("WALKED", delivery.name)
