"""Where the register lies, and how a newer one differs from it.

The register goes with the snapshot that is pulled by it: `register.json` in the snapshot's folder, where a delivery
looks for it too. A snapshot that was handed over may have it beside its folder. Before there is a snapshot it lies in
the folder for snapshots of the settings, and the first pull writes it into the new snapshot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from novex_plugin.core.basisset.register import Dataset, Register

NAME = "register.json"


def places(snapshot: Path | None, snapshots: Path) -> tuple[Path, ...]:
    """Where a register may lie, the one that counts first."""
    beside = (snapshot / NAME, snapshot.parent / NAME) if snapshot is not None else ()
    return tuple(dict.fromkeys((*beside, snapshots / NAME)))


def target(snapshot: Path | None, snapshots: Path) -> Path:
    """Where a new register is written: into the snapshot when it is there."""
    return (snapshot if snapshot is not None and snapshot.is_dir() else snapshots) / NAME


@dataclass(frozen=True)
class Differences:
    """Ids of datasets that a newer register has besides, describes otherwise, or has no more."""

    new: frozenset[str]
    changed: frozenset[str]
    gone: frozenset[str]


def differences(before: Sequence[Dataset], after: Sequence[Dataset]) -> Differences:
    """Compare what two registers offer."""
    old, new = ({each.id: each for each in datasets} for datasets in (before, after))
    return Differences(
        frozenset(new) - frozenset(old),
        frozenset(each for each in new if each in old and new[each] != old[each]),
        frozenset(old) - frozenset(new),
    )


def record_address(register: Register, dataset: str) -> str | None:
    """The page of a dataset's record in the catalogue; None when the register comes from a file."""
    from urllib.parse import quote

    base = register.source.address.split("?")[0]
    if not base.lower().startswith(("http://", "https://")):
        return None
    name = quote(dataset, safe="")
    if "/geonetwork/" in base and base.endswith("/csw"):
        return f"{base.removesuffix('/csw')}/catalog.search#/metadata/{name}"
    asked = "service=CSW&version=2.0.2&request=GetRecordById&elementSetName=full"
    return f"{base}?{asked}&outputSchema=http://www.isotc211.org/2005/gmd&id={name}"
