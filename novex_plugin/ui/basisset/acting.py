"""What can be done with the basisset: compare with the catalogue, pull, and put on the map."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsCoordinateTransform, QgsCsException, QgsMapLayer, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QObject, pyqtSignal

from novex_plugin.core.basisset.snapshot import FAILED, MANIFEST
from novex_plugin.core.errors import InputError
from novex_plugin.core.progress import Progress
from novex_plugin.ui.basisset import fetching, layers, sources
from novex_plugin.ui.basisset.areas import Wanted
from novex_plugin.ui.basisset.errand import Errand
from novex_plugin.ui.basisset.register_place import Differences, differences, target
from novex_plugin.ui.basisset.shelf import Item, Shelf

if TYPE_CHECKING:
    from novex_plugin.core.basisset.pull.run import Pulled
    from novex_plugin.core.basisset.register import Register
    from novex_plugin.ui.workbench import Workbench


class Acting(QObject):
    """Does one thing at a time; `noticed` tells how it ended, in one line."""

    noticed = pyqtSignal(str)
    register_changed = pyqtSignal(object)
    """The catalogue was asked; Differences with what was known (None: nothing was known)."""
    pulled = pyqtSignal(object, object)
    """The folder of the snapshot in which something was pulled, and the ids (frozenset) of what has not failed; told
    before the workbench takes it up."""

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self._workbench = workbench
        self.errand = Errand(self)
        self.errand.failed.connect(self._failed)
        self.errand.stopped.connect(self._stopped)
        self._folder: Path | None = None
        """Into which is being pulled."""

    def release(self) -> None:
        """Stop what runs."""
        self.errand.release()

    def refresh(self, shelf: Shelf) -> None:
        """Ask the catalogue what it has now."""
        bench = self._workbench
        place = target(bench.snapshot, bench.settings.snapshots)
        catalogue, keyword, fetch = bench.settings.catalogue, bench.settings.keyword, self._fetch()
        known = shelf.register

        def work(progress: Progress) -> tuple[Register, str]:
            return fetching.asked_catalogue(catalogue, keyword, place, fetch, progress)

        self.errand.run(self.tr("Asking the catalogue"), work, lambda answer: self._asked(known, *answer))

    def pull(self, shelf: Shelf, wanted: Wanted, datasets: tuple[str, ...]) -> None:
        """Pull these datasets."""
        bench = self._workbench
        order = fetching.Order(shelf, wanted, datasets, bench.snapshot, bench.settings.snapshots, bench.bindings)
        fetch = self._fetch()
        self._folder = None

        def opened(folder: Path) -> None:
            self._folder = folder

        def work(progress: Progress) -> Pulled:
            return fetching.pulled(order, fetch, progress, opened)

        self.errand.run(self.tr("Pulling the basisset"), work, self._has_pulled, long=True)

    def show(self, item: Item, how: str) -> None:
        """Put a dataset on the map: its local copy, or the service with this number."""
        if how == layers.AS_LOCAL:
            self._put(item, lambda: layers.local_layers(item), how)
            return
        routes = sources.ways(item.dataset)
        if not how.isdigit() or int(how) >= len(routes):
            return
        route, fetch, title = routes[int(how)], self._fetch(), item.title

        def work(progress: Progress) -> sources.Shown:
            return sources.shown(title, route, fetch, progress)

        def done(shown: sources.Shown) -> None:
            self._put(item, lambda: layers.service_layers(item, shown), layers.AS_SERVICE)

        description = self.tr("Asking the service of {title}").format(title=title)
        self.errand.run(description, work, done)

    def _fetch(self) -> Any:
        from novex_plugin.qgis_adapter.network import fetch

        return fetching.patient(fetch, float(self._workbench.settings.timeout_s))

    def _asked(self, known: Register | None, register: Register, fault: str) -> None:
        found: Differences | None = None
        if known is None:
            text = self.tr("{count} datasets found, {without} without an address")
            said = text.format(count=len(register.datasets), without=len(register.without_access()))
        else:
            found = differences(known.datasets, register.datasets)
            text = self.tr("{new} new · {changed} changed · {gone} withdrawn")
            said = text.format(new=len(found.new), changed=len(found.changed), gone=len(found.gone))
        if fault:
            said = self.tr("The register was not kept: {why}").format(why=fault)
            self._workbench.warn(said)
        self.register_changed.emit(found)
        self.noticed.emit(said)

    def _has_pulled(self, done: Pulled) -> None:
        snapshot = done.snapshot
        fine = frozenset(done.chosen) - frozenset(done.failed)
        failed = [each for each in snapshot.datasets if each.id in done.failed and each.status == FAILED]
        if not done.failed:
            text = self.tr("1 dataset pulled") if len(fine) == 1 else self.tr("{count} datasets pulled")
            self._workbench.tell(text.format(count=len(fine)), Qgis.MessageLevel.Success)
            self.noticed.emit("")
        else:
            text = self.tr("{count} pulled, {failed} failed: {titles}")
            titles = ", ".join(each.title for each in failed) or ", ".join(done.failed)
            said = text.format(count=len(fine), failed=len(done.failed), titles=titles)
            self._workbench.warn(said)
            self.noticed.emit(said)
        self._reload(fine)
        self.pulled.emit(snapshot.folder, fine)
        self._workbench.use_snapshot(snapshot.folder)

    def _reload(self, datasets: frozenset[str]) -> None:
        """Layers that are open read the new file."""
        for layer in QgsProject.instance().mapLayers().values():
            local = layer.customProperty(layers.SHOWN_AS) == layers.AS_LOCAL
            if local and layer.customProperty(layers.DATASET) in datasets:
                layer.reload()
                layer.triggerRepaint()

    def _failed(self, message: str) -> None:
        self._take_what_came()
        self._workbench.warn(message)
        self.noticed.emit(message)

    def _stopped(self) -> None:
        self._take_what_came()
        self.noticed.emit(self.tr("Stopped. What was pulled is kept; the rest goes on from there."))

    def _take_what_came(self) -> None:
        """What a broken off run pulled is there to be used."""
        folder, self._folder = self._folder, None
        if folder is not None and (folder / MANIFEST).is_file():
            self.pulled.emit(folder, frozenset())
            self._workbench.use_snapshot(folder)

    def _put(self, item: Item, make: Callable[[], list[QgsMapLayer]], shown_as: str) -> None:
        project = QgsProject.instance()
        try:
            added = layers.add_layers(project, item, make(), shown_as)
        except InputError as error:
            self._failed(str(error))
            return
        self.noticed.emit("")
        self._say_if_elsewhere(item, added)

    def _say_if_elsewhere(self, item: Item, added: list[QgsMapLayer]) -> None:
        """Nobody should look for what does not lie in view."""
        canvas = self._workbench.iface.mapCanvas()
        system = canvas.mapSettings().destinationCrs()
        extent = QgsRectangle()
        for layer in added:
            if layer.extent().isEmpty() or not layer.crs().isValid():
                continue
            transform = QgsCoordinateTransform(layer.crs(), system, QgsProject.instance())
            transform.setBallparkTransformsAreAppropriate(True)
            try:
                extent.combineExtentWith(transform.transformBoundingBox(layer.extent()))
            except QgsCsException:
                continue
        if extent.isEmpty() or extent.intersects(canvas.extent()):
            return
        said = self.tr("{title} has nothing in view.").format(title=item.title)

        def zoom() -> None:
            canvas.setExtent(extent)
            canvas.refresh()

        self._workbench.tell(said, Qgis.MessageLevel.Info, (self.tr("Zoom to it"), zoom), 10)
