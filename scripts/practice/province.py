"""The practice province Oefenland as the tables of its basisset: some 50,000 features, the same every time.

    python -m scripts.practice.province FOLDER [--scale 1.0]

A scale below 1 makes fewer and larger fields; everything else stays as it is.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import shapely.ops
from numpy.typing import NDArray

from novex_plugin.core.features import geopackage
from novex_plugin.core.features.geopackage import Column, Layer
from novex_plugin.core.features.table import FeatureTable, multi
from scripts.practice import landscape, settlement, themes
from scripts.practice.grid import Geometries, rounded
from scripts.practice.landscape import SEED, Landscape
from scripts.practice.parcelling import Bend, Division, divide
from scripts.practice.settlement import Settlement
from scripts.practice.surroundings import surroundings

TYPES = {0: "POINT", 5: "MULTILINESTRING", 6: "MULTIPOLYGON"}
HEIGHT_CELL = 25.0


@dataclass(frozen=True)
class Province:
    """The ground, what stands on it and the tables of the basisset by short name."""

    land: Landscape
    town: Settlement
    tables: dict[str, FeatureTable]


def make(scale: float = 1.0) -> Province:
    """The whole province."""
    with np.errstate(invalid="ignore"):  # GEOS leaves floating point flags behind that mean nothing
        return _made(scale)


def _made(scale: float) -> Province:
    land = landscape.make()
    town = settlement.make(land)
    woods = themes.woods(land, town)
    heath = themes.heath(land, shapely.union_all(woods))
    division = _division(land, town, woods, heath, scale)
    tables = [
        *_government(land, town),
        *_nature(land, woods, heath, division),
        *_water(land, town, division),
        *_soil(land),
        *_work_and_home(land, town),
        *_networks(land, town, division),
        *_policy(land, town),
        _fields(land, division),
    ]
    made = {table.name: table for table in tables}
    for name, (shapes, columns) in surroundings(land, town, made).items():
        made[name] = _table(name, shapes, **columns)
    return Province(land, town, made)


def _table(name: str, shapes: Any, **columns: Any) -> FeatureTable:
    """A table with a code for each row; empty shapes fall out."""
    made = rounded(multi(np.array(shapes, dtype=object)))
    made = multi(made)
    good = ~shapely.is_empty(made) & shapely.is_valid(made)
    prefix = name[:3].upper()
    given = {key: np.array(values, dtype=None if _number(values) else object) for key, values in columns.items()}
    codes = np.array([f"{prefix}{row:06d}" for row in range(1, len(made) + 1)], dtype=object)
    return FeatureTable(name, made, {"code": codes, **given}).take(good)


def _number(values: Any) -> bool:
    return len(values) > 0 and not isinstance(values[0], str)


def _division(land: Landscape, town: Settlement, woods: Geometries, heath: Geometries, scale: float) -> Division:
    area = shapely.union_all(town.built_up)
    streams = shapely.union_all(land.streams)
    taken = [
        area.buffer(20), *woods, *heath, land.river.buffer(12), *land.lakes, land.canal.buffer(30),
        *town.business_parks, *town.substations,
        shapely.union_all(town.motorways).buffer(38), shapely.union_all(land.dikes).buffer(22),
        shapely.union_all(town.provincial_roads).buffer(11), shapely.union_all(town.railways).buffer(14),
        streams.buffer(8),
    ]  # fmt: skip
    bend = Bend(land.grid, land.grid.inside(land.polder.buffer(300)))
    return divide(land, area, shapely.union_all(taken), bend, scale)


def _fields(land: Landscape, division: Division) -> FeatureTable:
    """Fields with a crop that fits the ground."""
    rng = np.random.default_rng(SEED + 100)
    middles = shapely.get_coordinates(shapely.centroid(division.fields))
    peat = land.grid.sample(land.peat, *middles.T) > 0.5
    sand = land.grid.sample(land.ridge, *middles.T) > 0.1
    plain = shapely.intersects_xy(land.floodplain, middles)
    polder = shapely.intersects_xy(land.polder, middles)
    chance = np.select([plain, peat, polder, sand], [0.93, 0.9, 0.16, 0.42], 0.55)
    grass = rng.random(len(middles)) < chance
    lasting = grass & (rng.random(len(middles)) < 0.72)
    arable = rng.choice(["Mais, snij-", "Tarwe, winter-", "Aardappelen", "Bieten, suiker-", "Uien", "Gerst, zomer-"],
                        len(middles), p=[0.34, 0.22, 0.17, 0.14, 0.06, 0.07])  # fmt: skip
    crop = np.where(lasting, "Grasland, blijvend", np.where(grass, "Grasland, tijdelijk", arable))
    return _table(
        "gewaspercelen",
        division.fields,
        gewas=crop.tolist(),
        categorie=np.where(grass, "Grasland", "Bouwland").tolist(),
        blijvend=np.where(lasting, "ja", "nee").tolist(),
        jaar=np.full(len(middles), 2026),
        oppervlakte_ha=np.round(shapely.area(division.fields) / 1e4, 2),
    )


def _government(land: Landscape, town: Settlement) -> list[FeatureTable]:
    seats = town.places[:: max(len(town.places) // 13, 1)][:13]
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(seats), extend_to=land.border))
    bend = Bend(land.grid, np.zeros((land.grid.height, land.grid.width), dtype=bool))
    cells = shapely.transform(shapely.segmentize(cells, 90), lambda points: bend(bend(bend(points))))
    parts = shapely.intersection(shapely.make_valid(cells), land.border)
    owners = shapely.STRtree(shapely.points(town.places)).nearest(shapely.point_on_surface(parts))
    return [
        _table("provinciegebied", [land.border], naam=["Oefenland"], provinciecode=["PV25"]),
        _table("gemeenten", parts, naam=town.names[owners].tolist()),
    ]


def _nature(land: Landscape, woods: Geometries, heath: Geometries, division: Division) -> list[FeatureTable]:
    sites, names = themes.natura2000(land, woods)
    everything = shapely.union_all([*sites, *woods[:160], *heath, *land.stream_valleys])
    pieces = themes.clipped(division.blocks, everything.buffer(6), 9_000)
    units = themes.clipped(pieces, land.border, 9_000)
    habitats, kinds, loads = _habitats(land, sites)
    swamps = land.grid.above(np.where(land.peat > 0.62, land.grid.noise(SEED + 101, 700, 2.6), -9), 1.5, 8_000)
    ground = [*woods, *heath, *themes.clipped(swamps, land.border)]
    kind = ["bos"] * len(woods) + ["heide"] * len(heath) + ["moeras"] * (len(ground) - len(woods) - len(heath))
    rng = np.random.default_rng(SEED + 102)
    return [
        _table("natura2000", sites, naam=names, richtlijn=rng.choice(["HR", "VR+HR"], len(sites)).tolist()),
        _table(
            "natuurnetwerk", units, beheertype=rng.choice(["N15.02", "N12.02", "N07.01", "N10.02"], len(units)).tolist()
        ),
        _table("habitattypen", habitats, habitattype=kinds, kdw_mol_ha_jr=loads),
        _table("terreinen", ground, soort=kind),
    ]


def _habitats(land: Landscape, sites: Geometries) -> tuple[Geometries, list[str], list[int]]:
    found, kinds, loads = [], [], []
    area = shapely.union_all(sites).buffer(-25)
    there = land.grid.inside(area)
    types = (("H4030", 714), ("H9120", 1_429), ("H6510", 1_429), ("H91E0", 1_857))
    for number, (kind, load) in enumerate(types):
        shapes = land.grid.above(np.where(there, land.grid.noise(SEED + 103 + number, 520, 2.4), -9), 1.0, 9_000)
        parts = themes.clipped(shapes, area, 5_000)
        found.append(parts)
        kinds += [kind] * len(parts)
        loads += [load] * len(parts)
    return np.concatenate(found), kinds, loads


def _water(land: Landscape, town: Settlement, division: Division) -> list[FeatureTable]:
    sections = themes.dike_sections(land)
    numbers = [f"dijkvak {number}" for number in range(1, len(sections) + 1)]
    rng = np.random.default_rng(SEED + 110)
    works = rng.permutation(len(sections))[:14]
    works.sort()
    stretches = themes.clipped(division.blocks, shapely.intersection(land.floodplain, land.border), 5_000)
    flow = np.where(shapely.dwithin(stretches, land.river, 260), "stroomvoerend", "bergend")
    depths, classes = themes.flood_depths(land)
    deepest = themes.clipped(land.grid.above(-land.height, 4.75, 90_000), land.polder, 60_000)
    storage = themes.water_storage(land, town)
    surfaces = [shapely.intersection(land.river, land.border), *themes.clipped(land.lakes, land.border),
                shapely.intersection(land.canal.buffer(24), land.border)]  # fmt: skip
    kinds = ["rivier"] + ["plas"] * (len(surfaces) - 2) + ["kanaal"]
    names = {1: "tot 0,5 m", 2: "0,5 tot 2 m", 3: "2 tot 3,2 m", 4: "meer dan 3,2 m"}
    ponds = themes.ponding(land)
    ditches = _ditches(land, division)
    flowing = ["beek"] * len(land.streams) + ["wetering"] * len(ditches)
    return [
        _table("rivierbed", stretches, regime=flow.tolist()),
        _table("keringen", sections, naam=numbers, norm=rng.choice(["1:3000", "1:10000"], len(sections)).tolist()),
        _table("keringszones", sections_buffer(sections, 125), naam=numbers),
        _table("dijkversterking", sections_buffer(sections[works], 70), naam=[numbers[row] for row in works],
               planning=rng.integers(2028, 2049, len(works))),
        _table("waterberging", storage, naam=[f"zoekgebied {number}" for number in range(1, len(storage) + 1)]),
        _table("polders", [land.polder, *deepest], naam=["Grote Linderpolder"] * (1 + len(deepest)),
               deel=["polder"] + ["diepste deel"] * len(deepest)),
        _table("overstromingsdiepte", depths, klasse=classes, diepte=[names[number] for number in classes]),
        _table("wateroverlast", ponds, kans=["1:100"] * len(ponds)),
        _table("waterlopen", [*land.streams, *ditches], soort=flowing),
        _table("waterdelen", surfaces, soort=kinds),
    ]  # fmt: skip


def sections_buffer(sections: Geometries, width: float) -> Geometries:
    """Zones of `width` metres on both sides of dike sections, square at the ends so that neighbours meet."""
    return shapely.buffer(sections, width, cap_style="flat")


def _ditches(land: Landscape, division: Division) -> Geometries:
    """Water along the edges of the blocks, on clay and peat."""
    middles = shapely.get_coordinates(shapely.line_interpolate_point(division.edges, 0.5, normalized=True))
    wet = (land.grid.sample(land.ridge, *middles.T) < 0.08) & shapely.intersects_xy(land.border, middles)
    rural = shapely.length(division.edges) > 260
    chosen = division.edges[wet & rural]
    return shapely.intersection(chosen[np.arange(len(chosen)) % 5 != 0], land.border)


def _soil(land: Landscape) -> list[FeatureTable]:
    units, names, depths = themes.soils(land)
    sinking, classes = themes.subsidence(land)
    words = {1: "10 tot 20 cm", 2: "20 tot 40 cm", 3: "meer dan 40 cm"}
    valleys = themes.clipped(land.stream_valleys, land.border)
    wells = [(30_400, 19_600, 1_150, 900), (37_400, 18_000, 950, 800), (22_400, 26_600, 900, 760)]
    protected = [themes.blob(land.grid, x, y, (a, b), 300 + n) for n, (x, y, a, b) in enumerate(wells)]
    zones = [themes.blob(land.grid, x, y, (a * 2.1, b * 2.1), 300 + n) for n, (x, y, a, b) in enumerate(wells)]
    kinds = ["grondwaterbeschermingsgebied"] * len(wells) + ["boringsvrije zone"] * len(wells)
    return [
        _table("bodemkaart", units, grondsoort=names, ghg_cm=depths),
        _table("bodemdaling", sinking, klasse=classes, daling=[words[number] for number in classes]),
        _table("beekdalen", valleys, naam=[f"beekdal {number}" for number in range(1, len(valleys) + 1)]),
        _table("grondwaterbescherming", [*protected, *zones], soort=kinds),
    ]


def _work_and_home(land: Landscape, town: Settlement) -> list[FeatureTable]:
    near = shapely.STRtree(shapely.points(town.places)).nearest(shapely.centroid(town.built_up))
    rng = np.random.default_rng(SEED + 120)
    count = len(town.business_parks)
    views = [
        shapely.intersection(
            themes.blob(land.grid, x - land.grid.x0, y - land.grid.y0, (190, 140), 320 + number),
            shapely.union_all(town.built_up),
        )
        for number, (x, y) in enumerate(town.places[:12])
    ]
    return [
        _table("bebouwd", shapely.intersection(town.built_up, land.border), naam=town.names[near].tolist()),
        _table("bedrijventerreinen", town.business_parks,
               naam=[f"Bedrijvenpark {number}" for number in range(1, count + 1)],
               milieucategorie=rng.choice([3, 4, 5], count, p=[0.5, 0.3, 0.2]),
               belang=rng.choice(["gemeentelijk", "provinciaal"], count).tolist(),
               cluster=np.where(np.arange(count) < 3, "ja", "nee").tolist()),
        _table("dorpsgezichten", views, naam=town.names[:12].tolist()),
    ]  # fmt: skip


def _networks(land: Landscape, town: Settlement, division: Division) -> list[FeatureTable]:
    wet = shapely.union_all([land.river, *land.lakes])
    shapely.prepare(wet)
    local = shapely.intersection(division.edges, land.border)
    local = local[~shapely.intersects(wet, local) & (shapely.length(local) > 15)]
    local = local[~shapely.is_empty(local)]
    pieces = {"rijksweg": town.motorways, "provinciale weg": town.provincial_roads}
    cut = {kind: shapely.get_parts(_stretches(lines, 600)) for kind, lines in pieces.items()}
    roads = [*cut["rijksweg"], *cut["provinciale weg"], *local]
    classes = ["rijksweg"] * len(cut["rijksweg"]) + ["provinciale weg"] * len(cut["provinciale weg"])
    classes += ["gemeentelijke weg"] * len(local)
    rails = shapely.get_parts(_stretches(town.railways, 900))
    wires = shapely.get_parts(_stretches(town.power_lines, 4_000))
    return [
        _table("wegen", roads, klasse=classes),
        _table("spoorwegen", rails, soort=["hoofdspoor"] * len(rails)),
        _table("haltes", shapely.points(town.stations), naam=list(town.station_names)),
        _table("hoogspanning", wires, spanning_kv=np.full(len(wires), 380)),
        _table("stations_hs", town.substations, naam=["station A", "station B", "station C", "station D"],
               spanning_kv=[380, 380, 150, 110]),
    ]  # fmt: skip


def _stretches(lines: Geometries, length: float) -> Geometries:
    """Lines cut into stretches of about `length` metres."""
    made = []
    for line in shapely.get_parts(lines):
        marks = np.linspace(0, 1, max(int(shapely.length(line) / length), 1) + 1)
        made += [shapely.ops.substring(line, a, b, normalized=True) for a, b in pairwise(marks)]
    return np.array(made, dtype=object)


def _policy(land: Landscape, town: Settlement) -> list[FeatureTable]:
    grid = land.grid
    search = [(5_000, 13_300, 900, 420), (12_600, 15_700, 1_050, 500), (33_400, 11_400, 800, 520),
              (18_300, 8_100, 700, 500), (10_500, 22_200, 1_300, 700), (26_300, 6_100, 900, 620),
              (39_600, 12_100, 620, 420)]  # fmt: skip
    kinds = ["zon", "wind", "zon", "zon", "wind", "wind", "zon"]
    quiet = [(35_500, 22_800, 2_900, 1_700), (27_500, 24_600, 1_300, 900), (6_700, 20_900, 1_500, 1_000)]
    focus = themes.blob(grid, 25_600, 12_900, (9_300, 5_000), 341, 0.1)
    heritage = themes.blob(grid, 17_600, 20_900, (780, 3_900), 342, -0.14)
    route = [(-500, 11_700), (9_000, 12_100), (16_400, 11_200), (23_500, 9_100), (31_000, 8_300), (42_500, 9_400)]
    pipe = shapely.linestrings(np.array(route, dtype=float) + np.array(grid.bounds[:2]))
    parks = shapely.buffer(shapely.centroid(town.business_parks[:7]), 140)
    risks = [*shapely.buffer(_stretches(np.array([pipe], dtype=object), 3_000), 45, cap_style="flat"), *parks]
    sources = ["buisleiding"] * (len(risks) - len(parks)) + ["inrichting"] * len(parks)
    names = [f"zoekgebied {kind} {number}" for number, kind in enumerate(kinds, start=1)]
    sites = [themes.blob(grid, x, y, (a, b), 350 + n, 0.2 * n) for n, (x, y, a, b) in enumerate(search)]
    return [
        _table("res_zoekgebieden", sites, techniek=kinds, naam=names),
        _table("stiltegebieden", [themes.blob(grid, x, y, (a, b), 360 + n) for n, (x, y, a, b) in enumerate(quiet)],
               naam=["Holterberg", "Linderheide", "Veenplassen"]),
        _table("novexgebied", [shapely.intersection(focus, land.border)], naam=["Aaldeoevers"]),
        _table("erfgoed", [heritage, shapely.difference(heritage.buffer(450), heritage)], naam=["Oude Linie"] * 2,
               deel=["werelderfgoed", "bufferzone"]),
        _table("buisleidingen", shapely.intersection(np.array(risks, dtype=object), land.border), bron=sources),
    ]  # fmt: skip


def write_tables(tables: dict[str, FeatureTable], folder: Path) -> dict[str, Path]:
    """One GeoPackage for each table; gives their paths by short name."""
    folder.mkdir(parents=True, exist_ok=True)
    return {name: write_table(table, folder / f"{name}.gpkg") for name, table in sorted(tables.items())}


def write_table(table: FeatureTable, path: Path) -> Path:
    """A GeoPackage with one table, made anew."""
    kinds = {"O": "TEXT", "i": "INTEGER", "f": "REAL"}
    columns = tuple(Column(name, kinds[values.dtype.kind]) for name, values in table.columns.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    geopackage.create(path, [Layer(table.name, TYPES[int(shapely.get_type_id(table.geometry[0]))], columns)])
    geopackage.append(path, table.name, table)
    return path


def write_raster(values: NDArray[np.float64], province: Province, cell: float, path: Path) -> Path:
    """Values of the province's grid as a GeoTIFF (Float32, nodata -9999) with cells of `cell` metres."""
    from osgeo import gdal, osr

    gdal.UseExceptions()
    grid = province.land.grid.finer(int(province.land.grid.cell / cell))
    smooth = province.land.grid.sample(values, grid.x.ravel(), grid.y.ravel()).reshape(grid.height, grid.width)
    filled = np.where(grid.inside(province.land.border), np.round(smooth, 2), -9_999.0)[::-1]
    raster = gdal.GetDriverByName("GTiff").Create(
        str(path), grid.width, grid.height, 1, gdal.GDT_Float32, ["COMPRESS=DEFLATE", "PREDICTOR=3", "TILED=YES"]
    )
    raster.SetGeoTransform((grid.x0, cell, 0, grid.bounds[3], 0, -cell))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(28992)
    raster.SetProjection(reference.ExportToWkt())
    raster.GetRasterBand(1).SetNoDataValue(-9_999)
    raster.GetRasterBand(1).WriteArray(filled.astype(np.float32))
    raster.FlushCache()
    return path


def main() -> None:
    """Write the province to a folder and say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", type=float, default=1.0)
    arguments = parser.parse_args()
    province = make(arguments.scale)
    write_tables(province.tables, arguments.folder)
    write_raster(province.land.height, province, HEIGHT_CELL, arguments.folder / "hoogtemodel.tif")
    for name, table in sorted(province.tables.items()):
        print(f"{name:24}{len(table):8}{shapely.get_num_coordinates(table.geometry).mean():9.1f} punten per object")
    print(f"{'samen':24}{sum(map(len, province.tables.values())):8}")


if __name__ == "__main__":
    main()
