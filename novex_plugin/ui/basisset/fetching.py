"""What the dock does in the background: ask the catalogue, and pull."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from novex_plugin.core.basisset.network import Fetch, Request, Response, with_retries
from novex_plugin.core.basisset.register import Register, read_register, register_json, write_register
from novex_plugin.core.basisset.snapshot import MANIFEST, read_snapshot
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import json_bytes
from novex_plugin.core.progress import Progress
from novex_plugin.ui.basisset.areas import SNAPSHOT, Wanted, resolved
from novex_plugin.ui.basisset.register_place import NAME
from novex_plugin.ui.basisset.shelf import Shelf

if TYPE_CHECKING:
    from novex_plugin.core.basisset.pull.area import Area
    from novex_plugin.core.basisset.pull.run import Pulled


_ID = re.compile(r" \([\w:.-]+\)$")
"""What a pull says behind the title of a dataset: its id, which tells a reader nothing."""


class Listening:
    """Progress that also keeps what was said last, for the dock to show."""

    def __init__(self, progress: Progress, heard: Callable[[str], None]) -> None:
        self._progress = progress
        self._heard = heard

    def fraction(self, done: float) -> None:
        """Pass on how much is done."""
        self._progress.fraction(done)

    def info(self, message: str) -> None:
        """Keep what is being done: names of datasets, not the remarks below them."""
        if message and not message.startswith(" "):
            self._heard(_ID.sub("", message))
        self._progress.info(message)

    def warning(self, message: str) -> None:
        """Pass on what went wrong."""
        self._progress.warning(message)

    def cancelled(self) -> bool:
        """Say whether the user asked to stop."""
        return self._progress.cancelled()


def patient(fetch: Fetch, timeout_s: float) -> Fetch:
    """The network with the time that the user allows a server to be silent."""

    def fetched(request: Request, path: Path, progress: Progress) -> Response:
        return fetch(replace(request, timeout_s=min(request.timeout_s, timeout_s)), path, progress)

    return fetched if timeout_s > 0 else fetch


def asked_catalogue(
    catalogue: str, keyword: str, target: Path, fetch: Fetch, progress: Progress
) -> tuple[Register, str]:
    """The register as the catalogue has it now, written to `target`; and why it could not be written (else empty).

    Raises InputError when the catalogue cannot be reached or understood.
    """
    from novex_plugin.core.basisset.catalogue.discover import discover
    from novex_plugin.core.basisset.catalogue.kinds import read_kinds

    register = discover(
        catalogue, keyword, with_retries(fetch, tries=3), read_kinds(), lambda: datetime.now(UTC), progress
    )
    for warning in register.warnings:
        progress.warning(warning)
    try:
        write_register(target, register)
    except InputError as error:
        return register, str(error)
    return register, ""


@dataclass(frozen=True)
class Order:
    """What is to be pulled: `folder` is that of the project's snapshot (None: there is none), `snapshots` where new
    ones are made."""

    shelf: Shelf
    wanted: Wanted
    datasets: tuple[str, ...]
    folder: Path | None
    snapshots: Path
    bindings: Path | None


def pulled(order: Order, fetch: Fetch, progress: Progress, opened: Callable[[Path], None]) -> Pulled:
    """Pull into the snapshot of this area, or a new one, whose folder `opened` is told first. Raises InputError and
    Cancelled."""
    from novex_plugin.core.basisset.pull.run import pull

    register = order.shelf.register
    if register is None:
        raise InputError("er is geen register.", "Vernieuw het register.")
    area = resolved(order.wanted, order.shelf, order.bindings, fetch, progress)
    folder = folder_for(order, area)
    _keep_register(folder / NAME, register)
    opened(folder)
    return pull(register, area, folder, fetch, lambda: datetime.now(UTC), progress, order.datasets)


def folder_for(order: Order, area: Area) -> Path:
    """The folder of a snapshot for an area: the project's own, one made before for it, or a new one."""
    if order.folder is not None and (order.wanted.choice == SNAPSHOT or _fits(order.folder, area)):
        return order.folder
    plain = "".join(sign if sign.isalnum() else "-" for sign in order.wanted.name.lower()).strip("-") or "basisset"
    for number in range(1, 1000):
        folder = order.snapshots / (plain if number == 1 else f"{plain}-{number}")
        if _fits(folder, area):
            return folder
    raise InputError("er zijn te veel momentopnamen.", "Kies een andere map in de instellingen.", order.snapshots)


def _fits(folder: Path, area: Area) -> bool:
    """Whether a snapshot of this area is, or can be, in a folder."""
    try:
        if not (folder / MANIFEST).exists():
            return not folder.exists() or {each.name for each in folder.iterdir()} <= {NAME}
        return read_snapshot(folder).area.wkt == area.wkt
    except (InputError, OSError):
        return False


def _keep_register(target: Path, register: Register) -> None:
    """Lay the register into the snapshot, unless it is there. Raises InputError when that is not possible."""
    wanted = hashlib.sha256(json_bytes(register_json(register))).digest()
    try:
        if target.is_file() and hashlib.sha256(json_bytes(register_json(read_register(target)))).digest() == wanted:
            return
    except InputError:
        pass  # a broken one is replaced
    write_register(target, register)
