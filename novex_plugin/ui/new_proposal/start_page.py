"""The first page of the dialog: province, variant, what to start from, and the place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsSettings
from qgis.gui import QgsCollapsibleGroupBox, QgsFileWidget
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.proposal.create import VARIANT_CODE
from novex_plugin.ui.new_proposal.existing_choice import ExistingChoice
from novex_plugin.ui.new_proposal.layer_choice import LayerChoice
from novex_plugin.ui.new_proposal.places import SUFFIX, project_beside, proposed, writable
from novex_plugin.ui.new_proposal.widgets import QuietCombo

NOTHING, LAYER, DELIVERY, EXISTING = "nothing", "layer", "delivery", "existing"
STARTS = (NOTHING, LAYER, DELIVERY, EXISTING)
FOLDER = "novex/proposal_folder"


class StartPage(QWidget):
    """`changed` tells that something was filled in, `start_changed` that something else is started from,
    `delivery_chosen` and `proposal_chosen` that one of those was."""

    changed = pyqtSignal()
    start_changed = pyqtSignal(str)
    delivery_chosen = pyqtSignal(str)
    proposal_chosen = pyqtSignal()

    def __init__(self, workbench: Any, agreement: Agreement, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._agreement = agreement
        self._own_place = self._proposing = False
        kept = workbench.settings
        self.province = QuietCombo()
        listed = [(each.label.nl, each.code) for each in agreement.code_lists["provincie"]]
        self.province.fill([(self.tr("(choose)"), ""), *listed])
        if kept.province in [code for _, code in listed]:
            self.province.choose(kept.province)
        self.variant = QLineEdit("basis")
        self.variant.setToolTip(self.tr("Lower case letters, digits, - and _; what the first variant is known by"))
        self.variant.setMaxLength(40)
        self.title, self.organisation = QLineEdit(), QLineEdit(kept.organisation)
        self.email = QLineEdit(kept.email)
        self.email.setToolTip(self.tr("Of the organisation, never of a person; a delivery asks for it"))
        self.layer = LayerChoice()
        self.delivery = _file(self.tr("Delivery") + " (*.zip)")
        self.existing = ExistingChoice()
        self.place = QgsFileWidget()
        self.place.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.place.setFilter(f"GeoPackage (*{SUFFIX})")
        self.place.setConfirmOverwrite(False)
        self.keep = QCheckBox()
        self.keep.setChecked(True)
        self.delivery_said, self.existing_said = _said(), _said()
        self._starts: dict[str, QRadioButton] = {}
        self._lay_out()
        self._connect()
        self._propose_place()

    @property
    def start(self) -> str:
        """What is started from."""
        return next(name for name, button in self._starts.items() if button.isChecked())

    def choose_start(self, start: str) -> None:
        """Start from something else."""
        self._starts[start].setChecked(True)

    def target(self) -> Path:
        """The GeoPackage to write."""
        written = Path(self.place.filePath().strip() or "voorstel").expanduser()
        return written if written.suffix.lower() == SUFFIX else written.with_name(f"{written.name}{SUFFIX}")

    def project_file(self) -> Path | None:
        """Where the project is kept, None when it is not."""
        if not self.keep.isChecked():
            return None
        return project_beside(self._proposal())

    def problem(self) -> str:
        """What still has to be filled in, or cannot be as it is; empty when all is well."""
        if self.start == EXISTING:
            return "" if self.existing.name is not None else self.tr("Choose the proposal to open.")
        if self.start == DELIVERY and not self.delivery.filePath():
            return self.tr("Choose the delivery to start from.")
        if self.start in (NOTHING, LAYER) and not self.province.currentData():
            return self.tr("Choose a province.")
        if self.start in (NOTHING, LAYER) and not VARIANT_CODE.fullmatch(self.variant.text().strip()):
            return self.tr("The code of a variant has lower case letters, digits, - and _, such as basis.")
        if self.start == LAYER and self.layer.problem:
            return self.layer.problem
        return self._place_problem()

    def start_over(self) -> None:
        """Be ready for another proposal."""
        self._own_place = False
        self.choose_start(NOTHING)
        self.title.clear()
        self.delivery.setFilePath("")
        self.existing.choose("")
        self._propose_place()

    def remember(self) -> None:
        """Keep the folder for the next time."""
        QgsSettings().setValue(FOLDER, str(self.target().parent))

    def _place_problem(self) -> str:
        if not self.place.filePath().strip():
            return self.tr("Choose a place for the proposal.")
        target = self.target()
        if target.exists():
            return self.tr("{file} exists already. Choose another name; nothing is overwritten.").format(
                file=target.name
            )
        if not writable(target):
            return self.tr("{folder} cannot be written to. Choose another place.").format(folder=target.parent)
        return ""

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self.tr("&Province"), self.province)
        form.addRow(self.tr("&Variant"), self.variant)
        form.addRow(self.tr("Start from"), self._choices())
        self._sources = QStackedWidget()
        empty = QLabel(self.tr("An empty proposal, ready to draw in."))
        self._sources.addWidget(_on_top(empty))
        self._sources.addWidget(_on_top(self.layer))
        self._sources.addWidget(_on_top(self.delivery, self.delivery_said))
        self._sources.addWidget(_on_top(self.existing, self.existing_said))
        self._sources.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        form.addRow("", self._sources)
        form.addRow(self.tr("P&lace"), self.place)
        form.addRow("", self.keep)
        more = QgsCollapsibleGroupBox(self.tr("What the proposal says of itself"))
        told = QFormLayout(more)
        told.addRow(self.tr("&Title"), self.title)
        told.addRow(self.tr("&Organisation"), self.organisation)
        told.addRow(self.tr("&E-mail"), self.email)
        more.setCollapsed(True)
        form.addRow(more)
        self._form = form

    def _choices(self) -> QWidget:
        texts = {
            NOTHING: self.tr("Nothing"),
            LAYER: self.tr("An existing layer"),
            DELIVERY: self.tr("A delivery"),
            EXISTING: self.tr("A proposal that is there already"),
        }
        box, group = QWidget(), QButtonGroup(self)
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for start in STARTS:
            self._starts[start] = QRadioButton(texts[start])
            group.addButton(self._starts[start])
            layout.addWidget(self._starts[start])
        self._starts[NOTHING].setChecked(True)
        return box

    def _connect(self) -> None:
        for button in self._starts.values():
            button.toggled.connect(self._start_toggled)
        self.province.currentIndexChanged.connect(lambda _: self._renamed())
        self.variant.textChanged.connect(lambda _: self._renamed())
        self.place.fileChanged.connect(lambda _: self._placed())
        self.keep.toggled.connect(lambda _: self.changed.emit())
        self.layer.changed.connect(self.changed)
        self.delivery.fileChanged.connect(self.delivery_chosen)
        self.existing.changed.connect(self.proposal_chosen)
        self.delivery.fileChanged.connect(lambda _: self.changed.emit())
        self.existing.changed.connect(self.changed)
        self.changed.connect(self._name_project)

    def _start_toggled(self, on: bool) -> None:
        if not on:
            return
        start = self.start
        self._sources.setCurrentIndex(STARTS.index(start))
        own = start in (NOTHING, LAYER)
        for field in (self.province, self.variant, self.title, self.organisation, self.email):
            field.setEnabled(own)
        self.place.setEnabled(start != EXISTING)
        self.start_changed.emit(start)
        self.changed.emit()

    def _renamed(self) -> None:
        self._propose_place()
        self.changed.emit()

    def _placed(self) -> None:
        self._own_place = self._own_place or not self._proposing
        self.changed.emit()

    def propose_for(self, province: str, variant: str) -> None:
        """Propose a place for a proposal of this province (name) and variant, unless the user chose one."""
        if not self._own_place:
            self._proposing = True
            self.place.setFilePath(str(proposed(_folder(), province, variant)))
            self._proposing = False

    def _propose_place(self) -> None:
        name = self.province.currentText() if self.province.currentData() else ""
        self.propose_for(name, self.variant.text())
        self._name_project()

    def _proposal(self) -> Path:
        """The proposal that is written or opened, or a file in its place where it lies in a database."""
        return _folder() / (self.existing.name or "voorstel") if self.start == EXISTING else self.target()

    def _name_project(self) -> None:
        existing = self.existing.name if self.start == EXISTING else None
        ready = existing is not None if self.start == EXISTING else bool(self.place.filePath().strip())
        project = project_beside(self._proposal())
        text = self.tr("Save the project beside it as {file}").format(file=project.name)
        if existing is not None and not existing.is_absolute():
            text = self.tr("Save the project as {file}").format(file=project)
        self.keep.setText(text if ready else self.tr("Save the project beside it"))


def _folder() -> Path:
    """Where the last proposal was made, or where documents are kept."""
    documents = Path.home() / "Documents"
    standard = documents if documents.is_dir() else Path.home()
    kept = Path(str(QgsSettings().value(FOLDER, "") or standard))
    return kept if kept.is_dir() else standard


def _file(wanted: str) -> QgsFileWidget:
    chooser = QgsFileWidget()
    chooser.setFilter(wanted)
    return chooser


def _said() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label


def _on_top(*widgets: QWidget) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    for each in widgets:
        layout.addWidget(each)
    layout.addStretch(1)
    return page
