"""What a delivery adds, changes and removes beside an earlier one, by the ids of its features."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.delivery.changes_read import ATTRIBUTE_TABLES, Delivered, read_delivered
from novex_plugin.core.delivery.changes_rows import Beside, Moved, beside, lengths, moved, plain
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.table import FeatureTable, attribute_table
from novex_plugin.core.files import check_schema
from novex_plugin.core.progress import Progress, stop_if_cancelled

FORMAT = "novex-changes"
VERSION = "1.0"
_LEFT = ("gewijzigd",)
"""When a feature was last touched is no change of it."""

_LARGEST = 1e300
"""JSON from outside may hold whole numbers that no float can."""

_NOTHING = attribute_table("", {"id": np.empty(0, dtype=object)})


@dataclass(frozen=True)
class Changes:
    """The outcome: how many features were added, changed and removed, the content of the JSON file, and the features.

    `changed` numbers the pairs of `laid` that changed.
    """

    content: dict[str, Any]
    laid: Beside
    moved: Moved
    changed: NDArray[np.intp]

    @property
    def counts(self) -> Mapping[str, int]:
        """Numbers of features: added, changed, removed, unchanged."""
        counts: Mapping[str, int] = self.content["counts"]
        return counts


def changes(delivery: Path, previous: Path, progress: Progress) -> Changes:
    """Lay a delivery beside an earlier one of the same province.

    Raises InputError for a file that is no whole, safe delivery, for deliveries of two provinces, and Cancelled.
    """
    with tempfile.TemporaryDirectory(prefix="novex-wijzigingen-") as folder:
        new = read_delivered(delivery, Path(folder) / "nieuw", progress)
        progress.fraction(0.3)
        old = read_delivered(previous, Path(folder) / "oud", progress)
        progress.fraction(0.6)
    provinces = [each.manifest["proposal"]["province"] for each in (old, new)]
    if provinces[0] != provinces[1]:
        problem = f"is van provincie {provinces[0]}, de andere levering van {provinces[1]}."
        raise InputError(problem, "Geef twee leveringen van dezelfde provincie.", previous)
    stop_if_cancelled(progress)
    laid = beside(old.features, new.features, _LEFT)
    shifted = moved(laid)
    tables = {name: _tables(name, old, new) for name in ATTRIBUTE_TABLES}
    contributed = _contributed(tables["bijdrage"])
    ids = laid.new.columns["id"][laid.new_rows].astype(str)
    different = shifted.rows | np.isin(ids, sorted(contributed))
    different[list(laid.fields)] = True
    changed = np.flatnonzero(different)
    stop_if_cancelled(progress)
    content = {
        "format": FORMAT,
        "version": VERSION,
        "delivery": _head(new),
        "previous": _head(old),
        "counts": {
            "added": len(laid.added),
            "changed": len(changed),
            "removed": len(laid.removed),
            "unchanged": len(ids) - len(changed),
        },
        "features": list(_features(laid, shifted, changed, contributed)),
        "rows": [row for name, each in tables.items() for row in _rows(name, each)],
        "units": _units(laid, changed),
        "totals": list(_totals(old.totals, new.totals)),
        "rules": list(_rules(old.rules, new.rules)),
        "versions": list(_versions(old.manifest, new.manifest)),
        "notes": list(_notes(old, new)),
    }
    check_schema(content, "changes")
    return Changes(content, laid, shifted, changed)


def _head(delivered: Delivered) -> dict[str, Any]:
    says = delivered.manifest
    proposal = {name: says["proposal"][key] for name, key in _PROPOSAL.items()}
    return {"file": delivered.file.name, "moment": says["moment"], "draft": says["draft"], **proposal}


_PROPOSAL = {"proposal": "id", "province": "province", "variant": "variant"}


def _tables(name: str, old: Delivered, new: Delivered) -> Beside:
    return beside(old.tables.get(name, _NOTHING), new.tables.get(name, _NOTHING))


def _contributed(laid: Beside) -> set[str]:
    """The ids of features whose contributions are other ones, before or now."""
    pairs = sorted(laid.fields)
    parts = [
        _about(laid.new, laid.added),
        _about(laid.old, laid.removed),
        _about(laid.old, laid.old_rows[pairs]),
        _about(laid.new, laid.new_rows[pairs]),
    ]
    return {str(each) for part in parts for each in part if each is not None}


def _about(rows: FeatureTable, chosen: NDArray[np.intp]) -> list[Any]:
    named = rows.columns.get("kenmerk")
    return [None] * len(chosen) if named is None else named[chosen].tolist()


def _features(laid: Beside, shifted: Moved, changed: NDArray[np.intp], about: set[str]) -> Iterator[dict[str, Any]]:
    for change, rows, chosen in (("added", laid.new, laid.added), ("removed", laid.old, laid.removed)):
        for row in chosen.tolist():
            yield {**_named(rows, row, change), "fields": [], "geometry": None, "contributions": False}
    for pair in changed.tolist():
        told = _named(laid.new, int(laid.new_rows[pair]), "changed")
        fields = [asdict(each) for each in laid.fields.get(pair, [])]
        yield {**told, "fields": fields, "geometry": _geometry(shifted, pair), "contributions": told["id"] in about}


def _named(rows: FeatureTable, row: int, change: str) -> dict[str, Any]:
    texts = {key: _text(rows, name, row) for key, name in {"unit": "legenda", "name": "naam"}.items()}
    return {"id": str(rows.columns["id"][row]), "change": change, "table": str(rows.columns["tabel"][row]), **texts}


def _text(rows: FeatureTable, name: str, row: int) -> str | None:
    value = plain(rows.columns[name][row]) if name in rows.columns else None
    return None if value is None else str(value)


def _geometry(shifted: Moved, pair: int) -> dict[str, float | None] | None:
    if not shifted.rows[pair]:
        return None
    return {
        "moved_m": _number(shifted.distance_m[pair], 3),
        "area_ha": _number(shifted.area_ha[pair], 4),
        "differing_ha": _number(shifted.differing_ha[pair], 4),
        "length_km": _number(shifted.length_km[pair], 4),
    }


def _number(value: float, digits: int) -> float | None:
    return round(float(value), digits) + 0.0 if np.isfinite(value) else None


def _rows(name: str, laid: Beside) -> Iterator[dict[str, Any]]:
    for change, rows, chosen in (("added", laid.new, laid.added), ("removed", laid.old, laid.removed)):
        for row, about in zip(chosen.tolist(), _about(rows, chosen), strict=True):
            yield _row(name, rows, row, about, change, [])
    pairs = sorted(laid.fields)
    chosen = laid.new_rows[pairs]
    for pair, row, about in zip(pairs, chosen.tolist(), _about(laid.new, chosen), strict=True):
        yield _row(name, laid.new, row, about, "changed", [asdict(each) for each in laid.fields[pair]])


def _row(name: str, rows: FeatureTable, row: int, about: Any, change: str, fields: list[Any]) -> dict[str, Any]:
    feature = None if about is None else str(about)
    return {"table": name, "id": str(rows.columns["id"][row]), "feature": feature, "change": change, "fields": fields}


def _units(laid: Beside, changed: NDArray[np.intp]) -> list[dict[str, Any]]:
    """For each legend unit of which anything differs the numbers, and hectares and kilometres before and now."""
    old, new = (_unit_of(rows) for rows in (laid.old, laid.new))
    touched = [new[laid.added], old[laid.removed], new[laid.new_rows[changed]], old[laid.old_rows[changed]]]
    found = []
    for unit in np.unique(np.concatenate(touched)).tolist():
        sizes = [_sizes(rows, units == unit) for rows, units in ((laid.old, old), (laid.new, new))]
        pairs = {
            name: {"old": sizes[0][place], "new": sizes[1][place]}
            for place, name in enumerate(("number", "area_ha", "length_km"))
        }
        counts = {
            name: int((chosen == unit).sum())
            for name, chosen in zip(("added", "removed", "changed"), touched, strict=False)
        }
        found.append({"unit": unit, **counts, **pairs})
    return found


def _unit_of(rows: FeatureTable) -> NDArray[Any]:
    given = rows.columns.get("legenda", np.full(len(rows), None, dtype=object))
    return np.array(["" if each is None else str(each) for each in given.tolist()], dtype=str)


def _sizes(rows: FeatureTable, own: NDArray[np.bool_]) -> tuple[int, float, float]:
    geometry = rows.geometry[own]
    area = np.nansum(shapely.area(geometry)) / 10_000
    return int(own.sum()), round(float(area), 4), round(float(np.nansum(lengths(geometry))) / 1_000, 4)


def _totals(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    before, after = ({_key(each): each for each in entries} for entries in (old, new))
    for key in sorted({*before, *after}):
        one, other = before.get(key, {}), after.get(key, {})
        values = [_quantity(each.get("drawn")) for each in (one, other)]
        units = {each["unit"] for each in (one, other) if each}
        if len(units) == 1 and _alike(*values) and bool(one) == bool(other):
            continue
        shown = other or one
        comparable = len(units) == 1 and None not in values
        yield {
            "indicator": shown["indicator"],
            "place": shown["place"],
            "place_code": shown["place_code"],
            "year": _whole(shown.get("year")),
            "unit": shown["unit"],
            "old": values[0],
            "new": values[1],
            "difference": round(float(values[1] or 0) - float(values[0] or 0), 9) if comparable else None,
        }


def _key(entry: Mapping[str, Any]) -> tuple[str, str, str, int]:
    year = _whole(entry.get("year"))
    return entry["indicator"], entry["place_code"], str(entry.get("place_kind")), -1 if year is None else year


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _quantity(value: Any) -> float | None:
    usable = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _LARGEST
    return value if usable else None


def _alike(old: float | None, new: float | None) -> bool:
    if old is None or new is None:
        return old is new
    return bool(np.isclose(old, new, rtol=1e-9, atol=1e-9))


def _rules(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    before, after = ({each["rule"]: _outcome(each) for each in entries} for entries in (old, new))
    for rule in sorted({*before, *after}):
        if before.get(rule) != after.get(rule):
            yield {"rule": rule, "old": before.get(rule), "new": after.get(rule)}


def _outcome(entry: Mapping[str, Any]) -> dict[str, Any]:
    version = entry.get("version")
    return {
        "outcome": entry["outcome"],
        "findings": _whole(entry.get("findings")),
        "version": version if isinstance(version, str) else None,
    }


def _versions(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    before, after = (dict(_named_versions(each)) for each in (old, new))
    for what in sorted({*before, *after}):
        if before.get(what) != after.get(what):
            yield {"what": what, "old": before.get(what), "new": after.get(what)}


def _named_versions(manifest: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    agreement = manifest["agreement"]
    yield "afspraken", f"{agreement['id']} {agreement['version']} ({agreement['digest'][:19]})"
    for kind, name in (("catalogues", "regels"), ("targets", "doelen")):
        for each in manifest[kind]:
            yield f"{name} {each['id']}", f"{each['version']} ({each['digest'][:19]})"
    yield "plugin", manifest["plugin"]["version"]
    if manifest["snapshot"] is not None:
        yield "momentopname", f"{manifest['snapshot']['moment']} ({manifest['snapshot']['digest'][:19]})"
    if manifest["proposal"]["ijkmoment"] is not None:
        yield "ijkmoment", manifest["proposal"]["ijkmoment"]


def _notes(old: Delivered, new: Delivered) -> Iterator[str]:
    one, other = old.manifest, new.manifest
    if one["proposal"]["id"] != other["proposal"]["id"]:
        yield "De leveringen komen uit twee verschillende voorstellen."
    if one["proposal"]["variant"] != other["proposal"]["variant"]:
        yield f"De variant was {one['proposal']['variant']} en is nu {other['proposal']['variant']}."
    if one["moment"] > other["moment"]:
        yield f"De vorige levering ({one['moment']}) is nieuwer dan deze ({other['moment']})."
    if one["agreement"]["digest"] != other["agreement"]["digest"]:
        yield "De afspraken verschillen: een andere code kan dezelfde bestemming zijn."
