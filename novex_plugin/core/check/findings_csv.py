"""Findings as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from novex_plugin.core.check.findings import COLUMNS
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.files import written_beside

RULE_TEXT = "regeltekst"


def write_findings_csv(target: Path, findings: FeatureTable, rule_texts: Mapping[str, str]) -> None:
    """Write findings (columns of COLUMNS, with the text of their rule) as CSV: semicolons, UTF-8 with its mark.

    Numbers have a decimal comma; a text that a spreadsheet would take for a formula gets an apostrophe. Raises
    InputError when the place cannot be written to.
    """
    names = [column.name for column in COLUMNS]
    values = [findings.columns[name].tolist() for name in names]
    texts = [rule_texts.get(str(rule)) for rule in findings.columns["regel"].tolist()]
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([*names, RULE_TEXT])
    for row in zip(*values, texts, strict=True):
        writer.writerow(_cells(row))
    with written_beside(target) as unfinished:
        unfinished.write_bytes(stream.getvalue().encode("utf-8-sig"))


def _cells(row: Sequence[Any]) -> list[str]:
    return [_cell(value) for value in row]


def _cell(value: Any) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    text = str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
