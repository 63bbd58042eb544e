"""The rules of nature, green, heritage, health, environment, water, defence and industry: whole and true to source."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from novex_plugin.core.files import json_bytes
from novex_plugin.core.rules.catalogue import RULES, default_catalogues, read_catalogue
from novex_plugin.core.rules.model import Catalogue, Rule
from tests.unit.making_checks import Case, box

PROGRAMMES = (
    "nplg",
    "agenda-natuurinclusief",
    "groen-in-en-om-de-stad",
    "erfgoed-voor-de-toekomst",
    "gezonde-en-groene-leefomgeving",
    "nationaal-milieuprogramma",
    "geluid",
    "luchtkwaliteit",
    "nationaal-waterprogramma",
    "ruimte-voor-defensie",
    "circulaire-economie",
    "pidi",
)

HARDNESS = {
    "hard": "verbod",
    "apply-or-explain": "pas_toe_of_leg_uit",
    "preference": "voorkeur",
    "advice": "advies",
    "information": "advies",
    "proposal": "advies",
}
STATUS = {"proposal": "voorgesteld", "information": "informatie"}
CERTAINTY = {"literal": "letterlijk", "close-paraphrase": "parafrase", "interpreted": "geduid", "inferred": "afgeleid"}

GIVEN = {
    ("nplg-gbda-10", "share_pct"): 10,
    ("nplg-geen-verslechtering-n2000.habitat", "loss_ha"): 0,
    ("gios-eu-nulverlies", "loss_ha"): 0,
    ("gios-eu-plus", "share_pct"): 3,
    ("gios-eu-plus.2050", "share_pct"): 5,
    ("gios-eu-plus.bomen", "share_pct"): 10,
    ("gios-eu-project", "loss_ha"): 0,
    ("ggl-3km", "distance_m"): 3000,
}
"""The only thresholds in the source; 0 where it allows no deterioration, no net loss or asks for more."""

OTHERWISE = {
    "nplg-kdw-74": {"min-share"},
    "nplg-lucht-geur": {"area-balance"},
    "nplg-zoonosen": {"avoid-unless"},
    "nplg-abcd-kaart": {"prefer-order"},
    "ggl-3km": {"require-within-distance"},
    "nmp-basisnet": {"avoid-unless"},
    "nmp-standstill": {"area-balance"},
    "nmp-cumulatie": {"area-balance"},
    "luc-gevoelige-bestemming": {"prefer-order"},
    "def-perspectieflocaties": {"require-inside"},
    "pidi-deltacorridor": {"reserve"},
}
"""Kinds of the source that another kind measures better; a note of the rule says why."""

SAYS_WHY = re.compile(r"\b(daarom|maar|niet|geen|alleen)\b")
ANSWERED = {"statement", "require-attribute"}


@cache
def catalogues() -> dict[str, Catalogue]:
    return {each: read_catalogue(RULES / "startpakket-2022" / f"{each}.json") for each in PROGRAMMES}


def rules() -> list[Rule]:
    return [rule for catalogue in catalogues().values() for rule in catalogue.rules]


def own_id(rule: Rule) -> str:
    """The id of the source's rule that this one is, or is a part of."""
    return rule.id.partition(".")[0]


def source_rules(shared: Path) -> list[dict[str, Any]]:
    every = json.loads((shared / "startpakket" / "spatial_rules.json").read_text())["rules"]
    return [each for each in every if each["programme"] in PROGRAMMES]


def by_id() -> dict[str, Rule]:
    return {rule.id: rule for rule in rules()}


def parts(name: str) -> list[Rule]:
    return [rule for rule in rules() if own_id(rule) == name]


def test_every_rule_of_the_source_is_there_in_the_file_of_its_programme(shared: Path) -> None:
    source = {(each["programme"], each["id"]) for each in source_rules(shared)}
    assert len(source) == 61
    assert source == {(rule.programme, rule.id) for rule in rules() if rule.id == own_id(rule)}
    assert {own_id(rule) for rule in rules()} == {name for _, name in source}, "a part belongs to a rule"


def test_hardness_status_and_certainty_are_those_of_the_source(shared: Path) -> None:
    for source in source_rules(shared):
        rule = by_id()[source["id"]]
        assert rule.hardness == HARDNESS[source["hardness"]], rule.id
        assert rule.status == STATUS.get(source["hardness"], "geldend"), rule.id
        assert rule.certainty == CERTAINTY[source["confidence"]["level"]], rule.id
        assert rule.citation.choice is None, "these programmes have no structurerende keuzes"
        assert source["keuze"] is None


def test_no_part_is_harder_than_its_rule() -> None:
    order = list(dict.fromkeys(HARDNESS.values()))
    for rule in rules():
        assert order.index(rule.hardness) >= order.index(by_id()[own_id(rule)].hardness), rule.id
        assert rule.status == by_id()[own_id(rule)].status, rule.id


