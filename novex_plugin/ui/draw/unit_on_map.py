"""All features of a legend unit on the map: selected, in view, shown or hidden."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsCategorizedSymbolRenderer, QgsExpression, QgsFeatureRequest, QgsVectorLayer

from novex_plugin.core.proposal.schema import FEATURE_TABLES
from novex_plugin.ui.draw.palette_model import Entry


def select_unit(workbench: Any, entry: Entry) -> int:
    """Select all features of a unit in the open variant, and nothing else of the proposal; gives how many."""
    layer = _layer(workbench, entry)
    if layer is None:
        return 0
    for other in workbench.proposal.features.values():
        if other is not layer:
            other.removeSelection()
    workbench.iface.setActiveLayer(layer)
    layer.selectByIds(_rows(workbench, layer, entry))
    return layer.selectedFeatureCount()


def zoom_to_unit(workbench: Any, entry: Entry) -> int:
    """Select all features of a unit and bring them into view; gives how many."""
    count = select_unit(workbench, entry)
    if count:
        workbench.iface.mapCanvas().zoomToSelected(_layer(workbench, entry))
    return count


def show_unit(workbench: Any, entry: Entry, wanted: bool) -> None:
    """Show or hide a unit in all its roles."""
    layer = _layer(workbench, entry)
    renderer = layer.renderer() if layer is not None else None
    if layer is None or not isinstance(renderer, QgsCategorizedSymbolRenderer):
        return
    changed = renderer.clone()
    for place, category in enumerate(changed.categories()):
        if _of_unit(category.value(), entry):
            changed.updateCategoryRenderState(place, wanted)
    layer.setRenderer(changed)
    layer.triggerRepaint()


def is_shown(workbench: Any, entry: Entry) -> bool:
    """Whether a unit is shown in any of its roles; true where the legend is the user's own."""
    layer = _layer(workbench, entry)
    renderer = layer.renderer() if layer is not None else None
    if not isinstance(renderer, QgsCategorizedSymbolRenderer):
        return True
    states = [each.renderState() for each in renderer.categories() if _of_unit(each.value(), entry)]
    return any(states) or not states


def _of_unit(value: object, entry: Entry) -> bool:
    return isinstance(value, str) and value.split("|")[0] == entry.unit.code


def _layer(workbench: Any, entry: Entry) -> QgsVectorLayer | None:
    proposal = workbench.proposal
    layer = proposal.features.get(FEATURE_TABLES[entry.kind]) if proposal is not None else None
    return layer if layer is not None and layer.isValid() else None


def _rows(workbench: Any, layer: QgsVectorLayer, entry: Entry) -> list[int]:
    wanted = {"legenda": entry.unit.code, "variant": workbench.variant}
    conditions = (f'"{name}" = {QgsExpression.quotedValue(value)}' for name, value in wanted.items())
    request = QgsFeatureRequest().setFilterExpression(" AND ".join(conditions)).setNoAttributes()
    return [row.id() for row in layer.getFeatures(request)]
