"""The legend looks the same wherever it is drawn: by QGIS, by QGIS Server and by MapServer, from QML and from SLD.

All symbols stand on one sheet, of which each programme draws one picture. docs/legenda.md tells what was measured.
"""

from __future__ import annotations

import re
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.proposal.schema import FEATURE_TABLES
from novex_plugin.qgis_adapter.legend import renderer_for, write_legend
from novex_plugin.qgis_adapter.pixels import PIXEL_MM
from scripts.practice import mapserver, qgis_server
from scripts.practice.legend_sheet import Colours, Sheet, difference, write_sheet

AGREEMENT = read_agreement()
MANUAL = Path(__file__).resolve().parents[2] / "docs" / "legenda.md"
DPI = 25.4 / PIXEL_MM
ALLOWED = {
    "qgis": (0.1, 0.1, 0.01),
    "qgis-sld": (4.0, 8.0, 0.3),
    "qgis-server-qml": (0.5, 0.5, 0.05),
    "qgis-server-sld": (4.0, 8.0, 0.3),
    "mapserver": (8.5, 8.5, 0.4),
}
"""How much a symbol may differ from QGIS with the QML: colour and parts in CIELAB, direction from 0 to 2."""

Picture = NDArray[np.uint8]

pytestmark = [
    pytest.mark.usefixtures("qgis_app"),
    pytest.mark.skipif(not (mapserver.installed() and qgis_server.installed()), reason="needs both map servers"),
]


