"""ISO 19139 records to datasets: the real ones against a careful reading, and made ones for what is rare."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring, parse

from novex_plugin.core.basisset.catalogue.kinds import Kinds, read_kinds
from novex_plugin.core.basisset.catalogue.record import Unusable, identifier, keywords, read_record
from novex_plugin.core.basisset.register import Dataset

NO_KINDS = Kinds({}, {})
HEAD = (
    '<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco"'
    ' xmlns:gmx="http://www.isotc211.org/2005/gmx" xmlns:xlink="http://www.w3.org/1999/xlink">'
)


def said(name: str, text: str) -> str:
    return f"<gmd:{name}><gco:CharacterString>{text}</gco:CharacterString></gmd:{name}>"


def made(inside: str = "", identification: str = "", name: str | None = "rec-1") -> Dataset:
    own = said("fileIdentifier", name) if name is not None else ""
    data = f"<gmd:MD_DataIdentification>{identification}</gmd:MD_DataIdentification>"
    xml = f"{HEAD}{own}{inside}<gmd:identificationInfo>{data}</gmd:identificationInfo></gmd:MD_Metadata>"
    return read_record(fromstring(xml), NO_KINDS)


@pytest.fixture(scope="module")
def real(shared: Path) -> list[tuple[dict[str, Any], Dataset, Any]]:
    """The careful reading, our dataset and the element of each real record."""
    kinds = read_kinds()
    pairs = []
    for read in json.loads((shared / "reference/ngr/records-as-read.json").read_text()):
        element = parse(shared / "reference/ngr/records" / f"{read['mdId']}.xml").getroot()
        pairs.append((read, read_record(element, kinds), element))
    return pairs


def test_real_records_say_what_a_careful_reader_took_from_them(real: list[Any]) -> None:
    assert len(real) == 23
    for read, dataset, element in real:
        assert dataset.id == read["mdId"] == identifier(element)
        assert dataset.title == " ".join(read["title"].split())
        assert dataset.dataset_id == read["dataset_identifier"]
        assert dataset.dates.record == read["datestamp"]
        assert dataset.owner in {name for name, _ in read["owner"]}
        assert dataset.scale == (min(map(int, read["scale"])) if read["scale"] else None)
        assert dataset.profile is not None
        assert read["std"][-1].endswith(dataset.profile)
        assert set(read["keywords"]) <= set(keywords(element))
        assert dataset.abstract


def test_real_records_keep_every_address_in_order(real: list[Any]) -> None:
    for read, dataset, _ in real:
        written = [(online["protocol"], online["url"]) for online in read["online"]]
        assert [(service.protocol, service.address_as_written) for service in dataset.services] == written
        unknown = [number for number, service in enumerate(dataset.services, 1) if service.type == "unknown"]
        for number in unknown:
            assert any(warning.startswith(f"dienst {number} ") for warning in dataset.warnings)


def test_real_records_name_their_horizontal_system(real: list[Any]) -> None:
    for read, dataset, _ in real:
        assert dataset.epsg == (4258 if read["crs"] == ["ETRS89-GRS80"] else 28992), dataset.title
        assert dataset.crs_as_written == "; ".join(read["crs"])


def test_real_records_have_a_licence_with_its_address(real: list[Any]) -> None:
    for read, dataset, _ in real:
        text = json.dumps(read["legal"])
        assert dataset.licence.url is not None
        assert "creativecommons.org" in dataset.licence.url
        assert dataset.licence.url in text
        assert dataset.licence.text is not None
        assert json.dumps(dataset.licence.text)[1:-1] in text


def test_real_records_have_a_kind_from_the_open_table(real: list[Any]) -> None:
    kinds = {dataset.title: dataset.kind for _, dataset, _ in real}
    assert "onbekend" not in kinds.values()
    assert kinds["Mirt - vlakken"] == "beleidskader"
    assert kinds["Spoorwegen"] == "feitelijke_situatie"


def test_real_records_have_the_access_that_their_services_give(real: list[Any]) -> None:
    by_title = {dataset.title: dataset.access for _, dataset, _ in real}
    assert by_title["Spoorwegen"] == "none"
    assert by_title["NOVEX gebieden"] == "vector"
    assert by_title['Basisregistratie " Grootschalige Topografie (BGT)'] == "image"
    assert {title for title, access in by_title.items() if access == "raster"} == {
        dataset.title
        for _, dataset, _ in real
        if any((service.address or "").startswith("https://data.rivm.nl/data/") for service in dataset.services)
    }
    assert list(by_title.values()).count("none") == 1


def test_a_record_without_identifier_cannot_be_kept() -> None:
    for name in (None, "", "  "):
        with pytest.raises(Unusable, match="fileIdentifier"):
            made(name=name)


def test_an_empty_record_is_kept_and_says_what_is_missing() -> None:
    dataset = made()
    assert (dataset.title, dataset.owner, dataset.epsg, dataset.licence.url, dataset.access) == (
        "rec-1",
        None,
        None,
        None,
        "none",
    )
    assert {"geen titel", "geen coördinaatstelsel vermeld", "geen enkel adres"} <= set(dataset.warnings)


def party(name: str, role: str) -> str:
    code = f'<gmd:role><gmd:CI_RoleCode codeListValue="{role}"/></gmd:role>'
    organisation = said("organisationName", name)
    inside = f"<gmd:CI_ResponsibleParty>{organisation}{code}</gmd:CI_ResponsibleParty>"
    return f"<gmd:pointOfContact>{inside}</gmd:pointOfContact>"


def test_the_owner_goes_before_other_roles_and_never_is_a_person() -> None:
    parties = party("Beheerder", "pointOfContact") + party("Maker", "originator") + party("Eigenaar", "owner")
    assert made(identification=parties).owner == "Eigenaar"
    assert made(identification=party("", "owner") + party("Maker", "originator")).owner == "Maker"
    contact = party("Contact", "pointOfContact").replace("pointOfContact>", "contact>")
    assert made(contact).owner == "Contact"
    assert made(contact, party("Uitgever", "iets")).owner == "Uitgever"


def legal(*constraints: str) -> str:
    inside = "".join(f"<gmd:otherConstraints>{each}</gmd:otherConstraints>" for each in constraints)
    whole = f"<gmd:MD_LegalConstraints>{inside}</gmd:MD_LegalConstraints>"
    return f"<gmd:resourceConstraints>{whole}</gmd:resourceConstraints>"


def anchor(href: str, text: str) -> str:
    return f'<gmx:Anchor xlink:href="{href}">{text}</gmx:Anchor>'


NO_LIMITS = "http://inspire.ec.europa.eu/metadata-codelist/LimitationsOnPublicAccess/noLimitations"
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/deed.nl"


@pytest.mark.parametrize(
    ("constraints", "url", "text"),
    [
        ([anchor(CC0, "Geen beperkingen")], CC0, "Geen beperkingen"),
        ([anchor(NO_LIMITS, "Vrij"), anchor(CC0, "CC0")], CC0, "CC0"),
        (
            ["<gco:CharacterString>geen</gco:CharacterString>", f"<gco:CharacterString>{CC0}</gco:CharacterString>"],
            CC0,
            "geen",
        ),
        ([f"<gco:CharacterString>Zie {CC0} voor meer</gco:CharacterString>"], CC0, f"Zie {CC0} voor meer"),
        ([anchor("https://server.nl/voorwaarden", "Eigen"), anchor(CC0, "CC0")], CC0, "CC0"),
        ([anchor("https://server.nl/voorwaarden", "Eigen")], "https://server.nl/voorwaarden", "Eigen"),
        ([anchor(NO_LIMITS, "Vrij")], None, None),
        ([], None, None),
    ],
)
def test_licences_come_as_text_anchor_or_bare_address(
    constraints: list[str], url: str | None, text: str | None
) -> None:
    licence = made(identification=legal(*constraints)).licence
    assert (licence.url, licence.text) == (url, text)


def resolution(inside: str) -> str:
    return f"<gmd:spatialResolution><gmd:MD_Resolution>{inside}</gmd:MD_Resolution></gmd:spatialResolution>"


def distance(value: str, unit: str) -> str:
    return resolution(f'<gmd:distance><gco:Distance uom="{unit}">{value}</gco:Distance></gmd:distance>')


@pytest.mark.parametrize(
    ("value", "unit", "metres"),
    [("25", "meters", 25.0), ("0.5", "km", 500.0), ("50", "cm", 0.5), ("5", "http://x/units#m", 5.0), ("", "m", None)],
)
def test_resolutions_are_metres(value: str, unit: str, metres: float | None) -> None:
    dataset = made(identification=distance(value, unit))
    assert dataset.resolution_m == (pytest.approx(metres) if metres else None)
    assert not any("resolutie" in warning for warning in dataset.warnings)


@pytest.mark.parametrize(
    ("value", "unit"), [("1", "degrees"), ("veel", "m"), ("-5", "m"), ("1e400", "m"), ("nan", "m")]
)
def test_resolutions_that_are_no_metres_are_said(value: str, unit: str) -> None:
    dataset = made(identification=distance(value, unit))
    assert dataset.resolution_m is None
    assert any("resolutie" in warning for warning in dataset.warnings)


def test_the_largest_scale_counts_and_a_word_is_said() -> None:
    def scale(text: str) -> str:
        denominator = f"<gmd:denominator><gco:Integer>{text}</gco:Integer></gmd:denominator>"
        inside = f"<gmd:MD_RepresentativeFraction>{denominator}</gmd:MD_RepresentativeFraction>"
        return resolution(f"<gmd:equivalentScale>{inside}</gmd:equivalentScale>")

    dataset = made(identification=scale("50000") + scale("10000") + scale("fijn") + scale("0"))
    assert dataset.scale == 10000
    assert "schaal 'fijn' is geen getal" in dataset.warnings


def test_the_latest_date_of_a_type_counts() -> None:
    def date(text: str, kind: str) -> str:
        inside = f"<gmd:date><gco:Date>{text}</gco:Date></gmd:date>"
        code = f'<gmd:dateType><gmd:CI_DateTypeCode codeListValue="{kind}"/></gmd:dateType>'
        return f"<gmd:date><gmd:CI_Date>{inside}{code}</gmd:CI_Date></gmd:date>"

    dates = date("2020-01-01", "revision") + date("2023-05-06", "revision") + date("2019", "creation")
    citation = f"<gmd:citation><gmd:CI_Citation>{dates}</gmd:CI_Citation></gmd:citation>"
    stamp = "<gmd:dateStamp><gco:DateTime>2024-01-02T03:04:05</gco:DateTime></gmd:dateStamp>"
    found = made(stamp, citation).dates
    assert (found.record, found.creation, found.publication, found.revision) == (
        "2024-01-02T03:04:05",
        "2019",
        None,
        "2023-05-06",
    )


@pytest.mark.parametrize("version", ["1.2", "1.3", "1.3.1", "2.0.0", "2.1", "2.1.0"])
def test_profiles_are_read_from_their_name(version: str) -> None:
    name = f"Nederlands metadata profiel op ISO 19115 voor geografie {version}"
    dataset = made(said("metadataStandardVersion", name))
    assert dataset.profile == version
    assert not any("profiel" in warning for warning in dataset.warnings)


def test_an_unknown_profile_is_read_with_a_warning() -> None:
    assert any("profiel" in warning for warning in made(said("metadataStandardVersion", "INSPIRE 9.9")).warnings)
    assert any("profiel" in warning for warning in made().warnings)
