"""Codes and ids of a length that no code has: comparing them takes as much room for every row as the longest one."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.table import FeatureTable

LONGEST = 1_000
"""Characters; the longest that the schema has is a list of legend units on the same ground."""

_FIELDS = (
    "id",
    "variant",
    "kenmerk",
    "legenda",
    "meervoudig",
    "rol",
    "programma",
    "precisie",
    "status",
    "provincie",
    "novex_gebied",
    "indicator",
    "eenheid",
    "regel",
    "verklaring",
)


def refuse_long_codes(path: Path, rows: FeatureTable) -> None:
    """Raise InputError for the first code or id of a delivered table that is longer than LONGEST."""
    for name in _FIELDS:
        values = rows.columns.get(name)
        if values is None or values.dtype.kind != "O":
            continue
        sizes = np.fromiter((len(each) if isinstance(each, str) else 0 for each in values.tolist()), dtype=np.int64)
        if (sizes > LONGEST).any():
            row = int(np.flatnonzero(sizes > LONGEST)[0]) + 1
            problem = f"heeft {sizes.max()} tekens; een code heeft er ten hoogste {LONGEST}."
            raise InputError(problem, "Verbeter de waarde.", path, rows.name, row, name)
