"""One feature at a time put to rules and data that stay in memory."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from novex_plugin.core.check.live import LiveResult, LiveTest
from novex_plugin.core.check.run import check_proposal
from novex_plugin.core.errors import Cancelled, InputError
from novex_plugin.core.features.levels import BLOCK, Grid, RasterLevels
from novex_plugin.core.progress import Silent
from novex_plugin.core.proposal.edits import TableEdits, edited
from novex_plugin.core.proposal.read import Proposal, read_proposal
from scripts.practice.parcels import ORIGIN, write_heights
from tests.unit.making_checks import MOMENT, Case, box, damaged, objects, rule, rule_file
from tests.unit.making_edits import changed

SITE = box(0, 0, 100, 100)


class Desk:
    """A case with a live test of some rules."""

    def __init__(self, case: Case, *rules: dict[str, Any]) -> None:
        self.case = case
        self.rules = [rule_file(case.folder, *rules)]
        self.live = LiveTest(None, case.bindings_file(), self.rules, lambda: MOMENT)

    @property
    def saved(self) -> Proposal:
        return read_proposal(self.case.proposal)

    def test(self, *ids: str, proposal: Proposal | None = None) -> LiveResult:
        return self.live.test(proposal or self.saved, "basis", ids, Silent())

    def found(self, *ids: str, proposal: Proposal | None = None) -> list[tuple[str, ...]]:
        columns = self.test(*ids, proposal=proposal).findings.columns
        return list(zip(*(columns[name].tolist() for name in ("kenmerk", "regel", "uitkomst")), strict=True))

    def same_as_check(self, *ids: str, proposal: Proposal | None = None) -> None:
        drawn, bindings = proposal or self.saved, self.case.bindings_file()
        whole = check_proposal(drawn, "basis", None, bindings, self.rules, MOMENT, Silent())
        mine = np.isin(whole.findings.columns["kenmerk"].astype(str), ids)
        for name, values in self.test(*ids, proposal=drawn).findings.columns.items():
            assert str(values.tolist()) == str(whole.findings.columns[name][mine].tolist()), name


def moved(proposal: Proposal, table: str, name: str, shape: Any = None, **values: Any) -> Proposal:
    rows = proposal.tables[table]
    row = changed(rows, [rows.columns["id"].tolist().index(name)], shape, **values)
    return edited(proposal, {table: TableEdits(changed=row)})


def without(proposal: Proposal, table: str, name: str) -> Proposal:
    rows = proposal.tables[table]
    fids = rows.columns["fid"][rows.columns["id"] == name]
    return edited(proposal, {table: TableEdits(deleted=fids)})


@pytest.fixture
def case(tmp_path: Path) -> Case:
    drawn = Case(tmp_path).draw("a", "woningbouw", box(50, 0, 150, 100)).draw("b", "woningbouw", box(500, 0, 600, 100))
    return drawn.dataset("natura2000", SITE)


def test_only_the_features_that_are_asked_for_are_tested(case: Case) -> None:
    desk = Desk(case, rule("prohibit-inside"))
    result = desk.test("b", "a")

    assert desk.found("a") == [("a", "proef-1", "overtreedt")]
    assert desk.found("b") == []
    assert result.features == ("a", "b")
    assert result.outcomes == {"a": "overtreedt", "b": "voldoet"}
    assert result.tallies["a"]["overtreedt"] == 1
    assert result.moment == "2026-11-20T08:00:00Z"
    assert result.seconds > 0


def test_an_unsaved_edit_is_what_counts(case: Case) -> None:
    desk = Desk(case, rule("prohibit-inside"))
    away = moved(desk.saved, "voorstel_vlak", "a", box(200, 0, 300, 100))
    other = moved(desk.saved, "voorstel_vlak", "a", legenda="bos_nieuw")

    assert desk.found("a", proposal=away) == []
    assert desk.found("a", proposal=other) == []
    assert desk.test("a", proposal=other).outcomes == {"a": "niet_van_toepassing"}


def test_a_feature_that_is_no_longer_drawn_is_not_among_the_features(case: Case) -> None:
    desk = Desk(case, rule("prohibit-inside"))
    result = desk.test("a", "b", proposal=without(desk.saved, "voorstel_vlak", "a"))
    nothing = desk.test("nergens")

    assert result.features == ("b",)
    assert (nothing.features, nothing.outcomes, len(nothing.findings)) == ((), {}, 0)
    assert set(nothing.findings.columns) == set(result.findings.columns)


def test_a_geometry_that_cannot_be_measured_is_told_as_in_a_check(case: Case) -> None:
    case.draw("x", "woningbouw", shapely.Polygon([(0, 0), (9, 9), (9, 0), (0, 9)]))
    desk = Desk(case, rule("prohibit-inside"))

    assert desk.found("x") == [("x", "geometrie", "niet_toetsbaar")]
    assert desk.test("x").outcomes == {"x": "niet_toetsbaar"}
    desk.same_as_check("x")


def test_a_recorded_explanation_counts(case: Case) -> None:
    case.explain("proef-1", "a").explain("proef-1", "b")
    desk = Desk(case, rule("prohibit-inside"))

    assert desk.found("a") == [("a", "proef-1", "gemotiveerd")]
    assert desk.test("a").outcomes == {"a": "gemotiveerd"}
    desk.same_as_check("a", "b")


@pytest.mark.parametrize(
    ("values", "counts"),
    [({}, True), ({"eenheid": "ha"}, False), ({"indicator": "luchtkastelen"}, False), ({"waarde": "veel"}, False),
     ({"id": "1"}, False), ({"status": "zomaar"}, False), ({"kenmerk": "b"}, False)],
)  # fmt: skip
def test_a_contribution_that_departs_from_the_agreement_does_not_count(
    case: Case, values: dict[str, Any], counts: bool
) -> None:
    case.write("bijdrage", id="1", kenmerk="b", indicator="woningen", waarde=9.0, eenheid="woningen", jaar=2030)
    asked = {"indicator": ("woningen", "indicator")}
    desk = Desk(case, rule("require-attribute", slots=[], parameters=asked))
    given = desk.saved.tables["bijdrage"]
    row = changed(given, [0], **{"fid": -1, "id": "2", "kenmerk": "a"} | values)
    drawn = edited(desk.saved, {"bijdrage": TableEdits(added=row)})

    assert desk.found("a", proposal=drawn) == ([] if counts else [("a", "proef-1", "overtreedt")])
    assert desk.found("b", proposal=drawn) == []
    desk.same_as_check("a", "b", proposal=drawn)


def test_what_all_features_together_leave_open_is_no_finding_of_one(case: Case) -> None:
    asked = {"statement": ("maatlat", "verklaring"), "scope": ("object", "bereik")}
    desk = Desk(case, rule("statement", slots=[], parameters=asked))
    result = desk.test("a")

    assert len(result.findings) == 0
    assert result.outcomes == {"a": "niet_toetsbaar"}
    assert "de verklaring maatlat is niet gegeven" in result.rules[0].message


def test_rules_about_the_whole_variant_wait_and_are_named(case: Case) -> None:
    share = {"share_pct": (50, "%")}
    together = [
        rule("require-inside", id="deel", parameters=share),
        rule("min-share", id="ten-minste", parameters=share),
        rule("max-share", id="ten-hoogste", parameters=share),
        rule("reserve", id="ruimte", parameters={"area_ha": (5, "ha")}),
        rule("area-balance", id="verlies", parameters={"loss_ha": (0, "ha")}),
        rule("coverage", id="dekking", parameters=share | {"distance_m": (5, "m")}),
        rule("require-within-distance", id="nabij", parameters=share | {"distance_m": (5, "m")}),
        rule("statement", id="vraag", slots=[], parameters={"statement": ("maatlat", "verklaring"),
             "scope": ("voorstel", "bereik")}),
        rule("reserve", id="elders", parameters={"area_ha": (5, "ha")},
             applies={"provinces": ["PV20"], "area_types": []}),
    ]  # fmt: skip
    desk = Desk(case, rule("prohibit-inside"), *together)
    result = desk.test("a")

    assert result.waiting == ("deel", "ten-minste", "ten-hoogste", "ruimte", "verlies", "dekking", "nabij", "vraag")
    assert [each.rule.id for each in result.rules] == ["proef-1"]


def test_a_rule_that_crashes_is_untestable_and_the_others_go_on(case: Case) -> None:
    case.dataset("nnn", SITE)
    damaged(case.folder / "nnn.gpkg", "UPDATE laag SET geom = X'475000017D000000'")
    desk = Desk(case, rule("prohibit-inside", id="stuk", slots=["nnn"]), rule("prohibit-inside"))
    result = desk.test("a")

    assert desk.found("a") == [("a", "proef-1", "overtreedt")]
    assert {each.rule.id: each.outcome for each in result.rules} == {"stuk": "niet_toetsbaar", "proef-1": "overtreedt"}
    assert result.tallies["a"]["niet_toetsbaar"] == 1
    desk.same_as_check("a", "b")


def test_a_binding_that_cannot_be_used_leaves_only_its_own_rule_untested(case: Case) -> None:
    case.dataset("nnn", SITE, epsg=4326)
    desk = Desk(case, rule("prohibit-inside", id="stelsel", slots=["nnn"]), rule("prohibit-inside"))
    result = desk.test("a")

    assert {name: count for name, count in result.tallies["a"].items() if count} == {
        "overtreedt": 1,
        "niet_toetsbaar": 1,
    }
    assert "EPSG:4326" in result.rules[0].message


class Stopping(Silent):
    """Asks to stop after so many looks."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    def cancelled(self) -> bool:
        self.looks -= 1
        return self.looks < 0


