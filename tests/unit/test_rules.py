"""The catalogue of rules: complete, in its own words, and refused when it holds anything unknown."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.check.province import TERRITORY
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import check_schema, json_bytes
from novex_plugin.core.rules.bindings import read_bindings
from novex_plugin.core.rules.catalogue import default_catalogues, read_catalogue, read_catalogues
from novex_plugin.core.rules.kinds import KINDS
from novex_plugin.core.rules.model import HARDNESS, Rule
from novex_plugin.core.rules.refusal import NUMBERS
from novex_plugin.core.rules.vocabulary import vocabulary
from tests.unit.making_checks import rule, rule_file

COVERED_BY = {
    "require-attribute": {"require-attribute", "statement"},
    "compatibility-matrix": {"compatibility"},
    "require-inside": {"require-inside", "size-threshold"},
    "require-within-distance": {"require-within-distance", "coverage"},
}
"""Kinds of the source that other kinds measure too; every other kind is covered by its namesake."""

TOLD_AS = {
    "area-balance": "balans",
    "avoid-unless": "vermijd|overlap",
    "max-share": "aandeel",
    "min-share": "aandeel",
    "prefer-order": "volgorde|ladder",
    "prohibit-inside": "binnen",
    "prohibit-within-distance": "afstand",
    "require-inside": "binnen",
    "require-within-distance": "afstand",
    "reserve": "vrijhouden|ruimte houden",
}
"""How a note names a kind of the source that another kind measures better."""

HARDNESS_OF = {"hard": "verbod", "apply-or-explain": "pas_toe_of_leg_uit", "preference": "voorkeur"}
STATUS_OF = {"information": {"informatie"}, "proposal": {"voorgesteld"}}
CERTAINTY_OF = {
    "literal": "letterlijk",
    "close-paraphrase": "parafrase",
    "interpreted": "geduid",
    "inferred": "afgeleid",
}


def all_rules() -> list[Rule]:
    return [each for catalogue in read_catalogues() for each in catalogue.rules]


def raw_files() -> dict[Path, dict[str, Any]]:
    return {path: json.loads(path.read_text(encoding="utf-8")) for path in default_catalogues()}


def source_rules(shared: Path) -> dict[str, dict[str, Any]]:
    rules = json.loads((shared / "startpakket" / "spatial_rules.json").read_text(encoding="utf-8"))["rules"]
    return {each["id"]: each for each in rules}


def parts_of(rules: list[Rule]) -> dict[str, list[Rule]]:
    """Rules by the id of the source rule that they are a part of, which itself comes first."""
    parts: dict[str, list[Rule]] = {}
    for each in sorted(rules, key=lambda rule: (rule.id.partition(".")[0], "." in rule.id)):
        parts.setdefault(each.id.partition(".")[0], []).append(each)
    return parts


def test_every_rule_of_the_source_is_in_the_catalogue_of_its_programme_under_its_own_id(shared: Path) -> None:
    source = source_rules(shared)
    ours = {each.id: catalogue for catalogue in read_catalogues() for each in catalogue.rules}
    missing = [f"{each['programme']}: {name}" for name, each in source.items() if name not in ours]
    assert not missing, f"{len(missing)} of {len(source)} rules are missing:\n" + "\n".join(sorted(missing))
    assert len(source) == 220
    for name, catalogue in ours.items():
        programme = source.get(name.partition(".")[0], {"programme": catalogue.programme})["programme"]
        assert (catalogue.programme, catalogue.file.stem) == (programme, programme), name


def test_a_part_of_a_rule_has_the_rule_itself_beside_it() -> None:
    for catalogue in read_catalogues():
        names = {each.id for each in catalogue.rules}
        assert {name.partition(".")[0] for name in names} <= names, catalogue.programme


def test_every_kind_of_the_source_is_measured_by_a_part_or_told_in_a_note(shared: Path) -> None:
    parts, untold = parts_of(all_rules()), []
    for name, source in source_rules(shared).items():
        kinds = {each.kind for each in parts[name]}
        notes = " ".join(each.note or "" for each in parts[name]).lower()
        for kind in source["kind"]:
            told = kind in TOLD_AS and re.search(TOLD_AS[kind], notes)
            if not (kinds & COVERED_BY.get(kind, {kind}) or told):
                untold.append(f"{name}: {kind}")
    assert not untold


def test_hardness_status_certainty_and_choice_are_those_of_the_source(shared: Path) -> None:
    parts = parts_of(all_rules())
    for name, source in source_rules(shared).items():
        whole, hardness = parts[name][0], HARDNESS_OF.get(source["hardness"], "advies")
        assert whole.id == name
        assert whole.hardness == hardness, name
        assert whole.certainty == CERTAINTY_OF[source["confidence"]["level"]], name
        for each in parts[name]:
            assert HARDNESS.index(each.hardness) >= HARDNESS.index(hardness), f"{each.id} is harder than its source"
            assert each.status in STATUS_OF.get(source["hardness"], {"geldend", "concept"}), each.id
            assert source["keuze"] is None or str(source["keuze"]) in str(each.citation.choice).split(", "), each.id
        if source["hardness"] in {"information", "proposal"}:
            assert whole.note, f"{name} says why it is an advice"


def test_every_rule_says_itself_whether_it_holds_and_how_near_it_stays_to_the_source() -> None:
    for path, content in raw_files().items():
        for entry in content["rules"]:
            assert {"status", "certainty"} <= set(entry), f"{path.name} {entry['id']}"


def test_texts_are_our_own_and_repeat_no_sentence_of_the_source(shared: Path) -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[start : start + 8]) for start in range(len(words) - 7)}

    def texts(content: Any) -> list[str]:
        if isinstance(content, dict | list):
            members = content.values() if isinstance(content, dict) else content
            return [text for member in members for text in texts(member)]
        return [content] if isinstance(content, str) else []

    source: set[tuple[str, ...]] = set()
    for path in (shared / "startpakket").glob("*.txt"):
        source |= runs(path.read_text(encoding="utf-8"))
    for each in source_rules(shared).values():
        source |= runs(each["nl"]) | runs(each["en"])
    copied = []
    for path, content in raw_files().items():
        for entry in [content | {"rules": [], "id": "file"}, *content["rules"]]:
            cited = {name: value for name, value in entry.items() if name not in {"citation", "title"}}
            found = set().union(*(runs(text) for text in texts(cited))) & source
            copied += [f"{path.name} {entry['id']}: {' '.join(run)}" for run in sorted(found)]
    assert not copied, "\n".join(copied)


def numbers(given: Any) -> set[float]:
    if isinstance(given, dict | list):
        members = given.values() if isinstance(given, dict) else given
        return set().union(set(), *(numbers(member) for member in members))
    return {float(given)} if isinstance(given, int | float) and not isinstance(given, bool) else set()


def test_thresholds_that_the_source_does_not_give_have_no_value(shared: Path) -> None:
    source = source_rules(shared)
    for each in all_rules():
        rule = source.get(each.id.partition(".")[0])
        for parameter in each.parameters.values():
            assert parameter.source
            if parameter.value is None:
                assert re.search("geen|niet|zonder", parameter.source), (
                    f"{each.id} {parameter.name} says that none is given"
                )
            elif parameter.unit in NUMBERS and rule is not None:
                given = numbers(rule["parameters"])
                allowed = given | {1000 * number for number in given}  # kilometres
                if each.kind == "area-balance" and "area-balance" in rule["kind"]:
                    allowed.add(0.0)  # no loss is what the source asks, with no number of its own
                assert parameter.value in allowed, f"{each.id} {parameter.name}"


def test_a_question_is_asked_and_stands_in_one_file_only() -> None:
    seen: dict[str, str] = {}
    for catalogue in read_catalogues():
        asked = {each.question.id for each in catalogue.rules if each.question is not None}
        for statement in catalogue.statements:
            assert statement.id in asked, f"{catalogue.programme}: nobody asks {statement.id}"
            assert statement.nl.rstrip(". ").find("?") > 0, f"{statement.id} is no question"
            assert statement.id not in seen, f"{statement.id} stands in {seen.get(statement.id)} too"
            seen[statement.id] = catalogue.programme


def test_no_two_rules_say_the_same() -> None:
    texts = [each.nl for each in all_rules()] + [each.en for each in all_rules()]
    assert len(texts) == len(set(texts))


def test_an_exception_by_data_can_come_true() -> None:
    """An exception for features that the rule does not speak about would never be met."""
    for each in all_rules():
        for exemption in each.exemptions:
            if exemption.subject is not None:
                assert exemption.subject.units & each.subject.units, f"{each.id} {exemption.id}"
                assert exemption.subject.roles & each.subject.roles, f"{each.id} {exemption.id}"


def test_two_ladders_do_not_read_the_one_field_of_a_feature() -> None:
    """A feature has one field `trede`: ladders with different steps would each take it for their own."""
    ladders: dict[str, tuple[Any, str]] = {}
    for each in all_rules():
        if each.kind == "prefer-order" and "field" in each.parameters:
            steps = each.parameters["order"].value
            for unit in sorted(each.subject.units):
                other = ladders.setdefault(unit, (steps, each.id))
                assert other[0] == steps, f"{unit} stands on the ladders of {other[1]} and {each.id}"


@pytest.mark.parametrize("each", all_rules(), ids=lambda each: each.id)
def test_every_rule_speaks_of_known_units_in_two_languages_with_its_source(each: Rule) -> None:
    assert each.subject.units
    assert each.nl != each.en
    assert each.citation.annex
    assert each.citation.programme
    assert not re.search(r"\bregels? \d|\br\. ?\d", str(each.citation)), "no line numbers"
    assert set(each.parameters) <= set(KINDS[each.kind].UNITS)


def test_every_slot_is_used_by_a_rule_and_stands_in_the_default_bindings() -> None:
    slots = set(vocabulary().slots)
    used = {slot for each in all_rules() for slot in each.all_slots}
    used |= {slot for each in all_rules() for exemption in each.exemptions for slot in exemption.slots}
    assert slots == used | {TERRITORY}
    assert slots == set(read_bindings().by_slot)


def test_every_legend_unit_belongs_to_a_group() -> None:
    groups = vocabulary().groups
    assert groups["alle"] == set(read_agreement().units)


def changed(**values: Any) -> dict[str, Any]:
    return rule("prohibit-inside") | values


SUBJECT = {"groups": ["woningbouw"], "legend": [], "roles": ["nieuw"]}
METRES = {"distance_m": {"value": 5, "unit": "km", "source": "voor de proef"}}

REFUSED = {
    "kind": (changed(kind="prohibit-near"), "kind", "prohibit-within-distance"),
    "hardness": (changed(hardness="hard"), "hardness", "verbod"),
    "unit": (changed(kind="prohibit-within-distance", parameters=METRES), "parameters.distance_m.unit", "m"),
    "parameter": (changed(parameters=METRES), "parameters.distance_m", "niets"),
    "no parameter": (changed(kind="prohibit-within-distance"), "parameters", "distance_m"),
    "legend unit": (changed(subject=SUBJECT | {"legend": ["huizen"]}), "subject.legend", "woningbouw"),
    "group": (changed(subject=SUBJECT | {"groups": ["bouwen"]}), "subject.groups", "bebouwing"),
    "role": (changed(subject=SUBJECT | {"roles": ["oud"]}), "subject.roles", "bestaand"),
    "slot": (changed(objects={"slots": ["natuur"], "combine": "any"}), "objects.slots", "natura2000"),
    "no slot": (changed(objects={"slots": [], "combine": "any"}), "objects.slots", "natura2000"),
    "province": (changed(applies={"provinces": ["PV99"], "area_types": []}), "applies.provinces", "PV31"),
}


@pytest.mark.parametrize(("entry", "field", "allowed"), REFUSED.values(), ids=REFUSED)
def test_an_unknown_word_is_refused_with_file_rule_field_and_what_is_allowed(
    tmp_path: Path, entry: dict[str, Any], field: str, allowed: str
) -> None:
    path = rule_file(tmp_path, rule("prohibit-inside", id="goed-1"), entry | {"id": "fout-1"})
    with pytest.raises(InputError) as refused:
        read_catalogue(path)
    assert refused.value.file == path
    assert refused.value.row == "fout-1"
    assert refused.value.field == field
    assert allowed in refused.value.remedy


@pytest.mark.parametrize(
    ("entry", "unknown", "field", "allowed"),
    [
        (changed(afstand=5), "afstand", "$.rules[0]", "citation"),
        (changed(subject=SUBJECT | {"layers": []}), "layers", "$.rules[0].subject", "legend"),
    ],
)
def test_an_unknown_field_is_refused_with_its_place_and_what_is_allowed(
    tmp_path: Path, entry: dict[str, Any], unknown: str, field: str, allowed: str
) -> None:
    path = rule_file(tmp_path, entry)
    with pytest.raises(InputError, match=unknown) as refused:
        read_catalogue(path)
    assert (refused.value.file, refused.value.field) == (path, field)
    assert refused.value.line is not None
    assert allowed in refused.value.remedy


@pytest.mark.parametrize("entry", [{"id": 5}, {"parameters": {"x": 1}}, {"text": "x"}, {"subject": None}])
def test_a_rule_of_another_form_is_refused(tmp_path: Path, entry: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        read_catalogue(rule_file(tmp_path, changed(**entry)))


@pytest.mark.parametrize("content", ["[]", "{}", '{"rules": 3}', "geen json", '{"rules": ["x"]}'])
def test_a_file_that_holds_no_rules_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "regels.json"
    path.write_text(content)
    with pytest.raises(InputError):
        read_catalogue(path)


def test_a_rule_that_stands_in_two_files_is_refused(tmp_path: Path) -> None:
    one = rule_file(tmp_path, rule("prohibit-inside"), name="een.json")
    two = rule_file(tmp_path, rule("avoid-unless"), name="twee.json")
    with pytest.raises(InputError, match="proef-1"):
        read_catalogues([one, two])


def test_a_folder_of_rule_files_is_read_whole(tmp_path: Path) -> None:
    rule_file(tmp_path, rule("prohibit-inside"), name="een.json")
    rule_file(tmp_path, rule("avoid-unless", id="proef-2"), name="twee.json")
    assert [each.rules[0].id for each in read_catalogues([tmp_path])] == ["proef-1", "proef-2"]


def test_the_rule_files_follow_their_schema() -> None:
    for path, content in raw_files().items():
        check_schema(content, "rule", path)
        assert path.read_bytes() == json_bytes(content), f"{path.name} is not canonical"


def test_the_manual_names_every_kind_with_its_parameters() -> None:
    lines = (Path(__file__).resolve().parents[2] / "docs" / "regels.md").read_text().splitlines()
    for name, kind in KINDS.items():
        (line,) = [each for each in lines if each.startswith(f"| `{name}` ")]
        assert all(f"`{parameter}`" in line for parameter in kind.UNITS), name


def test_a_value_that_is_set_twice_is_refused(tmp_path: Path) -> None:
    value = {"rule": "x", "parameter": "share_pct", "reason": "Zo is het met de gemeenten afgesproken."}
    content = {"format": "novex-bindings", "version": "1.0", "bindings": []}
    content["parameters"] = [value | {"value": 5}, value | {"value": 6}]
    (tmp_path / "k.json").write_text(json.dumps(content))
    with pytest.raises(InputError, match=r"rij x, veld share_pct: heeft twee waarden"):
        read_bindings(tmp_path / "k.json")
