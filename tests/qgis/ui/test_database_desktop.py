"""The desktop with a proposal that a team shares in PostGIS: tested while one draws, imported to, delivered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsDataSourceUri,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsProviderRegistry,
    QgsSettings,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QComboBox

from novex_plugin.core.files import write_json
from novex_plugin.core.progress import Silent
from novex_plugin.core.proposal.database import Database
from novex_plugin.core.proposal.read import Proposal
from novex_plugin.processing.database_laying import lay_in_database
from novex_plugin.qgis_adapter.database import database_named
from novex_plugin.qgis_adapter.database_styles import layer_of
from novex_plugin.qgis_adapter.open_proposal import TABLES
from novex_plugin.qgis_adapter.project_frame import LAYOUT_VERSION
from novex_plugin.qgis_adapter.project_layers import PROPOSAL, group_of
from novex_plugin.qgis_adapter.proposal_place import InDatabase, InFile
from novex_plugin.ui.deliver.dialog import create
from novex_plugin.ui.new_proposal.dialog import create as new_proposal
from novex_plugin.ui.new_proposal.existing_choice import ExistingChoice
from novex_plugin.ui.new_proposal.import_dialog import ImportLayer, import_into
from novex_plugin.ui.new_proposal.opening import LAYOUT
from novex_plugin.ui.new_proposal.proposal_health import ProposalHealth
from novex_plugin.ui.new_proposal.start_page import EXISTING, FOLDER
from novex_plugin.ui.workbench import DATABASE, Workbench
from scripts.practice.desk import Desk
from scripts.practice.postgis import PostGis, installed, serve_postgis
from tests.qgis.ui.conftest import open_tables
from tests.qgis.ui.drawing_desk import DrawingDesk
from tests.qgis.ui.new_proposals import MAPPING, Said, plan, press
from tests.qgis.ui.test_draw_variants import answer
from tests.qgis.ui.test_testing import WAIT_MS, layer_with, signs, violated_point, whole_test

pytestmark = [
    pytest.mark.skipif(not installed(), reason="PostgreSQL with PostGIS is not installed"),
    pytest.mark.usefixtures("qgis_app"),
]

SCHEMA = "oefenland"
LONG = 180_000


@pytest.fixture(scope="module")
def server() -> Iterator[PostGis]:
    with serve_postgis() as running:
        running.ask("CREATE ROLE lezer LOGIN")
        yield running


@pytest.fixture
def database(server: PostGis, oefenland: Desk) -> Iterator[Database]:
    """The practice province's proposal in a database."""
    stored = Database(
        {"host": str(server.socket), "user": server.user, "dbname": server.database}, server.database, SCHEMA
    )
    lay_in_database(oefenland.proposal, stored, Silent())
    server.ask(f"GRANT {SCHEMA}_lezen TO lezer")
    yield stored
    server.ask(f"DROP SCHEMA {SCHEMA} CASCADE")


def open_stored(database: Database) -> dict[str, QgsVectorLayer]:
    layers = {name: layer_of(database, name) for name in TABLES}
    assert all(layer.isValid() for layer in layers.values())
    QgsProject.instance().addMapLayers(list(layers.values()))
    return layers


@pytest.fixture
def bench(database: Database, oefenland: Desk, qgis_iface: Any) -> Iterator[Workbench]:
    QgsProject.instance().clear()
    open_stored(database)
    workbench = Workbench(qgis_iface)
    workbench.refresh()
    workbench.use_snapshot(oefenland.snapshot)
    workbench.use_bindings(oefenland.bindings)
    yield workbench
    for layer in QgsProject.instance().mapLayers().values():
        if isinstance(layer, QgsVectorLayer) and layer.isEditable():
            layer.rollBack()
    workbench.release()
    QgsProject.instance().clear()


def saved(bench: Workbench) -> Proposal:
    assert bench.proposal is not None
    return bench.proposal.read()


def found_of(bench: Workbench, feature: str) -> list[tuple[str, str]]:
    """The rules that a feature breaks or cannot be judged by, and what they say."""
    columns = bench.testing.standing.findings.columns
    rows = bench.testing.of_feature(feature)
    return sorted((str(columns["regel"][row]), str(columns["melding"][row])) for row in rows)


