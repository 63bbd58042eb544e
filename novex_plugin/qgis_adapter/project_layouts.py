"""Print layouts of a project with a proposal: the map on A4 and A3, and the map to talk over, which is no plan.

They show what the map shows: title, variant, province and sources follow the project's variables and its layers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFillSymbol,
    QgsLayerTreeGroup,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemShape,
    QgsLayoutMeasurement,
    QgsLayoutSize,
    QgsLegendRenderer,
    QgsLegendStyle,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from novex_plugin.qgis_adapter.map_furniture import (
    INK,
    QUIET,
    Box,
    label,
    legend_style,
    north_arrow,
    place,
    scale_bar,
)
from novex_plugin.qgis_adapter.project_frame import AGREEMENT, PROVINCE, TITLE, VARIANT
from novex_plugin.qgis_adapter.project_themes import TALK

ORGANISATION = "novex_organisatie"
_MAP = "Kaart"
_RED, _PURPLE = "#b3121d", "#7a4fa3"


@dataclass(frozen=True)
class _Sheet:
    """A layout: `width` and `height` in millimetres, `size` how much larger its type is than on A4; `mark` stands in
    the badge; `theme` is the map theme that it shows, None for what is on the screen."""

    name: str
    width: int
    height: int
    size: float
    mark: str
    colour: str
    theme: str | None = None
    before: str = ""


SHEETS = (
    _Sheet("Voorstel A4 liggend", 297, 210, 1.0, "CONCEPT", _RED),
    _Sheet("Voorstel A3 liggend", 420, 297, 1.3, "CONCEPT", _RED),
    _Sheet("Gesprekskaart A3 (geen plankaart)", 420, 297, 1.3, "GEEN PLANKAART", _PURPLE, TALK, "Gesprekskaart: "),
)

# Only variables and names of layers: nothing that a user wrote is worked out as an expression.
_TITLE = f"{{before}}[% @{TITLE} %]"
_SUBTITLE = (
    f"Provincie [% @{PROVINCE} %] · variant [% @{VARIANT} %] · [% format_date(now(), 'dd-MM-yyyy') %]"
    " · schaal 1:[% format_number(round(map_get(item_variables('Kaart'), 'map_scale'), -2), 0, 'nl') %]"
)
_SOURCES = (
    f"Bron: [% @{ORGANISATION} %], volgens [% @{AGREEMENT} %]."
    "[% with_variable('namen', array_distinct(array_filter(array_foreach("
    "map_get(item_variables('Kaart'), 'map_layers'),"
    " layer_property(@element, 'name')"
    " || coalesce(' (' || nullif(layer_property(@element, 'attribution'), '') || ')', '')),"
    " not regexp_match(@element, '^(Voorstel, |Gesprekskaart)'))),"
    " if(array_length(@namen) > 0, ' Gegevens: ' || array_to_string(@namen, ', ') || '.', '')) %]"
)


def make_layouts(project: QgsProject, features: Sequence[QgsVectorLayer], view: QgsRectangle) -> None:
    """Add the layouts that the project does not have; `features` are the tables to explain in the legend, the
    uppermost first, `view` (EPSG:28992) is what their maps show."""
    manager = project.layoutManager()
    for sheet in SHEETS:
        if manager.layoutByName(sheet.name) is None:
            manager.addLayout(_layout(project, sheet, features, view))


def _layout(
    project: QgsProject, sheet: _Sheet, features: Sequence[QgsVectorLayer], view: QgsRectangle
) -> QgsPrintLayout:
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName(sheet.name)
    layout.pageCollection().page(0).setPageSize(QgsLayoutSize(sheet.width, sheet.height, Qgis.LayoutUnit.Millimeters))
    size, edge = sheet.size, 8 * sheet.size
    beside = 72 * size
    frame = QgsRectangle(edge, 24 * size, sheet.width - edge - beside, sheet.height - 11 * size)
    shown = _map(layout, frame, sheet, view)
    wide = sheet.width - 2 * edge - 48 * size
    _text(layout, "Titel", _TITLE.replace("{before}", sheet.before), (edge, 6 * size, wide, 9 * size), 17 * size, INK)
    _text(layout, "Ondertitel", _SUBTITLE, (edge, 15.4 * size, wide, 6 * size), 9.5 * size, QUIET)
    low = (edge, sheet.height - 9 * size, sheet.width - 2 * edge, 7 * size)
    _text(layout, "Bronnen", _SOURCES, low, 6.5 * size, QUIET)
    scale_bar(layout, shown, frame)
    north_arrow(layout, frame)
    _badge(layout, sheet, edge)
    _legend(layout, shown, features, frame, sheet)
    return layout


def _map(layout: QgsPrintLayout, frame: QgsRectangle, sheet: _Sheet, view: QgsRectangle) -> QgsLayoutItemMap:
    item = QgsLayoutItemMap(layout)
    item.setId(_MAP)
    layout.addLayoutItem(item)
    box = (frame.xMinimum(), frame.yMinimum(), frame.width(), frame.height())
    place(item, box)
    item.setCrs(QgsCoordinateReferenceSystem("EPSG:28992"))
    item.setBackgroundColor(QColor("white"))
    item.setFrameEnabled(True)
    item.setFrameStrokeColor(QColor("#c9c5bb"))
    if sheet.theme is not None:
        item.setFollowVisibilityPreset(True)
        item.setFollowVisibilityPresetName(sheet.theme)
    item.zoomToExtent(view)
    # zoomToExtent may change the height of the item to keep its own proportions.
    place(item, box)
    layout.setReferenceMap(item)
    return item


def _text(layout: QgsPrintLayout, name: str, text: str, box: Box, points: float, colour: QColor) -> None:
    item = label(layout, "", box, points, colour, bold=name == "Titel")
    item.setId(name)
    item.setText(text)


def _badge(layout: QgsPrintLayout, sheet: _Sheet, edge: float) -> None:
    """What the map is not: one item to take away once it no longer holds."""
    size = sheet.size
    box = (sheet.width - edge - 44 * size, 7 * size, 44 * size, 9 * size)
    shape = QgsLayoutItemShape(layout)
    shape.setId("Merk, achtergrond")
    shape.setShapeType(QgsLayoutItemShape.Shape.Rectangle)
    shape.setCornerRadius(QgsLayoutMeasurement(1.2 * size))
    shape.setSymbol(QgsFillSymbol.createSimple({"color": sheet.colour, "outline_style": "no"}))
    layout.addLayoutItem(shape)
    place(shape, box)
    word = label(layout, sheet.mark, box, 11 * size, QColor("white"), bold=True)
    word.setId("Merk")
    word.setHAlign(Qt.AlignmentFlag.AlignHCenter)
    word.setVAlign(Qt.AlignmentFlag.AlignVCenter)
    group = layout.groupItems([shape, word])
    if group is not None:
        group.setId(sheet.mark.capitalize())


def _legend(
    layout: QgsPrintLayout,
    shown: QgsLayoutItemMap,
    features: Sequence[QgsVectorLayer],
    frame: QgsRectangle,
    sheet: _Sheet,
) -> None:
    """Only the legend units that are on the map, under one heading."""
    legend = QgsLayoutItemLegend(layout)
    legend.setId("Legenda")
    layout.addLayoutItem(legend)
    legend.setLinkedMap(shown)
    legend.setAutoUpdateModel(False)
    root: QgsLayerTreeGroup = legend.model().rootGroup()
    root.clear()
    group = root.addGroup("Legenda")
    for layer in features:
        QgsLegendRenderer.setNodeLegendStyle(group.addLayer(layer), QgsLegendStyle.Style.Hidden)
    legend_style(legend, 7 * sheet.size, 0.8 * sheet.size, 3 * sheet.size)
    legend.setSymbolWidth(6 * sheet.size)
    legend.setBackgroundEnabled(False)
    legend.setLegendFilterByMapEnabled(True)
    place(legend, (frame.xMaximum() + 3 * sheet.size, frame.yMinimum() - 2, 60 * sheet.size, 20))
    legend.setResizeToContents(True)
