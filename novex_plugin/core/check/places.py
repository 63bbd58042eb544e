"""In which province a feature lies: by its own field, or by where it is drawn."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.table import RD_NEW, FeatureTable


def places_by_area(
    features: FeatureTable, areas: FeatureTable, agreement: Agreement
) -> tuple[NDArray[np.object_], list[str]]:
    """The province of each feature by where it lies, and notes on features on a border, outside, or said elsewhere.

    A feature that crosses a border counts where most of it lies. Raises InputError when the areas name no provinces.
    """
    if areas.epsg != RD_NEW:
        raise InputError("de gebieden staan niet in EPSG:28992.", "Zet de laag om.", table=areas.name)
    codes = _codes(areas, agreement)
    found, area = shapely.STRtree(areas.geometry).query(features.geometry, predicate="intersects")
    shared = _shared(features.geometry[found], areas.geometry[area])
    found, area, shared = found[shared > 0], area[shared > 0], shared[shared > 0]  # touching a border is not lying in
    order = np.lexsort((area, -shared, found))
    places = np.full(len(features), None, dtype=object)
    first = np.unique(found[order], return_index=True)[1]
    places[found[order][first]] = codes[area[order][first]]
    return places, _notes(features, places, found)


def _codes(areas: FeatureTable, agreement: Agreement) -> NDArray[np.object_]:
    """The province codes of the areas: from the first column that holds codes or names of provinces only."""
    by_name = {entry.label.nl: entry.code for entry in agreement.code_lists["provincie"]}
    by_name |= {code: code for code in agreement.codes("provincie")}
    for values in areas.columns.values():
        texts = values.astype(str).tolist()
        if texts and all(text in by_name for text in texts):
            return np.array([by_name[text] for text in texts], dtype=object)
    raise InputError(
        "geen kolom van de gebieden bevat alleen provincies (PV20 tot en met PV31, of hun namen).",
        "Geef een vlakkenlaag met de provincies, of laat AREAS weg.",
        table=areas.name,
    )


def _shared(geometry: NDArray[np.object_], areas: NDArray[np.object_]) -> NDArray[np.float64]:
    """How much of each geometry lies in its area: m2 of polygons, m of lines, 1 for points; 0 where they only touch."""
    inside = shapely.intersection(geometry, areas)
    dimension = shapely.get_dimensions(geometry)
    sizes = [~shapely.is_empty(inside), shapely.length(inside), shapely.area(inside)]
    result: NDArray[np.float64] = np.select([dimension == 0, dimension == 1], sizes[:2], sizes[2]).astype(np.float64)
    return result


def _notes(features: FeatureTable, places: NDArray[Any], found: NDArray[Any]) -> list[str]:
    ids, said = features.columns["id"], features.columns["provincie"]
    crossing = np.bincount(found, minlength=len(features)) > 1
    outside = np.fromiter((place is None for place in places), dtype=bool, count=len(places))
    other = ~outside & (places.astype(str) != said.astype(str))
    notes = [
        f"object {each}: ligt in meer dan één provincie en telt waar het grootste deel ligt" for each in ids[crossing]
    ]
    notes += [f"object {each}: ligt buiten alle gebieden en telt in geen provincie" for each in ids[outside]]
    notes += [
        f"object {each}: ligt in {place}, maar het veld provincie zegt {field}"
        for each, place, field in zip(ids[other], places[other], said[other], strict=True)
    ]
    return notes
