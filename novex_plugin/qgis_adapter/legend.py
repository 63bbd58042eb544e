"""The agreed legend as QGIS styles: made from the agreement alone, as renderers, QML, SLD and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsExpression,
    QgsFeatureRenderer,
    QgsFeatureRequest,
    QgsMapLayer,
    QgsReadWriteContext,
    QgsRendererCategory,
    QgsRuleBasedRenderer,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtXml import QDomDocument

from novex_plugin.core.agreement import Agreement, LegendUnit, Symbol
from novex_plugin.core.delivery.markup import xml_document
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import Column
from novex_plugin.core.files import written_beside
from novex_plugin.core.proposal.schema import FEATURE_TABLES, GEOMETRY_TYPES, feature_columns
from novex_plugin.qgis_adapter.area_symbols import area_symbol
from novex_plugin.qgis_adapter.forms import ANYWHERE, Start, set_form
from novex_plugin.qgis_adapter.line_symbols import line_symbol
from novex_plugin.qgis_adapter.point_symbols import point_symbol
from novex_plugin.qgis_adapter.portable_sld import portable_sld
from novex_plugin.qgis_adapter.stable_xml import stable_tree, without_weight

UNKNOWN = "Onbekende legenda-eenheid of rol"
"""Drawn in black, so that a value outside the agreement is seen."""

_CLASS = '"legenda" || \'|\' || "rol"'
_BLACK = Symbol("#000000", "#000000", "solid", "circle", "solid", None)
_SYMBOLS = {"vlak": area_symbol, "lijn": line_symbol, "punt": point_symbol}


def symbol_for(unit: LegendUnit, geometry_type: str, role: str) -> QgsSymbol:
    """The symbol of a legend unit drawn as a `vlak`, `lijn` or `punt` in a role."""
    return _SYMBOLS[geometry_type](unit.symbol, role)


def renderer_for(agreement: Agreement, geometry_type: str) -> QgsFeatureRenderer:
    """The renderer of a feature table: a category for each legend unit in each role, in the order of the legend.

    Small areas lie on top of large ones.
    """
    categories = [
        QgsRendererCategory(f"{unit.code}|{role}", symbol_for(unit, geometry_type, role), label)
        for unit, role, label in _classes(agreement, geometry_type)
    ]
    categories.append(QgsRendererCategory(None, _SYMBOLS[geometry_type](_BLACK, "nieuw"), UNKNOWN))
    renderer = QgsCategorizedSymbolRenderer(_CLASS, categories)
    if geometry_type == "vlak":
        clause = QgsFeatureRequest.OrderByClause("$area", False)
        renderer.setOrderBy(QgsFeatureRequest.OrderBy([clause]))
        renderer.setOrderByEnabled(True)
    return renderer


def _classes(agreement: Agreement, geometry_type: str) -> Iterator[tuple[LegendUnit, str, str]]:
    """Each legend unit in each role, with its label: the unit's own for the first role, with the role after it else."""
    roles = agreement.code_lists["rol"]
    for unit in agreement.drawn_as(geometry_type):
        for role in roles:
            label = unit.label.nl if role is roles[0] else f"{unit.label.nl}, {role.label.nl.lower()}"
            yield unit, role.code, label


def _rules_for(agreement: Agreement, geometry_type: str) -> QgsFeatureRenderer:
    """The same legend as rules: what SLD can express."""
    root = QgsRuleBasedRenderer.Rule(None)
    for unit, role, label in _classes(agreement, geometry_type):
        conditions = (
            f"{QgsExpression.quotedColumnRef(name)} = {QgsExpression.quotedValue(value)}"
            for name, value in (("legenda", unit.code), ("rol", role))
        )
        symbol = symbol_for(unit, geometry_type, role)
        root.appendChild(QgsRuleBasedRenderer.Rule(symbol, 0, 0, " AND ".join(conditions), label))
    root.appendChild(QgsRuleBasedRenderer.Rule(_SYMBOLS[geometry_type](_BLACK, "nieuw"), 0, 0, "ELSE", UNKNOWN))
    return QgsRuleBasedRenderer(root)


