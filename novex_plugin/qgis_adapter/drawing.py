"""QGIS as the core's draughtsman: legend files and the picture of the map."""

from __future__ import annotations

from pathlib import Path

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.delivery.drawing import MapPicture


class QgisDrawing:
    """Draws with the QGIS that runs."""

    def legend(self, agreement: Agreement, folder: Path) -> None:
        """Write QML and SLD files for all tables of a proposal into the folder, and QML for those of its findings."""
        from novex_plugin.qgis_adapter.finding_styles import write_finding_legend
        from novex_plugin.qgis_adapter.legend import write_legend

        write_legend(agreement, folder)
        write_finding_legend(folder)

    def picture(self, picture: MapPicture, target: Path) -> None:
        """Draw the map into a PNG, or a PDF when `target` says so."""
        from novex_plugin.qgis_adapter.map_picture import write_map

        write_map(picture, target)
