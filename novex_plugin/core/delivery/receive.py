"""A delivery of somebody else, taken in without trust: rows and numbers come along, nothing that could run does.

The rows are copied into tables of our own schema, and the legend comes from the receiver's own agreement. Styles,
triggers, views and further tables of the sender stay behind in the unpacked bag, which is thrown away.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from novex_plugin.core.agreement import Agreement, agreement_names, agreement_path, read_agreement
from novex_plugin.core.delivery.archive import unpack
from novex_plugin.core.delivery.bag import bag_folder, check_bag
from novex_plugin.core.delivery.complete import read_findings
from novex_plugin.core.delivery.geopackage_copy import copy_variant
from novex_plugin.core.delivery.manifest import differing_files, read_manifest
from novex_plugin.core.delivery.places import BALANCE, FINDINGS_JSON, PROPOSAL
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.files import read_json
from novex_plugin.core.progress import Progress, Silent
from novex_plugin.core.proposal.read import Proposal, read_proposal
from novex_plugin.core.proposal.schema import proposal_layers
from novex_plugin.core.quick_schema import check_quickly
from novex_plugin.core.unforeseen import STRANGE_CONTENT

_AGAIN = "Bekijk alles met novex:verify, en vraag de levering opnieuw."
_NAMED = 3

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Received:
    """What a delivery hands over, checked.

    `agreement` is `<id>-<version>`, one of those of this plugin; `province` its code; `proposal` a GeoPackage of our
    own making with all tables of the schema, `tables` the same in memory (EPSG:28992); `file` the delivery itself.
    """

    file: Path
    manifest: Mapping[str, Any]
    agreement: str
    province: str
    variant: str
    proposal: Path
    tables: Mapping[str, FeatureTable]
    balance: Mapping[str, Any]
    findings: Mapping[str, Any]


def received(delivery: Path, work: Path, progress: Progress | None = None) -> Received:
    """Take a delivery in. `work` is an existing folder; what is written there is the clean proposal alone.

    Raises InputError, naming the delivery and the file in it, for anything that is broken, hostile, of an agreement
    that this plugin does not have, or otherwise than its own manifest says.
    """
    with tempfile.TemporaryDirectory(prefix="uit-", dir=work) as folder:
        unpacked = Path(folder) / "uit"
        unpacked.mkdir()
        unfinished = Path(folder) / "voorstel.gpkg"
        try:
            unpack(delivery, unpacked, progress or Silent())
            data = _whole(unpacked)
            manifest = read_manifest(data)
            agreement = agreement_of(manifest)
            proposal = _copied(data, manifest, agreement, unfinished)
            balance = _balance(data / BALANCE)
            findings = read_findings(data / FINDINGS_JSON)
        except InputError as error:
            raise _of(error, delivery, unpacked) from error
        except STRANGE_CONTENT as error:
            _log.exception("receiving a delivery")
            raise InputError(f"heeft een vreemde inhoud ({type(error).__name__}).", _AGAIN, delivery) from error
        clean = Path(tempfile.mkdtemp(prefix="ontvangen-", dir=work)) / unfinished.name
        unfinished.replace(clean)
    return Received(
        file=delivery,
        manifest=manifest,
        agreement=f"{agreement.id}-{agreement.version}",
        province=proposal.province,
        variant=manifest["proposal"]["variant"],
        proposal=clean,
        tables=proposal.tables,
        balance=balance,
        findings=findings,
    )


def agreement_of(manifest: Mapping[str, Any]) -> Agreement:
    """The agreement of this plugin that a delivery names. Raises InputError when there is none, or another one of that
    name."""
    name = agreement_name(manifest)
    path = agreement_path(name)
    agreement = _own_agreement(path, path.stat().st_mtime_ns)
    if agreement.digest != manifest["agreement"]["digest"]:
        raise InputError(f"volgt andere afspraken onder de naam {name}.", "Vraag de levering opnieuw.")
    return agreement


def agreement_name(manifest: Mapping[str, Any], delivery: Path | None = None) -> str:
    """What this plugin calls the agreement that a delivery names. Raises InputError when it has none of that name."""
    says = manifest["agreement"]
    name = f"{says['id']}-{says['version']}"
    # The name comes from outside: it must choose among our own files, never become a path.
    if name not in agreement_names():
        raise InputError(
            f"volgt de afspraken {name[:80]}, die niet bij deze plugin horen.",
            f"Gebruik een versie van de plugin met die afspraken; deze heeft {', '.join(agreement_names())}.",
            delivery,
        )
    return name


@lru_cache(maxsize=8)
def _own_agreement(path: Path, _changed: int) -> Agreement:
    """Twelve deliveries follow the same agreement, whose checks take longer than a small delivery."""
    return read_agreement(path)


def _whole(unpacked: Path) -> Path:
    """The payload's folder of a bag in which nothing is missing, changed or added."""
    bag = bag_folder(unpacked)
    problems = check_bag(bag)
    if problems:
        named = "; ".join(f"{each.file} {each.problem}" for each in problems[:_NAMED])
        more = f"; en nog {len(problems) - _NAMED}" if len(problems) > _NAMED else ""
        raise InputError(f"is beschadigd: {named}{more}.", _AGAIN)
    return bag / "data"


def _balance(path: Path) -> dict[str, Any]:
    content = read_json(path)
    check_quickly(content, "balance", path)
    return dict(content)


def _copied(data: Path, manifest: Mapping[str, Any], agreement: Agreement, clean: Path) -> Proposal:
    """The rows of the delivered variant in a GeoPackage of our own; they must be what the manifest says they are."""
    for place, says, found in differing_files(data, manifest):
        raise InputError(f"is anders dan levering.json zegt: {place} is {found}, niet {says}.", _AGAIN)
    says = manifest["proposal"]
    copy_variant(data / PROPOSAL, clean, proposal_layers(agreement), says["variant"], keep_empty=True)
    proposal = read_proposal(clean, agreement)
    for problem in proposal.problems:
        raise InputError(f"wijkt af van de afspraken: {problem}.", _AGAIN, data / PROPOSAL)
    for field, key in {"id": "id", "titel": "title", "provincie": "province"}.items():
        found = str(proposal.header[field])
        if found != says[key]:
            said = f"is {found[:80]!r}, maar levering.json zegt {says[key][:80]!r}."
            raise InputError(said, _AGAIN, data / PROPOSAL, "voorstel", 1, field)
    return proposal


def _of(error: InputError, delivery: Path, unpacked: Path) -> InputError:
    """The same problem, told of the delivery and the file in it rather than of a folder that is gone."""
    file = Path(str(error.file)) if error.file is not None else delivery
    inside = file.relative_to(unpacked).as_posix() if file.is_relative_to(unpacked) else file.name
    problem = error.problem if file == delivery else f"{inside}: {error.problem}"
    return InputError(problem, error.remedy, delivery, error.table, error.row, error.field)
