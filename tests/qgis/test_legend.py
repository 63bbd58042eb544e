"""The agreed legend is complete, the same bytes each time, and drawn in the agreement's colours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from defusedxml import ElementTree
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage

from novex_plugin.core.agreement import Symbol, read_agreement
from novex_plugin.core.delivery.style_check import style_problems
from novex_plugin.core.proposal.schema import FEATURE_TABLES
from novex_plugin.qgis_adapter.legend import UNKNOWN, renderer_for, symbol_for, write_legend, write_swatches

CHECKOUT = Path(__file__).resolve().parents[2]
AGREEMENT = read_agreement()
SE = "{http://www.opengis.net/se}"
OGC = "{http://www.opengis.net/ogc}"

pytestmark = pytest.mark.usefixtures("qgis_app")


@pytest.mark.parametrize("geometry_type", FEATURE_TABLES)
def test_every_unit_has_a_category_in_every_role_and_an_unknown_one_is_shown(geometry_type: str) -> None:
    renderer = renderer_for(AGREEMENT, geometry_type)
    values = [category.value() for category in renderer.categories()]
    units = AGREEMENT.drawn_as(geometry_type)
    assert values[:-1] == [f"{unit.code}|{role}" for unit in units for role in AGREEMENT.codes("rol")]
    labels = [category.label() for category in renderer.categories()]
    assert labels[0] == units[0].label.nl
    assert labels[2] == f"{units[0].label.nl}, zoekgebied"
    assert labels[-1] == UNKNOWN
    assert len(set(labels)) == len(labels)


def test_no_two_units_look_the_same_in_any_role(tmp_path: Path) -> None:
    pictures = write_swatches(AGREEMENT, tmp_path)
    drawn = sum(len(AGREEMENT.drawn_as(geometry_type)) for geometry_type in FEATURE_TABLES)
    assert len(pictures) == len(set(pictures)) == drawn * len(AGREEMENT.codes("rol"))
    assert len({path.read_bytes() for path in pictures}) == len(pictures)


FORMS = json.loads((CHECKOUT / "schemas" / "agreement.schema.json").read_bytes())["$defs"]["unit"]["properties"][
    "symbol"
]
TOLD_BY = {"pattern": "vlak", "marker": "punt", "line": "lijn"}


@pytest.mark.parametrize("form", TOLD_BY)
def test_every_form_that_an_agreement_may_choose_looks_different(form: str) -> None:
    plain = Symbol("#4a7d3c", "#20401a", "solid", "circle", "solid", None)
    drawn = set()
    names = [name for name in FORMS["properties"][form]["enum"] if name is not None]
    for name in names:
        unit = replace(AGREEMENT.legend[0], symbol=replace(plain, **{form: name}))
        image = symbol_for(unit, TOLD_BY[form], "nieuw").asImage(QSize(120, 60))
        drawn.add(image.convertToFormat(QImage.Format.Format_ARGB32).constBits().asstring(image.sizeInBytes()))
    assert len(drawn) == len(names)


def test_a_point_has_an_edge_of_its_own_where_the_unit_is_an_area_too() -> None:
    unit = AGREEMENT.units["gevoelige_bestemming"]
    assert (unit.symbol.edge, unit.geometry) == ("#ffffff", ("vlak", "punt"))
    point, area = (symbol_for(unit, kind, "nieuw") for kind in ("punt", "vlak"))
    assert point.symbolLayer(0).strokeColor().name() == "#ffffff"
    assert area.symbolLayer(area.symbolLayerCount() - 1).color().name() == unit.symbol.outline


def test_a_line_of_a_unit_with_a_pale_fill_is_drawn_in_its_outline() -> None:
    pale, strong = AGREEMENT.units["warmtenet"].symbol, AGREEMENT.units["hoogspanning"].symbol
    drawn = {role: symbol_for(AGREEMENT.units["warmtenet"], "lijn", role) for role in ("nieuw", "zoekgebied")}
    assert drawn["nieuw"].symbolLayer(0).color().name() == pale.outline
    assert drawn["zoekgebied"].symbolLayer(1).color().name() == pale.outline
    assert symbol_for(AGREEMENT.units["hoogspanning"], "lijn", "nieuw").symbolLayer(0).color().name() == strong.fill


def test_the_files_are_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from qgis.core import QgsApplication\n"
        "application = QgsApplication([], False); application.initQgis()\n"
        "from novex_plugin.core.agreement import read_agreement\n"
        "from novex_plugin.qgis_adapter.legend import write_legend\n"
        "write_legend(read_agreement(), Path(sys.argv[1])); application.exitQgis()\n"
    )
    for seed in ("1", "2"):
        environment = os.environ | {
            "PYTHONPATH": str(CHECKOUT),
            "QT_HASH_SEED": seed,
            "PYTHONHASHSEED": seed,
            "QT_QPA_PLATFORM": "offscreen",
        }
        subprocess.run([sys.executable, "-c", script, str(tmp_path / seed)], env=environment, check=True, timeout=120)
    names = sorted(path.name for path in (tmp_path / "1").iterdir())
    assert names == sorted(f"{table}.{ending}" for table in FEATURE_TABLES.values() for ending in ("qml", "sld"))
    for name in names:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes(), name


def test_the_sld_has_a_rule_with_a_filter_and_a_symbol_for_every_unit_and_role(tmp_path: Path) -> None:
    write_legend(AGREEMENT, tmp_path)
    for geometry_type, table in FEATURE_TABLES.items():
        root = ElementTree.parse(tmp_path / f"{table}.sld").getroot()
        assert root.get("version") == "1.1.0"
        rules = root.findall(f".//{SE}Rule")
        filtered = {}
        for rule in rules:
            names = [each.text for each in rule.iter(f"{OGC}PropertyName")]
            literals = [each.text for each in rule.iterfind(f"{OGC}Filter//{OGC}Literal")]
            if names:
                assert names == ["legenda", "rol"]
                filtered[tuple(literals)] = [each for each in rule if each.tag.endswith("Symbolizer")]
        expected = {(unit.code, role) for unit in AGREEMENT.drawn_as(geometry_type) for role in AGREEMENT.codes("rol")}
        assert set(filtered) == expected
        assert all(filtered.values())
        assert len(rules) == len(expected) + 1
        assert rules[-1].find(f"{SE}ElseFilter") is not None


def square(unit: str, role: str, style: Path) -> QImage:
    """A picture of a square of a kilometre, styled by the QML file."""
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:28992&field=legenda:string&field=rol:string", "t", "memory")
    feature = QgsFeature(layer.fields())
    feature.setAttributes([unit, role])
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(0, 0, 1000, 1000)))
    layer.dataProvider().addFeatures([feature])
    _, loaded = layer.loadNamedStyle(str(style))
    assert loaded
    shown = QgsMapSettings()
    shown.setLayers([layer])
    shown.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:28992"))
    shown.setExtent(QgsRectangle(100, 100, 900, 900))
    shown.setOutputSize(QSize(200, 200))
    shown.setBackgroundColor(QColor("white"))
    job = QgsMapRendererParallelJob(shown)
    job.start()
    job.waitForFinished()
    return job.renderedImage()


def colours(image: QImage) -> dict[str, int]:
    counted: dict[str, int] = {}
    for x in range(0, image.width(), 3):
        for y in range(0, image.height(), 3):
            name = image.pixelColor(x, y).name()
            counted[name] = counted.get(name, 0) + 1
    return counted


def test_the_qml_draws_the_agreed_colours_and_shows_what_is_unknown(tmp_path: Path) -> None:
    write_legend(AGREEMENT, tmp_path)
    style = tmp_path / "voorstel_vlak.qml"
    (new,) = colours(square("waterberging", "nieuw", style))
    agreed, drawn = QColor(AGREEMENT.units["waterberging"].symbol.fill), QColor(new)
    assert max(abs(a - b) for a, b in zip(agreed.getRgb(), drawn.getRgb(), strict=True)) < 10
    (existing,) = colours(square("waterberging", "bestaand", style))
    assert QColor(existing).lightness() > drawn.lightness() + 15
    assert len(colours(square("waterberging", "zoekgebied", style))) > 2, "hatched"
    for strange in (("kasteel", "nieuw"), ("waterberging", "misschien"), (None, None)):
        (unknown,) = colours(square(*strange, style))
        assert QColor(unknown).lightness() < 40, strange


def test_styles_hold_no_python_and_no_files(tmp_path: Path) -> None:
    for path in write_legend(AGREEMENT, tmp_path):
        assert style_problems(path) == [], "a delivery with it would be refused"
        text = path.read_text(encoding="utf-8")
        for forbidden in ("python", "function", "file:", ".svg", "eval("):
            assert forbidden not in text.lower().replace("http://www.w3.org/1999/xlink", ""), (path.name, forbidden)
