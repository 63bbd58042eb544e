"""Findings and balance of a delivery in the making: the check and the targets, applied to its working copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from novex_plugin.core.check.balance import balance
from novex_plugin.core.check.balance_files import write_balance
from novex_plugin.core.check.run import CheckResult, check, write_findings
from novex_plugin.core.delivery.crumbs import clean_polygons
from novex_plugin.core.delivery.empty_layers import drop_empty_layers
from novex_plugin.core.delivery.places import BALANCE, BALANCE_CSV, FINDINGS, FINDINGS_JSON
from novex_plugin.core.delivery.staging import Staged
from novex_plugin.core.files import file_digest, read_json
from novex_plugin.core.progress import Progress
from novex_plugin.core.rules.bindings import read_bindings
from novex_plugin.core.rules.catalogue import read_catalogues
from novex_plugin.core.rules.model import Catalogue
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
    moment = datetime.fromisoformat(staged.moment)
    result = check(staged.proposal.path, staged.variant, staged.snapshot, staged.bindings, None, moment, progress)
    write_findings(_clean(result), staged.data / FINDINGS, staged.data / FINDINGS_JSON)
    drop_empty_layers(staged.data / FINDINGS)
    weigh(staged)
    return Assessed(_named(result.catalogues), targets_in_use(), result.rule_texts)


def _clean(result: CheckResult) -> CheckResult:
    """The outcome with polygons as receivers' validators want them."""
    findings = replace(result.findings, geometry=clean_polygons(result.findings.geometry))
    combinations = result.combinations
    if combinations is not None:
        pairs = replace(combinations.pairs, geometry=clean_polygons(combinations.pairs.geometry))
        combinations = replace(combinations, pairs=pairs)
    return replace(result, findings=findings, combinations=combinations)


def weigh(staged: Staged) -> None:
    """Write the balance of the variant into the delivery."""
    moment = datetime.fromisoformat(staged.moment)
    result = balance(staged.proposal.path, staged.variant, None, moment, agreement=staged.agreement)
    write_balance(result, staged.data / BALANCE, staged.data / BALANCE_CSV)


def catalogues_in_use() -> tuple[Mapping[str, str], ...]:
    """The rule catalogues of the plugin: id (with the programme), version and digest."""
    return _named(read_catalogues())


def _named(catalogues: Iterable[Catalogue]) -> tuple[Mapping[str, str], ...]:
    found = [
        {"id": f"{each.id}/{each.programme}", "version": each.release, "digest": each.digest} for each in catalogues
    ]
    return tuple(sorted(found, key=lambda each: each["id"]))


def rules_with_data(bindings: Path) -> frozenset[str]:
    """The ids of the rules for which these bindings name a dataset."""
    bound = {
        slot
        for slot, binding in read_bindings(bindings).by_slot.items()
        if binding.dataset is not None or binding.own is not None
    }
    return frozenset(rule.id for catalogue in read_catalogues() for rule in catalogue.rules if bound & set(rule.slots))


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
    return {rule.id: rule.nl for catalogue in read_catalogues() for rule in catalogue.rules}
