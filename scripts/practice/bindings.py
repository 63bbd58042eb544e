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
    "basisnet": ("wegen", ("klasse", ["rijksweg"])),
    "bebouwd-gebied": ("bebouwd", None),
    "bedrijventerrein-bestaand": ("bedrijventerreinen", None),
    "bedrijventerrein-hmc": ("bedrijventerreinen", ("milieucategorie", [5])),
    "bedrijventerrein-provinciaal": ("bedrijventerreinen", ("belang", ["provinciaal"])),
    "beekdal": ("beekdalen", None),
    "beschermd-gezicht": ("dorpsgezichten", None),
    "bgr-uiterwaarden": ("rivierbed", None),
    "bodemdaling": ("bodemdaling", ("klasse", [2, 3])),
    "bodemvervuiling": ("bodemverontreiniging", None),
    "clusterlocatie-logistiek": ("clusterlocaties", None),
    "cumulatie-milieu": ("belast_gebied", None),
    "defensie-zone": ("defensie", None),
    "diepe-polder": ("polders", ("deel", ["polder"])),
    "dijkversterking": ("dijkversterking", None),
    "drinkwater": ("grondwaterbescherming", ("soort", ["grondwaterbeschermingsgebied"])),
    "ev-aandachtsgebied": ("aandachtsgebieden", None),
    "geluidbron": ("geluid", None),
    "gezondheidsbelast": ("belast_gebied", None),
    "goederencorridor": ("spoorwegen", None),
    "grasland": ("gewaspercelen", ("blijvend", ["ja"])),
    "groen-stad": ("stedelijk_groen", None),
    "grote-rivier": ("waterdelen", ("soort", ["rivier"])),
    "hoge-zandgrond": ("bodemkaart", ("grondsoort", ["zand"])),
    "hoofdinfra": ("wegen", ("klasse", ["rijksweg"])),
    "hs-station": ("stations_hs", ("spanning_kv", [150, 380])),
    "industriecluster": ("bedrijventerreinen", ("cluster", ["ja"])),
    "kdw-habitat": ("habitattypen", None),
    "laagveen": ("bodemkaart", ("grondsoort", ["veen"])),
    "landschapsregio": ("landschappen", None),
    "multimodaal-knoop": ("overslag", None),
    "natura2000": ("natura2000", None),
    "nnn": ("natuurnetwerk", None),
    "novex-gebied": ("novexgebied", None),
    "novex-woningbouwlocatie": ("woningbouwlocaties", None),
    "ov-knooppunt": ("haltes", None),
    "overstromingsrisico": ("overstromingsdiepte", ("klasse", [3, 4])),
    "pr-10-6": ("buisleidingen", None),
    "provinciegebied": ("provinciegebied", None),
    "recreatie-groen": ("terreinen", ("soort", ["bos", "heide"])),
    "res-zoekgebied": ("res_zoekgebieden", None),
    "reserveringszone-waterkering": ("keringszones", None),
    "rijksmonument": ("monumenten", None),
    "rivierafvoer": ("rivierbed", ("regime", ["stroomvoerend"])),
    "stikstof-bron": ("veehouderijen", None),
    "stil-gebied": ("stiltegebieden", None),
    "waterbergingszoekgebied": ("waterberging", None),
    "wateroverlast": ("wateroverlast", None),
    "weg-druk": ("wegen", ("klasse", ["rijksweg", "provinciale weg"])),
    "werelderfgoed": ("erfgoed", ("deel", ["werelderfgoed"])),
}
"""Slots that nobody binds stay open on purpose: their rules cannot be tested, and must say so. Of the noise there are
images only, and the zones of defence cannot be had: their rules must say that."""

_LEVELS = {"grondwaterstand": ("bodemkaart", {"unit": "cm", "field": "ghg_cm"})}

_OWN = "waardevolle_landbouwgrond"

