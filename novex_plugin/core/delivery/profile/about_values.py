"""What the profile asserts of values that stand by themselves: scale, reference system, thesaurus, period, keyword."""

from __future__ import annotations

import math

from novex_plugin.core.delivery.profile.code_lists import (
    DATE_TYPES,
    INSPIRE_THEMES,
    INSPIRE_THESAURUS,
    INSPIRE_THESAURUS_ADDRESS,
)
from novex_plugin.core.delivery.profile.inspire import SOURCE, THESAURI
from novex_plugin.core.delivery.profile.node import Node, is_date
from novex_plugin.core.delivery.profile.section import Section, on_path

_DENOMINATOR = "gmd:MD_Resolution/gmd:equivalentScale/gmd:MD_RepresentativeFraction/gmd:denominator"
_DISTANCE = "gmd:MD_Resolution/gmd:distance"
_CODE = "gmd:referenceSystemIdentifier/gmd:RS_Identifier/gmd:code"


def _inspire_keywords(record: Node) -> list[Node]:
    """The keywords that say to come from the thesaurus of INSPIRE's themes."""
    title = "gmd:MD_Keywords/gmd:thesaurusName/gmd:CI_Citation/gmd:title"
    groups = [
        group
        for group in record.all(f"{SOURCE}/gmd:descriptiveKeywords")
        if group.text(f"{title}/gco:CharacterString") == INSPIRE_THESAURUS
        or group.address(title) == INSPIRE_THESAURUS_ADDRESS
    ]
    return [keyword for group in groups for keyword in group.all("gmd:MD_Keywords/gmd:keyword")]


EITHER = Section("Resolutie_en_toepassingschaal", on_path(SOURCE))
SCALE = Section("Toepassingsschaal", on_path(f".//gmd:spatialResolution/{_DENOMINATOR}/gco:Integer"))
DISTANCE = Section("Resolutie", on_path(f".//gmd:spatialResolution/{_DISTANCE}/gco:Distance"))
SYSTEM = Section("Referentiesysteem", on_path("gmd:referenceSystemInfo/gmd:MD_ReferenceSystem"))
THESAURUS = Section("Thesaurus", on_path(THESAURI))
PERIOD = Section("Temporele_dekking", on_path(f"{SOURCE}/gmd:extent/gmd:EX_Extent/gmd:temporalElement/*/gmd:extent"))
THEMES = Section("INSPIRE_Thesaurus_trefwoorden", _inspire_keywords)
SECTIONS = (EITHER, SCALE, DISTANCE, SYSTEM, THESAURUS, PERIOD, THEMES)


def _has_scale(source: Node) -> bool:
    return any(each.own_text for each in source.all(f"gmd:spatialResolution/{_DENOMINATOR}/*"))


def _has_distance(source: Node) -> bool:
    return any(each.own_text for each in source.all(f"gmd:spatialResolution/{_DISTANCE}/*"))


@EITHER.asserts(
    "Toepassingsschaal_ISO_nr_57_of_Resolutie_ISO_nr_61",
    "gmd:spatialResolution heeft geen toepassingsschaal en geen resolutie",
    "vul een van beide in",
)
def _scale_or_distance(source: Node) -> bool:
    return _has_scale(source) or _has_distance(source)


@EITHER.asserts(
    "Toepassingsschaal_ISO_nr_57_en_Resolutie_ISO_nr_61",
    "gmd:spatialResolution heeft een toepassingsschaal en een resolutie",
    "laat er één staan",
)
def _not_both(source: Node) -> bool:
    return not (_has_scale(source) and _has_distance(source))


@SCALE.asserts("Toepassingsschaal_ISO_nr_57", "gmd:denominator is geen getal", "vul het schaalgetal in, zoals 25000")
def _scale(integer: Node) -> bool:
    return not math.isnan(integer.number("."))


@DISTANCE.asserts("Resolutie_ISO_nr_61", "gmd:distance is geen getal", "vul de resolutie in meters in")
def _distance(distance: Node) -> bool:
    return not math.isnan(distance.number("."))