def test_every_kind_of_the_source_is_measured_or_a_note_says_why_another_is_better(shared: Path) -> None:
    for source in source_rules(shared):
        ours = parts(source["id"])
        kinds = {rule.kind for rule in ours}
        lacking = set(source["kind"]) - kinds - ({"require-attribute"} if kinds & ANSWERED else set())
        assert lacking == OTHERWISE.get(source["id"], set()), source["id"]
        assert not lacking or any(SAYS_WHY.search(rule.note or "") for rule in ours), source["id"]


def test_what_geometry_measures_is_at_least_what_it_measures_in_the_source(shared: Path) -> None:
    measured = [each for each in source_rules(shared) if set(each["kind"]) - {"require-attribute", "prefer-order"}]
    only_asked = {each["id"] for each in measured if {rule.kind for rule in parts(each["id"])} <= ANSWERED}
    assert only_asked == {"nplg-kdw-74", "nmp-standstill"}


def numbers() -> Iterator[tuple[str, str, Any, str]]:
    for rule in rules():
        for parameter in rule.parameters.values():
            if parameter.unit in {"m", "ha", "%", "cm"}:
                yield rule.id, parameter.name, parameter.value, parameter.source


def test_thresholds_are_those_of_the_source_and_no_others() -> None:
    assert {(rule, name): value for rule, name, value, _ in numbers() if value is not None} == GIVEN
    for rule, name, value, source in numbers():
        assert source.startswith("geen ") == (value is None or "geen getal" in source), f"{rule} {name}: {source}"


def test_the_thresholds_stand_in_the_source(shared: Path) -> None:
    given = {each["id"]: each["parameters"] for each in source_rules(shared)}
    assert given["nplg-gbda-10"]["share_pct"] == GIVEN["nplg-gbda-10", "share_pct"]
    assert given["ggl-3km"]["distance_km"] * 1000 == GIVEN["ggl-3km", "distance_m"]
    european = given["gios-eu-plus"]
    assert [european[key] for key in ("pct_2040", "pct_2050", "tree_pct_2050")] == [3, 5, 10]
    for name in [key for key, values in given.items() if values.get("distance_m", 0) is None]:
        distances = [rule.parameters.get("distance_m") for rule in parts(name)]
        assert any(each and each.value is None for each in distances), f"{name} asks for a distance that nobody gave"
    assert str(given["nplg-kdw-74"]["share_pct"]) in by_id()["nplg-kdw-74"].nl
    assert (
        list(by_id()["gel-maatregelvolgorde"].parameters["order"].value or ())
        == (given["gel-maatregelvolgorde"]["order"])
    )


def test_provinces_are_those_of_the_cited_lines(shared: Path) -> None:
    reference = json.loads((shared / "startpakket" / "reference.json").read_text())["provinces"]
    code = {each.get("name_nl") or each["name"]: each["code_pv"] for each in reference}
    for source in source_rules(shared):
        named, ours = source["applicability"]["provinces"], parts(source["id"])
        if named == "alle":
            assert all(len(rule.provinces) == 12 for rule in ours), source["id"]
            continue
        assert {code[name] for name in named} <= set().union(*(rule.provinces for rule in ours)), source["id"]
        assert all(len(rule.provinces) < 12 for rule in ours), source["id"]
    assert by_id()["def-kazerne-zeewolde"].provinces == {"PV24"}
    assert by_id()["def-kazerne-zeewolde.afweging"].provinces == {"PV24", "PV25"}
    assert by_id()["pidi-deltacorridor"].provinces == {"PV25", "PV28", "PV30", "PV31"}
    assert "afgeleid" in (by_id()["pidi-deltacorridor"].note or "")


def test_the_three_demands_hold_from_the_day_that_the_source_names() -> None:
    dated = [rule for rule in rules() if rule.from_date is not None]
    assert {own_id(rule) for rule in dated} == {"gios-2023-drie-eisen"}
    assert len(dated) == 3
    assert {str(rule.from_date) for rule in dated} == {"2023-07-01"}


def test_a_ban_on_harm_can_be_met_by_showing_that_there_is_none() -> None:
    banned = [rule for rule in rules() if rule.hardness == "verbod"]
    without = {rule.id for rule in banned if all(each.told_by_data for each in rule.exemptions)}
    assert without == {"nmp-pr-contour"}, "only the risk contour admits nothing"
    assert all(rule.note for rule in banned)


def test_proposed_rules_say_by_whom() -> None:
    proposed = [rule for rule in rules() if rule.status == "voorgesteld"]
    assert {own_id(rule) for rule in proposed} == {"gios-eu-nulverlies", "gios-eu-plus", "gios-eu-project"}
    assert all("Europese Commissie" in (rule.note or "") for rule in proposed)


def test_every_statement_is_asked_and_no_two_questions_share_a_name() -> None:
    for catalogue in catalogues().values():
        asked = [rule.parameters["statement"].value for rule in catalogue.rules if rule.kind == "statement"]
        assert set(asked) == {each.id for each in catalogue.statements}, catalogue.programme
        assert all(each.nl.endswith("?") and each.en.endswith("?") for each in catalogue.statements)
    names = Counter(each.id for path in default_catalogues() for each in read_catalogue(path).statements)
    ours = {each.id for catalogue in catalogues().values() for each in catalogue.statements}
    assert not {name for name in ours if names[name] > 1}, "an answer in the table verklaring is for one question"


