"""Names of files and tables made from what records and servers call things."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

_LONGEST = 50


def slug(text: str, identifier: str) -> str:
    """A file name without its ending: readable, safe on every system, and different for every dataset."""
    plain = _plain(text).replace("_", "-").strip("-") or "dataset"
    mark = hashlib.sha256(identifier.encode()).hexdigest()[:8]
    return f"{plain[:_LONGEST].strip('-')}-{mark}"


def table_name(text: str) -> str:
    """A table's name: lower case, letters, digits and underscores, without a namespace prefix."""
    name = _plain(text.rpartition(":")[2]).replace("-", "_").strip("_")[:_LONGEST] or "laag"
    return f"laag_{name}" if name[0].isdigit() or name.startswith(("gpkg_", "sqlite_", "rtree_")) else name


def distinct_names(names: Sequence[str]) -> list[str]:
    """The names in order, a number added where one was there already."""
    given: list[str] = []
    for name in names:
        candidate, count = name, 1
        while candidate in given:
            count += 1
            candidate = f"{name}_{count}"
        given.append(candidate)
    return given


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9_]+", "-", folded)
