"""Variants beside each other: what is measured, how it is scored, and that nothing is counted that is not known."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import shapely

from novex_plugin.core.check.comparison import Comparison, Sources, compare, comparison_content
from novex_plugin.core.check.criteria import Criterion, Scale, read_criteria
from novex_plugin.core.check.scores import scored, weighted
from novex_plugin.core.check.variant_facts import Value
from novex_plugin.core.delivery.comparison_report import comparison_html, write_comparison
from novex_plugin.core.errors import Cancelled, InputError
from novex_plugin.core.files import check_schema, file_digest, json_bytes
from novex_plugin.core.progress import Silent
from tests.unit.making_checks import MOMENT, Case, box, rule, rule_file


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Two variants: homes that lie half in a nature area, and homes beside it; one rule about that area."""
    case = Case(tmp_path).write("variant", id="ruim", naam="Ruim opgezet", omschrijving="Alles <naast> elkaar.")
    case.dataset("natura2000", box(50, 0, 500, 500))
    case.draw("a", "woningbouw", box(0, 0, 100, 100)).draw("n", "natuur_nieuw", box(80, 0, 180, 100))
    case.draw("b", "woningbouw", box(-200, 0, 0, 100), variant="ruim")
    case.draw("w", "weg_nieuw", shapely.LineString([(-300, 50), (-100, 50)]), variant="ruim")
    case.write("bijdrage", id="1", kenmerk="a", indicator="woningen", waarde=500, eenheid="woningen", jaar=2030)
    case.write("bijdrage", id="2", kenmerk="b", indicator="woningen", waarde=300, eenheid="woningen", jaar=2030)
    return case


def rules(case: Case, **values: Any) -> Path:
    return rule_file(case.folder, rule("prohibit-inside", hardness="verbod", exceptions=[], **values))


def criteria_file(folder: Path, *criteria: dict[str, Any]) -> Path:
    path = folder / "criteria.json"
    content = {"format": "novex-criteria", "version": "1.0", "title": "Afweging", "criteria": list(criteria)}
    path.write_bytes(json_bytes(content))
    return path


