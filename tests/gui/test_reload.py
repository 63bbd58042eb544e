"""Loading and unloading the plugin leaves nothing behind, with all docks open on a proposal."""

from __future__ import annotations

import json
from collections.abc import Callable

from scripts.practice.desk import Desk

_STEPS = """
import json, gc
from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QToolBar
from qgis.PyQt.QtGui import QAction
from qgis.core import QgsProject, QgsVectorLayer
from qgis import utils

project, window, canvas = QgsProject.instance(), iface.mainWindow(), iface.mapCanvas()
path = DESK["proposal"]
names = ("voorstel", "variant", "bijdrage", "verklaring", "dataset", "motivering", "logboek",
         "voorstel_punt", "voorstel_lijn", "voorstel_vlak")
layers = [QgsVectorLayer(f"{path}|layername={name}", name, "ogr") for name in names]
project.setCrs(layers[-1].crs())
project.addMapLayers(layers)
canvas.setExtent(layers[-1].extent())
features = layers[-1]

def settle():
    for _ in range(5):
        QTest.qWait(50)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()

def census():
    settle()
    heard = {
        f"{type(thing).__name__}.{name}": thing.receivers(getattr(thing, name))
        for thing, names in (
            (project, ("layersAdded", "layersWillBeRemoved", "readProject", "cleared", "crsChanged")),
            (canvas, ("extentsChanged", "xyCoordinates", "destinationCrsChanged", "mapToolSet", "currentLayerChanged")),
            (features, ("featureAdded", "geometryChanged", "attributeValueChanged", "featureDeleted",
                        "selectionChanged", "editingStarted", "afterCommitChanges", "willBeDeleted")),
            (iface.layerTreeView(), ("currentLayerChanged",)),
        )
        for name in names
    }
    return {
        "docks": sorted(each.objectName() for each in window.findChildren(QDockWidget)),
        "toolbars": sorted(each.objectName() for each in window.findChildren(QToolBar)),
        "actions": sorted(each.objectName() for each in window.findChildren(QAction) if "novex" in each.objectName()),
        "widgets": sorted(name for each in QApplication.allWidgets() if "novex" in (name := type(each).__module__)),
        "menu": [each.text() for each in iface.pluginMenu().actions()],
        "providers": sorted(each.id() for each in QgsApplication.processingRegistry().providers()),
        "canvas items": len(canvas.scene().items()),
        "tasks": QgsApplication.taskManager().count(),
        "signals": heard,
    }

assert utils.unloadPlugin("novex_plugin")
before = census()
for number in range(10):
    assert utils.loadPlugin("novex_plugin") and utils.startPlugin("novex_plugin")
    desktop = utils.plugins["novex_plugin"].desktop
    desktop.workbench.use_snapshot(Path(DESK["snapshot"]))
    desktop.workbench.use_bindings(Path(DESK["bindings"]))
    for step in ("basisset", "check", "balance"):
        desktop.open(step)
    if number == 0:
        wait_for(lambda: desktop.workbench.testing.standing is not None, "the test")
        QTest.qWait(500)
    QTest.qWait(100)
    desktop = None
    assert utils.unloadPlugin("novex_plugin")
    settle()
after = census()
print("CENSUS", json.dumps([before, after]))
ours = [text for tag, text in messages if "Traceback" in text or tag.startswith("Python")]
assert not ours, ours
"""


def test_ten_reloads_leave_no_dock_action_provider_or_signal_behind(
    desktop: Callable[[str], str], practice_desk: Desk
) -> None:
    places = {name: str(getattr(practice_desk, name)) for name in ("proposal", "snapshot", "bindings")}
    printed = desktop(f"DESK = {places!r}\n{_STEPS}")
    before, after = json.loads(printed.split("CENSUS ", 1)[1].splitlines()[0])
    assert after == before
