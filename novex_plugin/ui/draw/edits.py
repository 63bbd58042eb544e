"""What the dock does to features, each as one step that can be undone, with what is refused told in the bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from qgis.core import NULL, QgsFeature, QgsGeometry, QgsVectorLayer, QgsVectorLayerEditUtils
from qgis.PyQt.QtCore import QObject

from novex_plugin.core.agreement import LegendUnit
from novex_plugin.core.errors import InputError
from novex_plugin.core.proposal.schema import FEATURE_TABLES
from novex_plugin.qgis_adapter.belongings import CONTRIBUTIONS, new_id
from novex_plugin.qgis_adapter.copying import add_feature, copy_feature, copy_into, copy_variant
from novex_plugin.qgis_adapter.drawing_tool import topological, whole_geometry
from novex_plugin.qgis_adapter.linked_edits import (
    RowChange,
    changed_row,
    edit_step,
    make_editable,
    new_row,
    push_linked,
    row_with,
    touch,
)
from novex_plugin.ui.draw.contributions import Amount

P = ParamSpec("P")
R = TypeVar("R")


def told(method: Callable[Concatenate[Edits, P], R]) -> Callable[Concatenate[Edits, P], R | None]:
    """Tell the user what is refused; a layer that QGIS deleted in between is one of those things."""

    @wraps(method)
    def guarded(self: Edits, /, *given: P.args, **named: P.kwargs) -> R | None:
        try:
            return method(self, *given, **named)
        except InputError as error:
            message = str(error)
            self.bench.warn(f"{message[:1].upper()}{message[1:]}")
        except RuntimeError:
            self.tell_gone()
        return None

    return guarded


class Edits(QObject):
    """Edits of the open proposal. Methods give None when nothing could be done, and the user was told why."""

    def __init__(self, workbench: Any) -> None:
        super().__init__(workbench)
        self.bench = workbench

    def tell_gone(self) -> None:
        """A layer was deleted in the middle of it."""
        self.bench.warn(self.tr("A layer of the proposal was taken out of the project. Add it again to go on."))

    @told
    def draw(self, layer: QgsVectorLayer, unit: LegendUnit, role: str, drawn: QgsGeometry) -> QgsFeature | None:
        """A new feature of a legend unit."""
        geometry = whole_geometry(layer, drawn)
        if geometry is None:
            raise InputError(
                self.tr("this shape does not fit in one feature."),
                self.tr("Draw it again, with at least three points."),
            )
        row = self._new(layer, unit, role, geometry)
        with edit_step(layer, self.tr("{unit} drawn").format(unit=unit.label.nl)):
            add_feature(layer, row)
            topological(layer, geometry)
        return row

    @told
    def again_as(self, layer: QgsVectorLayer, row: QgsFeature, unit: LegendUnit, role: str) -> QgsFeature | None:
        """The same ground with another function."""
        copy = self._new(layer, unit, role, row.geometry())
        for field in ("naam", "novex_gebied", "start_jaar", "eind_jaar", "horizon", "precisie", "status"):
            if layer.fields().indexOf(field) >= 0 and row[field] not in (None, NULL):
                copy[field] = row[field]
        with edit_step(layer, self.tr("{unit} on the same ground").format(unit=unit.label.nl)):
            add_feature(layer, copy)
        return copy

    @told
    def set_value(self, layer: QgsVectorLayer, row: QgsFeature, field: str, value: object, title: str) -> bool:
        """Another value in a field."""
        values = {field: value}
        if field == "legenda":
            unit = self.bench.proposal.agreement.units.get(str(value))
            values |= {"programma": unit.programme} if unit is not None else {}
        with edit_step(layer, self.tr("{field} changed").format(field=title)):
            for name, given in values.items():
                self._change(layer, row, name, given)
        return True

    @told
    def set_amount(self, layer: QgsVectorLayer, row: QgsFeature, amount: Amount) -> bool:
        """Another contribution of a feature: new, changed, or none."""
        rows = self._table(CONTRIBUTIONS)
        before = row_with(rows, amount.row) if amount.row is not None else None
        after = None
        if amount.value is not None:
            after = before if before is not None else new_row(rows, {"id": new_id(), "kenmerk": row["id"]})
            given = {"indicator": amount.indicator.id, "eenheid": amount.indicator.unit, "jaar": amount.year}
            after = changed_row(after, waarde=amount.value, **given)
        identifier = str((after if after is not None else before or row)["id"])
        text = self.tr("{field} changed").format(field=amount.indicator.label.nl)
        make_editable(layer, rows)
        with edit_step(layer, text):
            touch(layer, row.id())
            push_linked(layer, rows, text, [RowChange(identifier, before, after)])
        return True

    @told
    def remove(self, layer: QgsVectorLayer, rows: Sequence[QgsFeature]) -> bool:
        """Take features away; what belongs to them goes with them."""
        with edit_step(layer, self.tr("Removed")):
            layer.deleteFeatures([row.id() for row in rows])
        return True

    @told
    def merge(self, layer: QgsVectorLayer, rows: Sequence[QgsFeature]) -> QgsFeature | None:
        """Make one feature of several; the largest keeps its id and attributes."""
        make_editable(layer)
        kept = max(rows, key=lambda row: row.geometry().area() or row.geometry().length())
        union = QgsGeometry.unaryUnion([row.geometry() for row in rows])
        if union.isNull() or not union.convertToMultiType():
            raise InputError(
                self.tr("these shapes cannot be joined."), self.tr("Repair shapes that cross themselves first.")
            )
        merger = QgsVectorLayerEditUtils(layer)
        done, wrong = merger.mergeFeatures(kept.id(), [row.id() for row in rows], kept.attributes(), union)
        if not done:
            raise InputError(self.tr("the features were not merged: {why}.").format(why=wrong), "")
        return layer.getFeature(kept.id())

    @told
    def copy_to(self, layer: QgsVectorLayer, rows: Sequence[QgsFeature], variant: str) -> int:
        """Copy features to a variant; gives how many."""
        text = self.tr("Copied to variant {variant}").format(variant=variant)
        return len(copy_into(self.bench.proposal.layers, layer, rows, variant, text))

    @told
    def new_variant(self, code: str, name: str) -> bool:
        """An empty variant."""
        layer = self._table("variant")
        with edit_step(layer, self.tr("Variant {name} made").format(name=name)):
            add_feature(layer, new_row(layer, {"id": code, "naam": name}))
        return True

    @told
    def duplicate_variant(self, source: str, code: str, name: str) -> int:
        """A variant with a copy of all of another one; gives the number of features."""
        self._table("variant")
        proposal = self.bench.proposal
        return copy_variant(proposal.layers, proposal.features, source, code, name)

    @told
    def rename_variant(self, code: str, name: str) -> bool:
        """Another name; the code, which features refer to, stays."""
        layer = self._table("variant")
        row = row_with(layer, code)
        if row is None:
            raise InputError(self.tr("the variant is not there any more."), self.tr("Choose another one."))
        with edit_step(layer, self.tr("Variant renamed")):
            self._change(layer, row, "naam", name)
        return True

    def layer_of(self, kind: str) -> QgsVectorLayer | None:
        """The layer in which this type of geometry is drawn; None, and told, when it cannot be."""
        return self._layer_of(kind)

    @told
    def _layer_of(self, kind: str) -> QgsVectorLayer:
        layer = self._table(FEATURE_TABLES[kind])
        make_editable(layer)
        return layer

    def _table(self, name: str) -> QgsVectorLayer:
        proposal = self.bench.proposal
        if proposal is None:
            raise InputError(self.tr("no proposal is open."), self.tr("Open or make one first."))
        layer = proposal.layers.get(name)
        if layer is None or not layer.isValid():
            raise InputError(
                self.tr("the table {name} is not open in this project.").format(name=name),
                self.tr("Add it from where the proposal lies."),
                proposal.place.label,
            )
        return layer

    def _new(self, layer: QgsVectorLayer, unit: LegendUnit, role: str, geometry: QgsGeometry) -> QgsFeature:
        from novex_plugin.core.proposal.schema import feature_columns

        proposal = self.bench.proposal
        if proposal is None:
            raise InputError(self.tr("no proposal is open."), self.tr("Open or make one first."))
        kind = next(kind for kind, table in FEATURE_TABLES.items() if table == proposal_table(proposal, layer))
        usual = {each.name: each.default for each in feature_columns(proposal.agreement, kind) if each.default}
        given = {
            "id": new_id(),
            "variant": self.bench.variant,
            "legenda": unit.code,
            "rol": role,
            "programma": unit.programme,
            "provincie": proposal.province,
        }
        row = new_row(layer, usual | given)
        row.setGeometry(geometry)
        return copy_feature(layer, row, {"id": row["id"]})

    def _change(self, layer: QgsVectorLayer, row: QgsFeature, name: str, value: object) -> None:
        place = layer.fields().indexOf(name)
        if place < 0:
            raise InputError(
                self.tr("the layer {layer} has no such field.").format(layer=layer.name()),
                self.tr("Make the proposal anew or migrate it."),
                field=name,
            )
        try:
            fitting = layer.fields()[place].convertCompatible(NULL if value is None else value)
        except ValueError:
            raise InputError(
                self.tr("the value does not fit in this field."),
                self.tr("Give a shorter one, or a number."),
                field=name,
            ) from None
        if not layer.changeAttributeValue(row.id(), place, fitting, row[name]):
            raise InputError(
                self.tr("the feature is not there any more."), self.tr("Select another one."), row=str(row["id"])
            )


def proposal_table(proposal: Any, layer: QgsVectorLayer) -> str:
    """The table of a proposal that lies open in a layer, whatever the layer is called; empty for another layer."""
    return next((name for name, each in proposal.layers.items() if each is layer or each == layer), "")
