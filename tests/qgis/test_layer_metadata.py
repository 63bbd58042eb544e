"""Layers in QGIS carry what the XML of the delivery says, and QGIS's own checker finds nothing missing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from qgis.core import Qgis, QgsBox3d, QgsNativeMetadataValidator, QgsVectorLayer

from novex_plugin.core.delivery.layer_metadata import Subject, records_of
from novex_plugin.core.delivery.metadata_lineage import Origins
from novex_plugin.core.proposal.read import read_proposal
from novex_plugin.qgis_adapter.layer_metadata import describe_layers, layer_metadata
from tests.unit.making_deliveries import new_proposal
from tests.unit.test_delivery_metadata import RECORD

pytestmark = pytest.mark.usefixtures("qgis_app")


def test_qgis_finds_the_metadata_of_a_record_complete() -> None:
    valid, missing = QgsNativeMetadataValidator().validate(layer_metadata(RECORD))

    assert valid, [each.note for each in missing]


def test_qgis_holds_what_the_record_says() -> None:
    metadata = layer_metadata(replace(RECORD, parent="geheel"))
    (contact,) = metadata.contacts()
    (extent,) = metadata.extent().spatialExtents()

    assert (metadata.identifier(), metadata.parentIdentifier()) == (RECORD.dataset_id, "geheel")
    assert (metadata.title(), metadata.abstract()) == (RECORD.title, RECORD.abstract)
    assert metadata.keywords("NOVEX") == list(RECORD.keywords)
    assert metadata.categories() == ["planningCadastre"]
    assert (contact.name, contact.email, contact.role) == (
        "Provincie Drenthe",
        "ruimte@drenthe.example",
        "pointOfContact",
    )
    assert RECORD.licence_address in metadata.licenses()[0]
    assert [each.constraint for each in metadata.constraints()] == [RECORD.use_limitation]
    assert metadata.history() == [
        "Getekend op de basisset.",
        "2026-10-02: Laag toegevoegd (2 keer)",
        "Zonder moment",
        "Natura 2000 (Ministerie van LVVN)",
    ]
    assert (metadata.crs().authid(), extent.extentCrs.authid()) == ("EPSG:28992", "EPSG:4326")
    assert extent.bounds == QgsBox3d(6.1, 52.6, 0, 7.1, 53.2, 0)
    assert metadata.dateTime(Qgis.MetadataDateType.Revised).toString("yyyy-MM-dd") == "2026-11-20"


def test_the_layers_of_a_proposal_get_the_metadata_of_their_table(tmp_path: Path) -> None:
    path = new_proposal(tmp_path / "voorstel.gpkg")
    proposal = read_proposal(path)
    subject = Subject(
        proposal.header, "basis", "Drenthe", proposal.agreement, "2026-11-20T08:00:00Z", True, Origins(25_000)
    )
    records = records_of(path, subject)
    drawn, other = (QgsVectorLayer(f"{path}|layername={table}", "x", "ogr") for table in ("voorstel_vlak", "logboek"))

    assert describe_layers([drawn, other], records) == ["voorstel_vlak"]
    assert drawn.metadata().title() == records["voorstel_vlak"].title
    assert drawn.metadata().parentIdentifier() == records["levering"].file_id
    assert other.metadata().parentIdentifier() == ""
