"""Rules of the NOVEX areas, the guide to area-based working and the regions: complete, cited, in their own words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import json_bytes
from novex_plugin.core.rules.catalogue import RULES, read_catalogue
from novex_plugin.core.rules.kinds import KINDS
from tests.unit.making_checks import Case

GUIDE = "handreiking-gebiedsgericht-werken"
NATIONAL = (*sorted(RULES.glob("startpakket-2022/novex-*.json")), RULES / "startpakket-2022" / f"{GUIDE}.json")
REGIONAL = (*sorted(RULES.glob("noord-limburg-2022/*.json")), *sorted(RULES.glob("zuid-limburg-2022/*.json")))
FILES = (*NATIONAL, *REGIONAL)
MANUAL = Path(__file__).resolve().parents[2] / "docs" / "eigen-regels.md"

HARDNESS = {"hard": "verbod", "apply-or-explain": "pas_toe_of_leg_uit", "preference": "voorkeur"}
STATUS = {"proposal": "voorgesteld", "information": "informatie"}
CERTAINTY = {"literal": "letterlijk", "close-paraphrase": "parafrase", "interpreted": "geduid", "inferred": "afgeleid"}
COVERS = {"statement": "require-attribute", "compatibility": "compatibility-matrix"}
BEYOND_THE_AREA = {"nx-zr-tweederde", "nx-rh-risicoruimte"}
"""Rules of an area that also speak about what lies outside it; their notes say why."""

NORTH = {
    "rnl-ondernemen-en-innoveren": "Hoofdstuk 1 –",
    "rnl-vitaal-en-gezond": "Hoofdstuk 2 –",
    "rnl-toerisme-en-recreatie": "Hoofdstuk 3 –",
    "rnl-ruimte": "Hoofdstuk 4 –",
    "rnl-veiligheid": "Hoofdstuk 5 –",
    "rnl-mobiliteit-en-logistiek": "Hoofdstuk 6 –",
    "rnl-energie": "Hoofdstuk 7 –",
}


def content(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def rules(*paths: Path) -> list[dict[str, Any]]:
    return [rule for path in paths for rule in content(path)["rules"]]


def ours(source: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of a rule of the source: the one with its own id first."""
    (path,) = [each for each in FILES if each.stem == source["programme"]]
    parts = [each for each in rules(path) if each["id"].split(".")[0] == source["id"]]
    return sorted(parts, key=lambda each: each["id"] != source["id"])


@pytest.fixture(scope="module")
def source(shared: Path) -> list[dict[str, Any]]:
    every = json.loads((shared / "startpakket" / "spatial_rules.json").read_text())["rules"]
    return [each for each in every if each["programme"].startswith(("novex-", "rnl-", "zuid-limburg", GUIDE))]


@pytest.fixture(scope="module")
def reference(shared: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((shared / "startpakket" / "reference.json").read_text())
    return loaded


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[start : start + 8]) for start in range(len(words) - 7)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_accepted_and_canonical_and_bears_its_programme(path: Path) -> None:
    catalogue = read_catalogue(path)
    assert (catalogue.id, catalogue.programme) == (path.parent.name, path.stem)
    assert path.read_bytes() == json_bytes(content(path))


def test_every_rule_of_the_source_is_there_under_its_own_id(source: list[dict[str, Any]]) -> None:
    assert len(source) == 54
    for each in source:
        assert [part["id"] for part in ours(each)[:1]] == [each["id"]]


def test_every_kind_of_the_source_is_measured_or_the_note_says_what_measures_it_better(
    source: list[dict[str, Any]],
) -> None:
    for each in source:
        parts = ours(each)
        covered = {part["kind"] for part in parts} | {COVERS.get(part["kind"], part["kind"]) for part in parts}
        notes = " ".join(part["note"] or "" for part in parts).lower()
        for kind in set(each["kind"]) - covered:
            assert KINDS[kind].LABEL in notes, f"{each['id']}: {kind}"


def test_hardness_status_and_certainty_are_those_of_the_source(source: list[dict[str, Any]]) -> None:
    for each in source:
        own = ours(each)[0]
        assert own["hardness"] == HARDNESS.get(each["hardness"], "advies"), own["id"]
        if own["status"] != "concept":
            assert own["status"] == STATUS.get(each["hardness"], "geldend"), own["id"]
        assert own["certainty"] == CERTAINTY[each["confidence"]["level"]], own["id"]


def test_provinces_are_those_that_the_source_names(source: list[dict[str, Any]], reference: dict[str, Any]) -> None:
    codes = {each["name"]: each["code_pv"] for each in reference["provinces"]}
    for each in source:
        named = each["applicability"]["provinces"]
        wanted = "alle" if named == "alle" else sorted(codes[name] for name in named)
        for part in ours(each):
            assert part["applies"]["provinces"] == wanted, part["id"]


