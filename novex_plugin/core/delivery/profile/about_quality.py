"""What the profile asserts of scale, reference system and quality as a whole."""

from __future__ import annotations

from novex_plugin.core.delivery.profile.code_lists import LEVELS
from novex_plugin.core.delivery.profile.inspire import SOURCE
from novex_plugin.core.delivery.profile.node import Node
from novex_plugin.core.delivery.profile.section import Section, whole_record

SECTION = Section("Algemene_metadata_regels", whole_record)
asserts = SECTION.asserts

_QUALITY = "gmd:dataQualityInfo[1]/gmd:DQ_DataQuality"
_LEVEL = f"{_QUALITY}/gmd:scope/gmd:DQ_Scope/gmd:level"


@asserts(
    "Toepassingsschaal_ISO_nr_57_Resolutie_ISO_nr_61",
    "gmd:spatialResolution ontbreekt",
    "vul een toepassingsschaal of een resolutie in",
)
def _resolution(record: Node) -> bool:
    return record.has(f"{SOURCE}/gmd:spatialResolution")


@asserts(
    "Code_referentiesysteem_ISO_nr_207",
    "gmd:referenceSystemInfo ontbreekt",
    "vul het stelsel in, voor RD http://www.opengis.net/def/crs/EPSG/0/28992",
)
def _reference_system(record: Node) -> bool:
    return record.has("gmd:referenceSystemInfo")


@asserts("dataQualityInfo_1_keer", "gmd:dataQualityInfo staat er vaker dan één keer", "voeg ze samen tot één")
def _quality_once(record: Node) -> bool:
    return len(record.all("gmd:dataQualityInfo")) < 2


@asserts("level_1_keer", "gmd:level van de kwaliteitsbeschrijving staat er vaker dan één keer", "laat er één staan")
def _level_once(record: Node) -> bool:
    return len(record.all(_LEVEL)) < 2


@asserts(
    "Algemene_beschrijving_herkomst_ISO_nr_83",
    "gmd:statement in gmd:LI_Lineage is leeg",
    "schrijf waar de dataset vandaan komt en hoe hij gemaakt is",
)
def _lineage(record: Node) -> bool:
    return bool(record.text(f"{_QUALITY}/gmd:lineage/gmd:LI_Lineage/gmd:statement/gco:CharacterString"))


@asserts(
    "Niveau_kwaliteitsbeschrijving_ISO_nr139",
    "gmd:level van de kwaliteitsbeschrijving is geen 'dataset' of 'series'",
    "kies een van beide",
)
def _level(record: Node) -> bool:
    return bool(record.codes(_LEVEL) & LEVELS)
