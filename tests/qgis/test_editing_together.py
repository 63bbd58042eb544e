"""Contributions are saved, and given up, with the features that they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy

import pytest
from qgis.core import QgsGeometry, QgsProject, QgsVectorLayer, QgsVectorLayerUtils

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.proposal.create import create_proposal
from novex_plugin.qgis_adapter.editing_together import EditingTogether

SQUARE = "MULTIPOLYGON(((190000 360000,190100 360000,190100 360100,190000 360000)))"

pytestmark = pytest.mark.usefixtures("qgis_app")


class Desk:
    """A proposal whose tables are all open, as somebody draws in it."""

    def __init__(self, path: Path) -> None:
        names = ("voorstel_vlak", "voorstel_lijn", "voorstel_punt", "bijdrage")
        self.areas, self.lines, self.points, self.contributions = (
            QgsVectorLayer(f"{path}|layername={name}", name, "ogr") for name in names
        )
        self.told: list[str] = []
        QgsProject.instance().addMapLayers([self.areas, self.lines, self.points, self.contributions])
        self.together = EditingTogether(QgsProject.instance(), self.told.append)
        self.together.watch_proposals()
        self.together.watch_proposals()

    def draw(self, name: str) -> int:
        """A new area with one contribution; the area's number among the edits."""
        given = {"id": name, "variant": "basis", "legenda": "woningbouw", "provincie": "PV31"}
        self._add(self.areas, QgsGeometry.fromWkt(SQUARE), given)
        self.contribute(name, 420.0)
        return int(max(self.areas.allFeatureIds(), key=abs))

    def contribute(self, feature: str, amount: float, indicator: str = "woningen") -> None:
        given = {"id": f"{feature}-{amount}", "kenmerk": feature, "indicator": indicator, "waarde": amount}
        self._add(self.contributions, QgsGeometry(), given | {"eenheid": "woningen"})

    @staticmethod
    def _add(layer: QgsVectorLayer, geometry: QgsGeometry, given: dict[str, object]) -> None:
        values = {layer.fields().indexOf(field): value for field, value in given.items()}
        assert layer.addFeature(QgsVectorLayerUtils.createFeature(layer, geometry, values))

    def saved(self) -> list[tuple[str, float]]:
        """The contributions as the file holds them."""
        rows = self.contributions.dataProvider().getFeatures()
        return sorted((row["kenmerk"], row["waarde"]) for row in rows)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "voorstel.gpkg"
    create_proposal(path, "PV31", "basis", read_agreement(), datetime(2026, 11, 20, 8, tzinfo=UTC))
    return path


@pytest.fixture
def desk(tmp_path: Path, empty: Path) -> Iterator[Desk]:
    desk = Desk(Path(copy(empty, tmp_path)))
    yield desk
    desk.together.release()
    for layer in QgsProject.instance().mapLayers().values():
        layer.rollBack()
    QgsProject.instance().clear()


def test_contributions_are_opened_saved_and_closed_with_their_features(desk: Desk) -> None:
    assert desk.areas.startEditing()
    assert desk.contributions.isEditable()
    desk.draw("a")
    assert desk.areas.commitChanges(False)
    assert desk.saved() == [("a", 420.0)]
    assert desk.contributions.isEditable()
    desk.lines.startEditing()
    assert desk.areas.commitChanges()
    assert desk.contributions.isEditable(), "lines are still drawn"
    assert desk.lines.rollBack()
    assert not desk.contributions.isEditable()
    assert desk.told == []


def test_a_contribution_of_a_feature_that_was_undone_is_not_saved(desk: Desk) -> None:
    desk.areas.startEditing()
    desk.draw("a")
    desk.areas.deleteFeature(desk.draw("b"))
    assert desk.areas.commitChanges()
    assert desk.saved() == [("a", 420.0)]


def test_changes_are_thrown_away_together_and_contributions_alone_are_kept(desk: Desk) -> None:
    desk.areas.startEditing()
    desk.draw("a")
    assert desk.areas.rollBack()
    assert not desk.contributions.isEditable()
    assert desk.saved() == []
    desk.areas.startEditing()
    desk.draw("a")
    assert desk.areas.commitChanges()
    desk.areas.startEditing()
    desk.contribute("a", 80.0)
    # This is how QGIS ends a session in which no area was changed: it asks nothing.
    assert desk.areas.rollBack()
    assert desk.saved() == [("a", 80.0), ("a", 420.0)]
    assert not desk.contributions.isEditable()


def test_what_cannot_be_saved_stays_open_and_is_told(desk: Desk) -> None:
    desk.areas.startEditing()
    desk.draw("a")
    desk.contribute("a", 1.0, indicator="kastelen")
    assert desk.areas.commitChanges()
    (said,) = desk.told
    assert said.startswith("Bijdragen zijn niet opgeslagen:")
    assert desk.contributions.isModified()


def test_tables_that_are_released_are_edited_apart_again(desk: Desk) -> None:
    desk.together.release()
    assert desk.areas.startEditing()
    assert not desk.contributions.isEditable()
