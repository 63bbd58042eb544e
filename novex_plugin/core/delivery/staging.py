"""The first half of a delivery: what all else follows from, laid in its folder."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.basisset.snapshot import MANIFEST as SNAPSHOT_FILE
from novex_plugin.core.basisset.snapshot import read_snapshot
from novex_plugin.core.check.departures import refuse_problems
from novex_plugin.core.delivery.archive import unsafe_path
from novex_plugin.core.delivery.bare_geopackage import copy_layers
from novex_plugin.core.delivery.content_moment import content_moment
from novex_plugin.core.delivery.geopackage_copy import copy_variant
from novex_plugin.core.delivery.own_layers import OwnLayer, dataset_rows, own_layers, require_file, used_tables
from novex_plugin.core.delivery.places import BINDINGS, PRIMARY, PROPOSAL, REGISTER, SNAPSHOT, SNAPSHOT_MANIFEST
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import json_bytes, read_json
from novex_plugin.core.proposal.read import Proposal, read_proposal
from novex_plugin.core.proposal.schema import proposal_layers
from novex_plugin.core.rules.bindings import DEFAULT as DEFAULT_BINDINGS


@dataclass(frozen=True)
class Request:
    """What is to be delivered. `draft` allows open findings; `with_data` puts the snapshot's data in too."""

    proposal: Path
    variant: str | None
    snapshot: Path | None = None
    bindings: Path | None = None
    register: Path | None = None
    draft: bool = False
    with_data: bool = False


@dataclass(frozen=True)
class Staged:
    """A delivery in the making.

    `data` is the payload's folder; `proposal` the working copy of what is handed over, with all tables of the schema;
    `snapshot` the folder that the data can be read from, or None; `bindings` the file with the bindings.
    """

    data: Path
    proposal: Proposal
    variant: str
    moment: str
    snapshot: Path | None
    bindings: Path
    left_out: tuple[str, ...] = ()

    @property
    def agreement(self) -> Agreement:
        """The agreement that the proposal follows."""
        return self.proposal.agreement

    @property
    def header(self) -> Mapping[str, Any]:
        """The row of the table `voorstel`."""
        return self.proposal.header

    @property
    def province(self) -> str:
        """The name of the province."""
        return self.agreement.label("provincie", self.proposal.province).nl

    @property
    def snapshot_manifest(self) -> dict[str, Any]:
        """The snapshot's manifest as it lies in the delivery; empty when there is none."""
        path = self.data / SNAPSHOT_MANIFEST
        return dict(read_json(path)) if path.is_file() else {}


def stage(request: Request, data: Path, work: Path, sound: bool = True) -> Staged:
    """Lay the proposal's variant, the snapshot's manifest (and data), the register and the bindings in `data`.

    `work` is a folder for the working copy; `sound` refuses features without a valid geometry. Raises InputError for
    what cannot be read or delivered.
    """
    source = read_proposal(request.proposal)
    variant = _variant(source, request.variant)
    # Said here of the user's own file and rows: all that follows reads a copy with its rows in another order.
    refuse_problems(source, source.variant(variant))
    layers = proposal_layers(source.agreement)
    target = data / PROPOSAL
    target.parent.mkdir(parents=True, exist_ok=True)
    bindings = request.bindings or DEFAULT_BINDINGS
    own = list(own_layers(read_json(bindings, "bindings"), bindings.parent))
    recorded = dataset_rows(own, request.with_data)
    copied = copy_variant(request.proposal, target, layers, variant, sound=sound, more=recorded)
    if request.snapshot is not None:
        _stage_snapshot(request.snapshot, request, data)
    _stage_bindings(bindings, own, data, request.with_data)
    return _staged(
        data,
        work,
        source.agreement,
        variant,
        request.snapshot,
        bindings,
        tuple(copied.left_out),
    )


