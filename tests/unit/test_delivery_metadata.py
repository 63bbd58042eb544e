"""A metadata record is complete for the Dutch profile, and an incomplete one is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.delivery import export as exporting
from novex_plugin.core.delivery import remake as remaking
from novex_plugin.core.delivery.export import export
from novex_plugin.core.delivery.layer_metadata import Subject, layer_records
from novex_plugin.core.delivery.metadata import Contact, Record, Specification, metadata_xml
from novex_plugin.core.delivery.metadata_check import MAXIMUM_DEPTH, metadata_problems, metadata_record
from novex_plugin.core.delivery.metadata_lineage import Lineage, Origins, Step, lineage
from novex_plugin.core.delivery.profile import broken_assertions
from novex_plugin.core.delivery.profile.node import Node
from novex_plugin.core.delivery.staging import Request
from novex_plugin.core.delivery.verify import verify
from novex_plugin.core.errors import InputError
from novex_plugin.core.progress import Silent
from novex_plugin.core.proposal.read import read_proposal
from tests.unit.making_deliveries import StandIn, assess_by_area, catalogues, new_proposal, reopened, tampered
from tests.unit.making_metadata import DOWNLOAD, changed

FORMAT = "gmd:distributionInfo/gmd:MD_Distribution/gmd:distributionFormat/gmd:MD_Format"

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
    lineage=Lineage(
        "Getekend op de basisset.",
        (Step("Laag toegevoegd (2 keer)", "2026-10-02T09:00:00Z"), Step("Zonder moment")),
        ("Natura 2000 (Ministerie van LVVN)",),
    ),
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


@pytest.mark.parametrize("emptied", ["title", "abstract", "keywords", "status"])
def test_a_record_without_a_mandatory_value_is_refused(emptied: str) -> None:
    with pytest.raises(InputError, match=emptied):
        metadata_xml(replace(RECORD, **{emptied: type(getattr(RECORD, emptied))()}))


def test_a_record_without_a_word_on_its_lineage_is_refused() -> None:
    with pytest.raises(InputError, match="lineage"):
        metadata_xml(replace(RECORD, lineage=Lineage("")))


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


def row(number: int, moment: str | None, action: str | None, data: str | None = None) -> dict[str, Any]:
    return {"id": str(number), "tijd": moment, "handeling": action, "gegevens": data}


def test_the_lineage_tells_the_log_by_day_in_the_order_of_time() -> None:
    log = (
        row(3, "2026-10-03T09:00:00.000Z", "motiveringen vastgelegd"),
        row(1, "2026-10-02T08:00:00.000Z", "laag toegevoegd", '{"percelen": "sha256:aa"}'),
        row(2, "2026-10-02T11:30:00.000Z", "laag toegevoegd", '{"park": null}'),
    )
    rules = (("pakket/a", "1.0"), ("pakket/b", "1.0"), ("eigen", "2.0"))
    told = lineage(Origins(25_000, log, ("Natura 2000 (LVVN)",), "2026-09-30T07:00:00Z", rules))

    assert told.statement == (
        "Getekend met NOVEX Puzzel op schaal 1:25000. Getoetst aan de regels van pakket 1.0 (2 bestanden), eigen 2.0."
        " Gebruikt, momentopname van 2026-09-30: Natura 2000 (LVVN)."
        " Het logboek telt 3 handelingen, van 2026-10-02 tot en met 2026-10-03."
    )
    assert told.steps == (
        Step("Laag toegevoegd (2 keer), met park, percelen", "2026-10-02T11:30:00Z"),
        Step("Motiveringen vastgelegd", "2026-10-03T09:00:00Z"),
    )


def test_a_log_that_people_filled_in_by_hand_is_told_as_far_as_it_goes() -> None:
    log = (row(1, "gisteren", None, "geen json"), row(2, None, "x" * 500, "[1]"), row(3, "2026-02-30T08:00:00Z", "y"))
    told = lineage(Origins(25_000, log))

    assert [step.moment for step in told.steps] == [None, None, None]
    assert max(len(step.description) for step in told.steps) < 200
    assert told.statement.endswith("Gebruikt: geen gegevens uit de basisset. Het logboek telt 3 handelingen.")


def test_a_log_of_thousands_of_days_stays_short() -> None:
    log = tuple(
        row(number, f"{2000 + number // 336:04}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}T08:00:00Z", "x")
        for number in range(2000)
    )
    steps = lineage(Origins(25_000, log)).steps

    assert steps[0] == Step("Eerder in het logboek: 1800 handelingen")
    assert len(steps) == 201


@pytest.fixture(scope="module")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A draft."""
    folder = tmp_path_factory.mktemp("levering")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(exporting, "assess", assess_by_area)
        export(Request(new_proposal(folder / "v.gpkg"), "basis", draft=True), folder / "uit.zip", StandIn(), Silent())
    return folder / "uit.zip"


