"""The objects of rules: each bound dataset read once, indexed once, shared by all rules that ask for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from novex_plugin.core.basisset.snapshot import FAILED, IMAGE_ONLY, Snapshot, SnapshotDataset, content_digest
from novex_plugin.core.check.departures import as_numbers
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.digest import layer_digest
from novex_plugin.core.features.extent import Bounds, read_extent
from novex_plugin.core.features.geopackage import layer_names
from novex_plugin.core.features.levels import CENTIMETRES, Levels, PolygonLevels, read_raster_levels
from novex_plugin.core.features.overlay import Geometries, Indexed, mended, of_dimension, overlaps
from novex_plugin.core.features.table import RD_NEW
from novex_plugin.core.files import file_digest
from novex_plugin.core.proposal.mapping import as_text, texts_of
from novex_plugin.core.proposal.problems import absent
from novex_plugin.core.rules.bindings import Binding, Bindings
from novex_plugin.core.rules.model import Rule
from novex_plugin.core.unforeseen import UNFORESEEN


@dataclass(frozen=True)
class Source:
    """Where the features of a slot lie, and which version of which dataset they are."""

    binding: Binding
    path: Path
    table: str
    dataset: str
    digest: str | None


class Objects:
    """Reads what the bindings name, from a snapshot or from the user's own files; `faults` tells by slot what cannot
    be read, so that only the rules that need it go untested."""

    def __init__(self, bindings: Bindings, snapshot: Snapshot | None, bounds: Bounds | None) -> None:
        self._bindings = bindings
        self._snapshot = snapshot
        self._bounds = bounds
        self.faults: dict[str, str] = {}
        self._unchanged: dict[str, bool] = {}
        self._sources: dict[str, Source] = {}
        self._read: dict[tuple[str, Bounds | None], Indexed] = {}
        self._combined: dict[tuple[tuple[str, ...], str, Bounds | None], Indexed] = {}
        self._levels: dict[str, Levels] = {}

    def check_bindings(self) -> None:
        """Find all that is bound; what is gone, or lies in another CRS, becomes one of the `faults`."""
        for slot in sorted(self._bindings.by_slot):
            self.check_binding(slot)

    def check_binding(self, slot: str) -> None:
        """As `check_bindings`, for one slot that is bound."""
        nothing: Bounds = (0.0, 0.0, 0.0, 0.0)
        try:
            if self._lack(slot) is None:
                source = self._source(slot)
                self._read_levels(source, nothing) if source.binding.level else self._read_source(source, nothing)
        except (*UNFORESEEN, InputError) as error:
            self.faults[slot] = str(error)

    def missing_level(self, slot: str) -> str | None:
        """Why the slot cannot be used as a level, in words for the user; None when it can."""
        binding = self._bindings.by_slot.get(slot)
        if (missing := self.missing(slot)) is not None or binding is None:
            return missing
        if binding.level is None:
            return f"de koppeling van {slot} zegt niet in welke eenheid (en in welk veld) het peil staat"
        return None

    def missing(self, slot: str) -> str | None:
        """Why the slot cannot be used, in words for the user; None when it can."""
        if slot in self.faults:
            return f"de koppeling van {slot} is niet te gebruiken: {self.faults[slot]}"
        return self._lack(slot)

    def _lack(self, slot: str) -> str | None:
        binding = self._bindings.by_slot.get(slot)
        if binding is None or (binding.dataset is None and binding.own is None):
            return f"voor {slot} is geen dataset gekoppeld"
        if binding.own is not None:
            return None
        if self._snapshot is None:
            return f"voor {slot} is een momentopname met de dataset {binding.dataset} nodig"
        found = self._snapshot.find(str(binding.dataset))
        if found is None:
            return f"de momentopname heeft de dataset {binding.dataset} niet (voor {slot})"
        if found.status == FAILED:
            return f"de dataset {binding.dataset} kon niet worden opgehaald: {found.reason} (voor {slot})"
        if found.status == IMAGE_ONLY or found.file is None:
            return f"van de dataset {binding.dataset} zijn er alleen beelden (voor {slot})"
        if found.is_raster and binding.level is None:
            return f"de dataset {binding.dataset} is een raster; de koppeling zegt niet welk peil (voor {slot})"
        if self._changed(found):
            return f"de dataset {binding.dataset} is na het ophalen gewijzigd; haal haar opnieuw op (voor {slot})"
        return None

    def _changed(self, dataset: SnapshotDataset) -> bool:
        """Whether the data are no longer those of which the manifest tells: a finding would name the wrong version."""
        if self._snapshot is None or dataset.digest is None:
            return False
        if dataset.id not in self._unchanged:
            self._unchanged[dataset.id] = content_digest(self._snapshot.path(dataset.id)) == dataset.digest
        return not self._unchanged[dataset.id]

    def used(self, slots: Iterable[str]) -> list[Source]:
        """The sources of usable slots."""
        return [self._source(slot) for slot in slots if self.missing(slot) is None]

    def of_rule(self, rule: Rule, everything: bool) -> Indexed | None:
        """The objects of a rule, None for a rule without; `everything` reads beyond the extent of what is drawn."""
        if not rule.slots:
            return None
        return self._together(rule.slots, rule.combine, None if everything else self._bounds)

    def of_slots(self, slots: tuple[str, ...]) -> Indexed:
        """What lies on any of these slots, within the extent of what is drawn."""
        return self._together(slots, "any", self._bounds)

    def _together(self, slots: tuple[str, ...], combine: str, bounds: Bounds | None) -> Indexed:
        if len(slots) == 1:
            return self._layer(slots[0], bounds)
        key = (slots, combine, bounds)
        if key not in self._combined:
            self._combined[key] = self.indexed(_combined([self._layer(slot, bounds) for slot in slots], combine))
        return self._combined[key]

    def levels(self, slot: str) -> Levels:
        """The level that the slot is bound to, within the extent of what is drawn."""
        if slot not in self._levels:
            self._levels[slot] = self._read_levels(self._source(slot), self._bounds)
        return self._levels[slot]

    def _read_levels(self, source: Source, bounds: Bounds | None) -> Levels:
        reading = source.binding.level
        if reading is None:
            raise ValueError(f"{source.binding.slot} is bound to no level")
        if reading.field is None:
            return read_raster_levels(source.path, bounds, reading.unit)
        rows = read_extent(source.path, source.table, bounds, [reading.field])
        _refuse_other_crs(rows.epsg, source)
        level = as_numbers(rows.columns[reading.field]) * CENTIMETRES[reading.unit]
        level[~np.isfinite(level)] = np.nan  # infinitely high is no level that anybody measured
        return PolygonLevels(rows.geometry, level)

    def _layer(self, slot: str, bounds: Bounds | None) -> Indexed:
        if (slot, bounds) not in self._read:
            self._read[slot, bounds] = self._read_source(self._source(slot), bounds)
        return self._read[slot, bounds]

    def _source(self, slot: str) -> Source:
        if slot not in self._sources:
            binding = self._bindings.by_slot[slot]
            self._sources[slot] = self._own(binding) if binding.own else self._of_snapshot(binding)
        return self._sources[slot]

    def _of_snapshot(self, binding: Binding) -> Source:
        if self._snapshot is None or binding.dataset is None:
            raise ValueError(f"{binding.slot} is not bound to a snapshot")
        found = self._snapshot.dataset(binding.dataset)
        if found.is_raster:
            return Source(binding, self._snapshot.path(binding.dataset), "", binding.dataset, found.digest)
        path, table = self._snapshot.layer(binding.dataset, binding.layer)
        return Source(binding, path, table, binding.dataset, self._snapshot.dataset(binding.dataset).digest)

    def _own(self, binding: Binding) -> Source:
        if binding.own is None:
            raise ValueError(f"{binding.slot} has no layer of its own")
        path = binding.own.place
        if binding.level is not None and binding.level.field is None:
            if not path.is_file():
                raise InputError("dit bestand is er niet.", f"Herstel de koppeling van {binding.slot}.", path)
            return Source(binding, path, "", binding.own.name, f"sha256:{file_digest(path)}")
        layers = [name for name, kind in layer_names(path).items() if kind == "features"]
        table = binding.layer or (layers[0] if len(layers) == 1 else None)
        if table not in layers or table is None:
            problem = f"de laag {binding.layer} ontbreekt." if binding.layer else "het bestand heeft niet één laag."
            raise InputError(
                f"{problem} Hij is gekoppeld aan {binding.slot}.", f"Kies uit: {', '.join(layers)}.", path, table
            )
        return Source(binding, path, table, binding.own.name, layer_digest(path, table))

    def _read_source(self, source: Source, bounds: Bounds | None) -> Indexed:
        binding = source.binding
        columns = [binding.field] if binding.field else []
        rows = read_extent(source.path, source.table, bounds, columns)
        _refuse_other_crs(rows.epsg, source)
        if binding.field:
            texts = texts_of(rows.columns[binding.field])
            wanted = [str(as_text(value)) for value in binding.values]
            rows = rows.take(np.isin(texts.astype(str), wanted) & ~absent(texts))
        geometry = of_dimension(rows.geometry, shapely.get_dimensions(rows.geometry))
        if binding.own is not None:  # what a snapshot holds was mended when it was pulled
            geometry = mended(geometry)
        present = ~(shapely.is_missing(geometry) | shapely.is_empty(geometry))
        return self.indexed(geometry[present])

    def indexed(self, geometry: Geometries) -> Indexed:
        """A layer of these geometries."""
        return Indexed(geometry)


def _refuse_other_crs(epsg: int | None, source: Source) -> None:
    if epsg != RD_NEW:
        raise InputError(
            f"staat in EPSG:{epsg}, niet in EPSG:{RD_NEW}. Hij is gekoppeld aan {source.binding.slot}.",
            "Zet de laag om naar het stelsel van de Rijksdriehoeksmeting.",
            source.path,
            source.table,
        )


def _combined(layers: list[Indexed], combine: str) -> Geometries:
    if combine == "any":
        return np.concatenate([layer.geometry for layer in layers])
    result = layers[0]
    for layer in layers[1:]:
        result = Indexed(overlaps(result, layer).geometry)
    return result.geometry
