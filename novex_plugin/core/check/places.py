"""The places that a balance speaks of, and by which words data name them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.overlay import Rows
from novex_plugin.core.features.table import RD_NEW, FeatureTable
from novex_plugin.core.rules.targets import COUNTRY, Place, Target

LAND, PROVINCE, NOVEX = "land", "provincie", "novex"
OUTSIDE, UNKNOWN = "buiten", "zonder-provincie"
"""Codes of the places where that counts which lies in none of the areas, or whose field names no province: so all
places add up to the whole."""

_NOVEX_LIST = "novex_gebied"


def known_places(agreement: Agreement, targets: Sequence[Target]) -> tuple[Place, ...]:
    """The country, the provinces, the NOVEX areas of the agreement and the places of the targets, each code once."""
    every = agreement.codes(PROVINCE)
    places = [Place(LAND, COUNTRY, "Nederland", every)]
    places += [Place(PROVINCE, each.code, each.label.nl, (each.code,)) for each in agreement.code_lists[PROVINCE]]
    agreed = agreement.code_lists.get(_NOVEX_LIST, ())
    places += [Place(NOVEX, each.code, each.label.nl, each.provinces) for each in agreed]
    places += [Place(each.place_kind, each.place, each.place_name, each.provinces) for each in targets]
    once: dict[str, Place] = {}
    for place in places:
        once.setdefault(place.code, place)
    return tuple(once.values())


def spelled(text: str) -> str:
    """A name as it is compared: without capitals, spaces around it and the word NOVEX-gebied before it."""
    return " ".join(text.casefold().split()).removeprefix("novex-gebied ")


def by_word(places: Sequence[Place], kinds: Collection[str]) -> dict[str, int]:
    """The number of each place of these kinds by its code and its name; codes go before names.

    Kinds are apart, for the same name may stand for several: Groningen is a province, and a NOVEX area.
    """
    chosen = [(number, place) for number, place in enumerate(places) if place.kind in kinds][::-1]
    return {spelled(place.name): number for number, place in chosen} | {
        spelled(place.code): number for number, place in chosen
    }


@dataclass(frozen=True)
class Areas:
    """Polygons of known places: `place` is the number of the place that each is of."""

    table: FeatureTable
    place: Rows
    notes: tuple[str, ...]


def read_areas(areas: FeatureTable, places: Sequence[Place]) -> Areas:
    """The areas that are known places, by the first column that has only codes and names of those.

    A column of provinces goes before one of other places, and that before one of both. Where no column has only places,
    that with the most of them counts, without the names of provinces: municipalities have those too. Raises InputError
    when the areas are in another CRS than EPSG:28992, and when no column names a place.
    """
    if areas.epsg != RD_NEW:
        raise InputError("de gebieden staan niet in EPSG:28992.", "Zet de laag om.", table=areas.name)
    others = {place.kind for place in places} - {LAND, PROVINCE}
    provinces, further = by_word(places, {PROVINCE}), by_word(places, others)
    for words in (provinces, further, further | provinces):
        for values in areas.columns.values():
            place = _numbered(values, words)
            if len(place) and (place >= 0).all():
                return Areas(areas, place, ())
    codes = {word: at for word, at in provinces.items() if word == spelled(places[at].code)}
    words = {word: at for word, at in further.items() if word not in provinces} | codes
    best, found, column = 0, np.empty(0, dtype=np.int64), ""
    for name, values in areas.columns.items():
        place = _numbered(values, words)
        if (place >= 0).sum() > best:
            best, found, column = int((place >= 0).sum()), place, name
    if not best:
        raise InputError(
            "geen kolom van de gebieden noemt provincies (PV20 tot en met PV31, of hun namen) of andere plaatsen van "
            "de doelen.",
            "Geef een vlakkenlaag met provincies of andere plaatsen van de doelen, of laat AREAS weg.",
            table=areas.name,
        )
    strange = areas.columns[column][found < 0].astype(str)
    several = ", ".join(sorted({repr(each)[:60] for each in strange.tolist()})[:5])
    note = f"tabel {areas.name}, veld {column}: {len(strange)} gebieden zijn geen plaats van de doelen: {several}"
    return Areas(areas.take(found >= 0), found[found >= 0], (note,))


def _numbered(values: NDArray[Any], known: dict[str, int]) -> Rows:
    return np.array([known.get(spelled(text), -1) for text in values.astype(str).tolist()], dtype=np.int64)
