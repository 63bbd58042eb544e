"""What workers read is what was on the screen at one moment, whenever it is saved."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsVectorLayer, QgsVectorLayerUtils

from novex_plugin.core.proposal.read import Proposal
from novex_plugin.qgis_adapter.open_proposal import OpenProposal
from novex_plugin.ui.screen import Screen
from novex_plugin.ui.workbench import Workbench


class SavedWhileRead(OpenProposal):
    """A proposal that is saved just after its file was read for the first time."""

    def read(self) -> Proposal:
        read = super().read()
        self.layers["voorstel_punt"].commitChanges()
        return read


def points_of(bench: Workbench) -> QgsVectorLayer:
    assert bench.proposal is not None
    return bench.proposal.layers["voorstel_punt"]


def draw_one_more(points: QgsVectorLayer) -> str:
    points.startEditing()
    row = next(points.getFeatures())
    values = {place: value for place, value in enumerate(row.attributes()) if points.fields()[place].name() != "fid"}
    values[points.fields().indexOf("id")] = "00000000-0000-4000-8000-00000000abcd"
    added = QgsVectorLayerUtils.createFeature(points, row.geometry(), values)
    assert points.addFeature(added)
    return str(added["id"])


def ids(proposal: Proposal) -> list[str]:
    return [str(each) for each in proposal.tables["voorstel_punt"].columns["id"]]


def test_edits_that_are_saved_before_the_rows_are_read_count_once(bench: Workbench) -> None:
    points = points_of(bench)
    assert bench.screen is not None
    drawn = draw_one_more(points)
    taken = bench.screen.taken()
    assert points.commitChanges(), points.commitErrors()
    assert ids(taken()).count(drawn) == 1


def test_edits_that_are_saved_while_the_rows_are_read_count_once(bench: Workbench) -> None:
    proposal = bench.proposal
    assert proposal is not None
    screen = Screen(SavedWhileRead(proposal.place, proposal.layers, proposal.agreement, proposal.province))
    drawn = draw_one_more(points_of(bench))
    points_of(bench).afterCommitChanges.connect(screen.renew)
    assert ids(screen.taken()()).count(drawn) == 1


def test_edits_that_are_given_up_before_the_rows_are_read_do_not_count(bench: Workbench) -> None:
    points = points_of(bench)
    assert bench.screen is not None
    drawn = draw_one_more(points)
    taken = bench.screen.taken()
    assert points.rollBack()
    assert drawn not in ids(taken())


def test_the_file_is_read_once_until_it_is_saved(bench: Workbench, qtbot: Any) -> None:
    points = points_of(bench)
    screen = bench.screen
    assert screen is not None
    first = screen.taken()().tables["voorstel_vlak"]
    draw_one_more(points)
    assert screen.taken()().tables["voorstel_vlak"] is first
    with qtbot.waitSignal(bench.saved):
        assert points.commitChanges(), points.commitErrors()
    assert screen.taken()().tables["voorstel_vlak"] is not first
