"""The dock Balans: what is drawn beside what is asked, moving along while one draws."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from qgis.core import Qgis
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QMetaObject, QObject, Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from novex_plugin.core.check.balance import Balance
from novex_plugin.core.errors import InputError
from novex_plugin.ui.balance.arranging import (
    ALL_YEARS,
    EVERYWHERE,
    LAST,
    MIDDLE,
    TINTS,
    Scope,
    arranged,
    parts_of,
    spots,
)
from novex_plugin.ui.balance.bars import BarView
from novex_plugin.ui.balance.choice import Choice
from novex_plugin.ui.balance.detail import Detail
from novex_plugin.ui.balance.key import TintKey
from novex_plugin.ui.balance.model import BalanceModel
from novex_plugin.ui.balance.on_map import find, show
from novex_plugin.ui.balance.state_page import StatePage
from novex_plugin.ui.balance.wording import BalanceWords
from novex_plugin.ui.look import icon

PLACE, HORIZON = "balance_place", "balance_horizon"
"""Under which names the project keeps what was chosen."""

_PATIENCE_MS = 500
"""A count that takes longer says that it is busy; shorter ones would only flicker."""


class BalanceDock(QgsDockWidget):
    """See the module. Nothing is counted or drawn while the dock is not seen."""

    def __init__(self, workbench: Any) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Balance"))
        self._bench = workbench
        self._counting = workbench.counting
        self._words = BalanceWords()
        self._others: dict[str, Balance] = {}
        """Balances of the variants beside the open one, by code."""
        self._asked: set[str] = set()
        self._round = 0
        """What was asked in an earlier round is out of date when it comes."""
        self._stale = True
        self.model = BalanceModel(self._words, self)
        self.view = BarView(self.model)
        self.detail = Detail(self._words)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_PATIENCE_MS)
        self._slow.timeout.connect(lambda: self._show_busy(True))
        self.setWidget(self._laid_out())
        self.view.chosen.connect(lambda _: self._look())
        self.view.asked.connect(lambda row: self.go_to(row.features))
        self.detail.asked.connect(self.go_to)
        self.detail.opened.connect(self._list_parts)
        self._connections: list[QMetaObject.Connection] = [
            workbench.proposal_changed.connect(self._another_proposal),
            workbench.variant_changed.connect(lambda _: self._another_variant()),
            workbench.saved.connect(self._saved),
            self._counting.changed.connect(self.refresh),
            self._counting.busy_changed.connect(self._busy),
            self.visibilityChanged.connect(lambda seen: self._seen(seen)),
        ]
        self.refresh()

    def release(self) -> None:
        """Hear nothing any more."""
        self._slow.stop()
        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections.clear()
        self._forget_others()
        self.model.clear()

    def _laid_out(self) -> QWidget:
        self.choice = Choice()
        self.choice.place_chosen.connect(lambda place: self._chose(PLACE, place or _ALL))
        self.choice.horizon_chosen.connect(lambda year: self._chose(HORIZON, str(year)))
        self.choice.variant_chosen.connect(self._bench.choose_variant)
        second = QHBoxLayout()
        self.key = TintKey()
        second.addWidget(self.key, 1)
        second.addWidget(self._beside_button())
        more = self._menu_button()
        second.addWidget(more)
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        self.trouble.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.trouble.hide()
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        for half in (self.view, self.detail):
            self.splitter.addWidget(half)
            self.splitter.setStretchFactor(self.splitter.count() - 1, 1)
        self.splitter.setSizes([300, 300])
        self.splitter.setChildrenCollapsible(False)
        self.nothing = QLabel()
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.hide()
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.setSpacing(4)
        layout.addWidget(self.choice)
        layout.addLayout(second)
        layout.addWidget(self._busy_bar())
        layout.addWidget(self.trouble)
        layout.addWidget(self.nothing, 1)
        layout.addWidget(self.splitter, 1)
        self.stack = QStackedWidget()
        self.state = StatePage()
        self.state.pressed.connect(self._remedy)
        self.stack.addWidget(self.state)
        self.stack.addWidget(content)
        self._in_order(*self.choice.boxes, self.beside, more, self.view, *self.detail.stops)
        self.view.setAccessibleName(self.tr("Targets and what is drawn for them"))
        return self.stack

    @staticmethod
    def _in_order(*widgets: QWidget) -> None:
        """The order in which the tab key goes round."""
        for one, following in pairwise(widgets):
            QWidget.setTabOrder(one, following)

    def _busy_bar(self) -> QProgressBar:
        """A thin line that takes its room also when it is not there: nothing jumps."""
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(3)
        self.progress.setAccessibleName(self.tr("Counting"))
        kept = self.progress.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(kept)
        self.progress.hide()
        return self.progress

    def _beside_button(self) -> QToolButton:
        self.beside = QToolButton()
        self.beside.setIcon(icon("variants"))
        self.beside.setCheckable(True)
        self.beside.setAutoRaise(True)
        self.beside.setToolTip(self.tr("Show all variants side by side"))
        self.beside.setAccessibleName(self.tr("Variants side by side"))
        self.beside.toggled.connect(lambda _: self.refresh())
        return self.beside

    def _menu_button(self) -> QToolButton:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self.again = menu.addAction(icon("mActionRefresh.svg"), self.tr("Count again"), self._count_again)
        self.copying = menu.addAction(icon("mActionEditCopy.svg"), self.tr("Copy as text"), self.copy)
        self.exporting = menu.addAction(icon("mActionFileSaveAs.svg"), self.tr("Export as CSV…"), self._export)
        button = QToolButton()
        button.setIcon(icon("mActionOptions.svg"))
        button.setAutoRaise(True)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolTip(self.tr("Count again, copy, export"))
        button.setAccessibleName(self.tr("More"))
        button.setMenu(menu)
        return button

    @property
    def scope(self) -> Scope:
        """What is looked at: as chosen in this project, else the province and 2030."""
        proposal, state = self._bench.proposal, self._bench.state
        horizon = state.text(HORIZON)
        kept = int(horizon) if horizon in (str(LAST), str(ALL_YEARS)) else MIDDLE
        place = state.text(PLACE) or (proposal.province if proposal else EVERYWHERE)
        return Scope(EVERYWHERE if place == _ALL else place, kept)

    def refresh(self) -> None:
        """Show the balance as it is now; once the dock is seen."""
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        proposal, balance, refused = self._bench.proposal, self._counting.balance, str(self._counting.refused)
        if proposal is None:
            self._state(self.tr("No proposal in this project yet."), self.tr("New proposal…"))
        elif balance is None and refused:
            self._state(refused, self.tr("Count again"))
        elif balance is None:
            self._state(self.tr("Counting what is drawn…"))
            if not self._counting.busy:
                self._counting.count()
        else:
            self.stack.setCurrentIndex(1)
            self.trouble.setText(self.tr("Not counted again: {why}").format(why=refused))
            self.trouble.setVisible(bool(refused))
            self._offer(balance)
            self._show(balance)

    def _show(self, balance: Balance) -> None:
        proposal = self._bench.proposal
        agreement = proposal.agreement
        self.model.horizon = self.scope.horizon
        self.model.indicators = {each.id: each.label.nl for each in agreement.indicators}
        labels = [agreement.label("precisie", code).nl.partition(":")[0].lower() for code in _tints(agreement)]
        self.key.show_labels(labels)
        groups = arranged(balance, agreement, proposal.province, self.scope, self._side_by_side(balance))
        heights = [len(row.bars) for group in self.model.groups() for row in group.rows[:1]]
        self.model.show(groups)
        if heights != [len(row.bars) for group in groups for row in group.rows[:1]]:
            self.view.doItemsLayout()
        self.nothing.setText(self.tr("No programme names a target for this place and these years."))
        self.nothing.setVisible(not groups)
        self.splitter.setVisible(bool(groups))
        self._look()

    def _side_by_side(self, balance: Balance) -> dict[str, Balance]:
        """All variants by name as far as they are counted; those that are not are asked for."""
        known = self._bench.proposal.variants()
        if not self.beside.isChecked() or len(known) < 2:
            return {}
        for code, _ in known:
            if code != balance.variant and code not in self._others and code not in self._asked:
                self._asked.add(code)
                self._counting.count_variant(code, self._counted(code))
        both = self._others | {balance.variant: balance}
        return {name: both[code] for code, name in known if code in both}

    def _counted(self, code: str) -> Any:
        asked = self._round

        def done(balance: Balance) -> None:
            if asked == self._round:
                self._others[code] = balance
                self.refresh()

        return done

    def _offer(self, balance: Balance) -> None:
        """Choices as they are now."""
        proposal = self._bench.proposal
        variants = proposal.variants()
        self.choice.show_scope(spots(balance, proposal.agreement, proposal.province), self.scope)
        self.choice.show_variants(variants, self._bench.variant)
        several = len(variants) > 1
        one = self.tr("There is one variant: nothing to lay beside it")
        self.beside.setEnabled(several)
        self.beside.setToolTip(self.tr("Show all variants side by side") if several else one)

    def _chose(self, key: str, value: str) -> None:
        self._bench.state.set_text(key, value)
        self.refresh()

    def _state(self, message: str, remedy: str = "") -> None:
        self.state.show_state(message, remedy)
        self.stack.setCurrentWidget(self.state)

    def _remedy(self) -> None:
        if self._bench.proposal is None:
            self._bench.ask("new")
        else:
            self._count_again()

    def _count_again(self) -> None:
        if self._bench.proposal is not None:
            self._forget_others()
            self._counting.count()
            self.refresh()

    def _seen(self, seen: bool) -> None:
        if seen and self._stale:
            self.refresh()

    def _another_proposal(self) -> None:
        self._forget_others()
        self.model.clear()
        self.detail.show_row(None, None)
        self.refresh()

    def _another_variant(self) -> None:
        self._forget_others()
        self.refresh()

    def _saved(self) -> None:
        """Other variants may have been edited too."""
        if self._others or self._asked:
            self._forget_others()
            self.refresh()

    def _forget_others(self) -> None:
        self._round += 1
        self._others.clear()
        self._asked.clear()

    def _busy(self, busy: bool) -> None:
        if busy:
            self._slow.start()
        else:
            self._slow.stop()
            self._show_busy(False)

    def _show_busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)

    def _look(self) -> None:
        """Show the details of the row that is looked at."""
        proposal = self._bench.proposal
        if proposal is None:
            return
        row = self.view.current()
        self.detail.show_row(row, proposal.agreement)
        if row is not None and self.detail.nameless:
            self.detail.show_parts(find(proposal, row.features), {})

    def _list_parts(self) -> None:
        proposal, balance, row = self._bench.proposal, self._counting.balance, self.detail.row
        if proposal is not None and balance is not None and row is not None:
            self.detail.show_parts(find(proposal, row.features), parts_of(row, balance))

    def go_to(self, ids: tuple[str, ...]) -> None:
        """Select features on the map and bring them into view."""
        proposal = self._bench.proposal
        if proposal is None or not ids:
            return
        found = find(proposal, ids)
        if not found:
            self._bench.warn(self.tr("These features are not on the map any more. Count again."))
            return
        show(self._bench.iface, proposal, found)

    def copy(self) -> None:
        """Put what is shown on the clipboard, a line for each row."""
        QApplication.clipboard().setText(self.model.as_text())
        self._bench.tell(self.tr("The balance is on the clipboard."), Qgis.MessageLevel.Info, None, 3)

    def _export(self) -> None:
        proposal, balance = self._bench.proposal, self._counting.balance
        if proposal is None or balance is None:
            return
        usual = str(proposal.place.folder / f"balans-{_plain(balance.variant)}.csv")
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Export the balance"), usual, "CSV (*.csv)")
        if chosen:
            self.export(Path(chosen))

    def export(self, path: Path) -> None:
        """Write the balance, all of its targets, as CSV."""
        from novex_plugin.core.check.balance_files import write_balance_csv

        balance = self._counting.balance
        if balance is None:
            return
        path = path if path.suffix else path.with_suffix(".csv")
        try:
            write_balance_csv(balance, path)
        except (InputError, OSError) as error:
            self._bench.warn(self.tr("The balance was not written: {why}").format(why=error))
            return
        self._bench.tell(self.tr("Balance written to {path}.").format(path=path), Qgis.MessageLevel.Success, None, 5)


_ALL = "*"
"""How the choice of all places is kept: nothing kept means nothing chosen."""


def create(workbench: Any) -> BalanceDock:
    """The dock."""
    return BalanceDock(workbench)


def _tints(agreement: Any) -> list[str]:
    return [code for code in TINTS if code in agreement.codes("precisie")]


def _plain(name: str) -> str:
    return "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in name)[:60]