def test_areas_are_those_that_the_source_names(source: list[dict[str, Any]], reference: dict[str, Any]) -> None:
    ids = {
        name: area["id"]
        for area in reference["novex_areas"]
        for name in (area["name"], *area["aliases"])
        if area["id"] not in {"novex-groningen"}
    }
    for each in source:
        if each["programme"].startswith("rnl-"):
            continue
        named = [area.removeprefix("NOVEX ") for area in each["applicability"]["areas"]]
        wanted = {ids[name] for name in named if name in ids}
        given = {area for part in ours(each) for area in part["applies"].get("novex_areas", ())}
        if each["id"] in BEYOND_THE_AREA:
            assert not given
            assert all("dit NOVEX-gebied" in part["note"] for part in ours(each))
        else:
            assert given == wanted, each["id"]


def test_numbers_are_those_of_the_source_and_others_are_open(source: list[dict[str, Any]]) -> None:
    given = {(each["id"], str(value)) for each in source for value in each["parameters"].values()}
    numbers = 0
    for rule in rules(*FILES):
        for name, parameter in rule["parameters"].items():
            if isinstance(parameter["value"], int | float):
                numbers += 1
                assert (rule["id"].split(".")[0], str(parameter["value"])) in given, f"{rule['id']} {name}"
            elif parameter["value"] is None:
                assert re.search(r"\bbron\b", parameter["source"]), f"{rule['id']} {name}"
    assert numbers == 3


def test_texts_repeat_no_run_of_eight_words_of_any_source(shared: Path) -> None:
    folder = shared / "startpakket"
    texts = [path.read_text() for path in folder.glob("*.txt")]
    joined = [re.sub(r"-\s*\n\s*", "", text) for text in texts]
    data = [json.loads(path.read_text()) for path in folder.glob("*.json")]
    known = set().union(*(runs(text) for text in (*texts, *joined, *strings(data))))
    for path in FILES:
        assert not {run for text in strings(content(path)) for run in runs(text) & known}, path.name
    assert not runs(MANUAL.read_text(encoding="utf-8")) & known


def test_ids_and_questions_stand_in_one_file_only() -> None:
    every = sorted(RULES.glob("*/*.json"))
    ids = [rule["id"] for rule in rules(*every)]
    assert not {name for name in {rule["id"] for rule in rules(*FILES)} if ids.count(name) > 1}
    asked = [each["id"] for path in every for each in content(path).get("statements", [])]
    own = {each["id"] for path in FILES for each in content(path)["statements"]}
    assert not {name for name in own if asked.count(name) > 1}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_question_is_asked_and_is_a_question(path: Path) -> None:
    asked = {rule["parameters"]["statement"]["value"] for rule in rules(path) if rule["kind"] == "statement"}
    assert asked == {each["id"] for each in content(path)["statements"]}
    assert all(each["nl"].endswith("?") and each["en"].endswith("?") for each in content(path)["statements"])


def test_each_programme_of_the_north_has_rules_that_cite_its_own_chapter() -> None:
    assert {path.stem for path in REGIONAL} == {*NORTH, "zuid-limburg"}
    for programme, chapter in NORTH.items():
        own = rules(RULES / "noord-limburg-2022" / f"{programme}.json")
        assert all(each["id"].startswith("rnl-") for each in own)
        assert {each["citation"]["document"] for each in own} == {"Uitvoeringsprogramma Regio Noord-Limburg 2024-2027"}
        annexes = {each["citation"]["annex"] for each in own}
        assert any(annex.startswith(chapter) for annex in annexes)
        assert all(annex.startswith((chapter, "Inleiding –")) for annex in annexes)


def test_the_papers_of_the_south_are_all_cited() -> None:
    cited = {each["citation"]["document"] for each in rules(RULES / "zuid-limburg-2022" / "zuid-limburg.json")}
    assert len(cited) == 3


def drawn(folder: Path, province: str, **values: Any) -> Case:
    """A proposal with a feature of every legend unit."""
    case = Case(folder, province)
    shapes = {
        "vlak": shapely.box(200000, 370000, 200100, 370100),
        "lijn": shapely.LineString([(200000, 370000), (200100, 370000)]),
        "punt": shapely.Point(200000, 370000),
    }
    for number, (code, unit) in enumerate(sorted(read_agreement().units.items())):
        case.draw(f"{number:08d}-0000-4000-8000-0000000000aa", code, shapes[unit.geometry[0]], **values)
    return case


@pytest.mark.parametrize("province", ["PV25", "PV30"])
def test_rules_of_a_region_are_silent_outside_its_province(tmp_path: Path, province: str) -> None:
    result = drawn(tmp_path, province).run(*REGIONAL)
    assert {outcome.outcome for outcome in result.outcomes} == {"niet_van_toepassing"}


