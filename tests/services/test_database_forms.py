"""A proposal in PostGIS opens with the forms of the agreement, and what is filled in there is saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsAttributeEditorElement,
    QgsDataSourceUri,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsProviderRegistry,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)
from qgis.PyQt.QtCore import NULL

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.progress import Silent
from novex_plugin.core.proposal.create import create_proposal
from novex_plugin.core.proposal.database import Database
from novex_plugin.core.proposal.schema import FEATURE_TABLES, feature_columns
from novex_plugin.processing.database_laying import lay_in_database
from novex_plugin.qgis_adapter.database_styles import VERSION_FIELD, layer_of
from novex_plugin.qgis_adapter.editing_together import EditingTogether
from novex_plugin.qgis_adapter.forms import relation_name
from novex_plugin.qgis_adapter.relations import relate_contributions
from scripts.practice.postgis import PostGis, installed, serve_postgis

pytestmark = [
    pytest.mark.skipif(not installed(), reason="PostgreSQL with PostGIS is not installed"),
    pytest.mark.usefixtures("qgis_app"),
]

AGREEMENT = read_agreement()
SQUARE = "MULTIPOLYGON(((190000 360000,190100 360000,190100 360100,190000 360100,190000 360000)))"
WIDGETS = {
    "legenda": "ValueMap",
    "rol": "ValueMap",
    "programma": "ValueMap",
    "start_jaar": "ValueMap",
    "horizon": "ValueMap",
    "variant": "UniqueValues",
    "toelichting": "TextEdit",
    "id": "Hidden",
    VERSION_FIELD: "Hidden",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostGis]:
    """A server with a proposal in the schema `limburg`."""
    source = tmp_path_factory.mktemp("voorstel") / "voorstel.gpkg"
    create_proposal(source, "PV31", "basis", AGREEMENT, datetime(2026, 11, 20, 8, tzinfo=UTC))
    with serve_postgis() as running:
        running.ask("CREATE ROLE tekenaar LOGIN")
        lay_in_database(source, _database(running, "novex"), Silent(), AGREEMENT)
        running.ask("GRANT limburg_bewerken TO tekenaar")
        yield running


def _database(server: PostGis, user: str) -> Database:
    return Database({"host": str(server.socket), "user": user, "dbname": server.database}, "oefenland", "limburg")


@pytest.fixture(scope="module")
def connection(server: PostGis) -> Iterator[Any]:
    """The database as somebody who may edit has it among the connections of QGIS."""
    registry = QgsProviderRegistry.instance().providerMetadata("postgres")
    address = f"dbname='{server.database}' host='{server.socket}' user='tekenaar'"
    registry.saveConnection(registry.createConnection(address, {"saveUsername": True}), "Samen tekenen")
    yield registry.createConnection("Samen tekenen")
    registry.deleteConnection("Samen tekenen")


@pytest.fixture
def opened(connection: Any) -> Iterator[Callable[[str], QgsVectorLayer]]:
    """Opens a table in the project as the browser of QGIS does: from the connection, without a word about styles."""

    def open_table(table: str) -> QgsVectorLayer:
        found = connection.table("limburg", table)
        address = QgsDataSourceUri(connection.uri())
        address.setDataSource("limburg", table, found.geometryColumn(), "", found.primaryKeyColumns()[0])
        layer = QgsVectorLayer(address.uri(False), table, "postgres")
        assert layer.isValid()
        QgsProject.instance().addMapLayer(layer)
        return layer

    yield open_table
    for layer in QgsProject.instance().mapLayers().values():
        layer.rollBack()
    QgsProject.instance().clear()


def drawn(layer: QgsVectorLayer, **values: object) -> QgsFeature:
    numbers = {layer.fields().indexOf(field): value for field, value in values.items()}
    feature = QgsVectorLayerUtils.createFeature(layer, QgsGeometry.fromWkt(SQUARE), numbers)
    assert layer.addFeature(feature)
    return feature


@pytest.mark.parametrize("geometry_type", FEATURE_TABLES)
def test_a_table_opens_from_its_connection_with_legend_and_form(
    opened: Callable[[str], QgsVectorLayer], geometry_type: str
) -> None:
    layer = opened(FEATURE_TABLES[geometry_type])
    assert layer.renderer().type() == "categorizedSymbol"
    fields = layer.fields()
    assert {name: layer.editorWidgetSetup(fields.indexOf(name)).type() for name in WIDGETS} == WIDGETS
    offered = layer.editorWidgetSetup(fields.indexOf("legenda")).config()["map"]
    codes = {code for row in offered for code in row.values()}
    assert {unit.code for unit in AGREEMENT.drawn_as(geometry_type)} < codes
    for column in feature_columns(AGREEMENT, geometry_type):
        assert fields.at(fields.indexOf(column.name)).alias() == (column.title or column.name)
    assert [tab.name() for tab in layer.editFormConfig().tabs()][:3] == ["Wat", "Waar en wanneer", "Toelichting"]
    hint = QgsAttributeEditorElement.AttributeEditorType.AeTypeTextElement
    (hinted,) = layer.editFormConfig().tabs()[0].findElements(hint)
    assert not hinted.showLabel()
    assert layer.displayExpression().startswith("coalesce")
    number = fields.indexOf(VERSION_FIELD)
    assert layer.defaultValueDefinition(number).applyOnUpdate(), "conflicts are still seen"
    assert layer.editFormConfig().readOnly(number)


def test_a_feature_with_its_defaults_is_saved(server: PostGis, opened: Callable[[str], QgsVectorLayer]) -> None:
    layer = opened("voorstel_vlak")
    assert layer.startEditing()
    feature = drawn(layer, legenda="woningbouw", naam="Maaspark")
    assert (feature["variant"], feature["provincie"], feature["rol"]) == ("basis", "PV31", "nieuw")
    assert feature["programma"] == "woningbouw"
    assert len(feature["id"]) == 36
    assert layer.commitChanges(), layer.commitErrors()
    asked = "SELECT id, variant, rij_versie, abs(extract(epoch FROM now() - gewijzigd)) < 60 FROM limburg.voorstel_vlak"
    assert server.ask(f"{asked} WHERE naam = 'Maaspark'") == [[feature["id"], "basis", "1", "t"]]


def test_a_change_sends_the_version_and_the_database_tells_the_time(
    server: PostGis, opened: Callable[[str], QgsVectorLayer]
) -> None:
    layer = opened("voorstel_vlak")
    layer.startEditing()
    drawn(layer, legenda="woningbouw", naam="Later")
    assert layer.commitChanges(False), layer.commitErrors()
    asked = "SELECT rij_versie, extract(epoch FROM gewijzigd) FROM limburg.voorstel_vlak WHERE naam = 'Later'"
    ((_, before),) = server.ask(asked)
    (row,) = layer.getFeatures("naam = 'Later'")
    layer.changeAttributeValue(row.id(), layer.fields().indexOf("rol"), "zoekgebied")
    changed = layer.getFeature(row.id())
    assert (changed[VERSION_FIELD], changed["programma"]) == (-1, "woningbouw")
    server.ask("UPDATE limburg.voorstel_vlak SET toelichting = 'tussendoor' WHERE naam = 'Later'")
    assert not layer.commitChanges(False)
    assert "intussen door een ander gewijzigd" in "".join(layer.commitErrors())
    layer.rollBack()
    layer.startEditing()
    layer.changeAttributeValue(row.id(), layer.fields().indexOf("rol"), "zoekgebied")
    assert layer.commitChanges(), layer.commitErrors()
    ((version, after),) = server.ask(asked)
    assert version == "3"
    assert float(after) > float(before)


def test_a_new_feature_lacks_its_legend_unit_alone(opened: Callable[[str], QgsVectorLayer]) -> None:
    layer = opened("voorstel_vlak")
    layer.startEditing()
    feature = QgsVectorLayerUtils.createFeature(layer, QgsGeometry.fromWkt(SQUARE))
    assert list(_refused(layer, feature)) == ["legenda"]
    feature["legenda"] = "woningbouw"
    assert list(_refused(layer, feature)) == []
    feature["start_jaar"], feature["eind_jaar"] = 2040, 2030
    assert list(_refused(layer, feature)) == ["eind_jaar"]


def _refused(layer: QgsVectorLayer, feature: QgsFeature) -> Iterator[str]:
    for number, field in enumerate(layer.fields()):
        if field.name() != "fid" and not QgsVectorLayerUtils.validateAttribute(layer, feature, number)[0]:
            yield field.name()


def test_contributions_stand_in_the_form_and_are_saved_with_their_feature(
    server: PostGis, opened: Callable[[str], QgsVectorLayer]
) -> None:
    tables = {name: opened(name) for name in (*FEATURE_TABLES.values(), "bijdrage")}
    areas, contributions = tables["voorstel_vlak"], tables["bijdrage"]
    told: list[str] = []
    together = EditingTogether(QgsProject.instance(), told.append)
    together.watch_proposals()
    relate_contributions(QgsProject.instance())
    try:
        relation = QgsProject.instance().relationManager().relation(relation_name("vlak"))
        assert relation.isValid(), relation.validationError()
        assert areas.startEditing()
        assert contributions.isEditable()
        feature = drawn(areas, legenda="woningbouw", naam="Met woningen")
        given = {"kenmerk": feature["id"], "indicator": "woningen", "waarde": 420.0}
        numbers = {contributions.fields().indexOf(field): value for field, value in given.items()}
        row = QgsVectorLayerUtils.createFeature(contributions, QgsGeometry(), numbers)
        assert row["eenheid"] == "woningen"
        assert contributions.addFeature(row)
        context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(areas))
        context.setFeature(feature)
        shown = areas.editFormConfig().tabs()[-1].visibilityExpression().data()
        assert QgsExpression(shown).evaluate(context) not in (None, NULL, False)
        assert areas.commitChanges(), areas.commitErrors()
    finally:
        together.release()
    assert told == []
    asked = "SELECT b.waarde, b.eenheid FROM limburg.bijdrage b JOIN limburg.voorstel_vlak v ON b.kenmerk = v.id::text"
    assert server.ask(f"{asked} WHERE v.naam = 'Met woningen'") == [["420", "woningen"]]


def test_who_cannot_lay_styles_is_told_and_the_proposal_is_there(server: PostGis, tmp_path: Path) -> None:
    source = tmp_path / "voorstel.gpkg"
    create_proposal(source, "PV31", "basis", AGREEMENT, datetime(2026, 11, 20, 8, tzinfo=UTC))
    server.ask("CREATE ROLE gast LOGIN; CREATE SCHEMA gastvrij AUTHORIZATION gast")
    guest = Database({"host": str(server.socket), "user": "gast", "dbname": server.database}, "oefenland", "gastvrij")
    told: list[str] = []

    class Hearing(Silent):
        def warning(self, message: str) -> None:
            told.append(message)

    lay_in_database(source, guest, Hearing(), AGREEMENT)
    assert any("ziet zonder haar geen conflicten" in message for message in told), told
    assert layer_of(guest, "voorstel_vlak").isValid()
