"""Explain findings that are held in memory: the rows to add to a proposal that somebody is working on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import numpy as np

from novex_plugin.core.check.drawing import moment_number
from novex_plugin.core.check.explanation_rows import Recordable, explanation_ground, explanation_rows
from novex_plugin.core.check.findings import COLUMNS
from novex_plugin.core.check.open_findings import Finding, open_findings
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.create import new_id
from novex_plugin.core.proposal.explain import TABLE
from novex_plugin.core.proposal.explanation_file import FIELDS, given_row
from novex_plugin.core.proposal.read import Proposal
from novex_plugin.core.proposal.schema import FEATURE_TABLES
from novex_plugin.core.rules.model import Rule


def explain_findings(
    proposal: Proposal,
    variant: str,
    findings: FeatureTable,
    rules: Mapping[str, Rule],
    words: Mapping[str, str],
    today: date,
    ids: Callable[[], str] = new_id,
) -> Recordable:
    """Give all these findings (rows of a finding table of `variant`) the same explanation.

    `words` holds reden, organisatie and rol, and may hold geldig_tot_ijkmoment and uitzondering. Several findings of a
    rule on one feature come to one row. What cannot be recorded is refused with the reason, as in a file of
    explanations. Raises InputError for an unknown variant.
    """
    features = variant_features(proposal, variant)
    listed = finding_rows_of(findings)
    ground = explanation_ground(
        rules,
        features,
        open_findings(variant, listed),
        variant,
        moment_number(proposal.header["ijkmoment"]) or 1,
        today,
    )
    about: dict[tuple[str, str | None], Finding] = {}
    for finding in listed:
        about.setdefault((str(finding["regel"]), finding["kenmerk"]), finding)
    given = []
    for number, (rule, feature) in enumerate(about, 1):
        values = dict.fromkeys(FIELDS, "") | {"regel": rule, "kenmerk": feature or ""} | dict(words)
        if feature is None:
            values["bevinding"] = str(about[rule, feature]["id"])
        given.append(given_row(number, values))
    return explanation_rows(given, features, proposal.tables[TABLE], ground, ids)


def variant_features(proposal: Proposal, variant: str | None) -> FeatureTable:
    """The ids and variants of all features of a variant, or of all, with their geometry."""
    tables = proposal.variant(variant) if variant else proposal.tables
    parts = [tables[table] for table in FEATURE_TABLES.values()]
    columns = {name: np.concatenate([rows.columns[name] for rows in parts]) for name in ("id", "variant")}
    return FeatureTable("voorstel", np.concatenate([rows.geometry for rows in parts]), columns)


def finding_rows_of(findings: FeatureTable) -> list[Finding]:
    """The rows of a finding table, None for what was not measured."""
    names = [column.name for column in COLUMNS]
    values = (findings.columns[name].tolist() for name in names)
    rows = (dict(zip(names, row, strict=True)) for row in zip(*values, strict=True))
    return [{name: None if value != value else value for name, value in row.items()} for row in rows]