def as_array(image: QImage) -> Picture:
    """A picture laid on white, as height by width by red, green and blue."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(plain.constBits().asstring(plain.sizeInBytes()), dtype=np.uint8)
    return lines.reshape(plain.height(), plain.bytesPerLine())[:, : plain.width() * 3].reshape(plain.height(), -1, 3)


def from_bytes(content: bytes) -> Picture:
    image = QImage.fromData(content)
    assert not image.isNull(), content[:600]
    return as_array(image)


def layers_of(sheet: Sheet, folder: Path, ending: str) -> list[QgsVectorLayer]:
    """The tables of the sheet, drawn as the files of the legend say."""
    layers = []
    for table in FEATURE_TABLES.values():
        layer = QgsVectorLayer(f"{sheet.path}|layername={table}", f"{table}_{ending}", "ogr")
        load = layer.loadNamedStyle if ending == "qml" else layer.loadSldStyle
        message, loaded = load(str(folder / f"{table}.{ending}"))
        assert loaded, message
        layers.append(layer)
    return layers


def drawn(sheet: Sheet, layers: list[QgsVectorLayer]) -> Picture:
    width, height = sheet.size
    shown = QgsMapSettings()
    shown.setLayers(layers)
    shown.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:28992"))
    shown.setExtent(QgsRectangle(0, -height, width, 0))
    shown.setOutputSize(QSize(width, height))
    shown.setOutputDpi(DPI)
    shown.setBackgroundColor(QColor("white"))
    job = QgsMapRendererParallelJob(shown)
    job.start()
    job.waitForFinished()
    return as_array(job.renderedImage())


def get_map(sheet: Sheet, layers: list[str], **more: str) -> str:
    width, height = sheet.size
    asked = {
        "SERVICE": "WMS",
        "VERSION": "1.3.0",
        "REQUEST": "GetMap",
        "LAYERS": ",".join(layers),
        "STYLES": "," * (len(layers) - 1),
        "CRS": "EPSG:28992",
        "BBOX": f"0,{-height},{width},0",
        "WIDTH": str(width),
        "HEIGHT": str(height),
        "FORMAT": "image/png",
    }
    return urllib.parse.urlencode(asked | more)


def one_sld(folder: Path, target: Path) -> None:
    """The three SLD files as one, for a request of three layers."""
    texts = [(folder / f"{table}.sld").read_text(encoding="utf-8") for table in FEATURE_TABLES.values()]
    layers = "".join(re.search(r"<NamedLayer>.*</NamedLayer>", text, re.DOTALL).group() for text in texts)  # type: ignore[union-attr]
    target.write_text(re.sub(r"<NamedLayer>.*</NamedLayer>", layers, texts[0], flags=re.DOTALL), encoding="utf-8")


def by_mapserver(sheet: Sheet, folder: Path) -> Picture:
    """What MapServer draws of the SLD, with the line in its map file that docs/legenda.md asks for."""
    kinds = {"vlak": "POLYGON", "lijn": "LINE", "punt": "POINT"}
    served = [mapserver.ServedLayer(name, sheet.path, name, kinds[kind]) for kind, name in FEATURE_TABLES.items()]
    one_sld(folder, folder / "all.sld")
    with mapserver.serve_mapserver(folder, served) as server:
        (map_file,) = (folder / ".mapserver").glob("*.map")
        (line,) = re.findall(r"^SYMBOL .*$", MANUAL.read_text(encoding="utf-8"), re.MULTILINE)
        text = map_file.read_text(encoding="utf-8")
        map_file.write_text(text.replace("MAP\n", f"MAP\n  {line}\n", 1), encoding="utf-8")
        query = get_map(sheet, list(FEATURE_TABLES.values()), SLD=server.file("all.sld"))
        with urllib.request.urlopen(f"{server.ows}?{query}", timeout=60) as answer:
            return from_bytes(answer.read())


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Sheet:
    folder = tmp_path_factory.mktemp("legend")
    write_legend(AGREEMENT, folder)
    return write_sheet(AGREEMENT, folder / "sheet.gpkg")


@pytest.fixture(scope="module")
def pictures(sheet: Sheet) -> dict[str, Colours]:
    """The cells of the sheet as each programme draws them."""
    folder = sheet.path.parent
    layers = {ending: layers_of(sheet, folder, ending) for ending in ("qml", "sld")}
    for ending in layers:
        project = QgsProject()
        project.setCrs(QgsCoordinateReferenceSystem("EPSG:28992"))
        project.addMapLayers(layers_of(sheet, folder, ending))
        project.writeEntry("WMSCrsList", "/", ["EPSG:28992"])
        assert project.write(str(folder / f"{ending}.qgs"))

    def served(ending: str) -> Picture:
        query = get_map(sheet, [f"{table}_{ending}" for table in FEATURE_TABLES.values()], DPI=str(DPI))
        return from_bytes(qgis_server.answer(folder / f"{ending}.qgs", query)[1])

    with ThreadPoolExecutor(2) as at_once:
        answers = {ending: at_once.submit(served, ending) for ending in layers}
        own = layers_of(sheet, folder, "qml")
        for layer, geometry_type in zip(own, FEATURE_TABLES, strict=True):
            layer.setRenderer(renderer_for(AGREEMENT, geometry_type))
        plain = {
            "qgis": drawn(sheet, own),
            "qgis-qml": drawn(sheet, layers["qml"]),
            "qgis-sld": drawn(sheet, layers["sld"]),
        }
        plain["mapserver"] = by_mapserver(sheet, folder)
        plain |= {f"qgis-server-{ending}": answer.result() for ending, answer in answers.items()}
    return {name: sheet.cut(picture) for name, picture in plain.items()}


@pytest.mark.parametrize("renderer", ALLOWED)
def test_every_symbol_looks_as_qgis_draws_it_from_the_qml(
    renderer: str, sheet: Sheet, pictures: dict[str, Colours]
) -> None:
    found = difference(pictures[renderer], pictures["qgis-qml"])
    beyond = found.beyond(*ALLOWED[renderer])
    told = [
        (cell, round(found.colour[i], 1), round(found.parts[i], 1), round(found.direction[i], 2))
        for i, cell in enumerate(sheet.cells)
        if cell and beyond[i]
    ]
    assert not told, f"{len(told)} of {len(sheet.cells)}: {told[:12]}"


def of_role(sheet: Sheet, role: str) -> list[int]:
    return [i for i, cell in enumerate(sheet.cells) if cell and cell[1:] == ("vlak", role)]


def test_a_hatch_that_is_gone_or_runs_the_other_way_does_not_pass(sheet: Sheet, pictures: dict[str, Colours]) -> None:
    right = pictures["qgis-qml"]
    plain, hatched, striped = (of_role(sheet, role) for role in ("nieuw", "zoekgebied", "transformatie"))
    turned = difference(right[hatched][:, :, ::-1], right[hatched])
    assert turned.beyond(*ALLOWED["mapserver"]).all()
    assert (turned.parts < 0.5).all(), "only the direction tells"
    gone = difference(right[plain], right[striped])
    assert gone.beyond(*ALLOWED["qgis-sld"]).mean() > 0.9
