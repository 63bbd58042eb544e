"""A proposal opens with its legend and with forms that know the agreement, on its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from qgis.core import (
    QgsAttributeEditorElement,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsFieldConstraints,
    QgsGeometry,
    QgsProject,
    QgsValueMapFieldFormatter,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.proposal.create import create_proposal
from novex_plugin.core.proposal.read import read_proposal
from novex_plugin.core.proposal.schema import FEATURE_TABLES, feature_columns
from novex_plugin.qgis_adapter.forms import Start, relation_name
from novex_plugin.qgis_adapter.relations import relate_contributions
from novex_plugin.qgis_adapter.stored_styles import store_styles

AGREEMENT = read_agreement()
MOMENT = "2026-11-20T08:00:00.000Z"
Check = QgsFieldConstraints.Constraint
NOTHING = QgsValueMapFieldFormatter.NULL_VALUE

pytestmark = pytest.mark.usefixtures("qgis_app")


@pytest.fixture(scope="module")
def proposal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("forms") / "voorstel.gpkg"

    def dress(path: Path, province: str) -> None:
        store_styles(path, AGREEMENT, MOMENT, Start(province, "basis"))

    create_proposal(target, "Utrecht", "basis", AGREEMENT, datetime(2026, 11, 20, 8, tzinfo=UTC), dress=dress)
    return target


def fresh(proposal: Path, table: str) -> QgsVectorLayer:
    """The table as QGIS opens it: without a word about styles."""
    layer = QgsVectorLayer(f"{proposal}|layername={table}", table, "ogr")
    assert layer.isValid()
    return layer


def opened(proposal: Path, table: str) -> QgsVectorLayer:
    """The same for tests that leave it as it is: opened once, for a legend takes a while to read."""
    if table not in _OPEN:
        _OPEN[table] = fresh(proposal, table)
    return _OPEN[table]


_OPEN: dict[str, QgsVectorLayer] = {}


@pytest.fixture(scope="module", autouse=True)
def closed_at_the_end() -> Iterator[None]:
    yield
    _OPEN.clear()


def labels(layer: QgsVectorLayer, field: str) -> dict[str, str]:
    """The list of a field: code to label."""
    setup = layer.editorWidgetSetup(layer.fields().indexOf(field))
    assert setup.type() == "ValueMap", field
    return {code: label for row in setup.config()["map"] for label, code in row.items()}


@pytest.mark.parametrize("geometry_type", FEATURE_TABLES)
def test_a_proposal_opens_with_legend_and_lists_of_its_geometry(proposal: Path, geometry_type: str) -> None:
    layer = opened(proposal, FEATURE_TABLES[geometry_type])
    assert layer.renderer().type() == "categorizedSymbol"
    units = AGREEMENT.drawn_as(geometry_type)
    offered = labels(layer, "legenda")
    assert offered.pop(NOTHING) == "(kies)"
    assert offered == {unit.code: unit.label.nl for unit in units}
    assert list(offered.values()) == sorted(offered.values(), key=str.casefold), "found by name"
    assert labels(layer, "rol") == {code.code: code.label.nl for code in AGREEMENT.code_lists["rol"]}
    assert "(geen)" in labels(layer, "horizon").values()
    areas = set(labels(layer, "novex_gebied"))
    assert "novex-utrecht-amersfoort" in areas
    assert "novex-groningen" not in areas, "lies in another province"
    for column in feature_columns(AGREEMENT, geometry_type):
        field = layer.fields().at(layer.fields().indexOf(column.name))
        assert field.alias() == column.title or column.name == field.alias()
        assert bool(field.constraints().constraints() & Check.ConstraintNotNull) == column.required, column.name


def test_a_new_feature_starts_with_what_is_known(proposal: Path) -> None:
    layer = opened(proposal, "voorstel_vlak")
    layer.startEditing()
    first, second = (
        QgsVectorLayerUtils.createFeature(layer, QgsGeometry.fromWkt("MULTIPOLYGON(((0 0,1 0,1 1,0 0)))"))
        for _ in range(2)
    )
    assert (first["provincie"], first["variant"], first["rol"], first["precisie"]) == (
        "PV26",
        "basis",
        "nieuw",
        "indicatief",
    )
    assert first["id"] != second["id"]
    assert len(first["id"]) == 36
    assert first["gewijzigd"].isValid()
    assert (first["toelichting"], first["trede_reden"]) == ("", ""), "a box of several lines would say NULL"
    layer.rollBack()


def test_the_programme_follows_the_unit_until_somebody_chooses_another(proposal: Path) -> None:
    layer = opened(proposal, "voorstel_vlak")
    place = layer.fields().indexOf("programma")
    assert layer.defaultValueDefinition(place).applyOnUpdate()
    row = QgsFeature(layer.fields())
    row.setValid(True)
    for unit in AGREEMENT.drawn_as("vlak"):
        row["legenda"] = unit.code
        assert layer.defaultValue(place, row) == unit.programme
    row["programma"] = "provinciaal"
    assert layer.defaultValue(place, row) == "provinciaal"
    drawing = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    drawing.appendScope(QgsExpressionContextUtils.formScope(row, "AddFeatureMode"))
    assert layer.defaultValue(place, row, drawing) == AGREEMENT.drawn_as("vlak")[-1].programme


def test_years_and_steps_are_chosen_from_lists_that_can_be_left_open(proposal: Path) -> None:
    layer = opened(proposal, "voorstel_lijn")
    for field in ("start_jaar", "eind_jaar"):
        years = labels(layer, field)
        assert years.pop(NOTHING) == "(onbekend)"
        assert (min(years), max(years), len(years)) == ("2020", "2100", 81)
    assert labels(layer, "trede")[NOTHING] == "(geen)"


def holds(layer: QgsVectorLayer, field: str, **values: object) -> bool:
    """Whether the check of a field passes for a feature with these values."""
    feature = QgsFeature(layer.fields())
    feature.setValid(True)
    for name, value in values.items():
        feature[name] = value
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(feature)
    check = QgsExpression(layer.constraintExpression(layer.fields().indexOf(field)))
    result = check.evaluate(context)
    assert not check.hasEvalError(), check.evalErrorString()
    return bool(result)


def test_years_are_held_to_their_range_and_order(proposal: Path) -> None:
    layer = opened(proposal, "voorstel_lijn")
    assert holds(layer, "start_jaar")
    assert holds(layer, "start_jaar", start_jaar=2020)
    assert not holds(layer, "start_jaar", start_jaar=2019)
    assert not holds(layer, "eind_jaar", eind_jaar=2101)
    assert holds(layer, "eind_jaar", start_jaar=2030, eind_jaar=2030)
    assert not holds(layer, "eind_jaar", start_jaar=2035, eind_jaar=2030)


def test_what_a_legend_unit_requires_is_asked_of_it_alone(proposal: Path) -> None:
    layer = opened(proposal, "voorstel_vlak")
    always = {column.name for column in feature_columns(AGREEMENT, "vlak") if column.required}
    units = AGREEMENT.drawn_as("vlak")
    asking = [(unit.code, field) for unit in units for field in unit.required if field not in always]
    assert asking, "no unit requires more than all do: this test tests nothing"
    for unit, field in asking:
        other = next(each.code for each in units if field not in each.required)
        assert not holds(layer, field, legenda=unit), (unit, field)
        assert holds(layer, field, legenda=other), (other, field)


def test_the_form_groups_what_people_fill_in_and_hides_the_rest(proposal: Path) -> None:
    layer = opened(proposal, "voorstel_punt")
    tabs = layer.editFormConfig().tabs()
    assert [tab.name() for tab in tabs] == ["Wat", "Waar en wanneer", "Toelichting", "Bijdragen"]
    kind = QgsAttributeEditorElement.AttributeEditorType.AeTypeField
    shown = [each.name() for tab in tabs for each in tab.findElements(kind)]
    columns = {column.name for column in feature_columns(AGREEMENT, "punt")}
    assert len(shown) == len(set(shown))
    assert set(shown) == columns - {"id", "gewijzigd"}


def test_contributions_take_the_unit_of_their_indicator(proposal: Path) -> None:
    table = opened(proposal, "bijdrage")
    assert set(labels(table, "eenheid")) == {NOTHING, *AGREEMENT.codes("eenheid")}
    place = table.fields().indexOf("eenheid")
    assert table.editFormConfig().readOnly(place)
    assert table.defaultValueDefinition(place).applyOnUpdate()
    for indicator in AGREEMENT.indicators:
        row = QgsFeature(table.fields())
        row.setValid(True)
        row["indicator"] = indicator.id
        assert table.defaultValue(place, row) == indicator.unit
        assert indicator.label.nl in labels(table, "indicator")[indicator.id]


def test_contributions_show_in_the_form_once_their_table_is_open_too(proposal: Path) -> None:
    project = QgsProject.instance()
    features = fresh(proposal, "voorstel_vlak")
    shown = features.editFormConfig().tabs()[-1].visibilityExpression().data()
    scopes = QgsExpressionContextUtils.globalProjectLayerScopes(features)
    context = QgsExpressionContext(scopes)
    feature = QgsVectorLayerUtils.createFeature(features)
    context.setFeature(feature)
    project.addMapLayer(features)
    relate_contributions(project)
    try:
        assert not QgsExpression(shown).evaluate(context)
        contributions = fresh(proposal, "bijdrage")
        project.addMapLayer(contributions)
        relate_contributions(project)
        relate_contributions(project)
        relation = project.relationManager().relation(relation_name("vlak"))
        assert relation.isValid(), relation.validationError()
        assert len(project.relationManager().relations()) == 1
        assert QgsExpression(shown).evaluate(context)
        row = QgsFeature(contributions.fields())
        row["indicator"], row["waarde"] = "woningen", 12.5
        named = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(contributions))
        named.setFeature(row)
        said = QgsExpression(contributions.displayExpression()).evaluate(named)
        assert said == "Woningen (woningen): 12,5"
    finally:
        project.clear()


def test_styles_are_a_table_that_geopackages_know_and_reading_passes_over(proposal: Path) -> None:
    with closing(sqlite3.connect(proposal)) as connection:
        rows = connection.execute("SELECT f_table_name, useAsDefault FROM layer_styles ORDER BY 1").fetchall()
        listed = connection.execute("SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'").fetchone()
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert rows == [(name, 1) for name in ("bijdrage", "voorstel_lijn", "voorstel_punt", "voorstel_vlak")]
    assert listed == ("attributes",)
    assert proposal.stat().st_size < 6_000_000
    assert read_proposal(proposal, AGREEMENT) is not None