def criterion(name: str, measure: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {"id": name, "label": f"Criterium {name}", "measure": measure} | values


AREA = {"what": "area", "legend": "woningbouw", "value": "ha"}
PROHIBITED = {"what": "hardness", "hardness": "verbod", "outcome": "overtreedt", "count": "findings"}
CONFLICT = {"what": "combinations", "judgement": "conflict", "value": "ha"}


def compared(case: Case, *criteria: dict[str, Any], variants: tuple[str, ...] = (), **sources: Any) -> Comparison:
    given = {"bindings": case.bindings_file(), "catalogues": [rules(case)]} | sources
    file = criteria_file(case.folder, *criteria) if criteria else None
    return compare(case.proposal, variants, file, Sources(**given), MOMENT, Silent())


def values(result: Comparison, name: str) -> list[float | None]:
    (row,) = (row for row in result.rows if row.id == name)
    return [each.value for each in row.values.values()]


def test_all_that_is_known_of_each_variant_stands_beside_the_others(case: Case) -> None:
    result = compared(case)
    assert [each.variant for each in result.facts] == ["basis", "ruim"]
    assert values(result, "uitkomsten:overtreedt") == [1, 0]
    assert values(result, "bevindingen:hardheid:verbod") == [1, 0]
    assert values(result, "combinaties:conflict:ha") == [pytest.approx(0.2), 0]
    assert values(result, "combinaties:conflict:natuur_nieuw:woningbouw:ha") == [pytest.approx(0.2), 0]
    assert values(result, "combinaties:voorwaarde:weg_nieuw:woningbouw:m") == [0, pytest.approx(100)]
    assert values(result, "oppervlakte:woningbouw:ha") == [1, 2]
    assert values(result, "oppervlakte:weg_nieuw:m") == [0, 200]
    homes = [row for row in result.rows if row.group == "balans" and "Gelderland" in row.label]
    assert [value.value for value in homes[0].values.values()] == [500, 300]
    assert result.weighted is None
    assert result.scored == ()


def test_the_content_follows_its_schema_with_and_without_criteria(case: Case) -> None:
    for criteria in ((), (criterion("a", AREA, direction="more", weight=10), criterion("b", CONFLICT))):
        content = comparison_content(compared(case, *criteria))
        check_schema(content, "comparison")
        assert json.loads(json_bytes(content)) == content
        assert (content["criteria"] is None) == (not criteria)
        assert content["snapshot"] is None
        assert content["bindings"] == f"sha256:{file_digest(case.bindings_file())}"


def test_variants_come_in_the_order_in_which_they_are_given(case: Case) -> None:
    content = comparison_content(compared(case, criterion("a", AREA), variants=("ruim", "basis")))
    assert [each["variant"] for each in content["variants"]] == ["ruim", "basis"]
    for part in (content["measures"], content["criteria"]["criteria"]):
        assert all([each["variant"] for each in row["values"]] == ["ruim", "basis"] for row in part)


@pytest.mark.parametrize(
    ("variants", "said"), [(("weg",), "weg"), (("ruim", "ruim"), "twee keer"), (("basis", "nee"), "nee")]
)
def test_variants_that_are_not_there_or_twice_are_refused(case: Case, variants: tuple[str, ...], said: str) -> None:
    with pytest.raises(InputError, match=said):
        compared(case, variants=variants)


def test_rules_that_differ_between_variants_are_told_with_their_outcomes(case: Case) -> None:
    (told,) = comparison_content(compared(case))["rules"]
    assert not told["same"]
    assert [(each["outcome"], each["open"]) for each in told["outcomes"]] == [("overtreedt", 1), ("voldoet", 0)]


# --- values that cannot be told


def test_a_rule_that_cannot_be_tested_has_no_value_and_no_sum_rests_on_it(case: Case) -> None:
    untestable = criterion(
        "r", {"what": "rule", "rule": "proef-1", "outcome": "overtreedt"}, direction="less", weight=9
    )
    result = compared(case, untestable, criterion("a", AREA, direction="more", weight=1), bindings=None)
    (row, _) = comparison_content(result)["criteria"]["criteria"]
    assert [(each["value"], each["score"]) for each in row["values"]] == [(None, None), (None, None)]
    assert all("Niet toetsbaar" in each["note"] for each in row["values"])
    assert result.weighted is not None
    assert list(result.weighted.sums.values()) == [None, None]
    assert "Criterium r" in result.weighted.notes["basis"]


def test_a_count_over_rules_says_how_many_could_not_be_tested(case: Case) -> None:
    other = rule("prohibit-inside", id="proef-2", slots=["nnn"], hardness="verbod")
    both = rule_file(case.folder, rule("prohibit-inside", hardness="verbod"), other, name="beide.json")
    programme = {"what": "programme", "programme": "woningbouw", "outcome": "overtreedt", "count": "findings"}
    result = compared(case, criterion("p", programme), catalogues=[both])
    (each,) = result.scored
    assert [value.value for value in each.values.values()] == [1, 0]
    assert {value.note for value in each.values.values()} == {"1 van 2 regels niet toetsbaar"}


def test_too_many_pairs_leave_the_combinations_without_a_value(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    from novex_plugin.core.check import combinations as module

    monkeypatch.setattr(module, "PAIRS_MAXIMUM", 0)
    result = compared(case, criterion("c", CONFLICT, direction="less"), variants=("basis",))
    assert values(result, "combinaties:conflict:ha") == [None]
    assert result.scored[0].scores == {"basis": None}
    assert any("paren" in note for note in result.notes)


def test_a_geometry_that_cannot_be_measured_is_told(case: Case) -> None:
    case.draw("x", "woningbouw", shapely.Polygon([(0, 0), (9, 9), (9, 0), (0, 9)]), variant="ruim")
    result = compared(case, criterion("a", AREA))
    assert result.scored[0].values["basis"].note is None
    assert "1 objecten" in str(result.scored[0].values["ruim"].note)
    assert any(note.startswith("Variant ruim: 1 objecten") for note in result.notes)


# --- what criteria may measure


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ({"what": "rule", "rule": "proef-1", "outcome": "overtreedt"}, [1, 0]),
        ({"what": "programme", "programme": "woningbouw", "outcome": "voldoet", "count": "rules"}, [0, 1]),
        (PROHIBITED, [1, 0]),
        ({"what": "hardness", "hardness": "alle", "outcome": "niet_toetsbaar", "count": "rules"}, [0, 0]),
        ({"what": "hardness", "hardness": "advies", "outcome": "overtreedt", "count": "findings"}, [0, 0]),
        ({"what": "balance", "target": "q-prov-woningen-gelderland", "value": "drawn"}, [500, 300]),
        ({"what": "balance", "target": "q-prov-woningen-gelderland", "value": "remaining"}, [99_500, 99_700]),
        ({"what": "balance", "indicator": "woningen", "value": "drawn"}, [500, 300]),
        ({"what": "balance", "indicator": "woningen", "place": "NL", "value": "drawn"}, [500, 300]),
        (CONFLICT, [0.2, 0]),
        ({"what": "combinations", "judgement": "voorwaarde", "value": "m"}, [0, 100]),
        (CONFLICT | {"units": ["woningbouw", "natuur_nieuw"], "value": "pairs"}, [1, 0]),
        (CONFLICT | {"units": ["recreatie", "natuur_nieuw"]}, [0, 0]),
        (AREA, [1, 2]),
        (AREA | {"roles": ["bestaand"]}, [0, 0]),
        ({"what": "area", "legend": "weg_nieuw", "value": "m"}, [0, 200]),
    ],
)
def test_every_kind_of_measure_gives_a_value_for_each_variant(
    case: Case, measure: dict[str, Any], expected: list[float]
) -> None:
    (each,) = compared(case, criterion("x", measure)).scored
    assert [value.value for value in each.values.values()] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ({"what": "rule", "rule": "weg-1", "outcome": "overtreedt"}, "weg-1"),
        ({"what": "programme", "programme": "weg", "outcome": "voldoet", "count": "rules"}, "weg"),
        ({"what": "balance", "target": "weg", "value": "drawn"}, "weg"),
        ({"what": "balance", "indicator": "weg", "value": "drawn"}, "weg"),
        ({"what": "balance", "indicator": "woningen", "place": "PV20", "value": "drawn"}, "PV20"),
        ({"what": "area", "legend": "weg", "value": "ha"}, "weg"),
        (CONFLICT | {"units": ["weg", "recreatie"]}, "weg"),
    ],
)
def test_a_measure_of_what_is_not_there_is_refused_by_file_and_criterion(
    case: Case, measure: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError, match=said) as refused:
        compared(case, criterion("x", measure))
    assert (refused.value.row, refused.value.field) == ("x", "measure")
    assert str(refused.value.file).endswith("criteria.json")
    assert "Kies uit" in str(refused.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"weight": 10}, "richting"),
        ({"weight": 101, "direction": "more"}, "101"),
        ({"weight": -1, "direction": "more"}, "-1"),
        ({"scale": {"worst": 0, "best": 1}}, "richting"),
        ({"scale": {"worst": 1, "best": 1}, "direction": "more"}, "gelijk"),
        ({"scale": {"worst": 1, "best": 0}, "direction": "more"}, "andere kant"),
        ({"direction": "mooier"}, "mooier"),
        ({"measure": {"what": "mooiheid"}}, "mooiheid"),
        ({"measure": AREA | {"legenda": "x"}}, "legenda"),
        ({"measure": {"what": "balance", "target": "a", "indicator": "b", "value": "drawn"}}, "criteria"),
        ({"measure": {"what": "balance", "indicator": "b", "value": "surplus"}}, "criteria"),
        ({"measure": PROHIBITED | {"outcome": "voldoet"}}, "voldoet"),
        ({"waarde": 3}, "waarde"),
    ],
)
def test_criteria_that_cannot_be_meant_are_refused(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_criteria(criteria_file(tmp_path, criterion("x", AREA) | change))


def test_two_criteria_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="twee keer"):
        read_criteria(criteria_file(tmp_path, criterion("x", AREA), criterion("x", CONFLICT)))


