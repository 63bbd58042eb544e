"""Every assertion of the profile holds for a record that is right, and is broken by the one change it is there for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from novex_plugin.core.delivery.profile import ASSERTIONS, broken_assertions
from tests.unit.making_metadata import (
    DISTANCE,
    DOWNLOAD,
    LEVEL,
    LICENCE,
    PERIOD,
    RECORD,
    REGULATION,
    RESULT_DATE,
    SCALE,
    SYSTEM,
    THESAURUS_DATE,
    WFS,
    changed,
    parsed,
)

Change = tuple[str, str]


def emptied(text: str) -> Change:
    return f">{text}<", "><"


def coded(old: str, new: str, after: str = "") -> Change:
    """Another value of a code list, in the first element that follows `after`."""
    found = re.search(rf'{re.escape(after)}.*?codeListValue="{old}"', RECORD, re.S)
    assert found is not None
    return found[0], found[0].replace(f'codeListValue="{old}"', f'codeListValue="{new}"')


OTHER = "<gmd:otherConstraints><gco:CharacterString>{}</gco:CharacterString></gmd:otherConstraints>"
SHARED_LICENCE = '<gmx:Anchor xlink:href="https://oefenland.example/gg">Geo Gedeeld licentie</gmx:Anchor>'
NO_ADDRESS = "<gmd:otherConstraints><gmx:Anchor>Toelichting</gmx:Anchor></gmd:otherConstraints>"
WFS_ANCHOR = re.search(r"<gmx:Anchor[^>]*>OGC:WFS</gmx:Anchor>", WFS)
assert WFS_ANCHOR is not None
TITLE = f"<gmd:title><gco:CharacterString>{REGULATION}</gco:CharacterString></gmd:title>"
RESULT_CODE = RESULT_DATE.replace("publication", "fantasie")
NO_INSPIRE: tuple[Change, ...] = (("GEMET - INSPIRE themes, version 1.0", "Eigen lijst"),)
ACCESS = "Juridische_toegangsrestricties_ISO_nr_70"
BOTH = f"{ACCESS}_en_Overige_beperkingen_ISO_nr_72"
LICENCES = "Overige_beperkingen_en_codelijst_Datalicenties"
TWICE = "Overige_beperkingen_ISO_nr_72"
DESCRIBED = "Omschrijving_verplicht_voor_een_URL"
AGREED = "Juridische_toegangsrestricties_verplicht_met_'otherRestrictions'_aanwezig"
COUPLED = "Minimaal_applicationProfile_View_Download"


def lone(*left: str) -> tuple[Change, ...]:
    """A result of which no specification is named, and of which only these parts are left."""
    changes = [(TITLE, ""), *NO_INSPIRE]
    if "date" not in left:
        changes.append((RESULT_DATE, RESULT_DATE.replace("2010-12-08", "") if "type" in left else ""))
    elif "type" not in left:
        changes.append((RESULT_DATE, RESULT_CODE))
    changes += [] if "explanation" in left else [emptied("Getoetst.")]
    changes += [] if "pass" in left else [emptied("true")]
    return tuple(changes)


def without(pattern: str) -> Change:
    found = re.search(pattern, RECORD, re.S)
    assert found is not None
    return found[0], ""


BREAKING: dict[str, tuple[Change, ...]] = {
    "Metadata_ID": (emptied("record-1"),),
    "Metadata_taal": (coded("dut", "ger", "<gmd:fileIdentifier>"),),
    "Metadata_hierarchieniveau": (coded("dataset", "feature", "<gmd:hierarchyLevel>"),),
    "Beschrijving_hierarchisch_niveau_ISO_nr_7": (coded("dataset", "series", "<gmd:hierarchyLevel>"),),
    "Naam_organisatie_metadata_ISO_nr_376": (emptied("Oefenland beheer"),),
    "Rol_organisatie_metadata_ISO_nr_379": (
        coded("pointOfContact", "baas", "<gmd:contact>"),
        (REGULATION, "Eigen"),
        *NO_INSPIRE,
    ),
    "INSPIRE_Rol_organisatie_metadata_ISO_nr_379": (coded("pointOfContact", "owner", "<gmd:contact>"),),
    "E-mail_organisatie_metadata_ISO_nr_386": (emptied("pointOfContact@oefenland.example"),),
    "Metadata_datum_ISO_nr_9": (("2026-11-20", "20 november 2026"),),
    "Metadatastandaard_naam_ISO_nr_10": ((">ISO 19115<", ">ISO 19139<"),),
    "Versie_metadatastandaard_ISO_nr_11": (("Nederlands metadata profiel op ISO 19115", "Iets anders"),),
    "Dataset_titel_ISO_nr_360": (emptied("Bodemkaart"),),
    "Datum_van_de_bronISO_nr_394_en_Datumtype_ISO_nr395": (("2026-10-01", "oktober"),),
    "Samenvatting_ISO_nr_25": (emptied("Soorten bodem."),),
    "Status_ISO_nr_28": (coded("completed", "klaar"),),
    "Verantwoordelijke_organisatie_bron_ISO_nr_376": (emptied("Oefenland bron"),),
    "Rol_verantwoordelijke_organisatie_bron_ISO_nr_379": (coded("owner", "baas"),),
    "E-mail_verantwoordelijke_organisatie_bron_ISO_nr_386": (emptied("owner@oefenland.example"),),
    "Trefwoorden_ISO_nr_53": (emptied("Bodem"), *NO_INSPIRE),
    "Specificatie_ISO_nr_360": ((REGULATION, "Een andere specificatie"),),
    "Unieke_Identifier_van_de_bron_ISO_nr_207": (emptied("bron-7"),),
    "Unieke_Identifier_van_de_bron_ISO_nr_207_URI": (("https://oefenland.example/id/7", "urn:oefenland:7"),),
    "Taal_van_de_bron_ISO_nr_39": (coded("eng", "ger"),),
    "OnderwerpISO_nr_41": (("geoscientificInformation", "bodemkunde"),),
    "Minimum_x-coordinaat_ISO_nr_344": (("6.1<", "-181<"),),
    "Maximum_x-coordinaat_ISO_nr_345": (("7.1<", "181<"),),
    "Minimum_y-coordinaat_ISO_nr_346": (("52.6<", "-91<"),),
    "Maximum_y-coordinaat_ISO_nr_347": (("53.2<", "91<"),),
    "Gebruiksbeperkingen_ISO_nr_68": (emptied("Niet voor navigatie"),),
    "Overige_beperkingen_1_Anchor_URI_aanwezig": ((LICENCE, NO_ADDRESS + LICENCE),),
    "Overige_beperkingen_2_Anchor_URI_aanwezig": ((LICENCE, LICENCE + NO_ADDRESS),),
    BOTH: ((LICENCE, ""),),
    ACCESS: (coded("otherRestrictions", "license"),),
    AGREED: (coded("otherRestrictions", "copyright"),),
    TWICE: ((LICENCE, OTHER.format("") + LICENCE),),
    LICENCES: (("Naamsvermelding verplicht, Oefenland", "Alleen met naam"),),
    "Toepassingsschaal_ISO_nr_57_Resolutie_ISO_nr_61": (
        (f"<gmd:spatialResolution>{SCALE}</gmd:spatialResolution>", ""),
    ),
    "Code_referentiesysteem_ISO_nr_207": (without("<gmd:referenceSystemInfo>.*</gmd:referenceSystemInfo>"),),
    "dataQualityInfo_1_keer": (("</gmd:MD_Metadata>", "<gmd:dataQualityInfo/></gmd:MD_Metadata>"),),
    "level_1_keer": ((LEVEL, LEVEL + LEVEL),),
    "Algemene_beschrijving_herkomst_ISO_nr_83": (emptied("Ingewonnen in het veld."),),
    "Niveau_kwaliteitsbeschrijving_ISO_nr139": ((LEVEL, LEVEL.replace("dataset", "laag")),),
    "URL_ISO_nr_397": (
        (DOWNLOAD, ""),
        *((emptied(f"https://oefenland.example/{each}")) for each in ("wms", "wfs")),
    ),
    "Protocol_ISO_nr_398_verplicht_bij_URL_ISO_nr_397": (
        (DOWNLOAD, re.sub("<gmd:desc.*ption>", "<gmd:description/>", DOWNLOAD).replace(">gpkg<", ">shape<")),
    ),
    "URL_ISO_nr_397_en_Protocol_ISO_nr_398": (emptied("https://oefenland.example/bodem.gpkg"),),
    "Naam_ISO_nr_400": (emptied("laag-wfs"),),
    "Bij_een_URL_endPoint_moet_een_waarde_uit_de_codelijst_mediatype_opgegeven_zijn": (
        (
            re.search("<gmx:Anchor[^>]*>gpkg<", DOWNLOAD)[0],  # type: ignore[index]
            '<gmx:Anchor xlink:href="">application<',
        ),
    ),
    "Bij_een_URL_accessPoint_moet_een_waarde_uit_de_codelijst_protocol_opgegeven_zijn": (
        (
            WFS_ANCHOR[0],
            '<gmx:Anchor xlink:href="https://www.iana.org/assignments/media-types/text/csv">CSV</gmx:Anchor>',
        ),
    ),
    "Codelijst_protocol:_geldige_combinatie_van_URI_en_waarde": (("serviceType/ogc/wfs", "serviceType/ogc/xwfs"),),
    "Codelijst_media_types:_geldige_combinatie_van_URI_en_waarde": (("geopackage+sqlite3", "sqlite"),),
    "Codelijst_INSPIRE_OnLineDescriptionCode:_geldige_combinatie_van_URI_en_waarde": (
        ("OnLineDescriptionCode/endPoint", "OnLineDescriptionCode/eind"),
    ),
    "Verklaring_ISO_nr_131_en_Specificatie_ISO_nr_360": (emptied("Getoetst."),),
    "Datum_ISO_nr_394_en_Specificatie_ISO_nr_360": (("2010-12-08", "2010"),),
    "Datumtype_ISO_nr_395__en_Specificatie_ISO_nr_360": ((RESULT_DATE, RESULT_CODE),),
    "Conformiteit_ISO_nr_132__en_Specificatie_ISO_nr_360": (emptied("true"),),
    "Verklaring_ISO_nr_131": lone("explanation"),
    "Datum_ISO_nr_394": lone("date"),
    "Datumtype_ISO_nr_395": lone("type"),
    "Conformiteit_ISO_nr_132": lone("pass"),
    "Toepassingsschaal_ISO_nr_57_of_Resolutie_ISO_nr_61": ((SCALE, "<gmd:MD_Resolution/>"),),
    "Toepassingsschaal_ISO_nr_57_en_Resolutie_ISO_nr_61": ((SCALE, SCALE + DISTANCE),),
    "Toepassingsschaal_ISO_nr_57": ((">25000<", ">1:25000<"),),
    "Resolutie_ISO_nr_61": ((SCALE, DISTANCE.replace(">5<", ">vijf<")),),
    "Resolutie_ISO_nr_61_meeteenheid": ((SCALE, DISTANCE.replace("meters", "m")),),
    "Code_referentiesysteem_ISO_nr_207_2": ((SYSTEM, ""),),
    "Code_referentiesysteem_ISO_nr_207_is_een_URI": ((SYSTEM, "<gco:CharacterString>28992</gco:CharacterString>"),),
    "thesaurus_datum_ISO_nr394_en_datumtype_ISO_nr_395": ((THESAURUS_DATE, ""),),
    "Temporele_dekking_period_of_position": ((f"<gml:TimePeriod>{PERIOD}</gml:TimePeriod>", ""),),
    "Temporele_dekking_beginposition_indeterminate": (emptied("2020-01-01"),),
    "Temporele_dekking_endposition_indeterminate": (emptied("2030-01-01"),),
    "INSPIRE_Trefwoorden_ISO_nr_53": ((">Bodem<", ">Grondsoorten<"),),
    DESCRIBED: ((DOWNLOAD, re.sub("<gmd:desc.*ption>", "", DOWNLOAD)),),
    "Anchor_verplicht_voor_omschrijving": (
        (
            DOWNLOAD,
            re.sub(
                "<gmx:Anchor[^>]*>endPoint</gmx:Anchor>",
                "<gco:CharacterString>endPoint</gco:CharacterString>",
                DOWNLOAD,
            ),
        ),
    ),
    "Protocol_verplicht_voor_een_URL": (
        (DOWNLOAD, "<gmd:onLine><gmd:CI_OnlineResource><gmd:description/></gmd:CI_OnlineResource></gmd:onLine>"),
    ),
    "Protocol_moet_altijd_een_Anchor_zijn": ((WFS_ANCHOR[0], "<gco:CharacterString>OGC:WFS</gco:CharacterString>"),),
    COUPLED: (("SpatialDataServiceType/download", "SpatialDataServiceType/other"),),
}

TOGETHER = {
    "Overige_beperkingen_1_Anchor_URI_aanwezig": {TWICE},
    BOTH: {TWICE, LICENCES},
    ACCESS: {BOTH, AGREED},
    AGREED: {BOTH, ACCESS},
    "Toepassingsschaal_ISO_nr_57_Resolutie_ISO_nr_61": {"Toepassingsschaal_ISO_nr_57_of_Resolutie_ISO_nr_61"},
    "URL_ISO_nr_397": {"URL_ISO_nr_397_en_Protocol_ISO_nr_398"},
    "Code_referentiesysteem_ISO_nr_207_2": {"Code_referentiesysteem_ISO_nr_207_is_een_URI"},
}
"""What must break too: the profile asserts some things twice, or asserts one thing of what another needs."""


def broken(text: str) -> set[str]:
    return {each.assertion.id for each in broken_assertions(parsed(text))}


def test_no_assertion_of_the_official_schematron_is_missing(shared: Path) -> None:
    text = (shared / "reference" / "metadata" / "schematron-19115-asserts.md").read_text(encoding="utf-8")
    rules = re.split(r"^### rule `([^`]+)`", text, flags=re.M)[1:]
    official = [
        (name, identifier)
        for name, part in zip(rules[::2], rules[1::2], strict=True)
        for identifier in re.findall(r"^- assert \*\*(.+?)\*\*", part, re.M)
    ]

    assert [(each.section, each.id) for each in ASSERTIONS] == official
    assert len(official) == 76


def test_the_right_record_keeps_to_every_assertion() -> None:
    assert broken(RECORD) == set()


def test_every_assertion_has_a_change_that_breaks_it() -> None:
    assert list(BREAKING) == [each.id for each in ASSERTIONS]


@pytest.mark.parametrize("identifier", BREAKING)
def test_the_change_breaks_this_assertion_and_no_other(identifier: str) -> None:
    assert broken(changed(*BREAKING[identifier])) == {identifier} | TOGETHER.get(identifier, set())


def test_every_message_names_an_element_and_a_remedy() -> None:
    for each in ASSERTIONS:
        assert re.search(r"g(md|ml):[a-zA-Z]+", each.wrong), each.id
        assert each.remedy, each.id


HOLDING: dict[str, tuple[Change, ...]] = {
    "a licence in two texts": (
        (
            LICENCE,
            OTHER.format("Geen beperkingen") + OTHER.format("http://creativecommons.org/publicdomain/mark/1.0/deed.nl"),
        ),
    ),
    "the address of a licence before its text": (
        (
            LICENCE,
            OTHER.format("http://creativecommons.org/publicdomain/zero/1.0/deed.nl") + OTHER.format("Geen beperkingen"),
        ),
    ),
    "a licence agreed upon": (
        (
            LICENCE,
            re.sub("<gmx:Anchor.*</gmx:Anchor>", SHARED_LICENCE, LICENCE),
        ),
    ),
    "a resolution in the place of a scale": ((SCALE, DISTANCE),),
    "a moment in the place of a period": (
        (
            f"<gml:TimePeriod>{PERIOD}</gml:TimePeriod>",
            "<gml:TimeInstant><gml:timePosition>2026-01-01</gml:timePosition></gml:TimeInstant>",
        ),
    ),
    "a period written the long way, of a newer GML": (
        (
            f"<gml:TimePeriod>{PERIOD}</gml:TimePeriod>",
            re.sub(
                r"gml:(begin|end)Position>([^<]*)</gml:(begin|end)Position",
                r"gml:\1><gml:TimeInstant><gml:timePosition>\2</gml:timePosition></gml:TimeInstant></gml:\1",
                f"<gml:TimePeriod>{PERIOD}</gml:TimePeriod>",
            )
            .replace("gml:", "g:")
            .replace("<g:TimePeriod>", '<g:TimePeriod xmlns:g="http://www.opengis.net/gml/3.2">'),
        ),
    ),
    "an end of a period that is now": (
        ("<gml:endPosition>2030-01-01<", '<gml:endPosition indeterminatePosition="now"><'),
    ),
    "a series with its name": (
        coded("dataset", "series", "<gmd:hierarchyLevel>"),
        (
            "</gmd:hierarchyLevel>",
            "</gmd:hierarchyLevel><gmd:hierarchyLevelName><gco:CharacterString>Reeks</gco:CharacterString></gmd:hierarchyLevelName>",
        ),
    ),
    "an organisation by its address": (
        (
            "<gco:CharacterString>Oefenland beheer</gco:CharacterString>",
            '<gmx:Anchor xlink:href="https://oefenland.example">Oefenland</gmx:Anchor>',
        ),
    ),
    "bounds at the edge of the world": (("6.1<", "-180<"), ("7.1<", "180<"), ("52.6<", "-90<"), ("53.2<", "90<")),
    "white space around a value": ((">OGC:WFS<", ">\n  OGC:WFS\n<"), (">record-1<", ">\n record-1 <")),
    "a media type in capitals": ((">gpkg<", ">GPKG<"),),
}


@pytest.mark.parametrize("named", HOLDING)
def test_what_the_profile_leaves_free_breaks_nothing(named: str) -> None:
    assert broken(changed(*HOLDING[named])) == set()


def test_an_assertion_that_is_broken_in_many_places_is_told_once_with_their_number() -> None:
    text = changed((DOWNLOAD, DOWNLOAD.replace("geopackage+sqlite3", "x") * 2), (">laag-wms<", "><"))
    told = [str(each) for each in broken_assertions(parsed(text))]

    assert [line.partition(";")[0] for line in told] == [
        "gmd:name bij een WMS, WFS, WCS of INSPIRE Atom is leeg (1 keer, eerst bij nummer 1)",
        "gmd:protocol heeft een adres dat niet bij zijn media type hoort (2 keer, eerst bij nummer 1)",
    ]
