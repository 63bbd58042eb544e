"""Data outside the basisset that a proposal rests on: name, place and reason, told in one table of the delivery."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from novex_plugin.core.delivery.explanation_rows import rows_of
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.table import FeatureTable

_FIELDS = ("naam", "plaats", "reden", "versie", "digest", "licentie")
_REQUIRED = ("naam", "plaats", "reden")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def deviations(datasets: FeatureTable) -> list[dict[str, Any]]:
    """The rows of the table `dataset` that are not of the basisset, in the order of `id`."""
    return [row for row in rows_of(datasets) if not row["basisset"]]


def refuse_unfounded(rows: Sequence[Mapping[str, Any]], file: Path | str) -> None:
    """Raise InputError for the first deviation without a name, place or reason."""
    for row in rows:
        for field in _REQUIRED:
            if not str(row[field] or "").strip():
                raise InputError(
                    "is leeg, terwijl deze dataset niet in de basisset zit.",
                    "Noem naam, plaats en reden, of kies voor een concept.",
                    file,
                    "dataset",
                    row["id"],
                    field,
                )


def write_deviations(target: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write the deviations as CSV (UTF-8, semicolons, as the balance); of none only the heads."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_FIELDS)
    writer.writerows([_cell(row[field]) for field in _FIELDS] for row in rows)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text.getvalue().encode("utf-8-sig"))


def _cell(value: Any) -> str:
    """Text that a spreadsheet takes for text: what begins like a formula would be run there."""
    written = "" if value is None else str(value)
    return f"'{written}" if written.startswith(_FORMULA) else written