@DISTANCE.asserts("Resolutie_ISO_nr_61_meeteenheid", "gmd:distance is niet in 'meters'", 'schrijf uom="meters"')
def _unit(distance: Node) -> bool:
    return distance.attribute("uom") == "meters"


def _system_address(system: Node) -> str:
    """What the Anchor refers to; one without a text does not count."""
    return system.address(_CODE) if system.text(f"{_CODE}/gmx:Anchor") else ""


@SYSTEM.asserts(
    "Code_referentiesysteem_ISO_nr_207_2",
    "gmd:code van het referentiesysteem is leeg",
    "vul het stelsel in, voor RD http://www.opengis.net/def/crs/EPSG/0/28992",
)
def _system(system: Node) -> bool:
    return bool(system.text(f"{_CODE}/gco:CharacterString") or _system_address(system))


@SYSTEM.asserts(
    "Code_referentiesysteem_ISO_nr_207_is_een_URI",
    "gmd:code van het referentiesysteem is geen http-adres",
    "schrijf voor RD http://www.opengis.net/def/crs/EPSG/0/28992",
)
def _system_is_address(system: Node) -> bool:
    told = (system.text(f"{_CODE}/gco:CharacterString"), _system_address(system))
    return any(each.startswith("http") for each in told)


@THESAURUS.asserts(
    "thesaurus_datum_ISO_nr394_en_datumtype_ISO_nr_395",
    "gmd:thesaurusName heeft geen titel, of geen datum met een type",
    "vul beide in, de datum als 2026-11-20",
)
def _thesaurus(thesaurus: Node) -> bool:
    anchored = thesaurus.text("gmd:title/gmx:Anchor") and thesaurus.address("gmd:title")
    titled = thesaurus.text("gmd:title/gco:CharacterString") or anchored
    return bool(titled) and any(map(is_date, thesaurus.dates("gmd:date", DATE_TYPES)))


_GML = ("gml", "gml32")


def _end_of_period(extent: Node, which: str) -> Node | None:
    """The `begin` or `end` of a period, in the short or the long way of writing."""
    for gml in _GML:
        period = f"{gml}:TimePeriod"
        for path in (f"{gml}:{which}Position", f"{gml}:{which}/{gml}:TimeInstant/{gml}:timePosition"):
            found = extent.first(f"{period}/{path}")
            if found is not None:
                return found
    return None


def _is_known(extent: Node, which: str) -> bool:
    """Whether an end of a period has a date or says why it has none. Without a period there is none to know."""
    if not any(extent.has(f"{gml}:TimePeriod") for gml in _GML):
        return True
    position = _end_of_period(extent, which)
    if position is None:
        return False
    return len(position.own_text) > 3 or position.attribute("indeterminatePosition") in {"unknown", "now"}


@PERIOD.asserts(
    "Temporele_dekking_period_of_position",
    "gmd:temporalElement noemt geen periode en geen datum",
    "vul gml:TimePeriod of gml:TimeInstant in, of laat het element weg",
)
def _period_or_moment(extent: Node) -> bool:
    moment = any(extent.has(f"{gml}:TimeInstant/{gml}:timePosition") for gml in _GML)
    return moment or _end_of_period(extent, "begin") is not None


@PERIOD.asserts(
    "Temporele_dekking_beginposition_indeterminate",
    "gml:beginPosition is leeg en zegt niet waarom",
    'vul een datum in, of indeterminatePosition="unknown"',
)
def _begin(extent: Node) -> bool:
    return _is_known(extent, "begin")


@PERIOD.asserts(
    "Temporele_dekking_endposition_indeterminate",
    "gml:endPosition is leeg en zegt niet waarom",
    'vul een datum in, of indeterminatePosition="now"',
)
def _end(extent: Node) -> bool:
    return _is_known(extent, "end")


@THEMES.asserts(
    "INSPIRE_Trefwoorden_ISO_nr_53",
    "gmd:keyword is geen INSPIRE-thema, terwijl de thesaurus dat zegt",
    "schrijf het thema zoals GEMET het in het Nederlands noemt, of zet het trefwoord in een eigen groep",
)
def _theme(keyword: Node) -> bool:
    return keyword.own_text in INSPIRE_THEMES
