"""Legend and forms laid in the database, so that everyone who adds the layers draws alike and sees conflicts."""

from __future__ import annotations

from qgis.core import (
    QgsDataSourceUri,
    QgsDefaultValue,
    QgsEditFormConfig,
    QgsEditorWidgetSetup,
    QgsVectorLayer,
)

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.proposal.database import Database, connected
from novex_plugin.core.proposal.database_roles import share_styles
from novex_plugin.core.proposal.schema import FEATURE_TABLES, proposal_layers
from novex_plugin.qgis_adapter.forms import ANYWHERE, Start, set_contribution_form, set_form
from novex_plugin.qgis_adapter.legend import renderer_for

VERSION_FIELD = "rij_versie"


def layer_of(database: Database, table: str, with_style: bool = True) -> QgsVectorLayer:
    """A table of the proposal as a layer; invalid where it cannot be read."""
    quoted = (value.replace("\\", "\\\\").replace("'", "\\'") for value in database.parameters.values())
    address = QgsDataSourceUri(
        " ".join(f"{key}='{value}'" for key, value in zip(database.parameters, quoted, strict=True))
    )
    geometry = "geom" if table in FEATURE_TABLES.values() else ""
    address.setDataSource(database.schema, table, geometry, "", "fid")
    options = QgsVectorLayer.LayerOptions(loadDefaultStyle=with_style)
    return QgsVectorLayer(address.uri(False), table, "postgres", options)


def lay_styles(database: Database, agreement: Agreement, start: Start = ANYWHERE) -> str:
    """Store the legend and the form of each table as its default style in the database.

    Gives what went wrong, empty when nothing did: without it the proposal is whole, but QGIS does not see conflicts.
    """
    for layer in proposal_layers(agreement):
        shown = layer_of(database, layer.name, with_style=False)
        if not shown.isValid():
            return f"de tabel {layer.name} is niet te openen in QGIS"
        dress_stored(shown, layer.name, agreement, start)
        if wrong := shown.saveStyleToDatabase(f"{database.schema} {layer.name}", "NOVEX Puzzel", True, ""):
            return str(wrong)
    with connected(database, writing=True) as cursor:
        share_styles(cursor, database)
    return ""


def dress_stored(layer: QgsVectorLayer, table: str, agreement: Agreement, start: Start) -> None:
    """Give a table the legend and the form that it has in a GeoPackage, and let it send its version.

    The form comes last: a copy of one, as any change makes, forgets which of its texts stand without a label.
    """
    set_version_sent(layer)
    kinds = {name: kind for kind, name in FEATURE_TABLES.items()}
    if table in kinds:
        layer.setRenderer(renderer_for(agreement, kinds[table]))
        set_form(layer, agreement, kinds[table], start)
        # The database tells the time of a change: of a user's clock it could not tell the zone.
        layer.setDefaultValueDefinition(layer.fields().indexOf("gewijzigd"), QgsDefaultValue())
    elif table == "bijdrage":
        set_contribution_form(layer, agreement)


def set_version_sent(layer: QgsVectorLayer) -> None:
    """Let every change of a row carry the version that was read, by which the database sees a conflict.

    It goes as a negative number: QGIS sends no value that is the one it read.
    """
    number = layer.fields().indexOf(VERSION_FIELD)
    layer.setDefaultValueDefinition(number, QgsDefaultValue(f'-abs(coalesce("{VERSION_FIELD}", 1))', True))
    layer.setEditorWidgetSetup(number, QgsEditorWidgetSetup("Hidden", {}))
    form: QgsEditFormConfig = layer.editFormConfig()
    form.setReadOnly(number, True)
    layer.setEditFormConfig(form)
