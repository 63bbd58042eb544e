"""The palette as a tree: programmes, and in them legend units as area, line or point."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from qgis.PyQt.QtGui import QColor, QFont, QPalette
from qgis.PyQt.QtWidgets import QApplication

from novex_plugin.core.agreement import Agreement, LegendUnit
from novex_plugin.ui.draw.remembered import Key, favourites, last_used
from novex_plugin.ui.draw.swatches import swatch

UNIT, KIND = 0, 1
KEY_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The Key of a row, None for a programme."""


@dataclass(frozen=True, eq=False)
class Entry:
    """A legend unit drawn as one type of geometry, in a group of the palette."""

    unit: LegendUnit
    kind: str
    name: str
    about: str
    """What it is found by: its name and code first, otherwise what it is about."""

    @property
    def key(self) -> Key:
        return self.unit.code, self.kind


@dataclass(eq=False)
class Group:
    """A programme, or what somebody uses most."""

    label: str
    entries: list[Entry] = field(default_factory=list)


class PaletteModel(QAbstractItemModel):
    """Two levels: groups and entries. The second column has the type of geometry in a word."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.role = "nieuw"
        self.active: Key | None = None
        """What is being drawn."""
        self.agreement: Agreement | None = None
        self._all: list[Group] = []
        self._groups: list[Group] = []
        self._looked_for = ""
        self._mine_only = False
        self._ratio = 1.0

    def show_agreement(self, agreement: Agreement | None, ratio: float) -> None:
        """Show the legend of an agreement, on a screen with this device pixel ratio."""
        self.agreement = agreement
        self._ratio = ratio
        self._all = _by_programme(agreement) if agreement is not None else []
        self.arrange()

    def set_role(self, role: str) -> None:
        """Show the units as they look in this role; those that cannot have it are greyed."""
        self.role = role
        self._tell_all_changed()

    def set_active(self, key: Key | None) -> None:
        """Mark what is being drawn."""
        self.active = key
        self._tell_all_changed()

    def look_for(self, text: str) -> None:
        """Show only what has all these words in its name; without any in its programme and definition."""
        self._looked_for = _plain(text)
        self.arrange()

    def show_mine(self, only: bool) -> None:
        """Show only favourites and what was used last."""
        self._mine_only = only
        self.arrange()

    def arrange(self) -> None:
        """Put together what is shown, also after favourites changed."""
        self.beginResetModel()
        words = self._looked_for.split()
        groups = self._mine() if self._mine_only else self._all
        by_name = any(_has(each.name, words) for group in groups for each in group.entries)
        found = (
            Group(group.label, [each for each in group.entries if _has(each.name if by_name else each.about, words)])
            for group in groups
        )
        self._groups = [group for group in found if group.entries]
        self.endResetModel()

    def entry(self, index: QModelIndex) -> Entry | None:
        """The entry of a row; None for a group."""
        group = index.internalPointer() if index.isValid() else None
        return group.entries[index.row()] if isinstance(group, Group) else None

    def index_of(self, key: Key) -> QModelIndex:
        """The first row of an entry; invalid when it is not shown."""
        for number, group in enumerate(self._groups):
            for row, each in enumerate(group.entries):
                if each.key == key:
                    return self.index(row, UNIT, self.index(number, UNIT))
        return QModelIndex()

    def entry_of(self, unit: str) -> Entry | None:
        """The first entry of a legend unit that is shown."""
        entries = (each for group in self._groups for each in group.entries)
        return next((each for each in entries if each.unit.code == unit), None)

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._groups)
        is_group = parent.internalPointer() is None and parent.column() == UNIT
        return len(self._groups[parent.row()].entries) if is_group else 0

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 2

    def index(self, row: int, column: int, parent: QModelIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        # Qt keeps no reference: the groups live in a list of ours as long as their indexes.
        return self.createIndex(row, column, self._groups[parent.row()] if parent.isValid() else None)

    def parent(self, index: QModelIndex = QModelIndex()) -> Any:  # noqa: B008
        group = index.internalPointer() if index.isValid() else None
        if not isinstance(group, Group):
            return QModelIndex()
        return self.createIndex(self._groups.index(group), 0, None)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        entry = self.entry(index)
        if entry is None:
            return Qt.ItemFlag.ItemIsEnabled
        if self.role not in entry.unit.roles:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry(index)
        if entry is None:
            return self._of_group(index, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.unit.label.nl if index.column() == UNIT else entry.kind
        if role == Qt.ItemDataRole.DecorationRole and index.column() == UNIT:
            return swatch(entry.unit, entry.kind, self.role, self._ratio)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<b>{escape(entry.unit.label.nl)}</b><br>{escape(entry.unit.definition.nl)}"
        if role == Qt.ItemDataRole.FontRole and entry.key == self.active:
            font = QFont(QApplication.font())
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == KIND:
            return _quiet()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.unit.label.nl}, {entry.kind}"
        return entry.key if role == KEY_ROLE else None

    def _of_group(self, index: QModelIndex, role: int) -> Any:
        if not index.isValid() or index.column() != UNIT or index.row() >= len(self._groups):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._groups[index.row()].label
        if role == Qt.ItemDataRole.ForegroundRole:
            return _quiet()
        return None

    def _mine(self) -> list[Group]:
        """Favourites, and what was used last: those of them that this agreement has."""
        known = {each.key: each for group in self._all for each in group.entries}
        named = ((self.tr("Favourites"), favourites()), (self.tr("Last used"), last_used()))
        return [Group(label, [known[key] for key in keys if key in known]) for label, keys in named]

    def _tell_all_changed(self) -> None:
        for number, group in enumerate(self._groups):
            parent = self.index(number, UNIT)
            last = len(group.entries) - 1
            self.dataChanged.emit(self.index(0, UNIT, parent), self.index(last, KIND, parent))


def _by_programme(agreement: Agreement) -> list[Group]:
    """In the order of the agreement's list of programmes; those without legend units are left out."""
    groups = {code.code: Group(code.label.nl) for code in agreement.code_lists["programma"]}
    for unit in agreement.legend:
        group = groups.setdefault(unit.programme, Group(unit.programme))
        group.entries += _entries(unit, group.label)
    return [group for group in groups.values() if group.entries]


def _entries(unit: LegendUnit, programme: str) -> Iterable[Entry]:
    name = _plain(f"{unit.label.nl} {unit.code}")
    about = _plain(" ".join((programme, unit.definition.nl, unit.label.en)))
    return (Entry(unit, kind, f"{name} {kind}", f"{name} {about} {kind}") for kind in unit.geometry)


def _has(text: str, words: Iterable[str]) -> bool:
    return all(word in text for word in words)


def _plain(text: str) -> str:
    """Without capitals and accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _quiet() -> QColor:
    palette = QgsApplication.palette()
    colour = QColor(palette.color(QPalette.ColorRole.Text))
    colour.setAlphaF(0.65)
    return colour
