"""Carry a proposal from one agreement to another; what needs a person is set apart, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from novex_plugin.core.agreement import Agreement, agreement_names, agreement_path, read_agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import Layer, append, create
from novex_plugin.core.features.table import FeatureTable, attribute_table
from novex_plugin.core.files import check_schema, json_bytes, written_beside
from novex_plugin.core.moment import as_stored, as_written
from novex_plugin.core.progress import Progress, Silent, stop_if_cancelled
from novex_plugin.core.proposal.create import log_row, new_id
from novex_plugin.core.proposal.migrate_apart import (
    changed_rows,
    changes_layer,
    remarks_on,
    rows_to_judge,
    to_judge_layer,
    transitions,
)
from novex_plugin.core.proposal.migrate_rows import (
    CODED,
    Carried,
    Remark,
    convert,
    keep_to,
    refuse_combinations,
    translate,
    translate_units,
)
from novex_plugin.core.proposal.migrate_source import CHANGES, TO_JUDGE, Given, read_given
from novex_plugin.core.proposal.migration import Migration, read_migration
from novex_plugin.core.proposal.schema import FEATURE_TABLES, proposal_layers

FORMAT = "novex-migration-report"
VERSION = "1.0"


@dataclass(frozen=True)
class Migrated:
    """What a migration did: rows in their own table again, rows set apart for a person, and the whole report."""

    migrated: int
    needs_person: int
    attention: int
    content: dict[str, Any]


def migrate(
    proposal: Path,
    target: Agreement,
    output: Path,
    moment: datetime,
    mapping: Path | None = None,
    report: Path | None = None,
    ids: Callable[[], str] = new_id,
    progress: Progress | None = None,
    dress: Callable[[Path, str], None] | None = None,
) -> Migrated:
    """Write the proposal as `target` has it to `output`, and what became of it to `report` (JSON).

    Without a mapping codes that `target` has too carry over. A row that cannot be carried stands in the table
    `nog_te_beoordelen` of `output` with its geometry, its values and the reason. `dress` may lay more in the file, such
    as styles, before it takes its place; it is given the code of the province too. Raises InputError, with nothing
    written, for a file that is no proposal, a proposal that follows these agreements already, and a mapping that is not
    between these two.
    """
    layers = proposal_layers(target)
    given = read_given(proposal, layers)
    if given.agreement == (target.id, target.version):
        problem = f"volgt de afspraken {target.id}-{target.version} al."
        raise InputError(
            problem, "Geef de afspraken waarnaar het voorstel over moet.", proposal, "voorstel", 1, "afspraken"
        )
    old = _agreement(given)
    migration = read_migration(mapping, given.agreement, old, target) if mapping else Migration()
    carried = [_carried(given.tables[layer.name], layer, migration, target) for layer in layers]
    _refuse_header(proposal, carried)
    attention = remarks_on(carried, target)
    done = _outcome(given, old, target, migration, carried, attention, moment)
    stop_if_cancelled(progress or Silent())
    with ExitStack() as files:
        if report is not None:
            files.enter_context(written_beside(report)).write_bytes(json_bytes(done.content))
        unfinished = files.enter_context(written_beside(output))
        _write(unfinished, given, layers, carried, target, done, moment, ids)
        if dress is not None:
            header = next(each for each in carried if each.rows.name == "voorstel")
            dress(unfinished, str(header.columns["provincie"][0]))
    return done


def _agreement(given: Given) -> Agreement | None:
    """The agreement that the proposal follows, where this plugin has it."""
    name = "-".join(given.agreement)
    return read_agreement(agreement_path(name)) if name in agreement_names() else None


def _carried(rows: FeatureTable, layer: Layer, migration: Migration, target: Agreement) -> Carried:
    carried = Carried.of(rows)
    if layer.geometry_type:
        translate_units(carried, migration)
        refuse_combinations(carried, target)
    for name in CODED.get(layer.name, ()):
        translate(carried, name, name, migration.codes.get(name, {}), migration)
    if layer.name == "bijdrage":
        convert(carried, migration, target)
    if layer.name == "voorstel":
        for name, value in (("afspraken", target.id), ("afspraken_versie", target.version)):
            carried.columns[name] = np.full(len(rows), value, dtype=object)
    keep_to(carried, layer, target)
    return carried


def _refuse_header(proposal: Path, carried: Sequence[Carried]) -> None:
    """Without its one row of `voorstel` a file is no proposal: what is wrong there has to be mended first."""
    header = next(each for each in carried if each.rows.name == "voorstel")
    for remark in header.remarks:
        raise InputError(f"{remark.problem}.", remark.remedy, proposal, "voorstel", remark.row, remark.field)


def _outcome(
    given: Given,
    old: Agreement | None,
    target: Agreement,
    migration: Migration,
    carried: Sequence[Carried],
    attention: Sequence[Remark],
    moment: datetime,
) -> Migrated:
    counts = [
        {
            "table": each.rows.name,
            "received": len(each.rows),
            "migrated": int((~each.blocked).sum()),
            "to_judge": int(each.blocked.sum()),
        }
        for each in carried
    ]
    identifier, release = given.agreement
    migrated, apart = (sum(int(str(each[key])) for each in counts) for key in ("migrated", "to_judge"))
    content = {
        "format": FORMAT,
        "version": VERSION,
        "moment": as_written(moment),
        "proposal": {key: given.header[name] for key, name in _HEADER.items()},
        "from": {"id": identifier, "release": release, "digest": old.digest if old else None},
        "to": {"id": target.id, "release": target.version, "digest": target.digest},
        "mapping": {"title": migration.title, "digest": migration.digest} if migration.digest else None,
        "migrated": migrated,
        "needs_person": apart,
        "tables": counts,
        "changes": transitions(carried),
        "to_judge": [asdict(remark) for each in carried for remark in each.remarks],
        "attention": [asdict(remark) for remark in attention],
        "left_out": list(given.left_out),
    }
    check_schema(content, "migration_report")
    return Migrated(migrated, apart, len(attention), content)


_HEADER = {"id": "id", "title": "titel", "province": "provincie"}


def _write(
    unfinished: Path,
    given: Given,
    layers: Sequence[Layer],
    carried: Sequence[Carried],
    target: Agreement,
    done: Migrated,
    moment: datetime,
    ids: Callable[[], str],
) -> None:
    names = ("-".join(given.agreement), f"{target.id}-{target.version}")
    before = {layer.name: rows for layer, rows in given.foreign if layer.name in (TO_JUDGE, CHANGES)}
    apart = rows_to_judge(carried, target, before.get(TO_JUDGE))
    trace = changed_rows(carried, names, before.get(CHANGES))
    own = [(layer, rows) for layer, rows in given.foreign if layer.name not in before]
    kept = [
        Layer(
            each.name, each.geometry_type, each.columns + given.extra.get(each.name, ()), each.title, each.description
        )
        for each in layers
    ]
    added = [layer for layer, rows in ((to_judge_layer(target), apart), (changes_layer(), trace)) if len(rows)]
    written = as_stored(moment)
    parameters = {"van": names[0], "naar": names[1], "rijen": done.migrated, "te beoordelen": done.needs_person}
    data = {f"afspraken {target.id}": target.digest}
    mapping = done.content["mapping"]
    if mapping:
        data[f"vertaling {mapping['title']}".strip()] = mapping["digest"]
    log = log_row("overgezet naar andere afspraken", parameters, data, written, ids)
    create(unfinished, [*kept, *added, *(layer for layer, _ in own)], moment=written)
    for each in carried:
        append(unfinished, each.rows.name, _good(each))
    for rows in (log, *(rows for rows in (apart, trace) if len(rows))):
        append(unfinished, rows.name, rows)
    for layer, rows in own:
        columns = {column.name: rows.columns[column.name] for column in layer.columns}
        append(unfinished, layer.name, FeatureTable(layer.name, rows.geometry, columns, rows.epsg))


def _good(carried: Carried) -> FeatureTable:
    rows = carried.rows
    if rows.name in FEATURE_TABLES.values():
        return FeatureTable(rows.name, rows.geometry, carried.columns, rows.epsg).take(~carried.blocked)
    return attribute_table(rows.name, carried.columns).take(~carried.blocked)
