"""The choice of place, year and variant over the balance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from novex_plugin.ui.balance.arranging import ALL_YEARS, LAST, MIDDLE, Scope, Spot


class Choice(QWidget):
    """Three lists beside each other. Only what the user chooses is told."""

    place_chosen = pyqtSignal(str)
    """A code, `EVERYWHERE` for all places."""
    horizon_chosen = pyqtSignal(int)
    variant_chosen = pyqtSignal(str)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.places, self.horizons, self.variants = (QComboBox(self) for _ in range(3))
        for box, name, tip in (
            (self.places, self.tr("Place"), self.tr("Place whose targets are shown")),
            (self.horizons, self.tr("Year"), self.tr("Targets until and including 2030, those of later years, or all")),
            (self.variants, self.tr("Variant"), self.tr("Variant that is drawn in and counted")),
        ):
            box.setAccessibleName(name)
            box.setToolTip(tip)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(4)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for label, year in (("2030", MIDDLE), ("2050", LAST), (self.tr("All years"), ALL_YEARS)):
            self.horizons.addItem(label, year)
        self.horizons.setMinimumContentsLength(6)
        self.places.activated.connect(lambda _: self.place_chosen.emit(str(self.places.currentData())))
        self.horizons.activated.connect(lambda _: self.horizon_chosen.emit(int(self.horizons.currentData())))
        self.variants.activated.connect(lambda _: self.variant_chosen.emit(str(self.variants.currentData())))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.places, 3)
        layout.addWidget(self.horizons, 2)
        layout.addWidget(self.variants, 3)

    @property
    def boxes(self) -> tuple[QComboBox, ...]:
        """The lists, from left to right."""
        return self.places, self.horizons, self.variants

    def show_scope(self, spots: Sequence[Spot], scope: Scope) -> None:
        """Offer these places, with the scope as chosen."""
        everywhere = self.tr("All places")
        _fill(self.places, [(spot.name or everywhere, spot.code) for spot in spots], scope.place)
        self.horizons.setCurrentIndex(max(0, self.horizons.findData(scope.horizon)))

    def show_variants(self, variants: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer these variants (codes and names)."""
        _fill(self.variants, [(name, code) for code, name in variants], chosen)


def _fill(box: QComboBox, items: list[tuple[str, str]], chosen: str) -> None:
    """A box that has these items already is left alone, open or not."""
    if [(box.itemText(place), box.itemData(place)) for place in range(box.count())] != items:
        box.clear()
        for label, value in items:
            box.addItem(label, value)
            box.setItemData(box.count() - 1, label, Qt.ItemDataRole.ToolTipRole)
        width = max((box.fontMetrics().horizontalAdvance(label) for label, _ in items), default=0)
        box.view().setMinimumWidth(width + 2 * box.fontMetrics().height())
    box.setCurrentIndex(max(0, box.findData(chosen)))
