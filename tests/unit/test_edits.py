"""A proposal on the screen is the one that would be read after saving."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.edits import TableEdits, concerned, edited
from novex_plugin.core.proposal.read import Proposal, read_proposal
from tests.unit.making_checks import Case, box, objects
from tests.unit.making_edits import changed, together

NONE = np.empty(0, dtype=np.int64)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    case = Case(tmp_path)
    for number, name in enumerate(("a", "b", "c")):
        case.draw(name, "woningbouw", box(100 * number, 0, 100 * number + 50, 50), start_jaar=2027)
    case.draw("p", "windturbine", shapely.Point(5, 5))
    case.write("bijdrage", id="1", kenmerk="a", indicator="woningen", waarde=9.0, eenheid="woningen", jaar=2030)
    return case.write("verklaring", id="v", kenmerk="b", variant="basis", verklaring="laddertoets", waarde="ja")


def areas(proposal: Proposal) -> FeatureTable:
    return proposal.tables["voorstel_vlak"]


def alike(first: FeatureTable, second: FeatureTable) -> None:
    """The same rows, but for the numbers that saving gives."""
    assert set(first.columns) == set(second.columns)
    for name in set(first.columns) - {"fid"}:
        ours, theirs = first.columns[name], second.columns[name]
        assert ours.dtype.kind == theirs.dtype.kind, name
        assert str(ours.tolist()) == str(theirs.tolist()), name
    assert shapely.to_wkb(first.geometry).tolist() == shapely.to_wkb(second.geometry).tolist()


def save(path: Path, edits: dict[str, TableEdits]) -> None:
    """Save edits through GDAL, as QGIS does."""
    from osgeo import ogr

    ogr.UseExceptions()
    source = ogr.Open(str(path), 1)
    for name, each in edits.items():
        layer = source.GetLayerByName(name)
        for fid in each.deleted.tolist():
            layer.DeleteFeature(fid)
        for rows, new in ((each.changed, False), (each.added, True)):
            for place in range(0 if rows is None else len(rows)):
                _save_row(layer, rows, place, new)
    del layer, source  # writes


def _save_row(layer: Any, rows: FeatureTable, place: int, new: bool) -> None:
    from osgeo import ogr

    fid = int(rows.columns["fid"][place])
    feature = ogr.Feature(layer.GetLayerDefn()) if new else layer.GetFeature(fid)
    for name in set(rows.columns) - {"fid"}:
        value = rows.columns[name][place]
        absent = value is None or (isinstance(value, float) and np.isnan(value))
        feature.SetFieldNull(name) if absent else feature.SetField(name, value)
    if rows.geometry[place] is not None:
        shape = ogr.CreateGeometryFromWkb(shapely.to_wkb(shapely.force_2d(rows.geometry[place])))
        feature.SetGeometry(ogr.ForceTo(shape, layer.GetGeomType()))
    layer.CreateFeature(feature) if new else layer.SetFeature(feature)


def test_edits_of_every_sort_give_what_saving_and_reading_would(case: Case) -> None:
    proposal = read_proposal(case.proposal)
    rows = areas(proposal)
    new = changed(rows, [0], shapely.box(7, 7, 9, 9), id="d", fid=-2, start_jaar=None, naam="Nieuw")
    other = changed(rows, [1], shapely.force_3d(box(0, 0, 5, 5), 3.0), id="e", fid=-3, legenda="bos_nieuw")
    edits = {
        "voorstel_vlak": TableEdits(
            deleted=rows.columns["fid"][[2]],
            changed=changed(rows, [1], box(1, 1, 2, 2), naam="Verplaatst", start_jaar=2031, horizon=2050),
            added=together(new, other),
        ),
        "bijdrage": TableEdits(changed=changed(proposal.tables["bijdrage"], [0], waarde=11.5, jaar=None)),
        "verklaring": TableEdits(added=changed(proposal.tables["verklaring"], [0], id="w", fid=-1, kenmerk="zoek")),
        "voorstel_punt": TableEdits(deleted=proposal.tables["voorstel_punt"].columns["fid"]),
    }

    drawn = edited(proposal, edits)
    save(case.proposal, edits)
    read = read_proposal(case.proposal)

    for name in read.tables:
        alike(drawn.tables[name], read.tables[name])
    assert [(each.table, each.field, each.message) for each in drawn.problems] == [
        (each.table, each.field, each.message) for each in read.problems
    ]
    assert "er is geen object met kenmerk 'zoek'" in {each.message for each in drawn.problems}


def test_the_proposal_that_was_edited_stays_as_it_was_and_shares_what_was_not_edited(case: Case) -> None:
    proposal = read_proposal(case.proposal)
    before = str({name: rows.columns for name, rows in proposal.tables.items()})
    drawn = edited(proposal, {"voorstel_vlak": TableEdits(changed=changed(areas(proposal), [0], naam="Anders"))})

    assert str({name: rows.columns for name, rows in proposal.tables.items()}) == before
    assert areas(drawn).columns["naam"].tolist() == ["Anders", None, None]
    assert drawn.tables["bijdrage"] is proposal.tables["bijdrage"]


def test_without_edits_it_is_the_same_proposal_with_its_problems(case: Case) -> None:
    proposal = read_proposal(case.proposal)

    assert edited(proposal, {}).problems == proposal.problems
    assert edited(proposal, {}) == proposal


def test_edits_can_be_laid_over_edits(case: Case) -> None:
    proposal = read_proposal(case.proposal)
    added = changed(areas(proposal), [0], id="d", fid=-1)
    once = edited(proposal, {"voorstel_vlak": TableEdits(added=added)})
    place = areas(once).columns["fid"].tolist().index(-1)
    twice = edited(once, {"voorstel_vlak": TableEdits(changed=changed(areas(once), [place], naam="Later"))})

    assert dict(zip(areas(twice).columns["id"], areas(twice).columns["naam"], strict=True))["d"] == "Later"


def test_columns_that_are_left_out_keep_what_was_saved_and_unknown_ones_are_left_aside(case: Case) -> None:
    proposal = read_proposal(case.proposal)
    fid = areas(proposal).columns["fid"][[1]]
    part = FeatureTable("voorstel_vlak", objects(box(3, 3, 4, 4)), {"fid": fid, "kleur": objects("rood")})
    added = FeatureTable("voorstel_vlak", objects(box(8, 8, 9, 9)), {"fid": np.array([-1]), "id": objects("d")})
    drawn = areas(edited(proposal, {"voorstel_vlak": TableEdits(NONE, part, added)}))

    assert drawn.columns["id"].tolist() == ["a", "b", "c", "d"]
    assert drawn.columns["legenda"].tolist() == ["woningbouw"] * 3 + [None]
    assert str(drawn.columns["start_jaar"].tolist()) == "[2027.0, 2027.0, 2027.0, nan]"
    assert "kleur" not in drawn.columns
    assert drawn.geometry[1].bounds == (3, 3, 4, 4)


def test_text_among_numbers_stays_and_is_named_as_in_a_file(case: Case) -> None:
    proposal = read_proposal(case.proposal)
    rows = changed(areas(proposal), [1], start_jaar="binnenkort")
    drawn = edited(proposal, {"voorstel_vlak": TableEdits(changed=rows)})

    assert areas(drawn).columns["start_jaar"].tolist() == [2027, "binnenkort", 2027]
    assert [(each.field, each.message) for each in drawn.problems] == [("start_jaar", "'binnenkort' is geen getal")]


def test_a_changed_row_that_is_not_there_names_table_and_row(case: Case) -> None:
    proposal = read_proposal(case.proposal)
    with pytest.raises(InputError, match=r"tabel voorstel_vlak, rij 99: .*Lees het voorstel opnieuw"):
        edited(proposal, {"voorstel_vlak": TableEdits(changed=changed(areas(proposal), [0], fid=99))})
    empty = edited(proposal, {"voorstel_vlak": TableEdits(deleted=areas(proposal).columns["fid"])})
    with pytest.raises(InputError, match="rij 1: "):
        edited(empty, {"voorstel_vlak": TableEdits(changed=changed(areas(proposal), [0], fid=1))})


def test_bytes_where_text_should_stand_are_refused(case: Case) -> None:
    proposal = read_proposal(case.proposal)
    with pytest.raises(InputError, match="veld naam: heeft bytes"):
        edited(proposal, {"voorstel_vlak": TableEdits(changed=changed(areas(proposal), [0], naam=b"\0"))})


def test_header_and_variants_follow_their_tables(case: Case) -> None:
    proposal = read_proposal(case.proposal)
    header, variants = proposal.tables["voorstel"], proposal.tables["variant"]
    drawn = edited(
        proposal,
        {
            "voorstel": TableEdits(changed=changed(header, [0], titel="Anders", provincie="PV20", ijkmoment="2")),
            "variant": TableEdits(added=changed(variants, [0], id="alternatief", fid=-1)),
        },
    )

    assert (drawn.title, drawn.province, drawn.variants) == ("Anders", "PV20", ("alternatief", "basis"))
    with pytest.raises(InputError, match="0 rijen in plaats van één"):
        edited(proposal, {"voorstel": TableEdits(deleted=header.columns["fid"])})
    with pytest.raises(KeyError):
        edited(proposal, {"kladblok": TableEdits()})


def test_edits_concern_the_features_that_they_are_of_or_about_before_and_after(case: Case) -> None:
    proposal = read_proposal(case.proposal)
    given, said = proposal.tables["bijdrage"], proposal.tables["verklaring"]
    renamed = TableEdits(areas(proposal).columns["fid"][[2]], changed(areas(proposal), [1], id="z"))

    assert concerned(proposal, {"voorstel_vlak": renamed}) == ("b", "c", "z")
    assert concerned(proposal, {"bijdrage": TableEdits(changed=changed(given, [0], kenmerk="c"))}) == ("a", "c")
    assert concerned(proposal, {"verklaring": TableEdits(deleted=said.columns["fid"])}) == ("b",)
    assert concerned(proposal, {"logboek": TableEdits(deleted=np.array([1]))}) == ()
    assert concerned(proposal, {}) == ()


def test_an_answer_for_all_and_the_header_concern_any_feature(case: Case) -> None:
    proposal = read_proposal(case.proposal)
    said = proposal.tables["verklaring"]

    assert concerned(proposal, {"verklaring": TableEdits(added=changed(said, [0], fid=-1, kenmerk=None))}) is None
    assert concerned(proposal, {"voorstel": TableEdits(changed=proposal.tables["voorstel"])}) is None
