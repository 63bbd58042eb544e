"""Shows one variant of a proposal on the map.

A filter on the data source (subset) is refused while a layer is edited, and would hide rows from whoever reads the
layer. A category that is switched off hides the features of other variants from map, snapping and selection alone, at
any moment; a user who switches it on sees them in grey beneath. Which variant is shown stands in a variable of the
project: a project opened elsewhere shows the same, and without the variable all variants are shown.
"""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsDefaultValue,
    QgsExpressionContextUtils,
    QgsProject,
    QgsRendererCategory,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

VARIABLE = "novex_variant"
_OTHER = "andere variant"
_START = f"CASE WHEN \"variant\" <> @{VARIABLE} THEN '{_OTHER}' ELSE "
_END = " END"
_COALESCE = f"coalesce(@{VARIABLE}, "


def show_variant(project: QgsProject, layers: Iterable[QgsVectorLayer], variant: str, several: bool) -> None:
    """Show this variant; `several` says whether there are others to hide. A style of the user's own is left alone."""
    if QgsExpressionContextUtils.projectScope(project).variable(VARIABLE) != variant:
        QgsExpressionContextUtils.setProjectVariable(project, VARIABLE, variant)
    for layer in layers:
        renderer = layer.renderer()
        if several and isinstance(renderer, QgsCategorizedSymbolRenderer) and not _hides(renderer):
            hiding = renderer.clone()
            hiding.setClassAttribute(f"{_START}{renderer.classAttribute()}{_END}")
            hiding.addCategory(QgsRendererCategory(_OTHER, _faint(layer.geometryType()), "Andere varianten", False))
            layer.setRenderer(hiding)
        _draw_in_it(layer)
        layer.triggerRepaint()


def show_all(layers: Iterable[QgsVectorLayer]) -> None:
    """Leave the legend as it was before `show_variant`."""
    for layer in layers:
        _draw_as_before(layer)
        renderer = layer.renderer()
        if isinstance(renderer, QgsCategorizedSymbolRenderer) and _hides(renderer):
            plain = renderer.clone()
            plain.setClassAttribute(renderer.classAttribute()[len(_START) : -len(_END)])
            place = plain.categoryIndexForValue(_OTHER)
            if place >= 0:
                plain.deleteCategory(place)
            layer.setRenderer(plain)
            layer.triggerRepaint()


def _draw_in_it(layer: QgsVectorLayer) -> None:
    """What is drawn with QGIS's own tool goes to the shown variant too, or it would vanish at once."""
    place = layer.fields().indexOf("variant")
    usual = layer.defaultValueDefinition(place).expression() if place >= 0 else ""
    if usual and VARIABLE not in usual:
        layer.setDefaultValueDefinition(place, QgsDefaultValue(f"{_COALESCE}{usual})"))


def _draw_as_before(layer: QgsVectorLayer) -> None:
    place = layer.fields().indexOf("variant")
    usual = layer.defaultValueDefinition(place).expression() if place >= 0 else ""
    if usual.startswith(_COALESCE):
        layer.setDefaultValueDefinition(place, QgsDefaultValue(usual[len(_COALESCE) : -1]))


def _hides(renderer: QgsCategorizedSymbolRenderer) -> bool:
    attribute = renderer.classAttribute()
    return bool(attribute.startswith(_START) and attribute.endswith(_END))


def _faint(kind: Qgis.GeometryType) -> QgsSymbol:
    symbol = QgsSymbol.defaultSymbol(kind)
    symbol.setColor(QColor("#b0b0b0"))
    symbol.setOpacity(0.35)
    return symbol
