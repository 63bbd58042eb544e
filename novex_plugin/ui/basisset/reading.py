"""Reads what the dock shows, in the background and again whenever something of it changes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qgis.PyQt.QtCore import QObject, pyqtSignal

from novex_plugin.core.errors import InputError
from novex_plugin.core.progress import Progress
from novex_plugin.qgis_adapter.open_proposal import HEADER
from novex_plugin.ui.basisset.register_place import places
from novex_plugin.ui.basisset.shelf import NOTHING, Shelf, read_shelf
from novex_plugin.ui.tasks import Work, drop, start

if TYPE_CHECKING:
    from novex_plugin.ui.workbench import Workbench


@dataclass(frozen=True)
class Read:
    """The shelf; the name of the province (empty when none is chosen), and whether its polygon can be had. `area` is
    what the area of the snapshot is called: the province, or the snapshot's folder."""

    shelf: Shelf
    province: str
    has_border: bool
    area: str = ""


EMPTY = Read(NOTHING, "", False)


class Reading(QObject):
    """`current` is what was read last; `changed` tells that there is another."""

    changed = pyqtSignal()
    failed = pyqtSignal(str)

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self._workbench = workbench
        self._work: Work | None = None
        self.current = EMPTY

    def begin(self) -> None:
        """Read again; what was being read does not count any more."""
        self.release()
        bench = self._workbench
        proposal = bench.proposal
        named = proposal is not None and HEADER in proposal.layers
        code = proposal.province if proposal is not None and named else bench.settings.province
        agreement = bench.settings.agreement
        folder, bindings, snapshots = bench.snapshot, bench.bindings, bench.settings.snapshots

        def work(_: Progress) -> Read:
            return _read(folder, snapshots, bindings, code, agreement)

        self._work = start(self.tr("Reading the basisset"), work, self._done, self._fail, silent=True)

    @property
    def busy(self) -> bool:
        """Whether something is being read."""
        return self._work is not None

    def release(self) -> None:
        """Let go of what is being read."""
        work, self._work = self._work, None
        drop(work)

    def _done(self, read: Read) -> None:
        self._work = None
        self.current = read
        self.changed.emit()

    def _fail(self, message: str) -> None:
        self._work = None
        self.failed.emit(message)


def _read(folder: Path | None, snapshots: Path, bindings: Path | None, code: str, agreement: str) -> Read:
    from novex_plugin.ui.basisset.borders import border_in, dataset_of_borders

    shelf = read_shelf(places(folder, snapshots), folder, bindings, code)
    name = _province(code, agreement)
    border = border_in(shelf.snapshot, bindings, name) if name else None
    has_border = bool(name) and (border is not None or dataset_of_borders(shelf.register) is not None)
    if shelf.snapshot is None:
        return Read(shelf, name, has_border)
    whole = border is not None and _alike(border.bounds, shelf.snapshot.area.bounds)
    return Read(shelf, name, has_border, name if whole else shelf.snapshot.folder.name)


def _alike(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether bounds are the same to the metre."""
    return all(abs(a - b) < 1.0 for a, b in zip(one, other, strict=True))


def _province(code: str, agreement: str) -> str:
    """What a province is called; its code when the agreement does not know it."""
    from novex_plugin.core.agreement import agreement_names, agreement_path, read_agreement

    if not code or agreement not in agreement_names():
        return code
    try:
        provinces = read_agreement(agreement_path(agreement)).code_lists.get("provincie", ())
    except InputError:
        return code
    return next((each.label.nl for each in provinces if each.code == code), code)
