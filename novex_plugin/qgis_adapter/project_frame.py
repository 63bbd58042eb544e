"""What a project for a proposal is set to: the national grid, the scales of the agreement, snapping and topology."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsExpressionContextUtils,
    QgsProject,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsSnappingConfig,
    QgsVectorLayer,
)

from novex_plugin.core.agreement import Agreement

TITLE, PROVINCE, VARIANT, AGREEMENT = "novex_titel", "novex_provincie", "novex_variant", "novex_afspraken"
"""Variables of the project, which its print layouts show."""

LAYOUT_VERSION = "1"
"""Of how a project is arranged; raised when an older one needs something to keep up."""

_SNAP_PIXELS = 10
_ROUND_SCALES = (5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000)

PROVINCE_BOUNDS = {
    "PV20": (206_000, 539_000, 278_000, 622_000),
    "PV21": (112_000, 535_000, 222_000, 616_000),
    "PV22": (203_000, 514_000, 270_000, 580_000),
    "PV23": (180_000, 457_000, 271_000, 538_000),
    "PV24": (134_000, 475_000, 196_000, 541_000),
    "PV25": (127_000, 414_000, 255_000, 504_000),
    "PV26": (114_000, 431_000, 172_000, 484_000),
    "PV27": (93_000, 463_000, 151_000, 581_000),
    "PV28": (50_000, 403_000, 140_000, 485_000),
    "PV29": (12_000, 356_000, 79_000, 422_000),
    "PV30": (70_000, 359_000, 202_000, 428_000),
    "PV31": (165_000, 305_000, 215_000, 424_000),
}
"""Roughly where a province lies (EPSG:28992, whole kilometres): what the map shows before anything is drawn."""

_COUNTRY = (0, 300_000, 290_000, 630_000)


def frame_project(project: QgsProject, agreement: Agreement, texts: dict[str, str]) -> None:
    """Set CRS, scales, snapping and topological editing, the title, and the variables that layouts show."""
    system = QgsCoordinateReferenceSystem("EPSG:28992")
    project.setCrs(system, True)
    project.setDistanceUnits(Qgis.DistanceUnit.Meters)
    project.setAreaUnits(Qgis.AreaUnit.Hectares)
    view = project.viewSettings()
    view.setMapScales([float(each) for each in reversed(scales_of(agreement))])
    view.setUseProjectScales(True)
    snapping = QgsSnappingConfig(project)
    snapping.setEnabled(True)
    snapping.setMode(Qgis.SnappingMode.AllLayers)
    snapping.setTypeFlag(Qgis.SnappingTypes(Qgis.SnappingType.Vertex | Qgis.SnappingType.Segment))
    snapping.setTolerance(_SNAP_PIXELS)
    snapping.setUnits(Qgis.MapToolUnit.Pixels)
    project.setSnappingConfig(snapping)
    project.setTopologicalEditing(True)
    project.setTitle(texts.get(TITLE, ""))
    tell_texts(project, texts)


def tell_texts(project: QgsProject, texts: dict[str, str]) -> None:
    """Set the variables that layouts show; what a user wrote stays text there, it is never worked out."""
    for name, value in texts.items():
        QgsExpressionContextUtils.setProjectVariable(project, name, value)


def scales_of(agreement: Agreement) -> list[int]:
    """Denominators to choose from: those of the agreement, and round ones between its largest and smallest."""
    scale = agreement.scale
    between = {each for each in _ROUND_SCALES if scale.largest <= each <= scale.smallest}
    return sorted(between | {scale.largest, scale.drawn, scale.smallest})


def starting_view(layers: Iterable[QgsVectorLayer], province: str) -> QgsRectangle:
    """What the map shows first (EPSG:28992): what is drawn with room around it, or else the province."""
    drawn = QgsRectangle()
    for layer in layers:
        if layer.featureCount() > 0:
            drawn.combineExtentWith(layer.extent())
    if drawn.isNull() or not drawn.isFinite():
        return QgsRectangle(*PROVINCE_BOUNDS.get(province, _COUNTRY))
    drawn.grow(max(0.05 * max(drawn.width(), drawn.height()), 500))
    return drawn


def show_first(project: QgsProject, view: QgsRectangle) -> None:
    """Open the project at this view, and take it for the whole of the map."""
    whole = QgsReferencedRectangle(view, QgsCoordinateReferenceSystem("EPSG:28992"))
    project.viewSettings().setDefaultViewExtent(whole)
    project.viewSettings().setPresetFullExtent(whole)
