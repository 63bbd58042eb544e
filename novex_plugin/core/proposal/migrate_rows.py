"""The rows of one table on their way to another agreement: codes translated, and what stands in the way told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.features.geopackage import Layer
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.mapping import as_text, texts_of
from novex_plugin.core.proposal.migration import Conversion, Migration, Part
from novex_plugin.core.proposal.problems import Mask, absent, outside, repeated
from novex_plugin.core.proposal.schema import FEATURE_TABLES

CODED = {
    **dict.fromkeys(
        FEATURE_TABLES.values(), ("rol", "programma", "precisie", "status", "horizon", "provincie", "novex_gebied")
    ),
    "voorstel": ("provincie",),
    "bijdrage": ("status",),
}
"""The fields of each table that hold a code of the list of the same name."""


@dataclass(frozen=True)
class Remark:
    """What a person has to know of one value; `row` is the fid in the proposal that was given."""

    table: str
    row: int
    id: str | None
    field: str
    value: str | None
    problem: str
    remedy: str


@dataclass
class Carried:
    """A table of which `columns` are translated; `rows` stay as they were given. Rows of `blocked` cannot go on."""

    rows: FeatureTable
    columns: dict[str, NDArray[Any]]
    blocked: Mask
    remarks: list[Remark] = field(default_factory=list)
    _told: dict[str, Mask] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: FeatureTable) -> Carried:
        """A table of which nothing was translated yet."""
        return cls(rows, dict(rows.columns), np.zeros(len(rows), dtype=bool))

    def stop(self, wrong: Mask, name: str, problem: str, remedy: str) -> None:
        """Keep rows back, each for the first reason that is found in a field."""
        told = self._told.setdefault(name, np.zeros(len(self.rows), dtype=bool))
        new = wrong & ~told
        self._told[name] = told | new
        self.blocked = self.blocked | new
        self.remarks += self.told(new, name, problem, remedy)

    def told(self, rows: Mask, name: str, problem: str, remedy: str) -> Iterator[Remark]:
        """A remark for each row of the mask; `{}` in the problem stands for the value as it was given."""
        values = shown(self.rows.columns.get(name))
        ids = shown(self.rows.columns.get("id"))
        fids = self.rows.columns["fid"]
        for row in np.flatnonzero(rows).tolist():
            value, known = (each[row] if each is not None else None for each in (values, ids))
            said = problem.replace("{}", repr((value or "")[:80]))
            yield Remark(self.rows.name, int(fids[row]), known, name, value, said, remedy)

    def changed(self, name: str) -> Mask:
        """The rows in which a field got another value."""
        old, new = self.rows.columns.get(name), self.columns[name]
        if old is None or old is new:
            return np.zeros(len(self.rows), dtype=bool)
        return np.asarray(texts_of(old) != texts_of(new), dtype=bool)


def shown(values: NDArray[Any] | None) -> list[str | None] | None:
    """Values as a report names them; bytes in hexadecimal."""
    if values is None:
        return None
    return [value.hex() if isinstance(value, bytes) else as_text(value) for value in values.tolist()]


def translate(
    carried: Carried, name: str, code_list: str, mapping: Mapping[str, str | None], migration: Migration
) -> None:
    """Give every code that the mapping names its new one, all at once, so that two codes may change places."""
    old = texts_of(carried.rows.columns[name])
    new = old.copy()
    for code, to in mapping.items():
        own = np.asarray(old == code, dtype=bool)
        if to is None:
            why = migration.reasons.get((code_list, code))
            problem = f"de code {code} van {code_list} is vervallen" + (f": {why}" if why else "")
            carried.stop(own, name, problem, f"Kies een andere code van {code_list}, of verwijder de rij.")
        elif own.any():
            new[own] = to
            carried.columns[name] = new


def translate_units(carried: Carried, migration: Migration) -> None:
    """The legend unit of each feature, and the other units on its ground."""
    translate(carried, "legenda", "legenda", migration.units, migration)
    old = texts_of(carried.rows.columns["legenda"])
    for code, parts in migration.splits.items():
        own = np.asarray(old == code, dtype=bool)
        if own.any():
            _split(carried, own, parts)
    _translate_combinations(carried, migration)


def _split(carried: Carried, own: Mask, parts: tuple[Part, ...]) -> None:
    new = texts_of(carried.columns["legenda"])
    left = own.copy()
    for part in parts:
        meets = left.copy()
        for name, values in part.where.items():
            meets &= np.isin(texts_of(carried.rows.columns[name]).astype(str), values)
        new[meets] = part.to
        left &= ~meets
    carried.columns["legenda"] = new
    choices = ", ".join(dict.fromkeys(part.to for part in parts))
    problem = "de legenda-eenheid {} is gesplitst en dit object voldoet aan geen van de voorwaarden"
    carried.stop(left, "legenda", problem, f"Kies uit: {choices}.")


def _translate_combinations(carried: Carried, migration: Migration) -> None:
    old = texts_of(carried.rows.columns["meervoudig"])
    new = old.copy()
    for combination in {text for text in old.tolist() if text is not None}:
        codes = [code.strip() for code in combination.split(",")]
        lost = [code for code in codes if code in migration.splits or migration.units.get(code, code) is None]
        own = np.asarray(old == combination, dtype=bool)
        if lost:
            problem = f"in {{}} is {lost[0]} gesplitst of vervallen"
            carried.stop(own, "meervoudig", problem, f"Kies zelf wat {lost[0]} hier wordt, of haal het weg.")
        elif any(code in migration.units for code in codes):
            new[own] = ",".join(dict.fromkeys(str(migration.units.get(code, code)) for code in codes))
            carried.columns["meervoudig"] = new


def refuse_combinations(carried: Carried, agreement: Agreement) -> None:
    """Keep back features that name a unit on the same ground which the agreement does not have."""
    texts = texts_of(carried.columns["meervoudig"])
    for combination in {text for text in texts.tolist() if text is not None}:
        unknown = [code.strip() for code in combination.split(",") if code.strip() not in agreement.units]
        if unknown:
            own = np.asarray(texts == combination, dtype=bool)
            problem = f"{unknown[0]} in {{}} staat niet in de nieuwe afspraken"
            carried.stop(own, "meervoudig", problem, f"Vertaal {unknown[0]}, of haal het weg.")


def convert(carried: Carried, migration: Migration, agreement: Agreement) -> None:
    """Indicators, values and units of contributions; a unit that is not the indicator's own keeps a row back."""
    translate(carried, "eenheid", "eenheid", migration.codes.get("eenheid", {}), migration)
    renamed = {code: conversion.to for code, conversion in migration.indicators.items()}
    translate(carried, "indicator", "indicator", renamed, migration)
    old = texts_of(carried.rows.columns["indicator"])
    for code, conversion in migration.indicators.items():
        own = np.asarray(old == code, dtype=bool)
        if conversion.unit is not None and own.any():
            _in_unit(carried, own, conversion)
    indicators, units = texts_of(carried.columns["indicator"]), texts_of(carried.columns["eenheid"])
    for indicator in agreement.indicators:
        strange = np.asarray((indicators == indicator.id) & (units != indicator.unit), dtype=bool)
        problem = f"{{}} is niet de eenheid van {indicator.id} in de nieuwe afspraken"
        carried.stop(
            strange, "eenheid", problem, f"Reken de waarde om naar {indicator.unit}, of geef een vertaling met factor."
        )


