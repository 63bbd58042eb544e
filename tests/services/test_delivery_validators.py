"""A delivery passes the validators that its receivers use: BagIt's, PDOK's and the ISO 19139 schemas."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from novex_plugin.core.delivery.export import export
from novex_plugin.core.delivery.staging import Request
from novex_plugin.core.progress import Silent
from tests.unit.making_deliveries import StandIn, new_proposal, reopened

CHECKOUT = Path(__file__).resolve().parents[2]
TOOLS = CHECKOUT / ".venv" / "bin"


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A delivery made with the real rules and targets, unpacked."""
    folder = tmp_path_factory.mktemp("levering")
    proposal = new_proposal(folder / "voorstel.gpkg")
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
