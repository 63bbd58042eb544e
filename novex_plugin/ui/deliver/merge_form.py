"""Where the deliveries that are laid together go, and which layer tells the borders of the provinces."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import (
    Qgis,
    QgsCoordinateTransformContext,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProject,
    QgsVectorLayer,
)
from qgis.gui import QgsFileWidget, QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from novex_plugin.core.progress import Silent

if TYPE_CHECKING:
    from novex_plugin.core.features.table import FeatureTable
    from novex_plugin.core.progress import Progress


class MergeForm(QWidget):
    """`asked` is emitted when the button is pressed."""

    asked = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rows = QFormLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.file = QgsFileWidget(self)
        self.file.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.file.setFilter("GeoPackage (*.gpkg)")
        self.borders = QgsMapLayerComboBox(self)
        self.borders.setFilters(Qgis.LayerFilter.PolygonLayer)
        self.borders.setAllowEmptyLayer(True, self.tr("none: no search for what ends at a border"))
        self.button = QPushButton(self.tr("Merge"), self)
        self.button.clicked.connect(lambda: self.asked.emit())
        hint = QLabel(self.tr("Balance, indicators and report are written beside it."), self)
        hint.setWordWrap(True)
        hint.setTextFormat(Qt.TextFormat.PlainText)
        rows.addRow(self.tr("&Result"), self.file)
        rows.addRow("", hint)
        rows.addRow(self.tr("&Provinces"), self.borders)
        pressed = QHBoxLayout()
        pressed.addWidget(self.button)
        pressed.addStretch(1)
        rows.addRow("", pressed)
        self.file.fileChanged.connect(lambda _: self._judge())
        self._judge()

    @property
    def target(self) -> Path:
        path = Path(self.file.filePath().strip())
        return path if path.suffix.lower() == ".gpkg" else path.with_name(f"{path.name}.gpkg")

    def load(self, deliveries: list[Path]) -> None:
        """Propose a place beside the first delivery."""
        if not self.file.filePath() and deliveries:
            self.file.setFilePath(str(deliveries[0].with_name("novex-samengevoegd.gpkg")))
        if self.borders.currentLayer() is None:
            # The empty choice comes first.
            self.borders.setCurrentIndex(0)
        self.file.setFocus()
        self._judge()

    def areas(self) -> Callable[[Progress], FeatureTable | None]:
        """How a worker reads the borders: from a layer of its own, for a layer belongs to one thread."""
        layer = self.borders.currentLayer()
        if not isinstance(layer, QgsVectorLayer):
            return lambda _: None
        transforms = QgsProject.instance().transformContext()
        if layer.providerType() == "memory":
            table = _read(layer, transforms, Silent())
            return lambda _: table
        source, name, provider = layer.source(), layer.name(), layer.providerType()
        return lambda progress: _read(QgsVectorLayer(source, name, provider), transforms, progress)

    def release(self) -> None:
        self.borders.setLayer(None)

    def _judge(self) -> None:
        path = self.file.filePath().strip()
        self.button.setEnabled(bool(path) and Path(path).is_absolute())


def _read(layer: QgsVectorLayer, transforms: QgsCoordinateTransformContext, progress: Progress) -> FeatureTable:
    from novex_plugin.qgis_adapter.vector import feature_table

    context = QgsProcessingContext()
    return feature_table(QgsProcessingFeatureSource(layer, context), transforms, progress)
