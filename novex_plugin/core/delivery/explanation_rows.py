"""Explanations as a delivery tells them: as they were recorded, with how they stand and what was found without them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from novex_plugin.core.features.table import FeatureTable

_OF_A_FINDING = ("id", "uitkomst_getoetst", "uitkomst", "gemeten", "grens", "eenheid")


def explanation_rows(recorded: FeatureTable, findings: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of the table `motivering` in the order of `id`, each with its state (`stand`, `waarom`) and its findings
    (`bevindingen`) with their outcome before the explanation. `findings` is the content of the findings' JSON file.
    """
    found = {str(row.get("id")): {name: row.get(name) for name in _OF_A_FINDING} for row in findings["findings"]}
    states = {str(state.get("id")): state for state in findings.get("explanations") or []}
    rows = rows_of(recorded)
    for row in rows:
        state = states.get(str(row["id"]), {})
        row["stand"], row["waarom"] = state.get("state"), state.get("why")
        row["bevindingen"] = [found[each] for each in state.get("findings") or [] if each in found]
    return rows


def rows_of(table: FeatureTable) -> list[dict[str, Any]]:
    """The rows of an attribute table as dictionaries, in the order of `id`, without `fid`; absent values are None."""
    columns = {name: _plain(values) for name, values in table.columns.items() if name != "fid"}
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return sorted(rows, key=lambda row: str(row.get("id")))


def _plain(values: np.ndarray[Any, Any]) -> list[Any]:
    if values.dtype.kind == "f":
        return [None if np.isnan(value) else value for value in values.tolist()]
    plain: list[Any] = values.tolist()
    return plain
