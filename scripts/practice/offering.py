"""The practice basisset as its owners offer it: a map server, an Atom feed, downloads and a catalogue on loopback."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import shapely

from scripts.practice import themes
from scripts.practice.csw import serve_catalogue
from scripts.practice.datasets import OFFERS, offer
from scripts.practice.mapserver import MapServer, ServedLayer, serve_mapserver
from scripts.practice.province import HEIGHT_CELL, TYPES, Province, write_raster, write_tables
from scripts.practice.records import write_records

_SHAPES = {"POINT": "POINT", "MULTILINESTRING": "LINE", "MULTIPOLYGON": "POLYGON"}
_MOMENT = "2026-11-20T08:00:00Z"

_FEED = """\
<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl">
  <id>{address}</id>
  <title>{title}</title>
  <updated>{moment}</updated>
  <author><name>{owner}</name></author>
  <link rel="self" type="application/atom+xml" href="{address}"/>
  <entry>
    <id>{entry}</id>
    <title>{title}</title>
    <updated>{moment}</updated>
    <link rel="alternate" type="{kind}" href="{entry}"{length}/>
    <category term="http://www.opengis.net/def/crs/EPSG/0/28992" label="Amersfoort / RD New"/>
  </entry>
</feed>
"""


@dataclass(frozen=True)
class Basisset:
    """Where the practice basisset can be found."""

    catalogue: str
    map_server: MapServer


def write_files(province: Province, folder: Path) -> list[ServedLayer]:
    """Write what the servers serve; gives the layers for the map server."""
    data = folder / "data"
    paths = write_tables(province.tables, data)
    heights = write_raster(province.land.height, province, HEIGHT_CELL, data / "hoogtemodel.tif")
    noise = write_raster(themes.noise_levels(province.land, province.town), province, 50.0, data / "geluid.tif")
    layers = []
    for each in OFFERS:
        if each.way == "wfs":
            shape = TYPES[int(shapely.get_type_id(province.tables[each.slug].geometry[0]))]
            layers.append(ServedLayer(each.slug, paths[each.slug].resolve(), each.slug, _SHAPES[shape], each.title))
        elif each.way == "zip":
            with zipfile.ZipFile(folder / f"{each.slug}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
                archive.write(paths[each.slug], f"{each.slug}.gpkg")
    layers.append(ServedLayer("hoogtemodel", heights.resolve(), title=offer("hoogtemodel").title))
    layers.append(ServedLayer("geluid", noise.resolve(), title=offer("geluid").title))
    return layers


def write_feeds(folder: Path, server: MapServer) -> None:
    """An Atom service feed, its dataset feed and the file they lead to, for each dataset that is offered so."""
    for each in OFFERS:
        if each.way != "atom":
            continue
        place = folder / "atom" / each.slug
        place.mkdir(parents=True, exist_ok=True)
        size = (folder / "data" / f"{each.slug}.gpkg").stat().st_size
        shared = {"title": each.title, "owner": each.owner, "moment": _MOMENT}
        service, dataset = (server.file(f"atom/{each.slug}/{name}.xml") for name in ("index", each.slug))
        feeds = {
            "index": _FEED.format(address=service, entry=dataset, kind="application/atom+xml", length="", **shared),
            each.slug: _FEED.format(
                address=dataset,
                entry=server.file(f"data/{each.slug}.gpkg"),
                kind="application/geopackage+sqlite3",
                length=f' length="{size}"',
                **shared,
            ),
        }
        for name, text in feeds.items():
            (place / f"{name}.xml").write_text(text, encoding="utf-8")


@contextmanager
def serve_basisset(province: Province, folder: Path) -> Iterator[Basisset]:
    """Serve the whole practice basisset from `folder`; gives the addresses, ends all servers afterwards."""
    layers = write_files(province, folder)
    with serve_mapserver(folder, layers) as server:
        write_feeds(folder, server)
        records = write_records(folder / "records", server.ows, server.file("").rstrip("/"))
        with serve_catalogue(records, folder / "catalogue") as catalogue:
            yield Basisset(catalogue, server)
