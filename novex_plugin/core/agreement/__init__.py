"""The agreed vocabulary: legend units, code lists, indicators, scale, formats and metadata rules."""

from __future__ import annotations

from novex_plugin.core.agreement.model import (
    Agreement,
    Code,
    Imow,
    Indicator,
    LegendUnit,
    NameRule,
    Strictness,
    Symbol,
    Text,
)
from novex_plugin.core.agreement.read import agreement_names, agreement_path, read_agreement

__all__ = [
    "Agreement",
    "Code",
    "Imow",
    "Indicator",
    "LegendUnit",
    "NameRule",
    "Strictness",
    "Symbol",
    "Text",
    "agreement_names",
    "agreement_path",
    "read_agreement",
]
