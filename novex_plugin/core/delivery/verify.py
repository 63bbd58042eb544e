"""Recompute a delivery from itself and name every difference."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from novex_plugin.core.agreement import Agreement, agreement_names, agreement_path, read_agreement
from novex_plugin.core.basisset.snapshot import read_snapshot
from novex_plugin.core.delivery.archive import unpack
from novex_plugin.core.delivery.bag import bag_folder, check_bag
from novex_plugin.core.delivery.bare_geopackage import surplus
from novex_plugin.core.delivery.compare import Difference, short
from novex_plugin.core.delivery.drawing import Drawing
from novex_plugin.core.delivery.manifest import differing_files, read_manifest
from novex_plugin.core.delivery.metadata_check import metadata_problems
from novex_plugin.core.delivery.places import LEGEND, MANIFEST, METADATA, PICTURE, SNAPSHOT
from novex_plugin.core.delivery.remake import Remade, remake
from novex_plugin.core.delivery.style_check import definition_problems, style_problems
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import check_schema
from novex_plugin.core.progress import Progress
from novex_plugin.version import plugin_version

FORMAT = "novex-verification"
VERSION = "1.0"
STATES = ("geldig", "ongeldig", "deels_nagerekend")
"""Partly recomputed: nothing is wrong with what could be judged, and the rest rests on what this plugin does not have:
another release of agreement, rules, targets or plugin, or data that did not go along."""


@dataclass(frozen=True)
class Verification:
    """The outcome: `differences` make a delivery invalid; `not_recomputed` says what could not be judged, and why."""

    delivery: Mapping[str, Any] | None
    differences: Sequence[Difference]
    not_recomputed: Sequence[str] = ()
    ignored: Sequence[str] = ()
    recomputed: Sequence[str] = field(default=())

    @property
    def valid(self) -> bool:
        """Whether everything that was recomputed is as the delivery says."""
        return not self.differences

    @property
    def state(self) -> str:
        """One of STATES."""
        if self.differences:
            return "ongeldig"
        partly = any(not said.startswith(PICTURE) for said in self.not_recomputed)
        return "deels_nagerekend" if partly else "geldig"

    def content(self) -> dict[str, Any]:
        """The outcome as JSON has it."""
        content = {
            "format": FORMAT,
            "version": VERSION,
            "valid": self.valid,
            "state": self.state,
            "delivery": dict(self.delivery) if self.delivery is not None else None,
            "plugin": plugin_version(),
            "differences": [asdict(each) for each in self.differences],
            "not_recomputed": list(self.not_recomputed),
            "recomputed": list(self.recomputed),
            "ignored": list(self.ignored),
        }
        check_schema(content, "verification")
        return content

    def message(self) -> str:
        """In a few lines why a delivery is invalid."""
        lines = [
            f"{each.file}{', ' + each.where if each.where else ''}: {each.says} (moet zijn: {each.found})"
            for each in self.differences[:10]
        ]
        more = len(self.differences) - len(lines)
        return "\n".join([*lines, f"en nog {more} verschillen"] if more > 0 else lines)


def verify(archive: Path, drawing: Drawing, progress: Progress, snapshot: Path | None = None) -> Verification:
    """Judge a delivery from its own content, and from `snapshot` where its data were left out.
    What is wrong with the delivery stands in the outcome. Raises InputError when there is no such file.
    """
    if not archive.is_file():
        raise InputError("bestaat niet.", "Controleer het pad.", archive)
    with tempfile.TemporaryDirectory(prefix="novex-levering-") as folder:
        unpacked = Path(folder) / "uit"
        unpacked.mkdir()
        try:
            junk = unpack(archive, unpacked, progress)
            bag = bag_folder(unpacked)
        except InputError as error:
            return Verification(None, [Difference(archive.name, "", error.problem, "een hele, veilige levering")])
        progress.fraction(0.2)
        return _judged(bag, Path(folder), junk, _Means(drawing, progress, snapshot))


@dataclass(frozen=True)
class _Means:
    """What the verification works with."""

    drawing: Drawing
    progress: Progress
    snapshot: Path | None


def _judged(bag: Path, folder: Path, junk: Sequence[str], means: _Means) -> Verification:
    data = bag / "data"
    differences = [Difference(each.file, "", each.problem, "zoals bij het inpakken") for each in check_bag(bag)]
    try:
        manifest = read_manifest(data)
    except InputError as error:
        wrong = Difference(MANIFEST, error.field or "", error.problem, "een manifest van deze versie")
        return Verification(None, sorted({*differences, wrong}), ignored=junk)
    differences += [Difference(MANIFEST, *each) for each in differing_files(data, manifest)]
    differences += _described(data)
    agreement, unknown = _agreement(manifest)
    differences += unknown
    remade = Remade([], [], [])
    if agreement is None and not unknown:
        remade.not_recomputed.append(_other_release(manifest))
    elif agreement is not None:
        means.progress.info("Opnieuw uitrekenen")
        again = folder / "opnieuw"
        remade = remake(data, manifest, agreement, again, means.drawing, means.progress, means.snapshot)
    head = {key: value for key, value in manifest.items() if key != "files"}
    found = sorted({*differences, *remade.differences})
    return Verification(head, found, remade.not_recomputed, junk, remade.recomputed)


def _described(data: Path) -> list[Difference]:
    """What metadata lack, and what style files hold that they should not."""
    differences = []
    for path in sorted((data / METADATA).glob("*.xml")):
        name = path.relative_to(data).as_posix()
        differences += [Difference(name, "", problem, "volledige metadata") for problem in metadata_problems(path)]
    for path in sorted((data / LEGEND).glob("*")):
        if path.suffix in {".qml", ".sld"}:
            name = path.relative_to(data).as_posix()
            differences += [Difference(name, "", problem, "alleen tekenen") for problem in style_problems(path)]
    addresses = _addresses(data)
    for path in sorted((data / SNAPSHOT).rglob("*.qlr")):
        name = path.relative_to(data).as_posix()
        problems = definition_problems(path, addresses.get(path.relative_to(data / SNAPSHOT).as_posix()))
        differences += [Difference(name, "", problem, "alleen de dienst van de dataset") for problem in problems]
    for path in sorted((data / SNAPSHOT).rglob("*.gpkg")):
        name = path.relative_to(data).as_posix()
        differences += [Difference(name, each, "aanwezig", "hoort er niet") for each in _beside(path)]
    return differences


def _addresses(data: Path) -> dict[str | None, str | None]:
    """The address of each layer definition, as the snapshot's manifest tells; what is wrong with that is told later."""
    try:
        return {each.layer_definition: each.address for each in read_snapshot(data / SNAPSHOT).datasets}
    except InputError:
        return {}


