"""What the report tells, gathered from a delivery's own files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from novex_plugin.core.delivery.explanation_rows import explanation_rows, rows_of
from novex_plugin.core.delivery.places import BALANCE, BINDINGS, FINDINGS, FINDINGS_JSON, PICTURE
from novex_plugin.core.delivery.report import ReportContent
from novex_plugin.core.delivery.report_parts import Labels
from novex_plugin.core.delivery.report_programmes import programme_titles
from novex_plugin.core.delivery.staging import Staged
from novex_plugin.core.features.geopackage import layer_names, read_layer
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.files import read_json
from novex_plugin.core.proposal.schema import FEATURE_TABLES


def report_content(staged: Staged, head: Mapping[str, Any], rules: Mapping[str, str]) -> ReportContent:
    """Gather what the report tells; `head` is the manifest without its files, `rules` the text of each rule by id."""
    picture = staged.data / PICTURE
    snapshot = staged.snapshot_manifest
    variants = rows_of(staged.proposal.tables["variant"])
    findings = read_json(staged.data / FINDINGS_JSON)
    return ReportContent(
        proposal=staged.header,
        variant=next((row for row in variants if row["id"] == staged.variant), {"id": staged.variant}),
        province=staged.province,
        delivery=head,
        findings=findings,
        balance=_balance(staged),
        snapshot=snapshot,
        bindings=read_json(staged.data / BINDINGS, "bindings"),
        explanations=explanation_rows(staged.proposal.tables["motivering"], findings),
        labels=Labels(
            places={**dict(_feature_places(staged)), **dict(_places(staged.data / FINDINGS))},
            features=dict(_names(staged)),
            rules={"geometrie": "De geometrie van het onderdeel is te meten", **rules},
            programmes={
                **programme_titles(),
                **{code.code: code.label.nl for code in staged.agreement.code_lists["programma"]},
            },
            datasets={each["id"]: each for each in snapshot.get("datasets", [])},
        ),
        picture=picture.read_bytes() if picture.is_file() else None,
    )


def _balance(staged: Staged) -> dict[str, Any]:
    """The balance, its indicators called by name."""
    balance: dict[str, Any] = read_json(staged.data / BALANCE, "balance")
    for entry in (*balance.get("targets", []), *balance.get("totals", []), *balance.get("double_claims", [])):
        known = staged.agreement.indicator.get(str(entry.get("indicator")))
        if known is not None:
            entry["title"] = known.label.nl
    return balance


def _places(findings: Path) -> Iterator[tuple[str, str]]:
    """Where each finding lies: a point on it, in metres of the national grid."""
    for table, kind in layer_names(findings).items():
        if kind != "features":
            continue
        rows = read_layer(findings, table)
        yield from _points(rows)


def _feature_places(staged: Staged) -> Iterator[tuple[str, str]]:
    """Where each feature lies, for findings that have no geometry of their own."""
    for name in FEATURE_TABLES.values():
        yield from _points(staged.proposal.tables[name])


def _points(rows: FeatureTable) -> Iterator[tuple[str, str]]:
    points = shapely.point_on_surface(rows.geometry)
    for identifier, x, y in zip(rows.column("id"), shapely.get_x(points), shapely.get_y(points), strict=True):
        if not np.isnan(x):
            yield str(identifier), f"{x:,.0f}; {y:,.0f}".replace(",", ".")


def _names(staged: Staged) -> Iterator[tuple[str, str]]:
    """What each feature is called: its name, or the label of its legend unit."""
    labels = {code: unit.label.nl for code, unit in staged.agreement.units.items()}
    for name in FEATURE_TABLES.values():
        table = staged.proposal.tables[name]
        for identifier, called, unit in zip(
            table.column("id"), table.column("naam"), table.column("legenda"), strict=True
        ):
            yield str(identifier), str(called or labels.get(unit, unit))