# --- scores


def given(direction: str | None, weight: float | None = None, scale: Scale | None = None, name: str = "x") -> Criterion:
    return Criterion(name, name, weight, AREA, direction, scale)


def of(*numbers: float | None) -> dict[str, Value]:
    return {f"v{place}": Value(each, "ha") for place, each in enumerate(numbers)}


@pytest.mark.parametrize(
    ("direction", "scale", "numbers", "expected"),
    [
        ("more", None, (10, 20, 15), [0, 100, 50]),
        ("less", None, (10, 20, 15), [100, 0, 50]),
        ("more", Scale(0, 40), (10, 20, 50), [25, 50, 100]),
        ("less", Scale(40, 0), (10, 20, -5), [75, 50, 100]),
        ("more", None, (10, None, 20), [0, None, 100]),
        ("more", Scale(0, 20), (10, None), [50, None]),
        ("more", Scale(0, 20), (10, 10), [50, 50]),
        (None, None, (10, 20), [None, None]),
        ("more", None, (10, 10), [None, None]),
        ("more", None, (10, None), [None, None]),
        ("more", None, (None, None), [None, None]),
        ("more", None, (10,), [None]),
        ("more", None, (0, 0.0), [None, None]),
    ],
)
def test_scores_run_from_0_to_100_on_the_users_scale_or_between_the_variants(
    direction: str | None, scale: Scale | None, numbers: tuple[float | None, ...], expected: list[float | None]
) -> None:
    assert list(scored(given(direction, scale=scale), of(*numbers)).scores.values()) == expected


def test_a_tie_and_a_value_beyond_the_scale_are_told() -> None:
    tie = scored(given("more"), of(3, 3))
    assert not tie.counts
    assert "gelijk" in str(tie.note)
    beyond = scored(given("more", scale=Scale(0, 5)), of(3, 9))
    assert "één variant" in str(beyond.note)


def test_the_weighted_sum_is_the_mean_of_the_scores_by_the_users_weights() -> None:
    parts = [scored(given("more", 30, name="a"), of(0, 10)), scored(given("less", 10, name="b"), of(0, 10))]
    result = weighted(parts, ["v0", "v1"])
    assert result is not None
    assert result.sums == {"v0": 25, "v1": 75}
    assert (result.weight, result.left_out) == (40, 0)


