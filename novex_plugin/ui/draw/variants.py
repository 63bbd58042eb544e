"""The head of the dock: the variant that is drawn in, new ones, copies, names, comparing; and the live test."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from typing import Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from novex_plugin.ui.draw.calm import CalmComboBox
from novex_plugin.ui.look import icon

LONGEST_CODE = 60
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]*")


def code_of(name: str) -> str:
    """A code made from a name: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_CODE]


class VariantDialog(QDialog):
    """Asks the name of a variant, and the code of a new one. `given` is (code, name)."""

    given = pyqtSignal(str, str)

    def __init__(self, title: str, known: Collection[str], code: str | None, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._known = {each.casefold() for each in known}
        self._fixed = code
        self.name = QLineEdit(name)
        self.name.setMaxLength(200)
        self.code = QLineEdit(code or code_of(name))
        self.code.setMaxLength(LONGEST_CODE)
        self.code.setEnabled(code is None)
        self._code_typed = False
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self._take)
        self.buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow(self.tr("Name"), self.name)
        form.addRow(self.tr("Code"), self.code)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.trouble)
        layout.addWidget(self.buttons)
        self.name.textChanged.connect(self._follow)
        self.code.textEdited.connect(self._typed)
        self._judge()
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 48)
        self.name.selectAll()
        self.name.setFocus()

    def _follow(self) -> None:
        if self._fixed is None and not self._code_typed:
            self.code.setText(code_of(self.name.text()))
        self._judge()

    def _typed(self) -> None:
        self._code_typed = True
        self._judge()

    def _judge(self) -> None:
        """Say what keeps this from being a variant; nothing while nothing is filled in."""
        name, code = self.name.text().strip(), self.code.text().strip()
        wrong = ""
        if self._fixed is None and code.casefold() in self._known:
            wrong = self.tr("There is a variant {code} already.").format(code=code)
        elif self._fixed is None and code and not _CODE.fullmatch(code):
            wrong = self.tr("A code has small letters, digits, - and _.")
        self.trouble.setText(f"⚠ {wrong}" if wrong else "")
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(name and code) and not wrong)

    def _take(self) -> None:
        code, name = self.code.text().strip(), self.name.text().strip()
        self.accept()
        self.given.emit(code, name)