def written(content: Any, name: str = "") -> Iterator[str]:
    """Every text in a file that a person wrote to be read."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key not in {"citation", "title"}:
                yield from written(value, key)
    elif isinstance(content, list):
        for value in content:
            yield from written(value, name)
    elif isinstance(content, str) and name in {"nl", "en", "note", "source", "area_types"}:
        yield content


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[start : start + 8]) for start in range(len(words) - 7)}


@pytest.fixture(scope="module")
def source_runs(shared: Path) -> set[tuple[str, ...]]:
    """Runs of 8 words of the source and of what was read from it."""
    texts = [path.read_text() for path in sorted((shared / "startpakket").glob("*.txt"))]
    for path in sorted((shared / "startpakket").glob("*.json")):
        texts += re.findall(r'"((?:[^"\\]|\\.)*)"', path.read_text())
    return set().union(*(runs(text) for text in texts))


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_texts_repeat_nothing_of_the_source(programme: str, source_runs: set[tuple[str, ...]]) -> None:
    content = json.loads(catalogues()[programme].file.read_text())
    copied = {text: runs(text) & source_runs for text in written(content)}
    assert not {text: found for text, found in copied.items() if found}


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_files_are_canonical_and_texts_are_sentences_in_two_languages(programme: str) -> None:
    catalogue = catalogues()[programme]
    assert catalogue.file.read_bytes() == json_bytes(json.loads(catalogue.file.read_text()))
    assert len({rule.nl for rule in catalogue.rules}) == len(catalogue.rules)
    for rule in catalogue.rules:
        for text in (rule.nl, rule.en, rule.note or "."):
            assert text[:1] in ".0123456789" or text[0].isupper(), f"{rule.id}: {text}"
            assert text.endswith("."), f"{rule.id}: {text}"
        assert rule.nl != rule.en
        assert len(rule.nl) <= 220, f"{rule.id} is one or two sentences"


def outcome(case: Case, programme: str, rule: str) -> Any:
    result = case.run(catalogues()[programme].file)
    return next(each for each in result.outcomes if each.rule.id == rule)


def test_homes_in_a_protected_site_break_the_rule_and_new_nature_does_not(tmp_path: Path) -> None:
    case = Case(tmp_path).dataset("natura2000", box(150000, 450000, 151000, 451000))
    case.draw("a", "natuur_nieuw", box(150100, 450100, 150200, 450200))
    assert outcome(case, "nplg", "nplg-geen-verslechtering-n2000").outcome == "niet_van_toepassing"
    case.draw("b", "woningbouw", box(150300, 450300, 150400, 450400))
    assert outcome(case, "nplg", "nplg-geen-verslechtering-n2000").outcome == "overtreedt"
    case.explain("nplg-geen-verslechtering-n2000", "b", "Uit onderzoek blijkt dat de natuur er niet op achteruitgaat.")
    assert outcome(case, "nplg", "nplg-geen-verslechtering-n2000").outcome == "gemotiveerd"


def test_homes_must_lie_within_three_kilometres_of_green_that_exists_or_is_drawn(tmp_path: Path) -> None:
    case = Case(tmp_path).dataset("recreatie-groen", box(150000, 450000, 151000, 451000))
    case.dataset("stil-gebied", box(150000, 440000, 151000, 441000))
    case.draw("a", "woningbouw", box(153000, 450000, 155000, 451000))
    far = outcome(case, "gezonde-en-groene-leefomgeving", "ggl-3km")
    assert far.outcome == "overtreedt"
    case.draw("b", "groen_stedelijk", box(155000, 450000, 155100, 451000))
    assert outcome(case, "gezonde-en-groene-leefomgeving", "ggl-3km").outcome == "voldoet"


def test_no_home_lies_inside_a_risk_contour_whatever_is_explained(tmp_path: Path) -> None:
    case = Case(tmp_path).dataset("pr-10-6", box(150000, 450000, 150100, 450100))
    case.draw("a", "woningbouw", box(150050, 450000, 150200, 450100)).explain("nmp-pr-contour", "a")
    assert outcome(case, "nationaal-milieuprogramma", "nmp-pr-contour").outcome == "overtreedt"


def test_ground_of_the_ministry_of_defence_may_lie_in_its_own_zone(tmp_path: Path) -> None:
    case = Case(tmp_path).dataset("defensie-zone", box(150000, 450000, 150100, 450100))
    case.draw("a", "defensie_terrein", box(150000, 450000, 150100, 450100))
    assert outcome(case, "ruimte-voor-defensie", "def-bestaand").outcome != "overtreedt"
    case.draw("b", "windturbine", box(150050, 450050, 150060, 450060).centroid)
    assert outcome(case, "ruimte-voor-defensie", "def-bestaand").outcome == "overtreedt"
