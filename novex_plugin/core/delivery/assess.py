"""Findings and balance of a delivery in the making: the check and the targets, applied to its working copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from novex_plugin.core.check.balance import balance, write_balance
from novex_plugin.core.delivery.places import BALANCE, BALANCE_CSV
from novex_plugin.core.delivery.staging import Staged
from novex_plugin.core.files import file_digest, read_json
from novex_plugin.core.progress import Progress
from novex_plugin.core.rules.targets import target_paths


@dataclass(frozen=True)
class Assessed:
    """What was applied: `catalogues` of rules and of `targets` with id, version and digest; `rules` the text of each
    rule by its id."""

    catalogues: tuple[Mapping[str, str], ...] = ()
    targets: tuple[Mapping[str, str], ...] = ()
    rules: Mapping[str, str] = field(default_factory=dict)


def assess(staged: Staged, progress: Progress) -> Assessed:
    """Write findings and balance into the delivery."""
    weigh(staged)
    raise NotImplementedError


def weigh(staged: Staged) -> None:
    """Write the balance of the variant into the delivery."""
    moment = datetime.fromisoformat(staged.moment)
    result = balance(staged.proposal.path, staged.variant, None, moment, agreement=staged.agreement)
    write_balance(result, staged.data / BALANCE, staged.data / BALANCE_CSV)


def catalogues_in_use(staged: Staged) -> tuple[Mapping[str, str], ...]:
    """The rule catalogues that apply to the proposal: id, version and digest."""
    raise NotImplementedError


def targets_in_use() -> tuple[Mapping[str, str], ...]:
    """The target catalogues: id, version and digest."""
    found = []
    for path in target_paths():
        content = read_json(path, "target")
        digest = f"sha256:{file_digest(path)}"
        found.append({"id": content["id"], "version": content["release"], "digest": digest})
    return tuple(sorted(found, key=lambda each: each["id"]))


def rule_texts() -> Mapping[str, str]:
    """The Dutch text of each rule that the plugin has, by its id."""
    raise NotImplementedError