def test_it_stops_between_rules_and_can_be_asked_again(case: Case) -> None:
    desk = Desk(case, rule("prohibit-inside"), rule("prohibit-inside", id="nog-een"))
    with pytest.raises(Cancelled):
        desk.live.test(desk.saved, "basis", ["a"], Stopping(1))
    with pytest.raises(Cancelled):
        desk.live.warm(desk.saved, Stopping(1))

    assert len(desk.found("a")) == 2


def test_an_unknown_variant_is_refused(case: Case) -> None:
    desk = Desk(case, rule("prohibit-inside"))
    with pytest.raises(InputError, match="variant 'groen' staat niet in het voorstel"):
        desk.live.test(desk.saved, "groen", ["a"], Silent())


def test_several_threads_get_the_same_answers(case: Case) -> None:
    desk = Desk(case, rule("prohibit-inside"))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda name: desk.found(name), ["a", "b"] * 10))

    assert found == [[("a", "proef-1", "overtreedt")], []] * 10


def supplied(case: Case) -> Desk:
    """Homes need green within 300 m: a dataset, or what is drawn."""
    reach = {"distance_m": (300, "m"), "supply": (["groen_stedelijk"], "legenda")}
    case.draw("groen", "groen_stedelijk", box(700, 0, 750, 100)).draw("ver", "woningbouw", box(9000, 0, 9100, 100))
    return Desk(case, rule("coverage", slots=[], parameters=reach))


