"""Toolbar, options page, search box and first page; what comes with the plugin goes with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from qgis.core import QgsApplication, QgsFeedback, QgsLocatorContext, QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialogButtonBox

from novex_plugin.ui.locator import Locator
from novex_plugin.ui.options_page import OptionsPage
from novex_plugin.ui.settings import read_settings, write_settings
from novex_plugin.ui.step_states import StepStates
from novex_plugin.ui.welcome import Welcome
from novex_plugin.ui.workbench import Workbench

WAIT_MS = 60_000


@pytest.fixture(autouse=True)
def settings_as_before() -> Iterator[None]:
    before = read_settings()
    yield
    write_settings(before)


def found(bench: Workbench, text: str, prefix: bool = True) -> dict[str, list[str]]:
    """What the search box finds, by kind."""
    locator, results = Locator(bench.iface, lambda: bench), []
    context = QgsLocatorContext()
    context.usingPrefix = prefix
    locator.resultFetched.connect(results.append)
    locator.prepare(text, context)
    locator.fetchResults(text, context, QgsFeedback())
    kinds: dict[str, list[str]] = {}
    for result in results:
        kinds.setdefault(result.userData[0], []).append(result.displayString)
    return kinds


def test_the_search_box_finds_units_datasets_rules_and_features(bench: Workbench, qtbot: Any) -> None:
    assert "Woningbouw" in found(bench, "woningb")["draw"]
    assert found(bench, "gemeentegr oefen")["basisset"] == ["Gemeentegrenzen Oefenland 2026"]
    assert bench.proposal is not None
    named = next(str(row["naam"]) for row in bench.proposal.layers["voorstel_vlak"].getFeatures() if row["naam"])
    assert named in found(bench, named)["feature"]
    assert "check" not in found(bench, "uiterwaard")
    with qtbot.waitSignal(bench.testing.changed, timeout=WAIT_MS):
        bench.testing.test_all()
    assert found(bench, "uiterwaard")["check"]
    assert found(bench, "wo", prefix=False) == {}
    assert found(bench, "geen enkel ding heet zo") == {}


def test_a_found_rule_is_asked_for_and_a_found_feature_selected(bench: Workbench, qtbot: Any) -> None:
    locator, results = Locator(bench.iface, lambda: bench), []
    context = QgsLocatorContext()
    context.usingPrefix = True
    locator.resultFetched.connect(results.append)
    locator.prepare("woningbouw", context)
    locator.fetchResults("woningbouw", context, QgsFeedback())
    unit = next(each for each in results if each.userData == ["draw", "woningbouw"])
    with qtbot.waitSignal(bench.step_asked) as asked:
        locator.triggerResult(unit)
    assert asked.args == ["draw", "woningbouw"]
    drawn = next(each for each in results if each.userData[0] == "feature")
    locator.triggerResult(drawn)
    assert bench.proposal is not None
    layer, row = bench.proposal.feature(drawn.userData[1])
    assert layer.selectedFeatureIds() == [row.id()]


def test_the_options_page_keeps_what_is_filled_in_only_when_applied(bench: Workbench) -> None:
    page = OptionsPage(bench)
    page.province.setCurrentIndex(page.province.findText("Limburg"))
    page.organisation.setText("Provincie Limburg")
    page.catalogue.clear()
    page.timeout.setValue(9)
    assert read_settings().province == ""
    page.apply()
    kept = read_settings()
    assert (kept.province, kept.organisation, kept.timeout_s) == ("PV31", "Provincie Limburg", 9)
    assert kept.catalogue.startswith("https://"), "an empty address is the usual one"
    assert OptionsPage(bench).province.currentText() == "Limburg"


def test_the_first_page_leads_to_a_new_proposal_and_is_shown_once(bench: Workbench, qtbot: Any) -> None:
    page = Welcome(bench)
    qtbot.addWidget(page)
    page.open()
    assert read_settings().welcomed
    buttons = page.findChild(QDialogButtonBox).buttons()
    begin = next(each for each in buttons if each.text() in ("New proposal…", "Nieuw voorstel…"))
    with qtbot.waitSignal(bench.step_asked) as asked:
        QTest.mouseClick(begin, Qt.MouseButton.LeftButton)
    assert asked.args == ["new", ""]
    assert not page.isVisible()


def test_the_steps_tell_open_findings_targets_and_readiness(bench: Workbench, qtbot: Any) -> None:
    from qgis.PyQt.QtGui import QAction

    actions = {name: QAction(name) for name in ("check", "balance", "deliver")}
    states = StepStates(bench, actions)
    with qtbot.waitSignals([bench.testing.changed, bench.counting.changed], timeout=WAIT_MS):
        bench.proposal_changed.emit()
    standing = bench.testing.standing
    columns = standing.findings.columns
    is_open = np.isin(columns["hardheid"].astype(str), ("verbod", "pas_toe_of_leg_uit"))
    count = int((is_open & (columns["uitkomst"] == "overtreedt")).sum())
    assert count > 10
    assert actions["check"].text() == f"check  ✕ {count}"
    assert actions["balance"].text().startswith("balance  ")
    assert actions["deliver"].text() in ("deliver  draft", "deliver  concept")
    bench.testing.set_live(False)
    assert "live" in actions["check"].text()
    QgsProject.instance().clear()
    assert actions["check"].text() == "check"
    states.release()


def test_icons_of_all_steps_are_there() -> None:
    from novex_plugin.ui.desktop import _ALL
    from novex_plugin.ui.look import icon

    assert QgsApplication.instance() is not None
    for step in _ALL:
        assert not icon(step.id).pixmap(24, 24).isNull(), step.id
