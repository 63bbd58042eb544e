"""The objects of rules while one draws: each slot is read whole at the first question and stays in memory."""

from __future__ import annotations

import logging

from novex_plugin.core.basisset.snapshot import Snapshot
from novex_plugin.core.check.objects import Objects
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.extent import Bounds
from novex_plugin.core.features.levels import Levels, RasterLevels, raster_cells
from novex_plugin.core.features.overlay import Geometries, Indexed, Lasting
from novex_plugin.core.rules.bindings import Bindings
from novex_plugin.core.rules.kinds import KINDS
from novex_plugin.core.rules.model import Rule
from novex_plugin.core.unforeseen import UNFORESEEN

_WHOLE = 16_000_000
"""Cells of a raster that fit in memory: 128 MB. Of a larger one the part around a feature is read each time."""

_log = logging.getLogger(__name__)


class LiveObjects(Objects):
    """As `Objects` without bounds. A binding is checked when a rule first asks for its slot. Of a large raster the part
    around the features is read for each question: the cells of a province may not fit in memory."""

    def __init__(self, bindings: Bindings, snapshot: Snapshot | None) -> None:
        super().__init__(bindings, snapshot, None)
        self.around: Bounds | None = None
        """Bounds (m) of the features of the question."""
        self._lacking: dict[str, str | None] = {}
        self._large: dict[str, bool] = {}
        self._broken: dict[str, Exception] = {}

    def missing(self, slot: str) -> str | None:
        """Why the slot cannot be used, looked at once; None when it can."""
        if slot not in self._lacking:
            if slot in self._bindings.by_slot:
                self.check_binding(slot)
            self._lacking[slot] = super().missing(slot)
        return self._lacking[slot]

    def levels(self, slot: str) -> Levels:
        """The level that the slot is bound to: whole, or of a raster what lies around the features of the question."""
        if not self._is_raster(slot):
            return super().levels(slot)
        if slot not in self._large:
            self._large[slot] = raster_cells(self._source(slot).path) > _WHOLE
        held = self._read_levels(self._source(slot), self.around) if self._large[slot] else super().levels(slot)
        return held.within(self.around) if isinstance(held, RasterLevels) else held

    def read_for(self, rule: Rule) -> None:
        """Read and index what a rule asks of its datasets. What cannot be read is left to the rule."""
        self.around = (0.0, 0.0, 0.0, 0.0)
        kind = KINDS[rule.kind]
        asked = [(exemption.slots, "any") for exemption in rule.exemptions if exemption.slots]
        asked += [(rule.area_slots, "any")] if rule.area_slots else []
        asked += [(rule.slots, rule.combine)] if rule.slots and not kind.LEVELS else []
        try:
            for slots, combine in asked:
                if all(self.missing(slot) is None for slot in slots):
                    _index(self._together(slots, combine, None))
            if kind.LEVELS and self.missing_level(rule.slots[0]) is None:
                _index(self.levels(rule.slots[0]).known())
        except (*UNFORESEEN, InputError):
            _log.exception("rule %s", rule.id)

    def _is_raster(self, slot: str) -> bool:
        """Whether the slot is bound to the cells of a raster."""
        reading = self._source(slot).binding.level
        return reading is not None and reading.field is None

    def indexed(self, geometry: Geometries) -> Indexed:
        """A layer near which many features are drawn."""
        return Lasting(geometry)

    def _layer(self, slot: str, bounds: Bounds | None) -> Indexed:
        """What cannot be read is not read again for every feature that is drawn."""
        if slot in self._broken:
            raise self._broken[slot].with_traceback(None)
        try:
            return super()._layer(slot, bounds)
        except (*UNFORESEEN, InputError) as error:
            self._broken[slot] = error
            raise


def _index(layer: Indexed) -> None:
    """Make all that questions ask of a layer."""
    _ = layer.tree, layer.bounds, layer.dimensions
