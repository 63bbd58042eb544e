"""What the open layers say of a delivery before it is made: unsaved edits, who answers for it, data without reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from qgis.core import NULL, QgsVectorLayer

from novex_plugin.core.delivery.layer_metadata import check_contact
from novex_plugin.core.errors import InputError
from novex_plugin.qgis_adapter.open_proposal import HEADER

if TYPE_CHECKING:
    from novex_plugin.qgis_adapter.open_proposal import OpenProposal

DATASETS = "dataset"
FOUNDED_BY = ("naam", "plaats", "reden")
"""Fields that a dataset outside the basisset must have."""

_SOUND = {"contact_organisatie": "x", "contact_rol": "pointOfContact", "contact_email": "a@b.nl"}


def text(value: Any) -> str:
    """A value of a row as text, empty where there is none."""
    return "" if value is None or value == NULL else str(value).strip()


def header_of(proposal: OpenProposal) -> dict[str, str]:
    """The one row of the table `voorstel` as it is on the screen."""
    for row in proposal.layers[HEADER].getFeatures():
        return {field.name(): text(row[field.name()]) for field in row.fields()}
    return {}


def missing_contact(header: Mapping[str, str]) -> tuple[str, ...]:
    """The fields of the header that the metadata cannot do without and that are empty or wrong."""
    return tuple(field for field in _SOUND if contact_problem(field, header.get(field, "")))


def contact_problem(field: str, value: str) -> str:
    """What is wrong with one of those fields and what to do, in Dutch; empty when nothing is."""
    try:
        check_contact({**_SOUND, field: value.strip()}, "")
    except InputError as error:
        return f"{error.problem[:1].upper()}{error.problem[1:]} {error.remedy}"
    return ""


def unfounded(proposal: OpenProposal) -> tuple[tuple[int, str], ...]:
    """The fids and names of datasets outside the basisset of which name, place or reason is not told."""
    layer = proposal.layers.get(DATASETS)
    if layer is None:
        return ()
    return tuple(
        (row.id(), text(row["naam"]))
        for row in layer.getFeatures()
        if text(row["basisset"]) in ("", "0", "False", "false") and not all(text(row[each]) for each in FOUNDED_BY)
    )


def unsaved(proposal: OpenProposal) -> tuple[QgsVectorLayer, ...]:
    """The tables with edits that are not saved, the features first: contributions are saved with them."""
    return tuple(layer for layer in proposal.layers.values() if layer.isEditable() and layer.isModified())


def save(proposal: OpenProposal) -> str:
    """Save the edits of all tables and stay in edit mode. Gives what went wrong, empty when nothing did."""
    for layer in unsaved(proposal):
        # Contributions may have been saved with their features meanwhile.
        if layer.isModified() and not layer.commitChanges(False):
            return f"{layer.name()}: {_why(layer)}"
    return ""


def _why(layer: QgsVectorLayer) -> str:
    """Why saving failed, without the counting that QGIS does around it."""
    said = "; ".join(" ".join(each.split()) for each in layer.commitErrors())
    constraint = re.search(r"constraint failed: (?:\w+\.)?(\w+)", said)
    if constraint is not None:
        return f"in het veld {constraint[1]} staat een waarde buiten de afspraken. Verbeter die en sla opnieuw op."
    if re.search(r"(?i)locked|busy", said):
        return "een ander programma houdt het bestand vast. Sluit dat en sla opnieuw op."
    if re.search(r"(?i)readonly|read-only", said):
        return "het bestand is alleen-lezen. Geef schrijfrechten of sla het voorstel elders op."
    return f"{said[:300]} De wijzigingen staan nog open."
