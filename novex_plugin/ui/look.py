"""Signs, words and icons that all parts of the desktop share: no outcome is told by colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsApplication
from qgis.PyQt.QtGui import QColor, QIcon

from novex_plugin.core.resources import RESOURCES

PLAIN_ICONS = RESOURCES / "icons"


@dataclass(frozen=True)
class OutcomeLook:
    """How an outcome of a rule is shown: its sign, its Dutch word, and a colour that reads on light and on dark."""

    sign: str
    word: str
    colour: QColor


OUTCOME_LOOKS = {
    "overtreedt": OutcomeLook("✕", "overtreedt", QColor("#d64541")),
    "gemotiveerd": OutcomeLook("❝", "gemotiveerd", QColor("#3b7dd8")),
    "niet_toetsbaar": OutcomeLook("?", "niet toetsbaar", QColor("#8a8a8a")),
    "voldoet": OutcomeLook("✓", "voldoet", QColor("#3f9c4b")),
    "niet_van_toepassing": OutcomeLook("–", "niet van toepassing", QColor("#8a8a8a")),
}
"""In the order in which they are shown."""


HARDNESS_WORDS = {
    "verbod": "verbod",
    "pas_toe_of_leg_uit": "pas toe of leg uit",
    "voorkeur": "voorkeur",
    "advies": "advies",
}
"""How hard a rule is, the hardest first."""


def icon(name: str) -> QIcon:
    """An icon of the plugin, or of QGIS's theme when its name ends in .svg (`mActionRefresh.svg`)."""
    if name.endswith(".svg"):
        return QgsApplication.getThemeIcon(f"/{name}")
    return QIcon(str(PLAIN_ICONS / f"{name}.svg"))
