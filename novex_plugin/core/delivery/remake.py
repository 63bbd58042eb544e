"""A delivery made again from its own content, laid beside what was delivered."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.basisset.snapshot import PULLED, Snapshot, SnapshotDataset, content_digest, read_snapshot
from novex_plugin.core.check.open_findings import blocking
from novex_plugin.core.delivery.archive import unsafe_path
from novex_plugin.core.delivery.assess import Assessed, assess, catalogues_in_use, rules_with_data, targets_in_use
from novex_plugin.core.delivery.bag import bag_information
from novex_plugin.core.delivery.compare import Difference, compare_files, compare_json, compare_rules, short
from novex_plugin.core.delivery.complete import (
    bag_description,
    derive,
    head_of,
    provenance_of,
    read_findings,
)
from novex_plugin.core.delivery.deviations import deviations, refuse_unfounded
from novex_plugin.core.delivery.drawing import Drawing, MapPicture
from novex_plugin.core.delivery.explanation_rows import rows_of
from novex_plugin.core.delivery.own_layers import dataset_rows, own_layers
from novex_plugin.core.delivery.places import (
    BALANCE,
    BALANCE_CSV,
    BINDINGS,
    DEVIATIONS,
    EXPLANATIONS,
    FINDINGS,
    FINDINGS_JSON,
    LEGEND,
    MANIFEST,
    METADATA,
    PICTURE,
    PROPOSAL,
    PROVENANCE,
    REPORT,
    SNAPSHOT,
    SNAPSHOT_MANIFEST,
)
from novex_plugin.core.delivery.staging import Staged, restage
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import read_json
from novex_plugin.core.progress import Progress, stop_if_cancelled
from novex_plugin.core.unforeseen import STRANGE_CONTENT
from novex_plugin.version import plugin_version

_BY_VERSION = (
    REPORT,
    LEGEND,
    METADATA,
    PROVENANCE,
    FINDINGS,
    FINDINGS_JSON,
    EXPLANATIONS,
    BALANCE,
    BALANCE_CSV,
    DEVIATIONS,
)
"""What another version of the plugin may reckon, word or draw in another way. The proposal itself is not among it."""

_log = logging.getLogger(__name__)

_COUNTS = ("$.counts", "$.open_findings")
_PARTS = {"catalogues": "regels", "targets": "doelen"}


@dataclass
class Remade:
    """What came out: the differences, what could not be judged and why, and what was made again."""

    differences: list[Difference]
    not_recomputed: list[str]
    recomputed: list[str]


@dataclass(frozen=True)
class _Redrawing:
    """Draws the legend anew and takes the delivered picture: pixels depend on fonts, and prove nothing."""

    drawing: Drawing
    delivered: Path

    def legend(self, agreement: Agreement, folder: Path) -> None:
        self.drawing.legend(agreement, folder)

    def picture(self, picture: MapPicture, target: Path) -> None:
        if self.delivered.is_file():
            shutil.copyfile(self.delivered, target)


def remake(
    delivered: Path,
    manifest: Mapping[str, Any],
    agreement: Agreement,
    folder: Path,
    drawing: Drawing,
    progress: Progress,
    given: Path | None,
) -> Remade:
    """Make the delivery again in `folder` and compare. `given` is a snapshot to use where the data were left out."""
    made = Remade([], [f"{PICTURE}: de kaart is een beeld en wordt niet opnieuw getekend"], [])
    try:
        snapshot, same_data = _data(delivered, given, made)
        variant = manifest["proposal"]["variant"]
        staged = restage(delivered, folder / "data", folder / "werk", agreement, variant, snapshot)
        made.differences += [*_problems(staged), *_forged(staged, delivered)]
        assessed = _assess(staged, delivered, manifest, same_data, made, progress)
        stop_if_cancelled(progress)
        derive(staged, assessed, manifest["draft"], _Redrawing(drawing, delivered / PICTURE), progress)
        _compare(staged, assessed, delivered, manifest, made)
    except InputError as error:
        made.differences.append(_broken(error, delivered))
    except UnicodeDecodeError as error:
        # SQLite's own messages about a damaged file quote its bytes.
        made.differences.append(Difference(PROPOSAL, "", f"is beschadigd ({error.reason})", "een leesbaar bestand"))
    except STRANGE_CONTENT as error:
        _log.exception("remaking a delivery")
        said = f"heeft inhoud van een vreemde vorm ({type(error).__name__}: {short(error)})"
        made.differences.append(Difference(MANIFEST, "", said, "na te rekenen"))
    return made


def _broken(error: InputError, delivered: Path) -> Difference:
    """What stopped the remaking, with its place in the delivery rather than on this computer."""
    file = Path(str(error.file)) if error.file is not None else delivered
    name = file.relative_to(delivered).as_posix() if file.is_relative_to(delivered) else file.name
    places = {"tabel": error.table, "rij": error.row, "veld": error.field}
    where = ", ".join(f"{label} {value}" for label, value in places.items() if value is not None)
    return Difference(name, where, error.problem, "te lezen volgens de afspraken")


def _problems(staged: Staged) -> list[Difference]:
    """Values that depart from the agreement; a draft may not hold them either."""
    return [
        Difference(
            PROPOSAL, f"tabel {each.table}, rij {each.row}, veld {each.field}", each.message, "volgens de afspraken"
        )
        for each in staged.proposal.problems
    ]


def _forged(staged: Staged, delivered: Path) -> list[Difference]:
    """Layers of the province's own that the bindings name and the proposal does not record, or with another digest
    than the layer that went along."""
    recorded = {row["id"]: row for row in rows_of(staged.proposal.tables["dataset"])}
    differences = []
    for named in own_layers(read_json(delivered / BINDINGS, "bindings"), delivered / SNAPSHOT):
        layer = replace(named, file=delivered / SNAPSHOT / named.place)
        if named.file != layer.file:
            differences.append(Difference(BINDINGS, f"{layer.slot}, own.place", short(named.file.name), layer.place))
        (row,) = rows_of(dataset_rows([layer], with_data=True))
        says = recorded.get(row["id"])
        where = f"tabel dataset, rij {row['id']}"
        if says is None:
            differences.append(Difference(PROPOSAL, where, "ontbreekt", f"eigen laag {layer.name}"))
        elif row["digest"] is not None and says["digest"] != row["digest"]:
            differences.append(Difference(PROPOSAL, f"{where}, veld digest", short(says["digest"]), row["digest"]))
    return differences


def _data(delivered: Path, given: Path | None, made: Remade) -> tuple[Path | None, bool]:
    """The folder to read the data from, and whether the data are those that the delivery was made with.

    It is the delivery's own folder, or the given one where its contents are the same.
    """
    own_layers = not _lacks_own_layers(delivered)
    if not (delivered / SNAPSHOT_MANIFEST).is_file():
        made.differences += _unnamed(delivered, ())
        return None, own_layers
    own = read_snapshot(delivered / SNAPSHOT)
    made.differences += _unnamed(delivered, own.datasets)
    if (delivered / SNAPSHOT / "data").is_dir():
        made.differences += _unlike(own, own, f"{SNAPSHOT}/")
        return own.folder, own_layers
    if given is None:
        return None, False
    unlike = _unlike(own, read_snapshot(given), "")
    if unlike:
        made.not_recomputed.append(f"de gegeven momentopname heeft andere inhoud: {unlike[0].file} {unlike[0].where}")
        return None, False
    return given, own_layers


def _unnamed(delivered: Path, datasets: Sequence[SnapshotDataset]) -> list[Difference]:
    """Files among the data that neither the snapshot's manifest nor the bindings name."""
    folder = delivered / SNAPSHOT
    named = {name for dataset in datasets for name in (dataset.file, dataset.layer_definition)}
    bindings = read_json(delivered / BINDINGS, "bindings")["bindings"]
    named |= {each["own"]["place"] for each in bindings if each["own"] is not None}
    found = {path.relative_to(folder).as_posix() for path in folder.glob("*/**/*") if path.is_file()}
    return [Difference(f"{SNAPSHOT}/{name}", "", "aanwezig", "hoort er niet") for name in sorted(found - named)]


