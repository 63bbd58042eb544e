"""How findings are drawn: open, so that the plan stays readable under them, and told apart without colour too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from qgis.core import (
    Qgis,
    QgsCategorizedSymbolRenderer,
    QgsFeatureRenderer,
    QgsFeatureRequest,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsRendererCategory,
    QgsSymbol,
    QgsSymbolLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor

from novex_plugin.core.check.combinations import COLUMNS as COMBINATION_COLUMNS
from novex_plugin.core.check.findings import COLUMNS as FINDING_COLUMNS
from novex_plugin.core.features.geopackage import Column
from novex_plugin.core.files import written_beside
from novex_plugin.core.rules.combinations import CONFLICT, VOORWAARDE
from novex_plugin.core.rules.model import GEMOTIVEERD, NIET_TOETSBAAR, OUTCOMES, OVERTREEDT
from novex_plugin.qgis_adapter.area_symbols import hatch, outline
from novex_plugin.qgis_adapter.colours import WHITE, mixed
from novex_plugin.qgis_adapter.layered import layered
from novex_plugin.qgis_adapter.legend import empty_layer, exported_qml
from novex_plugin.qgis_adapter.line_symbols import stroke
from novex_plugin.qgis_adapter.point_symbols import Shape, mark
from novex_plugin.qgis_adapter.stored_styles import store_qml

Layers = list[QgsSymbolLayer]


@dataclass(frozen=True)
class _Look:
    """How an outcome is drawn. `hatch` is the angle of slanted lines; a second ring lies around the first."""

    label: str
    colour: str
    width: int
    dashes: tuple[float, ...] = ()
    hatch: int | None = None
    rings: int = 1
    shape: Qgis.MarkerShape = Shape.Circle


_OUTCOMES: Mapping[str, _Look] = {
    OVERTREEDT: _Look("Overtreedt een regel", "#c1121f", 2, hatch=45),
    GEMOTIVEERD: _Look("Wijkt af, met motivering", "#1f5fa8", 1, (14, 3), hatch=135, rings=2),
    NIET_TOETSBAAR: _Look("Niet te toetsen", "#5b6670", 1, (3, 3)),
}
"""The outcomes that are drawn; in the others nobody has to look."""

_JUDGEMENTS: Mapping[str, _Look] = {
    CONFLICT: _Look("Functies in conflict", "#7a1fa2", 2, (9, 3, 2, 3), shape=Shape.Square, rings=2),
    VOORWAARDE: _Look("Functies samen onder een voorwaarde", "#7a1fa2", 1, (5, 4), shape=Shape.Square),
}

_HALO = 9
_RING = 15
_APART = 14
"""Pixels between the lines of a hatch: twice as far as in the legend, which stays readable between them."""

_TABLES: tuple[tuple[str, str, Mapping[str, _Look], tuple[Column, ...]], ...] = (
    ("bevinding", "uitkomst", _OUTCOMES, FINDING_COLUMNS),
    ("combinatie", "oordeel", _JUDGEMENTS, COMBINATION_COLUMNS),
)
"""What the tables of findings start with, the field that tells how a row is drawn, and their columns."""

_GEOMETRY = {"vlak": "MultiPolygon", "lijn": "MultiLineString", "punt": "MultiPoint"}


def finding_symbol(outcome: str, geometry_type: str) -> QgsSymbol:
    """The symbol of a finding with an outcome, drawn as a `vlak`, `lijn` or `punt`; for an outcome that is not drawn
    one without visible layers. Raises ValueError for a word that is no outcome."""
    if outcome not in OUTCOMES:
        raise ValueError(f"{outcome!r} is no outcome")
    if outcome in _OUTCOMES:
        return _symbol(_OUTCOMES[outcome], geometry_type)
    symbol = _symbol(_OUTCOMES[OVERTREEDT], geometry_type)
    for layer in symbol.symbolLayers():
        layer.setEnabled(False)
    return symbol


def finding_renderer(geometry_type: str) -> QgsFeatureRenderer:
    """The renderer of a table of findings: a category for each outcome that is drawn, breaches above the rest."""
    return _renderer("uitkomst", _OUTCOMES, geometry_type)


def store_finding_styles(path: Path, moment: str) -> None:
    """Lay the styles in a GeoPackage of findings that has none; `moment` is a time as a GeoPackage stores it."""
    styles = ((layer.name(), "geom", exported_qml(layer, named=True)) for layer in _layers())
    store_qml(path, styles, "Bevindingen van NOVEX Puzzel", moment)


def write_finding_legend(folder: Path) -> tuple[Path, ...]:
    """Write `<table>.qml` for the tables of findings and of combinations, the same bytes every time.

    Raises InputError when the folder cannot be written to.
    """
    written = []
    for layer in _layers():
        target = folder / f"{layer.name()}.qml"
        with written_beside(target) as unfinished:
            unfinished.write_bytes(exported_qml(layer))
        written.append(target)
    return tuple(written)


def _layers() -> Iterator[QgsVectorLayer]:
    """An empty layer for each table, with its style, and with the titles of its columns as names of its fields."""
    for name, field, looks, columns in _TABLES:
        for geometry_type, geometry in _GEOMETRY.items():
            layer = empty_layer(f"{name}_{geometry_type}", geometry, (Column("fid", "INTEGER"), *columns))
            layer.setRenderer(_renderer(field, looks, geometry_type))
            for column in columns:
                layer.setFieldAlias(layer.fields().indexOf(column.name), column.title or column.name)
            layer.setDisplayExpression('"melding"')
            yield layer


def _renderer(field: str, looks: Mapping[str, _Look], geometry_type: str) -> QgsFeatureRenderer:
    """The gravest comes first in the legend and is drawn last, above the others."""
    categories = [QgsRendererCategory(value, _symbol(look, geometry_type), look.label) for value, look in looks.items()]
    renderer = QgsCategorizedSymbolRenderer(field, categories)
    gravest = QgsFeatureRequest.OrderByClause(f"\"{field}\" = '{next(iter(looks))}'", True)
    renderer.setOrderBy(QgsFeatureRequest.OrderBy([gravest]))
    renderer.setOrderByEnabled(True)
    return renderer


def _symbol(look: _Look, geometry_type: str) -> QgsSymbol:
    if geometry_type == "vlak":
        return layered(QgsFillSymbol(), _area(look))
    if geometry_type == "lijn":
        return layered(QgsLineSymbol(), _line(look))
    return layered(QgsMarkerSymbol(), _point(look))


def _area(look: _Look) -> Layers:
    lines = [] if look.hatch is None else [hatch(mixed(look.colour, WHITE, 0, 0.75), 1, _APART, look.hatch)]
    casing = outline(mixed(WHITE, WHITE, 0, 0.6), look.width + 2)
    return [*lines, casing, outline(QColor(look.colour), look.width, list(look.dashes))]


def _line(look: _Look) -> Layers:
    halo = stroke(mixed(look.colour, WHITE, 0.2, 0.3), _HALO)
    return [halo, stroke(QColor(look.colour), look.width, list(look.dashes))]


def _point(look: _Look) -> Layers:
    nothing = QColor(Qt.GlobalColor.transparent)
    casing = mark(look.shape, _RING, nothing, mixed(WHITE, WHITE, 0, 0.6), look.width + 2)
    rings = [
        mark(look.shape, _RING + 6 * number, nothing, QColor(look.colour), look.width) for number in range(look.rings)
    ]
    if look.dashes and look.rings == 1:
        rings[0].setStrokeStyle(Qt.PenStyle.DashLine)
    return [casing, *rings]