def test_a_proposal_in_a_database_is_found_and_remembered(bench: Workbench, database: Database) -> None:
    proposal = bench.proposal
    assert proposal is not None
    assert isinstance(proposal.place, InDatabase)
    assert proposal.province == "PV25"
    assert bench.variant == "basis"
    assert proposal.missing() == ()
    assert bench.state.text(DATABASE) == proposal.place.reference
    named = database_named(proposal.place.reference)
    assert (named.schema, named.parameters["dbname"]) == (SCHEMA, database.parameters["dbname"])


def test_the_test_of_a_database_finds_what_that_of_its_file_finds(
    bench: Workbench, oefenland: Desk, qtbot: Any
) -> None:
    from datetime import UTC, datetime

    from novex_plugin.core.check.run import check

    standing = whole_test(bench, qtbot)
    batch = check(
        oefenland.proposal, "basis", oefenland.snapshot, oefenland.bindings, None, datetime.now(UTC), Silent()
    )
    assert signs(standing.findings) == signs(batch.findings)


def test_edits_in_a_database_are_tested_before_and_after_saving(bench: Workbench, qtbot: Any) -> None:
    whole_test(bench, qtbot)
    feature = violated_point(bench)
    before = found_of(bench, feature)
    layer, row = layer_with(bench, feature)
    old = layer.getFeature(row).geometry()
    with qtbot.waitSignal(bench.testing.tested, timeout=WAIT_MS) as told:
        layer.changeGeometry(row, QgsGeometry.fromPointXY(QgsPointXY(10_000, 300_000)))
    assert feature in told.args[0].features
    moved = found_of(bench, feature)
    assert moved != before
    with qtbot.waitSignal(bench.saved):
        assert layer.commitChanges(), layer.commitErrors()
    whole_test(bench, qtbot)
    assert found_of(bench, feature) == moved
    layer, row = layer_with(bench, feature)
    with qtbot.waitSignal(bench.testing.tested, timeout=WAIT_MS):
        layer.changeGeometry(row, old)
    assert found_of(bench, feature) == before


def test_rows_that_go_and_come_are_counted_by_their_own_numbers(bench: Workbench, qtbot: Any) -> None:
    """QGIS numbers the rows of a database by itself."""
    assert bench.proposal is not None
    assert bench.screen is not None
    points = bench.proposal.layers["voorstel_punt"]
    whole = saved(bench).tables["voorstel_punt"].columns["id"].tolist()
    last = list(points.getFeatures())[-1]
    gone = str(last["id"])
    points.startEditing()
    new = QgsVectorLayerUtils.createFeature(
        points, last.geometry(), {points.fields().indexOf("legenda"): "windturbine"}
    )
    assert points.addFeature(new)
    assert points.deleteFeature(last.id())
    shown = bench.screen.taken()().tables["voorstel_punt"].columns["id"].tolist()
    assert sorted(shown) == sorted([*(each for each in whole if each != gone), str(new["id"])])
    taken = bench.screen.taken()
    with qtbot.waitSignal(bench.saved):
        assert points.commitChanges(), points.commitErrors()
    assert sorted(taken().tables["voorstel_punt"].columns["id"].tolist()) == sorted(shown)


def save(desk: DrawingDesk) -> None:
    for layer in desk.bench.proposal.features.values():
        if layer.isEditable():
            assert layer.commitChanges(), layer.commitErrors()
    desk.settle()
    assert not desk.messages
    assert not any(layer.isModified() for layer in desk.layers.values())


def test_what_is_drawn_in_a_database_is_undone_and_saved_again_and_again(desk: DrawingDesk) -> None:
    before = desk.digest()
    drawn = desk.drawn()
    feature = str(drawn["id"])
    desk.fill("woningen", "420")
    assert desk.amounts(feature) == {"woningen": 420.0}
    stack = desk.areas.undoStack()
    while stack.canUndo():
        stack.undo()
    assert desk.digest() == before
    while stack.canRedo():
        stack.redo()
    save(desk)
    assert saved(desk.bench).tables["bijdrage"].columns["waarde"].tolist().count(420) == 1
    found = desk.bench.proposal.feature(feature)
    assert found is not None
    layer, row = found
    assert layer.isEditable() or layer.startEditing()
    layer.selectByIds([row.id()])
    desk.settle()
    desk.fill("woningen", "430")
    save(desk)
    read = saved(desk.bench).tables["bijdrage"]
    assert read.columns["waarde"][read.columns["kenmerk"] == feature].tolist() == [430]


