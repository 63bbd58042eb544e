"""Choose which data play an object of the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import Qgis
from qgis.gui import QgsCheckableComboBox, QgsFilterLineEdit
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from novex_plugin.core.check.remedies import waiting_for
from novex_plugin.core.dutch import number
from novex_plugin.core.errors import InputError
from novex_plugin.core.rules.bindings_edit import bind, own_place
from novex_plugin.core.rules.kinds import KINDS
from novex_plugin.core.rules.model import LEAST_REASON, Rule
from novex_plugin.core.rules.vocabulary import Slot, vocabulary
from novex_plugin.ui.check.candidates import BASISSET, PROJECT, SUGGESTED, Candidates, Choice
from novex_plugin.ui.check.reason import ReasonCount
from novex_plugin.ui.check.rule_data import RuleData

if TYPE_CHECKING:
    from novex_plugin.ui.workbench import Workbench

_MOST_VALUES = 200
_MOST_RULES = 8
_LEVEL_UNITS = ("cm", "m", "mm")
_CHOICE = Qt.ItemDataRole.UserRole


class BindDialog(QDialog):
    """Writes to the bindings of the project: another layer than the basisset asks name and reason."""

    def __init__(
        self, workbench: Workbench, data: RuleData, slot: str, rules: tuple[Rule, ...], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._bench, self._data = workbench, data
        self._slot = vocabulary().slots.get(slot, Slot(slot, slot, slot, "vlak"))
        self._waiting = waiting_for(slot, rules)
        self._level = any(KINDS[rule.kind].LEVELS and slot in rule.slots for rule in self._waiting)
        self.setWindowTitle(self.tr("Bind data"))
        self.resize(480, 560)
        self.search, self.list = QgsFilterLineEdit(self), QTreeWidget(self)
        self.field, self.values = QComboBox(self), QgsCheckableComboBox(self)
        self.unit, self.level_field = QComboBox(self), QComboBox(self)
        self.name, self.place = QLineEdit(self), QLabel(self)
        self.reason, self.count = QPlainTextEdit(self), ReasonCount(self)
        self.only, self.own = QGroupBox(self.tr("Only these features"), self), QGroupBox(self.tr("Own layer"), self)
        self.reading = QGroupBox(self.tr("Level"), self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.bind = self.buttons.addButton(self.tr("Bind"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._fill_list()
        self._lay_out()
        self._connect()
        self._chosen()

    @property
    def choice(self) -> Choice | None:
        """What is chosen in the list."""
        item = self.list.currentItem()
        found = item.data(0, _CHOICE) if item is not None else None
        return found if isinstance(found, Choice) else None

    def choose(self, title: str) -> bool:
        """Choose by title; False when that is not listed."""
        for group in range(self.list.topLevelItemCount()):
            parent = self.list.topLevelItem(group)
            for place in range(parent.childCount()):
                found = parent.child(place).data(0, _CHOICE)
                if found.title == title and not found.refused:
                    self.list.setCurrentItem(parent.child(place))
                    return True
        return False

    def accept(self) -> None:
        """Write it to the bindings, and test with those from now on."""
        choice, target = self.choice, self._data.target()
        if choice is None or target is None or not self.bind.isEnabled():
            return
        own = None
        if choice.place is not None:
            place = own_place(choice.place, target)
            own = {"name": self.name.text().strip(), "place": place, "reason": self.reason.toPlainText().strip()}
        try:
            bind(
                self._bench.bindings, target, self._slot.id, choice.dataset, choice.layer, self._filter(), own,
                self._level_reading(choice),
            )  # fmt: skip
        except InputError as error:
            self._bench.warn(str(error))
            return
        super().accept()
        self._bench.use_bindings(target)
        if choice.dataset is not None and choice.path is None:
            said = self.tr("{title} is bound; pull it to test with it.").format(title=choice.title)
            bench, dataset = self._bench, choice.dataset
            bench.tell(said, Qgis.MessageLevel.Info, (self.tr("Pull"), lambda: bench.ask("basisset", dataset)))
            return
        said = self.tr("{title} is bound.").format(title=choice.title)
        self._bench.tell(said, Qgis.MessageLevel.Success)
        self._bench.testing.test_all()

    def _filter(self) -> dict[str, Any] | None:
        values = self.values.checkedItemsData()
        return (
            {"field": self.field.currentText(), "values": values} if self.field.currentIndex() > 0 and values else None
        )

    def _level_reading(self, choice: Choice) -> dict[str, Any] | None:
        if not self._level:
            return None
        return {"unit": self.unit.currentText(), "field": None if choice.is_raster else self.level_field.currentText()}

    def _fill_list(self) -> None:
        titles = {
            SUGGESTED: self.tr("Suggested"),
            BASISSET: self.tr("Basisset"),
            PROJECT: self.tr("Layers of this project"),
        }
        groups: dict[str, QTreeWidgetItem] = {}
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        for choice in Candidates(self._bench, self._data, self._slot.id, self._slot.geometry, self._level).listed():
            if choice.group not in groups:
                groups[choice.group] = QTreeWidgetItem(self.list, [titles[choice.group]])
                groups[choice.group].setFlags(Qt.ItemFlag.ItemIsEnabled)
                groups[choice.group].setExpanded(True)
            item = QTreeWidgetItem(groups[choice.group], [choice.title])
            item.setData(0, _CHOICE, choice)
            item.setToolTip(0, choice.refused or choice.remark or choice.title)
            if choice.refused:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setText(0, f"{choice.title} ({choice.refused})")
        self.list.setAccessibleName(self.tr("Data to choose from"))

    def _connect(self) -> None:
        self.search.textChanged.connect(self._search)
        self.list.currentItemChanged.connect(lambda *_: self._chosen())
        self.field.currentIndexChanged.connect(lambda _: self._fill_values())
        self.values.model().dataChanged.connect(lambda *_: self._judge())
        self.name.textChanged.connect(lambda _: self._judge())
        self.reason.textChanged.connect(self._judge)
        self.buttons.rejected.connect(self.reject)
        self.buttons.accepted.connect(self.accept)

    def _lay_out(self) -> None:
        meaning = QLabel(self._slot.nl, self)
        font = meaning.font()
        font.setBold(True)
        meaning.setFont(font)
        meaning.setWordWrap(True)
        count = len(self._waiting)
        said = self.tr("1 rule waits for this.") if count == 1 else self.tr("{count} rules wait for this.")
        waiting = QLabel(said.format(count=number(count)), self)
        waiting.setToolTip("\n".join(rule.nl for rule in self._waiting[:_MOST_RULES]))
        self.search.setShowSearchIcon(True)
        self.search.setPlaceholderText(self.tr("search…"))
        self.unit.addItems(_LEVEL_UNITS)
        self.reason.setTabChangesFocus(True)
        self.reason.setMaximumHeight(self.reason.fontMetrics().height() * 4)
        self.place.setWordWrap(True)
        parts = (
            (self.only, ((self.tr("Field"), self.field), (self.tr("Values"), self.values))),
            (self.reading, ((self.tr("Unit"), self.unit), (self.tr("Field"), self.level_field))),
            (
                self.own,
                (
                    (self.tr("Name"), self.name),
                    (self.tr("Place"), self.place),
                    (self.tr("Reason"), self.reason),
                    ("", self.count),
                ),
            ),
        )
        layout = QVBoxLayout(self)
        for widget in (meaning, waiting, self.search, self.list):
            layout.addWidget(widget)
        for box, fields in parts:
            form = QFormLayout(box)
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
            for label, field in fields:
                form.addRow(label, field)
            layout.addWidget(box)
        layout.addWidget(self.buttons)

    def _search(self, text: str) -> None:
        for group in range(self.list.topLevelItemCount()):
            parent = self.list.topLevelItem(group)
            shown = 0
            for place in range(parent.childCount()):
                item = parent.child(place)
                item.setHidden(text.casefold() not in item.text(0).casefold())
                shown += not item.isHidden()
            parent.setHidden(not shown)

    def _chosen(self) -> None:
        """Ask what the choice needs."""
        choice = self.choice
        layer = choice.opened() if choice is not None else None
        fields = [field.name() for field in layer.fields() if field.name() != "fid"] if layer is not None else []
        self.field.blockSignals(True)
        self.field.clear()
        self.field.addItems([self.tr("all features"), *fields])
        self.field.blockSignals(False)
        self._fill_values()
        self.level_field.clear()
        self.level_field.addItems(fields)
        self.only.setVisible(bool(fields) and not self._level)
        self.reading.setVisible(self._level and choice is not None)
        self.level_field.setEnabled(bool(fields))
        self.own.setVisible(choice is not None and choice.place is not None)
        if choice is not None and choice.place is not None:
            self.name.setText(choice.title)
            self.place.setText(str(choice.place))
        self._judge()

    def _fill_values(self) -> None:
        self.values.clear()
        choice = self.choice
        layer = choice.opened() if choice is not None and self.field.currentIndex() > 0 else None
        if layer is not None:
            place = layer.fields().indexOf(self.field.currentText())
            for value in sorted(layer.uniqueValues(place, _MOST_VALUES), key=str):
                if isinstance(value, str | int | float):
                    self.values.addItemWithCheckState(str(value), Qt.CheckState.Unchecked, value)
        self.values.setEnabled(layer is not None)
        self._judge()

    def _judge(self) -> None:
        choice = self.choice
        length = len(self.reason.toPlainText().strip())
        self.count.show_length(length)
        named = choice is None or choice.place is None or (bool(self.name.text().strip()) and length >= LEAST_REASON)
        chosen = self.field.currentIndex() <= 0 or bool(self.values.checkedItems())
        self.bind.setEnabled(choice is not None and named and chosen)
