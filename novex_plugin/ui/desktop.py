"""The plugin in the QGIS desktop: the toolbar and menu with the five steps, and the docks and dialogs behind them.

Nothing heavy is imported before it is used: QGIS starts with this module and the toolbar alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QMetaObject, QObject, Qt, QTimer
from qgis.PyQt.QtGui import QAction, QKeySequence
from qgis.PyQt.QtWidgets import QToolBar

from novex_plugin.ui.look import icon
from novex_plugin.ui.settings import read_settings

Area = Qt.DockWidgetArea


@dataclass(frozen=True)
class Step:
    """One of the five: `module` has `create(workbench)`, which gives a dock, or a dialog where `area` is None."""

    id: str
    module: str
    area: Any


STEPS = (
    Step("basisset", "novex_plugin.ui.basisset.dock", Area.LeftDockWidgetArea),
    Step("draw", "novex_plugin.ui.draw.dock", Area.RightDockWidgetArea),
    Step("check", "novex_plugin.ui.check.dock", Area.RightDockWidgetArea),
    Step("balance", "novex_plugin.ui.balance.dock", Area.RightDockWidgetArea),
    Step("deliver", "novex_plugin.ui.deliver.dialog", None),
)
NEW = Step("new", "novex_plugin.ui.new_proposal.dialog", None)
WELCOME = Step("novex", "novex_plugin.ui.welcome", None)
_ALL = (NEW, *STEPS, WELCOME)

DOCK_WIDTH = 340
"""Pixels, usable at 1366×768."""


class Desktop(QObject):
    """Toolbar, menu, docks and dialogs. `release` leaves nothing of them behind."""

    def __init__(self, iface: Any) -> None:
        super().__init__()
        self._iface = iface
        self._workbench: Any = None
        self._made: dict[str, Any] = {}
        self._parts: list[Any] = []
        """What listens beside the docks, each with a `release`."""
        self._menu_name = "NOVEX"
        self.toolbar: QToolBar = iface.addToolBar("NOVEX")
        self.toolbar.setObjectName("novex_toolbar")
        self.actions: dict[str, QAction] = {}
        self._make_actions()
        project = QgsProject.instance()
        self._connections: list[QMetaObject.Connection] = [
            project.layersAdded.connect(lambda _: self._wake()),
            project.readProject.connect(lambda _: self._wake()),
        ]
        self._add_parts()
        self._wake()

    def release(self) -> None:
        """Take everything away."""
        from novex_plugin.ui.tasks import stop_all

        for connection in self._connections:
            QObject.disconnect(connection)
        self._connections.clear()
        for part in reversed(self._parts):
            part.release()
        self._parts.clear()
        for name, made in self._made.items():
            made.release()
            if _area(name) is not None:
                self._iface.removeDockWidget(made)
            made.close()
            made.deleteLater()
        self._made.clear()
        if self._workbench is not None:
            self._workbench.release()
            self._workbench.deleteLater()
            self._workbench = None
        stop_all()
        for action in self.actions.values():
            self._iface.removePluginMenu(self._menu_name, action)
            action.deleteLater()
        self.actions.clear()
        self._iface.mainWindow().removeToolBar(self.toolbar)
        self.toolbar.deleteLater()

    @property
    def workbench(self) -> Any:
        """What all docks share, made when it is first needed."""
        if self._workbench is None:
            from novex_plugin.ui.workbench import Workbench

            self._workbench = Workbench(self._iface)
            self._workbench.step_asked.connect(self.open)
            self._parts += self._companions(self._workbench)
            self._workbench.refresh()
        return self._workbench

    def _companions(self, workbench: Any) -> list[Any]:
        """What goes along with an open proposal, whether or not a dock is open."""
        from novex_plugin.ui.check.live_marks import LiveMarks
        from novex_plugin.ui.editing import Editing
        from novex_plugin.ui.new_proposal.proposal_health import ProposalHealth
        from novex_plugin.ui.step_states import StepStates

        _ = workbench.layer_marks
        live = LiveMarks(workbench, lambda: self._is_shown("check"))
        return [StepStates(workbench, self.actions), ProposalHealth(workbench), Editing(workbench), live]

    def _is_shown(self, step: str) -> bool:
        return step in self._made and bool(self._made[step].isUserVisible())

    def open(self, step: str, item: str = "") -> Any:
        """Bring the dock or dialog of a step to the front, made when it is first asked for, and show one of its items;
        give it."""
        made = self._made.get(step) or self._make(step)
        if _area(step) is None:
            made.open()
        else:
            made.setUserVisible(True)
        if item:
            made.show_item(item)
        return made

    def _make_actions(self) -> None:
        texts = {
            "basisset": (self.tr("Basisset"), self.tr("Find, pull and show the datasets that everybody uses")),
            "draw": (self.tr("Draw"), self.tr("Draw the proposal in the agreed legend")),
            "check": (self.tr("Test"), self.tr("See what the rules of the national programmes say")),
            "balance": (self.tr("Balance"), self.tr("See what is drawn beside what is asked")),
            "deliver": (self.tr("Deliver"), self.tr("Hand over the proposal, or read what others handed over")),
            "new": (self.tr("New proposal…"), self.tr("Make a project with an empty proposal, a layer or a delivery")),
            "novex": (self.tr("The way in four sentences"), self.tr("What each step is for")),
        }
        for number, step in enumerate(_ALL):
            text, tip = texts[step.id]
            action = QAction(icon(step.id), text, self._iface.mainWindow())
            action.setObjectName(f"novex_{step.id}")
            action.setToolTip(f"<b>{text}</b><br>{tip}")
            action.setCheckable(step.area is not None)
            if step in STEPS:
                action.setShortcut(QKeySequence(f"Ctrl+Alt+{number}"))
            action.triggered.connect(self._opener(step.id))
            self._iface.addPluginToMenu(self._menu_name, action)
            self.actions[step.id] = action
        for step in STEPS:
            self.toolbar.addAction(self.actions[step.id])
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def _opener(self, step: str) -> Callable[[bool], None]:
        def pressed(checked: bool) -> None:
            if _area(step) is not None and not checked and step in self._made:
                self._made[step].setUserVisible(False)
            else:
                self.open(step)

        return pressed

    def _make(self, step: str) -> Any:
        """Make a dock or dialog. Those on the right are tabs of one area."""
        module = next(each.module for each in _ALL if each.id == step)
        made = import_module(module).create(self.workbench)
        self._made[step] = made
        area = _area(step)
        if area is None:
            return made
        made.setObjectName(f"novex_{step}_dock")
        made.setMinimumWidth(280)
        beside = [each.objectName() for name, each in self._made.items() if _area(name) == area and each is not made]
        made.setWindowIcon(icon(step))
        self._iface.addTabifiedDockWidget(area, made, beside, True)
        self._iface.mainWindow().resizeDocks([made], [DOCK_WIDTH], Qt.Orientation.Horizontal)
        action = self.actions[step]
        made.visibilityChanged.connect(lambda _: action.setChecked(self._is_shown(step)))
        return made

    def _add_parts(self) -> None:
        from novex_plugin.ui.locator import Locator
        from novex_plugin.ui.options_page import PAGE, OptionsFactory

        self._parts.append(OptionsFactory(self._iface, lambda: self.workbench))
        locator = Locator(self._iface, lambda: self.workbench)
        self._iface.registerLocatorFilter(locator)
        self._parts.append(locator)
        window = self._iface.mainWindow()
        self._add_to_menu("import", "mActionAddOgrLayer.svg", self.tr("Import a layer…"), self._import)
        self._add_to_menu(
            "settings",
            "mActionOptions.svg",
            self.tr("Settings…"),
            lambda: self._iface.showOptionsDialog(window, PAGE),
        )
        if not read_settings().welcomed:
            QTimer.singleShot(0, self._welcome)

    def _add_to_menu(self, name: str, picture: str, text: str, act: Callable[[], Any]) -> None:
        action = QAction(icon(picture), text, self._iface.mainWindow())
        action.setObjectName(f"novex_{name}")
        action.triggered.connect(lambda _: act())
        self._iface.addPluginToMenu(self._menu_name, action)
        self.actions[name] = action

    def _import(self) -> None:
        """Take features of another layer into the open proposal."""
        from novex_plugin.ui.new_proposal.import_dialog import import_into

        import_into(self.workbench)

    def _welcome(self) -> None:
        """The first time only, once QGIS stands there."""
        if self.actions and self._iface.mainWindow().isVisible():
            self.open(WELCOME.id)

    def _wake(self) -> None:
        """Once a project holds layers, look whether a proposal is among them."""
        if self._workbench is None and QgsProject.instance().mapLayers():
            _ = self.workbench


def _area(step: str) -> Any:
    """Where the dock of a step lies; None for a dialog."""
    return next(each.area for each in _ALL if each.id == step)
