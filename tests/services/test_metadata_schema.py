"""The XML schemas of ISO 19139, as a real catalogue server carries them, accept our metadata. No network is used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from novex_plugin.core.delivery.metadata import BAG, GEOPACKAGE, Record, metadata_xml
from novex_plugin.core.delivery.metadata_lineage import Lineage
from tests.unit.test_delivery_metadata import RECORD

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def iso19139() -> etree.XMLSchema:
    found = sorted(CHECKOUT.glob(".venv-services/lib/python3*/site-packages/pycsw/**/19139/20070417/gmx/gmx.xsd"))
    if not found:
        pytest.skip("pycsw with its ISO 19139 schemas is not installed (.venv-services)")
    return etree.XMLSchema(etree.parse(found[0], etree.XMLParser(no_network=True)))


@pytest.mark.parametrize(
    "record",
    [
        RECORD,
        replace(RECORD, parent="7e0c2f9a"),
        replace(RECORD, formats=(BAG, GEOPACKAGE), lineage=Lineage("Getekend.")),
    ],
    ids=["a record with a lineage", "a part of a whole", "a whole"],
)
def test_our_record_is_valid(iso19139: etree.XMLSchema, record: Record) -> None:
    iso19139.assertValid(etree.fromstring(metadata_xml(record)))


def test_our_record_is_valid_with_whatever_people_typed(iso19139: etree.XMLSchema) -> None:
    typed = replace(RECORD, title="a\x00<b> & ]]>", keywords=("\ud83d\ude00 ü", "x" * 5000))

    iso19139.assertValid(etree.fromstring(metadata_xml(typed)))


def test_the_schema_does_refuse_what_is_wrong(iso19139: etree.XMLSchema) -> None:
    wrong = metadata_xml(RECORD).replace(b"gmd:dateStamp", b"gmd:datumStempel")

    assert not iso19139.validate(etree.fromstring(wrong))
