"""The totals of several deliveries as PostGIS has them: one SQL query that shares nothing with the plugin."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from novex_plugin.core.features.geopackage import read_layer
from scripts.practice.postgis import serve_postgis

STATUSES = ("idee", "verkenning", "voorgesteld", "afgesproken", "vastgesteld")
PRECISIONS = ("zoekgebied", "indicatief", "concreet")
TABLES = ("voorstel_vlak", "voorstel_lijn", "voorstel_punt")

_RANKED = """
CREATE TABLE ranked AS
  SELECT c.id, c.indicator, c.year, c.value, f.id AS feature, f.geom, ST_Area(f.geom) AS area,
         row_number() OVER (ORDER BY f.status DESC, f.precision DESC, f.id COLLATE "C", c.id COLLATE "C") AS rank
  FROM contribution c JOIN feature f ON f.id = c.feature WHERE f.role <> 'vervalt' AND c.value > 0;
CREATE INDEX ON ranked USING gist (geom);
ANALYZE ranked
"""
_PAIRS = """
SET enable_hashjoin = off;
SET enable_mergejoin = off;
CREATE TABLE pair AS
  SELECT low.rank, low.area, high.area AS other, low.geom AS low, high.geom AS high
  FROM ranked low JOIN ranked high
    ON ST_Intersects(high.geom, low.geom) AND high.rank < low.rank AND high.feature <> low.feature
   AND high.indicator = low.indicator AND high.year IS NOT DISTINCT FROM low.year
"""
"""By the spatial index: the planner would rather compare all that share an indicator."""

_QUERY = """
WITH shared AS (
  SELECT rank, area, other, ST_Intersection(high, low) AS ground FROM pair WHERE area > 0 AND other > 0
), taken AS (
  SELECT rank, ST_Area(ST_Union(ground)) / max(area) AS share FROM shared
  WHERE ST_Area(ground) > 1 AND ST_Area(ground) > 1e-6 * least(area, other) GROUP BY rank
), alike AS (
  SELECT DISTINCT rank, 1.0 AS share FROM pair
  WHERE area = 0 AND ST_AsBinary(ST_Normalize(high)) = ST_AsBinary(ST_Normalize(low))
), counted AS (
  SELECT r.indicator, r.year, r.value::numeric * (1 - least(coalesce(t.share, a.share, 0), 1))::numeric AS value
  FROM ranked r LEFT JOIN taken t USING (rank) LEFT JOIN alike a USING (rank)
)
SELECT indicator, last, sum(value) FROM counted, unnest(ARRAY[2030, 2050, NULL]::int[]) AS last
WHERE last IS NULL OR year IS NULL OR year <= last GROUP BY indicator, last
"""
"""Contributions of one feature each; on shared ground the higher status, precision, or lower id goes before."""


def totals(proposals: Sequence[Path]) -> dict[tuple[str, int | None], float]:
    """What the country draws of each indicator, up to a year (None: all years)."""
    with serve_postgis() as server:
        features = "id text, status int, precision int, role text, geom geometry"
        server.load("feature", features, [row for path in proposals for row in _features(path)])
        amounts = "id text, feature text, indicator text, value float8, year int"
        server.load("contribution", amounts, [row for path in proposals for row in _amounts(path)])
        server.ask(_RANKED)
        server.ask(_PAIRS)
        rows = server.ask(_QUERY)
    return {(indicator, int(last) if last else None): float(value) for indicator, last, value in rows}


def _features(path: Path) -> Iterator[tuple[object, ...]]:
    for table in TABLES:
        rows = read_layer(path, table)
        columns = (rows.columns[name].tolist() for name in ("id", "status", "precisie", "rol"))
        for name, status, precision, role, shape in zip(*columns, rows.geometry.tolist(), strict=True):
            yield name, STATUSES.index(status), PRECISIONS.index(precision), role, shape.wkb_hex


def _amounts(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as opened:
        return opened.execute("SELECT id, kenmerk, indicator, waarde, jaar FROM bijdrage").fetchall()
