"""The part of the practice plan about peat, green, heat and getting about: small things between the large ones."""

from __future__ import annotations

import shapely

from scripts.practice.board import Drawing

_WET_ENOUGH_CM = 30
_TOO_DRY_CM = 55


def draw_green(drawing: Drawing) -> None:
    """Draw all of it."""
    _peat(drawing)
    _in_town(drawing)
    _in_the_country(drawing)


def _peat(drawing: Drawing) -> None:
    """Rewetting where groundwater stands high, and greenhouses where it stands too deep."""
    soil = drawing.province.tables["bodemkaart"]
    taken = drawing.obstacles

    def peat_at(depth: int) -> shapely.Geometry:
        chosen = (soil.column("grondsoort") == "veen") & (soil.column("ghg_cm") == depth)
        return shapely.difference(shapely.union_all(soil.geometry[chosen]), taken)

    west, south, _, _ = drawing.province.land.grid.bounds
    wet = drawing.site((west + 9_000, south + 25_000), (520, 400), 110, inside=peat_at(_WET_ENOUGH_CM))
    drawing.area(wet, "A-02", "VEEN", "Vernatting Veenkerk", FASE="zacht", START=2027, GEREED=2035)
    dry = drawing.site((west + 8_000, south + 24_000), (420, 320), 111, inside=peat_at(_TOO_DRY_CM))
    drawing.area(dry, "G-91", "GLAS", "Kassen Veenkerk", FASE="idee", START=2028, GEREED=2035)


def _in_town(drawing: Drawing) -> None:
    for row, (town, title, size) in enumerate(
        (("Aaldermond", "Singelpark", (520, 300)), ("Lindervoort", "Stadspark Lindervoort", (340, 240))), start=1
    ):
        free = shapely.difference(drawing.layer["bebouwd"], drawing.layer["bedrijventerreinen"])
        park = drawing.site(drawing.settlement(town), size, 120 + row, inside=free)
        drawing.area(park, f"GR-{row:02}", "GRO", title, FASE="zacht", START=2027, GEREED=2032)
    roof = shapely.simplify(drawing.province.town.business_parks[0].buffer(-170), 20)
    drawing.area(roof, "ZD-01", "DAK", "Zonnedaken Bedrijvenpark A-zuid", MEGAWATT=11, GWH=10, FASE="zacht",
                 START=2026, GEREED=2030)  # fmt: skip
    west, south, _, _ = drawing.province.land.grid.bounds
    (x, y), (east, north) = drawing.province.town.stations[0], drawing.province.town.stations[3]
    drawing.point(x - west + 430, y - south - 340, "WA-01", "WARM", "Aquathermie Stationskwartier", MEGAWATT=18,
                  FASE="zacht", START=2027, GEREED=2030)  # fmt: skip
    drawing.point(x - west - 520, y - south + 380, "S-01", "GEV", "Basisschool Singel", FASE="idee", START=2028,
                  GEREED=2031)  # fmt: skip
    drawing.point(east - west + 260, north - south + 120, "H-01", "HUB", "Hub Lindervoort", FASE="zacht", START=2027,
                  GEREED=2029)  # fmt: skip


def _in_the_country(drawing: Drawing) -> None:
    drawing.point(14_500, 27_300, "P-01", "GWO", "Winning Veenweg", FASE="idee", START=2028, GEREED=2032)
    drawing.point(12_300, 6_900, "V-01", "VEE", "Veehouderij Overhorst", FASE="idee", START=2027, GEREED=2030)
    drawing.line([(8_300, 15_900), (9_200, 15_100), (10_400, 15_400), (11_100, 14_600)], "GB-01", "GBD",
                 "Houtwallen Grotewaard", FASE="zacht")  # fmt: skip
    drawing.line([(22_600, 16_900), (23_300, 15_400), (24_600, 14_300)], "F-01", "FIETS",
                 "Fietsroute Lindervoort - Aaldermond", KM=3.4, FASE="zacht", START=2026, GEREED=2029)  # fmt: skip