def test_a_variant_is_copied_in_a_database(desk: DrawingDesk) -> None:
    desk.dock.variants.copy_button.click()
    answer(desk, "Compact", "compact")
    desk.messages.clear()
    save(desk)
    read = saved(desk.bench)
    assert read.variants == ("basis", "compact")
    for rows in read.variant("basis").values():
        copies = read.variant("compact")[rows.name]
        assert sorted(rows.columns["legenda"].tolist()) == sorted(copies.columns["legenda"].tolist())


@pytest.fixture
def dialog(bench: Workbench, qtbot: Any, tmp_path: Path) -> Iterator[ImportLayer]:
    write_json(tmp_path / "afbeelding.json", MAPPING)
    made = import_into(bench, plan())
    assert made is not None
    qtbot.waitUntil(lambda: made.editor.trial is not None, timeout=WAIT_MS)
    made.editor.load(tmp_path / "afbeelding.json")
    qtbot.waitUntil(lambda: made.editor.trial is not None and made.editor.trial.fits > 0, timeout=WAIT_MS)
    yield made
    if not sip.isdeleted(made) and made.isVisible():
        made.reject()


def test_a_layer_goes_into_a_database_and_out_again(
    dialog: ImportLayer, bench: Workbench, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bench.proposal is not None
    said, areas = Said(bench), bench.proposal.layers["voorstel_vlak"]
    before = areas.featureCount()
    with qtbot.waitSignal(bench.saved, timeout=WAIT_MS):
        press(dialog._do)
    assert "Noordrand" in {str(row["naam"]) for row in areas.getFeatures()}
    said.buttons["Undo the import"]()
    assert areas.commitChanges(), areas.commitErrors()
    assert len(list(areas.getFeatures())) == before


def test_a_database_is_delivered_and_recomputed(bench: Workbench, oefenland: Desk, qtbot: Any, tmp_path: Path) -> None:
    dialog = create(bench)
    dialog.open()
    page = dialog.deliver
    qtbot.waitUntil(lambda: page.readiness.file is not None, timeout=WAIT_MS)
    assert not page.readiness.file.refused
    assert page.readiness.file.rows["voorstel_punt"] > 0
    page.handing.folder.setFilePath(str(tmp_path))
    page.deliver()
    qtbot.waitUntil(lambda: not page.busy.busy, timeout=LONG)
    assert page._making is not None
    assert page._making.verified is not None
    assert not page._making.verified.differences
    dialog.release()
    dialog.close()


def test_a_table_that_is_missed_is_opened_without_a_password_in_the_project(bench: Workbench, qtbot: Any) -> None:
    assert bench.proposal is not None
    QgsProject.instance().removeMapLayer(bench.proposal.layers["bijdrage"].id())
    qtbot.waitUntil(lambda: bench.proposal is not None and bench.proposal.missing() == ("bijdrage",))
    health = ProposalHealth(bench)
    complaint = health.complaint()
    assert complaint is not None
    assert complaint.button is not None
    complaint.button[1]()
    qtbot.waitUntil(lambda: bench.proposal is not None and not bench.proposal.missing())
    added = bench.proposal.layers["bijdrage"]
    assert added.providerType() == "postgres"
    assert "password" not in added.source()
    assert added.defaultValueDefinition(added.fields().indexOf("rij_versie")).applyOnUpdate()
    health.release()


def test_who_may_only_read_is_told_whom_to_ask(bench: Workbench, database: Database, qtbot: Any) -> None:
    QgsProject.instance().clear()
    open_stored(Database({**database.parameters, "user": "lezer"}, database.name, SCHEMA))
    qtbot.waitUntil(lambda: bench.proposal is not None)
    health = ProposalHealth(bench)
    complaint = health.complaint()
    assert complaint is not None
    assert f"{SCHEMA}_bewerken" in complaint.text
    health.release()


def test_a_database_that_is_away_is_told(bench: Workbench, qtbot: Any) -> None:
    assert bench.proposal is not None
    ids = [layer.id() for layer in bench.proposal.layers.values()]
    QgsProject.instance().removeMapLayers(ids)
    qtbot.waitUntil(lambda: bench.proposal is None)
    health = ProposalHealth(bench)
    complaint = health.complaint()
    assert complaint is not None
    assert f"schema={SCHEMA}" in complaint.text
    health.release()


def test_a_table_of_that_name_where_no_proposal_can_lie_is_told_and_stops_no_other(
    bench: Workbench, server: PostGis, database: Database, oefenland: Desk, qtbot: Any
) -> None:
    said: list[str] = []
    bench.warn = said.append  # type: ignore[method-assign]
    server.ask("CREATE TABLE public.voorstel (fid int PRIMARY KEY, afspraken text, afspraken_versie text,"
               " provincie text, titel text)")  # fmt: skip
    address = QgsDataSourceUri(layer_of(database, "voorstel").source())
    address.setDataSource("public", "voorstel", "", "", "fid")
    QgsProject.instance().clear()
    QgsProject.instance().addMapLayer(QgsVectorLayer(address.uri(False), "voorstel", "postgres"))
    qtbot.waitUntil(lambda: bool(said))
    assert "'public' kan geen naam van het schema zijn" in said[0]
    assert bench.proposal is None
    open_tables(oefenland.proposal)
    qtbot.waitUntil(lambda: bench.proposal is not None)
    assert len(said) == 1
    server.ask("DROP TABLE public.voorstel")


@pytest.fixture
def known(server: PostGis) -> Iterator[str]:
    """The server among the connections of QGIS, under a name with a space."""
    registry = QgsProviderRegistry.instance().providerMetadata("postgres")
    address = f"dbname='{server.database}' host='{server.socket}' user='{server.user}'"
    registry.saveConnection(registry.createConnection(address, {"saveUsername": True}), "Ons huis")
    yield "Ons huis"
    registry.deleteConnection("Ons huis")


def choose(box: QComboBox, data: str) -> None:
    box.setCurrentIndex(box.findData(data))


def test_a_proposal_in_a_database_is_opened_in_a_project_of_its_own(
    bench: Workbench, known: str, qtbot: Any, tmp_path: Path
) -> None:
    QgsSettings().setValue(FOLDER, str(tmp_path))
    dialog = new_proposal(bench)
    qtbot.addWidget(dialog)
    dialog.open()
    page = dialog.page
    page.choose_start(EXISTING)
    assert page.existing.connection.isVisible()
    choose(page.existing.connection, known)
    qtbot.waitUntil(lambda: "69 features" in page.existing_said.text(), timeout=WAIT_MS)
    assert page.existing.schema.currentData() == SCHEMA, "the only one is chosen"
    assert page.keep.text() == f"Save the project as {tmp_path / 'oefenland.qgz'}"
    QgsProject.instance().clear()
    press(dialog._make)
    qtbot.waitUntil(lambda: bench.proposal is not None and not dialog.isVisible(), timeout=WAIT_MS)
    assert isinstance(bench.proposal.place, InDatabase)
    assert bench.proposal.missing() == ()
    assert group_of(QgsProject.instance(), PROPOSAL) is not None
    assert QgsProject.instance().mapThemeCollection().mapThemes()
    assert all(layer.isValid() and layer.featureCount() for layer in bench.proposal.features.values())
    assert all(layer.isValid() for layer in QgsProject.instance().mapLayers().values()), "the conversation map too"
    areas = bench.proposal.layers["voorstel_vlak"]
    assert areas.renderer().type() == "categorizedSymbol"
    assert areas.defaultValueDefinition(areas.fields().indexOf("rij_versie")).applyOnUpdate()
    assert bench.state.text(LAYOUT) == LAYOUT_VERSION
    dialog.release()
    QgsSettings().remove(FOLDER)


def test_a_database_without_proposals_or_without_answer_says_so(
    bench: Workbench, known: str, server: PostGis, qtbot: Any
) -> None:
    choice = ExistingChoice()
    qtbot.addWidget(choice)
    server.ask(f"DROP SCHEMA {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA}")
    choose(choice.connection, known)
    qtbot.waitUntil(lambda: "no proposal" in choice.said.text(), timeout=WAIT_MS)
    assert choice.place is None
    registry = QgsProviderRegistry.instance().providerMetadata("postgres")
    registry.saveConnection(registry.createConnection("dbname='weg' host='/nergens'", {}), "Weg")
    choice.refresh()
    choose(choice.connection, "Weg")
    qtbot.waitUntil(lambda: "is niet bereikbaar" in choice.said.text(), timeout=WAIT_MS)
    choice.choose("/map/voorstel.gpkg")
    assert choice.place == InFile(Path("/map/voorstel.gpkg"))
    assert choice.said.text() == ""
    registry.deleteConnection("Weg")
    choice.release()
