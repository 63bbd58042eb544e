"""A snapshot beside a newer register: what is new, changed or withdrawn, and what cannot be reached any more."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from novex_plugin.core.basisset.network import Fetch
from novex_plugin.core.basisset.pull.job import Route
from novex_plugin.core.basisset.register import Dataset, Register, Service, ServiceType, register_json
from novex_plugin.core.basisset.snapshot import PULLED, Snapshot, SnapshotDataset
from novex_plugin.core.basisset.status_asking import Asked, Asking, ways_to
from novex_plugin.core.files import check_schema, json_bytes
from novex_plugin.core.moment import as_written
from novex_plugin.core.progress import Progress, stop_if_cancelled

FORMAT = "novex-status"
VERSION = "1.0"
NEW, CHANGED, WITHDRAWN, UNCHANGED = "new", "changed", "withdrawn", "unchanged"


@dataclass(frozen=True)
class Change:
    """What differs: `record_date`, `revision`, `service` (its type), `address` or `access`."""

    what: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Status:
    """The outcome: `counts` by state, with `unreachable`, and the content of the JSON file."""

    counts: Mapping[str, int]
    content: dict[str, Any]


def status(register: Register, snapshot: Snapshot, fetch: Fetch, moment: datetime, progress: Progress) -> Status:
    """Compare a snapshot with a register, and ask the services of all datasets of both over the network.

    A dataset cannot be reached when none of the services by which it can be pulled answers; that is told in the
    outcome, never raised. Raises Cancelled when the user asked to stop.
    """
    offered = {each.id: each for each in register.datasets}
    held = {each.id: each for each in snapshot.datasets}
    entries = []
    names = sorted({*offered, *held})
    with tempfile.TemporaryDirectory(prefix="novex-stand-") as folder:
        asking = Asking(fetch, Path(folder), progress)
        for number, name in enumerate(names):
            stop_if_cancelled(progress)
            progress.fraction(number / len(names))
            entry = _entry(offered.get(name), held.get(name), snapshot.moment)
            asked = [asking.ask(route) for route in _routes(offered.get(name), held.get(name))]
            entries.append({**entry, **_answers(asked)})
    progress.fraction(1.0)
    counts = {state: sum(each["state"] == state for each in entries) for state in (NEW, CHANGED, WITHDRAWN, UNCHANGED)}
    counts["unreachable"] = sum(each["reachable"] is False for each in entries)
    digest = f"sha256:{hashlib.sha256(json_bytes(register_json(register))).hexdigest()}"
    content = {
        "format": FORMAT,
        "version": VERSION,
        "moment": as_written(moment),
        "register": {"moment": register.moment, "address": register.source.address},
        "snapshot": {"moment": snapshot.moment, "same_register": snapshot.register_digest == digest},
        "counts": counts,
        "datasets": entries,
        "notes": list(_notes(register, snapshot, offered)),
    }
    check_schema(content, "status")
    return Status(counts, content)


def _entry(offered: Dataset | None, held: SnapshotDataset | None, moment: str) -> dict[str, Any]:
    shown = offered or held
    if shown is None:
        raise ValueError("a dataset of neither the register nor the snapshot")
    changes = list(_changes(offered, held)) if offered and held else []
    return {
        "id": shown.id,
        "title": shown.title,
        "owner": shown.owner,
        "state": _state(offered, held, changes),
        "snapshot_status": held.status if held else None,
        "pulled": held.time if held else None,
        "appeared_later": _appeared_later(offered, moment) if offered and not held else None,
        "changes": [asdict(each) for each in changes],
    }


def _state(offered: Dataset | None, held: SnapshotDataset | None, changes: list[Change]) -> str:
    if held is None:
        return NEW
    if offered is None:
        return WITHDRAWN
    return CHANGED if changes else UNCHANGED


def _appeared_later(dataset: Dataset, moment: str) -> bool:
    dates = (dataset.dates.creation, dataset.dates.publication, dataset.dates.revision)
    return any(_later(each, moment) for each in dates)


def _changes(offered: Dataset, held: SnapshotDataset) -> Iterator[Change]:
    record = offered.dates.record
    if record != held.record_date and not _later(held.record_date, record):
        yield Change("record_date", held.record_date, record)
    if _later(offered.dates.revision, held.time):
        yield Change("revision", held.time, offered.dates.revision)
    if held.status == PULLED and offered.access == "none":
        yield Change("access", held.service, None)
    elif held.address is not None and held.service is not None:
        yield from _address(offered, held.service, held.address)


def _address(offered: Dataset, service: str, address: str) -> Iterator[Change]:
    usable = [each for each in offered.services if each.address is not None and each.purpose != "information"]
    same = sorted({str(each.address) for each in usable if each.type == service})
    if not same:
        yield Change("service", service, ", ".join(sorted({each.type for each in usable})) or None)
    elif address not in same:
        yield Change("address", address, ", ".join(same))


def _later(one: str | None, other: str | None) -> bool:
    """Whether a date is later than another, by the day where one of them names no time; False for what is no date."""
    moments = [_moment(each) for each in (one, other)]
    if moments[0] is None or moments[1] is None:
        return False
    if any(each is not None and len(each) <= len("2026-01-01") for each in (one, other)):
        return moments[0].date() > moments[1].date()
    return moments[0] > moments[1]


def _moment(written: str | None) -> datetime | None:
    """A date as records have it: a moment, a day, a month or a year."""
    padded = {4: f"{written}-01-01", 7: f"{written}-01"}.get(len(written or ""), written)
    try:
        moment = datetime.fromisoformat(padded or "")
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _routes(offered: Dataset | None, held: SnapshotDataset | None) -> list[Route]:
    """The services to ask: those of the register, and of what was withdrawn the one that it was pulled from."""
    if offered is not None:
        return ways_to(offered)
    if held is None or held.address is None or held.service is None:
        return []
    layers = held.layer.split(",") if held.layer else [None]
    kind = cast(ServiceType, held.service)
    services = (Service(kind, held.address, layer, "data", None, None, None) for layer in layers)
    return [Route(held.service, held.address, tuple(services))]


def _answers(asked: list[Asked]) -> dict[str, Any]:
    services = [
        {"type": each.type, "address": each.address, "reachable": each.reachable, "problem": each.problem}
        for each in asked
    ]
    return {"services": services, "reachable": any(each.reachable for each in asked) if asked else None}


def _notes(register: Register, snapshot: Snapshot, offered: Mapping[str, Dataset]) -> Iterator[str]:
    if _later(snapshot.moment, register.moment):
        yield (
            f"Het register ({register.moment}) is ouder dan de momentopname ({snapshot.moment}): "
            "haal het opnieuw op met novex:discover."
        )
    for held in snapshot.datasets:
        dataset = offered.get(held.id)
        if dataset is not None and _later(held.record_date, dataset.dates.record):
            yield (
                f"{held.title}: het metadatarecord in het register ({dataset.dates.record}) is ouder dan dat waarmee "
                f"is opgehaald ({held.record_date})."
            )
