"""What a migration leaves to a person, and the trace of what it changed, as tables of the proposal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.features.geopackage import Column, Layer
from novex_plugin.core.features.table import FeatureTable, attribute_table
from novex_plugin.core.proposal.mapping import texts_of
from novex_plugin.core.proposal.migrate_rows import Carried, Remark
from novex_plugin.core.proposal.migrate_source import CHANGES, TO_JUDGE
from novex_plugin.core.proposal.problems import absent
from novex_plugin.core.proposal.schema import FEATURE_TABLES, feature_columns

_ABOUT_FEATURES = ("bijdrage", "verklaring", "motivering")
_TRACE = ("tabel", "kenmerk", "veld", "oud", "nieuw", "van", "naar")


def to_judge_layer(agreement: Agreement) -> Layer:
    """The table of rows that were set apart: why, all old values as JSON, and the fields of a feature as they were.

    Those have the names of the feature tables, so that a row can be copied back once it is mended.
    """
    fields = (Column(column.name, column.type, title=column.title) for column in feature_columns(agreement, "vlak"))
    return Layer(
        TO_JUDGE,
        "GEOMETRY",
        (
            Column("tabel", title="Tabel waaruit de rij komt"),
            Column("rij", "INTEGER", title="Rij in die tabel"),
            Column("velden", title="Velden die niet konden worden overgezet"),
            Column("reden", title="Reden"),
            Column("remedie", title="Wat te doen"),
            Column("oude_waarden", title="Alle oude waarden (JSON)"),
            *fields,
        ),
        title="Nog te beoordelen",
        description="Rijen die niet naar de nieuwe afspraken konden worden overgezet.",
    )


def changes_layer() -> Layer:
    """The table of values that became another: one row for each."""
    return Layer(CHANGES, None, tuple(Column(name) for name in _TRACE), title="Gemigreerd")


def rows_to_judge(carried: Sequence[Carried], agreement: Agreement, before: FeatureTable | None) -> FeatureTable:
    """The rows that were set apart, after those that an earlier migration set apart."""
    parts = [_apart(each) for each in carried if each.blocked.any()]
    if before is not None:
        parts.insert(0, before)
    names = [column.name for column in to_judge_layer(agreement).columns]
    geometry = np.concatenate([part.geometry for part in parts] or [np.empty(0, dtype=object)])
    return FeatureTable(TO_JUDGE, geometry, {name: _joined(parts, name) for name in names})


def _joined(parts: Sequence[FeatureTable], name: str) -> NDArray[np.object_]:
    """One column of tables after each other, None where a table lacks it."""
    columns = [
        part.columns[name].astype(object) if name in part.columns else np.full(len(part), None, dtype=object)
        for part in parts
    ]
    return np.concatenate(columns or [np.empty(0, dtype=object)])


def _apart(carried: Carried) -> FeatureTable:
    rows = carried.rows.take(carried.blocked)
    by_row: dict[int, list[Remark]] = {}
    for remark in carried.remarks:
        by_row.setdefault(remark.row, []).append(remark)
    told = [by_row[int(fid)] for fid in rows.columns["fid"].tolist()]
    columns: dict[str, NDArray[Any]] = {
        "tabel": np.full(len(rows), rows.name, dtype=object),
        "rij": rows.columns["fid"],
        "velden": _texts(", ".join(each.field for each in remarks) for remarks in told),
        "reden": _texts("; ".join(each.problem for each in remarks) for remarks in told),
        "remedie": _texts(" ".join(dict.fromkeys(each.remedy for each in remarks)) for remarks in told),
        "oude_waarden": _texts(_as_json(rows)),
    }
    # Other tables have fields of these names with another meaning: theirs stand in the JSON alone.
    wanted = rows.columns if rows.name in FEATURE_TABLES.values() else {"id": rows.columns["id"]}
    return FeatureTable(TO_JUDGE, rows.geometry, {**wanted, **columns})


def _texts(values: Iterator[str]) -> NDArray[np.object_]:
    given = list(values)
    result = np.empty(len(given), dtype=object)
    result[:] = given
    return result


def _as_json(rows: FeatureTable) -> Iterator[str]:
    names = [name for name in rows.columns if name != "fid"]
    for values in zip(*(rows.columns[name].tolist() for name in names), strict=True):
        plain = {name: _plain(value) for name, value in zip(names, values, strict=True)}
        yield json.dumps(plain, ensure_ascii=False, sort_keys=True)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"hex": value.hex()}
    return None if isinstance(value, float) and not np.isfinite(value) else value


def changed_rows(carried: Sequence[Carried], names: tuple[str, str], before: FeatureTable | None) -> FeatureTable:
    """A row for each value that became another, from and to the agreements of these names; earlier ones first."""
    parts = [before] if before is not None else []
    for table, name, rows, old, new in _changed(carried):
        count = len(old)
        columns = {"tabel": table, "veld": name, "van": names[0], "naar": names[1]}
        filled: dict[str, NDArray[Any]] = {key: np.full(count, value, dtype=object) for key, value in columns.items()}
        parts.append(attribute_table(CHANGES, {**filled, "kenmerk": rows, "oud": old, "nieuw": new}))
    return attribute_table(CHANGES, {name: _joined(parts, name) for name in _TRACE})


def _changed(carried: Sequence[Carried]) -> Iterator[tuple[str, str, NDArray[Any], NDArray[Any], NDArray[Any]]]:
    """Table, field, ids, old and new values (as text) of all that is carried and became another."""
    for each in carried:
        for name in each.columns:
            rows = each.changed(name) & ~each.blocked
            if rows.any():
                old, new = (texts_of(values)[rows] for values in (each.rows.columns[name], each.columns[name]))
                yield each.rows.name, name, texts_of(each.rows.columns["id"])[rows], old, new


def transitions(carried: Sequence[Carried]) -> list[dict[str, Any]]:
    """How many values became which, for each table and field; converted numbers are counted together."""
    found: list[dict[str, Any]] = []
    for table, name, _, old, new in _changed(carried):
        if name == "waarde":
            found.append({"table": table, "field": name, "old": None, "new": None, "rows": len(old)})
            continue
        pairs, counts = np.unique(np.stack([old.astype(str), new.astype(str)], axis=1), axis=0, return_counts=True)
        for (one, other), count in zip(pairs.tolist(), counts.tolist(), strict=True):
            found.append({"table": table, "field": name, "old": one, "new": other, "rows": count})
    return found


def remarks_on(carried: Sequence[Carried], agreement: Agreement) -> list[Remark]:
    """What is carried and deserves a look: fields that a unit asks now, and what refers to another unit or row."""
    features = [each for each in carried if each.rows.name in FEATURE_TABLES.values()]
    apart, renamed = (
        np.concatenate([texts_of(each.rows.columns["id"])[chosen] for each, chosen in rows]).astype(str)
        for rows in (
            [(each, each.blocked) for each in features],
            [(each, each.changed("legenda") & ~each.blocked) for each in features],
        )
    )
    remarks = [remark for each in features for remark in _unfilled(each, agreement)]
    for each in carried:
        if each.rows.name not in _ABOUT_FEATURES:
            continue
        about = texts_of(each.rows.columns["kenmerk"]).astype(str)
        problem = f"het object {{}} staat in {TO_JUDGE}"
        remarks += each.told(np.isin(about, apart) & ~each.blocked, "kenmerk", problem, "Beoordeel eerst het object.")
        if each.rows.name == "motivering":
            problem = "het object {} heeft een andere legenda-eenheid gekregen"
            moved = np.isin(about, renamed) & ~each.blocked
            remarks += each.told(moved, "kenmerk", problem, "Lees na of de motivering nog past; zij bleef staan.")
    return remarks


def _unfilled(carried: Carried, agreement: Agreement) -> Iterator[Remark]:
    units = texts_of(carried.columns["legenda"])
    kind = next(kind for kind, table in FEATURE_TABLES.items() if table == carried.rows.name)
    for unit in agreement.drawn_as(kind):
        own = np.asarray(units == unit.code, dtype=bool) & ~carried.blocked
        for name in unit.required if own.any() else ():
            yield from carried.told(
                own & absent(carried.columns[name]),
                name,
                f"een waarde ontbreekt; {unit.code} vraagt die",
                "Vul het veld.",
            )
