"""A metadata record is complete for the Dutch profile, and an incomplete one is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from novex_plugin.core.delivery.metadata import Contact, Record, Specification, metadata_xml
from novex_plugin.core.delivery.metadata_check import MAXIMUM_DEPTH, metadata_problems
from novex_plugin.core.errors import InputError
from tests.unit.making_metadata import DOWNLOAD, changed

RECORD = Record(
    file_id="7e0c2f9a-7f0f-5a65-9a56-4c1d5f1f0001",
    dataset_id="7e0c2f9a-7f0f-5a65-9a56-4c1d5f1f0002",
    title="Voorstel <Drenthe> & vlakken",
    abstract="Wat de provincie in vlakken voorstelt.",
    created="2026-10-01",
    revised="2026-11-20",
    status="completed",
    contact=Contact("Provincie Drenthe", "ruimte@drenthe.example"),
    keywords=("NOVEX", "ruimtelijk voorstel"),
    use_limitation="Bestuurlijk voorstel; geen rechtsgevolg.",
    licence_address="https://creativecommons.org/licenses/by/4.0/deed.nl",
    licence_text="Naamsvermelding verplicht, Provincie Drenthe",
    scale=50_000,
    bounds=(6.1, 52.6, 7.1, 53.2),
    lineage="Getekend op de basisset.",
    specification=Specification("NOVEX-afspraken 0.1", "2026-09-01", "Schema nagerekend."),
)


def written(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "record.xml"
    path.write_bytes(content)
    return path


def test_a_full_record_lacks_nothing(tmp_path: Path) -> None:
    assert metadata_problems(written(tmp_path, metadata_xml(RECORD))) == []


def test_the_same_record_gives_the_same_bytes() -> None:
    assert metadata_xml(RECORD) == metadata_xml(replace(RECORD))


@pytest.mark.parametrize("emptied", ["title", "abstract", "keywords", "lineage", "status"])
def test_a_record_without_a_mandatory_value_is_refused(emptied: str) -> None:
    with pytest.raises(InputError, match=emptied):
        metadata_xml(replace(RECORD, **{emptied: type(getattr(RECORD, emptied))()}))


def test_a_record_without_contact_is_refused() -> None:
    with pytest.raises(InputError, match=r"contact\.email"):
        metadata_xml(replace(RECORD, contact=Contact("Provincie Drenthe", "")))


def test_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="geen datum"):
        metadata_xml(replace(RECORD, revised="vorige week"))


def test_what_is_taken_out_is_named_with_its_element_and_a_remedy(tmp_path: Path) -> None:
    content = metadata_xml(RECORD).replace(b"gmd:abstract", b"gmd:purpose")

    assert metadata_problems(written(tmp_path, content)) == [
        "gmd:abstract is leeg; vat samen wat de dataset bevat [Samenvatting_ISO_nr_25]"
    ]


def test_services_of_inspire_are_no_problem_of_a_delivery(tmp_path: Path) -> None:
    content = changed((DOWNLOAD, ""), ("SpatialDataServiceType/view", "anders")).encode()

    assert metadata_problems(written(tmp_path, content)) == []


def test_another_profile_is_named(tmp_path: Path) -> None:
    content = metadata_xml(RECORD).replace(b"geografie 2.1.0", b"geografie 1.3.1")

    assert "1.3.1" in metadata_problems(written(tmp_path, content))[0]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<a/>",
        b"\x00\xff",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        b'<!DOCTYPE x SYSTEM "http://elders.example/x.dtd"><x/>',
        b"<a>" * (MAXIMUM_DEPTH + 1),
    ],
)
def test_what_is_no_record_is_a_problem_and_no_crash(tmp_path: Path, content: bytes) -> None:
    assert len(metadata_problems(written(tmp_path, content))) == 1


def test_the_smallest_official_example_has_no_problems(shared: Path) -> None:
    example = shared / "reference" / "metadata" / "examples" / "Voorbeeld_Metadata_Dataset_2019_minimum.xml"

    assert metadata_problems(example) == []
