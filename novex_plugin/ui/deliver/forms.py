"""Forms that fill in what a delivery cannot do without, in place and undoable: who answers for the proposal, and why
data outside the basisset are used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from novex_plugin.core.dutch import number
from novex_plugin.qgis_adapter.open_proposal import HEADER
from novex_plugin.ui.deliver import screen_look

if TYPE_CHECKING:
    from novex_plugin.ui.workbench import Workbench


class FormWords(QObject):
    """The words of all forms: Qt looks up those of a widget under the name of its own class, not of the one it is made
    from."""

    def keep(self) -> str:
        return str(self.tr("Keep"))

    def back(self) -> str:
        return str(self.tr("Back"))

    def cannot(self) -> str:
        return str(self.tr("The table cannot be edited. See whether the file is read-only or open elsewhere."))


class Form(QWidget):
    """A page with fields and two buttons; `closed` is emitted when it is done with, whether something was written or
    not."""

    closed = pyqtSignal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        outer = QVBoxLayout(self)
        self.heading = QLabel(self)
        font = self.heading.font()
        font.setBold(True)
        self.heading.setFont(font)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        outer.addWidget(self.heading)
        self.fields = QFormLayout()
        self.fields.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        outer.addLayout(self.fields)
        self.said = QLabel(self)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        outer.addWidget(self.said)
        outer.addStretch(1)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        self.keep, self.back = buttons.button(kinds.Ok), buttons.button(kinds.Cancel)
        words = FormWords()
        self.keep.setText(words.keep())
        self.back.setText(words.back())
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(lambda: self.closed.emit())
        outer.addWidget(buttons)

    def accept(self) -> None:
        """Write what was filled in."""
        raise NotImplementedError

    def write(self, layer: QgsVectorLayer | None, name: str, rows: Mapping[int, Mapping[str, Any]]) -> str:
        """Write values (fid to field to value) in the layer's edit buffer, as one step to undo. Gives what went wrong,
        in Dutch; empty when nothing did."""
        cannot = FormWords().cannot()
        if layer is None or not (layer.isEditable() or layer.startEditing()):
            return cannot
        layer.beginEditCommand(name)
        for fid, values in rows.items():
            for field, value in values.items():
                if not layer.changeAttributeValue(fid, layer.fields().indexOf(field), value):
                    layer.destroyEditCommand()
                    return cannot
        layer.endEditCommand()
        return ""


class MetadataForm(Form):
    """Who answers for the proposal, filled in as far as it is known."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.heading.setText(self.tr("Metadata of the proposal"))
        self.title, self.organisation, self.email, self.review = (QLineEdit(self) for _ in range(4))
        self.role = QComboBox(self)
        for code, label in self._roles().items():
            self.role.addItem(label, code)
        self.email.setPlaceholderText("ruimte@provincie.example")
        self.review.setPlaceholderText("1")
        self.review.setToolTip(
            self.tr("The number of the moment of review that this proposal is made for; empty counts as the first")
        )
        self.scale = QLabel(self)
        for label, widget in (
            (self.tr("&Title"), self.title),
            (self.tr("&Organisation"), self.organisation),
            (self.tr("&Role"), self.role),
            (self.tr("&E-mail address"), self.email),
            (self.tr("Moment of re&view"), self.review),
            (self.tr("Scale"), self.scale),
        ):
            self.fields.addRow(label, widget)
        self._fields = {
            "titel": self.title,
            "contact_organisatie": self.organisation,
            "contact_email": self.email,
            "ijkmoment": self.review,
        }
        for widget in self._fields.values():
            widget.textChanged.connect(self._judge)

    def load(self) -> None:
        """Fill in what the proposal and the settings know."""
        opened, settings = self._workbench.proposal, self._workbench.settings
        if opened is None:
            return
        header = screen_look.header_of(opened)
        usual = {"contact_organisatie": settings.organisation, "contact_email": settings.email}
        for field, widget in self._fields.items():
            widget.setText(header.get(field) or usual.get(field, ""))
        self.role.setCurrentIndex(max(self.role.findData(header.get("contact_rol") or "pointOfContact"), 0))
        scale = number(opened.agreement.scale.drawn)
        self.scale.setText(self.tr("1:{scale}, from the agreement").format(scale=scale))
        empty = next((each for each in self._fields.values() if not each.text()), self.organisation)
        empty.setFocus()
        self._judge()

    def accept(self) -> None:
        opened = self._workbench.proposal
        layer = opened.layers.get(HEADER) if opened is not None else None
        row = next(layer.getFeatures(), None) if layer is not None else None
        if row is None:
            self.said.setText(self.tr("The proposal is not open any more."))
            return
        values = {field: widget.text().strip() or None for field, widget in self._fields.items()}
        values["contact_rol"] = self.role.currentData()
        changed = {field: value for field, value in values.items() if (value or "") != screen_look.text(row[field])}
        wrong = self.write(layer, self.tr("Metadata of the proposal"), {row.id(): changed}) if changed else ""
        self.said.setText(wrong)
        if not wrong:
            self.closed.emit()

    def _judge(self) -> None:
        """Say what is wrong while it is typed."""
        wrong = [
            screen_look.contact_problem("contact_organisatie", self.organisation.text()),
            screen_look.contact_problem("contact_email", self.email.text()),
            "" if self.title.text().strip() else self.tr("The title is empty."),
        ]
        self.said.setText(next((each for each in wrong if each), ""))
        self.keep.setEnabled(not any(wrong))

    def _roles(self) -> dict[str, str]:
        return {
            "pointOfContact": self.tr("point of contact"),
            "owner": self.tr("owner"),
            "custodian": self.tr("custodian"),
            "author": self.tr("author"),
            "originator": self.tr("originator"),
            "publisher": self.tr("publisher"),
            "distributor": self.tr("distributor"),
            "processor": self.tr("processor"),
            "principalInvestigator": self.tr("principal investigator"),
            "resourceProvider": self.tr("resource provider"),
            "user": self.tr("user"),
        }