@pytest.fixture(scope="module")
def delivered(delivery: Path) -> Path:
    """The folder of its metadata."""
    return reopened(delivery, delivery.parent / "open") / "data" / "metadata"


def test_all_metadata_of_a_delivery_keep_to_every_assertion(delivered: Path) -> None:
    records = sorted(delivered.glob("*.xml"))

    assert [path.stem for path in records] == ["bevinding_vlak", "levering", "voorstel_vlak"]
    for path in records:
        assert broken_assertions(metadata_record(path)) == []
        assert metadata_problems(path) == []


def test_all_metadata_of_a_delivery_hold_what_the_agreement_names(delivered: Path) -> None:
    for path in delivered.glob("*.xml"):
        tags = {node.tag.rpartition("}")[2] for node in metadata_record(path).iter()}

        assert {each.element for each in read_agreement().metadata.elements} <= tags


def test_the_layers_are_parts_of_the_delivery_and_lie_within_it(delivered: Path) -> None:
    nodes = {path.stem: Node(metadata_record(path)) for path in delivered.glob("*.xml")}
    whole = nodes.pop("levering")
    sides = ("westBoundLongitude", "eastBoundLongitude", "southBoundLatitude", "northBoundLatitude")

    assert not whole.has("gmd:parentIdentifier")
    assert [each.own_text for each in whole.all(f"{FORMAT}/gmd:name")] == ["zip", "gpkg"]
    for layer in nodes.values():
        assert layer.text("gmd:parentIdentifier") == whole.text("gmd:fileIdentifier")
        assert [each.own_text for each in layer.all(f"{FORMAT}/gmd:name")] == ["gpkg"]
        west, east, south, north = (layer.number(f".//gmd:{side}/gco:Decimal") for side in sides)
        outer = [whole.number(f".//gmd:{side}/gco:Decimal") for side in sides]
        assert outer[0] <= west < east <= outer[1]
        assert outer[2] <= south < north <= outer[3]


def test_the_metadata_tell_the_log_of_the_proposal(delivered: Path) -> None:
    layer = Node(metadata_record(delivered / "voorstel_vlak.xml"))

    assert layer.text(".//gmd:LI_ProcessStep/gmd:description").startswith("Nieuw voorstel")
    assert layer.text(".//gmd:LI_ProcessStep/gmd:dateTime") == "2026-11-01T09:00:00Z"
    assert "Getoetst aan de regels van proef 1.0." in layer.text(".//gmd:LI_Lineage/gmd:statement")


def test_verification_names_the_assertion_that_a_delivery_breaks(
    delivery: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shorten(data: Path) -> None:
        path = data / "metadata" / "levering.xml"
        path.write_text(path.read_text(encoding="utf-8").replace("gmd:abstract", "gmd:purpose"), encoding="utf-8")

    monkeypatch.setattr(remaking, "assess", assess_by_area)
    monkeypatch.setattr(remaking, "catalogues_in_use", catalogues)
    found = verify(tampered(delivery, tmp_path, shorten), StandIn(), Silent())

    assert "gmd:abstract is leeg; vat samen wat de dataset bevat [Samenvatting_ISO_nr_25]" in [
        each.says for each in found.differences if each.file == "metadata/levering.xml"
    ]


def test_an_agreement_with_a_licence_outside_the_code_lists_is_refused_before_anything_is_delivered(
    tmp_path: Path,
) -> None:
    path = new_proposal(tmp_path / "voorstel.gpkg")
    proposal = read_proposal(path)
    agreement = replace(proposal.agreement, metadata=replace(proposal.agreement.metadata, licence_text="Vraag het na"))
    subject = Subject(proposal.header, "basis", "Drenthe", agreement, "2026-11-20T08:00:00Z", True, Origins(25_000))

    with pytest.raises(InputError, match=r"gmd:otherConstraints noemt geen licentie .*Datalicenties") as refused:
        list(layer_records(path, subject))
    assert refused.value.remedy == "Verbeter de gegevens van het voorstel of de afspraken."
