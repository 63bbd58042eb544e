"""What stands around the map of a report: title, legend, scale bar, north arrow, sources, draft mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qgis.core import (
    Qgis,
    QgsFillSymbol,
    QgsLayerTreeGroup,
    QgsLayoutExporter,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemPolygon,
    QgsLayoutItemScaleBar,
    QgsLayoutItemShape,
    QgsLayoutMeasurement,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsLegendRenderer,
    QgsLegendStyle,
    QgsPrintLayout,
    QgsRectangle,
    QgsTextFormat,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QPointF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFont, QPolygonF

from novex_plugin.core.delivery.drawing import MapTexts

PAGE = (297, 210)
"""A4 on its side, in millimetres."""

INK = QColor("#22303c")
QUIET = QColor("#6b7680")
_RED = QColor("#b3121d")
_FAMILIES = ["Open Sans", "Noto Sans", "Segoe UI", "Helvetica Neue", "DejaVu Sans"]
_LEGEND_SIZES = ((8.0, 1.3, 3.6), (7.5, 1.1, 3.4), (7.0, 0.9, 3.2), (6.5, 0.7, 2.9), (6.0, 0.5, 2.6), (5.2, 0.3, 2.3))
"""Type (points), room between rows and height of symbols (mm), the most legible first."""

_TRIAL_DPI = 12

Box = tuple[float, float, float, float]
"""Left, top, width, height on the page, in millimetres."""


def furnish(
    layout: QgsPrintLayout,
    frame: QgsRectangle,
    groups: Mapping[str, Sequence[QgsVectorLayer]],
    extent: QgsRectangle,
    texts: MapTexts,
) -> None:
    """Put the map and all that explains it on the page; the groups of layers, the uppermost first, name the legend."""
    map_item = _map(layout, frame, [layer for layers in groups.values() for layer in layers], extent)
    label(layout, texts.title, (8, 6, 225, 9), 17, INK, bold=True)
    label(layout, texts.subtitle, (8, 15.4, 225, 6), 9.5, QUIET)
    _legend(layout, map_item, groups, frame)
    scale_bar(layout, map_item, frame)
    north_arrow(layout, frame)
    label(layout, texts.sources, (8, 201, 281, 7), 6.5, QUIET)
    if texts.draft:
        _draft(layout, frame, texts.draft)


def place(item: QgsLayoutItem, box: tuple[float, float, float, float]) -> None:
    left, top, width, height = box
    item.attemptMove(QgsLayoutPoint(left, top, Qgis.LayoutUnit.Millimeters))
    item.attemptResize(QgsLayoutSize(width, height, Qgis.LayoutUnit.Millimeters))


def text_format(points: float, colour: QColor, bold: bool = False) -> QgsTextFormat:
    """A calm sans serif in whichever family the computer has."""
    font = QFont()
    font.setFamilies(_FAMILIES)
    font.setBold(bold)
    written = QgsTextFormat()
    written.setFont(font)
    written.setSize(points)
    written.setSizeUnit(Qgis.RenderUnit.Points)
    written.setColor(colour)
    return written


def label(
    layout: QgsPrintLayout,
    text: str,
    box: tuple[float, float, float, float],
    points: float,
    colour: QColor,
    bold: bool = False,
) -> QgsLayoutItemLabel:
    item = QgsLayoutItemLabel(layout)
    item.setMode(QgsLayoutItemLabel.Mode.ModeFont)
    # An expression between [% and %] would be evaluated: text of the user's must stay text.
    item.setText(text.replace("[%", "[ %"))
    item.setTextFormat(text_format(points, colour, bold))
    item.setMarginX(0)
    item.setMarginY(0)
    layout.addLayoutItem(item)
    place(item, box)
    return item


def _map(
    layout: QgsPrintLayout, frame: QgsRectangle, layers: Sequence[QgsVectorLayer], extent: QgsRectangle
) -> QgsLayoutItemMap:
    item = QgsLayoutItemMap(layout)
    layout.addLayoutItem(item)
    place(item, (frame.xMinimum(), frame.yMinimum(), frame.width(), frame.height()))
    item.setLayers(list(layers))
    item.setKeepLayerSet(True)
    item.setBackgroundColor(QColor("#fbfaf7"))
    item.setFrameEnabled(True)
    item.setFrameStrokeColor(QColor("#c9c5bb"))
    item.zoomToExtent(extent)
    # zoomToExtent may change the height of the item to keep its own proportions.
    place(item, (frame.xMinimum(), frame.yMinimum(), frame.width(), frame.height()))
    return item


def _legend(
    layout: QgsPrintLayout,
    map_item: QgsLayoutItemMap,
    groups: Mapping[str, Sequence[QgsVectorLayer]],
    frame: QgsRectangle,
) -> None:
    """Only what is in the picture, beside the map, each name once; as large as the room beside the map allows."""
    legend = QgsLayoutItemLegend(layout)
    layout.addLayoutItem(legend)
    legend.setLinkedMap(map_item)
    legend.setAutoUpdateModel(False)
    root: QgsLayerTreeGroup = legend.model().rootGroup()
    root.clear()
    for title, layers in groups.items():
        named = [layer for place, layer in enumerate(layers) if _first_of_its_name(layers, place)]
        if not named:
            continue
        group = root.addGroup(title)
        for layer in named:
            node = group.addLayer(layer)
            if len(layer.renderer().legendSymbolItems()) > 1:
                QgsLegendRenderer.setNodeLegendStyle(node, QgsLegendStyle.Style.Hidden)
    legend.setLegendFilterByMapEnabled(True)
    legend.updateFilterByMap(False)
    legend.setWrapString("\u2028")
    left = frame.xMaximum() + 5
    # What is in the picture, and so how long the legend is, QGIS knows only after it has drawn the page once.
    QgsLayoutExporter(layout).renderPageToImage(0, QSize(), _TRIAL_DPI)
    for size in _LEGEND_SIZES:
        legend_style(legend, *size)
        legend.adjustBoxSize()
        if legend.rect().height() <= frame.height() and legend.rect().width() <= PAGE[0] - left:
            break
    legend.attemptMove(QgsLayoutPoint(left, frame.yMinimum() - 2, Qgis.LayoutUnit.Millimeters))


def _first_of_its_name(layers: Sequence[QgsVectorLayer], place: int) -> bool:
    name = layers[place].name()
    return not name or all(layer.name() != name for layer in layers[:place])


def legend_style(legend: QgsLayoutItemLegend, points: float, between: float, height: float) -> None:
    for kind, size, colour, bold in (
        (QgsLegendStyle.Style.Group, points + 1.5, INK, True),
        (QgsLegendStyle.Style.Subgroup, points, INK, False),
        (QgsLegendStyle.Style.SymbolLabel, points, INK, False),
    ):
        style = legend.style(kind)
        style.setTextFormat(text_format(size, colour, bold))
        style.setMargin(QgsLegendStyle.Side.Top, 2.6 * between if kind == QgsLegendStyle.Style.Group else between)
        if kind == QgsLegendStyle.Style.Group:
            style.setMargin(QgsLegendStyle.Side.Bottom, 0.9 * between)
        legend.setStyle(kind, style)
    symbol = legend.style(QgsLegendStyle.Style.Symbol)
    symbol.setMargin(QgsLegendStyle.Side.Top, between)
    legend.setStyle(QgsLegendStyle.Style.Symbol, symbol)
    legend.setSymbolWidth(6)
    legend.setSymbolHeight(height)
    legend.setMaximumSymbolSize(height + 0.6)
    legend.setBackgroundEnabled(False)


def scale_bar(layout: QgsPrintLayout, map_item: QgsLayoutItemMap, frame: QgsRectangle) -> None:
    bar = QgsLayoutItemScaleBar(layout)
    layout.addLayoutItem(bar)
    bar.setLinkedMap(map_item)
    bar.setStyle("Single Box")
    bar.setUnits(Qgis.DistanceUnit.Kilometers)
    bar.setUnitLabel("km")
    bar.setNumberOfSegmentsLeft(0)
    bar.setNumberOfSegments(2)
    bar.setSegmentSizeMode(Qgis.ScaleBarSegmentSizeMode.FitWidth)
    bar.setMinimumBarWidth(24)
    bar.setMaximumBarWidth(46)
    bar.setHeight(1.4)
    bar.setLabelBarSpace(1.2)
    bar.setBoxContentSpace(1.8)
    bar.setFillSymbol(QgsFillSymbol.createSimple({"color": "#22303c", "outline_color": "#22303c"}))
    bar.setAlternateFillSymbol(QgsFillSymbol.createSimple({"color": "#ffffff", "outline_color": "#22303c"}))
    bar.setTextFormat(text_format(7, INK))
    bar.setBackgroundEnabled(True)
    bar.setBackgroundColor(QColor(255, 255, 255, 215))
    bar.update()
    bar.attemptResize(QgsLayoutSize(1, 1, Qgis.LayoutUnit.Millimeters))
    bar.setReferencePoint(QgsLayoutItem.ReferencePoint.LowerLeft)
    bar.attemptMove(QgsLayoutPoint(frame.xMinimum() + 3, frame.yMaximum() - 3, Qgis.LayoutUnit.Millimeters))


def north_arrow(layout: QgsPrintLayout, frame: QgsRectangle) -> None:
    """An arrow to the north of the grid, in the upper right corner of the map."""
    middle, top = frame.xMaximum() - 8, frame.yMinimum() + 4
    arrow = QPolygonF([QPointF(middle, top), QPointF(middle + 2.6, top + 7.5), QPointF(middle, top + 5.8)])
    mirrored = QPolygonF([QPointF(middle, top), QPointF(middle - 2.6, top + 7.5), QPointF(middle, top + 5.8)])
    for half, colour in ((arrow, "#22303c"), (mirrored, "#ffffff")):
        item = QgsLayoutItemPolygon(half, layout)
        item.setSymbol(
            QgsFillSymbol.createSimple({"color": colour, "outline_color": "#22303c", "outline_width": "0.25"})
        )
        layout.addLayoutItem(item)
    letter = label(layout, "N", (middle - 4, top + 8, 8, 4.5), 8.5, INK, bold=True)
    letter.setHAlign(Qt.AlignmentFlag.AlignHCenter)


def _draft(layout: QgsPrintLayout, frame: QgsRectangle, mark: str) -> None:
    """A red badge in the corner and the same word, faint, across the map: a draft stays one when it is cut out."""
    badge = QgsLayoutItemShape(layout)
    badge.setShapeType(QgsLayoutItemShape.Shape.Rectangle)
    badge.setCornerRadius(QgsLayoutMeasurement(1.2))
    badge.setSymbol(QgsFillSymbol.createSimple({"color": "#b3121d", "outline_style": "no"}))
    layout.addLayoutItem(badge)
    place(badge, (PAGE[0] - 8 - 34, 7, 34, 9))
    word = label(layout, mark, (PAGE[0] - 8 - 34, 7, 34, 9), 12, QColor("white"), bold=True)
    word.setHAlign(Qt.AlignmentFlag.AlignHCenter)
    word.setVAlign(Qt.AlignmentFlag.AlignVCenter)
    across = label(layout, mark, (0, 0, 180, 34), 84, _RED, bold=True)
    across.setItemOpacity(0.07)
    across.setHAlign(Qt.AlignmentFlag.AlignHCenter)
    across.setVAlign(Qt.AlignmentFlag.AlignVCenter)
    across.setReferencePoint(QgsLayoutItem.ReferencePoint.Middle)
    across.attemptMove(QgsLayoutPoint(frame.center().x(), frame.center().y(), Qgis.LayoutUnit.Millimeters))
    across.setItemRotation(-28)
