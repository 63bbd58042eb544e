"""What tests of new proposals share: a layer as a province might have it, and messages as they were said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from novex_plugin.ui.workbench import Workbench

ROWS = (
    ("WON", "Noordrand", 420, 2030, QgsRectangle(190_000, 360_000, 190_400, 360_300)),
    ("WON", "Zuidrand", 80, 2035, QgsRectangle(191_000, 360_000, 191_200, 360_200)),
    ("BT", "Havenpark", None, 2032, QgsRectangle(192_000, 360_000, 192_500, 360_400)),
    ("KERMIS", "Feestplein", None, None, QgsRectangle(193_000, 360_000, 193_100, 360_100)),
)

MAPPING = {
    "format": "novex-mapping",
    "version": "1.0",
    "fields": {
        "legenda": {"from": "CODE", "values": {"WON": "woningbouw", "BT": "bedrijventerrein"}},
        "naam": {"from": "NAAM"},
        "eind_jaar": {"from": "GEREED"},
    },
    "contributions": [
        {
            "indicator": "woningen",
            "value": {"from": "AANTAL"},
            "unit": "woningen",
            "year": {"from": "GEREED"},
            "status": None,
        }
    ],
}


def plan(crs: str = "EPSG:28992") -> QgsVectorLayer:
    """A layer in memory with four areas, of which one fits no legend unit; `crs` empty: it does not say which."""
    fields = "field=CODE:string&field=NAAM:string&field=AANTAL:integer&field=GEREED:integer"
    layer = QgsVectorLayer(f"Polygon?crs=EPSG:28992&{fields}", "plan", "memory")
    rows = []
    for *values, shape in ROWS:
        row = QgsFeature(layer.fields())
        row.setAttributes(values)
        row.setGeometry(QgsGeometry.fromRect(shape))
        rows.append(row)
    assert layer.dataProvider().addFeatures(rows)[0]
    layer.updateExtents()
    layer.setCrs(QgsCoordinateReferenceSystem(crs))
    return layer


def plan_file(folder: Path) -> Path:
    """The same in a GeoPackage."""
    target = folder / "plan.gpkg"
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.layerName = "plan"
    written = QgsVectorFileWriter.writeAsVectorFormatV3(
        plan(), str(target), QgsProject.instance().transformContext(), options
    )
    assert written[0] == QgsVectorFileWriter.WriterError.NoError, written
    return target


class Said:
    """Messages of a workbench, with their buttons."""

    def __init__(self, bench: Workbench) -> None:
        self.texts: list[str] = []
        self.buttons: dict[str, Callable[[], object]] = {}
        bench.tell = self._tell  # type: ignore[method-assign]

    def _tell(self, message: str, _level: Any = None, button: Any = None, _seconds: int = -1) -> None:
        self.texts.append(message)
        if button is not None:
            self.buttons[button[0]] = button[1]


def press(button: Any) -> None:
    """Press a button with the mouse."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