def test_rules_of_a_region_speak_in_its_province(tmp_path: Path) -> None:
    result = drawn(tmp_path, "PV31", novex_gebied="novex-zuid-limburg", start_jaar=2031).run(*REGIONAL)
    assert len(result.outcomes) == len(rules(*REGIONAL))
    silent = {outcome.rule.id for outcome in result.outcomes if outcome.outcome == "niet_van_toepassing"}
    assert silent == {"rnl-veilig-buitengebied"}, "it speaks about what is transformed or disappears"


def test_a_rule_of_an_area_speaks_only_about_features_of_that_area(tmp_path: Path) -> None:
    case = Case(tmp_path, "PV27")
    plan = shapely.box(110000, 480000, 110500, 480500)
    case.draw("aaaaaaaa-0000-4000-8000-000000000001", "woningbouw", plan, novex_gebied="novex-schiphol")
    case.draw("aaaaaaaa-0000-4000-8000-000000000002", "woningbouw", plan, novex_gebied="novex-mra")
    case.draw("aaaaaaaa-0000-4000-8000-000000000003", "woningbouw", plan)
    case.dataset("luchthaven-beperking", shapely.box(110000, 480000, 110200, 480500))
    (outcome,) = case.run(RULES / "startpakket-2022" / "novex-schiphol.json").outcomes
    assert (outcome.outcome, outcome.features) == ("overtreedt", 1)
    assert outcome.found.measured.tolist() == [10.0]


def test_two_thirds_of_the_homes_counts_what_lies_outside_the_area_as_well(tmp_path: Path) -> None:
    case = Case(tmp_path, "PV28")
    zone = shapely.box(80000, 440000, 81000, 441000)
    case.draw("aaaaaaaa-0000-4000-8000-000000000001", "woningbouw", zone, novex_gebied="novex-zuidelijke-randstad")
    case.draw("aaaaaaaa-0000-4000-8000-000000000002", "woningbouw", shapely.box(90000, 440000, 91000, 441000))
    case.dataset("novex-gebied", zone)
    outcomes = case.run(RULES / "startpakket-2022" / "novex-zuidelijke-randstad.json").outcomes
    (outcome,) = [each for each in outcomes if each.rule.id == "nx-zr-tweederde"]
    assert (outcome.outcome, outcome.found.measured.tolist()) == ("overtreedt", [50.0])


def test_water_itself_may_lie_where_room_is_kept_for_water(tmp_path: Path) -> None:
    case = Case(tmp_path, "PV27")
    place, area = shapely.box(110000, 480000, 110100, 480100), "novex-noordzeekanaalgebied"
    case.draw("aaaaaaaa-0000-4000-8000-000000000001", "waterberging", place, novex_gebied=area)
    case.draw("aaaaaaaa-0000-4000-8000-000000000002", "logistiek", place, novex_gebied=area)
    case.dataset("waterbergingszoekgebied", place)
    outcomes = case.run(RULES / "startpakket-2022" / f"{area}.json").outcomes
    (outcome,) = [each for each in outcomes if each.rule.id == "nx-nzkg-piekberging.vrijhouden"]
    assert outcome.outcome == "overtreedt"
    assert outcome.feature_outcomes["overtreedt"] == 1
    assert outcome.exceptions_used == {"zelf-water": 1}


def example() -> str:
    (block,) = re.findall(r"```json\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    return str(block)


def test_the_example_of_the_manual_is_accepted_and_is_the_rule_of_the_region(tmp_path: Path) -> None:
    path = tmp_path / "energie.json"
    path.write_text(example(), encoding="utf-8")
    assert read_catalogue(path).rules[0].id == "rnl-werklocatie-bereikbaar"
    (shown,) = content(path)["rules"]
    (own,) = [each for each in rules(*REGIONAL) if each["id"] == shown["id"]]
    for field in set(own) - {"applies", "note"}:
        assert shown[field] == own[field], field


def test_the_manual_shows_the_very_message_of_a_refusal(tmp_path: Path) -> None:
    path = tmp_path / "energie.json"
    path.write_text(example().replace('["PV31"]', '["Limburg"]'), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read_catalogue(path)
    assert str(refused.value).replace(str(path), path.name) in MANUAL.read_text(encoding="utf-8")


def test_the_manual_explains_every_field() -> None:
    schema = json.loads((RULES.parents[1] / "schemas" / "rule.schema.json").read_text())
    fields = {*schema["properties"], *schema["$defs"]["rule"]["properties"], *schema["$defs"]["subject"]["properties"]}
    fields |= set(schema["$defs"]["rule"]["properties"]["applies"]["properties"])
    text = MANUAL.read_text(encoding="utf-8")
    assert not {field for field in fields - {"rules"} if f"`{field}`" not in text}