def test_without_weights_there_is_no_sum() -> None:
    parts = [scored(given("more"), of(0, 10)), scored(given("more", 0), of(0, 10))]
    assert weighted(parts, ["v0", "v1"]) is None


def test_a_variant_without_a_value_has_no_sum_and_the_others_have() -> None:
    parts = [scored(given("more", 50, name="a"), of(0, None, 10)), scored(given("more", 50, name="b"), of(0, 5, 10))]
    result = weighted(parts, ["v0", "v1", "v2"])
    assert result is not None
    assert result.sums == {"v0": 0, "v1": None, "v2": 100}
    assert result.notes == {"v1": "geen score voor a"}


def test_a_tie_stays_out_of_the_sum_with_its_weight() -> None:
    parts = [scored(given("more", 60, name="a"), of(3, 3)), scored(given("more", 40, name="b"), of(0, 5))]
    result = weighted(parts, ["v0", "v1"])
    assert result is not None
    assert result.sums == {"v0": 0, "v1": 100}
    assert (result.weight, result.left_out) == (40, 60)
    only = weighted(parts[:1], ["v0", "v1"])
    assert only is not None
    assert list(only.sums.values()) == [None, None]


def test_a_criterion_that_no_two_variants_have_leaves_no_sum_for_any() -> None:
    parts = [scored(given("more", 60, name="a"), of(3, None)), scored(given("more", 40, name="b"), of(0, 5))]
    result = weighted(parts, ["v0", "v1"])
    assert result is not None
    assert list(result.sums.values()) == [None, None]


# --- the page


def test_the_page_stands_by_itself_and_holds_no_verdict(case: Case) -> None:
    criteria = (
        criterion("a", AREA, direction="more", weight=60),
        criterion("c", CONFLICT, direction="less", weight=40, scale={"worst": 1, "best": 0}),
    )
    page = comparison_html(comparison_content(compared(case, *criteria))).decode()
    assert not re.search(r"<script|<link|https?://|src=", page)
    said = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL).lower()
    for word in ("beste", "beter", "slechter", "slechtste", "winnaar", "aanbevolen", "voorkeursvariant", "rangorde"):
        assert word not in said, word
    assert "alles &lt;naast&gt; elkaar." in said
    assert page.index("Basis") < page.index("Ruim opgezet")
    assert "gewogen som" in said
    for colour in ("overtreedt", "voldoet", "gemotiveerd"):
        assert f'class="{colour}' not in page
        assert f'class="tile {colour}' not in page


def test_the_same_comparison_gives_the_same_page_and_without_criteria_no_scores(case: Case) -> None:
    content = comparison_content(compared(case))
    assert comparison_html(content) == comparison_html(json.loads(json_bytes(content)))
    page = comparison_html(content).decode()
    assert "score" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    assert "Gewogen som" not in page


def test_what_cannot_be_told_is_a_dash_with_its_reason(case: Case) -> None:
    untestable = criterion("r", {"what": "rule", "rule": "proef-1", "outcome": "overtreedt"}, direction="less")
    page = comparison_html(comparison_content(compared(case, untestable, bindings=None))).decode()
    assert re.search(r"<td class=\"number\"><b>–</b><small>Niet toetsbaar", page)


def test_one_variant_can_be_laid_out_alone(case: Case) -> None:
    result = compared(case, criterion("a", AREA, direction="more", weight=1), variants=("ruim",))
    assert any("één variant" in note for note in result.notes)
    assert comparison_html(comparison_content(result))


def test_both_files_are_written_or_none(case: Case, tmp_path: Path) -> None:
    result = compared(case)
    write_comparison(result, tmp_path / "uit.json", tmp_path / "uit.html")
    check_schema(json.loads((tmp_path / "uit.json").read_bytes()), "comparison")
    (tmp_path / "map").mkdir()
    with pytest.raises(InputError):
        write_comparison(result, tmp_path / "map", tmp_path / "geen.html")
    assert not (tmp_path / "geen.html").exists()


def test_a_comparison_stops_between_variants_when_it_is_told_to(case: Case) -> None:
    class Stopping(Silent):
        def __init__(self) -> None:
            self.seen: list[str] = []

        def info(self, message: str) -> None:
            self.seen.append(message)

        def cancelled(self) -> bool:
            return any(message.startswith("basis") for message in self.seen)

    progress = Stopping()
    sources = Sources(bindings=case.bindings_file(), catalogues=[rules(case)])
    with pytest.raises(Cancelled):
        compare(case.proposal, (), None, sources, MOMENT, progress)
    assert not any(message.startswith("ruim") for message in progress.seen)
