"""The plugin in the real desktop."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

PICTURES = Path(__file__).resolve().parents[2] / "build" / "gui"


def test_the_desktop_shows_an_algorithm_and_a_proposal_is_drawn_in_with_the_mouse(
    desktop: Callable[[str], str], run_algorithm: Callable[..., Any], tmp_path: Path
) -> None:
    pictures = [PICTURES / "algoritme.png", PICTURES / "tekenen.png"]
    for picture in pictures:
        picture.unlink(missing_ok=True)
    proposal = tmp_path / "voorstel.gpkg"
    made = run_algorithm("novex:newproposal", PROVINCE="Limburg", VARIANT="basis", OUTPUT=proposal)
    assert made.exit_code == 0, made.messages
    printed = desktop(_ALGORITHM + _DRAWING.replace("{proposal}", str(proposal)))
    assert "check" in printed
    assert all(picture.stat().st_size > 20_000 for picture in pictures)
    with closing(sqlite3.connect(proposal)) as saved:
        drawn = saved.execute("SELECT legenda, programma, provincie, variant, id FROM voorstel_vlak").fetchone()
        counted = saved.execute("SELECT kenmerk, indicator, waarde, eenheid FROM bijdrage").fetchall()
    assert drawn[:4] == ("woningbouw", "woningbouw", "PV31", "basis")
    assert counted == [(drawn[4], "woningen", 420.0, "woningen")]


_ALGORITHM = """
import processing
assert "novex_plugin" in plugins, list(plugins)
provider = QgsApplication.processingRegistry().providerById("novex")
assert provider is not None
print("algorithms:", ",".join(sorted(algorithm.name() for algorithm in provider.algorithms())))
iface.mainWindow().resize(1366, 768)
dialog = processing.createAlgorithmDialog("novex:check", {})
dialog.show()
for _ in range(20):
    QApplication.processEvents()
picture("algoritme")
dialog.close()
"""

_DRAWING = """
from qgis.core import QgsGeometry, QgsProject, QgsRectangle, QgsVectorLayer, QgsVectorLayerUtils
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QComboBox, QDialog, QDialogButtonBox
layers = {name: QgsVectorLayer("{proposal}|layername=" + name, name, "ogr")
          for name in ("bijdrage", "voorstel_punt", "voorstel_lijn", "voorstel_vlak")}
QgsProject.instance().addMapLayers(layers.values())
areas, contributions = layers["voorstel_vlak"], layers["bijdrage"]
QgsProject.instance().setCrs(areas.crs())
canvas = iface.mapCanvas()
canvas.setExtent(QgsRectangle(190000, 360000, 194000, 362500))
iface.setActiveLayer(areas)
iface.actionToggleEditing().trigger()
assert contributions.isEditable()
iface.actionAddFeature().trigger()
for x, y in ((100, 100), (300, 100), (300, 250), (100, 250)):
    QTest.mouseMove(canvas.viewport(), QPoint(x, y))
    QTest.mouseClick(canvas.viewport(), Qt.LeftButton, Qt.NoModifier, QPoint(x, y))
    QTest.qWait(100)
QTest.mouseClick(canvas.viewport(), Qt.RightButton, Qt.NoModifier, QPoint(100, 250))
forms = []
for _ in range(100):
    forms = [each for each in QApplication.topLevelWidgets() if each.isVisible() and isinstance(each, QDialog)]
    if forms:
        break
    QTest.qWait(100)
(form,) = forms
accept = form.findChild(QDialogButtonBox).button(QDialogButtonBox.Ok)
assert not accept.isEnabled(), "the legend unit is required"
(units,) = [each for each in form.findChildren(QComboBox) if each.findText("Woningbouw") >= 0]
units.setCurrentIndex(units.findText("Woningbouw"))
picture("tekenen")
QTest.mouseClick(accept, Qt.LeftButton)
(drawn,) = areas.getFeatures()
row = QgsVectorLayerUtils.createFeature(contributions, QgsGeometry(), {
    contributions.fields().indexOf(name): value
    for name, value in (("kenmerk", drawn["id"]), ("indicator", "woningen"), ("waarde", 420.0), ("eenheid", "woningen"))
})
contributions.addFeature(row)
iface.actionSaveActiveLayerEdits().trigger()
assert not contributions.isModified(), "saved with the areas"
ours = [text for tag, text in messages if tag == "NOVEX Puzzel" or "novex_plugin" in text]
assert not ours, ours
"""
