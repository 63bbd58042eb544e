"""Read a proposal and say of every value whether it keeps to the agreement."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from novex_plugin.core.agreement import Agreement, agreement_names, agreement_path, read_agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import Layer, empty_table, layer_names, read_layer
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.problems import Problem, problems_of
from novex_plugin.core.proposal.schema import ADDED_LATER, FEATURE_TABLES, SCHEMA_VERSION, proposal_layers

UNREADABLE = "Geef een voorstel dat novex:newproposal maakte."


@dataclass(frozen=True)
class Proposal:
    """A proposal as it lies in its file; `problems` are the values that depart from the agreement.

    `tables` holds all tables of the schema; rows come in the order of `fid`, which is a column too.
    """

    path: Path
    id: str
    title: str
    province: str
    agreement: Agreement
    variants: tuple[str, ...]
    tables: Mapping[str, FeatureTable]
    problems: Sequence[Problem]

    def variant(self, name: str) -> Mapping[str, FeatureTable]:
        """The feature tables with the rows of one variant. Raises InputError when there is no such variant."""
        self.refuse_unknown(name)
        features = {table: self.tables[table] for table in FEATURE_TABLES.values()}
        return {table: rows.take(rows.columns["variant"] == name) for table, rows in features.items()}

    def refuse_unknown(self, name: str) -> None:
        """Raise InputError when there is no such variant."""
        if name not in self.variants:
            known = ", ".join(self.variants) or "geen"
            raise InputError(
                f"de variant {name[:80]!r} staat niet in het voorstel.", f"Kies uit: {known}.", self.path, "variant"
            )

    @property
    def header(self) -> Mapping[str, Any]:
        """The one row of the table `voorstel`."""
        return {name: values[0] for name, values in self.tables["voorstel"].columns.items()}


def read_proposal(path: Path, agreement: Agreement | None = None) -> Proposal:
    """Read all tables of a proposal; the agreement is the one it names, or the one that is given.

    Raises InputError for a file that is no proposal, another version of the schema, an agreement that is not there,
    and missing tables and fields. A delivery leaves out feature tables without rows, and proposals made earlier lack
    fields that were added since; those come back empty. Values that depart from the agreement do not stop the reading:
    see `problems`.
    """
    present = layer_names(path)
    header = read_header(path, present)
    used = _agreement(path, header, agreement)
    tables: dict[str, FeatureTable] = {}
    for layer in proposal_layers(used):
        if layer.name not in present:
            tables[layer.name] = _left_out(layer, path)
            continue
        rows = _completed(layer, read_layer(path, layer.name))
        missing = [column.name for column in layer.columns if column.name not in rows.columns]
        if missing:
            raise InputError("dit veld ontbreekt.", UNREADABLE, path, layer.name, field=missing[0])
        if layer.geometry_type and rows.epsg != layer.epsg:
            raise InputError(f"staat niet in EPSG:{layer.epsg}.", "Zet de laag om.", path, layer.name)
        tables[layer.name] = rows
    return proposal_of(path, header, used, tables, tuple(problems_of(tables, used)))


def proposal_of(
    path: Path,
    header: Mapping[str, Any],
    agreement: Agreement,
    tables: Mapping[str, FeatureTable],
    problems: Sequence[Problem],
) -> Proposal:
    """A proposal of these tables; `header` is the checked row of the table `voorstel`."""
    return Proposal(
        path=path,
        id=str(header["id"]),
        title=str(header["titel"]),
        province=str(header["provincie"]),
        agreement=agreement,
        variants=tuple(sorted(str(each) for each in tables["variant"].columns["id"] if each is not None)),
        tables=tables,
        problems=problems,
    )


def _completed(layer: Layer, rows: FeatureTable) -> FeatureTable:
    """The rows with the columns that were added to the schema later, without values, where the file lacks them."""
    columns = dict(rows.columns)
    for column in layer.columns:
        if column.name in ADDED_LATER.get(layer.name, ()) and column.name not in columns:
            number = column.type == "REAL"
            columns[column.name] = np.full(len(rows), np.nan) if number else np.full(len(rows), None, dtype=object)
    return FeatureTable(rows.name, rows.geometry, columns, rows.epsg)


def _left_out(layer: Layer, path: Path) -> FeatureTable:
    if layer.geometry_type is None:
        raise InputError("deze tabel ontbreekt.", UNREADABLE, path, layer.name)
    return empty_table(layer)


def read_header(path: Path, present: Collection[str]) -> Mapping[str, Any]:
    """The one row of the table `voorstel`; `present` are the tables of the file. Raises InputError for a file that is
    no proposal, and for another version of the schema."""
    if "voorstel" not in present:
        raise InputError("is geen voorstel: de tabel voorstel ontbreekt.", UNREADABLE, path)
    return checked_header(read_layer(path, "voorstel"), path)


def checked_header(rows: FeatureTable, path: Path) -> Mapping[str, Any]:
    """The one row of the table `voorstel`. Raises InputError as `read_header` does."""
    if len(rows) != 1:
        raise InputError(f"heeft {len(rows)} rijen in plaats van één.", UNREADABLE, path, "voorstel")
    header = {name: values[0] for name, values in rows.columns.items()}
    for field in ("id", "titel", "provincie", "afspraken", "afspraken_versie", "schema_versie"):
        if not isinstance(header.get(field), str):
            raise InputError("dit veld ontbreekt of is leeg.", UNREADABLE, path, "voorstel", 1, field)
    version = header["schema_versie"]
    if version != SCHEMA_VERSION:
        raise InputError(
            f"het voorstel heeft schemaversie {str(version)[:20]}; deze plugin leest versie {SCHEMA_VERSION}.",
            "Gebruik de versie van de plugin waarmee het voorstel is gemaakt.",
            path,
            "voorstel",
            1,
            "schema_versie",
        )
    return header


def _agreement(path: Path, header: Mapping[str, Any], given: Agreement | None) -> Agreement:
    wanted = f"{header['afspraken']}-{header['afspraken_versie']}"
    if given is not None:
        if f"{given.id}-{given.version}" != wanted:
            raise InputError(
                f"volgt de afspraken {wanted[:80]}, niet {given.id}-{given.version}.", "Geef die afspraken.", path
            )
        return given
    if wanted not in agreement_names():
        known = ", ".join(agreement_names())
        raise InputError(
            f"volgt de afspraken {wanted[:80]}, die niet bij deze plugin horen (wel {known}).",
            "Geef het bestand met die afspraken.",
            path,
            "voorstel",
            1,
            "afspraken",
        )
    return read_agreement(agreement_path(wanted))
