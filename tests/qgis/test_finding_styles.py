"""Findings open in QGIS in their own style: open, told apart without colour, and the same in every delivery."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsRectangle,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage

from novex_plugin.core.delivery.style_check import style_problems
from novex_plugin.core.features.geopackage import layer_names
from novex_plugin.core.rules.model import OUTCOMES
from novex_plugin.processing.check import Check
from novex_plugin.qgis_adapter.finding_styles import finding_renderer, finding_symbol, write_finding_legend
from tests.unit.making_checks import Case, box

CHECKOUT = Path(__file__).resolve().parents[2]
DRAWN = ("overtreedt", "gemotiveerd", "niet_toetsbaar")
SHAPES = {
    "vlak": "MULTIPOLYGON(((20 20,180 20,180 180,20 180,20 20)))",
    "lijn": "MULTILINESTRING((20 100,180 100))",
    "punt": "MULTIPOINT((100 100))",
}
KINDS = {"vlak": "MultiPolygon", "lijn": "MultiLineString", "punt": "MultiPoint"}
TABLES = [f"{name}_{kind}" for name in ("bevinding", "combinatie") for kind in SHAPES]

pytestmark = pytest.mark.usefixtures("qgis_app")


def drawn(layer: QgsVectorLayer, extent: QgsRectangle | None = None) -> np.ndarray:
    """The layer on a white map of 200 by 200 pixels, as rows of pixels of red, green and blue."""
    shown = QgsMapSettings()
    shown.setLayers([layer])
    shown.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:28992"))
    shown.setExtent(extent or QgsRectangle(0, 0, 200, 200))
    shown.setOutputSize(QSize(200, 200))
    shown.setBackgroundColor(QColor("white"))
    job = QgsMapRendererSequentialJob(shown)
    job.start()
    job.waitForFinished()
    image = job.renderedImage().convertToFormat(QImage.Format.Format_RGB888)
    pixels = np.frombuffer(image.constBits().asstring(image.sizeInBytes()), dtype=np.uint8)
    return pixels.reshape(200, image.bytesPerLine())[:, :600].reshape(200, 200, 3).astype(int)


def finding(outcome: str, geometry_type: str) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"{KINDS[geometry_type]}?crs=EPSG:28992&field=uitkomst:string", "t", "memory")
    feature = QgsFeature(layer.fields())
    feature["uitkomst"] = outcome
    feature.setGeometry(QgsGeometry.fromWkt(SHAPES[geometry_type]))
    layer.dataProvider().addFeatures([feature])
    return layer


def picture(outcome: str, geometry_type: str) -> np.ndarray:
    layer = finding(outcome, geometry_type)
    layer.setRenderer(finding_renderer(geometry_type))
    return drawn(layer)


def inked(pixels: np.ndarray) -> np.ndarray:
    return pixels.min(axis=2) < 250


def colour(pixels: np.ndarray) -> tuple[int, int, int]:
    """The strongest colour."""
    flat = pixels.reshape(-1, 3)
    red, green, blue = flat[(flat.max(axis=1) - flat.min(axis=1)).argmax()].tolist()
    return red, green, blue


@pytest.mark.parametrize("geometry_type", SHAPES)
def test_what_asks_for_attention_is_drawn_and_the_rest_is_not(geometry_type: str) -> None:
    assert {category.value() for category in finding_renderer(geometry_type).categories()} == set(DRAWN)
    red, green, blue = colour(picture("overtreedt", geometry_type))
    assert red > 180 > 60 > max(green, blue)
    red, green, blue = colour(picture("gemotiveerd", geometry_type))
    assert blue > red + 60
    grey = picture("niet_toetsbaar", geometry_type)
    assert inked(grey).any()
    assert np.ptp(grey, axis=2).max() < 40
    for outcome in set(OUTCOMES) - set(DRAWN):
        assert not inked(picture(outcome, geometry_type)).any(), outcome


@pytest.mark.parametrize("geometry_type", SHAPES)
def test_outcomes_differ_without_colour_too(geometry_type: str) -> None:
    # Of a line only the line itself: its halo is the same.
    of = _thin if geometry_type == "lijn" else inked
    forms = [of(picture(outcome, geometry_type)) for outcome in DRAWN]
    for number, form in enumerate(forms):
        for other in forms[number + 1 :]:
            assert (form ^ other).sum() > 0.15 * min(form.sum(), other.sum()) > 0


def _thin(pixels: np.ndarray) -> np.ndarray:
    light = pixels.sum(axis=2)
    return light < (light.min() + np.median(light[inked(pixels)])) / 2


def test_areas_are_hatched_apart_and_open_enough_to_read_the_plan_through() -> None:
    inner = {outcome: inked(picture(outcome, "vlak"))[40:160, 40:160] for outcome in DRAWN}
    assert not inner["niet_toetsbaar"].any()
    for outcome, rising in (("overtreedt", True), ("gemotiveerd", False)):
        assert 0.03 < inner[outcome].mean() < 0.25
        moved = np.roll(inner[outcome], (1, -1 if rising else 1), axis=(0, 1))[4:-4, 4:-4]
        against = np.roll(inner[outcome], (1, 1 if rising else -1), axis=(0, 1))[4:-4, 4:-4]
        same = inner[outcome][4:-4, 4:-4]
        assert (same ^ moved).sum() < 0.5 * (same ^ against).sum(), "lines go / for a breach and \\ for a reason"


def test_a_line_has_a_wide_halo_and_a_point_a_ring() -> None:
    across = picture("overtreedt", "lijn")[:, 100]
    assert inked(across[None])[0].sum() >= 8
    assert (across[:, 1] < 100).sum() <= 4, "the line itself is thin"
    ring = inked(picture("overtreedt", "punt"))
    assert ring.any()
    assert not ring[97:103, 97:103].any(), "open in the middle"


@pytest.mark.parametrize("geometry_type", SHAPES)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_symbol_by_itself_draws_as_the_layer_does(outcome: str, geometry_type: str) -> None:
    layer = finding(outcome, geometry_type)
    layer.setRenderer(QgsSingleSymbolRenderer(finding_symbol(outcome, geometry_type)))
    assert (drawn(layer) == picture(outcome, geometry_type)).all()


def test_a_word_that_is_no_outcome_has_no_symbol() -> None:
    with pytest.raises(ValueError, match="misschien"):
        finding_symbol("misschien", "vlak")


def test_a_breach_lies_above_what_has_a_reason() -> None:
    layer = finding("overtreedt", "vlak")
    other = QgsFeature(next(layer.getFeatures()))
    other["uitkomst"] = "gemotiveerd"
    layer.dataProvider().addFeatures([other])
    layer.setRenderer(finding_renderer("vlak"))
    edge = drawn(layer)[:, 20]
    assert (edge[40:160, 0] > edge[40:160, 2] + 60).all()


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    case = Case(tmp_path_factory.mktemp("toets")).draw("a", "woningbouw", box(0, 0, 100, 100))
    return case.dataset("bgr-uiterwaarden", box(60, 0, 500, 500))


def checked(case: Case, target: Path) -> Path:
    algorithm = Check()
    algorithm.initAlgorithm()
    given = {"PROPOSAL": case.proposal, "VARIANT": "basis", "BINDINGS": case.bindings_file()}
    inputs = {name: str(value) for name, value in given.items()}
    inputs |= {"FINDINGS": str(target), "OUTPUT": str(target.with_suffix(".json"))}
    algorithm.processAlgorithm(inputs, QgsProcessingContext(), QgsProcessingFeedback(False))
    return target


@pytest.fixture(scope="module")
def findings(case: Case) -> Path:
    return checked(case, case.folder / "bevindingen.gpkg")


@pytest.mark.parametrize("table", TABLES)
def test_findings_open_with_their_style_and_dutch_names(findings: Path, table: str) -> None:
    layer = QgsVectorLayer(f"{findings}|layername={table}", table, "ogr")
    assert layer.isValid()
    renderer = layer.renderer()
    assert renderer.type() == "categorizedSymbol"
    expected = ("overtreedt", "gemotiveerd", "niet_toetsbaar") if "bev" in table else ("conflict", "voorwaarde")
    assert tuple(category.value() for category in renderer.categories()) == expected
    assert all(" " in category.label() for category in renderer.categories()), "words, not codes"
    assert layer.attributeAlias(layer.fields().indexOf("melding")) == "Melding"
    assert layer.displayExpression() == '"melding"'


def test_a_finding_is_drawn_without_any_hand_work(findings: Path) -> None:
    layer = QgsVectorLayer(f"{findings}|layername=bevinding_vlak", "t", "ogr")
    extent = layer.extent()
    extent.scale(1.4)
    red, green, blue = colour(drawn(layer, extent))
    assert red > 180 > 60 > max(green, blue)


def test_the_styles_are_a_table_that_geopackages_know(findings: Path) -> None:
    assert layer_names(findings)["layer_styles"] == "attributes"
    with closing(sqlite3.connect(findings)) as connection:
        rows = connection.execute("SELECT f_table_name FROM layer_styles WHERE useAsDefault").fetchall()
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert sorted(name for (name,) in rows) == sorted(TABLES)
    assert set(TABLES) <= set(layer_names(findings))


def test_findings_whose_styles_cannot_be_laid_are_not_written(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, moment: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("novex_plugin.qgis_adapter.finding_styles.store_finding_styles", full)
    with pytest.raises((QgsProcessingException, OSError)):
        checked(case, tmp_path / "uit.gpkg")
    assert list(tmp_path.iterdir()) == []


def test_the_files_for_a_delivery_only_draw_and_are_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from qgis.core import QgsApplication\n"
        "application = QgsApplication([], False); application.initQgis()\n"
        "from novex_plugin.qgis_adapter.finding_styles import write_finding_legend\n"
        "write_finding_legend(Path(sys.argv[1])); application.exitQgis()\n"
    )
    settings = {"PYTHONPATH": str(CHECKOUT), "QT_HASH_SEED": "2", "QT_QPA_PLATFORM": "offscreen"}
    other = tmp_path / "ander"
    subprocess.run([sys.executable, "-c", script, str(other)], env=os.environ | settings, check=True, timeout=120)
    written = write_finding_legend(tmp_path)
    assert sorted(path.stem for path in written) == sorted(TABLES)
    for path in written:
        assert path.read_bytes() == (other / path.name).read_bytes(), path.name
        assert style_problems(path) == [], "a delivery with it would be refused"


def test_the_file_of_a_delivery_styles_its_findings(tmp_path: Path) -> None:
    write_finding_legend(tmp_path)
    layer = finding("overtreedt", "vlak")
    _, loaded = layer.loadNamedStyle(str(tmp_path / "bevinding_vlak.qml"))
    assert loaded
    assert (drawn(layer) == picture("overtreedt", "vlak")).all()
    assert layer.geometryType() == Qgis.GeometryType.Polygon
