"""The palette: search, role, and the legend to draw with."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from qgis.core import QgsApplication
from qgis.gui import QgsFilterLineEdit
from qgis.PyQt.QtCore import QModelIndex, QPoint, QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QShortcut,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from novex_plugin.core.agreement import Agreement
from novex_plugin.ui.draw.calm import CalmComboBox
from novex_plugin.ui.draw.palette_model import KIND, UNIT, Entry, PaletteModel
from novex_plugin.ui.draw.remembered import Key, favourites, set_favourite
from novex_plugin.ui.draw.swatches import SWATCH

_TYPING_MS = 120


class _RoomyRows(QStyledItemDelegate):
    """Swatches that do not touch each other."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), max(hint.height(), SWATCH.height()) + 4)


class PaletteView(QWidget):
    """`chosen` asks to draw with an Entry, `stopped` to end it; the others are what the menu of an entry offers."""

    chosen = pyqtSignal(object)
    stopped = pyqtSignal()
    selection_asked = pyqtSignal(object)
    zoom_asked = pyqtSignal(object)
    shape_asked = pyqtSignal(object)
    """The selected feature's shape drawn again as this Entry."""
    shown_asked = pyqtSignal(object, bool)
    role_changed = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = PaletteModel(self)
        self.has_selection = False
        """Whether a feature is selected whose shape can be drawn again."""
        self.is_shown: Callable[[Entry], bool] = lambda _: True
        """Tells whether an Entry is shown on the map."""
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._search)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._head())
        layout.addWidget(self._tree(), 1)
        layout.addWidget(self._explanation())

    def show_agreement(self, agreement: Agreement | None) -> None:
        """Show the legend of an agreement."""
        self.roles.blockSignals(True)
        self.roles.clear()
        for role in agreement.code_lists["rol"] if agreement is not None else ():
            self.roles.addItem(role.label.nl, role.code)
        place = self.roles.findData(self.model.role)
        self.roles.setCurrentIndex(max(place, 0))
        self.roles.blockSignals(False)
        self.model.show_agreement(agreement, self.devicePixelRatioF())
        self._take_role()
        self.explained.hide()

    @property
    def role(self) -> str:
        return self.model.role

    def mark(self, key: Key | None) -> None:
        """Show what is being drawn."""
        self.model.set_active(key)
        index = self.model.index_of(key) if key is not None else None
        if index is not None and index.isValid():
            self.tree.setCurrentIndex(index)
            self.tree.scrollTo(index)
        elif key is None:
            self.tree.clearSelection()

    def explain(self, entry: Entry) -> None:
        """Say what a legend unit is, beneath the palette."""
        indicators = ", ".join(self._agreement_label(name) for name in entry.unit.indicators)
        counted = f"<br><i>{escape(self.tr('Counts for:'))} {escape(indicators)}</i>" if indicators else ""
        self._words.setText(f"<b>{escape(entry.unit.label.nl)}</b><br>{escape(entry.unit.definition.nl)}{counted}")
        self.explained.show()

    def _agreement_label(self, indicator: str) -> str:
        agreement = self.model.agreement
        known = agreement.indicator.get(indicator) if agreement is not None else None
        return known.label.nl if known is not None else indicator

    def _head(self) -> QHBoxLayout:
        self.search = QgsFilterLineEdit()
        self.search.setShowSearchIcon(True)
        self.search.setPlaceholderText(self.tr("search…"))
        self.search.setAccessibleName(self.tr("Search a legend unit"))
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.search.returnPressed.connect(self._take_first)
        self.roles = CalmComboBox()
        self.roles.setAccessibleName(self.tr("Role"))
        self.roles.setToolTip(self.tr("Role of what is drawn next"))
        self.roles.currentIndexChanged.connect(lambda _: self._take_role())
        self.mine = QToolButton()
        self.mine.setText("★")
        self.mine.setCheckable(True)
        self.mine.setAutoRaise(True)
        self.mine.setAccessibleName(self.tr("Favourites and last used"))
        self.mine.setToolTip(self.tr("Show only favourites and what was used last"))
        self.mine.toggled.connect(self._show_mine)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.search, 1)
        head.addWidget(self.roles)
        head.addWidget(self.mine)
        return head

    def _tree(self) -> QTreeView:
        self.tree = QTreeView()
        self.tree.setModel(self.model)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setRootIsDecorated(True)
        self.tree.setIndentation(12)
        self.tree.setIconSize(SWATCH)
        self.tree.setItemDelegate(_RoomyRows(self.tree))
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.tree.setAccessibleName(self.tr("Legend to draw with"))
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(UNIT, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(KIND, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.clicked.connect(self._clicked)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            pressed = QShortcut(QKeySequence(key), self.tree)
            pressed.setContext(Qt.ShortcutContext.WidgetShortcut)
            pressed.activated.connect(lambda: self._clicked(self.tree.currentIndex()))
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._ask_menu)
        self.model.modelReset.connect(self._unfold)
        return self.tree

    def _explanation(self) -> QFrame:
        self.explained = QFrame()
        self.explained.setFrameShape(QFrame.Shape.StyledPanel)
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)
        close = QToolButton()
        close.setIcon(QgsApplication.getThemeIcon("/mIconClose.svg"))
        close.setAutoRaise(True)
        close.setAccessibleName(self.tr("Close the explanation"))
        close.clicked.connect(self.explained.hide)
        layout = QHBoxLayout(self.explained)
        layout.setContentsMargins(6, 4, 4, 4)
        layout.addWidget(self._words, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.explained.hide()
        return self.explained

    def _unfold(self) -> None:
        self.tree.expandAll()
        for row in range(self.model.rowCount()):
            self.tree.setFirstColumnSpanned(row, self.tree.rootIndex(), True)

    def _search(self) -> None:
        self.model.look_for(self.search.text())

    def _take_first(self) -> None:
        """Enter in the search goes to the first that is found."""
        self._typing.stop()
        self._search()
        if self.model.rowCount():
            self.tree.setCurrentIndex(self.model.index(0, UNIT, self.model.index(0, UNIT)))
            self.tree.setFocus()

    def _show_mine(self, only: bool) -> None:
        self.model.show_mine(only)

    def _take_role(self) -> None:
        role = str(self.roles.currentData() or "nieuw")
        self.model.set_role(role)
        self.role_changed.emit(role)

    def _clicked(self, index: QModelIndex) -> None:
        entry = self.model.entry(index)
        if entry is None or self.model.role not in entry.unit.roles:
            return
        if entry.key == self.model.active:
            self.stopped.emit()
        else:
            self.chosen.emit(entry)

    def _ask_menu(self, place: QPoint) -> None:
        entry = self.model.entry(self.tree.indexAt(place))
        if entry is not None:
            menu = self.menu_for(entry)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.tree.viewport().mapToGlobal(place))

    def menu_for(self, entry: Entry) -> QMenu:
        """What can be done with an entry."""
        menu = QMenu(self)
        menu.addAction(self.tr("Draw"), lambda: self.chosen.emit(entry))
        again = menu.addAction(self.tr("Draw the selected shape as this too"), lambda: self.shape_asked.emit(entry))
        again.setEnabled(self.has_selection)
        menu.addSeparator()
        menu.addAction(self.tr("Select all on the map"), lambda: self.selection_asked.emit(entry))
        menu.addAction(self.tr("Zoom to all"), lambda: self.zoom_asked.emit(entry))
        shown = menu.addAction(self.tr("Show on the map"))
        shown.setCheckable(True)
        shown.setChecked(self.is_shown(entry))
        shown.toggled.connect(lambda wanted: self.shown_asked.emit(entry, wanted))
        menu.addSeparator()
        favourite = menu.addAction(self.tr("Favourite"))
        favourite.setCheckable(True)
        favourite.setChecked(entry.key in favourites())
        favourite.toggled.connect(lambda wanted: self._set_favourite(entry, wanted))
        menu.addAction(self.tr("Explain"), lambda: self.explain(entry))
        return menu

    def _set_favourite(self, entry: Entry, wanted: bool) -> None:
        set_favourite(entry.key, wanted)
        if self.mine.isChecked():
            self.model.arrange()
