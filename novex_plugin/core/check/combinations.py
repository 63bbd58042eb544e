"""Functions on the same ground: every pair of drawn features that overlap, and what the matrix says of them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.check.combination_messages import told
from novex_plugin.core.check.drawing import Drawing
from novex_plugin.core.check.explanations import geometry_digest
from novex_plugin.core.features.geopackage import Column
from novex_plugin.core.features.overlay import Geometries, Indexed, Overlaps, Rows, dissolved, sizes
from novex_plugin.core.features.self_overlay import PAIRS_MAXIMUM, TooManyPairsError, self_overlaps
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.problems import Mask, absent
from novex_plugin.core.rules.combinations import DUBBEL, JUDGEMENTS, ONBEKEND, Matrix
from novex_plugin.core.rules.model import Tolerance
from novex_plugin.core.rules.question import SCALE, units_of

LAPSED = "vervalt"
DECLARED = ("beide", "eerste", "tweede", "geen")
"""Which of the two features names the other's unit in its field `meervoudig`."""

SPACE = uuid.UUID("0f2a1e46-6f2b-5b8e-8d59-31d4c6a4b7e2")

COLUMNS = (
    Column("id", required=True, unique=True, title="Combinatie"),
    Column("eerste_tabel", required=True, title="Tabel van het eerste object"),
    Column("eerste", required=True, title="Kenmerk van het eerste object"),
    Column("eerste_legenda", required=True, title="Legenda-eenheid van het eerste object"),
    Column("eerste_rol", title="Rol van het eerste object"),
    Column("tweede_tabel", title="Tabel van het tweede object"),
    Column("tweede", title="Kenmerk van het tweede object; leeg: alleen genoemd in meervoudig"),
    Column("tweede_legenda", required=True, title="Legenda-eenheid van het tweede object"),
    Column("tweede_rol", title="Rol van het tweede object"),
    Column("variant", required=True, title="Variant"),
    Column("oordeel", required=True, allowed=JUDGEMENTS, title="Oordeel"),
    Column("opgegeven", required=True, allowed=DECLARED, title="Wie de ander noemt in het veld meervoudig"),
    Column("gemeten", "REAL", required=True, title="Gemeten"),
    Column("eenheid", required=True, title="Eenheid"),
    Column("voorwaarde", title="Voorwaarde"),
    Column("reden", title="Reden van het oordeel"),
    Column("combinatie", title="Combinatie in de matrix"),
    Column("bron", title="Bron"),
    Column("melding", required=True, title="Melding"),
)


@dataclass(frozen=True)
class Combinations:
    """All pairs of a variant with their geometry (`pairs`, columns as in COLUMNS): those that are drawn over each
    other, then those that a feature only names in `meervoudig`. `lapsed` and `unsound` count the features that were
    left out; `missing` says why nothing could be judged."""

    matrix: Matrix
    variant: str
    pairs: FeatureTable
    lapsed: int
    unsound: int
    missing: str | None = None


@dataclass(frozen=True)
class _Pairs:
    """Rows of the drawing that share ground; `second` -1 where the feature only names the other `unit`."""

    first: Rows
    second: Rows
    unit: NDArray[np.object_]
    declared: NDArray[np.object_]
    geometry: Geometries


@dataclass(frozen=True)
class _Named:
    """The units that features name in `meervoudig`: a list for each distinct text, and which text a feature has."""

    units: Sequence[tuple[str, ...]]
    text: NDArray[np.int64]

    def names(self, rows: Rows, units: NDArray[np.object_]) -> Mask:
        """Whether each feature names the unit beside it."""
        distinct, place = np.unique(units.astype(str), return_inverse=True)
        says = np.array([[unit in named for unit in distinct.tolist()] for named in self.units], dtype=bool)
        found: Mask = says[self.text[rows], place] if len(rows) else np.zeros(0, dtype=bool)
        return found


