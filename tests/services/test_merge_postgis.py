"""The national totals are those of a query in PostGIS that knows nothing of how they are made here."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from novex_plugin.core.features.geopackage import read_layer
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.merge.merge import Places, Request, merge
from novex_plugin.core.progress import Silent
from scripts.practice.postgis import PostGis, installed, serve_postgis
from tests.unit.making_balances import goal, goals
from tests.unit.making_merges import twelve

pytestmark = pytest.mark.skipif(not installed(), reason="PostgreSQL with PostGIS is not installed")

RELATIVE = 1e-9
STATUS = "array_position(ARRAY['idee','verkenning','voorgesteld','afgesproken','vastgesteld'], {0}.status)"

CLAIMS = f"""
    CREATE TABLE claim AS
    SELECT v.levering, v.id, b.id AS contribution, b.indicator, b.jaar, b.waarde, v.geom,
           row_number() OVER (ORDER BY {STATUS.format("b")} DESC, v.id, b.id) AS rank
    FROM vlak v JOIN bijdrage b ON b.levering = v.levering AND b.kenmerk = v.id
"""
"""Every contribution of an area, in the order in which claims on the same ground are honoured: all areas have one
precision here."""

AREAS = """
    SELECT c.indicator, sum(c.waarde * (1 - coalesce(ST_Area(t.ground), 0) / ST_Area(c.geom)))
    FROM claim c LEFT JOIN LATERAL (
        SELECT ST_Union(ST_Intersection(c.geom, k.geom)) AS ground FROM claim k
        WHERE k.rank < c.rank AND k.indicator = c.indicator AND k.jaar = c.jaar AND k.id <> c.id
          AND ST_Intersects(k.geom, c.geom) AND ST_Area(ST_Intersection(c.geom, k.geom)) > 1
    ) t ON true GROUP BY c.indicator
"""
"""What each contribution adds once the ground that earlier claims take is off it."""

OTHERS = """
    SELECT b.indicator, sum(b.waarde) FROM bijdrage b JOIN overig o ON o.levering = b.levering AND o.id = b.kenmerk
    GROUP BY b.indicator
"""

OVERLAPS = """
    SELECT count(*), sum(ST_Area(ST_Intersection(a.geom, b.geom))) / 1e4 FROM vlak a JOIN vlak b
    ON a.levering < b.levering AND ST_Intersects(a.geom, b.geom) AND ST_Area(ST_Intersection(a.geom, b.geom)) > 1
"""


def load(server: PostGis, name: str, rows: FeatureTable, *columns: str) -> None:
    values = [rows.columns[column].tolist() for column in columns]
    shapes = shapely.to_wkb(rows.geometry, hex=True).tolist()
    kinds = {"waarde": "float8", "jaar": "int"}
    written = ", ".join(f"{column} {kinds.get(column, 'text')}" for column in columns)
    server.load(name, f"{written}, geom geometry", list(zip(*values, shapes, strict=True)))


def test_national_totals_and_overlaps_are_those_of_postgis(tmp_path: Path) -> None:
    deliveries = [province.delivery(tmp_path) for province in twelve(200, seed=7)[:6]]
    places = Places(*(tmp_path / "uit" / name for name in ("nl.gpkg", "b.json", "i.csv", "nl.json")))
    content = merge(Request(deliveries, targets=goals(tmp_path, goal("g"))), places, Silent())
    here = {each["indicator"]: each["drawn"] for each in content["totals"] if each["year"] is None and each["drawn"]}

    with serve_postgis("landelijk") as server:
        for name, table in {"vlak": "voorstel_vlak", "lijn": "voorstel_lijn", "punt": "voorstel_punt"}.items():
            load(server, name, read_layer(places.geopackage, table), "levering", "id")
        server.ask("CREATE TABLE overig AS SELECT levering, id FROM lijn UNION ALL SELECT levering, id FROM punt")
        given = ("levering", "id", "kenmerk", "indicator", "waarde", "jaar", "status")
        load(server, "bijdrage", read_layer(places.geopackage, "bijdrage"), *given)
        server.ask(f"CREATE INDEX ON vlak USING gist (geom); {CLAIMS}; CREATE INDEX ON claim USING gist (geom)")
        there = {name: float(value) for name, value in (*server.ask(AREAS), *server.ask(OTHERS))}
        ((number, hectares),) = server.ask(OVERLAPS)

    assert set(here) == {"woningen", "oppervlakte_natuur", "lengte_fietsroute", "knooppunten"}
    assert content["double_claims"], "the data must put the question"
    assert here == pytest.approx(there, rel=RELATIVE)
    assert len(content["overlaps"]) == int(number) > 5
    # Each overlap is told to the square metre.
    assert sum(each["oppervlakte_ha"] for each in content["overlaps"]) == pytest.approx(float(hectares), abs=0.01)
