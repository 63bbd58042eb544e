"""QGIS is closed while the plugin still works: it ends as it should, and the file is whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from novex_plugin.core.files import file_digest
from novex_plugin.core.proposal.read import read_proposal
from scripts.practice.desk import Desk

_STEPS = """
from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication, QMessageBox

path = DESK["proposal"]
names = ("voorstel", "variant", "bijdrage", "verklaring", "dataset", "motivering", "logboek",
         "voorstel_punt", "voorstel_lijn", "voorstel_vlak")
QgsProject.instance().addMapLayers([QgsVectorLayer(f"{path}|layername={name}", name, "ogr") for name in names])
desktop = plugins["novex_plugin"].desktop
bench = desktop.workbench
bench.use_snapshot(Path(DESK["snapshot"]))
bench.use_bindings(Path(DESK["bindings"]))
for step in ("basisset", "draw", "check", "balance"):
    desktop.open(step)
wait_for(lambda: bench.proposal is not None, "the proposal")
bench.testing.test_all()
bench.counting.count()
QTest.qWait(150)
assert bench.testing.busy, "the test still runs"
print("CLOSING", flush=True)
closing = True
QgsProject.instance().setDirty(False)

def say_yes():
    shown = (each for each in QApplication.topLevelWidgets() if each.isVisible())
    (question,) = (each for each in shown if isinstance(each, QMessageBox))
    question.button(QMessageBox.StandardButton.Yes).click()
    return question.text()

def answer():
    # QGIS itself asks whether what still runs has to be stopped; then one closes it again.
    assert "Voorstel toetsen" in say_yes()
    QTimer.singleShot(100, close_again)

def close_again():
    if QgsApplication.taskManager().activeTasks():
        QTimer.singleShot(100, close_again)
    else:
        QTimer.singleShot(500, say_yes)  # QGIS takes files in the folder of a test for temporary ones, and asks
        iface.actionExit().trigger()

QTimer.singleShot(1000, answer)
QTimer.singleShot(0, iface.actionExit().trigger)
"""


def test_closing_during_a_task_ends_without_a_word_and_leaves_the_file_whole(
    desktop: Callable[[str], str], practice_desk: Desk
) -> None:
    before = file_digest(practice_desk.proposal)
    places = {name: str(getattr(practice_desk, name)) for name in ("proposal", "snapshot", "bindings")}
    printed = desktop(f"DESK = {places!r}\n{_STEPS}")
    assert "CLOSING" in printed
    assert "Traceback" not in printed
    assert file_digest(practice_desk.proposal) == before
    assert not read_proposal(practice_desk.proposal).problems
    assert not list(Path(practice_desk.proposal).parent.glob("*.gpkg-journal"))