def combinations(drawing: Drawing, matrix: Matrix) -> Combinations:
    """Judge all pairs of features of a drawing that share ground, in ha, m or number (EPSG:28992).

    Features with the role `vervalt`, those that cannot be measured and those without a legend unit are left out and
    counted. Overlaps within the tolerance of the matrix are borders that two makers drew apart. Two features of the
    same legend unit are `dubbel`.
    """
    lapsed = drawing.columns["rol"].astype(str) == LAPSED
    judged = drawing.sound & ~absent(drawing.columns["legenda"])
    rows = np.flatnonzero(judged & ~lapsed)
    shapes = Indexed(drawing.geometry[rows])
    units = drawing.columns["legenda"][rows]
    missing = None
    try:
        found = _counting(self_overlaps(shapes, PAIRS_MAXIMUM), shapes, units, matrix.tolerance)
    except TooManyPairsError:
        found = Overlaps(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, dtype=object))
        missing = (
            f"meer dan {PAIRS_MAXIMUM} paren objecten liggen over elkaar; alleen het veld meervoudig is beoordeeld"
        )
    named = _named(drawing.columns["meervoudig"][rows])
    drawn = _drawn(found, named, units)
    only_named = _only_named(drawn, shapes, named, units)
    both = _Pairs(*(np.concatenate(parts) for parts in zip(_parts(drawn), _parts(only_named), strict=True)))
    return Combinations(
        matrix=matrix,
        variant=drawing.variant,
        pairs=_judged(both, drawing, rows, matrix),
        lapsed=int(lapsed.sum()),
        unsound=int((~judged & ~lapsed).sum()),
        missing=missing,
    )


def _parts(pairs: _Pairs) -> tuple[NDArray[Any], ...]:
    return pairs.first, pairs.second, pairs.unit, pairs.declared, pairs.geometry


def _counting(found: Overlaps, shapes: Indexed, units: NDArray[np.object_], tolerance: Tolerance) -> Overlaps:
    """Pairs that share more than a sliver. Lines of one network that cross are no double drawing."""
    dimension = shapely.get_dimensions(found.geometry)
    whole = sizes(shapes.geometry)
    sides = [np.where(shapes.dimensions[row] == dimension, whole[row], np.inf) for row in (found.first, found.second)]
    least = np.array([0.0, tolerance.length_m, tolerance.area_m2])[np.clip(dimension, 0, 2)]
    counts = (sizes(found.geometry) > np.maximum(least, tolerance.share * np.minimum(*sides))) | (dimension == 0)
    lines = (shapes.dimensions[found.first] == 1) & (shapes.dimensions[found.second] == 1)
    counts &= ~(lines & (dimension == 0) & (units[found.first] == units[found.second]))
    return Overlaps(found.first[counts], found.second[counts], found.geometry[counts])


def _named(texts: NDArray[np.object_]) -> _Named:
    distinct, text = np.unique(np.where(absent(texts), "", texts).astype(str), return_inverse=True)
    units = [tuple(dict.fromkeys(code.strip() for code in each.split(",") if code.strip())) for each in distinct]
    return _Named(units, text.astype(np.int64))


def _drawn(found: Overlaps, named: _Named, units: NDArray[np.object_]) -> _Pairs:
    by_first = named.names(found.first, units[found.second])
    by_second = named.names(found.second, units[found.first])
    declared = np.full(len(found), DECLARED[3], dtype=object)
    declared[by_first], declared[by_second], declared[by_first & by_second] = DECLARED[1], DECLARED[2], DECLARED[0]
    return _Pairs(found.first, found.second, units[found.second], declared, found.geometry)


def _only_named(drawn: _Pairs, shapes: Indexed, named: _Named, units: NDArray[np.object_]) -> _Pairs:
    """Units that a feature names and that are not drawn over the whole of it: told with its own geometry."""
    counts = np.array([len(each) for each in named.units], dtype=np.int64)
    first = np.repeat(np.arange(len(shapes)), counts[named.text]) if len(shapes) else np.empty(0, dtype=np.int64)
    unit = np.array([code for text in named.text.tolist() for code in named.units[text]], dtype=object)
    order = np.lexsort((unit.astype(str), first))
    first, unit = first[order], unit[order]
    rest = ~_covered(first, unit, drawn, shapes, units)
    first, unit = first[rest], unit[rest]
    declared = np.full(len(first), DECLARED[1], dtype=object)
    return _Pairs(first, np.full(len(first), -1, dtype=np.int64), unit, declared, shapes.geometry[first])


