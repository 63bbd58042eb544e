"""The workbench finds the proposal, follows the project, and hears what changes on the screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsGeometry, QgsPointXY, QgsProject, QgsVectorLayerUtils

from novex_plugin.ui.settings import Settings, read_settings
from novex_plugin.ui.workbench import Workbench
from scripts.practice.desk import Desk
from tests.qgis.ui.conftest import open_tables


def test_the_proposal_in_the_project_is_found_with_province_and_variants(bench: Workbench) -> None:
    assert bench.proposal is not None
    assert bench.proposal.province == "PV25"
    assert bench.proposal.title == "Ruimtelijk voorstel Oefenland"
    assert [code for code, _ in bench.proposal.variants()] == ["basis"]
    assert bench.proposal.missing() == ()


def test_a_removed_table_is_missed_and_found_again(bench: Workbench, qtbot: Any, oefenland: Desk) -> None:
    assert bench.proposal is not None
    gone = bench.proposal.layers["voorstel_lijn"].id()
    with qtbot.waitSignal(bench.proposal_changed), qtbot.waitSignal(bench.proposal_changed):
        QgsProject.instance().removeMapLayer(gone)
    qtbot.waitUntil(lambda: bench.proposal is not None)
    assert bench.proposal.missing() == ("voorstel_lijn",)
    QgsProject.instance().clear()
    assert bench.proposal is None
    open_tables(oefenland.proposal)
    qtbot.waitUntil(lambda: bench.proposal is not None)
    assert bench.proposal.missing() == ()


def test_edits_are_told_once_with_the_ids_of_their_features(bench: Workbench, qtbot: Any) -> None:
    assert bench.proposal is not None
    points, contributions = bench.proposal.layers["voorstel_punt"], bench.proposal.layers["bijdrage"]
    first, second = list(points.getFeatures())[:2]
    points.startEditing()
    contributions.startEditing()
    with qtbot.waitSignal(bench.edited) as told:
        points.changeGeometry(first.id(), QgsGeometry.fromPointXY(QgsPointXY(170000, 440000)))
        points.changeGeometry(first.id(), QgsGeometry.fromPointXY(QgsPointXY(170010, 440000)))
        points.deleteFeature(second.id())
        row = QgsVectorLayerUtils.createFeature(contributions)
        row["kenmerk"] = "een-ander"
        contributions.addFeature(row)
    assert told.args == [frozenset({first["id"], second["id"], "een-ander"})]
    points.rollBack()
    contributions.rollBack()


def test_saving_is_told(bench: Workbench, qtbot: Any) -> None:
    assert bench.proposal is not None
    points = bench.proposal.layers["voorstel_punt"]
    points.startEditing()
    row = next(points.getFeatures())
    points.changeAttributeValue(row.id(), points.fields().indexOf("naam"), "Anders")
    points.addFeature(QgsVectorLayerUtils.createFeature(points, row.geometry(), dict(enumerate(row.attributes()))))
    qtbot.wait(400)
    with qtbot.assertNotEmitted(bench.edited, wait=500), qtbot.waitSignal(bench.saved):
        assert points.commitChanges(), points.commitErrors()
    points.startEditing()
    with qtbot.waitSignal(bench.edited):
        points.changeAttributeValue(row.id(), points.fields().indexOf("naam"), "Weer anders")
    points.rollBack()


def test_giving_up_tells_what_is_as_it_was(bench: Workbench, qtbot: Any) -> None:
    assert bench.proposal is not None
    points = bench.proposal.layers["voorstel_punt"]
    points.startEditing()
    row = next(points.getFeatures())
    with qtbot.waitSignal(bench.edited):
        points.changeGeometry(row.id(), QgsGeometry.fromPointXY(QgsPointXY(170000, 440000)))
    with qtbot.waitSignal(bench.edited) as told:
        points.rollBack()
    assert told.args == [frozenset({row["id"]})]


def test_a_proposal_of_another_agreement_is_told_and_not_taken(bench: Workbench, qtbot: Any) -> None:
    assert bench.proposal is not None
    header, path = bench.proposal.layers["voorstel"], Path(bench.proposal.place.reference)
    header.startEditing()
    row = next(header.getFeatures())
    header.changeAttributeValue(row.id(), header.fields().indexOf("afspraken"), "geheel-anders")
    assert header.commitChanges(), header.commitErrors()
    said: list[str] = []
    bench.warn = said.append  # type: ignore[method-assign]
    QgsProject.instance().clear()
    open_tables(path)
    qtbot.waitUntil(lambda: bool(said))
    assert bench.proposal is None
    assert "geheel-anders-1.0" in said[0]
    assert "novex:migrate" in said[0]


def test_variant_snapshot_and_bindings_are_kept_in_the_project(
    bench: Workbench, oefenland: Desk, tmp_path: Any
) -> None:
    file = tmp_path / "project.qgz"
    assert QgsProject.instance().write(str(file))
    QgsProject.instance().clear()
    assert bench.snapshot is None
    assert QgsProject.instance().read(str(file))
    bench.refresh()
    assert bench.snapshot == oefenland.snapshot
    assert bench.bindings == oefenland.bindings
    assert bench.variant == "basis"


def test_settings_are_kept_and_a_strange_value_counts_as_not_set(bench: Workbench, qtbot: Any) -> None:
    from qgis.core import QgsSettings

    before = read_settings()
    with qtbot.waitSignal(bench.settings_changed):
        bench.change_settings(Settings(province="PV31", timeout_s=7, live=False))
    assert read_settings() == Settings(province="PV31", timeout_s=7, live=False)
    QgsSettings().setValue("novex/timeout_s", "veel")
    assert read_settings().timeout_s == Settings().timeout_s
    bench.change_settings(before)


def test_a_contribution_that_goes_to_another_feature_tells_both(bench: Workbench, qtbot: Any) -> None:
    assert bench.proposal is not None
    contributions = bench.proposal.layers["bijdrage"]
    row = next(contributions.getFeatures())
    contributions.startEditing()
    place = contributions.fields().indexOf("waarde")
    with qtbot.waitSignal(bench.edited):
        contributions.changeAttributeValue(row.id(), place, 1.0)
    with qtbot.waitSignal(bench.edited) as told:
        contributions.changeAttributeValue(row.id(), contributions.fields().indexOf("kenmerk"), "een-ander")
    assert told.args == [frozenset({row["kenmerk"], "een-ander"})]
    contributions.rollBack()
