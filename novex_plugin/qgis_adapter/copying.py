"""New features from old ones: another legend unit on the same ground, another variant, a whole variant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qgis.core import NULL, QgsFeature, QgsVectorLayer

from novex_plugin.core.errors import InputError
from novex_plugin.qgis_adapter.belongings import BELONGINGS, CONTRIBUTIONS, STATEMENTS, copied, new_id
from novex_plugin.qgis_adapter.linked_edits import (
    NUMBER_FIELD,
    RowChange,
    additions,
    edit_step,
    make_editable,
    new_row,
    push_linked,
    rows_where,
)

Layers = Mapping[str, QgsVectorLayer]


def add_feature(layer: QgsVectorLayer, feature: QgsFeature) -> QgsFeature:
    """Add a feature; give it as it lies in the edits. Raises InputError when the layer refuses it."""
    if not layer.addFeature(feature):
        raise InputError(
            f"de laag {layer.name()} nam het kenmerk niet op.", "Controleer de vorm en teken haar opnieuw."
        )
    return feature


def copy_feature(layer: QgsVectorLayer, row: QgsFeature, values: Mapping[str, object]) -> QgsFeature:
    """A copy with an id of its own and other values, not yet in the layer."""
    copy = QgsFeature(layer.fields())
    copy.setGeometry(row.geometry())
    copy.setAttributes(row.attributes())
    number = layer.fields().indexOf(NUMBER_FIELD)
    if number >= 0:
        copy.setAttribute(number, NULL)
    for field, value in {"id": new_id(), **values}.items():
        if layer.fields().indexOf(field) >= 0:
            copy[field] = NULL if value is None else value
    return copy


def copy_into(
    layers: Layers, layer: QgsVectorLayer, rows: Sequence[QgsFeature], variant: str, text: str
) -> list[QgsFeature]:
    """Copy features of one layer to a variant, in one step, with their contributions and answers.

    Raises InputError when a table cannot be edited.
    """
    belongings = {name: _of_all(layers[name], rows) for name in BELONGINGS if name in layers}
    make_editable(*(layers[name] for name, found in belongings.items() if found))
    copies = []
    with edit_step(layer, text):
        owners = {}
        for row in rows:
            copy = add_feature(layer, copy_feature(layer, row, {"variant": variant}))
            owners[str(row["id"])] = str(copy["id"])
            copies.append(copy)
        for name, found in belongings.items():
            given = {"variant": variant} if name == STATEMENTS else {}
            changes = [change for row in found for change in copied([row], owners[str(row["kenmerk"])], **given)]
            push_linked(layer, layers[name], text, changes)
    return copies


def copy_variant(layers: Layers, features: Layers, source: str, code: str, name: str) -> int:
    """A new variant with a copy of everything in another one; gives the number of features.

    One step on the layer that has most of them takes everything back. Raises InputError when a table cannot be edited.
    """
    text = f"Variant {name} gemaakt"
    rows = {each: rows_where(layer, "variant", source) for each, layer in features.items()}
    anchor_name = max(rows, key=lambda each: len(rows[each]))
    anchor = features[anchor_name]
    owners: dict[str, str] = {}
    copies: dict[str, list[QgsFeature]] = {}
    for each, found in rows.items():
        copies[each] = [copy_feature(features[each], row, {"variant": code}) for row in found]
        owners |= {str(row["id"]): str(copy["id"]) for row, copy in zip(found, copies[each], strict=True)}
    changes = {each: additions(found) for each, found in copies.items() if each != anchor_name and found}
    changes |= _belongings(layers, owners, source, code)
    changes["variant"] = additions([new_row(layers["variant"], {"id": code, "naam": name})])
    make_editable(*(layers[each] for each in changes))
    with edit_step(anchor, text):
        anchor.addFeatures(copies[anchor_name])
        for each, wanted in changes.items():
            push_linked(anchor, layers[each], text, wanted)
    return sum(map(len, rows.values()))


def _belongings(layers: Layers, owners: Mapping[str, str], source: str, code: str) -> dict[str, list[RowChange]]:
    """The contributions and answers of a variant, for its copy; answers about the whole variant go with it."""
    found: dict[str, list[RowChange]] = {}
    if CONTRIBUTIONS in layers:
        rows = (row for row in layers[CONTRIBUTIONS].getFeatures() if str(row["kenmerk"]) in owners)
        found[CONTRIBUTIONS] = [change for row in rows for change in copied([row], owners[str(row["kenmerk"])])]
    if STATEMENTS in layers:
        statements = rows_where(layers[STATEMENTS], "variant", source)
        found[STATEMENTS] = [
            change
            for row in statements
            if row["kenmerk"] in (None, NULL) or str(row["kenmerk"]) in owners
            for change in copied([row], owners.get(str(row["kenmerk"]), NULL), variant=code)
        ]
    return {name: changes for name, changes in found.items() if changes}


def _of_all(layer: QgsVectorLayer, rows: Sequence[QgsFeature]) -> list[QgsFeature]:
    """The rows that name one of these features."""
    if len(rows) == 1:
        return rows_where(layer, "kenmerk", str(rows[0]["id"]))
    owners = {str(row["id"]) for row in rows}
    return [row for row in layer.getFeatures() if str(row["kenmerk"]) in owners]
