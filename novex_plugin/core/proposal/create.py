"""Make a new, empty proposal."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import append, create, layer_names, read_layer
from novex_plugin.core.features.table import FeatureTable, attribute_table
from novex_plugin.core.files import written_beside
from novex_plugin.core.moment import as_stored
from novex_plugin.core.proposal.schema import GEOMETRY_TYPES, SCHEMA_VERSION, proposal_layers


@dataclass(frozen=True)
class Heading:
    """What a proposal says of itself; title and organisation follow from the province when left empty.

    The address is an organisation's, never a person's.
    """

    title: str = ""
    organisation: str = ""
    email: str = ""


VARIANT_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


def new_id() -> str:
    """A new random UUID."""
    return str(uuid.uuid4())


def create_proposal(
    target: Path,
    province: str,
    variant: str,
    agreement: Agreement,
    moment: datetime,
    ids: Callable[[], str] = new_id,
    heading: Heading = Heading(),
    dress: Callable[[Path, str], object] | None = None,
) -> None:
    """Write an empty proposal (GeoPackage, EPSG:28992) for a province (`PV20` to `PV31`, or its name) with one
    variant. `dress` may lay more in the file, such as styles, before it takes its place; it is given the code of the
    province too.

    Raises InputError for an unknown province, a variant that is no code, and a target that already holds features.
    """
    province = _province(province, agreement)
    if not VARIANT_CODE.fullmatch(variant):
        raise InputError(
            f"{variant[:80]!r} is geen code voor een variant.",
            "Gebruik ten hoogste 40 kleine letters, cijfers, streepjes en onderstrepingen, bijvoorbeeld basis.",
        )
    refuse_to_overwrite(target)
    written = as_stored(moment)
    with written_beside(target) as unfinished:
        create(unfinished, proposal_layers(agreement), moment=written)
        for rows in _first_rows(province, variant, agreement, written, ids, heading):
            append(unfinished, rows.name, rows)
        if dress is not None:
            dress(unfinished, province)


def _province(given: str, agreement: Agreement) -> str:
    """The code of a province, given by its code or its name in whatever case."""
    for code in agreement.code_lists["provincie"]:
        if given.casefold() in (code.code.casefold(), code.label.nl.casefold(), code.label.en.casefold()):
            return code.code
    known = ", ".join(f"{code.code} ({code.label.nl})" for code in agreement.code_lists["provincie"])
    raise InputError(f"de provincie {given[:80]} is onbekend.", f"Kies uit: {known}.")


def refuse_to_overwrite(target: Path) -> None:
    """Raise InputError for a file that is anything else than a proposal without features."""
    if not target.exists():
        return
    tables = layer_names(target)
    filled = [name for name in GEOMETRY_TYPES if name in tables and len(read_layer(target, name))]
    if filled or not set(GEOMETRY_TYPES) <= set(tables):
        holds = f"al objecten in {', '.join(filled)}" if filled else "iets anders dan een leeg voorstel"
        raise InputError(f"bestaat en bevat {holds}.", "Kies een andere naam; dit bestand blijft zoals het is.", target)


def _first_rows(
    province: str, variant: str, agreement: Agreement, written: str, ids: Callable[[], str], heading: Heading
) -> tuple[FeatureTable, ...]:
    name = agreement.label("provincie", province).nl
    parameters = {"provincie": province, "variant": variant}
    return (
        _row(
            "voorstel",
            id=ids(),
            titel=heading.title or f"Ruimtelijk voorstel {name}",
            provincie=province,
            afspraken=agreement.id,
            afspraken_versie=agreement.version,
            schema_versie=SCHEMA_VERSION,
            contact_organisatie=heading.organisation or f"Provincie {name}",
            contact_rol="pointOfContact",
            contact_email=heading.email or None,
            aangemaakt=written,
        ),
        _row("variant", id=variant, naam=variant.capitalize()),
        log_row("nieuw voorstel", parameters, {f"afspraken {agreement.id}": agreement.digest}, written, ids),
    )


def log_row(action: str, parameters: object, data: object, written: str, ids: Callable[[], str]) -> FeatureTable:
    """A line for the table `logboek`: what was done, with which parameters and with which data (name to digest)."""
    return _row(
        "logboek",
        id=ids(),
        tijd=written,
        handeling=action,
        parameters=json.dumps(parameters, ensure_ascii=False, sort_keys=True),
        gegevens=json.dumps(data, ensure_ascii=False, sort_keys=True),
    )


def _row(table: str, **values: str | None) -> FeatureTable:
    return attribute_table(table, {name: np.array([value], dtype=object) for name, value in values.items()})
