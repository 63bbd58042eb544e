"""The page Ontvangen: open deliveries of others, recompute, compare and merge them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsCsException, QgsGeometry, QgsProject
from qgis.PyQt.QtCore import QModelIndex, Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from novex_plugin.core.dutch import day
from novex_plugin.core.features.table import RD_NEW
from novex_plugin.ui.deliver.busy_row import BusyRow
from novex_plugin.ui.deliver.deliveries import Deliveries
from novex_plugin.ui.deliver.differences import DifferencesView
from novex_plugin.ui.deliver.merge_form import MergeForm
from novex_plugin.ui.deliver.outcomes import ChangesView, MergeView
from novex_plugin.ui.look import icon

if TYPE_CHECKING:
    from novex_plugin.core.delivery.changes import Changes
    from novex_plugin.core.delivery.receive import Received
    from novex_plugin.core.delivery.verify import Verification
    from novex_plugin.core.errors import InputError
    from novex_plugin.ui.deliver.reading import Merged
    from novex_plugin.ui.workbench import Workbench

_FOLDER = "ontvangen"


class ReceivePage(QWidget):
    """A list of deliveries, what can be done with those that are selected, and what came out."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self.setAcceptDrops(True)
        self.deliveries = Deliveries()
        self.list = QTreeView(self)
        self.list.setModel(self.deliveries)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setAccessibleName(self.tr("Deliveries"))
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.buttons: dict[str, QPushButton] = {}
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.busy = BusyRow(self)
        self.nothing, self.differences = QLabel(self), DifferencesView(self)
        self.changes, self.merged = ChangesView(self), MergeView(self)
        self.form = MergeForm(self)
        self.shown = QStackedWidget(self)
        for view in (self.nothing, self.differences, self.changes, self.merged, self.form):
            self.shown.addWidget(view)
        self.copy = QPushButton(self.tr("Copy"), self)
        self.copy.clicked.connect(self._copy)
        self._lay_out()
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._refresh())
        self.changes.activated.connect(self._go)
        self.changes.clicked.connect(self._go)
        self.form.asked.connect(self._merge)
        self._refresh()

    def release(self) -> None:
        """Stop, and hear nothing of it."""
        self.busy.release()
        self.form.release()
        for view in (self.differences, self.changes, self.merged):
            view.release()
        self.list.setModel(None)

    def selected(self) -> list[Path]:
        """The selected deliveries; all of them where none is selected."""
        chosen = sorted({each.row() for each in self.list.selectionModel().selectedRows()})
        return [self.deliveries.path(row) for row in chosen or range(self.deliveries.rowCount())]

    def add(self, paths: list[Path]) -> None:
        """Put deliveries in the list and select them."""
        before = self.deliveries.rowCount()
        self.deliveries.add(paths)
        if before == 0 and self.deliveries.rowCount() == 1:
            self.list.setCurrentIndex(self.deliveries.index(0, 0))
        self._refresh()

    def dragEnterEvent(self, event: Any) -> None:
        if _zips(event):
            event.acceptProposedAction()

    def dropEvent(self, event: Any) -> None:
        self.add(_zips(event))

    def open_selected(self) -> None:
        """Open deliveries as layers."""
        from novex_plugin.ui.deliver.reading import take_in

        chosen, folder = self.selected(), self._workbench.settings.snapshots / _FOLDER
        self._run(
            self.tr("Opening"),
            lambda progress: take_in(chosen, folder, progress),
            lambda found: self._opened(chosen, found),
        )

    def recompute(self) -> None:
        """Recompute one delivery."""
        from novex_plugin.ui.deliver.reading import recompute

        (chosen,) = self.selected()
        snapshot = self._workbench.snapshot
        self._run(
            self.tr("Recomputing"),
            lambda progress: recompute(chosen, snapshot, progress),
            lambda found: self._recomputed(chosen, found),
        )

    def compare(self) -> None:
        """Compare two deliveries, the younger with the elder."""
        from novex_plugin.ui.deliver.reading import compare

        previous, chosen = self.deliveries.by_age(self.selected())
        self._run(
            self.tr("Comparing"),
            lambda progress: compare(chosen, previous, progress),
            lambda found: self._compared(found),
        )

    def report(self) -> None:
        """Make and open the report of one delivery."""
        from novex_plugin.ui.deliver.reading import report

        (chosen,) = self.selected()
        self._run(self.tr("Making the report"), lambda progress: report(chosen, progress), self._reported)

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        first, second = QHBoxLayout(), QHBoxLayout()
        told = (
            ("add", self.tr("Add…"), self.tr("Choose deliveries (zip), or drop them here"), self._choose, first),
            ("remove", self.tr("Remove"), self.tr("Take from the list; the file stays"), self._remove, first),
            ("open", self.tr("Open on map"), self.tr("As layers in a group, read-only"), self.open_selected, second),
            (
                "recompute",
                self.tr("Recompute"),
                self.tr("Make it again and name every difference"),
                self.recompute,
                second,
            ),
            ("report", self.tr("Report"), self.tr("Open the report, made from its content"), self.report, second),
            ("compare", self.tr("Compare"), self.tr("Two deliveries of one province"), self.compare, second),
            ("merge", self.tr("Merge…"), self.tr("Lay deliveries of provinces together"), self._to_form, second),
        )
        for key, text, tip, pressed, row in told:
            button = QPushButton(text, self)
            button.setToolTip(tip)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, pressed=pressed: pressed())
            self.buttons[key] = button
            row.addWidget(button)
        self.buttons["add"].setIcon(icon("mActionAdd.svg"))
        self.buttons["remove"].setIcon(icon("mActionRemove.svg"))
        for row in (first, second):
            row.addStretch(1)
        self.nothing.setText(
            self.tr("Nothing of a delivery is run, and its styles stay behind: layers get the agreed legend.")
        )
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        last = QHBoxLayout()
        last.addWidget(self.said, 1)
        last.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        rows.addLayout(first)
        rows.addWidget(self.list, 1)
        rows.addLayout(second)
        rows.addWidget(self.busy)
        rows.addLayout(last)
        rows.addWidget(self.shown, 2)

    def _refresh(self) -> None:
        count, free = len(self.selected()), not self.busy.busy
        asks = {
            "add": True,
            "remove": self.list.selectionModel().hasSelection(),
            "open": count > 0,
            "recompute": count == 1,
            "report": count == 1,
            "compare": count == 2,
            "merge": count > 1,
        }
        for key, allowed in asks.items():
            self.buttons[key].setEnabled(free and allowed)
        self.form.setEnabled(free and count > 1)
        self.copy.setVisible(bool(self.said.text()))

    def _choose(self) -> None:
        title, kinds = self.tr("Choose deliveries"), self.tr("Deliveries (*.zip)")
        chosen, _ = QFileDialog.getOpenFileNames(self, title, "", kinds)
        self.add([Path(each) for each in chosen])

    def _remove(self) -> None:
        if self.list.selectionModel().hasSelection():
            self.deliveries.remove(self.selected())
            self._refresh()

    def _to_form(self) -> None:
        self.form.load(self.selected())
        self._tell("", self.form)

    def _merge(self) -> None:
        from novex_plugin.ui.deliver.reading import lay_together

        chosen, target, areas = self.selected(), self.form.target, self.form.areas()
        self._run(
            self.tr("Merging"),
            lambda progress: lay_together(chosen, areas(progress), target, progress),
            self._merged,
        )

    def _run(self, description: str, function: Callable[[Any], Any], done: Callable[[Any], None]) -> None:
        self.busy.run(description, function, done, self._failed, self._stopped)
        self._tell("")

    def _tell(self, text: str, view: QWidget | None = None) -> None:
        self.said.setText(text)
        self.shown.setCurrentWidget(view if view is not None else self.nothing)
        self._refresh()

    def _failed(self, error: str) -> None:
        self._tell(f"✕ {error}")

    def _stopped(self) -> None:
        self._tell(self.tr("Stopped. Nothing was written."))

    def _opened(self, chosen: list[Path], found: list[Received | InputError]) -> None:
        from novex_plugin.core.errors import InputError
        from novex_plugin.ui.deliver.opening import open_group, own_agreement

        lines, layers = [], []
        for path, each in zip(chosen, found, strict=True):
            if isinstance(each, InputError):
                self.deliveries.judge(path, self.tr("✕ refused"))
                lines.append(f"✕ {each}")
                continue
            agreement = own_agreement(each.agreement)
            layers += open_group(self._title(each), each.proposal, self._tables(), agreement)
            self.deliveries.judge(path, self.tr("● opened"))
            counts = {"file": path.name, "findings": each.manifest["open_findings"]}
            lines.append(self.tr("✓ {file}: opened; {findings} open findings").format(**counts))
        self._zoom([each.extent() for each in layers if each.featureCount()])
        self._tell("\n".join(lines))

    def _tables(self) -> dict[str, str]:
        """Tables and what their layers are called: points above lines above areas."""
        names = (self.tr("Points"), self.tr("Lines"), self.tr("Areas"))
        return dict(zip(("voorstel_punt", "voorstel_lijn", "voorstel_vlak"), names, strict=True))

    def _title(self, each: Received) -> str:
        kind = self.tr("draft") if each.manifest["draft"] else self.tr("final")
        says = each.manifest["proposal"]
        text = self.tr("Received: {province}, {variant} ({kind}, {day})")
        return text.format(
            province=says["province_name"], variant=each.variant, kind=kind, day=day(each.manifest["moment"])
        )

    def _recomputed(self, chosen: Path, found: Verification) -> None:
        valid = self.tr("✓ recomputed") if found.valid else self.tr("✕ differs")
        self.deliveries.judge(chosen, valid)
        self.differences.show_outcome(found)
        sign = "✓" if found.valid else "✕"
        text = self.tr("{sign} {file} recomputed: {outcome}")
        told = text.format(sign=sign, file=chosen.name, outcome=self.differences.summary(found))
        shown = self.differences if self.differences.rows.rowCount() else None
        self._tell(told, shown)

    def _compared(self, found: Changes) -> None:
        from novex_plugin.core.agreement import agreement_names
        from novex_plugin.ui.deliver.opening import own_agreement

        opened = self._workbench.proposal
        agreement = opened.agreement if opened is not None else own_agreement(agreement_names()[-1])
        self.changes.show_changes(found, agreement)
        heads = [found.content[key] for key in ("delivery", "previous")]
        text = self.tr("{new} beside {old}").format(new=heads[0]["file"], old=heads[1]["file"])
        self._tell(f"{text}\n{self.changes.summary(found)}", self.changes)

    def _merged(self, found: Merged) -> None:
        from novex_plugin.ui.deliver.opening import open_group, own_agreement

        agreement = own_agreement(found.content["agreement"].replace(" ", "-"))
        beside = {"gat_lijn": self.tr("Ends at a border"), "overlap_vlak": self.tr("Overlaps between provinces")}
        tables = beside | self._tables()
        layers = open_group(
            self.tr("Merged: {name}").format(name=found.geopackage.stem), found.geopackage, tables, agreement
        )
        self._zoom([each.extent() for each in layers])
        self.merged.show_content(found.content, agreement)
        self._tell(f"✓ {self.merged.summary(found.content)}\n{found.geopackage}", self.merged)

    def _reported(self, found: Path) -> None:
        self._tell(self.tr("Report: {place}").format(place=found))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(found)))

    def _go(self, index: QModelIndex) -> None:
        """Go to a feature that changed."""
        found = self.changes.rows.at(index)
        if found is None or not isinstance(found.place, QgsGeometry):
            return
        self._zoom([found.place.boundingBox()])
        canvas = self._workbench.iface.mapCanvas()
        if canvas is not None:
            canvas.flashGeometries([found.place], QgsCoordinateReferenceSystem(f"EPSG:{RD_NEW}"))

    def _zoom(self, boxes: list[Any]) -> None:
        """Show these places (EPSG:28992) on the map."""
        canvas = self._workbench.iface.mapCanvas()
        if canvas is None or not boxes:
            return
        whole = boxes[0]
        for each in boxes[1:]:
            whole.combineExtentWith(each)
        whole = whole.buffered(max(0.05 * max(whole.width(), whole.height()), 100))
        system = QgsCoordinateReferenceSystem(f"EPSG:{RD_NEW}")
        there = canvas.mapSettings().destinationCrs()
        try:
            moved = QgsCoordinateTransform(system, there, QgsProject.instance()).transformBoundingBox(whole)
        except QgsCsException:
            return
        canvas.setExtent(moved)
        canvas.refresh()

    def _copy(self) -> None:
        from qgis.PyQt.QtGui import QGuiApplication

        view = self.shown.currentWidget()
        rows = getattr(view, "rows", None)
        told = self.said.text()
        QGuiApplication.clipboard().setText(f"{told}\n{rows.text()}" if rows is not None else told)


def _zips(event: Any) -> list[Path]:
    files = [Path(each.toLocalFile()) for each in event.mimeData().urls() if each.isLocalFile()]
    return [each for each in files if each.suffix.lower() == ".zip"]