def write_legend(agreement: Agreement, folder: Path) -> tuple[Path, ...]:
    """Write `<table>.qml` (with the form) and `<table>.sld` for the three feature tables; the same agreement gives the
    same bytes.

    Raises InputError when the folder cannot be written to.
    """
    written = []
    for geometry_type, table in FEATURE_TABLES.items():
        written.append(_write(folder / f"{table}.qml", qml_of(agreement, geometry_type)))
        written.append(_write(folder / f"{table}.sld", sld_of(agreement, geometry_type)))
    return tuple(written)


def qml_of(agreement: Agreement, geometry_type: str, start: Start = ANYWHERE, named: bool = False) -> bytes:
    """The QML of the feature table of a geometry type: its legend and its form."""
    layer = _layer(agreement, geometry_type)
    layer.setRenderer(renderer_for(agreement, geometry_type))
    set_form(layer, agreement, geometry_type, start)
    return exported_qml(layer, named)


def sld_of(agreement: Agreement, geometry_type: str) -> bytes:
    """The SLD of the feature table of a geometry type."""
    layer = _layer(agreement, geometry_type)
    layer.setRenderer(_rules_for(agreement, geometry_type))
    described = QDomDocument()
    layer.exportSldStyle(described, "")
    return portable_sld(described)


def exported_qml(layer: QgsVectorLayer, named: bool = False) -> bytes:
    """Legend and form of a layer as QML, without what is of this machine or this moment.

    `named` adds the expression that names its features in lists: for proposals, as deliveries may not hold one.
    """
    style = QDomDocument()
    kind = QgsMapLayer.StyleCategory
    kinds = kind.Symbology | kind.Fields | kind.Forms
    if named:
        kinds |= kind.LayerConfiguration
    layer.exportNamedStyle(style, QgsReadWriteContext(), kinds)
    return xml_document(without_weight(stable_tree(style)))


def _layer(agreement: Agreement, geometry_type: str) -> QgsVectorLayer:
    table = FEATURE_TABLES[geometry_type]
    kind = {"MULTIPOLYGON": "MultiPolygon", "MULTILINESTRING": "MultiLineString", "POINT": "Point"}
    return empty_layer(table, kind[GEOMETRY_TYPES[table]], feature_columns(agreement, geometry_type))


def empty_layer(name: str, geometry: str, columns: Iterable[Column]) -> QgsVectorLayer:
    """A layer in memory with these columns; `geometry` as QGIS names it, or None."""
    types = {"INTEGER": "integer", "REAL": "double", "DATETIME": "datetime"}
    fields = "".join(f"&field={column.name}:{types.get(column.type, 'string')}" for column in columns)
    crs = "" if geometry == "None" else "crs=EPSG:28992"
    return QgsVectorLayer(f"{geometry}?{crs}{fields}", name, "memory")


def _write(target: Path, content: bytes) -> Path:
    with written_beside(target) as unfinished:
        unfinished.write_bytes(content)
    return target


def write_swatches(agreement: Agreement, folder: Path, width: int = 64, height: int = 36) -> tuple[Path, ...]:
    """Write a PNG for each legend unit in each geometry type and role, `<unit>-<geometry>-<role>.png`; size in pixels.

    Raises InputError when the folder cannot be written to.
    """
    written = []
    for geometry_type in FEATURE_TABLES:
        for unit, role, _ in _classes(agreement, geometry_type):
            target = folder / f"{unit.code}-{geometry_type}-{role}.png"
            image = symbol_for(unit, geometry_type, role).asImage(QSize(width, height))
            with written_beside(target) as unfinished:
                if not image.save(str(unfinished), "PNG"):
                    raise InputError("kan niet worden geschreven.", "Kies een andere plaats.", target)
            written.append(target)
    return tuple(written)
