"""What goes along in a delivery: layers, features, datasets with or without data, and about how large it becomes."""

from __future__ import annotations

from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QGroupBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from novex_plugin.core.dutch import number
from novex_plugin.ui.deliver.file_look import IMAGE, WITH_DATA, FileLook

_ROWS_SHOWN = 6


class ContentBox(QGroupBox):
    """Shows a FileLook; `changed` tells that the choice to put data in changed."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("What goes along"))
        outer = QVBoxLayout(self)
        lines = QFormLayout()
        outer.addLayout(lines)
        self.features, self.tables, self.datasets, self.size = (QLabel(self) for _ in range(4))
        for label, widget in (
            (self.tr("Drawn"), self.features),
            (self.tr("Beside it"), self.tables),
            (self.tr("Datasets"), self.datasets),
            (self.tr("Size"), self.size),
        ):
            widget.setWordWrap(True)
            widget.setTextFormat(Qt.TextFormat.PlainText)
            lines.addRow(label, widget)
        self.with_data = QCheckBox(self.tr("Put the data in"), self)
        self.with_data.setToolTip(
            self.tr(
                "Without the data a receiver cannot recompute the rules that need them, unless by the same snapshot"
            )
        )
        self.with_data.toggled.connect(lambda _: self._resize())
        self.with_data.toggled.connect(lambda _: self.changed.emit())
        outer.addWidget(self.with_data)
        self.fold = QgsCollapsibleGroupBox(self.tr("Datasets one by one"), self)
        self.fold.setCollapsed(True)
        self.list = QTreeWidget(self.fold)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderLabels([self.tr("Dataset"), self.tr("Goes along as")])
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.setMinimumHeight(_ROWS_SHOWN * self.list.fontMetrics().height() * 2)
        inner = QVBoxLayout(self.fold)
        inner.addWidget(self.list)
        outer.addWidget(self.fold)
        self._shown: FileLook | None = None
        self.show_look(None)

    def show_look(self, found: FileLook | None) -> None:
        """Show what was found; None: it is being looked at."""
        if found is not None and found == self._shown:
            return
        self._shown = found
        if found is None:
            for label in (self.features, self.tables, self.datasets, self.size):
                label.setText("…")
            self.list.clear()
            return
        self.features.setText(self._drawn(found.rows))
        self.tables.setText(self._beside(found.rows))
        self.datasets.setText(self._counted(found))
        has_data = any(each.kind == WITH_DATA for each in found.sources)
        self.with_data.setEnabled(has_data)
        self.fold.setVisible(bool(found.sources))
        self._resize()

    def _drawn(self, rows: dict[str, int]) -> str:
        told = {
            "voorstel_vlak": (self.tr("1 area"), self.tr("{count} areas")),
            "voorstel_lijn": (self.tr("1 line"), self.tr("{count} lines")),
            "voorstel_punt": (self.tr("1 point"), self.tr("{count} points")),
        }
        return _joined(rows, told) or self.tr("nothing yet")

    def _beside(self, rows: dict[str, int]) -> str:
        told = {
            "bijdrage": (self.tr("1 contribution"), self.tr("{count} contributions")),
            "verklaring": (self.tr("1 statement"), self.tr("{count} statements")),
            "motivering": (self.tr("1 explanation"), self.tr("{count} explanations")),
        }
        return _joined(rows, told) or self.tr("no contributions, statements or explanations")

    def _counted(self, found: FileLook) -> str:
        own = sum(each.own for each in found.sources)
        kinds = [each.kind for each in found.sources if not each.own]
        told = {
            "local": (self.tr("1 local copy"), self.tr("{count} local copies")),
            "image": (self.tr("1 image only"), self.tr("{count} images only")),
            "failed": (self.tr("1 not pulled"), self.tr("{count} not pulled")),
            "own": (self.tr("1 layer of the province's own"), self.tr("{count} layers of the province's own")),
        }
        local, images = kinds.count(WITH_DATA), kinds.count(IMAGE)
        counts = {"local": local, "image": images, "failed": len(kinds) - local - images, "own": own}
        return _joined(counts, told) or self.tr("none: no snapshot was chosen")

    def _resize(self) -> None:
        """Size and list follow the choice."""
        found = self._shown
        if found is None:
            return
        along = self.with_data.isChecked()
        size = found.packed + (found.packed_data if along else 0)
        self.size.setText(self.tr("about {size} MB").format(size=_megabytes(size)))
        more = self.tr("Put the data in (about {size} MB more)").format(size=_megabytes(found.packed_data))
        self.with_data.setText(more)
        told = {
            WITH_DATA: self.tr("data") if along else self.tr("name and digest"),
            IMAGE: self.tr("address of the image"),
        }
        self.list.clear()
        rows = [QTreeWidgetItem([each.title, told.get(each.kind, self.tr("only its name"))]) for each in found.sources]
        self.list.addTopLevelItems(rows)


def _megabytes(size: int) -> str:
    return number(max(round(size / 1e6, 1), 0.1))


def _joined(counts: dict[str, int], told: dict[str, tuple[str, str]]) -> str:
    parts = [
        one if counts.get(key) == 1 else several.format(count=number(counts[key]))
        for key, (one, several) in told.items()
        if counts.get(key)
    ]
    return " · ".join(parts)