def test_features_near_one_that_others_are_laid_beside_are_named_as_touched(case: Case) -> None:
    desk = supplied(case)
    desk.live.warm(desk.saved, Silent())
    farther = moved(desk.saved, "voorstel_vlak", "groen", box(8800, 0, 8850, 100))

    assert desk.found("b") == []
    assert desk.found("ver") == [("ver", "proef-1", "overtreedt")]
    assert desk.test("groen", proposal=farther).touched == ("b", "ver")
    assert desk.found("b", proposal=farther) == [("b", "proef-1", "overtreedt")]
    assert desk.found("ver", proposal=farther) == []


def test_an_edit_that_changes_nothing_for_others_touches_nobody(case: Case) -> None:
    desk = supplied(case)
    desk.live.warm(desk.saved, Silent())

    assert desk.test("groen", proposal=moved(desk.saved, "voorstel_vlak", "groen", naam="Park")).touched == ()
    assert desk.test("b", proposal=moved(desk.saved, "voorstel_vlak", "b", box(501, 0, 601, 100))).touched == ()


@pytest.mark.parametrize("change", [{"legenda": "bos_nieuw"}, {"rol": "vervalt"}, None])
def test_what_goes_touches_those_that_it_was_near(case: Case, change: dict[str, str] | None) -> None:
    desk = supplied(case)
    desk.live.warm(desk.saved, Silent())
    saved = desk.saved
    gone = moved(saved, "voorstel_vlak", "groen", **change) if change else without(saved, "voorstel_vlak", "groen")

    assert desk.test("groen", proposal=gone).touched == ("b",)
    assert desk.test("groen", proposal=gone).touched == ()  # nothing changed since
    assert desk.test("groen", proposal=saved).touched == ("b",)


def test_pairs_on_the_same_ground_are_told_for_the_feature_alone(case: Case) -> None:
    case.draw("n", "natuur_nieuw", box(100, 0, 200, 100)).draw("m", "bos_nieuw", box(540, 0, 700, 100))
    desk = Desk(case, rule("prohibit-inside"))
    pairs = desk.test("a").combinations
    assert pairs is not None

    assert {pairs.columns["eerste"][0], pairs.columns["tweede"][0]} == {"a", "n"}
    assert len(pairs) == 1