def _lacks_own_layers(delivered: Path) -> bool:
    """Whether a rule was tested against a layer of the province's own that did not go along."""
    content = read_json(delivered / BINDINGS, "bindings")
    places = [each["own"]["place"] for each in content["bindings"] if each["own"] is not None]
    return any(unsafe_path(place) is not None or not (delivered / SNAPSHOT / place).is_file() for place in places)


def _unlike(says: Snapshot, holds: Snapshot, prefix: str) -> list[Difference]:
    """Datasets whose content is not what the manifest says it is."""
    differences = []
    for dataset in says.datasets:
        if dataset.status != PULLED:
            continue
        try:
            found = content_digest(holds.path(dataset.id))
        except InputError as error:
            found = error.problem
        if found != dataset.digest:
            place = f"{prefix}{dataset.file}"
            differences.append(Difference(place, f"dataset {dataset.id}", short(dataset.digest), short(found)))
    return differences


def _assess(
    staged: Staged, delivered: Path, manifest: Mapping[str, Any], same_data: bool, made: Remade, progress: Progress
) -> Assessed:
    """Findings and balance again; where that cannot be done, those that were delivered, and it is said."""
    assessed = assess(staged, progress)
    declared = replace(assessed, catalogues=tuple(manifest["catalogues"]), targets=tuple(manifest["targets"]))
    if not _known("catalogues", manifest, catalogues_in_use(), FINDINGS_JSON, made):
        _declared(staged, delivered, (FINDINGS, FINDINGS_JSON))
    elif not same_data:
        _compare_rules(staged, delivered, made)
        _declared(staged, delivered, (FINDINGS, FINDINGS_JSON))
    if not _known("targets", manifest, targets_in_use(), BALANCE, made):
        _declared(staged, delivered, (BALANCE, BALANCE_CSV))
    return declared