class VariantBar(QWidget):
    """Shows and changes `workbench.variant`, and whether is tested while one draws."""

    def __init__(self, workbench: Any, edits: Any) -> None:
        super().__init__()
        self._bench = workbench
        self._edits = edits
        self.box = CalmComboBox()
        self.box.setAccessibleName(self.tr("Variant"))
        self.box.setToolTip(self.tr("Variant that is drawn in and tested; others are not shown on the map"))
        self.box.activated.connect(lambda _: self._bench.choose_variant(str(self.box.currentData())))
        label = QLabel(self.tr("Variant:"))
        label.setBuddy(self.box)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(label)
        layout.addWidget(self.box, 1)
        self.new_button = self._button("mActionAdd.svg", self.tr("New variant, empty"), self.ask_new)
        self.copy_button = self._button("mActionDuplicateLayer.svg", self.tr("Copy this variant"), self.ask_copy)
        self.more_button = self._button("", self.tr("Rename, compare"), None)
        menu = QMenu(self)
        menu.addAction(self.tr("Rename…"), self.ask_name)
        self.compare_action = menu.addAction(self.tr("Compare variants…"), self.compare)
        self.more_button.setMenu(menu)
        for button in (self.new_button, self.copy_button, self.more_button):
            layout.addWidget(button)
        self.live = QToolButton()
        self.live.setCheckable(True)
        self.live.setAutoRaise(True)
        self.live.toggled.connect(self._switch_live)
        layout.addSpacing(6)
        layout.addWidget(self.live)
        self.show_live(bool(workbench.testing.live))

    def refresh(self) -> None:
        """Show the variants that there are."""
        proposal = self._bench.proposal
        known = proposal.variants() if proposal is not None else ()
        self.box.blockSignals(True)
        self.box.clear()
        for code, name in known:
            self.box.addItem(name, code)
            self.box.setItemData(self.box.count() - 1, code, Qt.ItemDataRole.ToolTipRole)
        self.box.setCurrentIndex(self.box.findData(self._bench.variant))
        self.box.blockSignals(False)
        self.compare_action.setEnabled(len(known) > 1)

    def show_live(self, live: bool) -> None:
        """Show whether is tested while one draws."""
        self.live.blockSignals(True)
        self.live.setChecked(live)
        self.live.blockSignals(False)
        self.live.setText(f"● {self.tr('live on')}" if live else f"○ {self.tr('live off')}")
        self.live.setToolTip(
            self.tr("What changes is tested at once. Press to switch it off.")
            if live
            else self.tr("Nothing is tested while drawing. Press to switch it on.")
        )

    def ask_new(self) -> None:
        """Ask for an empty variant."""
        self._ask(self.tr("New variant"), None, "", self._made_new)

    def ask_copy(self) -> None:
        """Ask for a copy of the open variant."""
        name = self.tr("{name} copy").format(name=self.box.currentText())
        self._ask(self.tr("Copy variant"), None, name, self._made_copy)

    def ask_name(self) -> None:
        """Ask for another name."""
        if self._bench.variant:
            self._ask(self.tr("Rename variant"), self._bench.variant, self.box.currentText(), self._renamed)

    def compare(self) -> None:
        """Open QGIS's dialog of novex:compare with what is known filled in."""
        from qgis import processing

        proposal = self._bench.proposal
        if proposal is None:
            return
        if any(layer.isModified() for layer in proposal.layers.values()):
            self._bench.tell(self.tr("What is not saved yet is not compared."))
        given = {"PROPOSAL": proposal.place.reference}
        for name, path in (("SNAPSHOT", self._bench.snapshot), ("BINDINGS", self._bench.bindings)):
            if path is not None:
                given[name] = str(path)
        dialog = processing.createAlgorithmDialog("novex:compare", given)
        dialog.show()

    def _ask(self, title: str, code: str | None, name: str, done: Callable[[str, str], None]) -> QDialog | None:
        proposal = self._bench.proposal
        if proposal is None:
            return None
        dialog = VariantDialog(title, [each for each, _ in proposal.variants()], code, name, self)
        dialog.given.connect(done)
        dialog.open()
        return dialog

    def _made_new(self, code: str, name: str) -> None:
        if self._edits.new_variant(code, name):
            self._open(code, self.tr("Variant {name} made, not saved yet.").format(name=name))

    def _made_copy(self, code: str, name: str) -> None:
        count = self._edits.duplicate_variant(self._bench.variant, code, name)
        if count is not None:
            told = self.tr("Variant {name} made with {count} features, not saved yet.")
            self._open(code, told.format(name=name, count=count))

    def _renamed(self, code: str, name: str) -> None:
        if self._edits.rename_variant(code, name):
            self.refresh()

    def _open(self, code: str, message: str) -> None:
        self._bench.choose_variant(code)
        self.refresh()
        self._bench.tell(message)

    def _switch_live(self, live: bool) -> None:
        self._bench.testing.set_live(live)
        self.show_live(live)

    def _button(self, picture: str, tip: str, pressed: Callable[[], None] | None) -> QToolButton:
        button = QToolButton()
        if picture:
            button.setIcon(icon(picture))
        else:
            button.setText("⋮")
            button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setAutoRaise(True)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        if pressed is not None:
            button.clicked.connect(lambda _: pressed())
        return button


def variant_codes(proposal: Any) -> list[tuple[str, str]]:
    """Codes and names of the variants; none when the table is not there any more."""
    try:
        return list(proposal.variants()) if proposal is not None and "variant" in proposal.layers else []
    except RuntimeError:
        return []
