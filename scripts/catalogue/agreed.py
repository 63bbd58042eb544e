"""The agreement that comes with the plugin, read once."""

from __future__ import annotations

from functools import lru_cache

from novex_plugin.core.agreement import Agreement, read_agreement


@lru_cache(maxsize=1)
def agreed() -> Agreement:
    """The agreement in which examples are drawn and labels are told."""
    return read_agreement()