def _beside(path: Path) -> list[str]:
    try:
        return surplus(path)
    except InputError as error:
        return [f"bestand: {error.problem}"]


def _other_release(manifest: Mapping[str, Any]) -> str:
    says = manifest["agreement"]
    known = ", ".join(agreement_names())
    return (
        f"alles wat op de afspraken berust: gemaakt met {says['id']} versie {short(says['version'])}, deze plugin heeft"
        f" {known}; alleen controlegetallen, bestanden, opmaak en metadata zijn beoordeeld"
    )


def _agreement(manifest: Mapping[str, Any]) -> tuple[Agreement | None, list[Difference]]:
    """The agreement that a delivery follows, and what is wrong with how it names it. None without a difference is
    another version of an agreement that this plugin knows."""
    says = manifest["agreement"]
    name = f"{says['id']}-{says['version']}"
    if name not in agreement_names():
        if any(each.rpartition("-")[0] == says["id"] for each in agreement_names()):
            return None, []
        known = ", ".join(agreement_names())
        unknown = Difference(MANIFEST, "$.agreement", f"afspraken {short(name)}", f"afspraken van deze plugin: {known}")
        return None, [unknown]
    agreement = read_agreement(agreement_path(name))
    if agreement.digest != says["digest"]:
        return agreement, [Difference(MANIFEST, "$.agreement.digest", short(says["digest"]), agreement.digest)]
    return agreement, []
