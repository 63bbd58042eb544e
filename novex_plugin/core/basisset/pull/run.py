"""Pull datasets of the register into a snapshot: one after the other, each whole or not at all.

A dataset that fails is named with its reason and the others go on. What a broken or killed run had received stays in
`.pull/` in the snapshot's folder, and the next run continues from there.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from novex_plugin.core.basisset.network import Fetch, NetworkError, with_retries
from novex_plugin.core.basisset.pull.area import Area
from novex_plugin.core.basisset.pull.asking import Asker
from novex_plugin.core.basisset.pull.failure import PullFailure
from novex_plugin.core.basisset.pull.job import Job, Outcome, Route
from novex_plugin.core.basisset.pull.names import slug
from novex_plugin.core.basisset.pull.routes import PULLERS, image_of, routes_of
from novex_plugin.core.basisset.pull.staging import STAGING_VERSION
from novex_plugin.core.basisset.register import Dataset, Register, register_json
from novex_plugin.core.basisset.snapshot import (
    FAILED,
    IMAGE_ONLY,
    MANIFEST,
    PULLED,
    Snapshot,
    SnapshotArea,
    SnapshotDataset,
    content_digest,
    read_snapshot,
    write_snapshot,
)
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import json_bytes
from novex_plugin.core.moment import as_written
from novex_plugin.core.progress import Progress, stop_if_cancelled
from novex_plugin.core.unforeseen import UNFORESEEN

WORK = ".pull"
_STALE = timedelta(hours=24)
"""What a broken run left is continued within this time; after it the source may have changed."""


@dataclass(frozen=True)
class Pulled:
    """The snapshot as it is now; the datasets of this run, and those of them that failed, by id."""

    snapshot: Snapshot
    chosen: tuple[str, ...]
    failed: tuple[str, ...]

    @property
    def features(self) -> int:
        """Stored features of the datasets of this run, cells of rasters not counted."""
        found = (self.snapshot.dataset(identifier) for identifier in self.chosen)
        return sum(each.stored or 0 for each in found if each.status == PULLED and not each.is_raster)


def pull(
    register: Register,
    area: Area,
    folder: Path,
    fetch: Fetch,
    clock: Callable[[], datetime],
    progress: Progress,
    datasets: Sequence[str] = (),
) -> Pulled:
    """Pull `datasets` (ids; empty: all that can be pulled) for `area` into `folder`.

    Raises InputError for unknown ids, a snapshot of another area or version, or a folder that cannot be written;
    Cancelled when the user asked to stop. A dataset that cannot be pulled is a failure in the manifest.
    """
    chosen, unknown = _chosen(register, datasets)
    if unknown and not chosen:
        raise InputError(f"het register kent {', '.join(unknown)} niet.", "Kies ids die in het register staan.")
    snapshot = _opened(register, area, folder, clock)
    run = _Run(area, folder, with_retries(fetch), clock, progress, len(chosen))
    for identifier in unknown:
        progress.warning(f"{identifier}: MISLUKT: het register kent deze dataset niet.")
    for number, dataset in enumerate(chosen):
        stop_if_cancelled(progress)
        entry = run.pull_one(number, dataset, snapshot.find(dataset.id))
        others = tuple(each for each in snapshot.datasets if each.id != dataset.id)
        snapshot = replace(snapshot, moment=as_written(clock()), datasets=(*others, entry))
        write_snapshot(snapshot)
    progress.fraction(1.0)
    failed = [dataset.id for dataset in chosen if snapshot.dataset(dataset.id).status == FAILED]
    _clean(folder / WORK)
    return Pulled(snapshot, tuple(dataset.id for dataset in chosen), (*unknown, *failed))


def _chosen(register: Register, wanted: Sequence[str]) -> tuple[list[Dataset], list[str]]:
    if not wanted:
        return [each for each in register.datasets if each.access != "none"], []
    known = {each.id: each for each in register.datasets}
    distinct = list(dict.fromkeys(wanted))
    return [known[each] for each in distinct if each in known], [each for each in distinct if each not in known]


def _opened(register: Register, area: Area, folder: Path, clock: Callable[[], datetime]) -> Snapshot:
    digest = f"sha256:{hashlib.sha256(json_bytes(register_json(register))).hexdigest()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / WORK).mkdir(exist_ok=True)
    except OSError as error:
        problem = f"in de map is niet te schrijven ({error.strerror or error})."
        raise InputError(problem, "Kies een andere map, of maak haar beschrijfbaar.", folder) from error
    if not (folder / MANIFEST).exists():
        snapshot = Snapshot(folder, as_written(clock()), digest, SnapshotArea(area.bounds, area.wkt), ())
        write_snapshot(snapshot)
        return snapshot
    snapshot = read_snapshot(folder)
    if snapshot.area.wkt != area.wkt:
        problem = "deze momentopname is van een ander gebied."
        raise InputError(problem, "Geef hetzelfde gebied, of kies een nieuwe map.", folder / MANIFEST)
    return replace(snapshot, register_digest=digest)


def _clean(work: Path) -> None:
    """Remove the working folder when nothing waits in it."""
    if work.is_dir() and not any(work.iterdir()):
        work.rmdir()


@dataclass(frozen=True)
class _Run:
    area: Area
    folder: Path
    fetch: Fetch
    clock: Callable[[], datetime]
    progress: Progress
    total: int

    def pull_one(self, number: int, dataset: Dataset, before: SnapshotDataset | None) -> SnapshotDataset:
        """Pull one dataset by the first of its routes that works; its entry for the manifest."""

        def advanced(part: float) -> None:
            self.progress.fraction((number + part) / self.total)

        advanced(0.0)
        self.progress.info(f"{dataset.title} ({dataset.id})")
        if before is not None and self._stands(dataset, before):
            self.progress.info("  staat al in de momentopname, met dezelfde datum: niet opnieuw opgehaald.")
            return before
        routes = routes_of(dataset)
        if not routes:
            return self._image(dataset)
        reasons: list[str] = []
        for route in routes:
            try:
                outcome = self._pull(dataset, route, advanced)
            except (PullFailure, NetworkError) as failure:
                reasons.append(f"{route.type} {route.address}: {failure}")
                self.progress.warning(f"  {reasons[-1]}")
            else:
                return self._entry(dataset, route, outcome)
        return self._failed(dataset, routes[0], " | ".join(reasons))

    def _stands(self, dataset: Dataset, before: SnapshotDataset) -> bool:
        if before.status != PULLED or before.record_date != dataset.dates.record or before.file is None:
            return False
        path = self.folder / before.file
        try:
            if path.is_file() and content_digest(path) == before.digest:
                return True
        except InputError as error:
            self.progress.warning(f"  {error}")
        self.progress.warning("  het bestand in de momentopname is weg of gewijzigd: opnieuw opgehaald.")
        return False

    def _pull(self, dataset: Dataset, route: Route, advanced: Callable[[float], None]) -> Outcome:
        work = self._work(dataset, route)
        job = Job(
            dataset,
            route,
            self.area,
            Asker(self.fetch, self.progress, work),
            work,
            self.folder / "data" / slug(dataset.title, dataset.id),
            advanced,
        )
        try:
            outcome = PULLERS[route.type](job)
        except PullFailure as failure:
            if not failure.keep:
                shutil.rmtree(work, ignore_errors=True)
            raise
        except InputError as error:
            shutil.rmtree(work, ignore_errors=True)
            raise PullFailure(f"{error.problem} {error.remedy}") from error
        except UNFORESEEN as error:
            if not isinstance(error, OSError | sqlite3.OperationalError):
                shutil.rmtree(work, ignore_errors=True)
            raise PullFailure(_unexpected(error)) from error
        shutil.rmtree(work, ignore_errors=True)
        return outcome

    def _work(self, dataset: Dataset, route: Route) -> Path:
        """The working folder of a dataset by a route: the same after a broken run of the same question."""
        layers = ",".join(layer or "" for layer in route.layers)
        question = (dataset.id, dataset.dates.record, route.type, route.address, layers, self.area.wkt, STAGING_VERSION)
        work = self.folder / WORK / hashlib.sha256(json_bytes(list(question))).hexdigest()[:20]
        started = work / "started"
        now = self.clock().astimezone(UTC)
        if started.exists() and not _recent(started, now):
            shutil.rmtree(work, ignore_errors=True)
        try:
            work.mkdir(parents=True, exist_ok=True)
            if not started.exists():
                started.write_text(now.isoformat(), encoding="utf-8")
        except OSError as error:
            raise PullFailure(f"in de map is niet te schrijven ({error.strerror or error}).", keep=True) from error
        return work

    def _entry(self, dataset: Dataset, route: Route, outcome: Outcome) -> SnapshotDataset:
        return replace(
            self._blank(dataset, PULLED),
            file=outcome.file.relative_to(self.folder).as_posix(),
            layers=outcome.layers,
            address=route.address,
            request=outcome.request,
            layer=outcome.layer,
            service=route.type,
            matched=outcome.matched,
            received=outcome.received,
            stored=outcome.stored,
            source_epsg=outcome.source_epsg,
            digest=content_digest(outcome.file),
            repaired=outcome.repaired,
            dropped=outcome.dropped,
        )

    def _image(self, dataset: Dataset) -> SnapshotDataset:
        try:
            image = image_of(dataset, self.folder / "layers" / slug(dataset.title, dataset.id), self._asker())
        except (PullFailure, NetworkError) as failure:
            return self._failed(dataset, None, str(failure))
        except InputError as error:
            return self._failed(dataset, None, f"{error.problem} {error.remedy}")
        except UNFORESEEN as error:
            return self._failed(dataset, None, _unexpected(error))
        self.progress.info(f"  alleen als beeld beschikbaar ({image.route.type}): laagdefinitie bewaard.")
        return replace(
            self._blank(dataset, IMAGE_ONLY),
            address=image.route.address,
            layer=image.layer,
            service=image.route.type,
            layer_definition=image.file.relative_to(self.folder).as_posix(),
        )

    def _asker(self) -> Asker:
        return Asker(self.fetch, self.progress, self.folder / WORK)

    def _failed(self, dataset: Dataset, route: Route | None, reason: str) -> SnapshotDataset:
        self.progress.warning(f"{dataset.id}: MISLUKT: {reason}")
        address, kind = (route.address, route.type) if route else (None, None)
        return replace(self._blank(dataset, FAILED), reason=reason[:2000], address=address, service=kind)

    def _blank(self, dataset: Dataset, status: str) -> SnapshotDataset:
        return SnapshotDataset(
            id=dataset.id,
            title=dataset.title,
            owner=dataset.owner,
            status=status,
            time=as_written(self.clock()),
            record_date=dataset.dates.record,
            licence=asdict(dataset.licence),
        )


def _unexpected(error: BaseException) -> str:
    """What went wrong, without the paths of this computer: the manifest is handed over to others."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"onverwachte fout ({type(error).__name__}: {said})."


def _recent(started: Path, now: datetime) -> bool:
    try:
        return now - datetime.fromisoformat(started.read_text(encoding="utf-8")) < _STALE
    except (ValueError, TypeError, OSError):
        return False
