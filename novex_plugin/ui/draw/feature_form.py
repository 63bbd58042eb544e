"""The form of the selected feature: only what its legend unit needs, the rest folded away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from qgis.core import QgsFeature
from qgis.gui import QgsCollapsibleGroupBox, QgsScrollArea
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.features.geopackage import Column
from novex_plugin.core.proposal.schema import feature_columns
from novex_plugin.qgis_adapter.forms import FIRST_YEAR, LAST_YEAR
from novex_plugin.ui.draw.contributions import Contributions
from novex_plugin.ui.draw.fields import ChoiceField, LongTextField, SeveralField, TextField, written
from novex_plugin.ui.draw.measures import size_of, told_measures
from novex_plugin.ui.draw.outcomes import Outcomes
from novex_plugin.ui.draw.swatches import SWATCH, swatch

_ALWAYS = ("naam",)
_FOLDED = (
    "legenda", "rol", "precisie", "status", "start_jaar", "eind_jaar", "horizon", "novex_gebied", "meervoudig",
    "programma", "trede", "trede_reden", "toelichting", "bron",
)  # fmt: skip
_LONG = ("toelichting", "trede_reden")
_LAST_STEP = 20

Field = TextField | LongTextField | ChoiceField | SeveralField


class FeatureForm(QWidget):
    """Shows one feature. `value_given` is (field, value, title), `amount_given` an Amount, `finding_asked` an id."""

    value_given = pyqtSignal(str, object, str)
    amount_given = pyqtSignal(object)
    finding_asked = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, Field] = {}
        self._about: tuple[object, ...] = ()
        self._agreement: Agreement | None = None
        self._kind = ""
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.RichText)
        self.title.setWordWrap(True)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._picture = QLabel()
        self.menu_button = QToolButton()
        self.menu_button.setText("⋮")
        self.menu_button.setAutoRaise(True)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setAccessibleName(self.tr("More for this feature"))
        self.menu_button.setToolTip(self.tr("More for this feature"))
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._picture)
        head.addWidget(self.title, 1)
        head.addWidget(self.menu_button)
        self._main = _form()
        self.contributions = Contributions()
        self.contributions.given.connect(self.amount_given)
        self.measures = QLabel()
        self.measures.setWordWrap(True)
        self.outcomes = Outcomes()
        self.outcomes.asked.connect(self.finding_asked)
        self._fold = QgsCollapsibleGroupBox(self.tr("More fields"))
        self._fold.setCollapsed(True)
        self._folded = _form()
        self._fold.setLayout(self._folded)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._scrolled(), 1)
        layout.addWidget(self.measures)
        layout.addWidget(self.outcomes)

    def _scrolled(self) -> QgsScrollArea:
        """What is filled in; what is told of it stays in view beneath."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(5)
        column.addLayout(self._main)
        column.addWidget(self.contributions)
        column.addWidget(self._fold)
        column.addStretch(1)
        scroll = QgsScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        return scroll

    def show_feature(
        self, agreement: Agreement, province: str, kind: str, row: QgsFeature, amounts: Sequence[QgsFeature]
    ) -> None:
        """Show a feature with its contributions; what somebody is typing stays."""
        unit = agreement.units.get(written(row["legenda"]))
        required = unit.required if unit is not None else ()
        about = (agreement.digest, province, kind, required)
        if about != self._about:
            self._about = about
            self._agreement, self._kind = agreement, kind
            self._lay_out(agreement, province, kind, required)
        label = unit.label.nl if unit is not None else written(row["legenda"])
        role = agreement.label("rol", written(row["rol"])).nl.lower()
        name = written(row["naam"])
        about_it = f"{label}, {role}" if name else f"{role}, {self.tr('without a name')}"
        self.title.setText(f"<b>{escape(name or label)}</b><br>{escape(about_it)}")
        if unit is not None:
            picture = swatch(unit, kind, written(row["rol"]), self.devicePixelRatioF())
            self._picture.setPixmap(picture.pixmap(SWATCH))
        self._picture.setVisible(unit is not None)
        names = row.fields().names()
        for name, field in self.fields.items():
            if name in names:
                field.show_value(row[name])
            field.setEnabled(name in names)
        size = size_of(row.geometry(), kind)
        sizes = {"area" if kind == "vlak" else "length": size[0]} if size is not None else {}
        self.contributions.show_rows(agreement, unit, row, amounts, sizes)
        self.show_measures(row, amounts)

    def show_measures(self, row: QgsFeature, amounts: Sequence[QgsFeature]) -> None:
        """Show what the shape measures, and what is wrong with it."""
        summed: dict[str, float] = {}
        for each in amounts:
            if written(each["waarde"]):
                name = written(each["indicator"])
                summed[name] = summed.get(name, 0.0) + float(each["waarde"])
        told = told_measures(row.geometry(), self._kind, summed)
        if not row.geometry().isGeosValid():
            told = f"{told} · ⚠ {self.tr('the shape crosses itself')}"
        self.measures.setText(told)
        self.measures.setVisible(bool(told))

    def finish_typing(self) -> None:
        """Take what is being typed, before another feature is shown."""
        focus = self.focusWidget()
        if focus is not None and focus.hasFocus():
            focus.clearFocus()

    def _lay_out(self, agreement: Agreement, province: str, kind: str, required: Sequence[str]) -> None:
        for form in (self._main, self._folded):
            while form.rowCount():
                form.removeRow(0)
        self.fields.clear()
        columns = {column.name: column for column in feature_columns(agreement, kind)}
        usual = {name for name, column in columns.items() if column.required}
        first = [*_ALWAYS, *(name for name in required if name in columns and name not in (*usual, *_ALWAYS))]
        for name in first:
            self._add(self._main, agreement, province, columns[name], kind)
        for name in _FOLDED:
            if name in columns and name not in first:
                self._add(self._folded, agreement, province, columns[name], kind)

    def _add(self, form: QFormLayout, agreement: Agreement, province: str, column: Column, kind: str) -> None:
        titles = {
            "meervoudig": self.tr("Also here"),
            "trede": self.tr("Step"),
            "trede_reden": self.tr("Reason for step"),
        }
        title = titles.get(column.name, column.title or column.name)
        field = self._field(agreement, province, column, kind)
        field.setAccessibleName(title)
        if column.name in titles:
            field.setToolTip(column.title)
        field.given.connect(lambda value: self.value_given.emit(column.name, value, title))
        label = QLabel(title)
        label.setBuddy(field)
        form.addRow(label, field)
        self.fields[column.name] = field

    def _field(self, agreement: Agreement, province: str, column: Column, kind: str) -> Field:
        name = column.name
        none = self.tr("(none)")
        if name in _LONG:
            return LongTextField()
        if name == "legenda":
            return ChoiceField((unit.label.nl, unit.code) for unit in agreement.drawn_as(kind))
        if name == "meervoudig":
            return SeveralField(((unit.label.nl, unit.code) for unit in _by_label(agreement)), none)
        if name in ("start_jaar", "eind_jaar"):
            return ChoiceField(((str(year), year) for year in range(FIRST_YEAR, LAST_YEAR + 1)), none)
        if name == "trede":
            return ChoiceField(((str(step), step) for step in range(1, _LAST_STEP + 1)), none)
        if name in agreement.code_lists:
            return ChoiceField(_codes(agreement, name, province, column.type), None if column.required else none)
        return TextField()


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(6)
    form.setVerticalSpacing(3)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def _by_label(agreement: Agreement) -> Iterable[Any]:
    return sorted(agreement.legend, key=lambda unit: unit.label.nl.casefold())


def _codes(agreement: Agreement, name: str, province: str, kind: str) -> Iterable[tuple[str, object]]:
    """Codes with their labels; of areas only those of the province."""
    for code in agreement.code_lists[name]:
        if not code.provinces or province in code.provinces:
            yield code.label.nl, int(code.code) if kind == "INTEGER" else code.code
