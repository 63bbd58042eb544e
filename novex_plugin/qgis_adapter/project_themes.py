"""Map themes of a project with a proposal: all of it, one for each programme and each kind of dataset, and the map to
talk over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsExpression,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsMapThemeCollection,
    QgsNullSymbolRenderer,
    QgsPalLayerSettings,
    QgsProject,
    QgsTextBackgroundSettings,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtCore import QSizeF
from qgis.PyQt.QtGui import QColor

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.basisset.catalogue.kinds import UNKNOWN, read_kinds
from novex_plugin.core.proposal.schema import FEATURE_TABLES
from novex_plugin.qgis_adapter.map_furniture import text_format
from novex_plugin.qgis_adapter.project_layers import BASISSET, GROUND, PROPOSAL, group_of

WHOLE = "Voorstel"
TALK = "Gesprekskaart (geen plankaart)"
NO_PLAN = "Gesprekskaart · geen plankaart"
_PROGRAMME, _KIND = "Programma: ", "Gegevens: "
_KINDS = {
    "feitelijke_situatie": "Feitelijke situatie",
    "wettelijk_kader": "Wettelijke kaders",
    "beleidskader": "Beleidskaders",
    "kenniskaart": "Kenniskaarten",
    UNKNOWN: "Overige datasets",
}
_DATASET = "novex/dataset"
"""The property of a layer that names the dataset that it shows."""

_TALK_STYLE = "gesprek"
_TALK_OPACITY = 0.45
_MARK = "novex/geen_plankaart"
_EVERYWHERE = (
    "?query=SELECT 1 AS id, setsrid(geomfromtext('POLYGON((-400000 0, 800000 0, 800000 1200000, -400000 1200000,"
    " -400000 0))'), 28992) AS geom&uid=id&geometry=geom:3:28992"
)
"""One area that is on every map of the Netherlands; nothing of it is drawn."""


def make_themes(project: QgsProject, layers: Mapping[str, QgsVectorLayer], agreement: Agreement) -> None:
    """Make the themes of a proposal, or make them again: its tables by name. Other themes stay as they are."""
    features = {kind: layers[table] for kind, table in FEATURE_TABLES.items() if table in layers}
    ground = _layers_in(project, GROUND)
    basisset = _layers_in(project, BASISSET)
    shown = [layer for layer in (*basisset, *ground) if _is_shown(project, layer)]
    themes = project.mapThemeCollection()
    for name in themes.mapThemes():
        if name in (WHOLE, TALK) or name.startswith((_PROGRAMME, _KIND)):
            themes.removeMapTheme(name)
    _put(project, WHOLE, [*map(_plain, features.values()), *map(_plain, shown)])
    keys = {layer.id(): _keys(layer) for layer in features.values()}
    for code, title in _programmes(agreement):
        units = {unit.code for unit in agreement.legend if unit.programme == code}
        own = {layer: {key for unit, key in keys[layer.id()] if unit in units} for layer in features.values()}
        records = [_only(layer, chosen) for layer, chosen in own.items() if chosen]
        _put(project, f"{_PROGRAMME}{title}", [*records, *map(_plain, shown)])
    talk = [*(_seen_through(layer) for layer in features.values()), _plain(_mark(project))]
    _put(project, TALK, [*talk, *map(_plain, shown)])
    _make_data_themes(project)


def take_up(project: QgsProject, added: Iterable[QgsMapLayer]) -> None:
    """Take layers of the basisset and the ground that came into the project, and are on, into our themes, and make
    those of each kind of dataset again. A theme would switch off what it does not know."""
    ours = {layer.id() for role in (BASISSET, GROUND) for layer in _layers_in(project, role)}
    new = [layer for layer in added if layer.id() in ours and _is_shown(project, layer)]
    themes = project.mapThemeCollection()
    for name in themes.mapThemes():
        if new and (name in (WHOLE, TALK) or name.startswith(_PROGRAMME)):
            theme = themes.mapThemeState(name)
            known = {record.layer().id() for record in theme.layerRecords() if record.layer() is not None}
            for layer in new:
                if layer.id() not in known:
                    theme.addLayerRecord(_plain(layer))
            themes.update(name, theme)
    _make_data_themes(project)


def _make_data_themes(project: QgsProject) -> None:
    """A theme for each kind of dataset of which there are layers, on the ground."""
    kinds = read_kinds()
    ground = [_plain(layer) for layer in _layers_in(project, GROUND)]
    found: dict[str, list[QgsMapLayer]] = {}
    for layer in _layers_in(project, BASISSET):
        kind = kinds.of(str(layer.customProperty(_DATASET) or ""), layer.name())
        found.setdefault(kind, []).append(layer)
    themes = project.mapThemeCollection()
    for kind, title in _KINDS.items():
        name = f"{_KIND}{title}"
        if kind in found:
            _put(project, name, [*map(_plain, found[kind]), *ground])
        elif themes.hasMapTheme(name):
            themes.removeMapTheme(name)


def _programmes(agreement: Agreement) -> list[tuple[str, str]]:
    """Code and title of each programme that has legend units, in the order of the agreement's list."""
    used = {unit.programme for unit in agreement.legend}
    named = [(each.code, each.label.nl) for each in agreement.code_lists["programma"] if each.code in used]
    # The prefix says already that it is one.
    short = [(code, title.removeprefix("Programma ")) for code, title in named]
    return [(code, title[:1].upper() + title[1:]) for code, title in short]