def restage(
    delivered: Path, data: Path, work: Path, agreement: Agreement, variant: str, snapshot: Path | None
) -> Staged:
    """Lay what another delivery was made from in a new folder, to make it again. `snapshot` holds the same data."""
    for name in PRIMARY:
        if (delivered / name).is_file() and name != PROPOSAL:
            (data / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(delivered / name, data / name)
    (data / PROPOSAL).parent.mkdir(parents=True, exist_ok=True)
    copied = copy_variant(delivered / PROPOSAL, data / PROPOSAL, proposal_layers(agreement), variant)
    bindings = _readable_bindings(delivered / BINDINGS, work)
    return _staged(data, work, agreement, variant, snapshot, bindings, tuple(copied.left_out))


def _readable_bindings(delivered: Path, work: Path) -> Path:
    """The delivered bindings, with the slots open whose own layer did not go along or lies outside the delivery."""
    content = read_json(delivered, "bindings")
    for binding in content["bindings"]:
        if binding["own"] is not None:
            place = binding["own"]["place"]
            layer = delivered.parent / place
            if unsafe_path(place) is None and layer.is_file():
                binding["own"]["place"] = str(layer)
            else:
                binding["own"] = None
    _write(work / "koppelingen.json", content)
    return work / "koppelingen.json"


def _staged(
    data: Path,
    work: Path,
    agreement: Agreement,
    variant: str,
    snapshot: Path | None,
    bindings: Path,
    left_out: tuple[str, ...],
) -> Staged:
    # Checks read all tables; the handed-over file leaves out those without features.
    work.mkdir(parents=True, exist_ok=True)
    full = work / "voorstel.gpkg"
    copy_variant(data / PROPOSAL, full, proposal_layers(agreement), variant, keep_empty=True, sound=False)
    proposal = read_proposal(full)
    manifest = data / SNAPSHOT_MANIFEST
    moment = content_moment(proposal.tables, read_json(manifest)["moment"] if manifest.is_file() else None)
    return Staged(data, proposal, variant, moment, snapshot, bindings, left_out)


def _variant(source: Proposal, wanted: str | None) -> str:
    if wanted:
        if wanted not in source.variants:
            source.variant(wanted)
        return wanted
    if len(source.variants) == 1:
        return source.variants[0]
    raise InputError(
        f"het voorstel heeft {len(source.variants)} varianten.",
        f"Kies er een: {', '.join(source.variants)}.",
        source.path,
        "variant",
    )


def _stage_snapshot(folder: Path, request: Request, data: Path) -> None:
    snapshot = read_snapshot(folder)
    _write(data / SNAPSHOT_MANIFEST, read_json(snapshot.folder / SNAPSHOT_FILE))
    register = request.register or snapshot.folder / "register.json"
    if register.is_file():
        _write(data / REGISTER, read_json(register, "register"))
    elif request.register is not None:
        raise InputError("bestaat niet.", "Geef het register van novex:discover.", request.register)
    if not request.with_data:
        return
    for dataset in snapshot.datasets:
        for name in (dataset.file, dataset.layer_definition):
            if name is not None:
                tables = {layer.name for layer in dataset.layers}
                _copy_data(snapshot.folder / name, data / SNAPSHOT / name, tables)


def _copy_data(source: Path, target: Path, tables: Collection[str]) -> None:
    """Copy a file of data; of a GeoPackage these layers and nothing else."""
    if not source.is_file():
        raise InputError("ontbreekt in de momentopname.", "Haal de dataset opnieuw op.", source)
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix != ".gpkg":
        shutil.copyfile(source, target)
    else:
        copy_layers(source, target, tables)


def _stage_bindings(source: Path, own: list[OwnLayer], data: Path, with_data: bool) -> None:
    """The bindings, with the user's own layers under the name of their slot rather than where they lie at home."""
    bindings = read_json(source, "bindings")
    places = {layer.slot: layer.place for layer in own}
    for binding in bindings["bindings"]:
        if binding["own"] is not None:
            binding["own"]["place"] = places[binding["slot"]]
    for layer in own if with_data else ():
        require_file(layer, source)
        _copy_data(layer.file, data / SNAPSHOT / layer.place, used_tables(layer, source))
    _write(data / BINDINGS, bindings)


def _write(target: Path, content: object) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(json_bytes(content))
