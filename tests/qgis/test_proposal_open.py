"""A proposal that lies open in QGIS takes an import, keeps its code lists and can be drawn in."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import shapely
from qgis.core import QgsFeature, QgsGeometry, QgsRectangle, QgsVectorLayer, QgsVectorLayerUtils

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.create import create_proposal
from novex_plugin.core.proposal.import_layer import import_layer
from novex_plugin.core.proposal.read import read_proposal

MOMENT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("qgis_app")


@pytest.fixture
def proposal(tmp_path: Path) -> Path:
    path = tmp_path / "voorstel.gpkg"
    create_proposal(path, "PV31", "basis", read_agreement(), MOMENT)
    return path


def opened(proposal: Path) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"{proposal}|layername=voorstel_vlak", "vlak", "ogr")
    assert layer.isValid()
    return layer


def drawn(layer: QgsVectorLayer, **values: object) -> QgsFeature:
    """A new feature as QGIS's own tools make it: with the defaults of the file."""
    given = {layer.fields().indexOf(name): value for name, value in values.items()}
    square = QgsGeometry.fromRect(QgsRectangle(190_000, 360_000, 190_100, 360_100))
    square.convertToMultiType()
    return QgsVectorLayerUtils.createFeature(layer, square, given)


def test_an_import_reaches_a_layer_that_lies_open(tmp_path: Path, proposal: Path) -> None:
    layer = opened(proposal)
    assert layer.featureCount() == 0
    list(layer.getFeatures())
    mapping = tmp_path / "afbeelding.json"
    fields = {"legenda": {"constant": "recreatie"}}
    mapping.write_text(json.dumps({"format": "novex-mapping", "version": "1.0", "fields": fields}), encoding="utf-8")
    geometry = np.array([shapely.box(190_000, 360_000, 190_100, 360_100)], dtype=object)
    import_layer(FeatureTable("park", geometry, {}), mapping, proposal, tmp_path / "af.gpkg", MOMENT)
    layer.reload()
    assert [feature["legenda"] for feature in layer.getFeatures()] == ["recreatie"]


def test_what_is_drawn_in_qgis_gets_the_defaults_and_reads_back_without_problems(proposal: Path) -> None:
    layer = opened(proposal)
    assert layer.startEditing()
    assert layer.addFeature(drawn(layer, id="a", variant="basis", legenda="woningbouw", provincie="PV31"))
    assert layer.commitChanges(), layer.commitErrors()
    read = read_proposal(proposal)
    rows = read.tables["voorstel_vlak"].columns
    assert (rows["rol"][0], rows["precisie"][0], rows["status"][0]) == ("nieuw", "indicatief", "idee")
    assert read.problems == ()


def test_a_value_outside_its_code_list_is_refused_by_the_file(proposal: Path) -> None:
    layer = opened(proposal)
    assert layer.startEditing()
    layer.addFeature(drawn(layer, id="a", variant="basis", legenda="kasteel", provincie="PV31"))
    assert not layer.commitChanges()
    assert "legenda" in " ".join(layer.commitErrors())
    layer.rollBack()
    assert len(read_proposal(proposal).tables["voorstel_vlak"]) == 0


def test_forms_offer_the_code_lists(proposal: Path) -> None:
    layer = opened(proposal)
    setup = layer.editorWidgetSetup(layer.fields().indexOf("rol"))
    assert setup.type() == "ValueMap"
    offered = {value for entry in setup.config()["map"] for value in entry.values()}
    assert offered == set(read_agreement().codes("rol"))
