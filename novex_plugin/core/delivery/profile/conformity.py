"""What the profile asserts of a specification that a dataset was tested against: all of it, or nothing."""

from __future__ import annotations

from novex_plugin.core.delivery.profile.code_lists import DATE_TYPES
from novex_plugin.core.delivery.profile.inspire import RESULTS, SPECIFICATION
from novex_plugin.core.delivery.profile.node import Node, is_date
from novex_plugin.core.delivery.profile.section import Section, on_path

SECTION = Section("Conformiteit_specificaties", on_path(RESULTS))
asserts = SECTION.asserts

_DATE = f"{SPECIFICATION}/gmd:date/gmd:CI_Date"


def _title(result: Node) -> bool:
    return bool(result.label(f"{SPECIFICATION}/gmd:title"))


def _explanation(result: Node) -> bool:
    return bool(result.text("gmd:explanation/gco:CharacterString"))


def _date(result: Node) -> bool:
    return is_date(result.text(f"{_DATE}/gmd:date/gco:Date"))


def _date_type(result: Node) -> bool:
    return bool(result.codes(f"{_DATE}/gmd:dateType") & DATE_TYPES)


def _pass(result: Node) -> bool:
    return bool(result.text("gmd:pass/gco:Boolean"))


@asserts(
    "Verklaring_ISO_nr_131_en_Specificatie_ISO_nr_360",
    "gmd:explanation bij een specificatie is leeg",
    "leg uit in hoeverre de dataset haar volgt",
)
def _explained(result: Node) -> bool:
    return not _title(result) or _explanation(result)


@asserts(
    "Datum_ISO_nr_394_en_Specificatie_ISO_nr_360",
    "gmd:date van een specificatie is geen datum",
    "vul hem in als 2026-11-20",
)
def _dated(result: Node) -> bool:
    return not _title(result) or _date(result)


@asserts(
    "Datumtype_ISO_nr_395__en_Specificatie_ISO_nr_360",
    "gmd:dateType van een specificatie staat niet in CI_DateTypeCode",
    "kies creation, publication of revision",
)
def _date_typed(result: Node) -> bool:
    return not _title(result) or _date_type(result)


@asserts(
    "Conformiteit_ISO_nr_132__en_Specificatie_ISO_nr_360",
    "gmd:pass bij een specificatie is leeg",
    "vul true of false in",
)
def _judged(result: Node) -> bool:
    return not _title(result) or _pass(result)


@asserts("Verklaring_ISO_nr_131", "gmd:explanation staat er zonder titel van een specificatie", "vul die titel in")
def _no_lone_explanation(result: Node) -> bool:
    return not _explanation(result) or _title(result)


@asserts("Datum_ISO_nr_394", "gmd:date staat er zonder titel van een specificatie", "vul die titel in")
def _no_lone_date(result: Node) -> bool:
    return not _date(result) or _title(result)


@asserts("Datumtype_ISO_nr_395", "gmd:dateType staat er zonder titel van een specificatie", "vul die titel in")
def _no_lone_date_type(result: Node) -> bool:
    return not _date_type(result) or _title(result)


@asserts("Conformiteit_ISO_nr_132", "gmd:pass staat er zonder titel van een specificatie", "vul die titel in")
def _no_lone_judgement(result: Node) -> bool:
    return not _pass(result) or _title(result)
