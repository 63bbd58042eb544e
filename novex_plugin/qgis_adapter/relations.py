"""The relation between the features of a proposal and their contributions, in the project in which both are open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from qgis.core import Qgis, QgsProject, QgsProviderRegistry, QgsRelation, QgsRelationContext, QgsVectorLayer

from novex_plugin.core.proposal.schema import FEATURE_TABLES
from novex_plugin.qgis_adapter.forms import relation_name


def relate_contributions(project: QgsProject) -> None:
    """Relate the first proposal whose tables are open; relations that the project has already stay as they are."""
    manager = project.relationManager()
    before = len(manager.relations())
    for tables in (*opened_proposals(project), *opened_databases(project)):
        contributions = tables.get("bijdrage")
        for geometry_type, table in FEATURE_TABLES.items():
            name = relation_name(geometry_type)
            if contributions is None or table not in tables or manager.relation(name).isValid():
                continue
            relation = QgsRelation(QgsRelationContext(project))
            relation.setId(name)
            relation.setName("Bijdragen")
            relation.setReferencedLayer(tables[table].id())
            relation.setReferencingLayer(contributions.id())
            relation.addFieldPair("kenmerk", "id")
            relation.setStrength(Qgis.RelationshipStrength.Composition)
            manager.addRelation(relation)
    if len(manager.relations()) > before:
        # Forms look for their relations at this signal alone.
        manager.relationsLoaded.emit()


def opened_proposals(project: QgsProject) -> tuple[dict[str, QgsVectorLayer], ...]:
    """The open tables of each GeoPackage, by name."""
    return _tables(project, "ogr", ("path",), "layerName")


def opened_databases(project: QgsProject) -> tuple[dict[str, QgsVectorLayer], ...]:
    """The open tables of each schema of a PostgreSQL database, by name."""
    return _tables(project, "postgres", ("service", "host", "port", "dbname", "schema"), "table")


def _tables(
    project: QgsProject, provider: str, place: Sequence[str], table: str
) -> tuple[dict[str, QgsVectorLayer], ...]:
    """The open tables that a provider reads, together by the parts of their source that tell where they lie."""
    found: dict[tuple[str, ...], dict[str, QgsVectorLayer]] = defaultdict(dict)
    for layer in project.mapLayers().values():
        if isinstance(layer, QgsVectorLayer) and layer.providerType() == provider:
            parts = QgsProviderRegistry.instance().decodeUri(provider, layer.source())
            found[tuple(str(parts.get(name)) for name in place)][str(parts.get(table))] = layer
    return tuple(found.values())
