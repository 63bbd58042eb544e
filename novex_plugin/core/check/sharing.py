"""How much of each feature lies in each place: by its fields, or by where it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.check.places import (
    LAND,
    NOVEX,
    OUTSIDE,
    PROVINCE,
    UNKNOWN,
    Areas,
    by_word,
    known_places,
    read_areas,
    spelled,
)
from novex_plugin.core.check.sound_geometry import sound
from novex_plugin.core.dutch import quantity
from novex_plugin.core.features.overlay import Geometries, Indexed, Rows, dissolved, overlaps, sizes
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.problems import Mask, absent
from novex_plugin.core.rules.targets import Place, Target

SLIVER = 1e-6
"""The share of a feature that is no more than a border drawn twice."""


@dataclass(frozen=True)
class Parts:
    """Parts of features: rows of the features, numbers of the places, and the share (0 to 1) that lies there."""

    feature: Rows
    place: Rows
    share: NDArray[np.float64]


@dataclass(frozen=True)
class Shares:
    """All parts of the chosen features in all `places`.

    `drawn_kinds` are the kinds of place that the areas told, `told` the numbers of the places that areas or fields
    name, and `named_novex` whether any feature names a NOVEX area. The parts in provinces, those outside the areas and
    those without a province add up to the whole of each feature.
    """

    places: tuple[Place, ...]
    parts: Parts
    drawn_kinds: frozenset[str]
    told: frozenset[int]
    named_novex: bool
    notes: tuple[str, ...]

    def missing(self, code: str) -> str | None:
        """What is needed to tell what lies in a place, None where it can be told."""
        number = _number(self.places, code)
        place = self.places[number]
        by_field = place.kind == PROVINCE or (place.kind == NOVEX and self.named_novex)
        if place.kind == LAND or number in self.told or (by_field and place.kind not in self.drawn_kinds):
            return None
        drawn = f"een vlak {place.code} in AREAS"
        return f"{drawn}, of het veld novex_gebied" if place.kind == NOVEX else drawn


def share_out(
    features: FeatureTable,
    chosen: Mask,
    agreement: Agreement,
    targets: Sequence[Target],
    areas: FeatureTable | None,
) -> Shares:
    """Share the chosen features out over the country, provinces and other places.

    With `areas` (polygons of places, EPSG:28992) each counts in a place for the share of its area, or length, that
    lies there, a point where it lies; kinds of place that are not among the areas follow the fields `provincie` and
    `novex_gebied`. Raises InputError for a layer of areas that names no place.
    """
    known = known_places(agreement, targets)
    drawn = None if areas is None else read_areas(areas, known)
    rest = (Place(OUTSIDE, OUTSIDE, "buiten de gebieden", ()), Place(OUTSIDE, UNKNOWN, "zonder provincie", ()))
    places, rows = [*known, *rest], np.flatnonzero(chosen)
    parts = [Parts(rows, np.zeros(len(rows), dtype=np.int64), np.ones(len(rows)))]
    notes: list[str] = []
    kinds: frozenset[str] = frozenset()
    if drawn is not None:
        kinds = frozenset(places[number].kind for number in np.unique(drawn.place).tolist()) - {LAND}
        notes += drawn.notes
        found, outside = _by_areas(features, rows, drawn, places)
        parts += [found, outside]
        notes += _told_of_areas(features, found, outside, places) if PROVINCE in kinds else _summary(outside)
    if PROVINCE not in kinds:
        by_field, without = _by_province(features, rows, places)
        parts.append(by_field)
        notes += without
    named, said = _by_novex(features, rows, places, kinds)
    told = {*named.place.tolist(), *(drawn.place.tolist() if drawn is not None else ())}
    filled = not absent(features.columns["novex_gebied"][rows]).all()
    return Shares(tuple(places), _together(*parts, named), kinds, frozenset(told), filled, (*notes, *said))


def _together(*several: Parts) -> Parts:
    names = ("feature", "place", "share")
    return Parts(*(np.concatenate([getattr(parts, name) for parts in several]) for name in names))


def _number(places: Sequence[Place], code: str) -> int:
    return next(number for number, place in enumerate(places) if place.code == code)


def _by_areas(features: FeatureTable, rows: Rows, drawn: Areas, places: Sequence[Place]) -> tuple[Parts, Parts]:
    """The parts in areas, and what lies outside the provinces, or outside all areas where there are no provinces."""
    geometry = sound(features.geometry[rows])
    kinds = np.array([place.kind for place in places], dtype=object)[drawn.place]
    base = kinds == PROVINCE if (kinds == PROVINCE).any() else np.ones(len(kinds), dtype=bool)
    covered = np.zeros(len(rows))
    found: list[Parts] = []
    for apart in (kinds == PROVINCE, (kinds != PROVINCE) & (kinds != LAND)):
        part, cover = _measured(geometry, drawn.table.geometry[apart], drawn.place[apart])
        if (apart & base).any():
            covered = cover
        if (kinds[apart] == PROVINCE).any():  # provinces share ground out: where their polygons overlap none gains
            total = np.bincount(part.feature, part.share, minlength=len(rows))
            part = Parts(part.feature, part.place, part.share * (cover / np.maximum(total, SLIVER))[part.feature])
        found.append(part)
    outside = np.flatnonzero(covered < 1)
    rest = Parts(rows[outside], np.full(len(outside), _number(places, OUTSIDE)), 1 - covered[outside])
    joined = _together(*found)
    return Parts(rows[joined.feature], joined.place, joined.share), rest


def _measured(geometry: Geometries, areas: Geometries, place: Rows) -> tuple[Parts, NDArray[np.float64]]:
    """The share of each geometry in each place, and in all of them together; a point lies in all it touches."""
    points = shapely.get_dimensions(geometry) == 0
    extended, lone = geometry.copy(), geometry.copy()
    extended[points], lone[~points] = None, None
    shapes, inside = Indexed(extended), Indexed(sound(areas))
    pairs = overlaps(shapes, inside)
    several = int(place.max(initial=0)) + 1
    key, pieces = dissolved(pairs.first * several + place[pairs.second], pairs.geometry)
    whole = sizes(shapes.geometry)
    share = sizes(pieces) / whole[key // several]
    real = share > SLIVER
    key, pieces, share = key[real], pieces[real], np.minimum(share[real], 1.0)
    rows, together = dissolved(key // several, pieces)
    covered = np.zeros(len(geometry))
    covered[rows] = sizes(together) / whole[rows]
    covered = np.where(covered > 1 - SLIVER, 1.0, covered)
    touching, touched = inside.tree.query(lone, predicate="intersects")
    lying = np.unique(touching * several + place[touched])
    covered[lying // several] = 1.0
    key, share = np.concatenate([key, lying]), np.concatenate([share, np.ones(len(lying))])
    return Parts(key // several, key % several, share), covered


def _told_of_areas(features: FeatureTable, found: Parts, outside: Parts, places: Sequence[Place]) -> list[str]:
    """Which features cross a border of provinces, lie outside them, or lie in another than their field says."""
    kinds = np.array([place.kind == PROVINCE for place in places])
    lies = kinds[found.place]
    feature, place, share = found.feature[lies], found.place[lies], found.share[lies]
    codes = np.array([place.code for place in places], dtype=object)
    crossing = np.flatnonzero(np.bincount(feature, minlength=len(features)) > 1)
    notes = []
    order = np.lexsort((place, -share, feature))
    feature, place, share = feature[order], place[order], share[order]
    for row in crossing.tolist():
        own = slice(*np.searchsorted(feature, [row, row + 1]))
        where = " en ".join(
            f"{code} ({_percent(each)})" for code, each in zip(codes[place[own]], share[own], strict=True)
        )
        notes.append(f"{_row_of(features, row, 'geom')}: ligt in {where} en telt naar dat aandeel")
    for row, each in zip(outside.feature.tolist(), outside.share.tolist(), strict=True):
        told = f"ligt voor {_percent(each)} buiten de provincies; dat deel telt in geen provincie"
        notes.append(f"{_row_of(features, row, 'geom')}: {told}")
    said = features.columns["provincie"]
    first = np.unique(feature, return_index=True)[1]
    matches = np.zeros(len(features), dtype=bool)
    matches[feature[codes[place].astype(str) == said[feature].astype(str)]] = True
    for row, code in zip(feature[first].tolist(), codes[place[first]].tolist(), strict=True):
        if not matches[row]:
            told = f"ligt in {code}, maar het veld provincie zegt {str(said[row])[:40]}"
            notes.append(f"{_row_of(features, row, 'provincie')}: {told}")
    return notes


def _row_of(features: FeatureTable, row: int, field: str) -> str:
    table, fid, name = (features.columns[each][row] for each in ("tabel", "fid", "id"))
    return f"tabel {table}, rij {int(fid)}, veld {field}: object {name}"


def _percent(share: float) -> str:
    return quantity(100 * float(share), "%")


def _summary(outside: Parts) -> list[str]:
    if not len(outside.feature):
        return []
    return [f"{len(outside.feature)} objecten liggen geheel of deels buiten de gebieden"]


def _by_province(features: FeatureTable, rows: Rows, places: Sequence[Place]) -> tuple[Parts, list[str]]:
    """Features in the province of their field; those without one have a place of their own."""
    numbers = {place.code: number for number, place in enumerate(places) if place.kind == PROVINCE}
    said = features.columns["provincie"][rows]
    place = np.array([numbers.get(str(value), -1) for value in said.tolist()], dtype=np.int64)
    strange = place < 0
    notes = [
        f"{_row_of(features, row, 'provincie')}: {repr(value)[:40]} is geen provincie; telt in geen provincie"
        for row, value in zip(rows[strange].tolist(), said[strange].tolist(), strict=True)
    ]
    place[strange] = _number(places, UNKNOWN)
    return Parts(rows, place, np.ones(len(rows))), notes


def _by_novex(
    features: FeatureTable, rows: Rows, places: list[Place], kinds: frozenset[str]
) -> tuple[Parts, list[str]]:
    """Features in the place that their field `novex_gebied` names, where no area of that kind tells it.

    A name that no target has becomes a place of its own, at the end of `places`.
    """
    words = by_word(places, {place.kind for place in places} - {LAND, PROVINCE, OUTSIDE})
    said = features.columns["novex_gebied"]
    named = rows[~absent(said[rows])]
    texts, inverse, count = np.unique(said[named].astype(str), return_inverse=True, return_counts=True)
    numbers: list[int] = []
    notes = []
    for text, times in zip(texts.tolist(), count.tolist(), strict=True):
        word = spelled(text)
        if word not in words and NOVEX not in kinds:
            words[word] = len(places)
            places.append(Place(NOVEX, f"novex_gebied={text}", text, ()))
            told = f"{times} objecten noemen {text[:80]!r}, geen gebied van de afspraken of doelen"
            notes.append(f"veld novex_gebied: {told}")
        number = words.get(word, -1)
        numbers.append(-1 if number < 0 or places[number].kind in kinds else number)
    place = np.array(numbers, dtype=np.int64)[inverse]
    return Parts(named[place >= 0], place[place >= 0], np.ones(int((place >= 0).sum()))), notes
