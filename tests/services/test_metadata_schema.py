"""The XML schemas of ISO 19139, as a real catalogue server carries them, accept our metadata. No network is used."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from novex_plugin.core.delivery.metadata import metadata_xml
from tests.unit.test_delivery_metadata import RECORD

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def iso19139() -> etree.XMLSchema:
    found = sorted(CHECKOUT.glob(".venv-services/lib/python3*/site-packages/pycsw/**/19139/20070417/gmx/gmx.xsd"))
    if not found:
        pytest.skip("pycsw with its ISO 19139 schemas is not installed (.venv-services)")
    return etree.XMLSchema(etree.parse(found[0], etree.XMLParser(no_network=True)))


def test_our_record_is_valid(iso19139: etree.XMLSchema) -> None:
    iso19139.assertValid(etree.fromstring(metadata_xml(RECORD)))


def test_the_schema_does_refuse_what_is_wrong(iso19139: etree.XMLSchema) -> None:
    wrong = metadata_xml(RECORD).replace(b"gmd:dateStamp", b"gmd:datumStempel")

    assert not iso19139.validate(etree.fromstring(wrong))
