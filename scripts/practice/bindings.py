"""Which dataset of the practice basisset plays the role of which object in the rules, and one layer of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import shapely

from novex_plugin.core.features.table import FeatureTable, multi
from novex_plugin.core.files import write_json
from scripts.practice import themes
from scripts.practice.datasets import offer
from scripts.practice.province import Province, write_table

Filter = tuple[str, list[str | int]] | None

_BOUND: dict[str, tuple[str, Filter]] = {
    "bebouwd-gebied": ("bebouwd", None),
    "bedrijventerrein-bestaand": ("bedrijventerreinen", None),
    "beekdal": ("beekdalen", None),
    "bgr-uiterwaarden": ("rivierbed", None),
    "bodemdaling": ("bodemdaling", ("klasse", [2, 3])),
    "diepe-polder": ("polders", ("deel", ["polder"])),
    "dijkversterking": ("dijkversterking", None),
    "drinkwater": ("grondwaterbescherming", ("soort", ["grondwaterbeschermingsgebied"])),
    "grasland": ("gewaspercelen", ("blijvend", ["ja"])),
    "hoge-zandgrond": ("bodemkaart", ("grondsoort", ["zand"])),
    "laagveen": ("bodemkaart", ("grondsoort", ["veen"])),
    "natura2000": ("natura2000", None),
    "overstromingsrisico": ("overstromingsdiepte", ("klasse", [3, 4])),
    "reserveringszone-waterkering": ("keringszones", None),
    "rivierafvoer": ("rivierbed", ("regime", ["stroomvoerend"])),
    "waterbergingszoekgebied": ("waterberging", None),
    "wateroverlast": ("wateroverlast", None),
}
"""Slots that nobody binds stay open on purpose: their rules cannot be tested, and must say so."""

_OWN = "waardevolle_landbouwgrond"

_PARAMETERS = (
    ("wbs-33-onttrekking-n2000", "distance_m", 1_000, "Afstand uit de eigen grondwaterverordening van Oefenland."),
    ("wbs-07-ruimte-water", "area_ha", 120, "Opgave uit de eigen regionale waterkaart van Oefenland, tot 2030."),
    ("wbs-32-beekdal", "area_ha", 600, "Opgave uit het eigen beekdalenprogramma van Oefenland, tot 2030."),
    ("wbs-27-grasland", "loss_ha", 25, "Toegestaan verlies volgens het eigen veenweideprogramma van Oefenland."),
)


def write_bindings(province: Province, folder: Path) -> Path:
    """Write the bindings, and beside them the province's own layer that stands in for a dataset; gives the bindings."""
    write_table(_valuable_farmland(province), folder / f"{_OWN}.gpkg")
    bindings = [_binding(slot, slug, chosen) for slot, (slug, chosen) in _BOUND.items()]
    own = {
        "name": "Waardevolle landbouwgrond Oefenland",
        "place": f"{_OWN}.gpkg",
        "reason": "De basisset kent geen kaart van waardevolle landbouwgrond; dit is de provinciale kaart van 2026.",
    }
    bindings.append({"slot": "landbouwgrond", "dataset": None, "layer": _OWN, "filter": None, "own": own})
    path = folder / "koppelingen.json"
    content = {
        "format": "novex-bindings",
        "version": "1.0",
        "bindings": sorted(bindings, key=lambda binding: str(binding["slot"])),
        "parameters": [
            {"rule": rule, "parameter": name, "value": value, "reason": reason}
            for rule, name, value, reason in _PARAMETERS
        ],
    }
    write_json(path, content)
    return path


def _binding(slot: str, slug: str, chosen: Filter) -> dict[str, Any]:
    restricted = {"field": chosen[0], "values": chosen[1]} if chosen else None
    return {"slot": slot, "dataset": offer(slug).id, "layer": None, "filter": restricted, "own": None}


def _valuable_farmland(province: Province) -> FeatureTable:
    shapes = multi(shapely.set_precision(themes.valuable_farmland(province.land), 0.01))
    names = np.array([f"kerngebied {number}" for number in range(1, len(shapes) + 1)], dtype=object)
    return FeatureTable(_OWN, shapes, {"naam": names})
