"""The first lines of the dock: where and of when, search and filter, and what there is to know."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QAction, QActionGroup
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from novex_plugin.ui.basisset.areas import EXTENT, PROVINCE, SELECTION, SNAPSHOT
from novex_plugin.ui.basisset.choosing import BY_KIND, BY_PROGRAMME, FILTERS
from novex_plugin.ui.look import icon


@dataclass(frozen=True)
class AreaOption:
    """An entry of the list of areas; what is not possible says why."""

    choice: str
    possible: bool
    why_not: str = ""


class Header(QWidget):
    """Area, register, search and filter. `area_options_asked` comes before the list of areas opens."""

    area_options_asked = pyqtSignal()
    area_chosen = pyqtSignal(str)
    refresh_asked = pyqtSignal()
    open_snapshot_asked = pyqtSignal()
    changed = pyqtSignal()
    """Another search, filter or grouping."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._province = self._snapshot = ""
        self.area = QToolButton(self)
        self.area.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.area.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.area.setAutoRaise(True)
        self.area.setAccessibleName(self.tr("Area"))
        self.area.setMenu(QMenu(self.area))
        self.area.menu().aboutToShow.connect(self.area_options_asked)
        self.area.menu().setToolTipsVisible(True)
        self.moment = QLabel(self)
        self.moment.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.moment.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.refresh = QToolButton(self)
        self.refresh.setIcon(icon("mActionRefresh.svg"))
        self.refresh.setAutoRaise(True)
        self.refresh.setToolTip(self.tr("Compare with the catalogue"))
        self.refresh.setAccessibleName(self.tr("Compare with the catalogue"))
        self.refresh.clicked.connect(self.refresh_asked)
        self.search = QgsFilterLineEdit(self)
        self.search.setShowSearchIcon(True)
        self.search.setPlaceholderText(self.tr("search…"))
        self.search.setAccessibleName(self.tr("Search datasets"))
        self.search.textChanged.connect(lambda _: self.changed.emit())
        self.filter = QToolButton(self)
        self.filter.setText(self.tr("filter"))
        self.filter.setIcon(icon("mActionFilter2.svg"))
        self.filter.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.filter.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.filter.setAutoRaise(True)
        self.filter.setMenu(self._filter_menu())
        self.notice = QLabel(self)
        self.notice.setWordWrap(True)
        self.notice.setTextFormat(Qt.TextFormat.PlainText)
        self.notice.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notice.hide()
        self._lay_out()

    def show_area(self, choice: str, province: str, snapshot: str) -> None:
        """Name the chosen area; `snapshot` is what the area of the snapshot is called."""
        self._province, self._snapshot = province, snapshot
        tips = {
            SNAPSHOT: self.tr("Pull for the area of the snapshot"),
            PROVINCE: self.tr("Pull for the whole province"),
            EXTENT: self.tr("Pull for what the map shows"),
            SELECTION: self.tr("Pull for the selected polygons"),
        }
        self.area.setText(self.area_name(choice, short=True))
        self.area.setToolTip(tips[choice])

    def area_name(self, choice: str, short: bool = False) -> str:
        """What an area is called, in the list or (short) on the button."""
        if choice == SNAPSHOT:
            plain = short or self._snapshot == self._province
            return self._snapshot if plain else self.tr("Area of snapshot {name}").format(name=self._snapshot)
        if choice == PROVINCE:
            return self._province or self.tr("Province")
        return self.tr("Map view") if choice == EXTENT else self.tr("Selected polygons")

    def offer_areas(self, options: list[AreaOption], chosen: str) -> None:
        """Fill the list of areas."""
        menu = self.area.menu()
        menu.clear()
        group = QActionGroup(menu)
        for option in options:
            action = menu.addAction(self.area_name(option.choice))
            action.setCheckable(True)
            action.setChecked(option.choice == chosen)
            action.setEnabled(option.possible)
            action.setToolTip(option.why_not)
            action.setData(option.choice)
            group.addAction(action)
        group.triggered.connect(lambda action: self.area_chosen.emit(action.data()))
        menu.addSeparator()
        other = menu.addAction(self.tr("Open another snapshot…"))
        other.triggered.connect(lambda _: self.open_snapshot_asked.emit())

    def show_moment(self, day: str) -> None:
        """Say of when the register is; empty: there is none."""
        self.moment.setText(self.tr("register {day}").format(day=day) if day else self.tr("no register"))
        self.moment.setToolTip(self.moment.text())

    def show_notice(self, text: str) -> None:
        """One line of what there is to know; empty: nothing."""
        self.notice.setText(text)
        self.notice.setVisible(bool(text))

    @property
    def filters(self) -> frozenset[str]:
        """The names of the filters that are on."""
        return frozenset(name for name, action in self._filters.items() if action.isChecked())

    @property
    def grouping(self) -> str:
        """By kind or by programme."""
        return BY_PROGRAMME if self._by_programme.isChecked() else BY_KIND

    def set_grouping(self, by: str) -> None:
        """Group by kind or by programme."""
        (self._by_programme if by == BY_PROGRAMME else self._by_kind).setChecked(True)

    def set_filters(self, names: frozenset[str]) -> None:
        """Turn these filters on, and all others off."""
        for name, action in self._filters.items():
            action.blockSignals(True)
            action.setChecked(name in names)
            action.blockSignals(False)
        self._filtered()

    def clear(self) -> None:
        """List all datasets."""
        self.search.clear()
        self.set_filters(frozenset())

    def _filter_menu(self) -> QMenu:
        texts = {
            "data": self.tr("With data"),
            "image": self.tr("Image only"),
            "none": self.tr("Without access"),
            "pulled": self.tr("Pulled"),
            "waiting": self.tr("Not pulled"),
            "outdated": self.tr("Outdated"),
            "failed": self.tr("Failed"),
            "rules": self.tr("Used by rules"),
        }
        menu = QMenu(self.filter)
        self._filters: dict[str, QAction] = {}
        for each in FILTERS:
            for name in each:
                action = menu.addAction(texts[name])
                action.setCheckable(True)
                action.toggled.connect(lambda _: self._filtered())
                self._filters[name] = action
            menu.addSeparator()
        group = QActionGroup(menu)
        self._by_kind = menu.addAction(self.tr("Group by kind"))
        self._by_programme = menu.addAction(self.tr("Group by programme"))
        for action in (self._by_kind, self._by_programme):
            action.setCheckable(True)
            group.addAction(action)
        self._by_kind.setChecked(True)
        self._by_programme.toggled.connect(lambda _: self.changed.emit())
        menu.addSeparator()
        menu.addAction(self.tr("Show all datasets")).triggered.connect(lambda _: self.clear())
        return menu

    def _filtered(self) -> None:
        count = len(self.filters)
        self.filter.setText(self.tr("filter ({count})").format(count=count) if count else self.tr("filter"))
        self.changed.emit()

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for widget, stretch in ((self.area, 0), (self.moment, 1), (self.refresh, 0)):
            first.addWidget(widget, stretch)
        second.addWidget(self.search, 1)
        second.addWidget(self.filter)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(first)
        whole.addLayout(second)
        whole.addWidget(self.notice)
