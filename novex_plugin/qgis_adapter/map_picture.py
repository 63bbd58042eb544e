"""The map of a report: the proposal in the agreed legend on calm base layers, findings on top; as PNG or PDF."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFillSymbol,
    QgsLayoutExporter,
    QgsLayoutSize,
    QgsLinePatternFillSymbolLayer,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsPrintLayout,
    QgsProject,
    QgsRectangle,
    QgsSimpleLineSymbolLayer,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

from novex_plugin.core.delivery.drawing import BaseLayer, MapPicture
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import layer_names
from novex_plugin.qgis_adapter.layered import layered
from novex_plugin.qgis_adapter.map_furniture import PAGE, furnish
from novex_plugin.qgis_adapter.map_ground import is_province, paint_ground
from novex_plugin.qgis_adapter.stable_pdf import settle_pdf

_MAP = QgsRectangle(8, 24, 212, 199)
"""Where the map stands on the page, in millimetres from the upper left."""

_PROPOSAL_TABLES = ("voorstel_vlak", "voorstel_lijn", "voorstel_punt")
_FINDING_TABLES = {
    "bevinding_punt": "Bevinding bij een punt",
    "bevinding_lijn": "Bevinding langs een lijn",
    "bevinding_vlak": "Bevinding in een gebied",
}

_UNSTYLED = "#d9b65c"
_OUTCOMES_SHOWN = "\"uitkomst\" IN ('overtreedt', 'gemotiveerd')"


def write_map(picture: MapPicture, target: Path, dots_per_inch: int = 150) -> None:
    """Draw the map into a PNG, or into a PDF when `target` ends in .pdf. The caller writes beside.

    Raises InputError when the proposal has no geometry or the file cannot be written.
    """
    with _untouched(), TemporaryDirectory(prefix="novex-kaart-") as folder:
        proposal = Path(shutil.copy(picture.proposal, folder))
        findings = Path(shutil.copy(picture.findings, folder)) if picture.findings else None
        _draw(replace(picture, proposal=proposal, findings=findings), target, dots_per_inch)


@contextmanager
def _untouched() -> Iterator[None]:
    """Keep QGIS from putting the GeoPackages that it opens into another journal mode, which changes their bytes."""
    from osgeo import gdal

    before = gdal.GetConfigOption("OGR_SQLITE_JOURNAL")
    gdal.SetConfigOption("OGR_SQLITE_JOURNAL", "DELETE")
    try:
        yield
    finally:
        gdal.SetConfigOption("OGR_SQLITE_JOURNAL", before)


def _draw(picture: MapPicture, target: Path, dots_per_inch: int) -> None:
    project = QgsProject()
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:28992"))
    findings = _findings(picture.findings)
    proposal = _proposal(picture)
    base = [layer for given in picture.base if (layer := _ground(given)) is not None]
    groups = {"Bevindingen": findings, "Voorstel": proposal, "Ondergrond": base}
    shown = [layer for layers in groups.values() for layer in layers]
    if len(project.addMapLayers(shown, False)) != len(shown):
        raise ValueError("QGIS did not take all layers of the map")
    extent = _extent([*proposal, *findings], base, picture.proposal)
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.pageCollection().page(0).setPageSize(QgsLayoutSize(*PAGE, Qgis.LayoutUnit.Millimeters))
    furnish(layout, _MAP, groups, extent, picture.texts)
    _export(layout, target, dots_per_inch)


def _export(layout: QgsPrintLayout, target: Path, dots_per_inch: int) -> None:
    exporter = QgsLayoutExporter(layout)
    if target.suffix.lower() == ".pdf":
        pdf = QgsLayoutExporter.PdfExportSettings()
        pdf.dpi, pdf.exportMetadata, pdf.appendGeoreference = 300, False, False
        written = exporter.exportToPdf(str(target), pdf) == QgsLayoutExporter.ExportResult.Success
        if written:
            settle_pdf(target)
    else:
        # exportToImage would let GDAL write the map's place into the PNG, and complain that it cannot.
        drawn = exporter.renderPageToImage(0, QSize(), dots_per_inch)
        written = not drawn.isNull() and drawn.save(str(target), "PNG")
    if not written:
        raise InputError("de kaart kan niet worden geschreven.", "Maak ruimte en schrijfrechten.", target)


def _layer(path: Path, table: str, title: str) -> QgsVectorLayer | None:
    options = QgsVectorLayer.LayerOptions(loadDefaultStyle=False)
    layer = QgsVectorLayer(f"{path}|layername={table}", title, "ogr", options)
    return layer if layer.isValid() else None


def _ground(given: BaseLayer) -> QgsVectorLayer | None:
    """A layer of the ground in pale tones; None when it cannot be opened, for a map must not stop a report."""
    layer = _layer(given.path, given.table, given.title)
    if layer is not None:
        paint_ground(layer, given.title)
    return layer


def _proposal(picture: MapPicture) -> list[QgsVectorLayer]:
    """The proposal's layers, points above lines above areas, each with its QML."""
    present = layer_names(picture.proposal)
    layers = []
    for table in reversed(_PROPOSAL_TABLES):
        layer = _layer(picture.proposal, table, "") if table in present else None
        if layer is None:
            continue
        style = picture.legend / f"{table}.qml"
        if style.is_file():
            layer.loadNamedStyle(str(style), False, QgsVectorLayer.StyleCategory.Symbology)
        else:
            # QGIS would take a colour by chance.
            layer.renderer().symbol().setColor(QColor(_UNSTYLED))
        layers.append(layer)
    return layers


