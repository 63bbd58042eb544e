"""The whole is tested when asked, and what changes while one draws; the balance follows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from qgis.core import QgsGeometry, QgsPointXY, QgsVectorLayer

from novex_plugin.core.check.balance import balance
from novex_plugin.core.check.run import check
from novex_plugin.core.progress import Silent
from novex_plugin.core.rules.model import OVERTREEDT
from novex_plugin.ui.workbench import Workbench
from scripts.practice.desk import Desk

WAIT_MS = 60_000


def whole_test(bench: Workbench, qtbot: Any) -> Any:
    with qtbot.waitSignal(bench.testing.changed, timeout=WAIT_MS):
        bench.testing.test_all()
    assert not bench.testing.refused
    qtbot.waitUntil(lambda: bench.testing._part is None, timeout=WAIT_MS)
    return bench.testing.standing


def signs(findings: Any) -> list[tuple[str, str, str]]:
    columns = findings.columns
    return sorted(zip(*(columns[name].astype(str).tolist() for name in ("id", "uitkomst", "melding")), strict=True))


def layer_with(bench: Workbench, feature: str) -> tuple[QgsVectorLayer, int]:
    assert bench.proposal is not None
    found = bench.proposal.feature(feature)
    assert found is not None
    layer, row = found
    layer.startEditing()
    return layer, row.id()


def violated_point(bench: Workbench) -> str:
    """A point that breaks a rule by where it lies: what was measured is a distance or an area."""
    findings = bench.testing.standing.findings.columns
    told = zip(*(findings[name] for name in ("tabel", "kenmerk", "uitkomst", "eenheid")), strict=True)
    for table, feature, outcome, unit in told:
        if table == "voorstel_punt" and outcome == OVERTREEDT and unit in ("m", "ha"):
            return str(feature)
    raise AssertionError("the practice plan has a point in a wrong place")


@pytest.fixture
def standing(bench: Workbench, qtbot: Any) -> Any:
    return whole_test(bench, qtbot)


def test_the_whole_gives_what_the_batch_check_gives(standing: Any, oefenland: Desk) -> None:
    batch = check(
        oefenland.proposal, "basis", oefenland.snapshot, oefenland.bindings, None, datetime.now(UTC), Silent()
    )
    assert signs(standing.findings) == signs(batch.findings)
    assert [each.outcome for each in standing.outcomes] == [each.outcome for each in batch.outcomes]
    assert len(standing.findings) > 50


def test_an_edit_is_tested_at_once_and_undone_brings_back_what_stood(
    bench: Workbench, standing: Any, qtbot: Any
) -> None:
    before = signs(standing.findings)
    feature = violated_point(bench)
    layer, row = layer_with(bench, feature)
    layer.beginEditCommand("Verplaatsen")
    with qtbot.waitSignal(bench.testing.tested, timeout=WAIT_MS) as told:
        layer.changeGeometry(row, QgsGeometry.fromPointXY(QgsPointXY(10_000, 300_000)))
        layer.endEditCommand()
    assert feature in told.args[0].features
    assert signs(bench.testing.standing.findings) != before
    with qtbot.waitSignal(bench.testing.tested, timeout=WAIT_MS):
        layer.undoStack().undo()
    assert signs(bench.testing.standing.findings) == before
    outcomes = {each.rule.id: each.outcome for each in standing.outcomes}
    assert {each.rule.id: each.outcome for each in bench.testing.standing.outcomes} == outcomes
    layer.rollBack()


def test_live_off_tests_nothing(bench: Workbench, standing: Any, qtbot: Any) -> None:
    with qtbot.waitSignal(bench.testing.live_changed):
        bench.testing.set_live(False)
    layer, row = layer_with(bench, violated_point(bench))
    with qtbot.waitSignal(bench.edited), qtbot.assertNotEmitted(bench.testing.tested, wait=400):
        layer.changeGeometry(row, QgsGeometry.fromPointXY(QgsPointXY(10_000, 300_000)))
    layer.rollBack()


def test_a_feature_that_is_taken_away_takes_its_findings_along(bench: Workbench, standing: Any, qtbot: Any) -> None:
    feature = violated_point(bench)
    assert bench.testing.of_feature(feature)
    layer, row = layer_with(bench, feature)
    with qtbot.waitSignal(bench.testing.tested, timeout=WAIT_MS):
        layer.deleteFeature(row)
    assert not bench.testing.of_feature(feature)
    layer.rollBack()


def test_a_test_that_is_cancelled_leaves_what_stood(bench: Workbench, standing: Any, qtbot: Any) -> None:
    with qtbot.waitSignals([bench.testing.busy_changed, bench.testing.busy_changed], timeout=WAIT_MS):
        bench.testing.test_all()
        bench.testing.cancel()
    assert bench.testing.standing is standing


def test_a_snapshot_that_is_gone_is_told(bench: Workbench, qtbot: Any, oefenland: Desk) -> None:
    said: list[str] = []
    bench.warn = said.append  # type: ignore[method-assign]
    (oefenland.snapshot / "manifest.json").unlink()
    with qtbot.waitSignal(bench.testing.changed, timeout=WAIT_MS):
        bench.testing.test_all()
    assert "manifest.json" in bench.testing.refused
    assert said == [bench.testing.refused]


def test_the_balance_is_that_of_the_batch_and_follows_an_unsaved_contribution(
    bench: Workbench, qtbot: Any, oefenland: Desk
) -> None:
    with qtbot.waitSignal(bench.counting.changed, timeout=WAIT_MS):
        bench.counting.count()
    batch = balance(oefenland.proposal, "basis", None, datetime.now(UTC))
    assert [line.drawn for line in bench.counting.balance.targets] == [line.drawn for line in batch.targets]
    assert bench.proposal is not None
    contributions = bench.proposal.layers["bijdrage"]
    row = next(each for each in contributions.getFeatures() if each["indicator"] == "woningen")
    contributions.startEditing()
    field = contributions.fields().indexOf("waarde")
    with qtbot.waitSignal(bench.counting.changed, timeout=WAIT_MS):
        contributions.changeAttributeValue(row.id(), field, row["waarde"] + 1000)

    def homes(counted: Any) -> float:
        (total,) = (
            each
            for each in counted.totals
            if (each.indicator, each.place_code, each.year) == ("woningen", "PV25", None)
        )
        return float(total.drawn)

    assert homes(bench.counting.balance) == homes(batch) + 1000
    contributions.rollBack()
