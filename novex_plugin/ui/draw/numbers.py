"""Numbers as people type them."""

from __future__ import annotations

import re
from math import isfinite

_GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d*)?", re.ASCII)
_PLAIN = re.compile(r"-?\d*[.,]?\d*", re.ASCII)
_MOST = 1e15


def read_number(text: str) -> float | None:
    """1.250 and 1250 are twelve hundred and fifty, 12,5 and 12.5 twelve and a half; None for nothing.

    Raises ValueError for anything else.
    """
    bare = text.replace("−", "-").replace("\u00a0", "").replace(" ", "").strip()
    if not bare:
        return None
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(".", "")
    elif not _PLAIN.fullmatch(bare):
        raise ValueError(text)
    value = float(bare.replace(",", "."))
    if not isfinite(value) or abs(value) > _MOST:
        raise ValueError(text)
    return value


def typed(value: float | None) -> str:
    """A number as one would type it: all its decimals, grouped from ten thousand on."""
    if value is None:
        return ""
    written = f"{value:,.4f}" if abs(value) >= 10_000 else f"{value:.4f}"
    written = written.rstrip("0").rstrip(".")
    return written.translate(str.maketrans(",.", ".,"))
