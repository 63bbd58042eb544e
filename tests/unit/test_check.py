"""A check of a whole proposal: every rule an outcome, nothing in silence, the same bytes each time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from novex_plugin.core.check.explanations import geometry_digest
from novex_plugin.core.check.run import CheckResult, check, write_findings
from novex_plugin.core.errors import Cancelled, InputError
from novex_plugin.core.features.geopackage import layer_names, read_layer
from novex_plugin.core.files import check_schema
from novex_plugin.core.progress import Silent
from novex_plugin.core.rules.catalogue import read_catalogues
from novex_plugin.core.rules.kinds import KINDS
from novex_plugin.core.rules.kinds.prohibit_inside import ProhibitInside
from novex_plugin.core.rules.model import Rule
from novex_plugin.core.rules.question import Answer, Question
from tests.unit.making_checks import MOMENT, REASON, Case, box, damaged, objects, rule, rule_file

SITE = box(0, 0, 100, 100)
BOW = shapely.MultiPolygon([shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])])


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


def outcome_of(result: CheckResult, name: str) -> Any:
    return next(each for each in result.outcomes if each.rule.id == name)


def everything(case: Case) -> Case:
    """One feature of every unit that may be an area, and one point and line, with all slots bound."""
    for number, unit in enumerate(("woningbouw", "bedrijventerrein", "waterberging", "natuur_nieuw", "recreatie")):
        case.draw(f"v{number}", unit, box(200 * number, 0, 200 * number + 150, 100))
    case.draw("l", "weg_nieuw", shapely.LineString([(0, 50), (900, 50)]))
    case.draw("p", "grondwateronttrekking", shapely.Point(50, 50))
    for slot in sorted({slot for each in all_rules() for slot in each.all_slots}):
        case.dataset(slot, box(100, 0, 700, 60))
    return case


def all_rules() -> list[Rule]:
    return [each for catalogue in read_catalogues() for each in catalogue.rules]


def test_every_rule_of_the_catalogue_has_an_outcome_when_nothing_is_bound(case: Case) -> None:
    case.draw("a", "woningbouw", SITE)
    result = check(case.proposal, "basis", None, None, None, MOMENT, Silent())
    ids = [each.id for catalogue in read_catalogues() for each in catalogue.rules]
    assert [each.rule.id for each in result.outcomes] == ids
    assert sum(result.counts.values()) == len(ids)
    untestable = [each for each in result.outcomes if each.outcome == "niet_toetsbaar"]
    assert untestable
    assert all(each.missing for each in untestable), "each says what is missing"


def test_every_rule_has_an_outcome_when_all_is_bound_and_none_crashes(case: Case) -> None:
    result = everything(case).run()
    assert len(result.outcomes) == len(all_rules())
    assert not [each.message for each in result.outcomes if "liep vast" in each.message]
    for each in result.outcomes:
        if each.outcome == "niet_toetsbaar":
            known = ("geen waarde", "geen trede", "bijdrage", "de verklaring", "zegt niet in welke eenheid")
            assert any(text in missing for text in known for missing in each.missing), each.missing


def test_each_outcome_of_a_rule_adds_up_to_its_features(case: Case) -> None:
    for each in everything(case).run().outcomes:
        assert sum(each.feature_outcomes.values()) == each.features


def test_a_rule_for_other_provinces_does_not_apply(case: Case) -> None:
    case.draw("a", "landaanwinning", SITE)
    assert outcome_of(case.run(), "wbs-14-kustuitbreiding").outcome == "niet_van_toepassing"


def test_a_rule_of_a_later_ijkmoment_does_not_apply_yet(case: Case) -> None:
    found = case.draw("a", "woningbouw", SITE).dataset("natura2000", SITE).ask("prohibit-inside", from_ijkmoment=2)
    assert found.outcome == "niet_van_toepassing"


def test_a_dike_zone_that_misses_every_feature_is_met(case: Case) -> None:
    case.draw("a", "woningbouw", SITE).dataset("reserveringszone-waterkering", box(5_000, 0, 6_000, 100))
    assert outcome_of(case.run(), "wbs-11-reserveringszone").outcome == "voldoet"


@pytest.mark.parametrize(
    ("hardness", "exceptions", "outcome"),
    [
        ("pas_toe_of_leg_uit", [], "gemotiveerd"),
        ("voorkeur", [], "gemotiveerd"),
        ("verbod", [], "overtreedt"),
        ("verbod", [{"id": "x", "nl": "Behalve dan.", "en": "Except then."}], "gemotiveerd"),
    ],
)
def test_an_explanation_counts_except_for_a_prohibition_without_exceptions(
    case: Case, hardness: str, exceptions: list[dict[str, str]], outcome: str
) -> None:
    case.draw("a", "woningbouw", SITE).dataset("natura2000", SITE).explain("proef-1", "a")
    found = case.ask("prohibit-inside", hardness=hardness, exceptions=exceptions)
    assert found.outcome == outcome
    assert ("geen uitzondering" in found.found.message[0]) == (outcome == "overtreedt")


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ({"reden": "te kort"}, False),
        ({"reden": " " * 30}, False),
        ({"regel_versie": "0.9"}, False),
        ({"regel_versie": "1.0"}, True),
        ({"geldig_tot_ijkmoment": "1"}, True),
        ({"geldig_tot_ijkmoment": "0"}, False),
        ({"geometrie_digest": "sha256:0"}, False),
        ({"geometrie_digest": geometry_digest(objects(shapely.MultiPolygon([SITE])))[0]}, True),
    ],
)
def test_an_explanation_must_be_long_enough_and_still_hold(case: Case, values: dict[str, Any], counts: bool) -> None:
    case.draw("a", "woningbouw", SITE).dataset("natura2000", SITE).explain("proef-1", "a", **values)
    found = case.ask("prohibit-inside")
    assert found.outcome == ("gemotiveerd" if counts else "overtreedt")
    if not counts:
        assert "motivering" in found.found.message[0]


def test_an_explanation_of_one_feature_does_not_excuse_another(case: Case) -> None:
    case.draw("a", "woningbouw", SITE).draw("b", "woningbouw", SITE).dataset("natura2000", SITE).explain("proef-1", "a")
    found = case.ask("avoid-unless")
    assert found.found.outcome.tolist() == ["gemotiveerd", "overtreedt"]
    assert found.outcome == "overtreedt"


def test_an_explanation_of_the_whole_excuses_a_finding_on_the_whole(case: Case) -> None:
    case.draw("a", "woningbouw", SITE).dataset("natura2000", SITE).explain("proef-1", None)
    assert case.ask("area-balance", parameters={"loss_ha": (0, "ha")}).outcome == "gemotiveerd"
    assert case.ask("avoid-unless").outcome == "overtreedt"


def test_a_broken_geometry_has_a_row_of_its_own_and_the_others_are_tested(case: Case) -> None:
    case.draw("heel", "woningbouw", SITE).draw("stuk", "woningbouw", BOW).dataset("natura2000", box(50, 0, 90, 50))
    result = case.run(rule_file(case.folder, rule("prohibit-inside")))
    assert result.findings.columns["regel"].tolist() == ["geometrie", "proef-1"]
    assert result.findings.columns["kenmerk"].tolist() == ["stuk", "heel"]
    assert "Self-intersection" in result.findings.columns["melding"][0]
    assert "1 van 2" in result.outcomes[0].missing[0]


def test_a_feature_without_geometry_has_a_row_of_its_own_and_the_others_are_tested(case: Case) -> None:
    case.draw("heel", "woningbouw", SITE).draw("leeg", "woningbouw", SITE).dataset("natura2000", SITE)
    damaged(case.proposal, "UPDATE voorstel_vlak SET geom = NULL WHERE id = 'leeg'")
    result = case.run(rule_file(case.folder, rule("prohibit-inside")))
    faulty = result.findings.columns["regel"] == "geometrie"
    assert result.findings.columns["kenmerk"][faulty].tolist() == ["leeg"]
    assert "de geometrie is leeg" in result.findings.columns["melding"][faulty][0]
    assert "heel" in result.findings.columns["kenmerk"][~faulty].tolist()


def test_a_rule_that_passes_but_for_a_broken_geometry_is_not_said_to_pass(case: Case) -> None:
    case.draw("heel", "woningbouw", SITE).draw("stuk", "woningbouw", BOW).dataset("natura2000", box(500, 0, 900, 50))
    assert case.ask("prohibit-inside").outcome == "niet_toetsbaar"


def test_a_crash_in_one_rule_is_its_outcome_and_the_others_finish(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    class Crashing(ProhibitInside):
        def measure(self, question: Question) -> Answer:
            raise ZeroDivisionError("nul")

    monkeypatch.setitem(KINDS, "prohibit-inside", Crashing())
    case.draw("a", "woningbouw", SITE).dataset("natura2000", SITE)
    both = rule_file(case.folder, rule("prohibit-inside"), rule("avoid-unless", id="proef-2"))
    first, second = case.run(both).outcomes
    assert first.outcome == "niet_toetsbaar"
    assert "ZeroDivisionError" in first.missing[0]
    assert second.outcome == "overtreedt"


def written(result: CheckResult, folder: Path) -> tuple[bytes, bytes]:
    folder.mkdir()
    write_findings(result, folder / "bevindingen.gpkg", folder / "bevindingen.json")
    return (folder / "bevindingen.gpkg").read_bytes(), (folder / "bevindingen.json").read_bytes()


def test_the_same_input_gives_the_same_bytes(case: Case, tmp_path: Path) -> None:
    everything(case)
    assert written(case.run(), tmp_path / "een") == written(case.run(), tmp_path / "twee")


def test_findings_keep_their_ids_whatever_the_order_in_which_features_lie(tmp_path: Path) -> None:
    found = []
    for name, order in (("een", ("a", "b")), ("twee", ("b", "a"))):
        (tmp_path / name).mkdir()
        case = Case(tmp_path / name)
        for feature in order:
            case.draw(feature, "woningbouw", box(0, 0, 100 + 10 * (feature == "b"), 100))
        result = case.dataset("natura2000", SITE).run(rule_file(case.folder, rule("avoid-unless")))
        found.append((result.findings.columns["id"].tolist(), result.proposal_digest))
    assert found[0] == found[1]
    assert len(set(found[0][0])) == 2


def test_a_moved_feature_gives_another_finding_and_another_digest(tmp_path: Path) -> None:
    results = []
    for name, shift in (("een", 0), ("twee", 5)):
        (tmp_path / name).mkdir()
        case = Case(tmp_path / name).draw("a", "woningbouw", box(shift, 0, 100, 100)).dataset("natura2000", SITE)
        results.append(case.run(rule_file(case.folder, rule("avoid-unless"))))
    assert results[0].findings.columns["id"][0] != results[1].findings.columns["id"][0]
    assert results[0].proposal_digest != results[1].proposal_digest


def test_what_is_written_follows_the_schema_and_holds_the_same_in_both_files(case: Case, tmp_path: Path) -> None:
    result = everything(case).run()
    gpkg, packed = written(result, tmp_path / "uit")
    content = json.loads(packed)
    check_schema(content, "findings")
    path = tmp_path / "uit" / "bevindingen.gpkg"
    tables = ["bevinding_lijn", "bevinding_punt", "bevinding_vlak", "bevinding_zonder_geometrie"]
    pairs = ["combinatie_lijn", "combinatie_punt", "combinatie_vlak"]
    assert sorted(layer_names(path)) == [*tables, *pairs, "regel_uitkomst"]
    ids = np.concatenate([read_layer(path, table).columns["id"] for table in tables])
    assert sorted(ids) == sorted(row["id"] for row in content["findings"])
    drawn = np.concatenate([read_layer(path, table).columns["id"] for table in pairs])
    assert sorted(drawn) == sorted(row["id"] for row in content["combinations"]["pairs"])
    assert len(set(ids)) == len(ids)
    assert len(read_layer(path, "regel_uitkomst")) == len(content["rules"]) == len(all_rules())
    assert {"MultiPolygon"} == {each.geom_type for each in read_layer(path, "bevinding_vlak").geometry}
    assert {"MultiLineString"} == {each.geom_type for each in read_layer(path, "bevinding_lijn").geometry}
    assert gpkg.startswith(b"SQLite format 3")
    assert "1 m²" in content["tolerance"]
    for name, count in content["counts"].items():
        assert sum(each["counts"][name] for each in content["programmes"]) == count


def test_a_point_finding_is_a_multipoint(case: Case, tmp_path: Path) -> None:
    case.draw("p", "grondwateronttrekking", shapely.Point(50, 50)).dataset("natura2000", box(60, 0, 100, 100))
    case.set("wbs-33-onttrekking-n2000", "distance_m", 100)
    result = case.run()
    assert outcome_of(result, "wbs-33-onttrekking-n2000").outcome == "overtreedt"
    written(result, tmp_path / "uit")
    rows = read_layer(tmp_path / "uit" / "bevindingen.gpkg", "bevinding_punt")
    assert [each.geom_type for each in rows.geometry] == ["MultiPoint"]
    assert rows.columns["gemeten"].tolist() == [10]


def test_the_proposal_is_not_touched(case: Case) -> None:
    everything(case)
    before = case.proposal.read_bytes()
    case.run()
    assert case.proposal.read_bytes() == before


def refusal(case: Case, variant: str = "basis") -> InputError:
    with pytest.raises(InputError) as refused:
        check(case.proposal, variant, None, case.bindings_file(), None, MOMENT, Silent())
    return refused.value


def test_an_absent_variant_is_named_with_those_there_are(case: Case) -> None:
    assert "basis" in str(refusal(case, "andere"))


def test_values_outside_the_agreement_are_named_with_table_row_and_field_and_the_rest_is_judged(case: Case) -> None:
    case.draw("a", "woningbouw", SITE).draw("b", "woningbouw", SITE, start_jaar=2041, eind_jaar=2040, horizon=2030)
    case.dataset("natura2000", SITE)
    contribution = {"kenmerk": "a", "indicator": "woningen", "waarde": 10, "jaar": 2030, "status": None}
    for name, unit in (("x", "ha"), ("y", "woningen"), ("z", "woningen")):
        case.write("bijdrage", id=name, eenheid=unit, **contribution)
    damaged(case.proposal, "UPDATE voorstel_vlak SET legenda = 'kasteel' WHERE id = 'b'")
    damaged(case.proposal, "UPDATE bijdrage SET eenheid = '' WHERE id = 'y'")
    result = case.run(rule_file(case.folder, rule("avoid-unless")))
    named = {text.split(":")[0] for text in result.departures}
    assert named == {
        "tabel voorstel_vlak, rij 2, veld legenda",
        "tabel voorstel_vlak, rij 2, veld eind_jaar",
        "tabel bijdrage, rij 1, veld eenheid",
        "tabel bijdrage, rij 2, veld eenheid",
    }
    assert len(result.findings) == 1


def test_a_feature_outside_the_province_is_named_with_how_much_of_it(case: Case) -> None:
    case.draw("binnen", "woningbouw", SITE).draw("half", "woningbouw", box(450, 0, 550, 100))
    case.draw("molen", "windturbine", shapely.Point(900, 0))
    rules = rule_file(case.folder, rule("avoid-unless"))
    assert case.run(rules).departures == ()
    borders = (box(0, 0, 500, 500), box(500, 0, 2000, 500))
    case.dataset("provinciegebied", *borders, code=("PV25", "PV26"))
    case.bindings[-1]["filter"] = {"field": "code", "values": ["PV25"]}
    first, second = case.run(rules).departures
    assert first.startswith("tabel voorstel_vlak, rij 2, veld geom: ligt voor 50% buiten PV25")
    assert second.startswith("tabel voorstel_punt, rij 1, veld geom: ligt voor 100% buiten PV25")


def test_a_missing_field_and_another_schema_version_are_named(case: Case) -> None:
    damaged(case.proposal, "UPDATE voorstel SET schema_versie = '9.0'")
    assert "9.0" in str(refusal(case))
    damaged(case.proposal, "UPDATE voorstel SET schema_versie = '1.0'")
    damaged(case.proposal, "ALTER TABLE voorstel_vlak RENAME COLUMN rol TO rollen")
    assert refusal(case).field == "rol"


def test_a_wrong_value_in_another_variant_does_not_matter_here(case: Case) -> None:
    case.write("variant", id="ander", naam="Ander").draw("b", "woningbouw", SITE, variant="ander")
    damaged(case.proposal, "UPDATE voorstel_vlak SET rol = 'oud'")
    assert not case.run().departures


def fault(case: Case) -> str:
    """What is said of the binding of natura2000; the rule that needs it goes untested, the other is judged."""
    case.draw("a", "woningbouw", SITE).dataset("laagveen", SITE)
    first, second = rule("prohibit-inside"), rule("prohibit-inside", id="proef-2", slots=["laagveen"])
    told, judged = case.run(rule_file(case.folder, first, second)).outcomes
    assert (told.outcome, judged.outcome) == ("niet_toetsbaar", "overtreedt")
    return told.missing[0]


def test_a_layer_in_another_crs_is_named(case: Case) -> None:
    said = fault(case.dataset("natura2000", box(4, 51, 5, 52), epsg=4326))
    assert "4326" in said
    assert "natura2000" in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"layer": "weg"}, "de laag weg ontbreekt"),
        ({"filter": {"field": "soort", "values": ["x"]}}, "veld soort"),
        ({"own": {"name": "weg", "place": "verdwenen.gpkg", "reason": "Een laag voor de proef."}}, "verdwenen.gpkg"),
        ({"level": {"unit": "m", "field": None}}, "als raster niet te lezen"),
    ],
)
def test_a_layer_a_file_or_a_field_that_is_gone_is_named(case: Case, change: dict[str, Any], said: str) -> None:
    own = case.dataset("natura2000", SITE).bindings[0]["own"]
    assert said in fault(case.bind("natura2000", **({"own": own} | change)))


def test_a_filter_chooses_features_of_the_dataset(case: Case) -> None:
    case.draw("a", "woningbouw", SITE).dataset("natura2000", box(0, 0, 50, 100), SITE, klasse=["1", "2"])
    own = case.bindings[0]["own"]
    case.bind("natura2000", own=own, filter={"field": "klasse", "values": [1]})
    assert case.ask("prohibit-inside").found.measured.tolist() == [0.5]


def test_a_broken_polygon_in_a_layer_of_ones_own_is_mended_and_its_neighbours_count(case: Case) -> None:
    spike = shapely.MultiPolygon([shapely.Polygon([(0, 0), (40, 0), (40, 100), (40, 300), (40, 100), (0, 100)])])
    assert not shapely.is_valid(spike)
    case.draw("a", "woningbouw", SITE).dataset("natura2000", spike, box(60, 0, 200, 100))
    assert case.ask("prohibit-inside").found.measured.tolist() == [0.8]


@pytest.mark.parametrize(("parameter", "value"), [("afstand", 5), ("distance_m", "ver"), ("distance_m", ["a"])])
def test_a_set_value_that_does_not_fit_the_rule_is_refused(case: Case, parameter: str, value: object) -> None:
    case.set("wbs-33-onttrekking-n2000", parameter, value)
    assert refusal(case).row == "wbs-33-onttrekking-n2000"


def test_a_slot_that_no_rule_knows_is_refused(case: Case) -> None:
    assert "natura2000" in str(refusal(case.bind("natuur")))


def test_a_cancelled_check_stops(case: Case) -> None:
    class Stopped(Silent):
        def cancelled(self) -> bool:
            return True

    with pytest.raises(Cancelled):
        check(case.proposal, "basis", None, None, None, MOMENT, Stopped())


def test_the_reason_of_the_tests_is_long_enough_to_count() -> None:
    assert len(REASON) >= 20


def test_a_value_for_a_rule_that_is_not_tested_does_not_pass_in_silence(case: Case) -> None:
    case.draw("a", "woningbouw", SITE)
    case.parameters.append({"rule": "verschreven", "parameter": "share_pct", "value": 5, "reason": REASON})
    told: list[str] = []

    class Telling(Silent):
        def warning(self, message: str) -> None:
            told.append(message)

    case.run(rule_file(case.folder, rule("prohibit-inside")), progress=Telling())
    assert [each for each in told if "de regel verschreven wordt niet getoetst" in each]
