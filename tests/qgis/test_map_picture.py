"""The map of a report is drawn the same way every time and leaves the user's files as they were."""

from __future__ import annotations

import errno
import os
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from qgis.PyQt.QtGui import QImage

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.delivery.drawing import BaseLayer, MapPicture, MapTexts
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import Column, Layer, append, create
from novex_plugin.core.features.table import FeatureTable, multi
from novex_plugin.qgis_adapter.legend import write_legend
from novex_plugin.qgis_adapter.map_picture import write_map
from novex_plugin.qgis_adapter.stable_pdf import settle_pdf


def texts(*values: str) -> np.ndarray:
    return np.array(values, dtype=object)


def layer(path: Path, table: str, shapes: list[shapely.Geometry], outcomes: tuple[str, ...] = ()) -> None:
    geometry = multi(np.array(shapes, dtype=object))
    columns = {"uitkomst": texts(*outcomes)} if outcomes else {}
    create(path, [Layer(table, "MULTIPOLYGON", (Column("uitkomst"),))])
    append(path, table, FeatureTable(table, geometry, columns))


@pytest.fixture
def picture(tmp_path: Path) -> MapPicture:
    layer(tmp_path / "voorstel.gpkg", "voorstel_vlak", [shapely.box(230_000, 540_000, 240_000, 546_000)])
    box = shapely.box(232_000, 541_000, 236_000, 544_000)
    layer(tmp_path / "bevindingen.gpkg", "bevinding_vlak", [box, box], ("overtreedt", "voldoet"))
    layer(tmp_path / "basis.gpkg", "natura", [shapely.box(225_000, 530_000, 238_000, 542_000)])
    words = MapTexts("Voorstel [% 1+1 %]", "Drenthe", "Bronnen: Natura 2000")
    base = (BaseLayer(tmp_path / "basis.gpkg", "natura", "Natura 2000"),)
    return MapPicture(tmp_path / "voorstel.gpkg", tmp_path, words, tmp_path / "bevindingen.gpkg", base)


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}


@pytest.mark.usefixtures("qgis_app")
def test_the_map_shows_base_layers_and_findings(picture: MapPicture, tmp_path: Path) -> None:
    write_map(picture, tmp_path / "kaart.png")

    image = QImage(str(tmp_path / "kaart.png"))
    assert (image.width(), image.height()) == (1753, 1240)
    assert {"#e2ecd6", "#c1121f"} <= colours(image)


@pytest.mark.usefixtures("qgis_app")
def test_without_findings_nothing_is_red(picture: MapPicture, tmp_path: Path) -> None:
    write_map(replace(picture, findings=None), tmp_path / "kaart.png")

    assert "#c1121f" not in colours(QImage(str(tmp_path / "kaart.png")))


@pytest.mark.usefixtures("qgis_app")
def test_a_draft_is_marked_in_red(picture: MapPicture, tmp_path: Path) -> None:
    draft = replace(picture, findings=None, texts=replace(picture.texts, draft="CONCEPT"))
    write_map(draft, tmp_path / "kaart.png")

    assert "#b3121d" in colours(QImage(str(tmp_path / "kaart.png")))


@pytest.mark.usefixtures("qgis_app")
def test_drawing_twice_gives_the_same_bytes(picture: MapPicture, tmp_path: Path) -> None:
    write_map(picture, tmp_path / "een.png")
    write_map(picture, tmp_path / "twee.png")

    assert (tmp_path / "een.png").read_bytes() == (tmp_path / "twee.png").read_bytes()


@pytest.mark.usefixtures("qgis_app")
def test_drawing_leaves_the_files_and_their_folder_as_they_were(picture: MapPicture, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in tmp_path.glob("*")}
    write_map(picture, tmp_path / "kaart.png")
    (tmp_path / "kaart.png").unlink()

    assert {path: path.read_bytes() for path in tmp_path.glob("*")} == before


@pytest.mark.usefixtures("qgis_app")
def test_the_map_is_written_as_pdf_too_with_the_same_bytes_later(picture: MapPicture, tmp_path: Path) -> None:
    # Qt takes the file's name as the title of the document.
    early, late = tmp_path / "vroeg" / "kaart.pdf", tmp_path / "laat" / "kaart.pdf"
    early.parent.mkdir()
    late.parent.mkdir()
    write_map(picture, early)
    time.sleep(1.1)
    write_map(picture, late)

    assert early.read_bytes().startswith(b"%PDF-")
    assert early.read_bytes() == late.read_bytes()


@pytest.mark.usefixtures("qgis_app")
def test_a_base_layer_that_is_gone_does_not_stop_the_map(picture: MapPicture, tmp_path: Path) -> None:
    write_map(replace(picture, base=(BaseLayer(tmp_path / "weg.gpkg", "x", "X"),)), tmp_path / "kaart.png")

    assert (tmp_path / "kaart.png").is_file()


@pytest.mark.usefixtures("qgis_app")
def test_a_proposal_without_features_cannot_be_drawn(picture: MapPicture, tmp_path: Path) -> None:
    layer(tmp_path / "leeg.gpkg", "voorstel_vlak", [])

    with pytest.raises(InputError, match="geen geometrie"):
        write_map(MapPicture(tmp_path / "leeg.gpkg", tmp_path, picture.texts), tmp_path / "kaart.png")


def test_a_pdf_that_stops_short_is_not_taken_for_a_map(tmp_path: Path) -> None:
    cut = tmp_path / "kaart.pdf"
    cut.write_bytes(b"%PDF-1.4\n" + b"x" * 1000)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        settle_pdf(cut)


@pytest.mark.usefixtures("qgis_app")
def test_a_legend_of_every_unit_stays_beside_the_map(picture: MapPicture, tmp_path: Path) -> None:
    agreement = read_agreement()
    codes = [code for code, unit in agreement.units.items() if "vlak" in unit.geometry]
    shapes = [shapely.box(230_000 + 300 * row, 540_000, 230_250 + 300 * row, 541_000) for row in range(len(codes))]
    proposal = tmp_path / "vol.gpkg"
    create(proposal, [Layer("voorstel_vlak", "MULTIPOLYGON", (Column("legenda"), Column("rol")))])
    columns = {"legenda": texts(*codes), "rol": texts(*["nieuw"] * len(codes))}
    append(proposal, "voorstel_vlak", FeatureTable("voorstel_vlak", multi(np.array(shapes, dtype=object)), columns))
    legend = tmp_path / "legenda"
    legend.mkdir()
    write_legend(agreement, legend)

    words = replace(picture.texts, sources="")
    write_map(replace(picture, proposal=proposal, legend=legend, texts=words), tmp_path / "kaart.png")

    image = QImage(str(tmp_path / "kaart.png"))
    dot = image.width() / 297
    beside = [(x, y) for x in range(int(213 * dot), image.width(), 2) for y in range(0, image.height(), 2)]
    inked = [y / dot for x, y in beside if image.pixelColor(x, y).lightness() < 200]
    assert len(codes) > 25
    assert max(inked) < 200
    assert max(inked) > 100