def _covered(
    first: Rows, unit: NDArray[np.object_], drawn: _Pairs, shapes: Indexed, units: NDArray[np.object_]
) -> Mask:
    """Where drawn features of the named unit take all the ground of the one that names it, up to a square metre; lines
    and points on an area take what they can."""
    if not len(first) or not len(drawn.first):
        return np.zeros(len(first), dtype=bool)
    owner = np.concatenate([drawn.first, drawn.second])
    other = np.concatenate([drawn.unit, units[drawn.first]]).astype(str)
    distinct, place = np.unique(np.concatenate([unit.astype(str), other]), return_inverse=True)
    key, keys = first * len(distinct) + place[: len(first)], owner * len(distinct) + place[len(first) :]
    asked = np.isin(keys, key)
    taken, ground = dissolved(keys[asked], np.concatenate([drawn.geometry, drawn.geometry])[asked])
    at = np.minimum(np.searchsorted(taken, key), max(len(taken) - 1, 0))
    if not len(taken):
        return np.zeros(len(first), dtype=bool)
    thinner = shapely.get_dimensions(ground[at]) < shapes.dimensions[first]
    whole = sizes(ground[at]) >= sizes(shapes.geometry[first]) - 1.0
    covered: Mask = (taken[at] == key) & (thinner | whole)
    return covered


def _judged(pairs: _Pairs, drawing: Drawing, rows: Rows, matrix: Matrix) -> FeatureTable:
    first, drawn = rows[pairs.first], pairs.second >= 0
    second = np.where(drawn, rows[pairs.second], -1) if len(rows) else pairs.second
    own = drawing.columns["legenda"][first]
    entry = matrix.entry_rows(own, pairs.unit)
    judgement = np.array([*(each.judgement for each in matrix.entries), ONBEKEND], dtype=object)[entry]
    judgement[own.astype(str) == pairs.unit.astype(str)] = DUBBEL
    entry[judgement == DUBBEL] = -1
    measured = units_of(pairs.geometry)
    columns = {
        "eerste_tabel": drawing.tables[first],
        "eerste": drawing.ids[first],
        "eerste_legenda": own,
        "eerste_rol": drawing.columns["rol"][first],
        "tweede_tabel": _where(drawn, drawing.tables, second),
        "tweede": _where(drawn, drawing.ids, second),
        "tweede_legenda": pairs.unit,
        "tweede_rol": _where(drawn, drawing.columns["rol"], second),
        "variant": np.full(len(first), drawing.variant, dtype=object),
        "oordeel": judgement,
        "opgegeven": pairs.declared,
        "gemeten": sizes(pairs.geometry) * np.array([SCALE[unit] for unit in measured.tolist()], dtype=np.float64),
        "eenheid": measured,
        "voorwaarde": _of_entry([each.condition for each in matrix.entries], entry),
        "reden": _of_entry([each.reason for each in matrix.entries], entry),
        "combinatie": _of_entry([each.id for each in matrix.entries], entry),
        "bron": _of_entry([each.source for each in matrix.entries], entry),
    }
    columns["melding"] = told(columns, matrix.labels)
    geometry = shapely.normalize(pairs.geometry)
    columns["id"] = _ids(columns, geometry)
    return FeatureTable("combinatie", geometry, {column.name: columns[column.name] for column in COLUMNS})


def _where(drawn: Mask, values: NDArray[Any], rows: Rows) -> NDArray[np.object_]:
    """Values of the second feature, None where there is none."""
    result = np.full(len(rows), None, dtype=object)
    result[drawn] = values[rows[drawn]]
    return result


def _of_entry(values: Sequence[str | None], entry: Rows) -> NDArray[np.object_]:
    """What the entry of each pair says; None where the matrix has none."""
    known = np.empty(len(values) + 1, dtype=object)
    known[:] = [*values, None]
    result: NDArray[np.object_] = known[entry]
    return result


def _ids(columns: dict[str, NDArray[Any]], geometry: Geometries) -> NDArray[np.object_]:
    """The same id for the same pair on the same ground, in whatever order it was drawn."""
    names = ("eerste_tabel", "eerste", "tweede_tabel", "tweede", "tweede_legenda")
    about = zip(*(columns[name].tolist() for name in names), geometry_digest(geometry).tolist(), strict=True)
    result = np.empty(len(geometry), dtype=object)
    result[:] = [str(uuid.uuid5(SPACE, "\n".join(str(part or "") for part in each))) for each in about]
    return result
