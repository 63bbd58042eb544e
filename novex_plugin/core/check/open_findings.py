"""The findings of a check that are open: those that an explanation may be given for, those that stop a delivery."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from novex_plugin.core.agreement import Strictness
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.files import read_json
from novex_plugin.core.proposal.read import Proposal
from novex_plugin.core.rules.model import OVERTREEDT

Finding = Mapping[str, Any]


@dataclass(frozen=True)
class OpenFindings:
    """Findings as their JSON file has them, by id; those that are open also by rule, and by rule and feature."""

    variant: str
    by_id: Mapping[str, Finding]
    by_rule: Mapping[str, tuple[Finding, ...]]
    by_feature: Mapping[tuple[str, str | None], tuple[Finding, ...]]


def is_open(finding: Finding) -> bool:
    """Whether a finding asks for an explanation."""
    return bool(finding["uitkomst"] == OVERTREEDT)


def blocking(findings: Mapping[str, Any], strictness: Strictness) -> list[Finding]:
    """The findings (the content of their JSON file) that keep a delivery from being final, as the agreement says."""
    return [
        row
        for row in findings.get("findings", [])
        if row.get("uitkomst") == OVERTREEDT and strictness.blocks(str(row.get("programma")), str(row.get("hardheid")))
    ]


def count_blocking(findings: FeatureTable, strictness: Strictness) -> int:
    """How many there are of those in a table of findings."""
    rows = np.flatnonzero(findings.columns["uitkomst"] == OVERTREEDT)
    programmes, hardness = (findings.columns[name][rows].astype(str) for name in ("programma", "hardheid"))
    pairs, counts = np.unique(np.stack([programmes, hardness], axis=1), axis=0, return_counts=True)
    blocks = [strictness.blocks(*pair) for pair in pairs.tolist()]
    return int(counts[np.array(blocks, dtype=bool)].sum())


def read_open_findings(path: Path, proposal: Proposal, variant: str | None) -> OpenFindings:
    """Read the JSON of a check. Raises InputError when it is of another proposal or variant, or has another form."""
    content = read_json(path, "findings")
    said = content["proposal"]
    again = "Toets het voorstel en geef de bevindingen daarvan."
    if said["id"] != proposal.id:
        raise InputError(f"gaat over een ander voorstel ({said['id'][:80]}).", again, path)
    if variant and said["variant"] != variant:
        raise InputError(f"gaat over de variant {said['variant'][:80]!r}, niet {variant!r}.", again, path)
    proposal.variant(said["variant"])
    return open_findings(said["variant"], content["findings"])


def open_findings(variant: str, findings: Sequence[Finding]) -> OpenFindings:
    """The findings of one variant, each with the columns of the finding table."""
    by_rule: dict[str, list[Finding]] = {}
    by_feature: dict[tuple[str, str | None], list[Finding]] = {}
    for finding in filter(is_open, findings):
        by_rule.setdefault(finding["regel"], []).append(finding)
        by_feature.setdefault((finding["regel"], finding["kenmerk"]), []).append(finding)
    return OpenFindings(
        variant=variant,
        by_id={finding["id"]: finding for finding in findings},
        by_rule={rule: tuple(found) for rule, found in by_rule.items()},
        by_feature={key: tuple(found) for key, found in by_feature.items()},
    )