def _findings(path: Path | None) -> list[QgsVectorLayer]:
    """Findings that ask for attention, red above all else."""
    if path is None:
        return []
    layers = []
    present = layer_names(path)
    for table in _FINDING_TABLES:
        layer = _layer(path, table, _FINDING_TABLES[table]) if table in present else None
        if layer is None:
            continue
        if not layer.setSubsetString(_OUTCOMES_SHOWN):
            raise ValueError(f"QGIS cannot filter {table} of {path}")
        if layer.featureCount():
            layer.setRenderer(QgsSingleSymbolRenderer(_red(layer.geometryType())))
            layers.append(layer)
    return layers


def _red(kind: Qgis.GeometryType) -> QgsSymbol:
    if kind == Qgis.GeometryType.Point:
        ring = {"name": "circle", "color": "0,0,0,0", "outline_color": "#c1121f", "outline_width": "0.7", "size": "4.2"}
        return QgsMarkerSymbol.createSimple(ring)
    if kind == Qgis.GeometryType.Line:
        halo = {"line_color": "255,255,255,170", "line_width": "1.6"}
        line = {"line_color": "#c1121f", "line_width": "0.8", "capstyle": "round"}
        return layered(QgsLineSymbol(), [QgsSimpleLineSymbolLayer.create(each) for each in (halo, line)])
    # Open enough to see which legend unit lies under it.
    area = QgsFillSymbol.createSimple({"style": "no", "outline_color": "#c1121f", "outline_width": "0.45"})
    lines = {"angle": "45", "distance": "1.8", "line_width": "0.18", "color": "193,18,31,190"}
    area.insertSymbolLayer(0, QgsLinePatternFillSymbolLayer.create(lines))
    return area


def _extent(layers: list[QgsVectorLayer], base: list[QgsVectorLayer], proposal: Path) -> QgsRectangle:
    """The extent of what is shown with some room around it, never smaller than two kilometres.

    A province of which most is drawn on is shown whole.
    """
    whole = _together(layers)
    if whole.isNull() or not whole.isFinite():
        raise InputError("heeft geen geometrie om te tekenen.", "Teken eerst een onderdeel.", proposal)
    province = _together([layer for layer in base if is_province(layer)])
    both = QgsRectangle(whole)
    both.combineExtentWith(province)
    if not province.isNull() and both.width() < 1.7 * whole.width() and both.height() < 1.7 * whole.height():
        both.grow(0.02 * both.width())
        return both
    whole.grow(max(0.06 * max(whole.width(), whole.height()), (2000 - max(whole.width(), whole.height())) / 2, 0))
    return whole


def _together(layers: list[QgsVectorLayer]) -> QgsRectangle:
    whole = QgsRectangle()
    for layer in layers:
        if layer.featureCount():
            layer.updateExtents()
            whole.combineExtentWith(layer.extent())
    return whole
