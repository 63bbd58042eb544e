"""What the saved proposal and its data say of a delivery before it is made: what stops it, what goes along, how large
it becomes. Runs in a worker and touches no layer."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from novex_plugin.core.basisset.snapshot import IMAGE_ONLY, PULLED, Snapshot, read_snapshot
from novex_plugin.core.check.departures import departures
from novex_plugin.core.delivery.own_layers import OwnLayer, own_layers
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import layer_names, read_layer
from novex_plugin.core.files import read_json
from novex_plugin.core.progress import Progress, stop_if_cancelled
from novex_plugin.core.proposal.migrate_source import TO_JUDGE
from novex_plugin.core.proposal.problems import Problem
from novex_plugin.core.proposal.read import read_proposal

if TYPE_CHECKING:
    from novex_plugin.core.proposal.read import Proposal
    from novex_plugin.qgis_adapter.open_proposal import OpenProposal

WITH_DATA, IMAGE, NO_DATA = "with_data", "image", "none"

_REPORT_AND_LEGEND = 2_600_000
"""Bytes that report, map, legend, findings and metadata take in a zip, whatever is drawn."""
_PACKED_PROPOSAL = 0.3
_SAMPLE = 1 << 18


@dataclass(frozen=True)
class Source:
    """A dataset that the proposal was judged with; `kind` is WITH_DATA, IMAGE or NO_DATA, `packed` an estimate (bytes),
    `own` tells a layer of the province's own."""

    title: str
    kind: str
    packed: int = 0
    own: bool = False


@dataclass(frozen=True)
class FileLook:
    """`problems` are values outside the agreement in the variant and the tables beside it, `waiting` the rows that wait
    for a person since a migration; `refused` says why the proposal, the snapshot or the bindings cannot be read.

    `rows` counts what goes along by table; `packed` estimates the zip without data (bytes).
    """

    problems: tuple[Problem, ...] = ()
    waiting: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    packed: int = 0

    @property
    def packed_data(self) -> int:
        """How much the data add to the zip, as an estimate (bytes)."""
        return sum(each.packed for each in self.sources)


def look(
    opened: OpenProposal, variant: str, snapshot: Path | None, bindings: Path | None, progress: Progress
) -> FileLook:
    """Look at everything; what cannot be read is told in the outcome."""
    refused: dict[str, str] = {}
    problems: tuple[Problem, ...] = ()
    rows: dict[str, int] = {}
    waiting = packed = 0
    try:
        with opened.place.at_hand(opened.agreement, progress) as path:
            read = read_proposal(path, opened.agreement)
            problems = _problems(read, variant)
            rows = _rows(read, variant)
            waiting = _waiting(path)
            packed = _REPORT_AND_LEGEND + int(_PACKED_PROPOSAL * path.stat().st_size)
    except (InputError, OSError) as error:
        refused["proposal"] = str(error)
    stop_if_cancelled(progress)
    sources: list[Source] = []
    for key, given, found in (("snapshot", snapshot, _pulled), ("bindings", bindings, _own)):
        try:
            sources += found(given, progress) if given is not None else []
        except (InputError, OSError) as error:
            refused[key] = str(error)
    return FileLook(problems, waiting, refused, rows, tuple(sources), packed)


def _problems(read: Proposal, variant: str) -> tuple[Problem, ...]:
    """What keeps a delivery from being made: everything outside the agreement in what is handed over."""
    features = read.variant(variant)
    found = departures(read, features)
    here = {name: set(rows.columns["fid"].tolist()) for name, rows in features.items()}
    geometry = [each for each in read.problems if each.field == "geom" and each.row in here.get(each.table, ())]
    return (*found.wrong, *found.unfilled, *geometry)


def _rows(read: Proposal, variant: str) -> dict[str, int]:
    features = read.variant(variant)
    ids = {each for rows in features.values() for each in rows.columns["id"].tolist()}
    counts = {name: len(rows) for name, rows in features.items()}
    for table in ("bijdrage", "verklaring", "motivering"):
        named = read.tables[table].columns["kenmerk"].tolist()
        counts[table] = sum(each is None or each in ids for each in named)
    return counts


def _waiting(path: Path) -> int:
    return len(read_layer(path, TO_JUDGE)) if TO_JUDGE in layer_names(path) else 0


def _pulled(folder: Path, progress: Progress) -> list[Source]:
    snapshot = read_snapshot(folder)
    kinds = {PULLED: WITH_DATA, IMAGE_ONLY: IMAGE}
    found = []
    for each in snapshot.datasets:
        stop_if_cancelled(progress)
        packed = sum(map(_packed, _files(snapshot, each.file)))
        found.append(Source(each.title, kinds.get(each.status, NO_DATA), packed))
    return found


def _files(snapshot: Snapshot, name: str | None) -> Iterator[Path]:
    if name is not None and (snapshot.folder / name).is_file():
        yield snapshot.folder / name


def _own(bindings: Path, progress: Progress) -> list[Source]:
    layers = list(own_layers(read_json(bindings, "bindings"), bindings.parent))
    return [_own_source(each) for each in layers]


def _own_source(layer: OwnLayer) -> Source:
    if not layer.file.is_file():
        return Source(layer.name, NO_DATA, own=True)
    return Source(layer.name, WITH_DATA, _packed(layer.file), own=True)


def _packed(path: Path) -> int:
    """About how many bytes a file takes in a zip, from a piece out of its middle."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        stream.seek(max(0, (size - _SAMPLE) // 2))
        piece = stream.read(_SAMPLE)
    return int(size * len(zlib.compress(piece, 6)) / max(len(piece), 1))