def _known(part: str, manifest: Mapping[str, Any], used: Sequence[Mapping[str, str]], file: str, made: Remade) -> bool:
    """Whether this plugin applies the very catalogues that the delivery names; what it lacks is said."""
    says = {each["id"]: each for each in manifest[part]}
    for each in used:
        named = says.get(each["id"])
        if named and named["version"] == each["version"] and named["digest"] != each["digest"]:
            place = f"$.{part}[{each['id']}].digest"
            made.differences.append(Difference(MANIFEST, place, short(named["digest"]), each["digest"]))
    if list(manifest[part]) == [dict(each) for each in used]:
        return True
    named_all = ", ".join(f"{each['id']} {each['version']}" for each in manifest[part]) or "geen"
    made.not_recomputed.append(f"{file}: gemaakt met {_PARTS[part]} die deze plugin niet heeft ({named_all})")
    return False


def _declared(staged: Staged, delivered: Path, names: tuple[str, ...]) -> None:
    for name in names:
        if (delivered / name).is_file():
            shutil.copyfile(delivered / name, staged.data / name)


def _compare_rules(staged: Staged, delivered: Path, made: Remade) -> None:
    """Without data: rules that need none are compared, the others are taken as declared, and that is said."""
    says = read_findings(delivered / FINDINGS_JSON)
    again = read_findings(staged.data / FINDINGS_JSON)
    declared = rules_with_data(delivered / BINDINGS)
    made.not_recomputed += [f"regel {rule}: niet nagerekend: gegevens niet meegeleverd" for rule in sorted(declared)]
    for part, key in (("rules", "rule"), ("findings", "regel"), ("explanations", "rule")):
        one, other = (
            [row for row in document.get(part, []) if row.get(key) not in declared] for document in (says, again)
        )
        made.differences += compare_json(FINDINGS_JSON, f"$.{part}", one, other)
    made.differences += compare_rules(FINDINGS, delivered / FINDINGS, staged.data / FINDINGS, declared)