def heights(case: Case) -> Case:
    """A raster of 200 by 200 cells of 25 m with a corner without levels, as ground level."""
    path = write_heights(case.folder / "hoogte.tif")
    own = {"name": "proef hoogte", "place": path.name, "reason": "Een laag voor de proef."}
    return case.bind("grondwaterstand", own=own, level={"unit": "m", "field": None})


def along_the_raster(seed: int, count: int) -> Sequence[Any]:
    """Polygons on, over the edge of and beside the raster."""
    random = np.random.default_rng(seed)
    middles = random.uniform(-400, 5_400, (count, 2)) + np.array(ORIGIN)
    return shapely.buffer(shapely.points(middles), random.uniform(15, 700, count), quad_segs=3)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("whole", [True, False])
def test_levels_of_a_raster_are_those_of_a_check_whatever_is_drawn_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, whole: bool
) -> None:
    if not whole:  # as for a raster too large for the memory
        monkeypatch.setattr("novex_plugin.core.check.live_objects._WHOLE", 100)
    case = heights(Case(tmp_path))
    shapes = along_the_raster(seed, 12)
    for number, shape in enumerate(shapes):
        case.draw(f"v{number}", "woningbouw", shape)
    limits = {"minimum_cm": (200, "cm"), "maximum_cm": (1_500, "cm")}
    desk = Desk(case, rule("level", slots=["grondwaterstand"], parameters=limits))

    for number in range(len(shapes)):
        desk.same_as_check(f"v{number}")
    assert {outcome for _, _, outcome in desk.found(*(f"v{number}" for number in range(12)))} >= {"overtreedt"}


def test_a_part_of_a_raster_has_the_areas_of_the_whole() -> None:
    random = np.random.default_rng(5)
    level = np.where(random.random((150, 210)) < 0.98, 40.0, random.choice([np.nan, 200.0], (150, 210)))
    level[:70, :70] = 40.0
    whole = RasterLevels(level, Grid(100_000.3, 400_000.7, 4.9, 5.1))
    for west, south, wide, high in random.uniform(0, 600, (30, 4)):
        bounds = (100_000 + west, 399_400 + south, 100_000 + west + wide, 399_400 + south + high)
        part, place = whole.within(bounds), box(*bounds)
        for areas, others in ((part.outside(20, 90), whole.outside(20, 90)), (part.known(), whole.known())):
            near = shapely.to_wkb(others.geometry[shapely.intersects(others.geometry, place)]).tolist()
            assert set(near) <= set(shapely.to_wkb(areas.geometry).tolist())
            assert set(shapely.to_wkb(areas.geometry).tolist()) <= set(shapely.to_wkb(others.geometry).tolist())


def test_areas_of_a_raster_cover_its_cells_and_nothing_else() -> None:
    level = np.where(np.random.default_rng(6).random((70, 100)) < 0.9, 40.0, np.nan)
    areas = RasterLevels(level, Grid(0.0, 700.0, 10.0, 10.0)).known().geometry

    assert shapely.area(areas).sum() == np.isfinite(level).sum() * 100.0
    row, column = np.nonzero(np.isfinite(level))
    middles = shapely.points(column * 10 + 5, 695 - row * 10)
    assert shapely.STRtree(areas).query(middles, predicate="within")[0].tolist() == list(range(len(middles)))
    full = RasterLevels(np.full((70, 100), 3.0), Grid(0.0, 700.0, 10.0, 10.0)).known()
    assert len(full) == -(-70 // BLOCK) * -(-100 // BLOCK)


def test_a_thousand_features_pasted_at_once_are_tested_together(case: Case) -> None:
    desk = Desk(case, rule("prohibit-inside"))
    saved = desk.saved
    rows = saved.tables["voorstel_vlak"]
    added = changed(rows, [0] * 1_000, id="x", fid=-1)
    names = objects(*(f"nieuw {number}" for number in range(1_000)))
    added = type(added)(added.name, added.geometry, {**added.columns, "id": names, "fid": -1 - np.arange(1_000)})
    pasted = edited(saved, {"voorstel_vlak": TableEdits(added=added)})

    assert len(desk.found(*names.tolist(), proposal=pasted)) == 1_000
