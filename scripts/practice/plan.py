"""A plan as a province would hand it over: own field names and codes, drawn by hand, with faults put in on purpose.

    python -m scripts.practice.plan FILE

What is wrong on purpose stands in `faults.py`; the rest was placed where little stands in its way.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import shapely

from novex_plugin.core.features import geopackage
from novex_plugin.core.features.geopackage import Column, Layer
from novex_plugin.core.features.table import FeatureTable, multi
from scripts.practice import province as practice
from scripts.practice import themes
from scripts.practice.board import Drawing, hand_drawn
from scripts.practice.plan_green import draw_green
from scripts.practice.province import Province

NUMBERS = ("WONINGEN", "BETAALBAAR", "SOCIAAL", "HA_NETTO", "BANEN", "MEGAWATT", "GWH", "KUUB", "START", "GEREED",
           "BRUTO", "VERHARD", "GROENPCT", "NATUUR", "BOS", "VERNAT", "RECREATIE", "GROEN", "KM")  # fmt: skip
TEXTS = ("NR", "CODE", "OMSCHR", "FASE", "LADDER", "OPM", "OOK", "NOVEX")
_FOCUS = "novex-arnhem-nijmegen-foodvalley"
"""The NOVEX area that some of the homes say they belong to."""


def _homes(drawing: Drawing) -> None:
    towns = [
        ("Aaldermond", "Aaldermond-Noord", 950, 620, 3_200, 28),
        ("Aaldermond", "Aaldermond-Oost", 1_000, 700, 3_900, 24),
        ("Aaldermond", "De Hoge Kamp", 620, 480, 1_450, 30), ("Grotewaard", "Grotewaard-West", 760, 520, 1_900, 26),
        ("Lindervoort", "Linderpark", 700, 540, 1_650, 35), ("Lindervoort", "Lindervoort-Zuid", 560, 420, 900, 33),
        ("Zandrade", "Zandrade-Veld", 640, 470, 1_200, 22), ("Zuidambacht", "Ambachtshof", 680, 460, 1_400, 30),
        ("Holterberg", "Onder de Berg", 420, 360, 520, 20), ("Veenkerk", "Veenkerk-Oost", 460, 350, 480, 38),
    ]  # fmt: skip
    for row, (town, title, wide, high, homes, share) in enumerate(towns, start=1):
        shape = drawing.site(drawing.settlement(town), (wide, high), row)
        drawing.area(shape, f"W-{row:02}", "WON", title, WONINGEN=homes, BETAALBAAR=share,
                     SOCIAAL=round(homes * 0.15), FASE="zacht" if row % 3 else "hard", START=2027,
                     GEREED=2030 if row % 3 else 2040,
                     **({"NOVEX": _FOCUS} if town in {"Grotewaard", "Lindervoort"} else {}))  # fmt: skip
    villages = drawing.province.town.names[8:40:4].tolist()
    for row, village in enumerate(villages, start=21):
        shape = drawing.site(drawing.settlement(village), (300, 230), row)
        drawing.area(shape, f"W-{row}", "WON", f"Dorpsrand {village}", WONINGEN=60 + 15 * (row % 5), BETAALBAAR=40,
                     SOCIAAL=20, FASE="hard" if row % 2 else "zacht", START=2026, GEREED=2030)  # fmt: skip
    west, south, _, _ = drawing.province.land.grid.bounds
    stations = drawing.province.town.stations
    for row, (place, title, homes) in enumerate(
        ((stations[0], "Stationskwartier Aaldermond", 6_500), (stations[3], "Spoorzone Lindervoort", 1_800)), start=41
    ):
        shape = shapely.polygons(hand_drawn((620, 420), row) + place)
        drawing.area(shape, f"W-{row}", "WON-S", title, WONINGEN=homes, BETAALBAAR=40, SOCIAAL=round(homes * 0.25),
                     BANEN=homes // 3, LADDER="2", FASE="zacht",
                     OPM="Te weinig ruimte om regen vast te houden; hij wordt geborgen in het park.",
                     START=2028, GEREED=2030)  # fmt: skip
    bed = shapely.difference(drawing.layer["rivierbed"], drawing.province.land.river.buffer(30))
    faults = [
        ("W-91", "Waterfront Aalde", drawing.settlement("Zuidambacht"), (520, 260), 51, bed, 1_100),
        ("W-92", "De Lindermaat", (west + 22_300, south + 14_600), (560, 380), 52, drawing.layer["waterberging"], 850),
        ("W-93", "Nieuw-Linderpolder", (west + 12_600, south + 19_500), (900, 560), 53,
         shapely.intersection(drawing.layer["polders"], drawing.layer["waterberging"]), 2_400),
        ("W-94", "Bronnenpark", (west + 30_400, south + 19_600), (420, 320), 54,
         drawing.layer["grondwaterbescherming"], 380),
    ]  # fmt: skip
    for number, title, near, size, seed, inside, homes in faults:
        shape = drawing.site(near, size, seed, inside=inside)
        drawing.area(shape, number, "WON", title, WONINGEN=homes, BETAALBAAR=20,
                     SOCIAAL=round(homes * 0.1), FASE="zacht", START=2028, GEREED=2035)  # fmt: skip


def _work(drawing: Drawing) -> None:
    west, south, _, _ = drawing.province.land.grid.bounds
    parks = drawing.province.town.business_parks
    for row, (park, title, jobs) in enumerate(
        ((0, "Bedrijvenpark A-zuid, fase 2", 2_100), (2, "Bedrijvenpark Linderweg", 1_300)), start=1
    ):
        middle = shapely.centroid(parks[park])
        shape = drawing.site((middle.x, middle.y), (620, 420), 60 + row)
        drawing.area(shape, f"B-{row:02}", "BT", title, HA_NETTO=round(shapely.area(shape) / 1e4 * 0.7, 1), BANEN=jobs,
                     FASE="hard", START=2026, GEREED=2030)  # fmt: skip
    quay = drawing.site(drawing.settlement("Grotewaard"), (640, 360), 63, touching=drawing.layer["keringszones"])
    drawing.area(quay, "B-91", "BT", "Kade Grotewaard", HA_NETTO=round(shapely.area(quay) / 1e4 * 0.7, 1), BANEN=700,
                 FASE="zacht", START=2029, GEREED=2035)  # fmt: skip
    farmland = shapely.union_all(themes.valuable_farmland(drawing.province.land))
    for number, near, title, inside in (
        ("L-01", (16_300, 14_900), "Logistiek Knooppunt Aalde", None),
        ("L-91", (8_400, 15_100), "Distributiepark Veenweg", farmland),
    ):
        shape = drawing.site((west + near[0], south + near[1]), (900, 560), 65 + len(drawing.areas), inside=inside)
        drawing.area(shape, number, "LOG", title, HA_NETTO=round(shapely.area(shape) / 1e4 * 0.8, 1), BANEN=900,
                     FASE="zacht", START=2028, GEREED=2032)  # fmt: skip
    glass = drawing.site((west + 34_800, south + 10_400), (620, 500), 69)
    drawing.area(glass, "G-01", "GLAS", "Glastuinbouw Oosterkamp", FASE="zacht", START=2027, GEREED=2032)
    barracks = drawing.site((west + 39_200, south + 19_300), (760, 520), 70)
    drawing.area(barracks, "D-01", "DEF", "Kazerne Zandrade", FASE="idee", START=2030, GEREED=2036)


def _water_and_nature(drawing: Drawing) -> None:
    tables = drawing.province.tables
    for row, index in enumerate((1, 3, 4), start=1):
        basin = shapely.simplify(tables["waterberging"].geometry[index].buffer(-70), 25)
        drawing.area(basin, f"WB-{row:02}", "WB", f"Waterberging {row}", KUUB=round(shapely.area(basin) * 0.45, -3),
                     FASE="zacht", START=2027, GEREED=2032)  # fmt: skip
    plain = drawing.province.land.floodplain
    west, south, _, _ = drawing.province.land.grid.bounds
    for row, (begin, end) in enumerate(((15_300, 17_900), (24_200, 26_900)), start=1):
        stretch = shapely.clip_by_rect(plain, west + begin, south, west + end, south + 15_000)
        channel = shapely.difference(stretch.buffer(-150), drawing.province.land.river.buffer(40))
        largest = max(shapely.get_parts(channel), key=shapely.area)
        drawing.area(shapely.simplify(largest, 20), f"R-{row:02}", "RIV", f"Nevengeul {row}",
                     KUUB=round(shapely.area(largest) * 1.2, -3), FASE="zacht", START=2028, GEREED=2035)  # fmt: skip
    valley = drawing.province.land.stream_valleys
    strips = [
        (valley[1], (29_000, 13_000, 33_500, 17_300), "Beekdal Zandrade"),
        (valley[3], (18_000, 24_000, 25_500, 28_000), "Beekdal Holterberg"),
        (valley[5], (29_900, 2_500, 33_000, 7_000), "Zuiderbeek"),
    ]
    corner = np.array([west, south, west, south])
    for row, (whole, box, title) in enumerate(strips, start=1):
        strip = shapely.clip_by_rect(whole, *(corner + box))
        drawing.area(
            shapely.simplify(strip.buffer(40), 15), f"N-{row:02}", "NAT", title, FASE="zacht", START=2026, GEREED=2030
        )
    for row, near in enumerate(((29_200, 21_800), (38_600, 20_600)), start=1):
        free = drawing.site((west + near[0], south + near[1]), (760, 640), 80 + row)
        drawing.area(free, f"N-1{row}", "BOS", f"Bosuitbreiding {row}", FASE="zacht", START=2026, GEREED=2035)
    meadow = drawing.site((west + 9_600, south + 26_600), (1_900, 1_150), 83)
    drawing.area(meadow, "A-01", "LNI", "Veenweiden Veenkerk", FASE="idee", START=2026, GEREED=2040)
    park = drawing.site((west + 28_700, south + 10_700), (760, 520), 84)
    drawing.area(park, "REC-01", "REC", "Recreatiepark Aaldehof", FASE="idee", START=2027, GEREED=2030)


def _energy(drawing: Drawing) -> None:
    search = drawing.province.tables["res_zoekgebieden"]
    for row, index in enumerate((0, 2), start=1):
        shape = shapely.simplify(search.geometry[index].buffer(-140), 30)
        drawing.area(shape, f"Z-{row:02}", "ZON", f"Zonneveld {row}", MEGAWATT=round(shapely.area(shape) / 1e4 * 0.9),
                     GWH=round(shapely.area(shape) / 1e4 * 0.85), LADDER="2",
                     OPM="Geen ruimte meer op daken en langs wegen, zie de zonneladder 2025.", FASE="zacht", START=2027,
                     GEREED=2030)  # fmt: skip
    west, south, _, _ = drawing.province.land.grid.bounds
    farmland = shapely.union_all(themes.valuable_farmland(drawing.province.land))
    valuable = drawing.site((west + 14_800, south + 5_200), (720, 460), 91, inside=farmland)
    drawing.area(valuable, "Z-91", "ZON", "Zonneveld Broekweg", MEGAWATT=28, GWH=26, LADDER="4", FASE="idee",
                 START=2028, GEREED=2030)  # fmt: skip
    middle = shapely.centroid(search.geometry[4])
    for row in range(5):
        x, y = middle.x - west - 1_600 + 800 * row, middle.y - south - 600 + 300 * row
        drawing.point(x, y, f"T-{row + 1:02}", "WT", f"Windpark Linderpolder {row + 1}", MEGAWATT=5.6, GWH=17,
                      FASE="zacht", START=2027, GEREED=2030)  # fmt: skip
    drawing.point(36_900, 22_900, "T-06", "WT", "Windturbine Holterberg", MEGAWATT=5.6, GWH=18, FASE="idee", START=2028,
                  GEREED=2032)  # fmt: skip
    drawing.point(26_150, 16_850, "E-01", "STN", "Station Aaldermond 380 kV", MEGAWATT=800, FASE="zacht", START=2027,
                  GEREED=2032)  # fmt: skip
    drawing.point(31_900, 20_900, "P-91", "GWO", "Winning Holterberg", FASE="idee", START=2028, GEREED=2032)
    drawing.line([(26_150, 16_850), (24_300, 20_900), (24_900, 24_700), (26_400, 29_200)], "HS-01", "HS",
                 "380 kV Aaldermond - Holterberg", FASE="zacht")  # fmt: skip
    drawing.line([(29_900, 14_700), (31_000, 12_600), (30_500, 10_900)], "IW-01", "WEG",
                 "Oostelijke rondweg Aaldermond", FASE="zacht")  # fmt: skip
    drawing.line([(38_100, 14_100), (37_300, 10_600), (35_600, 7_600), (34_900, 4_300)], "IS-01", "SPOOR",
                 "Spoorlijn Zandrade - Zuid", FASE="idee")  # fmt: skip


def _refused(drawing: Drawing) -> None:
    west, south, _, _ = drawing.province.land.grid.bounds
    fair = drawing.site((west + 19_500, south + 3_500), (300, 240), 95)
    drawing.area(fair, "X-91", "KERMIS", "Evenemententerrein", FASE="idee")
    turbine = drawing.site((west + 13_300, south + 3_900), (140, 140), 96)
    drawing.area(turbine, "X-92", "WT", "Windturbine Zuid", MEGAWATT=5.6, FASE="idee")


def draw(province: Province) -> dict[str, FeatureTable]:
    """The plan as tables `plan_vlakken`, `plan_lijnen` and `plan_punten`."""
    with np.errstate(invalid="ignore"):  # GEOS leaves floating point flags behind that mean nothing
        drawing = Drawing(province)
        for part in (_water_and_nature, _energy, _homes, _work, draw_green, _refused):
            part(drawing)
    parts = {"plan_vlakken": drawing.areas, "plan_lijnen": drawing.lines, "plan_punten": drawing.points}
    return {name: _as_table(name, rows) for name, rows in parts.items()}


def _as_table(name: str, rows: Sequence[tuple[shapely.Geometry, dict[str, str | float]]]) -> FeatureTable:
    rows = sorted(rows, key=lambda row: str(row[1]["NR"]))
    columns: dict[str, np.ndarray] = {}
    for text in TEXTS:
        columns[text] = np.array([values.get(text) for _, values in rows], dtype=object)
    for number in NUMBERS:
        columns[number] = np.array([values.get(number, np.nan) for _, values in rows], dtype=np.float64)
    shapes = multi(np.array([shape for shape, _ in rows], dtype=object))
    return FeatureTable(name, multi(shapely.set_precision(shapes, 0.01)), columns)


def write_plan(province: Province, path: Path) -> Path:
    """The plan as one GeoPackage with three layers."""
    tables = draw(province)
    columns = (*(Column(name) for name in TEXTS), *(Column(name, "REAL") for name in NUMBERS))
    kinds = {name: practice.TYPES[int(shapely.get_type_id(table.geometry[0]))] for name, table in tables.items()}
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    geopackage.create(path, [Layer(name, kind, columns) for name, kind in kinds.items()])
    for name, table in tables.items():
        geopackage.append(path, name, table)
    return path


def main() -> None:
    """Write the plan to a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    write_plan(practice.make(0.05), parser.parse_args().file)


if __name__ == "__main__":
    main()
