"""The catalogue of rules: complete, in its own words, and refused when it holds anything unknown."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from novex_plugin.core.agreement import read_agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.files import check_schema
from novex_plugin.core.rules.bindings import read_bindings
from novex_plugin.core.rules.catalogue import default_catalogues, read_catalogue, read_catalogues
from novex_plugin.core.rules.kinds import KINDS
from novex_plugin.core.rules.model import Rule
from novex_plugin.core.rules.vocabulary import vocabulary
from tests.unit.making_checks import rule, rule_file

PROGRAMMES = {"water-en-bodem-sturend": 41, "woningbouw": 6}


def all_rules() -> list[Rule]:
    return [each for catalogue in read_catalogues() for each in catalogue.rules]


def source_rules(shared: Path) -> list[dict[str, Any]]:
    rules = json.loads((shared / "startpakket" / "spatial_rules.json").read_text())["rules"]
    return [each for each in rules if each["programme"] in PROGRAMMES]


def test_the_two_programmes_have_their_number_of_rules() -> None:
    assert {each.programme: len(each.rules) for each in read_catalogues()} == PROGRAMMES


def test_every_rule_of_the_source_is_in_the_catalogue_under_its_own_id(shared: Path) -> None:
    assert {each["id"] for each in source_rules(shared)} == {each.id for each in all_rules()}


def test_hardness_and_choice_are_those_of_the_source(shared: Path) -> None:
    mapped = {"hard": "verbod", "apply-or-explain": "pas_toe_of_leg_uit", "preference": "voorkeur", "advice": "advies"}
    ours = {each.id: each for each in all_rules()}
    for source in source_rules(shared):
        own = ours[source["id"]]
        assert own.hardness == mapped.get(source["hardness"], "advies"), own.id
        assert source["keuze"] is None or str(source["keuze"]) in str(own.citation.choice).split(", "), own.id
        if source["hardness"] in {"information", "proposal"}:
            assert own.note, f"{own.id} says why it is an advice"


def test_texts_are_our_own_and_repeat_no_sentence_of_the_source(shared: Path) -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[start : start + 8]) for start in range(len(words) - 7)}

    source = runs((shared / "startpakket" / "startpakket-2022.txt").read_text())
    source |= {run for each in source_rules(shared) for run in runs(each["nl"])}
    copied = {each.id: runs(each.nl) & source for each in all_rules()}
    assert not {name: found for name, found in copied.items() if found}


def test_thresholds_that_the_source_does_not_give_have_no_value(shared: Path) -> None:
    given = {each["id"] for each in source_rules(shared) if {"share_pct", "share_pct_min"} & set(each["parameters"])}
    for each in all_rules():
        for parameter in each.parameters.values():
            assert parameter.source
            if parameter.unit in {"m", "ha", "%"} and each.id not in given:
                assert parameter.value is None, f"{each.id} {parameter.name}"


@pytest.mark.parametrize("each", all_rules(), ids=lambda each: each.id)
def test_every_rule_speaks_of_known_units_in_two_languages_with_its_source(each: Rule) -> None:
    assert each.subject.units
    assert each.nl != each.en
    assert each.citation.annex.startswith("Bijlage")
    assert not re.search(r"\bregels? \d|\br\. ?\d", str(each.citation)), "no line numbers"
    assert set(each.parameters) <= set(KINDS[each.kind].UNITS)


def test_every_slot_is_used_by_a_rule_and_stands_in_the_default_bindings() -> None:
    slots = set(vocabulary().slots)
    assert slots == {slot for each in all_rules() for slot in each.slots}
    assert slots == set(read_bindings().by_slot)


def test_every_legend_unit_belongs_to_a_group() -> None:
    groups = vocabulary().groups
    assert groups["alle"] == set(read_agreement().units)


def changed(**values: Any) -> dict[str, Any]:
    return rule("prohibit-inside") | values


SUBJECT = {"groups": ["woningbouw"], "legend": [], "roles": ["nieuw"]}
METRES = {"distance_m": {"value": 5, "unit": "km", "source": "voor de proef"}}

REFUSED = {
    "field": (changed(afstand=5), "afstand", "citation"),
    "nested field": (changed(subject=SUBJECT | {"layers": []}), "subject.layers", "legend"),
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
    assert len(default_catalogues()) == 2
    for path in default_catalogues():
        check_schema(json.loads(path.read_text()), "rule", path)


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
