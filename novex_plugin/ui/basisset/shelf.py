"""What the dock shows: the datasets of the register and of the snapshot side by side, each in one state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from novex_plugin.core.basisset.register import Dataset, Register, read_register
from novex_plugin.core.basisset.snapshot import FAILED, IMAGE_ONLY, PULLED, Snapshot, SnapshotDataset, read_snapshot
from novex_plugin.core.dutch import day
from novex_plugin.core.errors import InputError
from novex_plugin.ui.basisset.uses import Use, uses

LOCAL, SERVICE, OUTDATED, IMAGE, NO_ADDRESS, BROKEN = "local", "service", "outdated", "image", "no_address", "broken"
STATES = (LOCAL, SERVICE, OUTDATED, IMAGE, NO_ADDRESS, BROKEN)

GONE = "De dataset staat niet meer in de catalogus."
LOST = "Het bestand is weg uit de momentopname. Haal de dataset opnieuw op."


@dataclass(frozen=True)
class Item:
    """A dataset. `dataset` is None when only the snapshot has it, `held` when only the register has it; `file` is the
    local copy, None where there is none; `reason` tells why a state is as it is (Dutch, may be empty)."""

    id: str
    title: str
    owner: str
    kind: str
    dataset: Dataset | None
    held: SnapshotDataset | None
    state: str
    reason: str
    file: Path | None
    uses: tuple[Use, ...] = ()

    @property
    def can_pull(self) -> bool:
        """Whether there is anything to pull: data, or the definition of an image."""
        return self.dataset is not None and self.dataset.access != "none"

    @property
    def has_data(self) -> bool:
        """Whether the data themselves can be had."""
        return self.file is not None or (self.dataset is not None and self.dataset.access in ("vector", "raster"))

    @property
    def is_pulled(self) -> bool:
        """Whether the snapshot has what can be had of it."""
        return self.state in (LOCAL, OUTDATED) or (self.held is not None and self.held.status == IMAGE_ONLY)

    @property
    def serves_rules(self) -> bool:
        """Whether a rule reads it now."""
        return any(not use.candidate for use in self.uses)


@dataclass(frozen=True)
class Shelf:
    """All datasets sorted by title. A fault is what is wrong with a file and what to do (Dutch, empty if nothing)."""

    register: Register | None
    snapshot: Snapshot | None
    items: tuple[Item, ...]
    register_fault: str = ""
    snapshot_fault: str = ""
    bindings_fault: str = ""

    def item(self, identifier: str) -> Item | None:
        """A dataset by its id."""
        return next((each for each in self.items if each.id == identifier), None)


NOTHING = Shelf(None, None, ())


def read_shelf(registers: Sequence[Path], folder: Path | None, bindings: Path | None, province: str) -> Shelf:
    """Read the first register that is there, the snapshot in `folder` and what the rules ask. What cannot be read is
    told in the shelf's faults, and the rest is shown."""
    register, register_fault = _register(registers)
    snapshot, snapshot_fault = _snapshot(folder)
    return laid_out(register, snapshot, bindings, province, (register_fault, snapshot_fault))


def laid_out(
    register: Register | None,
    snapshot: Snapshot | None,
    bindings: Path | None,
    province: str,
    faults: tuple[str, str] = ("", ""),
) -> Shelf:
    """The shelf of a register and a snapshot."""
    offered = {each.id: each for each in (register.datasets if register else ())}
    held = {each.id: each for each in (snapshot.datasets if snapshot else ())}
    asked: dict[str, tuple[Use, ...]] = {}
    bindings_fault = ""
    try:
        asked = uses(offered.values(), bindings, province)
    except InputError as error:
        bindings_fault = str(error)
    items = [
        _item(name, offered.get(name), held.get(name), snapshot, register is not None, asked.get(name, ()))
        for name in {*offered, *held}
    ]
    ordered = tuple(sorted(items, key=lambda each: (each.title.casefold(), each.id)))
    return Shelf(register, snapshot, ordered, *faults, bindings_fault)


def _register(registers: Sequence[Path]) -> tuple[Register | None, str]:
    fault = ""
    for path in registers:
        try:
            if path.is_file():
                return read_register(path), fault
        except InputError as error:
            fault = fault or str(error)
        except OSError as error:
            fault = fault or f"{path}: is niet te lezen ({error.strerror}). Vernieuw het register."
    return None, fault


def _snapshot(folder: Path | None) -> tuple[Snapshot | None, str]:
    if folder is None:
        return None, ""
    if not folder.is_dir():
        return None, f"De momentopname {folder} is er niet meer. Ophalen maakt haar opnieuw."
    try:
        return read_snapshot(folder), ""
    except InputError as error:
        return None, str(error)


def _item(
    identifier: str,
    dataset: Dataset | None,
    held: SnapshotDataset | None,
    snapshot: Snapshot | None,
    registered: bool,
    asked: tuple[Use, ...],
) -> Item:
    file = snapshot.folder / held.file if snapshot and held and held.file else None
    present = file if file is not None and file.is_file() else None
    state, reason = _state(dataset, held, file is not None and present is None, registered)
    return Item(
        id=identifier,
        title=dataset.title if dataset else held.title if held else identifier,
        owner=(dataset.owner if dataset else held.owner if held else None) or "",
        kind=dataset.kind if dataset else "onbekend",
        dataset=dataset,
        held=held,
        state=state,
        reason=reason,
        file=present,
        uses=asked,
    )


def _state(dataset: Dataset | None, held: SnapshotDataset | None, lost: bool, registered: bool) -> tuple[str, str]:
    if held is not None and held.status == FAILED:
        return BROKEN, held.reason or ""
    if lost:
        return BROKEN, LOST
    if held is not None and held.status == PULLED:
        return _age(dataset, held, registered)
    if held is not None or (dataset is not None and dataset.access == "image"):
        return IMAGE, ""
    return (NO_ADDRESS if dataset is not None and dataset.access == "none" else SERVICE), ""


def _age(dataset: Dataset | None, held: SnapshotDataset, registered: bool) -> tuple[str, str]:
    """Whether what was pulled is as new as the catalogue says that it is. An older register tells nothing."""
    if dataset is None:
        return (OUTDATED, GONE) if registered else (LOCAL, "")
    record = dataset.dates.record
    if record and record != held.record_date and record > (held.record_date or ""):
        said = f"Opgehaald met het record van {day(held.record_date)}; er is er nu een van {day(record)}."
        return OUTDATED, said
    return LOCAL, ""
