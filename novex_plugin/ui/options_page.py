"""The page of the plugin in QGIS's options dialog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qgis.gui import QgsFileWidget, QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGroupBox,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from novex_plugin.ui.look import icon
from novex_plugin.ui.settings import Settings

if TYPE_CHECKING:
    from novex_plugin.ui.workbench import Workbench

PAGE = "novex"


class OptionsFactory(QgsOptionsWidgetFactory):
    """Adds the page to the options dialog; `release` takes it away."""

    def __init__(self, iface: Any, workbench: Callable[[], Workbench]) -> None:
        super().__init__()
        self._iface = iface
        self._workbench = workbench
        self.setTitle("NOVEX Puzzel")
        self.setKey(PAGE)
        iface.registerOptionsWidgetFactory(self)

    def release(self) -> None:
        """Take the page away."""
        self._iface.unregisterOptionsWidgetFactory(self)

    def icon(self) -> QIcon:
        return icon("novex")

    def createWidget(self, parent: QWidget | None = None) -> OptionsPage:
        return OptionsPage(self._workbench(), parent)


class OptionsPage(QgsOptionsPageWidget):
    """All settings in three groups; nothing is kept before OK."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        settings = workbench.settings
        self.province = _choice([("", self.tr("(choose)")), *_provinces()], settings.province)
        self.organisation = QLineEdit(settings.organisation)
        self.role = QLineEdit(settings.role)
        self.email = QLineEdit(settings.email)
        self.email.setPlaceholderText(self.tr("of the organisation, never of a person: it goes along with a delivery"))
        self.agreement = _choice([(name, name) for name in _agreements()], settings.agreement)
        self.live = QCheckBox(self.tr("Test while drawing"))
        self.live.setChecked(settings.live)
        self.catalogue = QLineEdit(settings.catalogue)
        self.keyword = QLineEdit(settings.keyword)
        self.snapshots = QgsFileWidget()
        self.snapshots.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.snapshots.setFilePath(settings.snapshot_folder)
        self.snapshots.lineEdit().setPlaceholderText(str(settings.snapshots))
        self.timeout = _number(settings.timeout_s, 5, 600, self.tr(" s"))
        self.cluster = QLineEdit(settings.cluster)
        self.cluster.setPlaceholderText(self.tr("empty: on this computer"))
        self.cluster.setToolTip(self.tr("Kept for work on a cluster; this version computes all on this computer"))
        self._lay_out()

    def helpKey(self) -> str:
        return PAGE

    def apply(self) -> None:
        """Called by QGIS when the dialog is accepted."""
        given = Settings()
        self._workbench.change_settings(
            replace(
                self._workbench.settings,
                province=self.province.currentData(),
                organisation=self.organisation.text().strip(),
                role=self.role.text().strip(),
                email=self.email.text().strip(),
                agreement=self.agreement.currentData() or given.agreement,
                live=self.live.isChecked(),
                catalogue=self.catalogue.text().strip() or given.catalogue,
                keyword=self.keyword.text().strip() or given.keyword,
                snapshot_folder=self.snapshots.filePath().strip(),
                timeout_s=self.timeout.value(),
                cluster=self.cluster.text().strip(),
            )
        )

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        own = self._group(self.tr("Proposal"))
        own.addRow(self.tr("Province"), self.province)
        own.addRow(self.tr("Organisation"), self.organisation)
        own.addRow(self.tr("Role"), self.role)
        own.addRow(self.tr("E-mail address"), self.email)
        own.addRow(self.tr("Agreement"), self.agreement)
        own.addRow("", self.live)
        data = self._group(self.tr("Basisset"))
        data.addRow(self.tr("Catalogue"), self.catalogue)
        data.addRow(self.tr("Keyword"), self.keyword)
        data.addRow(self.tr("Folder for snapshots"), self.snapshots)
        network = self._group(self.tr("Network"))
        network.addRow(self.tr("Wait for a server"), self.timeout)
        network.addRow(self.tr("Cluster address"), self.cluster)
        for group in self._groups:
            layout.addWidget(group)
        layout.addStretch(1)

    def _group(self, title: str) -> QFormLayout:
        self._groups = [*getattr(self, "_groups", ()), QGroupBox(title)]
        form = QFormLayout(self._groups[-1])
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        return form


def _provinces() -> list[tuple[str, str]]:
    from novex_plugin.core.agreement import agreement_path, read_agreement

    codes = read_agreement(agreement_path(Settings().agreement)).code_lists["provincie"]
    return sorted(((code.code, code.label.nl) for code in codes), key=lambda each: each[1])


def _agreements() -> tuple[str, ...]:
    from novex_plugin.core.agreement import agreement_names

    return agreement_names()


def _choice(values: list[tuple[str, str]], chosen: str) -> QComboBox:
    box = QComboBox()
    for code, label in values:
        box.addItem(label, code)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    return box


def _number(value: int, least: int, most: int, suffix: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(value)
    box.setSuffix(suffix)
    return box
