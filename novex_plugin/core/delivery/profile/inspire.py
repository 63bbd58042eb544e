"""Whether a record says that its dataset falls under INSPIRE."""

from __future__ import annotations

from novex_plugin.core.delivery.profile.code_lists import INSPIRE_REGULATION, INSPIRE_THESAURUS
from novex_plugin.core.delivery.profile.node import Node

SOURCE = "gmd:identificationInfo/gmd:MD_DataIdentification"
RESULTS = (
    "gmd:dataQualityInfo[1]/gmd:DQ_DataQuality/gmd:report/gmd:DQ_DomainConsistency/gmd:result/gmd:DQ_ConformanceResult"
)
SPECIFICATION = "gmd:specification/gmd:CI_Citation"
THESAURI = f"{SOURCE}/gmd:descriptiveKeywords/gmd:MD_Keywords/gmd:thesaurusName/gmd:CI_Citation"


def follows_inspire(record: Node) -> bool:
    """Whether one of the specifications is INSPIRE's regulation."""
    return any(INSPIRE_REGULATION in result.label(f"{SPECIFICATION}/gmd:title") for result in record.all(RESULTS))


def names_inspire_themes(record: Node) -> bool:
    """Whether keywords come from the thesaurus of INSPIRE's themes."""
    return any(INSPIRE_THESAURUS in thesaurus.label("gmd:title") for thesaurus in record.all(THESAURI))
