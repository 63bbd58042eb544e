"""What a feature contributes to the indicators of its legend unit: an amount, its unit and its year on each line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qgis.core import QgsFeature
from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from novex_plugin.core.agreement import Agreement, Indicator, LegendUnit
from novex_plugin.core.dutch import quantity
from novex_plugin.qgis_adapter.forms import FIRST_YEAR, LAST_YEAR
from novex_plugin.ui.draw.calm import CalmComboBox
from novex_plugin.ui.draw.fields import written
from novex_plugin.ui.draw.numbers import read_number, typed

_FIRST_ALWAYS = 1
"""So many indicators of a legend unit are shown even when nothing was filled in."""


_SHORT = 3
"""Signs of a unit that fits behind a number."""


@dataclass(frozen=True)
class Amount:
    """What somebody filled in. `row` is the id of the contribution, None for a new one; `value` None takes it away."""

    indicator: Indicator
    row: str | None
    value: float | None
    year: int | None


class AmountLine(QWidget):
    """The line of one contribution, or of an indicator that has none yet."""

    given = pyqtSignal(object)
    another_asked = pyqtSignal(object)
    """A line for another year of this Indicator."""

    def __init__(self, indicator: Indicator, year: int | None) -> None:
        super().__init__()
        self.indicator = indicator
        self.row: str | None = None
        self._value: float | None = None
        self._year = year
        self._size: float | None = None
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(4)
        layout.setVerticalSpacing(0)
        label = QLabel(_title(indicator))
        label.setWordWrap(True)
        label.setToolTip(indicator.definition.nl)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout.addWidget(label, 0, 0)
        layout.addWidget(self._field(label), 0, 1)
        layout.addWidget(self._unit(), 0, 2)
        layout.addWidget(self._years(), 0, 3)
        layout.addWidget(self._extra(), 0, 4)
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        layout.addWidget(self.trouble, 1, 0, 1, 5)
        layout.setColumnStretch(0, 1)

    def show_row(self, row: QgsFeature | None, size: float | None) -> None:
        """Show a contribution as it is now, and what the shape measures; what is being typed stays."""
        value, year = (_number(row["waarde"]), _year(row["jaar"])) if row is not None else (None, self._year)
        self.row = str(row["id"]) if row is not None else None
        self._size = size
        if value != self._value or not self.value.isModified():
            self._value = value
            self.value.setText(typed(value))
        self.value.setPlaceholderText(typed(round(size, 1)) if size is not None else "")
        if year != self._year or not self.years.lineEdit().isModified():
            self._year = year
            self._show_year()
        self._show_extra()

    def _field(self, label: QLabel) -> QLineEdit:
        self.value = QLineEdit()
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.value.setFixedWidth(self.fontMetrics().horizontalAdvance("000.000,0") + 12)
        self.value.setAccessibleName(f"{self.indicator.label.nl} ({self.indicator.unit})")
        self.value.editingFinished.connect(self._finish)
        label.setBuddy(self.value)
        return self.value

    def _unit(self) -> QLabel:
        """A short unit stands behind the number; a long one, where the name does not tell it, in the name."""
        shown = QLabel(self.indicator.unit if len(self.indicator.unit) <= _SHORT else "")
        shown.setFixedWidth(self.fontMetrics().horizontalAdvance("MW "))
        return shown

    def _years(self) -> CalmComboBox:
        self.years = CalmComboBox()
        self.years.setFixedWidth(self.fontMetrics().horizontalAdvance("2030") + 34)
        self.years.setToolTip(self.tr("Year in which it is there"))
        self.years.setAccessibleName(self.tr("Year"))
        self.years.addItem("–", None)
        for year in self.indicator.years:
            self.years.addItem(str(year), year)
        self.years.setEditable(True)
        self.years.setInsertPolicy(CalmComboBox.InsertPolicy.NoInsert)
        self._show_year()
        self.years.activated.connect(lambda _: self._finish())
        self.years.lineEdit().editingFinished.connect(self._finish)
        return self.years

    def _show_year(self) -> None:
        self.years.setCurrentText(str(self._year) if self._year else "–")

    def _extra(self) -> QToolButton:
        """Take the measure of the shape, or add a line for another year."""
        self.extra = QToolButton()
        self.extra.setAutoRaise(True)
        self.extra.setFixedSize(QSize(18, 20))
        self.extra.clicked.connect(self._press_extra)
        self._show_extra()
        return self.extra

    def _show_extra(self) -> None:
        if self._value is None and self._size is not None:
            self.extra.setText("=")
            tip = self.tr("Take {size} from the shape").format(size=quantity(self._size, self.indicator.unit))
        else:
            self.extra.setText("+")
            tip = self.tr("Another year")
        self.extra.setEnabled(self._value is not None or self._size is not None)
        self.extra.setToolTip(tip)
        self.extra.setAccessibleName(tip)

    def _press_extra(self) -> None:
        if self._value is None:
            self.take_size()
        else:
            self.another_asked.emit(self.indicator)

    def take_size(self) -> None:
        """Fill in what the shape measures."""
        if self._size is not None:
            self.value.setText(typed(round(self._size, 2)))
            self._finish()

    def _finish(self) -> None:
        try:
            value, year = self._typed_value(), self._typed_year()
        except ValueError as wrong:
            self.trouble.setText(f"⚠ {wrong}")
            self.trouble.show()
            return
        self.trouble.hide()
        before, self._value, self._year = (self._value, self._year), value, year
        self.value.setModified(False)
        self.years.lineEdit().setModified(False)
        if (value, year) != before and not (value is None and self.row is None):
            self.given.emit(Amount(self.indicator, self.row, value, year))

    def _typed_value(self) -> float | None:
        """Raises ValueError with what is wrong."""
        try:
            value = read_number(self.value.text())
        except ValueError:
            raise ValueError(self.tr("No number. Write it as 1.250 or 12,5.")) from None
        least, most = self.indicator.minimum, self.indicator.maximum
        if value is not None and ((least is not None and value < least) or (most is not None and value > most)):
            if most is None:
                raise ValueError(self.tr("Not less than {least}.").format(least=typed(least)))
            raise ValueError(self.tr("From {least} to {most}.").format(least=typed(least or 0.0), most=typed(most)))
        return value

    def _typed_year(self) -> int | None:
        """Raises ValueError with what is wrong."""
        text = self.years.currentText().strip()
        if text in ("", "–"):
            return None
        if not (text.isascii() and text.isdigit()) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
            told = self.tr("The year lies between {first} and {last}.")
            raise ValueError(told.format(first=FIRST_YEAR, last=LAST_YEAR))
        return int(text)


class Contributions(QWidget):
    """The lines of a feature: those filled in and the main one first, the others folded away."""

    given = pyqtSignal(object)
    """An Amount."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[AmountLine] = []
        self._more = QgsCollapsibleGroupBox(self.tr("More quantities"))
        self._more.setCollapsed(True)
        self._shown = QVBoxLayout()
        self._folded = QVBoxLayout(self._more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for each in (self._shown, self._folded, layout):
            each.setSpacing(3)
        layout.addLayout(self._shown)
        layout.addWidget(self._more)
        self._owner = ""

    def show_rows(
        self,
        agreement: Agreement,
        unit: LegendUnit | None,
        owner: QgsFeature,
        rows: Sequence[QgsFeature],
        sizes: Mapping[str, float],
    ) -> None:
        """Show the contributions of a feature. `sizes` is what its shape measures, by how indicators add up (`area` in
        ha, `length` in km). Lines stay where they are while somebody fills them in."""
        names = [*(unit.indicators if unit is not None else ()), *(str(row["indicator"]) for row in rows)]
        known = [agreement.indicator[name] for name in dict.fromkeys(names) if name in agreement.indicator]
        wanted = [
            (each, row) for each in known for row in [row for row in rows if row["indicator"] == each.id] or [None]
        ]
        about = f"{owner['id']} {owner['legenda']}"
        if about != self._owner or not self._fits(wanted):
            self._owner = about
            self._lay_out(wanted, _year(owner["horizon"]) or _year(owner["eind_jaar"]))
        for line, (indicator, row) in zip(self.lines, wanted, strict=True):
            line.show_row(row, sizes.get(indicator.adds))

    def clear(self) -> None:
        """Show nothing."""
        self._owner = ""
        self._clear()
        self._more.hide()

    def _fits(self, wanted: Sequence[tuple[Indicator, QgsFeature | None]]) -> bool:
        """Whether the lines that are there can show this."""
        return len(wanted) == len(self.lines) and all(
            line.indicator is indicator and (line.row is None or row is None or line.row == row["id"])
            for line, (indicator, row) in zip(self.lines, wanted, strict=True)
        )

    def _lay_out(self, wanted: Sequence[tuple[Indicator, QgsFeature | None]], year: int | None) -> None:
        self._clear()
        for place, (indicator, row) in enumerate(wanted):
            shown = row is not None or place < _FIRST_ALWAYS
            self._add(indicator, year or next(iter(indicator.years), None), self._shown if shown else self._folded)
        left = self._folded.count()
        self._more.setVisible(left > 0)
        self._more.setTitle(self.tr("More quantities ({count})").format(count=left))

    def _add(self, indicator: Indicator, year: int | None, into: QVBoxLayout) -> AmountLine:
        line = AmountLine(indicator, year)
        line.given.connect(self.given)
        line.another_asked.connect(self._add_year)
        into.addWidget(line)
        self.lines.append(line)
        return line

    def _add_year(self, indicator: Indicator) -> None:
        """A line for a year that the indicator has no line for yet, after its others."""
        mine = [line for line in self.lines if line.indicator is indicator]
        taken = {line.years.currentText() for line in mine}
        free = next((year for year in indicator.years if str(year) not in taken), None)
        added = self._add(indicator, free, self._shown)
        place = self._shown.indexOf(mine[-1]) if mine else -1
        if place >= 0:
            self._shown.insertWidget(place + 1, added)
            self.lines.insert(self.lines.index(mine[-1]) + 1, self.lines.pop())
        added.value.setFocus()

    def _clear(self) -> None:
        for line in self.lines:
            line.value.blockSignals(True)
            line.years.lineEdit().blockSignals(True)
            line.setParent(None)
            line.deleteLater()
        self.lines.clear()


def _number(value: object) -> float | None:
    text = written(value)
    return float(text) if text else None


def _year(value: object) -> int | None:
    text = written(value)
    return int(float(text)) if text else None


def _title(indicator: Indicator) -> str:
    label, unit = indicator.label.nl, indicator.unit
    return label if len(unit) <= _SHORT or unit.casefold() in label.casefold() else f"{label} ({unit})"
