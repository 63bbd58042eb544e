"""The rows that belong to features: their contributions and their answers to questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import uuid4

from qgis.core import NULL, QgsFeature, QgsGeometry, QgsVectorLayer

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.proposal.dividing import divided, weighed
from novex_plugin.qgis_adapter.linked_edits import (
    RowChange,
    additions,
    changed_row,
    row_with,
    rows_where,
)

CONTRIBUTIONS, STATEMENTS = "bijdrage", "verklaring"
BELONGINGS = (CONTRIBUTIONS, STATEMENTS)


def new_id() -> str:
    """An id that was never used."""
    return str(uuid4())


def shared_out(
    layer: QgsVectorLayer, had: Sequence[QgsFeature], parts: Sequence[QgsFeature], agreement: Agreement
) -> list[RowChange]:
    """Give the parts of a feature (itself first) what is theirs of the rows that it `had`.

    What adds up is divided by area, or length of lines; anything else each part gets whole. Called again as more parts
    become known: then rows that the parts have already get another value.
    """
    weights = [_size(part.geometry()) for part in parts]
    changes = []
    for row in had:
        amounts: Sequence[object] = [row["waarde"]] * len(parts)
        if _adds_up(row, agreement):
            amounts = divided(float(row["waarde"]), weights)
        for number, (part, amount) in enumerate(zip(parts, amounts, strict=True)):
            identifier = str(row["id"]) if number == 0 else _part_id(layer, row, part)
            before = row_with(layer, identifier)
            after = changed_row(row, id=identifier, kenmerk=part["id"], waarde=_written(amount))
            if before is None or before["waarde"] != after["waarde"]:
                changes.append(RowChange(identifier, before, after))
    return changes


def joined(
    layer: QgsVectorLayer,
    survivor: QgsFeature,
    weight: float,
    gone: Sequence[tuple[float, Sequence[QgsFeature]]],
    agreement: Agreement,
) -> list[RowChange]:
    """Give a feature the rows of those that it absorbed, each with its area as weight: amounts are added up."""
    present = {_key(row): row for row in rows_where(layer, "kenmerk", str(survivor["id"]))}
    before = dict(present)
    heavy = dict.fromkeys(present, weight)
    for size, rows in gone:
        for row in rows:
            key = _key(row)
            known = present.get(key)
            if known is None:
                present[key] = changed_row(row, kenmerk=survivor["id"])
                heavy[key] = size
                continue
            if layer.fields().indexOf("indicator") < 0 or _is_nothing(row["waarde"]) or _is_nothing(known["waarde"]):
                continue
            values = float(known["waarde"]), float(row["waarde"])
            total = sum(values) if _adds_up(row, agreement) else weighed(values, (heavy[key], size))
            present[key] = changed_row(known, waarde=total)
            heavy[key] += size
    return [
        RowChange(str(row["id"]), before.get(key), row) for key, row in present.items() if row is not before.get(key)
    ]


def copied(rows: Iterable[QgsFeature], owner: str, **values: object) -> list[RowChange]:
    """The same rows for another feature, with ids of their own."""
    return additions(changed_row(row, id=new_id(), kenmerk=owner, **values) for row in rows)


def _adds_up(row: QgsFeature, agreement: Agreement) -> bool:
    if row.fields().indexOf("indicator") < 0 or _is_nothing(row["waarde"]):
        return False
    indicator = agreement.indicator.get(str(row["indicator"]))
    return indicator is not None and indicator.adds != "share"


def _key(row: QgsFeature) -> tuple[str, ...]:
    """What two rows must have in common to be about the same thing."""
    fields = ("indicator", "jaar") if row.fields().indexOf("indicator") >= 0 else ("verklaring", "variant")
    return tuple(str(row[field]) for field in fields)


def _part_id(layer: QgsVectorLayer, row: QgsFeature, part: QgsFeature) -> str:
    """The id of the row that a part has already of this one, or a new one."""
    for known in rows_where(layer, "kenmerk", str(part["id"])):
        if _key(known) == _key(row):
            return str(known["id"])
    return new_id()


def _size(geometry: QgsGeometry) -> float:
    return float(geometry.area() or geometry.length())


def _is_nothing(value: object) -> bool:
    return value is None or value == NULL


def _written(value: object) -> object:
    return None if _is_nothing(value) else value
