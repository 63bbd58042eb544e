"""How long a reason is, told while it is typed."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QLabel

from novex_plugin.core.rules.model import LEAST_REASON


class ReasonCount(QLabel):
    """Says how many characters are still to come; nothing once there are enough."""

    def show_length(self, length: int) -> None:
        """Tell of a reason of so many characters."""
        left = LEAST_REASON - length
        if left <= 0:
            self.setText(self.tr("Long enough."))
        elif left == 1:
            self.setText(self.tr("One more character."))
        else:
            self.setText(self.tr("{count} more characters.").format(count=left))
