"""The Basisset dock: the datasets that everybody uses, what is known of them, and local copies of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProject
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QMetaObject, QModelIndex, QObject, QPoint, Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QFileDialog,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from novex_plugin.core.dutch import day
from novex_plugin.core.errors import InputError
from novex_plugin.ui.basisset import areas
from novex_plugin.ui.basisset.acting import Acting
from novex_plugin.ui.basisset.areas import EXTENT, PROVINCE, SELECTION, SNAPSHOT, Wanted
from novex_plugin.ui.basisset.choosing import chosen, grouped
from novex_plugin.ui.basisset.details import Details
from novex_plugin.ui.basisset.footer import Footer
from novex_plugin.ui.basisset.header import AreaOption, Header
from novex_plugin.ui.basisset.layers import AS_LOCAL
from novex_plugin.ui.basisset.reading import Reading
from novex_plugin.ui.basisset.register_place import Differences
from novex_plugin.ui.basisset.shelf import BROKEN, OUTDATED, Item, Shelf
from novex_plugin.ui.basisset.sources import ways
from novex_plugin.ui.basisset.tree import STATE, TITLE, DatasetModel

if TYPE_CHECKING:
    from novex_plugin.ui.workbench import Workbench

_SEARCH_MS = 150
_SHARE = 0.8
"""Of the window's height."""
_EMPTY, _LIST, _NOTHING_FOUND = range(3)


def create(workbench: Workbench) -> QgsDockWidget:
    """Make the dock."""
    return BasissetDock(workbench)


