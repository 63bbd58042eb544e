"""What the profile asserts of the record itself: its name, language, level, contact, date and standard."""

from __future__ import annotations

from novex_plugin.core.delivery.profile.code_lists import LANGUAGES, LEVELS, ROLES
from novex_plugin.core.delivery.profile.inspire import follows_inspire
from novex_plugin.core.delivery.profile.node import Node, is_date
from novex_plugin.core.delivery.profile.section import Section, whole_record

SECTION = Section("Algemene_metadata_regels", whole_record)
asserts = SECTION.asserts

_CONTACT = "gmd:contact/gmd:CI_ResponsibleParty"
_FIRST_CONTACT = "gmd:contact[1]/gmd:CI_ResponsibleParty"
MAIL = "gmd:contactInfo/gmd:CI_Contact/gmd:address/gmd:CI_Address/gmd:electronicMailAddress[1]/gco:CharacterString"


@asserts("Metadata_ID", "gmd:fileIdentifier is leeg", "geef het record een eigen nummer (UUID)")
def _identifier(record: Node) -> bool:
    return bool(record.text("gmd:fileIdentifier/gco:CharacterString"))


@asserts("Metadata_taal", "gmd:language van het record is geen 'dut' of 'eng'", "kies een van die codes")
def _language(record: Node) -> bool:
    return bool(record.codes("gmd:language") & LANGUAGES)


@asserts("Metadata_hierarchieniveau", "gmd:hierarchyLevel is geen 'dataset' of 'series'", "kies een van beide")
def _level(record: Node) -> bool:
    return bool(record.codes("gmd:hierarchyLevel[1]") & LEVELS)


@asserts(
    "Beschrijving_hierarchisch_niveau_ISO_nr_7",
    "gmd:hierarchyLevelName van een serie is leeg",
    "noem de serie bij haar naam",
)
def _series_name(record: Node) -> bool:
    series = "series" in record.codes("gmd:hierarchyLevel[1]")
    return not series or bool(record.text("gmd:hierarchyLevelName[1]/gco:CharacterString"))


@asserts(
    "Naam_organisatie_metadata_ISO_nr_376",
    "gmd:organisationName in gmd:contact is leeg, of een Anchor zonder adres of naam",
    "vul de organisatie in die de metadata beheert",
)
def _contact_name(record: Node) -> bool:
    name = f"{_FIRST_CONTACT}/gmd:organisationName"
    linked = record.address(name) and record.text(f"{name}/gmx:Anchor")
    return bool(record.text(f"{name}/gco:CharacterString") or linked)


@asserts(
    "Rol_organisatie_metadata_ISO_nr_379",
    "gmd:role in gmd:contact staat niet in CI_RoleCode",
    "kies een rol uit die lijst, bijvoorbeeld pointOfContact",
)
def _contact_role(record: Node) -> bool:
    return bool(record.codes(f"{_CONTACT}/gmd:role") & ROLES)


@asserts(
    "INSPIRE_Rol_organisatie_metadata_ISO_nr_379",
    "gmd:role in gmd:contact van een INSPIRE-dataset is niet 'pointOfContact'",
    "maak er pointOfContact van",
)
def _contact_role_inspire(record: Node) -> bool:
    return not follows_inspire(record) or "pointOfContact" in record.codes(f"{_FIRST_CONTACT}/gmd:role")


@asserts(
    "E-mail_organisatie_metadata_ISO_nr_386",
    "gmd:electronicMailAddress in gmd:contact is leeg",
    "vul een adres van de organisatie in",
)
def _contact_mail(record: Node) -> bool:
    return bool(record.text(f"{_FIRST_CONTACT}/{MAIL}"))


@asserts("Metadata_datum_ISO_nr_9", "gmd:dateStamp is geen datum", "schrijf hem in gco:Date als 2026-11-20")
def _date(record: Node) -> bool:
    return is_date(record.text("gmd:dateStamp/gco:Date"))


@asserts("Metadatastandaard_naam_ISO_nr_10", "gmd:metadataStandardName is niet 'ISO 19115'", "schrijf 'ISO 19115'")
def _standard(record: Node) -> bool:
    return record.text("gmd:metadataStandardName/gco:CharacterString").upper() == "ISO 19115"


@asserts(
    "Versie_metadatastandaard_ISO_nr_11",
    "gmd:metadataStandardVersion noemt het Nederlandse profiel op ISO 19115 niet",
    "schrijf de naam van het profiel met zijn versie",
)
def _profile(record: Node) -> bool:
    return "PROFIEL OP ISO 19115" in record.text("gmd:metadataStandardVersion/gco:CharacterString").upper()