_WATER = "uit de eigen regionale waterkaart van Oefenland, tot 2030"
_GREEN = "uit het eigen groenprogramma van Oefenland"
_REACH = "uit het eigen mobiliteitsbeleid van Oefenland"
_ORDINANCE = "uit de eigen omgevingsverordening van Oefenland"
_PARAMETERS: tuple[tuple[str, str, float | list[str], str], ...] = (
    ("wbs-33-onttrekking-n2000", "distance_m", 1_000, f"Afstand {_ORDINANCE}."),
    ("wbs-07-ruimte-water", "area_ha", 120, f"Opgave {_WATER}."),
    ("wbs-32-beekdal", "area_ha", 600, "Opgave uit het eigen beekdalenprogramma van Oefenland, tot 2030."),
    ("wbs-27-grasland", "loss_ha", 20, "Toegestaan verlies volgens het eigen veenweideprogramma van Oefenland."),
    ("wbs-26-gebiedsvreemd-water", "area_ha", 300, f"Opgave voor het veen {_WATER}."),
    ("wbs-30-zand-vasthouden", "area_ha", 150, f"Opgave voor het zand {_WATER}."),
    ("wbs-16-24-afdekking", "share_pct", 60, f"Grens {_GREEN}: vier tiende van de grond blijft open."),
    ("wbs-17-afdekking-bebouwd", "share_pct", 85, f"Grens voor de binnenstad {_GREEN}."),
    ("wbs-17-afdekking-bebouwd.groen", "loss_ha", 1, f"Toegestaan verlies {_GREEN}."),
    ("wbs-25-grondwater-veen", "incompatible", ["glastuinbouw", "bedrijventerrein", "logistiek"],
     "Functies die bij een hoog peil in het veen niet samengaan, volgens het veenweideprogramma."),
    ("wbs-31-zand-grondwater", "incompatible", ["ontgronding"],
     "Functies die bij een stijgend peil op het zand niet samengaan, volgens het waterschap."),
    ("wbs-31-zand-grondwater.ontwatering", "minimum_cm", 70, "Ontwateringsdiepte die het waterschap hier hanteert."),
    ("mob-nabij.ov", "distance_m", 7_500, f"Afstand voor fiets en trein {_REACH}."),
    ("mob-aansluitcapaciteit", "distance_m", 4_000, f"Afstand tot hoofdweg of station {_REACH}."),
    ("ggl-netwerk", "distance_m", 10_000, f"Afstand tot een station {_REACH}."),
    ("ce-multimodaal", "distance_m", 8_000, f"Afstand tot overslag {_REACH}."),
    ("wl-clusterlogistiek.multimodaal", "distance_m", 5_000, f"Afstand tot overslag {_REACH}."),
    ("wl-clusterlogistiek.corridor", "distance_m", 8_000, f"Afstand tot de corridor {_REACH}."),
    ("gios-bos-bij-wijk.in-de-buurt", "distance_m", 5_000, f"Fietsafstand tot nieuw bos {_GREEN}."),
    ("gios-recreatieruimte", "area_ha", 30, f"Opgave {_GREEN}."),
    ("gios-recreatieruimte", "distance_m", 3_000, f"Afstand tot de bebouwde kom {_GREEN}."),
    ("gios-recreatieruimte.bereik", "distance_m", 1_500, f"Loopafstand {_GREEN}."),
    ("gios-groen-groeit-mee", "loss_ha", 0, f"Geen verlies {_GREEN}."),
    ("gios-groen-groeit-mee.aandeel", "share_pct", 10, f"Aandeel groen in nieuwe wijken {_GREEN}."),
    ("nplg-overgangsgebied-n2000", "area_ha", 100, "Opgave uit het eigen natuurbeheerplan van Oefenland."),
    ("nplg-overgangsgebied-n2000", "distance_m", 500, "Breedte uit het eigen natuurbeheerplan van Oefenland."),
    ("nplg-bufferzone-beekdal", "area_ha", 200, "Opgave uit het eigen beekdalenprogramma van Oefenland."),
    ("nplg-bufferzone-beekdal", "distance_m", 250, "Breedte uit het eigen beekdalenprogramma van Oefenland."),
    ("nplg-zoonosen.woningen", "distance_m", 250, "Afstand die de GGD in Oefenland adviseert."),
    ("luc-gevoelige-bestemming", "distance_m", 100, "Afstand die de GGD in Oefenland adviseert."),
    ("nmp-basisnet", "distance_m", 200, f"Afstand {_ORDINANCE}."),
    ("erf-werelderfgoed.nabij", "distance_m", 450, f"Breedte van de bufferzone {_ORDINANCE}."),
    ("res-warmtebronnen.bereik", "distance_m", 2_000, "Bereik van een warmtenet in de regionale energiestrategie."),
    ("res-cluster-boven-spreiding.bij-vraag", "distance_m", 3_000,
     "Afstand tot afnemers volgens de regionale energiestrategie."),
    ("won-17-locaties", "share_pct", 20, "Aandeel uit de eigen woondeal van Oefenland met het Rijk."),
)  # fmt: skip


def write_bindings(province: Province, folder: Path) -> Path:
    """Write the bindings, and beside them the province's own layer that stands in for a dataset; gives the bindings."""
    write_table(_valuable_farmland(province), folder / f"{_OWN}.gpkg")
    bindings = [_binding(slot, slug, chosen) for slot, (slug, chosen) in _BOUND.items()]
    own = {
        "name": "Waardevolle landbouwgrond Oefenland",
        "place": f"{_OWN}.gpkg",
        "reason": "De basisset kent geen kaart van waardevolle landbouwgrond; dit is de provinciale kaart van 2026.",
    }
    bindings += [{**_binding(slot, slug, None), "level": level} for slot, (slug, level) in _LEVELS.items()]
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
