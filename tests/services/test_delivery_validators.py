"""A delivery passes what its receivers use: BagIt's and PDOK's validators, the ISO 19139 schemas, a PROV reader."""

from __future__ import annotations

import json
import subprocess
import warnings
from pathlib import Path

import numpy as np
import pytest
import shapely
from lxml import etree

from novex_plugin.core.delivery.export import export
from novex_plugin.core.delivery.staging import Request
from novex_plugin.core.features.geopackage import append, layer_names
from novex_plugin.core.features.table import attribute_table
from novex_plugin.core.progress import Silent
from tests.unit.making_deliveries import StandIn, new_proposal, reopened

CHECKOUT = Path(__file__).resolve().parents[2]
TOOLS = CHECKOUT / ".venv" / "bin"


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A delivery made with the real rules and targets, unpacked."""
    folder = tmp_path_factory.mktemp("levering")
    overlapping = {
        "noord": shapely.box(233_000, 556_000, 233_500, 556_400),
        "ernaast": shapely.box(233_400, 556_300, 233_900, 556_700, ccw=False),
    }
    proposal = new_proposal(folder / "voorstel.gpkg", overlapping)
    logged = {"id": "a", "tijd": "2026-11-02T10:00:00.000Z", "handeling": "x", "gegevens": '{"kaart (1) v2": "x"}'}
    columns = {name: np.array([value], dtype=object) for name, value in logged.items()}
    append(proposal, "logboek", attribute_table("logboek", columns))
    export(Request(proposal, "basis", draft=True), folder / "levering.zip", StandIn(), Silent())
    return reopened(folder / "levering.zip", folder / "open")


def test_the_bag_passes_bagit(bag: Path) -> None:
    run = subprocess.run([TOOLS / "bagit.py", "--validate", bag], capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("name", ["voorstel/voorstel.gpkg", "bevindingen/bevindingen.gpkg"])
def test_the_geopackages_pass_pdok_without_requirement_or_recommendation(bag: Path, name: str) -> None:
    command = [TOOLS / "geopackage-validator", "validate", "--gpkg-path", bag / "data" / name]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(run.stdout)

    assert found["success"], found["results"]
    assert found["results"] == []
    assert "combinatie_vlak" in layer_names(bag / "data" / "bevindingen/bevindingen.gpkg")
    assert "RQ2" in found["validations_executed"]


def test_the_metadata_pass_the_schemas_of_iso_19139(bag: Path) -> None:
    schemas = sorted(CHECKOUT.glob(".venv-services/lib/python3*/site-packages/pycsw/**/19139/20070417/gmx/gmx.xsd"))
    if not schemas:
        pytest.skip("pycsw with its ISO 19139 schemas is not installed (.venv-services)")
    schema = etree.XMLSchema(etree.parse(schemas[0], etree.XMLParser(no_network=True)))
    records = sorted((bag / "data" / "metadata").glob("*.xml"))

    assert "voorstel_vlak.xml" in [record.name for record in records]
    for record in records:
        schema.assertValid(etree.parse(record))


def test_every_feature_layer_has_its_metadata(bag: Path) -> None:
    from osgeo import ogr

    ogr.UseExceptions()
    for name in ("voorstel/voorstel.gpkg", "bevindingen/bevindingen.gpkg"):
        source = ogr.Open(str(bag / "data" / name))
        layers = [source.GetLayerByIndex(number) for number in range(source.GetLayerCount())]
        spatial = [layer.GetName() for layer in layers if layer.GetGeomType() != ogr.wkbNone]
        for layer in spatial:
            assert (bag / "data" / "metadata" / f"{layer}.xml").is_file()


def test_the_provenance_is_read_by_the_library_of_prov_without_a_warning(bag: Path) -> None:
    prov = pytest.importorskip("prov.model")
    path = bag / "data" / "herkomst" / "prov.json"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        document = prov.ProvDocument.deserialize(str(path), format="json")
        document.get_provn()
    again = json.loads(document.serialize(format="json"))
    said = {kind: rows for kind, rows in json.loads(path.read_text()).items() if kind != "prefix"}

    assert {kind: len(again[kind]) for kind in said} == {kind: len(said[kind]) for kind in said}
    assert again["entity"] == said["entity"]
    assert "novex:dataset-kaart%20%281%29%20v2" in again["entity"]


def test_gdal_reads_both_geojson_files_in_their_own_crs(bag: Path) -> None:
    from osgeo import ogr

    ogr.UseExceptions()
    for name, code in (("voorstel.geojson", "4326"), ("voorstel-rd.geojson", "28992")):
        source = ogr.Open(str(bag / "data" / "voorstel" / name))
        assert source.GetLayer(0).GetSpatialRef().GetAuthorityCode(None) == code
        assert source.GetLayer(0).GetFeatureCount() == 2