def _in_unit(carried: Carried, own: Mask, conversion: Conversion) -> None:
    strange = own & np.asarray(texts_of(carried.rows.columns["eenheid"]) != conversion.from_unit, dtype=bool)
    problem = f"de vertaling rekent om van {conversion.from_unit}, en hier staat {{}}"
    carried.stop(strange, "eenheid", problem, f"Reken de waarde zelf om naar {conversion.unit}.")
    values = carried.columns["waarde"]
    if values.dtype.kind == "O":
        numbers = np.fromiter(
            (isinstance(each, int | float) for each in values.tolist()), dtype=bool, count=len(values)
        )
        carried.stop(own & ~numbers, "waarde", "{} is geen getal en niet om te rekenen", "Verbeter de waarde.")
        own = own & numbers
    ready = own & ~strange
    worth, units = values.astype(object), texts_of(carried.columns["eenheid"])
    with np.errstate(over="ignore"):
        worth[ready] = worth[ready].astype(float) * conversion.factor
    beyond = ready & np.isinf(np.where(ready, worth, 0.0).astype(float))
    carried.stop(beyond, "waarde", "{} is na omrekenen geen getal meer", "Verbeter de waarde, of de factor.")
    units[ready] = conversion.unit
    carried.columns["waarde"] = worth if values.dtype.kind == "O" else worth.astype(float)
    carried.columns["eenheid"] = units


def keep_to(carried: Carried, layer: Layer, agreement: Agreement) -> None:
    """Keep back what the new table would refuse: an absent or doubled value, a code that its list does not have."""
    for name, values in carried.columns.items():
        if values.dtype.kind == "O":
            binary = np.fromiter((isinstance(each, bytes) for each in values.tolist()), dtype=bool, count=len(values))
            carried.stop(binary, name, "heeft bytes in plaats van tekst", "Verbeter de waarde.")
    for column in layer.columns:
        values = _without_bytes(carried.columns[column.name])
        if column.required:
            carried.stop(absent(values), column.name, "een waarde ontbreekt", "Vul het veld.")
        if column.unique:
            carried.stop(repeated(values), column.name, "{} komt al eerder voor", "Geef de rij een eigen kenmerk.")
        if column.allowed:
            wrong = outside(values, column.allowed)
            if values.dtype.kind == "O":
                wrong = wrong | np.asarray(values == "", dtype=bool)
            _refuse_codes(carried, column.name, wrong, layer, agreement)


def _without_bytes(values: NDArray[Any]) -> NDArray[Any]:
    """A column with nothing where bytes stand: those are kept back already, and no comparison holds for them."""
    if values.dtype.kind != "O":
        return values
    result = values.copy()
    result[np.fromiter((isinstance(each, bytes) for each in values.tolist()), dtype=bool, count=len(values))] = None
    return result


def _refuse_codes(carried: Carried, name: str, wrong: Mask, layer: Layer, agreement: Agreement) -> None:
    target = f"de afspraken {agreement.id}-{agreement.version}"
    if name == "legenda":
        kind = next(kind for kind, table in FEATURE_TABLES.items() if table == layer.name)
        drawn = wrong & np.isin(texts_of(carried.columns[name]).astype(str), tuple(agreement.units))
        remedy = "Teken het object anders, of kies een andere legenda-eenheid."
        carried.stop(drawn, name, f"de legenda-eenheid van {{}} kan in {target} geen {kind} zijn", remedy)
    problem = f"de code {{}} staat niet in {target}"
    carried.stop(wrong, name, problem, f"Kies een code van {name} uit {target}, of neem deze op in een vertaling.")
