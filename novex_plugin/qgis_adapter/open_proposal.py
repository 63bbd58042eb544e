"""The proposal that is open in a project: its tables as layers, and where they lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qgis.core import QgsFeature, QgsProject, QgsVectorLayer

from novex_plugin.core.errors import InputError
from novex_plugin.core.proposal.schema import FEATURE_TABLES
from novex_plugin.qgis_adapter.proposal_place import Place, place_of
from novex_plugin.qgis_adapter.relations import opened_databases, opened_proposals

if TYPE_CHECKING:
    from novex_plugin.core.agreement import Agreement
    from novex_plugin.core.proposal.read import Proposal

HEADER = "voorstel"
_HEADER_FIELDS = ("afspraken", "afspraken_versie", "provincie", "titel")
TABLES = (*FEATURE_TABLES.values(), HEADER, "variant", "bijdrage", "verklaring", "dataset", "motivering", "logboek")


@dataclass(frozen=True)
class OpenProposal:
    """A proposal in a GeoPackage or a database; `layers` are its tables that are open, by name. A layer that the user
    takes out of the project is deleted by QGIS: whoever keeps this hears of that from the project."""

    place: Place
    layers: Mapping[str, QgsVectorLayer]
    agreement: Agreement
    province: str
    """The code of the province."""

    @property
    def features(self) -> dict[str, QgsVectorLayer]:
        """The layers to draw in, by table."""
        return {name: self.layers[name] for name in FEATURE_TABLES.values() if name in self.layers}

    @property
    def title(self) -> str:
        return self._header("titel")

    def variants(self) -> tuple[tuple[str, str], ...]:
        """Codes and names of the variants, in the order of their codes; none while their table is not open."""
        rows = self.layers["variant"].getFeatures() if "variant" in self.layers else ()
        return tuple(sorted((str(row["id"]), str(row["naam"] or row["id"])) for row in rows if row["id"]))

    def missing(self) -> tuple[str, ...]:
        """The tables that are not open."""
        return tuple(name for name in TABLES if name not in self.layers)

    def read(self) -> Proposal:
        """The proposal as it is saved. For workers: it touches no layer. Raises InputError."""
        return self.place.read(self.agreement)

    def feature(self, identifier: str) -> tuple[QgsVectorLayer, QgsFeature] | None:
        """The layer and the row of a feature as it is on the screen, by its id; None when it is not there."""
        from qgis.core import QgsExpression, QgsFeatureRequest

        wanted = f'"id" = {QgsExpression.quotedValue(identifier)}'
        for layer in self.features.values():
            for row in layer.getFeatures(QgsFeatureRequest().setFilterExpression(wanted)):
                return layer, row
        return None

    def _header(self, field: str) -> str:
        for row in self.layers[HEADER].getFeatures():
            return str(row[field] or "")
        return ""


def find_proposal(project: QgsProject, wanted: str = "") -> tuple[Place, dict[str, QgsVectorLayer]] | None:
    """The tables of the proposal that is open in a project, the wanted one (by its reference) first; None when there
    is none. Raises InputError when the only one lies where the plugin cannot read it."""
    found: dict[str, tuple[Place, dict[str, QgsVectorLayer]]] = {}
    refused: InputError | None = None
    for tables in (*opened_proposals(project), *opened_databases(project)):
        if HEADER not in tables or not _is_header(tables[HEADER]):
            continue
        try:
            place = place_of(tables[HEADER])
        except InputError as error:
            refused = error
            continue
        opened = {name: tables[name] for name in TABLES if name in tables and tables[name].isValid()}
        found[place.reference] = place, opened
    if refused is not None and not found:
        raise refused
    return found.get(wanted) or next(iter(found.values()), None)


def _is_header(layer: QgsVectorLayer) -> bool:
    """Whether a table of this name is that of a proposal: others may have one too."""
    return layer.isValid() and set(_HEADER_FIELDS) <= set(layer.fields().names())
