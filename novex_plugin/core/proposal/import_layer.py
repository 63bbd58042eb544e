"""Take the features of an existing layer into a proposal: the good rows all at once, the others in a file with why."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import Column, insert_rows, transaction
from novex_plugin.core.features.table import RD_NEW, FeatureTable, attribute_table
from novex_plugin.core.files import written_beside
from novex_plugin.core.moment import as_stored
from novex_plugin.core.proposal.create import log_row, new_id
from novex_plugin.core.proposal.explain import refuse_read_only
from novex_plugin.core.proposal.geometry import fitted
from novex_plugin.core.proposal.mapping import FieldMapping, check_fields, read_mapping
from novex_plugin.core.proposal.problems import absent
from novex_plugin.core.proposal.read import Proposal, read_proposal
from novex_plugin.core.proposal.reasons import Reasons, rejected_rows, write_rejected
from novex_plugin.core.proposal.schema import FEATURE_TABLES, feature_columns

Columns = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Imported:
    """What an import did: features and contributions added, geometries mended, rows refused."""

    features: int
    contributions: int
    mended: int
    rejected: int


@dataclass(frozen=True)
class Judged:
    """What a mapping makes of the rows of a layer, all in their order: `columns` are those of the proposal but `id` and
    `gewijzigd` (texts, None where absent), `geometry` as a proposal has it, `types` `vlak`, `lijn`, `punt` or nothing,
    `amounts` values and years of each contribution, `reasons` why rows are refused, `mended` how many geometries were.
    """

    columns: Columns
    geometry: NDArray[np.object_]
    types: NDArray[np.object_]
    amounts: tuple[tuple[NDArray[np.float64], NDArray[np.object_]], ...]
    reasons: Reasons
    mended: int


def judge(source: FeatureTable, mapping: FieldMapping, proposal: Proposal) -> Judged:
    """Hold each row of a layer (EPSG:28992) against the agreement of a proposal; nothing is written.

    Raises InputError for a layer in another CRS, and a mapping that takes from a field that the layer does not have.
    """
    if source.epsg != RD_NEW:
        raise InputError("de laag staat niet in EPSG:28992.", "Zet de laag om.", table=source.name)
    check_fields(mapping, source)
    reasons = Reasons(len(source))
    geometry, types, mended = fitted(source.geometry, reasons)
    columns = _columns(source, mapping, proposal, types, reasons)
    amounts = tuple(
        _amounts(source, mapping, number, proposal.agreement, reasons) for number in range(len(mapping.contributions))
    )
    return Judged(columns, geometry, types, amounts, reasons, mended)


def import_layer(
    source: FeatureTable,
    mapping: Path,
    proposal: Path,
    rejected: Path,
    moment: datetime,
    ids: Callable[[], str] = new_id,
    agreement: Agreement | None = None,
) -> Imported:
    """Add the features of a layer (EPSG:28992) to a proposal, in one transaction on the file.

    Rows that do not fit the agreement go to `rejected` (GeoPackage) with the reason; it is written without rows too.
    Raises InputError, with the proposal as it was, for an unusable mapping or proposal, and when the proposal cannot
    be written to.
    """
    read = read_proposal(proposal, agreement)
    refuse_read_only(proposal)
    chosen = read_mapping(mapping, read.agreement)
    judged = judge(source, chosen, read)
    columns, geometry, types, good = judged.columns, judged.geometry, judged.types, judged.reasons.good
    columns["id"] = np.array([ids() if fine else None for fine in good.tolist()], dtype=object)
    written = as_stored(moment)
    columns["gewijzigd"] = np.full(len(source), written, dtype=object)
    parts = [
        FeatureTable(table, geometry, columns).take(good & (types == geometry_type))
        for geometry_type, table in FEATURE_TABLES.items()
    ]
    contributed = _contributed(chosen, columns["id"], judged.amounts, good, ids)
    done = Imported(int(good.sum()), len(contributed), judged.mended, int((~good).sum()))
    log = log_row("laag toegevoegd", _told(source, chosen, done), {source.name: _digest(source)}, written, ids)
    with written_beside(rejected) as unfinished:
        write_rejected(unfinished, rejected_rows(source, judged.reasons))
        with transaction(proposal) as connection:
            for rows in (*parts, contributed, log):
                if len(rows):
                    insert_rows(connection, proposal, rows.name, rows)
    return done


def _columns(
    source: FeatureTable, mapping: FieldMapping, proposal: Proposal, types: NDArray[Any], reasons: Reasons
) -> Columns:
    """All columns but `id` and `gewijzigd`, with a reason for every value that the agreement does not allow."""
    agreement = proposal.agreement
    units = [unit.code for unit in agreement.legend]
    wanted = [column for column in feature_columns(agreement, "vlak") if column.name not in {"id", "gewijzigd"}]
    columns: Columns = {}
    for column in wanted:
        allowed = tuple(units) if column.name == "legenda" else column.allowed
        given = mapping.fields.get(column.name)
        values = given.column(source) if given else _default(column, proposal, len(source), source.name)
        if column.name == "variant":
            allowed = proposal.variants
        if allowed:
            wrong = ~np.isin(values.astype(str), allowed) & ~absent(values)
            reasons.add(wrong, f"{column.name} {{}} staat niet in de codelijst", values)
        columns[column.name] = values
    programmes = {unit.code: unit.programme for unit in agreement.legend}
    own = np.array([programmes.get(code) for code in columns["legenda"].tolist()], dtype=object)
    columns["programma"] = np.where(absent(columns["programma"]), own, columns["programma"])
    _check_units(columns, agreement, types, reasons)
    for column in wanted:
        if column.required:
            reasons.add(absent(columns[column.name]), f"{column.name} ontbreekt")
        if column.type == "INTEGER":
            columns[column.name] = _whole_numbers(columns[column.name], column.name, reasons)
    return columns


def _default(column: Column, proposal: Proposal, count: int, name: str) -> NDArray[np.object_]:
    """What stands in a field that the mapping does not name: the agreed default, or what the proposal tells."""
    sole = proposal.variants[0] if len(proposal.variants) == 1 else None
    told = {"variant": sole, "provincie": proposal.province, "bron": name}
    value = told.get(column.name, column.default)
    return np.full(count, None if value is None else str(value), dtype=object)


def _check_units(columns: Columns, agreement: Agreement, types: NDArray[Any], reasons: Reasons) -> None:
    """Geometry type and required fields of each legend unit; other units on the same ground."""
    everywhere = {column.name for column in feature_columns(agreement, "vlak") if column.required}
    for unit in agreement.legend:
        own = columns["legenda"] == unit.code
        if not own.any():
            continue
        strange = own & ~np.isin(types.astype(str), unit.geometry) & (types != "")
        reasons.add(strange, f"{unit.code} kan geen {{}} zijn, wel {', '.join(unit.geometry)}", types)
        for name in unit.required:
            if name not in everywhere:
                reasons.add(own & absent(columns[name]), f"{name} ontbreekt; {unit.code} vraagt dat")
    others = columns["meervoudig"]
    strange = [
        text
        for text in np.unique(others.astype(str)).tolist()
        if not {code.strip() for code in text.split(",")} <= set(agreement.units)
    ]
    reasons.add(
        ~absent(others) & np.isin(others.astype(str), strange),
        "meervoudig {} bevat een onbekende legenda-eenheid",
        others,
    )


def _numbers(texts: NDArray[np.object_], name: str, reasons: Reasons) -> NDArray[np.float64]:
    """Texts as numbers, nan where absent; a decimal comma is understood, anything else gets a reason."""
    different, place = np.unique(texts.astype(str), return_inverse=True)
    numbers = np.array([_number(text) for text in different.tolist()], dtype=np.float64)
    values = numbers[place] if len(different) else np.zeros(0)
    values[absent(texts)] = np.nan
    reasons.add(~absent(texts) & ~np.isfinite(values), f"{name} {{}} is geen getal", texts)
    return values


def _number(text: str) -> float:
    try:
        return float(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except ValueError:
        return np.nan


def _whole_numbers(texts: NDArray[np.object_], name: str, reasons: Reasons) -> NDArray[np.object_]:
    values = _numbers(texts, name, reasons)
    whole = np.isfinite(values) & (values == np.floor(values)) & (np.abs(values) < 1e9)
    reasons.add(np.isfinite(values) & ~whole, f"{name} {{}} is geen heel getal", texts)
    result = np.full(len(values), None, dtype=object)
    result[whole] = values[whole].astype(np.int64)
    return result


def _amounts(
    source: FeatureTable, mapping: FieldMapping, number: int, agreement: Agreement, reasons: Reasons
) -> tuple[NDArray[np.float64], NDArray[np.object_]]:
    """Values and years of one contribution, with a reason where they cannot be."""
    contribution = mapping.contributions[number]
    indicator = agreement.indicator[contribution.indicator]
    texts = contribution.value.column(source)
    values = _numbers(texts, indicator.id, reasons)
    if indicator.minimum is not None:
        reasons.add(values < indicator.minimum, f"{indicator.id} {{}} is minder dan {indicator.minimum:g}", texts)
    if indicator.maximum is not None:
        reasons.add(values > indicator.maximum, f"{indicator.id} {{}} is meer dan {indicator.maximum:g}", texts)
    return values, _whole_numbers(contribution.year.column(source), f"jaar van {indicator.id}", reasons)


def _contributed(
    mapping: FieldMapping,
    owners: NDArray[np.object_],
    amounts: tuple[tuple[NDArray[np.float64], NDArray[np.object_]], ...],
    good: NDArray[np.bool_],
    ids: Callable[[], str],
) -> FeatureTable:
    """The rows for the table `bijdrage`: one for each good feature and each contribution that has a value."""
    gathered: dict[str, list[Any]] = {
        name: [] for name in ("kenmerk", "indicator", "waarde", "eenheid", "jaar", "status")
    }
    for contribution, (values, years) in zip(mapping.contributions, amounts, strict=True):
        filled = good & ~np.isnan(values)
        count = int(filled.sum())
        gathered["kenmerk"] += owners[filled].tolist()
        gathered["indicator"] += [contribution.indicator] * count
        gathered["waarde"] += values[filled].tolist()
        gathered["eenheid"] += [contribution.unit] * count
        gathered["jaar"] += years[filled].tolist()
        gathered["status"] += [contribution.status] * count
    gathered["id"] = [ids() for _ in gathered["kenmerk"]]
    columns = {name: np.array(values, dtype=object) for name, values in gathered.items()}
    return attribute_table("bijdrage", columns)


def _told(source: FeatureTable, mapping: FieldMapping, done: Imported) -> dict[str, Any]:
    return {
        "afbeelding": mapping.path.name,
        "afbeelding_digest": mapping.digest,
        "laag": source.name,
        "objecten": done.features,
        "bijdragen": done.contributions,
        "hersteld": done.mended,
        "afgekeurd": done.rejected,
    }


def _digest(source: FeatureTable) -> str:
    """Digest of a layer as it was handed in: names, values and geometry, row by row."""
    digest = hashlib.sha256(ascii([(name, values.tolist()) for name, values in source.columns.items()]).encode())
    for wkb in shapely.to_wkb(source.geometry, byte_order=1).tolist():
        digest.update(ascii(wkb).encode())
    return f"sha256:{digest.hexdigest()}"
