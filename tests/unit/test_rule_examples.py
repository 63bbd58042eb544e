"""Every rule of the catalogues with an example that meets it, one that breaks it, and one for each data exception."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shapely

from novex_plugin.core.dutch import quantity
from novex_plugin.core.rules.catalogue import read_catalogues
from novex_plugin.core.rules.kinds import KINDS
from novex_plugin.core.rules.model import OVERTREEDT, VOLDOET, Catalogue, Rule
from scripts.catalogue.examples import MAKERS, Example, examples_of

WITHOUT_EXAMPLE: dict[str, str] = {}
"""Rules that cannot be shown, and why; there are none, and there should be few."""

TELLS_ITS_MEASURE = {
    "area-balance",
    "avoid-unless",
    "level",
    "prohibit-inside",
    "prohibit-within-distance",
    "require-within-distance",
    "reserve",
}
"""Kinds whose fault says in its sentence what the check is to measure."""


def every_rule() -> Iterator[tuple[Rule, Catalogue]]:
    for catalogue in read_catalogues():
        for rule in catalogue.rules:
            if rule.id not in WITHOUT_EXAMPLE:
                yield rule, catalogue


RULES = {rule.id: (rule, catalogue) for rule, catalogue in every_rule()}


def every_example(name: str) -> tuple[Example, ...]:
    return examples_of(*RULES[name])


def test_every_kind_has_a_maker_and_nearly_every_rule_an_example() -> None:
    known = {rule.id for catalogue in read_catalogues() for rule in catalogue.rules}
    assert set(MAKERS) == set(KINDS)
    assert set(WITHOUT_EXAMPLE) <= known
    assert len(WITHOUT_EXAMPLE) <= 5
    assert len(RULES) + len(WITHOUT_EXAMPLE) == len(known)


@pytest.mark.parametrize("name", RULES)
def test_the_first_example_meets_the_rule_and_the_second_breaks_it(name: str) -> None:
    good, bad, *_ = every_example(name)
    passed, broken = good.outcome(), bad.outcome()
    assert passed.outcome == VOLDOET, passed.message
    assert len(passed.found.rows) == 0
    assert broken.outcome == OVERTREEDT, broken.message
    assert set(broken.found.outcome.tolist()) == {OVERTREEDT}
    assert not broken.missing


@pytest.mark.parametrize("name", RULES)
def test_an_exception_that_the_data_tell_takes_the_finding_away(name: str) -> None:
    rule, _ = RULES[name]
    by_data = [each for each in rule.exemptions if each.told_by_data]
    shown = every_example(name)[2:]
    assert [each.exemption for each in shown] == by_data
    for example in shown:
        found = example.outcome()
        assert found.outcome == example.expected, found.message
        assert example.exemption is not None
        assert found.exceptions_used == {example.exemption.id: 1}


@pytest.mark.parametrize("name", RULES)
def test_an_example_tells_itself_in_one_sentence_about_sound_features(name: str) -> None:
    for example in every_example(name):
        text, scene = example.told.text, example.told.scene
        assert text[0].isupper()
        assert text.endswith(".")
        assert not any(word in text for word in ("None", "nan", "{", "_("))
        assert all(shapely.is_valid(each.geometry) for each in scene.features)
        assert scene.province in RULES[name][0].provinces


@pytest.mark.parametrize("name", [name for name, (rule, _) in RULES.items() if rule.kind in TELLS_ITS_MEASURE])
def test_the_sentence_of_a_fault_says_what_the_check_measures(name: str) -> None:
    bad = every_example(name)[1]
    found = bad.outcome().found
    if found.unit[0] != "aantal":
        assert quantity(float(found.measured[0]), found.unit[0]) in bad.told.text


def test_what_a_source_leaves_open_has_an_example_value_and_nothing_else_has() -> None:
    for name, (rule, _) in RULES.items():
        unset = {each for each, parameter in rule.parameters.items() if parameter.value is None}
        for example in every_example(name):
            assert set(example.told.scene.values) == unset, name