def _layers_in(project: QgsProject, role: str) -> list[QgsMapLayer]:
    group = group_of(project, role)
    return [node.layer() for node in group.findLayers() if node.layer() is not None] if group is not None else []


def _is_shown(project: QgsProject, layer: QgsMapLayer) -> bool:
    node = project.layerTreeRoot().findLayer(layer.id())
    return node is not None and node.isVisible()


def _put(project: QgsProject, name: str, records: list[QgsMapThemeCollection.MapThemeLayerRecord]) -> None:
    theme = QgsMapThemeCollection.MapThemeRecord()
    for record in records:
        theme.addLayerRecord(record)
    project.mapThemeCollection().insert(name, theme)


def _plain(layer: QgsMapLayer) -> QgsMapThemeCollection.MapThemeLayerRecord:
    """A layer in its own style, all of its legend on."""
    record = QgsMapThemeCollection.MapThemeLayerRecord(layer)
    record.isVisible = True
    record.usingCurrentStyle = True
    names = layer.styleManager().styles()
    record.currentStyle = next((name for name in names if name != _TALK_STYLE), "")
    return record


def _only(layer: QgsVectorLayer, keys: set[str]) -> QgsMapThemeCollection.MapThemeLayerRecord:
    """A feature table with these entries of its legend alone."""
    record = _plain(layer)
    record.usingLegendItems = True
    record.checkedLegendItems = keys
    return record


def _keys(layer: QgsVectorLayer) -> list[tuple[str, str]]:
    """Legend unit and key of each entry in the legend; empty for a legend that the user made another."""
    renderer = layer.renderer()
    if not isinstance(renderer, QgsCategorizedSymbolRenderer):
        return []
    pairs = zip(renderer.categories(), renderer.legendSymbolItems(), strict=True)
    # A category's value is `unit|role`.
    return [(str(category.value()).partition("|")[0], item.ruleKey()) for category, item in pairs]


def _seen_through(layer: QgsVectorLayer) -> QgsMapThemeCollection.MapThemeLayerRecord:
    """A feature table in a second style, through which what lies under it is seen."""
    styles = layer.styleManager()
    if _TALK_STYLE not in styles.styles():
        opacity = layer.opacity()
        layer.setOpacity(_TALK_OPACITY)
        styles.addStyleFromLayer(_TALK_STYLE)
        layer.setOpacity(opacity)
    record = _plain(layer)
    record.currentStyle = _TALK_STYLE
    return record


def _mark(project: QgsProject) -> QgsVectorLayer:
    """A layer that says in the corner of the map that it is no plan; off but in the theme of the map to talk over.

    It is a label at the corner of whatever the map shows, so that it is on the screen and on paper.
    """
    for layer in project.mapLayers().values():
        if layer.customProperty(_MARK):
            return layer
    layer = QgsVectorLayer(_EVERYWHERE, NO_PLAN, "virtual")
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:28992"))
    layer.setCustomProperty(_MARK, "1")
    layer.setRenderer(QgsNullSymbolRenderer())
    layer.setLabeling(QgsVectorLayerSimpleLabeling(_corner_label()))
    layer.setLabelsEnabled(True)
    layer.setFlags(layer.flags() & ~(QgsMapLayer.LayerFlag.Identifiable | QgsMapLayer.LayerFlag.Searchable))
    if project.addMapLayer(layer, False) is None:
        raise ValueError("QGIS did not take the mark of the conversation map")
    group: QgsLayerTreeGroup = group_of(project, PROPOSAL) or project.layerTreeRoot()
    node = group.insertLayer(0, layer)
    node.setItemVisibilityChecked(False)
    return layer


def _corner_label() -> QgsPalLayerSettings:
    settings = QgsPalLayerSettings()
    settings.fieldName = str(QgsExpression.quotedValue(NO_PLAN))
    settings.isExpression = True
    settings.geometryGeneratorEnabled = True
    settings.geometryGeneratorType = Qgis.GeometryType.Point
    settings.geometryGenerator = (
        "make_point(x_max(@map_extent) - 0.02 * (x_max(@map_extent) - x_min(@map_extent)),"
        " y_min(@map_extent) + 0.02 * (x_max(@map_extent) - x_min(@map_extent)))"
    )
    settings.placement = Qgis.LabelPlacement.OverPoint
    point = settings.pointSettings()
    # Messages of QGIS lie over the upper corners, and a scale bar stands in the lower left one.
    point.setQuadrant(Qgis.LabelQuadrantPosition.AboveLeft)
    settings.setPointSettings(point)
    # Whatever lies there, and however many names compete for the place.
    always = settings.placementSettings()
    always.setOverlapHandling(Qgis.LabelOverlapHandling.AllowOverlapAtNoCost)
    settings.setPlacementSettings(always)
    settings.priority = 10
    written = text_format(12, QColor("white"), bold=True)
    ground = QgsTextBackgroundSettings()
    ground.setEnabled(True)
    ground.setType(QgsTextBackgroundSettings.ShapeType.ShapeRectangle)
    ground.setSizeType(QgsTextBackgroundSettings.SizeType.SizeBuffer)
    ground.setSize(QSizeF(2.5, 1.2))
    ground.setFillColor(QColor("#7a4fa3"))
    ground.setStrokeWidth(0)
    written.setBackground(ground)
    settings.setFormat(written)
    return settings