class BasissetDock(QgsDockWidget):
    """`release` takes away its marks in the Layers panel and stops what runs; layers on the map stay."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Basisset"))
        self.workbench = workbench
        self.reading = Reading(workbench)
        self.acting = Acting(workbench)
        self.marks = workbench.layer_marks
        self.header, self.footer, self.details = Header(self), Footer(self), Details(self)
        self.model = DatasetModel(self)
        self.tree = QTreeView(self)
        self.pages = QStackedWidget(self)
        self._area = ""
        """The choice of the user; empty: what fits best."""
        self._said = ""
        self._roomy = False
        self._folded: set[str] = set()
        self._ticks_proposed: object = None
        self._search_soon = QTimer(self)
        self._search_soon.setSingleShot(True)
        self._search_soon.setInterval(_SEARCH_MS)
        self._make_tree()
        self._lay_out()
        self._connections: list[QMetaObject.Connection] = []
        self._connect()
        self._show_read()
        self.reading.begin()

    def showEvent(self, event: Any) -> None:
        """The first time, take the room that a list with details needs: docks above share the column."""
        super().showEvent(event)
        if not self._roomy:
            self._roomy = True
            QTimer.singleShot(0, self._take_room)

    def _take_room(self) -> None:
        window = self.workbench.iface.mainWindow() if self.workbench.iface else None
        if window is not None and not self.isFloating():
            window.resizeDocks([self], [int(_SHARE * window.height())], Qt.Orientation.Vertical)

    def release(self) -> None:
        """Hear nothing any more and take away what stands outside the dock."""
        self._search_soon.stop()
        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections.clear()
        self.acting.release()
        self.reading.release()

    @property
    def shelf(self) -> Shelf:
        """What is shown."""
        return self.reading.current.shelf

    @property
    def selected(self) -> Item | None:
        """The dataset that is selected."""
        return self.model.item(self.tree.currentIndex())

    def select(self, identifier: str) -> None:
        """Select a dataset, and show it when a filter hides it."""
        if not self.model.find(identifier).isValid() and self.shelf.item(identifier) is not None:
            self.header.clear()
            self._fill()
        index = self.model.find(identifier)
        if index.isValid():
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index)

    def show_item(self, item: str) -> None:
        """Select a dataset that somebody asks for."""
        self.select(item)

    # What there is

    def _show_read(self) -> None:
        shelf = self.shelf
        self.header.show_moment(day(shelf.register.moment) if shelf.register else "")
        self._show_area()
        self._propose_ticks()
        self._fill()
        self.marks.show(shelf)
        self._notice(self._said)

    def _propose_ticks(self) -> None:
        """What is outdated or failed is worth pulling; before the first pull, what rules ask for. Once for a snapshot:
        after that ticks are the user's."""
        key = (self.workbench.snapshot, bool(self.shelf.items))
        if key == self._ticks_proposed or not self.shelf.items:
            return
        self._ticks_proposed = key
        if self.shelf.snapshot is None:
            worth = {each.id for each in self.shelf.items if each.can_pull and each.serves_rules}
        else:
            worth = {each.id for each in self.shelf.items if each.can_pull and each.state in (OUTDATED, BROKEN)}
        self.model.tick(frozenset(worth))

    def _fill(self) -> None:
        """List what passes search and filter; what was selected and folded stays so."""
        before = self.selected
        found = chosen(self.shelf.items, self.header.search.text(), self.header.filters)
        self.model.fill(grouped(found, self.header.grouping))
        searching = bool(self.header.search.text())
        for row in range(self.model.rowCount()):
            index = self.model.index(row, TITLE)
            group = self.model.group(index)
            self.tree.setExpanded(index, searching or group is None or group.head not in self._folded)
        if before is not None:
            self.tree.setCurrentIndex(self.model.find(before.id))
        if self.shelf.items:
            self.pages.setCurrentIndex(_LIST if found else _NOTHING_FOUND)
        else:
            self.pages.setCurrentIndex(_EMPTY)
        self._show_selected()
        self._count()

    def _show_selected(self, *_: object) -> None:
        item = self.selected
        self.details.show_item(item, self.shelf.register, self.model.state_text(item.state) if item else "")
        self.footer.show_choices(_choices(item))

    def _count(self) -> None:
        known = {each.id: each for each in self.shelf.items}
        ticked = [known[each] for each in self.model.ticked if each in known and known[each].can_pull]
        self.footer.count_ticked(len(ticked), sum(each.state == BROKEN for each in ticked))

    def _notice(self, text: str) -> None:
        """Tell how the last thing ended, and what is wrong with the files."""
        self._said = text
        said = (text, self.shelf.register_fault, self.shelf.snapshot_fault, self.shelf.bindings_fault)
        self.header.show_notice("\n".join(dict.fromkeys(each for each in said if each)))

    # Areas

    def _choice(self) -> str:
        """The chosen area, or the one that fits best: the snapshot's, the province's, what the map shows."""
        read = self.reading.current
        if self._area and (self._area != SNAPSHOT or read.shelf.snapshot is not None):
            return self._area
        if read.shelf.snapshot is not None:
            return SNAPSHOT
        return PROVINCE if read.has_border else EXTENT

    def _show_area(self) -> None:
        self.header.show_area(self._choice(), self.reading.current.province, self.reading.current.area)

    def _offer_areas(self) -> None:
        read = self.reading.current
        options = [AreaOption(SNAPSHOT, True)] if read.shelf.snapshot is not None else []
        why = "" if read.has_border else self.tr("No border is known: pull a dataset with provinces, or bind one")
        if not read.province:
            why = self.tr("No province is chosen: open a proposal, or choose one in the settings")
        if not options or read.area != read.province:
            options.append(AreaOption(PROVINCE, read.has_border, why))
        options.append(AreaOption(EXTENT, True))
        selected = areas.has_selection(self.workbench.iface.activeLayer())
        why = "" if selected else self.tr("Select polygons in the active layer first")
        options.append(AreaOption(SELECTION, selected, why))
        self.header.offer_areas(options, self._choice())

    def _choose_area(self, choice: str) -> None:
        self._area = choice
        self._show_area()
        other = choice != SNAPSHOT and self.shelf.snapshot is not None
        self._notice(self.tr("Another area than that of the snapshot becomes a snapshot of its own.") if other else "")

    def _wanted(self) -> Wanted:
        """The area to pull for. Raises InputError."""
        iface, project, province = self.workbench.iface, QgsProject.instance(), self.reading.current.province
        choice = self._choice()
        if choice == EXTENT:
            return areas.of_canvas(iface.mapCanvas(), project, self.tr("map view"))
        if choice == SELECTION:
            return areas.of_selection(iface.activeLayer(), project, self.tr("selection"))
        return Wanted(choice, province)

    # What is asked for

    def pull(self, datasets: frozenset[str]) -> None:
        """Pull these datasets for the chosen area."""
        usable = tuple(each.id for each in self.shelf.items if each.id in datasets and each.can_pull)
        if not usable:
            return
        try:
            self.acting.pull(self.shelf, self._wanted(), usable)
        except InputError as error:
            self._notice(str(error))

    def refresh(self) -> None:
        """Compare with the catalogue."""
        self.acting.refresh(self.shelf)

    def show_on_map(self, item: Item | None, how: str = "") -> None:
        """Put a dataset on the map; without `how` in the usual way."""
        choices = _choices(item)
        if item is not None and choices:
            self.acting.show(item, how or choices[0][0])

    def _registered(self, found: Differences | None) -> None:
        self.model.mark_fresh(found.new | found.changed if found else frozenset())
        self.reading.begin()

    def _pulled(self, folder: Path, ids: frozenset[str]) -> None:
        self._area = ""
        self._ticks_proposed = (folder, True)
        self.model.tick(self.model.ticked - ids)

    def _busy(self, busy: bool) -> None:
        if busy:
            self._notice("")
        self.footer.show_busy(busy)
        self.header.refresh.setEnabled(not busy)
        self._search_button.setEnabled(not busy)

    def _open_snapshot(self) -> None:
        start = self.workbench.snapshot or self.workbench.settings.snapshots
        found = QFileDialog.getExistingDirectory(self, self.tr("Folder of the snapshot"), str(start))
        if found:
            self._area = ""
            self.workbench.use_snapshot(Path(found))

    def _context_menu(self, place: QPoint) -> None:
        item = self.model.item(self.tree.indexAt(place))
        if item is None:
            return
        menu = QMenu(self)
        show = menu.addAction(self.tr("On map"))
        show.setEnabled(bool(_choices(item)))
        show.triggered.connect(lambda _: self.show_on_map(item))
        pull = menu.addAction(self.tr("Pull this dataset"))
        pull.setEnabled(item.can_pull and not self.acting.errand.busy)
        pull.triggered.connect(lambda _: self.pull(frozenset({item.id})))
        menu.exec(self.tree.viewport().mapToGlobal(place))
        menu.deleteLater()

    def _fold(self, index: QModelIndex, folded: bool) -> None:
        group = self.model.group(index)
        if group is not None and not self.header.search.text():
            (self._folded.add if folded else self._folded.discard)(group.head)

    # Making it

    def _make_tree(self) -> None:
        tree = self.tree
        tree.setModel(self.model)
        tree.setUniformRowHeights(True)
        tree.setHeaderHidden(True)
        tree.setAllColumnsShowFocus(True)
        tree.setIndentation(tree.indentation() * 3 // 4)
        tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.setAccessibleName(self.tr("Datasets of the basisset"))
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(STATE, QHeaderView.ResizeMode.ResizeToContents)

    def _lay_out(self) -> None:
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.addWidget(self.tree)
        self._split.addWidget(self.details)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._split.setChildrenCollapsible(False)
        self._search_button = QPushButton(self.tr("Find the basisset"), self)
        self._search_button.clicked.connect(lambda _: self.refresh())
        all_button = QPushButton(self.tr("Show all datasets"), self)
        all_button.clicked.connect(lambda _: self.header.clear())
        no_register = self.tr("The catalogue has not been asked yet which datasets there are.")
        self.pages.addWidget(_page(no_register, self._search_button))
        self.pages.addWidget(self._split)
        self.pages.addWidget(_page(self.tr("No dataset fits search and filter."), all_button))
        body = QWidget(self)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self.header)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.footer)
        self.setWidget(body)

    def _connect(self) -> None:
        bench, errand = self.workbench, self.acting.errand
        self.header.area_options_asked.connect(self._offer_areas)
        self.header.area_chosen.connect(self._choose_area)
        self.header.refresh_asked.connect(self.refresh)
        self.header.open_snapshot_asked.connect(self._open_snapshot)
        self.header.changed.connect(self._search_soon.start)
        self._search_soon.timeout.connect(self._fill)
        self.tree.selectionModel().currentChanged.connect(self._show_selected)
        self.tree.activated.connect(lambda index: self.show_on_map(self.model.item(index)))
        self.tree.customContextMenuRequested.connect(self._context_menu)
        self.tree.collapsed.connect(lambda index: self._fold(index, True))
        self.tree.expanded.connect(lambda index: self._fold(index, False))
        self.model.ticked_changed.connect(self._count)
        self.footer.show_asked.connect(lambda how: self.show_on_map(self.selected, how))
        self.footer.pull_asked.connect(lambda: self.pull(self.model.ticked))
        self.footer.cancel_asked.connect(errand.cancel)
        self.reading.changed.connect(self._show_read)
        self.reading.failed.connect(self._notice)
        self.acting.register_changed.connect(self._registered)
        self.acting.pulled.connect(self._pulled)
        self.acting.noticed.connect(self._notice)
        errand.busy_changed.connect(self._busy)
        errand.progressed.connect(self.footer.show_progress)
        self._connections = [
            bench.snapshot_changed.connect(self.reading.begin),
            bench.proposal_changed.connect(self.reading.begin),
            bench.settings_changed.connect(self.reading.begin),
        ]


def _page(sentence: str, button: QPushButton) -> QWidget:
    """One sentence and one button."""
    page = QWidget()
    layout = QVBoxLayout(page)
    said = QLabel(sentence, page)
    said.setWordWrap(True)
    said.setAlignment(Qt.AlignmentFlag.AlignCenter)
    layout.addStretch(1)
    layout.addWidget(said)
    layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
    layout.addStretch(2)
    return page


def _choices(item: Item | None) -> list[tuple[str, str]]:
    """How a dataset can be put on the map, the usual way first."""
    if item is None:
        return []
    found: list[tuple[str, str]] = [(AS_LOCAL, "")] if item.file is not None else []
    return found + [(str(number), route.type) for number, route in enumerate(ways(item.dataset))]
