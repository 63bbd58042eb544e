"""The metadata records of a delivery: one for each layer that has features, and one for all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import numpy as np

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.delivery.metadata import BAG, GEOPACKAGE, Contact, Record, Specification, metadata_xml
from novex_plugin.core.delivery.metadata_check import problems_of
from novex_plugin.core.delivery.metadata_lineage import Origins, lineage
from novex_plugin.core.delivery.wgs84 import bounds_in_degrees
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import opened

_NAMED = 5
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ROLES = (
    "author",
    "custodian",
    "distributor",
    "originator",
    "owner",
    "pointOfContact",
    "principalInvestigator",
    "processor",
    "publisher",
    "resourceProvider",
    "user",
)

_Box = tuple[float, float, float, float]

WHOLE = "levering"
"""The name of the record of the delivery as a whole."""

_LAYERS = {
    "voorstel_vlak": ("vlakken", "Wat de provincie in vlakken voorstelt"),
    "voorstel_lijn": ("lijnen", "Wat de provincie in lijnen voorstelt"),
    "voorstel_punt": ("punten", "Wat de provincie in punten voorstelt"),
    "bevinding_vlak": ("bevindingen, vlakken", "Uitkomsten van de toetsing van het voorstel, in vlakken"),
    "bevinding_lijn": ("bevindingen, lijnen", "Uitkomsten van de toetsing van het voorstel, in lijnen"),
    "bevinding_punt": ("bevindingen, punten", "Uitkomsten van de toetsing van het voorstel, in punten"),
    "combinatie_vlak": ("combinaties, vlakken", "Functies van het voorstel op dezelfde grond, in vlakken"),
    "combinatie_lijn": ("combinaties, lijnen", "Functies van het voorstel op dezelfde grond, in lijnen"),
    "combinatie_punt": ("combinaties, punten", "Functies van het voorstel op dezelfde grond, in punten"),
}


@dataclass(frozen=True)
class Subject:
    """What all layers of a delivery have in common. `header` is the row of `voorstel`, `moment` the delivery's."""

    header: Mapping[str, Any]
    variant: str
    province: str
    agreement: Agreement
    moment: str
    draft: bool
    origins: Origins


def check_contact(header: Mapping[str, Any], file: Path | str) -> None:
    """Raise InputError naming the field of `voorstel` that metadata cannot do without."""
    remedies = {
        "contact_organisatie": "Vul de organisatie in die voor het voorstel staat.",
        "contact_email": "Vul een adres van de organisatie in, niet van een persoon.",
        "contact_rol": f"Vul een rol in uit CI_RoleCode: {', '.join(_ROLES)}.",
    }
    for field, remedy in remedies.items():
        value = header.get(field)
        if not isinstance(value, str) or not value.strip():
            raise InputError("ontbreekt; de metadata vragen het.", remedy, file, "voorstel", 1, field)
    if not _EMAIL.fullmatch(str(header["contact_email"]).strip()):
        raise InputError("is geen e-mailadres.", remedies["contact_email"], file, "voorstel", 1, "contact_email")
    if header["contact_rol"] not in _ROLES:
        raise InputError(
            "is geen rol van de metadatastandaard.", remedies["contact_rol"], file, "voorstel", 1, "contact_rol"
        )


def layer_records(geopackage: Path, subject: Subject) -> Iterator[tuple[str, bytes]]:
    """The name of each feature table of the GeoPackage that is not empty, and its metadata as XML.

    The GeoPackage of the proposal gives one more: `levering`, of the delivery as a whole. Raises InputError for what
    the profile does not allow, such as a licence of the agreement that is in none of its code lists.
    """
    for name, record in records_of(geopackage, subject).items():
        content = metadata_xml(record)
        problems = problems_of(content)
        if problems:
            raise InputError(
                f"geeft metadata die van het profiel afwijken: {'; '.join(problems[:_NAMED])}.",
                "Verbeter de gegevens van het voorstel of de afspraken.",
                geopackage.name,  # it lies in a folder that will be gone
                "voorstel",
            )
        yield name, content


def records_of(geopackage: Path, subject: Subject) -> dict[str, Record]:
    """What those metadata say, by the name of the table."""
    bounds = {table: box for table, box in _bounds(geopackage) if table in _LAYERS}
    records = {table: _record(table, box, subject) for table, box in bounds.items()}
    drawn = np.array([box for table, box in bounds.items() if table.startswith("voorstel_")]).reshape(-1, 4)
    if len(drawn):
        whole = (*drawn[:, :2].min(axis=0).tolist(), *drawn[:, 2:].max(axis=0).tolist())
        records[WHOLE] = _whole(whole, subject)
    return records


def _bounds(geopackage: Path) -> list[tuple[str, _Box]]:
    with opened(geopackage) as connection:
        rows = connection.execute(
            "SELECT table_name, min_x, min_y, max_x, max_y FROM gpkg_contents"
            " WHERE data_type = 'features' AND min_x IS NOT NULL ORDER BY table_name"
        ).fetchall()
    return [(row[0], (row[1], row[2], row[3], row[4])) for row in rows]


def _record(table: str, bounds: _Box, subject: Subject) -> Record:
    said, about = _LAYERS[table]
    record = _common(table, f", {said}", about, bounds, subject)
    return replace(record, parent=_file_id(_name(WHOLE, subject)))


def _whole(bounds: _Box, subject: Subject) -> Record:
    """The metadata of the delivery: the zip, with the GeoPackages in it."""
    about = "Levering van een ruimtelijk voorstel, met toetsing, balans en verantwoording van de gebruikte gegevens"
    return replace(_common(WHOLE, "", about, bounds, subject), formats=(BAG, GEOPACKAGE))


def _name(part: str, subject: Subject) -> str:
    return f"urn:novex-puzzel:{subject.header['id']}:{subject.variant}:{part}"


def _file_id(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"{name}:metadata"))


def _common(part: str, said: str, about: str, bounds: _Box, subject: Subject) -> Record:
    header, agreement = subject.header, subject.agreement
    draft = "Concept. " if subject.draft else ""
    name = _name(part, subject)
    return Record(
        file_id=_file_id(name),
        dataset_id=str(uuid5(NAMESPACE_URL, name)),
        title=f"{header['titel']}, variant {subject.variant}{said}",
        abstract=(
            f"{draft}{about}. Provincie {subject.province}, variant {subject.variant},"
            f" volgens {agreement.title.nl}, versie {agreement.version}."
        ),
        created=str(header["aangemaakt"])[:10],
        revised=subject.moment[:10],
        status="underDevelopment" if subject.draft else "completed",
        contact=Contact(header["contact_organisatie"], str(header["contact_email"]).strip(), header["contact_rol"]),
        keywords=(*agreement.metadata.keywords, subject.province),
        use_limitation=agreement.metadata.use_limitation,
        licence_address=agreement.metadata.licence_url,
        licence_text=agreement.metadata.licence_text.replace("organisatienaam", header["contact_organisatie"]),
        scale=agreement.scale.drawn,
        bounds=bounds_in_degrees(bounds),
        lineage=lineage(subject.origins),
        specification=Specification(
            f"{agreement.title.nl}, versie {agreement.version}",
            agreement.date,
            f"{agreement.statement.nl} Het schema is bij het wegschrijven afgedwongen.",
        ),
        topics=agreement.metadata.topics,
    )