class ReasonForm(Form):
    """Name, place and reason of datasets outside the basisset, one after the other."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._fid: int | None = None
        self.name, self.place = QLineEdit(self), QLineEdit(self)
        self.reason = QPlainTextEdit(self)
        self.reason.setTabChangesFocus(True)
        self.fields.addRow(self.tr("&Name"), self.name)
        self.fields.addRow(self.tr("&Place"), self.place)
        self.fields.addRow(self.tr("&Reason"), self.reason)
        for widget in (self.name, self.place, self.reason):
            widget.textChanged.connect(self._judge)

    def load(self) -> None:
        """Show the first dataset without a reason; nothing is left to show: done."""
        opened = self._workbench.proposal
        waiting = screen_look.unfounded(opened) if opened is not None else ()
        if opened is None or not waiting:
            self.closed.emit()
            return
        self._fid = waiting[0][0]
        row = opened.layers[screen_look.DATASETS].getFeature(waiting[0][0])
        text = self.tr("Dataset outside the basisset: 1 of {count} without a reason")
        self.heading.setText(text.format(count=number(len(waiting))))
        self.name.setText(screen_look.text(row["naam"]))
        self.place.setText(screen_look.text(row["plaats"]))
        self.reason.setPlainText(screen_look.text(row["reden"]))
        (self.reason if self.name.text() and self.place.text() else self.name).setFocus()
        self._judge()

    def accept(self) -> None:
        opened = self._workbench.proposal
        layer = opened.layers.get(screen_look.DATASETS) if opened is not None else None
        values = {
            "naam": self.name.text().strip(),
            "plaats": self.place.text().strip(),
            "reden": self.reason.toPlainText().strip(),
        }
        wrong = self.write(layer, self.tr("Reason of a dataset"), {self._fid: values} if self._fid is not None else {})
        self.said.setText(wrong)
        if not wrong:
            self.load()

    def _judge(self) -> None:
        filled = self.name.text().strip() and self.place.text().strip() and self.reason.toPlainText().strip()
        self.keep.setEnabled(bool(filled))
        self.said.setText("" if filled else self.tr("Name, place and reason are all needed."))
