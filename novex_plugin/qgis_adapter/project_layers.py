"""The layers of a proposal in a project: styled and with their forms from the agreement, in groups that stay."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import QgsLayerTreeGroup, QgsProject, QgsVectorLayer

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.proposal.schema import FEATURE_TABLES, proposal_layers
from novex_plugin.qgis_adapter.database_styles import dress_stored
from novex_plugin.qgis_adapter.forms import Start, set_contribution_form, set_form
from novex_plugin.qgis_adapter.legend import renderer_for
from novex_plugin.qgis_adapter.proposal_place import Place

PROPOSAL, TABLES, BASISSET, GROUND = "Voorstel", "Tabellen", "Basisset", "Ondergrond"
GROUPS = (PROPOSAL, TABLES, BASISSET, GROUND)
"""From the top of the layer tree to the bottom."""

_TOP_DOWN = ("punt", "lijn", "vlak")
_ROLE = "novex/role"
"""A property of a group in the tree, so that it is known again under another name."""


def open_tables(place: Place, agreement: Agreement, start: Start) -> dict[str, QgsVectorLayer]:
    """All tables of a proposal as layers, by name, with legend and forms of the agreement.

    Styles that lie there are not read: they may come from anywhere. Raises InputError for a table that is missing.
    """
    options = QgsVectorLayer.LayerOptions(loadDefaultStyle=False)
    layers = {}
    for table in proposal_layers(agreement):
        source, provider = place.source(table.name)
        layer = QgsVectorLayer(source, table.title or table.name, provider, options)
        if not layer.isValid():
            problem = "deze tabel ontbreekt of is niet te openen."
            raise InputError(problem, "Neem een reservekopie.", place.label, table.name)
        for column in table.columns:
            if column.title:
                layer.setFieldAlias(layer.fields().indexOf(column.name), column.title)
        layers[table.name] = layer
    dress(layers, agreement, start)
    return layers


def dress(layers: Mapping[str, QgsVectorLayer], agreement: Agreement, start: Start) -> None:
    """Give the tables of a proposal the legend and the forms of the agreement."""
    kinds = {table: kind for kind, table in FEATURE_TABLES.items()}
    for table, layer in layers.items():
        if layer.providerType() == "postgres":
            dress_stored(layer, table, agreement, start)
        elif table in kinds:
            layer.setRenderer(renderer_for(agreement, kinds[table]))
            set_form(layer, agreement, kinds[table], start)
        elif table == "bijdrage":
            set_contribution_form(layer, agreement)


def add_in_groups(project: QgsProject, layers: Mapping[str, QgsVectorLayer]) -> None:
    """Add the tables to a project: points on lines on areas in one group, what has no geometry in another, folded."""
    made = {title: _group(project, title) for title in GROUPS}
    known = project.mapLayers()
    layers = {name: layer for name, layer in layers.items() if layer.id() not in known}
    # At once, so that who waits for a proposal finds it whole.
    if len(project.addMapLayers(list(layers.values()), False)) != len(layers):
        raise ValueError("QGIS did not take all tables of the proposal")
    features = [FEATURE_TABLES[kind] for kind in _TOP_DOWN]
    for name in (*features, *(name for name in layers if name not in features)):
        if name in layers:
            place = made[PROPOSAL] if name in features else made[TABLES]
            place.addLayer(layers[name]).setExpanded(False)
    made[TABLES].setExpanded(False)


def group_of(project: QgsProject, title: str) -> QgsLayerTreeGroup | None:
    """One of our groups, whatever the user calls it now; None when it is not there."""
    return _known(project.layerTreeRoot(), title)


def _group(project: QgsProject, title: str) -> QgsLayerTreeGroup:
    """One of our groups at the top of the tree, made in its place where it is not there."""
    root = project.layerTreeRoot()
    found = _known(root, title)
    if found is not None:
        return found
    # A named file has the user's own layers between ours: ours keep their order among themselves.
    after = [_known(root, each) for each in GROUPS[: GROUPS.index(title)]]
    places = [root.children().index(each) for each in after if each is not None and each.parent() == root]
    group = root.insertGroup(max(places) + 1 if places else 0, title)
    group.setCustomProperty(_ROLE, title)
    return group


def _known(parent: QgsLayerTreeGroup, role: str) -> QgsLayerTreeGroup | None:
    groups = parent.findGroups(True)
    marked = (each for each in groups if each.customProperty(_ROLE) == role)
    named = (each for each in groups if each.name() == role and not each.customProperty(_ROLE))
    return next(marked, None) or next(named, None)
