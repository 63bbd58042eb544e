"""Bring the user to the rows that a thing to do is about: on the map, or in a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qgis.core import QgsProject, QgsVectorLayer

from novex_plugin.core.proposal.problems import Problem
from novex_plugin.core.proposal.schema import FEATURE_TABLES

if TYPE_CHECKING:
    from novex_plugin.ui.workbench import Workbench


class Showing:
    """Selects and opens; edits nothing."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench

    def show(self, action: str, problems: Sequence[Problem]) -> bool:
        """Show what an action is about; says whether there was anything to show."""
        if action == "problems":
            return self._problems(problems)
        if action == "waiting":
            from novex_plugin.core.proposal.migrate_source import TO_JUDGE

            layer = self._opened(TO_JUDGE)
            if layer is not None:
                self._workbench.iface.showAttributeTable(layer)
            return layer is not None
        if action == "tables" and self._workbench.proposal is not None:
            opened = [self._opened(name) for name in self._workbench.proposal.missing()]
            return any(each is not None for each in opened)
        return False

    def _problems(self, problems: Sequence[Problem]) -> bool:
        """Select the features with a wrong value and go there; rows of other tables open in theirs."""
        opened = self._workbench.proposal
        if opened is None:
            return False
        by_table: dict[str, list[int]] = {}
        for each in problems:
            by_table.setdefault(each.table, []).append(each.row)
        shown = False
        for table, fids in by_table.items():
            layer = opened.layers.get(table)
            if layer is None:
                continue
            rows = f'"fid" IN ({",".join(str(int(each)) for each in fids)})'
            layer.selectByExpression(rows)
            shown = True
            if table in FEATURE_TABLES.values():
                self._zoom(layer)
            else:
                self._workbench.iface.showAttributeTable(layer, rows)
        return shown

    def _zoom(self, layer: QgsVectorLayer) -> None:
        self._workbench.iface.setActiveLayer(layer)
        canvas = self._workbench.iface.mapCanvas()
        if canvas is not None:
            canvas.zoomToSelected(layer)

    def _opened(self, table: str) -> QgsVectorLayer | None:
        """A table of the proposal's file, opened where it is not yet."""
        opened = self._workbench.proposal
        if opened is None:
            return None
        source, provider = opened.place.source(table)
        for layer in QgsProject.instance().mapLayers().values():
            if isinstance(layer, QgsVectorLayer) and layer.source() == source:
                return layer
        layer = QgsVectorLayer(source, table, provider)
        if not layer.isValid():
            return None
        return QgsProject.instance().addMapLayer(layer)
