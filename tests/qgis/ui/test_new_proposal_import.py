"""A layer into an open proposal: shown before, refused where it must be, and undone afterwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QComboBox

from novex_plugin.core.files import read_json, write_json
from novex_plugin.core.proposal.read import read_proposal
from novex_plugin.ui.new_proposal.import_dialog import ImportLayer, import_into
from novex_plugin.ui.workbench import Workbench
from tests.qgis.ui.conftest import open_tables
from tests.qgis.ui.new_proposals import MAPPING, Said, plan, press
from tests.unit.making_deliveries import new_proposal

_LONG_MS = 20_000


@pytest.fixture
def drenthe(tmp_path: Path, qgis_app: object, qgis_iface: Any) -> Iterator[Workbench]:
    """A workbench with a small proposal."""
    QgsProject.instance().clear()
    path = new_proposal(tmp_path / "voorstel.gpkg")
    open_tables(path)
    workbench = Workbench(qgis_iface)
    workbench.refresh()
    assert workbench.proposal is not None
    yield workbench
    workbench.release()
    QgsProject.instance().clear()


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    write_json(tmp_path / "afbeelding.json", MAPPING)
    return tmp_path / "afbeelding.json"


@pytest.fixture
def dialog(drenthe: Workbench, qtbot: Any) -> Iterator[ImportLayer]:
    made = import_into(drenthe, plan())
    assert made is not None
    qtbot.waitUntil(lambda: made.editor.trial is not None, timeout=_LONG_MS)
    yield made
    if not sip.isdeleted(made) and made.isVisible():
        made.reject()


def names(bench: Workbench) -> list[str]:
    assert bench.proposal is not None
    return sorted(str(row["naam"]) for row in bench.proposal.layers["voorstel_vlak"].getFeatures())


def fits(dialog: ImportLayer, count: int) -> bool:
    return dialog.editor.trial is not None and dialog.editor.trial.fits == count


def test_rows_that_fit_go_in_with_their_contributions_and_come_out_again(
    dialog: ImportLayer, drenthe: Workbench, mapping: Path, qtbot: Any
) -> None:
    said, before = Said(drenthe), names(drenthe)
    dialog.editor.load(mapping)
    qtbot.waitUntil(lambda: fits(dialog, 3), timeout=_LONG_MS)
    with qtbot.waitSignal(drenthe.saved, timeout=_LONG_MS):
        press(dialog._do)
    assert names(drenthe) == sorted([*before, "Havenpark", "Noordrand", "Zuidrand"])
    assert drenthe.proposal is not None
    path = Path(drenthe.proposal.place.reference)
    assert sorted(read_proposal(path).tables["bijdrage"].columns["waarde"].tolist()) == [80, 420]
    assert {row["provincie"] for row in drenthe.proposal.layers["voorstel_vlak"].getFeatures()} == {"PV22"}
    with closing(sqlite3.connect(path.with_name("voorstel_afgekeurd.gpkg"))) as refused:
        assert refused.execute("SELECT rij, NAAM FROM afgekeurd").fetchall() == [(4, "Feestplein")]

    said.buttons["Undo the import"]()
    assert names(drenthe) == before
    assert drenthe.proposal.layers["bijdrage"].featureCount() == 0
    areas = drenthe.proposal.layers["voorstel_vlak"]
    areas.undoStack().undo()
    assert len(names(drenthe)) == len(before) + 3, "undoing can itself be undone"
    areas.rollBack()
    drenthe.proposal.layers["bijdrage"].rollBack()


def test_ten_rows_show_what_is_refused_and_why(dialog: ImportLayer, mapping: Path, qtbot: Any) -> None:
    dialog.editor.load(mapping)
    qtbot.waitUntil(lambda: fits(dialog, 3), timeout=_LONG_MS)
    shown = dialog.editor._preview
    rows = [
        [shown.index(row, column).data() for column in range(shown.columnCount())] for row in range(shown.rowCount())
    ]
    assert rows[0][:4] == ["✕", "4", "legenda KERMIS staat niet in de codelijst", "KERMIS"]
    assert rows[1][:4] == ["✓", "1", "", "Woningbouw"]
    assert len(rows) == 4
    assert "3 of 4 rows fit" in dialog.editor._told.text()


def test_values_are_translated_one_by_one(dialog: ImportLayer, qtbot: Any) -> None:
    editor = dialog.editor
    assert editor.draft is not None
    assert editor.draft.fields["legenda"]["from"] == "CODE", "guessed from its name"
    assert editor.draft.fields["naam"]["from"] == "NAAM"
    editor._fields.select("legenda")
    table = editor._values._table
    place = next(row for row in range(table.rowCount()) if table.item(row, 0).text() == "WON")
    combo = table.cellWidget(place, 2)
    assert isinstance(combo, QComboBox)
    combo.setCurrentIndex(combo.findText("Woningbouw"))
    qtbot.waitUntil(lambda: fits(dialog, 2), timeout=_LONG_MS)
    last = table.cellWidget(table.rowCount() - 1, 2)
    last.setCurrentIndex(last.findText("Bedrijventerrein"))
    qtbot.waitUntil(lambda: fits(dialog, 4), timeout=_LONG_MS)


def test_a_field_is_taken_from_elsewhere_or_gets_a_fixed_value(dialog: ImportLayer, qtbot: Any) -> None:
    editor = dialog.editor
    assert editor.draft is not None
    combo = editor._fields._rows["legenda"][1]
    combo.setCurrentIndex(combo.findText("fixed value"))
    assert editor.draft.fields["legenda"] == {"constant": None}
    code = editor._values._code
    code.setCurrentIndex(code.findText("Nieuwe natuur"))
    qtbot.waitUntil(lambda: fits(dialog, 4), timeout=_LONG_MS)
    editor._fields.select("toelichting")
    editor._sources.itemActivated.emit(editor._sources.topLevelItem(1), 0)
    assert editor.draft.fields["toelichting"]["from"] == "NAAM"
    combo = editor._fields._rows["naam"][1]
    combo.setCurrentIndex(0)
    assert "naam" not in editor.draft.fields


def test_a_contribution_is_added_with_its_year(dialog: ImportLayer) -> None:
    editor = dialog.editor
    assert editor.draft is not None
    editor._add_contribution("woningen")
    combo = editor._fields._rows["+0"][1]
    combo.setCurrentIndex(combo.findText("AANTAL"))
    year = editor._values._year
    year.setCurrentIndex(year.findText("GEREED"))
    (made,) = editor.draft.contributions
    assert (made["value"], made["year"], made["unit"]) == ({"from": "AANTAL"}, {"from": "GEREED"}, "woningen")
    year.setCurrentIndex(year.findText("2030"))
    assert made["year"] == 2030
    editor.content()
    editor._fields.select("+0")
    editor._remove_contribution()
    assert editor.draft.contributions == []


def test_a_mapping_is_saved_and_loaded_the_same(dialog: ImportLayer, mapping: Path, qtbot: Any, tmp_path: Path) -> None:
    dialog.editor.load(mapping)
    qtbot.waitUntil(lambda: fits(dialog, 3), timeout=_LONG_MS)
    dialog.editor.save(tmp_path / "weer.json")
    assert read_json(tmp_path / "weer.json", "mapping") == MAPPING


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"format": "iets anders"}, "afbeelding.json"),
        (
            {**MAPPING, "contributions": [{"indicator": "x", "value": {"from": "A"}, "unit": "ha", "year": None}]},
            "indicator x",
        ),
    ],
)
def test_a_wrong_mapping_is_told_and_breaks_nothing(
    dialog: ImportLayer, tmp_path: Path, qtbot: Any, content: dict[str, Any], told: str
) -> None:
    write_json(tmp_path / "afbeelding.json", content)
    dialog.editor.load(tmp_path / "afbeelding.json")
    assert told in dialog._status.text()
    qtbot.waitUntil(lambda: bool(dialog.editor.trial or dialog.editor.problem), timeout=_LONG_MS)
    assert not dialog._do.isEnabled()


def test_a_mapping_for_another_layer_names_the_fields_that_are_not_there(
    dialog: ImportLayer, tmp_path: Path, qtbot: Any
) -> None:
    write_json(tmp_path / "afbeelding.json", {**MAPPING, "fields": {"legenda": {"from": "TYPE"}}})
    dialog.editor.load(tmp_path / "afbeelding.json")
    qtbot.waitUntil(lambda: bool(dialog.editor.problem), timeout=_LONG_MS)
    assert "TYPE" in dialog.editor._told.text()
    assert not dialog._do.isEnabled()


def test_unsaved_edits_come_first(dialog: ImportLayer, drenthe: Workbench, mapping: Path, qtbot: Any) -> None:
    assert drenthe.proposal is not None
    dialog.editor.load(mapping)
    qtbot.waitUntil(lambda: fits(dialog, 3), timeout=_LONG_MS)
    areas = drenthe.proposal.layers["voorstel_vlak"]
    areas.startEditing()
    row = next(areas.getFeatures())
    areas.changeAttributeValue(row.id(), areas.fields().indexOf("naam"), "Anders")
    press(dialog._do)
    assert "1 changes are not saved" in dialog._status.text()
    assert dialog.isVisible()
    areas.rollBack()


def test_a_file_that_another_program_holds_is_told_and_stays_as_it_is(
    dialog: ImportLayer, drenthe: Workbench, mapping: Path, qtbot: Any
) -> None:
    assert drenthe.proposal is not None
    before = names(drenthe)
    dialog.editor.load(mapping)
    qtbot.waitUntil(lambda: fits(dialog, 3), timeout=_LONG_MS)
    with closing(sqlite3.connect(drenthe.proposal.place.reference, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        press(dialog._do)
        qtbot.waitUntil(lambda: dialog._work is None, timeout=_LONG_MS)
        other.execute("ROLLBACK")
    assert "andere programma's" in dialog._status.text()
    assert names(drenthe) == before
    assert dialog._do.isEnabled(), "it can be tried again"


def test_the_proposal_going_away_closes_it(dialog: ImportLayer, qtbot: Any) -> None:
    QgsProject.instance().clear()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=_LONG_MS)


def test_without_a_proposal_one_is_offered(qgis_app: object, qgis_iface: Any, qtbot: Any) -> None:
    QgsProject.instance().clear()
    bench = Workbench(qgis_iface)
    with qtbot.waitSignal(bench.step_asked) as asked:
        assert import_into(bench) is None
    assert asked.args[0] == "new"
    bench.release()
