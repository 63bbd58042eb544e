"""What stands above the findings: counts that are filters, search, the extent of the map, grouping."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QAction, QActionGroup
from qgis.PyQt.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from novex_plugin.core.dutch import number
from novex_plugin.ui.check.entries import SHOWN
from novex_plugin.ui.check.sieve import Sieve
from novex_plugin.ui.check.signs import sign_icon
from novex_plugin.ui.check.views import TABLE
from novex_plugin.ui.look import HARDNESS_WORDS, OUTCOME_LOOKS, icon

_QUIET_MS = 120
"""How long nobody types before the text is searched for."""


class FilterBar(QWidget):
    """`sieve` is what is let through, apart from the extent, which whoever knows the map fills in."""

    sieved = pyqtSignal()
    grouped = pyqtSignal(str)
    test_asked = pyqtSignal()
    cancel_asked = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sieve = Sieve()
        self.outcomes: dict[str, QToolButton] = {name: self._outcome_button(name) for name in SHOWN}
        self.test = QToolButton(self)
        self.search = QgsFilterLineEdit(self)
        self.in_extent = QToolButton(self)
        self.filter = QToolButton(self)
        self.group = QToolButton(self)
        self.programmes = QMenu(self.tr("Programme"), self)
        self.stale = QAction(self.tr("Only explanations that do not count"), self)
        self.hardness: dict[str, QAction] = {}
        self.groupings: dict[str, QAction] = {}
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(_QUIET_MS)
        self._typed.timeout.connect(self._search)
        self._make_test()
        self._make_search()
        self._make_filter()
        self._make_grouping()
        self._lay_out()
        self.set_counts({})
        self.set_busy(False)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many rules have each outcome."""
        for name, button in self.outcomes.items():
            count = counts.get(name)
            button.setText(number(count) if count is not None else "–")
            word = OUTCOME_LOOKS[name].word
            said = self.tr("{word}: {count} rules").format(word=word.capitalize(), count=button.text())
            button.setToolTip(said + "<br>" + self.tr("Click to show or hide these."))
            button.setAccessibleName(said)

    def set_busy(self, busy: bool) -> None:
        """Offer to test, or to stop testing."""
        self._busy = busy
        self.test.setIcon(icon("mActionStop.svg" if busy else "mActionRefresh.svg"))
        self.test.setText(self.tr("stop") if busy else self.tr("all"))
        self.test.setToolTip(self.tr("Stop testing") if busy else self.tr("Test the whole variant (F9)"))

    def set_programmes(self, programmes: Mapping[str, str]) -> None:
        """Offer these programmes (id to title) to hide."""
        known = {action.data() for action in self.programmes.actions()}
        if known == set(programmes):
            return
        self.programmes.clear()
        for key, title in programmes.items():
            action = self.programmes.addAction(title)
            action.setData(key)
            action.setCheckable(True)
            action.setChecked(key not in self.sieve.without_programmes)
            action.toggled.connect(lambda _: self._filtered())

    def show_outcomes(self, outcomes: frozenset[str]) -> None:
        """Let these outcomes through as well."""
        for name in outcomes:
            if name in self.outcomes:
                self.outcomes[name].setChecked(True)

    def clear(self) -> None:
        """Let everything through that has one of the chosen outcomes."""
        for action in (*self.hardness.values(), *self.programmes.actions()):
            action.setChecked(True)
        self.stale.setChecked(False)
        self.in_extent.setChecked(False)
        self.search.clear()
        self.sieve = replace(self.sieve, rules=None, text="", extent=None)
        self._typed.stop()
        self._filtered()

    def only_rules(self, rules: frozenset[str] | None) -> None:
        """Show these rules alone; None: all."""
        self.sieve = replace(self.sieve, rules=rules)
        self._filtered()

    def _outcome_button(self, outcome: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(sign_icon(outcome))
        button.setIconSize(QSize(14, 14))
        button.setCheckable(True)
        button.setChecked(outcome in self.sieve.outcomes)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setObjectName(f"outcome_{outcome}")
        button.toggled.connect(lambda _: self._filtered())
        return button

    def _make_test(self) -> None:
        self.test.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.test.setAutoRaise(True)
        self.test.clicked.connect(lambda: (self.cancel_asked if self._busy else self.test_asked).emit())

    def _make_search(self) -> None:
        self.search.setShowSearchIcon(True)
        self.search.setShowClearButton(True)
        self.search.setPlaceholderText(self.tr("search…"))
        self.search.setAccessibleName(self.tr("Search in findings"))
        self.search.textChanged.connect(lambda _: self._typed.start())
        self.in_extent.setIcon(icon("mActionZoomFullExtent.svg"))
        self.in_extent.setCheckable(True)
        self.in_extent.setAutoRaise(True)
        self.in_extent.setToolTip(self.tr("Only what lies in the view of the map"))
        self.in_extent.setAccessibleName(self.in_extent.toolTip())
        self.in_extent.toggled.connect(lambda _: self._filtered())

    def _make_filter(self) -> None:
        menu = QMenu(self.filter)
        menu.addSection(self.tr("Hardness"))
        for name, word in HARDNESS_WORDS.items():
            action = menu.addAction(word.capitalize())
            action.setCheckable(True)
            action.setChecked(True)
            action.toggled.connect(lambda _: self._filtered())
            self.hardness[name] = action
        menu.addSeparator()
        menu.addMenu(self.programmes)
        self.stale.setCheckable(True)
        self.stale.toggled.connect(lambda _: self._filtered())
        menu.addAction(self.stale)
        menu.addSeparator()
        menu.addAction(self.tr("Show all again"), self.clear)
        self._menu_button(self.filter, "mActionFilter2.svg", self.tr("Filter by hardness and programme"), menu)
        self.filter.setCheckable(True)

    def _make_grouping(self) -> None:
        menu, group = QMenu(self.group), QActionGroup(self)
        words = {
            "programma": self.tr("By programme"),
            "regel": self.tr("By rule"),
            "object": self.tr("By feature"),
            "legenda": self.tr("By legend unit"),
            TABLE: self.tr("As a table"),
        }
        for name, word in words.items():
            if name == TABLE:
                menu.addSeparator()
            action = menu.addAction(word)
            action.setCheckable(True)
            action.setChecked(name == "programma")
            action.triggered.connect(self._grouper(name))
            group.addAction(action)
            self.groupings[name] = action
        self._menu_button(self.group, "mActionAddGroup.svg", self.tr("Group the findings, or show a table"), menu)

    @staticmethod
    def _menu_button(button: QToolButton, picture: str, tip: str, menu: QMenu) -> None:
        button.setIcon(icon(picture))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setAutoRaise(True)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _grouper(self, name: str) -> Callable[[bool], None]:
        return lambda _: self.grouped.emit(name)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for button in self.outcomes.values():
            first.addWidget(button)
        first.addStretch()
        first.addWidget(self.test)
        for widget in (self.search, self.in_extent, self.filter, self.group):
            second.addWidget(widget)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        first.setSpacing(3)
        second.setSpacing(3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(first)
        layout.addLayout(second)

    def _search(self) -> None:
        if self.search.text() != self.sieve.text:
            self._filtered()

    def _filtered(self) -> None:
        hidden = frozenset(str(each.data()) for each in self.programmes.actions() if not each.isChecked())
        firm = frozenset(name for name, action in self.hardness.items() if not action.isChecked())
        self.sieve = replace(
            self.sieve,
            outcomes=frozenset(name for name, button in self.outcomes.items() if button.isChecked()),
            without_hardness=firm,
            without_programmes=hidden,
            stale=self.stale.isChecked(),
            text=self.search.text(),
        )
        self.filter.setChecked(bool(hidden or firm or self.sieve.stale or self.sieve.rules is not None))
        self.sieved.emit()
