"""What the tests of the drawing dock share: the dock on a canvas, real clicks, and a digest of all that is edited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qgis.core import Qgis, QgsApplication, QgsFeature, QgsProject, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QPoint, Qt
from qgis.PyQt.QtTest import QTest

from novex_plugin.qgis_adapter.editing_together import EditingTogether
from novex_plugin.qgis_adapter.log import LOG_TAG
from novex_plugin.qgis_adapter.relations import relate_contributions
from novex_plugin.ui.draw.dock import DrawDock, create
from novex_plugin.ui.editing import Editing

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
PLAIN = Qt.KeyboardModifier.NoModifier
FAR = (QPoint(60, 60), QPoint(240, 60), QPoint(240, 200), QPoint(60, 200))


class DrawingDesk:
    """The dock with a map of 400 by 300 pixels, and contributions edited together with features as the plugin does."""

    def __init__(self, bench: Any) -> None:
        self.bench = bench
        self.messages: list[str] = []
        self._heard = QgsApplication.messageLog().messageReceived[str, str, Qgis.MessageLevel].connect(self._hear)
        project = QgsProject.instance()
        relate_contributions(project)
        self.together = EditingTogether(project, self.messages.append)
        self.together.watch_proposals()
        self.editing = Editing(bench)
        self.canvas = bench.iface.mapCanvas()
        self.canvas.resize(400, 300)
        self.canvas.setDestinationCrs(project.crs())
        self.canvas.setLayers(list(bench.proposal.features.values()))
        self.canvas.setExtent(QgsRectangle(10_000, 10_000, 14_000, 13_000))
        self.canvas.show()
        bench.testing.set_live(False)
        self.dock: DrawDock = create(bench)
        self.dock.resize(340, 700)
        self.dock.show()

    def close(self) -> None:
        QObject.disconnect(self._heard)
        self.dock.release()
        self.dock.deleteLater()
        self.editing.release()
        self.together.release()
        self.canvas.hide()
        for layer in QgsProject.instance().mapLayers().values():
            if isinstance(layer, QgsVectorLayer) and layer.isEditable():
                layer.rollBack()

    def _hear(self, message: str, tag: str, _: object) -> None:
        if tag == LOG_TAG:
            self.messages.append(message)

    @property
    def layers(self) -> dict[str, QgsVectorLayer]:
        return dict(self.bench.proposal.layers)

    @property
    def areas(self) -> QgsVectorLayer:
        return self.layers["voorstel_vlak"]

    def settle(self) -> None:
        """Let what waits for the end of an event happen."""
        QTest.qWait(20)

    def choose(self, unit: str, kind: str) -> None:
        """Click a legend unit in the palette."""
        tree, model = self.dock.palette.tree, self.dock.palette.model
        index = model.index_of((unit, kind))
        assert index.isValid()
        tree.scrollTo(index)
        QTest.mouseClick(tree.viewport(), LEFT, PLAIN, tree.visualRect(index).center())

    def draw(self, places: Iterable[QPoint] = FAR) -> None:
        """Click corners on the map and end with the right button."""
        view = self.canvas.viewport()
        last = None
        for last in places:
            QTest.mouseMove(view, last)
            QTest.mouseClick(view, LEFT, PLAIN, last)
        assert last is not None
        QTest.mouseClick(view, RIGHT, PLAIN, last)
        self.settle()

    def drawn(self, unit: str = "woningbouw") -> QgsFeature:
        """Draw an area and give it."""
        self.choose(unit, "vlak")
        self.draw()
        return self.shown()

    def shown(self) -> QgsFeature:
        """The feature in the form."""
        found = self.bench.proposal.feature(self.dock.selected.feature)
        assert found is not None
        return found[1]

    def amounts(self, feature: str) -> dict[str, float]:
        rows = self.layers["bijdrage"].getFeatures()
        return {str(row["indicator"]): float(row["waarde"]) for row in rows if row["kenmerk"] == feature}

    def fill(self, indicator: str, text: str) -> None:
        """Type an amount and leave the field."""
        line = next(line for line in self.dock.form.contributions.lines if line.indicator.id == indicator)
        line.value.setFocus()
        line.value.clear()
        QTest.keyClicks(line.value, text)
        QTest.keyClick(line.value, Qt.Key.Key_Return)
        self.settle()

    def digest(self) -> dict[str, list[tuple[str, ...]]]:
        """All rows of all tables as they are on the screen."""
        return {
            name: sorted(
                (
                    *(str(row[each.name()]) for each in layer.fields() if each.name() != "fid"),
                    row.geometry().asWkt(3),
                )
                for row in layer.getFeatures()
            )
            for name, layer in self.layers.items()
        }
