"""The kinds of rules, one class in one file each."""

from __future__ import annotations

from novex_plugin.core.rules.kinds.area_balance import AreaBalance
from novex_plugin.core.rules.kinds.avoid_unless import AvoidUnless
from novex_plugin.core.rules.kinds.compatibility import Compatibility
from novex_plugin.core.rules.kinds.coverage import Coverage
from novex_plugin.core.rules.kinds.level import Level
from novex_plugin.core.rules.kinds.max_share import MaxShare
from novex_plugin.core.rules.kinds.min_share import MinShare
from novex_plugin.core.rules.kinds.prefer_order import PreferOrder
from novex_plugin.core.rules.kinds.prohibit_inside import ProhibitInside
from novex_plugin.core.rules.kinds.prohibit_within_distance import ProhibitWithinDistance
from novex_plugin.core.rules.kinds.require_attribute import RequireAttribute
from novex_plugin.core.rules.kinds.require_inside import RequireInside
from novex_plugin.core.rules.kinds.require_within_distance import RequireWithinDistance
from novex_plugin.core.rules.kinds.reserve import Reserve
from novex_plugin.core.rules.kinds.size_threshold import SizeThreshold
from novex_plugin.core.rules.kinds.statement import Statement
from novex_plugin.core.rules.question import Kind

_ALL: tuple[Kind, ...] = (
    ProhibitInside(),
    ProhibitWithinDistance(),
    RequireInside(),
    RequireWithinDistance(),
    AvoidUnless(),
    Reserve(),
    PreferOrder(),
    MinShare(),
    MaxShare(),
    AreaBalance(),
    Compatibility(),
    Coverage(),
    SizeThreshold(),
    Level(),
    RequireAttribute(),
    Statement(),
)

KINDS: dict[str, Kind] = {kind.NAME: kind for kind in _ALL}
"""All kinds by name."""

__all__ = ["KINDS"]