def _compare(staged: Staged, assessed: Assessed, delivered: Path, manifest: Mapping[str, Any], made: Remade) -> None:
    """Every file but the data themselves, which were judged by their digest."""
    same_version = manifest["plugin"]["version"] == plugin_version()
    says, again = _files(delivered), _files(staged.data)
    for name in sorted(says | again):
        if name not in again or name not in says:
            there, needed = ("aanwezig", "hoort er niet") if name in says else ("ontbreekt", "hoort erbij")
            if same_version or name == PROPOSAL:
                made.differences.append(Difference(name, "", there, needed))
            else:
                made.not_recomputed.append(f"{name}: {there}; {needed} in leveringen van deze versie van de plugin")
            continue
        found = compare_files(name, delivered / name, staged.data / name)
        made.recomputed.append(name)
        _judge(name, found, same_version, made)
    files = {
        entry["path"]: entry["digest"].removeprefix("sha256:")
        for entry in manifest["files"]
        if entry["path"] != PROVENANCE
    }
    provenance = provenance_of(staged, files, manifest["plugin"]["version"])
    _judge(PROVENANCE, compare_json(PROVENANCE, "$", read_json(delivered / PROVENANCE), provenance), same_version, made)
    head = {**head_of(staged, assessed, manifest["draft"], delivered), "plugin": manifest["plugin"]}
    declared = {key: value for key, value in manifest.items() if key != "files"}
    for each in compare_json(MANIFEST, "$", declared, head):
        # The numbers of findings in the manifest are those of the findings, and rest on the same version.
        _judge(FINDINGS_JSON if each.where.startswith(_COUNTS) else MANIFEST, [each], same_version, made)
    made.differences += _wrongly_final(staged, delivered, manifest)
    made.differences += _wrongly_labelled(staged, delivered, manifest)


def _judge(name: str, found: list[Difference], same_version: bool, made: Remade) -> None:
    if found and not same_version and name.startswith(_BY_VERSION):
        first = f"{found[0].where}: {found[0].says}" if found[0].where else found[0].says
        made.not_recomputed.append(
            f"{name}: gemaakt met een andere versie van de plugin; deze maakt het anders ({len(found)} verschillen, het"
            f" eerste: {first})"
        )
    else:
        made.differences += found


def _files(data: Path) -> set[str]:
    names = {path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()}
    apart = (f"{SNAPSHOT}/data/", f"{SNAPSHOT}/layers/", f"{SNAPSHOT}/eigen/", MANIFEST, PROVENANCE)
    return {name for name in names if not name.startswith(apart)}


def _wrongly_final(staged: Staged, delivered: Path, manifest: Mapping[str, Any]) -> list[Difference]:
    """A delivery that calls itself final while findings are open or data outside the basisset have no reason."""
    if manifest["draft"]:
        return []
    refuse_unfounded(deviations(staged.proposal.tables["dataset"]), delivered / PROPOSAL)
    still_open = len(blocking(read_findings(delivered / FINDINGS_JSON), staged.agreement.strictness))
    if still_open:
        return [Difference(MANIFEST, "$.draft", "definitief", f"concept: {still_open} bevindingen staan open")]
    return []


def _wrongly_labelled(staged: Staged, delivered: Path, manifest: Mapping[str, Any]) -> list[Difference]:
    """What bag-info.txt, which stands outside the manifest, says otherwise than the delivery's content."""
    says = bag_information(delivered.parent)
    label = bag_description(staged, manifest["draft"], manifest["plugin"]["version"])
    found = {name: " ".join(value.split()) for name, value in label}
    return compare_json("bag-info.txt", "$", {name: says[name] for name in says if name != "Payload-Oxum"}, found)
